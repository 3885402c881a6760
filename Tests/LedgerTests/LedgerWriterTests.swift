import Ledger
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite struct LedgerWriterTests {
    @Test func whatIsDurableCanBeReadByOthers() throws {
        let folder = try TemporaryFolder()
        let path = folder("nianbao.sqlite")
        let ledger = try Ledger(at: path)
        let writer = try LedgerWriter(ledger) { Issue.record("\($0)") }
        let reader = try Ledger(reading: path)
        let order = Monitor<[Int]>([])
        for number in 0..<1000 {
            let key = Sample.key("\(number)")
            writer.submit(LedgerChange(key, .waiting(.queued, identity: nil, reason: nil)))
            writer.submit(LedgerChange(key, .shown(Sample.shown(number)))) {
                let found = try? reader.entry(key)
                order.change { $0.append(found?.state == .done ? number : -1) }
            }
        }
        #expect(writer.flush(until: .now + .seconds(30)))
        #expect(order.withLock { $0 } == Array(0..<1000))
        #expect(writer.stop(until: .now + .seconds(30)))
        #expect(try reader.counts() == [.done: 1000])
    }

    @Test func waitingIsWrittenWithoutBeingAskedFor() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(at: folder("nianbao.sqlite"))
        let writer = try LedgerWriter(ledger) { Issue.record("\($0)") }
        writer.submit(LedgerChange(Sample.key("a"), .waiting(.settling, identity: nil, reason: nil)))
        #expect(try eventually { try ledger.entry(Sample.key("a"))?.state == .settling })
        #expect(writer.stop(until: .now + .seconds(30)))
    }

    @Test func aLaterChangeOfAFileWins() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(at: folder("nianbao.sqlite"))
        let writer = try LedgerWriter(ledger) { Issue.record("\($0)") }
        let key = Sample.key("a")
        writer.submit(LedgerChange(key, .waiting(.queued, identity: nil, reason: nil)))
        writer.submit(LedgerChange(key, .shown(Sample.shown(1))))
        writer.submit(LedgerChange(key, .waiting(.queued, identity: Sample.identity(2), reason: nil)))
        writer.submit(LedgerChange(key, .shown(Sample.shown(2))))
        writer.submit(LedgerChange(key, .waiting(.settling, identity: Sample.identity(3), reason: nil)))
        #expect(writer.stop(until: .now + .seconds(30)))
        let entry = try #require(try ledger.entry(key))
        #expect(entry.state == .settling && entry.identity == Sample.identity(3) && entry.sha256 == Sample.sha256(2))
        #expect(try ledger.history(file: entry.id).map(\.sha256) == [Sample.sha256(1), Sample.sha256(2)])
    }

    @Test func theServiceTellsHowItIs() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(at: folder("nianbao.sqlite"))
        let writer = try LedgerWriter(ledger) { Issue.record("\($0)") }
        var record = ServiceRecord(pid: 7, version: "1.0", startedAt: 1, updatedAt: 2)
        record.inboxes = [ServiceRecord.Inbox(name: "县", path: "/srv/收件箱", state: "watched")]
        record.lastErrors = [ServiceRecord.Fault(at: 5, sentence: "磁盘已满")]
        record.queued = ["queued": 3]
        record.inWork = ["县/一.docx"]
        writer.submit(record)
        #expect(try eventually { try ledger.serviceRecord() == record })
        for time in 3...100 as ClosedRange<Int64> {
            record.updatedAt = time
            writer.submit(record)
        }
        #expect(writer.stop(until: .now + .seconds(30)))
        #expect(try ledger.serviceRecord() == record)
    }
}
