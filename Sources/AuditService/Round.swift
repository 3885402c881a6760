import LinuxIO
import SystemPackage

/// A walk through an inbox or a folder of it, and what it met.
struct Round {
    /// Why it is made.
    enum Reason: Hashable, Sendable {
        /// The service starts, or the inbox is back.
        case start
        /// The kernel lost events, or said what we do not understand.
        case lostEvents
        /// A new catalogue, new settings: as from time to time.
        case regular
        /// The kernel cannot tell of changes in this inbox.
        case poll
        /// The folder is new here.
        case newFolder
    }

    let start: InboxPath
    let reason: Reason
    let walk: FolderWalk
    let began = ContinuousClock.now
    var files = 0
    /// The rows of files that were met.
    var rows = RowSet()
    var folders: Set<InboxPath> = []
    /// Folders that could not be read: what is in them has not left for that.
    var unreadable: [InboxPath] = []
    /// Why the start itself could not be read or watched.
    var rootError: SystemCallError?
    /// Whether the kernel will tell of all changes.
    var isWatched = true

    /// Whether it is over a whole inbox: what it does not meet is not there.
    var isWhole: Bool { start.path.isEmpty }

    init(_ start: InboxPath, in root: FilePath, _ reason: Reason) {
        self.start = start
        self.reason = reason
        walk = FolderWalk(root: root, from: start.path)
    }
}

/// Numbers of rows. They are given out one after the other: a bit for each takes little room for a million files.
struct RowSet {
    private var words: [UInt64] = []

    mutating func insert(_ row: Int64) {
        guard row >= 0 else { return }
        let word = Int(row / 64)
        if word >= words.count { words += [UInt64](repeating: 0, count: word + 1 - words.count) }
        words[word] |= 1 << UInt64(row % 64)
    }

    func contains(_ row: Int64) -> Bool {
        guard row >= 0, row / 64 < words.count else { return false }
        return words[Int(row / 64)] & (1 << UInt64(row % 64)) != 0
    }
}
