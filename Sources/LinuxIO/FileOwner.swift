import Glibc

/// The names behind the numbers of users and groups, for people to read.
///
/// The name service (nsswitch.conf(5)) may ask a server and take seconds: each answer is kept for some minutes, also that
/// there is none.
public enum FileOwner {
    private struct Answers {
        var names: [UInt32: (name: String, until: ContinuousClock.Instant)] = [:]
    }

    private static let lifetime = Duration.seconds(600)
    /// Whatever comes by: an archive unpacked with the owners of another machine brings many.
    private static let capacity = 1000
    /// `_SC_GETPW_R_SIZE_MAX` is a hint, and groups with many members need more.
    private static let largestRecord = 1 << 20

    private static let users = Monitor(Answers())
    private static let groups = Monitor(Answers())

    /// The name of a user, or the number where there is no name.
    public static func name(of user: uid_t) -> String {
        answer(users, user) { number, buffer in
            var record = passwd()
            var found: UnsafeMutablePointer<passwd>?
            guard let start = buffer.baseAddress else { return (ENOMEM, nil) }
            let code = getpwuid_r(number, &record, start, buffer.count, &found)
            return (code, found.flatMap { $0.pointee.pw_name }.map { String(cString: $0) })
        }
    }

    /// The name of a group, or the number where there is no name.
    public static func groupName(of group: gid_t) -> String {
        answer(groups, group) { number, buffer in
            var record = Glibc.group()
            var found: UnsafeMutablePointer<Glibc.group>?
            guard let start = buffer.baseAddress else { return (ENOMEM, nil) }
            let code = getgrgid_r(number, &record, start, buffer.count, &found)
            return (code, found.flatMap { $0.pointee.gr_name }.map { String(cString: $0) })
        }
    }

    private static func answer(
        _ kept: Monitor<Answers>,
        _ number: UInt32,
        _ ask: (UInt32, UnsafeMutableBufferPointer<CChar>) -> (code: CInt, name: String?)
    ) -> String {
        if let known = kept.withLock({ $0.names[number] }), known.until > .now {
            return known.name
        }
        // Not under the lock: who asks for another number need not wait for this one.
        let name = askWithEnoughRoom(number, ask) ?? String(number)
        kept.withLock { answers in
            if answers.names.count >= capacity { answers.names.removeAll() }
            answers.names[number] = (name, .now + lifetime)
        }
        return name
    }

    private static func askWithEnoughRoom(
        _ number: UInt32,
        _ ask: (UInt32, UnsafeMutableBufferPointer<CChar>) -> (code: CInt, name: String?)
    ) -> String? {
        var size = 1024
        while size <= largestRecord {
            let (code, name) = withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { ask(number, $0) }
            switch code {
            case ERANGE: size *= 4
            case EINTR: continue
            default: return name
            }
        }
        return nil
    }
}
