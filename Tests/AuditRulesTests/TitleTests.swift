@testable import AuditRules
import Testing

/// title.missing and title.format: the titles that offices write.
@Suite struct TitleTests {
    private static let title = "青禾县水利局2023年政府信息公开工作年度报告"

    private func outcome(_ id: String, _ title: String) throws -> (outcome: Outcome, message: String) {
        let text = try #require(Example(2023, (Self.title, title)).text)
        let check = try RuleProbe.check(id, text)
        return (check.outcome, check.findings.map(\.message.zh).joined())
    }

    static let regular: [String] = [
        "青禾县水利局2023年政府信息公开工作年度报告", "青禾县水利局2023年度政府信息公开工作年度报告", "青禾县水利局2023年政府信息公开年度报告",
        "青禾县水利局2023年度政府信息公开年度报告", "2023年青禾县水利局政府信息公开工作年度报告", "2023年度青禾县水利局政府信息公开工作报告",
        "青禾县水利局\n2023年政府信息公开工作年度报告", "青禾县水利局2023年\n政府信息公开工作年度报告", "青禾县水利局 2023 年 政府信息公开工作年度报告",
        "# 青禾县水利局2023年政府信息公开工作年度报告", "《青禾县水利局2023年政府信息公开工作年度报告》", "青禾县水利局2023年政府信息公开工作年度报告（公开版）",
        "青禾县水利局关于2023年政府信息公开工作年度报告", "青禾县水利局关于2023年度政府信息公开工作年度报告的报告", "青禾县水利局2023年政府信息公开年度工作报告",
        "青禾县水利局二〇二三年政府信息公开工作年度报告", "青禾县水利局2023政府信息公开工作年度报告", "青禾县2023年政府信息公开工作年度报告",
        "清河镇人民政府2023年政府信息公开工作年度报告", "青禾县水利局政府信息公开工作年度报告（2023年度）", "青禾县水利局政府信息公开工作年度报告\n（2023年度）",
        "青禾县水利局2023年政府信息公开工作年度报告-青禾县人民政府网", "首页 > 政府信息公开 > 年报\n青禾县水利局2023年政府信息公开工作年度报告",
        "2023年度政府信息公开工作年度报告（青禾县水利局）", "（青禾县水利局）2023年政府信息公开工作年度报告", "青禾县水利局政府信息公开工作2023年年度报告",
        "青禾县水利局\n\n2023年度\n\n政府信息公开工作年度报告", "青禾县水利局2023年度政府信息公开工作\n年 度 报 告", "青禾县水利局２０２３年政府信息公开工作年度报告",
        "青禾县水利局关于2023年度政府信息公开工作情况的报告", "青禾县水利局\n2023年度政府信息公开工作\n年度报告", "标题：青禾县水利局2023年政府信息公开工作年度报告",
    ]

    @Test(arguments: regular)
    func isATitleInOrder(_ title: String) throws {
        for id in ["title.missing", "title.format"] {
            let (outcome, message) = try outcome(id, title)
            #expect(outcome == .passed, "\(id): \(message)")
        }
    }

    static let deviations: [(title: String, words: String)] = [
        ("2023年政府信息公开工作年度报告", "没有机关名称"), ("政府信息公开工作年度报告", "没有年度"), ("青禾县水利局政府信息公开工作年度报告", "没有年度"),
        ("青禾县水利局2023年政务公开工作年度报告", "“政务公开”"), ("青禾县水利局2023年政务信息公开工作年度报告", "“政务信息公开”"),
        ("青禾县水利局2023年信息公开工作年度报告", "“信息公开”"), ("青禾县水利局2023年政府信息公开年报", "“年报”"),
        ("青禾县水利局2023年政府信息公开工作年报", "“工作年报”"), ("青禾县水利局2023年政府信息公开工作报告", "“工作报告”"),
        ("青禾县水利局2023年政府信息公开年报告", "“年报告”"), ("青禾县水利局2023年政府信息公开 工作告年度报", "“工作告年度报”"),
        ("2022年青禾县水利局2023年政府信息公开工作年度报告", "两个年度"),
    ]

    @Test(arguments: deviations)
    func isReported(_ title: String, _ words: String) throws {
        #expect(try outcome("title.missing", title).outcome == .passed, "it is a title")
        let (outcome, message) = try outcome("title.format", title)
        #expect(outcome == .failed)
        #expect(message.contains(words), "\(message)")
    }

    @Test(arguments: [
        "青禾县水利局2023年政府信息公开工作年度报告。", "标题： 青禾县水利局2023年政府信息公开工作年度报告 发布日期： 2024-01-20",
        "青禾县水利局2023年政府信息公开工作年度报告 2024-01-20 10:00",
    ])
    func aLineThatMayBeTheTitleIsNotCalledMissing(_ line: String) throws {
        #expect(try outcome("title.missing", line).outcome == .notAssessed)
    }

    @Test func aSentenceAboutTheReportIsNoTitle() throws {
        #expect(try outcome("title.missing", "现将2023年政府信息公开工作年度报告公布如下").outcome == .failed)
    }

    @Test func withoutATitleItsFormDoesNotMatter() throws {
        #expect(try outcome("title.missing", "").outcome == .failed)
        #expect(try outcome("title.format", "").outcome == .notApplicable)
    }
}
