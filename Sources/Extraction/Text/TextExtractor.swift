import ChineseText
import DocumentModel

/// Reads plain text, and finds the tables that converters flattened into it.
///
/// Shapes seen in real reports, told apart line by line because one file may mix them:
/// * **a cell a line**: every cell on a line of its own after a tab, an empty line after each row; words of a cell that were
///   broken continue on lines without a tab;
/// * **piped cells**: every cell on a line of its own ended by ` |`, rows padded with further `|`;
/// * **tabbed rows**, **piped rows** (`a | b | c |`, Markdown): a row a line;
/// * **blank-aligned rows**: a label and its numbers kept apart by blanks.
///
/// A table whose cells became ordinary paragraphs stays paragraphs here: only the labels can tell, and those are the
/// business of the report reader.
public struct TextExtractor: DocumentExtractor {
    /// Most lines of a text: a report has a few hundred, one with every cell on a line a thousand. More is no report, and
    /// its lines would cost a hundred times their size in memory.
    public static let maximumLines = 20_000

    /// Most bytes of a text after decoding: a report has some ten thousand.
    public static let maximumBytes = 8 * 1024 * 1024

    /// No report has its tables in so few lines.
    static let linesOfAJoinedPage = 5

    /// A text extractor.
    public init() {}

    /// Decodes and splits `bytes`.
    public func extract(_ bytes: [UInt8]) throws(Unreadable) -> Document {
        let decoded = try TextDecoder.decode(bytes)
        guard decoded.text.utf8.count <= Self.maximumBytes else {
            throw Unreadable(
                .tooLarge,
                "文本有 \(decoded.text.utf8.count) 字节，超过上限 \(Self.maximumBytes) 字节，不会是一份年度报告。",
                "The text has \(decoded.text.utf8.count) bytes, more than the limit of \(Self.maximumBytes); no annual report has."
            )
        }
        var lines = Self.lines(decoded.text)
        // A page whose every text was joined by `|` or tabs into one line.
        if lines.count <= Self.linesOfAJoinedPage {
            for separator in [0x7C, 0x09] as [UInt8] where decoded.text.utf8.count(where: { $0 == separator }) >= 100 {
                lines = decoded.text.utf8.split(separator: separator).flatMap { Self.lines(String(Substring($0))) }
                break
            }
        }
        guard lines.count <= Self.maximumLines else {
            throw Unreadable(
                .tooLarge,
                "文本有 \(lines.count) 行，超过上限 \(Self.maximumLines) 行，不会是一份年度报告。",
                "The text has \(lines.count) lines, more than the limit of \(Self.maximumLines); no annual report has."
            )
        }
        return Document(format: .text, encoding: decoded.encoding, blocks: Self.blocks(of: lines))
    }

    /// Paragraphs and tables that `lines` make; each is placed by its number, from 1.
    static func blocks(of lines: [TextLine]) -> [Block] {
        var assembler = TableAssembler(bars: Bars(lines))
        for (index, line) in lines.enumerated() {
            assembler.add(line, number: index + 1)
        }
        return assembler.finish()
    }

    /// Splits at LF, CRLF, CR, form feed, NEL, U+2028 and U+2029; at vertical tabs where there is nothing else, for they
    /// also stand for a soft break within a cell.
    static func lines(_ text: String) -> [TextLine] {
        let scan = LineScan(text, splitsAtVerticalTab: false)
        return scan.hasOnlyVerticalTabs ? LineScan(text, splitsAtVerticalTab: true).lines : scan.lines
    }
}

/// A line of a text, and what was seen in it when its end was looked for.
struct TextLine {
    /// Its characters, without the end of the line.
    var text: Substring
    /// Whether `|` stands in it, in any form.
    var hasBar = false
    /// Whether a tab stands in it.
    var hasTab = false

    /// A line of its own.
    init(_ text: Substring) {
        self.text = text
        let bytes = text.utf8Span.span
        hasTab = bytes.contains(0x09)
        hasBar = bytes.indices.contains { PipeLine.barWidth(at: $0, in: bytes) > 0 }
    }

    fileprivate init(_ text: Substring, hasBar: Bool, hasTab: Bool) {
        self.text = text
        self.hasBar = hasBar
        self.hasTab = hasTab
    }
}

/// Finds the lines of a text, and their bars and tabs, in one pass over its UTF-8 bytes: `Character` iteration takes a hundred
/// times as long.
private struct LineScan {
    private(set) var lines: [TextLine] = []
    /// Whether vertical tabs are all that could end a line, but for the rarer line ends.
    var hasOnlyVerticalTabs: Bool { hasVerticalTab && !hasLineEnd }
    private var hasVerticalTab = false
    private var hasLineEnd = false

