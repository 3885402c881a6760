import ChineseText
import ReportModel

/// section.empty
enum SectionEmpty: Rule {

    static let description = RuleDescription(
        "section.empty",
        Message("部分内容为空", "Section without content"),
        .error,
        checks: Message(
            "第一部分“总体情况”和第五部分“存在的主要问题及改进情况”要有自己的文字。不计标题和空白，少于30字（配置可调）的，包括只写“无”的，予以指出。",
            """
            Section 1 (overview) and section 5 (problems and improvement) need text of their own: at least 30 \
            characters (the configuration may change this), headings and blanks not counted. Only 无 (“none”) is \
            too little.
            """
        ),
        rationale: Message(
            "这两部分没有表格，全靠文字说明一年的工作、存在的不足和改进打算。国办公开办函〔2021〕30号把敷衍塞责列为追责情形，一句话带过等于没有报告。",
            """
            These sections have no table: only their text tells what was done, what went wrong and what will be \
            done about it. The notice of 2021 names perfunctory reports as a ground for sanctions.
            """
        ),
        basis: Clause.all(Clause.accuracy, Clause.regulations(50)),
        hint: Message(
            "请如实写明本年度的工作情况、存在的问题和改进措施。",
            "Please describe the year's work, its problems and what is done about them."
        ),
        blindSpots: Message(
            "只数字数，不评价内容：文字空泛而字数足够的不会指出。其他部分以表格或简短陈述为主，不查字数。",
            """
            Only the length is looked at, not the substance. The other sections consist of tables or short \
            statements and are not measured.
            """
        ),
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
