import ChineseText
import ReportModel

/// cell.negative
enum CellNegative: CellRule {
    static let description = RuleDescription(
        "cell.negative",
        Message("负数", "Negative number"),
        .error,
        checks: Message(
            "除2019年试行格式的“本年增/减”外，三张表的单元格不得为负数。",
            """
            No cell of the three tables is negative, but for “本年增/减” (change in the year) of the trial form of \
            2019.
            """
        ),
        rationale: Message(
            "数量和金额不可能小于零。出现负数，多半是误录了符号，或者把增减数填进了别的列。",
            """
            Counts and amounts cannot be below zero. A minus is mostly a slip, or a change written into another \
            column.
            """
        ),
        basis: Clause.all(Clause.forms(), Clause.arithmetic),
        hint: Message("请核对该单元格的数字和符号。", "Please check the number and its sign."),
        blindSpots: Message("单独的“-”视为空白，见 cell.blank。", "A lone “-” is a blank, see cell.blank."),
        failing: [
            Example(2023, ("行政许可\t112", "行政许可\t-112")),
            Example(2020, ("行政处罚\t40\t2", "行政处罚\t-40\t2")),
            Example(2023, ("行政事业性收费\t36.5", "行政事业性收费\t-36.5")),
        ],
        passing: [
            Example(2020, ("行政处罚\t40\t2", "行政处罚\t40\t-10")),
            Example(2020, ("行政事业性收费\t1\t0", "行政事业性收费\t1\t-1")),
            Example(2023, ("行政许可\t112", "行政许可\t-")),
        ]
    )

    static func check(_ survey: CellSurvey) -> RuleResult {
        survey.findings(.error, where: { $0.kind != .change && $0.cell.number?.isNegative == true }) { entry in
            Message(
                "\(entry.address.table.name)“\(entry.name)”为 \(entry.number)，不应为负数。",
                "Table \(entry.address.table.section) “\(entry.name)” is \(entry.number); it cannot be negative."
            )
        }
    }
}
