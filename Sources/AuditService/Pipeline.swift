// Everything that works under one configuration. A new configuration gets a new one: what was on its way and not finished, the
// walk with which it begins finds again.

import Ledger
import LinuxIO
import SystemPackage
import Systemd

final class Pipeline {
    /// What stays when the configuration changes.
    struct Surroundings {
        let keeper: LedgerKeeper
        let sink: any JournalSink
        let troubles: TroubleLog
        let tally: Tally
        /// Raised when nothing is left to do for now.
        let idle: EventCounter
        /// Raised when there is room in the queue again.
        let room: EventCounter
    }

    private struct Progress {
        var runningWorkers = 0
        var isCommitting = false
    }

    let settings: ServiceSettings
    let journal: ServiceJournal
    let queue: WorkQueue
    let records: FileRecords
    let watcher: FolderWatcher
    let housekeeping: Housekeeping
    let statusBoard: StatusBoard
    let heartbeats: Heartbeats
    /// Turns of the thread that watches.
    let turns = TurnCounter()
    private let committer: ResultCommitter
    private let worker: FileWorker
    private let progress = Monitor(Progress())
    private var threads: [WorkerThread] = []
    /// Whether it was ended.
    private(set) var hasEnded = false

    /// - Parameters:
    ///   - settings: resolved.
    ///   - watchdogTime: after which systemd takes the service for dead.
    init(
        _ settings: ServiceSettings,
        _ auditor: any FileAuditor,
        _ surroundings: Surroundings,
        watchdogTime: Duration?
    ) {
        self.settings = settings
        let (keeper, idle, room, tally) =
            (surroundings.keeper, surroundings.idle, surroundings.room, surroundings.tally)
        journal = ServiceJournal(sink: surroundings.sink, language: settings.language, troubles: surroundings.troubles)
        queue = WorkQueue { room.raise() }
        records = FileRecords(settings: settings, keeper: keeper)
        let (gate, presence, reading) = (ResultGate(), InboxPresence(settings), Deadlines())
        let turnedAway = Monitor<Set<InboxPath>>([])
        committer = ResultCommitter(
            records: records,
            journal: journal,
            gate: gate,
            queue: queue,
            isOutdated: { settings.isOutdated($0, $1) },
            countAudit: { item in
                tally.add(item.place, item.outcome)
                guard settings.metricsFile != nil else { return }
                tally.measure(item.outcome, microseconds: item.shown.durationMicroseconds)
            },
            becameIdle: { idle.raise() }
        )
        worker = FileWorker(
            settings: settings,
            auditor: auditor,
            queue: queue,
            records: records,
            committer: committer,
            gate: gate,
            settling: SettlingOutcomes(),
            journal: journal,
            isPresent: { presence.isPresent($0) },
            turnedAway: turnedAway,
            budget: ByteBudget(settings.batchedBytes),
            reading: reading
        )
        watcher = FolderWatcher(
            settings: settings,
            auditor: auditor,
            queue: queue,
            records: records,
            journal: journal,
            presence: presence,
            turnedAway: turnedAway
        )
        housekeeping = Housekeeping(settings: settings, keeper: keeper)
        statusBoard = StatusBoard(
            settings: settings,
            keeper: keeper,
            queue: queue,
            presence: presence,
            troubles: surroundings.troubles,
            startedAt: tally.startedAt
        )
        heartbeats = Heartbeats(
            Self.probes(settings.stallBounds, watchdogTime, turns, queue, reading, auditor, committer, keeper)
        )
    }

    private static func probes(
        _ bounds: StallBounds,
        _ watchdogTime: Duration?,
        _ turns: TurnCounter,
        _ queue: WorkQueue,
        _ reading: Deadlines,
        _ auditor: any FileAuditor,
        _ committer: ResultCommitter,
        _ keeper: LedgerKeeper
    ) -> [Heartbeats.Probe] {
        func probe(_ part: ServicePart, _ bound: Duration, _ look: @escaping @Sendable () -> Heartbeats.Sign)
            -> Heartbeats.Probe
        {
            Heartbeats.Probe(part: part, bound: bound, look: look)
        }
        // The one that feeds the watchdog must be told of before systemd acts, which may be half its time later.
        let watcher = min(bounds.watcher, watchdogTime.map { $0 / 4 } ?? bounds.watcher)
        return AuditLane.allCases.map { lane in probe(.queue, bounds.queue) { queue.sign(lane) } } + [
            probe(.watcher, watcher) { .busy(turns.count) },
            probe(.queue, .zero) { reading.earliest.map { .due($0) } ?? .idle },
            probe(.pool, bounds.answer) { auditor.answerDue.map { .due($0) } ?? .idle },
            probe(.committer, bounds.committer) { committer.sign },
            probe(.ledger, bounds.ledger) { keeper.progress.map { .busy($0) } ?? .idle },
        ]
    }

