/// One result that was written for one file. Results that a later one replaced stay in the history of the file.
public struct HistoryEntry: Hashable, Sendable {
    /// The row's number: later results have higher ones.
    public var id: Int64
    /// The number of the file's row.
    public var file: Int64
    /// Which file.
    public var key: LedgerKey
    /// When the result was in place, milliseconds since 1970-01-01 UTC.
    public var at: Int64
    /// pass, review, fail or unreadable.
    public var verdict: String
    /// Why it was unreadable, as a code of the contract.
    public var code: String?
    /// SHA-256 of the content, 64 lower-case hex digits; nil when it could not be read.
    public var sha256: String?
    /// The reporting body, if known.
    public var agency: String?
    /// The report year, if known.
    public var year: Int?
    /// Findings of severity error.
    public var errors: Int
    /// Findings of severity warning.
    public var warnings: Int
    /// Under what the result was made; nil when it is not known any more.
    public var basis: AuditBasis?
    /// The kept audit, as long as it is kept.
    public var audit: Int64?
    /// How long the audit took, in microseconds.
    public var durationMicroseconds: Int64
    /// The content was known: an audit made before was shown again.
    public var isReused: Bool
}
