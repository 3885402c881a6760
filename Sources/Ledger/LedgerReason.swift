/// Why a file is in its state, by the code in its row. What is wrong with a content, and does not pass by itself, is said by
/// ``LedgerEntry/code`` instead.
public enum LedgerReason: String, Sendable, CaseIterable {
    // MARK: It waits

    /// A program has it open for writing.
    case openForWriting = "open-for-writing"
    /// It is not complete, and may still be written.
    case unsettled
    /// No results can be written now.
    case waitsForResults = "waits-for-results"
    /// Nothing can be audited now.
    case waitsForWorkers = "waits-for-workers"

    // MARK: It is tried again

    /// Somebody asked for it: `nianbao ledger retry`.
    case retryRequested = "retry-requested"
    /// Its result could not be written.
    case resultNotWritten = "result-not-written"
    /// No worker could be started for it.
    case auditUnavailable = "audit-unavailable"

    // MARK: It is tried again; the same codes stand in results (`unreadable.code`)

    /// The service may not read it.
    case permissionDenied = "permission-denied"
    /// The system reported an error while it was read.
    case ioError = "io-error"
    /// It changed whenever it was read.
    case changed
    /// A program that is needed to read it is not installed.
    case converterMissing = "converter-missing"

    // MARK: It is left alone; the same codes stand in results

    /// Reading it took too long, twice.
    case timeout
    /// Reading it ended the reader, twice.
    case crashed
}
