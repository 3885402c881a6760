import CZlib

/// Audits repeat the names of their keys some hundred times: packed, they take a fifth of the room.
enum Compression {
    /// No audit is larger; what claims to be is damaged.
    private static let longest = 64 << 20

    /// The bytes packed by zlib (RFC 1950), their number in front in four bytes, the highest first.
    static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var packed = [UInt8](repeating: 0, count: 4 + Int(length))
        let count = UInt32(clamping: bytes.count)
        for index in 0..<4 { packed[index] = UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * index)) }
        let code = packed.withUnsafeMutableBufferPointer { buffer in
            compress2(buffer.baseAddress.map { $0 + 4 }, &length, bytes, uLong(bytes.count), Z_BEST_SPEED)
        }
        // Neither of its two errors can happen: there is room for the worst case, and memory does not end in Swift.
        precondition(code == Z_OK, "compress2: \(code)")
        packed.removeLast(packed.count - 4 - Int(length))
        return packed
    }

    /// What was packed; nil when it is damaged.
    static func unpacked(_ packed: [UInt8]) -> [UInt8]? {
        guard packed.count > 4 else { return nil }
        let count = packed.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard count <= longest else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        var length = uLong(count)
        let code = packed.withUnsafeBufferPointer { buffer in
            uncompress(&bytes, &length, buffer.baseAddress.map { $0 + 4 }, uLong(packed.count - 4))
        }
        return code == Z_OK && length == count ? bytes : nil
    }
}
