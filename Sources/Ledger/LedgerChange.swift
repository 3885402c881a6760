import LinuxIO

/// What became of one file. Times are milliseconds since 1970-01-01 UTC.
public struct LedgerChange: Sendable {
    /// Which file.
    public var key: LedgerKey
    /// What became of it.
    public var what: What

    /// What can become of a file.
    public enum What: Sendable {
        /// It waits or is in work: settling, queued or working. Not durable at once: it is written with others after
        /// 100 ms, unless a later change of the same file came before that. What is known of its result stays.
        case waiting(FileState, identity: FileIdentity?, reason: String?)
        /// A result lies in place. Each is remembered in the history of the file.
        case shown(ShownResult)
        /// No result could be written, or nothing is to be written: it is tried again. What is known of its result stays.
        case deferred(Deferral)
        /// The content is still what the result shows: the file is again in the state in which its result left it. Without
        /// a result nothing is written: the walk finds the file.
        case unchanged(identity: FileIdentity, isRacy: Bool)
        /// The file left the inbox. It is remembered if it ever had a result.
        case left
        /// No change of the row: an audit to be kept, of a file that still settles.
        case kept(StoredAudit)
    }

    /// Something became of a file.
    public init(_ key: LedgerKey, _ what: What) {
        self.key = key
        self.what = what
    }
}

/// A result that lies in place.
public struct ShownResult: Hashable, Sendable {
    /// `done`; or `deferred` or `quarantined` with an unreadable result.
    public var state: FileState
    /// The state of the file on disk when the content was read; nil when it is not known: the walk reads it again then.
    public var identity: FileIdentity?
    /// See ``LedgerEntry``.
    public var isRacy: Bool
    /// SHA-256 of the content, 64 lower-case hex digits; nil when it could not be read.
    public var sha256: String?
    /// pass, review, fail or unreadable.
    public var verdict: String
    /// Why it is unreadable, as a code of the contract.
    public var code: String?
    /// Under what it was made.
    public var basis: AuditBasis
    /// The audit that it shows, if it is kept.
    public var audit: AuditReference?
    /// The reporting body, if known.
    public var agency: String?
    /// The report year, if known.
    public var year: Int?
    /// Findings of severity error.
    public var errors: Int
    /// Findings of severity warning.
    public var warnings: Int
    /// The content was known: the result shows an audit made before.
    public var isReused: Bool
    /// How often in a row it was tried in vain.
    public var attempts: Int
    /// When it is tried again, of a deferred one.
    public var nextAttempt: Int64?
    /// See ``LedgerEntry``.
    public var reason: String?
    /// See ``LedgerEntry``.
    public var detail: String?
    /// When the content was noticed in the inbox.
    public var noticedAt: Int64
    /// When the result was in place.
    public var finishedAt: Int64
    /// How long the audit took, in microseconds.
    public var durationMicroseconds: Int64

    /// A result that lies in place.
    public init(
        state: FileState = .done,
        identity: FileIdentity?,
        isRacy: Bool = false,
        sha256: String?,
        verdict: String,
        code: String? = nil,
        basis: AuditBasis,
        audit: AuditReference? = nil,
        agency: String? = nil,
        year: Int? = nil,
        errors: Int = 0,
        warnings: Int = 0,
        isReused: Bool = false,
        attempts: Int = 0,
        nextAttempt: Int64? = nil,
        reason: String? = nil,
        detail: String? = nil,
        noticedAt: Int64,
        finishedAt: Int64,
        durationMicroseconds: Int64
    ) {
        self.state = state
        self.identity = identity
        self.isRacy = isRacy
        self.sha256 = sha256
        self.verdict = verdict
        self.code = code
        self.basis = basis
        self.audit = audit
        self.agency = agency
        self.year = year
        self.errors = errors
        self.warnings = warnings
        self.isReused = isReused
        self.attempts = attempts
        self.nextAttempt = nextAttempt
        self.reason = reason
        self.detail = detail
        self.noticedAt = noticedAt
        self.finishedAt = finishedAt
        self.durationMicroseconds = durationMicroseconds
    }
}

/// An audit: a new one by its content, or one that the ledger has.
public enum AuditReference: Hashable, Sendable {
    /// To be kept, unless the same was kept meanwhile.
    case new(StoredAudit)
    /// By its number. If it was forgotten meanwhile, the result is remembered without an audit.
    case known(Int64)
}

/// A file that is tried again.
public struct Deferral: Hashable, Sendable {
    /// The state of the file on disk; nil leaves what is known.
    public var identity: FileIdentity?
    /// How often in a row it was tried in vain.
    public var attempts: Int
    /// When it is tried again.
    public var nextAttempt: Int64
    /// Why, as a code of the contract.
    public var reason: String
    /// The same as a sentence, in the language of the service.
    public var detail: String?

    /// A file is to be tried again.
    public init(
        identity: FileIdentity? = nil,
        attempts: Int,
        nextAttempt: Int64,
        reason: String,
        detail: String? = nil
    ) {
        self.identity = identity
        self.attempts = attempts
        self.nextAttempt = nextAttempt
        self.reason = reason
        self.detail = detail
    }
}

/// One audit of one content under one catalogue and one set of settings, before waivers: files with the same bytes share it.
public struct StoredAudit: Hashable, Sendable {
    /// SHA-256 of the content, 64 lower-case hex digits.
    public var sha256: String
    /// The version of the catalogue.
    public var catalogue: String
    /// A digest of the settings in force, without waivers: these are applied to each file anew.
    public var settings: String
    /// The audit, in a form that only those who keep it know.
    public var kept: [UInt8]
    /// When the audit was made, milliseconds since 1970-01-01 UTC.
    public var auditedAt: Int64

    /// An audit to be kept.
    public init(sha256: String, catalogue: String, settings: String, kept: [UInt8], auditedAt: Int64) {
        self.sha256 = sha256
        self.catalogue = catalogue
        self.settings = settings
        self.kept = kept
        self.auditedAt = auditedAt
    }
}
