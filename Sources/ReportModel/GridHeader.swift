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

    /// Whether no header cell was found.
    var isEmpty: Bool { ranges.isEmpty }

    /// Notes that `column` stands in `piece`; pieces without a place in a grid are passed over.
    mutating func add(_ column: ColumnID, _ piece: Piece, in stream: PieceStream) {
        guard let span = piece.span, let row = piece.row, let grid = stream.grid(of: row) else { return }
        if self.grid == nil { self.grid = grid }
        guard self.grid == grid else { return }
        if let known = ranges[column], known != span.columnRange { doubtful.insert(column) }
        ranges[column] = span.columnRange
    }

    /// The cells of `row` under each of `columns`, when every one of them is under exactly one cell of its own.
    func cells(of row: Int, _ columns: [ColumnID], in stream: PieceStream) -> [ColumnID: Int]? {
        guard let own = stream.grid(of: row), own == grid || stream.width(ofGrid: own) == grid.map(stream.width) else {
            return nil
        }
        let spans = stream.rows[row].map { (index: $0, columns: stream.pieces[$0].span?.columnRange ?? 0..<0) }
        var result: [ColumnID: Int] = Dictionary(minimumCapacity: columns.count)
        var used: [Int] = []
        for column in columns {
            guard let range = ranges[column], !doubtful.contains(column),
                let cell = spans.first(where: { $0.columns.overlaps(range) })?.index,
                spans.last(where: { $0.columns.overlaps(range) })?.index == cell, !used.contains(cell)
            else { return nil }
            used.append(cell)
            result[column] = cell
        }
        return result
    }

    /// The columns of the form from left to right.
    var order: [ColumnID] { ranges.sorted { $0.value.lowerBound < $1.value.lowerBound }.map(\.key) }
}
