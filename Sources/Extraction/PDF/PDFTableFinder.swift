import ChineseText
import DocumentModel

/// A stretch of lines that is a table: a header, and rows of numbers with the lines of their labels between them.
struct PDFTableLines {
    /// Above the first row.
    private(set) var header: [PDFLine]
    /// From the first row on.
    private(set) var body: [PDFLine]

    /// Where the text above ends: nothing higher belongs to the header.
    private(set) var top: (page: Int, y: Double)

    /// Middle of the leftmost first number; nil without numbers.
    private(set) var firstValue: Double?
    /// What labels cover of the x axis; nil without labels.
    private(set) var labelExtent: ClosedRange<Double>?
    /// What numbers cover of the x axis.
    private(set) var columns = PDFColumns()

    init(header: [PDFLine], body: [PDFLine], under above: PDFLine?) {
        self.header = header
        let first = header.first ?? body.first
        top = above.map { ($0.page, $0.box.bottom) } ?? first.map { ($0.page, -.infinity) } ?? (0, 0)
        self.body = []
        // The first row's label may begin above it.
        for line in header.suffix(4) where !line.isTitle { addLabel(line) }
        for line in body { append(line) }
    }

    mutating func append(_ line: PDFLine) {
        body.append(line)
        let numbers = line.fragments.filter(\.isNumber)
        if let first = numbers.first { firstValue = min(firstValue ?? .infinity, first.box.middleX) }
        for number in numbers { columns.add(number.box) }
        addLabel(line)
    }

    private mutating func addLabel(_ line: PDFLine) {
        guard let label = line.fragments.first(where: { !$0.isValue }), label.box.right <= firstValue ?? .infinity
        else { return }
        let box = label.box
        guard let known = labelExtent else {
            labelExtent = box.left...max(box.left, box.right)
            return
        }
        labelExtent = min(known.lowerBound, box.left)...max(known.upperBound, box.right)
    }

    /// The last lines: what goes on, goes on with one of them.
    var recent: ArraySlice<PDFLine> { body.suffix(6) }
}

/// Running text or a table.
enum PDFRegion {
    case text([PDFLine])
    case table(PDFTableLines)

    /// The table, if it is one.
    var table: PDFTableLines? {
        if case .table(let table) = self { return table }
        return nil
    }
}

/// Finds tables among the lines: by their rows of numbers, since rulings are not to be had.
struct PDFTableFinder {
    private let layout: PDFLayout
    private var regions: [PDFRegion] = []
    /// Lines of running text since the last table.
    private var text: [PDFLine] = []
    /// Lines since the last row of numbers or the last of running text, of which it is not known yet what they are.
    private var pending: [PDFLine] = []
    private var table: PDFTableLines?

    static func regions(_ layout: PDFLayout) -> [PDFRegion] {
        var finder = PDFTableFinder(layout: layout)
        for line in layout.lines { finder.add(line) }
        finder.endTable()
        finder.leave(finder.pending)
        finder.endText()
        return finder.regions
    }

    private init(layout: PDFLayout) { self.layout = layout }

    private mutating func add(_ line: PDFLine) {
        if isRow(line) {
            addRow(line)
        } else if breaks(line) {
            endTable()
            leave(pending)
            text.append(line)
            pending = []
        } else {
            pending.append(line)
            if table != nil, pending.count > PDFLimits.headerLines {
                endTable()
                leave(pending)
                pending = []
            }
        }
    }

    private mutating func addRow(_ line: PDFLine) {
        if let current = table {
            if let start = pending.indices.first(where: { beginsHeader($0, under: current) }) {
                if let rest = repeated(pending[start...], of: current) {
                    // The header again, on the next page.
                    for line in pending[..<start] + rest + [line] { table?.append(line) }
                } else {
                    let header = Array(pending[start...])
                    pending.removeSubrange(start...)
                    endTable()
                    leave(pending)
                    table = begin(header, line)
                }
            } else {
                for line in pending + [line] { table?.append(line) }
            }
        } else {
            var start = pending.endIndex
            while start > pending.startIndex, !endsText(pending[start - 1]),
                pending.endIndex - start < PDFLimits.headerLines
            {
                start -= 1
            }
            leave(Array(pending[..<start]))
            table = begin(Array(pending[start...]), line)
        }
        pending = []
    }

