import Glibc
import LinuxIO
import ReportModel

extension Day {
    /// The day that it is here at a time in milliseconds since 1970-01-01 UTC; nil beyond the years of ``Day``.
    public init?(local milliseconds: Int64) {
        // Of a time before 1970 the whole second before it.
        var seconds = time_t(milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return nil }
        self.init(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    }

    /// The day that it is here now.
    public static var today: Day? { Day(local: WallClock.milliseconds) }
}
