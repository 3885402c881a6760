import ChineseText
import ReportModel

/// documents.items-as-decisions
enum DocumentsItemsAsDecisions: Rule {
    static let description = RuleDescription(
        "documents.items-as-decisions",
        Message("处理决定误填", "Number of items in place of decisions"),
        .info,
        years: RuleDescription.trialForm,
        checks: Message(
            "2019年格式表二行政许可、其他对外管理服务事项、行政处罚、行政强制各行：上一年项目数量、本年增/减、处理决定数量都不为0，而处理决定数量恰好等于前两项之和的，提示核对。",
            "Rows 行政许可, 其他对外管理服务事项, 行政处罚 and 行政强制 of table 2 in the form of 2019: where all three numbers are "
                + "other than 0 and the decisions are just last year's items plus the change, they should be checked."
        ),
        rationale: Message(
            "处理决定数量是本年作出决定的件数，与事项清单上的项目数是两回事。有的单位把它当成“本年项目数”，填成上一年项目数量加减变化数。",
            "Decisions are what the body decided in the year; items are entries of a catalogue. Some offices take the column for "
                + "this year's number of items and write last year's plus the change."
        ),
        basis: Clause.all(
            Clause.form2019(Message("表二，第二十条第（五）项、第（六）项", "table 2, Art. 20 (5) and (6)")),
            Clause.practice
        ),
        hint: Message(
            "核对处理决定数量是否为本年作出的许可、处罚、强制等决定件数，而不是本年的项目数量。",
            "Check whether the number is that of decisions made in the year and not that of items."
        ),
        blindSpots: Message("两数也可能碰巧相等，所以只作提示。", "The numbers may agree by chance: hence only a note."),
        failing: [
            Example(2020, ("行政许可\t12\t-1\t112", "行政许可\t1215\t-35\t1180")),
            Example(2019, ("行政处罚\t40\t2\t4", "行政处罚\t40\t2\t42")),
            Example(2020, ("其他对外管理服务事项\t5\t0\t30", "其他对外管理服务事项\t5\t3\t8")),
        ],
        passing: [
            Example(2020), Example(2020, ("行政处罚\t40\t2\t4", "行政处罚\t40\t0\t40")),
            Example(2020, ("行政处罚\t40\t2\t4", "行政处罚\t40\t-40\t0")),
            Example(2020, ("行政处罚\t40\t2\t4", "行政处罚\t0\t4\t4")),
            Example(2023),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.disclosure) else {
            return .notAssessed(TableAccess.unavailable(.disclosure, report))
        }
        guard reading.edition == .form2019 else {
            return .notApplicable(Message("表二不是2019年格式，没有这几列。", "Table 2 is not of the form of 2019."))
        }
        return DisclosureCells.judge(["licensing", "otherServices", "penalties", "coercion"], in: reading) { cells in
            let columns: [ColumnID] = ["previousItems", "change", "decisions"]
            // A blank or a 0 settles it: all three must hold something.
            if columns.contains(where: { cells.row.cells[$0]?.summand == .zero }) { return .passed }
            guard let items = cells.number("previousItems"), let change = cells.number("change"),
                let decisions = cells.number("decisions")
            else { return .unjudged }
            guard items + change == decisions else { return .passed }
            let sign = change.isNegative ? "−" : "+"
            let amount = change.isNegative ? Quantity.zero - change : change
            return .found(
                Finding(
                    .info,
                    Message(
                        "“\(cells.form.name)”处理决定数量 \(decisions) 恰为上一年项目数量 \(items) 与本年增/减 \(change) 之和，可能把项目数填成了决定数。",
                        "“\(cells.form.name)”: \(decisions) decisions are just the \(items) items of last year and the change of "
                            + "\(change); items may stand where decisions belong."
                    ),
                    at: cells.location("decisions"),
                    actual: decisions,
                    formula: Message(symbols: "\(items) \(sign) \(amount) = \(decisions)")
                )
            )
        }
    }
}
