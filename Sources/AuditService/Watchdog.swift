// The sign of life for systemd: see WatchdogSec= in systemd.service(5).

import LinuxIO
import Systemd

/// Tells systemd that the service lives, twice in the time after which it would be taken for dead.
final class Watchdog: Sendable {
    private let notifier: any StateNotifier
    private let next = Monitor(ContinuousClock.now)

    /// After which systemd takes the service for dead; nil where it never does.
    let time: Duration?

    init(_ notifier: any StateNotifier) {
        self.notifier = notifier
        time = notifier.watchdogTime
    }

    /// Whether systemd waits for a sign of life.
    var isFed: Bool { time != nil }

    /// How often it is to be looked whether a part stands still.
    var checkInterval: Duration { min(.seconds(5), time.map { $0 / 8 } ?? .seconds(5)) }

    /// When to be called next.
    var due: ContinuousClock.Instant { time == nil ? .now + .seconds(3600) : next.withLock { $0 } }

    /// Tells systemd, when it is time, unless a part stands still.
    func feed(if heartbeats: Heartbeats) {
        guard let time, next.withLock({ $0 <= .now }) else { return }
        if heartbeats.stalled().isEmpty {
            feed()
        } else {
            // It may only have been slow.
            next.withLock { $0 = .now + time / 8 }
        }
    }

    /// Tells systemd, when it is time: while the service starts or ends the parts are no measure, and it takes seconds.
    func feed() {
        guard let time, next.withLock({ $0 <= .now }) else { return }
        notifier.alive()
        next.withLock { $0 = .now + time / 2 }
    }
}
