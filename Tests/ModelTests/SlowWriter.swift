// Uploads: files that are written in pieces while other things happen.

import Glibc
import LinuxIO
import SystemPackage

/// A program that writes one file step by step.
struct SlowWriter: Sendable {
    enum Step: Sendable {
        case pause(milliseconds: Int)
        /// Opens the file, wherever it is by now.
        case open
        /// Gives it the size that it will have, filled with zeros.
        case allocate
        /// Writes this part of the content to its place.
        case write(Range<Int>)
        case close
        case changeMode(mode_t)
        /// Gives it its name at the end.
        case rename(to: Place)
        case link(to: Place)
    }

    var start: Place
    var mode: mode_t = 0o644
    var content: [UInt8]
    var steps: [Step] = []

    /// Starts it on a thread of its own.
    func run(in world: Monitor<World>, onError: @escaping @Sendable (any Error) -> Void) throws -> WorkerThread {
        try WorkerThread(name: "writer") {
            do {
                try write(in: world)
            } catch {
                onError(error)
            }
        }
    }

    private func write(in world: Monitor<World>) throws {
        let file: (node: Node, descriptor: CInt)? = try world.withLock { world in
            let before = Clock.now
            guard world.mayWrite(to: start) else { return nil }
            let file = try world.open(start, truncating: true, mode: mode)
            file.node.isClaimed = true
            Self.pass(file.node, since: before, isDraft: true)
            return file
        }
        guard let (node, opened) = file else { return }
        var descriptor: CInt? = opened
        defer {
            descriptor.map { _ = Glibc.close($0) }
            world.withLock { _ in node.isClaimed = false }
        }
        var written = 0
        for step in steps {
            if case .pause(let milliseconds) = step {
                usleep(UInt32(milliseconds) * 1000)
                continue
            }
            let goesOn = try world.withLock { world in
                // It may have been moved or deleted meanwhile.
                let place = world.model.place(of: node)
                let before = Clock.now
                switch step {
                case .pause: break
                case .open:
                    guard let place else { return false }
                    descriptor = try world.open(place, truncating: false).descriptor
                case .allocate:
                    guard let descriptor else { return false }
                    try world.allocate(content.count, for: node, descriptor)
                    Self.pass(node, since: before, isDraft: true)
                case .write(let range):
                    guard let descriptor else { return false }
                    try world.write(Array(content[range]), to: node, descriptor, at: range.lowerBound)
                    written += range.count
                    // The last sections of a report, and a part of its tables, stand in its second half.
                    Self.pass(node, since: before, isDraft: written * 2 < content.count)
                case .close:
                    descriptor.map { _ = Glibc.close($0) }
                    descriptor = nil
                case .changeMode(let mode):
                    guard let place else { return false }
                    try world.changeMode(place, to: mode)
                case .rename(let target):
                    guard let place, world.canPlace(node, at: target, replacing: .file) else { return false }
                    try world.rename(place, to: target)
                    world.note("… renamed \(place.shown) → \(target.shown)")
                case .link(let target):
                    guard let place, world.canPlace(node, at: target) else { return false }
                    try world.link(place, to: target)
                    try world.remove(place)
                    world.note("… linked \(place.shown) → \(target.shown)")
                }
                return true
            }
            guard goesOn else { return }
        }
        world.withLock { world in world.note("… written \(world.model.place(of: node)?.shown ?? "what is gone")") }
    }

    /// Ends the draft that the file was until now, and begins the next. Each counts from before the change that made
    /// it until after the change that ended it: so it was quiet for less than that.
    private static func pass(_ node: Node, since before: Int64, isDraft: Bool) {
        if let last = node.drafts.indices.last, node.drafts[last].ended == nil {
            node.drafts[last].ended = Clock.now
        }
        if isDraft {
            node.drafts.append(Node.Draft(digest: node.digest, began: before, ended: nil))
        }
    }
}
