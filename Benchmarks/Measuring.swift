// Clocks and statistics.

import Glibc

/// What a piece of work cost.
struct Cost {
    /// Time that passed, in nanoseconds.
    var wall: Int64 = 0
    /// Time on a processor of the whole process, user and system, in nanoseconds.
    var cpu: Int64 = 0

    /// Does `body` and adds what it cost.
    mutating func add(_ body: () throws -> Void) rethrows {
        let (wallBefore, cpuBefore) = (Self.now(CLOCK_MONOTONIC), Self.now(CLOCK_PROCESS_CPUTIME_ID))
        try body()
        cpu += Self.now(CLOCK_PROCESS_CPUTIME_ID) - cpuBefore
        wall += Self.now(CLOCK_MONOTONIC) - wallBefore
    }

    /// A clock of the kernel in nanoseconds.
    static func now(_ clock: clockid_t = CLOCK_MONOTONIC) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Time on a processor of the programs that were started and have ended, in nanoseconds.
    static func ofChildren() -> Int64 {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        let microseconds =
            (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000_000
            + Int(usage.ru_utime.tv_usec) + Int(usage.ru_stime.tv_usec)
        return Int64(microseconds) * 1000
    }
}

extension [Double] {
    /// The value that the share `rank` of all values does not exceed; 0.5 is the median.
    func percentile(_ rank: Double) -> Double {
        let sorted = sorted()
        guard let last = sorted.last else { return .nan }
        let index = Swift.max(0, Int((rank * Double(count)).rounded(.up)) - 1)
        return sorted.indices.contains(index) ? sorted[index] : last
    }

    /// The one in the middle: a disturbance of some rounds leaves it alone.
    var median: Double { percentile(0.5) }
}

extension Double {
    /// With `digits` decimals.
    func shown(_ digits: Int) -> String {
        guard isFinite else { return "–" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let units = Int((magnitude * scale).rounded())
        let sign = self < 0 && units != 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(units)" }
        let decimals = String(units % Int(scale))
        return "\(sign)\(units / Int(scale))." + String(repeating: "0", count: digits - decimals.count) + decimals
    }
}