    init(_ text: String, splitsAtVerticalTab: Bool) {
        let bytes = text.utf8Span.span
        var start = text.startIndex
        var startOffset = 0
        var hasBar = false
        var hasTab = false
        func endLine(at offset: Int, _ lines: inout [TextLine]) {
            let end = text.utf8.index(start, offsetBy: offset - startOffset)
            lines.append(TextLine(text[start..<end], hasBar: hasBar, hasTab: hasTab))
            hasBar = false
            hasTab = false
        }
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            // Nearly every byte of a report is of a character of three bytes that is none of what is looked for.
            if byte &- 0xE3 < 12 {
                offset += 3
                continue
            }
            var length = 0
            switch byte {
            case 0x09: hasTab = true
            case 0x0A, 0x0D:
                length = byte == 0x0D && bytes.has(0x0A, at: offset + 1) ? 2 : 1
                hasLineEnd = true
            case 0x0B:
                length = splitsAtVerticalTab ? 1 : 0
                hasVerticalTab = true
            case 0x0C: length = 1
            case 0xC2: length = bytes.has(0x85, at: offset + 1) ? 2 : 0
            case 0x7C, 0xE2, 0xEF:
                if byte == 0xE2, bytes.has(0x80, 0xA8, at: offset + 1) || bytes.has(0x80, 0xA9, at: offset + 1) {
                    length = 3
                } else if PipeLine.barWidth(at: offset, in: bytes) > 0 {
                    hasBar = true
                }
            default: break
            }
            if length > 0 {
                endLine(at: offset, &lines)
                start = text.utf8.index(start, offsetBy: offset + length - startOffset)
                startOffset = offset + length
            }
            offset += max(1, length)
        }
        endLine(at: bytes.count, &lines)
    }
}

/// Looking at the bytes of a text one by one: a view of a string takes ten times as long.
extension Span<UInt8> {
    /// Whether `byte` occurs.
    func contains(_ byte: UInt8) -> Bool {
        for index in indices where self[index] == byte { return true }
        return false
    }

    /// Whether `byte` stands at `offset`.
    @inline(__always)
    func has(_ byte: UInt8, at offset: Int) -> Bool { offset < count && self[offset] == byte }

    /// Whether two bytes stand at `offset`.
    @inline(__always)
    func has(_ first: UInt8, _ second: UInt8, at offset: Int) -> Bool {
        offset + 1 < count && self[offset] == first && self[offset + 1] == second
    }
}

/// What `|` means in a file.
private struct Bars {
    /// Lines ended by `|` hold one cell each; further bars are padding. Otherwise bars separate cells.
    var endCells = false
    /// Rows begin with a bar (Markdown). Otherwise a bar at the beginning ends an empty cell.
    var openRows = false
    /// Rows end with a bar. Otherwise nothing after the last bar is an empty cell.
    var closeRows = false
    /// Lines of `+---+` or `├──┤` stand between rows, whose cells may then take several lines.
    var isGrid = false

    init(_ lines: [TextLine]) {
        var single = 0
        var several = 0
        var opened = 0
        var closed = 0
        var rules = 0
        for entry in lines {
            let line = entry.text
            if PipeLine.isRule(line) {
                rules += 1
                continue
            }
            guard entry.hasBar else { continue }
            if PipeLine.hasSeveralCells(line) { several += 1 } else { single += 1 }
            if let last = line.unicodeScalars.last(where: { !$0.isFoldedAway }), PipeLine.isBar(last) { closed += 1 }
            if let first = line.unicodeScalars.first(where: { !PipeLine.isWhitespace($0) }), PipeLine.isBar(first) {
                opened += 1
            }
        }
        // A Markdown table has one rule; three tables of a grid have one for each of their rows.
        isGrid = rules >= 12
        endCells = single > 3 * several && single > 8
        closeRows = closed * 10 >= (single + several) * 9
        openRows = opened * 10 >= (single + several) * 9
    }
}

/// Splitting at `|` and its full-width and box-drawing forms.
enum PipeLine {
    static func isBar(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "|" || scalar == "｜" || scalar == "│" || scalar == "┃"
    }

