import ChineseText
import DocumentModel

/// Reads table 3, 收到和处理政府信息公开申请情况: 23 or 25 labelled rows of seven numbers.
struct ApplicationsReader {
    private static let rowLabels: LabelMatcher<RowScanner.Role> = {
        var matcher = LabelMatcher<RowScanner.Role>()
        for layout in [Form.OtherResultsLayout.merged, .itemised] {
            for row in Form.rows(of: .applications, edition: .form2021, otherResults: layout) {
                matcher.add(row.number.suffixNumber + row.label, .row(row.id))
                for alias in row.aliases { matcher.add(row.number.suffixNumber + alias, .row(row.id)) }
            }
        }
        matcher.add("三、本年度办理结果", .group)
        matcher.add("本年度办理结果", .group)
        matcher.add("（三）不予公开", .group)
        matcher.add("（四）无法提供", .group)
        matcher.add("（五）不予处理", .group)
        matcher.add("申请人情况", .header)
        matcher.add("自然人", .header)
        matcher.add("法人或其他组织", .header)
        matcher.add("商业企业", .header)
        matcher.add("科研机构", .header)
        matcher.add("社会公益组织", .header)
        matcher.add("法律服务机构", .header)
        matcher.add("本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和", .header)
        for group in ["三、本年度办理结果", "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"] {
            matcher.addPrefix(group)
        }
        return matcher
    }()

    private static let balance: Phrase = "勾稽关系"

    private static let columnLabels: [(Phrase, ColumnID)] = [
        ("自然人", "naturalPerson"), ("法人或其他组织", organisationGroup), ("法人或者其他组织", organisationGroup), ("商业企业", "business"),
        ("科研机构", "research"), ("社会公益组织", "social"),
        ("法律服务机构", "legal"), ("其他", "otherOrg"), ("总计", "total"), ("合计", "total"),
    ]

    /// Whether the label of a table-3 row stands in this piece: used to find a table without its heading.
    static func isRowLabel(_ folded: FoldedText) -> Bool { isRow(rowLabels.match(folded)) }

    private static func isRow(_ label: RowScanner.Role?) -> Bool {
        if case .row(let id)? = label { return id != "3.7" && id != "3.6.3" }
        return false
    }

    private let stream: PieceStream
    private let range: Range<Int>
    private let scanner: RowScanner

    init(stream: PieceStream, range whole: Range<Int>) {
        self.stream = stream
        var roles: [RowScanner.Role] = []
        roles.reserveCapacity(whole.count)
        var sawRow = false
        var previousRow: RowID?
        for index in whole {
            let piece = stream.pieces[index]
            if piece.isValue {
                roles.append(.value)
                continue
            }
            let key = LabelKey(ofCell: piece.folded)
            let label = key.flatMap(Self.rowLabels.match)
            sawRow = sawRow || Self.isRow(label)
            // Where the heading of section 四 is missing, table 4 follows in the same stretch.
            if sawRow, let key, DisputesReader.isHeader(piece.folded, key) { break }
            let role = Self.role(index, label, behind: previousRow, stream, whole)
            if case .row(let id) = role { previousRow = id }
            roles.append(role)
        }
        range = whole.lowerBound..<(whole.lowerBound + roles.count)
        let scanner = RowScanner(stream: stream, range: range, roles: roles)
        self.scanner = scanner
        rows = range.compactMap { index in
            guard case .row(let id) = scanner.role(index) else { return nil }
            return Self.row(id, at: index, scanner.run(after: index), stream)
        }
        valueStarts = Self.valueStarts(rows, stream)
    }

    /// What a cell that is no value is, given the label it seems to bear and the row before.
    private static func role(
        _ index: Int,
        _ label: RowScanner.Role?,
        behind previousRow: RowID?,
        _ stream: PieceStream,
        _ range: Range<Int>
    ) -> RowScanner.Role {
        if stream.isProse(index) { return .text }
        let folded = stream.pieces[index].folded
        if folded.contains(balance) { return .header }
        guard let label else { return .text }
        // 其他 and 总计 are columns beside other columns, and rows elsewhere; a header repeats on every page.
        if label == .row("3.7") || label == .row("3.6.3") {
            if previousRow == nil || standsInHeader(index, stream, range) { return .header }
            if label == .row("3.6.3"), LabelKey(folded).number != 3,
                previousRow != "3.6.2", previousRow != "3.6.1", previousRow != "3.6"
            {
                return .header
            }
        }
        return label
    }

