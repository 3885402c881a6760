/// Puts the text of a paragraph together as browsers do (CSS Text 3, `white-space: normal`): blanks and line ends of the
/// source collapse to one blank, and vanish at the ends of lines and between two wide characters.
struct HTMLLine {
    private var bytes: [UInt8] = []
    private var blank = Blank.none

    private enum Blank { case none, space, lineEnd }

    mutating func append(_ text: ArraySlice<UInt8>) {
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte <= 0x20 {
                if byte == 0x0A || byte == 0x0D { blank = .lineEnd } else if blank == .none { blank = .space }
                index += 1
                continue
            }
            var end = index + 1
            while end < text.endIndex, text[end] > 0x20 { end += 1 }
            if blank != .none {
                if let last = bytes.last, last != 0x0A, !(blank == .lineEnd && endsWide && Self.isWide(byte)) {
                    bytes.append(0x20)
                }
                blank = .none
            }
            bytes.append(contentsOf: text[index..<end])
            index = end
        }
    }

    /// Keeps blanks and line ends.
    mutating func appendPreformatted(_ text: ArraySlice<UInt8>) {
        if blank != .none, !bytes.isEmpty { bytes.append(0x20) }
        blank = .none
        for byte in text where byte != 0x0D { bytes.append(byte) }
    }

    mutating func breakLine() {
        blank = .none
        if !bytes.isEmpty { bytes.append(0x0A) }
    }

    /// The paragraph, and begins the next; nil where nothing but blanks stands in it.
    mutating func finish() -> String? {
        defer {
            bytes.removeAll(keepingCapacity: true)
            blank = .none
        }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        guard !bytes.isEmpty else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the last character is wide: of three bytes from U+3000 on.
    private var endsWide: Bool {
        bytes.count >= 3 && Self.isWide(bytes[bytes.count - 3]) && bytes[bytes.count - 1] >= 0x80
    }

    private static func isWide(_ lead: UInt8) -> Bool { (0xE3...0xED).contains(lead) || lead == 0xEF }
}
