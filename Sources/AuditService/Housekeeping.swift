// What is done at leisure: results and rows of files that left long ago go, where the office wants that.

import Glibc
import Ledger
import LinuxIO
import SystemPackage

/// Used on one thread only.
final class Housekeeping {
    /// Files of one turn, so that nothing else waits for long.
    private static let filesOfTurn = 200

    private let settings: ServiceSettings
    private let keeper: LedgerKeeper
    /// Where the last turn ended. What cannot be removed is left behind and tried again when all the others had their turn.
    private var last: LedgerEntry?

    init(settings: ServiceSettings, keeper: LedgerKeeper) {
        self.settings = settings
        self.keeper = keeper
    }

    /// Takes one turn.
    func work() {
        guard let retention = settings.leftRetention else { return }
        let before = WallClock.milliseconds - Int64(retention.components.seconds) * 1000
        let expired = keeper.read { (ledger) throws(LedgerError) in
            try ledger.expired(leftBefore: before, after: last, limit: Self.filesOfTurn)
        }
        guard let expired else { return }
        last = expired.count == Self.filesOfTurn ? expired.last : nil
        guard !expired.isEmpty else { return }
        let gone = expired.filter { removeResult(of: $0.key) }.map(\.id)
        _ = keeper.read { (ledger) throws(LedgerError) in try ledger.forget(gone) }
    }

    /// - Returns: whether there is none any more.
    private func removeResult(of file: LedgerKey) -> Bool {
        // Its inbox may not be configured any more; the path and the name of the inbox still say where the result lies.
        let inbox = Inbox(name: file.inbox.isEmpty ? nil : file.inbox, path: FilePath())
        let place = ResultFile.path(of: FilePath(bytes: file.path), in: inbox, sha256: settings.sha256)
        let result = settings.resultsFolder.appending(place.components)
        guard result.withPlatformString({ unlink($0) }) == 0 || errno == ENOENT else { return false }
        // Folders go with their last result.
        var folder = result.removingLastComponent()
        while folder != settings.resultsFolder, folder.starts(with: settings.resultsFolder),
            folder.withPlatformString({ rmdir($0) }) == 0
        {
            folder.removeLastComponent()
        }
        return true
    }
}