    /// Ends the table; lines that go on with its last label belong to it, and labels of rows without numbers.
    private mutating func endTable() {
        guard var current = table else { return }
        table = nil
        while let line = pending.first, let last = current.body.last,
            goesOn(line, after: last, in: current) || isLabelOfRow(line, after: last, in: current)
        {
            current.append(line)
            pending.removeFirst()
        }
        endText()
        regions.append(.table(current))
    }

    // MARK: - Tables without numbers

    /// The table that begins with `row`. Not all of `lines` need be its header: tables of blank cells may stand above it.
    private mutating func begin(_ lines: [PDFLine], _ row: PDFLine) -> PDFTableLines {
        let title = lines.lastIndex(where: \.isTitle) ?? 0
        leave(Array(lines[..<title]))
        endText()
        return PDFTableLines(header: Array(lines[title...]), body: [row], under: lastLine)
    }

    /// The last line of what is known to be text or a table.
    private var lastLine: PDFLine? {
        switch regions.last {
        case .text(let lines): lines.last
        case .table(let table): table.body.last
        case nil: nil
        }
    }

    /// Takes lines for running text, but for tables without any number: a title, names of columns, and labels under the
    /// first name.
    private mutating func leave(_ lines: [PDFLine]) {
        var rest = lines[...]
        while let title = rest.firstIndex(where: \.isTitle) {
            let next = rest[(title + 1)...].firstIndex(where: \.isTitle) ?? rest.endIndex
            // The name of the labels may go over two lines.
            let first = rest[(title + 1)..<next].prefix(3).firstIndex {
                $0.fragments.count >= 2 || $0.box.left > bodyMiddle($0)
            }
            guard let names = first else {
                text += rest[..<next]
                rest = rest[next...]
                continue
            }
            let border = rest[names].fragments.last?.box.left ?? 0
            let labels = rest[(names + 1)..<next].prefix {
                $0.page == rest[names].page && $0.fragments.count == 1 && $0.box.right < border
            }
            if labels.isEmpty {
                text += rest[..<next]
            } else {
                text += rest[..<title]
                endText()
                let header = Array(rest[title...names])
                regions.append(.table(PDFTableLines(header: header, body: Array(labels), under: lastLine)))
                text += rest[labels.endIndex..<next]
            }
            rest = rest[next...]
        }
        text += rest
    }

    private func bodyMiddle(_ line: PDFLine) -> Double { layout.body[line.page - 1].middle }

    private mutating func endText() {
        guard !text.isEmpty else { return }
        regions.append(.text(text))
        text = []
    }

    // MARK: - What lines are

    /// A line with numbers that stand by themselves, as in cells.
    private func isRow(_ line: PDFLine) -> Bool {
        let values = line.fragments.indices.filter { line.fragments[$0].isValue }
        guard let first = values.first else { return false }
        let numbers = values.count { line.fragments[$0].isNumber }
        let textBehind = line.fragments[first...].count - values.count
        if numbers >= 2 || values.count >= 3 { return textBehind <= values.count / 2 }
        let fragment = line.fragments[first]
        if let current = table, let first = current.firstValue {
            let isOver = fragment.box.right > first - line.em
            return textBehind == 0 && isOver && (numbers == 1 || current.columns.covers(fragment.box))
        }
        guard numbers == 1, textBehind == 0 else { return false }
        let body = layout.body[line.page - 1]
        return fragment.box.left > body.lowerBound + 4 * line.em
    }

    /// A line that no table goes over: a heading of a section, or running text.
    private func breaks(_ line: PDFLine) -> Bool {
        if line.isSectionHeading { return true }
        guard line.fragments.count == 1 else { return false }
        let body = layout.body[line.page - 1]
        let isFull = line.box.left < body.lowerBound + 3 * line.em && line.box.right > body.upperBound - 3 * line.em
        guard isFull else { return false }
        if let current = table, let first = current.firstValue { return line.box.right > first }
        return true
    }

