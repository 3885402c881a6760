import Glibc

/// The time as the ledger counts it.
public enum LedgerClock {
    /// Milliseconds since 1970-01-01 UTC.
    public static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
