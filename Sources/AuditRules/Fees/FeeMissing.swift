import DocumentModel
import Narrative
import ReportModel

/// fee.missing
enum FeeMissing: Rule {
    static let description = RuleDescription(
        "fee.missing",
        Message("未报告信息处理费收取情况", "Fee statement missing"),
        .error,
        years: RuleDescription.since2021,
        checks: Message(
            "报告应写明本年度是否收取信息处理费：写出件数、金额，或者写明未收取、未产生、0元等。先看第六部分，写在其他部分的也予承认（另见 fee.misplaced）。"
                + "只写“无”“无其他需要报告的事项”，或者只填表二的行政事业性收费，都不算报告。提到信息处理费而没有说是否收取的，不作判断。",
            "The report says whether processing fees were charged: number and amount, or that none were (未收取, 未产生, 0元 …). "
                + "Section 6 is looked at first, other sections count too (see fee.misplaced). “Nothing else to report” alone and the "
                + "行政事业性收费 of table 2 are no statement. A sentence about the fee that does not say whether any was charged is "
                + "not judged."
        ),
        rationale: Message(
            "对超出合理数量、频次的申请，行政机关可以收取信息处理费，调节申请行为。收取情况必须向社会报告，没有收取的也要写明，否则看不出是没有收取还是漏报。",
            "A body may charge for applications beyond a reasonable number. What it charged is reported to the public, also when that "
                + "is nothing: silence does not tell nothing charged from nothing reported."
        ),
        basis: Clause.all(
            Clause.feeMeasure(),
            Clause.form2021(Message("附件第六部分", "annex, section 6")),
            Clause.regulations(42)
        ),
        hint: Message(
            "在第六部分写明收取信息处理费的件数和金额；没有收取的写“本年度未收取信息处理费”。",
            "State in section 6 for how many applications which amount was charged, or that nothing was."
        ),
        blindSpots: Message(
            "陈述在图片或者附件里的看不到；第六部分只有图片的，不作判断。说法与信息处理费无关、只笼统地说“未收费”的，也按已报告对待。",
            "Statements in pictures or attachments are not seen; a section 6 that holds nothing but a picture is not judged. "
                + "A general “no charges” counts as a statement."
        ),
        failing: [
            Example(2023, ("本年度未收取信息处理费。", "无")),
            Example(2021, ("本年度未收取信息处理费。", "无其他需要报告的事项。")),
            Example(2023, ("本年度未收取信息处理费。", "本年度没有需要报告的其他事项，未收取行政事业性收费。")),
            Example(
                2023,
                ("本年度未收取信息处理费。", "无。"),
                ("（五）监督保障。", "（五）监督保障。组织学习《政府信息公开信息处理费管理办法》。")
            ),
        ],
        passing: [
            // No report before 2021 owes the statement.
            Example(2020), Example(2019),
            Example(2023, ("本年度未收取信息处理费。", "本年度未发生收费情况，依申请公开不收费。")),
            Example(2023, ("本年度未收取信息处理费。", "全年对2件申请收取信息处理费200元。")),
            Example(2023, ("本年度未收取信息处理费。", "（一）信息处理费收取情况\n无。")),
            Example(2023, ("本年度未收取信息处理费。", "信息处理费：0元。")),
            Example(2023, ("本年度未收取信息处理费。", "依申请公开的政府信息均免费提供。")),
            Example(2023, ("本年度未收取信息处理费。", "本年度无需收取信息处理费，无其他需要报告的事项。")),
            Example(2023, ("本年度未收取信息处理费。", "本年度发出收费通知1件，申请人逾期未缴纳，未再处理。")),
            Example(
                2023,
                ("本年度未收取信息处理费。", "无。"),
                ("无法提供5件。", "无法提供5件，均未收取任何费用。")
            ),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        if report.fee != nil { return .passed }
        if let mention = mention(in: report) {
            return .notAssessed(
                Message(
                    "文中提到信息处理费，但没有说明本年度是否收取：“\(mention)”，请人工核对。",
                    "The report speaks of the fee without saying whether any was charged: “\(mention)”."
                )
            )
        }
        let section = report.section(6)
        if let section, section.characters == 0, section.holdsPicture {
            return .notAssessed(
                Message("第六部分只有图片，其中的文字无法读取。", "Section 6 holds nothing but a picture, whose words cannot be read.")
            )
        }
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

    /// A sentence about the fee that leaves open whether any was charged. Of faint ones only those in section 六 are about it:
    /// to study the 管理办法 is reported elsewhere.
    private static func mention(in report: AnnualReport) -> String? {
        let clear = report.feeMentions.first { !$0.value.isFaint } ?? report.feeMentions.first { $0.section == 6 }
        return clear.map { $0.quote.count > longestQuote ? $0.quote.prefix(longestQuote) + "…" : $0.quote }
    }

    private static let longestQuote = 60
}
