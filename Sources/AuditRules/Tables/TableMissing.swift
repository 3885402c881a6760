import DocumentModel
import ReportModel

/// table.missing
enum TableMissing: Rule {
    static let description = RuleDescription(
        "table.missing",
        Message("表格缺失", "Table missing"),
        .error,
        checks: Message(
            "第二、三、四部分各有一张统一格式的表格，逐一核对是否都在报告中。数据全部为零也要填报。",
            """
            Sections 2, 3 and 4 each hold a table of the uniform form; each of the three must be in the report, \
            also when every number is 0.
            """
        ),
        rationale: Message(
            "三张表格是逐级汇总全国数据的依据，统一格式要求各机关都要填报。只用文字叙述，数据就无法核对和汇总。",
            """
            The figures of the whole country are added up from these tables, so every body fills them in. \
            Figures told in prose cannot be checked or added up.
            """
        ),
        basis: Clause.all(Clause.regulations(50), Clause.forms()),
        hint: Message(
            "请按统一格式补上表格，没有数据的填0。",
            "Please insert the table of the form; write 0 where there is nothing."
        ),
        blindSpots: Message(
            "表格在而数字不能可靠识别的，不判为缺失，只说明未能判断。以图片插入的表格读不到内容。",
            """
            A table that is there but cannot be read surely is never reported as missing, only as not assessed. \
            The content of a table inserted as an image is not seen.
            """
        ),
        failing: [
            Example(
                2023,
                (
                    "行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t\n\t\t\t\t\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n1\t0\t0\t1\t2\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\n",
                    "本年度因政府信息公开工作被申请行政复议2件。\n"
                )
            )
        ],
        passing: [Example(2023, ("二、主动公开政府信息情况\n", "二、主动公开政府信息情况\n单位：青禾县水利局\n\n"))]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        var findings: [Finding] = []
        var unsure: [Message] = []
        for table in TableID.allCases {
            switch report.tables[table] ?? .missing {
            case .read: break
            case .unreadable(let obstacle, _):
                unsure.append(TableAccess.unreadable(table, obstacle))
            case .missing:
                let section = report.section(table.section)
                findings.append(
                    Finding(
                        .error,
                        Message(
                            "没有找到第\(SectionName.numeral(table.section))部分的表格（\(SectionName.title(table.section))）。",
                            "The table of section \(table.section) was not found."
                        ),
                        at: Location(
                            section: table.section,
                            table: table,
                            source: section?.source ?? .init(),
                            quote: section?.heading.trimmed
                        )
                    )
                )
            }
        }
        return .result(findings, notAssessed: unsure.first)
    }
}
