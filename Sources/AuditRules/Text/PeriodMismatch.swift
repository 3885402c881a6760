import ReportModel

/// period.mismatch
enum PeriodMismatch: Rule {
    static let description = RuleDescription(
        "period.mismatch",
        Message("统计期限与年度不符", "Period does not match the year"),
        .error,
        checks: Message(
            "正文写了统计期限的，要是报告年度的1月1日至12月31日。写“2023年1月至12月”“2023年度”也可以，但年度须相符。",
            """
            A stated period of the figures is 1 January to 31 December of the report year. “January to December \
            2023” or “the year 2023” will do, if it is the right year.
            """
        ),
        rationale: Message(
            "年度报告反映上一自然年度的工作。期限不符，多半是沿用了往年的文字，也可能数据本身就是别的年度的。",
            """
            An annual report covers one calendar year. Another period mostly means that an earlier report was \
            copied, and the figures may be an earlier year's, too.
            """
        ),
        basis: Clause.all(Clause.regulations(49), Clause.regulations(50)),
        hint: Message(
            "请核对统计期限与标题年度，改正有误的一处。",
            "Please check the period against the year in the title and correct whichever is wrong."
        ),
        blindSpots: Message(
            "没有写统计期限的不查。只核对明确写出的期限，不核对数据实际所属的时间。",
            "A report that states no period is not checked, nor to which time the figures really belong."
        ),
        failing: [
            Example(2023, ("2023年1月1日至2023年12月31日", "2022年1月1日至2022年12月31日")),
            Example(2023, ("2023年1月1日至2023年12月31日", "2023年1月1日起至2023年11月30日止")),
            Example(2023, ("2023年1月1日至2023年12月31日", "2023年1月1日至2023年11月31日")),
            Example(2024, ("2024年1月1日至2024年12月31日", "2023年1月至12月")),
            Example(2024, ("2024年1月1日至2024年12月31日", "2023年度")),
        ],
        passing: [
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
        return .result([Finding(.error, message, at: Location(source: period.source, quote: period.quote))])
    }
}
