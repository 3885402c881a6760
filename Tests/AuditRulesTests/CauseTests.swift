import AuditEngine
import ReportModel
import Testing

@testable import AuditRules

/// What hints say of how sums came to differ — and when they say nothing.
@Suite struct CauseTests {
    /// A consistent table 3 of a busy body; every case puts one slip into it. Rows that are not named hold nothing but 0.
    static let table: [RowID: [Int]] = [
        "1": [121, 14, 0, 3, 0, 2, 140], "2": [9, 3, 0, 0, 0, 0, 12],
        "3.1": [52, 7, 0, 0, 0, 1, 60], "3.2": [12, 3, 0, 1, 0, 0, 16], "3.3.1": [13, 4, 0, 2, 0, 0, 19],
        "3.4.1": [31, 0, 0, 0, 0, 1, 32], "3.5.2": [6, 0, 0, 0, 0, 0, 6],
        "3.7": [114, 14, 0, 3, 0, 2, 133], "4": [16, 3, 0, 0, 0, 0, 19],
    ]

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        /// Rows as they are written.
        let rows: [RowID: [Int]]
        /// Words that the hint of every finding on a sum of table 3 contains; empty where no cause may be named.
        let hint: [String]

        init(_ name: String, _ rows: [RowID: [Int]], says hint: String...) {
            self.name = name
            self.rows = rows
            self.hint = hint
        }

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            "digits of a part transposed",
            ["3.1": [25, 7, 0, 0, 0, 1, 60]],
            says: "把“（一）予以公开”一行“自然人”一列的 25 改为 52",
            "数字颠倒"
        ),
        Case("digits of a total transposed", ["3.4.1": [31, 0, 0, 0, 0, 1, 23]], says: "“总计”一列的 23 改为 32", "数字颠倒"),
        Case("a digit dropped", ["1": [12, 14, 0, 3, 0, 2, 140]], says: "自然人”一列的 12 改为 121", "漏写一位"),
        Case("a digit too many", ["4": [166, 3, 0, 0, 0, 0, 19]], says: "的 166 改为 16", "多写一位"),
        Case("a total left at 0", ["3.2": [12, 3, 0, 1, 0, 0, 0]], says: "填 0", "六列之和为 16", "漏填总计"),
        Case("a total of （七） left at 0", ["3.7": [114, 14, 0, 3, 0, 2, 0]], says: "共 3 处不符", "漏填总计"),
        Case("a part left at 0", ["3.5.2": [0, 0, 0, 0, 0, 0, 6]], says: "改为 6", "漏填"),
        Case("another number", ["3.3.1": [13, 7, 0, 2, 0, 0, 19]], says: "“商业企业”一列的 7 改为 4", "请核对该单元格"),
        Case("a slip that went into the total", ["3.1": [25, 7, 0, 0, 0, 1, 33]], says: "的 25 改为 52、总计相应改动", "数字颠倒"),
        Case("one column off", ["3.2": [12, 0, 3, 1, 0, 0, 16]], says: "从“科研机构”移到“商业企业”", "填错列"),
        Case("the total under 其他", ["3.5.2": [6, 0, 0, 0, 0, 6, 0]], says: "从“其他”移到“总计”", "填错列"),
        Case("two columns exchanged", ["1": [14, 121, 0, 3, 0, 2, 140]], says: "“自然人”与“商业企业”的数字对调"),
        Case(
            "a row slid to the left",
            ["3.1": [7, 0, 0, 0, 1, 60, 0]],
            says: "“（一）予以公开”一行依次为 52、7、0、0、0、1、60 时",
            "整体向左错了一列"
        ),
        Case("a row slid to the right", ["3.1": [0, 52, 7, 0, 0, 0, 1]], says: "整体向右错了一列"),
        Case("（七） and 四 exchanged", ["3.7": table["4"] ?? [], "4": table["3.7"] ?? []], says: "两行的数字对调"),
        Case(
            "all totals left at 0",
            table.mapValues { $0.dropLast() + [0] },
            says: "有 9 行各列有数而总计为 0",
            "漏填“总计”一列"
        ),
        Case("the row （七） left at 0", ["3.7": zero], says: "“（七）总计”一行全为 0", "漏填这一行"),
        Case("row 四 left at 0", ["4": zero], says: "“四、结转下年度继续办理”一行全为 0", "（总计 19）"),
        Case("row 二 left at 0", ["2": zero], says: "“二、上年结转政府信息公开申请数量”一行全为 0", "（总计 12）"),
        Case(
            "no results, but their total",
            ["3.1": zero, "3.2": zero, "3.3.1": zero, "3.4.1": zero, "3.5.2": zero],
            says: "（一）至（六）各项均为 0",
            "漏填各项办理结果"
        ),
        Case("a row left out of the sum", ["3.7": [62, 7, 0, 3, 0, 1, 73]], says: "“（一）予以公开”一行相同", "漏加这一行"),
        Case(
            "partially granted, and denied again",
            ["3.3.1": [25, 7, 0, 3, 0, 0, 35]],
            says: "“（二）部分公开”一行相同",
            "又计了一次"
        ),
        Case(
            "what was carried over is not counted",
            ["3.4.1": [22, 0, 0, 0, 0, 1, 23], "3.1": [52, 4, 0, 0, 0, 1, 57], "3.7": [105, 11, 0, 3, 0, 2, 121]],
            says: "相差的 12 各列都与第二项（上年结转）相同"
        ),
        Case(
            "what is carried forward is among the results",
            ["3.1": [68, 10, 0, 0, 0, 1, 79], "3.7": [130, 17, 0, 3, 0, 2, 152]],
            says: "相差的 19 各列都与第四项（结转下年度）相同"
        ),
        Case("row and column do not cross", ["3.1": [52, 7, 0, 0, 0, 1, 62], "3.2": [12, 3, 0, 1, 0, 0, 14]]),
        Case("two faults of one size", ["3.1": [54, 7, 0, 0, 0, 1, 60], "3.3.1": [13, 6, 0, 2, 0, 0, 19]]),
        Case("two rows changed in one column", ["3.1": [57, 7, 0, 0, 0, 1, 65]]),
    ]

    static let zero = [Int](repeating: 0, count: 7)

    @Test func theTableIsConsistent() throws {
        let checks = try Self.audit([:])
        for check in checks where check.rule.id.hasPrefix("applications.") {
            #expect(check.outcome == .passed, "\(check.rule.id): \(check.findings.map(\.message.zh))")
        }
    }

    @Test(arguments: cases)
    func isExplained(_ entry: Case) throws {
        let findings = try Self.audit(entry.rows).filter { $0.rule.id.hasPrefix("applications.") }.flatMap(\.findings)
        #expect(!findings.isEmpty, "\(entry.name): nothing was found")
        for finding in findings {
            let hint = finding.hint?.zh ?? ""
            if entry.hint.isEmpty {
                #expect(hint.isEmpty, "\(entry.name): \(finding.message.zh)")
            }
            for words in entry.hint {
                #expect(hint.contains(words), "\(entry.name): \(finding.message.zh) → “\(hint)” lacks “\(words)”")
            }
        }
    }

    /// A hint asks; it never tells what is wrong.
    @Test(arguments: cases)
    func asks(_ entry: Case) throws {
        for finding in try Self.audit(entry.rows).flatMap(\.findings) {
            guard let hint = finding.hint, finding.location.table == .applications else { continue }
            #expect(hint.zh.contains("请核对"), "\(entry.name): \(hint.zh)")
            #expect(hint.en.contains("check"), "\(entry.name): \(hint.en)")
        }
    }

    /// One wrong cell in random tables: whatever a hint names is that cell, and nearly always it does name it.
    @Test func oneWrongCellIsFoundAndNoOtherIsNamed() throws {
        var generator = SystemRandomNumberGenerator()
        let forms = Form.rows(of: .applications, edition: .form2021)
        var (named, findings) = (0, 0)
        for _ in 0..<150 {
            var rows = Self.randomTable(forms, using: &generator)
            let form = try #require(forms.randomElement(using: &generator))
            let column = Int.random(in: 0..<7, using: &generator)
            var numbers = try #require(rows[form.id])
            let meant = numbers[column]
            while numbers[column] == meant {
                numbers[column] = Bool.random(using: &generator) ? Int.random(in: 0...40, using: &generator) : 0
                if meant == 0 { numbers[column] += 1 }
            }
            rows[form.id] = numbers
            let name = Form.columnName(.applications, Form.applicationColumns[column], edition: nil)
            let checks = try Self.audit(rows)
            for finding in checks.filter({ $0.rule.id.hasPrefix("applications.") }).flatMap(\.findings) {
                findings += 1
                guard let hint = finding.hint?.zh else { continue }
                named += 1
                #expect(
                    hint.contains("“\(form.name)”一行“\(name)”一列") && hint.contains("改为 \(meant) 后"),
                    "\(form.name), \(name) was \(meant) and is \(numbers[column]): \(hint)"
                )
            }
        }
        #expect(named * 100 >= findings * 95, "\(named) of \(findings) findings name the cell")
    }

    /// A table in which everything holds; most cells are 0, as in real ones.
    private static func randomTable(_ forms: [RowForm], using generator: inout SystemRandomNumberGenerator)
        -> [RowID: [Int]]
    {
        func row() -> [Int] {
            let parts = (0..<6).map { _ in Int.random(in: 0...3, using: &generator) > 0 ? 0 : Int.random(in: 1...30) }
            return parts + [parts.reduce(0, +)]
        }
        var rows: [RowID: [Int]] = [:]
        var total = zero
        for form in forms where form.id.key.hasPrefix("3.") && form.id != "3.7" {
            let numbers = Int.random(in: 0...2, using: &generator) == 0 ? row() : zero
            rows[form.id] = numbers
            total = zip(total, numbers).map { $0 + $1 }
        }
        let forward = row()
        let over = zip(total, forward).map { min($0 + $1, Int.random(in: 0...3)) }.dropLast()
        rows["3.7"] = total
        rows["4"] = forward
        rows["2"] = over + [over.reduce(0, +)]
        rows["1"] = zip(zip(total, forward), over + [over.reduce(0, +)]).map { $0.0 + $0.1 - $1 }
        return rows
    }

    /// Where a cell was not read, nothing is said of the whole; what one sum tells by itself is said.
    @Test func aTableWithAGapGetsNoDiagnosis() throws {
        let text = try Self.text(["3.1": [25, 7, 0, 0, 0, 1, 60], "3.2": [12, 3, 0, 1, 0, 0, 0]])
            .replacing("\t\t2.重复申请\t6\t", with: "\t\t2.重复申请\t若干\t")
        let findings = try Self.checks(text).filter { $0.rule.id == "applications.row-total" }.flatMap(\.findings)
        #expect(findings.map { $0.location.row?.key } == ["3.1", "3.2"])
        #expect(findings.first?.hint == nil)
        #expect(findings.last?.hint?.zh == "六列之和为 16，总计填 0：请核对是否漏填总计。")
    }

    @Test(arguments: [
        ("3\t0\t0\t8\t0", "四项结果之和为 11，总计填 0：请核对是否漏填总计。"),
        ("3\t0\t0\t8\t", "四项结果之和为 11，总计为空白：请核对是否漏填总计。"),
        ("0\t0\t0\t0\t4", "总计为 4，四项结果均为 0：请核对是否漏填各项。"),
        ("13\t0\t0\t8\t12", "把“总计”的 12 改为 21 后，合计相符：请核对是否数字颠倒。"),
        ("31\t0\t0\t8\t21", "把“结果维持”的 31 改为 13 后，合计相符：请核对是否数字颠倒。"),
        // 3 + 8 is neither 9 nor one digit away from it.
        ("3\t0\t0\t8\t9", nil),
        // 10 for 1 in the part, or 1 for 10 in the total: two slips would do.
        ("10\t0\t0\t0\t1", nil),
    ])
    func disputes(group: String, hint: String?) throws {
        let example = Example(2023, ("1\t0\t0\t1\t2\t0\t0", group + "\t0\t0"))
        let text = try #require(example.text)
        let check = try #require(try Self.checks(text).first { $0.rule.id == "disputes.total" })
        #expect(check.findings.count == 1, "\(group)")
        #expect(check.findings.first?.hint?.zh == hint, "\(group)")
    }

    @Test(arguments: [
        (12, 21, DigitSlip.transposed), (1234, 1324, .transposed), (10, 100, .dropped), (12, 112, .dropped),
        (100, 10, .added), (7, 71, .dropped), (12, 12, nil), (0, 10, nil), (12, 31, nil), (123, 321, nil), (5, 6, nil),
        (12, 1, .added), (-12, -21, nil), (1001, 11, nil),
    ])
    func slips(written: Int, meant: Int, slip: DigitSlip?) {
        #expect(DigitSlip(written: written, meant: meant) == slip, "\(written) for \(meant)")
    }

    // MARK: - Reports

    static func audit(_ rows: [RowID: [Int]]) throws -> [Check] { try checks(text(rows)) }

    static func checks(_ text: String) throws -> [Check] {
        var source = AuditSource(path: Array("cause".utf8))
        return try Auditor().audit(Array(text.utf8), source: &source).get().checks
    }

    /// The sample report with ``table``, of which `rows` are written otherwise.
    static func text(_ rows: [RowID: [Int]]) throws -> String {
        let numbers = table.merging(rows) { $1 }
        var lines = SampleReport.text(year: 2023).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        let first = try #require(lines.firstIndex { $0.hasPrefix("一、本年新收") }, "table 3 begins elsewhere")
        for (offset, form) in Form.rows(of: .applications, edition: .form2021).enumerated() {
            let cells = lines[first + offset].split(separator: "\t", omittingEmptySubsequences: false)
            let values = numbers[form.id] ?? zero
            lines[first + offset] = (cells.dropLast(7).map(String.init) + values.map(String.init))
                .joined(separator: "\t")
        }
        return lines.joined(separator: "\n")
    }
}

