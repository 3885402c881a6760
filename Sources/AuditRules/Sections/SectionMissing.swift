import ReportModel

/// section.missing
enum SectionMissing: Rule {
    static let description = RuleDescription(
        "section.missing",
        Message("缺少法定部分", "Required section missing"),
        .error,
        checks: Message(
            "年度报告必须有六个部分：总体情况、主动公开、依申请公开、行政复议和行政诉讼、问题及改进、其他事项。按标题用语识别，不看编号；前言中的列举和括号小标题不算部分。",
            "The report has six sections by law. They are found by the words of their titles, not by number; lists in the "
                + "preface and bracketed sub-headings are never sections."
        ),
        basis: .untranslated("《中华人民共和国政府信息公开条例》第五十条；国办公开办函〔2021〕30号（2019、2020年为国办公开办函〔2019〕60号）"),
        hint: Message(
            "补上该部分；没有内容也要保留标题并说明情况。",
            "Add the section; where there is nothing to report, keep the heading and say so."
        ),
        failing: [
            Example(2023, ("六、其他需要报告的事项\n本年度未收取信息处理费。", "本年度未收取信息处理费。")),
            Example(
                2020,
                ("五、存在的主要问题及改进情况\n存在的问题：一是公开内容不够丰富，二是业务人员更换频繁。改进措施：充实公开内容，加强培训，安排专人负责。\n", "")
            ),
        ],
        passing: [
            Example(2023, ("一、总体情况", "1、 2023年政务公开总体情况")),
            Example(2023, ("五、存在的主要问题及改进情况", "五、存在的问题及整改措施")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        let missing = (1...6).filter { report.section($0) == nil }
        return .result(missing.map { finding($0) })
    }

    private static func finding(_ number: Int) -> Finding {
        let title = SectionName.title(number)
        return Finding(
            .error,
            Message("未找到第\(SectionName.numeral(number))部分“\(title)”。", "Section \(number) (\(title)) was not found."),
            at: Location(section: number)
        )
    }
}
