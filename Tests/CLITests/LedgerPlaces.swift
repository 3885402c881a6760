// A state folder with a ledger as a service leaves it, and what the commands say of it.

import FoundationEssentials
import Ledger
import LinuxIO
import SystemPackage
import TestSupport
import Testing

/// A folder with two inboxes, a configuration and a ledger.
struct LedgerPlaces {
    let place: Workplace

    /// When everything of a sample happened: 2026-01-20 02:11:09.123 UTC.
    static let moment: Int64 = 1_768_875_069_123
    static let basis = AuditBasis(catalogue: "c0ffee", settings: "5e77", waivers: "")

    init() throws {
        place = try Workplace()
        for folder in ["in", "towns", "state"] { try Files.makeFolder(place.folder(folder)) }
        try place.write(
            """
            inboxes:
              - path: \(place.folder("in"))
              - {path: \(place.folder("towns")), name: 乡镇}
            state: \(place.folder("state"))
            """,
            "nianbao.yaml"
        )
    }

    var ledgerFile: FilePath { place.folder("state/nianbao.sqlite") }

    /// Writes into the ledger, which is made where there is none, and closes it.
    func record(_ changes: [LedgerChange], now: Int64 = moment) throws {
        try Ledger(at: ledgerFile).record(changes, now: now)
    }

    /// Has a service say of itself how it is doing.
    func record(_ service: ServiceRecord) throws {
        let writer = try LedgerWriter(Ledger(at: ledgerFile)) { event in Issue.record("\(event)") }
        writer.submit(service)
        #expect(writer.stop(until: .now + .seconds(30)))
    }

    static func key(_ path: String, inbox: String = "") -> LedgerKey { LedgerKey(inbox: inbox, path: Array(path.utf8)) }

    static func shown(
        _ verdict: String,
        state: FileState = .done,
        sha256: Character = "a",
        code: String? = nil,
        agency: String? = "青禾县水利局",
        year: Int? = 2025,
        errors: Int = 0,
        warnings: Int = 0,
        isReused: Bool = false,
        reason: String? = nil,
        at: Int64 = moment
    ) -> LedgerChange.What {
        .shown(
            ShownResult(
                state: state,
                identity: FileIdentity(device: 5, inode: .max, size: 20_480, modified: at * 1_000_000, changed: 3),
                sha256: String(repeating: sha256, count: 64),
                verdict: verdict,
                code: code,
                basis: basis,
                agency: agency,
                year: year,
                errors: errors,
                warnings: warnings,
                isReused: isReused,
                reason: reason,
                noticedAt: at,
                finishedAt: at + 5,
                durationMicroseconds: 3200
            )
        )
    }

    /// One file in each state, and one that left.
    func fill() throws {
        let soon = WallClock.milliseconds + 200_000
        try record([
            LedgerChange(Self.key("2025/水利局.docx"), Self.shown("fail", errors: 2, warnings: 1)),
            LedgerChange(Self.key("a.txt", inbox: "乡镇"), Self.shown("pass", agency: "青棠镇人民政府", year: 2024)),
            LedgerChange(Self.key("s.txt"), .waiting(.settling, identity: nil, reason: nil)),
            LedgerChange(Self.key("q.txt"), .waiting(.queued, identity: nil, reason: nil)),
            LedgerChange(Self.key("w.txt"), .waiting(.working, identity: nil, reason: nil)),
            LedgerChange(
                Self.key("secret.pdf"),
                .deferred(
                    Deferral(
                        attempts: 3,
                        nextAttempt: soon,
                        reason: "permission-denied",
                        detail: "文件属于 root，权限 0600，服务不能读取"
                    )
                )
            ),
            LedgerChange(
                Self.key("bomb.docx"),
                Self.shown(
                    "unreadable",
                    state: .quarantined,
                    code: "crashed",
                    agency: nil,
                    year: nil,
                    reason: "crashed"
                )
            ),
            LedgerChange(Self.key("gone.txt"), Self.shown("review", warnings: 1)),
        ])
        try record([LedgerChange(Self.key("gone.txt"), .left)], now: Self.moment + 1000)
    }

    /// `nianbao ARGUMENTS --config nianbao.yaml`, by the clock of Greenwich.
    func run(_ arguments: String..., language: String = "zh_CN.UTF-8") throws -> CommandResult {
        let line = (arguments + ["--config", "nianbao.yaml"]).map { "'\($0)'" }.joined(separator: " ")
        return try place.script("LANG=\(language) TZ=UTC nianbao \(line)")
    }
}
