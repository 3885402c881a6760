/// The labels of a table's rows: which row of numbers each belongs to, and which stand for several rows.
///
/// A label of several lines stands round the numbers of its row, above or below them; labels for groups stand in columns
/// of their own, left of those of the rows.
struct PDFLabels {
    /// A label with the rows that it stands for.
    struct Placed {
        var cell: PDFCellText
        var rows: Range<Int>
        /// Whether it stands for single rows rather than a group.
        var isLeaf: Bool
        /// The column of labels, from 0.
        var column = 0
    }

    /// A row: the level of its numbers, or a label without any.
    struct Line {
        /// Index of the row of numbers; nil when all its cells are blank.
        var values: Int?
        var page: Int
        var top: Double
        var bottom: Double
        /// Whether it holds few numbers: it may be what is left of a number that goes over several lines.
        var isSparse = false
    }

    private(set) var lines: [Line]
    private(set) var placed: [Placed] = []
    /// Number of columns that labels take.
    private(set) var columnCount = 0

    /// `cells` are all labels, `rows` the rows of numbers with their heights, in the order of reading.
    init(cells: [PDFCellText], rows: [Line]) {
        lines = rows
        guard !rows.isEmpty else {
            // A table of blank cells: each label is a row.
            for cell in cells {
                placed.append(Placed(cell: cell, rows: lines.count..<(lines.count + 1), isLeaf: true))
                lines.append(Line(values: nil, page: cell.page, top: cell.box.top, bottom: cell.box.bottom))
            }
            columnCount = 1
            return
        }
        let sorted = cells.sorted { ($0.page, $0.box.middleY) < ($1.page, $1.box.middleY) }
        assign(sorted)
        makeColumns()
        spreadGroups()
    }

    // MARK: - Labels of rows

    private mutating func assign(_ cells: [PDFCellText]) {
        var byRow: [[PDFCellText]] = Array(repeating: [], count: lines.count)
        var row = 0
        for cell in cells {
            while row + 1 < lines.count, Self.distance(cell, lines[row + 1]) <= Self.distance(cell, lines[row]) {
                row += 1
            }
            // Cells come by their middles; a neighbour above may still be nearer.
            var nearest = row
            while nearest > 0, Self.distance(cell, lines[nearest - 1]) < Self.distance(cell, lines[nearest]) {
                nearest -= 1
            }
            byRow[nearest].append(cell)
        }
        var groups: [(PDFCellText, Int)] = []
        var leaves: [PDFCellText?] = []
        var extra: [(cell: PDFCellText, after: Int)] = []
        for index in lines.indices {
            let candidates = byRow[index]
            // The row's own label is the one nearest to its numbers.
            guard
                let own = candidates.max(by: {
                    ($0.box.left, -Self.distance($0, lines[index])) < ($1.box.left, -Self.distance($1, lines[index]))
                })
            else {
                leaves.append(nil)
                continue
            }
            var leaf: PDFCellText? = nil
            let level = candidates.filter { $0.box.overlapX(own.box) > 0 }
            let aside = candidates.filter { $0.box.overlapX(own.box) <= 0 }
            let chosen = level.min { Self.distance($0, lines[index]) < Self.distance($1, lines[index]) } ?? own
            for cell in level {
                if cell.box.middleY == chosen.box.middleY && cell.firstOrder == chosen.firstOrder {
                    if var known = leaf { known.append(cell); leaf = known } else { leaf = cell }
                } else if cell.number == nil, chosen.number != nil, cell.box.middleY < chosen.box.middleY,
                    let above = leaves.last ?? nil, abs(cell.box.left - above.box.left) < cell.em
                {
                    // A numbered label begins with its number: what stands above it goes on with the label before, from
                    // the page before perhaps.
                    leaves[leaves.count - 1]?.append(cell)
                } else if cell.number == nil, Self.gap(cell, chosen) < 0.7 * cell.em {
                    // A line of it that was not seen to be one.
                    if var known = leaf { known.append(cell); leaf = known } else { leaf = cell }
                } else {
                    extra.append((cell, cell.box.middleY < chosen.box.middleY ? index : index + 1))
                }
            }
            leaves.append(leaf)
            for cell in aside { groups.append((cell, index)) }
        }
        insert(extra, &leaves, &groups)
    }

