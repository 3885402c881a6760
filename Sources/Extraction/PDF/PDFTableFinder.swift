import ChineseText
import DocumentModel

/// A stretch of lines that is a table: a header, and rows of numbers with the lines of their labels between them.
struct PDFTableLines {
    /// Above the first row.
    var header: [PDFLine]
    /// From the first row on.
    var body: [PDFLine]
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
        finder.text += finder.pending
        finder.endText()
        return finder.regions
    }

    private init(layout: PDFLayout) { self.layout = layout }

    private mutating func add(_ line: PDFLine) {
        if isRow(line) {
            addRow(line)
        } else if breaks(line) {
            endTable()
            text += pending + [line]
            pending = []
        } else {
            pending.append(line)
        }
    }

    private mutating func addRow(_ line: PDFLine) {
        if let current = table {
            if let start = pending.indices.first(where: { beginsHeader($0, under: current) }) {
                let header = Array(pending[start...])
                if let first = current.header.first, Self.isSame(header, current.header), first.page != line.page {
                    // The header again, on the next page.
                    table?.body += pending[..<start] + [line]
                } else {
                    pending.removeSubrange(start...)
                    endTable()
                    text += pending
                    endText()
                    table = PDFTableLines(header: header, body: [line])
                }
            } else {
                table?.body += pending + [line]
            }
        } else {
            var start = pending.endIndex
            while start > pending.startIndex, !endsText(pending[start - 1]) { start -= 1 }
            let header = Array(pending[start...])
            text += pending[..<start]
            endText()
            table = PDFTableLines(header: header, body: [line])
        }
        pending = []
    }

    /// Ends the table; lines that go on with its last label belong to it.
    private mutating func endTable() {
        guard var current = table else { return }
        table = nil
        while let line = pending.first, let last = current.body.last, goesOn(line, after: last, in: current) {
            current.body.append(line)
            pending.removeFirst()
        }
        regions.append(.table(current))
    }

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
        if let current = table {
            return current.body.contains { row in
                row.fragments.contains { $0.isNumber && $0.box.overlapX(fragment.box) > 0 }
            } && textBehind == 0
        }
        guard numbers == 1, textBehind == 0 else { return false }
        let body = layout.body[line.page - 1]
        return fragment.box.left > body.lowerBound + 4 * line.em
    }

    /// A line that no table goes over: a heading of a section, or running text.
    private func breaks(_ line: PDFLine) -> Bool {
        guard line.fragments.count == 1 else { return false }
        if isSectionHeading(line) { return true }
        let body = layout.body[line.page - 1]
        guard line.box.width > 0.72 * (body.upperBound - body.lowerBound) else { return false }
        if let current = table, let first = firstValue(current) { return line.box.right > first }
        return true
    }

    /// 一、总体情况 and its like, as in plain text (``TextExtractor``).
    private func isSectionHeading(_ line: PDFLine) -> Bool {
        guard line.length >= 4, line.length <= 40 else { return false }
        let folded = FoldedText(line.text)
        guard folded.count > 4, folded.count < 40, "一二三四五六七".unicodeScalars.contains(folded[0]),
            folded[1] == "、" || folded[1] == "." || folded[1] == ","
        else { return false }
        return Self.headingEnds.contains { folded.hasSuffix($0) }
    }

    private static let headingEnds: [Phrase] = ["情况", "事项", "措施", "概述"]

    /// The end of a sentence at the left edge: above a table, no header of it.
    private func endsText(_ line: PDFLine) -> Bool {
        guard line.fragments.count == 1 else { return false }
        let body = layout.body[line.page - 1]
        guard line.box.left < body.lowerBound + 3 * line.em, let last = line.text.unicodeScalars.last else {
            return false
        }
        return last == "。" || last == "：" || last == ":" || last == "；"
    }

    /// Middle of the first column of numbers.
    private func firstValue(_ table: PDFTableLines) -> Double? {
        table.body.compactMap { row in row.fragments.first(where: \.isNumber)?.box.middleX }.min()
    }

    /// Whether the pending line at `index` opens a header under `current`: it has text over the columns of numbers.
    private func beginsHeader(_ index: Int, under current: PDFTableLines) -> Bool {
        guard let first = firstValue(current) else { return true }
        let line = pending[index]
        let above = index > 0 ? pending[index - 1] : current.body[current.body.count - 1]
        if goesOn(line, after: above, in: current) { return false }
        // Over the columns itself, or a title alone that such a line follows.
        if line.box.right > first { return true }
        let labelRight = labels(of: current).map(\.box.right).max() ?? first
        return line.box.left > labelRight && pending[(index + 1)...].contains { $0.box.right > first }
    }

    private func labels(of table: PDFTableLines) -> [PDFFragment] {
        table.body.compactMap { row in row.fragments.first { !$0.isValue } }
    }

    /// Whether a line can be the next line of a label: under the labels and left of the numbers.
    private func goesOn(_ line: PDFLine, after above: PDFLine, in current: PDFTableLines) -> Bool {
        guard line.page == above.page, let first = firstValue(current), line.box.right <= first else { return false }
        guard line.box.top - above.box.bottom < 0.6 * line.em else { return false }
        return labels(of: current).contains { $0.box.overlapX(line.box) > 0 }
    }

    /// Whether two headers say the same at the same places.
    private static func isSame(_ left: [PDFLine], _ right: [PDFLine]) -> Bool {
        let first = left.flatMap(\.words)
        let second = right.flatMap(\.words)
        guard first.count == second.count else { return false }
        return zip(first, second).allSatisfy { $0.text == $1.text && abs($0.box.left - $1.box.left) < 3 }
    }
}
