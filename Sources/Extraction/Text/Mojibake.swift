import Glibc

/// Text whose bytes were once taken for another encoding, and saved so: 政府信息公开 in UTF-8 shows as 鏀垮簻淇℃伅鍏紑 when taken for
/// GBK, as æ”¿åºœ… when taken for Windows-1252. The way back is exact as long as nothing was replaced on the way.
enum Mojibake {
    /// Words that every report has, and that text taken for another encoding cannot have.
    private static let words = ["信息", "公开"]

    /// U+FFFD twice in UTF-8, taken for GBK: where it stands, characters were lost before.
    private static let lostTwice = "锟斤拷"

    /// `decoded`, or the text that it was before it was taken for another encoding. Throws `corrupt` where characters were
    /// lost on the way.
    ///
    /// Text is only taken for garbled when it lacks the words that every report has, all of it (or all but what is lost) can
    /// be turned back, and the words are there then. No Chinese text in the right encoding passes the second test: its GBK
    /// bytes are no UTF-8.
    static func recover(_ decoded: TextDecoder.Decoded) throws(Unreadable) -> TextDecoder.Decoded {
        // strstr(3), which looks at many bytes at a time; there is no NUL in decoded text.
        func has(_ words: [String]) -> Bool {
            decoded.text.withCString { text in words.contains { strstr(text, $0) != nil } }
        }
        if has([lostTwice]) { throw replaced }
        if has(words) { return decoded }
        for (bytes, wrong) in [(singleBytes(decoded.text), "windows-1252"), (gbk(decoded.text), "gbk")] {
            guard let bytes else { continue }
            if let original = String(validating: bytes, as: UTF8.self) {
                guard hasWords(bytes) else { continue }
                return TextDecoder.Decoded(text: original, encoding: "utf-8 decoded as \(wrong)")
            }
            if isMostlyUTF8(bytes), hasWords(bytes) { throw lost }
            if wrong == "windows-1252", case .success(let original) = TextDecoder.iconv(bytes[...], from: "GB18030"),
                hasWords(original)
            {
                return TextDecoder.Decoded(
                    text: String(decoding: original, as: UTF8.self),
                    encoding: "gb18030 decoded as \(wrong)"
                )
            }
        }
        return decoded
    }

    private static func hasWords(_ bytes: [UInt8]) -> Bool {
        words.contains { bytes.contains(sequence: Array($0.utf8)) }
    }

    // MARK: - The way back

    /// The bytes that Windows-1252 or ISO 8859-1 show as `text`; nil where neither does.
    private static func singleBytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.value < 0x100 {
                bytes.append(UInt8(scalar.value))
            } else if let index = windows1252.firstIndex(of: scalar) {
                bytes.append(UInt8(0x80 + index))
            } else if scalar == "\u{FFFD}" {
                // What was lost; no UTF-8 has this byte.
                bytes.append(0xFF)
            } else {
                return nil
            }
        }
        return bytes
    }

    /// 0x80…0x9F in Windows-1252. The five that it leaves out are shown as control characters, as in ISO 8859-1.
    private static let windows1252 = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars
    )

    /// The bytes that GBK shows as `text`; nil where it does not. Windows shows the byte 0x80, which no pair begins with, as
    /// the euro sign: 一 (E4 B8 80) becomes 涓€.
    private static func gbk(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for (index, part) in text.split(separator: "€", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { bytes.append(0x80) }
            for (index, part) in part.split(separator: "\u{FFFD}", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { bytes.append(0xFF) }
                guard
                    case .success(let converted) = TextDecoder.iconv(
                        Array(part.utf8)[...],
                        from: "UTF-8",
                        to: "GB18030"
                    )
                else { return nil }
                bytes += converted
            }
        }
        return bytes
    }

    /// Whether what is no UTF-8 in `bytes` is little enough to have been lost from UTF-8: at each line's end, say.
    private static func isMostlyUTF8(_ bytes: [UInt8]) -> Bool {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var good = 0
        var bad = 0
        decoding: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): good += scalar.value < 0x80 ? 0 : 1
            case .emptyInput: break decoding
            case .error: bad += 1
            }
        }
        return good > 3 * bad
    }

    // MARK: - Messages

    private static let lost = Unreadable(
        .corrupt,
        "文字是误码：UTF-8 文本曾被当作其他编码（GBK 等）打开后另存，部分字符已丢失，无法还原。请从原始文件重新导出为 UTF-8。",
        "Garbled text: UTF-8 was once opened in another encoding (such as GBK) and saved, and characters were lost on the way. "
            + "Export the report again from its original, as UTF-8."
    )

    private static let replaced = Unreadable(
        .corrupt,
        "文字中有“锟斤拷”：转换编码时无法识别的字符已被替换，原文丢失，无法还原。请从原始文件重新导出为 UTF-8。",
        "The text has '锟斤拷': characters were replaced when its encoding was changed, and are lost. "
            + "Export the report again from its original, as UTF-8."
    )
}
