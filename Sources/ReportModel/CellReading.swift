import ChineseText
import DocumentModel

/// What stands in a cell. Blank, 0 and unreadable are three things, all the way to the JSON.
public enum CellState: Sendable, Hashable {
    /// A number.
    case number(Quantity)
    /// Nothing, or one of `/ - — 无`, which offices write for nothing.
    case blank
    /// Something that is no number.
    case notANumber
    /// The reader is not sure which cell this is or what it says; never a ground for a finding.
    case notRead
}

/// A cell of the form with what the document says in it.
///
/// Rules look at every cell of a report several times: what they need is kept small, so that a copy costs next to nothing.
public struct CellReading: Sendable {
    /// What was understood.
    public var state: CellState
    private let piece: Piece
    /// Nil for nearly every cell.
    private let remark: Remark?

    /// What few cells have.
    private final class Remark: Sendable {
        let words: String?
        let unit: String?
        let decimals: Int

        init(words: String?, unit: String?, decimals: Int) {
            self.words = words
            self.unit = unit
            self.decimals = decimals
        }
    }

    /// What a piece says, or what is known of a cell that belongs to it and has `words` of its own.
    init(_ state: CellState, in piece: Piece, words: String? = nil, unit: String? = nil, decimals: Int = 0) {
        self.state = state
        self.piece = piece
        let isPlain = words == nil && unit == nil && decimals == 0
        remark = isPlain ? nil : Remark(words: words, unit: unit, decimals: decimals)
    }

    /// The text as the document has it.
    public var text: String { remark?.words ?? piece.raw.trimmingBlanks() }
    /// Where it stands.
    public var source: SourceSpan { piece.source }
    /// A unit or sign beside the number (`元`, `增`), when there is one.
    public var unit: String? { remark?.unit }
    /// Decimals written, also zeros: 111.1000 has four.
    public var decimals: Int { remark?.decimals ?? 0 }

    /// The number, when it is one.
    public var number: Quantity? {
        if case .number(let value) = state { return value }
        return nil
    }

    /// The number for a sum: a blank counts as 0 (and whoever sums says so); nil when the cell was not read.
    public var summand: Quantity? {
        switch state {
        case .number(let value): value
        case .blank: .zero
        case .notANumber, .notRead: nil
        }
    }
}

/// Reads what a cell says.
enum CellText {
    /// Marks that offices write for nothing.
    private static let blanks = ["/", "-", "--", "---", "无", "\\", "//", "————", "—", "_", "…", "……"].map {
        Array($0.unicodeScalars)
    }

    private static func isBlank(_ folded: FoldedText) -> Bool {
        guard let first = folded.scalars.first else { return true }
        // Most cells that are no number are labels.
        if folded.count > 4 || first.isHan && first != "无" { return false }
        return blanks.contains { $0 == folded.scalars }
    }

    /// Reads a cell of the given kind.
    static func read(_ piece: Piece, kind: CellKind) -> CellReading {
        let folded = piece.folded
        // What nearly every cell holds: digits that stand together, and nothing else.
        if let value = plainNumber(folded) { return CellReading(.number(Quantity(value)), in: piece) }
        if isBlank(folded) { return CellReading(.blank, in: piece) }
        guard digitsStandTogether(piece.raw) else { return CellReading(.notRead, in: piece) }
        guard let parts = split(folded) else {
            // 3（含上年1）, 5/2, 增3减1: there are numbers, but which one is meant is a guess.
            let hasDigit = folded.scalars.contains(where: \.isASCIIDigit)
            let isTwoNumbers =
                hasDigit
                && folded.scalars.contains { "/()[]+¹²³⁴⁵⁶⁷⁸⁹".unicodeScalars.contains($0) || $0 == "增" || $0 == "减" }
            return CellReading(isTwoNumbers ? .notRead : .notANumber, in: piece)
        }
        guard var value = Quantity(decimal: parts.digits) else { return CellReading(.notRead, in: piece) }
        if parts.isNegative { value = Quantity.zero - value }
        // 1.2万件 in a column of numbers is 12000; in a column of 万元 the 万 is the column's own unit.
        if kind != .amount, parts.unit.first == "万" { value = Quantity(raw: value.raw * 10_000) }
        let sign = parts.sign == "+" && kind == .change ? "" : parts.sign
        let unit = sign + parts.unit
        let decimals = parts.digits.lastIndex(of: ".").map { parts.digits.count - $0 - 1 } ?? 0
        return CellReading(.number(value), in: piece, unit: unit.isEmpty ? nil : unit, decimals: decimals)
    }

    /// The value of up to fifteen digits without anything between them.
    private static func plainNumber(_ folded: FoldedText) -> Int? {
        guard !folded.isEmpty, folded.count <= 15, folded.isContiguous(0..<folded.count) else { return nil }
        var value = 0
        for scalar in folded.scalars {
            guard scalar.isASCIIDigit else { return nil }
            value = value * 10 + Int(scalar.value - 0x30)
        }
        return value
    }

