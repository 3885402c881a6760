import GRDB
import LinuxIO

extension Ledger {
    /// The row of a file.
    public func entry(_ key: LedgerKey) throws(LedgerError) -> LedgerEntry? {
        try glance { db in
            var query = try Query(db, Self.byKey)
            query.bind(key)
            return try query.step() ? try LedgerEntry(query, key, bases, db) : nil
        }
    }

    /// The rows of files, in the order of `keys`; nil for those that have none. In one read transaction: a walk asks for some
    /// hundred at once.
    public func entries(_ keys: [LedgerKey]) throws(LedgerError) -> [LedgerEntry?] {
        try read { db in
            var query = try Query(db, Self.byKey)
            var entries: [LedgerEntry?] = []
            entries.reserveCapacity(keys.count)
            for key in keys {
                query.reset()
                query.bind(key)
                entries.append(try query.step() ? try LedgerEntry(query, key, bases, db) : nil)
            }
            return entries
        }
    }

    private static let byKey = "SELECT \(LedgerEntry.columns) FROM file WHERE inbox = ? AND path = ?"

    /// Files that are one and the same on the disk, under several names (link(2)), at most `limit`. In whatever state it was
    /// when the row was written: only device and inode of `identity` are compared.
    public func names(of identity: FileIdentity, limit: Int) throws(LedgerError) -> [LedgerEntry] {
        try glance { db in
            var query = try Query(
                db,
                """
                SELECT \(LedgerEntry.columns) FROM file INDEXED BY fileOfInode
                WHERE inode = ? AND device = ? AND leftAt IS NULL LIMIT ?
                """
            )
            query.bind(Int64(bitPattern: identity.inode))
            query.bind(Int64(bitPattern: identity.device))
            query.bind(limit)
            return try entries(query, db)
        }
    }

    /// Deferred files of some inboxes whose time has come, the oldest first. A time further ahead than ``longestDelay`` has
    /// come, too: the clock was set back.
    ///
    /// - Parameters:
    ///   - now: milliseconds since 1970.
    ///   - inboxes: their names. Rows of an inbox that is not there wait until it is, and must not stand before the others.
    ///   - limit: at most so many.
    public func due(now: Int64, inboxes: [String], limit: Int) throws(LedgerError) -> [LedgerEntry] {
        try read { db in
            // An inbox at a time: so many rows are read as are wanted, whatever waits elsewhere. The index is named, because
            // without statistics SQLite takes another one, in which all inboxes lie mixed.
            let deferred = """
                SELECT \(LedgerEntry.columns) FROM file INDEXED BY fileDeferred
                WHERE state = 'deferred' AND leftAt IS NULL AND inbox = ?
                """
            var past = try Query(db, "\(deferred) AND nextAttempt <= ? ORDER BY nextAttempt LIMIT ?")
            var future = try Query(db, "\(deferred) AND nextAttempt > ? ORDER BY nextAttempt LIMIT ?")
            var due: [LedgerEntry] = []
            for inbox in inboxes {
                past.reset()
                past.bind(inbox)
                past.bind(now)
                past.bind(limit)
                while try past.step() { due.append(try LedgerEntry(past, nil, bases, db)) }
                future.reset()
                future.bind(inbox)
                future.bind(now + Self.longestDelay)
                future.bind(limit)
                while try future.step() { due.append(try LedgerEntry(future, nil, bases, db)) }
            }
            due.sort { ($0.nextAttempt ?? 0, $0.id) < ($1.nextAttempt ?? 0, $1.id) }
            return Array(due.prefix(limit))
        }
    }

    /// The longest time between two attempts, in milliseconds: one hour.
    public static var longestDelay: Int64 { 3_600_000 }

    /// How many files are in each state; those that left are not counted.
    public func counts() throws(LedgerError) -> [FileState: Int] {
        try read { db in
            var counts: [FileState: Int] = [:]
            let others = try Query(
                db,
                "SELECT state, count(*) FROM file WHERE state <> 'done' AND leftAt IS NULL GROUP BY state"
            )
            while try others.step() {
                if let state = FileState(rawValue: others.text(0)) { counts[state] = Int(others.integer(1)) }
            }
            // Those that are done are in no index, which they would make large: they are the rest.
            let numbers = try Query(
                db,
                "SELECT (SELECT count(*) FROM file) - (SELECT count(*) FROM file WHERE leftAt IS NOT NULL)"
            )
            let done = try numbers.step() ? Int(numbers.integer(0)) - counts.values.reduce(0, +) : 0
            if done > 0 { counts[.done] = done }
            return counts
        }
    }

