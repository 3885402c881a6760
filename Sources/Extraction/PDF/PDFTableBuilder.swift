import DocumentModel

/// Makes a grid of the lines of a table.
struct PDFTableBuilder {
    private let lines: PDFTableLines
    private let drawnByCell: Bool
    /// Columns of characters written downwards that stand within the table.
    private let upright: [(page: Int, word: PDFWord)]
    private var columns: PDFColumns
    /// A title over the whole table, each on a line of its own.
    private var titles: [PDFLine] = []

    init(_ lines: PDFTableLines, upright: [(page: Int, word: PDFWord)], drawnByCell: Bool) {
        self.lines = lines
        self.upright = upright
        self.drawnByCell = drawnByCell
        let rows = lines.body.map { line in line.fragments.filter(\.isNumber).map { $0.words[0] } }.filter {
            !$0.isEmpty
        }
        columns = PDFColumns(rows: rows)
    }

    /// The table; nil when its columns cannot be made out. `position` counts cells in the order of reading.
    mutating func build(position: inout Int) -> Table? {
        guard !columns.extents.isEmpty, columns.extents.count <= PDFLimits.columns else { return nil }
        var labelRight: Double?
        let first = columns.extents[0]
        for line in lines.body {
            for fragment in line.fragments where !fragment.isValue && fragment.box.right < first.middle {
                labelRight = max(labelRight ?? fragment.box.right, fragment.box.right)
            }
        }
        columns.setLeft(labelsEndAt: labelRight)
        let (labelLines, headerLines) = splitHeader()
        var header = PDFHeader(fragments: headerLines.columns, columns: &columns, drawnByCell: drawnByCell)
        if labelRight != nil { columns.setLeft(labelsEndAt: labelRight) }
        let values = valueRows()
        var cells = labelLines
        for line in lines.body { cells += labelCells(line) }
        for (page, word) in upright where isBody(page, word) && word.box.middleX < columns.left {
            cells.append(PDFCellText(page: page, words: [word]))
        }
        let labels = PDFLabels(cells: stacked(cells), rows: values.map(\.line))
        return grid(header: &header, corner: headerLines.corner, labels: labels, values: values, position: &position)
    }

    // MARK: - Cutting lines

    private typealias HeaderLines = (columns: [PDFCellText], corner: [PDFCellText])

    /// The cells of the header: over columns, over the labels; and labels of the first row that stand above its numbers.
    private mutating func splitHeader() -> (labels: [PDFCellText], header: HeaderLines) {
        var over: [PDFCellText] = []
        var corner: [PDFCellText] = []
        let middle = (tableLeft + columns.border(columns.extents.count)) / 2
        let valueMiddle = (columns.left + columns.border(columns.extents.count)) / 2
        var isTop = true
        for line in lines.header {
            if isTop, line.fragments.count == 1, tableLeft < columns.left,
                line.box.left < columns.left || abs(line.box.middleX - middle) < abs(line.box.middleX - valueMiddle),
                !standsBeside(line)
            {
                titles.append(line)
                continue
            }
            isTop = false
            for cell in headerCells(line) {
                if cell.box.middleX < columns.left { corner.append(cell) } else { over.append(cell) }
            }
        }
        for (page, word) in upright where !isBody(page, word) && isHeader(page, word) {
            let cell = PDFCellText(page: page, words: [word])
            if word.box.middleX < columns.left { corner.append(cell) } else { over.append(cell) }
        }
        corner = stacked(corner)
        var labels: [PDFCellText] = []
        if let row = lines.body.first {
            let own = labelCells(row)
            // A label's first line, above its numbers: right above the line of the numbers, and that line has no label of
            // its own that it does not belong to.
            while let last = corner.last, last.page == row.page, corner.count > 1 || !over.isEmpty,
                row.box.top - last.box.bottom < 0.35 * last.em,
                last.number != nil || own.contains(where: { last.goesOn(in: $0, drawnByCell: false) }),
                own.isEmpty || own.contains(where: { $0.box.overlapX(last.box) > 0 && $0.number == nil })
            {
                labels.insert(last, at: 0)
                corner.removeLast()
            }
        }
        return (labels, (over, corner))
    }

