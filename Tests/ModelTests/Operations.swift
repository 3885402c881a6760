// What people and their programs do to inboxes, at random.

import Glibc
import LinuxIO
import ReportGenerator
import SystemPackage

/// Does one thing after another.
struct People {
    /// With more files than this, they rather delete.
    private static let manyFiles = 60
    /// A moved folder must not make paths too long for the kernel: PATH_MAX is 4096, and results have longer ones.
    fileprivate static let longestPath = 2000

    var random: SplitMix64
    /// Pauses of writers that must not be taken for the end stay below this.
    let settleMilliseconds: Int
    private var contents = Contents()
    private var serial = 0

    init(seed: UInt64, settleMilliseconds: Int) {
        random = SplitMix64(seed: seed)
        self.settleMilliseconds = settleMilliseconds
    }

    private typealias Operation = @Sendable (inout People, inout World) throws -> SlowWriter?

    /// Each as often as it is likely to find a fault.
    private static let operations: [Operation] = {
        let weighted: [(times: Int, operation: Operation)] = [
            (10, { try $0.create(in: &$1) }),
            (4, { try $0.append(in: &$1) }),
            (5, { try $0.overwrite(in: &$1) }),
            (4, { try $0.replace(in: &$1) }),
            (4, { try $0.copy(in: &$1) }),
            (12, { $0.writeSlowly(in: &$1) }),
            (5, { try $0.remove(in: &$1) }),
            (6, { try $0.move(.file, in: &$1) }),
            (3, { try $0.link(in: &$1) }),
            (4, { try $0.makeFolder(in: &$1) }),
            (2, { try $0.makeDeepFolder(in: &$1) }),
            (5, { try $0.move(.folder, in: &$1) }),
            (4, { try $0.removeFolder(in: &$1) }),
            (4, { try $0.moveIn(in: &$1) }),
            (2, { try $0.moveOut(in: &$1) }),
            (3, { try $0.makeLink(in: &$1) }),
            (2, { try $0.swapFolderForLink(in: &$1) }),
            (2, { try $0.makeSpecial(in: &$1) }),
            (5, { try $0.changeMode(in: &$1) }),
            (3, { try $0.touchBack(in: &$1) }),
        ]
        return weighted.flatMap { Array(repeating: $0.operation, count: $0.times) }
    }()

    /// Does one thing; what takes time goes on in the writer that it returns.
    mutating func act(in world: inout World) throws -> SlowWriter? {
        if world.model.reports().count > Self.manyFiles {
            return try random.chance(50) ? remove(in: &world) : removeFolder(in: &world)
        }
        let operation = random.pick(Self.operations)
        return try operation(&self, &world)
    }

    /// Lets the service into every folder again. Files that it may not read stay so.
    mutating func openFolders(in world: inout World) throws {
        for (place, node) in world.model.everything() where node.kind == .folder && node.mode != 0o755 {
            try world.changeMode(place, to: 0o755)
            world.note("chmod 755 \(place.shown)")
        }
    }

    // MARK: - Choosing

    private mutating func any(_ kind: Node.Kind, in world: World) -> Place? {
        let inboxes = [Model.inbox, Model.named].flatMap { world.model.everything(below: [$0]) }
        let found = inboxes.filter { $0.node.kind == kind && !$0.node.isClaimed }
        return found.isEmpty ? nil : random.pick(found).place
    }

    /// One of the inboxes or a folder in them.
    private mutating func anyFolder(in world: World) -> Place {
        random.chance(40) ? [random.pick([Model.inbox, Model.named])] : any(.folder, in: world) ?? [Model.inbox]
    }

    private mutating func newName(of kind: Node.Kind, in world: World) -> Place {
        anyFolder(in: world) + [random.pick(kind == .folder ? Names.folders : Names.files)]
    }

