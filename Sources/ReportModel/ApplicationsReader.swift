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
        ("自然人", "naturalPerson"), ("商业企业", "business"), ("科研机构", "research"), ("社会公益组织", "social"),
        ("法律服务机构", "legal"), ("其他", "otherOrg"), ("总计", "total"), ("合计", "total"),
    ]

    /// Whether the label of a table-3 row stands in this piece: used to find a table without its heading.
    static func isRowLabel(_ folded: FoldedText) -> Bool {
        if case .row(let id)? = rowLabels.match(folded) { return id != "3.7" && id != "3.6.3" }
        return false
    }

    private let stream: PieceStream
    private let range: Range<Int>
    private let scanner: RowScanner

    init(stream: PieceStream, range: Range<Int>) {
        self.stream = stream
        self.range = range
        var sawFirstRow = false
        scanner = RowScanner(stream: stream, range: range) { index, piece in
            if stream.isProse(index) { return nil }
            if piece.folded.contains(Self.balance) { return .header }
            guard let role = Self.rowLabels.match(piece.folded) else { return nil }
            // 其他 and 总计 are columns above the first row and rows below it.
            if role == .row("3.7") || role == .row("3.6.3"), !sawFirstRow { return .header }
            if case .row = role { sawFirstRow = true }
            return role
        }
        valueColumn = Self.valueColumns(scanner, stream, range)
    }

    /// Reads the table; nil when no row of it is there.
    func read() -> TableReading? {
        let columns = columnOrder()
        var reading = TableReading(.applications, source: SourceSpan())
        var order: [(RowID, Int)] = []
        var unknown: [(index: Int, values: [Int], after: RowID?)] = []
        var previous: RowID?
        for index in range {
            switch scanner.role(index) {
            case .row(let id):
                let run = scanner.run(after: index)
                if isGroupOnly(id, at: index, run) { continue }
                place(id, at: index, run, columns, &reading)
                order.append((id, index))
                previous = id
            case .text where previous != nil && !stream.isProse(index):
                let run = scanner.run(after: index)
                if let values = run.values(7, in: stream.pieces, alignment: .right),
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
        if reading.rows["3.6"] != nil { reading.otherResults = .merged }
        if reading.rows["3.6.1"] != nil || reading.rows["3.6.2"] != nil || reading.rows["3.6.3"] != nil {
            reading.otherResults = .itemised
            reading.rows["3.6"] = nil
        }
        placeUnknown(unknown, order.map(\.0), columns, &reading)
        return reading
    }

    /// （六）其他处理 is a row of its own in edition 2019 and the label of a group in edition 2021; a merged cell that was
    /// repeated (一、… | 一、… | 8 | 0 …) is one label.
    private func isGroupOnly(_ id: RowID, at index: Int, _ run: ValueRun) -> Bool {
        if let filled = run.cells.first(where: { !stream.pieces[$0].folded.isEmpty }) {
            // A group whose first row bears a label that was not recognised.
            return id == "3.6" && scanner.role(filled) == .text
        }
        let next = (run.cells.last ?? index) + 1
        guard range.contains(next), case .row(let following) = scanner.role(next) else { return false }
        if following == id { return true }
        return id == "3.6" && following.key.hasPrefix("3.6.")
    }

    private func place(
        _ id: RowID,
        at index: Int,
        _ run: ValueRun,
        _ columns: [ColumnID],
        _ reading: inout TableReading
    ) {
        let piece = stream.pieces[index]
        var row = RowReading(label: piece.raw.trimmingBlanks(), source: piece.source, cells: [:])
        if let positions = run.values(columns.count, in: stream.pieces, alignment: .right) ?? gridValues(index, run) {
            for (column, position) in zip(columns, positions) {
                let cell = stream.pieces[position]
                row.cells[column] = CellText.read(cell.raw, cell.folded, kind: .count, source: cell.source)
            }
        } else if run.cells.isEmpty {
            // Nothing at all before the next label: all seven are blank, whichever shape lost them.
            for column in columns { row.cells[column] = CellReading(.blank, text: "", source: piece.source) }
        } else {
            let text = run.cells.map { stream.pieces[$0].raw.trimmingBlanks() }.joined(separator: " | ")
            for column in columns { row.cells[column] = CellReading(.notRead, text: text, source: piece.source) }
        }
        guard let known = reading.rows[id] else {
            reading.rows[id] = row
            return
        }
        // The same row twice: a table printed twice over. Where both agree, fine; else nobody knows which one holds.
        for (column, cell) in row.cells where known.cells[column]?.state != cell.state {
            reading.rows[id]?.cells[column]?.state = .notRead
        }
    }

    /// The values of a row whose own blanks leave open where they begin (`四、… | | | 280 | 81 | 0 | 0 | 0 | 36 | `): as
    /// long as every other row of the same width has its values in the same columns, none is shifted, and neither is this.
    private func gridValues(_ index: Int, _ run: ValueRun) -> [Int]? {
        guard run.isBounded, let row = stream.pieces[index].row, let first = run.cells.first,
            stream.pieces[first].row == row
        else { return nil }
        let cells = stream.rows[row]
        guard let start = valueColumn[cells.count].flatMap(\.self), cells.count == start + 7 else { return nil }
        let values = Array(cells.suffix(7))
        return values.allSatisfy(run.cells.contains) ? values : nil
    }

    /// For each width of row the column in which the values begin, nil where rows differ or are too few to tell.
    private let valueColumn: [Int: Int?]

    private static func valueColumns(_ scanner: RowScanner, _ stream: PieceStream, _ range: Range<Int>) -> [Int: Int?] {
        var starts: [Int: [Int]] = [:]
        for index in range {
            guard case .row = scanner.role(index), let row = stream.pieces[index].row,
                stream.pieces[index].rowIsBounded,
                let first = scanner.run(after: index).values(7, in: stream.pieces, alignment: .right)?.first,
                stream.pieces[first].row == row
            else { continue }
            let cells = stream.rows[row]
            starts[cells.count, default: []].append(first - cells.lowerBound)
        }
        return starts.mapValues { found in
            found.count >= 5 && Set(found).count == 1 ? found[0] : nil
        }
    }

    /// A label that nobody recognises, between two that are, where exactly the rows between those are missing: the place
    /// proves which row it is, as long as the label has anything in common with it.
    private func placeUnknown(
        _ unknown: [(index: Int, values: [Int], after: RowID?)],
        _ found: [RowID],
        _ columns: [ColumnID],
        _ reading: inout TableReading
    ) {
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
                if fits {
                    let id = gap[gap.startIndex + offset].id
                    place(id, at: row.index, ValueRun(cells: row.values, isBounded: true), columns, &reading)
                } else {
                    reading.unplaced.append(UnplacedRow(label: piece.raw.trimmingBlanks(), source: piece.source))
                }
            }
        }
        if reading.otherResults == nil, reading.rows["3.6.1"] != nil { reading.otherResults = .itemised }
    }

    /// The order of the columns. A header in one row gives it; the form's own header stands over two rows, and then the
    /// five organisations give their order between 自然人 and 总计.
    private func columnOrder() -> [ColumnID] {
        var row: Int?
        var seen: [ColumnID] = []
        var best: [ColumnID] = []
        var all: [ColumnID] = []
        for index in range {
            if case .row = scanner.role(index) { break }
            let piece = stream.pieces[index]
            guard let (_, column) = Self.columnLabels.first(where: { piece.folded.scalars == $0.0.scalars }) else {
                continue
            }
            if piece.row == nil || piece.row != row { seen = [] }
            row = piece.row
            if !seen.contains(column) { seen.append(column) }
            if !all.contains(column) { all.append(column) }
            if seen.count > best.count { best = seen }
        }
        if best.count == 7 { return best }
        let organisations: Set<ColumnID> = ["business", "research", "social", "legal", "otherOrg"]
        let inner = all.filter { organisations.contains($0) }
        if inner.count == 5 { return ["naturalPerson"] + inner + ["total"] }
        return Form.applicationColumns
    }
}

extension String {
    /// `（三）2.` → `2.`: the number that stands before the label itself.
    var suffixNumber: String {
        guard let close = lastIndex(of: "）"), index(after: close) < endIndex else { return self }
        return String(self[index(after: close)...])
    }
}
