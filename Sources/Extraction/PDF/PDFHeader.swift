/// The header of a table: one name for each column, and names over several.
struct PDFHeader {
    /// A cell of the header, in columns of numbers.
    struct Spanning {
        var cell: PDFCellText
        var columns: Range<Int>
    }

    /// Rows of names over several columns, top to bottom.
    private(set) var tiers: [[Spanning]] = []
    /// The name of each column; nil where there is none.
    private(set) var leaves: [PDFCellText?] = []

    /// `fragments` are the lines of all cells above the numbers; `columns` gains the columns without any number.
    init(fragments: [PDFCellText], columns: inout PDFColumns, drawnByCell: Bool) {
        var stacks: [PDFCellText] = []
        var upper: [PDFCellText] = []
        // From the bottom up: what has nothing of the header under it names a column.
        for fragment in fragments.sorted(by: { $0.box.middleY > $1.box.middleY }) {
            let below = stacks.indices.filter { Self.covers(fragment, stacks[$0]) }
            if below.isEmpty {
                stacks.append(fragment)
            } else if below.count == 1, !upper.contains(where: { $0.box.overlapX(fragment.box) > 0 }),
                fragment.goesOn(in: stacks[below[0]], drawnByCell: drawnByCell)
            {
                var cell = fragment
                cell.append(stacks[below[0]])
                stacks[below[0]] = cell
            } else {
                upper.append(fragment)
            }
        }
        stacks.sort { $0.box.middleX < $1.box.middleX }
        leaves = Self.assign(stacks, to: &columns)
        makeTiers(upper, columns, drawnByCell)
    }

    private static func covers(_ upper: PDFCellText, _ lower: PDFCellText) -> Bool {
        upper.box.overlapX(lower.box) > 0.25 * min(upper.box.width, lower.box.width)
    }

    /// Names beside each other to columns beside each other.
    private static func assign(_ stacks: [PDFCellText], to columns: inout PDFColumns) -> [PDFCellText?] {
        if stacks.count == columns.extents.count { return stacks }
        // Names that stand over no number: their columns are blank all the way down.
        if stacks.count > columns.extents.count {
            for stack in stacks where !columns.extents.contains(where: { $0.overlap(stack.extent) > 0 }) {
                columns.add(stack.extent)
            }
            if stacks.count == columns.extents.count { return stacks }
        }
        var result: [PDFCellText?] = Array(repeating: nil, count: columns.extents.count)
        for stack in stacks {
            guard let index = columns.index(at: stack.box.middleX) else { continue }
            if var known = result[index] {
                known.append(stack)
                result[index] = known
            } else {
                result[index] = stack
            }
        }
        return result
    }

    // MARK: - Names over several columns

    private mutating func makeTiers(_ upper: [PDFCellText], _ columns: PDFColumns, _ drawnByCell: Bool) {
        var cells: [PDFCellText] = []
        for fragment in upper.reversed() {
            if let last = cells.lastIndex(where: { $0.goesOn(in: fragment, drawnByCell: drawnByCell) }) {
                cells[last].append(fragment)
            } else {
                cells.append(fragment)
            }
        }
        var rows: [[PDFCellText]] = []
        for cell in cells.sorted(by: { $0.box.middleY < $1.box.middleY }) {
            if let last = rows.last, last.contains(where: { $0.box.overlapY(cell.box) > 0.3 * cell.em }),
                !last.contains(where: { $0.box.overlapX(cell.box) > 0 })
            {
                rows[rows.count - 1].append(cell)
            } else {
                rows.append([cell])
            }
        }
        var below: [Range<Int>] = []
        for row in rows.reversed() {
            let row = row.sorted { $0.box.middleX < $1.box.middleX }
            let spans = Partition(row, columns: columns, leaves: leaves, below: below).best()
            below = spans
            tiers.append(zip(row, spans).map { Spanning(cell: $0, columns: $1) })
        }
        tiers.reverse()
    }
}

/// Which columns each of several names beside each other stands over: each in the middle of its own.
private struct Partition {
    let names: [PDFCellText]
    let columns: PDFColumns
    let leaves: [PDFCellText?]
    let below: [Range<Int>]

    init(_ names: [PDFCellText], columns: PDFColumns, leaves: [PDFCellText?], below: [Range<Int>]) {
        self.names = names
        self.columns = columns
        self.leaves = leaves
        self.below = below
    }

    /// What a column left out costs, in squared widths of a column.
    private static let omission = 0.2
    /// What names of columns at different heights under one name cost: a name that also covers the row of its neighbours
    /// stands higher.
    private static let unevenness = 0.5

    /// The ranges with the least cost, by dynamic programming over columns.
    func best() -> [Range<Int>] {
        let count = columns.extents.count
        guard count > 0 else { return names.map { _ in 0..<0 } }
        // cost[n][c]: the first n names over the first c columns.
        var cost = Array(repeating: Array(repeating: Double.infinity, count: count + 1), count: names.count + 1)
        var choice = Array(repeating: Array(repeating: -1, count: count + 1), count: names.count + 1)
        cost[0] = (0...count).map { Double($0) * Self.omission }
        for name in names.indices {
            for end in 1...count {
                cost[name + 1][end] = cost[name + 1][end - 1] + Self.omission
                for start in 0..<end {
                    let total = cost[name][start] + misfit(names[name], start..<end)
                    if total < cost[name + 1][end] {
                        cost[name + 1][end] = total
                        choice[name + 1][end] = start
                    }
                }
            }
        }
        var spans: [Range<Int>] = []
        var end = count
        for name in names.indices.reversed() {
            while end > 0, choice[name + 1][end] < 0 { end -= 1 }
            let start = max(0, choice[name + 1][end])
            spans.append(start..<max(end, start))
            end = start
        }
        return spans.reversed()
    }

    private func misfit(_ name: PDFCellText, _ range: Range<Int>) -> Double {
        let count = Double(columns.extents.count)
        let width = max(1, (columns.border(columns.extents.count) - columns.left) / count)
        let middle = (columns.border(range.lowerBound) + columns.border(range.upperBound)) / 2
        let offset = (middle - name.box.middleX) / width
        var cost = offset * offset
        let heights = range.compactMap { leaves[$0]?.box.middleY }
        if let low = heights.min(), let high = heights.max(), high - low > 0.3 * name.em { cost += Self.unevenness }
        if range.count > 1, below.contains(range), below.count == 1 { cost += Self.unevenness }
        return cost
    }
}
