import ReportModel

/// template.outdated
enum TemplateOutdated: Rule {
    static let description = RuleDescription(
        "template.outdated",
        Message("使用旧格式", "Outdated form"),
        .error,
        years: RuleDescription.since2021,
        checks: Message(
            "自2021年度起使用2021年格式：表二只有制发、废止、现行有效件数和处理决定数量。仍用2019年试行格式（新制作数量、上一年项目数量、政府集中采购等）的应退回重编。",
            "From report year 2021 on the form of 2021 applies. Table 2 in the trial form of 2019 means that the report was "
                + "written on an old template."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号（2021年9月26日，自2021年度报告起执行）"),
        hint: Message("改用国办公开办函〔2021〕30号所附格式。", "Use the form of notice 国办公开办函〔2021〕30号."),
        failing: [
            Example(2020, ("青禾县水利局2020年政府", "青禾县水利局2022年政府"), ("2020年1月1日至2020年12月31日", "2022年1月1日至2022年12月31日"))
        ],
        passing: [Example(2022), Example(2021, ("行政规范性文件\t2", "规范性文件\t2"))]
    )

    /// Whether a report follows an older form than its year asks for; other rules then leave alone what follows from it.
    static func holds(for report: AnnualReport) -> Bool {
        (report.year ?? 0) >= description.years.lowerBound && report.table(.disclosure)?.edition == .form2019
    }

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.disclosure) else {
            return .notAssessed(TableAccess.unavailable(.disclosure, report))
        }
        guard reading.edition == .form2019 else { return .passed }
        return .result([
            Finding(
                .error,
                Message(
                    "\(report.year.map { "\($0)年度" } ?? "")报告的表二仍为2019年试行格式，应使用2021年格式。",
                    "Table 2 follows the trial form of 2019; from report year 2021 on the form of 2021 applies."
                ),
                at: Location(table: .disclosure, source: reading.source),
                hint: FormDifference.outdated(report)
            )
        ])
    }
}
