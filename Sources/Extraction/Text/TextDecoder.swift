import Glibc

/// Turns the bytes of a text file into a string, or says exactly why not. Strict: a report with one unreadable byte might
/// have lost a digit, and a digit is what the audit is about.
enum TextDecoder {
    /// The text and the name of its encoding.
    struct Decoded {
        var text: String
        var encoding: String
    }

    static func decode(_ bytes: [UInt8]) throws(Unreadable) -> Decoded {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return try Mojibake.recover(utf8(bytes[3...], offset: 3, encoding: "utf-8"))
        }
        if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes, bigEndian: false, skip: 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes, bigEndian: true, skip: 2) }
        if let nul = bytes.span.firstIndex(of: 0) {
            // UTF-16 without a mark has a NUL in every ASCII character: digits, blanks, line ends.
            if let bigEndian = guessUTF16(bytes) { return try utf16(bytes, bigEndian: bigEndian, skip: 0) }
            throw nulBytes(at: nul)
        }
        if let text = String(validating: bytes, as: UTF8.self) {
            return try Mojibake.recover(Decoded(text: text, encoding: "utf-8"))
        }
        let invalid = firstInvalidUTF8(bytes)
        switch iconv(bytes[...], from: "GB18030") {
        case .success(let utf8) where isPlausible(utf8):
            return try Mojibake.recover(Decoded(text: String(decoding: utf8, as: UTF8.self), encoding: "gb18030"))
        case .failure(let failure) where isPlausible(failure.converted):
            throw corrupt("GB18030", at: failure.offset, bytes)
        default:
            throw corrupt("UTF-8", at: invalid, bytes)
        }
    }

    private static func utf8(
        _ bytes: ArraySlice<UInt8>,
        offset: Int,
        encoding: String
    ) throws(Unreadable) -> Decoded {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw corrupt("UTF-8", at: offset + firstInvalidUTF8(Array(bytes)), Array(bytes))
        }
        if let nul = bytes.firstIndex(of: 0) { throw nulBytes(at: nul) }
        return Decoded(text: text, encoding: encoding)
    }

    private static func utf16(_ bytes: [UInt8], bigEndian: Bool, skip: Int) throws(Unreadable) -> Decoded {
        let name = bigEndian ? "UTF-16BE" : "UTF-16LE"
        switch iconv(bytes[skip...], from: name) {
        case .success(let utf8):
            if utf8.contains(0) { throw nulBytes(at: skip) }
            return try Mojibake.recover(
                Decoded(text: String(decoding: utf8, as: UTF8.self), encoding: name.lowercased())
            )
        case .failure(let failure):
            throw corrupt(name, at: skip + failure.offset, bytes)
        }
    }

    /// UTF-16 without a byte order mark has a NUL in every digit, blank and line end — and in 一 (U+4E00), so that counting
    /// NULs does not tell the order of the bytes. The words of a report do.
    private static func guessUTF16(_ bytes: [UInt8]) -> Bool? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        // The beginning is enough to tell; a character cut at its end is no matter.
        return [false, true].first { bigEndian in
            let utf8 =
                switch iconv(bytes.prefix(65_536), from: bigEndian ? "UTF-16BE" : "UTF-16LE") {
                case .success(let utf8): utf8
                case .failure(let failure): failure.converted
                }
            return !utf8.contains(0) && isPlausible(utf8)
        }
    }

    // MARK: - Messages

    private static func nulBytes(at offset: Int) -> Unreadable {
        Unreadable(
            .unsupported,
            "不是文本文件：偏移 \(offset) 处有 NUL 字节。请上传报告本身，不要上传压缩包或损坏的文件。",
            "Not a text file: NUL byte at offset \(offset). Upload the report itself."
        )
    }

    private static func corrupt(_ encoding: String, at offset: Int, _ bytes: [UInt8]) -> Unreadable {
        Unreadable(
            .corrupt,
            "按 \(encoding) 解码失败：偏移 \(offset) 处的字节无效。文件可能被截断或混用编码，请重新导出为 UTF-8。",
            "Not valid \(encoding): bad byte at offset \(offset). The file may be cut or mix encodings; save it as UTF-8."
        )
    }

    // MARK: - Helpers

    /// Offset of the first byte that is no UTF-8.
    private static func firstInvalidUTF8(_ bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return offset
            case .error: return offset
            }
        }
    }

    /// Bytes of another encoding decode as GB18030 too, but then without the words that every such report has.
    static func isPlausible(_ utf8: [UInt8]) -> Bool {
        ["信息", "公开", "政府", "报告", "情况", "工作", "的"].contains { utf8.contains(sequence: Array($0.utf8)) }
    }

    struct ConversionFailure: Error {
        var offset: Int
        var converted: [UInt8]
    }

    /// iconv(3), whole input at once.
    static func iconv(
        _ bytes: ArraySlice<UInt8>,
        from: String,
        to: String = "UTF-8"
    ) -> Result<[UInt8], ConversionFailure> {
        guard let descriptor = iconv_open(to, from), descriptor != iconv_t(bitPattern: -1) else {
            return .failure(ConversionFailure(offset: 0, converted: []))
        }
        defer { iconv_close(descriptor) }
        var input = Array(bytes)
        var output = [UInt8](repeating: 0, count: input.count * 2 + 16)
        let total = input.count
        var failedAt: Int?
        var written = 0
        input.withUnsafeMutableBytes { source in
            var sourcePointer = source.baseAddress?.assumingMemoryBound(to: CChar.self)
            var sourceLeft = total
            while true {
                let capacity = output.count - written
                let result = output.withUnsafeMutableBytes { target -> (Int, Int32) in
                    var targetPointer = target.baseAddress?.advanced(by: written).assumingMemoryBound(to: CChar.self)
                    var targetLeft = capacity
                    let code = Glibc.iconv(descriptor, &sourcePointer, &sourceLeft, &targetPointer, &targetLeft)
                    let error = errno
                    written += capacity - targetLeft
                    return (code, error)
                }
                if result.0 == -1 {
                    if result.1 == E2BIG {
                        output.append(contentsOf: [UInt8](repeating: 0, count: output.count))
                        continue
                    }
                    failedAt = total - sourceLeft
                }
                return
            }
        }
        output.removeLast(output.count - written)
        if let failedAt { return .failure(ConversionFailure(offset: failedAt, converted: output)) }
        return .success(output)
    }
}

extension Collection<UInt8> {
    /// Whether `sequence` occurs; a plain scan, enough for a few words.
    func contains(sequence: [UInt8]) -> Bool {
        withContiguousStorageIfAvailable { $0.scan(for: sequence) }
            ?? Array(self).withUnsafeBufferPointer { $0.scan(for: sequence) }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func scan(for sequence: [UInt8]) -> Bool {
        guard let first = sequence.first, count >= sequence.count else { return sequence.isEmpty }
        for index in 0...(count - sequence.count) where self[index] == first {
            var offset = 1
            while offset < sequence.count, self[index + offset] == sequence[offset] { offset += 1 }
            if offset == sequence.count { return true }
        }
        return false
    }
}
