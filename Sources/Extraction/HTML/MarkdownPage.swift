import DocumentModel

/// Text with tables as HTML in it, as pandoc and others write Markdown whose tables have merged cells: outside of its tables a
/// line is a line, which in a page it is not.
enum MarkdownPage {
    /// The page with a line break for each line outside of its tables; nil for what is a page of its own.
    static func lines(of page: String) -> String? {
        var bytes = Array(page.utf8)
        let first = page.unicodeScalars.first { $0.value > 0x20 && $0 != "\u{FEFF}" }
        guard let first, first != "<" else { return nil }
        for index in bytes.indices where (0x41...0x5A).contains(bytes[index]) { bytes[index] |= 0x20 }
        guard bytes.contains(sequence: tableStart), !pageTags.contains(where: { bytes.contains(sequence: $0) }) else {
            return nil
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 16)
        var depth = 0
        for (index, byte) in page.utf8.enumerated() {
            if byte == UInt8(ascii: "<") {
                if bytes[index...].starts(with: tableStart) { depth += 1 }
                if bytes[index...].starts(with: tableEnd) { depth -= 1 }
            }
            if byte == 0x0A, depth <= 0 { result += lineBreak }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let tableStart = Array("<table".utf8)
    private static let tableEnd = Array("</table".utf8)
    private static let lineBreak = Array("<br>".utf8)
    /// Tags that make lines of their own.
    private static let pageTags = ["<p>", "<p ", "<div", "<br", "<body", "<html"].map { Array($0.utf8) }
}
