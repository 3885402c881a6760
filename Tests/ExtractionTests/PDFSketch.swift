/// Pages as `pdftotext -bbox -raw` prints them, drawn by tests.
struct PDFSketch {
    private var lines: [String] = ["<doc>"]
    private var isOpen = false

    /// Begins a page.
    mutating func page(width: Double = 595, height: Double = 842) {
        if isOpen { lines.append("  </page>") }
        lines.append("  <page width=\"\(width)\" height=\"\(height)\">")
        isOpen = true
    }

    /// A word with its left edge at `x` and its upper edge at `y`; Han characters are as wide as the font is large.
    mutating func word(_ text: String, _ x: Double, _ y: Double, size: Double = 10) {
        let bottom = y + size
        lines.append(
            "    <word xMin=\"\(x)\" yMin=\"\(y)\" xMax=\"\(x + Self.width(text, size))\" yMax=\"\(bottom)\">\(text)</word>"
        )
    }

    /// Lines of a cell, in the middle of `x` and `y`.
    mutating func cell(_ text: [String], _ x: Double, _ y: Double, size: Double = 10) {
        for (index, line) in text.enumerated() {
            let offset = (Double(index) - Double(text.count - 1) / 2) * 1.3 * size
            word(line, x - Self.width(line, size) / 2, y + offset - size / 2, size: size)
        }
    }

    /// A label with its left edge at `x`, its lines around `y`.
    mutating func label(_ text: [String], _ x: Double, _ y: Double, size: Double = 10) {
        for (index, line) in text.enumerated() {
            word(line, x, y + (Double(index) - Double(text.count - 1) / 2) * 1.3 * size - size / 2, size: size)
        }
    }

    var bytes: [UInt8] { Array((lines + [isOpen ? "  </page>" : "", "</doc>"]).joined(separator: "\n").utf8) }

    static func width(_ text: String, _ size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 0.5 : 1) * size }
    }
}
