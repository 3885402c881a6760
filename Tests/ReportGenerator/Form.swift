// The official form as data: which cells exist in which edition, and the names they have in an audit's JSON.

/// The two editions of the form: 国办公开办函〔2019〕60号 (report years 2019 and 2020), 国办公开办函〔2021〕30号 (from 2021).
public enum FormEdition: String, CaseIterable, Sendable {
    /// Table 2 with 22 cells, table 3 with one row （六）其他处理.
    case edition2019 = "2019"
    /// Table 2 with 10 cells, table 3 with three rows under （六）其他处理.
    case edition2021 = "2021"

    /// The report years for which this edition is the right one.
    public var years: ClosedRange<Int> {
        self == .edition2019 ? 2019...2020 : 2021...2025
    }

    /// The result rows of table 3, whose sum is row 3.7.
    var resultRows: [String] {
        let upTo5 =
            ["3.1", "3.2"] + (1...8).map { "3.3.\($0)" } + (1...3).map { "3.4.\($0)" } + (1...5).map { "3.5.\($0)" }
        return upTo5 + (self == .edition2019 ? ["3.6"] : ["3.6.1", "3.6.2", "3.6.3"])
    }

    /// All rows of table 3, in the order of the form.
    public var applicationRows: [String] {
        ["1", "2"] + resultRows + ["3.7", "4"]
    }

    /// The rows of table 2 with their columns, in the order of the form.
    public var disclosureRows: [(row: String, columns: [String])] {
        switch self {
        case .edition2019:
            let documents = ["made", "published", "total"]
            let items = ["previousItems", "change", "decisions"]
            return [
                ("regulations", documents), ("normativeDocuments", documents), ("licensing", items),
                ("otherServices", items), ("penalties", items), ("coercion", items),
                ("fees", ["previousItems", "change"]), ("procurement", ["items", "amount"]),
            ]
        case .edition2021:
            let documents = ["made", "repealed", "inForce"]
            return [
                ("regulations", documents), ("normativeDocuments", documents), ("licensing", ["decisions"]),
                ("penalties", ["decisions"]), ("coercion", ["decisions"]), ("fees", ["amount"]),
            ]
        }
    }

    /// Every cell of tables 2, 3 and 4: 22 + 161 + 15 or 10 + 175 + 15.
    public var cellPaths: [CellPath] {
        disclosureRows.flatMap { entry in entry.columns.map { CellPath("disclosure", entry.row, $0) } }
            + applicationRows.flatMap { row in Form.applicantColumns.map { CellPath("applications", row, $0) } }
            + Form.disputeGroups.flatMap { group in Form.outcomeColumns.map { CellPath("disputes", group, $0) } }
    }
}

/// What both editions share.
enum Form {
    static let applicantColumns = ["naturalPerson", "business", "research", "social", "legal", "otherOrg", "total"]
    static let disputeGroups = ["reconsideration", "litigation", "litigationAfterReconsideration"]
    static let outcomeColumns = ["upheld", "corrected", "other", "pending", "total"]
}

/// The place of one number, written `table.row.column` as in an audit's JSON: `applications.3.3.1.naturalPerson`.
public struct CellPath: Hashable, Sendable, CustomStringConvertible {
    /// `disclosure`, `applications` or `disputes`.
    public let table: String
    /// A row name (`regulations`, `reconsideration`) or the official number of a row of table 3 (`3.3.1`).
    public let row: String
    /// The column's name in the JSON.
    public let column: String

    /// Names a cell by its three parts.
    public init(_ table: String, _ row: String, _ column: String) {
        self.table = table
        self.row = row
        self.column = column
    }

    /// Reads `table.row.column`; nil when it has fewer than three parts.
    public init?(_ text: String) {
        let parts = text.split(separator: ".").map(String.init)
        guard parts.count >= 3, let table = parts.first, let column = parts.last else { return nil }
        self.init(table, parts[1..<(parts.count - 1)].joined(separator: "."), column)
    }

    /// `table.row.column`.
    public var description: String { "\(table).\(row).\(column)" }
}

/// A number with up to four decimals, exact: binary floating point must not decide whether a cell was read right.
public struct ExactDecimal: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The value in ten-thousandths (1.5 is 15000).
    public let tenThousandths: Int

    /// A value given in ten-thousandths.
    public init(tenThousandths: Int) {
        self.tenThousandths = tenThousandths
    }

    /// A whole number.
    public init(_ integer: Int) {
        tenThousandths = integer * 10_000
    }

    /// The nearest floating-point number, for comparison with parsed JSON.
    public var doubleValue: Double { Double(tenThousandths) / 10_000 }

    var integerPart: Int { tenThousandths / 10_000 }

    /// The value with a fixed number of decimals; digits beyond are cut, so the caller asks for enough.
    func text(decimals: Int) -> String {
        let magnitude = tenThousandths.magnitude
        let fraction = String(magnitude % 10_000)
        let digits = String(repeating: "0", count: 4 - fraction.count) + fraction
        let sign = tenThousandths < 0 ? "-" : ""
        return sign + "\(magnitude / 10_000)" + (decimals == 0 ? "" : "." + digits.prefix(decimals))
    }

    /// The shortest exact form: `111.1`, `0`, `-3`; also a valid JSON number.
    public var description: String {
        var decimals = 4
        var rest = tenThousandths.magnitude
        while decimals > 0, rest % 10 == 0 {
            rest /= 10
            decimals -= 1
        }
        return text(decimals: decimals)
    }

    /// Orders by value.
    public static func < (left: Self, right: Self) -> Bool { left.tenThousandths < right.tenThousandths }
}
