// One fault put into a consistent report, with the rules that must find it. Each expectation is reasoned from domain.md
// §3–§5; rules that a version does not ship yet are named too, so a caller intersects with its own catalogue.

/// A single change of a consistent report.
public enum Mutation: Hashable, Sendable {
    /// The number in a cell moves by an amount.
    case cellChanged(CellPath, by: Int)
    /// The parts of a group of table 4 stay, its 总计 is 0: the commonest real defect.
    case disputesTotalLeftAtZero(group: String)
    /// A number that the text states about a table moves (by its index in the text).
    case narrativeCountChanged(number: Int, by: Int)
    /// A part of a breakdown grows until the parts exceed the whole.
    case breakdownPartChanged(number: Int, by: Int)
    /// The text says that nobody applied, the table has applications.
    case noApplicationsClaimed
    /// The stated period is replaced.
    case periodChanged(to: String)
    /// A cell prints nothing, or one of `/ - — 无`.
    case cellBlanked(CellPath, as: String)
    /// A cell prints its number with a unit: the value still counts.
    case cellWithUnit(CellPath)
    /// A count is negative.
    case cellNegative(CellPath)
    /// A count has decimals.
    case cellFraction(CellPath)
    /// A cell prints a word.
    case cellWord(CellPath, String)
    /// Section 六 says nothing of fees.
    case feeSentenceRemoved
    /// A section is gone, with its table.
    case sectionRemoved(Int)
    /// Section 一 or 五 says 无 only.
    case sectionEmptied(Int)
    /// Section 一 speaks of applications only.
    case topicsRemoved
    /// A table is gone; its heading stays.
    case tableRemoved(Int)
    /// A row is gone: a row of table 3 by number, or `disclosure.coercion`.
    case rowRemoved(String)
    /// No title.
    case titleRemoved
    /// A template's blank is left in.
    case placeholderInserted(String)
    /// The form of 2019 in a year that has another.
    case oldFormUsed
    /// The form of 2021 in a year that did not have it yet.
    case newFormUsedEarly
    /// （六）其他处理 as one row on the form of 2021.
    case otherResultsMerged
    /// An amount without the four decimals that its header asks for.
    case procurementDecimalsDropped
    /// A section carries another's number.
    case sectionRenumbered(Int)
    /// The fee statement stands in section 一; 六 says that there is nothing else.
    case feeMovedElsewhere
    /// An item of the list of fees no longer fits its total.
    case feePartChanged(number: Int, by: Int)
    /// The sum of fees is no multiple of 10 元.
    case feeAmountChanged(number: Int, by: Int)
    /// Applications were charged, with 0 元.
    case feeWithoutAmount(applications: Int)
    /// No notice to pay was sent, says the text; table 3 counts those who did not pay.
    case feeContradicted
    /// A body that can make no 规章 counts some.
    case regulationsClaimed(Int)
    /// Fewer documents in force than this year's new ones less the repealed.
    case inForceTooSmall(by: Int)
    /// More documents published in the year than there are in all.
    case publishedExceedsTotal(by: Int)
    /// 处理决定数量 is the number of items.
    case decisionsCopiedFromItems(row: String)
    /// 万元 typed in 元.
    case chargesInYuan(Int)
    /// The text counts applications, the table has none.
    case applicationsClaimed(Int)
    /// Another title.
    case titleReplaced(String)
    /// Another year where the report year belongs.
    case yearStale(StaleYear, Int)
    /// The preface cites a paper that is out of force, or mixes two.
    case basisReplaced(String)
    /// Another date under the report, yyyy-mm-dd.
    case dateChanged(to: String)
    /// Another body's name under the report, or as its author in the preface.
    case otherBody(String, signs: Bool)
    /// A sentence with a doubled word, in a section.
    case wordDoubled(section: Int, String)
    /// The preface lists five sections.
    case sectionLeftOutOfList(Int)
    /// A government says nothing of 工作考核、社会评议、责任追究.
    case accountabilityRemoved
    /// Section 五 with problems only, or with improvements only.
    case problemsReplaced(String)

    /// Where a year of another report was left in.
    public enum StaleYear: String, CaseIterable, Sendable {
        /// The first sentence of section 一.
        case opening
        /// The statement about fees.
        case fee
        /// A number of the year's work.
        case figure
        /// The problems of section 五.
        case problems
    }

