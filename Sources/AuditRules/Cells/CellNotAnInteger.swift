import ChineseText
import ReportModel

/// cell.not-an-integer
enum CellNotAnInteger: CellRule {
    static let description = RuleDescription(
        "cell.not-an-integer",
        Message("数量非整数", "Count is not whole"),
        .error,
        checks: Message(
            "件数、项目数、处理决定数、申请数、案件数都是整数；只有金额（收费金额、采购总金额）可以有小数。“112.0”视为整数。",
            """
            Numbers of documents, items, decisions, applications and cases are whole; only amounts (fees, \
            procurement) have decimals. 112.0 counts as whole.
            """
        ),
        rationale: Message(
            "件数不可能有小数。出现小数，多半是小数点误录，或者把金额填进了件数列。",
            """
            There is no half application. Decimals mostly come from a slip of the key or from an amount in the \
            wrong column.
            """
        ),
        basis: Clause.all(Clause.forms(), Clause.arithmetic),
        hint: Message("请核对该单元格：数量应为整数。", "Please check the cell: a count is a whole number."),
        blindSpots: Message(
            "填错列而恰为整数的看不出来。",
            "A number in the wrong column that happens to be whole is not seen."
        ),
        failing: [Example(2023, ("行政许可\t112", "行政许可\t112.5"))],
        passing: [Example(2023, ("行政许可\t112", "行政许可\t112.0")), Example(2023, ("行政事业性收费\t36.5", "行政事业性收费\t36.51"))]
    )

    static func check(_ survey: CellSurvey) -> RuleResult {
        survey.findings(.error, where: { $0.kind != .amount && $0.cell.number?.isInteger == false }) { entry in
            Message(
                "\(entry.address.table.name)“\(entry.name)”为 \(entry.number)，数量应为整数。",
                "Table \(entry.address.table.section) “\(entry.name)” is \(entry.number); counts are whole numbers."
            )
        }
    }
}
