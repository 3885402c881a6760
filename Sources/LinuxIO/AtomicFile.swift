// Files that appear whole or not at all, also after a power cut.

import Glibc
import SystemPackage

/// Writes files whole.
public enum AtomicFile {
    /// How the names of unfinished files begin.
    public static let temporaryPrefix = ".writing-"

    /// Replaces the file at `path` by `bytes`; readers see the old file or the new one.
    ///
    /// The bytes, the name and missing parent folders have reached the disk when this returns.
    ///
    /// - Parameter mode: permissions of the file, whatever the umask.
    public static func write(
        _ bytes: [UInt8],
        to path: FilePath,
        mode: mode_t = 0o640
    ) throws(SystemCallError) {
        guard let name = path.lastComponent else {
            throw SystemCallError(call: "open", path: path, errno: EISDIR)
        }
        let parent = path.removingLastComponent().isEmpty ? FilePath(".") : path.removingLastComponent()
        let folder: Descriptor
        do {
            folder = try openDirectory(parent)
        } catch let error where error.errno == ENOENT {
            try createDirectories(parent)
            folder = try openDirectory(parent)
        }
        let directory = folder.number

        let temporary = temporaryPrefix + String(UInt64.random(in: .min ... .max), radix: 16)
        do {
            let file = Descriptor(
                owning: try systemCall("open", path) {
                    openat(directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
                }
            )
            let number = file.number
            try systemCall("fchmod", path) { fchmod(number, mode) }
            try writeBytes(bytes, to: number, path)
            try systemCall("fsync", path) { fsync(number) }
            try systemCall("rename", path) {
                name.withPlatformString { renameat(directory, temporary, directory, $0) }
            }
        } catch {
            unlinkat(directory, temporary, 0)
            throw error
        }
        try synchronize(directory, parent)
    }

    /// Makes `path` and its missing parents, each on disk when this returns.
    public static func createDirectories(_ path: FilePath, mode: mode_t = 0o750) throws(SystemCallError) {
        let parent = path.removingLastComponent().isEmpty ? FilePath(".") : path.removingLastComponent()
        do {
            try systemCall("mkdir", path) { path.withPlatformString { mkdir($0, mode) } }
        } catch let error where error.errno == ENOENT && path.components.count > 1 {
            try createDirectories(parent, mode: mode)
            return try createDirectories(path, mode: mode)
        } catch let error where error.errno == EEXIST {
            guard try FileStatus(of: path).kind == .directory else {
                throw SystemCallError(call: "mkdir", path: path, errno: ENOTDIR)
            }
            return
        }
        let folder = try openDirectory(parent)
        try synchronize(folder.number, parent)
    }

    /// Removes what an interrupted ``write(_:to:mode:)`` left below `root`. Only while nobody writes there.
    public static func removeTemporaries(beneath root: FilePath) {
        let prefix = Array(temporaryPrefix.utf8)
        DirectoryScan(root: root).walk(
            enter: { _, _ in true },
            file: { path in
                if path.lastComponent?.bytes.starts(with: prefix) == true {
                    _ = root.pushing(path).withPlatformString { unlink($0) }
                }
            },
            unreadable: { _, _ in }
        )
    }

    private static func openDirectory(_ path: FilePath) throws(SystemCallError) -> Descriptor {
        Descriptor(
            owning: try systemCall("open", path) {
                path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
            }
        )
    }

    private static func synchronize(_ directory: CInt, _ path: FilePath) throws(SystemCallError) {
        do {
            try systemCall("fsync", path) { fsync(directory) }
        } catch let error where error.errno == EINVAL {
            // Some file systems cannot synchronize a folder; they have nothing to lose then.
        }
    }
}

/// Writes all of `bytes`, however many calls it takes.
func writeBytes(_ bytes: [UInt8], to descriptor: CInt, _ path: FilePath?) throws(SystemCallError) {
    var written = 0
    while written < bytes.count {
        written += try systemCall("write", path) {
            bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
        }
    }
}
