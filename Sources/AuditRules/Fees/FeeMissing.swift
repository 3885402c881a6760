import DocumentModel
import ReportModel

/// fee.missing
enum FeeMissing: Rule {
    static let description = RuleDescription(
        "fee.missing",
        Message("未报告信息处理费收取情况", "Fee statement missing"),
        .error,
        years: RuleDescription.since2021,
        checks: Message(
            """
            自2021年度起，报告要写明信息处理费收取情况：收取的件数和金额，或者没有收取；应写在第六部分，写在别处也认可。\
            “未收取信息处理费”“未发生收费情况”“收费0元”等写法都可以；只写“无”或“无其他需要报告的事项”不算。
            """,
            """
            From report year 2021 on, the report says what was charged in information processing fees: for how \
            many applications how much, or that nothing was charged. It belongs in section 6 but is accepted \
            anywhere. “Nothing else to report” alone is no such statement.
            """
        ),
        rationale: Message(
            """
            申请公开的数量、频次明显超过合理范围时，行政机关可以收取信息处理费。是否收取、收取多少要接受公众监督，因此须在年度报告中报告；没有收取的也要写明，\
            否则读者无法区分“没有收”和“没有报告”。
            """,
            """
            A body may charge a fee for applications beyond a reasonable number or frequency. What it charges is \
            open to public control and therefore reported every year, also when it is nothing: otherwise nobody \
            can tell “none charged” from “not reported”.
            """
        ),
        basis: Clause.all(
            Clause.feeMeasure(),
            Clause.form2021(Message("附件第六部分", "annex, section 6")),
            Clause.regulations(42)
        ),
        hint: Message(
            "请在第六部分写明收取信息处理费的件数和金额；没有收取的，可写“本年度未收取信息处理费”。",
            """
            Please state in section 6 for how many applications which amount was charged, or that no fee was \
            charged this year.
            """
        ),
        blindSpots: Message(
            "表二的行政事业性收费是另一回事，不算信息处理费的陈述。这里只看有没有陈述，不核对金额。",
            """
            行政事业性收费 (administrative fees) in table 2 is another thing and no such statement. Only whether there \
            is a statement, not whether its figures are right.
            """
        ),
        failing: [
            Example(2023, ("本年度未收取信息处理费。", "无")),
            Example(2021, ("本年度未收取信息处理费。", "无其他需要报告的事项。")),
        ],
        passing: [
            Example(2023, ("本年度未收取信息处理费。", "本年度未发生收费情况，依申请公开不收费。")),
            Example(2023, ("本年度未收取信息处理费。", "全年对2件申请收取信息处理费200元。")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        if report.fee != nil { return .passed }
        let section = report.section(6)
        let text = section?.paragraphs.map(\.raw).joined(separator: " ").trimmed ?? ""
        return .result([
            Finding(
                .error,
                Message(
                    section == nil ? "全文没有信息处理费收取情况的陈述（第六部分缺失）。" : "第六部分和全文都没有信息处理费收取情况的陈述。",
                    "The report says nothing about processing fees, neither in section 6 nor elsewhere."
                ),
                at: Location(
                    section: 6,
                    source: section?.paragraphs.first?.source ?? section?.source ?? .init(),
                    quote: text.isEmpty ? section?.heading.trimmed : text
                )
            )
        ])
    }
}
