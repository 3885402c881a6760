// Reading files that anybody may have put there: never blocks, never follows a link out of its folder, never opens a
// device, and never takes a file for whole that changed while it was read.

import CLinuxShims
import Glibc
import SystemPackage

/// Why a file could not be read.
public enum ReadFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing is there (any more).
    case notFound
    /// The file or a folder on the way may not be read.
    case permissionDenied
    /// It is no regular file.
    case notAFile(FileKind)
    /// It changed while it was read.
    case changed
    /// It has `bytes` bytes, more than `limit`.
    case tooLarge(bytes: Int64, limit: Int)
    /// The kernel reports another error, see errno(3).
    case ioError(errno: CInt)

    init(_ error: SystemCallError) {
        self =
            switch error.errno {
            case ENOENT, ENOTDIR: .notFound
            case EACCES, EPERM: .permissionDenied
            case ELOOP: .notAFile(.symbolicLink)
            // Somebody holds a lease and is asked to give it up, or a rename raced with the look-up.
            case EAGAIN: .changed
            default: .ioError(errno: error.errno)
            }
    }

    /// What happened, in English, without the path.
    public var description: String {
        switch self {
        case .notFound: "no such file"
        case .permissionDenied: "permission denied"
        case .notAFile(let kind): "not a regular file but a \(kind.rawValue)"
        case .changed: "the file changed while it was read"
        case .tooLarge(let bytes, let limit): "the file has \(bytes) bytes, the limit is \(limit)"
        case .ioError(let code): "\(String(cString: strerror(code))) (errno \(code))"
        }
    }
}

/// A whole file.
public struct FileContents: Sendable {
    /// All its bytes.
    public let bytes: [UInt8]
    /// The state of the file that had these bytes; nil for a stream.
    public let identity: FileIdentity?

    /// Puts bytes and identity together.
    public init(bytes: [UInt8], identity: FileIdentity?) {
        self.bytes = bytes
        self.identity = identity
    }
}

/// A regular file, open for reading.
public struct SafeFile: ~Copyable {
    /// The limit for a file where the caller sets none: 64 MiB. Twenty times the largest report seen, and little
    /// enough that every worker can hold one.
    public static let defaultMaximumBytes = 64 * 1024 * 1024

    /// Whether somebody has the file open for writing.
    public enum Writers: Sendable {
        case none, present
        /// Neither can be told: the file belongs to someone else and CAP_LEASE is missing, or the file system has no
        /// leases.
        case unknown
    }

    /// What stands at a path, held but not opened: an open can block (FIFO) or do something (device).
    public struct Node: ~Copyable {
        fileprivate let descriptor: Descriptor
        fileprivate let path: FilePath
        fileprivate let root: FilePath?
        fileprivate let nofollow: CInt
        /// Its state when it was looked up.
        public let status: FileStatus

        /// Looks it up.
        ///
        /// - Parameters:
        ///   - path: relative to `root` if there is one.
        ///   - root: a folder that `path` must not leave; no component of `path` may be a link then.
        ///   - followingLinks: whether `path` itself may be a link. Only for names that the user gave, without `root`.
        public init(
            at path: FilePath,
            beneath root: FilePath? = nil,
            followingLinks: Bool = false
        ) throws(ReadFailure) {
            let nofollow = followingLinks && root == nil ? 0 : O_NOFOLLOW
            let node = try reading { () throws(SystemCallError) in
                try SafeFile.open(path, beneath: root, flags: shim_O_PATH | nofollow)
            }
            status = try reading { () throws(SystemCallError) in
                try FileStatus(descriptor: node.number, path: path)
            }
            descriptor = node
            self.path = path
            self.root = root
            self.nofollow = nofollow
        }
    }

    private let descriptor: Descriptor
    private let path: FilePath
    /// The state of the file when it was opened.
    public let identity: FileIdentity

    /// Opens a regular file, see ``Node/init(at:beneath:followingLinks:)``.
    public init(
        opening path: FilePath,
        beneath root: FilePath? = nil,
        followingLinks: Bool = false
    ) throws(ReadFailure) {
        try self.init(opening: Node(at: path, beneath: root, followingLinks: followingLinks))
    }

    /// Opens a regular file that was looked up, and nothing that took its place since.
    public init(opening node: borrowing Node) throws(ReadFailure) {
        guard node.status.kind == .regular else { throw .notAFile(node.status.kind) }
        let (number, path, root, nofollow) = (node.descriptor.number, node.path, node.root, node.nofollow)
        let file = try reading { () throws(SystemCallError) in
            let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY
            do throws(SystemCallError) {
                // The same file once more, whatever stands at the path now.
                return Descriptor(
                    owning: try systemCall("open", path) {
                        Glibc.open("/proc/self/fd/\(number)", flags | O_CLOEXEC)
                    }
                )
            } catch let error where error.errno == ENOENT {
                // No /proc here; the comparison below catches an exchange in between.
                return try Self.open(path, beneath: root, flags: flags | nofollow)
            }
        }
        let opened = try reading { () throws(SystemCallError) in
            try FileStatus(descriptor: file.number, path: path)
        }
        guard opened.kind == .regular, opened.identity.isSameFile(as: node.status.identity) else { throw .changed }
        descriptor = file
        self.path = path
        identity = opened.identity
    }

