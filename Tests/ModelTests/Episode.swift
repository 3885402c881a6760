// The life of one world: rounds of operations with a service that is killed meanwhile, each ended by a quiet moment in
// which everything must be right.

import Glibc
import LinuxIO
import ReportGenerator
import SystemPackage
import TestSupport

/// What happened in some rounds.
struct Figures {
    var rounds = 0, operations = 0, files = 0, resultsRead = 0, kills = 0, stops = 0
    /// From the end of the last writer until every file had its result, and which one came last.
    var longestWait = Duration.zero
    var lastToCome = ""

    mutating func wait(_ time: Duration, for file: String) {
        guard time > longestWait else { return }
        longestWait = time
        lastToCome = file
    }

    static func += (left: inout Figures, right: Figures) {
        left.rounds += right.rounds
        left.operations += right.operations
        left.files += right.files
        left.resultsRead += right.resultsRead
        left.kills += right.kills
        left.stops += right.stops
        left.wait(right.longestWait, for: right.lastToCome)
    }
}

/// A round that went wrong, with all that is known of it.
struct RoundFailure: Error, CustomStringConvertible {
    let description: String
}

/// Some rounds in one world.
final class Episode {
    private static let patience = Duration.seconds(60)

    private let number: Int
    private let folder: TemporaryFolder
    private let world: Monitor<World>
    private let watch: ResultWatch
    private let service: Service
    private let settleTime: Duration
    private var people: People
    /// Chooses when the service dies: apart from `people`, so that these do the same however that goes.
    private var fate: SplitMix64
    private var writers: [WorkerThread] = []
    private let writerErrors = Monitor<[String]>([])
    private(set) var figures = Figures()

    init(number: Int, seed: UInt64, program: String) throws {
        self.number = number
        fate = SplitMix64(seed: ~seed)
        let user: ServiceUser = geteuid() == 0 && number % 2 == 0 ? .nobody : .same
        // Every fourth lives with the settings that the program has without a configuration.
        let hasDefaults = number % 4 == 3
        settleTime = hasDefaults ? .seconds(2) : .milliseconds(600)
        people = People(seed: seed, settleMilliseconds: 600)
        let folder = try TemporaryFolder()
        self.folder = folder
        try systemCall("chmod", folder.path) { chmod(folder.path.string, 0o755) }
        let world = Monitor(try World(at: folder.path.resolved(), user: user))
        self.world = world
        watch = ResultWatch(results: folder("state/results"), world: world)
        service = try Service(
            program: program,
            folder: folder.path,
            user: user,
            settleTime: hasDefaults ? nil : "600ms"
        )
    }

    /// Plays `rounds` rounds.
    func run(rounds: Int) throws {
        let watcher = try WorkerThread(name: "watcher") { [watch] in watch.run() }
        defer {
            watch.stop()
            watcher.join()
            joinWriters()
            figures.kills = service.kills
            figures.stops = service.stops
            figures.resultsRead = watch.readCount
        }
        for round in 1...rounds {
            do {
                try play()
                try beQuiet()
                if round == rounds || fate.chance(20) {
                    try askLedger()
                    try stop()
                    // Also without the service: that must leave nothing behind that it stumbles over.
                    if fate.chance(50) { _ = try service.ledger() }
                }
            } catch {
                throw RoundFailure(description: report(round, error))
            }
            figures.rounds += 1
        }
    }

    // MARK: - A round

    private func play() throws {
        for _ in 0..<people.random.int(20...60) {
            try meddle()
            let writer = try world.withLock { try people.act(in: &$0) }
            if let writer {
                let errors = writerErrors
                writers.append(try writer.run(in: world) { error in errors.withLock { $0.append("\(error)") } })
            }
            figures.operations += 1
            if people.random.chance(30) {
                usleep(UInt32(people.random.int(0...20_000)))
            }
        }
    }

    /// Starts the service where it does not run, and ends it where it does, now and then.
    private func meddle() throws {
        if !service.isStarted, fate.chance(30) {
            try start()
        } else if service.isStarted, fate.chance(4) {
            try kill()
        } else if service.isStarted, fate.chance(1) {
            try stop()
        }
    }

