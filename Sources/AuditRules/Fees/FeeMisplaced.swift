import ReportModel

/// fee.misplaced
enum FeeMisplaced: Rule {
    static let description = RuleDescription(
        "fee.misplaced",
        Message("收费陈述不在第六部分", "Fee statement outside section 6"),
        .info,
        years: RuleDescription.since2021,
        checks: Message(
            "信息处理费收取情况写在第六部分（落款之后的附注按第六部分对待）。报告有陈述而第六部分没有的，提示移到第六部分。",
            "The statement on processing fees stands in section 6 (a note below the signature counts as part of it). Where there is "
                + "one, but only elsewhere, it should be moved."
        ),
        rationale: Message(
            "统一格式规定收取信息处理费情况在“其他需要报告的事项”中报告；写在别处，读者和汇总单位容易看漏。",
            "The form asks for it under “other matters to report”; elsewhere readers and those who add up the reports miss it."
        ),
        basis: Clause.form2021(Message("附件第六部分", "annex, section 6")),
        hint: Message(
            "把收取信息处理费情况写入第六部分；原处可以保留。",
            "Put the statement on processing fees into section 6; it may also stay where it is."
        ),
        blindSpots: Message(
            "第六部分缺失、没有读到文字，或者提到信息处理费而没有说是否收取的，不作判断。",
            "Not judged where section 6 is missing, has no text that was read, or speaks of the fee without saying whether any was "
                + "charged."
        ),
        failing: [
            Example(
                2023,
                ("本年度未收取信息处理费。", "无其他需要报告的事项。"),
                ("无法提供5件。", "无法提供5件。全年未收取信息处理费。")
            ),
            Example(
                2021,
                ("本年度未收取信息处理费。", "无。"),
                ("一是公开内容不够丰富", "本年度收取信息处理费200元，一是公开内容不够丰富")
            ),
        ],
        passing: [
            Example(2023),
            Example(2023, ("无法提供5件。", "无法提供5件。全年未收取信息处理费。")),
            Example(2023, ("本年度未收取信息处理费。", "（一）其他事项。\n（二）信息处理费收取情况\n未收取。")),
            Example(2023, ("本年度未收取信息处理费。", "无。"), ("2024年1月20日", "2024年1月20日\n注：本年度未收取信息处理费。")),
            Example(2023, ("本年度未收取信息处理费。", "无。")),
            Example(
                2023,
                ("六、其他需要报告的事项\n本年度未收取信息处理费。", ""),
                ("无法提供5件。", "无法提供5件。全年未收取信息处理费。")
            ),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let fee = report.fee else {
            return .notApplicable(
                Message("报告没有信息处理费收取情况的陈述，见 fee.missing。", "There is no fee statement, see fee.missing.")
            )
        }
        if fee.section == 6 { return .passed }
        guard let section = report.section(6) else {
            return .notApplicable(Message("第六部分缺失，见 section.missing。", "Section 6 is missing, see section.missing."))
        }
        if section.characters == 0 {
            return .notAssessed(
                Message(
                    "第六部分没有读到文字，不能判断陈述是否也在其中。",
                    "No text was read in section 6; the statement may stand there, too."
                )
            )
        }
        if let mention = report.feeMentions.first(where: { $0.section == 6 }) {
            return .notAssessed(
                Message(
                    "第六部分提到信息处理费，但没有说明是否收取：“\(mention.quote)”。",
                    "Section 6 speaks of the fee without saying whether any was charged: “\(mention.quote)”."
                )
            )
        }
        let place = fee.section.map { Message("第\(SectionName.numeral($0))部分", "section \($0)") }
        return .result([
            Finding(
                .info,
                Message(
                    "信息处理费收取情况写在\(place?.zh ?? "报告开头")，第六部分没有写。",
                    "The statement on processing fees stands in \(place?.en ?? "the preface"); section 6 has none."
                ),
                at: Location(section: fee.section, source: fee.source, quote: fee.text)
            )
        ])
    }
}
