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
    /// What stands over the labels.
    private(set) var corner: PDFCellText?
    /// Names of which it cannot be told whose they are.
    private(set) var unplaced: [PDFCellText] = []

    /// `fragments` are the lines of all cells above the numbers; `columns` gains the columns without any number.
    /// Where `needsCorner`, a name too many is that of the labels: `corner`.
    init(fragments: [PDFCellText], columns: inout PDFColumns, drawnByCell: Bool, needsCorner: Bool) {
        var stacks: [PDFCellText] = []
        var upper: [PDFCellText] = []
        // From the bottom up: what has nothing of the header under it names a column.
        for fragment in fragments.sorted(by: { ($0.page, $0.box.middleY) > ($1.page, $1.box.middleY) }) {
            let below = stacks.indices.filter { Self.covers(fragment, stacks[$0]) }
            if below.isEmpty {
                stacks.append(fragment)
            } else if below.count == 1, !upper.contains(where: { $0.box.overlapX(fragment.box) > 0 }),
                fragment.goesOn(in: stacks[below[0]], drawnByCell: drawnByCell)
                    || Self.isParted(fragment, stacks[below[0]])
            {
                var cell = fragment
                cell.append(stacks[below[0]])
                stacks[below[0]] = cell
            } else {
                upper.append(fragment)
            }
        }
        stacks.sort { $0.box.middleX < $1.box.middleX }
        if needsCorner, stacks.count > columns.extents.count, stacks.count > 1 { corner = stacks.removeFirst() }
        let names = PDFColumnNames(stacks, columns: &columns)
        leaves = names.leaves
        unplaced = names.unplaced
        makeTiers(
            (upper + names.upper).sorted { ($0.page, $0.box.middleY) > ($1.page, $1.box.middleY) },
            columns,
            drawnByCell
        )
    }

    /// Whether the end of a page parts the lines of a name. What stands over a page's end and what stands under the next
    /// one's beginning may be two cells as well, so only the names of the form are put together.
    private static func isParted(_ upper: PDFCellText, _ lower: PDFCellText) -> Bool {
        guard upper.page + 1 == lower.page else { return false }
        let offset = min(abs(upper.box.middleX - lower.box.middleX), abs(upper.box.left - lower.box.left))
        let text = (upper.lines + lower.lines).map { PDFText.join($0) }.joined()
        return offset < 0.5 * lower.em && names.contains { $0.hasSuffix(text) }
    }

    private static let names = [
        "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计", "结果维持", "结果纠正", "其他结果", "尚未审结",
        "本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量", "上一年项目数量", "处理决定数量", "采购项目数量", "采购总金额",
        "本年新制作数量", "本年新公开数量", "对外公开总数量",
    ]

    private static func covers(_ upper: PDFCellText, _ lower: PDFCellText) -> Bool {
        upper.box.overlapX(lower.box) > 0.25 * min(upper.box.width, lower.box.width)
    }

    // MARK: - Names over several columns

    /// Whether `cell` shares a line with every one of `row` and stands under none: one of them may go over more lines.
    private static func isBeside(_ cell: PDFCellText, _ row: [PDFCellText]) -> Bool {
        row.allSatisfy { other in
            other.box.overlapX(cell.box) <= 0
                && other.box.overlapY(cell.box) > 0.5 * min(other.box.height, cell.box.height)
        }
    }

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
        for cell in cells.sorted(by: { ($0.page, $0.box.middleY) < ($1.page, $1.box.middleY) }) {
            if let row = rows.last, let last = row.last, last.page == cell.page,
                cell.box.middleY - last.box.middleY < 0.3 * cell.em || Self.isBeside(cell, row)
            {
                rows[rows.count - 1].append(cell)
            } else {
                rows.append([cell])
            }
        }
        var above: [Range<Int>] = []
        for (tier, row) in rows.enumerated() {
            let row = row.sorted { $0.box.middleX < $1.box.middleX }
            let spans = Partition(row, columns: columns, leaves: leaves, above: above, isLowest: tier == rows.count - 1)
                .best()
            above += spans
            tiers.append(zip(row, spans).map { Spanning(cell: $0, columns: $1) })
        }
    }
}

/// Which columns each of several names beside each other stands over: each in the middle of its own.
private struct Partition {
    let names: [PDFCellText]
    let columns: PDFColumns
    let leaves: [PDFCellText?]
    private let texts: [String]
    /// Whether nothing but the names of columns stands under them.
    let isLowest: Bool
    /// What names further up stand over.
    let above: [Range<Int>]

    init(_ names: [PDFCellText], columns: PDFColumns, leaves: [PDFCellText?], above: [Range<Int>], isLowest: Bool) {
        self.isLowest = isLowest
        self.names = names
        self.columns = columns
        self.leaves = leaves
        texts = leaves.map { $0.map { String($0.text.unicodeScalars.filter { $0 != "\n" }) } ?? "" }
        self.above = above
    }

    /// What a column left out costs, in squared widths of a column.
    private static let omission = 0.2
    /// What names of columns at different heights under one name cost: a name that also covers the row of its neighbours
    /// stands higher.
    private static let unevenness = 0.5

    /// What standing a column's width off the middle costs.
    private static let eccentricity = 6.0

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

    /// Whether every name of a column occurs as often as every other: groups of columns are complete.
    private func isEven(_ range: Range<Int>) -> Bool {
        var counts: [String: Int] = [:]
        for index in range { counts[texts[index], default: 0] += 1 }
        return Set(counts.values).count <= 1
    }

    /// Whether the names of columns stand on one level, by their tops, middles or bottoms.
    private func isLevel(_ range: Range<Int>, within tolerance: Double) -> Bool {
        let boxes = range.compactMap { leaves[$0]?.box }
        return [boxes.map(\.top), boxes.map(\.middleY), boxes.map(\.bottom)].contains { levels in
            guard let low = levels.min(), let high = levels.max() else { return true }
            return high - low <= tolerance
        }
    }

    private func misfit(_ name: PDFCellText, _ range: Range<Int>) -> Double {
        let count = Double(columns.extents.count)
        let width = max(1, (columns.border(columns.extents.count) - columns.border(0)) / count)
        // Names of columns stand in the middle of them more surely than numbers do.
        let first = leaves[range.lowerBound]?.box.middleX
        let last = leaves[range.upperBound - 1]?.box.middleX
        let borders = (columns.border(range.lowerBound) + columns.border(range.upperBound)) / 2
        let middle = first.flatMap { first in last.map { (first + $0) / 2 } } ?? borders
        let offset = (middle - name.box.middleX) / width
        var cost = Self.eccentricity * offset * offset
        if !isEven(range) { cost += Self.unevenness }
        if isLowest, !isLevel(range, within: 0.3 * name.em) { cost += Self.unevenness }
        if above.contains(range) { cost += Self.unevenness }
        // A name stands wholly under another or wholly beside it.
        for other in above where other.overlaps(range) {
            let isInside = other.lowerBound <= range.lowerBound && range.upperBound <= other.upperBound
            if !isInside { return .infinity }
        }
        return cost
    }
}
