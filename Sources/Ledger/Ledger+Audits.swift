import Foundation
import GRDB

extension Ledger {
    /// Keeps an audit and gives its number; the same audit is kept once.
    static func keep(_ audit: StoredAudit, _ db: Database) throws -> Int64 {
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO audit (sha256, catalogue, settings, verdict, agency, year, errors, warnings, auditedAt, duration, json)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (sha256, catalogue, settings) DO UPDATE SET sha256 = excluded.sha256
                RETURNING id
                """
        )
        let id = try Int64.fetchOne(
            insert,
            arguments: [
                audit.sha256, audit.catalogue, audit.settings, audit.verdict, audit.agency, audit.year, audit.errors,
                audit.warnings, audit.auditedAt, audit.duration, Compression.deflated(audit.json),
            ]
        )
        guard let id else { throw DatabaseError(resultCode: .SQLITE_INTERNAL, message: "no number for an audit") }
        return id
    }

    /// The audit of a content under a catalogue and settings; nil when there was none.
    public func audit(
        sha256: String,
        catalogue: String,
        settings: String
    ) throws(LedgerError) -> (id: Int64, audit: StoredAudit)? {
        try read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT * FROM audit WHERE sha256 = ? AND catalogue = ? AND settings = ?"
            )
            return try Row.fetchOne(statement, arguments: [sha256, catalogue, settings]).flatMap { row in
                try StoredAudit(row).map { (row["id"], $0) }
            }
        }
    }
}

extension StoredAudit {
    /// Nil when its JSON cannot be unpacked any more: such an audit is made anew.
    init?(_ row: Row) throws {
        guard let json = Compression.inflated(row["json"]) else { return nil }
        self.init(
            sha256: row["sha256"],
            catalogue: row["catalogue"],
            settings: row["settings"],
            verdict: row["verdict"],
            agency: row["agency"],
            year: row["year"],
            errors: row["errors"],
            warnings: row["warnings"],
            auditedAt: row["auditedAt"],
            duration: row["duration"],
            json: json
        )
    }
}
