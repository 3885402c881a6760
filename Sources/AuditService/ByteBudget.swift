import LinuxIO

/// Bytes that may be held in memory at once.
final class ByteBudget: Sendable {
    private let total: Int64
    private let taken = Monitor<Int64>(0)

    init(_ total: Int64) { self.total = total }

    /// Waits until `count` bytes are free and takes them; all of a larger file count as the whole budget.
    func take(_ count: Int64) -> Int64 {
        let count = min(count, total)
        taken.wait { taken -> Monitor<Int64>.Step<Void> in
            guard taken + count <= total else { return .wait(until: nil) }
            taken += count
            return .done(())
        }
        return count
    }

    /// Frees what ``take(_:)`` said.
    func giveBack(_ count: Int64) {
        if count > 0 { taken.change { $0 -= count } }
    }
}
