import ChineseText

/// Lines that stand in one cell, or may.
struct PDFCellText {
    /// Number of the page, from 1.
    var page: Int
    /// Top to bottom.
    var lines: [[PDFWord]]
    var box: PDFBox
    /// How the label is numbered: 3 for `3.`, `（三）` and `三、`; nil without.
    let number: PDFEnumerator?

    init(page: Int, words: [PDFWord]) {
        self.page = page
        lines = [words]
        number = PDFEnumerator(words.prefix(4).map(\.text).joined())
        box = words.dropFirst().reduce(words[0].box) { $0.union($1.box) }
    }

    /// Lines under each other, as one.
    mutating func append(_ other: PDFCellText) {
        lines += other.lines
        // On the next page is another place altogether.
        if page == other.page { box = box.union(other.box) }
    }

    var text: String { lines.map { PDFText.join($0) }.joined(separator: "\n") }
    var firstOrder: Int { lines.first?.first?.order ?? 0 }
    var lastOrder: Int { lines.last?.last?.order ?? 0 }
    var extent: ClosedRange<Double> { box.left...max(box.left, box.right) }
    var em: Double { lines.first?.map(\.em).min() ?? box.height }

    /// Whether it is a whole label of the form without a number, which nothing can go on with.
    private var isWhole: Bool {
        guard lines.count <= 2, box.height < 4 * em else { return false }
        return Self.wholeLabels.contains(lines.map { PDFText.join($0) }.joined())
    }

    private static let wholeLabels: Set<String> = [
        "规章", "规范性文件", "行政规范性文件", "行政许可", "其他对外管理服务事项", "行政处罚", "行政强制", "行政事业性收费", "政府集中采购", "信息内容",
    ]

    /// Whether `lower` can be the next line of the same cell.
    func goesOn(in lower: PDFCellText, drawnByCell: Bool) -> Bool {
        guard page == lower.page, box.overlapX(lower.box) > 0, lower.number == nil, !isWhole else { return false }
        let gap = lower.box.top - box.bottom
        let em = min(em, lower.em)
        guard gap > -0.6 * em else { return false }
        if drawnByCell { return gap < 1.3 * em && lastOrder + 1 == lower.firstOrder }
        return gap < 0.7 * em
    }
}

/// The number that opens a label.
struct PDFEnumerator: Equatable {
    /// From the outermost: 三、 （三） 3.
    enum Style: Int { case han, bracket, digit }
    var style: Style
    var value: Int

    init?(_ text: String) {
        let scalars = Array(FoldedText(text.prefix(8)).scalars)
        guard let first = scalars.first else { return nil }
        if first == "(", scalars.count > 2, let value = Self.han(scalars[1]), scalars[2] == ")" {
            self.init(.bracket, value)
        } else if scalars.count > 1, let value = Self.han(first), scalars[1] == "、" {
            self.init(.han, value)
        } else if first.isASCIIDigit, scalars.count > 1, [".", "、", "．"].contains(scalars[1]),
            scalars.count == 2 || !scalars[2].isASCIIDigit
        {
            self.init(.digit, Int(first.value) - 0x30)
        } else {
            return nil
        }
    }

    private init(_ style: Style, _ value: Int) {
        self.style = style
        self.value = value
    }

    private static func han(_ scalar: Unicode.Scalar) -> Int? {
        let numerals: [Unicode.Scalar] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
        return numerals.firstIndex(of: scalar).map { $0 + 1 }
    }
}
