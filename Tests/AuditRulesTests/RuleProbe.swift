import AuditEngine
@testable import AuditRules
import ReportModel
import Testing

/// What one rule says about a text, with or without an office's settings.
enum RuleProbe {
    /// The report that a text is read as.
    static func report(_ text: String) throws -> AnnualReport {
        var source = AuditSource(path: Array("sample.txt".utf8))
        return try Auditor().audit(Array(text.utf8), source: &source).get().report
    }

    /// The rule's check of a text.
    static func check(_ id: String, _ text: String, _ parameters: RuleParameters = RuleParameters()) throws -> Check {
        var settings = RuleSettings()
        settings.parameters = parameters
        let checks = RuleSet(settings: settings).check(try report(text))
        return try #require(checks.first { $0.rule.id == id }, "no rule \(id)")
    }
}
