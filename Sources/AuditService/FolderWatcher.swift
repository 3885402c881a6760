// Which folders are watched, and what their events mean. Events are hints, the walk is the truth: whenever they do not fit
// together, everything is walked again. Used on one thread only, which takes turns between events and walks, so that neither a
// flood of events nor a million files hold up the other.

import Ledger
import LinuxIO
import SystemPackage

final class FolderWatcher {
    private static let watched: Inotify.Mask = [
        .closedAfterWriting, .movedTo, .movedFrom, .created, .deleted, .attributes, .selfDeleted, .selfMoved,
        .onlyDirectory,
    ]
    /// A new file is normally announced when it is closed. This is for those that never are: hard links.
    private static let patienceWithNewFiles = Duration.milliseconds(100)
    /// Files of one step of a walk: some milliseconds, after which events have their turn.
    private static let filesOfStep = 256
    /// Files that are tried again at once.
    private static let filesOfRetry = 1000
    /// An inbox that must be walked all the time takes at most this part of it.
    private static let restAfterPoll = 20

    private struct Poll {
        let reason: String
        var due: ContinuousClock.Instant
    }

    private struct CrowdedWalk {
        let folder: InboxPath
        let walk: FolderWalk
        var waiting: ArraySlice<WorkQueue.Job> = []
    }

    private let settings: ServiceSettings
    private let auditor: any FileAuditor
    private let queue: WorkQueue
    private let records: FileRecords
    private let journal: ServiceJournal
    private let presence: InboxPresence
    /// Folders with files that found no room in the queue when others wanted to add them.
    private let turnedAway: Monitor<Set<InboxPath>>
    /// Nil where the system gives no queue of events: then everything is polled.
    private let inotify: Inotify?
    private let inotifyError: SystemCallError?

    private var watches = Watches()
    /// Inboxes in which changes may go unnoticed.
    private var polls: [Int: Poll] = [:]
    /// What has been told of folders, so that it is told once.
    private var told: Set<InboxPath> = []
    private var isLimitTold = false
    private var toldBlind: Set<Int> = []

    private var wholeRounds: [(inbox: Int, reason: Round.Reason)] = []
    private var newFolders = FirstInFirstOut<InboxPath>()
    private var wholeRound: Round?
    private var folderRound: Round?
    /// Folders with files that found no room in the queue.
    private var crowded: Set<InboxPath> = []
    private var crowdedWalk: CrowdedWalk?
    private var hasRoom = true

    private var nextRegularRound: ContinuousClock.Instant

    init(
        settings: ServiceSettings,
        auditor: any FileAuditor,
        queue: WorkQueue,
        records: FileRecords,
        journal: ServiceJournal,
        presence: InboxPresence,
        turnedAway: Monitor<Set<InboxPath>>
    ) {
        self.settings = settings
        self.auditor = auditor
        self.queue = queue
        self.records = records
        self.journal = journal
        self.presence = presence
        self.turnedAway = turnedAway
        nextRegularRound = .now + settings.scanInterval
        do throws(SystemCallError) {
            inotify = try Inotify()
            inotifyError = nil
        } catch {
            inotify = nil
            inotifyError = error
        }
    }

    /// Readable when there are events; nil where there are never any.
    var descriptor: CInt? { inotify?.descriptor }

    /// Whether ``walk()`` has something to do.
    var isWalking: Bool {
        wholeRound != nil || folderRound != nil || !wholeRounds.isEmpty || !newFolders.isEmpty
            || (hasRoom && (crowdedWalk != nil || !crowded.isEmpty))
    }

    /// Whether a whole inbox is being looked through.
    var isLookingThrough: Bool { wholeRound != nil || !wholeRounds.isEmpty }

    /// The last walk through a whole inbox that came to its end.
    private(set) var lastWalk: (endedAt: Int64, took: Duration, files: Int)?
    /// Walks through whole inboxes since the start.
    private(set) var walks = 0

    /// How many folders are watched.
    var watchedFolders: Int { watches.count }

    /// Inboxes that are walked from time to time, and why.
    var polledInboxes: [Int: String] { polls.mapValues(\.reason) }

