import GRDB

extension Ledger {
    /// Keeps an audit and gives its number; the same audit is kept once.
    func keep(_ audit: StoredAudit, _ db: Database) throws -> Int64 {
        let basis = try bases.number(of: Self.basis(audit.catalogue, audit.settings), db)
        if let number = try Self.number(audit.sha256, basis, db) { return number }
        var insert = try Query(db, "INSERT INTO audit (sha256, basis, auditedAt, kept) VALUES (?, ?, ?, ?)")
        insert.bind(audit.sha256)
        insert.bind(basis)
        insert.bind(audit.auditedAt)
        insert.bind(KeptBytes.stored(audit.kept))
        try insert.run()
        return db.lastInsertedRowID
    }

    /// Whether an audit of a content is still kept. A ledger that was built anew has given the number to another content.
    static func isKept(_ id: Int64, of sha256: String?, _ db: Database) throws -> Bool {
        var query = try Query(db, "SELECT 1 FROM audit WHERE id = ? AND sha256 = ?")
        query.bind(id)
        query.bind(sha256)
        return try query.step()
    }

    /// The audit of a content under a catalogue and settings; nil when there was none, or none that can be read any more.
    public func audit(
        sha256: String,
        catalogue: String,
        settings: String
    ) throws(LedgerError) -> (id: Int64, audit: StoredAudit)? {
        try glance { db in
            guard let basis = try bases.known(Self.basis(catalogue, settings), db) else { return nil }
            var query = try Query(db, "SELECT id, auditedAt, kept FROM audit WHERE sha256 = ? AND basis = ?")
            query.bind(sha256)
            query.bind(basis)
            guard try query.step(), let kept = KeptBytes.restored(query.bytes(2)) else { return nil }
            let audit = StoredAudit(
                sha256: sha256,
                catalogue: catalogue,
                settings: settings,
                kept: kept,
                auditedAt: query.integer(1)
            )
            return (query.integer(0), audit)
        }
    }

    /// A kept audit by its number, such as the history has it; nil when it is not kept any more.
    public func audit(_ id: Int64) throws(LedgerError) -> StoredAudit? {
        try glance { db in
            var query = try Query(db, "SELECT sha256, basis, auditedAt, kept FROM audit WHERE id = ?")
            query.bind(id)
            guard try query.step(), let basis = try bases.value(of: query.integer(1), db),
                let kept = KeptBytes.restored(query.bytes(3))
            else { return nil }
            return StoredAudit(
                sha256: query.text(0),
                catalogue: basis.catalogue,
                settings: basis.settings,
                kept: kept,
                auditedAt: query.integer(2)
            )
        }
    }

    /// Tidies some kept audits: packs those that lie there as they are, and removes those that no result ever showed (of files
    /// that went on changing).
    ///
    /// - Parameters:
    ///   - id: those behind this number.
    ///   - limit: looks at so many at most.
    ///   - keptBefore: only those that were made before, milliseconds since 1970: a younger one may be shown soon.
    /// - Returns: the number of the last one; nil when there are no more.
    func tidy(after id: Int64, limit: Int, keptBefore: Int64) throws(LedgerError) -> Int64? {
        let (ids, plain, unused) = try read { db in
            // They are numbered as they come: with the first young one it is over. To look for old ones behind it would read all of
            // the ledger for nothing, a gigabyte for a hundred thousand reports.
            var query = try Query(
                db,
                """
                SELECT id, auditedAt, NOT EXISTS (SELECT 1 FROM history WHERE history.audit = audit.id),
                    CASE WHEN auditedAt < ?2 THEN substr(kept, 1, 1) = X'00' END
                FROM audit WHERE id > ?1 ORDER BY id LIMIT ?3
                """
            )
            query.bind(id)
            query.bind(keptBefore)
            query.bind(limit)
            var (ids, plain, unused): ([Int64], [Int64], [Int64]) = ([], [], [])
            while try query.step(), query.integer(1) < keptBefore {
                let id = query.integer(0)
                ids.append(id)
                if query.integer(2) != 0 { unused.append(id) } else if query.integer(3) != 0 { plain.append(id) }
            }
            return (ids, plain, unused)
        }
        if !plain.isEmpty || !unused.isEmpty {
            try write { db in
                for id in unused { try Self.removeUnused(id, db) }
                for id in plain { try Self.pack(id, db) }
            }
        }
        return ids.count < limit ? nil : ids.last
    }

    /// Removes an audit that nobody refers to (any more).
    static func removeUnused(_ id: Int64, _ db: Database) throws {
        var query = try Query(
            db,
            "DELETE FROM audit WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM history WHERE audit = ?1)"
        )
        query.bind(id)
        try query.run()
    }

    private static func pack(_ id: Int64, _ db: Database) throws {
        var query = try Query(db, "SELECT kept FROM audit WHERE id = ?")
        query.bind(id)
        guard try query.step(), let packed = KeptBytes.packed(query.bytes(0)) else { return }
        query.reset()
        var update = try Query(db, "UPDATE audit SET kept = ? WHERE id = ?")
        update.bind(packed)
        update.bind(id)
        try update.run()
    }

    private static func number(_ sha256: String, _ basis: Int64, _ db: Database) throws -> Int64? {
        var query = try Query(db, "SELECT id FROM audit WHERE sha256 = ? AND basis = ?")
        query.bind(sha256)
        query.bind(basis)
        return try query.step() ? query.integer(0) : nil
    }

    /// An audit is made before waivers.
    private static func basis(_ catalogue: String, _ settings: String) -> AuditBasis {
        AuditBasis(catalogue: catalogue, settings: settings, waivers: "")
    }
}
