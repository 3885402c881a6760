import ChineseText
import ReportModel

/// applications.balance
enum ApplicationsBalance: Rule {
    static let description = RuleDescription(
        "applications.balance",
        Message("勾稽关系不平", "Received and handled do not balance"),
        .error,
        checks: Message(
            "表三表头写明：每列第一项（本年新收）加第二项（上年结转）之和，等于第三项（办理结果总计）加第四项（结转下年度）之和。",
            "The header of table 3 says: in each column, items 1 (received) and 2 (carried over) together equal items 3 "
                + "(results, total) and 4 (carried forward) together."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式表三表头的勾稽关系"),
        hint: Message("核对该列的本年新收、上年结转、办理结果总计和结转下年度。", "Check rows 一, 二, （七） and 四 of the column."),
        failing: [
            Example(2023, ("结转下年度继续办理\t\t\t0\t1\t0\t0\t0\t0\t1", "结转下年度继续办理\t\t\t0\t0\t0\t0\t0\t0\t0")),
            Example(2020, ("上年结转政府信息公开申请数量\t\t\t1\t0\t0\t0\t0\t0\t1", "上年结转政府信息公开申请数量\t\t\t2\t0\t0\t0\t0\t0\t2")),
        ],
        passing: [Example(2023)]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.applications) else {
            return .notAssessed(TableAccess.unavailable(.applications, report))
        }
        for row in ["1", "2", "3.7", "4"] as [RowID] where reading.rows[row] == nil {
            let name = Form.rowName(.applications, row)
            return .notAssessed(
                Message("表三缺少或未识别“\(name)”一行，无法核对勾稽关系。", "Row “\(name)” is missing or was not recognised.")
            )
        }
        var findings: [Finding] = []
        var unsure: Message?
        // Only a table with a fault needs one.
        lazy var diagnosis = ApplicationsDiagnosis(report)
        for column in Form.applicationColumns {
            let incoming = Summation([reading.cell("1", column), reading.cell("2", column)])
            let outgoing = Summation([reading.cell("3.7", column), reading.cell("4", column)])
            guard let expected = incoming.total, let actual = outgoing.total else {
                unsure = unsure ?? TableAccess.unread(.applications, row: nil, column: column, reading, report.edition)
                continue
            }
            guard expected != actual else { continue }
            let name = Form.columnName(.applications, column, edition: report.edition)
            let note = Summation.note(incoming.blanks + outgoing.blanks)
            findings.append(
                Finding(
                    .error,
                    Message(
                        "“\(name)”一列：第三项加第四项之和为 \(actual)，第一项加第二项之和为 \(expected)\(note.zh)。",
                        "Column “\(name)”: items 3 and 4 add up to \(actual), items 1 and 2 to \(expected)\(note.en)."
                    ),
                    at: Location(
                        table: .applications,
                        column: column,
                        source: reading.cell("1", column)?.source ?? reading.source,
                        quote: (["1", "2", "3.7", "4"] as [RowID]).map { row in
                            "\(Form.rowName(.applications, row)) \(reading.cell(row, column)?.text ?? "")"
                        }.joined(separator: "；")
                    ),
                    expected: expected,
                    actual: actual,
                    formula: Message(
                        "\(incoming.formula.zh)；\(outgoing.formula.zh)",
                        "\(incoming.formula.en); \(outgoing.formula.en)"
                    ),
                    hint: diagnosis?.hint(for: .balance(column))
                )
            )
        }
        return .result(findings, notAssessed: unsure)
    }
}
