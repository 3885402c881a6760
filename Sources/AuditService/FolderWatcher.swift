// Which folders are watched, and what their events mean. Events are hints, the scan is the truth: whenever they do not
// fit together, everything is looked through again. Used on one thread only.

import LinuxIO
import Systemd
import SystemPackage

final class FolderWatcher {
    private static let watched: Inotify.Mask = [
        .closedAfterWriting, .movedTo, .movedFrom, .created, .deleted, .attributes, .selfDeleted, .selfMoved,
        .onlyDirectory,
    ]
    /// A new file is normally announced when it is closed. This is for those that never are: hard links.
    private static let patienceWithNewFiles = Duration.milliseconds(100)

    private let settings: ServiceSettings
    private let queue: WorkQueue
    private let audited: AuditedFiles
    private let journal: ServiceJournal
    private let inotify: Inotify

    private var folders: [Inotify.Watch: InboxPath] = [:]
    private var watches: [InboxPath: Inotify.Watch] = [:]
    /// Ended by us; events may still be on their way.
    private var retired: Set<Inotify.Watch> = []
    private var unwatched: Set<InboxPath> = []
    /// The folder behind each inbox that is not lost.
    private var roots: [Int: FileIdentity] = [:]
    private var needsRescan = false
    private var nextRetry = ContinuousClock.now

    init(
        settings: ServiceSettings,
        queue: WorkQueue,
        audited: AuditedFiles,
        journal: ServiceJournal
    ) throws(SystemCallError) {
        self.settings = settings
        self.queue = queue
        self.audited = audited
        self.journal = journal
        inotify = try Inotify()
    }

    /// Readable when there are events.
    var descriptor: CInt { inotify.descriptor }

    /// Watches all inboxes and finds what lies in them.
    func start() throws(SystemCallError) {
        for inbox in settings.inboxes.indices {
            try open(inbox)
        }
    }

    /// Acts on all events that wait.
    func readEvents() throws(SystemCallError) {
        while true {
            let events = try inotify.read()
            if events.isEmpty {
                break
            }
            for event in events {
                handle(event)
            }
        }
        if needsRescan {
            needsRescan = false
            rescan()
        }
    }

    /// Looks for lost inboxes, for inboxes that were exchanged without an event, and for folders not watched.
    func check() {
        for (index, inbox) in settings.inboxes.enumerated() {
            let status = try? FileStatus(of: inbox.path)
            if let root = roots[index], status?.kind != .directory || status?.identity.isSameFile(as: root) != true {
                lose(index)
            }
            if roots[index] == nil, status?.kind == .directory {
                do {
                    try open(index)
                    journal.inboxBack(inbox)
                } catch {
                    // Still gone, or gone again: the next check looks again.
                }
            }
        }
        if !unwatched.isEmpty, nextRetry <= .now {
            nextRetry = .now + settings.unwatchedRetryInterval
            for folder in unwatched {
                scan(folder)
            }
        }
    }

    // MARK: - Inboxes

    private func open(_ inbox: Int) throws(SystemCallError) {
        let path = settings.inboxes[inbox].path
        let root = InboxPath(inbox: inbox, path: FilePath())
        roots[inbox] = try FileStatus(of: path).identity
        if let error = scan(root).rootError {
            roots[inbox] = nil
            dropTree(root)
            throw error
        }
    }

    private func lose(_ inbox: Int) {
        guard roots.removeValue(forKey: inbox) != nil else { return }
        dropTree(InboxPath(inbox: inbox, path: FilePath()))
        journal.inboxLost(settings.inboxes[inbox])
    }

    private func rescan() {
        var files = 0
        for inbox in roots.keys.sorted() {
            let before = unwatched.union(watches.keys).filter { $0.inbox == inbox }
            let found = scan(InboxPath(inbox: inbox, path: FilePath()))
            files += found.files
            for folder in before.subtracting(found.folders) {
                drop(folder)
            }
            if found.rootError != nil {
                lose(inbox)
            }
        }
        journal.rescanned(files: files)
    }

    // MARK: - Folders

    private struct Found {
        var files = 0
        var folders: Set<InboxPath> = []
        /// Why the inbox itself cannot be watched.
        var rootError: SystemCallError?
    }

