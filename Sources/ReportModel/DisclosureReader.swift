import ChineseText
import DocumentModel

/// Reads table 2, 主动公开政府信息情况: blocks after 条例 Art 20, each with a header of its own, in one of two editions.
struct DisclosureReader {
    private static let rowLabels: LabelMatcher<RowScanner.Role> = {
        var matcher = LabelMatcher<RowScanner.Role>()
        for edition in Edition.allCases {
            for row in Form.rows(of: .disclosure, edition: edition) {
                for label in [row.label] + row.aliases { matcher.add(label, .row(row.id)) }
            }
        }
        matcher.add("信息内容", .header)
        for (label, _, _) in columnLabels { matcher.add(label, .header) }
        return matcher
    }()

    /// The headers of both editions. `处理决定数量` (2019) and `本年处理决定数量` (2021) differ by 本年 only, so neither votes.
    private static let columnLabels: [(label: String, column: ColumnID, edition: Edition?)] = [
        ("本年新制作数量", "made", .form2019), ("本年新公开数量", "published", .form2019), ("对外公开总数量", "total", .form2019),
        ("上一年项目数量", "previousItems", .form2019), ("本年增/减", "change", .form2019), ("处理决定数量", "decisions", nil),
        ("采购项目数量", "items", .form2019), ("采购总金额", "amount", .form2019),
        ("本年制发件数", "made", .form2021), ("本年废止件数", "repealed", .form2021), ("现行有效件数", "inForce", .form2021),
        ("本年处理决定数量", "decisions", nil), ("本年收费金额", "amount", .form2021),
    ]

    private static let columnMatcher: LabelMatcher<Int> = {
        var matcher = LabelMatcher<Int>()
        for (index, entry) in columnLabels.enumerated() { matcher.add(entry.label, index) }
        return matcher
    }()

    /// Whether the label of a table-2 row stands in this piece: used to find a table without its heading.
    static func isRowLabel(_ folded: FoldedText) -> Bool {
        if case .row? = rowLabels.match(folded) { return true }
        return false
    }

    let stream: PieceStream
    let range: Range<Int>

    private static let article: PhraseSet = ["第二十条", "二十条第"]
    private static let itemOpening: Phrase = "第("
    private static let item: Phrase = "项"
    private static let thisYear: Phrase = "本年"
    private static let amountHeaders: PhraseSet = ["采购总金额", "收费金额", "采购金额"]

    /// The header over some rows.
    private struct Block {
        /// The columns in reading order, nil for one that was not recognised; a repeated cell once.
        var columns: [ColumnID?] = []
        /// The same with repetitions, as converters print merged cells several times.
        var cells: [ColumnID?] = []
        /// The rows of the table that the header cells stand in.
        var rows: Set<Int> = []
        /// Header cells outside of rows.
        var loose = 0
        /// The columns of the grid under the header cells.
        var grid = GridHeader()

        /// Whether the reading order is the order of the columns: one row, or every cell a line of its own. The halves of
        /// broken headers stand in two rows, and then it is not.
        var isInOrder: Bool { rows.count + (loose > 0 ? 1 : 0) <= 1 }
    }

    /// How strongly header and rows speak for each edition. A row of 政府集中采购 that was kept in a form of 2021 is weak.
    private struct Votes {
        var strong = Tally()
        var weak = Tally()

        /// The edition; nil where the table mixes both or says nothing.
        var decision: Edition? {
            if min(strong.old, strong.new) >= 3 { return nil }
            return strong.majority ?? weak.majority
        }
    }

    private struct Tally {
        var old = 0
        var new = 0

        var majority: Edition? { old == new ? nil : old > new ? .form2019 : .form2021 }

        mutating func add(_ edition: Edition) {
            switch edition {
            case .form2019: old += 1
            case .form2021: new += 1
            }
        }
    }

