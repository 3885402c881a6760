// How the service is doing, for `nianbao status`: told through the ledger, which others may read while it runs.

import Glibc
import Ledger
import LinuxIO
import Systemd
import SystemPackage

/// The last troubles, as the journal has them.
final class TroubleLog: Sendable {
    private let faults = Monitor<[ServiceRecord.Fault]>([])

    func add(_ sentence: String) {
        faults.withLock { faults in
            faults.append(ServiceRecord.Fault(at: WallClock.milliseconds, sentence: sentence))
            if faults.count > ServiceRecord.mostFaults { faults.removeFirst() }
        }
    }

    var all: [ServiceRecord.Fault] { faults.withLock { $0 } }
}

/// Writes down how the service is doing, when that has changed.
final class StatusBoard {
    private static let mostInWork = 20

    private let settings: ServiceSettings
    private let keeper: LedgerKeeper
    private let queue: WorkQueue
    private let presence: InboxPresence
    private let troubles: TroubleLog
    private let startedAt: Int64
    private var last: ServiceRecord?

    init(
        settings: ServiceSettings,
        keeper: LedgerKeeper,
        queue: WorkQueue,
        presence: InboxPresence,
        troubles: TroubleLog,
        startedAt: Int64
    ) {
        self.settings = settings
        self.keeper = keeper
        self.queue = queue
        self.presence = presence
        self.troubles = troubles
        self.startedAt = startedAt
    }

    /// Tells what has changed. At most once a second.
    ///
    /// - Returns: how it is.
    @discardableResult
    func show(audited: Int, _ watcher: FolderWatcher) -> ServiceRecord {
        var record = ServiceRecord(
            pid: getpid(),
            version: settings.version,
            startedAt: startedAt,
            updatedAt: last?.updatedAt ?? 0,
            inboxes: settings.inboxes.indices.map { inbox($0, watcher) },
            queued: queue.waiting.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value },
            inWork: queue.inWork(atMost: Self.mostInWork).map { settings.place($0).description },
            lastErrors: troubles.all,
            auditedSinceStart: audited
        )
        if let last, record == last { return last }
        record.updatedAt = WallClock.milliseconds
        last = record
        keeper.submit(record)
        return record
    }

    private func inbox(_ index: Int, _ watcher: FolderWatcher) -> ServiceRecord.Inbox {
        let inbox = settings.inboxes[index]
        let polled = watcher.polledInboxes[index]
        let state =
            if presence.root(index) == nil { "lost" } else if polled != nil { "polled" } else { "watched" }
        return ServiceRecord.Inbox(name: inbox.name ?? "", path: inbox.path.description, state: state, detail: polled)
    }
}
