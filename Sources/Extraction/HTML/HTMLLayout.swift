import ChineseText
import DocumentModel

/// Lays a page out as a browser would, as far as text goes: paragraphs, lines, lists and tables as ``MarkupBlock``.
struct HTMLLayout {
    /// The report.
    private(set) var blocks: [MarkupBlock] = []
    /// The site around it, a line each.
    private(set) var margins: [String] = []

    private let tree: HTMLTree
    private let content: HTMLContent
    private var open: [Frame] = []
    private var line = HTMLLine()
    private var lists: [List] = []
    /// The number of an item whose text has not begun.
    private var marker: String?
    private var tables: [TableFrame] = []
    /// The blocks of open cells; the innermost last.
    private var cells: [[MarkupBlock]] = []
    private var marginDepth: Int
    private var preformattedDepth = 0
    private var cellCount = 0

    /// An element whose end matters.
    private struct Frame {
        var end: Int
        var tag: HTMLTag
        /// Whether it began or ended the margin.
        var marginChange = 0
    }

    private struct List {
        var style: HTMLListStyle
        var next: Int
    }

    private struct TableFrame {
        var head: [[MarkupCell]] = []
        var body: [[MarkupCell]] = []
        var foot: [[MarkupCell]] = []
        var group: HTMLTag = .tableBody
        /// The first row of the open row group.
        var groupStart = 0
        var row: [MarkupCell]?
        /// The open cell: its spans; its blocks are in ``HTMLLayout/cells``.
        var cell: MarkupCell?
    }

    init(_ tree: HTMLTree, _ content: HTMLContent) throws(Unreadable) {
        self.tree = tree
        self.content = content
        marginDepth = content.container == nil ? 0 : 1
        var index = 0
        while index < tree.nodes.count {
            while let frame = open.last, frame.end <= index { close(frame) }
            index = try visit(index)
        }
        while let frame = open.last { close(frame) }
        endParagraph()
    }

    /// Begins the node at `index`; returns the node to go on with.
    private mutating func visit(_ index: Int) throws(Unreadable) -> Int {
        let node = tree.nodes[index]
        let end = Int(node.end)
        switch node.tag {
        case .text:
            append(tree.text[Int(node.text.lowerBound)..<Int(node.text.upperBound)])
            return index + 1
        case .dropped: return end
        case .lineBreak:
            line.breakLine()
            return end
        case .picture:
            if marginDepth == 0, content.isDisplayed(index) { add(.picture) }
            return end
        case .input:
            if content.isDisplayed(index) { append(tree.details(of: index).value[...]) }
            return end
        case .textArea:
            if content.isDisplayed(index) { addTextArea(textBytes(of: index)) }
            return end
        case .select, .button:
            addControl(index)
            return end
        default: break
        }
        guard content.isDisplayed(index) else { return end }
        if node.flags.contains(.invisible), node.tag != .cell { return end }
        if node.tag.breaksParagraph { endParagraph() }
        try begin(node, index)
        return node.flags.contains(.invisible) ? skipInvisible(end) : index + 1
    }

    /// An invisible cell keeps its place.
    private mutating func skipInvisible(_ end: Int) -> Int { end }

