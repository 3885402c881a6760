import ChineseText

/// The cells after a row's label, and the question which of them are the row's values.
///
/// Labels decide, not positions: converters add empty cells where cells were merged, drop empty cells, shift rows by a cell
/// and repeat merged cells. Every way of reading here is one in which the count proves which cell is which; when two ways
/// are possible, none is taken.
struct ValueRun {
    /// Positions in the stream, side by side.
    var cells: Range<Int>
    /// Whether the run ends where a bounded row ends.
    var isBounded: Bool

    /// What stands in the cells, for a reader of a row that was not understood.
    func text(in pieces: [Piece]) -> String {
        cells.map { pieces[$0].raw.trimmingBlanks() }.joined(separator: " | ")
    }

    /// Whether a cell that was marked as one holds a number or a short word without a number in front, as no label is.
    private func isCellOrWord(_ piece: Piece) -> Bool {
        // The last cell of a table may have lost its bar; it must be a number then.
        piece.isValueLike
            || (piece.row != nil && piece.folded.count <= 6 && LabelKey(piece.folded).number == nil)
    }

    /// Where the empty cells of merged ones stand: table 3 has its label columns before the values, table 2 has values
    /// right after the label and padding at the end.
    enum Alignment { case left, right }

    /// The positions of exactly `count` values, or nil when that is not certain.
    func values(_ count: Int, in pieces: [Piece], alignment: Alignment) -> [Int]? {
        var cells = cells
        if !isBounded {
            // A word in place of a number (若干, 详见附件): the cells are all there, so the count still proves them.
            if cells.count == count, cells.allSatisfy({ isCellOrWord(pieces[$0]) }) { return Array(cells) }
            // Without row ends, text that is no value ends the row; a number after it belongs to something else.
            cells = cells.lowerBound..<(cells.first { !pieces[$0].isValueLike } ?? cells.upperBound)
        }
        if cells.count == count { return Array(cells) }
        let filled = cells.filter { !pieces[$0].folded.isEmpty }
        // Empty cells on either side are padding; one in between is a blank that belongs to the row.
        if filled.count == count, let first = filled.first, let last = filled.last {
            // Without rows, empty pieces between the numbers are spacing, for more than the row has cells are there.
            if !isBounded || cells.filter({ $0 >= first && $0 <= last }).count == count { return filled }
        }
        if cells.count < count { return nil }
        if filled.isEmpty { return Array(cells.prefix(count)) }
        // A merged value cell that the converter repeated: 行政许可 | 112 | 112 | 112, perhaps with padding behind it.
        if count == 1, isBounded, Set(filled.map { pieces[$0].folded }).count == 1,
            filled.elementsEqual(cells.prefix(filled.count))
        {
            return [cells.lowerBound]
        }
        let excess = cells.count - count
        let leading = cells.prefix(excess).allSatisfy { pieces[$0].folded.isEmpty }
        let trailing = cells.suffix(excess).allSatisfy { pieces[$0].folded.isEmpty }
        let firstFilled = !pieces[cells.lowerBound].folded.isEmpty
        let lastFilled = !(cells.last.map { pieces[$0].folded.isEmpty } ?? true)
        switch alignment {
        case .left:
            return trailing && firstFilled ? Array(cells.prefix(count)) : nil
        case .right:
            if leading && lastFilled { return Array(cells.suffix(count)) }
            if trailing && firstFilled { return Array(cells.prefix(count)) }
            return nil
        }
    }
}