    /// A label with the cells behind it and those that are surely its values, seven of them.
    private struct LabelledRow {
        var id: RowID
        var index: Int
        var run: ValueRun
        var values: [Int]?
    }

    private static func row(_ id: RowID, at index: Int, _ run: ValueRun, _ stream: PieceStream) -> LabelledRow {
        let values = run.values(Form.applicationColumns.count, in: stream.pieces, alignment: .right)
        return LabelledRow(id: id, index: index, run: run, values: values)
    }

    /// The labels of the table.
    private let rows: [LabelledRow]

    /// Whether the next filled cell on either side is a header of a column.
    private static func standsInHeader(_ index: Int, _ stream: PieceStream, _ range: Range<Int>) -> Bool {
        let before = stride(from: index - 1, through: range.lowerBound, by: -1).first {
            !stream.pieces[$0].folded.isEmpty
        }
        let after = (index + 1..<range.upperBound).first { !stream.pieces[$0].folded.isEmpty }
        return [before, after].contains { neighbour in
            guard let neighbour else { return false }
            let folded = stream.pieces[neighbour].folded
            return folded.count <= 10 && columnWords.contains { folded.scalars == $0.scalars }
        }
    }

    /// Headers that are no row at the same time.
    private static let columnWords: [Phrase] = ["自然人", "法人或其他组织", "商业企业", "科研机构", "社会公益组织", "法律服务机构"]

    /// Reads the table; nil when no row of it is there.
    func read() -> TableReading? {
        let columns = ValueColumns(order: columnOrder(), headers: gridHeaders())
        var consumed: Set<Int> = []
        var reading = TableReading(.applications, source: SourceSpan())
        var order: [(RowID, Int)] = []
        // The pieces that follow a label as its cells, by their distance from the beginning of the range.
        var used = [Bool](repeating: false, count: range.count)
        var unknown: [(index: Int, values: [Int], after: RowID?)] = []
        var previous: RowID?
        var next = 0
        for index in range {
            switch scanner.role(index) {
            case .row:
                let row = rows[next]
                next += 1
                if isGroupOnly(row, columns) { continue }
                if let rest = brokenLabel(row) {
                    consumed.insert(rest)
                    place(Self.row(row.id, at: index, scanner.run(after: rest), stream), columns, &reading)
                } else {
                    place(row, columns, &reading)
                }
                order.append((row.id, index))
                for cell in row.run.cells { used[cell - range.lowerBound] = true }
                previous = row.id
            case .text where previous != nil && !stream.isProse(index) && !consumed.contains(index):
                let run = scanner.run(after: index)
                let count = Form.applicationColumns.count
                if let values = run.values(count, in: stream.pieces, alignment: .right),
                    values.contains(where: { !stream.pieces[$0].folded.isEmpty }),
                    values.allSatisfy({ scanner.role($0) == .value })
                {
                    unknown.append((index, values, previous))
                }
            default: continue
            }
        }
        guard let first = order.first else { return nil }
        reading.source = stream.pieces[first.1].source
        settleOtherResults(&reading)
        placeUnknown(unknown, columns, &reading)
        markUncertain(order, used, consumed, columns, &reading)
        return reading
    }

    /// （六）其他处理 with numbers of its own is one row; without, it is the label of its three.
    private func settleOtherResults(_ reading: inout TableReading) {
        let items = (["3.6.1", "3.6.2", "3.6.3"] as [RowID]).filter { reading.rows[$0] != nil }
        let hasNumbers = reading.rows["3.6"]?.cells.values.contains { $0.number != nil } ?? false
        if reading.rows["3.6"] != nil, items.isEmpty || (hasNumbers && items == ["3.6.3"]) {
            reading.otherResults = .merged
            for item in items { reading.rows[item] = nil }
        } else if !items.isEmpty {
            reading.otherResults = .itemised
            reading.rows["3.6"] = nil
        }
    }