    /// Reads the table; nil when no row of it is there.
    func read() -> TableReading? {
        let scanner = RowScanner(stream: stream, range: range) { index, piece in
            if stream.isProse(index) { return nil }
            if isBlockTitle(piece.folded) { return .group }
            if isColumnHeader(piece.folded) { return .header }
            return Self.rowLabels.match(piece.folded)
        }
        var reading = TableReading(.disclosure, source: SourceSpan())
        var votes = Votes()
        // Rows under one header share it.
        var headers: [Block] = []
        var isHeaderKept = false
        var found: [(id: RowID, index: Int, run: ValueRun, header: Int)] = []
        var unknown: [(index: Int, run: ValueRun)] = []
        var block = Block()
        for index in range {
            let piece = stream.pieces[index]
            switch scanner.role(index) {
            case .group:
                block = Block()
                isHeaderKept = false
            case .header:
                readHeader(piece, &block, &votes, &reading)
                isHeaderKept = false
            case .row(let id):
                let run = scanner.run(after: index)
                if run.cells.isEmpty, repeatsNext(id, at: index, scanner) { continue }
                if id == "otherServices" || id == "procurement" { votes.weak.old += 2 }
                if !isHeaderKept { headers.append(block) }
                isHeaderKept = true
                found.append((id, index, run, headers.count - 1))
                vote(id, run, &votes)
            case .text where !stream.isProse(index) && !piece.folded.isEmpty:
                let run = scanner.run(after: index)
                if run.cells.contains(where: { !stream.pieces[$0].folded.isEmpty && scanner.role($0) == .value }) {
                    unknown.append((index, run))
                }
            default: continue
            }
        }
        guard let first = found.first else { return nil }
        reading.source = stream.pieces[first.index].source
        reading.edition = votes.decision
        guard let edition = reading.edition else { return reading }
        let forms = Form.rows(of: .disclosure, edition: edition)
        for row in found {
            guard let form = forms.first(where: { $0.id == row.id }) else { continue }
            place(form, at: row.index, row.run, headers[row.header], &reading)
        }
        placeUnknown(unknown, forms, found.map { ($0.id, $0.index) }, &reading)
        let unread = reading.rows.values.count { row in row.cells.values.allSatisfy { $0.state == .notRead } }
        var used = [Bool](repeating: false, count: range.count)
        for row in found { for cell in row.run.cells { used[cell - range.lowerBound] = true } }
        let last = found.last?.index ?? 0
        let fragments = (first.index..<range.upperBound).contains { index in
            switch scanner.role(index) {
            case .value:
                // A number that belongs to no label.
                !used[index - range.lowerBound] && !stream.pieces[index].folded.isEmpty
            case .text:
                index < last && !stream.isProse(index) && stream.pieces[index].row != nil
                    && stream.pieces[index].folded.scalars.contains(where: \.isHan)
            case .row, .group, .header: false
            }
        }
        if fragments {
            // Parts of labels stand by themselves: a row that looks blank may have its numbers there.
            for (id, row) in reading.rows where row.cells.values.allSatisfy({ $0.state == .blank }) {
                for column in row.cells.keys { reading.rows[id]?.cells[column]?.state = .notRead }
            }
        }
        if unread > 2 || fragments { reading.uncertain = Set(forms.map(\.id)) }
        return reading
    }

    /// 第二十条第（一）项, also without 第二十条.
    private func isBlockTitle(_ folded: FoldedText) -> Bool {
        folded.count <= 24
            && (folded.contains(Self.article) || (folded.hasPrefix(Self.itemOpening) && folded.hasSuffix(Self.item)))
    }

    /// `本年新` is half of a header that a converter broke.
    private func isColumnHeader(_ folded: FoldedText) -> Bool {
        if folded.count <= 4, folded.hasPrefix(Self.thisYear) { return true }
        return folded.count <= 40 && folded.contains(Self.amountHeaders)
    }

    private func repeatsNext(_ id: RowID, at index: Int, _ scanner: RowScanner) -> Bool {
        range.contains(index + 1) && scanner.role(index + 1) == .row(id)
    }

    private func readHeader(
        _ piece: Piece,
        _ block: inout Block,
        _ votes: inout Votes,
        _ reading: inout TableReading
    ) {
        let folded = piece.folded
        if folded.hasPrefix(Self.content) {
            // A repeated header cell does not begin another header.
            if block.columns.isEmpty || piece.row == nil || !block.rows.contains(piece.row ?? -1) { block = Block() }
            return
        }
        var column: ColumnID?
        if folded.containsAny(Self.procurementHeaders) {
            votes.weak.old += 1
            // 采购总金额（单位：万元，保留4位小数)
            if folded.containsAny(Self.fourDecimals) { reading.asksFourDecimals = true }
            column = "amount"
        } else if folded.contains(Self.chargeHeader) {
            votes.strong.new += 1
            column = "amount"
        } else if let entry = Self.columnMatcher.match(folded) {
            let label = Self.columnLabels[entry]
            if let edition = label.edition, label.column != "items" { votes.strong.add(edition) }
            column = label.column
        }
        if let row = piece.row { block.rows.insert(row) } else { block.loose += 1 }
        block.cells.append(column)
        if let column { block.grid.add(column, piece, in: stream) }
        // A merged header cell that was repeated stands for one column, as its values do.
        if column == nil || block.columns.last != .some(column) { block.columns.append(column) }
    }

    private static let content: Phrase = "信息内容"
    private static let procurementHeaders: [Phrase] = ["采购总金额", "采购金额"]
    private static let chargeHeader: Phrase = "收费金额"
    private static let fourDecimals: [Phrase] = ["4位小数", "四位小数", "4位有效小数", "小数点后4位"]

    private static let decided: [RowID] = ["licensing", "penalties", "coercion"]

    /// How many numbers a row has tells the edition where the header is lost: 行政许可 has three in 2019, one in 2021.
    private func vote(_ id: RowID, _ run: ValueRun, _ votes: inout Votes) {
        guard Self.decided.contains(id) else { return }
        let filled = run.cells.filter { !stream.pieces[$0].folded.isEmpty }.map { stream.pieces[$0].folded }
        if filled.count == 3, filled.contains(where: { $0 != filled[0] }) { votes.strong.old += 1 }
        if filled.count == 1 { votes.strong.new += 1 }
    }

