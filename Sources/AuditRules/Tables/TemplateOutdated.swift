import ReportModel

/// template.outdated
enum TemplateOutdated: Rule {
    static let description = RuleDescription(
        "template.outdated",
        Message("使用旧格式", "Outdated form"),
        .error,
        years: RuleDescription.since2021,
        checks: Message(
            """
            2021年度及以后的报告，表二要用2021年格式，其表头为制发件数、废止件数、现行有效件数、处理决定数量、收费金额。表二仍为2019年试行格式（新制作数量、\
            上一年项目数量、采购总金额等）的，予以指出。
            """,
            """
            From report year 2021 on, table 2 follows the form of 2021: documents made, repealed and in force, \
            decisions, fees charged. A table 2 of the trial form of 2019 (newly made, items of the previous \
            year, procurement) is reported.
            """
        ),
        rationale: Message(
            "国办公开办函〔2021〕30号自2021年度报告起取代2019年的试行格式，统计口径随之改变。沿用旧格式，数据与其他机关不可比，也无法汇总，须按新格式重新填报。",
            """
            From report year 2021 on, the form of 2021 replaces the trial form of 2019, and it counts other \
            things. Figures on the old form cannot be compared or added up; the tables have to be filled in \
            again.
            """
        ),
        basis: Clause.form2021(Message("（自2021年度报告起执行）", "in force from report year 2021")),
        hint: Message(
            "请改用国办公开办函〔2021〕30号所附格式，重新填报表二、表三。",
            "Please fill in tables 2 and 3 again, on the form of 2021 (国办公开办函〔2021〕30号)."
        ),
        blindSpots: Message(
            "格式只按表二判断，表二读不出来时不作判断。认定为旧格式后，由此引起的缺行、缺项不再重复指出。",
            """
            The form is told by table 2 alone; where that cannot be read, nothing is claimed. Rows and cells \
            that are missing because of the old form are not reported a second time.
            """
        ),
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
                at: Location(
                    table: .disclosure,
                    source: reading.source,
                    // Its first columns differ between the editions.
                    quote: reading.quote(of: "licensing", in: .disclosure, nil)
                ),
                hint: FormDifference.outdated(report)
            )
        ])
    }
}
