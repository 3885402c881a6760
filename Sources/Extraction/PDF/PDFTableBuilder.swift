import DocumentModel

/// Makes a grid of the lines of a table.
struct PDFTableBuilder {
    private let lines: PDFTableLines
    private let drawnByCell: Bool
    /// Columns of characters written downwards that stand within the table.
    private let upright: [(page: Int, word: PDFWord)]
    private var columns: PDFColumns
    /// Those of them that were taken.
    private(set) var used: Set<PDFWordPlace> = []
    /// A title over the whole table, each on a line of its own.
    private var titles: [PDFLine] = []

    /// Middle of the running text of the page that the table begins on.
    private let bodyMiddle: Double

    init(_ lines: PDFTableLines, layout: PDFLayout) {
        self.lines = lines
        let bottom = lines.body.last.map { ($0.page, $0.box.bottom + 4 * $0.em) } ?? (0, 0)
        upright = Array(layout.columns(from: lines.top, to: bottom))
        drawnByCell = layout.isDrawnByCell
        bodyMiddle = lines.body.first.map { layout.body[$0.page - 1].middle } ?? 0
        columns = PDFColumns(
            lines.body.lazy.flatMap { line in line.fragments.lazy.filter(\.isNumber).map { $0.words[0] } }
        )
        if columns.extents.count <= PDFLimits.columns {
            columns.joinHalves(
                rows: lines.body.lazy.map { $0.fragments.filter(\.isNumber).map(\.box) }
            )
        }
        if columns.extents.isEmpty, let names = lines.header.last {
            // All cells are blank: the names of the columns are all there is.
            for fragment in names.fragments.dropFirst() {
                columns.replace(columns.extents + [fragment.box.left...fragment.box.right])
            }
        }
    }

    /// The table; nil when its columns cannot be made out. `position` counts cells in the order of reading.
    mutating func build(position: inout Int) -> Table? {
        guard !columns.extents.isEmpty, columns.extents.count <= PDFLimits.columns,
            lines.header.reduce(0, { $0 + $1.fragments.count }) <= PDFLimits.headerWords
        else { return nil }
        var labelRight: Double?
        let first = columns.extents[0]
        for line in lines.body {
            for fragment in line.fragments where !fragment.isValue && fragment.box.right < first.middle {
                labelRight = max(labelRight ?? fragment.box.right, fragment.box.right)
            }
        }
        columns.setLeft(labelsEndAt: labelRight)
        var (labelLines, headerLines) = splitHeader(labelRight)
        let numbers = columns
        var header = header(headerLines, labelRight)
        if !header.unplaced.isEmpty, let labelRight {
            // Numbers at the right of wide columns: their names stand further left.
            columns = numbers
            columns.setLeft(at: labelRight)
            titles = []
            (labelLines, headerLines) = splitHeader(labelRight)
            header = self.header(headerLines, labelRight)
        }
        columns.setLeft(labelsEndAt: labelRight)
        var values = valueRows()
        var cells = labelLines
        for line in lines.body { cells += labelCells(line) }
        for (page, word) in upright where isBody(page, word) && word.box.middleX < columns.left {
            cells.append(PDFCellText(page: page, words: [word]))
            used.insert(PDFWordPlace(page: page, order: word.order))
        }
        cells = stacked(cells)
        // What stands over the labels, again on another page.
        let known = Set((headerLines.corner + (header.corner.map { [$0] } ?? [])).flatMap(Self.texts))
        cells.removeAll { cell in cell.page > lines.top.page && Self.texts(cell).allSatisfy(known.contains) }
        var labels = PDFLabels(cells: cells, rows: values.map(\.line))
        if mergeStrays(&values, labels) { labels = PDFLabels(cells: cells, rows: values.map(\.line)) }
        let corner = headerLines.corner + (header.corner.map { [$0] } ?? [])
        return grid(header: &header, corner: corner, labels: labels, values: values, position: &position)
    }

