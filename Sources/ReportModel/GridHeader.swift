import ChineseText
import DocumentModel

/// Which columns of a grid bear which column of the form, told by the header cells that stand over them.
///
/// Flattened text leaves only order and number to go by. docx, html and pdf say which columns a cell covers, and a number
/// belongs to the header above it: that proves a value also where a neighbour is missing, where a column of the office's own
/// stands in between, or where the columns are in another order.
struct GridHeader {
    /// The grid that the header stands in.
    private(set) var grid: Int?
    private var ranges: [ColumnID: Range<Int>] = [:]
    /// Columns whose header was found in two places: they prove nothing.
    private var doubtful: Set<ColumnID> = []

    /// Notes that `column` stands in `piece`; pieces without a place in a grid are passed over.
    mutating func add(_ column: ColumnID, _ piece: Piece, in stream: PieceStream) {
        guard let span = piece.span, let row = piece.row, let grid = stream.grid(of: row) else { return }
        if self.grid == nil { self.grid = grid }
        guard self.grid == grid else { return }
        if let known = ranges[column], known != span.columnRange { doubtful.insert(column) }
        ranges[column] = span.columnRange
    }

    /// The cells under each of `columns` in the row of the label at `label`, when every one of them is under exactly one cell
    /// of its own behind the label.
    ///
    /// A row that lost a cell in front and got an empty one at its end stands one column too far left. A number between its
    /// label and the first column shows it; then its numbers are not under their headers, and it is left to counting.
    func cells(behind label: Int, _ columns: [ColumnID], in stream: PieceStream) -> SmallDictionary<ColumnID, Int>? {
        guard let row = stream.pieces[label].row, let own = stream.grid(of: row),
            own == grid || stream.width(ofGrid: own) == grid.map(stream.width)
        else {
            return nil
        }
        let spans = stream.rows[row].map { (index: $0, columns: stream.pieces[$0].span?.columnRange ?? 0..<0) }
        var used: [Int] = []
        for column in columns {
            guard let range = ranges[column], !doubtful.contains(column),
                let cell = spans.first(where: { $0.columns.overlaps(range) })?.index,
                spans.last(where: { $0.columns.overlaps(range) })?.index == cell, !used.contains(cell)
            else { return nil }
            used.append(cell)
        }
        guard let first = used.min(), let last = used.max(), first > label else { return nil }
        let isShifted =
            stream.pieces[last].folded.isEmpty
            && (label + 1..<first).contains { index in
                let folded = stream.pieces[index].folded
                return !folded.isEmpty && stream.pieces[index].isValueLike
            }
        return isShifted ? nil : SmallDictionary(distinct: columns, used)
    }
}
