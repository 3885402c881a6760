import ChineseText

/// What the words of a PDF consist of: tells a text layer from the junk that fonts without character codes leave.
struct PDFScalarCount {
    /// Letters, digits, Han characters and their punctuation.
    var readable = 0
    /// Of these, Han characters.
    var han = 0
    /// Private-use, control and replacement characters: glyphs whose meaning the file does not tell.
    var meaningless = 0
}

/// Makes text of the bytes of a word.
enum PDFGlyphs {
    /// Decodes the five entities, drops control characters and invisible ones, takes ligatures apart.
    static func clean(_ bytes: ArraySlice<UInt8>, counting count: inout PDFScalarCount) -> String {
        let plain = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "&") }
        if plain {
            count.readable += bytes.count
            return String(decoding: bytes, as: UTF8.self)
        }
        var text = String.UnicodeScalarView()
        for scalar in decoded(bytes).unicodeScalars {
            switch scalar.value {
            case 0...0x1F, 0x7F...0x9F, 0xFFFD, 0xE000...0xF8FF, 0xF0000...0x10FFFF:
                count.meaningless += 1
            case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF, 0xFE00...0xFE0F: continue
            case 0xFB00...0xFB06:
                text.append(contentsOf: ligatures[Int(scalar.value - 0xFB00)].unicodeScalars)
                count.readable += 1
            default:
                count.readable += 1
                let scalar = RadicalForms.unified(scalar)
                if scalar.isHan { count.han += 1 }
                text.append(scalar)
            }
        }
        return String(text)
    }

    private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.contains(UInt8(ascii: "&")) else { return text }
        var result = ""
        var rest = Substring(text)
        while let mark = rest.utf8.firstIndex(of: UInt8(ascii: "&")) {
            result += rest[..<mark]
            rest = rest[mark...]
            let entity = entities.first { rest.utf8.starts(with: $0.name.utf8) }
            result += entity?.text ?? "&"
            rest = rest.dropFirst(entity?.name.count ?? 1)
        }
        return result + rest
    }

    private static let entities: [(name: String, text: String)] = [
        ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"),
    ]

    // MARK: - Kinds

    /// Whether a word is a number, a mark for nothing, or text. Numbers carry signs, separators and short units
    /// (-35, 1,234.5, 251000元, 增1); `1.` opens a list and `(1)` is a footnote: both are text.
    static func kind(_ text: String) -> PDFWord.Kind {
        var digits = 0
        var others = 0
        var last: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            last = scalar
            switch scalar.value {
            case 0x30...0x39, 0xFF10...0xFF19: digits += 1
            case 0x2C, 0x2E, 0xFF0C, 0xFF0E, 0x2D, 0x2B, 0x2212, 0xFF0D, 0xFF0B, 0x25: others += 1
            default:
                guard units.contains(scalar) else { return marks.contains(text) ? .mark : .text }
                others += 1
            }
        }
        if digits == 0 { return marks.contains(text) ? .mark : .text }
        let endsOpen = last == "." || last == "," || last == "-" || last == "，" || last == "．"
        // 1,234. goes on in the next line of a narrow cell.
        if endsOpen, digits < 3 { return .text }
        return others <= 4 ? .number : .text
    }

    private static let units: Set<Unicode.Scalar> = [
        "元", "万", "件", "条", "项", "个", "宗", "份", "次", "增", "减", "¥", "￥", "亿",
    ]
    private static let marks: Set<String> = ["/", "-", "--", "—", "——", "\\", "无", "_", "－", "／", "﹣", "–"]
}
