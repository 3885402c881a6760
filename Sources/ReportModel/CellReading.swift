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
public struct CellReading: Sendable, Hashable {
    /// What was understood.
    public var state: CellState
    /// The text as the document has it.
    public var text: String
    /// Where it stands.
    public var source: SourceSpan
    /// A unit or sign beside the number (`元`, `增`), when there is one.
    public var unit: String?
    /// Decimals written, also zeros: 111.1000 has four.
    public var decimals: Int

    /// A cell.
    public init(_ state: CellState, text: String, source: SourceSpan, unit: String? = nil, decimals: Int = 0) {
        self.state = state
        self.text = text
        self.source = source
        self.unit = unit
        self.decimals = decimals
    }

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
    private static let blanks: Set<String> = ["/", "-", "--", "---", "无", "\\", "//", "————", "—", "_", "…", "……"]

    /// Reads `raw` for a cell of the given kind.
    static func read(_ raw: String, _ folded: FoldedText, kind: CellKind, source: SourceSpan) -> CellReading {
        // What nearly every cell holds: digits that stand together, and nothing else.
        if let value = plainNumber(folded) {
            let text = raw.utf8.count == folded.count ? raw : raw.trimmingBlanks()
            return CellReading(.number(Quantity(value)), text: text, source: source)
        }
        let text = raw.trimmingBlanks()
        if folded.isEmpty || blanks.contains(folded.string) {
            return CellReading(.blank, text: text, source: source)
        }
        guard digitsStandTogether(raw) else { return CellReading(.notRead, text: text, source: source) }
        guard let parts = split(folded) else {
            // 3（含上年1）, 5/2, 增3减1: there are numbers, but which one is meant is a guess.
            let hasDigit = folded.scalars.contains(where: \.isASCIIDigit)
            let isTwoNumbers =
                hasDigit
                && folded.scalars.contains { "/()[]+¹²³⁴⁵⁶⁷⁸⁹".unicodeScalars.contains($0) || $0 == "增" || $0 == "减" }
            return CellReading(isTwoNumbers ? .notRead : .notANumber, text: text, source: source)
        }
        guard var value = Quantity(decimal: parts.digits) else {
            return CellReading(.notRead, text: text, source: source)
        }
        if parts.isNegative { value = Quantity.zero - value }
        // 1.2万件 in a column of numbers is 12000; in a column of 万元 the 万 is the column's own unit.
        if kind != .amount, parts.unit.first == "万" { value = Quantity(raw: value.raw * 10_000) }
        let sign = parts.sign == "+" && kind == .change ? "" : parts.sign
        let unit = sign + parts.unit
        let decimals = parts.digits.lastIndex(of: ".").map { parts.digits.count - $0 - 1 } ?? 0
        return CellReading(
            .number(value),
            text: text,
            source: source,
            unit: unit.isEmpty ? nil : unit,
            decimals: decimals
        )
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
        if folded.count <= 4, blanks.contains(folded.string) { return true }
        return split(folded) != nil
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
        parts.unit = folded.string(index..<folded.count)
        guard parts.unit.isEmpty || units.contains(parts.unit) else { return nil }
        return parts
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
