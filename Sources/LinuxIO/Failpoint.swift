// Where a test makes one part of the program stand still while all others go on. Only in debug builds.

import Glibc

/// A place in the program that a test can block: `NIANBAO_FAILPOINT=NAME:FILE` blocks the one of this name for good as soon
/// as there is a file FILE, which is removed, so that the same program started again runs.
public enum Failpoint {
    /// Waits for ever once the place is blocked.
    public static func pass(_ name: String) {
        #if DEBUG
            while isBlocked(name) { sleep(1) }
        #endif
    }

    /// Whether the place is blocked, for those who wait in their own way.
    public static func isBlocked(_ name: String) -> Bool {
        #if DEBUG
            guard let setting, setting.name == name else { return false }
            return hasBegun.withLock { hasBegun in
                hasBegun = hasBegun || unlink(setting.file) == 0
                return hasBegun
            }
        #else
            return false
        #endif
    }

    /// How long a part may stand still, where a test cannot wait as long as the product does: `NIANBAO_STALL_MS`.
    public static var patience: Duration? {
        #if DEBUG
            return getenv("NIANBAO_STALL_MS").flatMap { Int(String(cString: $0)) }.map { .milliseconds($0) }
        #else
            return nil
        #endif
    }

    #if DEBUG
        private static let hasBegun = Monitor(false)
        private static let setting: (name: String, file: String)? = {
            guard
                let words = getenv("NIANBAO_FAILPOINT").map({ String(cString: $0).split(separator: ":", maxSplits: 1) }
                ),
                words.count == 2
            else { return nil }
            return (String(words[0]), String(words[1]))
        }()
    #endif
}