    /// A path for a new file, or of one that may be overwritten.
    private mutating func target(in world: World) -> Place? {
        let place = newName(of: .file, in: world)
        return world.mayWrite(to: place) ? place : nil
    }

    private mutating func outside() -> Place {
        serial += 1
        return [Model.outside, Name("\(serial)")]
    }

    // MARK: - Files

    private mutating func create(in world: inout World) throws -> SlowWriter? {
        guard let place = target(in: world) else { return nil }
        let content = contents.anything(&random)
        try world.writeFile(content, to: place)
        world.note("write \(place.shown), \(content.count) bytes")
        return nil
    }

    private mutating func append(in world: inout World) throws -> SlowWriter? {
        guard let place = any(.file, in: world), let size = world.model.node(at: place)?.content.count else {
            return nil
        }
        let (node, descriptor) = try world.open(place, truncating: false)
        defer { close(descriptor) }
        try world.write(contents.line(), to: node, descriptor, at: size)
        world.note("append \(place.shown)")
        return nil
    }

    /// In place with the same size, sometimes with the same time.
    private mutating func overwrite(in world: inout World) throws -> SlowWriter? {
        guard let place = any(.file, in: world), let node = world.model.node(at: place) else { return nil }
        let before = try FileStatus(of: world.path(place)).identity.modified
        try world.writeFile(contents.variant(of: node.content), to: place, truncating: false)
        let goesBack = random.chance(50)
        if goesBack {
            try world.touch(place, seconds: Int(before / 1_000_000_000), nanoseconds: Int(before % 1_000_000_000))
        }
        world.note("overwrite \(place.shown)\(goesBack ? ", with its time" : "")")
        return nil
    }

    private mutating func replace(in world: inout World) throws -> SlowWriter? {
        guard let place = any(.file, in: world) else { return nil }
        let isHere = random.chance(50)
        let temporary = isHere ? place.dropLast() + [Names.temporary(for: place.last ?? "", &random)] : outside()
        guard world.canPlace(nil, at: temporary) else { return nil }
        try world.writeFile(contents.anything(&random), to: temporary)
        try world.rename(temporary, to: place)
        world.note("replace \(place.shown) by \(temporary.shown)")
        return nil
    }

    private mutating func copy(in world: inout World) throws -> SlowWriter? {
        guard let place = any(.file, in: world), let node = world.model.node(at: place), let target = target(in: world)
        else { return nil }
        try world.writeFile(node.content, to: target)
        world.note("copy \(place.shown) → \(target.shown)")
        return nil
    }

    private mutating func remove(in world: inout World) throws -> SlowWriter? {
        guard let place = any(random.chance(80) ? .file : .other, in: world) else { return nil }
        try world.remove(place)
        world.note("rm \(place.shown)")
        return nil
    }

    private mutating func move(_ kind: Node.Kind, in world: inout World) throws -> SlowWriter? {
        guard let place = any(kind, in: world), let node = world.model.node(at: place) else { return nil }
        let target = newName(of: kind, in: world)
        guard world.canPlace(node, at: target, replacing: kind == .file ? .file : nil), !target.starts(with: place)
        else { return nil }
        try world.rename(place, to: target)
        world.note("mv \(place.shown) → \(target.shown)")
        return nil
    }

    private mutating func link(in world: inout World) throws -> SlowWriter? {
        guard let place = any(.file, in: world), let node = world.model.node(at: place) else { return nil }
        let target = newName(of: .file, in: world)
        guard world.canPlace(node, at: target) else { return nil }
        try world.link(place, to: target)
        world.note("ln \(place.shown) → \(target.shown)")
        return nil
    }

    private mutating func changeMode(in world: inout World) throws -> SlowWriter? {
        // Only what another user may not read can root still write.
        guard world.model.user == .nobody else { return nil }
        let kind: Node.Kind = random.chance(80) ? .file : .folder
        guard let place = any(kind, in: world) else { return nil }
        let mode: mode_t = random.pick(kind == .file ? [0o644, 0o644, 0o600, 0] : [0o755, 0o700, 0])
        try world.changeMode(place, to: mode)
        world.note("chmod \(String(mode, radix: 8)) \(place.shown)")
        return nil
    }