    private func beQuiet() throws {
        joinWriters()
        let errors = writerErrors.withLock { $0 }
        guard errors.isEmpty else { throw RoundFailure(description: "a writer failed: \(errors)") }
        try world.withLock { try people.openFolders(in: &$0) }
        let before = try world.withLock { try $0.snapshot() }
        world.withLock { $0.note("all is quiet") }
        if service.isStarted, fate.chance(50) {
            // Between a result and whatever the service writes about it.
            usleep(UInt32(fate.int(0...700_000)))
            try kill()
        }
        let needsWalk = world.withLock { world in
            defer { world.needsWalk = false }
            return world.needsWalk
        }
        if needsWalk, service.isStarted {
            try kill()
        }
        if !service.isStarted {
            try start()
        }

        let begin = ContinuousClock.now
        var missing = wrongResults()
        var lastToCome = ""
        while !missing.isEmpty, watch.faults.isEmpty, .now < begin + Self.patience {
            lastToCome = missing.last ?? ""
            usleep(20_000)
            missing = wrongResults()
        }
        figures.wait(.now - begin, for: lastToCome)
        let alarms = watch.falseAlarms(settleTime: settleTime)
        let complaints = watch.faults + missing + alarms
        guard complaints.isEmpty else { throw RoundFailure(description: complaints.joined(separator: "\n")) }
        let after = try world.withLock { try $0.snapshot() }
        guard before == after else { throw RoundFailure(description: "something changed the inboxes") }
        figures.files += world.withLock { $0.model.reports().count }
    }

    private func askLedger() throws {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            let rows = try service.ledger()
            let differences = world.withLock { $0.model.differences(from: rows) }
            if differences.isEmpty { return }
            guard .now < deadline else { throw RoundFailure(description: differences.joined(separator: "\n")) }
            usleep(100_000)
        }
    }

    /// The files that have not the result that they should have.
    private func wrongResults() -> [String] {
        let results = watch.results()
        return world.withLock { world in
            world.model.reports().compactMap { place, resultPlace, node in
                let result = results[resultPlace]
                let mayBeDenied = !world.model.user.mayRead(node)
                if result?.sha256 == node.digest || (mayBeDenied && result?.outcome == "permission-denied") {
                    return nil
                }
                let said = result.map { "\($0.outcome), \($0.sha256 ?? "no content")" } ?? "no result"
                let mode = String(node.mode, radix: 8)
                return "\(place.shown) (mode \(mode), \(node.content.count) bytes, \(node.digest)) has: \(said)"
            }
        }
    }

    private func joinWriters() {
        writers.forEach { $0.join() }
        writers = []
    }

    // MARK: - The service

    private func start() throws {
        // Some do not live long enough to be ready.
        while fate.chance(20) {
            try startOnce()
            usleep(UInt32(fate.int(0...150_000)))
            try kill()
        }
        try startOnce()
    }

    private func startOnce() throws {
        world.withLock { $0.note("-- start") }
        try service.start()
    }

    private func kill() throws {
        world.withLock { $0.note("-- SIGKILL") }
        try service.kill()
    }

    private func stop() throws {
        guard service.isStarted else { return }
        world.withLock { $0.note("-- SIGTERM") }
        guard try service.stop() else { return }
        let strangers = watch.strangers()
        guard strangers.isEmpty else {
            throw RoundFailure(description: "left behind in the results: \(strangers)")
        }
    }

    private func report(_ round: Int, _ error: any Error) -> String {
        """
        world \(number), round \(round): \(error)
        The last operations:
        \(world.withLock { $0.log.suffix(50).joined(separator: "\n") })
        The service said:
        \(service.errors)
        """
    }
}

extension World {
    /// What lies on disk below the inboxes.
    ///
    /// - Throws: ``RoundFailure`` where that is not what the model says.
    func snapshot() throws -> [Place: Entry] {
        var found: [Place: Entry] = [:]
        for inbox in [Model.inbox, Model.named] {
            for (place, entry) in Entry.all(below: path([inbox])) {
                found[[inbox] + place] = entry
            }
            for (place, node) in model.everything(below: [inbox]) {
                let type = found[place]?.type
                let isRight =
                    switch node.kind {
                    case .folder: type == S_IFDIR
                    case .file: type == S_IFREG && Entry.read(path(place))?.bytes == node.content
                    case .other: [S_IFLNK, S_IFIFO, S_IFSOCK].contains(type)
                    }
                guard isRight else { throw RoundFailure(description: "\(place.shown) is not what the model says") }
            }
        }
        let known = model.everything().count { $0.place.count > 1 && $0.place.first != Model.outside }
        guard known == found.count else {
            throw RoundFailure(description: "there are \(found.count) entries, the model knows \(known)")
        }
        return found
    }
}
