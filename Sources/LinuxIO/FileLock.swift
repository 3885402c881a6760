import Glibc
import SystemPackage

/// A lock that one process holds as long as this object lives, see flock(2). The kernel frees it however it ends.
public final class FileLock: Sendable {
    private let descriptor: CInt

    /// Takes the lock at `path`, which is made if it is missing and stays.
    ///
    /// - Throws: `EWOULDBLOCK` when somebody else holds it.
    public init(at path: FilePath) throws(SystemCallError) {
        let file = try systemCall("open", path) {
            path.withPlatformString { open($0, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o640) }
        }
        do {
            try systemCall("flock", path) { flock(file, LOCK_EX | LOCK_NB) }
        } catch {
            close(file)
            throw error
        }
        descriptor = file
    }

    deinit {
        close(descriptor)
    }
}
