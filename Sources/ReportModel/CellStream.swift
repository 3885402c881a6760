import ChineseText
import DocumentModel

/// One piece of a document in reading order: a paragraph, or a cell of a table row.
///
/// A class, because the readers pass pieces about all the time and a copy of its four parts costs more than they do.
final class Piece: Sendable {
    /// The text as the document has it.
    let raw: String
    /// The same, folded.
    let folded: FoldedText
    /// Where it stands.
    let source: SourceSpan
    /// The row it belongs to; nil for a paragraph.
    let row: Int?
    /// Whether that row is known to hold all its cells and none of another row.
    let rowIsBounded: Bool
    /// The columns of the grid that it covers; nil for a paragraph and in flattened text.
    let span: GridSpan?
    /// Whether it looks like a number of the form; see ``CellText/isValueLike(_:)``.
    let isValueLike: Bool
    /// A paragraph too long for a cell, or a sentence: running text between heading and table, never a cell.
    let isProse: Bool

    init(raw: String, folded: FoldedText, source: SourceSpan, row: Int?, rowIsBounded: Bool, span: GridSpan? = nil) {
        self.raw = raw
        self.folded = folded
        self.source = source
        self.row = row
        self.rowIsBounded = rowIsBounded
        self.span = span
        isValueLike = CellText.isValueLike(folded)
        isProse = folded.count > 90 || folded.has("。")
    }
}

/// A document as one run of pieces. Tables that a converter turned into paragraphs and tables that kept their rows are
/// read by the same code; rows help where there are any.
struct PieceStream: Sendable {
    private(set) var pieces: [Piece] = []
    /// The pieces of each row.
    private(set) var rows: [Range<Int>] = []
    /// The rows and the number of columns of each table whose cells say which columns they cover.
    private var grids: [(rows: Range<Int>, width: Int)] = []

    init(_ document: Document) {
        for block in document.blocks {
            switch block {
            case .paragraph(let paragraph):
                let folded = FoldedText(paragraph.text)
                if folded.isEmpty { continue }
                pieces.append(
                    Piece(raw: paragraph.text, folded: folded, source: paragraph.source, row: nil, rowIsBounded: false)
                )
            case .table(let table):
                if table.isGrid {
                    let width = table.rows.flatMap(\.cells).compactMap { $0.span?.columnRange.upperBound }.max() ?? 0
                    grids.append((rows.count..<(rows.count + table.rows.count), width))
                }
                for row in table.rows {
                    let start = pieces.count
                    for cell in row.cells {
                        pieces.append(
                            Piece(
                                raw: cell.text,
                                folded: FoldedText(cell.text),
                                source: cell.source,
                                row: rows.count,
                                rowIsBounded: row.isBounded,
                                span: cell.span
                            )
                        )
                    }
                    rows.append(start..<pieces.count)
                }
            }
        }
    }

    /// The grid that `row` belongs to.
    func grid(of row: Int) -> Int? {
        var low = 0
        var high = grids.count
        while low < high {
            let middle = (low + high) / 2
            if grids[middle].rows.upperBound <= row { low = middle + 1 } else { high = middle }
        }
        return low < grids.count && grids[low].rows.contains(row) ? low : nil
    }

    /// The rows of a grid.
    func rows(ofGrid grid: Int) -> Range<Int> { grids[grid].rows }

    /// The number of columns of a grid.
    func width(ofGrid grid: Int) -> Int { grids[grid].width }

    /// Whether a piece is a line, or all that stands in its row: signatures are put right by tables without lines, and whole
    /// reports come in one table.
    func standsAlone(_ index: Int) -> Bool {
        guard let row = pieces[index].row else { return true }
        return !pieces[index].folded.isEmpty && rows[row].allSatisfy { $0 == index || pieces[$0].folded.isEmpty }
    }

    /// See ``Piece/isProse``.
    func isProse(_ index: Int) -> Bool { pieces[index].isProse }
}

/// The part of a label that is compared: its Han characters, without number, brackets and punctuation — what survives
/// retyping, conversion and other brackets.
struct LabelKey: Sendable, Hashable {
    var han: [Unicode.Scalar]
    /// The number in front: `三、` and `（三）` give 3, `2.` gives 2.
    var number: Int?

    init(_ folded: FoldedText) {
        var index = 0
        while index < folded.count, folded[index] == "(" || folded[index] == "[" || folded[index] == "第" { index += 1 }
        let start = index
        while index < folded.count, folded[index].isChineseNumeral || folded[index].isASCIIDigit { index += 1 }
        let digits = folded.scalars[start..<index]
        let isArabic = digits.first?.isASCIIDigit ?? false
        if !digits.isEmpty, index < folded.count, Self.enumeratorEnds.contains(folded[index]) {
            number = isArabic ? Self.arabic(digits) : ChineseNumeral.value(digits)
        } else {
            index = 0
            // `1属于国家秘密`: the point got lost.
            if isArabic {
                number = Self.arabic(digits)
                index = digits.count
            }
        }
        han = folded.han(from: index)
    }

