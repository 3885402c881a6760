import ChineseText
import DocumentModel
import ReportModel
import Testing

/// Headings, titles and signatures as offices set them.
struct LineTests {
    private static let headings = [
        "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
    ]
    private static let overview = "2023年，我局依法公开政府信息，按时答复申请。"
    private static let problems = "存在的问题：公开不够及时。改进措施：加强培训。"

    private func paragraph(_ text: String) -> Block { .paragraph(Paragraph(text: text, source: SourceSpan())) }

    /// A report of paragraphs; `joint` stands between the headings and the text in one line with them.
    private func lines(joint: String?) -> [String] {
        let bodies = [Self.overview, "", "", "", Self.problems, "无。"]
        return zip(Self.headings, bodies).flatMap { heading, body in
            if body.isEmpty { return [heading, "本年度无此类情况，均按规定办理。"] }
            return joint.map { [heading + $0 + body] } ?? [heading, body]
        }
    }

    private func report(_ blocks: [Block]) throws -> AnnualReport {
        try ReportBuilder.build(Document(format: .docx, encoding: nil, blocks: blocks))
    }

    @Test("A heading and its text in one line", arguments: ["", "　", "\u{A0} "])
    func headingsInFrontOfTheirText(joint: String) throws {
        let title = "云溪县水利局2023年政府信息公开工作年度报告"
        let report = try report(([title] + lines(joint: joint)).map(paragraph))
        #expect(report.sections.map(\.number) == [1, 2, 3, 4, 5, 6])
        #expect(report.section(1)?.title == "总体情况")
        #expect(report.section(1)?.paragraphs.map(\.folded.string) == ["2023年,我局依法公开政府信息,按时答复申请。"])
        #expect(report.section(5)?.title == "存在的主要问题及改进情况")
        #expect(report.section(6)?.title == "其他需要报告的事项")
        #expect(report.section(6)?.paragraphs.map(\.folded.string) == ["无。"])
    }

    @Test func longerTitlesAndListsAreNoHeadingsWithText() throws {
        let title = "云溪县水利局2023年政府信息公开工作年度报告"
        let list = "一、总体情况二、主动公开政府信息情况三、收到和处理政府信息公开申请情况等六个部分。"
        let report = try report(([title, list] + lines(joint: nil)).map(paragraph))
        #expect(report.section(1)?.heading == "一、总体情况")
        #expect(report.section(1)?.paragraphs.count == 1)
    }

    @Test func entriesOfATableOfContentsAreNoHeadings() throws {
        let title = "云溪县水利局2023年政府信息公开工作年度报告"
        let contents = Self.headings.flatMap { ["\($0)\t2", "（一）主要做法\t3"] }
        let report = try report(([title, "目录"] + contents + [title] + lines(joint: nil)).map(paragraph))
        #expect(report.section(1)?.heading == "一、总体情况")
        #expect(report.section(1)?.paragraphs.count == 1)
        #expect(report.sections.map(\.heading) == Self.headings)
    }

    @Test func aTitleBrokenAfterThePlace() throws {
        for place in [["云溪县", "水利局2023年政府信息公开", "工作年度报告"], ["云溪县", "水利局2023年政府信息公开工作年度报告"]] {
            let report = try report((place + lines(joint: nil)).map(paragraph))
            #expect(report.agency == "云溪县水利局")
        }
        // A site's name is no part of the title.
        let lines = ["江东省", "云溪县水利局2023年政府信息公开工作年度报告"] + lines(joint: nil)
        #expect(try report(lines.map(paragraph)).agency == "云溪县水利局")
    }

    @Test func aHeadingThatTheTableRepeatsStandsAboveIt() throws {
        let title = "云溪县水利局2023年政府信息公开工作年度报告"
        let table = Block.table(
            Table(rows: [row([Self.headings[1]]), row(["信息内容", "本年制发件数"]), row(["规章", "0"])])
        )
        var blocks = ([title] + lines(joint: nil)).map(paragraph)
        // Behind the heading of section 二.
        blocks.insert(table, at: 4)
        let report = try report(blocks)
        #expect(report.section(1)?.paragraphs.map(\.raw) == [Self.overview])
        #expect(report.sections.count == 6)
    }

    /// A report without tables, and a picture at `place` among its lines.
    private func pictured(at place: Int?) throws -> AnnualReport {
        let title = "云溪县水利局2023年政府信息公开工作年度报告"
        let texts =
            [title, Self.headings[0], Self.overview] + Self.headings[1...4] + [Self.problems, Self.headings[5], "无。"]
        let blocks = texts.enumerated().map { place, text in
            Block.paragraph(Paragraph(text: text, source: SourceSpan(.paragraph(Int32(place)), position: 10 * place)))
        }
        let pictures = place.map { [SourceSpan(.paragraph(Int32($0)), position: 10 * $0 + 5)] } ?? []
        return try ReportBuilder.build(
            Document(format: .docx, encoding: nil, blocks: blocks, pictures: pictures)
        )
    }