    /// The kinds of mutation, for a test that goes through all of them.
    public enum Kind: String, CaseIterable, Sendable {
        case cellChanged, applicationsCellChanged, applicationsTotalChanged, disputesCellChanged
        case disputesTotalLeftAtZero, narrativeCountChanged, breakdownPartChanged, noApplicationsClaimed
        case periodChanged, cellBlanked, cellWithUnit, cellNegative, cellFraction, cellWord, feeSentenceRemoved
        case sectionRemoved, sectionEmptied, topicsRemoved, tableRemoved, rowRemoved, titleRemoved, placeholderInserted
        case oldFormUsed, newFormUsedEarly, otherResultsMerged, procurementDecimalsDropped, sectionRenumbered
        case feeMovedElsewhere, feePartChanged, feeAmountImplausible, feeContradicted
        case regulationsClaimed, inForceTooSmall, publishedExceedsTotal, decisionsCopiedFromItems, chargesInYuan
        case applicationsClaimed, disputesCountChanged, documentsCountChanged
        case titleGarbled, yearStale, basisOld, dateLate, dateImpossible, otherBodySigned, otherBodyInPreface
        case wordDoubled, prefaceListShort, accountabilityRemoved, improvementRemoved, problemsRemoved, unitInCell

        /// The rules that this kind is made for: each must fire in some of its reports.
        public var targets: Set<String> {
            switch self {
            case .cellChanged, .applicationsCellChanged, .applicationsTotalChanged:
                ["applications.row-total", "applications.result-total", "applications.balance"]
            case .disputesCellChanged, .disputesTotalLeftAtZero: ["disputes.total"]
            case .narrativeCountChanged: ["narrative.applications"]
            case .breakdownPartChanged: ["narrative.breakdown"]
            case .noApplicationsClaimed, .applicationsClaimed: ["narrative.no-applications"]
            case .periodChanged: ["period.mismatch"]
            case .cellBlanked: ["cell.blank"]
            case .cellWithUnit, .unitInCell: ["cell.unit"]
            case .cellNegative: ["cell.negative"]
            case .cellFraction: ["cell.not-an-integer"]
            case .cellWord: ["cell.not-a-number"]
            case .feeSentenceRemoved: ["fee.missing"]
            case .sectionRemoved: ["section.missing"]
            case .sectionEmptied: ["section.empty"]
            case .topicsRemoved: ["overview.topic-missing"]
            case .tableRemoved: ["table.missing"]
            case .rowRemoved: ["table.row-missing"]
            case .titleRemoved: ["title.missing"]
            case .placeholderInserted: ["text.placeholder"]
            case .oldFormUsed: ["template.outdated"]
            case .newFormUsedEarly: ["template.premature"]
            case .otherResultsMerged: ["template.other-results-merged"]
            case .procurementDecimalsDropped: ["procurement.decimals"]
            case .sectionRenumbered: ["section.numbering"]
            case .feeMovedElsewhere: ["fee.misplaced"]
            case .feePartChanged: ["fee.breakdown"]
            case .feeAmountImplausible: ["fee.implausible"]
            case .feeContradicted: ["fee.contradicted"]
            case .regulationsClaimed: ["regulations.unauthorized"]
            case .inForceTooSmall: ["documents.in-force"]
            case .publishedExceedsTotal: ["documents.exceeds-total"]
            case .decisionsCopiedFromItems: ["documents.items-as-decisions"]
            case .chargesInYuan: ["charges.unit-suspect"]
            case .disputesCountChanged: ["narrative.disputes"]
            case .documentsCountChanged: ["narrative.documents"]
            case .titleGarbled: ["title.format"]
            case .yearStale: ["year.stale"]
            case .basisOld: ["basis.superseded"]
            case .dateLate, .dateImpossible: ["deadline.missed"]
            case .otherBodySigned, .otherBodyInPreface: ["agency.mismatch"]
            case .wordDoubled: ["text.duplicated-words"]
            case .prefaceListShort: ["preface.section-list"]
            case .accountabilityRemoved: ["overview.accountability-missing"]
            case .improvementRemoved, .problemsRemoved: ["problems.improvement-missing"]
            }
        }
    }
}

/// A faulty report and what an audit must say of it.
public struct MutatedReport: Sendable {
    /// The report after the change.
    public let report: GeneratedReport
    /// The change.
    public let mutation: Mutation
    /// Rules of which each must have a finding.
    public internal(set) var expectedRules: Set<String>
    /// Rules of which at least one must have a finding; empty when there is nothing to choose.
    public internal(set) var anyOfRules: Set<String> = []
    /// Further rules that may have a finding: consequences on which readers may rightly differ.
    public internal(set) var allowedRules: Set<String> = []
    /// Where the broken sums stand, as `rule row column`, `-` for none.
    public internal(set) var places: Set<String> = []
}