    fileprivate static func open(
        _ path: FilePath,
        beneath root: FilePath?,
        flags: CInt
    ) throws(SystemCallError) -> Descriptor {
        guard let root else {
            return Descriptor(
                owning: try systemCall("open", path) { path.withPlatformString { Glibc.open($0, flags | O_CLOEXEC) } }
            )
        }
        let folder = Descriptor(
            owning: try systemCall("open", root) {
                root.withPlatformString { Glibc.open($0, shim_O_PATH | O_DIRECTORY | O_CLOEXEC) }
            }
        )
        return try openBeneath(folder.number, path, flags: flags)
    }

    /// What stands at `path`, without opening it and without following a link.
    public static func status(of path: FilePath, beneath root: FilePath) throws(ReadFailure) -> FileStatus {
        try Node(at: path, beneath: root).status
    }

    /// Whether somebody has the file open for writing now: a read lease is given only if nobody has, see fcntl(2).
    public func writers() -> Writers {
        // A writer that comes while the lease is held waits for its end, a few microseconds; the signal that announces
        // it is ignored by default, unlike SIGIO.
        do {
            let number = descriptor.number
            try systemCall("fcntl", path) { shim_take_read_lease(number, SIGURG) }
            shim_drop_lease(number)
            return .none
        } catch {
            return error.errno == EAGAIN ? .present : .unknown
        }
    }

    /// Whether the times of the file may come from another clock than this machine's: that of a server or a host, see
    /// ``FileSystem/isBlind(_:)``. A server that does not answer is waited for.
    public var isStampedElsewhere: Bool { FileSystem.isBlind(descriptor.number) }

    /// Reads the whole file and makes sure that it stood still meanwhile.
    public func contents(maximumBytes: Int = defaultMaximumBytes) throws(ReadFailure) -> FileContents {
        guard identity.size <= maximumBytes else { throw .tooLarge(bytes: identity.size, limit: maximumBytes) }
        let number = descriptor.number
        let bytes = try reading { () throws(SystemCallError) in
            // One byte more than there should be, so that growth shows without a second read.
            try readBytes(number, path, atMost: Int(identity.size) + 1)
        }
        let after = try reading { () throws(SystemCallError) in
            try FileStatus(descriptor: number, path: path).identity
        }
        guard after.size <= maximumBytes else { throw .tooLarge(bytes: after.size, limit: maximumBytes) }
        guard after == identity, bytes.count == Int(identity.size) else { throw .changed }
        return FileContents(bytes: bytes, identity: identity)
    }

    /// Opens and reads a file, see ``init(opening:beneath:followingLinks:)`` and ``contents(maximumBytes:)``.
    public static func read(
        path: FilePath,
        beneath root: FilePath? = nil,
        followingLinks: Bool = false,
        maximumBytes: Int = defaultMaximumBytes
    ) throws(ReadFailure) -> FileContents {
        let file = try SafeFile(opening: path, beneath: root, followingLinks: followingLinks)
        return try file.contents(maximumBytes: maximumBytes)
    }

    /// Reads a stream such as standard input to its end.
    public static func readStream(
        _ descriptor: CInt,
        maximumBytes: Int = defaultMaximumBytes
    ) throws(ReadFailure) -> FileContents {
        var bytes: [UInt8] = []
        while bytes.count <= maximumBytes {
            let room = min(1 << 20, maximumBytes + 1 - bytes.count)
            let chunk = try reading { () throws(SystemCallError) in try readBytes(descriptor, nil, atMost: room) }
            if chunk.isEmpty {
                return FileContents(bytes: bytes, identity: nil)
            }
            bytes += chunk
        }
        throw .tooLarge(bytes: Int64(bytes.count), limit: maximumBytes)
    }
}

/// Calls `body` and tells its error as what it means for a reader.
private func reading<Value: ~Copyable>(
    _ body: () throws(SystemCallError) -> Value
) throws(ReadFailure) -> Value {
    do {
        return try body()
    } catch {
        throw ReadFailure(error)
    }
}

/// Reads until the end of the file or `count` bytes.
func readBytes(_ descriptor: CInt, _ path: FilePath?, atMost count: Int) throws(SystemCallError) -> [UInt8] {
    var failure: SystemCallError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        while filled < count {
            do {
                let room = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let got = try systemCall("read", path) { read(descriptor, room.baseAddress, room.count) }
                if got == 0 {
                    return
                }
                filled += got
            } catch {
                failure = error as? SystemCallError
                return
            }
        }
    }
    if let failure {
        throw failure
    }
    return bytes
}
