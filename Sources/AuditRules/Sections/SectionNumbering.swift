import ChineseText
import ReportModel

/// section.numbering
enum SectionNumbering: Rule {
    static let description = RuleDescription(
        "section.numbering",
        Message("部分次序或编号错误", "Section order or numbering"),
        .info,
        checks: Message(
            "六个部分的标题依次编为“一、”至“六、”，并按此次序排列。全文统一用另一种形式（如“1、”“（一）”）或都不编号的，只提示一次。",
            "The headings of the six sections are numbered “一、” to “六、” (one to six) and stand in this order. Another way of "
                + "numbering that is kept up throughout (“1、” or “（一）”), or no numbers at all, is told once."
        ),
        rationale: Message(
            "统一格式规定了各部分的次序和编号，按此排列，读者才能在不同机关的报告中很快找到同一项内容。编号差错不影响数据，因此只作提示。",
            """
            The form sets order and numbers, so that readers find the same thing at the same place in every \
            report. A wrong number harms no figure, hence information only.
            """
        ),
        basis: Clause.forms(),
        hint: Message(
            "请按“一、”至“六、”编号并依次排列。",
            "Please number the sections “一、” to “六、” and put them in this order."
        ),
        blindSpots: Message(
            "不查部分以内小标题的编号。以网页样式或图片形成的编号读不到，可能误认为没有编号。",
            """
            Numbers of sub-headings are not checked. A number that comes from a style sheet or an image is not \
            seen and may be taken for missing.
            """
        ),
        failing: [
            Example(2023, ("四、政府信息公开行政复议", "4、政府信息公开行政复议")),
            Example(2023, ("五、存在的主要问题", "六、存在的主要问题")),
            Example(
                2023,
                ("一、总体", "1、总体"),
                ("二、主动", "2、主动"),
                ("三、收到和", "3、收到和"),
                ("四、政府信息公开行政", "4、政府信息公开行政"),
                ("五、存在", "5、存在"),
                ("六、其他需要", "6、其他需要")
            ),
        ],
        passing: [Example(2023, ("六、其他需要报告的事项", "六、 其他需要报告的事项："))]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard !report.sections.isEmpty else {
            return .notApplicable(Message("没有找到任何部分，见 section.missing。", "No section was found, see section.missing."))
        }
        // One way of numbering, kept up throughout, is one deviation and not six.
        let isUniform = report.sections.count > 2 && Set(report.sections.map(style)).count == 1
        var findings: [Finding] = []
        if isUniform, let first = report.sections.first, style(first) != .form { findings.append(uniform(first)) }
        var highest = 0
        for section in report.sections {
            if section.number < highest {
                findings.append(
                    finding(section, "排在第\(SectionName.numeral(highest))部分之后，次序颠倒", "stands after section \(highest)")
                )
            }
            highest = max(highest, section.number)
            if isUniform { continue }
            let numeral = SectionName.numeral(section.number)
            switch section.headingNumber {
            case .chinese(section.number): break
            case .none:
                findings.append(finding(section, "没有编号，应为“\(numeral)、”", "has no number, should be “\(numeral)、”"))
            default:
                findings.append(
                    finding(section, "编号应为“\(numeral)、”", "should be numbered “\(numeral)、”")
                )
            }
        }
        return .result(findings)
    }

    /// How a section is numbered, when the number itself is right.
    private enum Style: Hashable {
        case form, arabic, bracketed, none
        /// A wrong number: each is a finding of its own.
        case wrong(Int)
    }

    private static func style(_ section: Section) -> Style {
        switch section.headingNumber {
        case .chinese(section.number): .form
        case .arabic(section.number): .arabic
        case .bracketed(section.number): .bracketed
        case .none: .none
        default: .wrong(section.number)
        }
    }

    private static func uniform(_ first: Section) -> Finding {
        switch style(first) {
        case .none:
            finding(first, "等各部分标题都没有编号，应依次为“一、”至“六、”", "and the other headings have no number, should be “一、” to “六、”")
        default:
            finding(
                first,
                "等各部分标题统一用了别的编号形式，应为“一、”至“六、”",
                "and the other headings are numbered in another way, should be “一、” to “六、”"
            )
        }
    }

    private static func finding(_ section: Section, _ zh: String, _ en: String) -> Finding {
        Finding(
            .info,
            Message("标题“\(section.heading.trimmed)”\(zh)。", "Heading “\(section.heading.trimmed)” \(en)."),
            at: Location(section: section.number, source: section.source, quote: section.heading.trimmed)
        )
    }
}