    /// Asks the tables of Unicode for what is no ASCII only: they take a hundred times as long.
    static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || (0x09...0x0D).contains(scalar.value) : scalar.properties.isWhitespace
    }

    /// How many bytes the bar at `offset` has: `|` is 7C, `｜` EF BD 9C, `│` E2 94 82, `┃` E2 94 83; 0 where there is none.
    @inline(__always)
    static func barWidth(at offset: Int, in bytes: Span<UInt8>) -> Int {
        switch bytes[offset] {
        case 0x7C: 1
        case 0xEF where bytes.has(0xBD, 0x9C, at: offset + 1): 3
        case 0xE2 where bytes.has(0x94, 0x82, at: offset + 1) || bytes.has(0x94, 0x83, at: offset + 1): 3
        default: 0
        }
    }

    /// Whether more than one of the pieces between bars is filled.
    static func hasSeveralCells(_ line: Substring) -> Bool {
        var filled = 0
        var isInCell = false
        for scalar in line.unicodeScalars where !scalar.isFoldedAway {
            if isBar(scalar) {
                isInCell = false
            } else if !isInCell {
                isInCell = true
                filled += 1
                if filled > 1 { return true }
            }
        }
        return false
    }

    /// A line that draws: `+---+`, `|:--|--:|`, `├──┼──┤`.
    static func isRule(_ line: Substring) -> Bool {
        var dashes = 0
        for scalar in line.unicodeScalars {
            switch scalar {
            case "-", "=", "─", "━", "═": dashes += 1
            case "+", ":", " ", "\t": continue
            default:
                // Box drawing: corners, tees, crosses.
                guard isBar(scalar) || (scalar.value >= 0x2500 && scalar.value <= 0x257F) else { return false }
            }
        }
        return dashes >= 3
    }

    /// What stands before, between and behind the bars of a line.
    static func pieces(_ line: Substring) -> [Substring] {
        pieces(line) { offset, bytes in barWidth(at: offset, in: bytes) }
    }

    /// What stands before, between and behind the tabs of a line.
    static func tabbedPieces(_ line: Substring) -> [Substring] {
        pieces(line) { offset, bytes in bytes[offset] == 0x09 ? 1 : 0 }
    }

    /// Splits at what takes `width` bytes at an offset; 0 where nothing is to be split.
    @inline(__always)
    private static func pieces(_ line: Substring, width: (Int, Span<UInt8>) -> Int) -> [Substring] {
        let bytes = line.utf8Span.span
        var result: [Substring] = []
        // A table of the form has three to nine columns.
        result.reserveCapacity(8)
        var start = line.startIndex
        var startOffset = 0
        var offset = 0
        while offset < bytes.count {
            // Most characters are Chinese, and no separators.
            if bytes[offset] &- 0xE3 < 12 {
                offset += 3
                continue
            }
            let width = width(offset, bytes)
            if width > 0 {
                let end = line.utf8.index(start, offsetBy: offset - startOffset)
                result.append(line[start..<end])
                start = line.utf8.index(end, offsetBy: width)
                startOffset = offset + width
            }
            offset += max(1, width)
        }
        result.append(line[start...])
        return result
    }
}

/// Collects lines into paragraphs, rows and tables.
private struct TableAssembler {
    let bars: Bars

    private var blocks: [Block] = []
    private var rows: [Row] = []
    /// The row under construction, of a shape where rows take several lines.
    private var cells: [Cell] = []
    private var previous = LineKind.blank

    private enum LineKind { case blank, paragraph, tabbedCell, pipedCell, gridLine, row }

    init(bars: Bars) { self.bars = bars }

    mutating func add(_ entry: TextLine, number: Int) {
        let line = entry.text
        let source = SourceSpan(line: number)
        if bars.isGrid, PipeLine.isRule(line) {
            endRow(bounded: true)
            previous = .row
        } else if bars.isGrid, entry.hasBar {
            addGridLine(line, source)
        } else if entry.hasBar {
            addPiped(line, source)
        } else if entry.hasTab {
            addTabbed(line, source)
        } else if line.isBlank {
            // Between piped cells an empty line is nothing: padding ends their rows.
            if previous == .pipedCell { return }
            endRow(bounded: true)
            previous = .blank
        } else if continuesCell(line) {
            cells[cells.count - 1].text += "\n" + line
        } else if let row = Self.blankAlignedRow(line, source) {
            endRow(bounded: true)
            rows.append(row)
            previous = .row
        } else {
            endTable()
            blocks.append(.paragraph(Paragraph(text: String(line), source: source)))
            previous = .paragraph
        }
    }

    mutating func finish() -> [Block] {
        endTable()
        return blocks
    }

    // MARK: - Tabs

