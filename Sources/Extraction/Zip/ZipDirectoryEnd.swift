/// Where the directory of a zip ends (APPNOTE.TXT 4.3.16), looked at before libzip sees the bytes: libzip reserves
/// memory for as many entries as the file claims, and takes no zip that stands behind other bytes.
struct ZipDirectoryEnd {
    /// Bytes before the zip; mail gateways and downloads put headers there, and offsets count from behind them.
    let junkBefore: Int

    private static let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    private static let size = 22
    private static let locator64: [UInt8] = [0x50, 0x4B, 0x06, 0x07]
    private static let locator64Size = 20
    private static let record64: [UInt8] = [0x50, 0x4B, 0x06, 0x06]
    private static let record64Size = 56
    private static let entry: [UInt8] = [0x50, 0x4B, 0x01, 0x02]

    /// Finds the end of the directory. Throws `corrupt` where there is none, `too-large` for more entries than
    /// ``ZipLimits/entries``.
    init(of bytes: UnsafeBufferPointer<UInt8>) throws(Unreadable) {
        let window = max(0, bytes.count - Self.size - ZipLimits.trailingBytes)
        var place = bytes.count - Self.size
        var found = 0
        var junk: Int?
        while place >= window {
            defer { place -= 1 }
            guard bytes[place] == 0x50, Self.has(Self.signature, at: place, in: bytes) else { continue }
            found += 1
            guard found <= ZipLimits.endRecords else {
                throw Unreadable(
                    .corrupt,
                    "文件结构异常：压缩包目录有 \(found) 个以上的结尾（偏移 \(place)）。请用 Word 或 WPS 打开后另存为 docx 重新上传。",
                    "The file is malformed: more than \(found) ends of the zip directory (offset \(place)). "
                        + "Open it in Word or WPS, save it as docx and upload it again."
                )
            }
            var entries = Self.number(bytes, place + 10, 2)
            if let entries64 = Self.entries64(endingAt: place, in: bytes) { entries = max(entries, entries64) }
            guard entries <= ZipLimits.entries else {
                throw Unreadable(
                    .tooLarge,
                    "压缩包内有 \(entries) 个文件，超过上限 \(ZipLimits.entries) 个，不会是一份年度报告。",
                    "The zip has \(entries) entries, more than the limit of \(ZipLimits.entries); no annual report has."
                )
            }
            if junk == nil { junk = Self.junk(before: place, in: bytes) }
        }
        guard found > 0 else {
            throw Unreadable(
                .corrupt,
                "文件不完整：到第 \(bytes.count) 字节结束时仍缺少压缩包目录，可能上传中断。请重新上传完整的文件。",
                "The file is incomplete: it ends at byte \(bytes.count) without the directory of its zip. Upload it again."
            )
        }
        junkBefore = junk ?? 0
    }

    /// Bytes before the zip whose directory ends at `place`; nil where no directory stands right before that place.
    private static func junk(before place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let size = number(bytes, place + 12, 4)
        let offset = number(bytes, place + 16, 4)
        guard size > 0, place - size >= 0, has(entry, at: place - size, in: bytes) else { return nil }
        let junk = place - size - offset
        return junk >= 0 ? junk : nil
    }

    /// The number of entries of a Zip64 directory (APPNOTE.TXT 4.3.14) that ends at `place`.
    private static func entries64(endingAt place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let locator = place - locator64Size
        guard locator >= 0, has(locator64, at: locator, in: bytes) else { return nil }
        let record = number(bytes, locator + 8, 8)
        guard record <= bytes.count - record64Size, has(record64, at: record, in: bytes) else { return nil }
        return max(number(bytes, record + 24, 8), number(bytes, record + 32, 8))
    }

    private static func has(_ signature: [UInt8], at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        place + signature.count <= bytes.count && signature.indices.allSatisfy { bytes[place + $0] == signature[$0] }
    }

    /// A little-endian number, `Int.max` where it does not fit.
    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, _ length: Int) -> Int {
        var value: UInt64 = 0
        for index in (0..<length).reversed() { value = value << 8 | UInt64(bytes[place + index]) }
        return Int(clamping: value)
    }
}
