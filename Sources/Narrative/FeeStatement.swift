import ChineseText

/// One body or item in a fee statement: 沭阳县民政局1件，收取880元.
public struct FeePart: Sendable, Hashable {
    /// Applications charged for; nil where the part gives none.
    public var applications: Int?
    /// The amount in yuan; nil where the part gives none.
    public var amountYuan: Quantity?
    /// The part's text, in folded scalars of the statement's paragraph.
    public var range: Range<Int>
}

/// What a report says on whether fees for processing information were charged (109号).
public struct FeeStatement: Sendable, Hashable {
    /// Applications charged for; nil when none are named.
    public var applications: Int?
    /// The amount in yuan, 0 for every wording of none; nil when charging is stated without an amount.
    public var amountYuan: Quantity?
    /// The statement says in words that nothing was charged (未收取, 未产生, 无).
    public var isDenial: Bool
    /// The statement says that no demand for payment was sent (未发出收费通知), see fee.contradicted.
    public var deniesNotices: Bool
    /// What 其中 lists.
    public var parts: [FeePart]
    /// Index into the paragraphs read.
    public var paragraph: Int
    /// The sentence, in folded scalars of the paragraph.
    public var range: Range<Int>
}
