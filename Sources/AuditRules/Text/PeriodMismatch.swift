import ReportModel

/// period.mismatch
enum PeriodMismatch: Rule {
    static let description = RuleDescription(
        "period.mismatch",
        Message("统计期限与年度不符", "Period does not match the year"),
        .error,
        checks: Message(
            "年度报告的数据期限是报告年度的1月1日至12月31日。正文写了统计期限的，必须与标题年度一致。",
            "The figures of an annual report cover 1 January to 31 December of the report year; a stated period must say so."
        ),
        basis: .untranslated("条例第四十九条、第五十条（上一年度政府信息公开工作年度报告）"),
        hint: Message("改正统计期限或标题年度。", "Correct the period or the year in the title."),
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
        guard
            period.value.from != Day(year: year, month: 1, day: 1)
                || period.value.to != Day(year: year, month: 12, day: 31) || period.value.namesImpossibleDay
        else { return .passed }
        if period.value.namesImpossibleDay {
            return .result([
                Finding(
                    .error,
                    Message(
                        "统计期限写有日历上不存在的日期，应为 \(year)-01-01 至 \(year)-12-31。",
                        "The stated period names a day that no calendar has; it is \(year)-01-01 to \(year)-12-31."
                    ),
                    at: Location(source: period.source, quote: period.quote)
                )
            ])
        }
        return .result([
            Finding(
                .error,
                Message(
                    "统计期限为 \(period.value.from) 至 \(period.value.to)，报告年度为 \(year) 年，应为 \(year)-01-01 至 \(year)-12-31。",
                    "The stated period is \(period.value.from) to \(period.value.to); for report year \(year) it is "
                        + "\(year)-01-01 to \(year)-12-31."
                ),
                at: Location(source: period.source, quote: period.quote)
            )
        ])
    }
}
