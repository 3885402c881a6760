// What the commands ask: lists in parts, the history, and changes from another process.

import GRDB
import LinuxIO

extension Ledger {
    /// Files by what is said of them, in the order in which they were first seen.
    ///
    /// - Parameters:
    ///   - state: only those in this state.
    ///   - inbox: only those of this inbox.
    ///   - verdict: only those whose result says this.
    ///   - agency: only those of a reporting body whose name passes; asked once for each name.
    ///   - year: only reports on this year.
    ///   - left: false: those in the inbox, true: those that left, nil: both.
    ///   - id: only rows behind this number, for the next part of a long list.
    ///   - limit: at most so many.
    public func list(
        state: FileState? = nil,
        inbox: String? = nil,
        verdict: String? = nil,
        agency: ((String) -> Bool)? = nil,
        year: Int? = nil,
        left: Bool? = false,
        after id: Int64 = 0,
        limit: Int
    ) throws(LedgerError) -> [LedgerEntry] {
        var conditions = ["id > ?"]
        if state != nil { conditions.append("state = ?") }
        if inbox != nil { conditions.append("inbox = ?") }
        if verdict != nil { conditions.append("verdict = ?") }
        if year != nil { conditions.append("year = ?") }
        if agency != nil { conditions.append("agency IS NOT NULL") }
        if let left { conditions.append(left ? "leftAt IS NOT NULL" : "leftAt IS NULL") }
        // With this the small index of those that are not done is used.
        if let state, state != .done { conditions.append("state <> 'done'") }
        return try read { db in
            var query = try Query(
                db,
                "SELECT \(LedgerEntry.columns) FROM file WHERE \(conditions.joined(separator: " AND ")) ORDER BY id"
            )
            query.bind(id)
            if let state { query.bind(state.rawValue) }
            if let inbox { query.bind(inbox) }
            if let verdict { query.bind(verdict) }
            if let year { query.bind(year) }
            var names = NameTest(agency)
            var entries: [LedgerEntry] = []
            while entries.count < limit, try query.step() {
                let entry = try LedgerEntry(query, nil, bases, db)
                if names.passes(entry.agency) { entries.append(entry) }
            }
            return entries
        }
    }

    /// The results of a file, the oldest first.
    public func history(file: Int64) throws(LedgerError) -> [HistoryEntry] {
        try read { db in
            var query = try Query(db, "\(HistoryEntry.selection) WHERE history.file = ? ORDER BY history.id")
            query.bind(file)
            var entries: [HistoryEntry] = []
            while try query.step() { entries.append(try HistoryEntry(query, bases, db)) }
            return entries
        }
    }

    /// The results of reports of a body, the oldest first, also of files that left.
    ///
    /// - Parameters:
    ///   - agency: whether a name is that of the body; asked once for each name.
    ///   - year: only reports on this year.
    ///   - id: only results behind this number, for the next part of a long list.
    ///   - limit: at most so many.
    public func history(
        agency: (String) -> Bool,
        year: Int? = nil,
        after id: Int64 = 0,
        limit: Int
    ) throws(LedgerError) -> [HistoryEntry] {
        try withoutActuallyEscaping(agency) { agency throws(LedgerError) in
            try read { db in
                let ofYear = year == nil ? "" : "AND history.year = ?"
                var query = try Query(
                    db,
                    """
                    \(HistoryEntry.selection) WHERE history.id > ? AND history.agency IS NOT NULL \(ofYear)
                    ORDER BY history.id
                    """
                )
                query.bind(id)
                if let year { query.bind(year) }
                var names = NameTest(agency)
                var entries: [HistoryEntry] = []
                while entries.count < limit, try query.step() {
                    guard names.passes(query.textIfAny(HistoryEntry.agencyColumn)) else { continue }
                    entries.append(try HistoryEntry(query, bases, db))
                }
                return entries
            }
        }
    }

    /// The result that was written last; nil where there is none.
    public func lastResult() throws(LedgerError) -> HistoryEntry? {
        try read { db in
            let query = try Query(db, "\(HistoryEntry.selection) ORDER BY history.id DESC LIMIT 1")
            return try query.step() ? try HistoryEntry(query, bases, db) : nil
        }
    }

    /// Files by their path as somebody typed it: the whole path below an inbox; if there is none, the end of a path, from a
    /// slash on; if there is none, any part of a path. Of several the first seen first.
    public func find(_ text: String, limit: Int = 100) throws(LedgerError) -> [LedgerEntry] {
        let path = Array(text.utf8)
        guard !path.isEmpty else { return [] }
        return try read { db in
            let tests = [
                ("path = ?", path),
                ("length(path) > length(?1) AND substr(path, -length(?1)) = ?1", [0x2F] + path),
                ("instr(path, ?) > 0", path),
            ]
            for (test, bytes) in tests {
                var query = try Query(
                    db,
                    "SELECT \(LedgerEntry.columns) FROM file WHERE \(test) ORDER BY id LIMIT \(limit)"
                )
                query.bind(bytes)
                let found = try entries(query, db)
                if !found.isEmpty { return found }
            }
            return []
        }
    }

    // MARK: - Asked from another process

