import ChineseText
import ReportModel

/// section.empty
enum SectionEmpty: Rule {

    static let description = RuleDescription(
        "section.empty",
        Message("部分内容为空", "Section without content"),
        .error,
        checks: Message(
            "第一部分（总体情况）和第五部分（问题及改进）要有自己的文字。只写“无”或不足30字的，属于敷衍塞责。",
            "Sections 1 (overview) and 5 (problems and improvement) need text of their own; fewer than about 30 characters, "
                + "or only 无, is no report."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号（内容敷衍塞责的依条例第四十七条处理）；条例第五十条"),
        hint: Message("如实写明本年度的情况。", "Describe the year's work."),
        failing: [
            Example(2023, ("存在的问题：一是公开内容不够丰富，二是业务人员更换频繁。改进措施：充实公开内容，加强培训，安排专人负责。", "无")),
            Example(2020, ("存在的问题：一是公开内容不够丰富，二是业务人员更换频繁。改进措施：充实公开内容，加强培训，安排专人负责。\n", "")),
        ],
        passing: [
            Example(
                2023,
                ("存在的问题：一是公开内容不够丰富，二是业务人员更换频繁。改进措施：充实公开内容，加强培训，安排专人负责。", "公开的主动性还不够强，栏目更新有时滞后。下一步将明确专人每周检查栏目更新情况。")
            )
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        let sections = [1, 5].compactMap { report.section($0) }
        guard !sections.isEmpty else {
            return .notApplicable(
                Message("第一、第五部分均缺失，见 section.missing。", "Sections 1 and 5 are missing, see section.missing.")
            )
        }
        let least = parameters.overviewMinimum
        return .result(sections.filter { $0.characters < least }.map { finding($0, least) })
    }

    private static func finding(_ section: Section, _ leastCharacters: Int) -> Finding {
        let numeral = SectionName.numeral(section.number)
        let text = section.paragraphs.map(\.raw).joined(separator: " ").trimmed
        return Finding(
            .error,
            Message(
                "第\(numeral)部分“\(SectionName.title(section.number))”只有 \(section.characters) 个字，少于 \(leastCharacters) 字。",
                "Section \(section.number) has \(section.characters) characters of its own, fewer than \(leastCharacters)."
            ),
            at: Location(section: section.number, source: section.source, quote: text.isEmpty ? section.heading : text)
        )
    }
}
