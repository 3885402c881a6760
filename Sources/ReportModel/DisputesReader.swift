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

    /// The headers over groups of columns; `litigations` stands over the last two.
    enum Group: Hashable { case reconsideration, litigations, direct, afterReconsideration }

    private static let groups: LabelMatcher<Group> = {
        var matcher = LabelMatcher<Group>()
        matcher.add("行政复议", .reconsideration)
        matcher.add("行政诉讼", .litigations)
        matcher.add("未经复议直接起诉", .direct)
        matcher.add("复议后起诉", .afterReconsideration)
        return matcher
    }()

    /// The group or the outcome that a cell is the header of.
    static func group(_ folded: FoldedText) -> Group? { folded.count <= 12 ? groups.match(folded) : nil }
    static func outcome(_ folded: FoldedText) -> ColumnID? { folded.count <= 12 ? headers.match(folded) : nil }

    /// Whether a header of table 4 stands in this piece: used to find a table without its heading, and to end table 3.
    static func isHeader(_ folded: FoldedText) -> Bool {
        guard folded.count >= 4, folded.count <= 12, let key = LabelKey(ofCell: folded) else { return false }
        return isHeader(folded, key)
    }

    /// The same for a piece with a known label.
    static func isHeader(_ folded: FoldedText, _ key: LabelKey) -> Bool {
        guard folded.count >= 4, folded.count <= 12, let column = headers.match(key) else { return false }
        return column != "total"
    }

    let stream: PieceStream
    let range: Range<Int>

    /// One table: its headers in reading order and the row under them.
    private struct Block {
        var start: Int
        var groups: [Group] = []
        var leaves: [ColumnID] = []
        var values: [Int]?
        /// Where the headers stand in the grid.
        var groupPlaces: [Group: Int] = [:]
        var leafPlaces: [Int] = []
    }

    /// Reads the table; nil when there is no header of it.
    func read() -> TableReading? {
        var blocks = headerBlocks().filter { $0.leaves.count >= 4 }
        if blocks.isEmpty, let bare = bareRow() { blocks = [bare] }
        guard let first = blocks.first else { return nil }
        var reading = table(first)
        if reading.rows.values.contains(where: { $0.cells.values.contains { $0.state == .notRead } }),
            let cells = DisputesGrid(stream: stream, range: range).cells()
        {
            for (group, columns) in cells {
                for (column, index) in columns {
                    let piece = stream.pieces[index]
                    reading.rows[group]?.cells[column] = CellText.read(piece, kind: .count)
                }
            }
            return reading
        }
        // Last year's table beside this year's: where they differ, nobody knows which one holds.
        for other in blocks.dropFirst() {
            let second = table(other)
            for (group, row) in second.rows {
                for (column, cell) in row.cells where reading.cell(group, column)?.state != cell.state {
                    reading.rows[group]?.cells[column]?.state = .notRead
                }
            }
        }
        return reading
    }

    private func table(_ block: Block) -> TableReading {
        let start = stream.pieces[block.start]
        var reading = TableReading(.disputes, source: start.source)
        let groups = groupOrder(block.groups)
        let columns = columnOrder(block.leaves)
        let official: [RowID] = ["reconsideration", "litigation", "litigationAfterReconsideration"]
        let unread = CellReading(.notRead, in: start, words: "")
        let count = Form.disputeColumns.count
        for (groupIndex, group) in (groups ?? official).enumerated() {
            var cells = [CellReading](repeating: unread, count: count)
            if let values = block.values, groups != nil, columns != nil {
                cells = (0..<count).map { CellText.read(stream.pieces[values[groupIndex * count + $0]], kind: .count) }
            }
            reading.rows[group] = RowReading(
                label: Form.rowName(.disputes, group),
                source: start.source,
                cells: SmallDictionary(distinct: columns ?? Form.disputeColumns, cells)
            )
        }
        return reading
    }

    // MARK: - Headers

    /// The headers, cut into tables: a new one begins where headers follow numbers.
    private func headerBlocks() -> [Block] {
        let (groups, headers) = (Self.groups, Self.headers)
        var blocks: [Block] = []
        var current: Block?
        var index = range.lowerBound
        while index < range.upperBound {
            defer { index += 1 }
            let folded = stream.pieces[index].folded
            if folded.isEmpty || folded.count > 12 || stream.isProse(index) { continue }
            let key = LabelKey(ofCell: folded)
            if let group = key.flatMap(groups.match) {
                current = current ?? Block(start: index)
                if current?.groups.contains(group) == false {
                    current?.groups.append(group)
                    current?.groupPlaces[group] = index
                }
            } else if let column = key.flatMap(headers.match) {
                // （七）总计 of a table 3 that ends above is no header of this one.
                if current == nil, column == "total" { continue }
                current = current ?? Block(start: index)
                current?.leaves.append(column)
                current?.leafPlaces.append(index)
            } else if var block = current, block.leaves.count >= 4, isValue(index) {
                block.values = numbers(from: index)
                readGrid(&block, from: index)
                blocks.append(block)
                current = nil
                while index + 1 < range.upperBound, isValue(index + 1) { index += 1 }
            }
        }
        if let block = current { blocks.append(block) }
        return blocks
    }

    private func isValue(_ index: Int) -> Bool { stream.pieces[index].isValueLike }

    /// 行政复议 stands first and the two kinds of litigation behind it, as on the form. Where the headers say otherwise in a
    /// way that two rows of header can say, that order holds; where it cannot be told, nothing is read.
    private func groupOrder(_ found: [Group]) -> [RowID]? {
        if let litigations = found.firstIndex(of: .litigations),
            let reconsideration = found.firstIndex(of: .reconsideration),
            litigations < reconsideration
        {
            return nil
        }
        let reversed =
            found.firstIndex(of: .afterReconsideration).flatMap { after in
                found.firstIndex(of: .direct).map { after < $0 }
            } ?? false
        return reversed
            ? ["reconsideration", "litigationAfterReconsideration", "litigation"]
            : ["reconsideration", "litigation", "litigationAfterReconsideration"]
    }

    /// The order of the five columns, the same in every group: read off the first five headers. Headers that a converter
    /// lost are no matter as long as the others stand in the order of the form.
    private func columnOrder(_ leaves: [ColumnID]) -> [ColumnID]? {
        let official = Form.disputeColumns
        var expected = 0
        for leaf in leaves {
            var steps = 0
            while steps < 5, official[expected % 5] != leaf {
                expected += 1
                steps += 1
            }
            expected += 1
        }
        if expected <= 15 { return official }
        let first = Array(leaves.prefix(5))
        let isRepeated =
            leaves.count == 15 && stride(from: 0, to: 15, by: 5).allSatisfy { Array(leaves[$0..<($0 + 5)]) == first }
        return Set(first) == Set(official) && isRepeated ? first : nil
    }

    // MARK: - Numbers

    /// The fifteen cells of the row that begins at or around `index`, when their number proves which is which.
    private func numbers(from index: Int) -> [Int]? {
        let piece = stream.pieces[index]
        if let row = piece.row, piece.rowIsBounded {
            // A bounded row holds them all; the page number in the next line is none of them.
            let cells = stream.rows[row].clamped(to: range)
            // A word in place of a number is a cell too; a row of words is another header.
            guard cells.count(where: isValue) * 2 > cells.count, cells.allSatisfy({ isValue($0) || cells.count == 15 })
            else {
                return nil
            }
            return ValueRun(cells: cells, isBounded: true).values(15, in: stream.pieces, alignment: .left)
        }
        var end = index
        while end < range.upperBound {
            let other = stream.pieces[end]
            let isWord = other.row != nil && other.row == piece.row && other.folded.count <= 6
            guard isValue(end) || isWord, end - index < 24 else { break }
            if other.rowIsBounded || (piece.row != nil && other.row != piece.row && end - index >= 15) { break }
            end += 1
        }
        return ValueRun(cells: index..<end, isBounded: false).values(15, in: stream.pieces, alignment: .left)
    }

    /// In a grid the columns of the headers tell their order, and the cell under each of the fifteen is its number: also where
    /// a header of two or three rows is read in another order than it stands. Where counting finds other cells, neither is
    /// believed.
    private func readGrid(_ block: inout Block, from index: Int) {
        guard let row = stream.pieces[index].row, block.leaves.count == 15 else { return }
        var leaves: [(column: ColumnID, range: Range<Int>)] = []
        for (column, place) in zip(block.leaves, block.leafPlaces) {
            guard let range = stream.pieces[place].span?.columnRange, let own = stream.pieces[place].row,
                stream.grid(of: own) == stream.grid(of: row)
            else { return }
            leaves.append((column, range))
        }
        leaves.sort { $0.range.lowerBound < $1.range.lowerBound }
        guard zip(leaves, leaves.dropFirst()).allSatisfy({ $0.range.upperBound <= $1.range.lowerBound }) else { return }
        var cells: [Int] = []
        for leaf in leaves {
            let under = stream.rows[row].filter {
                stream.pieces[$0].span?.columnRange.overlaps(leaf.range) ?? false
            }
            guard under.count == 1, let cell = under.first, cell != cells.last, range.contains(cell), isValue(cell)
            else {
                return
            }
            cells.append(cell)
        }
        if let counted = block.values, counted != cells {
            block.values = nil
            return
        }
        block.leaves = leaves.map(\.column)
        block.groups.sort { left, right in
            func column(_ group: Group) -> Int {
                block.groupPlaces[group].flatMap { stream.pieces[$0].span?.column } ?? 0
            }
            return column(left) < column(right)
        }
        block.values = cells
    }

    /// Headers that share their lines (`结果维持 结果纠正 …` kept apart by blanks) and one row of exactly fifteen numbers under
    /// them: no other row of the form has that many.
    private func bareRow() -> Block? {
        var words: Set<Phrase> = []
        var start: Int?
        for index in range where !stream.isProse(index) {
            let folded = stream.pieces[index].folded
            for word in Self.bareWords where folded.contains(word) {
                words.insert(word)
                start = start ?? index
            }
        }
        guard let start, words.count == Self.bareWords.count else { return nil }
        let rows = stream.rows.filter { row in
            row.count == 15 && row.lowerBound > start && range.contains(row.lowerBound)
                && range.contains(row.upperBound - 1)
                && row.allSatisfy { isValue($0) && !stream.pieces[$0].folded.isEmpty }
        }
        guard rows.count == 1, let row = rows.first else { return nil }
        return Block(start: start, values: Array(row))
    }

    private static let bareWords: [Phrase] = ["复议", "诉讼", "结果维持", "尚未审结", "总计"]
}

extension FoldedText {
    /// The text of a phrase.
    init(_ phrase: Phrase) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: phrase.scalars)
        self.init(String(view))
    }
}
