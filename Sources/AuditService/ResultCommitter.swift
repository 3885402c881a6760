// The end of the way of a file: its result on the disk, then the journal, then the ledger. In this order a crash at any moment
// repeats a step at the next start and leaves none out.

import Glibc
import Ledger
import LinuxIO
import SystemPackage

/// Writes results, several at a time: syncing the disk takes longer than an audit, and one sync serves many files.
final class ResultCommitter: Sendable {
    /// What is told of a result.
    enum News: Sendable {
        /// That it is there.
        case all
        /// Nothing, if it says what the result says that lies there: the file is as it was, only catalogue, settings or ledger
        /// are new.
        case whatDiffers
    }

    struct Item: Sendable {
        let job: WorkQueue.Job
        /// The whole path of the file.
        let place: FilePath
        /// Where its result belongs.
        let result: FilePath
        let outcome: AuditOutcome
        let shown: ShownResult
        /// What was known before.
        let record: FileRecord?
        let news: News
    }

    private struct State {
        var waiting: [Item] = []
        /// Until when the first of them waits for others.
        var gathering: ContinuousClock.Instant?
        var isStopped = false
        var hasEnded = false
        /// A group is being written or told.
        var isWriting = false
        /// Counted up whenever it gets on.
        var moves: UInt64 = 0
    }

    /// Most results that wait: an audit has some 20 KB.
    private static let capacity = 128
    /// Most results of one turn: the first of them waits for the last.
    private static let group = 64
    /// While more files are on their way, a turn waits for so many, but not for long: one flush of the disk serves them all.
    private static let worthwhile = (results: 32, patience: Duration.milliseconds(25))

    private let records: FileRecords
    private let journal: ServiceJournal
    private let gate: ResultGate
    private let queue: WorkQueue
    private let isOutdated: @Sendable (InboxPath, FileIdentity?) -> Bool
    private let countAudit: @Sendable (Item) -> Void
    private let becameIdle: @Sendable () -> Void
    private let writer = AtomicFile.GroupWriter()
    private let state = Monitor(State())

    /// - Parameters:
    ///   - isOutdated: see ``ServiceSettings/isOutdated(_:_:)``.
    ///   - countAudit: called after each result that lies in place.
    ///   - becameIdle: called when nothing is left to do for now.
    init(
        records: FileRecords,
        journal: ServiceJournal,
        gate: ResultGate,
        queue: WorkQueue,
        isOutdated: @escaping @Sendable (InboxPath, FileIdentity?) -> Bool,
        countAudit: @escaping @Sendable (Item) -> Void,
        becameIdle: @escaping @Sendable () -> Void
    ) {
        self.records = records
        self.journal = journal
        self.gate = gate
        self.queue = queue
        self.isOutdated = isOutdated
        self.countAudit = countAudit
        self.becameIdle = becameIdle
    }

    /// Takes over a file, up to the end of the work on it; waits while too many are before it.
    func submit(_ item: Item) {
        state.wait { state -> Monitor<State>.Step<Void> in
            state.waiting.count < Self.capacity || state.isStopped ? .done(()) : .wait(until: nil)
        }
        let wakes = state.withLock { state in
            state.waiting.append(item)
            // While it waits for more of them, none but the last matters.
            return state.gathering == nil || state.waiting.count >= Self.worthwhile.results
        }
        if wakes || !queue.hasReady { state.wake() }
    }

    /// Ends the work on a file.
    func finish(_ job: WorkQueue.Job, retry: (job: WorkQueue.Job, after: Duration)? = nil) {
        if queue.finish(job, retry: retry) { becameIdle() }
    }

    /// Writes what waits, and returns when ``stop()`` was called and nothing waits any more. On a thread of its own.
    func run() {
        while let items = next() {
            Failpoint.pass("committer")
            write(items)
            state.withLock { state in
                state.isWriting = false
                state.moves += 1
            }
        }
        state.change { $0.hasEnded = true }
    }

