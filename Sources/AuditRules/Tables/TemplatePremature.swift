import ReportModel

/// template.premature
enum TemplatePremature: Rule {
    static let description = RuleDescription(
        "template.premature",
        Message("提前使用新格式", "Form of a later year"),
        .info,
        years: 2019...2020,
        checks: Message(
            "2019、2020年度使用2019年试行格式。用了2021年格式的，多为事后补报，只作提示。",
            "Report years 2019 and 2020 use the trial form of 2019; the form of 2021 in such a report hints at a later rewrite."
        ),
        basis: .untranslated("国办公开办函〔2019〕60号"),
        hint: Message("核对报告年度和所用格式。", "Check the report year and the form."),
        failing: [Example(2021, ("青禾县水利局2021年", "青禾县水利局2020年"), ("2021年1月1日至2021年12月31日", "2020年1月1日至2020年12月31日"))],
        passing: [Example(2020)]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.disclosure) else {
            return .notAssessed(TableAccess.unavailable(.disclosure, report))
        }
        guard reading.edition == .form2021 else { return .passed }
        return .result([
            Finding(
                .info,
                Message(
                    "\(report.year.map { "\($0)年度" } ?? "")报告的表二为2021年格式，该年度应为2019年试行格式。",
                    "Table 2 follows the form of 2021; this report year uses the trial form of 2019."
                ),
                at: Location(table: .disclosure, source: reading.source)
            )
        ])
    }
}
