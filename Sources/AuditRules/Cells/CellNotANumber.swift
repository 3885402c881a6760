import ChineseText
import ReportModel

/// cell.not-a-number
enum CellNotANumber: CellRule {
    static let description = RuleDescription(
        "cell.not-a-number",
        Message("单元格非数字", "Cell is no number"),
        .error,
        checks: Message(
            "三张表的单元格只填数字。先去掉全角、千分位、空格和单位再看；仍不是数字的（如“若干”“三”），予以指出。",
            """
            The cells of the three tables hold numbers. Full-width digits, separators, blanks and units are \
            allowed for first; what is then still no number is reported.
            """
        ),
        rationale: Message(
            "表格数据要逐级汇总，文字无法相加。",
            "The tables are added up over all bodies; words cannot be added."
        ),
        basis: Clause.forms(),
        hint: Message("请改为阿拉伯数字，没有数据的填0。", "Please write the number in digits, 0 where there is nothing."),
        blindSpots: Message(
            "“/”“-”“—”“无”属于空白，见 cell.blank；能读出数值而带单位的，见 cell.unit。读不准的单元格不作判断。",
            """
            “/”, “-”, “—” and “无” are blanks, see cell.blank; a number with a unit is cell.unit. Cells that were \
            not read surely are not judged.
            """
        ),
        failing: [Example(2023, ("行政许可\t112", "行政许可\t若干")), Example(2020, ("行政强制\t3\t0", "行政强制\t三\t0"))],
        passing: [Example(2023, ("行政许可\t112", "行政许可\t１，１１２"))]
    )

    static func check(_ survey: CellSurvey) -> RuleResult {
        survey.findings(.error, where: { $0.cell.state == .notANumber }, hint: hint) { entry in
            Message(
                "\(entry.address.table.name)“\(entry.name)”填的是“\(entry.cell.text)”，不是数字。",
                "Table \(entry.address.table.section) “\(entry.name)” holds “\(entry.cell.text)”, which is no number."
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
