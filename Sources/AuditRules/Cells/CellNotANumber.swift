import ChineseText
import ReportModel

/// cell.not-a-number
enum CellNotANumber: Rule {
    static let description = RuleDescription(
        "cell.not-a-number",
        Message("单元格非数字", "Cell is no number"),
        .error,
        checks: Message(
            "三张表的单元格只能填数字。全角数字、千分位、单位会先去掉再判断；“/”“-”“无”按空白处理。",
            "The cells of the three tables hold numbers. Full-width digits, separators and units are allowed for first; / - 无 "
                + "are blanks, another rule."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式"),
        hint: Message("改为数字。", "Write a number."),
        failing: [Example(2023, ("行政许可\t112", "行政许可\t若干")), Example(2020, ("行政强制\t3\t0", "行政强制\t三\t0"))],
        passing: [Example(2023, ("行政许可\t112", "行政许可\t１，１１２"))]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        CellSurvey(report) { cell, _ in cell.state == .notANumber }.findings(.error, hint: hint) { entry in
            Message(
                "\(entry.address.table.name)“\(entry.name)”填的是“\(entry.cell.text)”，不是数字。",
                "\(entry.address.table.name) “\(entry.name)” holds “\(entry.cell.text)”, which is no number."
            )
        }
    }

    private static func hint(_ entry: CellSurvey.Entry) -> Message? {
        let text = entry.cell.text
        if let number = ChineseNumeral.value(FoldedText(text).scalars) {
            return Message(
                "请改用阿拉伯数字：“\(text)”填作 \(number)。",
                "Write Arabic numerals: \(number) for “\(text)”."
            )
        }
        return Message(
            "请把“\(text)”改为数字；没有发生的填 0，需要说明的写入正文。",
            "Write a number for “\(text)”: 0 where there is nothing; what needs explaining goes into the text."
        )
    }
}
