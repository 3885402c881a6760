import Foundation

/// How the service is doing, as it says itself from time to time, for those who ask the ledger (`nianbao status`).
/// Times are milliseconds since 1970-01-01 UTC.
public struct ServiceRecord: Hashable, Codable, Sendable {
    /// One inbox.
    public struct Inbox: Hashable, Codable, Sendable {
        /// Its name; empty for the one without.
        public var name: String
        /// Its folder, as text.
        public var path: String
        /// How it is, as a code of the service (`watched`, `polled`, `missing`, …).
        public var state: String
        /// The same as a sentence, where there is something to tell.
        public var detail: String?

        /// Tells about an inbox.
        public init(name: String, path: String, state: String, detail: String? = nil) {
            self.name = name
            self.path = path
            self.state = state
            self.detail = detail
        }
    }

    /// Something that went wrong.
    public struct Fault: Hashable, Codable, Sendable {
        /// When.
        public var at: Int64
        /// What, and how to mend it.
        public var sentence: String

        /// Tells of a fault.
        public init(at: Int64, sentence: String) {
            self.at = at
            self.sentence = sentence
        }
    }

    /// Most faults that are told: the journal has all of them.
    public static let mostFaults = 10

    /// The process of the service.
    public var pid: Int32
    /// The version of the product that runs.
    public var version: String
    /// When the service was started.
    public var startedAt: Int64
    /// When it said all this.
    public var updatedAt: Int64
    /// Its inboxes.
    public var inboxes: [Inbox]
    /// How many files wait in its memory, by the name of their ``FileState``.
    public var queued: [String: Int]
    /// The files that are being audited, as text.
    public var inWork: [String]
    /// The last faults, the newest last, at most ``mostFaults``.
    public var lastErrors: [Fault]
    /// How many audits were made since ``startedAt``.
    public var auditedSinceStart: Int

    /// Tells how the service is doing.
    public init(
        pid: Int32,
        version: String,
        startedAt: Int64,
        updatedAt: Int64,
        inboxes: [Inbox] = [],
        queued: [String: Int] = [:],
        inWork: [String] = [],
        lastErrors: [Fault] = [],
        auditedSinceStart: Int = 0
    ) {
        self.pid = pid
        self.version = version
        self.startedAt = startedAt
        self.updatedAt = updatedAt
        self.inboxes = inboxes
        self.queued = queued
        self.inWork = inWork
        self.lastErrors = Array(lastErrors.suffix(Self.mostFaults))
        self.auditedSinceStart = auditedSinceStart
    }
}

extension ServiceRecord {
    /// Keys sorted, as an administrator reads it.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Strings and integers only: nothing in it can fail.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// Nil when it is not of this version, or damaged.
    init?(json: String) {
        guard let record = try? JSONDecoder().decode(ServiceRecord.self, from: Data(json.utf8)) else { return nil }
        self = record
    }
}
