import ChineseText

/// Which number of table 3 a sentence states (domain.md §4 lists the cells that each may equal).
public enum ApplicationCount: Sendable, Hashable, CaseIterable {
    /// 收到 / 受理 / 新收 N 件: row 1, or rows 1 + 2.
    case received
    /// 上年结转: row 2.
    case carriedOver
    /// 结转下年度: row 4.
    case carriedForward
    /// 答复 / 办结 N 件: row 3.7, 1 + 2 or 1.
    case answered
    /// 予以公开: row 3.1.
    case granted
    /// 部分公开: row 3.2.
    case partiallyGranted
    /// One number for 予以公开 and 部分公开 together: 3.1 + 3.2.
    case grantedOrPartially
    /// 不予公开: rows 3.3.
    case denied
    /// 无法提供: rows 3.4.
    case unavailable
    /// 不予处理: rows 3.5.
    case rejected
    /// 其他处理: rows 3.6.
    case otherResults
    /// 自然人: the first column of row 1, or of rows 1 + 2.
    case naturalPersons
    /// 法人或其他组织: the other five columns.
    case organisations
}

extension ApplicationCount {
    /// One of the results of table 3.
    public var isOutcome: Bool {
        switch self {
        case .granted, .partiallyGranted, .grantedOrPartially, .denied, .unavailable, .rejected, .otherResults: true
        case .received, .carriedOver, .carriedForward, .answered, .naturalPersons, .organisations: false
        }
    }
}

/// How a dispute ended, the four columns of table 4.
public enum DisputeOutcome: Sendable, Hashable {
    /// 结果维持
    case upheld
    /// 结果纠正
    case corrected
    /// 其他结果
    case other
    /// 尚未审结
    case pending
}

/// The two groups of litigation in table 4.
public enum LitigationGroup: Sendable, Hashable {
    /// 未经复议直接起诉
    case direct
    /// 复议后起诉
    case afterReconsideration
}

/// Which number of table 2 a sentence states.
public enum DisclosureCount: Sendable, Hashable, CaseIterable {
    /// 制发规范性文件 N 件: 规范性文件 made in the year.
    case documentsMade
    /// 废止规范性文件 N 件.
    case documentsRepealed
    /// 现行有效规范性文件 N 件.
    case documentsInForce
    /// 作出行政许可决定 N 件.
    case licences
    /// 作出行政处罚决定 N 件.
    case penalties
}

/// What a stated number counts.
public enum ClaimSubject: Sendable, Hashable {
    /// A number of table 3.
    case application(ApplicationCount)
    /// Applications that came in one way only (网络, 信函, 当面); the form has no cell for them.
    case channel
    /// A number of the first group of table 4.
    case reconsideration(outcome: DisputeOutcome?)
    /// A number of the second or third group of table 4; no group = either or both.
    case litigation(outcome: DisputeOutcome?, group: LitigationGroup?)
    /// A number of table 2.
    case disclosure(DisclosureCount)
    /// Applications for which a fee was charged.
    case feeApplications
    /// About applications or disputes, but not surely a number of the tables: never compare it.
    case other
}

/// Why a number in the text may rightly differ from the table.
public enum Looseness: Sendable, Hashable, CaseIterable {
    /// 代表…政府, 代收: one body speaks for another.
    case onBehalf
    /// 备案
    case filed
    /// 协助, 配合, 转办
    case assisted
    /// 指导, 督办
    case guided
    /// 应诉, 审理: the body's own court work or its work as reviewing authority.
    case responding
    /// 累计: usually this year's, now and then more.
    case cumulative
    /// 办公室, 办公厅, 本级: the table of a government covers its area.
    case office
    /// The grammatical subject is a body that is not the report's own (needs `agency`).
    case otherBody
    /// The sentence names ways of applying (通过网站、信函等方式收到 N 件).
    case severalChannels
    /// 申请 alone, where nothing before says that information is applied for.
    case bareNoun
    /// 受理并答复 N 件: one number for two verbs.
    case combinedVerbs
    /// Another clause of the sentence states a different number for the same subject.
    case severalStatements
    /// 行政复议 N 件 in a sentence that does not say that it was over disclosure, or with a verb that leaves the body's part open.
    case bareDispute
    /// 县政府收到 N 件 in the report of a government, whose tables cover its whole area.
    case governmentItself
    /// 不予公开 N 件, and no other result beside it: perhaps all that was not disclosed.
    case loneOutcome
    /// 办理许可, 处罚案件: work on cases, which table 2 counts only once decided.
    case casesHandled
    /// The sentence names the year before the report's: its figure, or this year's under a year that nobody changed.
    case otherYear
}

/// One number (or a denial, which states 0) that the text gives on applications or disputes.
public struct CountClaim: Sendable, Hashable {
    /// What is counted.
    public var subject: ClaimSubject
    /// The number; 0 for a denial.
    public var value: Int
    /// 未收到…, 无…: the 0 stands in words.
    public var isDenial: Bool
    /// 余, 多, 近, 约, 万: the table may differ within the rounding.
    public var isApproximate: Bool
    /// Reasons to weigh a difference less; empty when there are none.
    public var looseness: Set<Looseness>
    /// Index into the paragraphs read.
    public var paragraph: Int
    /// The clause, in folded scalars of the paragraph: what a finding quotes.
    public var range: Range<Int>
    /// The digits (for a denial: the denying word).
    public var numberRange: Range<Int>
    /// The body that the clause names as its subject, where it names one (市教育局, 春城街道); nil for 我局, 全市 and none.
    public var body: Range<Int>?
}
