import ChineseText
import Glibc

/// Looking at the bytes of a text one by one: a view of a string takes ten times as long.
extension Span<UInt8> {
    /// The first index of `byte` from `start` on: memchr(3), which looks at many bytes at a time.
    func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        guard start < count else { return nil }
        return extracting(start...).withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base, Int32(byte), bytes.count) else { return nil }
            return start + (UnsafeRawPointer(found) - base)
        }
    }

    /// Whether `byte` occurs.
    func contains(_ byte: UInt8) -> Bool { firstIndex(of: byte) != nil }

    /// Whether `byte` stands at `offset`.
    @inline(__always)
    func has(_ byte: UInt8, at offset: Int) -> Bool { offset < count && self[offset] == byte }

    /// Whether two bytes stand at `offset`.
    @inline(__always)
    func has(_ first: UInt8, _ second: UInt8, at offset: Int) -> Bool {
        offset + 1 < count && self[offset] == first && self[offset + 1] == second
    }

    /// Whether this is UTF-8 of ASCII and of characters of two and three bytes other than those whose first byte restricts the
    /// second (RFC 3629, section 4: E0 and ED; then F0 to F4). False says nothing.
    var isPlainUTF8: Bool {
        var offset = 0
        while offset < count {
            let word = fourBytes(at: offset)
            if word & 0x80 == 0 {
                offset &+= 1
            } else if word & 0xC0_C0F0 == 0x80_80E0 {
                // 1110xxxx 10xxxxxx 10xxxxxx: a bit for each of E0 to EF.
                guard 0xDFFE >> (word & 0x0F) & 1 == 1 else { return false }
                offset &+= 3
            } else {
                // 110xxxxx 10xxxxxx: C0 and C1 begin nothing.
                guard word & 0xC0E0 == 0x80C0, word & 0x1E != 0 else { return false }
                offset &+= 2
            }
        }
        return true
    }

    /// Four bytes, the first one lowest; 0 for those behind the end, which continue no character.
    @inline(__always)
    private func fourBytes(at offset: Int) -> UInt32 {
        if offset &+ 4 <= count {
            return UInt32(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
        }
        return (offset..<count).reversed().reduce(0) { $0 << 8 | UInt32(self[$1]) }
    }

    /// A part of valid UTF-8 that begins and ends with a whole scalar, as a string.
    func string(_ range: Range<Int>) -> String {
        // Valid like the whole when it is cut between scalars: to see that takes less than to validate every byte once more.
        precondition(beginsScalar(at: range.lowerBound) && beginsScalar(at: range.upperBound), "cut within a character")
        return String(copying: UTF8Span(unchecked: extracting(range)))
    }

    /// Whether no byte of a scalar stands at `offset` but its first.
    @inline(__always)
    private func beginsScalar(at offset: Int) -> Bool { offset == count || self[offset] & 0xC0 != 0x80 }
}