    /// Finds all inboxes, and what lies in them with the walks that follow.
    func start() throws(SystemCallError) {
        for inbox in settings.inboxes.indices {
            try open(inbox)
        }
    }

    /// Acts on the events that wait.
    func readEvents() throws(SystemCallError) {
        guard let inotify else { return }
        // A few times: whoever writes all the time must not keep the walks from going on.
        for _ in 0..<16 {
            let events = try inotify.read()
            if events.isEmpty { return }
            for event in events { handle(event) }
        }
    }

    /// There is room in the queue again.
    func madeRoom() { hasRoom = true }

    /// Looks for lost inboxes, for inboxes that were exchanged without an event, and for what is due to be walked.
    func check() {
        for (index, inbox) in settings.inboxes.enumerated() {
            let status = try? FileStatus(of: inbox.path)
            if let root = presence.root(index),
                status?.kind != .directory || status?.identity.isSameFile(as: root) != true
            {
                lose(index)
            }
            if presence.root(index) == nil, status?.kind == .directory {
                // Gone again: the next check looks again.
                guard (try? open(index)) != nil else { continue }
                journal.inboxBack(inbox)
            }
        }
        for (inbox, poll) in polls where poll.due <= .now { walk(inbox, .poll) }
        if nextRegularRound <= .now { walkEverything(.regular) }
    }

    /// Walks all inboxes again.
    func walkEverything(_ reason: Round.Reason) {
        nextRegularRound = .now + settings.scanInterval
        for inbox in settings.inboxes.indices { walk(inbox, reason) }
    }

    private func walk(_ inbox: Int, _ reason: Round.Reason) {
        guard presence.root(inbox) != nil else { return }
        if let index = wholeRounds.firstIndex(where: { $0.inbox == inbox }) {
            if reason == .lostEvents { wholeRounds[index].reason = reason }
            return
        }
        // A round under way may have passed by already, but a poll may wait for the next one.
        if reason == .poll, wholeRound?.start.inbox == inbox { return }
        wholeRounds.append((inbox, reason))
    }

    // MARK: - Inboxes

    private func open(_ inbox: Int) throws(SystemCallError) {
        let path = settings.inboxes[inbox].path
        let status = try FileStatus(of: path)
        presence.found(inbox, status.identity)
        let root = InboxPath(inbox: inbox, path: FilePath())
        // Watched from now on, before the walk comes to it; and whether it can be read shows here.
        do throws(SystemCallError) {
            let folder = try Descriptor(folder: path)
            _ = watch(root, folder.number)
        } catch {
            presence.lost(inbox)
            throw error
        }
        walk(inbox, .start)
    }

    private func lose(_ inbox: Int) {
        guard presence.lost(inbox) else { return }
        dropTree(InboxPath(inbox: inbox, path: FilePath()))
        wholeRounds.removeAll { $0.inbox == inbox }
        polls[inbox] = nil
        journal.inboxLost(settings.inboxes[inbox])
    }

    // MARK: - Walks

    /// Goes on with the walks for a few milliseconds.
    func walk() {
        if folderRound == nil, let folder = newFolders.popFirst() {
            folderRound = Round(folder, in: settings.inboxes[folder.inbox].path, .newFolder)
        }
        if let round = folderRound {
            folderRound = nil
            folderRound = step(round)
            return
        }
        if wholeRound == nil, !wholeRounds.isEmpty {
            let (inbox, reason) = wholeRounds.removeFirst()
            wholeRound = Round(InboxPath(inbox: inbox, path: FilePath()), in: settings.inboxes[inbox].path, reason)
        }
        if let round = wholeRound {
            wholeRound = nil
            wholeRound = step(round)
            return
        }
        if hasRoom { stepCrowded() }
    }

