// `nianbao watch`: from an inbox to results and journal, until it is told to stop.

import Glibc
import Ledger
import LinuxIO
import SystemPackage
import Systemd

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

    private let plan: ServicePlan
    private let configuration: (any ConfigurationSource)?
    private let sink: CountingJournal
    private let notifier: any StateNotifier
    private let tally = Tally()
    private let troubles = TroubleLog()
    private let stopRequest: EventCounter
    private let reloads: ReloadRequests
    private let idle: EventCounter
    private let room: EventCounter
    /// What the ledger has to say, for the thread that watches.
    private let ledgerNews = Monitor<[LedgerKeeper.Event]>([])
    private let ledgerCalls: EventCounter

    /// Prepares a service; nothing happens yet, but that the state folder is made.
    ///
    /// - Parameter configuration: where it looks when it is to reload; nil: it cannot.
    /// - Throws: ``SettingsError``, or ``SystemCallError`` when the kernel has no file descriptors left.
    public init(
        plan: ServicePlan,
        configuration: (any ConfigurationSource)? = nil,
        journal: any JournalSink = JournalWriter(),
        notifier: any StateNotifier = Notifier()
    ) throws {
        var plan = plan
        plan.settings = try plan.settings.resolved()
        self.plan = plan
        self.configuration = configuration
        sink = journal as? CountingJournal ?? CountingJournal(journal)
        self.notifier = notifier
        stopRequest = try EventCounter()
        reloads = try ReloadRequests()
        idle = try EventCounter()
        room = try EventCounter()
        ledgerCalls = try EventCounter()
    }

    /// Prepares a service that has one auditor for ever.
    public convenience init(
        settings: ServiceSettings,
        auditor: any FileAuditor,
        journal: any JournalSink = JournalWriter(),
        notifier: any StateNotifier = Notifier()
    ) throws {
        try self.init(plan: ServicePlan(settings: settings) { auditor }, journal: journal, notifier: notifier)
    }

    /// Makes ``run()`` return soon. From any thread, also before `run`.
    public func stop() {
        stopRequest.raise()
    }

    /// Makes it read its configuration again. From any thread.
    ///
    /// - Parameter answer: called, on the thread that watches, with what came of it.
    public func reload(_ answer: @escaping @Sendable (ReloadOutcome) -> Void) {
        reloads.add(answer)
    }

    /// Number of results written so far.
    public var auditedCount: Int { tally.audits.count }

    /// Works until ``stop()``, SIGTERM or SIGINT; blocks the calling thread. Once only.
    ///
    /// SIGPIPE is ignored in the whole process from here on: a closed standard error must not end the service.
    ///
    /// - Throws: ``SettingsError`` when another service uses the state folder, ``SystemCallError`` when the results or
    ///   an inbox cannot be used at the start.
    public func run() throws -> ExitReason {
        signal(SIGPIPE, SIG_IGN)
        let settings = plan.settings
        let lock = try lockState(settings)
        defer { withExtendedLifetime(lock) {} }
        let signals = settings.handlesSignals ? try SignalForwarder([SIGTERM, SIGINT], to: stopRequest) : nil
        let hangups =
            settings.handlesSignals && settings.reloadsAtHangup
            ? try SignalForwarder([SIGHUP], to: reloads.called) : nil
        defer { withExtendedLifetime((signals, hangups)) {} }
        try prepareResults(settings)
        let watchdog = Watchdog(notifier)
        let keeper = try LedgerKeeper(at: settings.ledgerFile, expected: Self.hasResults(settings)) {
            [ledgerNews, ledgerCalls] event in
            ledgerNews.withLock { $0.append(event) }
            ledgerCalls.raise()
        }
        defer { _ = keeper.stop(until: .now + .milliseconds(200)) }
        var (plan, pipeline) = (plan, try start(plan, keeper, watchdog))
        let teller = try StallTeller(every: watchdog.checkInterval) { [sink, troubles] part in
            let journal = ServiceJournal(sink: sink, language: settings.language, troubles: troubles)
            journal.stalled(part, isWatched: watchdog.isFed)
        }
        defer { teller.stop() }
        teller.watch(pipeline.heartbeats)
        let control = startControl(pipeline)
        defer { control?.stop() }
        let metrics = MetricsWriter(keeper: keeper, tally: tally, events: sink)
        try WorkerThread(name: "metrics") { metrics.run() }.detach()
        defer { metrics.stop() }
        let board = Board(control: control, metrics: metrics)
        pipeline.journal.started(inboxes: pipeline.settings.inboxes)
        notifier.ready(status: pipeline.statusLine(tally))
        do {
            while try watch(pipeline, keeper, watchdog, board) == .reload {
                let answers = reloads.take()
                teller.watch(nil)
                let outcome = try reload(&plan, &pipeline, keeper, watchdog)
                teller.watch(pipeline.heartbeats)
                for answer in answers { answer(outcome) }
            }
        } catch {
            teller.watch(nil)
            end(pipeline, keeper, watchdog)
            throw error
        }
        let reason = signals?.arrived.map { ExitReason.signal($0) } ?? .requested
        notifier.stopping()
        pipeline.journal.stopping(reason)
        teller.watch(nil)
        end(pipeline, keeper, watchdog)
        for answer in reloads.take() { answer(.refused([ReloadRefused.stopping(pipeline.settings.language)])) }
        return reason
    }

    private func start(
        _ plan: ServicePlan,
        _ keeper: LedgerKeeper,
        _ watchdog: Watchdog
    ) throws(SystemCallError) -> Pipeline {
        let surroundings = Pipeline.Surroundings(
            keeper: keeper,
            sink: sink,
            troubles: troubles,
            tally: tally,
            idle: idle,
            room: room
        )
        let pipeline = Pipeline(plan.settings, plan.activate(), surroundings, watchdogTime: watchdog.time)
        do {
            try pipeline.start()
        } catch {
            pipeline.end(until: .now + plan.settings.stopTime) { watchdog.feed() }
            throw error
        }
        return pipeline
    }

    /// Without it the service works as well.
    private func startControl(_ pipeline: Pipeline) -> ControlServer? {
        guard let path = plan.settings.controlSocket else { return nil }
        do throws(SystemCallError) {
            let control = try ControlServer(at: path, stateFolder: plan.settings.stateFolder) { [reloads] answer in
                reloads.add(answer)
            }
            try WorkerThread(name: "control") { control.run() }.detach()
            return control
        } catch {
            pipeline.journal.controlUnavailable(error)
            return nil
        }
    }

    private func end(_ pipeline: Pipeline, _ keeper: LedgerKeeper, _ watchdog: Watchdog) {
        let deadline = ContinuousClock.now + pipeline.settings.stopTime
        pipeline.end(until: deadline) { watchdog.feed() }
        _ = keeper.stop(until: max(deadline, .now + .milliseconds(200)))
    }

    private func prepareResults(_ settings: ServiceSettings) throws(SystemCallError) {
        do {
            try AtomicFile.createDirectories(settings.resultsFolder)
        } catch let error where [EROFS, ENOSPC, EDQUOT].contains(error.errno) {
            // Each result tries anew: the disk may have room again by then.
        }
        AtomicFile.removeTemporaries(beneath: settings.resultsFolder)
    }

    /// Whether the service has run here before.
    private static func hasResults(_ settings: ServiceSettings) -> Bool {
        !DirectoryScan.names(in: settings.resultsFolder).isEmpty
    }

    private func lockState(_ settings: ServiceSettings) throws -> FileLock {
        let lock = settings.stateFolder.appending("lock")
        do throws(SystemCallError) {
            return try FileLock(at: lock)
        } catch let error where error.errno == EWOULDBLOCK {
            throw SettingsError.stateFolderInUse(settings.stateFolder, process: FileLock.holder(of: lock))
        }
    }

    // MARK: - The thread that watches

    /// Those who tell others how it is doing.
    private struct Board {
        let control: ControlServer?
        let metrics: MetricsWriter

        func show(_ pipeline: Pipeline, audited: Int) {
            let (settings, watcher) = (pipeline.settings, pipeline.watcher)
            let record = pipeline.statusBoard.show(audited: audited, watcher)
            control?.show(record, settings.language)
            metrics.show(
                MetricsWriter.Snapshot(
                    file: settings.metricsFile,
                    service: record,
                    walks: watcher.walks,
                    lastWalk: watcher.lastWalk,
                    watchedFolders: watcher.watchedFolders,
                    journal: pipeline.journal
                )
            )
        }
    }

    /// Why it does not go on with what it has.
    private enum Turn {
        case stop, reload
    }

    private func watch(
        _ pipeline: Pipeline,
        _ keeper: LedgerKeeper,
        _ watchdog: Watchdog,
        _ board: Board
    ) throws(SystemCallError) -> Turn {
        let watcher = pipeline.watcher
        let checkInterval = pipeline.settings.inboxCheckInterval
        var toldStatus = pipeline.statusLine(tally)
        var nextCheck = ContinuousClock.now + checkInterval
        var nextRetry = ContinuousClock.now
        while true {
            Failpoint.pass("watcher")
            pipeline.turns.turn()
            watchdog.feed(if: pipeline.heartbeats)
            let due = min(nextCheck, nextRetry, watchdog.due)
            let wait = watcher.isWalking ? Duration.zero : max(.zero, due - .now)
            let own = [stopRequest, reloads.called, idle, room, ledgerCalls].map(\.descriptor)
            let ready = try Poll.readable(own + [watcher.descriptor].compactMap(\.self), timeout: wait)
            if ready[0] { return .stop }
            if ready[1] { return .reload }
            if ready.count > own.count, ready[own.count] {
                try watcher.readEvents()
            }
            if ready[2] {
                idle.lower()
            }
            if ready[3] {
                room.lower()
                watcher.madeRoom()
            }
            if ready[4] {
                ledgerCalls.lower()
                hearLedger(pipeline)
            }
            watcher.walk()
            if nextRetry <= .now {
                watcher.retry()
                board.show(pipeline, audited: auditedCount)
                nextRetry = .now + .seconds(1)
            }
            let isCheckDue = nextCheck <= .now
            if isCheckDue {
                watcher.check()
                keeper.maintain()
                pipeline.housekeeping.work()
                nextCheck = .now + checkInterval
            }
            // While files pour in, the line changes with each: then the regular check tells it.
            if isCheckDue || ready[2] {
                let status = pipeline.statusLine(tally)
                if status != toldStatus { notifier.status(status) }
                toldStatus = status
            }
        }
    }

    private func hearLedger(_ pipeline: Pipeline) {
        let news = ledgerNews.withLock { news in
            defer { news = [] }
            return news
        }
        let journal = pipeline.journal
        for event in news {
            switch event {
            case .rebuilt(let reason, let setAside):
                journal.ledgerRebuilt(reason: reason, setAside: setAside)
                pipeline.records.forgetRecent()
                pipeline.watcher.walkEverything(.regular)
            case .unavailable(let error):
                journal.ledgerUnavailable(error.reason)
            case .available(let lostChanges):
                journal.ledgerAvailable()
                if lostChanges {
                    pipeline.records.forgetRecent()
                    pipeline.watcher.walkEverything(.regular)
                }
            }
        }
    }

    // MARK: - Another configuration

    /// How long the ledger may take for what the old configuration has still to say.
    private static let flushTime = Duration.seconds(2)

    /// Takes a new configuration, or stays with the present one.
    ///
    /// - Throws: when neither can go on.
    private func reload(
        _ plan: inout ServicePlan,
        _ pipeline: inout Pipeline,
        _ keeper: LedgerKeeper,
        _ watchdog: Watchdog
    ) throws(SystemCallError) -> ReloadOutcome {
        notifier.reloading()
        do throws(ReloadRefused) {
            let next = try nextPlan(plan)
            pipeline.end(until: .now + pipeline.settings.stopTime) { watchdog.feed() }
            // What is not in the ledger by then the walk of the new configuration finds out anew.
            _ = keeper.flush(until: .now + Self.flushTime)
            watchdog.feed()
            do throws(SystemCallError) {
                pipeline = try start(next, keeper, watchdog)
            } catch {
                throw ReloadRefused(problems: [pipeline.journal.reason(error)])
            }
            plan = next
        } catch {
            pipeline.journal.reloadRefused(error.problems)
            if pipeline.hasEnded { pipeline = try start(plan, keeper, watchdog) }
            tally.refusal = error.problems.first
            notifier.ready(status: pipeline.statusLine(tally))
            return .refused(error.problems)
        }
        tally.refusal = nil
        pipeline.journal.configurationReloaded(inboxes: pipeline.settings.inboxes)
        notifier.ready(status: pipeline.statusLine(tally))
        return .reloaded(inboxes: pipeline.settings.inboxes.count)
    }

    private func nextPlan(_ present: ServicePlan) throws(ReloadRefused) -> ServicePlan {
        let language = present.settings.language
        guard let configuration else { throw ReloadRefused(problems: [ReloadRefused.noConfiguration(language)]) }
        var next = try configuration.plan()
        let resolved: ServiceSettings
        do {
            resolved = try next.settings.resolved(makingState: false)
        } catch {
            throw ReloadRefused(problems: [error.message(in: language)])
        }
        guard resolved.stateFolder == present.settings.stateFolder else {
            let folders = (present.settings.stateFolder, resolved.stateFolder)
            throw ReloadRefused(problems: [ReloadRefused.stateFolderChanged(from: folders.0, to: folders.1, language)])
        }
        next.settings = resolved
        return next
    }
}
