// What the service has done since it was started, whatever its configuration was meanwhile.

import LinuxIO
import SystemPackage

/// Counts audits.
final class Tally: Sendable {
    /// The last file of which there is a result.
    struct Last: Sendable {
        let name: String
        let verdict: AuditOutcome.Verdict
    }

    private struct State {
        var audited = 0
        var last: Last?
        var refusal: String?
    }

    private let state = Monitor(State())

    /// When the service was started, in milliseconds since 1970.
    let startedAt = WallClock.milliseconds

    /// Counts a result that lies in place.
    func add(_ place: FilePath, _ outcome: AuditOutcome) {
        let last = Last(name: place.lastComponent?.string ?? place.string, verdict: outcome.verdict)
        state.withLock { state in
            state.audited += 1
            state.last = last
        }
    }

    /// Why the last new configuration was refused; nil when the newest is in force.
    var refusal: String? {
        get { state.withLock(\.refusal) }
        set { state.withLock { $0.refusal = newValue } }
    }

    /// Results so far, and the last of them.
    var audits: (count: Int, last: Last?) { state.withLock { ($0.audited, $0.last) } }
}
