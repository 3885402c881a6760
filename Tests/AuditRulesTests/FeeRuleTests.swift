import AuditEngine
@testable import AuditRules
import ReportModel
import Testing

/// Outcomes that examples cannot show: what the rules leave open, and how grave and where their findings are.
@Suite struct FeeRuleTests {
    private func check(_ id: String, _ example: Example) throws -> Check {
        let text = try #require(example.text, "the words to replace are not in the sample")
        var source = AuditSource(path: Array("sample".utf8))
        let audited = try Auditor().audit(Array(text.utf8), source: &source).get()
        return try #require(audited.checks.first { $0.rule.id == id })
    }

    private func check(_ id: String, section6 words: String) throws -> Check {
        try check(id, Example(2023, ("本年度未收取信息处理费。", words)))
    }

    @Test(
        "a sentence about the fee that says neither is left to a person",
        arguments: [
            "严格执行《政府信息公开信息处理费管理办法》。", "进一步规范信息处理费收取工作。", "（一）信息处理费收取情况\n详见附件。",
            "认真学习《政府信息公开信息处理费管理办法》，没有其他需要报告的事项。",
        ]
    )
    func vague(_ words: String) throws {
        let check = try check("fee.missing", section6: words)
        #expect(check.outcome == .notAssessed, "\(words)")
        #expect(check.reason != nil)
    }

    /// A section that is one picture may hold the statement; one that says 无 beside the picture of a seal does not.
    @Test(arguments: [("", Outcome.notAssessed), ("无", .failed)])
    func pictures(_ words: String, _ outcome: Outcome) throws {
        let lines = try #require(Example(2023, ("本年度未收取信息处理费。", words)).text).split(separator: "\n")
        let page = lines.map { line in
            if line.contains("\t") {
                let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map { "<td>\($0)</td>" }
                return "<table><tr>\(cells.joined())</tr></table>"
            }
            return line.hasPrefix("六、") ? "<p>\(line)</p><p><img src='a.png'></p>" : "<p>\(line)</p>"
        }.joined(separator: "\n").replacing("</table>\n<table>", with: "\n")
        var source = AuditSource(path: Array("page.html".utf8))
        let audited = try Auditor().audit(Array("<html><body>\(page)</body></html>".utf8), source: &source).get()
        let check = try #require(audited.checks.first { $0.rule.id == "fee.missing" })
        #expect(check.outcome == outcome, "section 6: “\(words)” and a picture")
    }

    @Test(
        "a selection is not held against the total",
        arguments: [
            "2023年对12件申请收取信息处理费1600元，其中县公安局5件500元。",
            "2023年对12件申请收取信息处理费1600元，其中县公安局5件500元，县民政局3件300元。",
            "2023年共收取信息处理费约600元，其中县民政局300元，县公安局400元。",
            "2023年对3件申请收取信息处理费600元，其中县民政局1件200元，县公安局2件400元，按件计收2件200元，按量计收1件400元。",
            "2023年对2件申请收取信息处理费600元，其中2件各100元，1件400元。",
        ]
    )
    func selection(_ words: String) throws {
        #expect(try check("fee.breakdown", section6: words).outcome == .notAssessed, "\(words)")
    }

    @Test func aBreakdownSaysWhatIsWrong() throws {
        let words = "2023年对3件申请收取信息处理费600元。其中，县民政局1件，收取200元；县公安局2件，收取500元。"
        let finding = try #require(try check("fee.breakdown", section6: words).findings.first)
        #expect(finding.severity == .error)
        #expect(finding.expected.map { "\($0)" } == "700" && finding.actual.map { "\($0)" } == "600")
        #expect(finding.formula?.zh == "200 + 500 = 700")
        #expect(finding.location.section == 6)
        #expect(finding.location.quote?.contains("县公安局2件，收取500元") == true)
    }

    @Test func bothSumsMayBeWrong() throws {
        let words = "2023年对3件申请收取信息处理费600元，其中县民政局2件300元，县公安局2件400元。"
        #expect(try check("fee.breakdown", section6: words).findings.count == 2)
    }

    @Test func yuanInPlaceOfTenThousand() throws {
        let words = "2023年收取信息处理费0.06元，其中县民政局200元，县公安局400元。"
        let check = try check("fee.breakdown", section6: words)
        #expect(check.findings.first?.hint?.zh.contains("元与万元") == true)
    }

