import ReportModel

/// table.row-missing
enum TableRowMissing: Rule {
    static let description = RuleDescription(
        "table.row-missing",
        Message("表格缺行", "Table row missing"),
        .error,
        assumesCurrentForm: true,
        checks: Message(
            "报告所用版本的每一行都要在表中。行名按用语识别，允许错字、缺字和换行；有无法识别的行名时不作判断。（六）其他处理合为一行是 template.other-results-merged，不算缺行。",
            "Every row of the edition that the report follows must be there. Labels are recognised also when misspelt or "
                + "broken; with an unrecognised row in the table nothing is claimed."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号所附格式；国办公开办函〔2019〕60号所附格式"),
        hint: Message("补上缺少的行，没有数据的填0。", "Add the row; write 0 where there is nothing."),
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
                    "\(table.name) has an unrecognised row “\(stray.label)”; whether a row is missing is not certain."
                )
                continue
            }
            if let doubtful = missing.first(where: { reading.uncertain.contains($0.id) }) {
                unsure = Message(
                    "\(table.name)“\(doubtful.name)”一行的位置有不能识别的内容，不能断定缺行。",
                    "\(table.name): where the row “\(doubtful.name)” belongs stands something that was not understood."
                )
                continue
            }
            findings += missing.map { row in
                Finding(
                    .error,
                    Message("\(table.name)缺少“\(row.name)”一行。", "\(table.name) lacks the row “\(row.name)”."),
                    at: Location(table: table, row: row.id, source: reading.source)
                )
            }
        }
        return .result(findings, notAssessed: unsure)
    }
}
