import GRDB

/// The tables. A migration that was released is never changed; what is new is a further one.
enum LedgerSchema {
    /// `PRAGMA application_id` (SQLite, "Pragma statements"): the letters NBLG. Another database is never touched.
    static let applicationID = 0x4E42_4C47

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 files and audits") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(
                sql: """
                    CREATE TABLE audit (
                        id INTEGER PRIMARY KEY,
                        sha256 TEXT NOT NULL,
                        catalogue TEXT NOT NULL,
                        settings TEXT NOT NULL,
                        verdict TEXT NOT NULL,
                        agency TEXT,
                        year INTEGER,
                        errors INTEGER NOT NULL,
                        warnings INTEGER NOT NULL,
                        auditedAt INTEGER NOT NULL,
                        duration INTEGER NOT NULL,
                        json BLOB NOT NULL,
                        UNIQUE (sha256, catalogue, settings)
                    );
                    CREATE INDEX auditOfBody ON audit (agency, year);
                    CREATE TABLE file (
                        id INTEGER PRIMARY KEY,
                        inbox TEXT NOT NULL,
                        path BLOB NOT NULL,
                        device INTEGER, inode INTEGER, size INTEGER, modified INTEGER, changed INTEGER,
                        state TEXT NOT NULL CHECK (
                            state IN ('settling', 'queued', 'working', 'done', 'deferred', 'quarantined')
                        ),
                        since INTEGER NOT NULL,
                        attempts INTEGER NOT NULL DEFAULT 0,
                        nextAttempt INTEGER,
                        reason TEXT,
                        detail TEXT,
                        audit INTEGER REFERENCES audit (id),
                        firstSeen INTEGER NOT NULL,
                        leftAt INTEGER,
                        UNIQUE (inbox, path)
                    );
                    CREATE INDEX fileByState ON file (state, nextAttempt, id) WHERE state <> 'done';
                    CREATE INDEX fileThatLeft ON file (leftAt) WHERE leftAt IS NOT NULL;
                    CREATE INDEX fileOfAudit ON file (audit);
                    CREATE TABLE history (
                        id INTEGER PRIMARY KEY,
                        file INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
                        audit INTEGER NOT NULL REFERENCES audit (id),
                        at INTEGER NOT NULL
                    );
                    CREATE INDEX historyOfFile ON history (file, at);
                    CREATE INDEX historyOfAudit ON history (audit);
                    """
            )
        }
        return migrator
    }
}