    @Test func unreadSection6DoesNotMisplaceTheStatement() throws {
        let example = Example(
            2023,
            ("六、其他需要报告的事项\n本年度未收取信息处理费。\n", "六、其他需要报告的事项\n"),
            ("无法提供5件。", "无法提供5件。未收取信息处理费。")
        )
        #expect(try check("fee.misplaced", example).outcome == .notAssessed)
        let mention = Example(
            2023,
            ("本年度未收取信息处理费。", "信息处理费收取情况见第一部分。"),
            ("无法提供5件。", "无法提供5件。未收取信息处理费。")
        )
        #expect(try check("fee.misplaced", mention).outcome == .notAssessed)
        #expect(try check("fee.missing", mention).outcome == .passed)
    }

    @Test func contradictionNeedsTheRow() throws {
        let row = "\t\t2.申请人逾期未按收费通知要求缴纳费用\t0\t0\t0\t0\t0\t0\t0\n"
        let denial = ("本年度未收取信息处理费。", "本年度未发出收费通知，未收取信息处理费。")
        #expect(try check("fee.contradicted", Example(2023, (row, ""), denial)).outcome == .notAssessed)
        let blank = (row, "\t\t2.申请人逾期未按收费通知要求缴纳费用\t0\t0\t0\t0\t0\t0\t\n")
        #expect(try check("fee.contradicted", Example(2023, blank, denial)).outcome == .notAssessed)
    }
}

@Suite struct DisclosureRuleTests {
    private func check(_ id: String, _ example: Example) throws -> Check {
        let text = try #require(example.text, "the words to replace are not in the sample")
        var source = AuditSource(path: Array("sample".utf8))
        let audited = try Auditor().audit(Array(text.utf8), source: &source).get()
        return try #require(audited.checks.first { $0.rule.id == id })
    }

    @Test(arguments: ["青禾市人民政府", "青禾产业园区管理委员会", "大兴安岭地区行政公署"])
    func bodiesOfUnknownLevelAreNotJudged(_ name: String) throws {
        let title = ("青禾县水利局2023年", name + "2023年")
        let regulations = Example(2023, title, ("规章\t0\t0\t0", "规章\t2\t0\t5"), ("\n青禾县水利局\n", "\n\(name)\n"))
        #expect(try check("regulations.unauthorized", regulations).outcome == .notAssessed)
        let charges = Example(2023, title, ("行政事业性收费\t36.5", "行政事业性收费\t365000"), ("\n青禾县水利局\n", "\n\(name)\n"))
        #expect(try check("charges.unit-suspect", charges).outcome == .notAssessed)
    }

    @Test func regulationsBelowAnEmptyRowGetAHint() throws {
        let example = Example(2023, ("规章\t0\t0\t0", "规章\t2\t0\t6"), ("行政规范性文件\t2\t0\t6", "行政规范性文件\t0\t0\t0"))
        let finding = try #require(try check("regulations.unauthorized", example).findings.first)
        #expect(finding.severity == .warning)
        #expect(finding.hint?.zh.contains("规范性文件的数字填到了") == true)
    }

    @Test(
        "cells that are needed and not there",
        arguments: [
            ("documents.in-force", 2023, "行政规范性文件\t2\t0\t6", "行政规范性文件\t8\t\t6"),
            ("documents.in-force", 2023, "行政规范性文件\t2\t0\t6", "行政规范性文件\t8\t0\t"),
            ("documents.in-force", 2023, "行政规范性文件\t2\t0\t6", "行政规范性文件\t\t0\t6"),
            ("documents.in-force", 2023, "行政规范性文件\t2\t0\t6", "行政规范性文件\t若干\t0\t6"),
            ("documents.exceeds-total", 2020, "规范性文件\t2\t2\t6", "规范性文件\t2\t2\t"),
            ("documents.items-as-decisions", 2020, "行政许可\t12\t-1\t112", "行政许可\t12\t若干\t112"),
            ("charges.unit-suspect", 2023, "行政事业性收费\t36.5", "行政事业性收费\t若干"),
        ]
    )
    func notAssessed(_ id: String, _ year: Int, _ original: String, _ replacement: String) throws {
        #expect(try check(id, Example(year, (original, replacement))).outcome == .notAssessed, "\(replacement)")
    }

    @Test func theUnitOfSuspectChargesIsConverted() throws {
        let example = Example(2023, ("行政事业性收费\t36.5", "行政事业性收费\t365000"))
        let finding = try #require(try check("charges.unit-suspect", example).findings.first)
        #expect(finding.severity == .info)
        #expect(finding.hint?.zh.contains("36.5 万元") == true)
    }
}
