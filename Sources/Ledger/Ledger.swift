// The record of every file that came into an inbox. SQLite, because it survives a crash at any instruction, needs no set-up,
// and an administrator can look into it with tools of the system.

import GRDB
import LinuxIO
import SystemPackage

/// The ledger: which files there are, what becomes of each, and every audit that was made.
public final class Ledger: Sendable {
    /// The file of the database; `-wal` and `-shm` lie beside it.
    public let path: FilePath
    let database: DatabasePool
    /// One more connection, for ``glance(_:)``; nil in a ledger that was opened for looking only. The pool takes longer to hand a
    /// connection out than the statement takes (35 µs a file, of 800 beside the audit), and two threads that glance wait little
    /// for one another.
    private let glances: DatabaseQueue?
    let bases = BasisTable()
    /// How large the log may grow, in bytes, before the writer waits for the readers to let it begin anew.
    private let patience = Monitor(Ledger.largeLog)
    private static let largeLog: Int64 = 10 << 20

    /// Opens the ledger, makes it if there is none, and brings an older one up to date.
    ///
    /// - Throws: ``LedgerError``: `corrupt` for a file that is no ledger, `newer` for one of a later version of the product.
    public init(at path: FilePath) throws(LedgerError) {
        self.path = path
        do {
            database = try DatabasePool(path: path.string, configuration: Self.configuration)
            try Self.check(database, path)
            try LedgerSchema.migrator.migrate(database)
            var configuration = Self.configuration
            configuration.readonly = true
            glances = try DatabaseQueue(path: path.string, configuration: configuration)
        } catch let error as LedgerError {
            throw error
        } catch {
            throw LedgerError(error, path)
        }
    }

    /// Opens the ledger for looking only, while a service may be writing it.
    public init(reading path: FilePath) throws(LedgerError) {
        self.path = path
        glances = nil
        do {
            database = try Self.openForReading(path.string, path)
        } catch let error {
            // To read a database with a log takes a file beside it, which not everybody may make. While nobody has the ledger
            // open there is no log, and it can be read as it lies there ("URI Filenames", immutable).
            let log = FilePath(path.string + "-wal")
            guard error.cause == .unavailable, (try? FileStatus(of: path)) != nil, (try? FileStatus(of: log)) == nil,
                let database = try? Self.openForReading(Self.asItLies(path), path)
            else { throw error }
            self.database = database
        }
    }

    deinit {
        // The last to close puts the log into the database and away, and one that only reads cannot.
        try? glances?.close()
    }

    private static func openForReading(_ name: String, _ path: FilePath) throws(LedgerError) -> DatabasePool {
        do {
            var configuration = configuration
            configuration.readonly = true
            let database = try DatabasePool(path: name, configuration: configuration)
            try check(database, path)
            guard try database.read(LedgerSchema.migrator.hasCompletedMigrations) else {
                throw LedgerError(.unavailable, path, "not brought up to date yet", .outdated)
            }
            return database
        } catch let error as LedgerError {
            throw error
        } catch {
            throw LedgerError(error, path)
        }
    }

    private static func asItLies(_ path: FilePath) -> String {
        let special: [Character: String] = ["%": "%25", "?": "%3f", "#": "%23"]
        return "file:" + path.string.map { special[$0] ?? String($0) }.joined() + "?immutable=1"
    }

    private static var configuration: GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.label = "nianbao.ledger"
        // Another command (`nianbao ledger retry`) may be writing for a moment.
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 2
        configuration.prepareDatabase { db in
            // A row says that its result lies on the disk: it must not be lost when the power goes ("PRAGMA synchronous").
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // The cache that a connection keeps, in KiB: the memory of the service is bounded whatever waits in the inbox.
            try db.execute(sql: "PRAGMA cache_size = -2048")
            // Debian's SQLite overwrites with zeros what is deleted; nothing here is secret from those who may read the rest.
            try db.execute(sql: "PRAGMA secure_delete = OFF")
            // The log is copied into the database when it has 4 MB, and does not keep more room than 8 MB.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 1000")
            try db.execute(sql: "PRAGMA journal_size_limit = 8388608")
        }
        return configuration
    }

    private static func check(_ database: DatabasePool, _ path: FilePath) throws {
        try database.read { db in
            let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
            guard !isEmpty else { return }
            guard try Int64.fetchOne(db, sql: "PRAGMA application_id") == LedgerSchema.applicationID else {
                throw LedgerError(.corrupt, path, "not a ledger of nianbao")
            }
            guard try !LedgerSchema.migrator.hasBeenSuperseded(db) else {
                throw LedgerError(.newer, path, "written by a newer version of nianbao")
            }
        }
    }

    /// When this ledger was made, milliseconds since 1970.
    public func createdAt() throws(LedgerError) -> Int64 {
        try read { db in
            let query = try Query(db, "SELECT createdAt FROM ledger")
            return try query.step() ? query.integer(0) : 0
        }
    }

    /// Writes that it is in use now: whether it can be written is known only then.
    func touch(now: Int64) throws(LedgerError) {
        try write { db in
            var query = try Query(db, "UPDATE ledger SET openedAt = ?")
            query.bind(now)
            try query.run()
        }
    }

    /// The log begins anew only when nobody reads it; where somebody always does, it would grow for ever ("Write-Ahead
    /// Logging", 6). So a large one is worth a wait; in vain, the next one comes later.
    func limitLog(_ db: Database) {
        patience.withLock { patience in
            guard logBytes > patience else { return }
            _ = try? db.checkpoint(.truncate)
            patience = max(Self.largeLog, logBytes + Self.largeLog / 4)
        }
    }

    private var logBytes: Int64 {
        let target = (try? path.resolved()) ?? path
        return (try? FileStatus(of: FilePath(target.string + "-wal")))?.identity.size ?? 0
    }

    /// Reads every page. Takes as long as reading the file does: at leisure, not at the start.
    public func verify() throws(LedgerError) {
        if let problem = try read({ try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }), problem != "ok" {
            throw LedgerError(.corrupt, path, problem)
        }
    }

    /// Reads, with the errors of the ledger.
    func read<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
        do { return try database.read(body) } catch { throw LedgerError(error, path) }
    }

    /// The same for a single statement, which is a transaction of its own: to begin and end another one takes as long again.
    func glance<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
        do {
            return if let glances { try glances.unsafeRead(body) } else { try database.unsafeRead(body) }
        } catch {
            throw LedgerError(error, path)
        }
    }

    /// Writes all or nothing, with the errors of the ledger.
    func write<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
        do { return try database.write(body) } catch { throw LedgerError(error, path) }
    }
}