    private static let enumeratorEnds = Array(")]、.,:项".unicodeScalars)

    init(_ text: String) { self.init(FoldedText(text)) }

    /// The label of a cell; nil for one that surely bears none, as most hold a number.
    init?(ofCell folded: FoldedText) {
        guard folded.count <= 70, folded.scalars.contains(where: \.isHan) else { return nil }
        self.init(folded)
        if han.count < 2 { return nil }
    }

    private static func arabic(_ digits: ArraySlice<Unicode.Scalar>) -> Int? {
        var value = 0
        for digit in digits {
            guard digit.isASCIIDigit, value < 1000 else { return nil }
            value = value * 10 + Int(digit.value - 0x30)
        }
        return value
    }
}

/// Finds which label of a closed set a cell bears, also when it is misspelt, cut, or joined with the label of its group.
struct LabelMatcher<Target: Hashable & Sendable>: Sendable {
    private struct Entry: Sendable {
        var target: Target
        var key: LabelKey
    }

    private var entries: [Entry] = []
    /// What tells of nearly every entry that it is another label, without looking at it.
    private var outlines: [(count: Int, sketch: CharacterSketch)] = []
    /// The entries by a number made of their characters: hashing it takes a fraction of the time that hashing them does.
    private var exact: [UInt64: Int] = [:]
    /// Labels of groups that may stand before a label in the same cell.
    private var prefixes: [[Unicode.Scalar]] = []

    mutating func add(_ label: String, _ target: Target) {
        let key = LabelKey(label)
        exact[Self.digest(key.han)] = entries.count
        entries.append(Entry(target: target, key: key))
        outlines.append((key.han.count, CharacterSketch(key.han)))
    }

    mutating func addPrefix(_ label: String) { prefixes.append(LabelKey(label).han) }

    /// The target that the cell surely bears, or nil.
    func match(_ folded: FoldedText) -> Target? { LabelKey(ofCell: folded).flatMap(match) }

    /// The target that a cell with this label surely bears, or nil.
    func match(_ key: LabelKey) -> Target? {
        if let target = exactly(key.han) ?? fuzzy(key) { return target }
        for prefix in prefixes where key.han.count > prefix.count + 1 && key.han.starts(with: prefix) {
            let rest = LabelKey(han: Array(key.han.dropFirst(prefix.count)), number: nil)
            if let target = exactly(rest.han) ?? fuzzy(rest) { return target }
        }
        return nil
    }

    private func exactly(_ han: [Unicode.Scalar]) -> Target? {
        guard let entry = exact[Self.digest(han)].map({ entries[$0] }), entry.key.han == han else { return nil }
        return entry.target
    }

    /// FNV-1a, a scalar at a time.
    private static func digest(_ scalars: [Unicode.Scalar]) -> UInt64 {
        scalars.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1.value)) &* 0x100_0000_01B3 }
    }

    private func fuzzy(_ key: LabelKey) -> Target? {
        let count = key.han.count
        guard count >= 3 else { return nil }
        let sketch = CharacterSketch(key.han)
        var best: (Target, Int)?
        var runnerUp = Int.max
        for (number, outline) in outlines.enumerated() where outline.count >= 3 {
            let allowed = max(1, max(outline.count, count) / 3)
            let isFar = abs(outline.count - count) > allowed || outline.sketch.isFurther(from: sketch, than: allowed)
            // Cut off by a narrow column: the beginning is there.
            let mayBeCut = count >= 5 && outline.count > count && sketch.isPart(of: outline.sketch)
            if isFar, !mayBeCut { continue }
            let entry = entries[number]
            let label = entry.key.han
            var distance =
                isFar ? (allowed + 1) * 2 : EditDistance.distance(key.han, label, limit: allowed) * 2
            if distance > allowed * 2 {
                guard mayBeCut, label.starts(with: key.han) else { continue }
                distance = 2
            }
            // The number in front decides between labels that are one character apart (予以公开, 不予公开).
            if let own = entry.key.number, let found = key.number { distance += own == found ? -1 : 1 }
            if let (target, score) = best {
                if distance < score {
                    if target != entry.target { runnerUp = score }
                    best = (entry.target, distance)
                } else if target != entry.target {
                    runnerUp = min(runnerUp, distance)
                }
            } else {
                best = (entry.target, distance)
            }
        }
        guard let (target, score) = best, score < runnerUp else { return nil }
        return target
    }
}

extension LabelKey {
    init(han: [Unicode.Scalar], number: Int?) {
        self.han = han
        self.number = number
    }
}

extension FoldedText {
    /// The Han characters from `start` on.
    func han(from start: Int = 0) -> [Unicode.Scalar] {
        var han: [Unicode.Scalar] = []
        han.reserveCapacity(count - start)
        for index in start..<count where self[index].isHan { han.append(self[index]) }
        return han
    }
}