    private static func texts(_ cell: PDFCellText) -> [String] { cell.lines.map { PDFText.join($0) } }

    private mutating func header(_ lines: HeaderLines, _ labelRight: Double?) -> PDFHeader {
        PDFHeader(
            fragments: lines.columns,
            columns: &columns,
            drawnByCell: drawnByCell,
            needsCorner: labelRight != nil && lines.corner.isEmpty
        )
    }

    // MARK: - Cutting lines

    private typealias HeaderLines = (columns: [PDFCellText], corner: [PDFCellText])

    /// The cells of the header: over columns, over the labels; and labels of the first row that stand above its numbers.
    private mutating func splitHeader(_ labelRight: Double?) -> (labels: [PDFCellText], header: HeaderLines) {
        var over: [PDFCellText] = []
        var corner: [PDFCellText] = []
        let valueMiddle = (columns.border(0) + columns.border(columns.extents.count)) / 2
        var isTop = true
        for line in lines.header {
            if isTop, line.fragments.count == 1, tableLeft < columns.left, isTitle(line, valueMiddle) {
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
            used.insert(PDFWordPlace(page: page, order: word.order))
            if word.box.middleX < columns.left { corner.append(cell) } else { over.append(cell) }
        }
        corner = stacked(corner)
        // Beside the leftmost, and right of all labels: names of columns.
        if let right = corner.min(by: { $0.box.left < $1.box.left })?.box.right {
            let names = corner.filter { $0.box.left > right && $0.box.left > (labelRight ?? right) && $0.number == nil }
            if !names.isEmpty {
                corner.removeAll { $0.box.left > right && $0.box.left > (labelRight ?? right) && $0.number == nil }
                over += names
            }
        }
        var labels: [PDFCellText] = []
        if let row = lines.body.first {
            let own = labelCells(row)
            // A label's first lines may stand above its numbers: overlapping them, or drawn right before its next line.
            var next = Set(lines.body.prefix(6).flatMap { labelCells($0).map(\.firstOrder) })
            if let number = row.words.map(\.order).min() { next.insert(number) }
            while let last = corner.last, last.page == row.page,
                drawnByCell ? next.contains(last.lastOrder + 1) : last.box.bottom > row.box.top,
                own.isEmpty || own.contains(where: { $0.box.overlapX(last.box) > 0 && $0.number == nil })
            {
                labels.insert(last, at: 0)
                next.insert(last.firstOrder)
                corner.removeLast()
            }
        }
        return (labels, (over, corner))
    }

    /// Whether a line names a whole table rather than columns: it stands in the middle of the page, not of the columns, and
    /// nothing beside it.
    private func isTitle(_ line: PDFLine, _ valueMiddle: Double) -> Bool {
        let isAlone = !lines.header.contains {
            $0.page == line.page && $0.box.overlapY(line.box) > 0.3 * line.em && $0.box.middleY != line.box.middleY
        }
        guard isAlone else { return false }
        if line.text.hasPrefix("第二十条") { return true }
        let offset = abs(line.box.middleX - bodyMiddle)
        return offset < 2 * line.em && offset < abs(line.box.middleX - valueMiddle)
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
        return (page, word.box.middleY) > lines.top && (page, word.box.middleY) < (first.page, first.box.top)
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
        let em = min(before.em, after.em)
        if gap < 0.12 * em, !drawnByCell || after.order == before.order + 1 { return true }
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
        let em = min(before.em, after.em)
        if drawnByCell, PDFEnumerator(after.text) != nil, after.order == before.order + 1, gap > 0 { return false }
        if gap < 0.25 * em, !drawnByCell || after.order == before.order + 1 { return true }
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
        /// Columns that a number stands over which may be another's.
        var unsure: Set<Int>
    }

    private func valueRows() -> [ValueRow] {
        var rows: [ValueRow] = []
        var core = 0.0...0.0
        for line in lines.body {
            let words = line.words.filter { $0.box.middleX >= columns.left }
            guard let first = words.first else { continue }
            var cells: [[PDFWord]] = Array(repeating: [], count: columns.extents.count)
            var unsure: Set<Int> = []
            for word in words {
                let extent = word.box.left...max(word.box.left, word.box.right)
                let overlapped = columns.extents.indices.filter { columns.extents[$0].overlap(extent) > 0.5 }
                let index = overlapped.count == 1 ? overlapped[0] : columns.index(at: word.box.middleX) ?? 0
                cells[index].append(word)
                // Over two columns: none of their cells is sure then.
                for other in overlapped where overlapped.count > 1 {
                    if other != index { cells[other].append(word) }
                    unsure.insert(other)
                }
            }
            let extent = words.dropFirst().reduce(first.core) {
                Swift.min($0.lowerBound, $1.core.lowerBound)...Swift.max($0.upperBound, $1.core.upperBound)
            }
            let isSameRow =
                rows.last.map { $0.line.page == line.page && (core.overlap(extent) > 0 || goesOn($0.words, cells)) }
                ?? false
            if isSameRow {
                // Beside a number of several lines.
                let row = rows.count - 1
                for index in cells.indices { rows[row].words[index] += cells[index] }
                rows[row].unsure.formUnion(unsure)
                core = Swift.min(core.lowerBound, extent.lowerBound)...Swift.max(core.upperBound, extent.upperBound)
                rows[rows.count - 1].line.top = core.lowerBound
                rows[rows.count - 1].line.bottom = core.upperBound
            } else {
                core = extent
                let row = PDFLabels.Line(
                    values: rows.count,
                    page: line.page,
                    top: extent.lowerBound,
                    bottom: extent.upperBound
                )
                rows.append(ValueRow(line: row, words: cells, unsure: unsure))
            }
        }
        for index in rows.indices {
            rows[index].line.isSparse = rows[index].words.count { !$0.isEmpty } * 3 < columns.extents.count
        }
        return rows
    }

    /// Numbers without a label close to a row with one may be further lines of its cells: there both are shown. Returns
    /// whether any were.
    private func mergeStrays(_ rows: inout [ValueRow], _ labels: PDFLabels) -> Bool {
        var labelled = Set(labels.placed.compactMap { $0.isLeaf ? labels.lines[$0.rows.lowerBound].values : nil })
        if labels.placed.isEmpty {
            // A table without labels has its numbers in full rows.
            let full = rows.map { row in row.words.count { !$0.isEmpty } }
            labelled = Set(rows.indices.filter { full[$0] * 2 > columns.extents.count })
        }
        var merged: [ValueRow] = []
        var strays: [ValueRow] = []
        func isClose(_ one: ValueRow, _ other: ValueRow) -> Bool {
            // On the next page, the rest of a number that the end of the page parts.
            if abs(one.line.page - other.line.page) == 1 { return true }
            guard one.line.page == other.line.page, let em = one.words.joined().first?.em else { return false }
            return max(one.line.top, other.line.top) - min(one.line.bottom, other.line.bottom) < 2.2 * em
        }
        func merge(_ stray: ValueRow, into row: inout ValueRow) {
            for (column, words) in stray.words.enumerated() where !words.isEmpty {
                row.words[column] += words
                row.unsure.insert(column)
            }
        }
        for (index, row) in rows.enumerated() {
            if !labelled.contains(index) {
                if index > 0, labelled.contains(index - 1), let last = merged.last, Self.isParted(last, row) {
                    Self.append(row, to: &merged[merged.count - 1])
                    continue
                }
                let hasHome =
                    index > 0 && labelled.contains(index - 1) && isClose(row, rows[index - 1])
                    || index + 1 < rows.count && labelled.contains(index + 1) && isClose(row, rows[index + 1])
                if hasHome {
                    if let last = merged.last, isClose(row, last) { merge(row, into: &merged[merged.count - 1]) }
                    strays.append(row)
                    continue
                }
            }
            var row = row
            for stray in strays where isClose(stray, row) { merge(stray, into: &row) }
            strays = []
            row.line.values = merged.count
            merged.append(row)
        }
        guard merged.count < rows.count else { return false }
        rows = merged
        return true
    }

    /// Whether `lower` holds the last digits of numbers of `upper`, parted by the end of a page: it has several, each under
    /// one of the longest numbers, and none under some.
    private static func isParted(_ upper: ValueRow, _ lower: ValueRow) -> Bool {
        guard upper.line.page + 1 == lower.line.page, upper.unsure.isEmpty, lower.unsure.isEmpty else { return false }
        let longest = upper.words.joined().map(\.length).max() ?? 0
        let numbers = upper.words.count { !$0.isEmpty }
        let parted = zip(upper.words, lower.words).filter { !$1.isEmpty }
        return parted.count > 1 && parted.count < numbers
            && parted.allSatisfy { above, below in
                guard above.count == 1, below.count == 1 else { return false }
                return above[0].kind == .number && below[0].kind == .number && above[0].length == longest
                    && below[0].length <= longest
            }
    }

    private static func append(_ lower: ValueRow, to upper: inout ValueRow) {
        for (column, words) in lower.words.enumerated() {
            guard let word = words.first, !upper.words[column].isEmpty else { continue }
            upper.words[column][0].text += word.text
            upper.words[column][0].length += word.length
        }
    }

    /// Whether every number of `lower` is drawn right after and right under one of `upper`: next lines of the same cells,
    /// or rows that nothing parts.
    private func goesOn(_ upper: [[PDFWord]], _ lower: [[PDFWord]]) -> Bool {
        guard drawnByCell else { return false }
        return zip(upper, lower).allSatisfy { above, below in
            guard let next = below.first else { return true }
            guard let last = above.last else { return false }
            return next.order == last.order + 1 && next.box.top - last.box.bottom < 0.8 * next.em
        }
    }

    /// The text of a value cell. Two numbers in one cell are shown as two, so that no one takes them for one.
    private static func text(_ words: [PDFWord]) -> String {
        guard words.count > 1, words.contains(where: { $0.kind == .number }) else { return PDFText.join(words) }
        return words.map(\.text).joined(separator: " / ")
    }

    // MARK: - The grid

    private mutating func grid(
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
        if let first = header.unplaced.first {
            // One cell, so that none of the names is taken for that of a column.
            let box = header.unplaced.dropFirst().reduce(first.box) { $0.union($1.box) }
            let words = header.unplaced.flatMap { $0.lines.joined() }.sorted { $0.order < $1.order }
            titles.append(PDFLine(page: first.page, fragments: words.map { PDFFragment($0) }, box: box))
        }
        for title in titles {
            let span = GridSpan(column: 0, columns: width)
            rows.append(
                Row(
                    cells: [
                        cell(title.fragments.map(\.text).joined(separator: " "), title.box, page: title.page, span)
                    ],
                    isBounded: true
                )
            )
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
                if !cells.isEmpty { rows.append(Row(cells: cells, isBounded: true)) }
            }
        }
        var labelsByRow: [Int: [PDFLabels.Placed]] = [:]
        for label in labels.placed { labelsByRow[label.rows.lowerBound, default: []].append(label) }
        for (index, line) in labels.lines.enumerated() {
            var cells: [Cell] = []
            for label in (labelsByRow[index] ?? []).sorted(by: { $0.column < $1.column }) {
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
                let isUnsure = line.values.map { values[$0].unsure.contains(column) } ?? false
                let text = Self.text(words) + (isUnsure && words.count == 1 ? " / ?" : "")
                cells.append(cell(text, box, page: line.page, GridSpan(column: offset + column)))
            }
            rows.append(Row(cells: cells, isBounded: true))
        }
        position = next
        return Table(rows: rows)
    }
}
