import ChineseText
import ReportModel

/// disputes.total
enum DisputesTotal: Rule {
    static let description = RuleDescription(
        "disputes.total",
        Message("复议诉讼合计不符", "Reconsideration and litigation totals"),
        .error,
        checks: Message(
            "表四有三组（行政复议、未经复议直接起诉、复议后起诉），每组：结果维持、结果纠正、其他结果、尚未审结之和等于总计。各项已填而总计仍为0，是最常见的差错。",
            "Table 4 has three groups; in each, 结果维持, 结果纠正, 其他结果 and 尚未审结 add up to 总计. Parts given and the total "
                + "left at 0 is the commonest real defect."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式（第四部分表格）"),
        hint: Message("核对该组四项结果与总计。", "Check the four outcomes of the group against its total."),
        failing: [
            Example(2023, ("1\t0\t0\t1\t2\t0", "1\t0\t0\t1\t0\t0")),
            Example(2020, ("2\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", "2\t0\t0\t0\t0\t1\t0\t0\t3\t0\t0")),
        ],
        passing: [Example(2023, ("2\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", "2\t0\t0\t0\t0\t0\t1\t0\t3\t0\t4"))]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.disputes) else {
            return .notAssessed(TableAccess.unavailable(.disputes, report))
        }
        var findings: [Finding] = []
        var unsure: Message?
        for form in Form.rows(of: .disputes, edition: .form2021) {
            guard let row = reading.rows[form.id] else { continue }
            let sum = Summation(row, Form.outcomes)
            guard let total = row.cells["total"], let stated = total.summand, let expected = sum.total else {
                unsure = unsure ?? TableAccess.unread(.disputes, row: form.id, column: nil, reading, report.edition)
                continue
            }
            guard expected != stated else { continue }
            let blanks = sum.blanks + (total.state == .blank ? 1 : 0)
            let forgotten =
                stated == .zero ? Message("各项已填而总计未填", "the parts are given and the total was left out") : nil
            let shown = total.state == .blank ? "空白" : "\(stated)"
            findings.append(
                Finding(
                    .error,
                    Message(
                        "\(form.name)：四项之和为 \(expected)，总计为 \(shown)\(forgotten.map { "，\($0.zh)" } ?? "")\(Summation.note(blanks).zh)。",
                        "\(form.name): the four outcomes add up to \(expected), 总计 is \(shown)"
                            + "\(forgotten.map { ", \($0.en)" } ?? "")\(Summation.note(blanks).en)."
                    ),
                    at: Location(
                        table: .disputes,
                        row: form.id,
                        column: "total",
                        source: total.source,
                        quote: row.quote(Form.disputeColumns)
                    ),
                    expected: expected,
                    actual: stated,
                    formula: sum.formula,
                    hint: hint(row, total, sum: expected)
                )
            )
        }
        return .result(findings, notAssessed: unsure)
    }

    private static func hint(_ row: RowReading, _ total: CellReading, sum: Quantity) -> Message? {
        let outcomes = Message("四项结果", "four outcomes")
        return TotalHint.notFilledIn(sum: sum, total: total, parts: outcomes, totalName: "总计")
            ?? TotalHint.digitSlip(
                parts: Form.outcomes.map { column in
                    (Form.columnName(.disputes, column, edition: nil), row.cells[column]?.summand ?? .zero)
                },
                total: ("总计", total.summand ?? .zero)
            )
    }
}
