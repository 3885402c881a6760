// What is known of files: the ledger, and before it what was just found out and is on its way there.

import Ledger
import LinuxIO
import SystemPackage

/// What the service has to know of a file that it met before.
struct FileRecord: Sendable {
    var state: FileState
    var identity: FileIdentity?
    /// Read so soon after its last change that a further change may carry the same time stamp.
    var isRacy = false
    /// Of the content that its result shows.
    var sha256: String?
    var verdict: String?
    /// Under what its result was made.
    var basis: AuditBasis?
    var attempts = 0
    /// Milliseconds since 1970.
    var nextAttempt: Int64?
    var reason: String?
    /// The same as a sentence.
    var detail: String?
    /// When its result was written, in milliseconds since 1970.
    var finishedAt: Int64?
    var hasLeft = false
}

final class FileRecords: Sendable {
    /// What the ledger says.
    enum Knowledge: Sendable {
        /// It cannot be asked now.
        case unavailable
        /// It does not know the file.
        case none
        case record(FileRecord)

        var record: FileRecord? {
            if case .record(let record) = self { return record }
            return nil
        }
    }

    private struct Recent {
        var number: UInt64 = 0
        var records: [InboxPath: (number: UInt64, record: FileRecord)] = [:]
        var order = FirstInFirstOut<(number: UInt64, file: InboxPath)>()
    }

    /// As many as the ledger's own list of changes holds: when it cannot write for long, the oldest are given up, and when it
    /// can again everything is walked anew.
    private static let mostRecent = 20_000

    /// Names of one file that are looked for. Each of them asks for the others in its turn, so this bounds the square of it; of
    /// a file with more names the walk finds the rest.
    private static let mostNames = 100

    private let settings: ServiceSettings
    private let keeper: LedgerKeeper
    private let recent = Monitor(Recent())

    init(settings: ServiceSettings, keeper: LedgerKeeper) {
        self.settings = settings
        self.keeper = keeper
    }

    /// What is known of one file.
    func knowledge(of file: InboxPath) -> Knowledge {
        // First what is on its way to the ledger: it is there before it is forgotten here.
        if let record = recent.withLock({ $0.records[file]?.record }) { return .record(record) }
        guard let entry = keeper.read({ (ledger) throws(LedgerError) in try ledger.entry(settings.key(file)) })
        else { return .unavailable }
        return entry.map { .record(FileRecord($0)) } ?? .none
    }

    /// What is known of some files, and the number of each one's row.
    func knowledge(of files: [InboxPath]) -> [(knowledge: Knowledge, row: Int64?)] {
        let keys = files.map(settings.key)
        let entries = keeper.read { (ledger) throws(LedgerError) in try ledger.entries(keys) }
        let fresh = recent.withLock { recent in files.map { recent.records[$0]?.record } }
        return files.indices.map { index in
            let entry = entries?[index]
            if let record = fresh[index] { return (.record(record), entry?.id) }
            guard entries != nil else { return (.unavailable, nil) }
            return (entry.map { .record(FileRecord($0)) } ?? .none, entry?.id)
        }
    }

    /// The other names of a file (hard links) of which something is known. The kernel tells of a change only to those who watch
    /// the folder of the name through which it was made, see inotify(7).
    func otherNames(of file: InboxPath, _ identity: FileIdentity) -> [(file: InboxPath, record: FileRecord)] {
        // What goes from here to the ledger meanwhile is found in one of both: this is asked first.
        let fresh = recent.withLock { recent in
            recent.records.compactMap { $0.value.record.identity?.isSameFile(as: identity) == true ? $0.key : nil }
        }
        let rows = keeper.read { (ledger) throws(LedgerError) in
            try ledger.names(of: identity, limit: Self.mostNames)
        }
        let others = Set(fresh + (rows ?? []).compactMap { settings.file($0.key) }).subtracting([file])
        guard !others.isEmpty else { return [] }
        let files = Array(others)
        return zip(files, knowledge(of: files)).compactMap { name, known in
            guard let record = known.knowledge.record, !record.hasLeft else { return nil }
            return (name, record)
        }
    }

    /// An audit of this content that was kept.
    func audit(sha256: String, basis: AuditBasis) -> (id: Int64, audit: StoredAudit)? {
        let found = keeper.read { (ledger) throws(LedgerError) in
            try ledger.audit(sha256: sha256, catalogue: basis.catalogue, settings: basis.settings)
        }
        return found ?? nil
    }

    /// Files of some inboxes whose next attempt is due.
    func due(in inboxes: [Int], limit: Int) -> [LedgerEntry] { due(WallClock.milliseconds, in: inboxes, limit: limit) }

    /// Files below a folder that could not be read for lack of permission, at most `limit` of those that wait for anything.
    func denied(below folder: InboxPath, limit: Int) -> [InboxPath] {
        // Those too whose time has not come.
        due(WallClock.milliseconds + Ledger.longestDelay, in: [folder.inbox], limit: limit)
            .filter { $0.reason == LedgerReason.permissionDenied.rawValue }.compactMap { settings.file($0.key) }
            .filter { $0.isWithin(folder) }
    }

    private func due(_ time: Int64, in inboxes: [Int], limit: Int) -> [LedgerEntry] {
        let names = inboxes.map { settings.inboxes[$0].name ?? "" }
        return keeper.read { (ledger) throws(LedgerError) in
            try ledger.due(now: time, inboxes: names, limit: limit)
        } ?? []
    }

