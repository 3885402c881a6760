import Glibc
import SystemPackage

/// What kind of thing a directory entry is, see inode(7).
public enum FileKind: String, Sendable {
    case regular, directory, symbolicLink, fifo, socket, characterDevice, blockDevice, unknown

    init(mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            case S_IFIFO: .fifo
            case S_IFSOCK: .socket
            case S_IFCHR: .characterDevice
            case S_IFBLK: .blockDevice
            default: .unknown
            }
    }
}

/// Which file it is and in which state: two equal identities mean the same bytes, as far as the clock of the file
/// system can tell.
public struct FileIdentity: Hashable, Sendable {
    /// The device that holds the file.
    public let device: UInt64
    /// The inode number on that device.
    public let inode: UInt64
    /// Bytes.
    public let size: Int64
    /// Last change of the content, nanoseconds since 1970. Programs can set it to anything.
    public let modified: Int64
    /// Last change of the content or the attributes, nanoseconds since 1970. Only the kernel sets it.
    public let changed: Int64

    /// An identity that was kept.
    public init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
    }

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        // Wrapping: a file system may hold any number of seconds, and only equality matters.
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }

    /// Whether both are the same file, in whatever state.
    public func isSameFile(as other: FileIdentity) -> Bool {
        device == other.device && inode == other.inode
    }
}

/// Kind and identity of what a path leads to.
public struct FileStatus: Hashable, Sendable {
    /// What it is.
    public let kind: FileKind
    /// Which one it is.
    public let identity: FileIdentity
    /// The permission bits and those beside them (set-user-ID, set-group-ID, sticky), see inode(7).
    public let mode: mode_t
    /// The number of its owner.
    public let owner: uid_t
    /// The number of its group.
    public let group: gid_t
    /// How many names it has (hard links, see link(2)).
    public let names: UInt64

    init(_ status: stat) {
        kind = FileKind(mode: status.st_mode)
        identity = FileIdentity(status)
        mode = status.st_mode & 0o7777
        owner = status.st_uid
        group = status.st_gid
        names = UInt64(status.st_nlink)
    }

    /// ``mode`` as chmod(1) takes it, such as `0600`.
    public var permissions: String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Looks at `path`, at a link itself unless `followingLinks`; see stat(2).
    public init(of path: FilePath, followingLinks: Bool = true) throws(SystemCallError) {
        var status = stat()
        try systemCall("fstatat", path) {
            path.withPlatformString { fstatat(AT_FDCWD, $0, &status, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW) }
        }
        self.init(status)
    }

    init(descriptor: CInt, path: FilePath) throws(SystemCallError) {
        var status = stat()
        try systemCall("fstat", path) { fstat(descriptor, &status) }
        self.init(status)
    }
}

extension FilePath {
    /// The path as the kernel would give it: absolute, without links, `.` and `..`; see realpath(3).
    public func resolved() throws(SystemCallError) -> FilePath {
        let (buffer, code) = withPlatformString { path in
            let buffer = realpath(path, nil)
            return (buffer, buffer == nil ? Glibc.errno : 0)
        }
        guard let buffer else {
            throw SystemCallError(call: "realpath", path: self, errno: code)
        }
        defer { free(buffer) }
        return FilePath(platformString: buffer)
    }

    /// The permissions of what is there (a link is followed), such as `0600`; nil where it cannot be looked at.
    public var permissions: String? { (try? FileStatus(of: self))?.permissions }

    /// The bytes of the path, which need not be UTF-8.
    public var bytes: [UInt8] {
        withPlatformString { pointer in
            Array(UnsafeRawBufferPointer(start: pointer, count: strlen(pointer)))
        }
    }

    /// Makes a path from the bytes that the kernel gave, up to the first NUL.
    public init(bytes: [UInt8]) {
        let string = bytes + [0]
        self = string.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
            }
        }
    }

    /// Makes a path from the bytes that the kernel gave, up to the first NUL.
    public init(bytes: some Sequence<UInt8>) {
        self.init(bytes: Array(bytes))
    }
}

extension FilePath.Component {
    /// The bytes of the name, which need not be UTF-8.
    public var bytes: [UInt8] {
        withPlatformString { pointer in
            Array(UnsafeRawBufferPointer(start: pointer, count: strlen(pointer)))
        }
    }
}
