/// The directory of a compound file ([MS-CFB], OLE2): what old office programs keep their documents in. Just enough to
/// tell them apart; no size or sector number in the file is trusted.
struct CompoundFile {
    /// One entry of the directory.
    struct Entry {
        /// Its name, lower case.
        var name: String
        /// Whether it holds bytes; otherwise it holds further entries.
        var isStream: Bool
        /// Bytes, as the file claims.
        var size: Int
        fileprivate var firstSector: UInt32
    }

    /// [MS-CFB] 2.2: the first eight bytes.
    static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    /// Most entries that are looked at. A document has a dozen, one with hundreds of embedded objects a few thousand.
    static let maximumEntries = 16_384

    /// All entries in the order of the directory, those of embedded objects too.
    let entries: [Entry]

    private let bytes: [UInt8]
    private let sectorSize: Int
    private let miniSectorSize: Int
    private let miniCutoff: Int
    private let table: [UInt32]
    private let miniTable: [UInt32]
    private let miniStream: [UInt8]

    /// [MS-CFB] 2.1: numbers above name no sector.
    private static let lastSector: UInt32 = 0xFFFF_FFFA

    /// Reads header, sector table and directory; nil where they break the rules.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Self.signature), bytes.count >= 512 else { return nil }
        let shift = bytes.number16(30)
        let miniShift = bytes.number16(32)
        guard shift == 9 || shift == 12, miniShift == 6 else { return nil }
        let sectorSize = 1 << Int(shift)
        self.bytes = bytes
        self.sectorSize = sectorSize
        miniSectorSize = 64
        miniCutoff = 4096
        // The header fills the first sector; after it they count from 0, the last may be cut.
        let sectors = max(0, (bytes.count - 1) / sectorSize)

        func sector(_ number: UInt32) -> Range<Int>? {
            guard number < Self.lastSector, Int(number) < sectors else { return nil }
            let start = (Int(number) + 1) * sectorSize
            return start..<min(start + sectorSize, bytes.count)
        }
        /// The bytes of a chain of sectors, at most `limit`. It ends where it leaves the file or has taken more sectors
        /// than there are, so a circle ends too.
        func chain(_ first: UInt32, _ table: [UInt32], limit: Int) -> [UInt8] {
            var result: [UInt8] = []
            var next = first
            var steps = 0
            while let range = sector(next), result.count < limit, steps <= sectors {
                result += bytes[range]
                guard Int(next) < table.count else { break }
                next = table[Int(next)]
                steps += 1
            }
            return Array(result.prefix(limit))
        }

        // Sectors of the table: 109 in the header, further ones in a chain of sectors of which the last number leads on.
        var tableSectors = (0..<109).map { bytes.number32(76 + 4 * $0) }
        var further = bytes.number32(68)
        var steps = 0
        while let range = sector(further), range.count == sectorSize, steps <= sectors {
            let perSector = sectorSize / 4 - 1
            tableSectors += (0..<perSector).map { bytes.number32(range.lowerBound + 4 * $0) }
            further = bytes.number32(range.lowerBound + 4 * perSector)
            steps += 1
            if tableSectors.count > sectors + 109 { break }
        }
        var table: [UInt32] = []
        for number in tableSectors where table.count < sectors {
            guard let range = sector(number) else { continue }
            table += stride(from: range.lowerBound, to: range.upperBound - 3, by: 4).map { bytes.number32($0) }
        }
        self.table = table

        let directory = chain(bytes.number32(48), table, limit: Self.maximumEntries * 128)
        var entries: [Entry] = []
        var root: Entry?
        for start in stride(from: 0, through: directory.count - 128, by: 128) {
            let type = directory[start + 66]
            let length = Int(directory.number16(start + 64))
            guard [1, 2, 5].contains(type), (2...64).contains(length) else { continue }
            let units = stride(from: start, to: start + length - 2, by: 2).map { directory.number16($0) }
            let entry = Entry(
                name: String(decoding: units, as: UTF16.self).lowercased(),
                isStream: type == 2,
                size: Int(directory.number32(start + 120)),
                firstSector: directory.number32(start + 116)
            )
            if type == 5 { root = root ?? entry } else { entries.append(entry) }
        }
        guard let root else { return nil }
        self.entries = entries
        miniTable = {
            let bytes = chain(bytes.number32(60), table, limit: bytes.count)
            return stride(from: 0, through: bytes.count - 4, by: 4).map { bytes.number32($0) }
        }()
        miniStream = chain(root.firstSector, table, limit: min(root.size, bytes.count))
    }

    /// Whether there is an entry of that name, in any case.
    func has(_ name: String) -> Bool { entry(name) != nil }

    /// The first `count` bytes of a stream, fewer where it is shorter or its chain broken; nil where there is none.
    func beginning(of name: String, count: Int) -> [UInt8]? {
        guard let entry = entry(name), entry.isStream else { return nil }
        let wanted = min(count, entry.size)
        var result: [UInt8] = []
        var next = entry.firstSector
        let isMini = entry.size < miniCutoff
        let (source, size, table) =
            isMini ? (miniStream, miniSectorSize, miniTable) : (bytes, sectorSize, self.table)
        // Mini sectors count from the beginning of their stream, sectors from the end of the header.
        let offset = isMini ? 0 : sectorSize
        while result.count < wanted, next < Self.lastSector, result.count <= source.count {
            let start = Int(next) * size + offset
            guard start < source.count else { break }
            result += source[start..<min(start + size, source.count)]
            guard Int(next) < table.count else { break }
            next = table[Int(next)]
        }
        return Array(result.prefix(wanted))
    }

    private func entry(_ name: String) -> Entry? {
        let name = name.lowercased()
        return entries.first { $0.name == name }
    }
}

extension [UInt8] {
    /// A little-endian number of 16 bits; 0 beyond the end.
    func number16(_ offset: Int) -> UInt16 {
        offset + 2 <= count ? UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 : 0
    }

    /// A little-endian number of 32 bits; 0 beyond the end.
    func number32(_ offset: Int) -> UInt32 {
        UInt32(number16(offset)) | UInt32(number16(offset + 2)) << 16
    }
}
