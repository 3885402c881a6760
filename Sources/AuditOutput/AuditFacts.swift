import AuditEngine
import AuditRules
import Extraction
import ReportModel

/// What an audit says in one language, without the report: enough to tell of it in the journal, and to apply other waivers.
public struct AuditFacts: Sendable {
    /// A finding.
    public struct Finding: Sendable {
        /// The rule.
        public var rule: RuleDescription
        /// Its severity.
        public var severity: Severity
        /// What was found.
        public var message: String
        /// What to do about it.
        public var hint: String
        /// Where it stands in the document, in words; nil where that is not known.
        public var place: String?
        /// What it is about.
        public var scope: AuditRules.Finding.Scope
        /// Why it is let pass; nil when it counts.
        public internal(set) var waived: AuditRules.Finding.Waived?

        /// A finding that counts.
        public init(
            rule: RuleDescription,
            severity: Severity,
            message: String,
            hint: String,
            place: String?,
            scope: AuditRules.Finding.Scope
        ) {
            self.rule = rule
            self.severity = severity
            self.message = message
            self.hint = hint
            self.place = place
            self.scope = scope
        }
    }

    /// What was found in a report.
    public struct Findings: Sendable {
        /// The body; nil where it is not known.
        public var agency: String?
        /// The report year; nil where it is not known.
        public var year: Int?
        /// See ``AnnualReport/isComplete``.
        public var isComplete: Bool
        /// See ``Audited/isUnsure``.
        public var isUnsure: Bool
        /// The findings in the order of the report, then by rule.
        public var findings: [Finding]
        /// The waivers for this body, file and year, and what they did.
        public internal(set) var waivers: [WaiverUse] = []

        /// What was found, no waiver applied.
        public init(agency: String?, year: Int?, isComplete: Bool, isUnsure: Bool, findings: [Finding]) {
            self.agency = agency
            self.year = year
            self.isComplete = isComplete
            self.isUnsure = isUnsure
            self.findings = findings
        }

        /// The number of findings of a severity, without those that are let pass.
        public func count(_ severity: Severity) -> Int {
            findings.count { $0.severity == severity && $0.waived == nil }
        }
    }

    /// Why there was no audit.
    public struct Reason: Error, Sendable, Hashable {
        /// Its code.
        public var code: Unreadable.Code
        /// The explanation.
        public var text: String

        /// A reason.
        public init(code: Unreadable.Code, text: String) {
            self.code = code
            self.text = text
        }
    }

    /// The language of all texts.
    public var language: Language
    /// The file.
    public var source: AuditSource
    /// What was found, or why there was no audit.
    public var result: Result<Findings, Reason>

    /// Puts facts together.
    public init(language: Language, source: AuditSource, result: Result<Findings, Reason>) {
        self.language = language
        self.source = source
        self.result = result
    }

    /// The facts of `audit`.
    public init(_ audit: Audit, language: Language) {
        self.init(
            language: language,
            source: audit.source,
            result: audit.result.map { Findings($0, language) }
                .mapError { Reason(code: $0.code, text: $0.text(language)) }
        )
    }

    /// The verdict.
    public var verdict: Verdict {
        guard case .success(let found) = result else { return .unreadable }
        return Verdict(errors: found.count(.error), warnings: found.count(.warning), isUnsure: found.isUnsure)
    }

    /// Lets pass what the waivers of `settings` let pass in a file that lies there, and nothing else.
    public mutating func applyWaivers(of settings: RuleSettings, under circumstances: Circumstances) {
        result = result.map { found in
            var found = found
            let subject = Subject(agency: found.agency, year: found.year, circumstances)
            var desk = WaiverDesk(settings, for: subject)
            for index in found.findings.indices {
                let finding = found.findings[index]
                found.findings[index].waived = desk.decision(on: finding.scope, of: finding.rule.id)
            }
            found.waivers = desk.uses
            return found
        }
    }
}

extension AuditFacts.Findings {
    init(_ audited: Audited, _ language: Language) {
        self.init(
            agency: audited.report.agency,
            year: audited.report.year,
            isComplete: audited.report.isComplete,
            isUnsure: audited.isUnsure,
            findings: audited.findings.map { entry in
                var finding = AuditFacts.Finding(
                    rule: entry.rule,
                    severity: entry.finding.severity,
                    message: entry.finding.message.text(language),
                    hint: entry.hint.text(language),
                    place: entry.finding.location.source.text(language),
                    scope: entry.finding.scope
                )
                finding.waived = entry.finding.waived
                return finding
            }
        )
        waivers = audited.waivers
    }
}
