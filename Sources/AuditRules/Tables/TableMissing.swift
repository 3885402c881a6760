import DocumentModel
import ReportModel

/// table.missing
enum TableMissing: Rule {
    static let description = RuleDescription(
        "table.missing",
        Message("表格缺失", "Table missing"),
        .error,
        checks: Message(
            "第二、三、四部分各有一张全国统一的表格，数据为零也要填报。标题在而数字无法识别的，不判为缺失。",
            "Sections 2, 3 and 4 each hold a table of the national form, also when every number is 0. A table that is there "
                + "but cannot be read is never reported as missing."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号所附格式；国办公开办函〔2019〕60号所附格式；条例第五十条"),
        hint: Message("按统一格式补上表格，没有数据的填0。", "Insert the table of the form; write 0 where there is nothing."),
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
            case .unreadable(let reason, _):
                unsure.append(Message("\(reason)。", "\(table.name) is there, but its layout cannot be read surely."))
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
