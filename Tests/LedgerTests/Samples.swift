import Ledger
import LinuxIO

/// Rows for tests.
enum Sample {
    static let basis = AuditBasis(catalogue: "1", settings: "s", waivers: "")

    static func key(_ path: String, inbox: String = "") -> LedgerKey { LedgerKey(inbox: inbox, path: Array(path.utf8)) }

    static func identity(_ number: Int64) -> FileIdentity {
        FileIdentity(device: 1, inode: UInt64(number), size: number, modified: number, changed: number)
    }

    static func sha256(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 64 - digits.count) + digits
    }

    static func audit(_ number: Int, bytes: Int = 500) -> StoredAudit {
        StoredAudit(
            sha256: sha256(number),
            catalogue: "1",
            settings: "s",
            kept: (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* number) },
            auditedAt: 1500
        )
    }

    static func shown(
        _ number: Int,
        state: FileState = .done,
        identity: FileIdentity? = nil,
        verdict: String = "pass",
        audit: AuditReference? = nil,
        agency: String? = nil,
        year: Int? = nil
    ) -> ShownResult {
        ShownResult(
            state: state,
            identity: identity ?? Sample.identity(Int64(number)),
            sha256: sha256(number),
            verdict: verdict,
            code: verdict == "unreadable" ? "damaged" : nil,
            basis: basis,
            audit: audit ?? .new(Sample.audit(number)),
            agency: agency,
            year: year,
            reason: state == .done ? nil : "damaged",
            detail: state == .done ? nil : "it is damaged",
            noticedAt: 10,
            finishedAt: 20,
            durationMicroseconds: 30
        )
    }
}
