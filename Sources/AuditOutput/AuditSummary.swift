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
    /// The rules that failed, each once, gravest first.
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
        failedRules: [String]
    ) {
        self.message = message
        self.explanation = explanation
        self.agency = agency
        self.year = year
        self.errors = errors
        self.warnings = warnings
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
            let failed = audited.checks.filter { $0.outcome == .failed }
            failedRules = Severity.allCases.flatMap { severity in
                failed.filter { $0.findings.map(\.severity).min() == severity }.map(\.rule.id)
            }
            let body = agency.map { say("（\($0)）", " (\($0))") } ?? ""
            message =
                "\(name)\(body)\(say("：", ": "))\(verdict)"
                + (errors + warnings == 0
                    ? "" : say("，\(errors) 个错误，\(warnings) 个警告", ", \(errors) errors, \(warnings) warnings"))
            var lines = audited.findings.map { entry in
                let place = entry.finding.location.source.text(language).map { $0 + " " } ?? ""
                return
                    "\(place)\(entry.rule.id)\(say("：", ": "))\(entry.finding.message.text(language)) \(entry.rule.hint.text(language))"
            }
            if lines.isEmpty { lines = [say("没有发现问题。", "No findings.")] }
            explanation = Self.joined(lines, language)
        }
        explanation = Self.cut(explanation)
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
