import ChineseText
import ReportModel

/// A rule on single cells. There are several, and all cells are looked at once for all of them.
protocol CellRule: Rule {
    /// Checks a report of which nothing is looked at but its cells.
    static func check(_ survey: CellSurvey) -> RuleResult
}

extension CellRule {
    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult { check(CellSurvey(report)) }
}

/// The cells of a report that a rule on single cells may suspect, in the order of the form.
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
        /// Its number, for messages on cells that have one.
        var number: String { cell.number.map { "\($0)" } ?? cell.text }
    }

    /// The cells that were read and are no plain numbers. Nearly all are, and no rule suspects those; copying one costs ten times
    /// as much as looking at it.
    private(set) var entries: [Entry] = []
    /// Why cells that the form has could not be looked at.
    private(set) var unsure: Message?
    /// Whose cells they are.
    let report: AnnualReport

    /// Looks at all cells of a report.
    init(_ report: AnnualReport) {
        self.report = report
        for table in TableID.allCases {
            guard let reading = report.table(table) else {
                unsure = unsure ?? TableAccess.unavailable(table, report)
                continue
            }
            guard let forms = report.expectedRows(table) else {
                unsure = Message("无法判断报告所用的格式版本。", "The edition of the form is not known.")
                continue
            }
            for (place, form) in forms.enumerated() {
                guard let index = reading.rows.index(of: form.id, near: place) else { continue }
                let cells = reading.rows.values[index].cells
                for (place, column) in form.columns.enumerated() {
                    let index = cells.index(of: column, near: place)
                    if let index, cells.values[index].isPlain { continue }
                    guard let cell = index.map({ cells.values[$0] }), cell.state != .notRead else {
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

    /// A finding for each suspect cell, as `problem` describes it, and what could not be looked at; `hint` says what can be said
    /// of a cell beyond the rule's own hint.
    func findings(
        _ severity: Severity,
        where isSuspect: (Entry) -> Bool,
        hint: (Entry) -> Message? = { _ in nil },
        _ problem: (Entry) -> Message
    ) -> RuleResult {
        let findings = entries.filter(isSuspect).map { entry in
            Finding(severity, problem(entry), at: entry.location, actual: entry.cell.number, hint: hint(entry))
        }
        return .result(findings, notAssessed: unsure)
    }
}

extension CellReading {
    /// A whole number that is not negative, without a unit.
    @inline(__always)
    fileprivate var isPlain: Bool {
        guard case .number(let value) = state, value.raw >= 0, unit == nil else { return false }
        // Most are 0, and dividing 128 bits takes long.
        return value.raw == 0 || value.isInteger
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
