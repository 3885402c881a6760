/// Comma-separated values after RFC 4180.
enum CSV {
    /// What Excel needs in front to take the text for UTF-8.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// One record, ended by CR LF.
    ///
    /// - Parameter guardingFormulas: puts `'` before a field that a spreadsheet would compute (OWASP, "CSV Injection").
    static func record(_ fields: [String], guardingFormulas: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(guardingFormulas && looksLikeFormula(field) ? "'" + field : field, to: &bytes)
        }
        return bytes + [0x0D, 0x0A]
    }

    private static func looksLikeFormula(_ field: String) -> Bool {
        // A tab or line end in front is passed over by spreadsheets.
        field.unicodeScalars.first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
    }

    private static func append(_ field: String, to bytes: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let needsQuotes = field.utf8.contains { $0 == quote || $0 == UInt8(ascii: ",") || $0 == 0x0D || $0 == 0x0A }
        guard needsQuotes else { return bytes.append(contentsOf: field.utf8) }
        bytes.append(quote)
        for byte in field.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }
}
