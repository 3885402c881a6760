@testable import AuditRules
import ReportModel
import Testing

/// deadline.missed: every boundary, by kind of body.
@Suite struct DeadlineTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let body: String
        let date: String
        /// A severity, `passed`, `notAssessed` or `notApplicable`.
        let expected: String
        init(_ body: String, _ date: String, _ expected: String) {
            self.body = body
            self.date = date
            self.expected = expected
        }
        var testDescription: String { "\(body), signed \(date): \(expected)" }
    }

    /// What the check of a report of 2023 says.
    private func verdict(_ text: String, _ parameters: RuleParameters = RuleParameters()) throws -> String {
        let check = try RuleProbe.check("deadline.missed", text, parameters)
        #expect(check.findings.count <= 1)
        return check.findings.first?.severity.rawValue ?? check.outcome.rawValue
    }

    private func report(_ body: String, _ date: String) throws -> String {
        try #require(
            Example(2023, ("青禾县水利局2023年", "\(body)2023年"), ("青禾县水利局\n2024年1月20日", "\(body)\n\(date)")).text
        )
    }

    static let cases: [Case] = [
        // Departments: 31 January.
        Case("青禾县水利局", "2024年1月1日", "passed"),
        Case("青禾县水利局", "2024年1月30日", "passed"),
        Case("青禾县水利局", "2024年1月31日", "passed"),
        Case("青禾县水利局", "2024年2月1日", "error"),
        Case("青禾县水利局", "2024年3月31日", "error"),
        Case("青禾县水利局", "2024-01-31", "passed"),
        Case("青禾县水利局", "2024-02-01", "error"),
        Case("青禾县水利局", "二〇二四年一月三十一日", "passed"),
        Case("青禾县水利局", "二〇二四年二月一日", "error"),
        Case("青禾县水利局", "2025年1月20日", "error"),
        Case("青禾省卫生健康委员会", "2024年1月31日", "passed"),
        Case("青禾省卫生健康委员会", "2024年2月5日", "error"),
        Case("青禾省公安厅", "2024年2月5日", "error"),
        Case("青禾县市场监管局", "2024年2月5日", "error"),
        Case("青禾县人民防空办公室", "2024年2月5日", "error"),
        Case("青禾市发展改革委", "2024年2月5日", "error"),
        // Before the year of the figures was over.
        Case("青禾县水利局", "2023年12月31日", "error"),
        Case("青禾县水利局", "2023年12月28日", "error"),
        Case("青禾县水利局", "2023年1月20日", "error"),
        Case("青禾县人民政府", "2023年12月31日", "error"),
        Case("清河镇人民政府", "2023年12月31日", "info"),
        Case("清河经济开发区管委会", "2023年12月31日", "info"),
        // Governments: 31 March.
        Case("青禾县人民政府", "2024年2月1日", "passed"),
        Case("青禾县人民政府", "2024年3月30日", "passed"),
        Case("青禾县人民政府", "2024年3月31日", "passed"),
        Case("青禾县人民政府", "2024年4月1日", "error"),
        Case("青禾市人民政府", "2025年3月1日", "error"),
        Case("青禾省人民政府", "2024年4月1日", "error"),
        Case("青禾县", "2024年3月31日", "passed"),
        Case("青禾县", "2024年4月1日", "error"),
        Case("青禾自治州", "2024年4月1日", "error"),
        Case("城西区", "2024年4月1日", "error"),
        // The office of a government is a department, but may report for its government.
        Case("青禾县人民政府办公室", "2024年1月31日", "passed"),
        Case("青禾县人民政府办公室", "2024年2月1日", "warning"),
        Case("青禾县人民政府办公室", "2024年3月31日", "warning"),
        Case("青禾县人民政府办公室", "2024年4月1日", "error"),
        Case("青禾省人民政府办公厅", "2024年2月20日", "warning"),
        Case("青禾县政府办公室", "2024年2月20日", "warning"),
        // Townships and sub-districts: a local date only.
        Case("清河镇人民政府", "2024年1月31日", "notApplicable"),
        Case("清河镇人民政府", "2024年5月1日", "notApplicable"),
        Case("清河乡人民政府", "2024年5月1日", "notApplicable"),
        Case("清河街道办事处", "2024年5月1日", "notApplicable"),
        Case("清河镇", "2024年5月1日", "notApplicable"),
        // Bodies that Art 49 does not mean; a 中心 counts as a department.
        Case("国家税务总局青禾县税务局", "2024年2月20日", "notAssessed"),
        Case("青禾海关办公室", "2024年2月20日", "notAssessed"),
        Case("青禾县气象局", "2024年2月20日", "notAssessed"),
        Case("中共青禾县委办公室", "2024年2月20日", "notAssessed"),
        Case("青禾县委全面依法治县委员会办公室", "2024年2月20日", "notAssessed"),
        Case("青禾市公安局城西分局", "2024年2月20日", "notAssessed"),
        Case("青禾高新区财政局", "2024年2月20日", "notAssessed"),
        Case("清河镇人民政府办公室", "2024年2月20日", "notAssessed"),
        Case("清河经济开发区管委会", "2024年6月1日", "notAssessed"),
        Case("清河经济开发区", "2024年6月1日", "notAssessed"),
        Case("青禾县政务服务中心", "2024年1月31日", "passed"),
        Case("青禾县政务服务中心", "2024年2月1日", "error"),
    ]

    /// Who signs may publish for another; only a title says whose report it is.
    @Test func anOfficeThatOnlySignsIsNotHeldToTheDateOfDepartments() throws {
        let title = "青禾县水利局2023年政府信息公开工作年度报告\n"
        let signature = ("青禾县水利局\n2024年1月20日", "青禾县人民政府办公室\n2024年3月1日")
        let nameless = try #require(Example(2023, (title, ""), signature).text)
        #expect(try verdict(nameless) == "notAssessed")
        let late = try #require(Example(2023, (title, ""), (signature.0, "青禾县人民政府办公室\n2024年4月1日")).text)
        #expect(try verdict(late) == "notAssessed")
    }

    /// A page that was out before the day under the signature shows that the day is none to go by.
    @Test func datesThatContradictEachOtherOnlyWarn() throws {
        let page = ("工作年度报告\n", "工作年度报告\n发布时间：2024-01-30 09:00\n")
        let text = try #require(Example(2023, page, ("2024年1月20日", "2024年2月5日")).text)
        #expect(try verdict(text) == "warning")
    }

    @Test(arguments: cases)
    func datesByKindOfBody(_ one: Case) throws {
        #expect(try verdict(report(one.body, one.date)) == one.expected)
    }

    // MARK: - Local dates

    @Test(arguments: [
        ("2024年1月15日", "passed"), ("2024年1月16日", "warning"), ("2024年1月31日", "warning"), ("2024年2月1日", "error"),
    ])
    func anEarlierLocalDateForDepartments(_ date: String, _ expected: String) throws {
        var parameters = RuleParameters()
        parameters.departmentDeadline = MonthDay(month: 1, day: 15)
        #expect(try verdict(report("青禾县水利局", date), parameters) == expected)
    }

    @Test(arguments: [("2024年1月31日", "passed"), ("2024年2月1日", "error"), ("2024年2月10日", "error")])
    func aLaterLocalDateDoesNotExtendTheLaw(_ date: String, _ expected: String) throws {
        var parameters = RuleParameters()
        parameters.departmentDeadline = MonthDay(month: 2, day: 28)
        #expect(try verdict(report("青禾县水利局", date), parameters) == expected)
    }

    @Test(arguments: [
        ("2024年2月28日", "passed"), ("2024年2月29日", "passed"), ("2024年3月1日", "warning"), ("2024年3月31日", "warning"),
        ("2024年4月1日", "error"),
    ])
    func anEarlierLocalDateForGovernments(_ date: String, _ expected: String) throws {
        var parameters = RuleParameters()
        parameters.governmentDeadline = MonthDay(month: 2, day: 29)
        #expect(try verdict(report("青禾县人民政府", date), parameters) == expected)
    }

    @Test(arguments: [
        ("清河镇人民政府", "2024年1月20日", "passed"), ("清河镇人民政府", "2024年1月21日", "info"),
        ("清河街道办事处", "2024年1月20日", "passed"), ("清河街道办事处", "2024年3月1日", "info"),
        ("青禾县水利局", "2024年1月31日", "passed"),
    ])
    func theLocalDateOfTownships(_ body: String, _ date: String, _ expected: String) throws {
        var parameters = RuleParameters()
        parameters.townshipDeadline = MonthDay(month: 1, day: 20)
        #expect(try verdict(report(body, date), parameters) == expected)
    }

    @Test func aMissedLocalDateSaysThatTheLawIsKept() throws {
        var parameters = RuleParameters()
        parameters.departmentDeadline = MonthDay(month: 1, day: 15)
        let check = try RuleProbe.check("deadline.missed", try report("青禾县水利局", "2024年1月20日"), parameters)
        let finding = try #require(check.findings.first)
        #expect(finding.message.zh.contains("当地期限2024年1月15日，未超过法定日期"))
        #expect(finding.formula?.zh == "2024-01-20 > 2024-01-15")
    }

    // MARK: - Which day counts

    private static let signature = "青禾县水利局\n2024年1月20日"

    @Test(arguments: [
        "发布时间：2024-02-06 15:20 来源：县水利局", "发布日期：2024-02-06", "发布日期: 2024年2月6日　浏览次数：12次",
        "来源：县水利局 时间：2024-02-06 09:10 点击率：",
        "2024-02-06 作者：佚名 点击数：", "发布日期\n2024-02-06", "生成日期：2024/02/06", "【字体：大 中 小】 发表时间：2024-02-06",
    ])
    func aPagesLateDateAloneIsAWarning(_ line: String) throws {
        let text = try #require(
            Example(2023, ("工作年度报告\n", "工作年度报告\n\(line)\n"), (Self.signature, "")).text
        )
        #expect(try RuleProbe.report(text).publishedOn?.value.description == "2024-02-06")
        #expect(try verdict(text) == "warning")
    }

    @Test func aSignatureInTimeOutweighsAPagesDate() throws {
        let text = try #require(Example(2023, ("工作年度报告\n", "工作年度报告\n发布时间：2024-05-06\n")).text)
        #expect(try verdict(text) == "passed")
    }

    @Test func theEarliestOfAPagesDatesCounts() throws {
        let text = try #require(
            Example(
                2023,
                ("工作年度报告\n", "工作年度报告\n成文日期：2024-01-18　发布日期：2024-02-18\n更新 发布时间：2024-01-20\n"),
                (Self.signature, "")
            )
            .text
        )
        #expect(try RuleProbe.report(text).publishedOn?.value.description == "2024-01-20")
        #expect(try verdict(text) == "passed")
    }

    @Test func withoutADateNothingIsSaid() throws {
        let text = try #require(Example(2023, (Self.signature, "")).text)
        #expect(try verdict(text) == "notAssessed")
    }

    @Test func aDateInTheTextIsNoPublication() throws {
        let line = "2022年度报告的发布时间为2023年5月6日之前。"
        let text = try #require(Example(2023, ("工作平稳有序。", line), (Self.signature, "")).text)
        #expect(try RuleProbe.report(text).publishedOn == nil)
        #expect(try verdict(text) == "notAssessed")
    }

    /// A bare date below the report may be the page's: of a list of links, of its last change.
    @Test(arguments: [("\n2024-05-20", "warning"), ("\n2024-01-20", "passed"), ("\n2024年5月20日", "error")])
    func aDateWithoutAName(_ lines: String, _ expected: String) throws {
        let text = try #require(Example(2023, (Self.signature, lines)).text)
        #expect(try verdict(text) == expected)
    }

    @Test func aYearAtOddsWithThePeriodIsNotHeldAgainstTheDate() throws {
        let text = try #require(
            Example(2023, ("2023年1月1日至2023年12月31日", "2022年1月1日至2022年12月31日"), ("2024年1月20日", "2024年3月20日")).text
        )
        #expect(try verdict(text) == "notAssessed")
    }

    @Test func aYearOfChineseNumeralsIsStated() throws {
        let text = try #require(
            Example(
                2023,
                ("青禾县水利局2023年", "青禾县水利局二〇二三年"),
                ("本报告所列数据的统计期限为2023年1月1日至2023年12月31日。", ""),
                ("2024年1月20日", "2024年2月20日")
            ).text
        )
        #expect(try verdict(text) == "error")
    }

    @Test func aDateMoreThanAYearLateMayBeARepublication() throws {
        let check = try RuleProbe.check("deadline.missed", try report("青禾县水利局", "2025年3月1日"))
        let finding = try #require(check.findings.first)
        #expect(finding.severity == .error)
        #expect(finding.hint?.zh.contains("迁移") == true)
    }

    @Test func lastYearsSignatureIsNamedAsTheLikelyCause() throws {
        let check = try RuleProbe.check("deadline.missed", try report("青禾县水利局", "2023年1月20日"))
        #expect(check.findings.first?.hint?.zh.contains("沿用了上一年度报告") == true)
    }
}