    /// A row that was not found may hide behind a label that nobody recognised, or the table may be in a shape that is not
    /// understood: then it is uncertain, not missing.
    private func markUncertain(
        _ order: [(RowID, Int)],
        _ used: [Bool],
        _ consumed: Set<Int>,
        _ columns: ValueColumns,
        _ reading: inout TableReading
    ) {
        let unread = reading.rows.values.count { row in row.cells.values.allSatisfy { $0.state == .notRead } }
        // Numbers of rows and notes stand beside labels and values in columns of the office's own.
        let own = Set(order.filter { headerCells($0.1, columns) != nil }.compactMap { stream.pieces[$0.1].row })
        let strays = range.filter { index in
            scanner.role(index) == .text && !(stream.pieces[index].row.map(own.contains) ?? false)
                && !consumed.contains(index) && !stream.isProse(index)
                && index > (order.first?.1 ?? 0) && index < (order.last?.1 ?? 0)
                && stream.pieces[index].folded.scalars.contains(where: \.isHan)
        }
        let expected = Form.rows(of: .applications, edition: .form2021, otherResults: reading.otherResults ?? .itemised)
        if !strays.isEmpty || hasStrayNumbers(order, used, besides: own) {
            // Parts of labels or of rows stand by themselves: a row that looks blank may have its numbers there.
            for (id, row) in reading.rows where row.cells.values.allSatisfy({ $0.state == .blank }) {
                for column in row.cells.keys { reading.rows[id]?.cells[column]?.state = .notRead }
            }
        }
        if reading.rows.keys.elementsEqual(expected.lazy.map(\.id)) { return }
        let missing = expected.enumerated().filter { reading.rows[$0.element.id] == nil }
        if missing.isEmpty { return }
        let places = Dictionary(uniqueKeysWithValues: expected.enumerated().map { ($1.id, $0) })
        for (place, form) in missing {
            let before = order.last { (places[$0.0] ?? .max) < place }?.1 ?? range.lowerBound
            let after = order.first { (places[$0.0] ?? -1) > place }?.1 ?? range.upperBound
            if unread > 2 || strays.contains(where: { $0 > before && $0 < after }) { reading.uncertain.insert(form.id) }
        }
    }

    /// Whether numbers stand in the table that belong to no label.
    private func hasStrayNumbers(_ order: [(RowID, Int)], _ used: [Bool], besides own: Set<Int>) -> Bool {
        guard let first = order.first?.1, let last = order.last?.1 else { return false }
        return (first..<last).contains { index in
            scanner.role(index) == .value && !stream.pieces[index].folded.isEmpty && !used[index - range.lowerBound]
                && !(stream.pieces[index].row.map(own.contains) ?? false)
        }
    }

    /// A label broken over two lines in a format that has a row a line: the second half stands in front of the values.
    private func brokenLabel(_ label: LabelledRow) -> Int? {
        let first = stream.pieces[label.index]
        guard let row = first.row, label.run.cells.allSatisfy({ stream.pieces[$0].folded.isEmpty }) else {
            return nil
        }
        guard
            // A row may go on behind the stretch that is searched.
            let next = (min(stream.rows[row].upperBound, range.upperBound)..<range.upperBound).first(where: {
                !stream.pieces[$0].folded.isEmpty
            }),
            scanner.role(next) == .text, !stream.isProse(next), stream.pieces[next].row != row
        else { return nil }
        // A piece with a number of its own begins another label.
        let rest = stream.pieces[next].folded
        guard LabelKey(rest).number == nil, rest[0] != "(" else { return nil }
        let joined = FoldedText(first.raw + stream.pieces[next].raw)
        return Self.rowLabels.match(joined) == .row(label.id) ? next : nil
    }

    /// （六）其他处理 is a row of its own in edition 2019 and the label of a group in edition 2021; a merged cell that was
    /// repeated (一、… | 一、… | 8 | 0 …) is one label.
    private func isGroupOnly(_ row: LabelledRow, _ columns: ValueColumns) -> Bool {
        if let filled = row.run.cells.first(where: { !stream.pieces[$0].folded.isEmpty }) {
            // A group whose first row bears a label that was not recognised; what stands behind the values is a note.
            guard row.id == "3.6", scanner.role(filled) == .text else { return false }
            return !(headerCells(row.index, columns)?.values.allSatisfy { $0 < filled } ?? false)
        }
        let next = (row.run.cells.last ?? row.index) + 1
        guard range.contains(next), case .row(let following) = scanner.role(next) else { return false }
        if following == row.id { return true }
        return row.id == "3.6" && following.key.hasPrefix("3.6.")
    }

