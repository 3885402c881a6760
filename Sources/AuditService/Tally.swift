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

    /// What results are counted by.
    struct Kind: Hashable, Sendable {
        let verdict: String
        let format: String
    }

    /// What the metrics tell of results; kept only where somebody wants them.
    struct Measures: Sendable {
        var counts: [Kind: Int] = [:]
        /// By ``Tally/bounds``.
        var durations = [Int](repeating: 0, count: Tally.bounds.count + 1)
        var microseconds: Int64 = 0
    }

    /// Seconds: text and docx take milliseconds, pdf a second, LibreOffice several.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]

    private struct State {
        var audited = 0
        var measures = Measures()
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

    /// Measures a result: its format, and how long it took in microseconds.
    func measure(_ outcome: AuditOutcome, microseconds: Int64) {
        let kind = Kind(verdict: outcome.verdict.rawValue, format: ResultFile.format(in: outcome.json) ?? "unknown")
        let seconds = Double(microseconds) / 1_000_000
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        state.withLock { state in
            state.measures.counts[kind, default: 0] += 1
            state.measures.durations[bucket] += 1
            state.measures.microseconds += microseconds
        }
    }

    /// What was measured so far.
    var measures: Measures { state.withLock(\.measures) }

    /// Why the last new configuration was refused; nil when the newest is in force.
    var refusal: String? {
        get { state.withLock(\.refusal) }
        set { state.withLock { $0.refusal = newValue } }
    }

    /// Results so far, and the last of them.
    var audits: (count: Int, last: Last?) { state.withLock { ($0.audited, $0.last) } }
}
