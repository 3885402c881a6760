// Files and folders for tests.

import Glibc
import LinuxIO
import SystemPackage

/// A folder that is removed with everything in it when the test is over.
public final class TemporaryFolder: Sendable {
    /// Where it is.
    public let path: FilePath

    /// Makes one.
    ///
    /// - Parameter parent: `/dev/shm` for tests with so many files that a disk would make them slow.
    public init(in parent: String = "/tmp") throws {
        var template = Array("\(parent)/nianbao-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw SystemCallError(call: "mkdtemp", errno: errno)
        }
        path = FilePath(platformString: template)
    }

    deinit {
        _ = try? Command.run(["rm", "-rf", path.string])
    }

    /// A path in it.
    public func callAsFunction(_ name: String) -> FilePath {
        path.appending(FilePath(name).components)
    }
}

/// Plain file operations, not those under test.
public enum Files {
    /// Writes, not atomically: open, write, close.
    public static func write(_ text: String, to path: FilePath, mode: mode_t = 0o644) throws {
        let file = try open(path, O_WRONLY | O_CREAT | O_TRUNC, mode: mode)
        defer { close(file) }
        try append(text, to: file)
    }

    /// Opens; the caller closes.
    public static func open(_ path: FilePath, _ flags: CInt, mode: mode_t = 0o644) throws -> CInt {
        try systemCall("open", path) { path.withPlatformString { Glibc.open($0, flags | O_CLOEXEC, mode) } }
    }

    /// Writes at the end of an open file.
    public static func append(_ text: String, to file: CInt) throws {
        let bytes = Array(text.utf8)
        try systemCall("write") { Glibc.write(file, bytes, bytes.count) }
    }

    /// The text of a file; nil if there is none.
    public static func read(_ path: FilePath) -> String? {
        (try? SafeFile.read(path: path)).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// Whether something is there.
    public static func exists(_ path: FilePath) -> Bool {
        (try? FileStatus(of: path, followingLinks: false)) != nil
    }

    /// Makes a folder and its parents.
    public static func makeFolder(_ path: FilePath) throws {
        try AtomicFile.createDirectories(path, mode: 0o755)
    }

    /// rename(2).
    public static func rename(_ from: FilePath, _ to: FilePath) throws {
        try systemCall("rename", from) {
            from.withPlatformString { from in to.withPlatformString { Glibc.rename(from, $0) } }
        }
    }

    /// Removes a file, or a folder with everything in it.
    public static func remove(_ path: FilePath) throws {
        guard try Command.run(["rm", "-rf", path.string]).status == 0 else {
            throw SystemCallError(call: "rm", path: path, errno: EIO)
        }
    }

    /// symlink(2).
    public static func link(_ path: FilePath, to target: FilePath) throws {
        try systemCall("symlink", path) {
            path.withPlatformString { path in target.withPlatformString { symlink($0, path) } }
        }
    }
}

/// Looks every few milliseconds until `condition` holds; false when it does not within `limit`.
///
/// The limit is for a machine that does many other things; it is no expectation.
public func eventually(within limit: Duration = .seconds(30), _ condition: () throws -> Bool) rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while true {
        if try condition() {
            return true
        }
        if deadline < .now {
            return false
        }
        usleep(2000)
    }
}
