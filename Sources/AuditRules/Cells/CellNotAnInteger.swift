import ChineseText
import ReportModel

/// cell.not-an-integer
enum CellNotAnInteger: Rule {
    static let description = RuleDescription(
        "cell.not-an-integer",
        Message("数量非整数", "Count is not whole"),
        .error,
        checks: Message(
            "件数、项目数、申请数都是整数；只有金额可以有小数。",
            "Counts of documents, items and applications are whole numbers; amounts may have decimals."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式"),
        hint: Message("核对该单元格的数量。", "Check the number."),
        failing: [Example(2023, ("行政许可\t112", "行政许可\t112.5"))],
        passing: [Example(2023, ("行政许可\t112", "行政许可\t112.0")), Example(2023, ("行政事业性收费\t36.5", "行政事业性收费\t36.51"))]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        let survey = CellSurvey(report) { cell, kind in kind != .amount && cell.number?.isInteger == false }
        return survey.findings(.error) { entry in
            Message(
                "\(entry.address.table.name)“\(entry.name)”为 \(entry.number)，数量应为整数。",
                "\(entry.address.table.name) “\(entry.name)” is \(entry.number); counts are whole numbers."
            )
        }
    }
}
