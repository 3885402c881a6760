import ChineseText
import ReportModel

/// applications.result-total
enum ApplicationsResultTotal: Rule {
    static let description = RuleDescription(
        "applications.result-total",
        Message("办理结果合计不符", "Results do not add up"),
        .error,
        checks: Message(
            "表三每一列：第三项中（一）予以公开至（六）其他处理的各行之和等于（七）总计。空白按0计，并在说明中写明。",
            """
            In each column of table 3 the rows of results “（一）” to “（六）” of item 3 add up to “（七）总计” (total). A \
            blank counts as 0, and the message says so.
            """
        ),
        rationale: Message(
            "每件办结的申请只计入一种办理结果，因此各项之和必等于总计。不等，说明有申请漏计、重计或数字填错。",
            """
            Every application that was dealt with is counted under exactly one result, so the results add up to \
            the total. A difference means that one was left out, counted twice or written down wrongly.
            """
        ),
        basis: Clause.all(Clause.forms(Message("表三第三项（七）总计", "table 3, item 3, “（七）总计”")), Clause.arithmetic),
        hint: Message("请核对该列各项办理结果与（七）总计。", "Please check the results of the column against “（七）总计”."),
        blindSpots: Message(
            "缺行，或者该列有单元格不能确定时，不作判断。两处差错恰好抵消的看不出来。",
            """
            Not judged with a row missing, or for a column with cells that were not read. Two errors that cancel \
            out are not seen.
            """
        ),
        failing: [
            Example(2023, ("（七）总计\t\t7\t1\t0\t0\t0\t0\t8", "（七）总计\t\t7\t2\t0\t0\t0\t0\t9")),
            Example(2020, ("（一）予以公开\t\t3\t0\t0\t0\t0\t0\t3", "（一）予以公开\t\t3\t0\t0\t0\t1\t0\t4")),
        ],
        passing: [Example(2023, ("（七）总计", "（七） 合计"))]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.applications) else {
            return .notAssessed(TableAccess.unavailable(.applications, report))
        }
        let edition = report.edition ?? .form2021
        var results: [RowReading] = []
        let forms = Form.results(edition: edition, otherResults: reading.otherResults)
        results.reserveCapacity(forms.count)
        for (place, form) in forms.enumerated() {
            guard let row = reading.rows.value(of: form.id, near: place + Self.rowsBefore) else {
                return .notAssessed(missing(form.id))
            }
            results.append(row)
        }
        guard let totals = reading.rows["3.7"] else { return .notAssessed(missing("3.7")) }
        var findings: [Finding] = []
        var unsure: Message?
        // Only a table with a fault needs one.
        lazy var diagnosis = ApplicationsDiagnosis(report)
        for (place, column) in Form.applicationColumns.enumerated() {
            let sum = Summation(results.indices.lazy.map { results[$0].cells.value(of: column, near: place) })
            guard let total = totals.cells.value(of: column, near: place), let stated = total.summand,
                let expected = sum.total
            else {
                unsure = unsure ?? TableAccess.unread(.applications, row: nil, column: column, reading, report.edition)
                continue
            }
            guard expected != stated else { continue }
            let name = Form.columnName(.applications, column, edition: report.edition)
            let blanks = sum.blanks + (total.state == .blank ? 1 : 0)
            let plain = TotalHint.notFilledIn(
                sum: expected,
                total: total,
                parts: Message("各项办理结果", "results"),
                totalName: "（七）总计"
            )
            findings.append(
                Finding(
                    .error,
                    Message(
                        "“\(name)”一列：各项办理结果之和为 \(expected)，（七）总计为\(total.state == .blank ? "空白" : " \(stated)")\(Summation.note(blanks).zh)。",
                        "Column “\(name)”: the results add up to \(expected), （七）总计 is "
                            + "\(total.state == .blank ? "blank" : "\(stated)")\(Summation.note(blanks).en)."
                    ),
                    at: Location(
                        table: .applications,
                        row: "3.7",
                        column: column,
                        source: total.source,
                        quote: totals.quote(Form.applicationColumns)
                    ),
                    expected: expected,
                    actual: stated,
                    formula: sum.formula,
                    hint: diagnosis.map { $0.hint(for: .results(column), otherwise: plain) } ?? plain
                )
            )
        }
        return .result(findings, notAssessed: unsure)
    }

    /// Rows 一 and 二 stand before the results.
    private static let rowsBefore = 2

    private static func missing(_ row: RowID) -> Message {
        let name = Form.rowName(.applications, row)
        return Message("表三缺少或未识别“\(name)”一行，无法核对合计。", "Row “\(name)” is missing or was not recognised.")
    }
}
