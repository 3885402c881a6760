import ChineseText
import DocumentModel

/// Makes a flat ``Document`` of a tree of blocks: numbers paragraphs and tables, gives every cell its columns, and takes
/// tables apart that only lay out a page.
///
/// Whether a table holds data or lays out a page is decided row by row, because offices put a whole report, running text
/// and all, into one table: a row that holds running text or a further table of some size is unfolded into the blocks of
/// its cells; the rows above and below stay tables. Tables of a single column are always unfolded.
struct MarkupFlattener {
    private var blocks: [Block] = []
    private var paragraphs: Int32 = 0
    private var tables: Int32 = 0
    private var position = 0
    private var cells = 0
    private var textBytes = 0
    private var pictures: [SourceSpan] = []

    /// The flat blocks of `tree` and the places of its pictures among them. Throws `too-large` where a limit of
    /// ``MarkupLimits`` is exceeded.
    static func flatten(_ tree: [MarkupBlock]) throws(Unreadable) -> (blocks: [Block], pictures: [SourceSpan]) {
        var flattener = MarkupFlattener()
        for block in tree { try flattener.add(block, depth: 0) }
        return (TypedTables.found(in: flattener.blocks) ?? flattener.blocks, flattener.pictures)
    }

    private mutating func add(_ block: MarkupBlock, depth: Int) throws(Unreadable) {
        switch block {
        case .paragraph(let text): try addParagraph(text)
        case .table(let table): try add(table, depth: depth)
        case .picture: addPicture()
        }
    }

    private mutating func addPicture() {
        guard pictures.count < MarkupLimits.pictures else { return }
        pictures.append(SourceSpan(.paragraph(max(1, paragraphs)), position: nextPosition()))
    }

    /// A line that its author broke is a line of its own, as in plain text.
    private mutating func addParagraph(_ text: String) throws(Unreadable) {
        paragraphs += 1
        // By bytes: cutting a text into characters takes longer than reading it.
        for line in text.utf8.split(separator: 0x0A).map(Substring.init) where !line.isBlank {
            try count(text: line.utf8.count)
            let source = SourceSpan(.paragraph(paragraphs), position: nextPosition())
            blocks.append(.paragraph(Paragraph(text: String(line), source: source)))
        }
    }

    private mutating func add(_ table: MarkupTable, depth: Int) throws(Unreadable) {
        guard depth < MarkupLimits.nesting else { throw Self.tooDeep }
        tables += 1
        let number = tables
        guard table.rows.count <= MarkupLimits.rows else { throw Self.tooManyCells }
        // Counted before anything is laid out: work and memory are bounded by what is counted.
        cells += table.rows.reduce(0) { $0 + $1.count }
        guard cells <= MarkupLimits.cells else { throw Self.tooManyCells }
        let isOneColumn = table.rows.allSatisfy { $0.count <= 1 }
        var rows: [Row] = []
        var layout = GridLayout()
        for (index, row) in table.rows.enumerated() {
            let row = Self.spliced(row)
            let spans = try layout.place(row)
            if isOneColumn || Self.laysOut(row) {
                endTable(&rows)
                for cell in row {
                    for block in cell.blocks { try add(block, depth: depth + 1) }
                }
                continue
            }
            var cells: [Cell] = []
            for (cell, span) in zip(row, spans) {
                let text = try text(of: cell.blocks, depth: depth)
                try count(text: text.utf8.count)
                let place = SourceSpan.Place.cell(
                    table: number,
                    row: Int32(clamping: index + 1),
                    column: Int32(clamping: span.column + 1)
                )
                cells.append(Cell(text: text, source: SourceSpan(place, position: nextPosition()), span: span))
            }
            rows.append(Row(cells: cells, isBounded: true))
        }
        endTable(&rows)
    }

    private mutating func endTable(_ rows: inout [Row]) {
        guard !rows.isEmpty else { return }
        blocks.append(.table(Table(rows: rows)))
        rows = []
    }

    private mutating func nextPosition() -> Int {
        position += 1
        return position
    }

    // MARK: - Data or layout

    /// Rows of the form's tables have labels and numbers; the longest label, of row 3.6.1, has some sixty characters, and
    /// a header's note on how to fill it in not many more.
    private static let longestLabel = 120

    /// Whether a row lays out a page.
    private static func laysOut(_ row: [MarkupCell]) -> Bool {
        if row.contains(where: { cell in cell.blocks.contains(where: isRealTable) }) { return true }
        let filled = row.filter { cell in cell.blocks.contains { !isBlank($0) } }
        guard filled.count <= 3 else { return false }
        return filled.contains { cell in
            var length = 0
            var sentences = 0
            for case .paragraph(let text) in cell.blocks {
                for scalar in text.unicodeScalars {
                    length += 1
                    if scalar == "。" { sentences += 1 }
                }
            }
            return length > longestLabel && sentences > 0 || sentences > 1 || length > 3 * longestLabel
        }
    }