    /// Starts the threads and finds the inboxes. After an error it is to be ended.
    func start() throws(SystemCallError) {
        try startThreads()
        try watcher.start()
    }

    private func startThreads() throws(SystemCallError) {
        progress.withLock { $0.isCommitting = true }
        do {
            threads.append(
                try WorkerThread(name: "results") { [progress, committer] in
                    committer.run()
                    progress.change { $0.isCommitting = false }
                }
            )
        } catch {
            progress.withLock { $0.isCommitting = false }
            throw error
        }
        for lane in AuditLane.allCases {
            for number in 1...(lane == .batched ? settings.batchedFiles : settings.workers) {
                progress.withLock { $0.runningWorkers += 1 }
                do {
                    threads.append(
                        try WorkerThread(name: "\(lane)-\(number)") { [progress, worker] in
                            worker.run(lane)
                            progress.change { $0.runningWorkers -= 1 }
                        }
                    )
                } catch {
                    progress.withLock { $0.runningWorkers -= 1 }
                    throw error
                }
            }
        }
    }

    /// Lets the files in work be finished, but not for ever: results are written whole or not at all, and what is not written
    /// is found by the next walk. What is not done by the deadline goes on by itself, and nothing comes of it.
    ///
    /// - Parameter meanwhile: called again and again while it waits, at least every second.
    func end(until deadline: ContinuousClock.Instant, meanwhile: () -> Void) {
        hasEnded = true
        queue.stop()
        let haveEnded = wait(until: deadline, meanwhile) { $0.runningWorkers == 0 }
        if !haveEnded { queue.abandon() }
        committer.stop()
        let allEnded = wait(until: deadline, meanwhile) { !$0.isCommitting } && haveEnded
        for thread in threads {
            if allEnded {
                thread.join()
            } else {
                thread.detach()
            }
        }
        threads = []
    }

    private func wait(
        until deadline: ContinuousClock.Instant,
        _ meanwhile: () -> Void,
        _ condition: (Progress) -> Bool
    ) -> Bool {
        while true {
            meanwhile()
            let pause = min(deadline, .now + .seconds(1))
            let isMet = progress.wait { progress -> Monitor<Progress>.Step<Bool> in
                if condition(progress) {
                    return .done(true)
                }
                return pause <= .now ? .done(false) : .wait(until: pause)
            }
            if isMet || deadline <= .now { return isMet }
        }
    }

    /// How it is doing, for `systemctl status`.
    func statusLine(_ tally: Tally) -> String {
        let (waiting, inWork) = queue.counts
        let (done, last) = tally.audits
        let inboxes = settings.inboxes.count
        switch settings.language {
        case .chinese:
            return "\(inboxes) 个收件夹，已审 \(done)，排队 \(waiting + inWork)"
                + (watcher.isLookingThrough ? "，正在全面查看" : "")
                + (last.map { "，最近：\($0.name)（\($0.verdict.chinese)）" } ?? "")
                + (tally.refusal.map { "；新配置未采用：\($0)" } ?? "")
        case .english:
            return "\(inboxes) inboxes, \(done) audited, \(waiting + inWork) queued"
                + (watcher.isLookingThrough ? ", walking" : "")
                + (last.map { ", last: \($0.name) (\($0.verdict.rawValue))" } ?? "")
                + (tally.refusal.map { "; new configuration refused: \($0)" } ?? "")
        }
    }
}

extension AuditOutcome.Verdict {
    fileprivate var chinese: String {
        switch self {
        case .pass: "合格"
        case .review: "待核"
        case .fail: "不合格"
        case .unreadable: "无法审核"
        }
    }
}