    private mutating func addTabbed(_ line: Substring, _ source: SourceSpan) {
        let pieces = PipeLine.tabbedPieces(line)
        let filled = pieces.count { !$0.isBlank }
        let isCell = pieces.count == 2 || (pieces.count == 3 && pieces[2].isBlank)
        if isCell, pieces[0].isBlank {
            if isProse(pieces[1]) || isHeading(pieces[1]) {
                addParagraph(String(line), source)
                return
            }
            cells.append(Cell(text: Self.unquoted(pieces[1]), source: source))
            previous = .tabbedCell
            return
        }
        if filled <= 1, let prose = pieces.first(where: { isProse($0) }) {
            addParagraph(String(prose), source)
            return
        }
        endRow(bounded: true)
        rows.append(Row(cells: pieces.map { Cell(text: Self.unquoted($0), source: source) }, isBounded: true))
        previous = .row
    }

    /// Spreadsheets quote cells: `"0"`.
    private static func unquoted(_ piece: Substring) -> String {
        guard piece.utf8.count >= 2, piece.utf8.first == 0x22, piece.utf8.last == 0x22 else { return String(piece) }
        return String(piece.dropFirst().dropLast())
    }

    /// Indented by a tab, but a sentence: no cell of the form is that long or ends a sentence.
    private func isProse(_ piece: Substring) -> Bool {
        // Most cells are a digit or a short label; only long ones are worth folding.
        guard piece.utf8.count > 36 else { return false }
        // Folding makes four characters of three bytes at most (⑳ → `(20)`): of so few bytes, no more than ninety.
        if piece.utf8.count < 68, !Self.hasFullStop(piece) { return false }
        let folded = FoldedText(piece)
        return folded.count > 90 || folded.has("。")
    }

    /// Whether `。` (E3 80 82) or `｡` (EF BD A1), which folds to it, may stand there.
    private static func hasFullStop(_ piece: Substring) -> Bool {
        let bytes = piece.utf8Span.span
        return bytes.indices.contains { offset in
            switch bytes[offset] {
            case 0xE3: bytes.has(0x80, 0x82, at: offset + 1)
            case 0xEF: bytes.has(0xBD, 0xA1, at: offset + 1)
            default: false
            }
        }
    }

    /// A line without a tab right under a tabbed cell continues it (自⏎然⏎人) — unless the cell is a number, which nobody
    /// breaks, or the line opens a section.
    private func continuesCell(_ line: Substring) -> Bool {
        guard previous == .tabbedCell, let cell = cells.last, cell.text.utf8.count < 300, !isProse(line) else {
            return false
        }
        let above = FoldedText(cell.text)
        if above.isEmpty { return false }
        if above.scalars.allSatisfy({ $0.isASCIIDigit || $0 == "." || $0 == "-" || $0 == "," }) { return false }
        let folded = FoldedText(line)
        if folded.count > 2, folded[1] == "、", folded[0].isHan { return false }
        return true
    }

    // MARK: - Bars

    /// 一、总体情况, ended by a bar like everything on such a page: a heading, which is in no row. Labels of table 3 are numbered
    /// the same way (一、本年新收政府信息公开申请数量) but end otherwise.
    private func isHeading(_ text: Substring) -> Bool {
        // Number, mark, a character and two more at the end: most cells are shorter, and not worth folding.
        guard text.utf8.count > 12, let first = text.unicodeScalars.first(where: { !$0.isFoldedAway }),
            // What a bracket opens may be left out.
            let number = first.folded, number == "[" || Self.isSectionNumber(number)
        else { return false }
        let folded = FoldedText(text)
        guard folded.count > 4, folded.count < 40, Self.isSectionNumber(folded[0]), folded[1] == "、" else {
            return false
        }
        return Self.headingEnds.contains { folded.hasSuffix($0) }
    }

    private static func isSectionNumber(_ scalar: Unicode.Scalar) -> Bool {
        "一二三四五六".unicodeScalars.contains(scalar)
    }

    private static let headingEnds: [Phrase] = ["情况", "事项", "措施", "概述"]

    private mutating func addPiped(_ line: Substring, _ source: SourceSpan) {
        var pieces = PipeLine.pieces(line)
        if bars.endCells {
            let text = pieces.first ?? ""
            let isPadded = pieces.count > 2
            if isProse(text) || (!text.isBlank && pieces.count == 1) || isHeading(text) {
                addParagraph(String(text), source)
                return
            }
            cells.append(Cell(text: String(text), source: source))
            previous = .pipedCell
            if isPadded { endRow(bounded: false) }
            return
        }
        if PipeLine.isRule(line) { return }
        if bars.openRows, pieces.count > 1, pieces[0].isBlank { pieces.removeFirst() }
        if bars.closeRows, pieces.count > 1, let last = pieces.last, last.isBlank { pieces.removeLast() }
        endRow(bounded: true)
        rows.append(
            Row(cells: pieces.map { Cell(text: Self.unescape($0), source: source) }, isBounded: true)
        )
        previous = .row
    }