    private func place(_ row: LabelledRow, _ columns: ValueColumns, _ reading: inout TableReading) {
        let piece = stream.pieces[row.index]
        let cells = readCells(row, columns)
        guard let known = reading.rows[row.id] else {
            reading.rows.append(row.id, RowReading(label: piece.raw, source: piece.source, cells: cells))
            return
        }
        // The same row twice: a table printed twice over. Where both agree, fine; else nobody knows which one holds.
        for (column, cell) in cells where known.cells[column]?.state != cell.state {
            reading.rows[row.id]?.cells[column]?.state = .notRead
        }
    }

    private func readCells(_ row: LabelledRow, _ columns: ValueColumns) -> SmallDictionary<ColumnID, CellReading> {
        let piece = stream.pieces[row.index]
        if let (columns, positions) = cells(row, columns) {
            var cells: [CellReading] = []
            cells.reserveCapacity(columns.count)
            for position in positions { cells.append(CellText.read(stream.pieces[position], kind: .count)) }
            while cells.count < columns.count { cells.append(CellReading(.blank, in: piece, words: "")) }
            return SmallDictionary(distinct: columns, cells)
        }
        // Nothing at all before the next label: all seven are blank, whichever shape lost them.
        let cell =
            row.run.cells.isEmpty && nothingFollows(row.index)
            ? CellReading(.blank, in: piece, words: "")
            : CellReading(.notRead, in: piece, words: row.run.text(in: stream.pieces))
        let columns = Form.applicationColumns
        return SmallDictionary(distinct: columns, [CellReading](repeating: cell, count: columns.count))
    }

    /// Whether the label is followed by the next label, and has no numbers glued to it: only then it has no values.
    private func nothingFollows(_ index: Int) -> Bool {
        let label = stream.pieces[index].folded
        let digits = label.scalars.enumerated().filter { $1.isASCIIDigit }.map(\.offset)
        // The digit of `1.` in front is none; a digit behind the words is a value.
        if let last = digits.last, last > 3 { return false }
        if let row = stream.pieces[index].row,
            stream.rows[row].contains(where: {
                $0 < index && scanner.role($0) == .value && !stream.pieces[$0].folded.isEmpty
            })
        {
            // The values stand in front of the label.
            return false
        }
        guard let next = (index + 1..<range.upperBound).first(where: { !stream.pieces[$0].folded.isEmpty }) else {
            return true
        }
        switch scanner.role(next) {
        case .row, .group: return true
        case .header, .value, .text: return false
        }
    }

    /// What tells the columns of a row's values.
    private struct ValueColumns {
        /// The columns in the order in which values are read; nil where the header does not prove one.
        var order: [ColumnID]?
        /// Where the columns stand in each grid.
        var headers: [Int: GridHeader]
    }

    /// The cells of a row and their columns, the last without cells where the row lost them; nil when it is not certain which
    /// cell is which. The header over the cells tells it, or their number and order; where both do and disagree, neither is
    /// believed.
    private func cells(_ row: LabelledRow, _ columns: ValueColumns) -> (columns: [ColumnID], positions: [Int])? {
        let counted = columns.order.flatMap { order in positions(row).map { (columns: order, positions: $0) } }
        guard let cells = headerCells(row.index, columns) else { return counted }
        if let counted, Set(counted.positions) != Set(cells.values) {
            // A word in a column of the office's own was counted for a value; under the header stand nothing but values.
            let isNote = counted.positions.contains { scanner.role($0) == .text }
            guard isNote, cells.values.allSatisfy({ scanner.role($0) == .value }) else { return nil }
        }
        return (cells.keys, cells.values)
    }

    /// The seven cells that stand under the header in the row of the label at `index`.
    private func headerCells(_ index: Int, _ columns: ValueColumns) -> SmallDictionary<ColumnID, Int>? {
        guard let row = stream.pieces[index].row, let grid = stream.grid(of: row), let header = columns.headers[grid],
            let cells = header.cells(behind: index, Form.applicationColumns, in: stream),
            cells.values.allSatisfy({ scanner.role($0) == .value || scanner.role($0) == .text })
        else { return nil }
        return cells
    }

