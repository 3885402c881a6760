/// What a hand does to a number: how the one that was written may have come from the one that was meant.
enum DigitSlip: Sendable, Hashable {
    /// Two digits side by side changed places: 12 for 21.
    case transposed
    /// One digit was left out: 10 for 100.
    case dropped
    /// One digit too many: 100 for 10.
    case added

    /// The slip that turns `meant` into `written`; nil where no single one does, and for 0, which is no slip of a digit.
    init?(written: Int, meant: Int) {
        guard written > 0, meant > 0, written != meant else { return nil }
        let (wrong, right) = (Array(String(written).utf8), Array(String(meant).utf8))
        if wrong.count == right.count, Self.areTransposed(wrong, right) {
            self = .transposed
        } else if Self.isOneShorter(wrong, right) {
            self = .dropped
        } else if Self.isOneShorter(right, wrong) {
            self = .added
        } else {
            return nil
        }
    }

    /// Whether two neighbours changed places, and nothing else.
    private static func areTransposed(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let differing = left.indices.filter { left[$0] != right[$0] }
        guard differing.count == 2, differing[1] == differing[0] + 1 else { return false }
        return left[differing[0]] == right[differing[1]] && left[differing[1]] == right[differing[0]]
    }

    /// Whether taking one digit out of `long` leaves `short`.
    private static func isOneShorter(_ short: [UInt8], _ long: [UInt8]) -> Bool {
        guard long.count == short.count + 1 else { return false }
        let same = zip(short, long).prefix { $0 == $1 }.count
        return short[same...].elementsEqual(long[(same + 1)...])
    }

    /// What to check, as the end of a hint.
    var question: Message {
        switch self {
        case .transposed: Message("请核对是否数字颠倒", "check whether two digits changed places")
        case .dropped: Message("请核对是否漏写一位数字", "check whether a digit was left out")
        case .added: Message("请核对是否多写一位数字", "check whether there is a digit too many")
        }
    }
}
