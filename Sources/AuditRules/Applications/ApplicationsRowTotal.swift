import ChineseText
import ReportModel

/// applications.row-total
enum ApplicationsRowTotal: Rule {
    static let description = RuleDescription(
        "applications.row-total",
        Message("行合计不符", "Row total does not add up"),
        .error,
        checks: Message(
            "表三每一行：自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他六列之和等于总计。空白按0计，并在说明中写明。",
            """
            In each row of table 3 the six columns of applicants (natural persons and five kinds of \
            organisations) add up to the total. A blank counts as 0, and the message says so.
            """
        ),
        rationale: Message(
            "总计是各类申请人之和，不等就说明至少有一个数字填错。常见原因是改了分项没有改总计、数字填错一列，或者两位数字颠倒。",
            """
            The total is the sum of the kinds of applicants; a difference proves that at least one number is \
            wrong. Mostly a part was changed without the total, a number slipped by one column, or two digits \
            were swapped.
            """
        ),
        basis: Clause.all(Clause.forms(Message("表三“总计”列", "table 3, column “总计”")), Clause.arithmetic),
        hint: Message("请核对该行六列数字与总计。", "Please check the six numbers of the row against its total."),
        blindSpots: Message(
            "有单元格不能确定的行不作判断。两处差错恰好抵消的看不出来；也不能断定错的是总计还是分项。",
            """
            Rows with cells that were not read are not judged. Two errors that cancel out are not seen, nor \
            which of the numbers is the wrong one.
            """
        ),
        failing: [
            Example(2023, ("新收政府信息公开申请数量\t\t\t6\t2\t0\t0\t0\t0\t8", "新收政府信息公开申请数量\t\t\t6\t2\t0\t0\t0\t0\t9")),
            Example(2020, ("不掌握相关政府信息\t4\t1\t0\t0\t0\t0\t5", "不掌握相关政府信息\t4\t\t\t\t\t\t5")),
        ],
        passing: [Example(2023, ("\t\t2.重复申请\t0\t0\t0\t0\t0\t0\t0", "\t\t2.重复申请\t0\t\t\t\t\t\t0"))]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.applications) else {
            return .notAssessed(TableAccess.unavailable(.applications, report))
        }
        var findings: [Finding] = []
        var unsure: Message?
        // Only a table with a fault needs one.
        lazy var diagnosis = ApplicationsDiagnosis(report)
        let edition = report.edition ?? .form2021
        for (place, form) in Form.rows(of: .applications, edition: edition, otherResults: reading.otherResults)
            .enumerated()
        {
            guard let row = reading.rows.value(of: form.id, near: place) else { continue }
            let sum = Summation(row, Form.applicants)
            guard let total = row.cells.value(of: "total", near: Form.applicants.count), let stated = total.summand,
                let expected = sum.total
            else {
                unsure = unsure ?? TableAccess.unread(.applications, row: form.id, column: nil, reading, report.edition)
                continue
            }
            guard expected != stated else { continue }
            let blanks = sum.blanks + (total.state == .blank ? 1 : 0)
            let plain = TotalHint.notFilledIn(
                sum: expected,
                total: total,
                parts: Message("六列", "six columns"),
                totalName: "总计"
            )
            findings.append(
                Finding(
                    .error,
                    Message(
                        "“\(form.name)”六列之和为 \(expected)，总计为\(total.state == .blank ? "空白" : " \(stated)")\(Summation.note(blanks).zh)。",
                        "Row “\(form.name)”: the six columns add up to \(expected), 总计 is "
                            + "\(total.state == .blank ? "blank" : "\(stated)")\(Summation.note(blanks).en)."
                    ),
                    at: Location(
                        table: .applications,
                        row: form.id,
                        column: "total",
                        source: total.source,
                        quote: row.quote(Form.applicationColumns)
                    ),
                    expected: expected,
                    actual: stated,
                    formula: sum.formula,
                    hint: diagnosis.map { $0.hint(for: .row(form.id), otherwise: plain) } ?? plain
                )
            )
        }
        return .result(findings, notAssessed: unsure)
    }
}
