import LinuxIO

/// Which file it is: the inbox by its name (empty for the one without) and the path below it, in bytes.
public struct LedgerKey: Hashable, Sendable {
    /// The name of the inbox; empty for the inbox without one.
    public var inbox: String
    /// The path below the inbox; names are bytes, not text.
    public var path: [UInt8]

    /// Names a file.
    public init(inbox: String, path: [UInt8]) {
        self.inbox = inbox
        self.path = path
    }
}

/// What becomes of a file, after the queues of Postfix: the states on disk are the queue.
public enum FileState: String, Sendable, CaseIterable {
    /// It may still be written: it is looked at again when it was quiet for the settle time.
    case settling
    /// It waits for its audit.
    case queued
    /// It is being audited. After a crash of the service it is queued again.
    case working
    /// Its result lies in place.
    case done
    /// It could not be audited or its result not be written; it is tried again at ``LedgerEntry/nextAttempt``.
    case deferred
    /// Its content killed what read it, twice: it is left alone until it changes or somebody asks for it.
    case quarantined
}

/// One file, as the ledger knows it. Times are milliseconds since 1970-01-01 UTC.
///
/// What is said of a result (from ``sha256`` on) is said of the one that lies in place, also while the file is waiting
/// again: it is older than the file then.
public struct LedgerEntry: Hashable, Sendable {
    /// The row's number; it stays as long as the file is remembered, and is not given to another file after that.
    public var id: Int64
    /// Which file.
    public var key: LedgerKey
    /// The state of the file on disk when it was last looked at; nil when that is not known: it is to be read then. In
    /// the state `done` it is that of the content that the result shows.
    public var identity: FileIdentity?
    /// It was read so soon after its last change that a later change may carry the same time stamp.
    public var isRacy: Bool
    /// What becomes of it; of a file that left, what became of it.
    public var state: FileState
    /// When it came into this state.
    public var since: Int64
    /// How often in a row it was tried in vain. A change of the file begins a new row.
    public var attempts: Int
    /// When it is looked at again; nil in states that do not wait for a time.
    public var nextAttempt: Int64?
    /// Why it is in this state, as a code of the contract (`permission-denied`); nil when there is nothing to tell.
    public var reason: String?
    /// The same as a sentence, in the language of the service.
    public var detail: String?
    /// SHA-256 of the content that its result shows, 64 lower-case hex digits; nil without a result, or when the content
    /// could not be read.
    public var sha256: String?
    /// The verdict of its result: pass, review, fail or unreadable; nil without a result.
    public var verdict: String?
    /// Why it is unreadable, as a code of the contract; nil for any other verdict.
    public var code: String?
    /// Under what its result was made; nil without a result.
    public var basis: AuditBasis?
    /// The kept audit that its result shows; nil without a result, or when none was kept.
    public var audit: Int64?
    /// The reporting body, if known.
    public var agency: String?
    /// The report year, if known.
    public var year: Int?
    /// Findings of severity error in its result.
    public var errors: Int
    /// Findings of severity warning in its result.
    public var warnings: Int
    /// Its content was known: the result shows an audit made before, maybe of another file.
    public var isReused: Bool
    /// When the content of its result was noticed in the inbox; nil without a result.
    public var noticedAt: Int64?
    /// When its result was in place; nil without a result.
    public var finishedAt: Int64?
    /// How long its last audit took, in microseconds; nil without a result.
    public var durationMicroseconds: Int64?
    /// When it was first seen.
    public var firstSeen: Int64
    /// When it was found to have left the inbox; nil while it is there.
    public var leftAt: Int64?
}