    /// - Returns: the round, or nil when it is over.
    private func step(_ round: Round) -> Round? {
        var round = round
        let inbox = round.start.inbox
        let step = round.walk.next(
            atMost: Self.filesOfStep,
            ignoring: { name, kind in
                kind == .directory ? IgnoredNames.isIgnored(folder: name) : IgnoredNames.isIgnored(file: name)
            },
            enter: { path, descriptor in
                let folder = InboxPath(inbox: inbox, path: path)
                if let owner = ownerOfResults(of: folder) {
                    tellOnce(folder, reason: journal.collision(owner))
                    return false
                }
                round.folders.insert(folder)
                if let reason = watch(folder, descriptor) {
                    round.isWatched = false
                    polls[inbox] = polls[inbox] ?? Poll(reason: reason, due: .now + settings.pollInterval)
                }
                return true
            }
        )
        switch step {
        case .files(let folder, let files):
            round.files += files.count
            let jobs = compare(files, inbox, &round.rows)
            if !jobs.allSatisfy({ take($0) }) { crowded.insert(InboxPath(inbox: inbox, path: folder)) }
        case .unreadable(let path, let error):
            let folder = InboxPath(inbox: inbox, path: path)
            round.unreadable.append(folder)
            if path == round.start.path, round.isWhole {
                round.rootError = error
            } else {
                tellOnce(folder, reason: journal.reason(error))
            }
        case .left(let path):
            told.remove(InboxPath(inbox: inbox, path: path))
        case .finished:
            end(round)
            return nil
        }
        return round
    }

    /// What of these files is to be looked at.
    private func compare(_ files: [FolderWalk.File], _ inbox: Int, _ rows: inout RowSet) -> [WorkQueue.Job] {
        let paths = files.map { InboxPath(inbox: inbox, path: $0.path) }
        let known = records.knowledge(of: paths)
        var jobs: [WorkQueue.Job] = []
        for (index, path) in paths.enumerated() {
            if let row = known[index].row { rows.insert(row) }
            if let notice = notice(path, files[index].identity, known[index].knowledge) {
                jobs.append(WorkQueue.Job(file: path, notice: notice))
            }
        }
        return jobs
    }

    /// Why a file is to be looked at; nil where everything about it is said.
    private func notice(
        _ file: InboxPath,
        _ identity: FileIdentity,
        _ knowledge: FileRecords.Knowledge
    ) -> WorkQueue.Notice? {
        guard let record = knowledge.record, record.identity == identity, !record.hasLeft else { return .found }
        switch record.state {
        case .done where record.isRacy: return .found
        case .done, .quarantined:
            if record.basis != auditor.basis(of: settings.place(file)) { return .outdated }
            return settings.standing(ofResultOf: file, writtenAt: record.finishedAt) == .untouched ? nil : .found
        // It comes when it is due.
        case .deferred: return nil
        case .settling, .queued, .working: return .found
        }
    }

    private func take(_ job: WorkQueue.Job) -> Bool {
        var job = job
        if job.notice == .found {
            // First, so that whatever the worker finds comes after it.
            records.waiting(job.file, .queued)
            job.isTold = true
        }
        guard queue.add(job) else {
            hasRoom = false
            return false
        }
        return true
    }

    /// Brings the files of a folder that found no room, as room comes.
    private func stepCrowded() {
        guard let current = crowdedWalk else {
            guard let folder = crowded.popFirst() else { return }
            let root = settings.inboxes[folder.inbox].path
            crowdedWalk = CrowdedWalk(folder: folder, walk: FolderWalk(root: root, from: folder.path, recursive: false))
            return
        }
        while let job = crowdedWalk?.waiting.first {
            guard take(job) else { return }
            crowdedWalk?.waiting.removeFirst()
        }
        var rows = RowSet()
        let step = current.walk.next(
            atMost: Self.filesOfStep,
            ignoring: { name, kind in kind != .directory && IgnoredNames.isIgnored(file: name) },
            enter: { _, _ in true }
        )
        switch step {
        case .files(_, let files):
            crowdedWalk?.waiting = ArraySlice(compare(files, current.folder.inbox, &rows))
        case .finished, .unreadable:
            // Whether the folder can be read the next round will tell.
            crowdedWalk = nil
        case .left:
            break
        }
    }

