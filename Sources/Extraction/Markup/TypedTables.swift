import DocumentModel

/// Tables that an office typed with tabs, blanks or bars, in a document that has no other: `<pre>` of old pages, text that was
/// pasted into a word processor.
enum TypedTables {
    /// Rows of at least ``fewestCells`` cells, without which lines are no tables: a table of contents has many of two.
    private static let fewestRows = 8
    private static let fewestCells = 4

    /// The blocks with their lines read as lines of plain text are; nil where these make no tables, or where there are some.
    static func found(in blocks: [Block]) -> [Block]? {
        var paragraphs: [Paragraph] = []
        for block in blocks {
            guard case .paragraph(let paragraph) = block else { return nil }
            paragraphs.append(paragraph)
        }
        guard paragraphs.count(where: { mayBeRow($0.text) }) >= fewestRows else { return nil }
        let text = paragraphs.map(\.text).joined(separator: "\n")
        let bytes = text.utf8Span.span
        var start = 0
        let lines = paragraphs.map { paragraph in
            defer { start += paragraph.text.utf8.count + 1 }
            return TextLine(start..<(start + paragraph.text.utf8.count), of: bytes)
        }
        let typed = TextExtractor.blocks(of: lines, in: bytes)
        let rows = typed.reduce(0) { count, block in
            guard case .table(let table) = block else { return count }
            return count + table.rows.count { $0.cells.count >= fewestCells }
        }
        guard rows >= fewestRows else { return nil }
        func place(_ source: SourceSpan) -> SourceSpan {
            guard let line = source.line, paragraphs.indices.contains(line - 1) else { return source }
            return paragraphs[line - 1].source
        }
        return typed.map { block in
            switch block {
            case .paragraph(let paragraph):
                return .paragraph(Paragraph(text: paragraph.text, source: place(paragraph.source)))
            case .table(var table):
                for row in table.rows.indices {
                    for cell in table.rows[row].cells.indices {
                        table.rows[row].cells[cell].source = place(table.rows[row].cells[cell].source)
                    }
                }
                return .table(table)
            }
        }
    }

    /// Whether a line holds several tabs, bars or blanks beyond ASCII, or ASCII blanks side by side.
    private static func mayBeRow(_ line: String) -> Bool {
        var signs = 0
        var wasBlank = false
        for scalar in line.unicodeScalars {
            let isBlank = scalar == " " || scalar == "\u{A0}" || scalar == "\u{3000}"
            if scalar == "\t" || PipeLine.isBar(scalar) || isBlank && wasBlank { signs += 1 }
            wasBlank = isBlank
        }
        return signs >= 3
    }
}
