import ChineseText
import ReportModel

/// disputes.total
enum DisputesTotal: Rule {
    static let description = RuleDescription(
        "disputes.total",
        Message("复议诉讼合计不符", "Reconsideration and litigation totals"),
        .error,
        checks: Message(
            "表四有三组：行政复议、行政诉讼（未经复议直接起诉）、行政诉讼（复议后起诉）。每组结果维持、结果纠正、其他结果、尚未审结四项之和等于总计。空白按0计，并在说明中写明。",
            """
            Table 4 has three groups: reconsideration, litigation without reconsideration, litigation after \
            reconsideration. In each, upheld, corrected, other and pending add up to the total. A blank counts \
            as 0, and the message says so.
            """
        ),
        rationale: Message(
            "每个案件只有一种结果，四项之和必等于总计。最常见的差错是四项已填而总计仍为0，汇总时这些案件就会漏掉。",
            """
            Each case has exactly one outcome, so the four add up to the total. The commonest defect is a total \
            left at 0 with the parts filled in: those cases vanish from the statistics.
            """
        ),
        basis: Clause.all(Clause.forms(Message("第四部分表格", "table of section 4")), Clause.arithmetic),
        hint: Message("请核对该组四项结果与总计。", "Please check the four outcomes of the group against its total."),
        blindSpots: Message(
            "有单元格不能确定的组不作判断。两处差错恰好抵消的看不出来。",
            "Groups with cells that were not read are not judged. Two errors that cancel out are not seen."
        ),
        failing: [
            Example(2023, ("1\t0\t0\t1\t2\t0", "1\t0\t0\t1\t0\t0")),
            Example(2023, ("1\t0\t0\t1\t2\t0", "1\t0\t0\t1\t/\t0")),
            Example(2023, ("1\t0\t0\t1\t2\t0", "0\t0\t0\t0\t2\t0")),
            Example(2020, ("2\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", "2\t0\t0\t0\t0\t1\t0\t0\t3\t0\t0")),
        ],
        passing: [
            Example(2023, ("1\t0\t0\t1\t2\t0", "1\t-\t—\t1\t2\t无")),
            Example(2023, ("2\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", "2\t0\t0\t0\t0\t0\t1\t0\t3\t0\t4")),
        ]
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
            let shown = total.state == .blank ? Message("为空白", "is blank") : Message("为 \(stated)", "is \(stated)")
            findings.append(
                Finding(
                    .error,
                    Message(
                        "\(form.name)：四项之和为 \(expected)，总计\(shown.zh)\(forgotten.map { "，\($0.zh)" } ?? "")\(Summation.note(blanks).zh)。",
                        "\(form.name): the four outcomes add up to \(expected), 总计 \(shown.en)"
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
