import ChineseText
import ReportModel

/// cell.negative
enum CellNegative: Rule {
    static let description = RuleDescription(
        "cell.negative",
        Message("负数", "Negative number"),
        .error,
        checks: Message(
            "除2019年格式的“本年增/减”外，各单元格都不可能为负数。",
            "No cell can be negative but 本年增/减 of the form of 2019."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式"),
        hint: Message("核对该单元格的数字。", "Check the number."),
        failing: [Example(2023, ("行政许可\t112", "行政许可\t-112"))],
        passing: [Example(2020, ("行政处罚\t40\t2", "行政处罚\t40\t-10"))]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        let survey = CellSurvey(report) { cell, kind in kind != .change && cell.number?.isNegative == true }
        return survey.findings(.error) { entry in
            Message(
                "\(entry.address.table.name)“\(entry.name)”为 \(entry.number)，不应为负数。",
                "\(entry.address.table.name) “\(entry.name)” is \(entry.number); it cannot be negative."
            )
        }
    }
}
