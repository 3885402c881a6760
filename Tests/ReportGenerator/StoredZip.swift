// A zip archive of stored (uncompressed) entries: PKWARE APPNOTE 6.3.10, §4.3.7 (local header), §4.3.12 (directory),
// §4.3.16 (end). Written here so that the generator depends on nothing that the reader uses.

struct StoredZip {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, _ content: [UInt8]) {
        let offset = body.count
        let path = Array(name.utf8)
        // Version 2.0; flag bit 11: the name is UTF-8; method 0; the time 1980-01-01 00:00, so that bytes repeat.
        var fields = Self.le16(20) + Self.le16(1 << 11) + Self.le16(0) + Self.le16(0) + Self.le16(0x21)
        fields += Self.le32(Self.crc32(content)) + Self.le32(UInt32(content.count)) + Self.le32(UInt32(content.count))
        fields += Self.le16(UInt16(path.count)) + Self.le16(0)
        body += Self.le32(0x0403_4b50) + fields + path + content
        directory += Self.le32(0x0201_4b50) + Self.le16(20) + fields
        // No comment, first disk, no attributes.
        directory += [UInt8](repeating: 0, count: 10) + Self.le32(UInt32(offset)) + path
        count += 1
    }

    mutating func add(_ name: String, _ text: String) {
        add(name, Array(text.utf8))
    }

    var bytes: [UInt8] {
        let number = Self.le16(UInt16(count))
        let end = Self.le32(0x0605_4b50) + Self.le32(0) + number + number
        return body + directory + end + Self.le32(UInt32(directory.count)) + Self.le32(UInt32(body.count))
            + Self.le16(0)
    }

    private static func le16(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xff), UInt8(value >> 8)] }

    private static func le32(_ value: UInt32) -> [UInt8] {
        le16(UInt16(value & 0xffff)) + le16(UInt16(value >> 16))
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    }

    /// CRC-32 as of ISO 3309, which zip uses.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xffff_ffff) { table[Int(($0 ^ UInt32($1)) & 0xff)] ^ ($0 >> 8) }
    }
}