    private func end(_ round: Round) {
        let inbox = round.start.inbox
        if round.isWhole {
            guard round.rootError == nil, presence.isPresent(inbox) else { return lose(inbox) }
            for folder in watches.folders(of: inbox) where !round.folders.contains(folder) && !isFolder(folder) {
                drop(folder)
            }
            records.missing(in: InboxPath(inbox: inbox, path: FilePath()), unless: round.rows.contains) { file in
                if !round.unreadable.contains(where: { file.isWithin($0) }), isGone(file) { records.left(file) }
            }
            walks += 1
            lastWalk = (WallClock.milliseconds, round.began.duration(to: .now), round.files)
            if round.isWatched {
                polls[inbox] = nil
                if polls.isEmpty { isLimitTold = false }
            } else {
                let rest = max(settings.pollInterval, round.began.duration(to: .now) * Self.restAfterPoll)
                polls[inbox]?.due = .now + rest
            }
        }
        if round.reason == .lostEvents { journal.rescanned(settings.inboxes[inbox], files: round.files) }
    }

    private func isFolder(_ folder: InboxPath) -> Bool {
        (try? SafeFile.status(of: folder.path, beneath: settings.inboxes[folder.inbox].path))?.kind == .directory
    }

    /// Whether there is no regular file any more where one was.
    private func isGone(_ file: InboxPath) -> Bool {
        settings.hasLeft(file) && presence.isPresent(file.inbox)
    }

    // MARK: - Folders

    /// Watches a folder.
    ///
    /// - Returns: why changes in it may go unnoticed; nil when they will not.
    private func watch(_ folder: InboxPath, _ descriptor: CInt) -> String? {
        let place = settings.place(folder)
        var reason: String?
        if FileSystem.isBlind(descriptor) {
            reason = FileSystem.name(descriptor)
            if toldBlind.insert(folder.inbox).inserted {
                journal.polled(place, fileSystem: FileSystem.name(descriptor), every: settings.pollInterval)
            }
        }
        guard let inotify else {
            tellLimit(inotifyError ?? SystemCallError(call: "inotify_init1", errno: 0))
            return "inotify"
        }
        do throws(SystemCallError) {
            let watch = try inotify.add(directory: descriptor, path: place, for: Self.watched)
            if let ended = watches.add(watch, folder) { inotify.remove(ended) }
        } catch  where reason == nil {
            reason = "inotify"
            tellLimit(error)
        } catch {}
        return reason
    }

    private func tellLimit(_ error: SystemCallError) {
        guard !isLimitTold else { return }
        isLimitTold = true
        journal.notWatched(reason: journal.reason(error), every: settings.pollInterval)
    }

    private func tellOnce(_ folder: InboxPath, reason: String) {
        if told.insert(folder).inserted { journal.folderNotRead(settings.place(folder), reason: reason) }
    }

    private func drop(_ folder: InboxPath) {
        if let watch = watches.remove(folder) { inotify?.remove(watch) }
        told.remove(folder)
    }

    private func dropTree(_ top: InboxPath) {
        for folder in watches.tree(top) { drop(folder) }
        told.remove(top)
        crowded = crowded.filter { !$0.isWithin(top) }
        if let walk = crowdedWalk, walk.folder.isWithin(top) { crowdedWalk = nil }
        for round in [wholeRound, folderRound].compactMap(\.self) where round.start.inbox == top.inbox {
            round.walk.abandon(top.path)
        }
    }

    /// The named inbox whose results would mix with those of `folder`, which lies in the inbox without a name.
    private func ownerOfResults(of folder: InboxPath) -> Inbox? {
        guard settings.inboxes[folder.inbox].name == nil, folder.path.components.count == 1 else { return nil }
        let name = folder.path.lastComponent?.bytes
        return settings.inboxes.first { $0.name.map { Array($0.utf8) == name } ?? false }
    }

    // MARK: - Events

    private func handle(_ event: Inotify.Event) {
        if event.mask.contains(.overflow) {
            return walkEverything(.lostEvents)
        }
        guard let folder = watches.folder(event.watch) else {
            if event.mask.contains(.ignored) {
                watches.forget(event.watch)
            } else if !watches.isRetired(event.watch) {
                walkEverything(.lostEvents)
            }
            return
        }
        guard let name = event.name else {
            handleSelf(event.mask, folder, event.watch)
            return
        }
        let entry = folder.appending(name)
        if event.mask.contains(.isDirectory) {
            if !IgnoredNames.isIgnored(folder: name) { handleFolder(event.mask, entry) }
        } else if IgnoredNames.isIgnored(file: name) {
            handleOtherNames(event.mask, of: entry)
        } else {
            handleFile(event.mask, entry)
        }
    }

