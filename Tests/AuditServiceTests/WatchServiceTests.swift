import AuditService
import Glibc
import Ledger
import LinuxIO
import Systemd
import SystemPackage
import TestSupport
import Testing

@Suite("the service, on a real file system with real events")
struct WatchServiceTests {
    private let folder: TemporaryFolder
    private let inbox: FilePath
    private let results: FilePath

    init() throws {
        folder = try TemporaryFolder()
        inbox = folder("inbox")
        results = folder("state/results")
        try Files.makeFolder(inbox)
    }

    private func start(
        auditor: any FileAuditor = WordAuditor(),
        change: (inout ServiceSettings) -> Void = { _ in }
    ) throws -> RunningService {
        try RunningService(
            inboxes: [Inbox(path: inbox)],
            state: folder("state"),
            auditor: auditor,
            change: change
        )
    }

    private func result(_ name: String) -> FilePath {
        results.appending(FilePath(name + ".audit.json").components)
    }

    /// Whether the result of `name` is the one of `text`.
    private func isAudited(_ name: String, _ text: String) -> Bool {
        eventually { Files.read(result(name))?.contains(testDigest(Array(text.utf8))) == true }
    }

    /// Drops a file and waits for its result: everything that was dropped before was noticed before.
    private func waitForSentinel() throws {
        let name = "sentinel-\(UInt32.random(in: .min ... .max))"
        try Files.write("x", to: inbox.appending(name))
        #expect(isAudited(name, "x"))
    }

    private func names(_ service: RunningService) -> [String] {
        service.journal.auditedFiles
            .map { String($0.dropFirst(inbox.string.count + 1)) }
            .filter { !$0.hasPrefix("sentinel-") }
    }

    // MARK: - Lanes

    /// Audits by the first word, in the lane that the second names; a file of a slow lane waits until the others are through.
    private struct LanedAuditor: FileAuditor {
        let mayGoOn: Monitor<Bool>
        let batched = Monitor(0)

        func lane(of content: [UInt8]) -> AuditLane {
            let words = String(decoding: content, as: UTF8.self).split(separator: " ")
            return words.contains("batched") ? .batched : words.contains("slow") ? .slow : .quick
        }

        func audit(_ request: AuditRequest) throws(AuditUnavailable) -> AuditOutcome {
            if case .success(let contents) = request.content, lane(of: contents.bytes) != .quick {
                if lane(of: contents.bytes) == .batched { batched.change { $0 += 1 } }
                mayGoOn.wait { $0 ? .done(()) : .wait(until: nil) }
            }
            return WordAuditor().audit(request)
        }
    }

    @Test func slowFilesHoldUpNobody() throws {
        let mayGoOn = Monitor(false)
        let auditor = LanedAuditor(mayGoOn: mayGoOn)
        let service = try start(auditor: auditor) { $0.batchedFiles = 5 }
        for number in 0..<8 {
            try Files.write("pass batched \(number)", to: inbox.appending("batched-\(number)"))
            try Files.write("pass slow \(number)", to: inbox.appending("slow-\(number)"))
        }
        #expect(eventually { auditor.batched.withLock { $0 } == 5 }, "so many are handed over at once")
        for number in 0..<20 {
            try Files.write("pass \(number)", to: inbox.appending("quick-\(number)"))
        }
        for number in 0..<20 {
            #expect(isAudited("quick-\(number)", "pass \(number)"))
        }
        #expect(!names(service).contains { !$0.hasPrefix("quick") })
        // A file that changes while it waits is audited once, as it is then.
        try Files.write("pass now quick", to: inbox.appending("slow-7"))
        mayGoOn.change { $0 = true }
        for number in 0..<8 {
            #expect(isAudited("batched-\(number)", "pass batched \(number)"))
            #expect(isAudited("slow-\(number)", number == 7 ? "pass now quick" : "pass slow \(number)"))
        }
        try service.stop()
        #expect(names(service).count == 36, "each exactly once: \(names(service))")
        #expect(Set(names(service)).count == 36)
    }

