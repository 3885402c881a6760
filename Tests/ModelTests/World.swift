// One world: the model and the disk, changed together. Whoever holds the lock of a world finds both alike.

import Glibc
import LinuxIO
import SystemPackage
import TestSupport

/// Two inboxes and a folder outside, on disk and as a model.
///
/// Every change goes through here: it is remembered first and then done, so that no observer of the disk can be ahead
/// of the model.
struct World {
    /// Where it lies on disk.
    let folder: FilePath
    private(set) var model: Model
    /// What was done, with the times since the start.
    private(set) var log: [String] = []
    /// A file changed through a name that nobody watches, or that was gone before anybody could see which file it named, and
    /// has other names: the kernel tells nobody who could tell of these, so they are for the next walk to find.
    var needsWalk = false
    private let start = ContinuousClock.now

    init(at folder: FilePath, user: ServiceUser) throws {
        self.folder = folder
        model = Model(user: user)
        for name in [Model.inbox, Model.named, Model.outside] {
            try makeFolder(at: [name])
        }
    }

    /// The path of `place`.
    func path(_ place: Place) -> FilePath {
        place.path(below: folder)
    }

    /// Writes down what was done.
    mutating func note(_ text: String) {
        let time = (ContinuousClock.now - start).nanoseconds / 1_000_000
        log.append("\(time) ms \(text)")
    }

    // MARK: - Folders and names

    mutating func makeFolder(at place: Place) throws {
        attach(Node(.folder), at: place)
        try call("mkdir", place) { mkdir($0, 0o755) }
    }

    /// As rename(2): a file at `target` is replaced; two names of one file are left alone.
    mutating func rename(_ source: Place, to target: Place) throws {
        guard let node = model.node(at: source) else { return }
        if model.node(at: target) !== node {
            if !isWatched(target) { loseNames(of: node) }
            if let replaced = model.node(at: target) { loseNames(of: replaced) }
            detach(source)
            attach(node, at: target)
        }
        try call("rename", source) { from in path(target).withPlatformString { Glibc.rename(from, $0) } }
    }

    /// As link(2).
    mutating func link(_ source: Place, to target: Place) throws {
        guard let node = model.node(at: source) else { return }
        attach(node, at: target)
        try call("link", source) { from in path(target).withPlatformString { Glibc.link(from, $0) } }
    }

    /// Removes a file, or a folder with everything in it.
    mutating func remove(_ place: Place) throws {
        guard let node = model.node(at: place) else { return }
        for name in node.childNames {
            try remove(place + [name])
        }
        loseNames(of: node)
        detach(place)
        try call("remove", place) { Glibc.remove($0) }
    }

    mutating func makeSymbolicLink(at place: Place, to target: FilePath) throws {
        attach(Node(.other), at: place)
        try call("symlink", place) { path in target.withPlatformString { symlink($0, path) } }
    }

    /// Makes a FIFO or a socket.
    mutating func makeSpecial(at place: Place, type: mode_t) throws {
        attach(Node(.other), at: place)
        try call("mknod", place) { mknod($0, type | 0o644, 0) }
    }

    // MARK: - Files

    /// As open(2) for writing; the caller closes.
    mutating func open(_ place: Place, truncating: Bool, mode: mode_t = 0o644) throws -> (node: Node, descriptor: CInt)
    {
        let node = model.node(at: place) ?? Node(.file, mode: mode)
        if node.hasSeveralNames, !isWatched(place) { needsWalk = true }
        if truncating {
            node.content = []
        }
        attach(node, at: place)
        let flags = O_WRONLY | O_CREAT | (truncating ? O_TRUNC : 0)
        return (node, try Files.open(path(place), flags, mode: mode))
    }

    /// Writes at `offset`, a page at a time, so that no reader can see a part of it that is not remembered.
    mutating func write(_ bytes: [UInt8], to node: Node, _ descriptor: CInt, at offset: Int) throws {
        let page = 4096
        var done = 0
        while done < bytes.count {
            let start = offset + done
            let piece = Array(bytes[done..<min(bytes.count, done + page - start % page)])
            var content = node.content
            if content.count < start + piece.count {
                content += [UInt8](repeating: 0, count: start + piece.count - content.count)
            }
            content.replaceSubrange(start..<start + piece.count, with: piece)
            node.content = content
            model.remember(node)
            try systemCall("pwrite") { pwrite(descriptor, piece, piece.count, off_t(start)) }
            done += piece.count
        }
    }

    /// Gives a new file its whole size, filled with zeros.
    mutating func allocate(_ size: Int, for node: Node, _ descriptor: CInt) throws {
        node.content = [UInt8](repeating: 0, count: size)
        model.remember(node)
        try systemCall("ftruncate") { ftruncate(descriptor, off_t(size)) }
    }

    /// Writes a whole file in one go.
    mutating func writeFile(_ bytes: [UInt8], to place: Place, truncating: Bool = true) throws {
        let (node, descriptor) = try open(place, truncating: truncating)
        defer { close(descriptor) }
        try write(bytes, to: node, descriptor, at: 0)
    }

    mutating func changeMode(_ place: Place, to mode: mode_t) throws {
        guard let node = model.node(at: place) else { return }
        if node.kind == .file, node.hasSeveralNames, !isWatched(place) { needsWalk = true }
        node.mode = mode
        model.remember(node)
        try call("chmod", place) { chmod($0, mode) }
    }

    /// Sets the time of the last change of the content.
    mutating func touch(_ place: Place, seconds: Int, nanoseconds: Int = 0) throws {
        let times = [timespec](repeating: timespec(tv_sec: seconds, tv_nsec: nanoseconds), count: 2)
        try call("utimensat", place) { utimensat(AT_FDCWD, $0, times, AT_SYMLINK_NOFOLLOW) }
    }

    // MARK: - Both together

    private mutating func attach(_ node: Node, at place: Place) {
        model.node(at: place.dropLast())?.attach(node, as: place.last ?? "")
        model.remember(node)
    }

    /// Names of files that have others go to where nobody looks.
    private mutating func loseNames(of node: Node) {
        if node.kind == .file, node.hasSeveralNames { needsWalk = true }
        for name in node.childNames { node.children[name].map { loseNames(of: $0) } }
    }

    /// Whether the service watches the folder in which a name stands. It need not be that of a report.
    private func isWatched(_ place: Place) -> Bool {
        let folders = (1..<place.count).map { Array(place.prefix($0)) }
        return place.first != Model.outside && !place.dropLast().contains { $0.hasPrefix(".") }
            && folders.compactMap { model.node(at: $0) }.allSatisfy(model.user.mayRead)
    }

    private func detach(_ place: Place) {
        model.node(at: place.dropLast())?.detach(place.last ?? "")
    }

    private func call(_ name: String, _ place: Place, _ body: (UnsafePointer<CChar>) -> CInt) throws {
        try systemCall(name, path(place)) { path(place).withPlatformString(body) }
    }
}
