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
        let bytes = decoded.text.utf8Span.span
        guard bytes.count <= Self.maximumBytes else {
            throw Unreadable(
                .tooLarge,
                "文本有 \(bytes.count) 字节，超过上限 \(Self.maximumBytes) 字节，不会是一份年度报告。",
                "The text has \(bytes.count) bytes, more than the limit of \(Self.maximumBytes); no annual report has."
            )
        }
        var lines = TextLine.all(in: 0..<bytes.count, of: bytes)
        // A page whose every text was joined by `|` or tabs into one line.
        if lines.count <= Self.linesOfAJoinedPage {
            for separator in [0x7C, 0x09] as [UInt8] where decoded.text.utf8.count(where: { $0 == separator }) >= 100 {
                let parts = bytes.indices.split { bytes[$0] == separator }
                lines = parts.flatMap { TextLine.all(in: $0, of: bytes) }
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
        return Document(format: .text, encoding: decoded.encoding, blocks: Self.blocks(of: lines, in: bytes))
    }

    /// Paragraphs and tables that `lines` of a text make; each is placed by its number, from 1.
    static func blocks(of lines: [TextLine], in bytes: Span<UInt8>) -> [Block] {
        var assembler = TableAssembler(bars: Bars(lines, bytes))
        for (index, line) in lines.enumerated() {
            assembler.add(line, bytes, number: index + 1)
        }
        return assembler.finish()
    }
}

/// A line of a text, and what was seen in it when its end was looked for. Lines and their parts are ranges of the UTF-8 bytes of
/// the text: `Character` iteration takes a hundred times as long, and each substring holds on to its text.
struct TextLine {
    /// Its bytes, without the end of the line.
    var range: Range<Int>
    /// Whether `|` stands in it, in any form.
    var hasBar = false
    /// Whether a tab stands in it.
    var hasTab = false

    /// A line of its own.
    init(_ range: Range<Int>, of bytes: Span<UInt8>) {
        self.range = range
        let line = bytes.extracting(range)
        hasTab = line.contains(0x09)
        hasBar = line.indices.contains { PipeLine.barWidth(at: $0, in: line) > 0 }
    }

    fileprivate init(_ range: Range<Int>, hasBar: Bool, hasTab: Bool) {
        self.range = range
        self.hasBar = hasBar
        self.hasTab = hasTab
    }

    /// Splits at LF, CRLF, CR, form feed, NEL, U+2028 and U+2029; at vertical tabs where there is nothing else, for they
    /// also stand for a soft break within a cell.
    static func all(in range: Range<Int>, of bytes: Span<UInt8>) -> [TextLine] {
        let scan = LineScan(range, of: bytes, splitsAtVerticalTab: false)
        return scan.hasOnlyVerticalTabs ? LineScan(range, of: bytes, splitsAtVerticalTab: true).lines : scan.lines
    }
}

/// Finds the lines of a text, and their bars and tabs, in one pass over its bytes.
private struct LineScan {
    private(set) var lines: [TextLine] = []
    /// Whether vertical tabs are all that could end a line, but for the rarer line ends.
    var hasOnlyVerticalTabs: Bool { hasVerticalTab && !hasLineEnd }
    private var hasVerticalTab = false
    private var hasLineEnd = false

