import DocumentModel
import ReportModel

/// title.missing
enum TitleMissing: Rule {
    static let description = RuleDescription(
        "title.missing",
        Message("标题缺失", "Title missing"),
        .warning,
        checks: Message(
            "第一部分之前要有标题，写明机关、年度和“政府信息公开工作年度报告”。标题分两行、年度写在前面的也可以。",
            """
            Before section 1 stands a title with the body, the year and “政府信息公开工作年度报告” (annual report on open \
            government information). Two lines or the year first will do.
            """
        ),
        rationale: Message(
            "标题说明这是哪个机关、哪一年的报告。没有标题，读者无从判断，汇总时也容易张冠李戴。",
            """
            The title tells whose report of which year this is. Without it readers cannot know, and reports are \
            easily mixed up.
            """
        ),
        basis: Clause.forms(),
        hint: Message(
            "请在报告开头写明标题，如“某某县某某局2023年政府信息公开工作年度报告”。",
            "Please put a title with body and year at the head of the report."
        ),
        blindSpots: Message(
            "由网页保存的文件，标题常常丢在正文之外，因此定为警告。标题的写法是否规范，这里不查。",
            """
            Saved web pages often lose the title, hence a warning. Whether the title is worded as prescribed is \
            not checked here.
            """
        ),
        failing: [Example(2023, ("青禾县水利局2023年政府信息公开工作年度报告\n", ""))],
        passing: [
            Example(2023, ("青禾县水利局2023年政府信息公开工作年度报告", "青禾县水利局\n2023年度政府信息公开工作年度报告")),
            Example(2023, ("青禾县水利局2023年政府信息公开工作年度报告", "2023年青禾县水利局政府信息公开年度报告（图片版）")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard report.title == nil else { return .passed }
        return .result([
            Finding(
                .warning,
                Message("第一部分之前没有找到标题。", "No title was found before section 1."),
                at: Location(source: report.preface.first?.source ?? report.sections.first?.source ?? .init())
            )
        ])
    }
}
