import ReportModel

/// template.premature
enum TemplatePremature: Rule {
    static let description = RuleDescription(
        "template.premature",
        Message("提前使用新格式", "Form of a later year"),
        .info,
        years: RuleDescription.trialForm,
        checks: Message(
            "2019、2020年度的报告使用2019年试行格式；表二为2021年格式的，予以提示。",
            """
            Reports of 2019 and 2020 follow the trial form of 2019; a table 2 of the form of 2021 is pointed \
            out.
            """
        ),
        rationale: Message(
            "2021年格式在2021年9月才印发，当年按时发布的2019、2020年度报告不可能采用。出现这种情况，往往是事后补编，或者标题年度写错。",
            """
            The form of 2021 was issued in September 2021: a report of 2019 or 2020 published in time cannot \
            follow it. Such a report was mostly written later, or bears the wrong year.
            """
        ),
        basis: Clause.form2019(),
        hint: Message("请核对报告年度和所用格式。", "Please check the report year and the form."),
        blindSpots: Message(
            "格式只按表二判断，表二读不出来时不作判断。",
            "The form is told by table 2 alone; where that cannot be read, nothing is claimed."
        ),
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
                at: Location(
                    table: .disclosure,
                    source: reading.source,
                    // Its first columns differ between the editions.
                    quote: reading.quote(of: "licensing", in: .disclosure, nil)
                )
            )
        ])
    }
}
