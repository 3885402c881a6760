import ChineseText
import ReportModel

/// section.numbering
enum SectionNumbering: Rule {
    static let description = RuleDescription(
        "section.numbering",
        Message("部分次序或编号错误", "Section order or numbering"),
        .info,
        checks: Message(
            "六个部分按一至六编号并依次排列。真实报告常把“1、”和“一、”混用，因此只作提示。",
            "The six sections are numbered 一 to 六 and stand in this order. Real reports mix 1、 and 一、, hence information only."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号所附格式；国办公开办函〔2019〕60号所附格式"),
        hint: Message("按“一、”至“六、”编号并依次排列。", "Number the sections 一、 to 六、 in this order."),
        failing: [
            Example(2023, ("四、政府信息公开行政复议", "4、政府信息公开行政复议")),
            Example(2023, ("五、存在的主要问题", "六、存在的主要问题")),
        ],
        passing: [Example(2023, ("六、其他需要报告的事项", "六、 其他需要报告的事项："))]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard !report.sections.isEmpty else {
            return .notApplicable(Message("没有找到任何部分，见 section.missing。", "No section was found, see section.missing."))
        }
        var findings: [Finding] = []
        var highest = 0
        for section in report.sections {
            if section.number < highest {
                findings.append(
                    finding(section, "排在第\(SectionName.numeral(highest))部分之后，次序颠倒", "stands after section \(highest)")
                )
            }
            highest = max(highest, section.number)
            let numeral = SectionName.numeral(section.number)
            switch section.headingNumber {
            case .chinese(section.number): break
            case .none:
                findings.append(finding(section, "没有编号，应为“\(numeral)、”", "has no number, should be \(numeral)、"))
            default:
                findings.append(
                    finding(section, "编号应为“\(numeral)、”", "should be numbered \(numeral)、")
                )
            }
        }
        return .result(findings)
    }

    private static func finding(_ section: Section, _ zh: String, _ en: String) -> Finding {
        Finding(
            .info,
            Message("标题“\(section.heading.trimmed)”\(zh)。", "Heading “\(section.heading.trimmed)” \(en)."),
            at: Location(section: section.number, source: section.source, quote: section.heading.trimmed)
        )
    }
}
