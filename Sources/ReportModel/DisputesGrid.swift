import ChineseText
import DocumentModel

/// Table 4 in another shape than the form's one row of fifteen: groups or outcomes as rows, one table a group, groups one below
/// the other, merged headers repeated in every cell.
///
/// In a grid every number stands under or behind its headers. It is read only when each of the fifteen has exactly one cell
/// and no cell has two headers that contradict each other.
struct DisputesGrid {
    let stream: PieceStream
    let range: Range<Int>

    private typealias Group = DisputesReader.Group

    /// What a header cell says.
    private struct Header {
        var group: Group?
        var outcome: ColumnID?
    }

    /// A header that reaches down into further rows.
    private struct Reaching {
        var header: Header
        var column: Int
        var end: Int
    }

    /// The cells by group and outcome; nil unless all fifteen are certain.
    func cells() -> [RowID: [ColumnID: Int]]? {
        var found: [RowID: [ColumnID: [Int]]] = [:]
        var context: Group?
        var index = range.lowerBound
        while index < range.upperBound {
            guard let row = stream.pieces[index].row else {
                context = Self.caption(stream.pieces[index].folded) ?? context
                index += 1
                continue
            }
            guard let grid = stream.grid(of: row) else { return nil }
            let rows = stream.rows(ofGrid: grid)
            read(rows, context, into: &found)
            index = max(index + 1, rows.last.map { stream.rows[$0].upperBound } ?? index + 1)
        }
        var result: [RowID: [ColumnID: Int]] = [:]
        for group in ["reconsideration", "litigation", "litigationAfterReconsideration"] as [RowID] {
            for column in Form.disputeColumns {
                guard let cell = only(found[group]?[column] ?? []) else { return nil }
                result[group, default: [:]][column] = cell
            }
        }
        return result
    }

    /// Of several cells all but one may be empty: rows that were left over.
    private func only(_ cells: [Int]) -> Int? {
        if cells.count <= 1 { return cells.first }
        let filled = cells.filter { !stream.pieces[$0].folded.isEmpty }
        return filled.count == 1 ? filled[0] : nil
    }

    /// Goes down the rows of a grid with the nearest headers above each column and, from left to right, those beside.
    private func read(_ rows: Range<Int>, _ context: Group?, into found: inout [RowID: [ColumnID: [Int]]]) {
        var above: [Int: Header] = [:]
        var reaching: [Reaching] = []
        for row in rows {
            reaching.removeAll { $0.end <= row }
            var waiting = reaching.sorted { $0.column < $1.column }[...]
            var beside = Header()
            for index in stream.rows[row] {
                guard range.contains(index), let span = stream.pieces[index].span else { continue }
                while let next = waiting.first, next.column < span.column {
                    beside = Self.joined(beside, next.header)
                    waiting.removeFirst()
                }
                let folded = stream.pieces[index].folded
                let own = Header(group: DisputesReader.group(folded), outcome: DisputesReader.outcome(folded))
                if own.group != nil || own.outcome != nil {
                    for column in span.columnRange { above[column] = Self.joined(above[column], own) }
                    beside = Self.joined(beside, own)
                    if span.rows > 1 {
                        reaching.append(Reaching(header: own, column: span.column, end: row + span.rows))
                    }
                } else if CellText.isValueLike(folded), let over = Self.common(span.columnRange.map { above[$0] }),
                    let group = over.group == nil && beside.group == nil
                        ? context : Self.agreed(over.group, beside.group),
                    let name = Self.names[group],
                    let outcome = Self.agreed(over.outcome, beside.outcome)
                {
                    found[name, default: [:]][outcome, default: []].append(index)
                }
            }
        }
    }

    private static let names: [Group: RowID] = [
        .reconsideration: "reconsideration", .direct: "litigation",
        .afterReconsideration: "litigationAfterReconsideration",
    ]

    /// The nearer header replaces the farther one of its kind.
    private static func joined(_ old: Header?, _ new: Header) -> Header {
        Header(group: new.group ?? old?.group, outcome: new.outcome ?? old?.outcome)
    }

    /// What stands above all columns of a cell; nil where they differ.
    private static func common(_ headers: [Header?]) -> Header? {
        let first = headers.first ?? nil
        let isSame = headers.allSatisfy { $0?.group == first?.group && $0?.outcome == first?.outcome }
        return isSame ? first ?? Header() : nil
    }

    private static func agreed<Value: Hashable>(_ above: Value?, _ beside: Value?) -> Value? {
        guard let above, let beside else { return above ?? beside }
        return above == beside ? above : nil
    }

    /// The group that a line over a table of its own names: （二）未经复议直接起诉情况. 行政复议、行政诉讼 together name none.
    private static func caption(_ folded: FoldedText) -> Group? {
        guard folded.count <= 24, !folded.has("。") else { return nil }
        if folded.contains("复议后起诉") { return .afterReconsideration }
        if folded.contains("未经复议") { return .direct }
        if folded.contains("诉讼") { return .litigations }
        return folded.contains("行政复议") ? .reconsideration : nil
    }
}