    /// The columns of each grid of the table, by its own header; a part of a table that was split goes on under the header
    /// of the part before.
    private func gridHeaders() -> [Int: GridHeader] {
        var headers: [Int: GridHeader] = [:]
        var current = GridHeader()
        var previous: Int?
        var sawRow = false
        for index in range {
            let piece = stream.pieces[index]
            guard let row = piece.row, let grid = stream.grid(of: row) else { continue }
            if grid != previous { sawRow = false }
            previous = grid
            if case .row = scanner.role(index) { sawRow = true }
            if !sawRow, scanner.role(index) == .header, piece.folded.count <= 8,
                let (_, column) = Self.columnLabels.first(where: { piece.folded.scalars == $0.0.scalars }),
                column != Self.organisationGroup
            {
                if grid != current.grid { current = GridHeader() }
                current.add(column, piece, in: stream)
            }
            headers[grid] = current
        }
        return headers
    }

    /// Which cells are the values of a row: seven, or fewer where it lost those at its end.
    private func positions(_ row: LabelledRow) -> [Int]? {
        guard let found = row.values else { return gridValues(row) ?? strippedValues(row) }
        guard row.run.isBounded, stream.pieces[found[0]].folded.isEmpty else { return found }
        // The first value is blank: is it one, or the padding of a row that lost its last cell? The other rows tell.
        guard let line = stream.pieces[row.index].row, stream.pieces[found[0]].row == line else { return nil }
        let cells = stream.rows[line]
        let start = found[0] - cells.lowerBound
        if let known = valueStarts[cells.count] { return known.column == start ? found : nil }
        let starts = Set(valueStarts.values.compactMap(\.column))
        if starts.isEmpty || starts.contains(start) { return found }
        return strippedValues(row)
    }

    /// The values of a row whose empty cells at the end were stripped by an editor: as long as all other rows are of one
    /// width and have their values in the same columns.
    private func strippedValues(_ row: LabelledRow) -> [Int]? {
        // A grid has no stripped cells; a short row of it has merged ones.
        guard stream.pieces[row.index].span == nil, row.run.isBounded, valueStarts.count == 1,
            let (width, known) = valueStarts.first, let start = known.column,
            known.rows >= 5, width == start + 7,
            let line = stream.pieces[row.index].row
        else { return nil }
        let cells = stream.rows[line]
        guard cells.count < width, cells.count > start, row.index < cells.lowerBound + start else { return nil }
        let values = Array(cells.dropFirst(start))
        let padding = (row.index + 1..<cells.lowerBound + start).allSatisfy { stream.pieces[$0].folded.isEmpty }
        return padding && values.allSatisfy(row.run.cells.contains) ? values : nil
    }

    /// The values of a row whose own blanks leave open where they begin (`四、… | | | 280 | 81 | 0 | 0 | 0 | 36 | `): as
    /// long as every other row of the same width has its values in the same columns, none is shifted, and neither is this.
    private func gridValues(_ row: LabelledRow) -> [Int]? {
        guard row.run.isBounded, let line = stream.pieces[row.index].row, let first = row.run.cells.first,
            stream.pieces[first].row == line
        else { return nil }
        let cells = stream.rows[line]
        guard let known = valueStarts[cells.count], known.rows >= 5, let start = known.column,
            cells.count == start + 7
        else { return nil }
        let values = Array(cells.suffix(7))
        return values.allSatisfy(row.run.cells.contains) ? values : nil
    }

    /// Where the values begin in the rows of one width.
    private struct ValueStart {
        /// How many rows were certain.
        var rows: Int
        /// The column; nil where rows differ.
        var column: Int?
    }

    /// For each width of row where the values of certain rows begin: of rows whose first value is no blank.
    private let valueStarts: [Int: ValueStart]

