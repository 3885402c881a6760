import ChineseText

/// One item of a list that breaks a number down: 通知公告类174条.
public struct BreakdownPart: Sendable, Hashable {
    /// The number.
    public var value: Int
    /// What it counts, in folded scalars of the paragraph; empty for a bare number.
    public var name: Range<Int>
    /// Name and number together.
    public var range: Range<Int>
    /// Index into the paragraphs read: a list may go on over lines.
    public var paragraph: Int
    /// The name is a way of publishing or applying (网站, 微信, 公示栏, 信函).
    public var isChannel: Bool
    /// The list that breaks this item down in turn: none or one.
    public var sub: [Breakdown]
}

/// A number with the list of its parts: 共 N 条，其中 … a 条，… b 条.
public struct Breakdown: Sendable, Hashable {
    /// N.
    public var total: Int
    /// The measure word: 条, 件, 期 …
    public var measure: String
    /// The total's digits, in folded scalars of `paragraph`.
    public var totalRange: Range<Int>
    /// Items of the total's own or no measure word, in order.
    public var parts: [BreakdownPart]
    /// How many of `parts`, from the first, surely belong to N: up to the first item with another measure word, a verb of
    /// another kind (维护, 回复, 解读, 转载), an item that tells of all of N (办结N件) or of who was there (出席), another way of dividing (自然人 … then 予以公开 …) or a semicolon that ends the list.
    public var certainCount: Int
    /// The list sets out to be complete: it adds up; or 分别为 opens it or 其他 with a number closes it; or it has four or
    /// more parts and covers at least 97 % of N without exceeding it. Never with 等, ……, an item of another measure word,
    /// an uncertain item or an approximate number.
    public var isExhaustive: Bool
    /// Every item names a channel: one piece may go out by several.
    public var allPartsAreChannels: Bool
    /// N or a part is rounded (18万余条).
    public var isApproximate: Bool
    /// Index of the total's paragraph.
    public var paragraph: Int
    /// From the total's clause to the last part that stands in the same paragraph: what a finding quotes.
    public var range: Range<Int>

    /// Sum of all parts.
    public var sum: Int { parts.reduce(0) { $0 + $1.value } }
    /// The parts that surely belong to N.
    public var partsCertain: ArraySlice<BreakdownPart> { parts.prefix(certainCount) }
    /// Their sum: above `total` it is an error in any reading, unless all parts are channels or a number is rounded.
    public var certainSum: Int { partsCertain.reduce(0) { $0 + $1.value } }
}
