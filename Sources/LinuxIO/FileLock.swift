import CLinuxShims
import Glibc
import SystemPackage

/// A lock that one process holds as long as this object lives, and whose holder others can ask for.
///
/// An open file description lock (`F_OFD_SETLK`, see fcntl(2)): the kernel frees it however the process ends, and
/// unlike flock(2) it tells whether somebody holds it without taking it, which would get in the way of one who starts.
public final class FileLock: Sendable {
    private let descriptor: CInt

    /// Takes the lock at `path`, which is made if it is missing and stays, and writes the number of this process there.
    ///
    /// - Throws: `EWOULDBLOCK` when somebody else holds it.
    public init(at path: FilePath) throws(SystemCallError) {
        let file = try systemCall("open", path) {
            path.withPlatformString { open($0, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o640) }
        }
        do {
            try systemCall("fcntl", path) { shim_lock_file(file) }
        } catch {
            close(file)
            // The standard allows both for a lock that is held.
            throw error.errno == EACCES ? SystemCallError(call: error.call, path: path, errno: EWOULDBLOCK) : error
        }
        descriptor = file
        // For people only: on a full disk the lock holds without it.
        ftruncate(file, 0)
        let text = Array("\(getpid())\n".utf8)
        pwrite(file, text, text.count, 0)
    }

    deinit {
        // Closing alone frees it only when no child that was just forked has it open.
        shim_unlock_file(descriptor)
        close(descriptor)
    }

    /// The process that holds the lock at `path`, as it sees its own number; nil when nobody holds it, when this process may
    /// not look, or when there was no room on the disk for the number.
    public static func holder(of path: FilePath) -> pid_t? {
        guard let file = lookedAt(path), shim_file_is_locked(file.number) == 1,
            let bytes = try? readBytes(file.number, path, atMost: 20)
        else { return nil }
        return pid_t(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }

    /// Whether some process holds the lock at `path`; false also when this process may not look.
    public static func isHeld(_ path: FilePath) -> Bool {
        guard let file = lookedAt(path) else { return false }
        return shim_file_is_locked(file.number) == 1
    }

    private static func lookedAt(_ path: FilePath) -> Descriptor? {
        let opened = try? systemCall("open", path) {
            path.withPlatformString { open($0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
        }
        guard let opened else { return nil }
        return Descriptor(owning: opened)
    }
}
