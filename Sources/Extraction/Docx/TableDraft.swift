/// A table while it is read: every `w:tc`, also those that only continue a merged cell.
struct TableDraft {
    /// What a cell says about its neighbours.
    enum Merge {
        case none, restarts, continues
    }

    /// A `w:tc`.
    struct Cell {
        var blocks: [MarkupBlock] = []
        /// Columns of the grid that it takes.
        var columns = 1
        /// Whether it belongs to the cell above.
        var vertical = Merge.none
        /// Whether it belongs to the cell on its left; only old files merge so.
        var horizontal = Merge.none
        /// Whether it was deleted while changes were tracked.
        var isDeleted = false
    }

    /// A `w:tr`.
    struct Row {
        /// Columns left free at the beginning.
        var columnsBefore = 0
        /// Whether it was deleted while changes were tracked.
        var isDeleted = false
        var cells: [Cell] = []
    }

    /// A merged cell that may go on in the next row.
    private struct Open {
        var row: Int
        var cell: Int
        var columns: Int
        /// Whether it began with a cell that continues one that is not there (a table split by a converter).
        var isOrphan: Bool
    }

    private(set) var rows: [Row] = []
    private var row: Row?
    private var cell: Cell?

    // MARK: - Reading

    /// Whether a row is being read, and no cell in it.
    var expectsCell: Bool { row != nil && cell == nil }
    /// Whether no row is being read.
    var expectsRow: Bool { row == nil }

    mutating func beginRow() { row = Row() }

    mutating func beginCell() { cell = Cell() }

    mutating func changeRow(_ body: (inout Row) -> Void) {
        guard var changed = row else { return }
        row = nil
        body(&changed)
        row = changed
    }

    mutating func changeCell(_ body: (inout Cell) -> Void) {
        guard var changed = cell else { return }
        body(&changed)
        cell = changed
    }

    mutating func endCell(with blocks: [MarkupBlock]) {
        guard var ended = cell else { return }
        ended.blocks = blocks
        cell = nil
        changeRow { $0.cells.append(ended) }
    }

    mutating func endRow() {
        if let row { rows.append(row) }
        row = nil
    }

    // MARK: - Cells that are there

    /// The table as the author sees it: merged cells once, deleted ones not at all.
    ///
    /// A cell that continues the one above shows nothing of its own in Word, so its text is dropped with it; only where the
    /// cell above is missing, its text is what the author sees.
    func finished() -> MarkupTable {
        var table = MarkupTable()
        var open: [Int: Open] = [:]
        for row in rows where !row.isDeleted {
            let cells = Self.joined(row.cells.filter { !$0.isDeleted })
            guard !cells.isEmpty || row.cells.isEmpty else { continue }
            var result: [MarkupCell] = []
            var stillOpen: [Int: Open] = [:]
            var column = row.columnsBefore
            for cell in cells {
                defer { column += cell.columns }
                if cell.vertical == .continues, let above = open[column], above.columns == cell.columns,
                    !above.isOrphan || cell.blocks.allSatisfy(\.isBlank)
                {
                    table.rows[above.row][above.cell].rowSpan += 1
                    stillOpen[column] = above
                    continue
                }
                if cell.vertical != .none {
                    stillOpen[column] = Open(
                        row: table.rows.count,
                        cell: result.count,
                        columns: cell.columns,
                        isOrphan: cell.vertical == .continues
                    )
                }
                result.append(
                    MarkupCell(
                        blocks: cell.blocks,
                        columnSpan: cell.columns,
                        columnsBefore: result.isEmpty ? row.columnsBefore : 0
                    )
                )
            }
            open = stillOpen
            table.rows.append(result)
        }
        return table
    }

    /// Cells of a row, those merged horizontally as one.
    private static func joined(_ cells: [Cell]) -> [Cell] {
        guard cells.contains(where: { $0.horizontal == .continues }) else { return cells }
        var result: [Cell] = []
        for cell in cells {
            if cell.horizontal == .continues, let left = result.last, left.horizontal != .none {
                result[result.count - 1].columns += cell.columns
            } else {
                result.append(cell)
            }
        }
        return result
    }
}

extension MarkupBlock {
    /// Whether nothing stands in it.
    fileprivate var isBlank: Bool {
        switch self {
        case .paragraph(let text): text.utf8.allSatisfy { $0 <= 0x20 }
        case .table: false
        case .picture: true
        }
    }
}
