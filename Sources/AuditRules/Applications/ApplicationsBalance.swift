import ChineseText
import ReportModel

/// applications.balance
enum ApplicationsBalance: Rule {
    static let description = RuleDescription(
        "applications.balance",
        Message("勾稽关系不平", "Received and handled do not balance"),
        .error,
        checks: Message(
            "表三每一列：第一项（本年新收）加第二项（上年结转）之和，等于第三项（七）总计（本年办结）加第四项（结转下年度）之和。空白按0计，并在说明中写明。",
            """
            In each column of table 3, items 1 (received) and 2 (carried over from last year) together equal \
            item 3 “（七）总计” (dealt with) and item 4 (carried forward) together. A blank counts as 0, and the \
            message says so.
            """
        ),
        rationale: Message(
            "这是表头写明的勾稽关系：手上的申请，要么今年办结，要么转到明年。不平，说明有申请没有去向，或者凭空多出。",
            """
            The header of the table states this identity: every application at hand is either dealt with this \
            year or carried into the next. Where it does not hold, applications were lost or appeared from \
            nowhere.
            """
        ),
        basis: Clause.all(Clause.forms(Message("表三表头所列勾稽关系", "identity in the header of table 3")), Clause.arithmetic),
        hint: Message(
            "请核对该列的本年新收、上年结转、（七）总计和结转下年度。",
            "Please check the column's rows “一”, “二”, “（七）” and “四”."
        ),
        blindSpots: Message(
            "四行缺一，或者该列有单元格不能确定时，不作判断。不能断定错在哪一行；与上一年报告的衔接不在此核对。",
            """
            Not judged where one of the four rows is missing or a cell of the column was not read. It cannot \
            tell which row is wrong, and does not look at last year's report.
            """
        ),
        failing: [
            Example(2023, ("结转下年度继续办理\t\t\t0\t1\t0\t0\t0\t0\t1", "结转下年度继续办理\t\t\t0\t0\t0\t0\t0\t0\t0")),
            Example(2020, ("上年结转政府信息公开申请数量\t\t\t1\t0\t0\t0\t0\t0\t1", "上年结转政府信息公开申请数量\t\t\t2\t0\t0\t0\t0\t0\t2")),
        ],
        passing: [
            Example(2023),
            // Blanks count as 0.
            Example(2023, ("结转下年度继续办理\t\t\t0\t1\t0\t0\t0\t0\t1", "结转下年度继续办理\t\t\t/\t1\t\t—\t无\t\t1")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.applications) else {
            return .notAssessed(TableAccess.unavailable(.applications, report))
        }
        var rows: [RowReading] = []
        for id in Self.rows {
            guard let row = reading.rows[id] else {
                let name = Form.rowName(.applications, id)
                return .notAssessed(
                    Message("表三缺少或未识别“\(name)”一行，无法核对勾稽关系。", "Row “\(name)” is missing or was not recognised.")
                )
            }
            rows.append(row)
        }
        var findings: [Finding] = []
        var unsure: Message?
        // Only a table with a fault needs one.
        lazy var diagnosis = ApplicationsDiagnosis(report)
        for (place, column) in Form.applicationColumns.enumerated() {
            let incoming = Summation((0..<2).lazy.map { rows[$0].cells.value(of: column, near: place) })
            let outgoing = Summation((2..<4).lazy.map { rows[$0].cells.value(of: column, near: place) })
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
                        quote: Self.rows.map { row in
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

    /// What comes in, and what goes out.
    private static let rows: [RowID] = ["1", "2", "3.7", "4"]
}
