// Files that the kernel makes up while they are read: those of /proc and /sys.

import Glibc
import SystemPackage

/// Reads what the kernel tells in files, see proc(5) and sysfs(5).
public enum KernelFile {
    /// Most that such a file has.
    private static let maximumBytes = 1 << 20

    /// All of a file. ``SafeFile/read(path:beneath:followingLinks:maximumBytes:)`` does not do: these files have no size.
    ///
    /// - Parameter path: trusted; links in it are followed, for `/proc/self` is one.
    public static func bytes(_ path: FilePath) throws(ReadFailure) -> [UInt8] {
        let file: Descriptor
        do throws(SystemCallError) {
            file = Descriptor(
                owning: try systemCall("open", path) { path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) } }
            )
        } catch {
            throw ReadFailure(error)
        }
        return try SafeFile.readStream(file.number, maximumBytes: maximumBytes).bytes
    }

    /// Its words, between spaces, tabs and line ends.
    public static func words(_ path: FilePath) throws(ReadFailure) -> [String] {
        try bytes(path).split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }.map { String(decoding: $0, as: UTF8.self) }
    }
}
