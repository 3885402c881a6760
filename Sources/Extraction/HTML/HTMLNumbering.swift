/// Recognises numbers that an author typed.
enum HTMLNumbering {
    /// Whether text begins with a number of its own — `1.`, `（一）`, `三、`, `2、` —, so that a list need not number it. Sites
    /// switch numbers of lists off in style sheets that are not saved with the page.
    static func begins(_ text: ArraySlice<UInt8>) -> Bool {
        let start = String(decoding: text.drop { $0 <= 0x20 }.prefix(24), as: UTF8.self).unicodeScalars
        var rest = start[...]
        let isBracketed = rest.first == "（" || rest.first == "("
        if isBracketed { rest = rest.dropFirst() }
        let number = rest.prefix { ("0"..."9").contains($0) || "一二三四五六七八九十".unicodeScalars.contains($0) }
        guard !number.isEmpty, number.count <= 3, let next = rest.dropFirst(number.count).first else { return false }
        return isBracketed ? next == "）" || next == ")" : "、.．)）".unicodeScalars.contains(next)
    }
}

/// Mends what no browser shows: spans far wider than their table.
enum HTMLGrid {
    /// `colspan="100"` in a table of seven columns means all of them.
    static func narrowed(_ rows: [[MarkupCell]]) -> [[MarkupCell]] {
        guard rows.contains(where: { row in row.count == 1 && row[0].columnSpan > 1 }) else { return rows }
        let widest = rows.filter { $0.count > 1 }.map { $0.reduce(0) { $0 + $1.columnSpan } }.max() ?? 1
        return rows.map { row in
            guard row.count == 1, row[0].columnSpan > widest else { return row }
            var row = row
            row[0].columnSpan = max(1, widest)
            return row
        }
    }
}