    /// How it gets on. A disk that takes nothing answers at once, and is told of: only one that never answers holds it up.
    var sign: Heartbeats.Sign {
        state.withLock { $0.isWriting || !$0.waiting.isEmpty ? .busy($0.moves) : .idle }
    }

    /// Makes ``run()`` return when everything is written.
    func stop() {
        state.change { $0.isStopped = true }
    }

    private func next() -> [Item]? {
        state.wait { state in
            if state.waiting.isEmpty { return state.isStopped ? .done(nil) : .wait(until: nil) }
            if state.waiting.count < Self.worthwhile.results, !state.isStopped, queue.hasReady {
                let end = state.gathering ?? .now + Self.worthwhile.patience
                state.gathering = end
                if .now < end { return .wait(until: end) }
            }
            state.gathering = nil
            state.isWriting = true
            state.moves += 1
            return .done(Array(state.waiting.prefix(Self.group)))
        }
    }

    private func write(_ items: [Item]) {
        var known: [Int: ResultFile.Difference] = [:]
        for (index, item) in items.enumerated() where item.news == .whatDiffers {
            known[index] = ResultFile.difference(of: item.outcome.json, from: item.result)
        }
        let written = items.indices.filter { known[$0] != ResultFile.Difference.none }
        let errors = writer.write(written.map { (items[$0].outcome.json, items[$0].result) })
        // Room for others, while the rest is told.
        state.change { state in
            state.waiting.removeFirst(items.count)
            state.moves += 1
        }
        let failures = Dictionary(zip(written, errors)) { first, _ in first }
        for (index, item) in items.enumerated() {
            state.withLock { $0.moves += 1 }
            if let error = failures[index] ?? nil {
                failed(item, error)
            } else {
                if failures.keys.contains(index) { gate.open(.results) }
                tell(item, known[index])
            }
        }
    }

    private func tell(_ item: Item, _ difference: ResultFile.Difference?) {
        countAudit(item)
        if difference == nil || difference == .findings {
            switch item.shown.state {
            case .deferred: journal.deferred(item.place, item.outcome, result: item.result, detail: item.shown.detail)
            case .quarantined: journal.quarantined(item.place, item.outcome, result: item.result)
            case .done, .settling, .queued, .working: journal.audited(item.place, item.outcome, result: item.result)
            }
        }
        var shown = item.shown
        shown.finishedAt = WallClock.milliseconds
        records.shown(item.job.file, shown)
        if isOutdated(item.job.file, item.shown.identity) {
            // It left, and the watcher may have said so before this: then a worker has to say it again. Or it changed under
            // another name before this row was there to be found.
            return finish(item.job, retry: (WorkQueue.Job(file: item.job.file, notice: .found), .zero))
        }
        guard item.shown.isRacy, let identity = item.shown.identity else { return finish(item.job) }
        // Whether it changed once more within a tick of the clock, only its bytes can tell, later.
        let pause: Duration = identity.changed % 1_000_000_000 == 0 ? .milliseconds(2100) : .milliseconds(50)
        finish(item.job, retry: (WorkQueue.Job(file: item.job.file, notice: .found), pause))
    }

    private func failed(_ item: Item, _ error: SystemCallError) {
        if [ENOSPC, EDQUOT, EROFS, EIO, EMFILE, ENFILE, ENOMEM].contains(error.errno) { gate.close(.results) }
        let reason = LedgerReason.resultNotWritten.rawValue
        let before = item.record.flatMap { $0.state == .deferred && $0.reason == reason ? $0 : nil }
        let attempts = (before?.attempts ?? 0) + 1
        let detail = journal.resultNotWritten(item.result, error)
        if before == nil {
            journal.deferred(item.place, reason: reason, detail: detail, errno: error.errno, result: item.result)
        }
        let deferral = Deferral(
            identity: item.shown.identity,
            attempts: attempts,
            nextAttempt: WallClock.milliseconds + Retry.delay(after: attempts),
            reason: reason,
            detail: detail
        )
        records.deferred(item.job.file, deferral, after: item.record)
        finish(item.job, retry: records.isAvailable ? nil : (item.job, .milliseconds(Retry.delay(after: attempts))))
    }
}
