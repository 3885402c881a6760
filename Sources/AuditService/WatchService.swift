// `nianbao watch`: from an inbox to results and journal, until it is told to stop.

import Glibc
import Ledger
import LinuxIO
import Systemd
import SystemPackage

/// Watches inboxes and audits what comes in.
///
/// One thread waits for the kernel, the others audit. None of them belongs to Swift concurrency, whose pool must not
/// be blocked.
public final class WatchService: Sendable {
    /// Why ``run()`` ended.
    public enum ExitReason: Hashable, Sendable, CustomStringConvertible {
        /// A signal came.
        case signal(CInt)
        /// ``WatchService/stop()`` was called.
        case requested

        /// Such as `SIGTERM`.
        public var description: String {
            switch self {
            case .signal(SIGTERM): "SIGTERM"
            case .signal(SIGINT): "SIGINT"
            case .signal(let number): "signal \(number)"
            case .requested: "stop"
            }
        }
    }

    private struct Progress {
        var audited = 0
        var runningWorkers = 0
        var isCommitting = false
    }

    private let settings: ServiceSettings
    private let auditor: any FileAuditor
    private let journal: ServiceJournal
    private let notifier: any StateNotifier
    private let queue: WorkQueue
    private let progress = Monitor(Progress())
    private let stopRequest: EventCounter
    private let idle: EventCounter
    private let room: EventCounter
    /// What the ledger has to say, for the thread that watches.
    private let ledgerNews = Monitor<[LedgerKeeper.Event]>([])
    private let ledgerCalls: EventCounter

    /// Prepares a service; nothing happens yet, but that the state folder is made.
    ///
    /// - Throws: ``SettingsError``, or ``SystemCallError`` when the kernel has no file descriptors left.
    public init(
        settings: ServiceSettings,
        auditor: any FileAuditor,
        journal: any JournalSink = JournalWriter(),
        notifier: any StateNotifier = Notifier()
    ) throws {
        self.settings = try settings.resolved()
        self.auditor = auditor
        self.journal = ServiceJournal(sink: journal, language: settings.language)
        self.notifier = notifier
        stopRequest = try EventCounter()
        idle = try EventCounter()
        let room = try EventCounter()
        self.room = room
        ledgerCalls = try EventCounter()
        queue = WorkQueue { room.raise() }
    }

    /// Makes ``run()`` return soon. From any thread, also before `run`.
    public func stop() {
        stopRequest.raise()
    }

    /// Number of results written so far.
    public var auditedCount: Int { progress.withLock(\.audited) }

    /// Works until ``stop()``, SIGTERM or SIGINT; blocks the calling thread. Once only.
    ///
    /// SIGPIPE is ignored in the whole process from here on: a closed standard error must not end the service.
    ///
    /// - Throws: ``SettingsError`` when another service uses the state folder, ``SystemCallError`` when the results or
    ///   an inbox cannot be used at the start.
    public func run() throws -> ExitReason {
        signal(SIGPIPE, SIG_IGN)
        let lock = try lockState()
        defer { withExtendedLifetime(lock) {} }
        let signals = settings.handlesSignals ? try SignalForwarder([SIGTERM, SIGINT], to: stopRequest) : nil
        defer { withExtendedLifetime(signals) {} }
        try prepareResults()
        let keeper = try LedgerKeeper(at: settings.ledgerFile, expected: hasResults) {
            [ledgerNews, ledgerCalls] event in
            ledgerNews.withLock { $0.append(event) }
            ledgerCalls.raise()
        }
        let parts = Parts(self, keeper)
        let threads = try startThreads(parts)
        do {
            try parts.watcher.start()
            journal.started(inboxes: settings.inboxes)
            notifier.ready(status: statusLine)
            try watch(parts)
        } catch {
            end(threads, parts)
            throw error
        }

        let reason = signals?.arrived.map { ExitReason.signal($0) } ?? .requested
        notifier.stopping()
        journal.stopping(reason)
        end(threads, parts)
        return reason
    }

    /// What works together while the service runs.
    private struct Parts {
        let keeper: LedgerKeeper
        let records: FileRecords
        let committer: ResultCommitter
        let worker: FileWorker
        let watcher: FolderWatcher
        let housekeeping: Housekeeping
        let statusBoard: StatusBoard

        init(_ service: WatchService, _ keeper: LedgerKeeper) {
            let (settings, progress, idle) = (service.settings, service.progress, service.idle)
            self.keeper = keeper
            records = FileRecords(settings: settings, keeper: keeper)
            let gate = ResultGate()
            let presence = InboxPresence(settings)
            let turnedAway = Monitor<Set<InboxPath>>([])
            committer = ResultCommitter(
                records: records,
                journal: service.journal,
                gate: gate,
                queue: service.queue,
                isOutdated: { settings.isOutdated($0, $1) },
                countAudit: { progress.withLock { $0.audited += 1 } },
                becameIdle: { idle.raise() }
            )
            worker = FileWorker(
                settings: settings,
                auditor: service.auditor,
                queue: service.queue,
                records: records,
                committer: committer,
                gate: gate,
                settling: SettlingOutcomes(),
                journal: service.journal,
                isPresent: { presence.isPresent($0) },
                turnedAway: turnedAway,
                budget: ByteBudget(settings.batchedBytes)
            )
            watcher = FolderWatcher(
                settings: settings,
                auditor: service.auditor,
                queue: service.queue,
                records: records,
                journal: service.journal,
                presence: presence,
                turnedAway: turnedAway
            )
            housekeeping = Housekeeping(settings: settings, keeper: keeper)
            statusBoard = StatusBoard(
                settings: settings,
                keeper: keeper,
                queue: service.queue,
                presence: presence,
                troubles: service.journal.troubles
            )
        }
    }