    /// Files of rows below a folder that are taken to be there, but for those with a row that `isSeen`.
    func missing(in folder: InboxPath, unless isSeen: (Int64) -> Bool, each: (InboxPath) -> Void) {
        let inbox = settings.inboxes[folder.inbox].name ?? ""
        _ = keeper.read { (ledger) throws(LedgerError) in
            try ledger.missing(inbox: inbox, below: folder.path.bytes, seen: isSeen) { entry in
                each(InboxPath(inbox: folder.inbox, path: FilePath(bytes: entry.key.path)))
            }
        }
    }

    /// When the ledger was made, in milliseconds since 1970; nil while there is none.
    var ledgerCreatedAt: Int64? { keeper.createdAt }

    /// Whether the ledger can be asked.
    var isAvailable: Bool { keeper.createdAt != nil }

    /// Forgets what is not in the ledger: another one has taken its place, and everything is walked again.
    func forgetRecent() { recent.withLock { $0 = Recent(number: $0.number) } }

    // MARK: - Changes

    /// It waits or is in work. Only told, for those who ask the ledger: nothing depends on it.
    func waiting(_ file: InboxPath, _ state: FileState, identity: FileIdentity? = nil, reason: LedgerReason? = nil) {
        keeper.submit(LedgerChange(settings.key(file), .waiting(state, identity: identity, reason: reason?.rawValue)))
    }

    /// Its result lies in place.
    func shown(_ file: InboxPath, _ result: ShownResult) {
        let record = FileRecord(
            state: result.state,
            identity: result.identity,
            isRacy: result.isRacy,
            sha256: result.sha256,
            verdict: result.verdict,
            basis: result.basis,
            attempts: result.attempts,
            nextAttempt: result.nextAttempt,
            reason: result.reason,
            detail: result.detail,
            finishedAt: result.finishedAt
        )
        submit(file, record, .shown(result))
    }

    /// It is tried again later.
    func deferred(_ file: InboxPath, _ deferral: Deferral, after record: FileRecord?) {
        var record = record ?? FileRecord(state: .deferred)
        record.state = .deferred
        record.identity = deferral.identity ?? record.identity
        record.attempts = deferral.attempts
        record.nextAttempt = deferral.nextAttempt
        record.reason = deferral.reason
        record.detail = deferral.detail
        record.hasLeft = false
        submit(file, record, .deferred(deferral))
    }

    /// Nothing new came of a look at it: it is still as `record` says, and not waiting any more, as the ledger was told meanwhile.
    func stands(_ file: InboxPath, _ record: FileRecord, identity: FileIdentity) {
        guard record.state == .deferred else {
            return unchanged(file, record, identity: identity, isRacy: record.isRacy)
        }
        let deferral = Deferral(
            identity: identity,
            attempts: record.attempts,
            nextAttempt: record.nextAttempt ?? WallClock.milliseconds,
            reason: record.reason ?? "",
            detail: record.detail
        )
        deferred(file, deferral, after: record)
    }

    /// The content is still what the result shows.
    func unchanged(_ file: InboxPath, _ record: FileRecord, identity: FileIdentity, isRacy: Bool) {
        var record = record
        record.identity = identity
        record.isRacy = isRacy
        record.hasLeft = false
        submit(file, record, .unchanged(identity: identity, isRacy: isRacy))
    }

    /// A result that was there before the ledger could be asked; known as long as the service runs.
    func adopt(_ file: InboxPath, sha256: String, identity: FileIdentity, isRacy: Bool, basis: AuditBasis) {
        let record = FileRecord(state: .done, identity: identity, isRacy: isRacy, sha256: sha256, basis: basis)
        remember(file, record)
    }

    /// It left the inbox.
    func left(_ file: InboxPath) {
        submit(file, FileRecord(state: .done, hasLeft: true), .left)
    }

    private func submit(_ file: InboxPath, _ record: FileRecord, _ what: LedgerChange.What) {
        let number = remember(file, record)
        keeper.submit(LedgerChange(settings.key(file), what)) { [recent] in
            recent.withLock { recent in
                if recent.records[file]?.number == number { recent.records[file] = nil }
            }
        }
    }

    @discardableResult
    private func remember(_ file: InboxPath, _ record: FileRecord) -> UInt64 {
        recent.withLock { recent in
            recent.number += 1
            recent.records[file] = (recent.number, record)
            recent.order.append((recent.number, file))
            while recent.records.count > Self.mostRecent || isVoid(recent.order.first, recent),
                let oldest = recent.order.popFirst()
            {
                if recent.records[oldest.file]?.number == oldest.number { recent.records[oldest.file] = nil }
            }
            return recent.number
        }
    }

    private func isVoid(_ entry: (number: UInt64, file: InboxPath)?, _ recent: Recent) -> Bool {
        entry.map { recent.records[$0.file]?.number != $0.number } ?? false
    }
}

extension FileRecord {
    init(_ entry: LedgerEntry) {
        self.init(
            state: entry.state,
            identity: entry.identity,
            isRacy: entry.isRacy,
            sha256: entry.sha256,
            verdict: entry.verdict,
            basis: entry.basis,
            attempts: entry.attempts,
            nextAttempt: entry.nextAttempt,
            reason: entry.reason,
            detail: entry.detail,
            finishedAt: entry.finishedAt,
            hasLeft: entry.leftAt != nil
        )
    }
}
