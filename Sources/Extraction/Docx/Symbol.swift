/// Characters of symbol fonts (`w:sym`, ECMA-376-1 clause 17.3.3.30), where Unicode has them too.
enum Symbol {
    /// The text for the character `code` (hexadecimal) of `font`; empty where it says nothing to a reader.
    static func text(font: String, code: String) -> String {
        guard let value = UInt32(code, radix: 16) else { return "" }
        // Symbol fonts have their characters in the private use area or, without it, at their own numbers.
        let own = value >= 0xF000 && value <= 0xF0FF ? value - 0xF000 : value
        if let table = tables[font.lowercased()] {
            guard own <= 0xFF else { return scalar(value) }
            return table[own] ?? ""
        }
        return value >= 0xE000 && value <= 0xF8FF ? "" : scalar(value)
    }

    private static func scalar(_ value: UInt32) -> String { Unicode.Scalar(value).map { String($0) } ?? "" }

    private static let tables: [String: [UInt32: String]] = [
        "wingdings": wingdings, "wingdings 2": wingdings2, "symbol": symbol, "webdings": [:], "wingdings 3": [:],
    ]

    /// Boxes and marks of forms, and numbers in circles.
    private static let wingdings: [UInt32: String] = {
        var table: [UInt32: String] = [
            0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x9E: "·", 0x9F: "•",
            0xA1: "○", 0xA8: "□", 0xD8: "➢", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x80: "⓪", 0x8B: "⓿",
        ]
        for number in UInt32(1)...10 {
            table[0x80 + number] = scalar(0x2460 + number - 1)
            table[0x8B + number] = scalar(0x2776 + number - 1)
        }
        return table
    }()

    private static let wingdings2: [UInt32: String] = [
        0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x97: "●", 0x98: "●", 0x99: "○",
    ]

    /// Digits, signs of arithmetic and brackets: what a number may be written with.
    private static let symbol: [UInt32: String] = {
        var table: [UInt32: String] = [
            0x2B: "+", 0x2C: ",", 0x2D: "−", 0x2E: ".", 0x2F: "/", 0x28: "(", 0x29: ")", 0x25: "%", 0x3A: ":",
            0x3B: ";",
            0x3C: "<", 0x3D: "=", 0x3E: ">", 0x5B: "[", 0x5D: "]", 0x7E: "~", 0x20: " ", 0xA3: "≤", 0xB0: "°",
            0xB1: "±",
            0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xAC: "←", 0xAE: "→", 0xE5: "∑",
            0x7B: "{",
            0x7D: "}", 0x21: "!", 0x3F: "?", 0x26: "&", 0x23: "#",
        ]
        for digit in UInt32(0x30)...0x39 { table[digit] = scalar(digit) }
        return table
    }()
}
