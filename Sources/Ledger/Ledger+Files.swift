import Foundation
import GRDB
import LinuxIO

/// A change of one file's row.
public struct LedgerChange: Sendable {
    /// Which file.
    public var key: LedgerKey
    /// What becomes of it.
    public var state: FileState
    /// The state of the file on disk; nil leaves what is known.
    public var identity: FileIdentity?
    /// See ``LedgerEntry``.
    public var attempts = 0
    /// See ``LedgerEntry``.
    public var nextAttempt: Int64?
    /// See ``LedgerEntry``.
    public var reason: String?
    /// See ``LedgerEntry``.
    public var detail: String?
    /// The audit that its result now shows; nil leaves the one that is known.
    public var audit: AuditReference?

    /// An audit by its content: a new one, or one that the ledger has.
    public enum AuditReference: Sendable {
        /// To be kept, unless the same was kept meanwhile.
        case new(StoredAudit)
        /// By its number.
        case known(Int64)
    }

    /// A file comes into a state.
    public init(_ key: LedgerKey, _ state: FileState, identity: FileIdentity? = nil) {
        self.key = key
        self.state = state
        self.identity = identity
    }
}

extension Ledger {
    /// Writes changes, all or none; `now` in milliseconds since 1970.
    public func record(_ changes: [LedgerChange], now: Int64) throws(LedgerError) {
        guard !changes.isEmpty else { return }
        try write { db in
            for change in changes { try Self.record(change, now, db) }
        }
    }

    private static func record(_ change: LedgerChange, _ now: Int64, _ db: Database) throws {
        let audit: Int64? =
            switch change.audit {
            case nil: nil
            case .known(let id): id
            case .new(let stored): try keep(stored, db)
            }
        let identity = change.identity
        let upsert = try db.cachedStatement(
            sql: """
                INSERT INTO file (inbox, path, device, inode, size, modified, changed, state, since, attempts, nextAttempt,
                    reason, detail, audit, firstSeen)
                VALUES (:inbox, :path, :device, :inode, :size, :modified, :changed, :state, :now, :attempts, :next,
                    :reason, :detail, :audit, :now)
                ON CONFLICT (inbox, path) DO UPDATE SET
                    device = coalesce(excluded.device, device), inode = coalesce(excluded.inode, inode),
                    size = coalesce(excluded.size, size), modified = coalesce(excluded.modified, modified),
                    changed = coalesce(excluded.changed, changed),
                    since = CASE WHEN state = excluded.state THEN since ELSE excluded.since END,
                    state = excluded.state, attempts = excluded.attempts, nextAttempt = excluded.nextAttempt,
                    reason = excluded.reason, detail = excluded.detail,
                    audit = coalesce(excluded.audit, audit), leftAt = NULL
                RETURNING id
                """
        )
        let file = try Int64.fetchOne(
            upsert,
            arguments: [
                "inbox": change.key.inbox, "path": Data(change.key.path),
                "device": identity.map { Int64(bitPattern: $0.device) },
                "inode": identity.map { Int64(bitPattern: $0.inode) },
                "size": identity?.size, "modified": identity?.modified, "changed": identity?.changed,
                "state": change.state.rawValue, "now": now, "attempts": change.attempts, "next": change.nextAttempt,
                "reason": change.reason, "detail": change.detail, "audit": audit,
            ]
        )
        if let audit, let file {
            try db.cachedStatement(sql: "INSERT INTO history (file, audit, at) VALUES (?, ?, ?)")
                .execute(arguments: [file, audit, now])
        }
    }

    /// The row of a file.
    public func entry(_ key: LedgerKey) throws(LedgerError) -> LedgerEntry? {
        try read { db in
            let statement = try db.cachedStatement(sql: "SELECT * FROM file WHERE inbox = ? AND path = ?")
            return try Row.fetchOne(statement, arguments: [key.inbox, Data(key.path)]).map(LedgerEntry.init)
        }
    }

    /// The rows of files directly in a folder, by the bytes of their name.
    ///
    /// - Parameter folder: the path below the inbox; empty for the inbox itself.
    public func entries(in folder: [UInt8], inbox: String) throws(LedgerError) -> [[UInt8]: LedgerEntry] {
        // Everything between "folder/" and "folder0" begins with the folder; what has a further slash lies deeper.
        let prefix = folder.isEmpty ? [] : folder + [0x2F]
        return try read { db in
            var found: [[UInt8]: LedgerEntry] = [:]
            let statement = try db.cachedStatement(
                sql: """
                    SELECT * FROM file
                    WHERE inbox = :inbox AND path > :prefix AND (:end IS NULL OR path < :end)
                    AND instr(substr(path, length(:prefix) + 1), X'2F') = 0
                    """
            )
            let end = prefix.isEmpty ? nil : Data(prefix.dropLast() + [0x30])
            let rows = try Row.fetchCursor(
                statement,
                arguments: ["inbox": inbox, "prefix": Data(prefix), "end": end]
            )
            while let row = try rows.next() {
                let entry = LedgerEntry(row)
                found[Array(entry.key.path.dropFirst(prefix.count))] = entry
            }
            return found
        }
    }

    /// Files that wait, the longest waiting first.
    ///
    /// - Parameters:
    ///   - state: in which state.
    ///   - id: only rows behind this number, for the next part of a long list.
    ///   - limit: at most so many.
    public func waiting(_ state: FileState, after id: Int64 = 0, limit: Int) throws(LedgerError) -> [LedgerEntry] {
        try read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT * FROM file WHERE state = ? AND state <> 'done' AND id > ? ORDER BY id LIMIT ?"
            )
            return try Row.fetchAll(statement, arguments: [state.rawValue, id, limit]).map(LedgerEntry.init)
        }
    }

    /// How many files are in each state; those that left are not counted.
    public func counts() throws(LedgerError) -> [FileState: Int] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT state, count(*) AS number FROM file WHERE leftAt IS NULL GROUP BY state"
            )
            var counts: [FileState: Int] = [:]
            for row in rows { if let state = FileState(rawValue: row["state"]) { counts[state] = row["number"] } }
            return counts
        }
    }
}

extension LedgerEntry {
    init(_ row: Row) {
        let device: Int64? = row["device"]
        self.init(
            id: row["id"],
            key: LedgerKey(inbox: row["inbox"], path: Array(row["path"] as Data)),
            identity: device.map { device in
                FileIdentity(
                    device: UInt64(bitPattern: device),
                    inode: UInt64(bitPattern: row["inode"]),
                    size: row["size"],
                    modified: row["modified"],
                    changed: row["changed"]
                )
            },
            // The table has no other words than these (CHECK).
            state: FileState(rawValue: row["state"]) ?? .queued,
            since: row["since"],
            attempts: row["attempts"],
            nextAttempt: row["nextAttempt"],
            reason: row["reason"],
            detail: row["detail"],
            audit: row["audit"],
            firstSeen: row["firstSeen"],
            leftAt: row["leftAt"]
        )
    }
}