    /// Has files audited once more, at the next look of the service.
    ///
    /// - Returns: how many of them the ledger knows in an inbox.
    @discardableResult
    public func requestRetry(_ keys: [LedgerKey], now: Int64 = WallClock.milliseconds) throws(LedgerError) -> Int {
        try write { db in
            var query = try Query(db, "\(Self.retry) AND inbox = ? AND path = ?")
            var count = 0
            for key in keys {
                query.reset()
                query.bind(now)
                query.bind(key)
                try query.run()
                count += db.changesCount
            }
            return count
        }
    }

    /// Has all files in a state audited once more.
    ///
    /// - Returns: how many there are.
    @discardableResult
    public func requestRetryAll(state: FileState, now: Int64 = WallClock.milliseconds) throws(LedgerError) -> Int {
        try write { db in
            var query = try Query(db, "\(Self.retry) AND state = ?")
            query.bind(now)
            query.bind(state.rawValue)
            try query.run()
            return db.changesCount
        }
    }

    private static let retry = """
        UPDATE file SET state = 'deferred', since = ?, attempts = 0, nextAttempt = 0,
            reason = '\(LedgerReason.retryRequested.rawValue)', detail = NULL
        WHERE leftAt IS NULL
        """

    /// What the service last said of itself; nil when it never did.
    public func serviceRecord() throws(LedgerError) -> ServiceRecord? {
        try read { db in
            let query = try Query(db, "SELECT record FROM service")
            return try query.step() ? ServiceRecord(json: query.text(0)) : nil
        }
    }

    /// Writes down what the service says of itself.
    static func write(_ service: ServiceRecord, _ db: Database) throws {
        var query = try Query(db, "INSERT OR REPLACE INTO service (id, updatedAt, record) VALUES (1, ?, ?)")
        query.bind(service.updatedAt)
        query.bind(service.json)
        try query.run()
    }

    // MARK: - Forgetting

    /// Files that left before a time, those that left first before the others.
    ///
    /// - Parameters:
    ///   - time: milliseconds since 1970.
    ///   - last: only those behind this one, for the next part of a long list.
    ///   - limit: at most so many.
    public func expired(
        leftBefore time: Int64,
        after last: LedgerEntry? = nil,
        limit: Int
    ) throws(LedgerError) -> [LedgerEntry] {
        try read { db in
            var query = try Query(
                db,
                """
                SELECT \(LedgerEntry.columns) FROM file
                WHERE leftAt IS NOT NULL AND leftAt < ? AND (leftAt, id) > (?, ?) ORDER BY leftAt, id LIMIT ?
                """
            )
            query.bind(time)
            query.bind(last?.leftAt ?? .min)
            query.bind(last?.id ?? 0)
            query.bind(limit)
            return try entries(query, db)
        }
    }

    /// Forgets files that left, with their history and the audits that nobody refers to any more. One that came back
    /// meanwhile is not forgotten.
    public func forget(_ ids: [Int64]) throws(LedgerError) {
        var rest = ids[...]
        while !rest.isEmpty {
            // Small transactions: the writer waits for its turn meanwhile.
            let part = rest.prefix(128)
            try write { db in
                for id in part { try Self.forget(id, db) }
            }
            rest = rest.dropFirst(part.count)
        }
    }

    private static func forget(_ id: Int64, _ db: Database) throws {
        var audits: [Int64] = []
        do {
            var query = try Query(
                db,
                """
                SELECT DISTINCT history.audit FROM history JOIN file ON file.id = history.file
                WHERE file.id = ? AND file.leftAt IS NOT NULL AND history.audit IS NOT NULL
                """
            )
            query.bind(id)
            while try query.step() { audits.append(query.integer(0)) }
        }
        // Its history goes with it (ON DELETE CASCADE).
        var delete = try Query(db, "DELETE FROM file WHERE id = ? AND leftAt IS NOT NULL")
        delete.bind(id)
        try delete.run()
        for audit in audits { try removeUnused(audit, db) }
    }
}

/// Asks about a name once: a body has reports of many years, and folding names takes time.
private struct NameTest {
    private static let capacity = 10_000

    private let test: ((String) -> Bool)?
    private var answers: [String: Bool] = [:]

    init(_ test: ((String) -> Bool)?) { self.test = test }

    mutating func passes(_ name: String?) -> Bool {
        guard let test else { return true }
        guard let name else { return false }
        if let answer = answers[name] { return answer }
        let answer = test(name)
        if answers.count >= Self.capacity { answers = [:] }
        answers[name] = answer
        return answer
    }
}

extension HistoryEntry {
    static let selection = """
        SELECT history.id, history.file, file.inbox, file.path, history.at, history.verdict, history.code, history.sha256,
            history.agency, history.year, history.errors, history.warnings, history.basis, history.audit,
            history.duration, history.isReused
        FROM history JOIN file ON file.id = history.file
        """
    static let agencyColumn: Int32 = 8

    init(_ row: borrowing Query, _ bases: BasisTable, _ db: Database) throws {
        id = row.integer(0)
        file = row.integer(1)
        key = LedgerKey(inbox: row.text(2), path: row.bytes(3))
        at = row.integer(4)
        verdict = row.text(5)
        code = row.textIfAny(6)
        sha256 = row.textIfAny(7)
        agency = row.textIfAny(Self.agencyColumn)
        year = row.integerIfAny(9).map(Int.init)
        errors = Int(row.integer(10))
        warnings = Int(row.integer(11))
        basis = try row.integerIfAny(12).flatMap { try bases.value(of: $0, db) }
        audit = row.integerIfAny(13)
        durationMicroseconds = row.integer(14)
        isReused = row.integer(15) != 0
    }
}