    private static func valueStarts(_ rows: [LabelledRow], _ stream: PieceStream) -> [Int: ValueStart] {
        var starts: [Int: ValueStart] = [:]
        for row in rows {
            guard let line = stream.pieces[row.index].row, stream.pieces[row.index].rowIsBounded,
                let first = row.values?.first, stream.pieces[first].row == line, !stream.pieces[first].folded.isEmpty
            else { continue }
            let cells = stream.rows[line]
            let column = first - cells.lowerBound
            var start = starts[cells.count] ?? ValueStart(rows: 0, column: column)
            start.rows += 1
            if start.column != column { start.column = nil }
            starts[cells.count] = start
        }
        return starts
    }

    /// A label that nobody recognises, between two that are, where exactly the rows between those are missing: the place
    /// proves which row it is, as long as the label has anything in common with it.
    private func placeUnknown(
        _ unknown: [(index: Int, values: [Int], after: RowID?)],
        _ columns: ValueColumns,
        _ reading: inout TableReading
    ) {
        if unknown.isEmpty { return }
        let expected = Form.rows(
            of: .applications,
            edition: .form2021,
            otherResults: reading.otherResults ?? .itemised
        )
        let places = Dictionary(uniqueKeysWithValues: expected.enumerated().map { ($1.id, $0) })
        for (after, group) in Dictionary(grouping: unknown, by: \.after) {
            guard let after, let start = places[after] else { continue }
            let gap = expected[(start + 1)...].prefix { reading.rows[$0.id] == nil }
            let fits =
                gap.count == group.count
                && zip(gap, group).allSatisfy { form, row in
                    let label = LabelKey(stream.pieces[row.index].folded)
                    let official = LabelKey(form.number.suffixNumber + form.label)
                    return label.number != nil && label.number == official.number
                        || !Set(label.han).isDisjoint(with: official.han)
                }
            for (offset, row) in group.enumerated() {
                let piece = stream.pieces[row.index]
                if fits, let first = row.values.first, let last = row.values.last {
                    let run = ValueRun(cells: first..<(last + 1), isBounded: true)
                    let id = gap[gap.startIndex + offset].id
                    place(LabelledRow(id: id, index: row.index, run: run, values: row.values), columns, &reading)
                } else {
                    reading.unplaced.append(UnplacedRow(label: piece.raw.trimmingBlanks(), source: piece.source))
                }
            }
        }
        if reading.otherResults == nil, reading.rows["3.6.1"] != nil { reading.otherResults = .itemised }
    }

    /// The order of the columns, nil when the header shows another one than can be followed.
    ///
    /// The form's header stands over two rows: 自然人, 法人或其他组织 and 总计, then the five kinds of organisations under the
    /// second — so that 总计 is read before 商业企业 although it stands behind 其他. A header of seven in one row, without
    /// 法人或其他组织, says itself in which order they are.
    private func columnOrder() -> [ColumnID]? {
        var seen: [ColumnID] = []
        for index in range {
            if case .row = scanner.role(index) { break }
            let folded = stream.pieces[index].folded
            guard folded.count <= 8,
                let (_, column) = Self.columnLabels.first(where: { folded.scalars == $0.0.scalars }),
                !seen.contains(column)
            else { continue }
            seen.append(column)
        }
        let organisations: [ColumnID] = ["business", "research", "social", "legal", "otherOrg"]
        let inner = seen.filter { organisations.contains($0) }
        guard let group = seen.firstIndex(of: Self.organisationGroup) else {
            return Set(seen) == Set(Form.applicationColumns) ? oneRowOrder(seen) : Form.applicationColumns
        }
        if let natural = seen.firstIndex(of: "naturalPerson"), natural > group { return nil }
        if let total = seen.firstIndex(of: "total"), total < group { return nil }
        return inner.count == 5 ? ["naturalPerson"] + inner + ["total"] : Form.applicationColumns
    }

    /// 自然人, 总计, 商业企业 … is the official header that lost 法人或其他组织, not a header in one row.
    private func oneRowOrder(_ seen: [ColumnID]) -> [ColumnID] {
        seen.prefix(3) == ["naturalPerson", "total", "business"] ? Form.applicationColumns : seen
    }

    private static let organisationGroup: ColumnID = "organisations"
}

extension String {
    /// `（三）2.` → `2.`: the number that stands before the label itself.
    var suffixNumber: String {
        guard let close = lastIndex(of: "）"), index(after: close) < endIndex else { return self }
        return String(self[index(after: close)...])
    }
}
