import ChineseText

/// How the items of a list are numbered.
enum HTMLListStyle: Sendable {
    case none, decimal, lowerLetters, upperLetters, lowerRoman, upperRoman, chinese

    /// `type` of `ol` or `li` (HTML, 4.4.5).
    init?(type: UnsafeBufferPointer<UInt8>) {
        switch type.first {
        case UInt8(ascii: "1"): self = .decimal
        case UInt8(ascii: "a"): self = .lowerLetters
        case UInt8(ascii: "A"): self = .upperLetters
        case UInt8(ascii: "i"): self = .lowerRoman
        case UInt8(ascii: "I"): self = .upperRoman
        default: return nil
        }
        guard type.count == 1 else { return nil }
    }

    /// `list-style` or `list-style-type` (CSS Counter Styles 3); nil for words that say nothing about numbers.
    init?(css: String) {
        for word in css.split(separator: " ") {
            switch word {
            case "none", "disc", "circle", "square": self = .none
            case "decimal", "decimal-leading-zero": self = .decimal
            case "lower-alpha", "lower-latin": self = .lowerLetters
            case "upper-alpha", "upper-latin": self = .upperLetters
            case "lower-roman": self = .lowerRoman
            case "upper-roman": self = .upperRoman
            case "cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal": self = .chinese
            default: continue
            }
            return
        }
        return nil
    }

    /// What stands in front of item `number`.
    func marker(_ number: Int) -> String {
        switch self {
        case .none: ""
        case .decimal: "\(number). "
        case .lowerLetters: (Self.letters(number) ?? "\(number)") + ". "
        case .upperLetters: (Self.letters(number)?.uppercased() ?? "\(number)") + ". "
        case .lowerRoman: (Self.roman(number) ?? "\(number)") + ". "
        case .upperRoman: (Self.roman(number)?.uppercased() ?? "\(number)") + ". "
        case .chinese: ChineseNumeral.text(number) + "、"
        }
    }

    /// a … z, aa, ab …
    private static func letters(_ number: Int) -> String? {
        guard number > 0 else { return nil }
        var rest = number
        var letters: [UInt8] = []
        while rest > 0 {
            rest -= 1
            letters.append(UInt8(ascii: "a") + UInt8(rest % 26))
            rest /= 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }

    private static func roman(_ number: Int) -> String? {
        guard number > 0, number < 4000 else { return nil }
        let signs: [(Int, String)] = [
            (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
            (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ]
        var rest = number
        var text = ""
        for (value, sign) in signs {
            while rest >= value {
                text += sign
                rest -= value
            }
        }
        return text
    }
}
