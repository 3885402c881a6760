// What the service does, as numbers, for the text file collector of the Prometheus node exporter.

import Glibc
import Ledger
import LinuxIO
import SystemPackage

/// Writes the metrics down, on a thread of its own: a disk that hangs holds up nothing else.
final class MetricsWriter: Sendable {
    /// How the service is, as the thread that watches sees it.
    struct Snapshot: Sendable {
        /// Where to write; nil: nowhere.
        var file: FilePath?
        var service: ServiceRecord
        var walks: Int
        var lastWalk: (endedAt: Int64, took: Duration, files: Int)?
        var watchedFolders: Int
        var journal: ServiceJournal
    }

    private struct State {
        var snapshot: Snapshot?
        var isStopped = false
        var hasEnded = false
    }

    /// Prometheus asks every 15 s or less often, as a rule.
    private static let interval = Duration.seconds(15)

    private let keeper: LedgerKeeper
    private let tally: Tally
    private let events: CountingJournal
    private let state = Monitor(State())

    init(keeper: LedgerKeeper, tally: Tally, events: CountingJournal) {
        self.keeper = keeper
        self.tally = tally
        self.events = events
    }

    /// What is written the next time.
    func show(_ snapshot: Snapshot) {
        let isFirst = state.withLock { state in
            defer { state.snapshot = snapshot }
            return state.snapshot?.file != snapshot.file
        }
        // Whoever has just configured it looks at once.
        if isFirst { state.change { _ in } }
    }

    /// Writes until ``stop()``.
    func run() {
        var (written, next): (FilePath?, ContinuousClock.Instant) = (nil, .now)
        var isFailing = false
        while true {
            let snapshot = state.wait { state -> Monitor<State>.Step<Snapshot?> in
                if state.isStopped { return .done(nil) }
                guard let snapshot = state.snapshot, let file = snapshot.file else { return .wait(until: nil) }
                return file != written || next <= .now ? .done(snapshot) : .wait(until: next)
            }
            guard let snapshot, let file = snapshot.file else { break }
            do throws(SystemCallError) {
                // The exporter is another user.
                try AtomicFile.write(Array(text(snapshot).utf8), to: file, mode: 0o644)
                isFailing = false
            } catch {
                if !isFailing { snapshot.journal.metricsNotWritten(file, error) }
                isFailing = true
            }
            (written, next) = (file, .now + Self.interval)
        }
        state.change { $0.hasEnded = true }
    }

    func stop() { state.change { $0.isStopped = true } }

    // MARK: - The text

    private func text(_ snapshot: Snapshot) -> String {
        var text = MetricsText()
        let service = snapshot.service
        text.add("nianbao_build_info", .gauge, "Version of the running service.", [(["version": service.version], 1)])
        text.add(
            "nianbao_start_time_seconds",
            .gauge,
            "Start of the service in seconds since 1970.",
            Double(service.startedAt) / 1000
        )
        addAudits(&text)
        let counts = keeper.read { (ledger) throws(LedgerError) in try ledger.counts() }
        addFiles(&text, service, counts)
        text.add(
            "nianbao_ledger_available",
            .gauge,
            "Whether the ledger can be read (1) or not (0).",
            counts == nil ? 0 : 1
        )
        text.add(
            "nianbao_ledger_backlog_files",
            .gauge,
            "Files whose changes are not in the ledger yet.",
            Double(keeper.backlog)
        )
        text.add(
            "nianbao_events_total",
            .counter,
            "Journal entries of the service by event class, without the audits.",
            JournalEvent.allCases.filter { $0 != .audited }.map { (["event": "\($0)"], Double(events.count($0))) }
        )
        text.add(
            "nianbao_inbox_present",
            .gauge,
            "Whether an inbox is there (1) or lost (0).",
            service.inboxes.map { (["inbox": $0.name, "path": $0.path], $0.state == "lost" ? 0 : 1) }
        )
        text.add(
            "nianbao_configuration_refused",
            .gauge,
            "Whether the last new configuration was refused (1) or is in force (0).",
            tally.refusal == nil ? 0 : 1
        )
        addWalks(&text, snapshot)
        return text.text
    }

    private func addAudits(_ text: inout MetricsText) {
        let audits = tally.measures
        let sorted = audits.counts.sorted { ($0.key.verdict, $0.key.format) < ($1.key.verdict, $1.key.format) }
        text.add(
            "nianbao_audits_total",
            .counter,
            "Results written, by verdict and document format.",
            sorted.map { (["verdict": $0.key.verdict, "format": $0.key.format], Double($0.value)) }
        )
        text.add(
            "nianbao_audit_duration_seconds",
            "From the first look at a file to its audit, waiting for converters included.",
            bounds: Tally.bounds,
            counts: audits.durations,
            sum: Double(audits.microseconds) / 1_000_000
        )
    }

    /// What waits in memory is known here, the rest in the ledger.
    private func addFiles(_ text: inout MetricsText, _ service: ServiceRecord, _ counts: [FileState: Int]?) {
        let ours: Set<FileState> = [.settling, .queued, .working]
        let samples = FileState.allCases.compactMap { state -> (labels: MetricsText.Labels, value: Double)? in
            let count = ours.contains(state) ? service.queued[state.rawValue] ?? 0 : counts.map { $0[state] ?? 0 }
            return count.map { (["state": state.rawValue], Double($0)) }
        }
        text.add("nianbao_files", .gauge, "Files by state.", samples)
    }

    private func addWalks(_ text: inout MetricsText, _ snapshot: Snapshot) {
        text.add(
            "nianbao_watched_folders",
            .gauge,
            "Folders of which the kernel tells.",
            Double(snapshot.watchedFolders)
        )
        text.add("nianbao_walks_total", .counter, "Walks through a whole inbox.", Double(snapshot.walks))
        guard let walk = snapshot.lastWalk else { return }
        text.add(
            "nianbao_last_walk_timestamp_seconds",
            .gauge,
            "End of the last walk in seconds since 1970.",
            Double(walk.endedAt) / 1000
        )
        text.add(
            "nianbao_last_walk_duration_seconds",
            .gauge,
            "How long the last walk took.",
            Double(walk.took.nanoseconds) / 1_000_000_000
        )
        text.add("nianbao_last_walk_files", .gauge, "Files that the last walk met.", Double(walk.files))
    }
}
