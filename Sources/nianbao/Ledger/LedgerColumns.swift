import AuditOutput
import FoundationEssentials
import Ledger
import LinuxIO

/// What the ledger tells of one kind of thing: one definition for JSON and for CSV.
struct LedgerColumns<Row>: Sendable {
    struct Column: Sendable {
        let name: String
        let value: @Sendable (Row) -> JSONValue
    }

    private let columns: [Column]

    fileprivate init(_ columns: [Column]) { self.columns = columns }

    /// The header of a table.
    var names: [String] { columns.map(\.name) }

    /// An object with sorted keys.
    func json(_ row: Row) -> JSONValue {
        .object(JSONObject(columns.map { ($0.name, $0.value(row)) }))
    }

    /// The fields of a table; what is not known is empty.
    func texts(_ row: Row) -> [String] {
        columns.map { column in
            switch column.value(row) {
            case .bool(let value): String(value)
            case .int(let value): String(value)
            case .double(let value): String(value)
            case .string(let value): value
            // No column is a list or a group.
            case .null, .array, .object: ""
            }
        }
    }
}

extension LedgerColumns.Column {
    fileprivate init(_ name: String, string: @escaping @Sendable (Row) -> String?) {
        self.init(name: name) { .string(string($0)) }
    }

    fileprivate init(_ name: String, int: @escaping @Sendable (Row) -> Int?) {
        self.init(name: name) { .int(int($0)) }
    }

    /// Milliseconds since 1970.
    fileprivate init(_ name: String, time: @escaping @Sendable (Row) -> Int64?) {
        self.init(name: name) { .string(time($0).map(Timestamp.iso8601)) }
    }

    fileprivate init(durationMs microseconds: @escaping @Sendable (Row) -> Int64?) {
        self.init(name: "durationMs") { row in microseconds(row).map { .double(Double($0) / 1000) } ?? .null }
    }
}

extension LedgerColumns {
    /// The name of the inbox and the path in it. A path that is not UTF-8 is escaped, and its bytes stand beside it.
    fileprivate static func key(_ key: @escaping @Sendable (Row) -> LedgerKey) -> [Column] {
        [
            Column("inbox", string: { key($0).inbox.isEmpty ? nil : key($0).inbox }),
            Column(
                "path",
                string: { row in
                    let path = key(row).path
                    return String(validating: path, as: UTF8.self) ?? Terminal.printable(path)
                }
            ),
            Column(
                "pathBytes",
                string: { row in
                    let path = key(row).path
                    let isText = String(validating: path, as: UTF8.self) != nil
                    return isText ? nil : Data(path).base64EncodedString()
                }
            ),
        ]
    }

    fileprivate static func basis(_ basis: @escaping @Sendable (Row) -> AuditBasis?) -> [Column] {
        [
            Column("catalogue", string: { basis($0)?.catalogue }), Column("settings", string: { basis($0)?.settings }),
            Column("waivers", string: { basis($0)?.waivers }),
        ]
    }
}

/// A file of the ledger.
struct LedgerFile {
    let entry: LedgerEntry
    /// Where its result lies; nil when there is none.
    let result: [UInt8]?
}

extension LedgerColumns<LedgerFile> {
    /// Of files.
    static let files = LedgerColumns(
        key { $0.entry.key } + [
            Column("state", string: { $0.entry.state.rawValue }), Column("since", time: { $0.entry.since }),
            Column("attempts", int: { $0.entry.attempts }), Column("nextAttempt", time: { $0.entry.nextAttempt }),
            Column("reason", string: { $0.entry.reason }), Column("detail", string: { $0.entry.detail }),
            Column("verdict", string: { $0.entry.verdict }), Column("unreadable", string: { $0.entry.code }),
            Column("errors", int: { $0.entry.verdict == nil ? nil : $0.entry.errors }),
            Column("warnings", int: { $0.entry.verdict == nil ? nil : $0.entry.warnings }),
            Column("agency", string: { $0.entry.agency }), Column("year", int: { $0.entry.year }),
            Column("sha256", string: { $0.entry.sha256 }),
            Column(name: "reused") { $0.entry.verdict == nil ? .null : .bool($0.entry.isReused) },
        ] + basis { $0.entry.basis } + [
            Column("firstSeenAt", time: { $0.entry.firstSeen }), Column("noticedAt", time: { $0.entry.noticedAt }),
            Column("finishedAt", time: { $0.entry.finishedAt }),
            Column(durationMs: { $0.entry.durationMicroseconds }), Column("leftAt", time: { $0.entry.leftAt }),
            Column("bytes", int: { $0.entry.identity.map { Int($0.size) } }),
            Column("modifiedAt", time: { $0.entry.identity.map { $0.modified / 1_000_000 } }),
            // As text: a number in JSON is exact to 2^53 only.
            Column("device", string: { $0.entry.identity.map { String($0.device) } }),
            Column("inode", string: { $0.entry.identity.map { String($0.inode) } }),
            Column("result", string: { $0.result.map { Terminal.printable($0) } }),
        ]
    )
}

extension LedgerColumns<HistoryEntry> {
    /// Of results that were written for files.
    static let results = LedgerColumns(
        [Column("at", time: { $0.at })] + key(\.key) + [
            Column("verdict", string: { $0.verdict }), Column("unreadable", string: { $0.code }),
            Column("errors", int: { $0.errors }), Column("warnings", int: { $0.warnings }),
            Column("agency", string: { $0.agency }), Column("year", int: { $0.year }),
            Column("sha256", string: { $0.sha256 }), Column(name: "reused") { .bool($0.isReused) },
        ] + basis(\.basis) + [Column(durationMs: { $0.durationMicroseconds })]
    )
}
