// One thread writes, and takes with it all that waits: a hundred files a transaction cost hardly more than one.

import Glibc
import LinuxIO

/// Writes changes in the order in which they come, several in one transaction. A change is not durable when ``submit(_:)``
/// returns: what must not come before that waits in `whenDurable`.
public final class LedgerWriter: Sendable {
    /// How the writing goes, for those who tell about it.
    public enum Event: Sendable {
        /// Changes could not be written; they are kept and tried again.
        case failed(LedgerError)
        /// They could be written after all.
        case recovered
    }

    private struct Item {
        var change: LedgerChange
        var whenDurable: (@Sendable () -> Void)?
    }

    private struct State {
        var waiting: [Item] = []
        var writing = 0
        var isStopped = false
        var hasEnded = false
    }

    /// Most changes that wait; whoever has more to say waits until there is room. Nobody should hold more than the memory of
    /// the service may have, while the disk is full.
    private static let capacity = 4096
    /// Most changes of one transaction: those that come next must not wait for long.
    private static let largestBatch = 256
    /// After a failure: first, and at most.
    private static let pauses = (first: Duration.seconds(1), last: Duration.seconds(60))

    private let ledger: Ledger
    private let tell: @Sendable (Event) -> Void
    private let state = Monitor(State())

    /// Starts the thread.
    ///
    /// - Parameter tell: called on that thread when writing begins to fail, and when it goes on.
    public init(_ ledger: Ledger, tell: @escaping @Sendable (Event) -> Void) throws(SystemCallError) {
        self.ledger = ledger
        self.tell = tell
        let thread = try WorkerThread(name: "ledger") { [self] in run() }
        thread.detach()
    }

    /// Hands a change over.
    ///
    /// - Parameter whenDurable: called, on the thread of the writer, when the change is on the disk.
    public func submit(_ change: LedgerChange, whenDurable: (@Sendable () -> Void)? = nil) {
        let hasRoom = state.wait { state -> Monitor<State>.Step<Bool> in
            let isFull = state.waiting.count >= Self.capacity && !state.isStopped
            return isFull ? .wait(until: nil) : .done(!state.isStopped)
        }
        guard hasRoom else { return }
        state.change { $0.waiting.append(Item(change: change, whenDurable: whenDurable)) }
    }

    /// How many changes are not on the disk yet.
    public var backlog: Int { state.withLock { $0.waiting.count + $0.writing } }

    /// Waits until everything that was handed over is on the disk, at the latest until `deadline`.
    ///
    /// - Returns: whether it is.
    public func flush(until deadline: ContinuousClock.Instant) -> Bool {
        state.wait { state in
            if state.waiting.isEmpty && state.writing == 0 { return .done(true) }
            return deadline <= .now ? .done(false) : .wait(until: deadline)
        }
    }

    /// Writes what waits, once more, and ends the thread.
    ///
    /// - Returns: whether everything is on the disk; what is not, the scan of the next start finds.
    public func stop(until deadline: ContinuousClock.Instant) -> Bool {
        state.change { $0.isStopped = true }
        return state.wait { state in
            if state.hasEnded { return .done(state.waiting.isEmpty) }
            return deadline <= .now ? .done(false) : .wait(until: deadline)
        }
    }

    private func run() {
        var pause = Self.pauses.first
        var hasFailed = false
        while let batch = next() {
            do {
                try ledger.record(batch.map(\.change), now: Self.now())
                if hasFailed { tell(.recovered) }
                hasFailed = false
                pause = Self.pauses.first
                for item in batch { item.whenDurable?() }
                state.change { $0.writing = 0 }
            } catch {
                if !hasFailed { tell(.failed(error)) }
                hasFailed = true
                state.change { state in
                    state.waiting = batch + state.waiting
                    state.writing = 0
                }
                if rest(pause) { break }
                pause = min(pause * 2, Self.pauses.last)
            }
        }
        state.change { $0.hasEnded = true }
    }

    private func next() -> [Item]? {
        state.wait { state in
            if state.waiting.isEmpty { return state.isStopped ? .done(nil) : .wait(until: nil) }
            let batch = Array(state.waiting.prefix(Self.largestBatch))
            state.waiting.removeFirst(batch.count)
            state.writing = batch.count
            return .done(batch)
        }
    }

    /// Waits for a while; true when the writer is to stop meanwhile.
    private func rest(_ pause: Duration) -> Bool {
        let end = ContinuousClock.now + pause
        return state.wait { state in
            if state.isStopped { return .done(true) }
            return end <= .now ? .done(false) : .wait(until: end)
        }
    }

    /// Milliseconds since 1970.
    public static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
