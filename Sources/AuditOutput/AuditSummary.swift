import AuditEngine
import AuditRules

/// An audit in a few words, for the journal.
public struct AuditSummary: Sendable, Hashable {
    /// One sentence: file, body, verdict, counts.
    public var message: String
    /// The findings, what they mean and how to mend them; at most ``longestExplanation`` bytes of UTF-8.
    public var explanation: String
    /// The body, if known.
    public var agency: String?
    /// The report year, if known.
    public var year: Int?
    /// Number of errors.
    public var errors = 0
    /// Number of warnings.
    public var warnings = 0
    /// Number of findings that are let pass.
    public var waived = 0
    /// Number of waivers for this file whose time is over, or that had nothing to let pass.
    public var staleWaivers = 0
    /// The rules with findings that count, each once, gravest first.
    public var failedRules: [String] = []

    /// A catalog text prints a longer field not at all (contract.md).
    public static let longestExplanation = 3500

    /// A summary that was made elsewhere.
    public init(
        message: String,
        explanation: String,
        agency: String?,
        year: Int?,
        errors: Int,
        warnings: Int,
        waived: Int = 0,
        staleWaivers: Int = 0,
        failedRules: [String]
    ) {
        self.message = message
        self.explanation = explanation
        self.agency = agency
        self.year = year
        self.errors = errors
        self.warnings = warnings
        self.waived = waived
        self.staleWaivers = staleWaivers
        self.failedRules = failedRules
    }

    /// Summarises `audit` in `language`.
    public init(_ audit: Audit, language: Language) { self.init(AuditFacts(audit, language: language)) }

    /// Summarises an audit.
    public init(_ facts: AuditFacts) {
        let language = facts.language
        func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
        let name = Terminal.printable(
            facts.source.path.split(separator: 0x2F).last.map(Array.init) ?? facts.source.path
        )
        let verdict = TextReporter(language: language, colour: false).verdict(facts.verdict)
        switch facts.result {
        case .failure(let reason):
            message = "\(name)\(say("：", ": "))\(verdict)\(say("，", ", "))\(reason.text)"
            explanation = reason.text
        case .success(let found):
            errors = found.count(.error)
            warnings = found.count(.warning)
            agency = found.agency
            year = found.year
            waived = found.findings.count { $0.waived != nil }
            staleWaivers = found.waivers.count { $0.state != .used }
            failedRules = Self.failedRules(found)
            let body = agency.map { say("（\($0)）", " (\($0))") } ?? ""
            message =
                "\(name)\(body)\(say("：", ": "))\(verdict)"
                + (errors + warnings == 0
                    ? ""
                    : say(
                        "，\(errors) 个错误，\(warnings) 个警告",
                        ", \(counted(errors, "error")), \(counted(warnings, "warning"))"
                    ))
                + (waived == 0 ? "" : say("，\(waived) 个已豁免", ", \(waived) waived"))
            explanation = FindingExplanation(found, language).text(within: Self.longestExplanation)
        }
        explanation = Self.cut(explanation)
    }

    /// Those with findings that count: a rule whose findings are all let pass has none.
    private static func failedRules(_ found: AuditFacts.Findings) -> [String] {
        let gravest = Dictionary(
            found.findings.filter { $0.waived == nil }.map { ($0.rule.id, $0.severity) },
            uniquingKeysWith: min
        )
        guard !gravest.isEmpty else { return [] }
        let order = Catalogue.rules.map { $0.description.id }
        return Severity.allCases.flatMap { severity in order.filter { gravest[$0] == severity } }
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > longestExplanation else { return text }
        var view = Substring(text)
        while view.utf8.count > longestExplanation - 3 { view = view.dropLast() }
        return view + "…"
    }
}
