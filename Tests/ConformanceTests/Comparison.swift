import AuditEngine
import AuditRules
import ChineseText
import Extraction
import ReportGenerator
import ReportModel

/// What of a report need not be found in a file, because the file does not show it plainly.
enum Tolerance: Sendable {
    case none
    /// On a page of a PDF a blank cell is nothing at all.
    case blankCellMayBeUnread
    /// A page whose narrow columns break numbers leaves doubt about any cell. A wrong value is still wrong.
    case anyCellMayBeUnread
}

/// What an audit says otherwise than the report that was written.
struct Comparison {
    /// All differences, those of cells among them.
    var differences: [String] { facts + cells + text }
    /// Year, title, body, date, fee.
    private(set) var facts: [String] = []
    /// Cells of the three tables.
    private(set) var cells: [String] = []
    /// The words of the sections.
    private(set) var text: [String] = []
    private let audited: Audited
    private let written: GeneratedReport

    init(_ audited: Audited, _ written: GeneratedReport, tolerance: Tolerance = .none) {
        self.audited = audited
        self.written = written
        compareFacts()
        compareCells(tolerance)
        compareText()
    }

    private mutating func expect<T: Equatable>(_ what: String, _ read: T, _ truth: T) {
        if read != truth { facts.append("\(what): expected \(truth), read \(read)") }
    }

    private mutating func compareFacts() {
        let report = audited.report
        expect("year", report.year, written.year)
        expect("agency", report.agency, written.agency)
        expect("date", report.signedOn?.value.description, written.signedOn)
        expect("title", report.title.map { Self.condensed($0.value) }, written.title.map(Self.condensed))
        expect("edition", report.edition?.rawValue, written.edition.rawValue)
        expect("fee stated", report.fee != nil, written.fee != nil)
        if let fee = written.fee {
            expect("fee amount", report.fee?.amountYuan?.description, String(fee.amountYuan))
            expect("fee applications", report.fee?.applications ?? 0, fee.applications ?? 0)
        }
    }

    private mutating func compareCells(_ tolerance: Tolerance) {
        for (path, value) in written.cells.sorted(by: { $0.key.description < $1.key.description }) {
            let cell = cell(path)
            if cell?.number?.description == value.description { continue }
            if tolerance == .anyCellMayBeUnread, Self.isUnread(cell) { continue }
            cells.append("\(path): expected \(value), read \(Self.described(cell))")
        }
        for (path, state) in written.unreadableCells {
            let cell = cell(path)
            let isRight =
                switch cell?.state {
                case .blank: state == "blank"
                case .notANumber: state == "notANumber"
                case .notRead, nil:
                    tolerance == .anyCellMayBeUnread || tolerance == .blankCellMayBeUnread && state == "blank"
                default: false
                }
            if !isRight { cells.append("\(path): expected \(state), read \(Self.described(cell))") }
        }
    }

    /// Nothing lost and nothing added: every paragraph stands in its section, and no word of what nobody sees.
    private mutating func compareText() {
        for (number, paragraphs) in written.narrative.sorted(by: { $0.key < $1.key }) {
            guard let section = audited.report.section(number) else {
                text.append("section \(number): not found")
                continue
            }
            let read = Self.condensed((section.paragraphs + section.fragments).map(\.raw).joined())
            for paragraph in paragraphs where !read.contains(Self.condensed(paragraph)) {
                text.append("section \(number): lost “\(paragraph.prefix(60))…”, read “\(read.prefix(200))”")
            }
        }
        let all = audited.report.lines.map(\.raw).joined()
        for word in ["征求意见稿", "内部掌握", "误登申请", "浏览次数", "ICP", "下一篇"] where all.contains(word) {
            text.append("text: holds “\(word)”, which is no part of the report")
        }
    }

    private func cell(_ path: CellPath) -> CellReading? {
        TableID(rawValue: path.table).flatMap {
            audited.report.cell(CellAddress($0, RowID(path.row), ColumnID(path.column)))
        }
    }

    private static func isUnread(_ cell: CellReading?) -> Bool {
        switch cell?.state {
        case .notRead, nil: true
        default: false
        }
    }

    private static func described(_ cell: CellReading?) -> String {
        cell.map { "\($0.state) “\($0.text)”" } ?? "nothing"
    }

    /// Without blanks, which converters add and take.
    private static func condensed(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace { scalars.append(scalar) }
        return String(scalars)
    }
}
