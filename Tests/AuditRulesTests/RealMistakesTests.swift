import AuditEngine
import Foundation
import Testing

@testable import AuditRules

/// Mistakes of real reports (shared/reports/variants.jsonl, `real_mistake`), each put into the sample report: which of them an audit
/// finds. Skipped where the folder of shared reports is absent; the sentences are read from there and not copied.
@Suite struct RealMistakesTests {
    struct Mistake {
        var text: String
        var year: Int
        var rule: String
    }

    static let file: URL? = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<6 {
            folder.deleteLastPathComponent()
            let candidate = folder.appendingPathComponent("shared/reports/variants.jsonl")
            if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
        }
        return nil
    }()

    /// The mistakes that a rule of domain.md §3 is for.
    static func mistakes() throws -> [Mistake] {
        guard let file else { return [] }
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                object["category"] as? String == "real_mistake", let text = object["text"] as? String,
                let rule = (object["expect"] as? [String: Any])?["rule"] as? String,
                let year = object["report_year"] as? Int
            else { return nil }
            return Mistake(text: text, year: year, rule: rule)
        }
    }

    /// Rules that this version ships find theirs; those of rules to come are listed.
    @Test(.enabled(if: file != nil, "shared reports are not here"))
    func areFound() throws {
        let mistakes = try Self.mistakes()
        #expect(mistakes.count > 8)
        for mistake in mistakes {
            let text = try #require(Self.report(with: mistake), "no place in the sample for: \(mistake.text)")
            var source = AuditSource(path: Array(mistake.rule.utf8))
            let audited = try Auditor().audit(Array(text.utf8), source: &source).get()
            let fired = audited.findings.contains { $0.rule.id == mistake.rule }
            let isShipped = Catalogue.identifiers.contains(mistake.rule)
            print(
                "real mistake, \(mistake.rule), \(fired ? "found" : isShipped ? "NOT FOUND" : "no such rule yet"): \(mistake.text)"
            )
            #expect(fired || !isShipped, "\(mistake.rule) does not find: \(mistake.text)")
        }
    }

    /// A number in a 2023 report that says 2022 and contradicts table 2: three at once.
    @Test func aTextThatSaysNoneWhereTheTableHasDocuments() throws {
        let sentence = "2022年，青禾县水利局共制定规范性文件0件，废止规范性文件0件，现行有效的规范性文件0件。"
        let text = try #require(
            Example(2023, ("完善发布审查制度", sentence + "完善发布审查制度"), ("行政规范性文件\t2\t0\t6", "行政规范性文件\t4\t0\t32")).text
        )
        var source = AuditSource(path: Array("documents".utf8))
        let audited = try Auditor().audit(Array(text.utf8), source: &source).get()
        let found = audited.findings.filter { $0.rule.id == "narrative.documents" }
        #expect(found.map(\.finding.severity) == [.info, .info], "made and in force, under last year's year")
        let corrected = text.replacingOccurrences(of: "2022年，青禾县", with: "2023年，青禾县")
        let again = try Auditor().audit(Array(corrected.utf8), source: &source).get()
        #expect(
            again.findings.filter { $0.rule.id == "narrative.documents" }.map(\.finding.severity) == [
                .warning, .warning,
            ]
        )
    }

    /// The sample report with the mistake where it belongs.
    private static func report(with mistake: Mistake) -> String? {
        let year = mistake.year
        let table: [String: (String, String)] = [
            "政府集中采购 6 251000元": ("政府集中采购\t2\t36.5000", "政府集中采购\t6\t251000元"),
            "政府集中采购 6 976.81万元": ("政府集中采购\t2\t36.5000", "政府集中采购\t6\t976.81万元"),
            "行政许可 | (blank)": ("行政许可\t112", "行政许可\t"),
        ]
        if let edit = table[mistake.text] { return Example(year, edit).text }
        switch mistake.rule {
        case "disputes.total":
            let row = mistake.text.split(separator: " ").filter { $0 != "|" }.joined(separator: "\t")
            return Example(year, ("1\t0\t0\t1\t2\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", row)).text
        case "cell.blank":
            return Example(
                year,
                ("本年新收政府信息公开申请数量\t\t\t6\t2\t0\t0\t0\t0\t8", "本年新收政府信息公开申请数量\t\t\t0\t\t\t\t\t\t")
            ).text
        case "overview.topic-missing":
            let sample = SampleReport.text(year: year)
            guard let from = sample.range(of: "（一）主动公开。"), let to = sample.range(of: "二、主动公开政府信息情况") else {
                return nil
            }
            return sample.replacingCharacters(in: from.lowerBound..<to.lowerBound, with: "")
        case "basis.superseded":
            // The list tells in its own words where it was found, and gives a bare title where the title was the mistake.
            let cited = mistake.text.range(of: "：…").map { String(mistake.text[$0.upperBound...]) } ?? mistake.text
            return Example(year, ("编制本报告。", "编制本报告。按照\(cited)编制。")).text
        case "agency.mismatch":
            return Example(year, ("工作平稳有序。", "工作平稳有序。\(mistake.text)。")).text
        default:
            return Example(year, ("编制本报告。", "编制本报告。\(mistake.text)。")).text
        }
    }
}
