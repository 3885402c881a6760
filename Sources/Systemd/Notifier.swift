// The state of the service to the service manager, see sd_notify(3).

import CSystemd

/// Where the state of a service is told.
public protocol StateNotifier: Sendable {
    /// The service is up and works.
    func ready(status: String)
    /// One line for `systemctl status`.
    func status(_ status: String)
    /// The service begins to end.
    func stopping()
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

    /// A line break would begin another assignment.
    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
