import ChineseText

/// One body or way of charging in a fee statement: 沭阳县民政局1件，收取880元.
public struct FeePart: Sendable, Hashable {
    /// Applications charged for; nil where the part gives none.
    public var applications: Int?
    /// The amount in yuan; nil where the part gives none.
    public var amountYuan: Quantity?
    /// Index into the paragraphs read: a list may stand in the next one.
    public var paragraph: Int
    /// The part's text, in folded scalars of its paragraph.
    public var range: Range<Int>
}

/// What the list of parts claims to be.
public enum FeeListing: Sendable, Hashable {
    /// There is no list.
    case none
    /// A list that may leave parts out: one or two named after 其中.
    case selection
    /// 分别为 opens it or 其他 … closes it: it leaves nothing out.
    case complete
    /// Its parts cannot be told apart surely, or it speaks of other things than what was charged: 各, 减免, 逾期未缴.
    case doubtful
}

/// What a report says on whether fees for processing information were charged (109号).
public struct FeeStatement: Sendable, Hashable {
    /// Applications charged for; nil when none are named.
    public var applications: Int?
    /// The amount in yuan, 0 for every wording of none; nil when charging is stated without an amount.
    public var amountYuan: Quantity?
    /// One unit of the last digit of an amount in 万元, to which it may have been rounded; 0 for one in 元.
    public var rounding = Quantity.zero
    /// 约, 余, 近, or a number without 元: no arithmetic on it.
    public var isApproximate = false
    /// The statement says in words that nothing was charged (未收取, 未产生, 无).
    public var isDenial = false
    /// The statement says that no demand for payment was sent (未发出收费通知), see fee.contradicted.
    public var deniesNotices = false
    /// It names a reason why applications that a fee is due for brought no money: 通知, 未缴, 减免, 撤回.
    public var explainsZero = false
    /// What 其中 lists.
    public var parts: [FeePart] = []
    /// See ``FeeListing``.
    public var listing = FeeListing.none
    /// Index into the paragraphs read.
    public var paragraph: Int
    /// The sentence, in folded scalars of the paragraph.
    public var range: Range<Int>
}

/// A sentence about the fee that does not say whether any was charged: 规范信息处理费收取工作.
public struct FeeMention: Sendable, Hashable {
    /// Only the title of the 管理办法, or a word that other charges have too (收费): in most places it means nothing.
    public var isFaint: Bool
    /// Index into the paragraphs read.
    public var paragraph: Int
    /// The sentence, in folded scalars of the paragraph.
    public var range: Range<Int>
}

/// All that one section says about the fee.
public struct FeeReading: Sendable, Hashable {
    /// Sentences that say whether fees were charged, in order.
    public var statements: [FeeStatement] = []
    /// The first sentence that is about the fee and says neither, of those that say most.
    public var mention: FeeMention?
    /// Position of the statement that says most: one with an amount before one without.
    var bestIndex: Int?

    /// The statement that says most.
    public var best: FeeStatement? { bestIndex.map { statements[$0] } }
}
