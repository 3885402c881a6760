import ReportModel

/// All cells of the form that a report has, in the order of the form, for the rules on single cells.
struct CellSurvey {
    /// A cell with its address and what kind of number belongs there.
    struct Entry {
        var address: CellAddress
        var cell: CellReading
        var kind: CellKind
        var row: RowForm
        var edition: Edition?

        /// Row and column, for messages.
        var name: String { "\(row.name)·\(Form.columnName(address.table, address.column, edition: edition))" }
    }

    /// The cells that were read.
    var entries: [Entry] = []
    /// Why cells are absent from ``entries`` that the form has.
    var unsure: Message?

    init(_ report: AnnualReport) {
        entries.reserveCapacity(212)
        for table in TableID.allCases {
            guard let reading = report.table(table) else {
                unsure = unsure ?? TableAccess.unavailable(table, report)
                continue
            }
            guard let forms = report.expectedRows(table) else {
                unsure = Message("无法判断报告所用的格式版本。", "The edition of the form is not known.")
                continue
            }
            for form in forms {
                guard let row = reading.rows[form.id] else { continue }
                for column in form.columns {
                    guard let cell = row.cells[column], cell.state != .notRead else {
                        unsure =
                            unsure ?? TableAccess.unread(table, row: form.id, column: column, reading, report.edition)
                        continue
                    }
                    entries.append(
                        Entry(
                            address: CellAddress(table, form.id, column),
                            cell: cell,
                            kind: Form.kind(of: table, column),
                            row: form,
                            edition: report.edition
                        )
                    )
                }
            }
        }
    }

    /// A finding for each cell that `problem` describes, and what could not be looked at.
    func findings(_ severity: Severity, _ problem: (Entry) -> Message?) -> RuleResult {
        let findings = entries.compactMap { entry in
            problem(entry).map { message in
                Finding(severity, message, at: entry.location, actual: entry.cell.number)
            }
        }
        return .result(findings, notAssessed: unsure)
    }
}

extension CellSurvey.Entry {
    /// The place of the cell, with its text.
    var location: Location {
        Location(
            table: address.table,
            row: address.row,
            column: address.column,
            source: cell.source,
            quote: cell.text
        )
    }
}