    /// Watches a folder and everything below it, each before it is read, and notices every file.
    @discardableResult
    private func scan(_ start: InboxPath) -> Found {
        let inbox = settings.inboxes[start.inbox]
        var found = Found()
        DirectoryScan(root: inbox.path).walk(
            from: start.path,
            enter: { path, descriptor in
                let folder = InboxPath(inbox: start.inbox, path: path)
                if let name = path.lastComponent, IgnoredNames.isIgnored(folder: name.bytes) {
                    return false
                }
                if let owner = ownerOfResults(of: folder) {
                    markUnwatched(folder, reason: reasonForCollision(owner))
                    return false
                }
                found.folders.insert(folder)
                do throws(SystemCallError) {
                    let place = inbox.path.appending(path.components)
                    let watch = try inotify.add(directory: descriptor, path: place, for: Self.watched)
                    register(watch, folder)
                } catch {
                    if path.isEmpty {
                        found.rootError = error
                        return false
                    }
                    // Its files are noticed at least now, and again at each retry.
                    markUnwatched(folder, reason: reason(error))
                }
                return true
            },
            file: { path in
                guard let name = path.lastComponent, !IgnoredNames.isIgnored(file: name.bytes) else { return }
                found.files += 1
                queue.add(InboxPath(inbox: start.inbox, path: path), .found)
            },
            unreadable: { path, error in
                if path.isEmpty {
                    found.rootError = error
                } else {
                    let folder = InboxPath(inbox: start.inbox, path: path)
                    found.folders.insert(folder)
                    markUnwatched(folder, reason: reason(error))
                }
            }
        )
        return found
    }

    private func register(_ watch: Inotify.Watch, _ folder: InboxPath) {
        // The kernel gives a folder that it watches already the same number: it may have another name by now.
        if let other = folders[watch], other != folder {
            watches[other] = nil
            audited.forget(folder: other)
        }
        if let other = watches[folder], other != watch {
            retire(other)
        }
        folders[watch] = folder
        watches[folder] = watch
        retired.remove(watch)
        unwatched.remove(folder)
    }

    private func retire(_ watch: Inotify.Watch) {
        folders[watch] = nil
        retired.insert(watch)
        inotify.remove(watch)
    }

    private func drop(_ folder: InboxPath) {
        if let watch = watches.removeValue(forKey: folder) {
            retire(watch)
        }
        unwatched.remove(folder)
        audited.forget(folder: folder)
    }

    private func dropTree(_ top: InboxPath) {
        for folder in unwatched.union(watches.keys)
        where folder.inbox == top.inbox && folder.path.starts(with: top.path) {
            drop(folder)
        }
    }

    private func markUnwatched(_ folder: InboxPath, reason: String) {
        // Said once, not at each retry.
        if unwatched.insert(folder).inserted {
            let place = settings.inboxes[folder.inbox].path.appending(folder.path.components)
            journal.folderNotWatched(place, reason: reason)
        }
    }

    /// The named inbox whose results would mix with those of `folder`, which lies in the inbox without a name.
    private func ownerOfResults(of folder: InboxPath) -> Inbox? {
        guard settings.inboxes[folder.inbox].name == nil, folder.path.components.count == 1 else { return nil }
        let name = folder.path.lastComponent?.bytes
        return settings.inboxes.first { $0.name.map { Array($0.utf8) == name } ?? false }
    }

    private func reason(_ error: SystemCallError) -> String {
        switch settings.language {
        case .chinese: error.chineseRemedy ?? error.chineseReason
        case .english: error.remedy ?? error.reason
        }
    }

    private func reasonForCollision(_ owner: Inbox) -> String {
        switch settings.language {
        case .chinese: "结果会与同名收件夹 \(owner.path) 的结果混在一起；请给此文件夹改名"
        case .english: "its results would mix with those of the inbox of that name, \(owner.path); rename the folder"
        }
    }

    // MARK: - Events

    private func handle(_ event: Inotify.Event) {
        if event.mask.contains(.overflow) {
            needsRescan = true
            return
        }
        guard let folder = folders[event.watch] else {
            if event.mask.contains(.ignored) {
                retired.remove(event.watch)
            } else if !retired.contains(event.watch) {
                needsRescan = true
            }
            return
        }
        guard let name = event.name else {
            handleSelf(event.mask, folder, event.watch)
            return
        }
        let entry = folder.appending(name)
        if event.mask.contains(.isDirectory) {
            handleFolder(event.mask, entry)
        } else if !IgnoredNames.isIgnored(file: name) {
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
        if mask.contains(.ignored) {
            retired.remove(watch)
        }
    }

    private func handleFolder(_ mask: Inotify.Mask, _ folder: InboxPath) {
        if !mask.isDisjoint(with: [.deleted, .movedFrom]) {
            dropTree(folder)
        } else if !mask.isDisjoint(with: [.created, .movedTo]) {
            scan(folder)
        } else if mask.contains(.attributes), unwatched.contains(folder) {
            scan(folder)
        }
    }

    private func handleFile(_ mask: Inotify.Mask, _ file: InboxPath) {
        if !mask.isDisjoint(with: [.deleted, .movedFrom]) {
            audited[file] = nil
        } else if !mask.isDisjoint(with: [.closedAfterWriting, .movedTo]) {
            queue.add(file, .announced)
        } else if mask.contains(.created) {
            queue.add(file, .found, after: Self.patienceWithNewFiles)
        } else if mask.contains(.attributes), audited[file]?.isUnreadable == true {
            queue.add(file, .found)
        }
    }
}
