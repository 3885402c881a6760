import AuditService
import Glibc
import Ledger
import LinuxIO
import Systemd
import SystemPackage
import TestSupport
import Testing

@Suite("several inboxes, and inboxes that come and go")
struct InboxTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["a", "b", "c"] {
            try Files.makeFolder(folder(name))
        }
    }

    private func start(_ inboxes: [Inbox]) throws -> RunningService {
        try RunningService(inboxes: inboxes, state: folder("state"))
    }

    private func isAudited(_ name: String, _ text: String) -> Bool {
        let result = folder("state/results/\(name).audit.json")
        return eventually { Files.read(result)?.contains(testDigest(Array(text.utf8))) == true }
    }

    private func problem(_ inboxes: [Inbox], state: String = "state") -> SettingsError? {
        do {
            let settings = ServiceSettings(inboxes: inboxes, stateFolder: folder(state), sha256: testDigest)
            _ = try WatchService(settings: settings, auditor: WordAuditor())
            return nil
        } catch {
            return error as? SettingsError
        }
    }

    @Test func resultsLieUnderTheNameOfTheInbox() throws {
        let service = try start([Inbox(path: folder("a")), Inbox(name: "县区", path: folder("b"))])
        try Files.write("1", to: folder("a/x.txt"))
        try Files.write("2", to: folder("b/x.txt"))
        #expect(isAudited("x.txt", "1"))
        #expect(isAudited("县区/x.txt", "2"))
        try service.stop()
    }

    @Test func aFolderWhoseResultsWouldMixIsRefused() throws {
        let service = try start([Inbox(path: folder("a")), Inbox(name: "b", path: folder("b"))])
        try Files.makeFolder(folder("a/b"))
        try Files.write("1", to: folder("a/b/x.txt"))
        try Files.write("2", to: folder("b/x.txt"))
        #expect(isAudited("b/x.txt", "2"))
        #expect(eventually { service.journal.entries(.folderNotWatched).count == 1 })
        try service.stop()
        #expect(service.journal.auditedFiles == [folder("b/x.txt").string])
    }

    @Test func settingsThatCannotWorkAreErrors() throws {
        let a = folder("a")
        #expect(problem([]) == .noInbox)
        #expect(problem([Inbox(path: a), Inbox(path: folder("b"))]) == .twoUnnamed(a, folder("b")))
        let twice = [Inbox(name: "n", path: a), Inbox(name: "n", path: folder("b"))]
        #expect(problem(twice) == .duplicateName("n"))
        for name in ["", ".", "..", ".x", "a/b", String(repeating: "n", count: 256)] {
            #expect(problem([Inbox(name: name, path: a)]) == .invalidName(name))
        }
        let missing = problem([Inbox(path: folder("none"))])
        #expect(missing == .inboxUnusable(folder("none"), errno: ENOENT))
        try Files.write("", to: folder("file"))
        #expect(problem([Inbox(path: folder("file"))]) == .inboxUnusable(folder("file"), errno: ENOTDIR))
        let state = problem([Inbox(path: a)], state: "file/state")
        #expect(state == .stateFolderUnusable(folder("file/state"), errno: ENOTDIR))
    }

    @Test func foldersThatOverlapAreErrors() throws {
        try Files.makeFolder(folder("a/deep"))
        try Files.link(folder("alias"), to: folder("a"))
        let a = try folder("a").resolved()
        let deep = try folder("a/deep").resolved()
        let both = { (path: FilePath) in [Inbox(path: folder("a")), Inbox(name: "n", path: path)] }
        #expect(problem(both(folder("a"))) == .overlap(a, a))
        #expect(problem(both(folder("a/deep"))) == .overlap(deep, a))
        #expect(problem(both(folder("alias"))) == .overlap(a, a))
        #expect(problem(both(folder("b"))) == nil)
        #expect(problem([Inbox(path: folder("a"))], state: "a/state") == .overlap(a, a.appending("state")))
        #expect(problem([Inbox(path: folder("a/deep"))], state: "a") == .overlap(deep, a))
        #expect(problem([Inbox(path: folder("a"))], state: "ab") == nil, "only whole names count")
        let message = SettingsError.overlap("/in", "/in/state").message(in: .chinese)
        #expect(message.contains("/in/state") && message.contains("重叠"))
    }

    @Test func twoServicesDoNotShareAState() throws {
        let first = try start([Inbox(path: folder("a"))])
        let state = try folder("state").resolved()
        #expect(throws: SettingsError.stateFolderInUse(state, process: getpid())) {
            try start([Inbox(path: folder("b"))])
        }
        try first.stop()
        try start([Inbox(path: folder("b"))]).stop()
    }

    @Test func anInboxThatIsRemovedAndMadeAgain() throws {
        let service = try start([Inbox(path: folder("a")), Inbox(name: "b", path: folder("b"))])
        try Files.write("1", to: folder("a/x.txt"))
        #expect(isAudited("x.txt", "1"))
        try Files.remove(folder("a"))
        #expect(eventually { service.journal.entries(.inboxLost).count == 1 })
        try Files.write("2", to: folder("b/x.txt"))
        #expect(isAudited("b/x.txt", "2"), "the others go on")

        try Files.makeFolder(folder("new/deep"))
        try Files.write("3", to: folder("new/deep/y.txt"))
        try Files.rename(folder("new"), folder("a"))
        #expect(isAudited("deep/y.txt", "3"))
        try Files.write("4", to: folder("a/deep/z.txt"))
        #expect(isAudited("deep/z.txt", "4"))
        try service.stop()
        #expect(service.journal.entries(.inboxLost).count == 1)
        #expect(service.journal.entries(.inboxBack).count == 1)
    }

    @Test func whatWaitsInAnInboxThatIsGoneHoldsUpNoOther() throws {
        try Files.write("1", to: folder("a/x.txt"))
        let identity = try FileStatus(of: folder("a/x.txt")).identity
        try Files.makeFolder(folder("state"))
        do {
            let ledger = try Ledger(at: folder("state/nianbao.sqlite"))
            // As many as the service takes at once, all due before the one that can be read.
            let gone = (0..<1000).map { number in
                LedgerChange(
                    LedgerKey(inbox: "gone", path: Array("\(number)".utf8)),
                    .deferred(Deferral(attempts: 1, nextAttempt: 1, reason: "io-error"))
                )
            }
            let deferral = Deferral(identity: identity, attempts: 1, nextAttempt: 2, reason: "io-error")
            try ledger.record(
                gone + [LedgerChange(LedgerKey(inbox: "", path: Array("x.txt".utf8)), .deferred(deferral))],
                now: 1
            )
        }
        let service = try start([Inbox(path: folder("a"))])
        #expect(isAudited("x.txt", "1"))
        try service.stop()
    }

    @Test func resultsThatCannotBeRemovedKeepNoOther() throws {
        let result = folder("state/results/old.txt.audit.json")
        try Files.makeFolder(folder("state/results"))
        try Files.write("old", to: result)
        do {
            // As many as one turn takes, all of which left before the one whose result can be removed.
            let stuck = (0..<200).map { "stuck/\($0)" }
            for name in stuck { try Files.makeFolder(folder("state/results/\(name).audit.json/in-the-way")) }
            let ledger = try Ledger(at: folder("state/nianbao.sqlite"))
            for (index, names) in [stuck, ["old.txt"]].enumerated() {
                let keys = names.map { LedgerKey(inbox: "", path: Array($0.utf8)) }
                try ledger.record(keys.map { LedgerChange($0, .shown(shown)) }, now: 1)
                try ledger.record(keys.map { LedgerChange($0, .left) }, now: Int64(2 + index))
            }
        }
        let service = try RunningService(inboxes: [Inbox(path: folder("a"))], state: folder("state")) {
            $0.leftRetention = .seconds(60)
        }
        #expect(eventually { !Files.exists(result) })
        // The first ones have their turn again.
        try Files.remove(folder("state/results/stuck/0.audit.json"))
        let ledger = try Ledger(reading: folder("state/nianbao.sqlite"))
        #expect(try eventually { try ledger.list(left: true, limit: 999).count == 199 })
        try service.stop()
    }

    private var shown: ShownResult {
        ShownResult(
            identity: nil,
            sha256: nil,
            verdict: "pass",
            basis: AuditBasis(catalogue: "1", settings: "s", waivers: ""),
            noticedAt: 1,
            finishedAt: 1,
            durationMicroseconds: 1
        )
    }

    @Test func anInboxWhoseParentIsExchangedWithoutAnEvent() throws {
        try Files.makeFolder(folder("outer/in"))
        let service = try start([Inbox(path: folder("outer/in"))])
        try Files.makeFolder(folder("other/in"))
        try Files.rename(folder("outer"), folder("away"))
        try Files.rename(folder("other"), folder("outer"))
        #expect(eventually { service.journal.entries(.inboxBack).count == 1 })
        try Files.write("1", to: folder("outer/in/x.txt"))
        try Files.write("2", to: folder("away/in/y.txt"))
        #expect(isAudited("x.txt", "1"))
        try service.stop()
        #expect(service.journal.auditedFiles == [folder("outer/in/x.txt").string])
    }
}
