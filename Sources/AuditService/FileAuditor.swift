// What the service asks of the audit, and what it gets back. The service knows nothing else about reports.

import Ledger
import LinuxIO
import SystemPackage

/// A folder that is watched with everything below it.
public struct Inbox: Hashable, Sendable {
    /// Its results lie in a folder of this name; nil: directly in the folder of results.
    public let name: String?
    /// The folder. The service only reads it.
    public let path: FilePath

    /// Describes an inbox.
    public init(name: String? = nil, path: FilePath) {
        self.name = name
        self.path = path
    }
}

/// One file to be audited.
public struct AuditRequest: Sendable {
    /// Where it lies.
    public let inbox: Inbox
    /// Its path below the inbox.
    public let relativePath: FilePath
    /// Its whole path.
    public let absolutePath: FilePath
    /// Its bytes, or why there are none.
    public let content: Result<FileContents, ReadFailure>
    /// SHA-256 of its bytes in hex digits; nil where that is not known.
    public let sha256: String?

    /// Describes a file.
    public init(
        inbox: Inbox,
        relativePath: FilePath,
        absolutePath: FilePath,
        content: Result<FileContents, ReadFailure>,
        sha256: String? = nil
    ) {
        self.inbox = inbox
        self.relativePath = relativePath
        self.absolutePath = absolutePath
        self.content = content
        self.sha256 = sha256
    }
}

/// What an audit says.
public struct AuditOutcome: Sendable {
    /// The verdict of an audit.
    public enum Verdict: String, Sendable {
        case pass, review, fail, unreadable
    }

    /// The result file, whole.
    public var json: [UInt8]
    /// SHA-256 of the content in hex digits; nil if there was none.
    public var sha256: String?
    /// The verdict.
    public var verdict: Verdict
    /// Why no audit took place, as a code of the contract (`not-a-report`); nil where one did.
    public var unreadableCode: String?
    /// Whether all six sections and three tables of a report were found: then nothing is missing that may still be written.
    public var isComplete: Bool
    /// The body that reports, if known.
    public var agency: String?
    /// The report year, if known.
    public var year: Int?
    /// Number of findings of severity `error`, without those that are let pass.
    public var errors: Int
    /// Number of findings of severity `warning`, likewise.
    public var warnings: Int
    /// Number of findings that the configuration lets pass.
    public var waived: Int
    /// Number of its waivers for this file whose time is over, or that had nothing to let pass.
    public var staleWaivers: Int
    /// The identifiers of the rules with findings that count, each once.
    public var failedRules: [String]
    /// One sentence for the journal.
    public var message: String
    /// The findings, what they mean and how to mend them.
    public var explain: String
    /// The audit in the form that ``FileAuditor/renew(_:for:)`` understands; nil when the content alone does not decide what
    /// it says: it could not be read, a program is missing, a process ended.
    public var kept: [UInt8]?
    /// Whether it rests on an audit that was made before.
    public var reused: Bool

    /// Puts an outcome together.
    public init(
        json: [UInt8],
        sha256: String?,
        verdict: Verdict,
        unreadableCode: String? = nil,
        isComplete: Bool = false,
        agency: String? = nil,
        year: Int? = nil,
        errors: Int = 0,
        warnings: Int = 0,
        waived: Int = 0,
        staleWaivers: Int = 0,
        failedRules: [String] = [],
        message: String,
        explain: String,
        kept: [UInt8]? = nil,
        reused: Bool = false
    ) {
        self.json = json
        self.sha256 = sha256
        self.verdict = verdict
        self.unreadableCode = unreadableCode
        self.isComplete = isComplete
        self.agency = agency
        self.year = year
        self.errors = errors
        self.warnings = warnings
        self.waived = waived
        self.staleWaivers = staleWaivers
        self.failedRules = failedRules
        self.message = message
        self.explain = explain
        self.kept = kept
        self.reused = reused
    }
}

/// There can be no audit now, for reasons that lie in the system and not in the file.
public struct AuditUnavailable: Error, Sendable {
    /// What is wrong and how to mend it, in the language of the service.
    public var reason: String

    /// Says what is wrong.
    public init(reason: String) { self.reason = reason }
}

/// Where a file is audited: files of each lane have threads of their own, so that slow ones never hold up the others.
public enum AuditLane: Int, Sendable, CaseIterable {
    /// Takes milliseconds. Every file begins here.
    case quick
    /// Takes a child program.
    case slow
    /// Takes a child program that is best given many files at once.
    case batched
}

/// The audit of one file. Called on several threads at once; may take its time, but not for ever.
public protocol FileAuditor: Sendable {
    /// Where content belongs; after a short look at most.
    func lane(of content: [UInt8]) -> AuditLane

    /// Under what a file is audited today. Called for every file of a walk: it takes a few microseconds.
    ///
    /// - Parameter path: absolute. The file need not be there.
    func basis(of path: FilePath) -> AuditBasis

    /// Until when the first of all files that are being audited is to be done; nil while there is none. One that takes longer
    /// hangs.
    var answerDue: SuspendingClock.Instant? { get }

    /// Audits what was read, or says what it means that nothing could be read.
    func audit(_ request: AuditRequest) throws(AuditUnavailable) -> AuditOutcome

    /// What an audit of the same content would say of the file of `request` today, where it is and under the waivers that hold
    /// now; nil when `kept` cannot be understood: then the file is audited.
    ///
    /// - Parameter kept: ``AuditOutcome/kept`` of an audit under the same catalogue and settings.
    func renew(_ kept: [UInt8], for request: AuditRequest) -> AuditOutcome?
}

extension FileAuditor {
    /// All is quick, unless told otherwise.
    public func lane(of content: [UInt8]) -> AuditLane { .quick }

    /// One that has no settings never changes its mind.
    public func basis(of path: FilePath) -> AuditBasis { AuditBasis(catalogue: "", settings: "", waivers: "") }

    /// One that never says when it is done is never late.
    public var answerDue: SuspendingClock.Instant? { nil }

    /// One that keeps nothing renews nothing.
    public func renew(_ kept: [UInt8], for request: AuditRequest) -> AuditOutcome? { nil }
}