    /// Whether another line of the header stands beside `line`, so that it is no title over all.
    private func standsBeside(_ line: PDFLine) -> Bool {
        lines.header.contains {
            $0.page == line.page && $0.box.overlapY(line.box) > 0 && $0.box.middleY != line.box.middleY
        }
    }

    private var tableLeft: Double {
        var left = columns.left
        for line in lines.body { left = min(left, line.box.left) }
        return left
    }

    private func isBody(_ page: Int, _ word: PDFWord) -> Bool {
        guard let first = lines.body.first, let last = lines.body.last else { return false }
        return (page, word.box.middleY) >= (first.page, first.box.top)
            && (page, word.box.middleY) <= (last.page, last.box.bottom)
    }

    private func isHeader(_ page: Int, _ word: PDFWord) -> Bool {
        guard let first = lines.body.first else { return false }
        let top = lines.header.first ?? first
        return (page, word.box.bottom) >= (top.page, top.box.top - 3 * top.em)
            && (page, word.box.middleY) < (first.page, first.box.top)
    }

    /// The words of a header's line, joined where no border of a column can be between them.
    private func headerCells(_ line: PDFLine) -> [PDFCellText] {
        var result: [[PDFWord]] = []
        for word in line.words {
            if let before = result.last?.last, isOneName(before, word) {
                result[result.count - 1].append(word)
            } else {
                result.append([word])
            }
        }
        return result.map { PDFCellText(page: line.page, words: $0) }
    }

    private func isOneName(_ before: PDFWord, _ after: PDFWord) -> Bool {
        let gap = after.box.left - before.box.right
        let em = min(before.box.height, after.box.height)
        if gap < 0.2 * em { return true }
        // Words set wide: 行　政　复　议.
        if drawnByCell, before.length == 1, after.length == 1, after.order == before.order + 1, gap < 2.5 * em {
            return columns.index(at: before.box.middleX) == columns.index(at: after.box.middleX) || gap < 1.2 * em
        }
        if drawnByCell, after.order != before.order + 1 { return false }
        guard gap < 0.8 * em else { return false }
        return columns.index(at: before.box.middleX) == columns.index(at: after.box.middleX)
    }

    /// What stands left of the numbers on a line.
    private func labelCells(_ line: PDFLine) -> [PDFCellText] {
        var result: [[PDFWord]] = []
        for word in line.words where word.box.middleX < columns.left {
            if let before = result.last?.last, isOneLabel(before, word) {
                result[result.count - 1].append(word)
            } else {
                result.append([word])
            }
        }
        return result.map { PDFCellText(page: line.page, words: $0) }
    }

    private func isOneLabel(_ before: PDFWord, _ after: PDFWord) -> Bool {
        let gap = after.box.left - before.box.right
        let em = min(before.box.height, after.box.height)
        if gap < 0.25 * em { return true }
        if drawnByCell { return after.order == before.order + 1 && gap < 1.5 * em }
        return gap < em && PDFEnumerator(after.text) == nil
    }

    /// Lines under each other made cells.
    private func stacked(_ lines: [PDFCellText]) -> [PDFCellText] {
        var result: [PDFCellText] = []
        for line in lines.sorted(by: { ($0.page, $0.box.middleY) < ($1.page, $1.box.middleY) }) {
            // Only the last few can be the line above.
            let above = result.indices.suffix(6).reversed().first {
                result[$0].goesOn(in: line, drawnByCell: drawnByCell)
            }
            if let above { result[above].append(line) } else { result.append(line) }
        }
        return result
    }

    // MARK: - Numbers

    private struct ValueRow {
        var line: PDFLabels.Line
        /// By column.
        var words: [[PDFWord]]
    }

    private func valueRows() -> [ValueRow] {
        var rows: [ValueRow] = []
        for line in lines.body {
            let words = line.words.filter { $0.box.middleX >= columns.left }
            guard !words.isEmpty else { continue }
            var cells: [[PDFWord]] = Array(repeating: [], count: columns.extents.count)
            for word in words {
                let extent = word.box.left...max(word.box.left, word.box.right)
                let overlapped = columns.extents.indices.filter { columns.extents[$0].overlap(extent) > 0.5 }
                let index = overlapped.count == 1 ? overlapped[0] : columns.index(at: word.box.middleX) ?? 0
                cells[index].append(word)
                // Over two columns: neither cell is sure then.
                for other in overlapped where overlapped.count > 1 && other != index { cells[other].append(word) }
            }
            let box = words.dropFirst().reduce(words[0].box) { $0.union($1.box) }
            rows.append(
                ValueRow(
                    line: .init(values: rows.count, page: line.page, top: box.top, bottom: box.bottom),
                    words: cells
                )
            )
        }
        return rows
    }

