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
            "行政机关可以对超出合理范围的申请收取信息处理费，收取情况必须在年度报告第六部分报告，没有收取也要写明。只写“无其他需要报告的事项”不算报告。表二的行政事业性收费是另一回事。",
            "A body may charge a processing fee for excessive applications and must report in section 6 what it charged, also "
                + "when that is nothing. “Nothing else to report” alone is no statement; 行政事业性收费 of table 2 is another thing."
        ),
        basis: .untranslated("《政府信息公开信息处理费管理办法》（国办函〔2020〕109号，2021年1月1日施行）；国办公开办函〔2021〕30号附件第六部分；条例第四十二条"),
        hint: Message(
            "在第六部分写明收取信息处理费的件数和金额；没有收取的写“本年度未收取信息处理费”。",
            "State in section 6 for how many applications which amount was charged, or that nothing was."
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
