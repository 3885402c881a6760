// Names and what lies on disk, without the code under test, and fast enough in a debug build to look all the time.

import Glibc
import SystemPackage

/// A name in a folder: bytes, not text.
struct Name: Hashable, Comparable, ExpressibleByStringLiteral {
    let bytes: [UInt8]

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
    init(_ text: String) { bytes = Array(text.utf8) }
    init(stringLiteral text: String) { self.init(text) }

    static func == (left: Name, right: Name) -> Bool {
        left.bytes.count == right.bytes.count && memcmp(left.bytes, right.bytes, left.bytes.count) == 0
    }

    static func < (left: Name, right: Name) -> Bool {
        let order = memcmp(left.bytes, right.bytes, min(left.bytes.count, right.bytes.count))
        return order == 0 ? left.bytes.count < right.bytes.count : order < 0
    }

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    func hasPrefix(_ prefix: Name) -> Bool {
        bytes.count >= prefix.bytes.count && memcmp(bytes, prefix.bytes, prefix.bytes.count) == 0
    }

    func hasSuffix(_ suffix: Name) -> Bool {
        bytes.count >= suffix.bytes.count && Name(bytes.suffix(suffix.bytes.count)) == suffix
    }

    static func + (left: Name, right: Name) -> Name { Name(left.bytes + right.bytes) }
}

/// A path, by its names: below the folder of a world unless another is named.
typealias Place = [Name]

extension Place {
    /// The path of this place below `folder`, as the kernel takes it.
    func path(below folder: FilePath) -> FilePath {
        var bytes = folder.withPlatformString { [UInt8](UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
        for name in self {
            bytes.append(UInt8(ascii: "/"))
            bytes += name.bytes
        }
        bytes.append(0)
        return bytes.withUnsafeBytes { buffer in
            buffer.baseAddress.map { FilePath(platformString: $0.assumingMemoryBound(to: CChar.self)) } ?? FilePath()
        }
    }

    /// For the log.
    var shown: String { map(\.shown).joined(separator: "/") }
}

extension Name {
    /// For the log: printable ASCII and Chinese as they are, everything else as `\xNN`.
    var shown: String {
        var text = ""
        var rest = bytes[...]
        while let first = rest.first {
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            if let scalar = String(validating: rest.prefix(length), as: UTF8.self)?.unicodeScalars.first,
                scalar.properties.generalCategory == .otherLetter || (scalar.isASCII && scalar.value > 0x1F)
            {
                text.unicodeScalars.append(scalar)
                rest = rest.dropFirst(length)
            } else {
                text += "\\x" + String(first, radix: 16)
                rest = rest.dropFirst()
            }
        }
        return text.utf8.count > 60 ? text.prefix(12) + "…\(bytes.count) bytes" : text
    }
}

/// One thing on disk, as lstat(2) tells it.
struct Entry: Hashable {
    let type: mode_t
    let mode: mode_t
    let inode: UInt64
    let size: Int
    /// Nanoseconds since 1970.
    let modified, changed: Int64

    init(_ status: stat) {
        type = status.st_mode & S_IFMT
        mode = status.st_mode & 0o7777
        inode = UInt64(status.st_ino)
        size = Int(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    }

    /// A whole file and its state; nil when it is not there.
    static func read(_ path: FilePath) -> (bytes: [UInt8], entry: Entry)? {
        let descriptor = path.withPlatformString { open($0, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) }
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        // One more than there should be: a file that grows is none that is whole.
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return (Array(bytes.prefix(max(0, count))), Entry(status))
    }

    /// Everything below `folder`; what vanishes meanwhile is left out.
    static func all(below folder: FilePath) -> [(place: Place, entry: Entry)] {
        var found: [(place: Place, entry: Entry)] = []
        let descriptor = folder.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        if descriptor >= 0 {
            visit(descriptor, [], &found)
        }
        return found
    }

    /// Closes `descriptor`.
    private static func visit(_ descriptor: CInt, _ place: Place, _ found: inout [(place: Place, entry: Entry)]) {
        guard let stream = fdopendir(descriptor) else {
            close(descriptor)
            return
        }
        defer { closedir(stream) }
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
        while let raw = readdir(stream) {
            let start = (UnsafeRawPointer(raw) + offset).assumingMemoryBound(to: CChar.self)
            let name = Name(UnsafeRawBufferPointer(start: start, count: strlen(start)))
            var status = stat()
            guard name != ".", name != "..", fstatat(descriptor, start, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                continue
            }
            let entry = Entry(status)
            found.append((place + [name], entry))
            if entry.type == S_IFDIR {
                let below = openat(descriptor, start, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                if below >= 0 {
                    visit(below, place + [name], &found)
                }
            }
        }
    }
}

/// The clock that files bear the time of.
enum Clock {
    /// Nanoseconds since 1970.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