    /// The text of a value cell. Two numbers in one cell are shown as two, so that no one takes them for one.
    private static func text(_ words: [PDFWord]) -> String {
        guard words.count > 1, words.contains(where: { $0.kind == .number }) else { return PDFText.join(words) }
        return words.map(\.text).joined(separator: " / ")
    }

    // MARK: - The grid

    private func grid(
        header: inout PDFHeader,
        corner: [PDFCellText],
        labels: PDFLabels,
        values: [ValueRow],
        position: inout Int
    ) -> Table {
        let hasLabels = !labels.placed.isEmpty || !corner.isEmpty
        let offset = hasLabels ? max(1, labels.columnCount) : 0
        let width = offset + columns.extents.count
        var rows: [Row] = []
        var next = position
        func cell(_ text: String, _ box: PDFBox, page: Int, _ span: GridSpan) -> Cell {
            next += 1
            return Cell(
                text: text,
                source: SourceSpan(.box(page: Int32(clamping: page), box.pageBox), position: next),
                span: span
            )
        }
        for title in titles {
            let span = GridSpan(column: 0, columns: width)
            rows.append(Row(cells: [cell(title.text, title.box, page: title.page, span)], isBounded: true))
        }
        // Names of single columns reach from under the last name above them down to the rows.
        let depth = header.tiers.count
        let starts = columns.extents.indices.map { column in
            (header.tiers.lastIndex { $0.contains { $0.columns.contains(column) } } ?? -1) + 1
        }
        if depth > 0 || header.leaves.contains(where: { $0 != nil }) || !corner.isEmpty {
            for tier in 0...depth {
                var cells: [Cell] = []
                if tier == 0, hasLabels, let first = corner.first {
                    let text = corner.map(\.text).joined(separator: "\n")
                    let box = corner.dropFirst().reduce(first.box) { $0.union($1.box) }
                    cells.append(
                        cell(text, box, page: first.page, GridSpan(column: 0, columns: offset, rows: depth + 1))
                    )
                }
                var column = 0
                while column < columns.extents.count {
                    if tier < depth,
                        let name = header.tiers[tier].first(where: {
                            $0.columns.lowerBound == column && !$0.columns.isEmpty
                        })
                    {
                        let span = GridSpan(column: offset + column, columns: name.columns.count)
                        cells.append(cell(name.cell.text, name.cell.box, page: name.cell.page, span))
                        column = name.columns.upperBound
                        continue
                    }
                    if starts[column] == tier, let leaf = header.leaves[column] {
                        let span = GridSpan(column: offset + column, rows: depth + 1 - tier)
                        cells.append(cell(leaf.text, leaf.box, page: leaf.page, span))
                    }
                    column += 1
                }
                rows.append(Row(cells: cells, isBounded: true))
            }
        }
        for (index, line) in labels.lines.enumerated() {
            var cells: [Cell] = []
            for label in labels.placed.filter({ $0.rows.lowerBound == index }).sorted(by: { $0.column < $1.column }) {
                let columns = label.isLeaf ? offset - label.column : 1
                let span = GridSpan(column: label.column, columns: max(1, columns), rows: label.rows.count)
                cells.append(cell(label.cell.text, label.cell.box, page: label.cell.page, span))
            }
            for column in columns.extents.indices {
                let words = line.values.map { values[$0].words[column] } ?? []
                let extent = columns.extents[column]
                let place = PDFBox(
                    left: extent.lowerBound,
                    top: line.top,
                    right: extent.upperBound,
                    bottom: line.bottom
                )
                let box = words.dropFirst().reduce(words.first?.box ?? place) { $0.union($1.box) }
                cells.append(cell(Self.text(words), box, page: line.page, GridSpan(column: offset + column)))
            }
            rows.append(Row(cells: cells, isBounded: true))
        }
        position = next
        return Table(rows: rows)
    }
}
