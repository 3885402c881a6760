// Who is late with what: for a watchdog, which must not guess.

/// Pieces of work that each end by a known time. One that is still there after that stands still.
///
/// By a clock that stops while the machine sleeps: nobody can work then.
public final class Deadlines: Sendable {
    /// One piece of work.
    public typealias Work = UInt64

    private struct State {
        var next: Work = 0
        var due: [Work: SuspendingClock.Instant] = [:]
    }

    private let state = Monitor(State())

    /// Nothing is to be done.
    public init() {}

    /// Notes that work begins that takes no longer than `time`.
    public func begin(within time: Duration) -> Work {
        let due = SuspendingClock.now + time
        return state.withLock { state in
            state.next += 1
            state.due[state.next] = due
            return state.next
        }
    }

    /// The work goes on, and takes no longer than `time` from now.
    public func renew(_ work: Work, within time: Duration) {
        let due = SuspendingClock.now + time
        state.withLock { state in
            if state.due[work] != nil { state.due[work] = due }
        }
    }

    /// The work is done. May be said twice.
    public func end(_ work: Work) { state.withLock { _ = $0.due.removeValue(forKey: work) } }

    /// When the first of all is due; nil while there is nothing to do.
    public var earliest: SuspendingClock.Instant? { state.withLock { $0.due.values.min() } }
}
