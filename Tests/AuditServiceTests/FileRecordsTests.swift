import Ledger
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@testable import AuditService

struct FileRecordsTests {
    private let folder: TemporaryFolder
    private let file = InboxPath(inbox: 0, path: "a.txt")

    init() throws { folder = try TemporaryFolder() }

    private func identity() throws -> FileIdentity {
        try Files.write("1", to: folder("a.txt"))
        return try FileStatus(of: folder("a.txt")).identity
    }

    /// A walk tells the ledger that a file waits, and does not see that the work on it is just ending in vain; its job then
    /// finds nothing to do. `isWritten`: whether the ledger wrote what came before that.
    @Test(arguments: [false, true]) func whatIsToBeTriedAgainStaysSo(isWritten: Bool) throws {
        let keeper = try LedgerKeeper(at: folder("ledger.sqlite")) { _ in }
        let settings = ServiceSettings(
            inboxes: [Inbox(path: folder("inbox"))],
            stateFolder: folder("state"),
            sha256: testDigest
        )
        let (records, identity) = (FileRecords(settings: settings, keeper: keeper), try identity())
        let deferral = Deferral(
            identity: identity,
            attempts: 3,
            nextAttempt: WallClock.milliseconds - 1,
            reason: LedgerReason.resultNotWritten.rawValue,
            detail: "no room"
        )
        records.deferred(file, deferral, after: nil)
        let record = try #require(records.knowledge(of: file).record)
        records.waiting(file, .queued)
        if isWritten { #expect(keeper.flush(until: .now + .seconds(30))) }
        records.stands(file, record, identity: identity)
        #expect(keeper.flush(until: .now + .seconds(30)))

        let due = records.due(in: [0], limit: 10)
        #expect(due.map(\.key.path) == [file.path.bytes], "it is forgotten")
        #expect(due.first?.attempts == 3)
        #expect(due.first?.reason == deferral.reason)
        #expect(due.first?.detail == "no room")
        #expect(keeper.stop(until: .now + .seconds(30)))
    }
}