    @Test func whatCannotBeAuditedNowIsAuditedLater() throws {
        struct LateAuditor: FileAuditor {
            let refusals = Monitor(2)

            func audit(_ request: AuditRequest) throws(AuditUnavailable) -> AuditOutcome {
                let refuses = refusals.withLock { refusals in
                    defer { refusals -= 1 }
                    return refusals > 0
                }
                if refuses { throw AuditUnavailable(reason: "没有进程可用") }
                return WordAuditor().audit(request)
            }
        }
        let service = try start(auditor: LateAuditor())
        try Files.write("pass x", to: inbox.appending("a.txt"))
        #expect(isAudited("a.txt", "pass x"))
        try service.stop()
        #expect(service.journal.entries(.deferred).count == 1, "told once")
        #expect(service.journal.entries(.audited).count == 1)
    }

    /// Files that wait for what all of them need say so, and are as before when it is there again.
    @Test func whoeverWaitsForWorkersSaysSo() throws {
        struct ClosedAuditor: FileAuditor {
            let isOpen = Monitor(false)

            func audit(_ request: AuditRequest) throws(AuditUnavailable) -> AuditOutcome {
                guard isOpen.withLock({ $0 }) else { throw AuditUnavailable(reason: "没有进程可用") }
                return WordAuditor().audit(request)
            }
        }
        let auditor = ClosedAuditor()
        let service = try start(auditor: auditor)
        try Files.write("first", to: inbox.appending("first"))
        #expect(eventually { service.journal.entries(.deferred).count == 1 })
        for number in 0..<5 { try Files.write("\(number)", to: inbox.appending("n\(number)")) }
        let ledger = try Ledger(reading: folder("state/nianbao.sqlite"))
        func reasons() throws -> [String?] { try ledger.list(limit: 99).filter { $0.verdict == nil }.map(\.reason) }
        let waiting = LedgerReason.waitsForWorkers.rawValue
        // Some try, one at a time, and know more of it; the others wait.
        let areTold = try eventually {
            try reasons().count == 6
                && reasons().allSatisfy { [waiting, LedgerReason.auditUnavailable.rawValue].contains($0) }
        }
        let told = try reasons()
        #expect(areTold && told.contains(waiting), "\(told)")
        auditor.isOpen.withLock { $0 = true }
        for number in 0..<5 { #expect(isAudited("n\(number)", "\(number)")) }
        #expect(isAudited("first", "first"))
        func done() throws -> [LedgerEntry] { try ledger.list(state: .done, limit: 99) }
        #expect(try eventually { try done().count { $0.reason == nil } == 6 })
        try service.stop()
    }

    // MARK: - How files come

    @Test func aFileThatIsWritten() throws {
        let service = try start()
        try Files.write("fail 年报", to: inbox.appending("a.txt"))
        #expect(isAudited("a.txt", "fail 年报"))
        try service.stop()

        let entry = try #require(service.journal.entries(.audited).first)
        #expect(entry.priority == .warning)
        #expect(entry.identifier == "nianbao")
        #expect(entry.text("NIANBAO_FILE") == inbox.appending("a.txt").string)
        #expect(entry.text("NIANBAO_VERDICT") == "fail")
        #expect(entry.text("NIANBAO_ERRORS") == "2")
        #expect(entry.text("NIANBAO_WARNINGS") == "0")
        #expect(entry.text("NIANBAO_AGENCY") == "某县民政局")
        #expect(entry.text("NIANBAO_YEAR") == "2021")
        #expect(entry.text("NIANBAO_SHA256") == testDigest(Array("fail 年报".utf8)))
        #expect(entry.text("NIANBAO_RESULT") == result("a.txt").string)
        #expect(entry.text("NIANBAO_EXPLAIN")?.contains("勾稽") == true)
        let rules = entry.fields.filter { $0.name == "NIANBAO_RULE" }.map { String(decoding: $0.value, as: UTF8.self) }
        #expect(rules == ["applications.balance", "fee.missing"])
    }

    @Test func aFileThatIsMovedIn() throws {
        let service = try start()
        try Files.write("one", to: folder("outside"))
        try Files.rename(folder("outside"), inbox.appending("a.txt"))
        #expect(isAudited("a.txt", "one"))
        try Files.rename(inbox.appending("a.txt"), inbox.appending("b.txt"))
        #expect(isAudited("b.txt", "one"))
        try service.stop()
        #expect(names(service) == ["a.txt", "b.txt"])
    }

    @Test func aFileThatIsOverwritten() throws {
        let service = try start()
        for text in ["one", "two", "three"] {
            try Files.write(text, to: inbox.appending("a.txt"))
            #expect(isAudited("a.txt", text))
        }
        try service.stop()
        #expect(names(service) == ["a.txt", "a.txt", "a.txt"])
    }

    @Test func aSecondCloseWithoutAChange() throws {
        let service = try start()
        let first = try Files.open(inbox.appending("a.txt"), O_WRONLY | O_CREAT)
        let second = try Files.open(inbox.appending("a.txt"), O_WRONLY)
        try Files.append("one", to: first)
        close(first)
        #expect(isAudited("a.txt", "one"))
        close(second)
        try waitForSentinel()
        #expect(eventually { service.notifier.told.last?.contains("排队 0") == true })
        try service.stop()
        #expect(names(service) == ["a.txt"])
    }

    @Test func aHardLinkThatIsNeverClosed() throws {
        let service = try start()
        try Files.write("one", to: folder("outside"))
        #expect(link(folder("outside").string, inbox.appending("a.txt").string) == 0)
        #expect(isAudited("a.txt", "one"))
        try service.stop()
        #expect(names(service) == ["a.txt"])
    }

    /// The kernel tells the folder of the name through which a file was written, and no other, see inotify(7).
    @Test func allNamesOfAFileThatIsWrittenThroughOne() throws {
        try Files.makeFolder(inbox.appending("d"))
        let service = try start()
        let (a, b) = (inbox.appending("a.txt"), inbox.appending("d/b.txt"))
        try Files.write("one", to: a)
        #expect(isAudited("a.txt", "one"))
        #expect(link(a.string, b.string) == 0)
        #expect(isAudited("d/b.txt", "one"))
        for (text, name) in [("two", b), ("three", a)] {
            try Files.write(text, to: name)
            #expect(isAudited("a.txt", text))
            #expect(isAudited("d/b.txt", text))
        }
        // A name that is passed over is told of all the same.
        let hidden = inbox.appending("c.tmp")
        #expect(link(a.string, hidden.string) == 0)
        try Files.write("four", to: hidden)
        #expect(isAudited("a.txt", "four"))
        #expect(isAudited("d/b.txt", "four"))
        try service.stop()
    }

    /// It waits the longer the more often it was found open; its end is told of the other name.
    @Test func aFileThatIsClosedUnderAnotherName() throws {
        let service = try start()
        let (a, b) = (inbox.appending("a.tmp"), inbox.appending("b.txt"))
        let writer = try Files.open(a, O_WRONLY | O_CREAT)
        try Files.append("one", to: writer)
        #expect(link(a.string, b.string) == 0)
        let ledger = try Ledger(reading: folder("state/nianbao.sqlite"))
        func state() throws -> FileState? { try ledger.list(limit: 9).first?.state }
        #expect(try eventually { try state() == .settling })
        // By now the next look is some seconds away.
        usleep(3_500_000)
        let closed = ContinuousClock.now
        close(writer)
        #expect(isAudited("b.txt", "one"))
        #expect(ContinuousClock.now - closed < .seconds(2))
        try service.stop()
    }

    /// While the first name is audited nothing is known of it yet by which it could be found.
    @Test func aFileThatIsWrittenThroughANewNameDuringItsAudit() throws {
        let (begun, mayGoOn) = (Monitor(false), Monitor(false))
        let service = try start(
            auditor: WordAuditor { request in
                guard request.relativePath == "a.txt" else { return }
                begun.change { $0 = true }
                mayGoOn.wait { $0 ? .done(()) : .wait(until: nil) }
            }
        )
        let (a, b) = (inbox.appending("a.txt"), inbox.appending("b.txt"))
        try Files.write("one", to: a)
        begun.wait { $0 ? .done(()) : .wait(until: nil) }
        #expect(link(a.string, b.string) == 0)
        try Files.write("two", to: b)
        #expect(isAudited("b.txt", "two"))
        mayGoOn.change { $0 = true }
        #expect(isAudited("a.txt", "two"))
        try service.stop()
    }

    /// What may be read again may be so under all names.
    @Test func aModeThatIsMendedUnderAnotherName() throws {
        let names = ["a.txt", "b.txt"]
        try Files.write("one", to: inbox.appending("a.txt"))
        #expect(link(inbox.appending("a.txt").string, inbox.appending("b.txt").string) == 0)
        try Files.makeFolder(folder("state"))
        do {
            // Neither is due for an hour.
            let deferral = Deferral(
                identity: try FileStatus(of: inbox.appending("a.txt")).identity,
                attempts: 12,
                nextAttempt: WallClock.milliseconds + 3_500_000,
                reason: "permission-denied"
            )
            try Ledger(at: folder("state/nianbao.sqlite")).record(
                names.map { LedgerChange(LedgerKey(inbox: "", path: Array($0.utf8)), .deferred(deferral)) },
                now: WallClock.milliseconds
            )
        }
        let service = try start()
        try waitForSentinel()
        #expect(self.names(service).isEmpty)
        #expect(chmod(inbox.appending("b.txt").string, 0o640) == 0)
        for name in names { #expect(isAudited(name, "one")) }
        try service.stop()
    }

    @Test func foldersInFoldersMadeJustBefore() throws {
        let service = try start()
        let expected = (0..<40).map { "d\($0)/e/f/a.txt" }
        for name in expected {
            let path = inbox.appending(FilePath(name).components)
            try Files.makeFolder(path.removingLastComponent())
            try Files.write(name, to: path)
        }
        for name in expected {
            #expect(isAudited(name, name))
        }
        try service.stop()
        #expect(names(service).sorted() == expected.sorted())
    }

    @Test func aFolderThatIsMovedInWithFiles() throws {
        let service = try start()
        try Files.makeFolder(folder("outside/deep"))
        try Files.write("1", to: folder("outside/a.txt"))
        try Files.write("2", to: folder("outside/deep/b.txt"))
        try Files.rename(folder("outside"), inbox.appending("in"))
        #expect(isAudited("in/a.txt", "1"))
        #expect(isAudited("in/deep/b.txt", "2"))
        try Files.write("3", to: inbox.appending("in/deep/c.txt"))
        #expect(isAudited("in/deep/c.txt", "3"))
        try service.stop()
    }

    @Test func aFolderThatIsRenamed() throws {
        try Files.makeFolder(inbox.appending("old/deep"))
        let service = try start()
        try Files.write("1", to: inbox.appending("old/deep/a.txt"))
        #expect(isAudited("old/deep/a.txt", "1"))
        try Files.rename(inbox.appending("old"), inbox.appending("new"))
        try Files.write("2", to: inbox.appending("new/deep/b.txt"))
        #expect(isAudited("new/deep/b.txt", "2"))
        #expect(isAudited("new/deep/a.txt", "1"))
        try Files.makeFolder(inbox.appending("old/deep"))
        try Files.write("3", to: inbox.appending("old/deep/c.txt"))
        #expect(isAudited("old/deep/c.txt", "3"))
        try service.stop()
        #expect(Files.exists(result("old/deep/a.txt")), "a result stays when its file leaves")
        #expect(!Files.exists(result("old/deep/b.txt")))
        #expect(!Files.exists(result("new/deep/c.txt")))
        #expect(service.journal.entries(.rescanned).isEmpty)
    }

    @Test func aFolderThatLeaves() throws {
        try Files.makeFolder(inbox.appending("gone/deep"))
        let service = try start()
        try Files.rename(inbox.appending("gone"), folder("outside"))
        try Files.write("1", to: folder("outside/deep/a.txt"))
        try waitForSentinel()
        try service.stop()
        #expect(names(service).isEmpty)
    }

    @Test func aNameInGBK() throws {
        let service = try start()
        let name = FilePath(bytes: [0xC4, 0xEA, 0xB1, 0xA8, 0x2E, 0x74, 0x78, 0x74])
        try Files.write("1", to: inbox.appending(name.components))
        let result = results.appending(FilePath(bytes: name.bytes + Array(".audit.json".utf8)).components)
        #expect(eventually { Files.exists(result) })
        try service.stop()
        let entry = try #require(service.journal.entries(.audited).first)
        let file = entry.fields.first { $0.name == "NIANBAO_FILE" }
        #expect(file?.value == inbox.bytes + [0x2F] + name.bytes)
    }

    // MARK: - What is no report

    @Test func linksAndSpecialFilesArePassedOver() throws {
        try #require(getuid() == 0, "run the tests as root: they make a device")
        let makeAll = { [inbox, folder] (prefix: String) throws in
            try Files.write("secret", to: folder("secret"))
            try Files.makeFolder(folder("elsewhere"))
            try Files.write("secret", to: folder("elsewhere/file.txt"))
            try Files.link(inbox.appending(prefix + "link.txt"), to: folder("secret"))
            try Files.link(inbox.appending(prefix + "folder"), to: folder("elsewhere"))
            #expect(mkfifo(inbox.appending(prefix + "fifo.txt").string, 0o666) == 0)
            #expect(mknod(inbox.appending(prefix + "device.txt").string, S_IFCHR | 0o666, 0x0105) == 0)
            #expect(mknod(inbox.appending(prefix + "socket.txt").string, S_IFSOCK | 0o666, 0) == 0)
        }
        try makeAll("before-")
        let service = try start()
        try makeAll("after-")
        try Files.link(folder("moved.txt"), to: folder("secret"))
        try Files.rename(folder("moved.txt"), inbox.appending("moved.txt"))
        try waitForSentinel()
        // New files that nobody closes get a look after 0.1 s.
        #expect(eventually { service.notifier.told.last?.contains("排队 0") == true })
        try service.stop()
        #expect(names(service).isEmpty)
    }

    @Test func temporaryNamesArePassedOver() throws {
        let ignored = [
            ".hidden", "~$a.docx", "a.part", "a.filepart", "a.crdownload", "a.tmp", "Thumbs.db", "desktop.ini",
            ".git/config", ".folder/a.txt",
        ]
        let audited = ["a.partial", "part", "tmp", "my desktop.ini", "Thumbs.db.txt", "~a.docx", "x.part/a.txt"]
        for name in ignored + audited {
            let path = inbox.appending(FilePath(name).components)
            try Files.makeFolder(path.removingLastComponent())
            try Files.write(name, to: path)
        }
        let service = try start()
        for name in audited {
            #expect(isAudited(name, name))
        }
        for name in ignored {
            try Files.write("again", to: inbox.appending(FilePath(name).components))
        }
        try Files.rename(inbox.appending("a.part"), inbox.appending("a.docx"))
        #expect(isAudited("a.docx", "again"))
        try waitForSentinel()
        try service.stop()
        #expect(names(service).sorted() == (audited + ["a.docx"]).sorted())
    }

    // MARK: - Files that are not whole

    @Test func aFileThatIsStillBeingWrittenAtTheStart() throws {
        let writer = try Files.open(inbox.appending("growing.txt"), O_WRONLY | O_CREAT)
        try Files.append("first half, ", to: writer)
        try Files.write("1", to: inbox.appending("z.txt"))
        let service = try start()
        #expect(isAudited("z.txt", "1"), "the open file delays no other")
        // Longer than the first two looks at it.
        usleep(400_000)
        #expect(!Files.exists(result("growing.txt")))
        try Files.append("second half", to: writer)
        close(writer)
        #expect(isAudited("growing.txt", "first half, second half"))
        try service.stop()
        #expect(names(service) == ["z.txt", "growing.txt"])
    }

    @Test func aFileThatWasClosedUnseenIsLookedAtAgain() throws {
        // A mapping keeps the file open for writing after close(2), and ends without any event of its own.
        let file = try Files.open(inbox.appending("a.txt"), O_RDWR | O_CREAT)
        try Files.append("mapped", to: file)
        let mapping = mmap(nil, 6, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
        close(file)
        let service = try start()
        try waitForSentinel()
        #expect(!Files.exists(result("a.txt")))
        munmap(mapping, 6)
        #expect(isAudited("a.txt", "mapped"))
        try service.stop()
    }

    @Test func aFileThatNeverStandsStillIsReportedAndDelaysNoOther() throws {
        let stopped = Monitor(false)
        let path = inbox.appending("restless.txt")
        try Files.write(String(repeating: "x", count: 8_000_000), to: path)
        let writer = try WorkerThread(name: "restless") {
            // Changes the times of the file all the time, but never opens it for writing.
            var mode: mode_t = 0o600
            while !stopped.withLock({ $0 }) {
                chmod(path.string, mode)
                mode ^= 0o044
            }
        }
        let service = try start()
        try waitForSentinel()
        stopped.withLock { $0 = true }
        writer.join()
        #expect(eventually { Files.exists(result("restless.txt")) })
        try service.stop()
        #expect(names(service) == ["restless.txt"])
    }

    // MARK: - Many files, errors, restarts

    @Test func twoThousandFilesAtOnceEachOnce() throws {
        let service = try start()
        let expected = (0..<2000).map { "n\($0).txt" }
        for name in expected {
            try Files.write(name, to: inbox.appending(name))
        }
        #expect(eventually(within: .seconds(120)) { service.service.auditedCount >= 2000 })
        #expect(eventually { service.notifier.told.last?.hasPrefix("1 个收件夹，已审 2000，排队 0，最近：") == true })
        try service.stop()
        #expect(names(service).count == 2000)
        #expect(Set(names(service)) == Set(expected))
    }

    @Test func afterARestartOnlyWhatIsNewOrChanged() throws {
        for name in ["same", "changed", "result-removed", "result-broken", "moved"] {
            try Files.write(name, to: inbox.appending(name))
        }
        let first = try start()
        #expect(eventually { first.service.auditedCount == 5 })
        try first.stop()
        // A result that is overwritten within the 10 ms after it was written is taken for untouched.
        let written = try FileStatus(of: result("result-broken")).identity.modified
        #expect(eventually { WallClock.nanoseconds > written + 50_000_000 })

        try Files.write("other content", to: inbox.appending("changed"))
        try Files.remove(result("result-removed"))
        try Files.write("{}", to: result("result-broken"))
        try Files.rename(inbox.appending("moved"), inbox.appending("moved-2"))
        try Files.write("new", to: inbox.appending("new"))
        let second = try start()
        #expect(eventually { second.notifier.told.last?.contains("已审 5，排队 0，最近") == true })
        try second.stop()
        #expect(names(second).sorted() == ["changed", "moved-2", "new", "result-broken", "result-removed"])
    }

    @Test func aResultThatCannotBeWrittenIsTriedAgain() throws {
        let service = try start()
        // A file where the folder of the result belongs: even root cannot write then.
        try Files.write("in the way", to: results.appending("sub"))
        try Files.makeFolder(inbox.appending("sub"))
        try Files.write("1", to: inbox.appending("sub/a.txt"))
        #expect(eventually { !service.journal.entries(.deferred).isEmpty })
        try waitForSentinel()
        #expect(names(service).isEmpty, "no audit without a result")

        try Files.remove(results.appending("sub"))
        #expect(isAudited("sub/a.txt", "1"))
        try service.stop()
        #expect(names(service) == ["sub/a.txt"])
        let entries = service.journal.entries(.deferred)
        #expect(entries.count == 1, "said once, not at each try")
        #expect(entries.first?.priority == .error)
        #expect(entries.first?.text("NIANBAO_RESULT") == result("sub/a.txt").string)
    }

    @Test func aResultIsNeverSeenHalf() throws {
        let service = try start()
        let path = inbox.appending("a.txt")
        let file = result("a.txt")
        var seen: Set<String> = []
        var number = 0
        let sawEnough = try eventually {
            number += 1
            try Files.write("\(number)", to: path)
            for _ in 0..<20 {
                if let text = Files.read(file) {
                    #expect(text.hasPrefix(#"{"padding""#) && text.hasSuffix(#""end": true}"#))
                    seen.insert(String(text.suffix(100)))
                }
            }
            return seen.count >= 20
        }
        #expect(sawEnough, "only \(seen.count) different results seen")
        #expect(isAudited("a.txt", "\(number)"))
        try service.stop()
        let files = DirectoryScan(root: results).listing().files
        #expect(files == ["a.txt.audit.json"], "no temporary file stays")
    }

    @Test func aLongNameIsShortened() throws {
        let service = try start()
        let name = String(repeating: "年", count: 83) + "a.txt"
        try Files.write("1", to: inbox.appending(name))
        let short = String(repeating: "年", count: 75) + "~" + testDigest(Array(name.utf8)).prefix(16)
        #expect(isAudited(short, "1"))
        let fits = String(repeating: "n", count: 244)
        try Files.write("2", to: inbox.appending(fits))
        #expect(isAudited(fits, "2"))
        try service.stop()
    }

    @Test func leftoversOfACrashAreRemoved() throws {
        try Files.makeFolder(results.appending("sub"))
        try Files.write("half", to: results.appending("sub").appending(AtomicFile.temporaryPrefix + "1"))
        let service = try start()
        try service.stop()
        #expect(DirectoryScan(root: results).listing().files.isEmpty)
    }

    // MARK: - The end

    @Test func stoppingTellsEverybody() throws {
        let service = try start()
        #expect(service.notifier.told.first == "READY")
        #expect(service.notifier.told.dropFirst().first?.hasPrefix("1 个收件夹，已审 0，排队 0") == true)
        #expect(try service.stop() == .requested)
        #expect(service.notifier.told.last == "STOPPING")
        #expect(service.journal.entries(.started).count == 1)
        #expect(service.journal.entries(.stopping).count == 1)
    }

    @Test func aFileInWorkIsFinishedAndTheRestLeftForTheNextStart() throws {
        let begun = Monitor(0)
        let service = try start(
            auditor: WordAuditor { _ in
                begun.change { $0 += 1 }
                usleep(300_000)
            },
            change: { $0.workers = 1 }
        )
        for name in ["a", "b", "c"] {
            try Files.write(name, to: inbox.appending(name))
        }
        begun.wait { $0 > 0 ? .done(()) : .wait(until: nil) }
        try service.stop()
        // As a rule the first one; but a walk may have met it while it was still open.
        let finished = names(service)
        #expect(finished.count == 1)
        for name in finished { #expect(isAudited(name, name)) }

        let next = try start()
        let others = ["a", "b", "c"].filter { !finished.contains($0) }
        for name in others { #expect(isAudited(name, name)) }
        try next.stop()
        #expect(names(next).sorted() == others)
    }

    @Test func anAuditThatHangsDoesNotDelayTheEnd() throws {
        let released = Monitor(false)
        let begun = Monitor(false)
        let service = try start(
            auditor: WordAuditor { _ in
                begun.change { $0 = true }
                released.wait { $0 ? .done(()) : .wait(until: nil) }
            }
        )
        try Files.write("1", to: inbox.appending("a"))
        begun.wait { $0 ? .done(()) : .wait(until: nil) }
        let start = ContinuousClock.now
        try service.stop()
        #expect(ContinuousClock.now - start < .seconds(5))
        released.change { $0 = true }
    }
}
