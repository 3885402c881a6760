import ChineseText
import DocumentModel
import ReportModel

/// A check of the catalogue. One file a rule: what it checks and why stands in its ``RuleDescription``, which is also its
/// documentation (`nianbao rules ID`) and, through the examples, its test.
public protocol Rule: Sendable {
    /// What the rule is.
    static var description: RuleDescription { get }
    /// Checks a report of a year the rule is in force for. What it says depends on nothing else: neither on the day of the audit
    /// nor on where the document lies, so that an audit can be kept and told again (`AuditBasis`).
    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult
}

/// How grave a finding is (domain.md §3).
public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// Provable from the document; the report goes back.
    case error
    /// To be looked at by a person.
    case warning
    /// Worth knowing.
    case info

    /// Graver before less grave.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .error: 0
        case .warning: 1
        case .info: 2
        }
    }
}

/// Everything there is to know about a rule.
///
/// A class, because every check and finding names its rule, and a copy of all these texts costs more than most checks do.
public final class RuleDescription: Sendable {
    /// The identifier, `fee.missing`; never reused for another check.
    public let id: String
    /// The short name.
    public let name: Message
    /// The severity of its findings (a rule may lower it for single findings).
    public let severity: Severity
    /// The report years in which the rule is in force.
    public let years: ClosedRange<Int>
    /// The kinds of body it concerns, in words; nil when all.
    public let bodies: Message?
    /// Whether it takes the current form for granted: where a report follows an outdated one, ``TemplateOutdated`` has said so,
    /// and what follows from that is not reported a second time.
    public let assumesCurrentForm: Bool
    /// What is checked, precisely enough to check it by hand.
    public let checks: Message
    /// Why it is checked, for someone who does not know the law.
    public let rationale: Message
    /// The clause or the official form it rests on; see ``Clause``.
    public let basis: Message
    /// What it cannot see or leaves alone on purpose.
    public let blindSpots: Message
    /// How to mend what it finds.
    public let hint: Message
    /// Reports on which it must fire.
    public let failing: [Example]
    /// Reports on which it must not.
    public let passing: [Example]

    /// All years since the uniform form exists.
    public static let sinceForm = 2019...9999
    /// All years since edition 2021 of the form and the fee measure.
    public static let since2021 = 2021...9999
    /// The years of the trial form.
    public static let trialForm = 2019...2020

    init(
        _ id: String,
        _ name: Message,
        _ severity: Severity,
        years: ClosedRange<Int> = sinceForm,
        bodies: Message? = nil,
        assumesCurrentForm: Bool = false,
        checks: Message,
        rationale: Message,
        basis: Message,
        hint: Message,
        blindSpots: Message,
        failing: [Example],
        passing: [Example]
    ) {
        self.id = id
        self.name = name
        self.severity = severity
        self.years = years
        self.bodies = bodies
        self.assumesCurrentForm = assumesCurrentForm
        self.checks = checks
        self.rationale = rationale
        self.basis = basis
        self.hint = hint
        self.blindSpots = blindSpots
        self.failing = failing
        self.passing = passing
    }
}

/// What a rule says about one report.
public struct RuleResult: Sendable {
    /// What is wrong.
    public var findings: [Finding]
    /// Why (part of) the report could not be judged; findings outweigh it.
    public var notAssessed: Message?
    /// Why the rule does not concern this report.
    public var notApplicable: Message?

    /// Nothing wrong.
    public static let passed = RuleResult(findings: [])
    /// Findings, and what could not be judged beside them. None of either is a pass.
    public static func result(_ findings: [Finding], notAssessed: Message? = nil) -> RuleResult {
        RuleResult(findings: findings, notAssessed: notAssessed)
    }
    /// Could not be judged.
    public static func notAssessed(_ reason: Message) -> RuleResult { RuleResult(findings: [], notAssessed: reason) }
    /// Does not concern this report.
    public static func notApplicable(_ reason: Message) -> RuleResult {
        RuleResult(findings: [], notApplicable: reason)
    }
}

/// One thing that is wrong, with its place and its numbers.
public struct Finding: Sendable {
    /// Its severity; the rule's unless lowered.
    public var severity: Severity
    /// What was found, where, and the numbers.
    public var message: Message
    /// Where it stands.
    public var location: Location
    /// The number that should stand there, when the rule computes one.
    public var expected: Quantity?
    /// The number that stands there.
    public var actual: Quantity?
    /// How `expected` was computed.
    public var formula: Message?
    /// What to do about this finding, phrased as help; nil where the rule's ``RuleDescription/hint`` says all there is to say.
    public var hint: Message?
    /// All cells that it is about, where that is more than ``location`` says.
    public var cells: [CellAddress]
    /// Why it is let pass; nil when it counts.
    public var waived: Waived?

    /// The decision that a finding is let pass (see ``Waiver``).
    public struct Waived: Sendable, Hashable {
        /// Why.
        public var reason: String
        /// Who decided.
        public var by: String
        /// The last day of the decision.
        public var until: Day
    }

    init(
        _ severity: Severity,
        _ message: Message,
        at location: Location,
        expected: Quantity? = nil,
        actual: Quantity? = nil,
        formula: Message? = nil,
        hint: Message? = nil,
        cells: [CellAddress] = []
    ) {
        self.severity = severity
        self.message = message
        self.location = location
        self.expected = expected
        self.actual = actual
        self.formula = formula
        self.hint = hint
        self.cells = cells
    }
}

/// Where a finding stands in the report, in the terms of the form and of the document.
public struct Location: Sendable, Hashable {
    /// Section 1…6; nil for the title, the preface and the whole report.
    public var section: Int?
    /// The cell, row or column of a table.
    public var table: TableID?
    /// See ``table``.
    public var row: RowID?
    /// See ``table``.
    public var column: ColumnID?
    /// The place in the document.
    public var source: SourceSpan
    /// The words of the document that the finding is about.
    public var quote: String?

    init(
        section: Int? = nil,
        table: TableID? = nil,
        row: RowID? = nil,
        column: ColumnID? = nil,
        source: SourceSpan = SourceSpan(),
        quote: String? = nil
    ) {
        self.section = section ?? table?.section
        self.table = table
        self.row = row
        self.column = column
        self.source = source
        self.quote = quote
    }
}