    /// Whether a cell looks like the number of the form: what a reader of flattened text takes for a value.
    static func isValueLike(_ folded: FoldedText) -> Bool {
        if folded.isEmpty { return true }
        guard folded.count <= 24 else { return false }
        if plainNumber(folded) != nil { return true }
        if folded[0].isASCIIDigit { return split(folded) != nil }
        return isBlank(folded) || split(folded) != nil
    }

    private struct Parts {
        var sign = ""
        var isNegative = false
        var digits: [Unicode.Scalar] = []
        var unit = ""
    }

    private static let signs: [(Phrase, negative: Bool)] = [
        ("增加", false), ("减少", true), ("增", false), ("减", true), ("↑", false), ("↓", true), ("+", false),
    ]
    private static let units: Set<String> = [
        "元", "万元", "万", "亿元", "件", "条", "项", "个", "宗", "份", "次", "件次", "起", "部", "家", "人", "人次", "万件", "万条", "万项", "万个",
        "。", ".", "、", ",", ";", "*",
    ]

    private static let longestUnit = 2

    /// What stands in front of the digits, where anything does; a label begins otherwise.
    private static let beginnings = Array("增减↑↓+-¥￥".unicodeScalars)

    /// Sign, digits, unit — or nil when the cell is anything else.
    private static func split(_ folded: FoldedText) -> Parts? {
        guard let first = folded.scalars.first, first.isASCIIDigit || beginnings.contains(first) else { return nil }
        var parts = Parts()
        var index = 0
        for (mark, negative) in signs where folded.hasPrefix(mark) {
            parts.sign = folded.string(0..<mark.count)
            parts.isNegative = negative
            index = mark.count
            break
        }
        if index == 0, folded.count > 1, folded[0] == "-" {
            parts.isNegative = true
            index = 1
        }
        if index == 0, folded.count > 1, folded[0] == "¥" || folded[0] == "￥" {
            parts.sign = "¥"
            index = 1
        }
        let start = index
        var sawPoint = false
        while index < folded.count {
            let scalar = folded[index]
            if scalar.isASCIIDigit {
                parts.digits.append(scalar)
            } else if scalar == ".", !sawPoint, index > start, index + 1 < folded.count, folded[index + 1].isASCIIDigit
            {
                sawPoint = true
                parts.digits.append(scalar)
            } else if scalar == ",", !sawPoint, isThousandsSeparator(folded, at: index, from: start) {
                // 1,234: a separator, dropped.
            } else {
                break
            }
            index += 1
        }
        guard !parts.digits.isEmpty else { return nil }
        if index == folded.count { return parts }
        // A label (`1.属于国家秘密`) is longer than every unit.
        guard folded.count - index <= longestUnit else { return nil }
        parts.unit = folded.string(index..<folded.count)
        return units.contains(parts.unit) ? parts : nil
    }

    private static func isThousandsSeparator(_ folded: FoldedText, at index: Int, from start: Int) -> Bool {
        let before = index - start
        guard before >= 1, index + 3 < folded.count else { return false }
        for offset in 1...3 where !folded[index + offset].isASCIIDigit { return false }
        return index + 4 >= folded.count || !folded[index + 4].isASCIIDigit
    }

    /// Digits that only blanks keep apart are one number when they group thousands (12 000), else two numbers or a broken
    /// one — and then which is not known.
    private static func digitsStandTogether(_ raw: String) -> Bool {
        var groups: [Int] = []
        var length = 0
        var sawBlank = false
        for scalar in raw.unicodeScalars {
            let isDigit = scalar.isASCIIDigit || (scalar.value >= 0xFF10 && scalar.value <= 0xFF19)
            if isDigit {
                if sawBlank, length > 0 {
                    groups.append(length)
                    length = 0
                }
                length += 1
                sawBlank = false
            } else if scalar.isFoldedAway {
                sawBlank = length > 0
            } else {
                sawBlank = false
                if !groups.isEmpty, scalar != "." { return false }
                if length > 0, groups.isEmpty { length = 0 }
            }
        }
        if groups.isEmpty { return true }
        groups.append(length)
        return groups[0] <= 3 && groups.dropFirst().allSatisfy { $0 == 3 }
    }
}

extension String {
    /// Without blanks, tabs and line ends on either side.
    func trimmingBlanks() -> String {
        guard let first = unicodeScalars.firstIndex(where: { !$0.isFoldedAway }),
            let last = unicodeScalars.lastIndex(where: { !$0.isFoldedAway })
        else { return "" }
        return String(self[first..<unicodeScalars.index(after: last)])
    }
}
