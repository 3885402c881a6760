import ReportModel

/// table.row-missing
enum TableRowMissing: Rule {
    static let description = RuleDescription(
        "table.row-missing",
        Message("表格缺行", "Table row missing"),
        .error,
        assumesCurrentForm: true,
        checks: Message(
            "按报告所用的格式（2019年试行格式或2021年格式），核对表二、表三规定的每一行是否都在表中。行名按用语识别，允许个别错字、缺字和换行。",
            """
            Every row that the report's own form (trial form of 2019 or form of 2021) gives to tables 2 and 3 \
            must be there. Labels are recognised also when misspelt, shortened or broken over lines.
            """
        ),
        rationale: Message(
            "统一格式的每一行都要填报，没有数据的填0。少一行，合计无法核对，上级汇总时也会错位。",
            """
            Each row of the form is filled in, with 0 where there is nothing. With a row missing, totals cannot \
            be checked and the figures of the whole area do not add up.
            """
        ),
        basis: Clause.forms(),
        hint: Message("请补上缺少的行，没有数据的填0。", "Please add the row; write 0 where there is nothing."),
        blindSpots: Message(
            """
            表中有认不出的行时，不断定缺行，只说明未能判断。表四只有一行，由 table.missing 检查。（六）其他处理合为一行的，\
            由 template.other-results-merged 指出。
            """,
            """
            With an unrecognised row in the table nothing is claimed; the rule is then not assessed. Table 4 has \
            one row only, see table.missing. “（六）其他处理” in one row is template.other-results-merged.
            """
        ),
        failing: [
            Example(2023, ("\t\t2.重复申请\t0\t0\t0\t0\t0\t0\t0\n", "")),
            Example(2020, ("行政强制\t3\t0\t0\n", "")),
        ],
        passing: [
            Example(2023, ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开")),
            Example(2020, ("行政强制\t3", "行政强止\t3")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        var findings: [Finding] = []
        var unsure: Message?
        for table in TableID.allCases where table != .disputes {
            guard let reading = report.table(table) else {
                unsure = unsure ?? TableAccess.unavailable(table, report)
                continue
            }
            guard let expected = report.expectedRows(table) else {
                unsure = Message("无法判断报告所用的格式版本。", "The edition of the form is not known.")
                continue
            }
            let missing = expected.filter { reading.rows[$0.id] == nil }
            if missing.isEmpty { continue }
            if let stray = reading.unplaced.first {
                unsure = Message(
                    "\(table.name)有无法识别的行“\(stray.label)”，不能断定缺行。",
                    "Table \(table.section) has an unrecognised row “\(stray.label)”; whether a row is missing is not certain."
                )
                continue
            }
            if let doubtful = missing.first(where: { reading.uncertain.contains($0.id) }) {
                unsure = Message(
                    "\(table.name)“\(doubtful.name)”一行的位置有不能识别的内容，不能断定缺行。",
                    "Table \(table.section): where the row “\(doubtful.name)” belongs stands something that was not understood."
                )
                continue
            }
            findings += missing.map { row in
                Finding(
                    .error,
                    Message("\(table.name)缺少“\(row.name)”一行。", "Table \(table.section) lacks the row “\(row.name)”."),
                    at: Location(table: table, row: row.id, source: reading.source)
                )
            }
        }
        return .result(findings, notAssessed: unsure)
    }
}
