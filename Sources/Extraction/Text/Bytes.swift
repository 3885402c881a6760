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

    /// A part of valid UTF-8 that begins and ends with a whole scalar, as a string.
    func string(_ range: Range<Int>) -> String {
        // Not validated once more: all that is cut is cut before or behind a scalar of one that was.
        String(copying: UTF8Span(unchecked: extracting(range)))
    }
}
