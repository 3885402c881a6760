import Ledger
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite struct LedgerTests {
    @Test func aFileGoesThroughItsStates() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(at: folder.path.appending("nianbao.sqlite"))
        let key = LedgerKey(inbox: "", path: [0xFF, 0x2F, 0x61])
        let identity = FileIdentity(device: .max, inode: 7, size: 10, modified: -1, changed: 5)
        try ledger.record([LedgerChange(key, .queued, identity: identity)], now: 1000)
        var entry = try #require(try ledger.entry(key))
        #expect(entry.identity == identity)
        #expect(entry.state == .queued && entry.since == 1000 && entry.firstSeen == 1000 && entry.audit == nil)

        let audit = StoredAudit(
            sha256: String(repeating: "0a", count: 32),
            catalogue: "1",
            settings: "",
            verdict: "pass",
            agency: "青禾县水利局",
            year: 2023,
            auditedAt: 1500,
            duration: 2300,
            json: Array(String(repeating: "{\"审核\": 1}", count: 500).utf8)
        )
        var done = LedgerChange(key, .done)
        done.audit = .new(audit)
        try ledger.record([done], now: 2000)
        entry = try #require(try ledger.entry(key))
        #expect(entry.state == .done && entry.since == 2000 && entry.identity == identity)
        let kept = try #require(try ledger.audit(sha256: audit.sha256, catalogue: "1", settings: ""))
        #expect(kept.audit == audit)
        #expect(kept.id == entry.audit)
        #expect(try ledger.audit(sha256: audit.sha256, catalogue: "2", settings: "") == nil)
    }

    @Test func foldersAreToldApartByTheirBytes() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(at: folder.path.appending("nianbao.sqlite"))
        let paths = ["a", "b/c", "b/d", "b/e/f", "b0", "b.x", "bb/c", "b/\u{FF}"]
        try ledger.record(paths.map { LedgerChange(LedgerKey(inbox: "x", path: Array($0.utf8)), .queued) }, now: 1)
        try ledger.record([LedgerChange(LedgerKey(inbox: "", path: Array("b/g".utf8)), .queued)], now: 1)
        func names(_ path: String) throws -> Set<String> {
            Set(try ledger.entries(in: Array(path.utf8), inbox: "x").keys.map { String(decoding: $0, as: UTF8.self) })
        }
        #expect(try names("b") == ["c", "d", "\u{FF}"])
        #expect(try names("") == ["a", "b0", "b.x"])
        #expect(try names("b/e") == ["f"])
        #expect(try ledger.counts() == [.queued: 9])
    }

    @Test func whatIsNoLedgerIsToldApart() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("nianbao.sqlite")
        try AtomicFile.write(Array(repeating: 0x41, count: 8192), to: path)
        let error = #expect(throws: LedgerError.self) { try Ledger(at: path) }
        #expect(error?.cause == .corrupt, "\(error.map(String.init(describing:)) ?? "none")")
    }
}
