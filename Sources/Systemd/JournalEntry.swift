// One entry of the systemd journal, see systemd.journal-fields(7).

/// How important an entry is: the priorities of syslog(3).
public enum JournalPriority: Int, Sendable {
    case emergency, alert, critical, error, warning, notice, info, debug
}

/// A field of an entry. The same name may occur several times.
public struct JournalField: Hashable, Sendable {
    /// Upper case ASCII letters, digits and underscores.
    public let name: String
    /// Any bytes: file names need not be UTF-8.
    public internal(set) var value: [UInt8]

    /// Makes a field.
    ///
    /// - Parameter name: 1 to 64 of `A–Z 0–9 _`, the first a letter. The journal drops any other field in silence, so
    ///   that a wrong name, a programmer's error, traps here.
    public init(_ name: String, _ value: [UInt8]) {
        precondition(Self.isValid(name), "'\(name)' is no name that the journal would take")
        self.name = name
        self.value = value
    }

    /// Makes a field of text.
    public init(_ name: String, _ value: String) {
        self.init(name, Array(value.utf8))
    }

    /// Makes a field of a number.
    public init(_ name: String, _ value: Int) {
        self.init(name, String(value))
    }

    /// Whether the journal takes fields of this name from a program.
    public static func isValid(_ name: String) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, bytes.count <= 64 else { return false }
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return letters.contains(first)
            && bytes.allSatisfy { letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "_") }
    }

    /// Bytes that the field takes in an entry: `NAME=value`.
    var size: Int { name.utf8.count + 1 + value.count }
}

/// An entry: a sentence, its class, its importance and further fields.
public struct JournalEntry: Sendable {
    /// The sentence that `journalctl` shows.
    public let message: String
    /// The class of the event: 32 hex digits, see sd-id128(3).
    public let messageID: String
    /// How important it is.
    public let priority: JournalPriority
    /// The program, as in `journalctl -t`.
    public let identifier: String
    /// Everything else, in this order.
    public let fields: [JournalField]

    /// Makes an entry.
    public init(
        message: String,
        messageID: String,
        priority: JournalPriority,
        identifier: String,
        fields: [JournalField] = []
    ) {
        self.message = message
        self.messageID = messageID
        self.priority = priority
        self.identifier = identifier
        self.fields = fields
    }

    /// All fields as they are sent, cut to `limit` bytes in all.
    ///
    /// The longest value is cut first, in front of a UTF-8 character; when there are too many fields, the last ones go.
    func allFields(limit: Int) -> [JournalField] {
        let head = [
            JournalField("MESSAGE", message),
            JournalField("MESSAGE_ID", messageID),
            JournalField("PRIORITY", priority.rawValue),
            JournalField("SYSLOG_IDENTIFIER", identifier),
        ]
        var all = head + fields
        var excess = all.reduce(0) { $0 + $1.size } - limit
        while excess > 0 {
            let longest = all.indices.max { all[$0].value.count < all[$1].value.count }
            if let longest, all[longest].value.count > Self.shortestCut {
                let old = all[longest].value
                let kept = max(Self.shortestCut, old.count - excess)
                all[longest].value = old.prefixOfWholeCharacters(kept)
                excess -= old.count - all[longest].value.count
            } else if all.count > head.count {
                excess -= all.removeLast().size
            } else {
                break
            }
        }
        return all
    }

    /// Values are not cut below this; rather the last fields go.
    private static let shortestCut = 256
}

extension [UInt8] {
    /// The longest prefix of at most `count` bytes that does not end within a UTF-8 character.
    public func prefixOfWholeCharacters(_ count: Int) -> [UInt8] {
        guard count < self.count else { return self }
        var end = Swift.max(0, count)
        // A character has at most three continuation bytes; more of them are not UTF-8, and any place is as good.
        for _ in 0..<3 where end > 0 && self[end] & 0xC0 == 0x80 {
            end -= 1
        }
        return Array(self[..<end])
    }
}