    /// The end of a sentence at the left edge, or a caption: above a table, no header of it.
    private func endsText(_ line: PDFLine) -> Bool {
        if line.isCaption { return true }
        guard line.fragments.count == 1 else { return false }
        let body = layout.body[line.page - 1]
        guard line.box.left < body.lowerBound + 3 * line.em, let last = line.text.unicodeScalars.last else {
            return false
        }
        return last == "。" || last == "：" || last == ":" || last == "；"
    }

    /// Whether the pending line at `index` opens a header under `current`: it has text over the columns of numbers.
    private func beginsHeader(_ index: Int, under current: PDFTableLines) -> Bool {
        guard let first = current.firstValue else { return true }
        let line = pending[index]
        let above = index > 0 ? pending[index - 1] : current.body[current.body.count - 1]
        if line.isTitle { return true }
        if goesOn(line, after: above, in: current) { return false }
        // Over the columns itself, or a title alone that such a line follows.
        guard let last = line.fragments.last(where: { !$0.isValue }) else { return false }
        if last.box.right > first { return true }
        let labelRight = current.labelExtent?.upperBound ?? first
        return line.box.left > labelRight && pending[(index + 1)...].contains { $0.box.right > first }
    }

    /// Whether a line can be the next line of a label: under the labels and left of the numbers.
    private func goesOn(_ line: PDFLine, after above: PDFLine, in current: PDFTableLines) -> Bool {
        guard line.page == above.page, let first = current.firstValue, line.box.right <= first else { return false }
        guard let labels = current.labelExtent, line.box.left <= labels.upperBound, line.box.right >= labels.lowerBound
        else { return false }
        let order = line.fragments[0].words[0].order
        let isDrawnNext =
            layout.isDrawnByCell
            && (current.header.suffix(4) + current.recent + pending).contains { other in
                other.page == line.page && other.fragments.contains { !$0.isValue && $0.words.last?.order == order - 1 }
            }
        return line.box.top - above.box.bottom < (isDrawnNext ? 1.3 : 0.6) * line.em
    }

    /// Whether a line can be the label of a row whose cells are all blank: aligned with the other labels, and no further
    /// from them than they are from each other.
    private func isLabelOfRow(_ line: PDFLine, after above: PDFLine, in current: PDFTableLines) -> Bool {
        guard line.page == above.page, line.fragments.count == 1, let first = current.firstValue,
            line.box.right <= first, !endsText(line)
        else { return false }
        let rows = current.recent.filter { $0.page == line.page }
        let pitch = zip(rows, rows.dropFirst()).map { $1.box.middleY - $0.box.middleY }.max() ?? 3.5 * line.em
        guard line.box.middleY - above.box.middleY < 1.6 * pitch else { return false }
        return current.recent.contains { row in
            guard let label = row.fragments.first, !label.isValue else { return false }
            return abs(label.box.left - line.box.left) < 2 || abs(label.box.middleX - line.box.middleX) < 2
        }
    }

    /// When `lines` say the same over the columns as the header of `current`, those behind them.
    private func repeated(_ lines: ArraySlice<PDFLine>, of current: PDFTableLines) -> [PDFLine]? {
        guard let last = current.body.last, let line = lines.first, line.page > last.page,
            let first = current.firstValue
        else { return nil }
        let known = current.header.flatMap(\.words)
        let isKnown = { (word: PDFWord) in
            known.contains { $0.text == word.text && abs($0.box.left - word.box.left) < 3 }
        }
        let words = lines.flatMap(\.words)
        guard words.count <= 2 * known.count + 20, words.count <= PDFLimits.headerWords else { return nil }
        let over = words.filter { $0.box.right > first }
        guard !over.isEmpty, over.count == known.count(where: { $0.box.right > first }), over.allSatisfy(isKnown)
        else { return nil }
        let end = lines.lastIndex { $0.words.contains(where: isKnown) } ?? lines.startIndex
        guard lines[...end].allSatisfy({ $0.words.allSatisfy(isKnown) }) else { return nil }
        return Array(lines[(end + 1)...])
    }
}