/// What hints on cells and forms say beyond the rule's own.
@Suite struct RemedyTests {
    @Test(arguments: [
        (2020, "cell.unit", "36.5000", "251000元", "表头单位为万元，251000元 = 25.1万元：请核对后填 25.1。"),
        (2023, "cell.unit", "\t36.5", "\t1.2亿元", "表头单位为万元，1.2亿元 = 12000万元：请核对后填 12000。"),
        (2023, "cell.unit", "\t36.5", "\t976.81万元", "请删去单位和符号，只填数字：“976.81万元”填作 976.81。"),
        (2020, "cell.unit", "行政处罚\t40\t2", "行政处罚\t40\t减2", "请删去单位和符号，只填数字：“减2”填作 -2。"),
        (2023, "cell.not-a-number", "许可\t112", "许可\t二十三", "请改用阿拉伯数字：“二十三”填作 23。"),
        (2023, "cell.not-a-number", "许可\t112", "许可\t详见附件", "请把“详见附件”改为数字；没有发生的填 0，需要说明的写入正文。"),
        (2023, "cell.blank", "许可\t112", "许可\t", "请补填该单元格：没有发生的填 0，有数据的填实际数。"),
        (2023, "cell.blank", "规章\t0\t0", "规章\t/\t无", "请逐格补填 2 处：没有发生的填 0，有数据的填实际数；“/”、“无”不能代替 0。"),
    ])
    func cells(year: Int, rule: String, words: String, written: String, hint: String) throws {
        let text = try #require(Example(year, (words, written)).text)
        let check = try #require(try CauseTests.checks(text).first { $0.rule.id == rule })
        #expect(check.findings.map { $0.hint?.zh } == [hint], "“\(written)”")
    }