    /// A line of a drawn row: its cells go on from line to line until the next rule.
    private mutating func addGridLine(_ line: Substring, _ source: SourceSpan) {
        var pieces = PipeLine.pieces(line)
        if let first = pieces.first, first.isBlank { pieces.removeFirst() }
        if let last = pieces.last, last.isBlank { pieces.removeLast() }
        if previous == .gridLine, cells.count == pieces.count {
            for (index, piece) in pieces.enumerated() where !piece.isBlank {
                cells[index].text += (cells[index].text.isBlank ? "" : "\n") + Self.unescape(piece)
            }
        } else {
            endRow(bounded: true)
            cells = pieces.map { Cell(text: Self.unescape($0), source: source) }
        }
        previous = .gridLine
    }

    /// `<br>` keeps lines of a cell apart in Markdown tables, `**` makes bold; neither is content.
    private static func unescape(_ piece: Substring) -> String {
        let bytes = piece.utf8Span.span
        guard bytes.contains(0x3C) || bytes.contains(0x2A) || bytes.contains(0x26) || bytes.contains(0x5C) else {
            return String(piece)
        }
        var text = String(piece)
        for (mark, replacement) in [
            ("<br>", "\n"), ("<br/>", "\n"), ("<br />", "\n"), ("**", ""), ("&nbsp;", " "), ("\\-", "-"), ("\\+", "+"),
            ("\\.", "."),
        ] {
            text = text.split(separator: mark, omittingEmptySubsequences: false).joined(separator: replacement)
        }
        return text
    }

    // MARK: - Blanks

    /// `规章  0  0  0`: a label and numbers, nothing after them.
    private static func blankAlignedRow(_ line: Substring, _ source: SourceSpan) -> Row? {
        // Nearly every line ends otherwise, and is not worth splitting.
        guard let last = line.unicodeScalars.last(where: { !$0.isFoldedAway }),
            last.isASCIIDigit || (last.value >= 0xFF10 && last.value <= 0xFF19)
        else { return nil }
        let words = line.unicodeScalars.split(whereSeparator: \.isFoldedAway).map { Substring($0) }
        guard words.count >= 2, words.count <= 24 else { return nil }
        let numbers = words.reversed().prefix { word in
            let folded = FoldedText(word)
            return folded.scalars.allSatisfy { $0.isASCIIDigit || $0 == "." || $0 == "-" || $0 == "," }
                && folded.scalars.contains(where: \.isASCIIDigit)
        }
        guard !numbers.isEmpty, numbers.count == words.count || words.count - numbers.count <= 8 else { return nil }
        let label = words.dropLast(numbers.count)
        let folded = FoldedText(label.joined())
        if label.isEmpty {
            // A row of numbers only: table 4, or the values under a label of its own line.
            guard numbers.count >= 2 else { return nil }
        } else {
            guard folded.count <= 60, folded.scalars.contains(where: \.isHan) else { return nil }
            guard !folded.containsAny(["。", ":", "年度报告", "http"]) else { return nil }
        }
        var cells: [Cell] = []
        if !label.isEmpty {
            cells.append(Cell(text: label.joined(separator: " "), source: source))
        }
        cells += numbers.reversed().map { Cell(text: String($0), source: source) }
        return Row(cells: cells, isBounded: false)
    }

    // MARK: - Ends

    private mutating func addParagraph(_ text: String, _ source: SourceSpan) {
        endTable()
        blocks.append(.paragraph(Paragraph(text: text, source: source)))
        previous = .paragraph
    }

    private mutating func endRow(bounded: Bool) {
        guard !cells.isEmpty else { return }
        // Where padding marks the ends, a full row has none; and an empty line tells the end of a row only under tabs.
        // Nor does a row of the form have more than nineteen cells: then the ends of rows are not to be seen.
        let hasEnd = cells.count <= 24
        rows.append(
            Row(cells: cells, isBounded: bounded && hasEnd && (previous == .tabbedCell || previous == .gridLine))
        )
        cells = []
    }

    private mutating func endTable() {
        endRow(bounded: true)
        guard !rows.isEmpty else { return }
        blocks.append(.table(Table(rows: rows)))
        rows = []
    }
}