    /// A table of its own inside a cell, not one that only puts a frame round a number.
    private static func isRealTable(_ block: MarkupBlock) -> Bool {
        guard case .table(let table) = block else { return false }
        let isNested = table.rows.contains { row in row.contains { $0.blocks.contains(where: isRealTable) } }
        return isNested || table.rows.count >= 2 && table.rows.reduce(0) { $0 + $1.count } >= 6
    }

    private static func isBlank(_ block: MarkupBlock) -> Bool {
        switch block {
        case .paragraph(let text): Substring(text).isBlank
        case .table: false
        case .picture: true
        }
    }

    /// A cell that spans as many columns as the one row of a table within it has cells stands for these cells.
    private static func spliced(_ row: [MarkupCell]) -> [MarkupCell] {
        guard row.contains(where: { $0.columnSpan > 1 && !$0.blocks.isEmpty }) else { return row }
        return row.flatMap { cell -> [MarkupCell] in
            let filled = cell.blocks.filter { !isBlank($0) }
            guard cell.columnSpan > 1, filled.count == 1, case .table(let table)? = filled.first,
                table.rows.count == 1, let inner = table.rows.first, inner.count == cell.columnSpan,
                inner.allSatisfy({ $0.columnSpan == 1 })
            else { return [cell] }
            return inner.enumerated().map { offset, part in
                var part = part
                part.rowSpan = cell.rowSpan
                part.columnsBefore = offset == 0 ? cell.columnsBefore : 0
                return part
            }
        }
    }

    /// The text of a cell: a line a paragraph, a frame within it without its frame.
    private mutating func text(of blocks: [MarkupBlock], depth: Int) throws(Unreadable) -> String {
        if blocks.count == 1, case .paragraph(let text)? = blocks.first { return text }
        guard depth < MarkupLimits.nesting else { throw Self.tooDeep }
        var lines: [String] = []
        for block in blocks {
            switch block {
            case .paragraph(let text):
                if !Substring(text).isBlank { lines.append(text) }
            case .picture: addPicture()
            case .table(let table):
                tables += 1
                for row in table.rows {
                    for cell in row {
                        let text = try text(of: cell.blocks, depth: depth + 1)
                        if !Substring(text).isBlank { lines.append(text) }
                    }
                }
            }
        }
        return lines.joined(separator: "\n")
    }

    // MARK: - Limits

    private mutating func count(text bytes: Int) throws(Unreadable) {
        textBytes += bytes
        guard textBytes <= MarkupLimits.textBytes else {
            throw Unreadable(
                .tooLarge,
                "文件中的文字超过上限 \(MarkupLimits.textBytes) 字节，不会是一份年度报告。",
                "The file holds more than \(MarkupLimits.textBytes) bytes of text; no annual report does."
            )
        }
    }

    static let tooManyCells = Unreadable(
        .tooLarge,
        "文件中的表格超过上限（\(MarkupLimits.cells) 个单元格、\(MarkupLimits.rows) 行、\(MarkupLimits.columns) 列），不会是一份年度报告。",
        "The tables exceed the limit (\(MarkupLimits.cells) cells, \(MarkupLimits.rows) rows, "
            + "\(MarkupLimits.columns) columns); no annual report has such."
    )

    static let tooDeep = Unreadable(
        .tooLarge,
        "文件中表格嵌套超过 \(MarkupLimits.nesting) 层，不会是一份年度报告。请重新排版后上传。",
        "Tables are nested deeper than \(MarkupLimits.nesting) levels; no annual report has such. Simplify it and upload it again."
    )
}

/// Gives the cells of a table their columns, row by row.
private struct GridLayout {
    /// How many further rows each column is covered by a cell from above.
    private var covered: [Int] = []

    /// The spans of the cells of the next row.
    mutating func place(_ row: [MarkupCell]) throws(Unreadable) -> [GridSpan] {
        var spans: [GridSpan] = []
        var column = 0
        var placed: [(Range<Int>, Int)] = []
        for cell in row {
            column += max(0, cell.columnsBefore)
            while column < covered.count, covered[column] > 0 { column += 1 }
            let columns = min(max(1, cell.columnSpan), MarkupLimits.columns)
            let rows = min(max(1, cell.rowSpan), MarkupLimits.rows)
            guard column + columns <= MarkupLimits.columns else { throw MarkupFlattener.tooManyCells }
            spans.append(GridSpan(column: column, columns: columns, rows: rows))
            placed.append((column..<(column + columns), rows))
            column += columns
        }
        for index in covered.indices where covered[index] > 0 { covered[index] -= 1 }
        for (columns, rows) in placed {
            while covered.count < columns.upperBound { covered.append(0) }
            for column in columns { covered[column] = max(covered[column], rows - 1) }
        }
        return spans
    }
}
