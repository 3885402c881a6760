import GRDB
import LinuxIO

/// What is written in one transaction.
struct LedgerBatch: Sendable {
    struct Step: Sendable {
        var key: LedgerKey
        var what: LedgerChange.What
        /// When it happened.
        var at: Int64
    }

    var steps: [Step] = []
    var service: ServiceRecord?
    /// Whether it must be on the disk when the transaction has ended. If not, the next one that must takes it along, and
    /// after a power cut the ledger is as it was a moment before.
    var isDurable = true
}

extension Ledger {
    /// Writes changes, all or none, and has them on the disk. `now` in milliseconds since 1970.
    public func record(_ changes: [LedgerChange], now: Int64) throws(LedgerError) {
        try record(LedgerBatch(steps: changes.map { LedgerBatch.Step(key: $0.key, what: $0.what, at: now) }))
    }

    /// Writes all or nothing.
    func record(_ batch: LedgerBatch) throws(LedgerError) {
        do {
            try database.writeWithoutTransaction { db in
                // Can be set between transactions only ("PRAGMA synchronous"). With NORMAL the file is as sound as with FULL.
                try db.execute(sql: batch.isDurable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL")
                try db.inTransaction(.immediate) {
                    for step in batch.steps { try write(step, db) }
                    if let service = batch.service { try Self.write(service, db) }
                    return .commit
                }
                limitLog(db)
            }
        } catch {
            bases.clear()
            throw LedgerError(error, path)
        }
    }

    private func write(_ step: LedgerBatch.Step, _ db: Database) throws {
        switch step.what {
        case .waiting(let state, let identity, let reason):
            try Self.writeWaiting(step.key, state, identity, reason, step.at, db)
        case .shown(let result): try writeShown(step.key, result, step.at, db)
        case .deferred(let deferral): try Self.writeDeferred(step.key, deferral, step.at, db)
        case .unchanged(let identity, let isRacy):
            try Self.writeUnchanged(step.key, identity, isRacy, step.at, db)
        case .left: try Self.writeLeft(step.key, step.at, db)
        case .kept(let audit): _ = try keep(audit, db)
        }
    }

    /// Attempts are counted for a content: what changed begins anew.
    private static func writeWaiting(
        _ key: LedgerKey,
        _ state: FileState,
        _ identity: FileIdentity?,
        _ reason: String?,
        _ at: Int64,
        _ db: Database
    ) throws {
        var query = try Query(
            db,
            """
            INSERT INTO file (inbox, path, device, inode, size, modified, changed, state, since, firstSeen, reason)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10)
            ON CONFLICT (inbox, path) DO UPDATE SET
                attempts = CASE
                    WHEN excluded.device IS NULL OR device IS NULL
                        OR (device, inode, size, modified, changed)
                            = (excluded.device, excluded.inode, excluded.size, excluded.modified, excluded.changed)
                    THEN attempts ELSE 0 END,
                device = coalesce(excluded.device, device), inode = coalesce(excluded.inode, inode),
                size = coalesce(excluded.size, size), modified = coalesce(excluded.modified, modified),
                changed = coalesce(excluded.changed, changed),
                since = CASE WHEN state = excluded.state AND leftAt IS NULL THEN since ELSE excluded.since END,
                state = excluded.state, nextAttempt = NULL, reason = excluded.reason, detail = NULL, leftAt = NULL
            """
        )
        query.bind(key)
        query.bind(identity)
        query.bind(state.rawValue)
        query.bind(at)
        query.bind(reason)
        try query.run()
    }

    private static func writeDeferred(_ key: LedgerKey, _ deferral: Deferral, _ at: Int64, _ db: Database) throws {
        var query = try Query(
            db,
            """
            INSERT INTO file (inbox, path, device, inode, size, modified, changed, state, since, firstSeen,
                attempts, nextAttempt, reason, detail)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'deferred', ?8, ?8, ?9, ?10, ?11, ?12)
            ON CONFLICT (inbox, path) DO UPDATE SET
                device = coalesce(excluded.device, device), inode = coalesce(excluded.inode, inode),
                size = coalesce(excluded.size, size), modified = coalesce(excluded.modified, modified),
                changed = coalesce(excluded.changed, changed),
                since = CASE WHEN state = 'deferred' AND leftAt IS NULL THEN since ELSE excluded.since END,
                state = 'deferred', attempts = excluded.attempts, nextAttempt = excluded.nextAttempt,
                reason = excluded.reason, detail = excluded.detail, leftAt = NULL
            """
        )
        query.bind(key)
        query.bind(deferral.identity)
        query.bind(at)
        query.bind(deferral.attempts)
        query.bind(deferral.nextAttempt)
        query.bind(deferral.reason)
        query.bind(deferral.detail)
        try query.run()
    }

    private func writeShown(_ key: LedgerKey, _ result: ShownResult, _ at: Int64, _ db: Database) throws {
        let audit: Int64? =
            switch result.audit {
            case nil: nil
            case .known(let id): try Self.isKept(id, of: result.sha256, db) ? id : nil
            case .new(let stored): try keep(stored, db)
            }
        let basis = try bases.number(of: result.basis, db)
        // A deferred file without a time would never be looked at again.
        let next = result.state == .deferred ? result.nextAttempt ?? at : nil
        var query = try Query(db, Self.showing)
        query.bind(key)
        query.bind(result.identity)
        query.bind(result.isRacy)
        query.bind(result.state.rawValue)
        query.bind(at)
        query.bind(result.attempts)
        query.bind(next)
        query.bind(result.reason)
        query.bind(result.detail)
        query.bind(said: result, basis, audit)
        query.bind(result.noticedAt)
        query.bind(result.finishedAt)
        query.bind(result.durationMicroseconds)
        guard try query.step() else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no number for a file that was written")
        }
        let file = query.integer(0)
        // RETURNING: the row is written when the statement has ended.
        _ = try query.step()

        var history = try Query(
            db,
            """
            INSERT INTO history (file, at, duration, sha256, verdict, code, basis, audit, agency, year, errors, warnings,
                isReused)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        history.bind(file)
        history.bind(result.finishedAt)
        history.bind(result.durationMicroseconds)
        history.bind(said: result, basis, audit)
        try history.run()
    }

    private static let showing = """
        INSERT INTO file (inbox, path, device, inode, size, modified, changed, isRacy, state, since, firstSeen,
            attempts, nextAttempt, reason, detail, shownState, shownReason, shownDetail,
            sha256, verdict, code, basis, audit, agency, year, errors, warnings, isReused,
            noticedAt, finishedAt, duration)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11, ?12, ?13, ?14, ?9, ?13, ?14,
            ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)
        ON CONFLICT (inbox, path) DO UPDATE SET
            device = excluded.device, inode = excluded.inode, size = excluded.size,
            modified = excluded.modified, changed = excluded.changed, isRacy = excluded.isRacy,
            since = CASE WHEN state = excluded.state AND leftAt IS NULL THEN since ELSE excluded.since END,
            state = excluded.state, attempts = excluded.attempts, nextAttempt = excluded.nextAttempt,
            reason = excluded.reason, detail = excluded.detail,
            shownState = excluded.state, shownReason = excluded.reason, shownDetail = excluded.detail,
            sha256 = excluded.sha256, verdict = excluded.verdict, code = excluded.code,
            basis = excluded.basis, audit = excluded.audit, agency = excluded.agency, year = excluded.year,
            errors = excluded.errors, warnings = excluded.warnings, isReused = excluded.isReused,
            noticedAt = excluded.noticedAt, finishedAt = excluded.finishedAt, duration = excluded.duration,
            leftAt = NULL
        RETURNING id
        """

    private static func writeUnchanged(
        _ key: LedgerKey,
        _ identity: FileIdentity,
        _ isRacy: Bool,
        _ at: Int64,
        _ db: Database
    ) throws {
        var query = try Query(
            db,
            """
            UPDATE file SET
                device = ?3, inode = ?4, size = ?5, modified = ?6, changed = ?7, isRacy = ?8,
                since = CASE WHEN state = shownState AND leftAt IS NULL THEN since ELSE ?9 END,
                state = shownState, attempts = 0, nextAttempt = CASE WHEN shownState = 'deferred' THEN ?9 END,
                reason = shownReason, detail = shownDetail, leftAt = NULL
            WHERE inbox = ?1 AND path = ?2 AND verdict IS NOT NULL
            """
        )
        query.bind(key)
        query.bind(identity)
        query.bind(isRacy)
        query.bind(at)
        try query.run()
    }

    /// What it was when it left is what its result says. The identity of a content that has no result must not stand beside
    /// that, as if it had: the file may come back.
    private static func writeLeft(_ key: LedgerKey, _ at: Int64, _ db: Database) throws {
        var delete = try Query(db, "DELETE FROM file WHERE inbox = ? AND path = ? AND verdict IS NULL")
        delete.bind(key)
        try delete.run()
        var query = try Query(
            db,
            """
            UPDATE file SET
                device = CASE WHEN state = shownState THEN device END,
                inode = CASE WHEN state = shownState THEN inode END,
                size = CASE WHEN state = shownState THEN size END,
                modified = CASE WHEN state = shownState THEN modified END,
                changed = CASE WHEN state = shownState THEN changed END,
                since = CASE WHEN state = shownState THEN since ELSE ?3 END,
                state = shownState, nextAttempt = NULL, reason = shownReason, detail = shownDetail, leftAt = ?3
            WHERE inbox = ?1 AND path = ?2 AND leftAt IS NULL
            """
        )
        query.bind(key)
        query.bind(at)
        try query.run()
    }
}

extension Query {
    mutating func bind(_ key: LedgerKey) {
        bind(key.inbox)
        bind(key.path)
    }

    /// What a result says, in the order that rows of files and of their history share: sha256, verdict, code, basis, audit,
    /// agency, year, errors, warnings, isReused.
    mutating func bind(said result: ShownResult, _ basis: Int64, _ audit: Int64?) {
        bind(result.sha256)
        bind(result.verdict)
        bind(result.code)
        bind(basis)
        bind(audit)
        bind(result.agency)
        bind(result.year)
        bind(result.errors)
        bind(result.warnings)
        bind(result.isReused)
    }

    mutating func bind(_ identity: FileIdentity?) {
        bind(identity.map { Int64(bitPattern: $0.device) })
        bind(identity.map { Int64(bitPattern: $0.inode) })
        bind(identity?.size)
        bind(identity?.modified)
        bind(identity?.changed)
    }
}
