import Ledger
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite struct LedgerWriterTests {
    @Test func whatIsDurableCanBeReadByOthers() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("nianbao.sqlite")
        let ledger = try Ledger(at: path)
        let writer = try LedgerWriter(ledger) { Issue.record("\($0)") }
        let reader = try Ledger(reading: path)
        let order = Monitor<[Int]>([])
        for number in 0..<1000 {
            let key = LedgerKey(inbox: "", path: Array("\(number)".utf8))
            writer.submit(LedgerChange(key, .queued)) {
                let found = try? reader.entry(key)
                order.change { $0.append(found?.state == .queued ? number : -1) }
            }
        }
        #expect(writer.flush(until: .now + .seconds(30)))
        #expect(order.withLock { $0 } == Array(0..<1000))
        #expect(writer.stop(until: .now + .seconds(30)))
        #expect(try reader.counts() == [.queued: 1000])
    }

    @Test func aLaterChangeOfAFileWins() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(at: folder.path.appending("nianbao.sqlite"))
        let writer = try LedgerWriter(ledger) { Issue.record("\($0)") }
        let key = LedgerKey(inbox: "", path: [0x61])
        for state in [FileState.queued, .working, .deferred, .queued, .working, .done] {
            writer.submit(LedgerChange(key, state))
        }
        #expect(writer.stop(until: .now + .seconds(30)))
        #expect(try ledger.entry(key)?.state == .done)
    }
}
