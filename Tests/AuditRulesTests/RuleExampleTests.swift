import AuditEngine
@testable import AuditRules
import DocumentModel
import Testing

/// The examples of every rule are its tests.
@Suite struct RuleExampleTests {
    static let rules = Catalogue.rules.map { $0.description }

    @Test func theSampleReportsAreClean() throws {
        for year in [2019, 2020, 2021, 2023, 2025] {
            let audited = try audit(SampleReport.text(year: year), "sample \(year)")
            for entry in audited.findings {
                Issue.record("sample report of \(year): \(entry.rule.id): \(entry.finding.message.zh)")
            }
            #expect(audited.verdict == .pass, "sample report of \(year)")
        }
    }

    @Test(arguments: rules.map(\.id))
    func failingExamplesFail(id: String) throws {
        let rule = try #require(Catalogue.rule(id)?.description)
        #expect(!rule.failing.isEmpty, "\(id) has no failing example")
        for example in rule.failing {
            let place = "\(example.file):\(example.line)"
            let text = try #require(example.text, "\(place): the words to replace are not in the sample")
            let audited = try audit(text, place)
            let check = try #require(audited.checks.first { $0.rule.id == id })
            #expect(check.outcome == .failed, "\(place): \(id) is \(check.outcome) on its failing example")
        }
    }

    @Test(arguments: rules.map(\.id))
    func passingExamplesPass(id: String) throws {
        let rule = try #require(Catalogue.rule(id)?.description)
        #expect(!rule.passing.isEmpty, "\(id) has no passing example")
        for example in rule.passing {
            let place = "\(example.file):\(example.line)"
            let text = try #require(example.text, "\(place): the words to replace are not in the sample")
            let audited = try audit(text, place)
            let check = try #require(audited.checks.first { $0.rule.id == id })
            let messages = check.findings.map(\.message.zh).joined(separator: " ")
            #expect(
                check.outcome == .passed || check.outcome == .notApplicable,
                "\(place): \(id) is \(check.outcome) on its passing example: \(messages) \(check.reason?.zh ?? "")"
            )
        }
    }

    /// Rules that recount numbers: a reviewer wants to see both numbers and how the right one comes about.
    private static let arithmetic: Set<String> = [
        "applications.row-total", "applications.result-total", "applications.balance", "disputes.total",
        "fee.breakdown",
        "documents.in-force", "documents.exceeds-total", "documents.items-as-decisions", "narrative.applications",
        "narrative.no-applications", "narrative.disputes", "narrative.documents", "narrative.breakdown",
    ]

    @Test(arguments: rules.map(\.id))
    func findingsSayWhereAndWhy(id: String) throws {
        let rule = try #require(Catalogue.rule(id)?.description)
        for example in rule.failing {
            let place = "\(example.file):\(example.line)"
            let audited = try audit(try #require(example.text), place)
            for finding in try #require(audited.checks.first { $0.rule.id == id }).findings {
                let location = finding.location
                #expect(location.source.line != nil || location.section != nil, "\(place): no place")
                // What is missing cannot be quoted.
                if !id.hasSuffix("missing") { #expect(location.quote?.isEmpty == false, "\(place): no quote") }
                if Self.arithmetic.contains(id) {
                    let isWhole = finding.actual != nil && finding.formula != nil
                    #expect(isWhole, "\(place): a recount without its numbers or its formula")
                }
            }
        }
    }

    @Test func oneRuleDoesNotFloodAnAudit() throws {
        let lines = String(repeating: "召开XX会议。\n", count: 1000)
        let text = try #require(Example(2023, ("二、主动公开政府信息情况\n", lines + "二、主动公开政府信息情况\n")).text)
        let audited = try audit(text, "a thousand placeholders")
        let check = try #require(audited.checks.first { $0.rule.id == "text.placeholder" })
        #expect(check.findings.count == RuleSet.mostFindings)
        #expect(check.findings.last?.message.zh.contains("另有 800 处") == true)
    }

    @Test func oneWayOfNumberingIsToldOnce() throws {
        let rule = try #require(Catalogue.rule("section.numbering")?.description)
        let audited = try audit(try #require(rule.failing.last?.text), "1、 to 6、")
        let findings = try #require(audited.checks.first { $0.rule.id == rule.id }).findings
        #expect(findings.count == 1, "\(findings.map(\.message.zh))")
    }

    /// A row that the table lost is no ground to hold the rest of its group against the text.
    @Test func aGroupWithAMissingRowIsNotComparedWithTheText() throws {
        let row = "\t（四）无法提供\t1.本机关不掌握相关政府信息\t4\t1\t0\t0\t0\t0\t5\n"
        let text = try #require(Example(2023, (row, "")).text)
        let audited = try audit(text, "without row 3.4.1")
        #expect(audited.checks.first { $0.rule.id == "table.row-missing" }?.outcome == .failed)
        #expect(audited.checks.first { $0.rule.id == "narrative.applications" }?.outcome == .notAssessed)
    }

    @Test func identifiersAreUnique() {
        #expect(Catalogue.identifiers.count == Catalogue.rules.count)
    }

    private func audit(_ text: String, _ name: String) throws -> Audited {
        var source = AuditSource(path: Array(name.utf8))
        return try Auditor().audit(Array(text.utf8), source: &source).get()
    }
}
