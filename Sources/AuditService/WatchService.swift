// `nianbao watch`: from an inbox to results and journal, until it is told to stop.

import Glibc
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
    }

    private let settings: ServiceSettings
    private let auditor: any FileAuditor
    private let journal: ServiceJournal
    private let notifier: any StateNotifier
    private let queue = WorkQueue()
    private let audited = AuditedFiles()
    private let progress = Monitor(Progress())
    private let stopRequest: EventCounter
    private let idle: EventCounter

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
        try AtomicFile.createDirectories(settings.resultsFolder)
        AtomicFile.removeTemporaries(beneath: settings.resultsFolder)

        let watcher = try FolderWatcher(settings: settings, queue: queue, audited: audited, journal: journal)
        let workers = try startWorkers()
        do {
            try watcher.start()
            journal.started(inboxes: settings.inboxes)
            notifier.ready(status: statusLine)
            try watch(watcher)
        } catch {
            end(workers)
            throw error
        }

        let reason = signals?.arrived.map { ExitReason.signal($0) } ?? .requested
        notifier.stopping()
        journal.stopping(reason)
        end(workers)
        return reason
    }

    private func lockState() throws -> FileLock {
        do throws(SystemCallError) {
            return try FileLock(at: settings.stateFolder.appending("lock"))
        } catch let error where error.errno == EWOULDBLOCK {
            throw SettingsError.stateFolderInUse(settings.stateFolder)
        }
    }

    private func watch(_ watcher: FolderWatcher) throws(SystemCallError) {
        var toldStatus = statusLine
        var nextCheck = ContinuousClock.now + settings.inboxCheckInterval
        while true {
            let wait = max(.zero, nextCheck - .now)
            let ready = try Poll.readable([stopRequest.descriptor, watcher.descriptor, idle.descriptor], timeout: wait)
            if ready[0] {
                return
            }
            if ready[1] {
                try watcher.readEvents()
            }
            if ready[2] {
                idle.lower()
            }
            let isCheckDue = nextCheck <= .now
            if isCheckDue {
                watcher.check()
                nextCheck = .now + settings.inboxCheckInterval
            }
            // While files pour in, the line changes with each: then the regular check tells it.
            let status = statusLine
            if status != toldStatus, isCheckDue || ready[2] {
                notifier.status(status)
                toldStatus = status
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

    private func startWorkers() throws(SystemCallError) -> [WorkerThread] {
        let worker = FileWorker(
            settings: settings,
            auditor: auditor,
            journal: journal,
            queue: queue,
            audited: audited,
            budget: ByteBudget(settings.batchedBytes),
            countAudit: { [progress] in progress.withLock { $0.audited += 1 } },
            becameIdle: { [idle] in idle.raise() }
        )
        var threads: [WorkerThread] = []
        do {
            for lane in AuditLane.allCases {
                for number in 1...(lane == .batched ? settings.batchedFiles : settings.workers) {
                    progress.withLock { $0.runningWorkers += 1 }
                    threads.append(
                        try WorkerThread(name: "\(lane)-\(number)") { [progress] in
                            worker.run(lane)
                            progress.change { $0.runningWorkers -= 1 }
                        }
                    )
                }
            }
        } catch {
            progress.withLock { $0.runningWorkers -= 1 }
            end(threads)
            throw error
        }
        return threads
    }

    /// Lets the files in work be finished, but not for ever: results are written whole or not at all, and what is not
    /// written is found at the next start.
    private func end(_ workers: [WorkerThread]) {
        queue.stop()
        let deadline = ContinuousClock.now + settings.stopTime
        let allEnded = progress.wait { progress in
            if progress.runningWorkers == 0 {
                return .done(true)
            }
            return deadline <= .now ? .done(false) : .wait(until: deadline)
        }
        for worker in workers {
            if allEnded {
                worker.join()
            } else {
                worker.detach()
            }
        }
    }
}
