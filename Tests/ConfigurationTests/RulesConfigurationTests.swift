// The key `rules`: levels, parameters, overrides and waivers.

import SystemPackage
import Testing

@testable import Configuration

private let inbox = "inboxes: [{path: /in}]\n"
private let waiver = "rule: fee.missing, reason: 已核实, by: 王某"

@Suite struct RulesConfigurationTests {
    @Test func everyKeyIsRead() throws {
        let rules = try parse(
            inbox
                + """
                rules:
                  disable: [title.missing]
                  levels: {title.format: off, fee.missing: warning}
                  parameters:
                    overview_minimum: 100
                    township_deadline: 2-15
                    department_deadline: 01-31
                    government_deadline: 03-01
                  overrides:
                    - agency: 青禾县水利局
                      levels: {fee.missing: error}
                    - agency: [青禾县水利局, "青禾县教育局（体育局）"]
                      folder: [./乡镇//甲/, /srv/in/../乙]
                      parameters: {township_deadline: 02-28}
                  waivers:
                    - rule: fee.missing
                      agency: 青禾县水利局
                      file: 2024/./甲.docx
                      place: applications.3.4.1.total
                      year: 2024
                      reason: "公式列为空: 已核实"
                      by: 王某
                      until: 2028-02-29
                    - {rule: title.format, file: /in/甲.docx, reason: a, by: b, until: 2026-1-2}
                """
        ).rules
        var expected = Configuration.Rules()
        expected.disable = ["title.missing"]
        expected.levels = ["title.format": .off, "fee.missing": .warning]
        expected.parameters.overviewMinimum = 100
        expected.parameters.townshipDeadline = .init(month: 2, day: 15)
        expected.parameters.departmentDeadline = .init(month: 1, day: 31)
        expected.parameters.governmentDeadline = .init(month: 3, day: 1)
        var first = Configuration.Override()
        first.agencies = ["青禾县水利局"]
        first.levels = ["fee.missing": .error]
        var second = Configuration.Override()
        second.agencies = ["青禾县水利局", "青禾县教育局（体育局）"]
        second.folders = ["乡镇/甲", "/srv/乙"]
        second.parameters.townshipDeadline = .init(month: 2, day: 28)
        expected.overrides = [first, second]
        var full = Configuration.Waiver()
        full.rule = "fee.missing"
        full.agency = "青禾县水利局"
        full.file = "2024/甲.docx"
        full.place = .init(table: "applications", row: "3.4.1", column: "total")
        full.year = 2024
        full.reason = "公式列为空: 已核实"
        full.by = "王某"
        full.until = .init(year: 2028, monthDay: .init(month: 2, day: 29))
        var short = Configuration.Waiver()
        short.rule = "title.format"
        short.file = "/in/甲.docx"
        short.reason = "a"
        short.by = "b"
        short.until = .init(year: 2026, monthDay: .init(month: 1, day: 2))
        expected.waivers = [full, short]
        #expect(rules == expected)
    }

    @Test(
        "places",
        arguments: [
            ("section 6", Configuration.Place(section: 6)), ("section.1", Configuration.Place(section: 1)),
            ("disclosure", Configuration.Place(table: "disclosure")),
            ("disclosure.fees.amount", Configuration.Place(table: "disclosure", row: "fees", column: "amount")),
            ("applications.1", Configuration.Place(table: "applications", row: "1")),
            ("applications.3.4", Configuration.Place(table: "applications", row: "3.4")),
            ("applications.3.7.total", Configuration.Place(table: "applications", row: "3.7", column: "total")),
            ("applications.total", Configuration.Place(table: "applications", column: "total")),
        ]
    )
    func place(written: String, place: Configuration.Place) throws {
        let yaml = inbox + "rules: {waivers: [{\(waiver), file: a, until: 2026-12-31, place: \(written)}]}"
        #expect(try parse(yaml).rules.waivers.map(\.place) == [place])
    }