    private mutating func touchBack(in world: inout World) throws -> SlowWriter? {
        guard let place = any(.file, in: world) else { return nil }
        try world.touch(place, seconds: random.int(0...1_700_000_000))
        world.note("touch \(place.shown)")
        return nil
    }

    // MARK: - Slow writers

    private mutating func writeSlowly(in world: inout World) -> SlowWriter? {
        guard let target = target(in: world), let name = target.last else { return nil }
        var writer = SlowWriter(start: target, content: contents.report(&random))
        let manner = random.pick(["in pieces", "closing often", "renaming", "linking", "allocating", "private"])
        var ending: [SlowWriter.Step] = [.close]
        switch manner {
        case "renaming":
            writer.start = target.dropLast() + [Names.temporary(for: name, &random)]
            ending += [.rename(to: target)]
        case "linking":
            writer.start = target.dropLast() + [Names.temporary(for: name, &random)]
            ending += [.link(to: target)]
        case "allocating":
            writer.steps = random.chance(50) ? [.allocate] : [.allocate, .close, pause(), .open]
        case "private" where world.model.user == .nobody:
            writer.mode = 0o600
            ending += [.changeMode(0o644)]
        default: break
        }
        guard world.mayWrite(to: writer.start) else { return nil }
        var written = 0
        while written < writer.content.count {
            let end = min(writer.content.count, written + random.int(500...6000))
            writer.steps += [pause(), .write(written..<end)]
            if manner == "closing often", end < writer.content.count {
                writer.steps += [.close, pause(), .open]
            }
            written = end
        }
        writer.steps += ending
        world.note("begin \(writer.start.shown), \(manner), \(writer.content.count) bytes")
        return writer
    }

    /// Mostly too short to be the end of anything.
    private mutating func pause() -> SlowWriter.Step {
        .pause(
            milliseconds: random.chance(4)
                ? settleMilliseconds + random.int(100...400) : random.int(1...settleMilliseconds / 3)
        )
    }

    // MARK: - Folders

    private mutating func makeFolder(in world: inout World) throws -> SlowWriter? {
        let place = newName(of: .folder, in: world)
        guard world.canPlace(nil, at: place) else { return nil }
        try world.makeFolder(at: place)
        world.note("mkdir \(place.shown)")
        return nil
    }

    private mutating func makeDeepFolder(in world: inout World) throws -> SlowWriter? {
        let top = newName(of: .folder, in: world)
        let deepest = (0..<random.int(3...12)).reduce(top) { place, _ in place + ["deep"] }
        guard world.canPlace(nil, at: top), world.canPlace(nil, at: deepest, inNewFolder: true) else { return nil }
        for depth in top.count...deepest.count {
            try world.makeFolder(at: Array(deepest.prefix(depth)))
        }
        let file = deepest + ["a.txt"]
        try world.writeFile(contents.anything(&random), to: file)
        world.note("mkdir -p and write \(file.shown)")
        return nil
    }

    /// Often made again at once, with files of the same names.
    private mutating func removeFolder(in world: inout World) throws -> SlowWriter? {
        guard let place = any(.folder, in: world) else { return nil }
        let names = world.model.node(at: place).map { node in
            node.childNames.filter { node.children[$0]?.kind == .file }
        }
        try world.remove(place)
        let isMadeAgain = random.chance(50)
        if isMadeAgain {
            try world.makeFolder(at: place)
            for name in names ?? [] where random.chance(70) {
                try world.writeFile(contents.anything(&random), to: place + [name])
            }
        }
        world.note("rm -r \(place.shown)\(isMadeAgain ? ", made again" : "")")
        return nil
    }

