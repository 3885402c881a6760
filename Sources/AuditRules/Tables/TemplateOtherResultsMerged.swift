import ChineseText
import ReportModel

/// template.other-results-merged
enum TemplateOtherResultsMerged: Rule {
    static let description = RuleDescription(
        "template.other-results-merged",
        Message("其他处理未分项", "Other results not itemised"),
        .warning,
        years: RuleDescription.since2021,
        assumesCurrentForm: true,
        checks: Message(
            "2021年格式把表三（六）其他处理分为三行（逾期不补正、逾期未缴费、其他）。表二已用新格式而表三仍只有一行的，是把旧表三拼进了新报告。",
            "The form of 2021 splits （六）其他处理 of table 3 into three rows. One row in a report whose table 2 is of 2021 "
                + "means that an old table 3 was pasted in."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号所附格式"),
        hint: Message("把（六）其他处理分为三行填报。", "Report （六）其他处理 in its three rows."),
        failing: [
            Example(
                2023,
                (
                    "\t（六）其他处理\t1.申请人无正当理由逾期不补正\t0\t0\t0\t0\t0\t0\t0\n\t\t2.申请人逾期未按收费通知要求缴纳费用\t0\t0\t0\t0\t0\t0\t0\n\t\t3.其他\t0\t0\t0\t0\t0\t0\t0\n",
                    "\t（六）其他处理\t\t0\t0\t0\t0\t0\t0\t0\n"
                )
            )
        ],
        passing: [Example(2023)]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard report.table(.disclosure) != nil else {
            return .notAssessed(TableAccess.unavailable(.disclosure, report))
        }
        guard let reading = report.table(.applications) else {
            return .notAssessed(TableAccess.unavailable(.applications, report))
        }
        guard let row = reading.rows["3.6"] else { return .passed }
        return .result([
            Finding(
                .warning,
                Message("表三“（六）其他处理”只有一行，2021年格式分为三行。", "Table 3 has one row （六）其他处理; the form of 2021 has three."),
                at: Location(table: .applications, row: "3.6", source: row.source, quote: row.label),
                hint: hint(row.cells["total"]?.number)
            )
        ])
    }

    private static func hint(_ total: Quantity?) -> Message {
        let rows = FormDifference.quoted(FormDifference.itemised.map(\.name))
        let split = total.flatMap { total in
            total == .zero
                ? Message("各行填 0", "with 0 in each")
                : Message("把原有的 \(total) 件按实际情形分别填入", "and enter each of the \(total) where it belongs")
        }
        return Message(
            "请把“（六）其他处理”一行改为\(rows)三行\(split.map { "，" + $0.zh } ?? "")。",
            "Replace the row （六）其他处理 by the three rows \(rows)\(split.map { ", " + $0.en } ?? "")."
        )
    }
}
