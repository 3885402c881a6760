// The state of the service to the service manager, see sd_notify(3).

import CSystemd
import Glibc

/// Where the state of a service is told.
public protocol StateNotifier: Sendable {
    /// The service is up and works.
    func ready(status: String)
    /// One line for `systemctl status`.
    func status(_ status: String)
    /// The service begins to end.
    func stopping()
    /// The service begins to read its configuration again; ``ready(status:)`` ends that.
    func reloading()
    /// The service lives.
    func alive()
    /// How often it must say so at least; nil where nobody waits for it.
    var watchdogTime: Duration? { get }
}

/// Tells systemd; does nothing where no `NOTIFY_SOCKET` is set.
public struct Notifier: StateNotifier {
    /// Makes a notifier.
    public init() {}

    /// `READY=1` and `STATUS=`.
    public func ready(status: String) {
        sd_notify(0, "READY=1\nSTATUS=\(Self.oneLine(status))")
    }

    /// `STATUS=`.
    public func status(_ status: String) {
        sd_notify(0, "STATUS=\(Self.oneLine(status))")
    }

    /// `STOPPING=1`.
    public func stopping() {
        sd_notify(0, "STOPPING=1")
    }

    /// `RELOADING=1` and the time of it, in one message: systemd takes a later `READY=1` for the answer to this one.
    public func reloading() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
        sd_notify(0, "RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
    }

    /// `WATCHDOG=1`.
    public func alive() {
        sd_notify(0, "WATCHDOG=1")
    }

    /// `WatchdogSec=` of the unit, where it is meant for this process (`WATCHDOG_USEC`, `WATCHDOG_PID`; see
    /// sd_watchdog_enabled(3)).
    public var watchdogTime: Duration? {
        var microseconds: UInt64 = 0
        guard sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
        return .microseconds(Int64(clamping: microseconds))
    }

    /// A line break would begin another assignment.
    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