    init(_ range: Range<Int>, of bytes: Span<UInt8>, splitsAtVerticalTab: Bool) {
        let bytes = bytes.extracting(..<range.upperBound)
        // A report has a line for each thirty bytes; few lists grow.
        lines.reserveCapacity(range.count / 32)
        var start = range.lowerBound
        var hasBar = false
        var hasTab = false
        var offset = start
        while offset < bytes.count {
            let byte = bytes[offset]
            // Nearly every byte of a report is of a character of three bytes that is none of what is looked for,
            if byte &- 0xE3 < 12 {
                offset &+= 3
                continue
            }
            // or is a digit, a letter or a blank.
            if byte &- 0x20 < 0x5C {
                offset &+= 1
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
                lines.append(TextLine(start..<offset, hasBar: hasBar, hasTab: hasTab))
                (hasBar, hasTab) = (false, false)
                start = offset + length
            }
            offset &+= max(byte < 0xE0 ? 1 : 3, length)
        }
        lines.append(TextLine(start..<bytes.count, hasBar: hasBar, hasTab: hasTab))
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

    init(_ lines: [TextLine], _ bytes: Span<UInt8>) {
        var single = 0
        var several = 0
        var opened = 0
        var closed = 0
        var rules = 0
        for line in lines {
            if PipeLine.isRule(line.range, bytes) {
                rules += 1
                continue
            }
            guard line.hasBar else { continue }
            if PipeLine.hasSeveralCells(line.range, bytes) { several += 1 } else { single += 1 }
            if let last = bytes.lastKept(in: line.range), PipeLine.isBar(last) { closed += 1 }
            if PipeLine.beginsWithBar(line.range, bytes) { opened += 1 }
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

    /// Whether nothing but white space stands before the first bar.
    static func beginsWithBar(_ line: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        var offset = line.lowerBound
        while offset < line.upperBound {
            let (scalar, width) = bytes.scalar(at: offset)
            if !isWhitespace(scalar) { return isBar(scalar) }
            offset &+= width
        }
        return false
    }

    /// Asks the tables of Unicode, which take a hundred times as long, for the few only that may be in them: no white space
    /// is behind U+3000.
    private static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar == " " || (0x09...0x0D).contains(scalar.value) }
        return scalar.value <= 0x3000 && scalar.properties.isWhitespace
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
    static func hasSeveralCells(_ line: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        var filled = 0
        var isInCell = false
        var offset = line.lowerBound
        while offset < line.upperBound {
            let (scalar, width) = bytes.scalar(at: offset)
            offset &+= width
            if isBar(scalar) {
                isInCell = false
            } else if !isInCell, !scalar.isFoldedAway {
                isInCell = true
                filled += 1
                if filled > 1 { return true }
            }
        }
        return false
    }

    /// A line that draws: `+---+`, `|:--|--:|`, `├──┼──┤`.
    static func isRule(_ line: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        var dashes = 0
        var offset = line.lowerBound
        while offset < line.upperBound {
            let (scalar, width) = bytes.scalar(at: offset)
            offset &+= width
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

    /// Puts what stands before, between and behind the bars of a line into `pieces`.
    static func split(_ line: Range<Int>, _ bytes: Span<UInt8>, into pieces: inout [Range<Int>]) {
        split(line, bytes, into: &pieces) { offset in barWidth(at: offset, in: bytes) }
    }

    /// Puts what stands before, between and behind the tabs of a line into `pieces`.
    static func splitAtTabs(_ line: Range<Int>, _ bytes: Span<UInt8>, into pieces: inout [Range<Int>]) {
        split(line, bytes, into: &pieces) { offset in bytes[offset] == 0x09 ? 1 : 0 }
    }

    /// Splits at what takes `width` bytes at an offset; 0 where nothing is to be split.
    @inline(__always)
    private static func split(
        _ line: Range<Int>,
        _ bytes: Span<UInt8>,
        into pieces: inout [Range<Int>],
        width: (Int) -> Int
    ) {
        pieces.removeAll(keepingCapacity: true)
        var start = line.lowerBound
        var offset = start
        while offset < line.upperBound {
            // Most characters are Chinese, and no separators.
            if bytes[offset] &- 0xE3 < 12 {
                offset &+= 3
                continue
            }
            let width = width(offset)
            if width > 0 {
                pieces.append(start..<offset)
                start = offset + width
            }
            offset &+= max(1, width)
        }
        pieces.append(start..<line.upperBound)
    }
}

/// Collects lines into paragraphs, rows and tables.
private struct TableAssembler {
    let bars: Bars

    private var blocks: [Block] = []
    private var rows: [Row] = []
    /// The row under construction, of a shape where rows take several lines.
    private var cells: [Cell] = []
    /// The pieces of the line that is being added: one list for all lines.
    private var pieces: [Range<Int>] = []
    private var previous = LineKind.blank

    private enum LineKind { case blank, paragraph, tabbedCell, pipedCell, gridLine, row }

    init(bars: Bars) { self.bars = bars }

    mutating func add(_ entry: TextLine, _ bytes: Span<UInt8>, number: Int) {
        let line = entry.range
        let source = SourceSpan(line: number)
        if bars.isGrid, PipeLine.isRule(line, bytes) {
            endRow(bounded: true)
            previous = .row
        } else if bars.isGrid, entry.hasBar {
            addGridLine(line, bytes, source)
        } else if entry.hasBar {
            addPiped(line, bytes, source)
        } else if entry.hasTab {
            addTabbed(line, bytes, source)
        } else if bytes.isBlank(line) {
            // Between piped cells an empty line is nothing: padding ends their rows.
            if previous == .pipedCell { return }
            endRow(bounded: true)
            previous = .blank
        } else if continuesCell(line, bytes) {
            cells[cells.count - 1].text += "\n" + bytes.string(line)
        } else if let row = blankAlignedRow(line, bytes, source) {
            endRow(bounded: true)
            rows.append(row)
            previous = .row
        } else {
            addParagraph(line, bytes, source)
        }
    }

    mutating func finish() -> [Block] {
        endTable()
        return blocks
    }

    // MARK: - Tabs

    private mutating func addTabbed(_ line: Range<Int>, _ bytes: Span<UInt8>, _ source: SourceSpan) {
        PipeLine.splitAtTabs(line, bytes, into: &pieces)
        let isCell = pieces.count == 2 || (pieces.count == 3 && bytes.isBlank(pieces[2]))
        if isCell, bytes.isBlank(pieces[0]) {
            if Self.isProse(pieces[1], bytes) || Self.isHeading(pieces[1], bytes) {
                addParagraph(line, bytes, source)
                return
            }
            append(Cell(text: Self.unquoted(pieces[1], bytes), source: source))
            previous = .tabbedCell
            return
        }
        if let prose = pieces.first(where: { Self.isProse($0, bytes) }),
            pieces.count(where: { !bytes.isBlank($0) }) <= 1
        {
            addParagraph(prose, bytes, source)
            return
        }
        endRow(bounded: true)
        rows.append(Row(cells: pieces.map { Cell(text: Self.unquoted($0, bytes), source: source) }, isBounded: true))
        previous = .row
    }

    /// Spreadsheets quote cells: `"0"`.
    private static func unquoted(_ piece: Range<Int>, _ bytes: Span<UInt8>) -> String {
        let text = bytes.string(piece)
        guard piece.count >= 2, bytes[piece.lowerBound] == 0x22, bytes[piece.upperBound - 1] == 0x22 else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }

    /// Indented by a tab, but a sentence: no cell of the form is that long or ends a sentence.
    private static func isProse(_ piece: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        // Most cells are a digit or a short label; only long ones are worth folding.
        guard piece.count > 36 else { return false }
        // Folding makes four characters of three bytes at most (⑳ → `(20)`): of so few bytes, no more than ninety.
        if piece.count < 68, !hasFullStop(bytes.extracting(piece)) { return false }
        let folded = FoldedText(bytes.string(piece))
        return folded.count > 90 || folded.has("。")
    }

    /// Whether `。` (E3 80 82) or `｡` (EF BD A1), which folds to it, may stand there.
    private static func hasFullStop(_ bytes: Span<UInt8>) -> Bool {
        bytes.indices.contains { offset in
            switch bytes[offset] {
            case 0xE3: bytes.has(0x80, 0x82, at: offset + 1)
            case 0xEF: bytes.has(0xBD, 0xA1, at: offset + 1)
            default: false
            }
        }
    }

    /// A line without a tab right under a tabbed cell continues it (自⏎然⏎人) — unless the cell is a number, which nobody
    /// breaks, or the line opens a section.
    private func continuesCell(_ line: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        guard previous == .tabbedCell, let cell = cells.last, cell.text.utf8.count < 300, !Self.isProse(line, bytes)
        else {
            return false
        }
        let above = FoldedText(cell.text)
        if above.isEmpty { return false }
        if above.scalars.allSatisfy({ $0.isASCIIDigit || $0 == "." || $0 == "-" || $0 == "," }) { return false }
        let folded = FoldedText(bytes.string(line))
        if folded.count > 2, folded[1] == "、", folded[0].isHan { return false }
        return true
    }

    // MARK: - Bars

    /// 一、总体情况, ended by a bar like everything on such a page: a heading, which is in no row. Labels of table 3 are numbered
    /// the same way (一、本年新收政府信息公开申请数量) but end otherwise.
    private static func isHeading(_ text: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        // Number, mark, a character and two more at the end: most cells are shorter, and not worth folding.
        guard text.count > 12, let first = bytes.firstKept(in: text),
            // What a bracket opens may be left out.
            let number = first.folded, number == "[" || isSectionNumber(number)
        else { return false }
        let folded = FoldedText(bytes.string(text))
        guard folded.count > 4, folded.count < 40, isSectionNumber(folded[0]), folded[1] == "、" else {
            return false
        }
        return headingEnds.contains { folded.hasSuffix($0) }
    }

    private static func isSectionNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "一", "二", "三", "四", "五", "六": true
        default: false
        }
    }

    private static let headingEnds: [Phrase] = ["情况", "事项", "措施", "概述"]

    private mutating func addPiped(_ line: Range<Int>, _ bytes: Span<UInt8>, _ source: SourceSpan) {
        PipeLine.split(line, bytes, into: &pieces)
        if bars.endCells {
            let text = pieces[0]
            let isPadded = pieces.count > 2
            if Self.isProse(text, bytes) || !bytes.isBlank(text) && pieces.count == 1 || Self.isHeading(text, bytes) {
                addParagraph(text, bytes, source)
                return
            }
            append(Cell(text: bytes.string(text), source: source))
            previous = .pipedCell
            if isPadded { endRow(bounded: false) }
            return
        }
        if PipeLine.isRule(line, bytes) { return }
        var filled = pieces[...]
        if bars.openRows, filled.count > 1, let first = filled.first, bytes.isBlank(first) { filled.removeFirst() }
        if bars.closeRows, filled.count > 1, let last = filled.last, bytes.isBlank(last) { filled.removeLast() }
        endRow(bounded: true)
        rows.append(
            Row(cells: filled.map { Cell(text: Self.unescape($0, bytes), source: source) }, isBounded: true)
        )
        previous = .row
    }

    /// A line of a drawn row: its cells go on from line to line until the next rule.
    private mutating func addGridLine(_ line: Range<Int>, _ bytes: Span<UInt8>, _ source: SourceSpan) {
        PipeLine.split(line, bytes, into: &pieces)
        if let first = pieces.first, bytes.isBlank(first) { pieces.removeFirst() }
        if let last = pieces.last, bytes.isBlank(last) { pieces.removeLast() }
        if previous == .gridLine, cells.count == pieces.count {
            for (index, piece) in pieces.enumerated() where !bytes.isBlank(piece) {
                cells[index].text += (cells[index].text.isBlank ? "" : "\n") + Self.unescape(piece, bytes)
            }
        } else {
            endRow(bounded: true)
            cells = pieces.map { Cell(text: Self.unescape($0, bytes), source: source) }
        }
        previous = .gridLine
    }

    /// `<br>` keeps lines of a cell apart in Markdown tables, `**` makes bold; neither is content.
    private static func unescape(_ piece: Range<Int>, _ bytes: Span<UInt8>) -> String {
        var text = bytes.string(piece)
        // Most cells are a number or a label.
        let mayBeMarked = piece.contains { offset in
            let byte = bytes[offset]
            return byte == 0x3C || byte == 0x2A || byte == 0x26 || byte == 0x5C
        }
        guard mayBeMarked else { return text }
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
    private mutating func blankAlignedRow(_ line: Range<Int>, _ bytes: Span<UInt8>, _ source: SourceSpan) -> Row? {
        // Nearly every line ends otherwise, and is not worth splitting.
        guard let last = bytes.lastKept(in: line),
            last.isASCIIDigit || (last.value >= 0xFF10 && last.value <= 0xFF19)
        else { return nil }
        Self.splitAtBlanks(line, bytes, into: &pieces)
        guard pieces.count >= 2, pieces.count <= 24 else { return nil }
        let label = pieces[..<((pieces.lastIndex { !Self.isNumber($0, bytes) } ?? -1) + 1)]
        let numbers = pieces[label.endIndex...]
        guard !numbers.isEmpty, label.count <= 8 else { return nil }
        var cells: [Cell] = []
        cells.reserveCapacity(numbers.count + 1)
        if let first = label.first, let last = label.last {
            let folded = FoldedText(bytes.string(first.lowerBound..<last.upperBound))
            guard folded.count <= 60, folded.scalars.contains(where: \.isHan) else { return nil }
            guard !folded.contains(Self.marksOfSentences) else { return nil }
            cells.append(Cell(text: label.map { bytes.string($0) }.joined(separator: " "), source: source))
        } else {
            // A row of numbers only: table 4, or the values under a label of its own line.
            guard numbers.count >= 2 else { return nil }
        }
        for number in numbers { cells.append(Cell(text: bytes.string(number), source: source)) }
        return Row(cells: cells, isBounded: false)
    }

    private static let marksOfSentences: PhraseSet = ["。", ":", "年度报告", "http"]

    /// Puts what blanks keep apart into `words`.
    private static func splitAtBlanks(_ line: Range<Int>, _ bytes: Span<UInt8>, into words: inout [Range<Int>]) {
        words.removeAll(keepingCapacity: true)
        var start = line.lowerBound
        var offset = start
        while offset < line.upperBound {
            let (scalar, width) = bytes.scalar(at: offset)
            if scalar.isFoldedAway {
                if start < offset { words.append(start..<offset) }
                start = offset + width
            }
            offset &+= width
        }
        if start < offset { words.append(start..<offset) }
    }

    /// Whether a word is a number as the form has them.
    private static func isNumber(_ word: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        let folded = FoldedText(bytes.string(word))
        return folded.scalars.allSatisfy { $0.isASCIIDigit || $0 == "." || $0 == "-" || $0 == "," }
            && folded.scalars.contains(where: \.isASCIIDigit)
    }

    // MARK: - Ends

    private mutating func addParagraph(_ text: Range<Int>, _ bytes: Span<UInt8>, _ source: SourceSpan) {
        endTable()
        blocks.append(.paragraph(Paragraph(text: bytes.string(text), source: source)))
        previous = .paragraph
    }

    private mutating func append(_ cell: Cell) {
        // Few rows have more cells, and growing to them would take five lists.
        if cells.isEmpty { cells.reserveCapacity(12) }
        cells.append(cell)
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
