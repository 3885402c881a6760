import ChineseText
import DocumentModel
import ReportModel

/// title.missing
enum TitleMissing: Rule {
    static let description = RuleDescription(
        "title.missing",
        Message("标题缺失", "Title missing"),
        .warning,
        checks: Message(
            "第一部分之前要有标题“{机关}{年度}年政府信息公开工作年度报告”。写法不规范的标题也是标题（见 title.format）。网页转换时标题常常丢失，故为警告。",
            "A title with body and year stands before section 1. One of another form is a title, too (see title.format). "
                + "Conversions of web pages often lose it, hence a warning."
        ),
        rationale: Message(
            "没有标题，无法从文本本身看出是哪个机关、哪一年度的报告。",
            "Without a title the text itself does not tell whose report it is, and of which year."
        ),
        basis: Clause.all(Clause.form2021(), Clause.form2019()),
        hint: Message("在第一部分之前写明标题。", "Put the title before section 1."),
        blindSpots: Message(
            "标题在图片里、只在网页标题栏里，或与正文写在同一段里的，读不到。",
            "A title in a picture, in the page's title bar only, or run into a paragraph of text is not read."
        ),
        failing: [Example(2023, ("青禾县水利局2023年政府信息公开工作年度报告\n", ""))],
        passing: [
            Example(2023, ("青禾县水利局2023年政府信息公开工作年度报告", "青禾县水利局\n2023年度政府信息公开工作年度报告")),
            Example(2023, ("青禾县水利局2023年政府信息公开工作年度报告", "2023年青禾县水利局政府信息公开年度报告（图片版）")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard report.title == nil else { return .passed }
        if let line = report.preface.first(where: { mayBeTitle($0.folded) }) {
            return .notAssessed(
                Message(
                    "“\(line.raw.trimmed)”可能是标题，但夹有其他文字，未能确认。",
                    "“\(line.raw.trimmed)” may be the title, but other text stands in the line."
                )
            )
        }
        return .result([
            Finding(
                .warning,
                Message("第一部分之前没有找到标题。", "No title was found before section 1."),
                at: Location(source: report.preface.first?.source ?? report.sections.first?.source ?? .init())
            )
        ])
    }

    private static let sentenceWords: [Phrase] = [
        "根据", "依据", "按照", "现将", "现公布", "特向", "编制", "公布如下", "报告如下", "如下", "本报告", "本年报", "包括", "组成", "《",
    ]

    /// A short line with the words of a title and none of a sentence: a date, a full stop, a page's label beside the title.
    private static func mayBeTitle(_ line: FoldedText) -> Bool {
        line.count <= 90 && line.contains("信息公开") && line.containsAny(["年度报告", "年报"])
            && !line.containsAny(sentenceWords)
    }
}