    private func handleSelf(_ mask: Inotify.Mask, _ folder: InboxPath, _ watch: Inotify.Watch) {
        let isGone = !mask.isDisjoint(with: [.selfDeleted, .unmounted, .ignored])
        if folder.path.isEmpty {
            if isGone || mask.contains(.selfMoved) {
                lose(folder.inbox)
            }
        } else if isGone {
            // Where a folder below moved to, the folders around it tell.
            drop(folder)
        }
        if mask.contains(.attributes) {
            readAgain(folder)
        }
        if mask.contains(.ignored) {
            watches.forget(watch)
        }
    }

    private func handleFolder(_ mask: Inotify.Mask, _ folder: InboxPath) {
        if !mask.isDisjoint(with: [.deleted, .movedFrom]) {
            dropTree(folder)
            records.missing(in: folder, unless: { _ in false }) { file in
                if isGone(file) { records.left(file) }
            }
        } else if !mask.isDisjoint(with: [.created, .movedTo]) {
            newFolders.append(folder)
        } else if mask.contains(.attributes), told.contains(folder) {
            newFolders.append(folder)
        }
    }

    /// The mode or the owner of a folder is another: what could not be read below it perhaps can now.
    private func readAgain(_ folder: InboxPath) {
        for file in records.denied(below: folder, limit: 1000) { add(WorkQueue.Job(file: file, notice: .announced)) }
    }

    private func handleFile(_ mask: Inotify.Mask, _ file: InboxPath) {
        if !mask.isDisjoint(with: [.deleted, .movedFrom]) {
            records.left(file)
        } else if !mask.isDisjoint(with: [.closedAfterWriting, .movedTo]) {
            add(WorkQueue.Job(file: file, notice: .announced))
            handleOtherNames(mask, of: file)
        } else if mask.contains(.created) {
            add(WorkQueue.Job(file: file, notice: .found), after: Self.patienceWithNewFiles)
        } else if mask.contains(.attributes) {
            // What could not be read perhaps can now.
            if records.knowledge(of: file).record?.state == .deferred {
                add(WorkQueue.Job(file: file, notice: .announced))
            }
            handleOtherNames(mask, of: file)
        }
    }

    /// What is told of one name of a file goes for its other names, too: also for one that waits until the file is closed.
    private func handleOtherNames(_ mask: Inotify.Mask, of file: InboxPath) {
        guard !mask.isDisjoint(with: [.closedAfterWriting, .attributes]),
            let status = try? SafeFile.status(of: file.path, beneath: settings.inboxes[file.inbox].path),
            status.kind == .regular, status.names > 1
        else { return }
        for (name, record) in records.otherNames(of: file, status.identity) {
            let isConcerned =
                switch record.state {
                case .deferred: true
                case .settling, .queued, .working: mask.contains(.closedAfterWriting)
                case .done, .quarantined: mask.contains(.closedAfterWriting) && record.identity != status.identity
                }
            if isConcerned { add(WorkQueue.Job(file: name, notice: .announced)) }
        }
    }

    private func add(_ job: WorkQueue.Job, after delay: Duration = .zero) {
        if !queue.add(job, after: delay) {
            hasRoom = false
            crowded.insert(job.file.folder)
        }
    }

    // MARK: - What is due

    /// Brings the files whose next attempt is due. Those of an inbox that is lost wait until it is back.
    func retry() {
        crowded.formUnion(
            turnedAway.withLock { folders in
                defer { folders = [] }
                return folders
            }
        )
        let present = settings.inboxes.indices.filter { presence.root($0) != nil }
        for entry in records.due(in: present, limit: Self.filesOfRetry) {
            guard let file = settings.file(entry.key) else { continue }
            let isForced = entry.reason == LedgerReason.retryRequested.rawValue
            guard queue.add(WorkQueue.Job(file: file, notice: .found, isForced: isForced)) else { return }
        }
    }
}
