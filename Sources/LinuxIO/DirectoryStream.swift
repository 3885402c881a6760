import Glibc
import SystemPackage

/// A folder that is being read, see readdir(3). Memory does not grow with the number of names in it.
final class DirectoryStream {
    /// A name in the folder, other than `.` and `..`.
    struct Name {
        /// Valid until the next name is read.
        let text: UnsafePointer<CChar>
        /// Nil where the file system does not say.
        let kind: FileKind?

        var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: text, count: strlen(text))) }
    }

    private let stream: OpaquePointer
    private let path: FilePath

    /// Reads the folder behind a descriptor of its own, which is closed with the stream.
    ///
    /// - Parameter path: its name for error messages.
    init(owning directory: CInt, path: FilePath) throws(SystemCallError) {
        guard let stream = fdopendir(directory) else {
            let code = errno
            close(directory)
            throw SystemCallError(call: "fdopendir", path: path, errno: code)
        }
        self.stream = stream
        self.path = path
    }

    deinit {
        closedir(stream)
    }

    /// To be used with the `…at` calls.
    var descriptor: CInt { dirfd(stream) }

    /// The next name, in no order; nil after the last one.
    func next() throws(SystemCallError) -> Name? {
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                let code = errno
                if code != 0 {
                    throw SystemCallError(call: "readdir", path: path, errno: code)
                }
                return nil
            }
            let text = Self.text(of: entry)
            if strcmp(text, ".") != 0, strcmp(text, "..") != 0 {
                return Name(text: text, kind: Self.kind(of: entry))
            }
        }
    }

    /// Looks at a name in the folder, at a link itself.
    func status(of text: UnsafePointer<CChar>) throws(SystemCallError) -> FileStatus {
        var status = stat()
        try systemCall("fstatat", path) { fstatat(descriptor, text, &status, AT_SYMLINK_NOFOLLOW) }
        return FileStatus(status)
    }

    private static func text(of entry: UnsafeMutablePointer<dirent>) -> UnsafePointer<CChar> {
        // Not through `pointee.d_name`: that would copy 256 bytes, and the record may end before them.
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
        return (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
    }

    private static func kind(of entry: UnsafeMutablePointer<dirent>) -> FileKind? {
        switch Int(entry.pointee.d_type) {
        case Int(DT_REG): .regular
        case Int(DT_DIR): .directory
        case Int(DT_UNKNOWN): nil
        default: .unknown
        }
    }
}
