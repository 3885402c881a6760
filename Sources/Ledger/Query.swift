// Statements of SQLite, by hand. GRDB opens, locks, migrates and compiles; the rows are read here, for two reasons: its `Row`
// traps on a value of an unexpected type, which a damaged page may hold, and it takes several times as long.

import GRDB
import GRDBSQLite

/// A compiled statement with its parameters, and the row on which it stands. Parameters and columns are numbered from 0.
struct Query: ~Copyable {
    /// SQLite copies what is bound ("SQLITE_TRANSIENT").
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private let db: Database
    /// Keeps the handle alive.
    private let statement: Statement
    private let handle: OpaquePointer
    private var bound: CInt = 0

    /// Compiles, once for each connection.
    init(_ db: Database, _ sql: String) throws {
        self.db = db
        statement = try db.cachedStatement(sql: sql)
        handle = statement.sqliteStatement
        sqlite3_reset(handle)
    }

    deinit {
        sqlite3_reset(handle)
        // Otherwise the connection would hold the last document's audit for ever.
        sqlite3_clear_bindings(handle)
    }

    /// Begins anew, with other parameters.
    mutating func reset() {
        sqlite3_reset(handle)
        bound = 0
    }

    // MARK: - Parameters, in the order of their question marks

    mutating func bind(_ value: Int64?) {
        bound += 1
        if let value { sqlite3_bind_int64(handle, bound, value) } else { sqlite3_bind_null(handle, bound) }
    }

    mutating func bind(_ value: Int?) { bind(value.map(Int64.init)) }

    mutating func bind(_ value: Bool) { bind(value ? 1 as Int64 : 0) }

    mutating func bind(_ value: String?) {
        guard var value else { return bind(nil as Int64?) }
        bound += 1
        value.withUTF8 { text in
            // An empty string has no address, and no address means NULL.
            let start = text.baseAddress ?? UnsafePointer(bitPattern: 1)
            _ = start.map {
                $0.withMemoryRebound(to: CChar.self, capacity: text.count) {
                    sqlite3_bind_text64(
                        handle,
                        bound,
                        $0,
                        sqlite3_uint64(text.count),
                        Self.copied,
                        UInt8(SQLITE_UTF8)
                    )
                }
            }
        }
    }

    mutating func bind(_ value: [UInt8]) {
        bound += 1
        value.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else {
                return _ = sqlite3_bind_zeroblob(handle, bound, 0)
            }
            sqlite3_bind_blob64(handle, bound, start, sqlite3_uint64(bytes.count), Self.copied)
        }
    }

    // MARK: - Rows

    /// Goes to the next row; false when there is none.
    func step() throws -> Bool {
        let code = sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
        }
    }

    /// Runs a statement without rows.
    func run() throws {
        while try step() {}
    }

    func isNull(_ column: CInt) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func integer(_ column: CInt) -> Int64 { sqlite3_column_int64(handle, column) }

    func integerIfAny(_ column: CInt) -> Int64? { isNull(column) ? nil : integer(column) }

    func text(_ column: CInt) -> String {
        guard let start = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func textIfAny(_ column: CInt) -> String? { isNull(column) ? nil : text(column) }

    func bytes(_ column: CInt) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }
}
