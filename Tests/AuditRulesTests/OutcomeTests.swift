import AuditEngine
@testable import AuditRules
import Testing

/// Every rule says in every audit what became of it: failed, passed, not assessed or not applicable, with its reason.
@Suite struct OutcomeTests {
    /// Sample reports of which something cannot be read surely: the tables lost cells, years and names are gone.
    private static let blurred: [(name: String, text: String)] = {
        let years = [2019, 2020, 2021, 2023]
        return years.flatMap { year -> [(String, String)] in
            let text = SampleReport.text(year: year)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            /// Rows of numbers lose a cell in the middle: what is left could stand in any column.
            let short = lines.map { line in
                var cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                guard cells.count > 3, cells.suffix(3).contains(where: { Int($0) != nil }) else { return line }
                cells.remove(at: cells.count - 2)
                return cells.joined(separator: "\t")
            }
            let nameless = text.replacing("\(year)年", with: "").replacing("\(year + 1)年", with: "")
                .replacing("青禾县水利局", with: "")
            let noTables = lines.filter { !$0.contains("\t") }
            let noNumbers = lines.map { line in
                line.contains("\t")
                    ? line.split(separator: "\t").filter { Int($0) == nil }.joined(separator: "\t") : line
            }
            let claims = short.joined(separator: "\n").replacing("（三）政府信息管理。", with: "（三）政府信息管理。全年制发规范性文件2件。")
            return [
                ("short rows \(year)", short.joined(separator: "\n")), ("no year and body \(year)", nameless),
                ("no tables \(year)", noTables.joined(separator: "\n")),
                ("no numbers \(year)", noNumbers.joined(separator: "\n")), ("short rows and claims \(year)", claims),
                ("no problems \(year)", text.replacing("存在的问题：一是公开内容不够丰富，二是业务人员更换频繁。", with: "本年度不存在问题。")),
                ("title in a sentence \(year)", text.replacing("工作年度报告\n", with: "工作年度报告，发布日期：\(year + 1)-01-20。\n")),
            ]
        }
    }()

    /// A page whose sections 一 and 五 are pictures: what they say cannot be read.
    private static let pictured: String = {
        let year = 2023
        let lines = SampleReport.text(year: year).split(separator: "\n").map(String.init)
        var section = ""
        return lines.map { line -> String in
            if line.contains("、") && line.count < 25 && "一二三四五六".contains(line.prefix(1)) {
                section = String(line.prefix(1))
                let words = section == "一" ? "\(year)年，我局认真落实有关要求，各项任务平稳有序推进，具体情况见下图。" : ""
                return "<p>\(line)</p>" + ("一五".contains(section) ? "<p>\(words)<img src='a.png'></p>" : "")
            }
            if "一五".contains(section), !section.isEmpty { return "" }
            // The table of section 四 is a picture, too.
            if section == "四", line.contains("\t") { return "<p><img src='b.png'></p>" }
            guard line.contains("\t") else { return "<p>\(line)</p>" }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map { "<td>\($0)</td>" }
            return "<table><tr>\(cells.joined())</tr></table>"
        }.joined(separator: "\n").replacing("</table>\n<table>", with: "\n")
    }()

    private static let reports: [(name: String, text: String)] = {
        let samples = [2015, 2018, 2019, 2020, 2021, 2022, 2023, 2025].map {
            ("sample \($0)", SampleReport.text(year: $0))
        }
        let examples = Catalogue.rules.flatMap { rule in
            (rule.description.failing + rule.description.passing).compactMap { example in
                example.text.map { ("\(example.file):\(example.line)", $0) }
            }
        }
        return samples + blurred + [("pictures", "<html><body>\(pictured)</body></html>")] + examples
    }()

    @Test func everyRuleIsInEveryAuditOnce() throws {
        let identifiers = Catalogue.rules.map { $0.description.id }
        for (name, text) in Self.reports {
            let checks = try Self.audit(text, name).checks
            #expect(checks.map(\.rule.id) == identifiers, "\(name)")
            for check in checks {
                let place = "\(name): \(check.rule.id) \(check.outcome)"
                #expect((check.outcome == .failed) == !check.findings.isEmpty, "\(place)")
                switch check.outcome {
                case .passed: #expect(check.reason == nil, "\(place)")
                case .failed: break
                case .notAssessed, .notApplicable:
                    #expect(
                        check.reason?.zh.isEmpty == false && check.reason?.en.isEmpty == false,
                        "\(place): no reason"
                    )
                }
            }
        }
    }

    /// Rules that are always assessed where they apply, with the reason.
    private static let neverUnsure = [
        "section.missing": "what no heading announces is not there; a report of which too little is found is none",
        "section.numbering": "it judges the headings that were found",
        "title.format": "without a title it is not applicable: title.missing speaks",
        "period.mismatch": "a period that was read also tells the year",
        "narrative.breakdown": "it rests on one sentence, which was read or not",
        "text.placeholder": "it judges the text that was read",
        "text.duplicated-words": "it judges the text that was read",
        "preface.section-list": "without a list that was read it is not applicable",
    ]

    @Test func everyOutcomeOfEveryRuleIsReached() throws {
        var reached: [String: Set<Outcome>] = [:]
        for (name, text) in Self.reports {
            for check in try Self.audit(text, name).checks { reached[check.rule.id, default: []].insert(check.outcome) }
        }
        for rule in Catalogue.rules.map({ $0.description }) {
            for outcome in Outcome.allCases where !(reached[rule.id] ?? []).contains(outcome) {
                if outcome == .notAssessed, Self.neverUnsure[rule.id] != nil { continue }
                Issue.record("no report of this test makes \(rule.id) \(outcome)")
            }
        }
    }

    private static func audit(_ text: String, _ name: String) throws -> Audited {
        var source = AuditSource(path: Array(name.utf8))
        return try Auditor().audit(Array(text.utf8), source: &source).get()
    }
}
