import LinuxIO
import SystemPackage
import TestSupport
import Testing

@testable import Ledger

@Suite struct LedgerTests {
    private let folder: TemporaryFolder
    private let path: FilePath
    private let ledger: Ledger

    init() throws {
        folder = try TemporaryFolder()
        path = folder("nianbao.sqlite")
        ledger = try Ledger(at: path)
    }

    private func record(_ key: LedgerKey, _ what: LedgerChange.What, now: Int64 = 1) throws {
        try ledger.record([LedgerChange(key, what)], now: now)
    }

    private func row(_ key: LedgerKey) throws -> LedgerEntry { try #require(try ledger.entry(key)) }

    @Test func aFileGoesThroughItsStates() throws {
        let key = LedgerKey(inbox: "", path: [0xFF, 0x2F, 0x61])
        let identity = FileIdentity(device: .max, inode: 7, size: 10, modified: -1, changed: 5)
        try record(key, .waiting(.queued, identity: identity, reason: nil), now: 1000)
        var entry = try row(key)
        #expect(entry.identity == identity)
        #expect(entry.state == .queued && entry.since == 1000 && entry.firstSeen == 1000 && entry.verdict == nil)

        let audit = Sample.audit(1, bytes: 9000)
        var result = Sample.shown(1, identity: identity, audit: .new(audit), agency: "青禾县水利局", year: 2023)
        result.errors = 2
        result.isRacy = true
        try record(key, .shown(result), now: 2000)
        entry = try row(key)
        #expect(entry.state == .done && entry.since == 2000 && entry.identity == identity && entry.isRacy)
        #expect(entry.firstSeen == 1000 && entry.finishedAt == 20 && entry.durationMicroseconds == 30)
        #expect(entry.agency == "青禾县水利局" && entry.year == 2023 && entry.errors == 2 && entry.basis == Sample.basis)
        let kept = try #require(try ledger.audit(sha256: audit.sha256, catalogue: "1", settings: "s"))
        #expect(kept.audit == audit)
        #expect(kept.id == entry.audit)
        #expect(try ledger.audit(kept.id) == audit)
        #expect(try ledger.audit(sha256: audit.sha256, catalogue: "2", settings: "s") == nil)

        try record(key, .left, now: 3000)
        entry = try row(key)
        #expect(entry.leftAt == 3000 && entry.state == .done && entry.identity == identity)
        #expect(try ledger.counts() == [:])
    }

    @Test func waitingLeavesTheResultAlone() throws {
        let key = Sample.key("a")
        try record(key, .shown(Sample.shown(1)))
        let before = try row(key)
        try record(key, .waiting(.settling, identity: Sample.identity(9), reason: "changed"), now: 2)
        let entry = try row(key)
        #expect(entry.state == .settling && entry.identity == Sample.identity(9) && entry.reason == "changed")
        #expect(entry.sha256 == before.sha256 && entry.verdict == "pass" && entry.audit == before.audit)
        #expect(try ledger.history(file: entry.id).count == 1)
        #expect(try ledger.counts() == [.settling: 1])
    }

    @Test func whatIsUnchangedIsAsItsResultLeftIt() throws {
        let key = Sample.key("a")
        try record(key, .shown(Sample.shown(1, state: .quarantined, verdict: "unreadable")))
        try record(key, .waiting(.working, identity: Sample.identity(2), reason: nil), now: 2)
        try record(key, .unchanged(identity: Sample.identity(3), isRacy: true), now: 3)
        let entry = try row(key)
        #expect(entry.state == .quarantined && entry.reason == "damaged" && entry.detail == "it is damaged")
        #expect(entry.identity == Sample.identity(3) && entry.isRacy)
        // Of a file without a result there is nothing to say.
        try record(Sample.key("b"), .unchanged(identity: Sample.identity(3), isRacy: true))
        #expect(try ledger.entry(Sample.key("b")) == nil)
    }

    @Test func attemptsAreOfAContent() throws {
        let key = Sample.key("a")
        let deferral = Deferral(identity: Sample.identity(1), attempts: 3, nextAttempt: 50, reason: "x", detail: "y")
        try record(key, .deferred(deferral))
        #expect(try row(key).attempts == 3)
        #expect(try row(key).detail == "y")
        try record(key, .waiting(.queued, identity: Sample.identity(1), reason: nil))
        #expect(try row(key).attempts == 3)
        #expect(try row(key).nextAttempt == nil)
        try record(key, .waiting(.queued, identity: nil, reason: nil))
        #expect(try row(key).attempts == 3)
        try record(key, .waiting(.queued, identity: Sample.identity(2), reason: nil))
        #expect(try row(key).attempts == 0)
    }

    @Test func whatNeverHadAResultLeavesNoTrace() throws {
        let key = Sample.key(".rsync.a.XYZ")
        try record(key, .waiting(.settling, identity: Sample.identity(1), reason: nil))
        try record(key, .left)
        #expect(try ledger.entry(key) == nil)
    }

    /// Otherwise a file that comes back with the identity of a content that was never audited would pass for done.
    @Test func theIdentityOfAFileThatLeftIsThatOfItsResult() throws {
        let key = Sample.key("a")
        try record(key, .shown(Sample.shown(1)))
        try record(key, .waiting(.queued, identity: Sample.identity(2), reason: nil))
        try record(key, .left)
        #expect(try row(key).state == .done)
        #expect(try row(key).identity == nil)
    }

    @Test func dueAreThoseWhoseTimeHasCome() throws {
        let now: Int64 = 10_000_000
        for (name, next) in [("late", now), ("early", now - 50), ("soon", now + 1), ("odd", now + 3_600_001)] {
            try record(Sample.key(name), .deferred(Deferral(attempts: 1, nextAttempt: next, reason: "x")))
        }
        try record(Sample.key("left"), .shown(Sample.shown(1, state: .deferred, verdict: "unreadable")))
        try record(Sample.key("left"), .left)
        func names(_ limit: Int) throws -> [String] {
            try ledger.due(now: now, inboxes: [""], limit: limit).map { String(decoding: $0.key.path, as: UTF8.self) }
        }
        #expect(try names(10) == ["early", "late", "odd"])
        #expect(try names(1) == ["early"])
        #expect(try ledger.counts() == [.deferred: 4])
    }

    /// A share that is not mounted, or an inbox that is not configured any more, must not hold up the others.
    @Test func dueAreTheFilesOfTheInboxesThatAreAskedFor() throws {
        func deferred(_ key: LedgerKey, _ next: Int64) -> LedgerChange {
            LedgerChange(key, .deferred(Deferral(attempts: 1, nextAttempt: next, reason: "x")))
        }
        try ledger.record((0..<50).map { deferred(Sample.key("\($0)", inbox: "lost"), Int64($0)) }, now: 1)
        try ledger.record([deferred(Sample.key("b", inbox: "b"), 60), deferred(Sample.key("a"), 70)], now: 1)
        func names(_ inboxes: [String], _ limit: Int) throws -> [String] {
            try ledger.due(now: 100, inboxes: inboxes, limit: limit).map {
                String(decoding: $0.key.path, as: UTF8.self)
            }
        }
        #expect(try names(["", "b"], 10) == ["b", "a"])
        #expect(try names(["", "b"], 1) == ["b"])
        #expect(try names(["", "b", "lost"], 3) == ["0", "1", "2"], "back again, it has its turn")
        #expect(try names([], 10).isEmpty)
    }

    @Test func theNamesOfAFile() throws {
        let identity = FileIdentity(device: .max, inode: .max - 1, size: 1, modified: 2, changed: 3)
        let later = FileIdentity(device: .max, inode: .max - 1, size: 4, modified: 5, changed: 6)
        let elsewhere = FileIdentity(device: 1, inode: .max - 1, size: 1, modified: 2, changed: 3)
        try record(Sample.key("a"), .shown(Sample.shown(1, identity: identity)))
        try record(Sample.key("b", inbox: "x"), .waiting(.queued, identity: later, reason: nil))
        try record(Sample.key("left"), .shown(Sample.shown(1, identity: identity)))
        try record(Sample.key("left"), .left)
        try record(Sample.key("other"), .shown(Sample.shown(1, identity: elsewhere)))
        #expect(try ledger.names(of: identity, limit: 9).map(\.key) == [Sample.key("a"), Sample.key("b", inbox: "x")])
        #expect(try ledger.names(of: later, limit: 1).count == 1)
    }

    /// The ledger as the first release made it.
    @Test func anOlderLedgerIsBroughtUpToDate() throws {
        let key = Sample.key("a")
        try record(key, .shown(Sample.shown(1)))
        try record(Sample.key("b"), .deferred(Deferral(attempts: 1, nextAttempt: 5, reason: "x")))
        let made = try Command.run(["sqlite3", path.string, Self.schema]).output
        let back = try Command.run([
            "sqlite3", path.string,
            "DROP INDEX fileDeferred; DROP INDEX fileOfInode; DELETE FROM grdb_migrations WHERE identifier NOT LIKE '1 %'",
        ])
        #expect(back.status == 0, "\(back)")
        #expect(throws: LedgerError.self, "only looked into, it is not changed") { try Ledger(reading: path) }
        let opened = try Ledger(at: path)
        #expect(try Command.run(["sqlite3", path.string, Self.schema]).output == made)
        #expect(try opened.entry(key)?.state == .done)
        #expect(try opened.due(now: 5, inboxes: [""], limit: 9).map(\.key) == [Sample.key("b")])
        try opened.verify()
    }

    private static let schema = "SELECT type, name, sql FROM sqlite_master ORDER BY name"

    @Test func missingAreThoseThatAWalkDidNotSee() throws {
        let paths = ["a", "b/c", "b/d", "b/e/f", "b0", "b.x", "bb/c", "b/\u{FF}"] + (0..<1500).map { "b/g/\($0)" }
        let changes = paths.enumerated().map { number, path in
            LedgerChange(Sample.key(path, inbox: "x"), .shown(Sample.shown(number)))
        }
        try ledger.record(changes, now: 1)
        try record(Sample.key("b/other"), .shown(Sample.shown(1)))
        try record(Sample.key("b/d", inbox: "x"), .left)
        let seen = try row(Sample.key("b/c", inbox: "x")).id
        func missing(_ folder: String) throws -> Set<String> {
            var names: Set<String> = []
            try ledger.missing(inbox: "x", below: Array(folder.utf8), seen: { $0 == seen }) { entry in
                #expect(names.insert(String(decoding: entry.key.path, as: UTF8.self)).inserted)
            }
            return names
        }
        let below = paths.filter { $0.hasPrefix("b/") && $0 != "b/d" && $0 != "b/c" }
        #expect(try missing("b") == Set(below))
        #expect(try missing("") == Set(paths).subtracting(["b/c", "b/d"]))
        #expect(try missing("b/e") == ["b/e/f"])
    }

    @Test func forgottenAreFilesWithTheirAudits() throws {
        let shared = StoredAudit(
            sha256: Sample.sha256(7),
            catalogue: "1",
            settings: "s",
            kept: [1, 2, 3],
            auditedAt: 1
        )
        for name in ["a", "b"] {
            try record(Sample.key(name), .shown(Sample.shown(name == "a" ? 1 : 2)))
            try record(Sample.key(name), .shown(Sample.shown(7, audit: .new(shared))))
        }
        let (a, b) = (try row(Sample.key("a")).id, try row(Sample.key("b")).id)
        try ledger.forget([a])
        #expect(try ledger.entry(Sample.key("a")) != nil, "it has not left")
        try record(Sample.key("a"), .left, now: 5)
        #expect(try ledger.expired(leftBefore: 5, limit: 10).isEmpty)
        #expect(try ledger.expired(leftBefore: 6, limit: 10).map(\.id) == [a])
        try ledger.forget([a])
        #expect(try ledger.entry(Sample.key("a")) == nil)
        #expect(try ledger.history(file: a).isEmpty)
        #expect(try ledger.audit(sha256: Sample.sha256(1), catalogue: "1", settings: "s") == nil)
        #expect(try ledger.audit(sha256: Sample.sha256(2), catalogue: "1", settings: "s") != nil)
        #expect(try ledger.audit(sha256: Sample.sha256(7), catalogue: "1", settings: "s")?.audit == shared)
        try record(Sample.key("b"), .left, now: 5)
        try ledger.forget([b])
        #expect(try ledger.audit(sha256: Sample.sha256(7), catalogue: "1", settings: "s") == nil)
    }

    @Test func expiredFilesComeInParts() throws {
        // Some left at the same time.
        for number in 0..<10 {
            try record(Sample.key("\(number)"), .shown(Sample.shown(number)))
            try record(Sample.key("\(number)"), .left, now: Int64(number / 4))
        }
        var found: [LedgerEntry] = []
        while true {
            let part = try ledger.expired(leftBefore: 2, after: found.last, limit: 3)
            if part.isEmpty { break }
            found += part
        }
        #expect(found.map(\.key) == (0..<8).map { Sample.key("\($0)") })
    }

    /// After a rebuild the numbers of audits begin anew.
    @Test func anAuditOfAnotherContentIsNotTakenForItsOwn() throws {
        try record(Sample.key("a"), .shown(Sample.shown(1)))
        let id = try #require(try row(Sample.key("a")).audit)
        try record(Sample.key("b"), .shown(Sample.shown(2, audit: .known(id))))
        #expect(try row(Sample.key("b")).audit == nil)
        try record(Sample.key("c"), .shown(Sample.shown(1, audit: .known(id))))
        #expect(try row(Sample.key("c")).audit == id)
        try record(Sample.key("d"), .shown(Sample.shown(1, audit: .known(99))))
        #expect(try row(Sample.key("d")).audit == nil)
    }

    @Test func keptAuditsAreTidied() throws {
        let text = Array(String(repeating: "{\"rule\": \"a\"}", count: 600).utf8)
        var audit = Sample.audit(1)
        audit.kept = text
        try record(Sample.key("a"), .shown(Sample.shown(1, audit: .new(audit))))
        try record(Sample.key("b"), .kept(Sample.audit(2)))
        try record(Sample.key("c"), .shown(Sample.shown(3)))
        let ids = try [1, 2, 3].map { number in
            try #require(try ledger.audit(sha256: Sample.sha256(number), catalogue: "1", settings: "s")).id
        }
        func room() throws -> String {
            try Command.run(["sqlite3", path.string, "SELECT sum(length(kept)) < 1000 FROM audit"]).output
        }
        #expect(try room() == "0\n")
        #expect(try ledger.tidy(after: 0, limit: 2, keptBefore: 1500) == nil, "all are too young")
        #expect(try ledger.tidy(after: 0, limit: 2, keptBefore: 1501) == ids[1])
        #expect(try ledger.tidy(after: ids[1], limit: 2, keptBefore: 1501) == nil)
        #expect(try room() == "1\n")
        #expect(try ledger.audit(ids[0])?.kept == text)
        #expect(try ledger.audit(ids[1]) == nil)
        #expect(try ledger.audit(ids[2]) == Sample.audit(3))
        // Again: nothing is left to be done.
        #expect(try ledger.tidy(after: 0, limit: 9, keptBefore: 1501) == nil)
        #expect(try ledger.audit(ids[0])?.kept == text)
    }

    @Test func aDamagedAuditIsNone() throws {
        try record(Sample.key("a"), .shown(Sample.shown(1)))
        for damage in [
            "X'00'", "X''", "X'0012345678'", "X'01FFFFFFFF'", "X'0100000100789c'", "X'07'", "zeroblob(9000)",
        ] {
            _ = try Command.run(["sqlite3", path.string, "UPDATE audit SET kept = \(damage)"])
            #expect(try ledger.audit(sha256: Sample.sha256(1), catalogue: "1", settings: "s") == nil, "\(damage)")
        }
    }

    /// Nothing can be made beside the ledger, and nothing is there, since nobody has it open.
    @Test func whoeverMayOnlyReadCanRead() throws {
        try record(Sample.key("a"), .shown(Sample.shown(1)))
        try Files.makeFolder(folder("mounted"))
        let result = try Command.script(
            """
            mount -t tmpfs private "$2"
            sqlite3 "$1" "VACUUM INTO '$2/a ledger?.sqlite'"
            sqlite3 "$2/a ledger?.sqlite" 'PRAGMA journal_mode = WAL' > /dev/null
            mount -o remount,ro "$2"
            [ "$(ls "$2")" = 'a ledger?.sqlite' ]
            exec "$3" read "$2/a ledger?.sqlite"
            """,
            [path.string, folder("mounted").string, LedgerKeeperTests.probe()],
            inNamespace: true
        )
        #expect(result.output == "done 1\n", "\(result.output)\(result.errors)")
    }

    @Test func listsComeInParts() throws {
        for number in 0..<10 {
            let result = Sample.shown(
                number,
                verdict: number % 2 == 0 ? "pass" : "fail",
                agency: number < 5 ? "甲局" : "乙局",
                year: 2020 + number
            )
            try record(Sample.key("d/\(number).docx", inbox: number < 8 ? "" : "x"), .shown(result), now: Int64(number))
        }
        try record(Sample.key("d/1.docx"), .left)
        func names(_ entries: [LedgerEntry]) -> [String] {
            entries.map { String(decoding: $0.key.path.dropFirst(2).prefix(1), as: UTF8.self) }
        }
        #expect(names(try ledger.list(limit: 100)) == ["0", "2", "3", "4", "5", "6", "7", "8", "9"])
        let first = try ledger.list(verdict: "fail", left: nil, limit: 3)
        #expect(names(first) == ["1", "3", "5"])
        let id = try #require(first.last).id
        #expect(names(try ledger.list(verdict: "fail", left: nil, after: id, limit: 3)) == ["7", "9"])
        #expect(names(try ledger.list(inbox: "x", limit: 9)) == ["8", "9"])
        #expect(names(try ledger.list(agency: { $0 == "乙局" }, limit: 2)) == ["5", "6"])
        #expect(names(try ledger.list(year: 2023, limit: 2)) == ["3"])
        #expect(names(try ledger.list(state: .done, left: true, limit: 2)) == ["1"])
        #expect(try ledger.list(state: .queued, limit: 2).isEmpty)
        #expect(names(try ledger.find("d/3.docx")) == ["3"])
        #expect(names(try ledger.find("3.docx")) == ["3"])
        #expect(names(try ledger.find(".doc")).count == 10)
        #expect(try ledger.find("nothing").isEmpty)
        let history = try ledger.history(agency: { $0.hasPrefix("甲") }, limit: 3)
        #expect(history.map(\.year) == [2020, 2021, 2022])
        #expect(try ledger.history(agency: { _ in true }, year: 2028, limit: 3).map(\.key.inbox) == ["x"])
    }

    @Test func anotherProcessAsksForARetry() throws {
        try record(Sample.key("a"), .shown(Sample.shown(1, state: .quarantined, verdict: "unreadable")))
        try record(Sample.key("b"), .shown(Sample.shown(2)))
        let other = try Ledger(at: path)
        #expect(try other.requestRetryAll(state: .quarantined) == 1)
        #expect(try other.requestRetry([Sample.key("b"), Sample.key("nothing")]) == 1)
        let due = try ledger.due(now: 1, inboxes: [""], limit: 10)
        #expect(due.count == 2)
        #expect(
            due.allSatisfy {
                $0.reason == LedgerReason.retryRequested.rawValue && $0.attempts == 0 && $0.verdict != nil
            }
        )
    }

    @Test func whatIsNoLedgerIsToldApart() throws {
        let path = folder("garbage")
        try AtomicFile.write(Array(repeating: 0x41, count: 8192), to: path)
        let error = #expect(throws: LedgerError.self) { try Ledger(at: path) }
        #expect(error?.cause == .corrupt, "\(error.map(String.init(describing:)) ?? "none")")
    }
}
