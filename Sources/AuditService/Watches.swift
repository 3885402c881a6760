import LinuxIO
import SystemPackage

/// Which folders the kernel watches for us, by their place and by the numbers in its events.
struct Watches {
    private var folders: [Inotify.Watch: InboxPath] = [:]
    private var watches: [InboxPath: Inotify.Watch] = [:]
    /// Watched folders below each folder, so that a tree is found without a look at all others.
    private var children: [InboxPath: Set<InboxPath>] = [:]
    /// Ended by us; events may still be on their way.
    private var retired: Set<Inotify.Watch> = []

    /// The folder of an event.
    func folder(_ watch: Inotify.Watch) -> InboxPath? { folders[watch] }

    /// Whether the kernel has said the last of a watch that we ended.
    func isRetired(_ watch: Inotify.Watch) -> Bool { retired.contains(watch) }

    /// How many folders are watched.
    var count: Int { folders.count }

    /// The watched folders of an inbox.
    func folders(of inbox: Int) -> [InboxPath] { watches.keys.filter { $0.inbox == inbox } }

    /// Notes that `folder` has the number `watch`, which the kernel gives to a folder, not to its place.
    ///
    /// - Returns: a watch that is to be ended: that of another folder that was at this place before.
    mutating func add(_ watch: Inotify.Watch, _ folder: InboxPath) -> Inotify.Watch? {
        // The kernel gives a folder that it watches already the same number: it may have another name by now.
        if let other = folders[watch], other != folder { forget(other) }
        var ended: Inotify.Watch?
        if let other = watches[folder], other != watch {
            folders[other] = nil
            retired.insert(other)
            ended = other
        }
        folders[watch] = folder
        watches[folder] = watch
        retired.remove(watch)
        if !folder.path.isEmpty { children[folder.folder, default: []].insert(folder) }
        return ended
    }

    /// Notes that a folder is not watched any more.
    ///
    /// - Returns: its watch, which is to be ended.
    mutating func remove(_ folder: InboxPath) -> Inotify.Watch? {
        guard let watch = watches[folder] else { return nil }
        forget(folder)
        folders[watch] = nil
        retired.insert(watch)
        return watch
    }

    /// The kernel has said the last of a watch.
    mutating func forget(_ watch: Inotify.Watch) { retired.remove(watch) }

    /// `top` and every watched folder below it.
    func tree(_ top: InboxPath) -> [InboxPath] {
        var found = watches[top] == nil ? [] : [top]
        var next = [top]
        while let folder = next.popLast() {
            let below = children[folder] ?? []
            found += below
            next += below
        }
        return found
    }

    private mutating func forget(_ folder: InboxPath) {
        watches[folder] = nil
        children[folder.folder]?.remove(folder)
        if children[folder.folder]?.isEmpty == true { children[folder.folder] = nil }
    }
}
