import ChineseText
import ReportModel

/// section.empty
enum SectionEmpty: Rule {

    static let description = RuleDescription(
        "section.empty",
        Message("部分内容为空", "Section without content"),
        .error,
        checks: Message(
            "第一部分（总体情况）和第五部分（问题及改进）要有自己的文字：标题以下、表格和落款以外的文字（含小标题和标点，不计空格）不少于30字（可配置）；只写“无”的属于为空。",
            "Sections 1 (overview) and 5 (problems and improvement) need text of their own: what stands below the heading, tables "
                + "and signature aside, sub-headings and marks included, blanks not counted, has at least 30 characters "
                + "(configurable); only 无 is no text."
        ),
        rationale: Message(
            "总体情况和问题改进是年度报告中仅有的两段说明文字，空着或一笔带过，公众看不到一年的工作，属于敷衍塞责。",
            "The overview and the problems are the two texts of a report; empty, or done with in a word, they tell the public "
                + "nothing of the year and count as perfunctory."
        ),
        basis: Clause.all(Clause.regulations(50), Clause.accuracy),
        hint: Message("如实写明本年度的情况。", "Describe the year's work."),
        blindSpots: Message(
            "只数字数，不看内容是否空泛。该部分含有图片的不检查：文字可能在图片里。写在前言里的文字不算第一部分。",
            "Characters are counted, not weighed. A section with a picture is not assessed, since the picture may hold the words. "
                + "Text of the preface is not section 1's."
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
        let short = sections.filter { $0.characters < least }
        let pictured = short.contains(where: \.holdsPicture)
        return .result(
            short.filter { !$0.holdsPicture }.map { finding($0, least) },
            notAssessed: pictured
                ? Message("该部分有图片，其中的文字无法读取。", "The section holds a picture whose words cannot be read.") : nil
        )
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
