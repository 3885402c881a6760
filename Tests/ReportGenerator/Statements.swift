// Numbers that the text states about the tables (domain.md §4): which values agree, and which rule a disagreement breaks.

/// What a stated number speaks of.
enum Claim: Hashable {
    case received, noApplications, carriedOver, carriedForward, answered
    case naturalPersons, organisations
    case granted, partlyGranted, grantedOrPartly, denied, unavailable, refused, otherwise
    case reconsiderations, litigation, noDisputes
    /// One outcome of 行政复议, by the column's name.
    case reconsiderationOutcome(String)
    case directLitigation, litigationAfterReconsideration
    case documentsMade, documentsRepealed, documentsInForce, licences, penalties

    var rule: String {
        switch self {
        case .noApplications: "narrative.no-applications"
        case .reconsiderations, .litigation, .noDisputes, .reconsiderationOutcome, .directLitigation,
            .litigationAfterReconsideration:
            "narrative.disputes"
        case .documentsMade, .documentsRepealed, .documentsInForce, .licences, .penalties: "narrative.documents"
        default: "narrative.applications"
        }
    }

    /// Every value that counts as agreement; nil when a cell that decides it cannot be read.
    func accepted(in cells: Cells) -> [Int]? {
        func cell(_ table: String, _ row: String, _ column: String) -> Int? {
            cells[CellPath(table, row, column)]?.integerPart
        }
        func total(_ row: String) -> Int? { cell("applications", row, "total") }
        func sum(_ prefix: String) -> Int? {
            let rows = cells.filter {
                $0.key.table == "applications" && $0.key.row.hasPrefix(prefix) && $0.key.column == "total"
            }
            return rows.values.reduce(0) { $0 + $1.integerPart }
        }
        func withRow2(_ columns: [String]) -> [Int]? {
            var first = 0
            var second = 0
            for column in columns {
                guard let new = cell("applications", "1", column), let old = cell("applications", "2", column) else {
                    return nil
                }
                first += new
                second += old
            }
            return [first, first + second]
        }
        switch self {
        case .received: return withRow2(["total"])
        case .noApplications: return total("1").map { [$0] }
        case .carriedOver: return total("2").map { [$0] }
        case .carriedForward: return total("4").map { [$0] }
        case .answered:
            guard let both = withRow2(["total"]), let results = total("3.7") else { return nil }
            return both + [results]
        case .naturalPersons: return withRow2(["naturalPerson"])
        case .organisations: return withRow2(["business", "research", "social", "legal", "otherOrg"])
        case .granted: return total("3.1").map { [$0] }
        case .partlyGranted: return total("3.2").map { [$0] }
        case .grantedOrPartly:
            guard let whole = total("3.1"), let part = total("3.2") else { return nil }
            return [whole + part]
        case .denied: return sum("3.3").map { [$0] }
        case .unavailable: return sum("3.4").map { [$0] }
        case .refused: return sum("3.5").map { [$0] }
        case .otherwise: return sum("3.6").map { [$0] }
        case .reconsiderations: return cell("disputes", "reconsideration", "total").map { [$0] }
        case .litigation:
            guard let direct = cell("disputes", "litigation", "total"),
                let after = cell("disputes", "litigationAfterReconsideration", "total")
            else { return nil }
            return [direct + after, direct, after]
        case .reconsiderationOutcome(let column): return cell("disputes", "reconsideration", column).map { [$0] }
        case .directLitigation: return cell("disputes", "litigation", "total").map { [$0] }
        case .litigationAfterReconsideration:
            return cell("disputes", "litigationAfterReconsideration", "total").map { [$0] }
        case .noDisputes:
            let totals = Form.disputeGroups.compactMap { cell("disputes", $0, "total") }
            return [totals.reduce(0, +)]
        case .documentsMade: return cell("disclosure", "normativeDocuments", "made").map { [$0] }
        case .documentsRepealed: return cell("disclosure", "normativeDocuments", "repealed").map { [$0] }
        case .documentsInForce:
            let column = cells[CellPath("disclosure", "normativeDocuments", "inForce")] == nil ? "total" : "inForce"
            return cell("disclosure", "normativeDocuments", column).map { [$0] }
        case .licences: return cell("disclosure", "licensing", "decisions").map { [$0] }
        case .penalties: return cell("disclosure", "penalties", "decisions").map { [$0] }
        }
    }
}

/// A number in the text. Where it stands, the paragraph holds one private-use character, so that a mutation can change
/// the number without touching a letter round it.
struct StatedNumber {
    enum Notation { case digits, spaced, chinese, fullWidth, grouped }

    /// What place the number has in a list that must add up.
    enum Role: Equatable {
        case alone
        case listTotal(list: Int)
        case listPart(list: Int)
        /// One of a few picked out of a total: it must not exceed it.
        case selection(list: Int)
        /// Of a fee statement: the sum, and how many applications it was charged for; then what each item of a list adds.
        case feeAmount, feeCount, feePartAmount, feePartCount
    }

    var value: Int
    var notation: Notation
    /// nil: a number that no table has.
    var claim: Claim?
    /// False when the wording lets a reader doubt what is counted; a contradiction may then be passed over.
    var certain: Bool
    var role: Role
    /// A wording like 未收到 states 0 without a digit.
    var inWords = false

    var text: String {
        if inWords { return "" }
        switch notation {
        case .digits: return String(value)
        case .spaced: return " \(value) "
        case .chinese: return Self.chinese(value) ?? String(value)
        case .fullWidth: return Self.fullWidth(String(value))
        case .grouped: return Self.grouped(value)
        }
    }

    /// 1–99 in Chinese numerals; nil beyond, where reports use digits.
    static func chinese(_ value: Int) -> String? {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        guard (1...99).contains(value) else { return nil }
        if value == 2 { return "两" }
        let tens = value / 10
        return (tens == 0 ? "" : tens == 1 ? "十" : digits[tens] + "十") + digits[value % 10]
    }

    static func fullWidth(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isPrintable = (0x21...0x7e).contains(scalar.value)
            result.append(isPrintable ? Unicode.Scalar(scalar.value + 0xfee0) ?? scalar : scalar)
        }
        return String(result)
    }

    static func grouped(_ value: Int) -> String {
        var digits = Array(String(value))
        var i = digits.count - 3
        while i > 0 {
            digits.insert(",", at: i)
            i -= 3
        }
        return String(digits)
    }
}
