import AuditEngine
@testable import AuditRules
import Testing

/// A sentence in a place of the sample report, and whether a rule must speak up.
struct TextCase: Sendable, CustomTestStringConvertible {
    /// Where a sentence is put.
    enum Place: Sendable {
        /// A line of the preface.
        case preface
        /// The first paragraph of section 一.
        case opening
        /// A line of section 一.
        case overview
        /// A line of section 五.
        case problems
        /// A line of section 六.
        case matters
        /// The signature.
        case signature
        /// The title.
        case title
    }

    var words: String
    var place: Place
    var year: Int
    /// The body, in place of 青禾县水利局.
    var agency: String?

    init(_ words: String, _ place: Place = .overview, year: Int = 2023, agency: String? = nil) {
        self.words = words
        self.place = place
        self.year = year
        self.agency = agency
    }

    var testDescription: String { "\(year)\(agency.map { " " + $0 } ?? ""): \(words)" }

    /// The sample report with the sentence in it.
    var report: String? {
        let edit =
            switch place {
            case .preface: ("\n一、总体情况", words + "\n一、总体情况")
            case .opening: ("\(year)年，我局认真落实政府信息公开各项要求，工作平稳有序。", words)
            case .overview: ("（三）政府信息管理。", words + "\n（三）政府信息管理。")
            case .problems: ("存在的问题：一是", words + "\n存在的问题：一是")
            case .matters: ("六、其他需要报告的事项\n", "六、其他需要报告的事项\n" + words + "\n")
            case .signature: ("青禾县水利局\n\(year + 1)年", words + "\n\(year + 1)年")
            case .title: ("青禾县水利局\(year)年", words + "\(year)年")
            }
        guard let text = Example(year, edit).text else { return nil }
        guard let agency else { return text }
        return text.split(separator: "青禾县水利局", omittingEmptySubsequences: false).joined(separator: agency)
            // The sample speaks as a bureau; the body of the case need not be one.
            .split(separator: "年，我局认真落实政府", omittingEmptySubsequences: false).joined(separator: "年，本机关认真落实政府")
    }

    /// What a rule says of the report.
    func check(_ rule: String) throws -> Check {
        let text = try #require(report, "the words to replace are not in the sample: \(testDescription)")
        var source = AuditSource(path: Array("case.txt".utf8))
        let audited = try Auditor().audit(Array(text.utf8), source: &source).get()
        return try #require(audited.checks.first { $0.rule.id == rule })
    }

    /// The rule must find something, and in these words.
    func mustFire(_ rule: String) throws {
        let check = try check(rule)
        #expect(check.outcome == .failed, "\(rule) is silent on: \(testDescription)")
    }

    /// The rule must have looked and found nothing.
    func mustNotFire(_ rule: String) throws {
        let check = try check(rule)
        let messages = check.findings.map { "\($0.message.zh)[\($0.location.quote ?? "")]" }.joined(separator: " ")
        #expect(check.findings.isEmpty, "\(rule) on: \(testDescription): \(messages)")
        #expect(check.outcome != .notAssessed, "\(rule) did not look at: \(testDescription)")
    }
}
