import ChineseText
import ReportModel

/// period.mismatch
enum PeriodMismatch: Rule {
    static let description = RuleDescription(
        "period.mismatch",
        Message("统计期限与年度不符", "Period does not match the year"),
        .error,
        checks: Message(
            "正文写了统计期限的，须为报告年度的1月1日至12月31日；写有日历上没有的日期（11月31日）的也报告。没有写统计期限的不检查。",
            "A stated period of the figures runs from 1 January to 31 December of the report year; a day that no calendar has "
                + "(11月31日) is reported as well. A report that states none is not checked."
        ),
        rationale: Message(
            "年度报告反映上一个日历年的情况。期限与标题年度不符，说明沿用了上年文稿，或数据没有统计到年底，各年、各机关的数字就无法比较。",
            "A report covers the calendar year. A period at odds with the title was left from last year's text, or the figures end "
                + "early; years and bodies can then no longer be compared."
        ),
        basis: Clause.all(Clause.regulations(49), Clause.regulations(50)),
        hint: Message("改正统计期限或标题年度。", "Correct the period or the year in the title."),
        blindSpots: Message(
            "只读前言、第六部分和第一部分中写明“统计期限”“数据”等的起止日期；网站访问量、考核、普查等的期间不算。年中新组建的机关，期限可以从组建时起算，为警告。",
            "Only spans with words like 统计期限 or 数据 in the preface, section 6 and section 1 are read; spans of page views, "
                + "assessments and surveys are others. A body founded during the year may count from then on: a warning."
        ),
        failing: [
            Example(
                2023,
                ("工作平稳有序。", "工作平稳有序。本报告数据统计时间为2023年1月1日至2023年11月30日。"),
                ("本报告所列数据的统计期限为2023年1月1日至2023年12月31日。", "")
            ),
            Example(2023, ("2023年1月1日至2023年12月31日", "2022年1月1日至2022年12月31日")),
            Example(2023, ("2023年1月1日至2023年12月31日", "2023年1月1日起至2023年11月30日止")),
            Example(2023, ("2023年1月1日至2023年12月31日", "2023年1月1日至2023年11月31日")),
            Example(2024, ("2024年1月1日至2024年12月31日", "2023年1月至12月")),
            Example(2024, ("2024年1月1日至2024年12月31日", "2023年度")),
        ],
        passing: [
            Example(
                2023,
                ("工作平稳有序。", "工作平稳有序。政府网站访问量统计时间为2022年12月1日至2023年11月30日，共3万次。"),
                ("本报告所列数据的统计期限为2023年1月1日至2023年12月31日。", "")
            ),
            Example(
                2023,
                ("工作平稳有序。", "工作平稳有序。政务服务办件数据统计时间为2023年6月1日至2023年11月30日，共2万件。"),
                ("本报告所列数据的统计期限为2023年1月1日至2023年12月31日。", "")
            ),
            Example(2023, ("2023年1月1日至2023年12月31日", "20231月1日至202312月31日")),
            Example(2023, ("2023年1月1日至2023年12月31日", "2023年1月1日——2023年12月31")),
            Example(2023, ("2023年1月1日至2023年12月31日", "2023 年 1 月 1 日至 12 月 31 日")),
            Example(2023, ("本报告所列数据的统计期限为2023年1月1日至2023年12月31日。", "")),
            Example(2023, ("本报告所列数据的统计期限为2023年1月1日至2023年12月31日。", "本报告自2024年1月10日至2024年6月30日可在网站下载。")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let period = report.period else {
            return .notApplicable(Message("报告没有写统计期限。", "The report states no period."))
        }
        guard let year = report.year else {
            return .notAssessed(Message("报告年度未知。", "The report year is not known."))
        }
        guard let first = Day(year: year, month: 1, day: 1), let last = Day(year: year, month: 12, day: 31) else {
            return .notAssessed(Message("报告年度未知。", "The report year is not known."))
        }
        let stated = period.value
        guard stated.from != first || stated.to != last || stated.namesImpossibleDay else { return .passed }
        let expected = Message(
            "\(Message(first).zh)至\(Message(last).zh)",
            "\(Message(first).en) to \(Message(last).en)"
        )
        let message =
            stated.namesImpossibleDay
            ? Message(
                "统计期限写有日历上不存在的日期，应为\(expected.zh)。",
                "The stated period names a day that no calendar has; it is \(expected.en)."
            )
            : Message(
                "统计期限为\(Message(stated.from).zh)至\(Message(stated.to).zh)，报告年度为\(year)年，应为\(expected.zh)。",
                """
                The stated period is \(Message(stated.from).en) to \(Message(stated.to).en); for report year \(year) \
                it is \(expected.en).
                """
            )
        // A body that was founded during the year has no figures from before.
        let isNew = beganWithinYear(stated, year) && !stated.namesImpossibleDay && speaksOfFounding(report)
        return .result([
            Finding(isNew ? .warning : .error, message, at: Location(source: period.source, quote: period.quote))
        ])
    }

    /// From a day within the year to its end: the period of a body that was founded in between.
    private static func beganWithinYear(_ period: Period, _ year: Int) -> Bool {
        period.from.year == year && period.to == Day(year: year, month: 12, day: 31)
    }

    private static let foundings: [Phrase] = ["挂牌", "组建", "新成立", "正式成立", "机构改革", "批准成立", "合并成立", "更名"]

    private static func speaksOfFounding(_ report: AnnualReport) -> Bool {
        (report.preface + (report.section(1)?.paragraphs ?? [])).contains { $0.folded.containsAny(foundings) }
    }
}
