// Whether the service really moves: systemd is told that it lives only while every part that has something to do does it.

import LinuxIO

/// The parts that must move.
public enum ServicePart: String, CaseIterable, Sendable {
    /// The thread that hears the kernel and walks through the inboxes.
    case watcher
    /// The files that wait, and the threads that take them and read them.
    case queue
    /// The processes that audit.
    case pool
    /// The thread that writes results.
    case committer
    /// The thread that writes the ledger.
    case ledger
}

/// How long a part may stand still although it has something to do. Generous: a needless restart costs more than a late one.
public struct StallBounds: Sendable {
    /// One turn of the thread that watches: a look at the ledger, at each inbox, some hundred names of a walk.
    public var watcher = Duration.seconds(30)
    /// From a file that could be taken, with a thread that waits for one, until that takes it.
    public var queue = Duration.seconds(30)
    /// Opening and reading one file: up to 1 GiB from a slow server.
    public var reading = Duration.seconds(600)
    /// Beyond the time at which the auditor promised its answer.
    public var answer = Duration.seconds(15)
    /// Writing 64 results, with the cache of a disk that many others write to.
    public var committer = Duration.seconds(180)
    /// One transaction.
    public var ledger = Duration.seconds(120)

    /// The bounds of the product.
    public init() {}

    /// The same for all parts.
    public init(_ bound: Duration) {
        (watcher, queue, reading, answer, committer, ledger) = (bound, bound, bound, bound, bound, bound)
    }
}

/// Asks the parts how they get on.
final class Heartbeats: Sendable {
    /// What a part says.
    enum Sign: Sendable {
        /// It has nothing to do, or cannot do it for a reason that is told otherwise.
        case idle
        /// It has something to do; the number changes whenever it gets on with it.
        case busy(UInt64)
        /// What it does is to be done by this time.
        case due(SuspendingClock.Instant)
    }

    /// Where a part is asked.
    struct Probe: Sendable {
        let part: ServicePart
        /// How long the number of a busy part may stay the same, and what is due be late.
        let bound: Duration
        /// Must not wait for the part.
        let look: @Sendable () -> Sign
    }

    private struct Seen {
        var number: UInt64
        var since: SuspendingClock.Instant
    }

    private let probes: [Probe]
    /// What each busy part said last, by the index of its probe.
    private let seen = Monitor<[Int: Seen]>([:])

    init(_ probes: [Probe]) { self.probes = probes }

    /// The parts that stand still. A part counts from when it was first seen so: to be asked every second or so.
    func stalled(now: SuspendingClock.Instant = .now) -> Set<ServicePart> {
        var stalled: Set<ServicePart> = []
        for (index, probe) in probes.enumerated() {
            let since: SuspendingClock.Instant?
            switch probe.look() {
            case .idle:
                seen.withLock { $0[index] = nil }
                since = nil
            case .due(let time):
                since = time
            case .busy(let number):
                since = seen.withLock { seen in
                    if let known = seen[index], known.number == number { return known.since }
                    seen[index] = Seen(number: number, since: now)
                    return now
                }
            }
            if let since, since + probe.bound < now { stalled.insert(probe.part) }
        }
        return stalled
    }
}

/// Counts the turns of a thread, for ``Heartbeats``.
final class TurnCounter: Sendable {
    private let turns = Monitor<UInt64>(0)

    func turn() { turns.withLock { $0 &+= 1 } }

    var count: UInt64 { turns.withLock { $0 } }
}

/// Tells which part stands still, on a thread of its own: the thread that watches may be that part. It does not feed the
/// watchdog; whoever does asks the same ``Heartbeats``, so that nothing that hangs here keeps the service alive.
final class StallTeller: Sendable {
    private struct State {
        var heartbeats: Heartbeats?
        var told: Set<ServicePart> = []
        var isStopped = false
    }

    private let interval: Duration
    private let tell: @Sendable (ServicePart) -> Void
    private let state = Monitor(State())

    /// Starts the thread.
    init(every interval: Duration, tell: @escaping @Sendable (ServicePart) -> Void) throws(SystemCallError) {
        self.interval = interval
        self.tell = tell
        // Not waited for: it may hang in the journal.
        try WorkerThread(name: "stalls") { [self] in run() }.detach()
    }

    /// Whom to ask from now on; nil: nobody.
    func watch(_ heartbeats: Heartbeats?) { state.change { $0.heartbeats = heartbeats } }

    func stop() { state.change { $0.isStopped = true } }

    private func run() {
        while true {
            let next = ContinuousClock.now + interval
            let isStopped = state.wait { state -> Monitor<State>.Step<Bool> in
                state.isStopped || next <= .now ? .done(state.isStopped) : .wait(until: next)
            }
            if isStopped { return }
            let stalled = state.withLock(\.heartbeats)?.stalled() ?? []
            let news = state.withLock { state in
                defer { state.told = stalled }
                return stalled.subtracting(state.told)
            }
            ServicePart.allCases.filter(news.contains).forEach(tell)
        }
    }
}
