import Ledger
import LinuxIO

/// Keeps files waiting while what they all need does not work: the disk of the results is full, no worker can be started. One
/// at a time tries; the others do not each fail by themselves.
final class ResultGate: Sendable {
    /// What does not work.
    enum Part: Hashable, Sendable {
        /// Writing results, all of which lie on one file system as a rule.
        case results
        /// Starting workers.
        case auditing
    }

    private struct Closure {
        var pause: Duration
        var opens: ContinuousClock.Instant
        /// One tries now, and the others wait for what comes of it.
        var isTrial = false
    }

    private static let pauses = (first: Duration.seconds(1), longest: Duration.seconds(60))
    /// How long one that tries may take before the next one does.
    private static let trial = Duration.seconds(10)
    /// How soon the others ask what came of it, which takes milliseconds as a rule.
    private static let trialCheck = Duration.seconds(1)

    private let closures = Monitor<[Part: Closure]>([:])

    /// How long a file has to wait, and for what; nil when it may go on.
    func wait() -> (part: Part, pause: Duration)? {
        closures.withLock { closures in
            let now = ContinuousClock.now
            let waits = closures.map { part, closure -> (part: Part, pause: Duration) in
                let wait = now.duration(to: closure.opens)
                return (part, closure.isTrial ? min(wait, Self.trialCheck) : wait)
            }
            if let longest = waits.filter({ $0.pause > .zero }).max(by: { $0.pause < $1.pause }) { return longest }
            for part in closures.keys {
                closures[part]?.opens = now + Self.trial
                closures[part]?.isTrial = true
            }
            return nil
        }
    }

    /// It did not work.
    func close(_ part: Part) {
        closures.withLock { closures in
            // Files that were under way together fail together: that is one attempt, not as many as there are files.
            if let closure = closures[part], !closure.isTrial { return }
            let pause = closures[part].map { min($0.pause * 2, Self.pauses.longest) } ?? Self.pauses.first
            closures[part] = Closure(pause: pause, opens: .now + pause)
        }
    }

    /// It worked.
    func open(_ part: Part) {
        closures.withLock { closures in
            if !closures.isEmpty { closures[part] = nil }
        }
    }

    /// What does not work now.
    var closed: Set<Part> { closures.withLock { Set($0.keys) } }
}

/// When something that did not work is tried again.
enum Retry {
    /// Milliseconds before the next attempt, after `attempts` in a row: one second, then twice as long each time.
    static func delay(after attempts: Int) -> Int64 {
        min(Ledger.longestDelay, 1000 << Int64(min(max(0, attempts - 1), 20)))
    }

    /// Whether the time for the next attempt has come. A time further ahead than any delay comes from a clock that was set back.
    static func isDue(_ time: Int64?, now: Int64) -> Bool {
        time.map { $0 <= now || $0 > now + Ledger.longestDelay } ?? true
    }
}