    private mutating func begin(_ node: HTMLTree.Node, _ index: Int) throws(Unreadable) {
        var frame = Frame(end: Int(node.end), tag: node.tag)
        if content.isLeftOut[index] {
            frame.marginChange = 1
            endParagraph()
        } else if content.container == index || belongsToReport(node, index) {
            frame.marginChange = -1
        }
        marginDepth += frame.marginChange
        switch node.tag {
        case .orderedList:
            let details = tree.details(of: index)
            lists.append(List(style: details.style ?? .decimal, next: details.number ?? 1))
        case .list: lists.append(List(style: .none, next: 1))
        case .item: beginItem(tree.details(of: index))
        case .preformatted: preformattedDepth += 1
        // A cell that only holds links keeps its place in the grid.
        case .cell where frame.marginChange == 1 && marginDepth == 1:
            frame.tag = try beginCell(tree.details(of: index)) ? .cell : .block
        // In the margin a table is lines.
        case _ where marginDepth > 0: frame.tag = .block
        case .table:
            marker = nil
            guard tables.count < MarkupLimits.nesting else { throw MarkupFlattener.tooDeep }
            tables.append(TableFrame())
        case .tableHead, .tableBody, .tableFoot: beginGroup(node.tag)
        case .row: beginRow()
        case .cell: frame.tag = try beginCell(tree.details(of: index)) ? .cell : .block
        default: break
        }
        if frame.tag.breaksParagraph || frame.marginChange != 0 { open.append(frame) }
    }

    private mutating func close(_ frame: Frame) {
        open.removeLast()
        if frame.tag.breaksParagraph || frame.marginChange != 0 { endParagraph() }
        switch frame.tag {
        case .orderedList, .list: lists.removeLast()
        case .item: marker = nil
        case .preformatted: preformattedDepth -= 1
        case .table: endTable()
        case .tableHead, .tableBody, .tableFoot: endGroup()
        case .row: endRow()
        case .cell: endCell()
        default: break
        }
        marginDepth -= frame.marginChange
    }

    /// A title that stands above the container.
    private func belongsToReport(_ node: HTMLTree.Node, _ index: Int) -> Bool {
        guard let container = content.container, index < container, marginDepth == 1 else { return false }
        guard Int(node.end) <= container, node.tag == .heading || node.flags.contains(.title) else { return false }
        // The name of the site is a heading too.
        let text = textBytes(of: index)
        return Self.titleWords.contains { text.contains(sequence: $0) }
    }

    private static let titleWords = ["报告", "年报", "信息公开"].map { Array($0.utf8) }

