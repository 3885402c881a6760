import GRDB

/// The tables. A migration that was released is never changed; what is new is a further one.
enum LedgerSchema {
    /// `PRAGMA application_id` (SQLite, "Pragma statements"): the letters NBLG. Another database is never written to.
    static let applicationID: Int64 = 0x4E42_4C47

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 files, audits and their history") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: tables)
        }
        migrator.registerMigration("2 deferred files by inbox") { db in
            // What is due is asked each second, of the inboxes that are there.
            try db.execute(
                sql: """
                    CREATE INDEX fileDeferred ON file (inbox, nextAttempt) WHERE state = 'deferred' AND leftAt IS NULL
                    """
            )
        }
        migrator.registerMigration("3 names of a file") { db in
            // The kernel tells of a change under one name only; of the others only the inode is known.
            try db.execute(
                sql: "CREATE INDEX fileOfInode ON file (inode) WHERE inode IS NOT NULL AND leftAt IS NULL"
            )
        }
        return migrator
    }

    /// Times are milliseconds since 1970, `modified` and `changed` nanoseconds, durations microseconds. Device and inode are
    /// unsigned in the kernel: what is above the middle is negative here.
    ///
    /// AUTOINCREMENT: numbers are not given twice, since a change may name one that was forgotten meanwhile. STRICT tables
    /// (SQLite 3.37): no column holds a value of another type.
    private static let tables = """
        CREATE TABLE ledger (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            createdAt INTEGER NOT NULL,
            openedAt INTEGER
        ) STRICT;
        INSERT INTO ledger (id, createdAt) VALUES (1, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER));

        -- What the service last said of itself, as JSON.
        CREATE TABLE service (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            updatedAt INTEGER NOT NULL,
            record TEXT NOT NULL
        ) STRICT;

        -- Under what results were made. A kept audit, which is made before waivers, has a basis without them ('').
        CREATE TABLE basis (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            catalogue TEXT NOT NULL,
            settings TEXT NOT NULL,
            waivers TEXT NOT NULL,
            UNIQUE (catalogue, settings, waivers)
        ) STRICT;

        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            sha256 TEXT NOT NULL,
            basis INTEGER NOT NULL REFERENCES basis (id),
            auditedAt INTEGER NOT NULL,
            kept BLOB NOT NULL,
            UNIQUE (sha256, basis)
        ) STRICT;

        CREATE TABLE file (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            inbox TEXT NOT NULL,
            path BLOB NOT NULL,
            device INTEGER,
            inode INTEGER,
            size INTEGER,
            modified INTEGER,
            changed INTEGER,
            isRacy INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL CHECK (state IN ('settling', 'queued', 'working', 'done', 'deferred', 'quarantined')),
            since INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            nextAttempt INTEGER,
            reason TEXT,
            detail TEXT,
            -- What lies in the folder of results; all NULL when nothing does.
            shownState TEXT,
            shownReason TEXT,
            shownDetail TEXT,
            sha256 TEXT,
            verdict TEXT,
            code TEXT,
            basis INTEGER REFERENCES basis (id),
            -- One that `history` also has for the file: that table guards it.
            audit INTEGER,
            agency TEXT,
            year INTEGER,
            errors INTEGER NOT NULL DEFAULT 0,
            warnings INTEGER NOT NULL DEFAULT 0,
            isReused INTEGER NOT NULL DEFAULT 0,
            noticedAt INTEGER,
            finishedAt INTEGER,
            duration INTEGER,
            firstSeen INTEGER NOT NULL,
            leftAt INTEGER,
            UNIQUE (inbox, path),
            CHECK ((verdict IS NULL) = (shownState IS NULL))
        ) STRICT;
        CREATE INDEX fileNotDone ON file (state, nextAttempt) WHERE state <> 'done' AND leftAt IS NULL;
        CREATE INDEX fileThatLeft ON file (leftAt) WHERE leftAt IS NOT NULL;

        CREATE TABLE history (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            file INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE,
            at INTEGER NOT NULL,
            verdict TEXT NOT NULL,
            code TEXT,
            sha256 TEXT,
            agency TEXT,
            year INTEGER,
            errors INTEGER NOT NULL,
            warnings INTEGER NOT NULL,
            basis INTEGER REFERENCES basis (id),
            audit INTEGER REFERENCES audit (id),
            duration INTEGER NOT NULL,
            isReused INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX historyOfFile ON history (file);
        CREATE INDEX historyOfAudit ON history (audit) WHERE audit IS NOT NULL;
        """
}
