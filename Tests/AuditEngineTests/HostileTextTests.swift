import AuditEngine
import AuditRules
import Extraction
import ReportModel
import Testing

/// What an adversary found: texts whose form, not whose content, led the reader astray. Each starts from the clean sample.
@Suite struct HostileTextTests {
    static let sample = SampleReport.text(year: 2024)
    static let period = "本报告所列数据的统计期限为2024年1月1日至2024年12月31日。"
    static let title = "青禾县水利局2024年政府信息公开工作年度报告"
    static let fee = "六、其他需要报告的事项"

    // MARK: - Hard line ends

    @Test(arguments: [18, 24, 32, 40])
    func wrappedParagraphsReadAsWhole(width: Int) throws {
        let text = Self.sample.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.contains("\t") || line.contains("|") || line.count < 30 ? String(line) : Self.wrap(String(line), width)
        }.joined(separator: "\n")
        #expect(text != Self.sample, "the sample has lines to wrap")
        let audited = try Self.audit(text)
        for entry in audited.findings { Issue.record("width \(width): \(entry.rule.id): \(entry.finding.message.zh)") }
        #expect(audited.report.period != nil, "width \(width): the period was cut")
        #expect(audited.report.fee != nil, "width \(width): the fee statement was cut")
    }

    @Test func aJoinedParagraphKeepsThePlaceOfItsFirstLine() throws {
        let text = try Self.replace(Self.period, "本报告所列数据的统计期限为2023年1月1日至2023年12月3\n1日止。")
        let audited = try Self.audit(text)
        let entry = try #require(audited.findings.first { $0.rule.id == "period.mismatch" })
        #expect(entry.finding.location.quote?.contains("2023年12月31日止") ?? false)
        #expect(entry.finding.location.source == audited.report.preface.first?.source)
    }

    @Test func linesThatEndOnPurposeStayApart() throws {
        let text = try Self.replace(
            Self.fee,
            "五之外无编号说明\n" + Self.fee + "\n本年度其他事项如下：\n一是完成目录调整工作并且对外公布\n二是完成指南修订工作并且对外公布"
        )
        let section = try #require(try Self.audit(text).report.section(6))
        #expect(section.paragraphs.contains { $0.raw == "一是完成目录调整工作并且对外公布" })
        #expect(section.paragraphs.contains { $0.raw == "本年度其他事项如下：" })
    }

    // MARK: - Period

    @Test(arguments: [
        "所列数据为全年数据。电子版自2025年1月20日至2025年12月31日可下载。",
        "2024年3月1日至2024年3月31日开展公开宣传活动，数据已上报。",
        "2024年5月1日至2024年6月30日对数据进行自查。",
        "现任领导任期自2021年1月1日至2025年12月31日，数据见网站。",
    ])
    func spansOfEventsAreNoPeriod(sentence: String) throws {
        let audited = try Self.audit(try Self.replace(Self.period, sentence))
        #expect(audited.report.period == nil, "“\(audited.report.period?.quote ?? "")” was taken for the period")
    }

    @Test(arguments: [
        "统计期限为2024年1月1日至同年12月31日。", "统计时限自2024年1月1日零时起至2024年12月31日24时止。",
        "数据统计从2024年1月1日起，截止到当年12月31日。", "统计周期为2024年1月至12月。", "统计期限：2024年度。",
        "本报告涵盖2024年1月1日至12月31日的情况。",
    ])
    func statedPeriodsAreRead(sentence: String) throws {
        let audited = try Self.audit(try Self.replace(Self.period, sentence))
        let period = try #require(audited.report.period?.value, "no period in “\(sentence)”")
        #expect(period.from.description == "2024-01-01")
        #expect(period.to.description == "2024-12-31")
        #expect(!audited.findings.contains { $0.rule.id == "period.mismatch" })
    }

    @Test(arguments: [
        "统计期限为2024年1月1日至2024年11月31日。", "统计期限为2023年1月至12月。", "统计期限为2023年度。",
        "统计时间为2024年1月1日至2024年12月32日。",
    ])
    func wrongPeriodsAreFound(sentence: String) throws {
        let audited = try Self.audit(try Self.replace(Self.period, sentence))
        #expect(audited.findings.contains { $0.rule.id == "period.mismatch" }, "“\(sentence)” passed")
    }

    // MARK: - Headings

    @Test(arguments: [
        [("一、", "一丶"), ("二、主", "二丶主")], [("一、总体情况", "一、工作开展情况")], [("一、总体情况", "一、总休情况")],
        [("一、总体情况", "第一章 总体情况")], [("一、总体情况", "● 一、总体情况"), ("二、主动", "■二、主动")],
        [("二、主动公开政府信息情况", "二、主动公开"), ("六、其他需要报告的事项", "六、其他")],
        [("一、总体情况", "__一、总体情况__")], [("五、存在的主要问题及改进情况", "五、短板和今后打算")],
        [("三、收到和处理政府信息公开申请情况", "三、群众申请的办理")],
    ])
    func oddHeadingsAreSections(changes: [(String, String)]) throws {
        var text = Self.sample
        for (from, to) in changes {
            let range = try #require(text.firstRange(of: from), "the sample has no “\(from)”")
            text.replaceSubrange(range, with: to)
        }
        let audited = try Self.audit(text)
        #expect(audited.report.sections.map(\.number) == [1, 2, 3, 4, 5, 6], "\(changes)")
        #expect(audited.verdict == .pass, "\(changes): \(audited.findings.map(\.finding.message.zh))")
    }

    @Test func anotherSubjectInTheRightPlaceIsNoSection() throws {
        let text = try Self.replace("五、存在的主要问题及改进情况", "五、机构人员")
        #expect(try Self.audit(text).findings.contains { $0.rule.id == "section.missing" })
    }

    // MARK: - Title and body

    @Test(arguments: [
        ("青禾县水利局2024年政府信息公开工作年报", "青禾县水利局"),
        ("青禾县水利局2024年政府信息公开工作年度报告_青禾县人民政府门户网站", "青禾县水利局"),
        ("青禾县\n水利局\n2024年政府信息公开工作年度报告", "青禾县水利局"),
        ("白石县林业局2023年政府信息公开工作年度报告\n青禾县水利局2024年政府信息公开工作年度报告", "青禾县水利局"),
        ("青禾县水利局2024年政府信息公开工作年度报告\n白石县林业局2023年政府信息公开工作年度报告", "青禾县水利局"),
        ("2025年1月12日\n青禾县水利局2024年政府信息公开工作年度报告", "青禾县水利局"),
        ("青禾县水利局关于报送2024年政府信息公开工作年度报告的报告", "青禾县水利局"),
        ("关于青禾县水利局2024年政府信息公开工作年度报告", "青禾县水利局"),
        ("【年度报告】青禾县水利局2024年政府信息公开工作年度报告", "青禾县水利局"),
        ("青禾县教育和体育局（考试中心）2024年政府信息公开工作年度报告", "青禾县教育和体育局(考试中心)"),
        ("青禾县水利局2024政府信息公开工作年度报告", "青禾县水利局"),
        (String(repeating: "导航栏目\n", count: 90) + "青禾县水利局2024年政府信息公开工作年度报告", "青禾县水利局"),
    ])
    func titlesTellBodyAndYear(title: String, agency: String) throws {
        let report = try Self.audit(try Self.replace(Self.title, title)).report
        #expect(report.agency == agency, "“\(title.suffix(60))”")
        #expect(report.year == 2024, "“\(title.suffix(60))”")
        #expect(report.title.map { !$0.value.contains("门户") } ?? false, "“\(title.suffix(60))”")
    }

    @Test(arguments: [
        "现公布青禾县水利局2024年政府信息公开工作年度报告。", "特编制青禾县水利局2024年政府信息公开工作年度报告，请监督。",
        "青禾县水利局编制了2024年度政府信息公开工作年度报告。",
        "2024年工作平稳。本报告由青禾县水利局根据《条例》编制而成。", "青禾县水利局根据《条例》规定编制本报告。",
    ])
    func thePrefaceTellsTheBody(sentence: String) throws {
        let text = try Self.replace(Self.title + "\n", "").replacing("水利局\n2025", with: "2025")
        let start = try #require(text.firstRange(of: "根据《中华人民共和国"))
        let report = try Self.audit(text.replacingCharacters(start.lowerBound, sentence)).report
        #expect(report.agency == "青禾县水利局", "“\(sentence)”")
        #expect(report.year == 2024, "“\(sentence)”")
    }

    @Test func aTitleInBookMarksIsAnotherPaper() throws {
        let text = try Self.replace(Self.title + "\n", "《白石县林业局2022年政府信息公开工作年度报告》是我们学习的样本，值得借鉴。\n")
        let report = try Self.audit(text).report
        #expect(report.agency != "白石县林业局")
        #expect(report.year == 2024)
    }

    @Test(arguments: [
        "《青禾县2024年政府信息公开工作年度报告》解读", "青禾县水利局2024年法治政府建设年度报告", "政府信息公开年报", "首页 > 政府信息公开年报 > 2024年",
    ])
    func aLinkInFrontChangesNothing(link: String) throws {
        let audited = try Self.audit(link + "\n" + Self.sample)
        #expect(audited.report.agency == "青禾县水利局")
        #expect(audited.verdict == .pass, "“\(link)”: \(audited.findings.map(\.finding.message.zh))")
    }

    @Test func linksToOlderReportsBehindTheReportAreNoReports() throws {
        let links = [2023, 2022].map { "青禾县水利局\($0)年政府信息公开工作年度报告\n" }.joined()
        #expect(try Self.audit(Self.sample + "\n" + links).verdict == .pass)
    }

    // MARK: - Signature

    @Test(arguments: [
        "（青禾县水利局）\n（2025年1月20日）", "编制日期：2025年1月20日", "青禾县水利局\n2025年1月20日印发",
        "青禾县水利局\n2025年1月20日\n" + String(repeating: "友情链接\n", count: 40),
        "青禾县水利局\n2025年1月20日\n发布日期：2025年3月2日\n访问量\n2025年4月1日",
    ])
    func signaturesAreFound(signature: String) throws {
        let day = try Self.audit(try Self.signed(signature)).report.signedOn
        #expect(day?.value.description == "2025-01-20", "“\(signature.prefix(40))”")
    }

    @Test func aFeeStatementBelowTheSignatureCounts() throws {
        let place = try #require(Self.sample.firstRange(of: Self.fee))
        let text = Self.sample[..<place.lowerBound] + Self.fee + "\n无。\n青禾县水利局\n2025年1月20日\n注：本年度未收取信息处理费。\n"
        #expect(!(try Self.audit(String(text)).findings.contains { $0.rule.id == "fee.missing" }))
    }

    // MARK: - What is no report

    @Test(arguments: [
        ("青禾县2024年法治政府建设年度报告\n一、总体情况\n推进公开。\n二、主动公开情况\n公开信息9条。\n三、存在的主要问题及改进措施\n无。", "不是"),
        ("一图读懂青禾县2024年政府信息公开工作年度报告\n1.主动公开9条\n2.受理申请3件", "不是"),
        ("青禾县2024年政府信息公开工作总结报告\n一、总体情况\n公开良好。\n二、主动公开情况\n良好。", "不是"),
        ("青禾县水利局2024年政府信息公开工作年度报告\n" + String(repeating: "政府信息公开工作扎实推进。", count: 60), "只有"),
    ])
    func otherPapersAreRefused(text: String, message: String) {
        Self.expectRefusal(text, message)
    }

    @Test func theEmptyFormIsNamed() throws {
        var text = try Self.replace(Self.title, "（机关名称）20XX年政府信息公开工作年度报告")
        text = text.split(separator: "\n").filter { !$0.contains("2024") && !$0.contains("2025") && !$0.contains("青禾") }
            .map { line in
                line.contains("\t")
                    ? line.split(separator: "\t", omittingEmptySubsequences: false).map {
                        Double($0) == nil ? String($0) : ""
                    }
                    .joined(separator: "\t") : String(line)
            }.joined(separator: "\n")
        Self.expectRefusal(text, "空白格式")
    }

    @Test func twoReportsInOneFileAreRefused() {
        let second = Self.sample.replacing("青禾县水利局", with: "青禾县林业局")
        Self.expectRefusal(Self.sample + "\n" + second, "拆分")
    }

    @Test func aTitleRepeatedBehindAListOfSectionsIsOneReport() throws {
        let list = "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n六、其他需要报告的事项\n"
        #expect(try Self.audit(Self.title + "\n" + list + Self.sample).verdict == .pass)
    }

    // MARK: - Helpers

    static func audit(_ text: String) throws -> Audited {
        var source = AuditSource(path: Array("hostile".utf8))
        return try Auditor().audit(Array(text.utf8), source: &source).get()
    }

    static func replace(_ from: String, _ to: String) throws -> String {
        let range = try #require(sample.firstRange(of: from), "the sample has no “\(from)”")
        return sample.replacingCharacters(in: range, with: to)
    }

    /// The sample with another signature.
    static func signed(_ signature: String) throws -> String {
        let fee = try #require(sample.firstRange(of: fee))
        let rest = sample[fee.upperBound...].split(separator: "\n")
        return sample[..<fee.upperBound] + "\n" + (rest.first ?? "") + "\n" + signature + "\n"
    }

    static func expectRefusal(_ text: String, _ words: String) {
        var source = AuditSource(path: Array("hostile".utf8))
        switch Auditor().audit(Array(text.utf8), source: &source) {
        case .success(let audited):
            Issue.record("taken for a report of \(audited.report.agency ?? "nobody"): \(text.prefix(60))")
        case .failure(let unreadable):
            #expect(unreadable.chinese.contains(words), "\(unreadable.chinese)")
        }
    }

    private static func wrap(_ line: String, _ width: Int) -> String {
        var result = ""
        for (index, character) in line.enumerated() {
            if index > 0, index.isMultiple(of: width) { result += "\n" }
            result.append(character)
        }
        return result
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        var copy = self
        copy.replaceSubrange(range, with: text)
        return copy
    }

    /// The text with its line from `start` on replaced.
    fileprivate func replacingCharacters(_ start: Index, _ text: String) -> String {
        let end = self[start...].firstIndex(of: "\n") ?? endIndex
        return replacingCharacters(in: start..<end, with: text)
    }
}
