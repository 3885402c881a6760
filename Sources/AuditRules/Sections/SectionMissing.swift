import ReportModel

/// section.missing
enum SectionMissing: Rule {
    static let description = RuleDescription(
        "section.missing",
        Message("缺少法定部分", "Required section missing"),
        .error,
        checks: Message(
            """
            报告应有六个部分：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、\
            其他需要报告的事项。逐一核对标题是否齐全；标题按用语识别，不看编号。
            """,
            """
            The report has six sections: (1) overview, (2) proactive disclosure, (3) applications received and \
            handled, (4) administrative reconsideration and litigation, (5) main problems and improvement, (6) \
            other matters to report. Each must have its heading. Headings are recognised by their words, not by \
            their numbers.
            """
        ),
        rationale: Message(
            "《政府信息公开条例》第五十条规定年度报告应当包括哪些内容，统一格式据此分为六个部分，要求不得遗漏。缺少一个部分，公众和主管部门就无从了解这方面的工作，报告须补正。",
            """
            Article 50 of the Regulations says what an annual report contains, and the uniform form makes six \
            sections of it, none of which may be left out. Where one is missing, neither the public nor the \
            supervising department learns about that part of the work; the report has to be completed.
            """
        ),
        basis: Clause.all(Clause.regulations(50), Clause.forms()),
        hint: Message(
            "请补上该部分；没有内容的，也请保留标题并如实说明。",
            "Please add the section; where there is nothing to report, keep the heading and say so."
        ),
        blindSpots: Message(
            "前言中对各部分的列举和括号小标题（如“（一）主动公开政府信息情况”）不算部分。标题用语与格式相差太远，或者标题是图片的，认不出来。",
            """
            A list of the sections in the preface and bracketed sub-headings do not count as sections. A heading \
            in quite different words, or one that is an image, is not recognised.
            """
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
            Message("未找到第\(SectionName.numeral(number))部分“\(title)”。", "Section \(number), “\(title)”, was not found."),
            at: Location(section: number)
        )
    }
}
