import ArgumentParser
import AuditOutput

/// How a list of things from the ledger is written.
enum ListFormat: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

/// Writes a list as it is read: a million rows need no more memory than a thousand.
struct LedgerOutput<Row> {
    private let format: ListFormat
    private let columns: LedgerColumns<Row>
    private let language: Language
    private let guardsFormulas: Bool
    private var buffer: [UInt8] = []
    /// How many rows there were.
    private(set) var count = 0

    /// Begins the list.
    ///
    /// - Parameters:
    ///   - byteOrderMark: whether CSV begins with one.
    ///   - guardsFormulas: see ``CSV/record(_:guardingFormulas:)``.
    init(
        _ format: ListFormat,
        _ columns: LedgerColumns<Row>,
        _ language: Language,
        byteOrderMark: Bool = false,
        guardsFormulas: Bool = false
    ) {
        self.format = format
        self.columns = columns
        self.language = language
        self.guardsFormulas = guardsFormulas
        switch format {
        case .text: break
        case .json: buffer = Array("[".utf8)
        case .csv: buffer = (byteOrderMark ? CSV.byteOrderMark : []) + CSV.record(columns.names)
        }
    }

    /// Writes a row, as data or by its text: only what is wanted is asked for, and the header only before the first.
    mutating func add(
        _ row: @autoclosure () -> Row,
        header: @autoclosure () -> String = "",
        text: @autoclosure () -> String = ""
    ) throws {
        switch format {
        case .text: buffer += Array(((count == 0 ? header() : "") + text()).utf8)
        case .json: buffer += Array((count == 0 ? "\n" : ",\n").utf8) + columns.json(row()).serialized(pretty: false)
        case .csv: buffer += CSV.record(columns.texts(row()), guardingFormulas: guardsFormulas)
        }
        count += 1
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Writes the end.
    mutating func end() throws {
        if format == .json { buffer += Array((count == 0 ? "]\n" : "\n]\n").utf8) }
        try flush()
    }

    private mutating func flush() throws {
        try Output.write(buffer, language)
        buffer.removeAll(keepingCapacity: true)
    }
}