    /// Rows without numbers: their cells are all blank.
    private mutating func insert(
        _ extra: [(cell: PDFCellText, after: Int)],
        _ leaves: inout [PDFCellText?],
        _ groups: inout [(PDFCellText, Int)]
    ) {
        for (cell, at) in extra.reversed() {
            // 2.其他法律行政法规禁 ⏎ 止公开: a numbered label right above one without a number is its beginning.
            if cell.number != nil, at < leaves.count, let below = leaves[at], below.number == nil,
                Self.gap(cell, below) < 2 * cell.em, abs(cell.box.left - below.box.left) < 3 * cell.em
            {
                var whole = cell
                whole.append(below)
                leaves[at] = whole
                continue
            }
            if at > 0, at <= leaves.count, leaves[at - 1] == nil {
                leaves[at - 1] = cell
            } else if at < leaves.count, leaves[at] == nil {
                leaves[at] = cell
            } else {
                lines.insert(Line(values: nil, page: cell.page, top: cell.box.top, bottom: cell.box.bottom), at: at)
                leaves.insert(cell, at: at)
                for index in groups.indices where groups[index].1 >= at { groups[index].1 += 1 }
            }
        }
        for (index, leaf) in leaves.enumerated() {
            if let leaf { placed.append(Placed(cell: leaf, rows: index..<(index + 1), isLeaf: true)) }
        }
        for (cell, row) in groups { placed.append(Placed(cell: cell, rows: row..<(row + 1), isLeaf: false)) }
    }

    /// How far the middle of a row is from a label; 0 inside it.
    private static func distance(_ cell: PDFCellText, _ line: Line) -> Double {
        let offset = Double(cell.page - line.page) * PDFLimits.coordinate
        let middle = (line.top + line.bottom) / 2
        let inside = max(cell.box.top + offset - middle, middle - cell.box.bottom - offset, 0)
        // Inside two labels, the nearer middle decides.
        return inside + 0.01 * abs(cell.box.middleY + offset - middle) + (line.isSparse ? 0.35 * cell.em : 0)
    }

    private static func gap(_ one: PDFCellText, _ other: PDFCellText) -> Double {
        one.page == other.page ? -one.box.overlapY(other.box) : .infinity
    }

    // MARK: - Columns of labels

    private mutating func makeColumns() {
        var extents = PDFColumns.unions(placed.filter { !$0.isLeaf }.map(\.cell.extent))
        // Too many to be columns: what this is cannot be told.
        if extents.count >= PDFLimits.labelColumns { extents = [] }
        columnCount = extents.count + 1
        let styles = extents.map { extent in
            placed.filter { !$0.isLeaf && $0.cell.extent.overlaps(extent) }.compactMap {
                $0.cell.number?.style.rawValue
            }.min()
        }
        for index in placed.indices {
            let cell = placed[index].cell
            let level = extents.indices.first { column in
                if extents[column].overlaps(cell.extent) || cell.box.left <= extents[column].upperBound { return true }
                // （一） does not stand under （三）, wherever it is aligned.
                guard let own = cell.number?.style.rawValue, let style = styles[column] else { return false }
                return own <= style
            }
            placed[index].column = level ?? extents.count
        }
    }

    // MARK: - Groups

    /// A label of a group stands in the middle of its rows, or at their top. Its rows are those with a label of their own
    /// to its right, from one numbered 1 to the next one numbered 1, and up to half way to the next group.
    private mutating func spreadGroups() {
        var leafOf: [Int?] = Array(repeating: nil, count: lines.count)
        for (index, label) in placed.enumerated() where label.isLeaf { leafOf[label.rows.lowerBound] = index }
        let leaves = leafOf.map { $0.map { placed[$0] } }
        var groups: [[Int]] = Array(repeating: [], count: columnCount)
        for (index, label) in placed.enumerated() where !label.isLeaf { groups[label.column].append(index) }
        for column in groups {
            let homes = Set(column.map { placed[$0].rows.lowerBound })
            for index in column {
                let group = placed[index]
                let isMember = { (row: Int) -> Bool in leaves[row].map { $0.column > group.column } ?? false }
                let home = group.rows.lowerBound
                guard isMember(home) else { continue }
                var first = home
                while first > 0, isMember(first - 1), !opens(leaves[first], under: group), !homes.contains(first - 1) {
                    first -= 1
                }
                var end = home + 1
                while end < lines.count, isMember(end), !opens(leaves[end], under: group), !homes.contains(end) {
                    end += 1
                }
                placed[index].rows = first..<end
            }
            partOverlaps(column.sorted { placed[$0].rows.lowerBound < placed[$1].rows.lowerBound })
        }
    }

    /// Where no numbers part two groups of a column, the lower takes what is from its own label on.
    private mutating func partOverlaps(_ groups: [Int]) {
        for (upper, lower) in zip(groups, groups.dropFirst()) where placed[upper].rows.overlaps(placed[lower].rows) {
            let rows = placed[upper].rows
            let start = min(max(placed[lower].rows.lowerBound, rows.lowerBound + 1), rows.upperBound)
            placed[upper].rows = rows.lowerBound..<start
            placed[lower].rows = start..<max(start + 1, placed[lower].rows.upperBound)
        }
    }

    /// Whether a label is the first of a group.
    private func opens(_ leaf: Placed?, under group: Placed) -> Bool {
        guard let leaf, leaf.column == group.column + 1 else { return false }
        return leaf.cell.number?.value == 1
    }
}
