import DocumentModel
import ReportModel

/// title.missing
enum TitleMissing: Rule {
    static let description = RuleDescription(
        "title.missing",
        Message("标题缺失", "Title missing"),
        .warning,
        checks: Message(
            "报告要有标题“{机关}{年度}年政府信息公开工作年度报告”。网页转换时标题常常丢失，故为警告。",
            "A report bears a title with body and year. Conversions of web pages often lose it, hence a warning."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式"),
        hint: Message("在第一部分之前写明标题。", "Put the title before section 1."),
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