    @Test func aTableMayBeAPicture() throws {
        let report = try pictured(at: 4)
        guard case .unreadable(let reason, _)? = report.tables[.applications] else {
            Issue.record("table 3 is \(String(describing: report.tables[.applications]))")
            return
        }
        #expect(reason == .picture)
        for table in [TableID.disclosure, .disputes] {
            guard case .missing? = report.tables[table] else {
                Issue.record("\(table) is \(String(describing: report.tables[table]))")
                continue
            }
        }
    }

    @Test func aSecondCopyOfTheReportIsNoSecondReport() throws {
        let whole = (["云溪县水利局2023年政府信息公开工作年度报告"] + lines(joint: nil)).map(paragraph)
        // Long enough for a report of its own.
        let long = paragraph(String(repeating: "我局认真落实政府信息公开条例，按时公开各类信息。", count: 20))
        let copy = Array(whole.prefix(3)) + [long] + Array(whole.dropFirst(3))
        let report = try report(copy + copy)
        #expect(report.sections.count == 6)
        #expect(report.section(6)?.paragraphs.map(\.raw) == ["无。"])
        let other = copy.map { block -> Block in
            guard case .paragraph(let text) = block, text.text.contains("水利局2023年") else { return block }
            return paragraph("云溪县水利局2022年政府信息公开工作年度报告")
        }
        #expect(throws: ReportBuilder.NotAReport.severalReports) { try self.report(copy + other) }
    }

    private func row(_ cells: [String]) -> Row {
        Row(
            cells: cells.enumerated().map { Cell(text: $1, source: SourceSpan(), span: GridSpan(column: $0)) },
            isBounded: true
        )
    }

    @Test(
        "A signature set in a table, as offices put it right",
        arguments: [["", "云溪县水利局"], ["云溪县水利局（盖章）", "", "", ""]]
    )
    func signatureInATable(name: [String]) throws {
        let title = "2023年政府信息公开工作年度报告"
        let date = name.map { $0.isEmpty ? "" : "2024年1月16日" }
        let signature = Block.table(Table(rows: [row(name), row(date)]))
        let report = try report(([title] + lines(joint: nil)).map(paragraph) + [signature])
        #expect(report.agency == "云溪县水利局")
        #expect(report.signedOn?.value.description == "2024-01-16")
        #expect(report.section(6)?.paragraphs.map(\.folded.string) == ["无。"])
    }

    @Test("A body with a second name in brackets, in a title over two lines")
    func secondName() throws {
        let title = ["云溪县文化和旅游局（云溪县文物局）", "2023年政府信息公开工作年度报告"]
        let report = try report((title + lines(joint: nil)).map(paragraph))
        #expect(report.agency == "云溪县文化和旅游局(云溪县文物局)")
        #expect(report.agencyKind == .department)
        #expect(report.title?.value == title.joined())
        #expect(AgencyKind(name: "云溪县柳溪镇人民政府（柳溪街道办事处）") == .unknown)
    }

    @Test("Two bodies sign in one line")
    func jointSignature() throws {
        let end = ["云溪县民政局　　云溪县老龄工作委员会", "二○二四年元月十六日"]
        let report = try report((["2023年政府信息公开工作年度报告"] + lines(joint: nil) + end).map(paragraph))
        #expect(report.agency == "云溪县民政局")
        #expect(report.signedOn?.value.description == "2024-01-16")
    }

    @Test("A heading said again below itself is text")
    func repeatedHeading() throws {
        var texts = ["云溪县水利局2023年政府信息公开工作年度报告"] + lines(joint: nil)
        let five = try #require(texts.firstIndex(of: Self.headings[4]))
        texts.insert("存在的主要问题及改进情况：", at: five + 1)
        let report = try report(texts.map(paragraph))
        #expect(report.section(5)?.heading == Self.headings[4])
        #expect(report.section(5)?.headingNumber == .chinese(5))
        #expect(report.section(5)?.paragraphs.count == 2)
    }

    @Test(
        "The day of publication may stand in the margin that an extractor took off the text",
        arguments: [
            (["发布日期：2024-01-19 09:12 来源：县水利局"], "2024-01-19"), (["首页 > 年报", "日期：2024年1月19日　点击：36"], "2024-01-19"),
            (["2024-03-05 县水利局召开会议"], nil), (["更新时间：2025-06-01"], nil),
            (["发布时间：2024-01-19", "发布时间：2024-01-25"], nil),
        ] as [([String], String?)]
    )
    func publishedInTheMargin(margins: [String], day: String?) throws {
        let blocks = (["云溪县水利局2023年政府信息公开工作年度报告"] + lines(joint: nil)).map(paragraph)
        let report = try ReportBuilder.build(
            Document(
                format: .html,
                encoding: nil,
                blocks: blocks,
                margins: margins.map { Paragraph(text: $0, source: SourceSpan()) }
            )
        )
        #expect(report.publishedOn?.value.description == day)
    }

    @Test func theFirstMonthMayBeCalledYuanyue() throws {
        let preface = "本报告所列数据的统计期限自2023年元月1日起至2023年12月31日止。"
        let texts = ["云溪县水利局2023年政府信息公开工作年度报告", preface] + lines(joint: nil)
        let report = try report(texts.map(paragraph))
        #expect(report.period?.value.from == Day(year: 2023, month: 1, day: 1))
        #expect(report.period?.value.to == Day(year: 2023, month: 12, day: 31))
    }
}
