/// Why a file is in its state, where the ledger itself gives the reason; the service has further codes.
public enum LedgerReason {
    /// Somebody asked for it: `nianbao ledger retry`.
    public static let retryRequested = "retry-requested"
}
