import AuditEngine
import AuditRules
import DocumentModel
import Extraction
import ReportModel

/// An audit in a few words, for the journal.
public struct AuditSummary: Sendable {
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
    public init(_ audit: Audit, language: Language) {
        func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
        let name = Terminal.printable(
            audit.source.path.split(separator: 0x2F).last.map(Array.init) ?? audit.source.path
        )
        let verdict = TextReporter(language: language, colour: false).verdict(audit.verdict)
        switch audit.result {
        case .failure(let unreadable):
            message = "\(name)\(say("：", ": "))\(verdict)\(say("，", ", "))\(unreadable.text(language))"
            explanation = unreadable.text(language)
        case .success(let audited):
            errors = audited.count(.error)
            warnings = audited.count(.warning)
            agency = audited.report.agency
            year = audited.report.year
            waived = audited.waivedCount
            staleWaivers = audited.waivers.count { $0.state != .used }
            // Those with findings that count: a rule whose findings are all let pass has none.
            let gravest = audited.checks.map { check in
                (check.rule.id, check.findings.filter { $0.waived == nil }.map(\.severity).min())
            }
            failedRules = Severity.allCases.flatMap { severity in gravest.filter { $0.1 == severity }.map(\.0) }
            let body = agency.map { say("（\($0)）", " (\($0))") } ?? ""
            message =
                "\(name)\(body)\(say("：", ": "))\(verdict)"
                + (errors + warnings == 0
                    ? "" : say("，\(errors) 个错误，\(warnings) 个警告", ", \(errors) errors, \(warnings) warnings"))
                + (waived == 0 ? "" : say("，\(waived) 个已豁免", ", \(waived) waived"))
            let findings = audited.findings
            // What counts comes first, for where not all can be told.
            var lines = (findings.filter { $0.finding.waived == nil } + findings.filter { $0.finding.waived != nil })
                .map { Self.line($0, language) }
            lines += audited.waivers.compactMap { use in
                WaiverText.complaint(use.waiver, use.state, language).map { $0 + say("。", ".") }
            }
            if lines.isEmpty { lines = [say("没有发现问题。", "No findings.")] }
            explanation = Self.joined(lines, language)
        }
        explanation = Self.cut(explanation)
    }

    /// A finding with what to do about it, or why it is let pass.
    private static func line(_ entry: Audited.RuledFinding, _ language: Language) -> String {
        let place = entry.finding.location.source.text(language).map { $0 + " " } ?? ""
        let colon = language == .zh ? "：" : ": "
        let message = "\(place)\(entry.rule.id)\(colon)\(entry.finding.message.text(language))"
        guard let waived = entry.finding.waived else { return "\(message) \(entry.hint.text(language))" }
        return (language == .zh ? "已豁免：" : "waived: ") + message + (language == .zh ? " 理由：" : " Reason: ")
            + waived.text(language)
    }

    /// Whole lines as long as they fit, and how many did not.
    private static func joined(_ lines: [String], _ language: Language) -> String {
        var result = ""
        for (index, line) in lines.enumerated() {
            let rest = lines.count - index
            let note = language == .zh ? "……另有 \(rest) 条，见结果文件。" : "… \(rest) more, see the result file."
            if result.utf8.count + line.utf8.count + note.utf8.count + 2 > longestExplanation {
                return result + note
            }
            result += (result.isEmpty ? "" : "\n") + line
        }
        return result
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > longestExplanation else { return text }
        var view = Substring(text)
        while view.utf8.count > longestExplanation - 3 { view = view.dropLast() }
        return view + "…"
    }
}
