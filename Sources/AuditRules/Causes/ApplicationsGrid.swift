import ChineseText
import ReportModel

/// The numbers of a whole table 3 with what must hold between them.
///
/// Every cell stands in the sum of its row and in one or two sums of its column, so that a wrong one shows twice — and where
/// the broken sums cross, there it is.
struct ApplicationsGrid {
    /// Something that must hold.
    enum Identity: Hashable {
        /// The six kinds of applicants of a row add up to its 总计.
        case row(RowID)
        /// The results of a column add up to （七）总计.
        case results(ColumnID)
        /// Items 1 and 2 of a column equal items 3 and 4.
        case balance(ColumnID)
    }

    /// A cell by its place.
    struct Place: Hashable {
        var row: Int
        var column: Int
    }

    /// The rows of the form.
    let rows: [RowForm]
    /// The numbers, blanks as 0: a row for each of ``rows``, with its six applicants and their total.
    var values: [[Int]]
    /// Where nothing was written.
    private var blanks: Set<Place> = []

    /// The last column.
    static let total = Form.applicants.count
    private static let columns = Form.applicationColumns
    /// The places of the seven columns.
    let columns = 0...total

    /// Rows 一 and 二, the results, （七）总计 and row 四 in the order of the form.
    static let received = 0
    static let carriedOver = 1
    var results: Range<Int> { 2..<resultTotal }
    var resultTotal: Int { rows.count - 2 }
    var carriedForward: Int { rows.count - 1 }

    /// Nil when a row is missing or a cell is no count that was surely read: then nothing can be said of the whole.
    init?(_ report: AnnualReport) {
        guard let reading = report.table(.applications) else { return nil }
        rows = Form.rows(
            of: .applications,
            edition: report.edition ?? .form2021,
            otherResults: reading.otherResults
        )
        values = []
        for (index, form) in rows.enumerated() {
            guard let row = reading.rows[form.id] else { return nil }
            for (column, id) in Self.columns.enumerated() where row.cells[id]?.state == .blank {
                blanks.insert(Place(row: index, column: column))
            }
            let numbers = Self.columns.compactMap { row.cells[$0]?.summand?.integer }
            // Fifteen digits are the most that a cell has: their sums do not overflow.
            guard numbers.count == Self.columns.count else { return nil }
            values.append(numbers)
        }
    }

    // MARK: - What does not hold

    /// Everything that does not hold.
    var broken: Set<Identity> {
        var broken: Set<Identity> = []
        for row in rows.indices where rowExcess(row) != 0 { broken.insert(.row(rows[row].id)) }
        for (column, id) in Self.columns.enumerated() {
            if resultExcess(column) != 0 { broken.insert(.results(id)) }
            if balanceExcess(column) != 0 { broken.insert(.balance(id)) }
        }
        return broken
    }

    /// By how much the applicants of a row exceed its 总计.
    func rowExcess(_ row: Int) -> Int { applicants(row) - values[row][Self.total] }

    /// By how much the results of a column exceed （七）总计.
    func resultExcess(_ column: Int) -> Int { resultSum(column) - values[resultTotal][column] }

    /// By how much items 1 and 2 of a column exceed items 3 and 4.
    func balanceExcess(_ column: Int) -> Int {
        values[Self.received][column] + values[Self.carriedOver][column]
            - values[resultTotal][column] - values[carriedForward][column]
    }

    /// The sum of a row's applicants.
    func applicants(_ row: Int) -> Int { values[row][..<Self.total].reduce(0, +) }

    /// The sum of a column's results.
    func resultSum(_ column: Int) -> Int { results.reduce(0) { $0 + values[$1][column] } }

    /// What a cell of a row would need more for the sums of its column to hold.
    func missing(_ row: Int, _ column: Int) -> Int {
        switch row {
        case resultTotal: resultExcess(column)
        case carriedForward: balanceExcess(column)
        case Self.received, Self.carriedOver: -balanceExcess(column)
        default: -resultExcess(column)
        }
    }

    /// Whether nothing but 0 stands in a row.
    func isZero(_ row: Int) -> Bool { values[row].allSatisfy { $0 == 0 } }

    /// What a cell takes part in.
    func identities(of place: Place) -> Set<Identity> {
        let column = Self.columns[place.column]
        var found: Set<Identity> = [.row(rows[place.row].id)]
        if results.contains(place.row) || place.row == resultTotal { found.insert(.results(column)) }
        if !results.contains(place.row) { found.insert(.balance(column)) }
        return found
    }

    // MARK: - Words

    /// What is written in a cell: 填 12, or 空白.
    func written(_ place: Place) -> Message {
        let value = values[place.row][place.column]
        return blanks.contains(place) ? Message("空白", "is blank") : Message("填 \(value)", "says \(value)")
    }

    /// How a hint names a cell.
    func name(_ place: Place) -> Message {
        let (row, column) = (name(row: place.row), name(column: place.column))
        return Message("“\(row)”一行“\(column)”一列", "row “\(row)”, column “\(column)”")
    }

    /// The wording of a row.
    func name(row: Int) -> String { rows[row].name }

    /// The header of a column.
    func name(column: Int) -> String { Form.columnName(.applications, Self.columns[column], edition: nil) }
}
