import ReportModel

/// How much a rule weighs, as configured.
public enum RuleLevel: String, Sendable, CaseIterable, Codable {
    /// The rule is not applied.
    case off
    /// See ``Severity/info``.
    case info
    /// See ``Severity/warning``.
    case warning
    /// See ``Severity/error``.
    case error

    /// The severity; nil for ``off``.
    public var severity: Severity? { Severity(rawValue: rawValue) }
}

/// A month and a day of any year: 01-31.
public struct MonthDay: Sendable, Hashable, Codable, CustomStringConvertible {
    /// 1…12.
    public var month: Int
    /// 1…31.
    public var day: Int

    /// A month and a day.
    public init(month: Int, day: Int) {
        self.month = month
        self.day = day
    }

    /// `01-31`, as in the configuration.
    public var description: String {
        [month, day].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
    }
}

/// What offices may set for single rules.
public struct RuleParameters: Sendable, Hashable, Codable {
    /// Fewest characters of its own, blanks not counted, with which section 一 or 五 is not empty (section.empty).
    public var overviewMinimum = 30
    /// The last day, in the year after the report year, on which a township or sub-district publishes. 条例 Art 49 does not name
    /// them: nil where no local date is set, and deadline.missed is then not assessed for them.
    public var townshipDeadline: MonthDay?
    /// A local date for departments that is earlier than the 31 January of 条例 Art 49; nil where there is none.
    public var departmentDeadline: MonthDay?
    /// A local date for governments that is earlier than the 31 March of 条例 Art 49; nil where there is none.
    public var governmentDeadline: MonthDay?

    /// The built-in values.
    public init() {}
}

/// What an office has set for the rules.
///
/// Of several settings for one rule or parameter the more particular one holds: its own severity or built-in value, then
/// ``levels`` and ``parameters``, then ``overrides`` in their order, each over those before it.
public struct RuleSettings: Sendable, Hashable, Codable {
    /// The level of rules that do not keep their own, by identifier.
    public var levels: [String: RuleLevel] = [:]
    /// See ``RuleParameters``.
    public var parameters = RuleParameters()
    /// What holds for some bodies or folders only; a later one outweighs an earlier one.
    public var overrides: [RuleOverride] = []
    /// Findings that the office has looked at and lets pass.
    public var waivers: [Waiver] = []

    /// The built-in settings: every rule at its own severity.
    public init() {}
}
