import ReportModel

/// cell.blank
enum CellBlank: CellRule {
    static let description = RuleDescription(
        "cell.blank",
        Message("空白单元格", "Blank cells"),
        .warning,
        checks: Message(
            "三张表中格式规定的每个单元格都要有数字，没有数据的填0；“/”“-”“—”“无”视同空白。每张表报一条，写明个数和位置。",
            """
            Every cell that the form gives to the three tables holds a number, 0 where there is nothing; “/”, \
            “-”, “—” and “无” count as blank. One finding a table, with number and places.
            """
        ),
        rationale: Message(
            "空白看不出是“没有”还是“漏填”，汇总时也容易出错。填0才是明确的报告。填报说明全文未能查到，因此定为警告。",
            """
            A blank does not tell “none” from “forgotten”. A 0 is a clear statement. The full instructions to \
            the form are not available to us, hence a warning.
            """
        ),
        basis: Clause.all(Clause.forms(), Clause.practice),
        hint: Message("请在空白处填写数字，没有数据的填0。", "Please fill the blank cells; write 0 where there is nothing."),
        blindSpots: Message(
            "转换文件时丢失的单元格不算空白。位置最多列出八处。核对合计时，空白按0计。",
            "Cells that a conversion lost are not blanks. At most eight places are named. Sums take a blank as 0."
        ),
        failing: [
            Example(2023, ("行政许可\t112", "行政许可\t")),
            Example(2020, ("\t\t2.重复申请\t0\t0\t0\t0\t0\t0\t0", "\t\t2.重复申请\t0\t/\t/\t/\t/\t/\t0")),
        ],
        passing: [Example(2023, ("行政许可\t112", "行政许可\t0"))]
    )

    /// How many places a message names.
    private static let namedPlaces = 8

    static func check(_ survey: CellSurvey) -> RuleResult {
        let blanks = survey.entries.filter { $0.cell.state == .blank }
        let findings = TableID.allCases.compactMap { table in
            finding(table, blanks.filter { $0.address.table == table }, survey.report)
        }
        return .result(findings, notAssessed: survey.unsure)
    }

    private static func finding(_ table: TableID, _ blanks: [CellSurvey.Entry], _ report: AnnualReport) -> Finding? {
        guard let first = blanks.first else { return nil }
        let named = blanks.prefix(namedPlaces).map(\.name)
        let zh = named.joined(separator: "、")
        let en = named.map { "“\($0)”" }.joined(separator: ", ")
        let more = blanks.count > namedPlaces
        return Finding(
            .warning,
            Message(
                "\(table.name)有 \(blanks.count) 个空白单元格：\(zh)\(more ? "等" : "")。合计核对时按0计。",
                "Table \(table.section) has blank cells (\(blanks.count)): \(en)\(more ? " …" : ""). Sums take them as 0."
            ),
            at: Location(
                table: table,
                row: first.address.row,
                column: first.address.column,
                source: first.cell.source,
                quote: report.table(table)?.quote(of: first.address.row, in: table, report.edition)
            ),
            hint: hint(blanks),
            cells: blanks.map(\.address)
        )
    }

    private static func hint(_ blanks: [CellSurvey.Entry]) -> Message {
        let marks = blanks.map(\.cell.text).filter { !$0.isEmpty }.uniqued()
        let written = FormDifference.quoted(marks)
        return Message(
            "\(blanks.count == 1 ? "请补填该单元格" : "请逐格补填 \(blanks.count) 处")：没有发生的填 0，有数据的填实际数\(marks.isEmpty ? "" : "；\(written.zh)不能代替 0")。",
            "\(blanks.count == 1 ? "Fill in the cell" : "Fill in all \(blanks.count)"): 0 where there is nothing, else the number"
                + "\(marks.isEmpty ? "" : "; \(written.en) is no substitute for 0")."
        )
    }
}
