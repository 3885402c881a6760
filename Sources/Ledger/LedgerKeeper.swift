import LinuxIO
import SystemPackage

/// What the service holds: the ledger, whatever happens to it. It can be built anew from inbox and results at any time, so
/// what is damaged is moved aside, what is gone is made again, and what cannot be had now is tried again, while the service
/// goes on.
public final class LedgerKeeper: Sendable {
    /// What happened to the ledger, for those who tell about it and those who fill it again.
    public enum Event: Sendable {
        /// There is a new, empty ledger where another was or should have been. `reason` begins with a word: `missing`,
        /// `empty`, `corrupt`, `newer`, `removed` or `exchanged` (then it need not be empty); after a colon may follow what
        /// SQLite said. `setAside`: where the other one is now.
        case rebuilt(reason: String, setAside: FilePath?)
        /// There is none now, or it cannot be written: it is tried again. Told once.
        case unavailable(LedgerError)
        /// All is well again. After `lostChanges` it must be compared with all files; that may come alone, too, when the
        /// disk was too slow for all that was to be written.
        case available(lostChanges: Bool)
    }

    private let holder: LedgerHolder
    private let writer: LedgerWriter

    /// Opens the ledger, or makes one. It never fails because of what lies there, or because nothing can be made.
    ///
    /// - Parameters:
    ///   - path: the file of the database; missing parents are made.
    ///   - expected: there should be one, because there are results: a new one is told as `rebuilt`.
    ///   - tell: called before this returns, and later by any thread that uses the keeper, and by its own. It may use the
    ///     keeper.
    /// - Throws: only if no thread can be started.
    public init(
        at path: FilePath,
        expected: Bool = false,
        tell: @escaping @Sendable (Event) -> Void
    ) throws(SystemCallError) {
        let holder = LedgerHolder(path, isExpected: expected, tell: tell)
        self.holder = holder
        writer = try LedgerWriter(
            tell: { holder.writerTold($0) },
            sink: { batch throws(LedgerError) in try holder.write(batch) }
        )
        holder.start()
    }

    deinit {
        _ = writer.stop(until: .now)
    }

    /// When this ledger was made, milliseconds since 1970; nil while there is none.
    public var createdAt: Int64? { holder.createdAt }

    /// Of how many files changes are not written yet.
    public var backlog: Int { writer.backlog }

    /// See ``LedgerWriter/progress``.
    public var progress: UInt64? { writer.progress }

    /// Asks the ledger, or changes it as the commands do. Nil while there is none, and when it could not answer.
    public func read<Value>(_ body: (Ledger) throws(LedgerError) -> Value) -> Value? {
        holder.use(body)
    }

    /// Hands a change over, see ``LedgerWriter/submit(_:whenDurable:)``.
    public func submit(_ change: LedgerChange, whenDurable: (@Sendable () -> Void)? = nil) {
        writer.submit(change, whenDurable: whenDurable)
    }

    /// Hands over what the service says of itself, see ``LedgerWriter/submit(_:)``.
    public func submit(_ record: ServiceRecord) {
        writer.submit(record)
    }

    /// Looks after the ledger; to be called every two seconds or so. Notices that its file was removed, exchanged or
    /// overwritten, and tries again what failed. While there is nothing to write, it tidies a few of the kept audits.
    public func maintain() {
        // What waits to be written need not wait for its own next attempt.
        if holder.maintain() { writer.nudge() }
        if writer.backlog == 0 { holder.tidy() }
    }

    /// Reads the whole ledger, which takes a second for some hundred thousand files, and builds it anew if it is damaged.
    public func verify() {
        _ = holder.use { ledger throws(LedgerError) in try ledger.verify() }
    }

    /// Waits until everything that was handed over is on the disk, at the latest until `deadline`.
    ///
    /// - Returns: whether it is.
    public func flush(until deadline: ContinuousClock.Instant) -> Bool { writer.flush(until: deadline) }

    /// Writes what waits, ends the thread and closes the ledger.
    ///
    /// - Returns: whether everything is on the disk; what is not, the walk of the next start finds.
    public func stop(until deadline: ContinuousClock.Instant) -> Bool {
        let isDone = writer.stop(until: deadline)
        holder.stop()
        return isDone
    }
}
