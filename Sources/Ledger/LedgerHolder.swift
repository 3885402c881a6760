import LinuxIO
import SystemPackage

/// A ledger that may be damaged, removed or out of reach: opens it, notices what happened to it, and gets another one.
final class LedgerHolder: Sendable {
    private struct State {
        var ledger: Ledger?
        var pin: LedgerPin?
        /// The log that SQLite keeps beside the database.
        var log: LedgerFile.Presence?
        var createdAt: Int64?
        /// There should be a ledger: a new one is told of.
        var isExpected: Bool
        /// What is to be told of the next ledger.
        var rebuild: (reason: String, setAside: FilePath?)?
        /// Those outside know that it is not well.
        var isTroubled = false
        /// The writer waits for its next attempt.
        var isWriterFailing = false
        /// What is open is of no use any more: SQLite stays read-only once it was.
        var needsReopening = false
        var pause = LedgerHolder.pauses.first
        var nextAttempt = ContinuousClock.now
        /// When ledgers were set aside, lately.
        var replacements: [ContinuousClock.Instant] = []
        /// How far the kept audits are tidied, and when that goes on.
        var tidied: Int64 = 0
        var nextTidying = ContinuousClock.now
        var isStopped = false
    }

    /// Between attempts: first, and at most.
    private static let pauses = (first: Duration.seconds(1), last: Duration.seconds(60))
    /// What makes one ledger bad at once may make the next one bad, too: then not more than so many in a while.
    private static let mostReplacements = (count: 5, while: Duration.seconds(60))

    /// Audits tidied at once: that takes some milliseconds.
    private static let tidiedAtOnce = 32
    /// After the last one.
    private static let tidyingPause = Duration.seconds(3600)
    /// Milliseconds. What was made a day ago and never shown will not be.
    private static let untidyAge: Int64 = 86_400_000

    private let file: LedgerFile
    private let tell: @Sendable (LedgerKeeper.Event) -> Void
    private let state: Monitor<State>
    /// Held by the one who opens, moves and makes; never while something is told.
    private let gate = Monitor(())

    init(_ path: FilePath, isExpected: Bool, tell: @escaping @Sendable (LedgerKeeper.Event) -> Void) {
        file = LedgerFile(path: path)
        self.tell = tell
        state = Monitor(State(isExpected: isExpected))
    }

    var createdAt: Int64? { state.withLock { $0.ledger == nil ? nil : $0.createdAt } }

    private var ledger: Ledger? { state.withLock { $0.ledger } }

    func start() {
        change { open() }
    }

    func stop() {
        change {
            state.withLock { $0.isStopped = true }
            drop()
            return []
        }
    }

    /// Nil while there is none, and when it failed.
    func use<Value>(_ body: (Ledger) throws(LedgerError) -> Value) -> Value? {
        guard let ledger else { return nil }
        do {
            return try body(ledger)
        } catch {
            met(error, in: ledger)
            return nil
        }
    }

    func write(_ batch: LedgerBatch) throws(LedgerError) {
        guard let ledger else { throw LedgerError(.unavailable, file.path, "there is no ledger now") }
        do {
            try ledger.record(batch)
        } catch {
            met(error, in: ledger)
            // What the changes say is true of a new ledger as well.
            guard let next = self.ledger, next !== ledger else { throw error }
            try next.record(batch)
        }
    }

    func writerTold(_ event: LedgerWriter.Event) {
        switch event {
        case .failed(let error):
            let isNews = state.withLock { state in
                state.isWriterFailing = true
                defer { state.isTroubled = true }
                return !state.isTroubled
            }
            if isNews { tell(.unavailable(error)) }
        case .recovered(let lost):
            let isNews = state.withLock { state in
                defer { (state.isWriterFailing, state.isTroubled) = (false, false) }
                state.pause = Self.pauses.first
                return state.isTroubled || lost
            }
            if isNews { tell(.available(lostChanges: lost)) }
        }
    }

    /// True when it can be written again and the writer does not know yet.
    func maintain() -> Bool {
        change {
            guard let ledger else { return tryAgain() }
            if let reason = strangeness() { return replace(ledger, reason) }
            return tryAgain()
        }
        return state.withLock { state in
            state.isWriterFailing && state.ledger != nil && state.nextAttempt <= .now
        }
    }

    /// Does a little for the room that the ledger takes.
    func tidy() {
        let (isTime, last) = state.withLock { state in
            (!state.isTroubled && state.nextTidying <= .now, state.tidied)
        }
        guard isTime else { return }
        let before = WallClock.milliseconds - Self.untidyAge
        let next = use { ledger throws(LedgerError) in
            try ledger.tidy(after: last, limit: Self.tidiedAtOnce, keptBefore: before)
        }
        state.withLock { state in
            state.tidied = (next ?? nil) ?? 0
            if state.tidied == 0 { state.nextTidying = .now + Self.tidyingPause }
        }
    }

    // MARK: - Trouble. All of it behind the gate

    /// Does something behind the gate, and tells what came of it.
    private func change(_ body: () -> [LedgerKeeper.Event]) {
        let events = gate.withLock { _ in state.withLock { $0.isStopped } ? [] : body() }
        events.forEach(tell)
    }

