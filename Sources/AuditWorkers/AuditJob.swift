import AuditEngine
import AuditOutput
import AuditRules
import Extraction
import ReportModel

/// A document to be audited.
public struct AuditJob: Sendable {
    /// The path as named, in bytes.
    public var path: [UInt8]
    /// The whole content.
    public var document: [UInt8]
    /// SHA-256 of the document in hex digits, where the caller has it already; nil: it is made when it is needed.
    public var sha256: String?
    /// What is wanted.
    public var form: AnswerForm
    /// Where it lies. The day is that of the pool when a worker gets it.
    public var whereabouts: Circumstances

    /// A document to be audited.
    public init(
        path: [UInt8],
        document: [UInt8],
        sha256: String? = nil,
        form: AnswerForm,
        whereabouts: Circumstances = Circumstances()
    ) {
        self.path = path
        self.document = document
        self.sha256 = sha256
        self.form = form
        self.whereabouts = whereabouts
    }
}

/// What of an audit is wanted, and in which language.
public struct AnswerForm: Sendable, Hashable {
    /// The form of the output.
    public enum Rendering: UInt8, Sendable, CaseIterable {
        /// For people.
        case text
        /// For people, with colour.
        case colouredText
        /// JSON over several lines, without a newline at its end.
        case json
        /// JSON in one line.
        case ndjson
        /// A result file, and a summary for the journal.
        case result
        /// The share of the document in a SARIF log; see ``SARIFReporter``.
        case sarif
    }

    /// The form of the output.
    public var rendering: Rendering
    /// The language of messages.
    public var language: Language

    /// A form in a language.
    public init(_ rendering: Rendering, _ language: Language) {
        self.rendering = rendering
        self.language = language
    }
}

/// An audit as the caller wanted it.
public struct AuditAnswer: Sendable {
    /// The audit in the form that was asked for.
    public var output: [UInt8]
    /// The verdict.
    public var verdict: Verdict
    /// Why there was no audit; nil where there was one.
    public var unreadable: Unreadable.Code?
    /// See ``AnnualReport/isComplete``.
    public var isComplete: Bool
    /// SHA-256 of the content in hex digits; nil if there was none.
    public var sha256: String?
    /// For the journal; only with ``AnswerForm/Rendering/result``.
    public var summary: AuditSummary?
    /// The waivers for the body, file and year, by their index in the settings, and what they did.
    public var waivers: [Int: WaiverUse.State]
    /// What ``KeptAudit`` reads; nil when the audit need not be the same the next time. Only with
    /// ``AnswerForm/Rendering/result``.
    public var kept: [UInt8]? { keptShare?.bytes(with: output) }
    /// What ``kept`` has besides ``output``.
    var keptShare: KeptShare?

    init(
        output: [UInt8],
        verdict: Verdict,
        unreadable: Unreadable.Code? = nil,
        isComplete: Bool = false,
        sha256: String?,
        summary: AuditSummary?,
        waivers: [Int: WaiverUse.State] = [:],
        keptShare: KeptShare? = nil
    ) {
        self.output = output
        self.verdict = verdict
        self.unreadable = unreadable
        self.isComplete = isComplete
        self.sha256 = sha256
        self.summary = summary
        self.waivers = waivers
        self.keptShare = keptShare
    }

    /// Renders `audit` in `form`.
    public init(_ audit: Audit, _ form: AnswerForm) {
        let json = JSONReporter(language: form.language)
        switch form.rendering {
        case .text, .colouredText:
            let reporter = TextReporter(language: form.language, colour: form.rendering == .colouredText)
            self.init(audit, output: Array(reporter.text(audit).utf8))
        case .json:
            self.init(audit, output: json.value(audit).serialized(pretty: true))
        case .ndjson:
            self.init(audit, output: json.value(audit).serialized(pretty: false) + [0x0A])
        case .sarif:
            self.init(audit, output: SARIFReporter(language: form.language).share(audit))
        case .result:
            let facts = AuditFacts(audit, language: form.language)
            let (text, sourcePlace) = json.value(audit).serialized(noting: "source")
            self.init(facts, output: text + [0x0A])
            keptShare = KeptAudit.share(of: audit, facts, result: output, sourceAt: sourcePlace)
        }
    }

    private init(_ audit: Audit, output: [UInt8]) {
        let audited = try? audit.result.get()
        self.init(
            output: output,
            verdict: audit.verdict,
            unreadable: audit.result.failure?.code,
            isComplete: audited?.report.isComplete ?? false,
            sha256: audit.source.sha256,
            summary: nil,
            waivers: Self.states(audited?.waivers ?? [])
        )
    }

    /// A result file and its summary.
    init(_ facts: AuditFacts, output: [UInt8]) {
        let found = try? facts.result.get()
        self.init(
            output: output,
            verdict: facts.verdict,
            unreadable: facts.result.failure?.code,
            isComplete: found?.isComplete ?? false,
            sha256: facts.source.sha256,
            summary: AuditSummary(facts),
            waivers: Self.states(found?.waivers ?? [])
        )
    }

    private static func states(_ uses: [WaiverUse]) -> [Int: WaiverUse.State] {
        Dictionary(uniqueKeysWithValues: uses.map { ($0.index, $0.state) })
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { return failure }
        return nil
    }
}