    private func prepareResults() throws(SystemCallError) {
        do {
            try AtomicFile.createDirectories(settings.resultsFolder)
        } catch let error where [EROFS, ENOSPC, EDQUOT].contains(error.errno) {
            // Each result tries anew: the disk may have room again by then.
        }
        AtomicFile.removeTemporaries(beneath: settings.resultsFolder)
    }

    /// Whether the service has run here before.
    private var hasResults: Bool { !DirectoryScan.names(in: settings.resultsFolder).isEmpty }

    private func lockState() throws -> FileLock {
        do throws(SystemCallError) {
            return try FileLock(at: settings.stateFolder.appending("lock"))
        } catch let error where error.errno == EWOULDBLOCK {
            let lock = settings.stateFolder.appending("lock")
            throw SettingsError.stateFolderInUse(settings.stateFolder, process: FileLock.holder(of: lock))
        }
    }

    private func watch(_ parts: Parts) throws(SystemCallError) {
        let watcher = parts.watcher
        var toldStatus = statusLine
        var nextCheck = ContinuousClock.now + settings.inboxCheckInterval
        var nextRetry = ContinuousClock.now
        while true {
            let due = min(nextCheck, nextRetry)
            let wait = watcher.isWalking ? Duration.zero : max(.zero, due - .now)
            let own = [stopRequest.descriptor, idle.descriptor, room.descriptor, ledgerCalls.descriptor]
            let ready = try Poll.readable(own + [watcher.descriptor].compactMap(\.self), timeout: wait)
            if ready[0] {
                return
            }
            if ready.count > own.count, ready[own.count] {
                try watcher.readEvents()
            }
            if ready[1] {
                idle.lower()
            }
            if ready[2] {
                room.lower()
                watcher.madeRoom()
            }
            if ready[3] {
                ledgerCalls.lower()
                hearLedger(parts)
            }
            watcher.walk()
            if nextRetry <= .now {
                watcher.retry()
                parts.statusBoard.show(audited: auditedCount, watcher)
                nextRetry = .now + .seconds(1)
            }
            let isCheckDue = nextCheck <= .now
            if isCheckDue {
                watcher.check()
                parts.keeper.maintain()
                parts.housekeeping.work()
                nextCheck = .now + settings.inboxCheckInterval
            }
            // While files pour in, the line changes with each: then the regular check tells it.
            let status = statusLine
            if status != toldStatus, isCheckDue || ready[1] {
                notifier.status(status)
                toldStatus = status
            }
        }
    }

    private func hearLedger(_ parts: Parts) {
        let news = ledgerNews.withLock { news in
            defer { news = [] }
            return news
        }
        for event in news {
            switch event {
            case .rebuilt(let reason, let setAside):
                journal.ledgerRebuilt(reason: reason, setAside: setAside)
                parts.records.forgetRecent()
                parts.watcher.walkEverything(.regular)
            case .unavailable(let error):
                journal.ledgerUnavailable(error.reason)
            case .available(let lostChanges):
                journal.ledgerAvailable()
                if lostChanges {
                    parts.records.forgetRecent()
                    parts.watcher.walkEverything(.regular)
                }
            }
        }
    }

    private var statusLine: String {
        let (waiting, inWork) = queue.counts
        let done = auditedCount
        return switch settings.language {
        case .chinese: "\(settings.inboxes.count) 个收件夹，已审 \(done)，排队 \(waiting + inWork)"
        case .english: "\(settings.inboxes.count) inboxes, \(done) audited, \(waiting + inWork) queued"
        }
    }

    // MARK: - Threads

    private func startThreads(_ parts: Parts) throws(SystemCallError) -> [WorkerThread] {
        var threads: [WorkerThread] = []
        do {
            progress.withLock { $0.isCommitting = true }
            threads.append(
                try WorkerThread(name: "results") { [progress, committer = parts.committer] in
                    committer.run()
                    progress.change { $0.isCommitting = false }
                }
            )
            for lane in AuditLane.allCases {
                for number in 1...(lane == .batched ? settings.batchedFiles : settings.workers) {
                    progress.withLock { $0.runningWorkers += 1 }
                    threads.append(
                        try WorkerThread(name: "\(lane)-\(number)") { [progress, worker = parts.worker] in
                            worker.run(lane)
                            progress.change { $0.runningWorkers -= 1 }
                        }
                    )
                }
            }
        } catch {
            progress.withLock { progress in
                if threads.isEmpty { progress.isCommitting = false } else { progress.runningWorkers -= 1 }
            }
            end(threads, parts)
            throw error
        }
        return threads
    }

    /// Lets the files in work be finished, but not for ever: results are written whole or not at all, and what is not
    /// written is found at the next start.
    private func end(_ threads: [WorkerThread], _ parts: Parts) {
        let deadline = ContinuousClock.now + settings.stopTime
        queue.stop()
        let haveEnded = wait(until: deadline) { $0.runningWorkers == 0 }
        parts.committer.stop()
        let allEnded = wait(until: deadline) { !$0.isCommitting } && haveEnded
        _ = parts.keeper.stop(until: max(deadline, .now + .milliseconds(200)))
        for thread in threads {
            if allEnded {
                thread.join()
            } else {
                thread.detach()
            }
        }
    }

    private func wait(until deadline: ContinuousClock.Instant, _ condition: (Progress) -> Bool) -> Bool {
        progress.wait { progress in
            if condition(progress) {
                return .done(true)
            }
            return deadline <= .now ? .done(false) : .wait(until: deadline)
        }
    }
}
