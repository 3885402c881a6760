import Glibc
import Ledger
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite struct LedgerKeeperTests {
    private let folder: TemporaryFolder
    private let path: FilePath
    private let events = Monitor<[LedgerKeeper.Event]>([])

    init() throws {
        folder = try TemporaryFolder()
        path = folder("state/nianbao.sqlite")
    }

    private func keeper(expected: Bool = false) throws -> LedgerKeeper {
        try LedgerKeeper(at: path, expected: expected) { [events] event in events.change { $0.append(event) } }
    }

    /// What was told since the last question; `rebuilt` by the word for its reason.
    private func told() -> [String] {
        events.withLock { events in
            defer { events = [] }
            return events.map { event in
                switch event {
                case .rebuilt(let reason, let setAside):
                    "rebuilt \(reason.prefix { $0 != ":" })\(setAside == nil ? "" : " and set aside")"
                case .unavailable(let error): "unavailable \(error.reason)"
                case .available(let lost): lost ? "available, lost" : "available"
                }
            }
        }
    }

    private func fill(_ keeper: LedgerKeeper, _ count: Int) {
        for number in 0..<count { keeper.submit(LedgerChange(Sample.key("\(number)"), .shown(Sample.shown(number)))) }
        #expect(keeper.flush(until: .now + .seconds(30)))
    }

    private func count(_ keeper: LedgerKeeper) -> Int? {
        keeper.read { ledger throws(LedgerError) in try ledger.counts()[.done] ?? 0 }
    }

    private func makeLedger(_ rows: Int) throws {
        let keeper = try keeper()
        fill(keeper, rows)
        #expect(keeper.stop(until: .now + .seconds(30)))
    }

    private func overwrite(_ bytes: [UInt8], at offset: Int, truncating: Bool = false) throws {
        let file = try Files.open(path, truncating ? O_WRONLY | O_TRUNC : O_WRONLY)
        defer { close(file) }
        #expect(pwrite(file, bytes, bytes.count, off_t(offset)) == bytes.count)
    }

    private func names() -> [String] {
        DirectoryScan.names(in: folder("state")).map { String(decoding: $0, as: UTF8.self) }
    }

    private func noise(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }

    @Test func aLedgerIsMadeAndFoundAgain() throws {
        let first = try keeper()
        fill(first, 10)
        let made = try #require(first.createdAt)
        #expect(first.stop(until: .now + .seconds(30)))
        #expect(first.createdAt == nil && count(first) == nil)
        #expect(names() == ["nianbao.sqlite"], "nothing is left beside a ledger that was closed")
        let second = try keeper(expected: true)
        #expect(count(second) == 10)
        #expect(second.createdAt == made)
        #expect(told() == [])
        #expect(try FileStatus(of: path).kind == .regular)
        #expect(second.stop(until: .now + .seconds(30)))
    }

    @Test func aLedgerThatShouldBeThereIsMissed() throws {
        let keeper = try keeper(expected: true)
        #expect(told() == ["rebuilt missing"])
        fill(keeper, 3)
        #expect(count(keeper) == 3)
        #expect(keeper.stop(until: .now + .seconds(30)))
    }

    enum Damage: CaseIterable {
        case garbage, text, foreign, newer, empty, folder, noTables, header
    }

    @Test(arguments: Damage.allCases) func whatLiesThereIsNoReasonToFail(_ damage: Damage) throws {
        try makeLedger(100)
        var expected = "rebuilt corrupt and set aside"
        switch damage {
        case .garbage: try overwrite(noise(100_000), at: 0, truncating: true)
        case .text: try overwrite(Array("年报\n".utf8), at: 0, truncating: true)
        case .header: try overwrite(noise(100), at: 0)
        case .foreign:
            try Files.remove(path)
            try sqlite("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        case .newer:
            try sqlite("INSERT INTO grdb_migrations VALUES ('99 of the future')")
            expected = "rebuilt newer and set aside"
        case .noTables: try sqlite("DROP TABLE history")
        case .empty:
            try overwrite([], at: 0, truncating: true)
            expected = "rebuilt empty"
        case .folder:
            try Files.remove(path)
            try Files.makeFolder(path)
        }
        let keeper = try keeper(expected: true)
        // A table that is missing shows when it is needed.
        fill(keeper, 3)
        #expect(told() == [expected])
        #expect(count(keeper) == 3)
        #expect(keeper.stop(until: .now + .seconds(30)))
    }

    private func sqlite(_ statements: String) throws {
        let result = try Command.run(["sqlite3", path.string, statements])
        try #require(result.status == 0, "sqlite3: \(result.errors)")
    }

    @Test func damageInTheMiddleIsMetOnTheWay() throws {
        try makeLedger(3000)
        let size = try Int(FileStatus(of: path).identity.size)
        try overwrite(noise(size / 2), at: size / 4 / 4096 * 4096)
        let keeper = try keeper(expected: true)
        // Some of it may be met by a batch, the rest by the one who reads all.
        fill(keeper, 3)
        keeper.verify()
        #expect(told() == ["rebuilt corrupt and set aside"])
        fill(keeper, 5)
        #expect(count(keeper) ?? 0 >= 5)
        #expect(keeper.stop(until: .now + .seconds(30)))
        #expect(told() == [])
    }

    @Test func aRemovedLedgerIsNoticed() throws {
        let keeper = try keeper()
        fill(keeper, 10)
        try Files.remove(path)
        keeper.maintain()
        #expect(told() == ["rebuilt removed"])
        #expect(count(keeper) == 0)
        fill(keeper, 3)
        #expect(count(keeper) == 3)
        try Files.remove(folder("state"))
        keeper.maintain()
        #expect(told() == ["rebuilt removed"])
        fill(keeper, 4)
        #expect(keeper.stop(until: .now + .seconds(30)))
        #expect(try Ledger(reading: path).counts() == [.done: 4])
    }

    @Test func anExchangedLedgerIsNoticed() throws {
        let keeper = try keeper()
        fill(keeper, 10)
        // A copy made by the tool of SQLite, as an administrator keeps it.
        try sqlite("VACUUM INTO '\(folder("copy").string)'")
        fill(keeper, 20)
        try Files.rename(folder("copy"), path)
        keeper.maintain()
        #expect(told() == ["rebuilt exchanged"])
        #expect(count(keeper) == 10)
        fill(keeper, 15)
        #expect(count(keeper) == 15)
        keeper.verify()
        #expect(told() == [])
        #expect(keeper.stop(until: .now + .seconds(30)))
    }

    @Test func anOverwrittenLedgerIsNoticedAndOnlyTheLastOnesAreKept() throws {
        let keeper = try keeper()
        for round in 1...4 {
            fill(keeper, 10)
            try overwrite(noise(50_000), at: 0, truncating: round % 2 == 0)
            keeper.maintain()
            #expect(told() == ["rebuilt corrupt and set aside"])
            #expect(count(keeper) == 0)
        }
        fill(keeper, 5)
        #expect(keeper.stop(until: .now + .seconds(30)))
        let kept = names().filter { $0.hasPrefix("nianbao.sqlite.corrupt-") && $0.hasSuffix("Z") }
        #expect(kept.count == 2, "\(names())")
        #expect(try Ledger(reading: path).counts() == [.done: 5])
    }

    /// For a ledger on a larger disk.
    @Test func aLedgerMayBeReachedThroughALink() throws {
        try Files.makeFolder(folder("state"))
        try Files.makeFolder(folder("large"))
        try Files.link(path, to: folder("large/ledger"))
        let keeper = try keeper()
        fill(keeper, 3)
        try overwrite(noise(50_000), at: 0)
        keeper.maintain()
        #expect(told() == ["rebuilt corrupt and set aside"])
        fill(keeper, 4)
        #expect(keeper.stop(until: .now + .seconds(30)))
        #expect(try FileStatus(of: path, followingLinks: false).kind == .symbolicLink)
        #expect(try Ledger(reading: folder("large/ledger")).counts() == [.done: 4])
    }

    @Test func aFolderThatCannotBeMadeIsTriedAgain() throws {
        try Files.write("", to: folder("state"))
        let keeper = try keeper()
        #expect(told().first?.hasPrefix("unavailable") == true)
        #expect(count(keeper) == nil && keeper.createdAt == nil)
        keeper.submit(LedgerChange(Sample.key("a"), .shown(Sample.shown(1))))
        try Files.remove(folder("state"))
        #expect(
            eventually {
                keeper.maintain()
                return count(keeper) == 1
            }
        )
        #expect(eventually { told() == ["available"] })
        #expect(keeper.stop(until: .now + .seconds(30)))
    }

    @Test(arguments: ["full", "readonly"]) func theServiceGoesOnWhileTheDisk(is trouble: String) throws {
        try Files.makeFolder(folder("mounted"))
        let result = try Command.script(
            "exec \"$@\"",
            [try Self.probe(), trouble, folder("mounted").string],
            inNamespace: true
        )
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.hasSuffix("; available false\n"), "\(result.output)")
    }

    static func probe() throws -> String {
        try FilePath("/proc/self/exe").resolved().removingLastComponent().appending("LedgerProbe").string
    }

    /// The process is killed while it writes; what it had said to be durable is there, and nothing is damaged.
    @Test func nothingThatWasDurableIsLostToAKill() throws {
        var durable: [Int: Int] = [:]
        for round in 1...6 {
            let process = try Command([try Self.probe(), "churn", path.string, "\(round)000000"])
            let enough = Int.random(in: 100...10_000)
            #expect(eventually { process.errorsSoFar.utf8.count > enough }, "round \(round): it writes nothing")
            process.signal(SIGKILL)
            let output = process.wait().errors
            // The last line may be cut off.
            for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                let words = line.split(separator: " ").compactMap { Int($0) }
                try #require(words.count == 2, "round \(round): \(line)")
                durable[words[0]] = words[1]
            }
            let ledger = try Ledger(at: path)
            try ledger.verify()
            for (number, content) in durable {
                let key = LedgerKey(inbox: "", path: Array("收件箱/街道办事处/2023年度/报告-\(number).docx".utf8))
                let entry = try #require(try ledger.entry(key), "round \(round): \(number) is lost")
                let history = try ledger.history(file: entry.id).compactMap(\.sha256)
                let digits = String(content, radix: 16)
                let wanted = String(repeating: "5", count: 64 - digits.count) + digits
                #expect(history.contains(wanted), "round \(round): \(number) has lost \(content)")
                #expect(entry.sha256 == history.last)
                #expect(entry.audit != nil)
            }
        }
    }
}
