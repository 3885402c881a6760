import ReportModel

/// cell.blank
enum CellBlank: Rule {
    static let description = RuleDescription(
        "cell.blank",
        Message("空白单元格", "Blank cells"),
        .warning,
        checks: Message(
            "统一格式的每个单元格都应填写，没有数据的填0；“/”“-”“无”视同空白。空白在合计核对中按0计。每张表报一条，写明个数和位置。（填报说明全文未见，故为警告。）",
            "Every cell of the form is filled, with 0 where there is nothing; / - 无 count as blank. Sums take a blank as 0. One "
                + "finding a table, with number and places. (The instructions to the form are not available to us: a warning.)"
        ),
        basis: .untranslated("国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式"),
        hint: Message("空白处填写数字，没有数据的填0。", "Fill the blank cells; write 0 where there is nothing."),
        failing: [
            Example(2023, ("行政许可\t112", "行政许可\t")),
            Example(2020, ("\t\t2.重复申请\t0\t0\t0\t0\t0\t0\t0", "\t\t2.重复申请\t0\t/\t/\t/\t/\t/\t0")),
        ],
        passing: [Example(2023, ("行政许可\t112", "行政许可\t0"))]
    )

    /// How many places a message names.
    private static let namedPlaces = 8

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        let survey = CellSurvey(report) { cell, _ in cell.state == .blank }
        let findings = TableID.allCases.compactMap { table in
            finding(table, survey.entries.filter { $0.address.table == table })
        }
        return .result(findings, notAssessed: survey.unsure)
    }

    private static func finding(_ table: TableID, _ blanks: [CellSurvey.Entry]) -> Finding? {
        guard let first = blanks.first else { return nil }
        let names = blanks.prefix(namedPlaces).map(\.name).joined(separator: "、")
        let more = blanks.count > namedPlaces
        return Finding(
            .warning,
            Message(
                "\(table.name)有 \(blanks.count) 个空白单元格：\(names)\(more ? "等" : "")。合计核对时按0计。",
                "\(table.name) has \(blanks.count) blank cells: \(names)\(more ? " …" : ""). Sums take them as 0."
            ),
            at: Location(table: table, row: first.address.row, column: first.address.column, source: first.cell.source),
            cells: blanks.map(\.address)
        )
    }
}