    private mutating func moveIn(in world: inout World) throws -> SlowWriter? {
        let target = newName(of: .folder, in: world)
        let known = world.model.everything(below: [Model.outside]).filter {
            $0.place.count == 2 && $0.node.kind == .folder
        }
        var source = outside()
        if !known.isEmpty, random.chance(50) {
            source = random.pick(known).place
        } else {
            for folder in [source, source + ["inside"]] {
                try world.makeFolder(at: folder)
                for _ in 0..<random.int(0...3) {
                    let file = folder + [random.pick(Names.files)]
                    guard world.canPlace(nil, at: file, replacing: .file) else { continue }
                    try world.writeFile(contents.anything(&random), to: file)
                }
            }
        }
        guard let node = world.model.node(at: source), world.canPlace(node, at: target) else { return nil }
        try world.rename(source, to: target)
        world.note("mv \(source.shown) → \(target.shown)")
        return nil
    }

    private mutating func moveOut(in world: inout World) throws -> SlowWriter? {
        guard let place = any(.folder, in: world) else { return nil }
        let target = outside()
        try world.rename(place, to: target)
        world.note("mv \(place.shown) → \(target.shown)")
        return nil
    }

    // MARK: - What must not be followed

    private mutating func makeLink(in world: inout World) throws -> SlowWriter? {
        let place = newName(of: random.chance(50) ? .file : .folder, in: world)
        guard world.canPlace(nil, at: place) else { return nil }
        let targets = world.model.everything().map(\.place)
        let target = random.pick(targets)
        try world.makeSymbolicLink(at: place, to: world.path(target))
        world.note("ln -s \(target.shown) \(place.shown)")
        return nil
    }

    /// Behind the link lie files of the same names, with contents that never were in an inbox.
    private mutating func swapFolderForLink(in world: inout World) throws -> SlowWriter? {
        guard let place = any(.folder, in: world) else { return nil }
        let target = outside()
        try world.rename(place, to: target)
        try world.makeSymbolicLink(at: place, to: world.path(target))
        for (file, node) in world.model.everything(below: target) where node.kind == .file && !node.isClaimed {
            // A file of its own: the old one may have another name in an inbox.
            try world.remove(file)
            try world.writeFile(contents.report(&random), to: file)
        }
        world.note("swap \(place.shown) for a link to \(target.shown)")
        return nil
    }

    private mutating func makeSpecial(in world: inout World) throws -> SlowWriter? {
        let place = newName(of: .file, in: world)
        guard world.canPlace(nil, at: place) else { return nil }
        let isSocket = random.chance(50)
        try world.makeSpecial(at: place, type: isSocket ? S_IFSOCK : S_IFIFO)
        world.note("\(isSocket ? "socket" : "mkfifo") \(place.shown)")
        return nil
    }
}

extension World {
    /// Whether a file may be written to `place`, or what is there overwritten.
    func mayWrite(to place: Place) -> Bool {
        canPlace(nil, at: place, replacing: .file) && model.node(at: place)?.isClaimed != true
    }

    /// Whether something may be put at `place`, where nothing is yet but what it replaces.
    ///
    /// - Parameters:
    ///   - node: what lies elsewhere now, with all below it; nil for something new.
    ///   - kind: what it may replace.
    ///   - inNewFolder: the folder will be made first.
    func canPlace(_ node: Node?, at place: Place, replacing kind: Node.Kind? = nil, inNewFolder: Bool = false) -> Bool {
        if let there = model.node(at: place), there.kind != kind {
            return false
        }
        guard inNewFolder || model.node(at: place.dropLast())?.kind == .folder else { return false }
        func longest(_ node: Node) -> Int {
            node.children.map { $0.key.bytes.count + 1 + longest($0.value) }.max() ?? 0
        }
        let below = node.map(longest) ?? 0
        return place.reduce(0) { $0 + $1.bytes.count + 1 } + below <= People.longestPath
    }
}