    @Test func theOldFormIsToldWhatTheNewOneHas() throws {
        let example = Example(2020, ("青禾县水利局2020年政府", "青禾县水利局2022年政府"), ("2020年1月1日至2020年12月31日", "2022年度"))
        let text = try #require(example.text)
        let check = try #require(try CauseTests.checks(text).first { $0.rule.id == "template.outdated" })
        let hint = try #require(check.findings.first?.hint?.zh)
        for header in ["本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量", "本年收费金额"] {
            #expect(hint.contains("“\(header)”"), "\(hint)")
        }
        #expect(hint.contains("没有“其他对外管理服务事项”、“政府集中采购”两行"), "\(hint)")
        #expect(hint.contains("表三（六）其他处理分为 3 行，本报告只有一行"), "\(hint)")
    }

    @Test(arguments: [(0, "各行填 0"), (3, "把原有的 3 件按实际情形分别填入")])
    func mergedResultsAreSplit(number: Int, words: String) throws {
        let rows = Form.rows(of: .applications, edition: .form2021).filter { $0.id.key.hasPrefix("3.6.") }
        var lines = SampleReport.text(year: 2023).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        let first = try #require(lines.firstIndex { $0.contains("（六）其他处理") })
        lines.replaceSubrange(first..<(first + 3), with: ["\t（六）其他处理\t\t\(number)\t0\t0\t0\t0\t0\t\(number)"])
        let checks = try CauseTests.checks(lines.joined(separator: "\n"))
        let check = try #require(checks.first { $0.rule.id == "template.other-results-merged" })
        let hint = try #require(check.findings.first?.hint?.zh)
        #expect(hint.contains(words), "\(hint)")
        for row in rows { #expect(hint.contains("“\(row.name)”"), "\(hint)") }
    }
}