    /// The files below a folder that a walk did not see.
    ///
    /// A row that came after the walk had passed its place is among them, too: look at the file before it is told to have
    /// left. No transaction is open while `each` runs, and only some hundred rows are in memory.
    ///
    /// - Parameters:
    ///   - folder: its path below the inbox; empty for the inbox itself.
    ///   - seen: whether the walk saw the row of that number.
    public func missing(
        inbox: String,
        below folder: [UInt8],
        seen: (Int64) -> Bool,
        each: (LedgerEntry) -> Void
    ) throws(LedgerError) {
        // What begins with "folder/" lies between that and "folder0", as bytes compare.
        let slash: UInt8 = 0x2F
        var last = folder.isEmpty ? [] : folder + [slash]
        let end = folder.isEmpty ? nil : folder + [slash + 1]
        let upper = end == nil ? "" : "AND path < ?"
        while true {
            let page = try read { db in
                var query = try Query(
                    db,
                    """
                    SELECT \(LedgerEntry.columns) FROM file WHERE inbox = ? AND path > ? \(upper)
                    ORDER BY path LIMIT \(Self.page)
                    """
                )
                query.bind(inbox)
                query.bind(last)
                if let end { query.bind(end) }
                return try entries(query, db)
            }
            for entry in page where entry.leftAt == nil && !seen(entry.id) { each(entry) }
            guard page.count == Self.page, let next = page.last?.key.path else { return }
            last = next
        }
    }

    private static var page: Int { 512 }

    func entries(_ query: consuming Query, _ db: Database) throws -> [LedgerEntry] {
        var entries: [LedgerEntry] = []
        while try query.step() { entries.append(try LedgerEntry(query, nil, bases, db)) }
        return entries
    }
}

extension LedgerEntry {
    static let columns = """
        id, inbox, path, device, inode, size, modified, changed, isRacy, state, since, attempts, nextAttempt, reason, detail, \
        sha256, verdict, code, basis, audit, agency, year, errors, warnings, isReused, noticedAt, finishedAt, duration, \
        firstSeen, leftAt
        """

    /// Reads ``columns``; the key is not read again where it is known.
    init(_ row: borrowing Query, _ key: LedgerKey?, _ bases: BasisTable, _ db: Database) throws {
        id = row.integer(0)
        self.key = key ?? LedgerKey(inbox: row.text(1), path: row.bytes(2))
        identity =
            row.isNull(3)
            ? nil
            : FileIdentity(
                device: UInt64(bitPattern: row.integer(3)),
                inode: UInt64(bitPattern: row.integer(4)),
                size: row.integer(5),
                modified: row.integer(6),
                changed: row.integer(7)
            )
        isRacy = row.integer(8) != 0
        // The table has no other words (CHECK); in a damaged one the file is looked at again.
        state = FileState(rawValue: row.text(9)) ?? .queued
        since = row.integer(10)
        attempts = Int(row.integer(11))
        nextAttempt = row.integerIfAny(12)
        reason = row.textIfAny(13)
        detail = row.textIfAny(14)
        sha256 = row.textIfAny(15)
        verdict = row.textIfAny(16)
        code = row.textIfAny(17)
        basis = try row.integerIfAny(18).flatMap { try bases.value(of: $0, db) }
        audit = row.integerIfAny(19)
        agency = row.textIfAny(20)
        year = row.integerIfAny(21).map(Int.init)
        errors = Int(row.integer(22))
        warnings = Int(row.integer(23))
        isReused = row.integer(24) != 0
        noticedAt = row.integerIfAny(25)
        finishedAt = row.integerIfAny(26)
        durationMicroseconds = row.integerIfAny(27)
        firstSeen = row.integer(28)
        leftAt = row.integerIfAny(29)
    }
}
