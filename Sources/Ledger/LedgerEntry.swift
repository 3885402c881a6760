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
public struct LedgerEntry: Hashable, Sendable {
    /// The row's number; it stays as long as the file is remembered.
    public var id: Int64
    /// Which file.
    public var key: LedgerKey
    /// The state of the file on disk when it was last looked at; nil before the first look.
    public var identity: FileIdentity?
    /// What becomes of it.
    public var state: FileState
    /// When it came into this state.
    public var since: Int64
    /// How often in a row it was tried in vain.
    public var attempts: Int
    /// When it is looked at again; nil in states that do not wait for a time.
    public var nextAttempt: Int64?
    /// Why it is in this state, as a code of the contract (`permission-denied`); nil when there is nothing to tell.
    public var reason: String?
    /// The same as a sentence, in the language of the service.
    public var detail: String?
    /// The audit that its result shows; nil without a result.
    public var audit: Int64?
    /// When it was first seen.
    public var firstSeen: Int64
    /// When it was found to have left the inbox; nil while it is there.
    public var leftAt: Int64?
}

/// One audit of one content under one catalogue and one set of settings: files with the same bytes share it.
public struct StoredAudit: Hashable, Sendable {
    /// SHA-256 of the content, 64 lower-case hex digits.
    public var sha256: String
    /// The version of the catalogue.
    public var catalogue: String
    /// What the settings in force say of themselves, without waivers: these are applied to each file anew.
    public var settings: String
    /// pass, review, fail or unreadable, before waivers.
    public var verdict: String
    /// The reporting body, if known.
    public var agency: String?
    /// The report year, if known.
    public var year: Int?
    /// The number of findings of severity error, before waivers.
    public var errors: Int
    /// The number of findings of severity warning, before waivers.
    public var warnings: Int
    /// When the audit was made.
    public var auditedAt: Int64
    /// How long it took, in microseconds.
    public var duration: Int64
    /// The audit as JSON, before waivers.
    public var json: [UInt8]

    /// An audit to be kept.
    public init(
        sha256: String,
        catalogue: String,
        settings: String,
        verdict: String,
        agency: String? = nil,
        year: Int? = nil,
        errors: Int = 0,
        warnings: Int = 0,
        auditedAt: Int64,
        duration: Int64,
        json: [UInt8]
    ) {
        self.sha256 = sha256
        self.catalogue = catalogue
        self.settings = settings
        self.verdict = verdict
        self.agency = agency
        self.year = year
        self.errors = errors
        self.warnings = warnings
        self.auditedAt = auditedAt
        self.duration = duration
        self.json = json
    }
}
