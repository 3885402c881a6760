import ChineseText
import ReportModel

/// The cells of one row of table 2 that a rule holds against each other, and why some could not be had.
struct DisclosureCells {
    /// The row as the form has it.
    let form: RowForm
    /// The row as it was read.
    let row: RowReading
    /// The edition of the table.
    let edition: Edition

    /// The row of a table 2; nil where the table's edition does not have it or the report's table lacks it.
    init?(_ id: RowID, in reading: TableReading) {
        guard let edition = reading.edition, let row = reading.rows[id],
            let form = Form.rows(of: .disclosure, edition: edition).first(where: { $0.id == id })
        else { return nil }
        self.form = form
        self.row = row
        self.edition = edition
    }

    /// What a rule says of one row.
    enum Judgement {
        case passed, found(Finding)
        /// A cell that it needs is blank, no number or not certain.
        case unjudged
    }

    /// Judges row after row; rows that are not there, or could not be judged, make the rest not assessed.
    static func judge(
        _ rows: [RowID],
        in reading: TableReading,
        _ judge: (DisclosureCells) -> Judgement
    ) -> RuleResult {
        var findings: [Finding] = []
        var unsure: Message?
        for id in rows {
            guard let cells = DisclosureCells(id, in: reading) else {
                unsure = unsure ?? absent(id)
                continue
            }
            switch judge(cells) {
            case .passed: break
            case .found(let finding): findings.append(finding)
            case .unjudged: unsure = unsure ?? cells.unjudged
            }
        }
        return .result(findings, notAssessed: unsure)
    }

    /// The number of a column; nil where the cell is blank, no number or was not read.
    func number(_ column: ColumnID) -> Quantity? { row.cells[column]?.number }

    /// The header of a column.
    func name(_ column: ColumnID) -> String { Form.columnName(.disclosure, column, edition: edition) }

    /// Whether a column's cell holds something, if only something unread: a blank says that there is nothing to compare.
    func isUncertain(_ column: ColumnID) -> Bool {
        switch row.cells[column]?.state {
        case .notRead, .notANumber, nil: true
        case .number, .blank: false
        }
    }

    /// The place of a cell of the row, with the whole row as quote.
    func location(_ column: ColumnID?) -> Location {
        Location(
            table: .disclosure,
            row: form.id,
            column: column,
            source: column.flatMap { row.cells[$0]?.source } ?? row.source,
            quote: row.quote(form.columns)
        )
    }

    /// Why the row could not be judged.
    var unjudged: Message {
        Message(
            "表二“\(form.name)”一行有空白、不是数字或不能确定的单元格，未核对。",
            "Table 2, row “\(form.name)”: cells are blank, no numbers or not certain."
        )
    }

    /// Why a row that is not there is not judged.
    static func absent(_ id: RowID) -> Message {
        let name = Form.rowName(.disclosure, id)
        return Message("表二没有“\(name)”一行，或未能识别，未核对。", "Table 2 has no row “\(name)”, or it was not recognised.")
    }
}