    // MARK: - Text

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        if let marker, bytes.contains(where: { $0 > 0x20 }) {
            self.marker = nil
            if !HTMLNumbering.begins(bytes) { line.append(Array(marker.utf8)[...]) }
        }
        if preformattedDepth > 0 { line.appendPreformatted(bytes) } else { line.append(bytes) }
    }

    private mutating func endParagraph() {
        guard let text = line.finish() else { return }
        if marginDepth > 0 || HTMLFurniture.isFurniture(text) {
            margins.append(text)
        } else {
            add(.paragraph(text))
        }
    }

    private mutating func add(_ block: MarkupBlock) {
        if cells.isEmpty { blocks.append(block) } else { cells[cells.count - 1].append(block) }
    }

    private func textBytes(of index: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in tree.subtree(index) where tree.nodes[index].tag == .text {
            let range = tree.nodes[index].text
            bytes += tree.text[Int(range.lowerBound)..<Int(range.upperBound)]
        }
        return bytes
    }

    /// Markup in a text area is the source of an editor, which a reader of the page does not see as a report.
    private mutating func addTextArea(_ bytes: [UInt8]) {
        guard !Self.endTags.contains(where: { bytes.contains(sequence: $0) }) else { return }
        line.appendPreformatted(bytes[...])
    }

    private static let endTags = ["</p>", "</P>", "</td>", "</TD>", "</div>"].map { Array($0.utf8) }

    /// A button acts on the page. A list in a cell shows the value that was chosen; elsewhere it leads to other sites.
    private mutating func addControl(_ index: Int) {
        guard content.isDisplayed(index) else { return }
        var shown = index
        if tree.nodes[index].tag == .select {
            let options = tree.subtree(index).filter { tree.nodes[$0].tag == .option }
            guard let chosen = options.first(where: { tree.nodes[$0].flags.contains(.selected) }) ?? options.first
            else {
                return
            }
            shown = chosen
            if !cells.isEmpty, marginDepth == 0 { return append(textBytes(of: chosen)[...]) }
        }
        var label = HTMLLine()
        label.append(textBytes(of: shown)[...])
        if let text = label.finish() { margins.append(text) }
    }

    // MARK: - Lists

    private mutating func beginItem(_ details: HTMLTree.Details) {
        guard !lists.isEmpty else { return }
        let place = lists.count - 1
        if let number = details.number { lists[place].next = number }
        let number = lists[place].next
        lists[place].next += 1
        let style =
            if case .none = lists[place].style { HTMLListStyle.none } else { details.style ?? lists[place].style }
        let text = style.marker(number)
        marker = text.isEmpty ? nil : text
    }

    // MARK: - Tables

    private mutating func beginGroup(_ tag: HTMLTag) {
        guard !tables.isEmpty else { return }
        endRow()
        tables[tables.count - 1].group = tag
        tables[tables.count - 1].groupStart = rows(of: tag).count
    }

    private func rows(of group: HTMLTag) -> [[MarkupCell]] {
        guard let table = tables.last else { return [] }
        return switch group {
        case .tableHead: table.head
        case .tableFoot: table.foot
        default: table.body
        }
    }

    private mutating func endGroup() {
        guard !tables.isEmpty else { return }
        endRow()
        let place = tables.count - 1
        let start = tables[place].groupStart
        switch tables[place].group {
        case .tableHead: Self.clip(&tables[place].head, from: start)
        case .tableFoot: Self.clip(&tables[place].foot, from: start)
        default: Self.clip(&tables[place].body, from: start)
        }
        tables[place].group = .tableBody
        tables[place].groupStart = tables[place].body.count
    }

    /// No cell reaches out of its row group (HTML, 4.9.12: a group ends all cells that grow downward).
    private static func clip(_ rows: inout [[MarkupCell]], from start: Int) {
        for row in rows.indices.dropFirst(start) {
            for cell in rows[row].indices {
                let left = rows.count - row
                let span = rows[row][cell].rowSpan
                if span == 0 || span > left { rows[row][cell].rowSpan = left }
            }
        }
    }

    private mutating func beginRow() {
        guard !tables.isEmpty else { return }
        endRow()
        tables[tables.count - 1].row = []
    }

    private mutating func endRow() {
        guard !tables.isEmpty else { return }
        endCell()
        let place = tables.count - 1
        guard let row = tables[place].row else { return }
        tables[place].row = nil
        switch tables[place].group {
        case .tableHead: tables[place].head.append(row)
        case .tableFoot: tables[place].foot.append(row)
        default: tables[place].body.append(row)
        }
    }

    /// False where no table is open: then the cell is a paragraph.
    private mutating func beginCell(_ details: HTMLTree.Details) throws(Unreadable) -> Bool {
        guard !tables.isEmpty else { return false }
        endCell()
        cellCount += 1
        guard cellCount <= MarkupLimits.cells else { throw MarkupFlattener.tooManyCells }
        let place = tables.count - 1
        if tables[place].row == nil { tables[place].row = [] }
        var cell = MarkupCell()
        // Browsers take at most 1000 columns and 65534 rows.
        cell.columnSpan = min(details.columnSpan, 1000)
        cell.rowSpan = min(details.rowSpan, 65_534)
        tables[place].cell = cell
        cells.append([])
        return true
    }

    private mutating func endCell() {
        guard !tables.isEmpty, var cell = tables[tables.count - 1].cell else { return }
        endParagraph()
        cell.blocks = cells.popLast() ?? []
        tables[tables.count - 1].cell = nil
        tables[tables.count - 1].row?.append(cell)
    }

    private mutating func endTable() {
        guard !tables.isEmpty else { return }
        endGroup()
        let frame = tables.removeLast()
        // A footer stands last wherever its tag stands.
        let rows = frame.head + frame.body + frame.foot
        if !rows.isEmpty { add(.table(MarkupTable(rows: HTMLGrid.narrowed(rows)))) }
    }
}
