import ChineseText
import DocumentModel

/// Reads table 4, 政府信息公开行政复议、行政诉讼情况: one row of fifteen numbers in three groups that share their headers, so only
/// the order of the groups tells them apart.
struct DisputesReader {
    private static let outcomes: [(Phrase, ColumnID)] = [
        ("结果维持", "upheld"), ("结果纠正", "corrected"), ("其他结果", "other"), ("尚未审结", "pending"), ("总计", "total"),
        ("合计", "total"),
    ]

    private static let headers: LabelMatcher<ColumnID> = {
        var matcher = LabelMatcher<ColumnID>()
        for (phrase, column) in outcomes { matcher.add(FoldedText(phrase).string, column) }
        return matcher
    }()

    private static let groups: LabelMatcher<RowID> = {
        var matcher = LabelMatcher<RowID>()
        matcher.add("行政复议", "reconsideration")
        matcher.add("行政诉讼", "litigationGroup")
        matcher.add("未经复议直接起诉", "litigation")
        matcher.add("复议后起诉", "litigationAfterReconsideration")
        return matcher
    }()

    /// Whether a header of table 4 stands in this piece: used to find a table without its heading.
    static func isHeader(_ folded: FoldedText) -> Bool {
        guard folded.count <= 12, let column = headers.match(folded) else { return false }
        return column != "total"
    }

    let stream: PieceStream
    let range: Range<Int>

    /// The outcome of reading: nothing of the table is there; something is, but the numbers are not certain; or the table.
    func read() -> TableReading? {
        var leaves: [ColumnID] = []
        var groupOrder: [RowID] = []
        var lastHeader: Int?
        var source = SourceSpan()
        for index in range where !stream.isProse(index) {
            let folded = stream.pieces[index].folded
            if folded.count > 12 || folded.isEmpty { continue }
            if let group = Self.groups.match(folded) {
                if !groupOrder.contains(group) { groupOrder.append(group) }
            } else if let column = Self.headers.match(folded) {
                leaves.append(column)
            } else {
                continue
            }
            if lastHeader == nil { source = stream.pieces[index].source }
            lastHeader = index
        }
        guard let lastHeader, leaves.count >= 4 else { return nil }
        var reading = TableReading(.disputes, source: source)
        let order = self.groupOrder(groupOrder)
        let columns = columnOrder(leaves)
        let values = numbers(after: lastHeader)
        for (groupIndex, group) in order.enumerated() {
            var row = RowReading(label: Form.rowName(.disputes, group), source: source, cells: [:])
            for (offset, column) in columns.enumerated() {
                if let values {
                    let piece = stream.pieces[values[groupIndex * 5 + offset]]
                    row.cells[column] = CellText.read(piece.raw, piece.folded, kind: .count, source: piece.source)
                } else {
                    row.cells[column] = CellReading(.notRead, text: "", source: source)
                }
            }
            reading.rows[group] = row
        }
        return reading
    }

    /// The fifteen cells under the header, when their number proves which is which.
    private func numbers(after header: Int) -> [Int]? {
        var candidates: [Int] = []
        var bounded = true
        var row: Int?
        var index = header + 1
        while index < range.upperBound {
            let piece = stream.pieces[index]
            if piece.row == nil, !CellText.isValueLike(piece.folded) { break }
            let startsRow = piece.row != nil && piece.row != row
            // One row holds them all; the next bounded row would be another one.
            if startsRow, piece.rowIsBounded, candidates.contains(where: { !stream.pieces[$0].folded.isEmpty }) {
                break
            }
            if startsRow, piece.rowIsBounded { candidates = [] }
            row = piece.row
            bounded = bounded && piece.rowIsBounded
            candidates.append(index)
            index += 1
        }
        // Padding after the header's own row.
        if !bounded { candidates = Array(candidates.drop { stream.pieces[$0].folded.isEmpty }) }
        return ValueRun(cells: candidates, isBounded: bounded).values(15, in: stream.pieces, alignment: .left)
    }

    private func groupOrder(_ found: [RowID]) -> [RowID] {
        let order = found.filter { $0 != "litigationGroup" }
        let official: [RowID] = ["reconsideration", "litigation", "litigationAfterReconsideration"]
        return Set(order) == Set(official) ? order : official
    }

    private func columnOrder(_ leaves: [ColumnID]) -> [ColumnID] {
        let first = Array(leaves.prefix(5))
        return Set(first) == Set(Form.disputeColumns) ? first : Form.disputeColumns
    }
}

extension FoldedText {
    /// The text of a phrase.
    init(_ phrase: Phrase) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: phrase.scalars)
        self.init(String(view))
    }
}
