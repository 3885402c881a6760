// What the inboxes ought to hold, and all that they ever held. Nothing here touches the disk.

import AuditEngine
import Glibc

/// A name in a folder: bytes, not text.
typealias Name = [UInt8]
/// A path below the folder of a world, by its names.
typealias Place = [Name]

/// A file, a folder, or something that is never audited. As on disk, a file may have several names.
///
/// Guarded by the lock of the world that it lies in.
final class Node: @unchecked Sendable {
    enum Kind {
        case folder, file
        /// A link, a FIFO, a socket.
        case other
    }

    /// A content that a slow writer only passes through. Times are nanoseconds since 1970.
    struct Draft {
        let digest: String
        let began: Int64
        var ended: Int64?
    }

    let kind: Kind
    var mode: mode_t
    /// What lies in this folder.
    var children: [Name: Node] = [:]
    /// What stands in this file.
    var content: [UInt8] = [] {
        didSet { knownDigest = nil }
    }
    /// A slow writer has it open: nobody else writes to it.
    var isClaimed = false
    /// What the slow writer has passed through.
    var drafts: [Draft] = []
    private var knownDigest: String?

    init(_ kind: Kind, mode: mode_t? = nil) {
        self.kind = kind
        self.mode = mode ?? (kind == .folder ? 0o755 : 0o644)
    }

    /// The SHA-256 of its content.
    var digest: String {
        if let knownDigest {
            return knownDigest
        }
        let digest = Auditor.sha256(content)
        knownDigest = digest
        return digest
    }
}

/// Who runs the service: it decides what the service may read.
enum ServiceUser {
    /// The user that runs the tests, who may read all that the tests make.
    case same
    /// Nobody, while the files belong to root.
    case nobody

    /// Whether the service can read a file, or enter and list a folder, of this mode.
    func mayRead(_ node: Node) -> Bool {
        switch self {
        case .same: true
        case .nobody: node.mode & (node.kind == .folder ? 0o005 : 0o004) == (node.kind == .folder ? 0o005 : 0o004)
        }
    }
}

/// A tree of nodes, and what ever stood where in it.
struct Model {
    /// The inbox without a name, the one with a name, and a folder that nobody watches.
    static let inbox = Name("inbox".utf8)
    static let named = Name("named".utf8)
    static let outside = Name("outside".utf8)
    /// The name that the second inbox is configured with.
    static let inboxName = "乡镇"

    /// All that ever was at one path.
    struct Origin {
        /// Below the folder of the world.
        let place: Place
        /// The SHA-256 of every content.
        var digests: Set<String> = []
        /// The service once could not read it.
        var wasUnreadable = false
    }

    let user: ServiceUser
    let top = Node(.folder)
    /// By the place of the result, see ``ResultName``.
    private(set) var origins: [Place: Origin] = [:]

    init(user: ServiceUser) {
        self.user = user
    }

    /// What is at `place`.
    func node(at place: Place) -> Node? {
        var node: Node? = top
        for name in place {
            node = node?.children[name]
        }
        return node
    }

    /// Where a node is, by its first name; nil when it has none left.
    func place(of node: Node) -> Place? {
        everything().first { $0.node === node }?.place
    }

    /// All nodes below `start`, a folder before what lies in it, in the order of the bytes of their names.
    func everything(below start: Place = []) -> [(place: Place, node: Node)] {
        guard let node = node(at: start) else { return [] }
        var found: [(place: Place, node: Node)] = []
        func visit(_ folder: Node, _ place: Place) {
            for (name, child) in folder.children.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                found.append((place + [name], child))
                visit(child, place + [name])
            }
        }
        visit(node, start)
        return found
    }

    /// The files that must have a result, each with the place of its result.
    func reports() -> [(place: Place, result: Place, node: Node)] {
        [Self.inbox, Self.named].flatMap { inbox in
            everything(below: [inbox]).compactMap { place, node in
                guard node.kind == .file, !IgnoredName.hides(place) else { return nil }
                return (place, ResultName.place(of: place), node)
            }
        }
    }

    /// Keeps what is where now: from now on the service may have seen it. To be called before the disk changes.
    mutating func remember() {
        for (place, result, node) in reports() {
            var origin = origins[result] ?? Origin(place: place)
            origin.digests.insert(node.digest)
            let way = (1...place.count).compactMap { self.node(at: Array(place.prefix($0))) }
            origin.wasUnreadable = origin.wasUnreadable || !way.allSatisfy(user.mayRead)
            origins[result] = origin
        }
    }
}

/// Names that the contract passes over.
enum IgnoredName {
    private static let suffixes = [".part", ".filepart", ".crdownload", ".tmp"].map { Name($0.utf8) }
    private static let wholeNames = ["Thumbs.db", "desktop.ini"].map { Name($0.utf8) }

    /// Whether the file at `place` is passed over, for its own name or for that of a folder.
    static func hides(_ place: Place) -> Bool {
        guard let name = place.last else { return false }
        return place.contains { $0.first == UInt8(ascii: ".") }
            || name.starts(with: Array("~$".utf8))
            || suffixes.contains { name.count >= $0.count && Name(name.suffix($0.count)) == $0 }
            || wholeNames.contains(name)
    }
}

/// Where results lie below the folder of results, after the contract.
enum ResultName {
    static let suffix = Name(".audit.json".utf8)

    /// The place of the result of the file at `place`. A name that is too long stands as `~` and 16 hex digits here,
    /// because how much of it is kept in front of these is the service's choice: see ``place(found:)``.
    static func place(of place: Place) -> Place {
        let inbox = place.first == Model.named ? [Name(Model.inboxName.utf8)] : []
        let name = place.last ?? []
        let isLong = name.count + suffix.count > Int(NAME_MAX)
        let tail = Name("~".utf8) + Name(Auditor.sha256(name).utf8.prefix(16))
        return inbox + place.dropFirst().dropLast() + [(isLong ? tail : name) + suffix]
    }

    /// The same of a result that was found.
    static func place(found: Place) -> Place {
        guard let name = found.last, name.count > 240 else { return found }
        let tail = name.suffix(17 + suffix.count)
        return found.dropLast() + [tail.first == UInt8(ascii: "~") ? Name(tail) : name]
    }
}
