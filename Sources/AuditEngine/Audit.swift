import AuditRules
import DocumentModel
import Extraction
import ReportModel

/// What came of one file: the value that every output form renders.
public struct Audit: Sendable {
    /// The file.
    public var source: AuditSource
    /// Start of the audit, milliseconds since 1970-01-01 UTC.
    public var auditedAt: Int64
    /// How long reading and checking took, in milliseconds.
    public var durationMs: Double
    /// The report and its checks, or why there are none.
    public var result: Result<Audited, Unreadable>

    /// An audit.
    public init(source: AuditSource, auditedAt: Int64, durationMs: Double, result: Result<Audited, Unreadable>) {
        self.source = source
        self.auditedAt = auditedAt
        self.durationMs = durationMs
        self.result = result
    }

    /// The verdict (contract.md).
    public var verdict: Verdict {
        guard case .success(let audited) = result else { return .unreadable }
        return audited.verdict
    }
}

/// The four verdicts.
public enum Verdict: String, Sendable, CaseIterable {
    /// Checked, and nothing to complain of.
    case pass
    /// A person should look.
    case review
    /// An error: the report goes back.
    case fail
    /// No audit took place.
    case unreadable
}

/// The file that was audited.
public struct AuditSource: Sendable {
    /// The path as named, in bytes: file names need not be UTF-8.
    public var path: [UInt8]
    /// SHA-256 of the content, in hex; nil when there was no content.
    public var sha256: String?
    /// Size of the content in bytes; nil when there was no content.
    public var bytes: Int?
    /// The format that was recognised.
    public var format: String?
    /// The character encoding that was found.
    public var encoding: String?

    /// A source.
    public init(path: [UInt8], sha256: String? = nil, bytes: Int? = nil, format: String? = nil, encoding: String? = nil)
    {
        self.path = path
        self.sha256 = sha256
        self.bytes = bytes
        self.format = format
        self.encoding = encoding
    }
}

/// A report that was read, and what every rule says of it.
public struct Audited: Sendable {
    /// The report.
    public var report: AnnualReport
    /// One entry a rule, in the order of the catalogue.
    public var checks: [Check]
    /// The waivers for this body, file and year, and what they did, in the order of the settings.
    public var waivers: [WaiverUse] = []

    /// A finding with the rule it is of.
    public struct RuledFinding: Sendable {
        /// The rule.
        public var rule: RuleDescription
        /// What it found.
        public var finding: Finding
        /// What to do about it.
        public var hint: Message { finding.hint ?? rule.hint }
    }

    /// All findings in the order of the report, then by rule.
    public var findings: [RuledFinding] {
        let all = checks.flatMap { check in check.findings.map { RuledFinding(rule: check.rule, finding: $0) } }
        let keyed = all.enumerated().map { (key: place($1.finding.location), offset: $0, entry: $1) }
        return keyed.sorted {
            ($0.key, $0.entry.rule.id, $0.offset) < ($1.key, $1.entry.rule.id, $1.offset)
        }.map(\.entry)
    }

    /// The place of a finding in the order of reading; for something that is missing, that of the section before.
    private func place(_ location: Location) -> Int32 {
        if location.source.position > 0 { return location.source.position }
        guard let section = location.section else { return 0 }
        return report.sections.filter { $0.number < section }.map(\.source.position).max() ?? 0
    }

    /// The number of findings of a severity, without those that are let pass.
    public func count(_ severity: Severity) -> Int {
        var count = 0
        // By index: copying the checks to look at their findings, of which most have none, takes much longer than counting.
        for check in checks.indices where !checks[check].findings.isEmpty {
            count += checks[check].findings.count { $0.severity == severity && $0.waived == nil }
        }
        return count
    }

    /// The number of findings that are let pass.
    public var waivedCount: Int { checks.reduce(0) { $0 + $1.findings.count { $0.waived != nil } } }

    /// Families whose rules must all have been judged for a pass (contract.md).
    private static let decisive = ["section.", "table.", "applications.", "disputes.", "cell.", "fee.missing"]

    /// fail, review or pass.
    public var verdict: Verdict { Verdict(errors: count(.error), warnings: count(.warning), isUnsure: isUnsure) }

    /// Whether something that a pass needs was not judged: then a report without faults is to be looked at by a person.
    public var isUnsure: Bool {
        // Before 2019 no rule of the form applies: nothing was checked, so nothing is passed.
        if let year = report.year, year < 2019 { return true }
        return checks.contains { check in
            (check.outcome == .notAssessed || (check.outcome == .failed && check.reason != nil))
                && Self.decisive.contains { check.rule.id.hasPrefix($0) }
        }
    }

    /// Whether a rule found so much that not all of it is there: which findings those are depends on waivers.
    public var isAbridged: Bool { checks.contains { $0.findings.count >= RuleSet.mostFindings } }
}

extension Verdict {
    /// The verdict on a report with so many findings that count.
    public init(errors: Int, warnings: Int, isUnsure: Bool) {
        self = errors > 0 ? .fail : warnings > 0 || isUnsure ? .review : .pass
    }
}