    @Test func theLinesOfSettingsAreKept() throws {
        let lines = try parse(
            """
            inboxes: [{path: /in}]
            rules:
              levels:
                title.format: off
                fee.missing: info
              parameters:
                overview_minimum: 20
              overrides:
                - folder: a
                  levels:
                    title.format: error
              waivers:
                - {\(waiver), file: a, until: 2026-12-31}

                - {\(waiver), file: b, until: 2026-12-31}
            """
        ).lines
        #expect(lines["rules.levels.title.format"] == 4 && lines["rules.levels.fee.missing"] == 5)
        #expect(lines["rules.parameters.overview_minimum"] == 7)
        #expect(lines["rules.overrides[0]"] == 9 && lines["rules.overrides[0].levels.title.format"] == 11)
        #expect(lines["rules.waivers[0]"] == 13 && lines["rules.waivers[1]"] == 15)
        #expect(lines["rules.disable"] == nil && lines["state"] == nil)
    }

    @Test(
        "one problem, with its place and remedy",
        arguments: [
            // Levels
            rules("levels: [a]", 17, "rules.levels", "规则编号: 级别", "{title.format: off}"),
            rules("levels: {title.fromat: off}", 18, "rules.levels.title.fromat", "是否想写 title.format？"),
            rules(
                "levels: {title.format: fatal}",
                32,
                "rules.levels.title.format",
                "off、info",
                "title.format: warning"
            ),
            rules("levels: {title.format: 1}", 32, "rules.levels.title.format", "现为“1”"),
            rules("levels: {title.format: }", 18, "rules.levels.title.format", "没有值", "title.format: warning"),
            rules(
                "levels: {title.format: off, title.format: info}",
                37,
                "rules.levels.title.format",
                "title.format 重复"
            ),
            rules(
                "disable: [title.format], levels: {title.format: info}",
                43,
                "rules.levels.title.format",
                "已由 rules.disable（第 2 行）停用",
                "只留一处"
            ),
            // Parameters
            parameters("overview_minimum: 0", "overview_minimum", "超出范围", "1 到 10000"),
            parameters("overview_minimum: 20字", "overview_minimum", "整数", "overview_minimum: 30"),
            parameters("township_deadline: 02-29", "township_deadline", "没有 02-29 这一天", "每年都有", "02-15"),
            parameters("township_deadline: 13-01", "township_deadline", "没有 13-01 这一天"),
            parameters("township_deadline: 2月15日", "township_deadline", "应为月-日", "township_deadline: 02-15"),
            parameters("township_deadline: 2026-02-15", "township_deadline", "应为月-日"),
            parameters("department_deadline: 02-01", "department_deadline", "晚于条例第四十九条规定的 01-31", "只能提前", "01-20"),
            parameters("government_deadline: 04-01", "government_deadline", "晚于条例第四十九条规定的 03-31", "删去这一行"),
            // Overrides
            overrides("levels: {title.format: off}", 21, "", "agency 和 folder 都没有写", "至少写其中一个", "folder: 乡镇"),
            overrides("folder: a", 21, "", "levels 和 parameters 都没有写", "levels: {title.format: off}"),
            overrides("folder: a, levels: {a: off}", 42, ".levels.a", "没有规则“a”"),
            overrides(
                "folder: a, parameters: {department_deadline: 12-31}",
                67,
                ".parameters.department_deadline",
                "晚于条例"
            ),
            overrides("folder: ../a, levels: {}", 30, ".folder", "“../a”不能用作路径", "相对于收件目录", "乡镇"),
            overrides("folder: [a, ''], levels: {}", 34, ".folder[1]", "不能用作路径"),
            overrides("folder: /, levels: {}", 30, ".folder", "不能用作路径"),
            overrides("agency: ' ', levels: {}", 30, ".agency", "一行文字，至多 100 字", "agency: 青禾县水利局"),
            overrides("agency: [], levels: {}", 30, ".agency", "有 0 项"),
            overrides("agency: {name: a}, levels: {}", 30, ".agency", "现为一组键"),
            overrides("folder: a, level: {}, levels: {}", 33, ".level", "是否想写 levels？"),
            rules("overrides: {folder: a}", 20, "rules.overrides", "应为列表", "[{folder: 乡镇"),
            // Waivers
            waivers("\(waiver), until: 2026-12-31", "", "agency 和 file 都没有写", "agency: 青禾县水利局"),
            waivers("\(waiver), file: a", ".until", "缺少必填的键 until", "加上 until: 2026-12-31"),
            waivers("rule: fee.missing, by: b, file: a, until: 2026-12-31", ".reason", "缺少必填的键 reason"),
            waivers("rule: fee.missing, reason: b, file: a, until: 2026-12-31", ".by", "缺少必填的键 by"),
            waivers("reason: a, by: b, file: a, until: 2026-12-31", ".rule", "缺少必填的键 rule"),
            waivers("\(waiver), file: a, until: never", ".until", "“never”不是日期", "必须有期限"),
            waivers("\(waiver), file: a, until: 2026-02-29", ".until", "“2026-02-29”不是日期", "2026-12-31"),
            waivers("\(waiver), file: a, until: 26-12-31", ".until", "不是日期"),
            waivers("\(waiver), file: a, until: 2026-12-31, year: 99", ".year", "超出范围", "2000 到 2200"),
            waivers(
                "\(waiver), file: a, until: 2026-12-31, place: section 7",
                ".place",
                "“section 7”",
                "section 1 到 section 6"
            ),
            waivers("\(waiver), file: a, until: 2026-12-31, place: sections", ".place", "section 1 到 section 6"),
            waivers(
                "\(waiver), file: a, until: 2026-12-31, place: 表三",
                ".place",
                "没有位置“表三”",
                "applications, disclosure"
            ),
            waivers(
                "\(waiver), file: a, until: 2026-12-31, place: applications.3.8",
                ".place",
                "没有“3.8”",
                "是否想写 applications.3.7？"
            ),
            waivers("\(waiver), file: a, until: 2026-12-31, place: applications.3.7.sum", ".place", "没有“3.7.sum”"),
            waivers("\(waiver), file: a, until: 2026-12-31, place: applications.", ".place", "没有“”"),
            waivers("\(waiver), file: \"a\\0\", until: 2026-12-31", ".file", "不能用作路径"),
            waivers(
                "rule: fee.missing, reason: \"a\\nb\", by: c, file: a, until: 2026-12-31",
                ".reason",
                "一行文字，至多 500 字",
                "reason: "
            ),
            waivers("rule: a, reason: a, by: c, file: a, until: 2026-12-31", ".rule", "没有规则“a”"),
        ]
    )
    func oneProblem(_ wrong: Wrong) throws {
        let found = problems(of: wrong.yaml)
        let problem = try #require(found.first)
        #expect(found.count == 1, "\(found.map(\.description))")
        let text = problem.description
        #expect(text.hasPrefix("t.yaml:\(wrong.place)"), "\(text)")
        #expect(problem.keyPath == wrong.key, "\(text)")
        for word in wrong.words { #expect(text.contains(word), "\(text)") }
        #expect(problem.description(in: .english).contains(". Fix: "))
    }

    @Test func everyProblemOfALongListIsReported() {
        let found = problems(
            of: """
                inboxes: [{path: /in}]
                rules:
                  overrides:
                    - levels: {nope: off}
                    -
                    - folder: a
                  waivers:
                    - rule: nope
                      until: 1
                    - {\(waiver), agency: a, until: 2026-12-31, plaec: disclosure}
                """
        )
        let places = found.map { "\($0.line ?? 0) \($0.keyPath)" }
        #expect(
            places == [
                "4 rules.overrides[0]", "4 rules.overrides[0].levels.nope", "5 rules.overrides[1]",
                "6 rules.overrides[2]", "8 rules.waivers[0].reason", "8 rules.waivers[0].by", "8 rules.waivers[0]",
                "8 rules.waivers[0].rule", "9 rules.waivers[0].until", "10 rules.waivers[1].plaec",
            ],
            "\(found.map(\.description).joined(separator: "\n"))"
        )
    }

    // MARK: - One thing wrong

    private static func rules(_ yaml: String, _ column: Int, _ key: String, _ words: String...) -> Wrong {
        Wrong(inbox + "rules: {\(yaml)}", "2:\(column): ", key, all: words)
    }

    private static func parameters(_ yaml: String, _ key: String, _ words: String...) -> Wrong {
        Wrong(inbox + "rules: {parameters: {\(yaml)}}", "2:", "rules.parameters.\(key)", all: words)
    }

    private static func overrides(_ yaml: String, _ column: Int, _ key: String, _ words: String...) -> Wrong {
        Wrong(inbox + "rules: {overrides: [{\(yaml)}]}", "2:\(column): ", "rules.overrides[0]\(key)", all: words)
    }

    private static func waivers(_ yaml: String, _ key: String, _ words: String...) -> Wrong {
        Wrong(inbox + "rules: {waivers: [{\(yaml)}]}", "2:", "rules.waivers[0]\(key)", all: words)
    }
}