    private func place(
        _ form: RowForm,
        at index: Int,
        _ run: ValueRun,
        _ header: Block,
        _ reading: inout TableReading
    ) {
        let piece = stream.pieces[index]
        let positions = gridValues(form, index, header) ?? values(form, run, header)
        var cells: [CellReading] = []
        cells.reserveCapacity(form.columns.count)
        for column in form.columns {
            if let position = positions?[column] {
                cells.append(CellText.read(stream.pieces[position], kind: Form.kind(of: .disclosure, column)))
            } else {
                // Blank only where the next label follows at once; numbers may stand somewhere else.
                let isBlank = positions == nil && run.cells.isEmpty && nothingFollows(index)
                cells.append(CellReading(isBlank ? .blank : .notRead, in: piece, words: run.text(in: stream.pieces)))
            }
        }
        let row = RowReading(
            label: piece.raw,
            source: piece.source,
            cells: SmallDictionary(distinct: form.columns, cells)
        )
        guard let existing = reading.rows[form.id] else {
            reading.rows.append(form.id, row)
            return
        }
        for (column, cell) in row.cells where existing.cells[column]?.state != cell.state {
            reading.rows[form.id]?.cells[column]?.state = .notRead
        }
    }

    /// Which cell holds which column, by the header over it.
    private func gridValues(_ form: RowForm, _ index: Int, _ header: Block) -> SmallDictionary<ColumnID, Int>? {
        header.grid.cells(behind: index, form.columns, in: stream)
    }

    /// Which cell holds which column. The block's own header gives the columns; where a converter lost parts of it, the
    /// official order holds; where it shows another form's columns or an order that it does not prove, nothing is read.
    private func values(_ form: RowForm, _ run: ValueRun, _ header: Block) -> SmallDictionary<ColumnID, Int>? {
        var columns = form.columns
        let isOfficial = header.columns.elementsEqual(columns) { $0 == $1 }
        let known = isOfficial ? columns : header.columns.compactMap(\.self)
        let isWhole =
            isOfficial
            || known.count == header.columns.count && !known.isEmpty
                && known.indices.allSatisfy { known.firstIndex(of: known[$0]) == $0 }
        if isWhole, !isOfficial {
            if columns.allSatisfy(known.contains) {
                guard header.isInOrder || known.filter(columns.contains) == columns else { return nil }
                columns = known
            } else if !columns.contains(where: known.contains) {
                return nil
            }
        }
        // 本年增/减 | 本年增/减 over 0 | 0: a merged column printed twice, value and all.
        if run.isBounded, header.isInOrder, isWhole, header.cells.count > columns.count,
            header.cells.count == run.cells.count
        {
            var cells = SmallDictionary<ColumnID, Int>()
            for (column, position) in zip(header.cells, run.cells) {
                if let column, cells[column] == nil { cells[column] = position }
            }
            return cells
        }
        guard let positions = run.values(columns.count, in: stream.pieces, alignment: .left) else { return nil }
        return SmallDictionary(distinct: columns, positions)
    }

    /// Whether the next filled piece is another label: then the row has no values.
    private func nothingFollows(_ index: Int) -> Bool {
        if stream.pieces[index].folded.scalars.contains(where: \.isASCIIDigit) { return false }
        guard let next = (index + 1..<range.upperBound).first(where: { !stream.pieces[$0].folded.isEmpty }) else {
            return true
        }
        let folded = stream.pieces[next].folded
        return isBlockTitle(folded) || folded.hasPrefix(Self.content) || Self.isRowLabel(folded)
    }

    /// As in table 3: exactly the missing rows between two known ones, with something in common.
    private func placeUnknown(
        _ unknown: [(index: Int, run: ValueRun)],
        _ forms: [RowForm],
        _ found: [(id: RowID, index: Int)],
        _ reading: inout TableReading
    ) {
        for row in unknown {
            let piece = stream.pieces[row.index]
            let before = found.last { $0.index < row.index }?.id
            let after = found.first { $0.index > row.index }?.id
            let start = before.flatMap { id in forms.firstIndex { $0.id == id } }.map { $0 + 1 } ?? 0
            let end = after.flatMap { id in forms.firstIndex { $0.id == id } } ?? forms.count
            let gap = start < end ? forms[start..<end].filter { reading.rows[$0.id] == nil } : []
            let label = LabelKey(piece.folded)
            if gap.count == 1, let form = gap.first, !Set(label.han).isDisjoint(with: LabelKey(form.label).han) {
                place(form, at: row.index, row.run, Block(), &reading)
            } else {
                reading.unplaced.append(UnplacedRow(label: piece.raw.trimmingBlanks(), source: piece.source))
            }
        }
    }
}
