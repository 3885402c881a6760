import Ledger
import LinuxIO

/// Audits of files that may not be whole yet, so that those that do not change any more are not audited twice. Some are forgotten
/// when there are many: then they are.
final class SettlingOutcomes: Sendable {
    private struct Kept {
        let sha256: String
        let basis: AuditBasis
        let outcome: AuditOutcome
    }

    /// An audit has some 20 KB.
    private static let most = 256

    private let kept = Monitor<(outcomes: [InboxPath: Kept], order: FirstInFirstOut<InboxPath>)>(
        ([:], FirstInFirstOut())
    )

    /// Keeps the outcome of a content for the next look at its file.
    func keep(_ outcome: AuditOutcome, of file: InboxPath, sha256: String?, basis: AuditBasis) {
        // What could not be read is quickly said again.
        guard let sha256 else { return }
        kept.withLock { kept in
            if kept.outcomes.updateValue(Kept(sha256: sha256, basis: basis, outcome: outcome), forKey: file) == nil {
                kept.order.append(file)
            }
            // The order also holds files that were forgotten meanwhile.
            while kept.outcomes.count > Self.most || kept.order.count > 4 * Self.most,
                let oldest = kept.order.popFirst()
            {
                kept.outcomes[oldest] = nil
            }
        }
    }

    /// The outcome, if the content is still the same.
    func outcome(of file: InboxPath, sha256: String?, basis: AuditBasis) -> AuditOutcome? {
        kept.withLock { $0.outcomes[file] }.flatMap { $0.sha256 == sha256 && $0.basis == basis ? $0.outcome : nil }
    }

    /// It is shown, or has left.
    func forget(_ file: InboxPath) {
        kept.withLock { kept in
            if !kept.outcomes.isEmpty { kept.outcomes[file] = nil }
        }
    }
}