    /// A ledger failed, in whichever thread: the first one does what is to be done.
    private func met(_ error: LedgerError, in failed: Ledger) {
        change {
            guard ledger === failed else { return [] }
            if let reason = strangeness() { return replace(failed, reason) }
            return error.cause == .unavailable ? troubled(error) : replace(failed, error.wordAndReason)
        }
    }

    /// What is wrong with the file, as far as that can be told from outside; nil if nothing is.
    private func strangeness() -> String? {
        guard let pin = state.withLock({ $0.pin }) else { return nil }
        // A folder that cannot be looked into says nothing.
        guard let status = try? file.status() else { return nil }
        guard let presence = status.presence else { return "removed" }
        if presence != pin.presence { return "exchanged" }
        return pin.beginsAsDatabase ? nil : "corrupt: it was overwritten"
    }

    /// Gives a ledger up for another one. Its connections end with those who are reading it; SQLite sees that its file was
    /// moved and leaves alone what lies in its place (pager.c, `databaseIsUnmoved`).
    private func replace(_ ledger: Ledger, _ reason: String) -> [LedgerKeeper.Event] {
        let log = state.withLock { state in
            (state.ledger, state.pin) = (nil, nil)
            return state.log
        }
        do {
            if reason == "removed" || reason == "exchanged" {
                // What came in its place may have brought a log of its own.
                if log != nil, file.logPresence() == log { try file.setAsideLog() }
                state.withLock { $0.rebuild = (reason, nil) }
            } else {
                try setAside(reason)
            }
        } catch {
            return troubled(error)
        }
        return open()
    }

    private func setAside(_ reason: String) throws(LedgerError) {
        let isAllowed = state.withLock { state in
            let now = ContinuousClock.now
            state.replacements.removeAll { $0 < now - Self.mostReplacements.while }
            state.replacements.append(now)
            return state.replacements.count <= Self.mostReplacements.count
        }
        guard isAllowed else { throw LedgerError(.unavailable, file.path, reason) }
        let moved = try file.setAside()
        state.withLock { $0.rebuild = (reason, moved) }
    }

    private func troubled(_ error: LedgerError) -> [LedgerKeeper.Event] {
        state.withLock { state in
            state.needsReopening = state.needsReopening || !error.isPassing
            state.nextAttempt = .now + state.pause
            state.pause = min(state.pause * 2, Self.pauses.last)
            defer { state.isTroubled = true }
            return state.isTroubled ? [] : [.unavailable(error)]
        }
    }

    private func tryAgain() -> [LedgerKeeper.Event] {
        let (isTime, needsReopening) = state.withLock { state in
            (state.isTroubled && state.nextAttempt <= .now, state.needsReopening)
        }
        guard isTime else { return [] }
        guard let ledger, !needsReopening else { return open() }
        return probe(ledger)
    }

    /// Whether it can be written is known only when it is.
    private func probe(_ ledger: Ledger) -> [LedgerKeeper.Event] {
        do {
            try ledger.touch(now: WallClock.milliseconds)
        } catch {
            return error.cause == .unavailable ? troubled(error) : replace(ledger, error.wordAndReason)
        }
        return state.withLock { state in
            state.nextAttempt = .now
            state.needsReopening = false
            // The writer has something to write, and the last word: that may need more room than this did.
            guard !state.isWriterFailing else { return [] }
            state.pause = Self.pauses.first
            guard state.isTroubled else { return [] }
            state.isTroubled = false
            return [.available(lostChanges: false)]
        }
    }

    // MARK: - Opening

    /// Opens what lies there, or makes a new ledger.
    private func open() -> [LedgerKeeper.Event] {
        drop()
        let ledger: Ledger
        do {
            ledger = try openOrMake()
            let createdAt = try ledger.createdAt()
            state.withLock { state in
                state.ledger = ledger
                state.createdAt = createdAt
                state.pin = LedgerPin(file.path)
                state.log = file.logPresence()
                state.isExpected = true
            }
        } catch {
            return troubled(error)
        }
        let rebuild = state.withLock { state in
            defer { state.rebuild = nil }
            return state.rebuild
        }
        let told = rebuild.map { LedgerKeeper.Event.rebuilt(reason: $0.reason, setAside: $0.setAside) }
        return (told.map { [$0] } ?? []) + probe(ledger)
    }

    private func openOrMake() throws(LedgerError) -> Ledger {
        switch try file.status() {
        case .missing: try expect("missing")
        case .empty: try expect("empty")
        case .other: try setAside("corrupt: it is no regular file")
        case .present: break
        }
        try file.create()
        do {
            return try Ledger(at: file.path)
        } catch  where error.cause != .unavailable {
            try setAside(error.wordAndReason)
            try file.create()
            return try Ledger(at: file.path)
        }
    }

    /// A new ledger comes where nothing is. A log without its database belongs to nobody.
    private func expect(_ reason: String) throws(LedgerError) {
        try file.setAsideLog()
        state.withLock { state in
            if state.isExpected, state.rebuild == nil { state.rebuild = (reason, nil) }
        }
    }

    /// Its connections end with the last of those who read it. Not by `close()`: that of GRDB ends the writing connection first,
    /// and one that only reads cannot tidy up the log after it.
    private func drop() {
        let old = state.withLock { state in
            defer { (state.ledger, state.pin) = (nil, nil) }
            return (state.ledger, state.pin)
        }
        withExtendedLifetime(old) {}
    }
}

extension LedgerError {
    fileprivate var wordAndReason: String { "\(cause): \(reason)" }
}
