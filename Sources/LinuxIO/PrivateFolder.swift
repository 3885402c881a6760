// A folder that nobody else may look into and that is gone, with all in it, when its owner is.

import Glibc
import SystemPackage

/// A folder of mode 0700 that is removed with everything in it when the last reference goes.
///
/// What a killed process leaves behind is removed by the next process that makes a folder with the same prefix beside it:
/// the owner of a folder is named in its name and holds a lock on it (flock(2)), which ends with the process.
public final class PrivateFolder: Sendable {
    /// Where it is; absolute if the parent is.
    public let path: FilePath
    private let descriptor: Descriptor

    /// How old a folder without a lock must be to count as left behind while there is a process of its maker's number:
    /// between mkdir and flock its maker needs microseconds.
    private static let leftBehindAfterSeconds: Int64 = 60

    /// Where this process has looked for what others left behind.
    private static let looked = Monitor<Set<FilePath>>([])

    /// Makes a folder.
    ///
    /// - Parameters:
    ///   - parent: where, such as `/tmp`.
    ///   - prefix: how its name begins.
    public init(in parent: FilePath, prefix: String) throws(SystemCallError) {
        // Once a process: a folder such as /tmp may hold thousands of names.
        let isFirst = Self.looked.withLock { $0.insert(parent.appending(prefix)).inserted }
        if isFirst { Self.removeLeftovers(in: parent, prefix: prefix) }
        var template = parent.appending("\(prefix)\(getpid())-XXXXXX").bytes.map { CChar(bitPattern: $0) } + [0]
        // mkdtemp(3) gives mode 0700 and never takes a name that is there.
        guard mkdtemp(&template) != nil else { throw SystemCallError(call: "mkdtemp", path: parent, errno: errno) }
        let path = FilePath(bytes: template.dropLast().map { UInt8(bitPattern: $0) })
        self.path = path
        do {
            descriptor = try Self.open(path)
        } catch {
            _ = path.withPlatformString { rmdir($0) }
            throw error
        }
        flock(descriptor.number, LOCK_EX | LOCK_NB)
    }

    deinit {
        Self.empty(descriptor.number)
        _ = path.withPlatformString { rmdir($0) }
    }

    /// A path in it.
    public func callAsFunction(_ name: String) -> FilePath { path.appending(name) }

    /// Makes a folder in it, mode 0700.
    public func makeFolder(_ name: String) throws(SystemCallError) -> FilePath {
        let number = descriptor.number
        try systemCall("mkdirat", self(name)) { mkdirat(number, name, 0o700) }
        return self(name)
    }

    /// Writes a file in it, mode 0600. Not synchronized: it is not to outlive the process.
    public func write(_ bytes: [UInt8], to path: FilePath) throws(SystemCallError) {
        let file = Descriptor(
            owning: try systemCall("open", path) {
                path.withPlatformString { Glibc.open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
            }
        )
        try writeBytes(bytes, to: file.number, path)
    }

    private static func open(_ path: FilePath) throws(SystemCallError) -> Descriptor {
        Descriptor(
            owning: try systemCall("open", path) {
                path.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
            }
        )
    }

    // MARK: - Removing

    /// Removes everything in a folder. Folders in it are first moved up to it: however deep they were nested, one
    /// descriptor is enough, and no path grows too long. Best effort: nobody could do anything about a failure.
    private static func empty(_ root: CInt) {
        // What cannot be moved or removed (another user's, say) would come again in every round.
        var moved = 0
        while lseek(root, 0, SEEK_SET) == 0, let entries = try? DirectoryScan.entries(of: root, FilePath()),
            !entries.isEmpty
        {
            var removed = 0
            for entry in entries {
                let name = FilePath(bytes: entry.name)
                if remove(name, from: root) {
                    removed += 1
                    continue
                }
                // The program may have taken its own permissions away.
                _ = name.withPlatformString { fchmodat(root, $0, 0o700, 0) }
                guard
                    let folder = try? systemCall(
                        "openat",
                        name,
                        {
                            name.withPlatformString {
                                openat(root, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                            }
                        }
                    )
                else { continue }
                let inner = Descriptor(owning: folder)
                for below in (try? DirectoryScan.entries(of: inner.number, name)) ?? [] {
                    let name = FilePath(bytes: below.name)
                    if remove(name, from: inner.number) {
                        removed += 1
                    } else {
                        moved += 1
                        let up = ".moved-\(moved)"
                        _ = name.withPlatformString { fchmodat(inner.number, $0, 0o700, 0) }
                        if name.withPlatformString({ renameat(inner.number, $0, root, up) }) == 0 { removed += 1 }
                    }
                }
            }
            if removed == 0 { return }
        }
    }

    private static func remove(_ name: FilePath, from folder: CInt) -> Bool {
        name.withPlatformString { unlinkat(folder, $0, 0) == 0 || unlinkat(folder, $0, AT_REMOVEDIR) == 0 }
    }

    /// Removes what processes left behind that were killed. Best effort.
    ///
    /// - Parameters:
    ///   - parent: the folder in which the folders lie.
    ///   - prefix: how their names begin.
    public static func removeLeftovers(in parent: FilePath, prefix: String) {
        guard let folder = try? open(parent),
            let entries = try? DirectoryScan.entries(of: folder.number, parent)
        else { return }
        let start = Array(prefix.utf8)
        for entry in entries where entry.kind == .directory && entry.name.starts(with: start) {
            let path = parent.appending(FilePath(bytes: entry.name).components)
            guard let left = try? open(path), let status = try? FileStatus(descriptor: left.number, path: path),
                isOwnerDead(entry.name.dropFirst(start.count))
                    || status.identity.changed < (Int64(time(nil)) - leftBehindAfterSeconds) * 1_000_000_000,
                flock(left.number, LOCK_EX | LOCK_NB) == 0
            else { continue }
            empty(left.number)
            _ = path.withPlatformString { rmdir($0) }
        }
    }

    /// Whether the process that a name begins with is no more. One in another namespace looks so, too; there its lock tells.
    private static func isOwnerDead(_ name: ArraySlice<UInt8>) -> Bool {
        let digits = String(decoding: name.prefix { $0 != UInt8(ascii: "-") }, as: UTF8.self)
        guard let owner = pid_t(digits), owner > 0 else { return false }
        return kill(owner, 0) != 0 && errno == ESRCH
    }
}
