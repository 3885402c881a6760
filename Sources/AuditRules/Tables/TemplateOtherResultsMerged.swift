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
            "2021年格式的表三，“（六）其他处理”分为三行：1.申请人无正当理由逾期不补正；2.申请人逾期未按收费通知要求缴纳费用；3.其他。只有一行的，予以指出。",
            """
            In table 3 of the form of 2021, “（六）其他处理” (other results) has three rows: not supplemented in time, \
            fee not paid in time, other. One row instead of three is reported.
            """
        ),
        rationale: Message(
            "2021年起，逾期不补正和逾期未缴费的申请要单独统计。表二已是新格式而这里仍只有一行，多半是把上一年的表三复制过来了。",
            """
            Since 2021, applications that were not supplemented or not paid for in time are counted on their \
            own. One row beside a table 2 of the new form mostly means that an old table 3 was copied.
            """
        ),
        basis: Clause.form2021(Message("表三第三项（六）", "table 3, item 3（六）")),
        hint: Message(
            "请把“（六）其他处理”分为三行填报，并与（七）总计核对。",
            "Please report “（六）其他处理” in its three rows and check them against “（七）总计”."
        ),
        blindSpots: Message(
            "表二或表三读不出来时不作判断。整份报告用旧格式的，由 template.outdated 指出，这里不再重复。",
            """
            Not assessed where table 2 or 3 cannot be read. Where the whole report is on the old form, \
            template.outdated says so and this rule does not apply.
            """
        ),
        failing: [
            Example(
                2023,
                (
                    "\t（六）其他处理\t1.申请人无正当理由逾期不补正\t0\t0\t0\t0\t0\t0\t0\n\t\t2.申请人逾期未按收费通知要求缴纳费用\t0\t0\t0\t0\t0\t0\t0\n\t\t3.其他\t0\t0\t0\t0\t0\t0\t0\n",
                    "\t（六）其他处理\t\t0\t0\t0\t0\t0\t0\t0\n"
                )
            )
        ],
        passing: [
            Example(2023), Example(2020),
            // The form of 2019 has one row: template.outdated says so.
            Example(
                2020,
                ("青禾县水利局2020年政府", "青禾县水利局2022年政府"),
                ("2020年1月1日至2020年12月31日", "2022年1月1日至2022年12月31日")
            ),
        ]
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
            "请把“（六）其他处理”一行改为\(rows.zh)三行\(split.map { "，" + $0.zh } ?? "")。",
            "Replace the row （六）其他处理 by the three rows \(rows.en)\(split.map { ", " + $0.en } ?? "")."
        )
    }
}
