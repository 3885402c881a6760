// What the inboxes ought to hold, and all that they ever held. Nothing here touches the disk.

import AuditEngine
import Glibc

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

    private struct Unowned {
        unowned let node: Node
    }

    let kind: Kind
    var mode: mode_t
    /// What lies in this folder.
    private(set) var children: [Name: Node] = [:]
    /// The folders that it lies in, and its names there.
    private var names: [(folder: Unowned, name: Name)] = []
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

    /// Whether a change through one of its names goes unnoticed at the others, see inotify(7).
    var hasSeveralNames: Bool { names.count > 1 }

    /// The names of all that lies in this folder, in the order of their bytes.
    var childNames: [Name] { children.keys.sorted() }

    /// Puts `child` into this folder, in place of what bore the name.
    func attach(_ child: Node, as name: Name) {
        detach(name)
        children[name] = child
        child.names.append((Unowned(node: self), name))
    }

    /// Takes out what bears the name.
    func detach(_ name: Name) {
        children.removeValue(forKey: name)?.names.removeAll { $0.folder.node === self && $0.name == name }
    }

    /// Where it lies below `top`, by all its names.
    func places(below top: Node) -> [Place] {
        self === top ? [[]] : names.flatMap { folder, name in folder.node.places(below: top).map { $0 + [name] } }
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
    static let inbox: Name = "inbox"
    static let named: Name = "named"
    static let outside: Name = "outside"
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
        node.places(below: top).first
    }

    /// All nodes below `start`, a folder before what lies in it, in the order of the bytes of their names.
    func everything(below start: Place = []) -> [(place: Place, node: Node)] {
        guard let node = node(at: start) else { return [] }
        return node.childNames.flatMap { name -> [(place: Place, node: Node)] in
            guard let child = node.children[name] else { return [] }
            return [(start + [name], child)] + everything(below: start + [name])
        }
    }

    /// The files that must have a result, each with the place of its result.
    func reports() -> [(place: Place, result: Place, node: Node)] {
        [Self.inbox, Self.named].flatMap { inbox in
            everything(below: [inbox]).compactMap { place, node in
                Self.isReport(node, place) ? (place, ResultName.place(of: place), node) : nil
            }
        }
    }

    private static func isReport(_ node: Node, _ place: Place) -> Bool {
        node.kind == .file && place.first != outside && !IgnoredName.hides(place)
    }

    /// Keeps what is where now: from now on the service may have seen it. To be called before the disk changes.
    ///
    /// - Parameter changed: what was put somewhere or has another content.
    mutating func remember(_ changed: Node) {
        for place in changed.places(below: top) {
            for (place, node) in [(place, changed)] + everything(below: place) where Self.isReport(node, place) {
                let result = ResultName.place(of: place)
                var origin = origins[result] ?? Origin(place: place)
                origin.digests.insert(node.digest)
                let way = (1...place.count).compactMap { self.node(at: Array(place.prefix($0))) }
                origin.wasUnreadable = origin.wasUnreadable || !way.allSatisfy(user.mayRead)
                origins[result] = origin
            }
        }
    }
}

/// Names that the contract passes over.
enum IgnoredName {
    private static let suffixes: [Name] = [".part", ".filepart", ".crdownload", ".tmp"]
    private static let wholeNames: [Name] = ["Thumbs.db", "desktop.ini"]

    /// Whether the file at `place` is passed over, for its own name or for that of a folder.
    static func hides(_ place: Place) -> Bool {
        guard let name = place.last else { return false }
        return place.contains { $0.hasPrefix(".") } || name.hasPrefix("~$") || suffixes.contains(where: name.hasSuffix)
            || wholeNames.contains(name)
    }
}

/// Where results lie below the folder of results, after the contract.
enum ResultName {
    static let suffix: Name = ".audit.json"

    /// The place of the result of the file at `place`. A name that is too long stands as `~` and 16 hex digits here,
    /// because how much of it is kept in front of these is the service's choice: see ``place(found:)``.
    static func place(of place: Place) -> Place {
        let inbox = place.first == Model.named ? [Name(Model.inboxName)] : []
        let name = place.last ?? ""
        let isLong = name.bytes.count + suffix.bytes.count > Int(NAME_MAX)
        let kept = isLong ? Name("~" + Auditor.sha256(name.bytes).prefix(16)) : name
        return inbox + place.dropFirst().dropLast() + [kept + suffix]
    }

    /// The same of a result that was found.
    static func place(found: Place) -> Place {
        guard let name = found.last, name.bytes.count > 240 else { return found }
        let tail = Name(name.bytes.suffix(17 + suffix.bytes.count))
        return found.dropLast() + [tail.hasPrefix("~") ? tail : name]
    }
}
