// Random operations on inboxes of the built program, which is killed meanwhile, against a model: whatever happens, in
// the end every file has the result of its content, and nobody ever saw a result that should not be.
//
// NIANBAO_MODEL_SEED=N repeats a run, as far as its threads meet in the same way; NIANBAO_MODEL_ROUNDS=N makes it longer.

import FoundationEssentials
import Glibc
import LinuxIO
import ReportGenerator
import SystemPackage
import TestSupport
import Testing

@Suite("random operations against a model")
struct ModelTests {
    /// Rounds in one world, before the next begins with empty inboxes and no state.
    private static let roundsOfAWorld = 8
    /// Worlds at a time: they wait for the settle time more than they work.
    private static let atATime = 4

    private struct Progress {
        var next = 0
        var figures = Figures()
        var failures: [String] = []

        /// The number of the next world; nil when enough were played, or one went wrong.
        mutating func takeNext(before end: Int) -> Int? {
            guard next < end, failures.isEmpty else { return nil }
            defer { next += 1 }
            return next
        }
    }

    @Test func everyFileHasTheResultOfItsContent() throws {
        let seed = Self.number("NIANBAO_MODEL_SEED") ?? .random(in: 1...999_999)
        let rounds = Self.number("NIANBAO_MODEL_ROUNDS").map { Int($0) } ?? 32
        let worlds = (rounds + Self.roundsOfAWorld - 1) / Self.roundsOfAWorld
        print("model test: NIANBAO_MODEL_SEED=\(seed) NIANBAO_MODEL_ROUNDS=\(rounds)")
        let folder = try TemporaryFolder()
        let program = try Self.programForEverybody(in: folder)

        let progress = Monitor(Progress())
        let threads = try (0..<min(Self.atATime, worlds)).map { _ in
            try WorkerThread(name: "world") {
                while let world = progress.withLock({ $0.takeNext(before: worlds) }) {
                    Self.play(world, rounds: min(Self.roundsOfAWorld, rounds), seed, program, progress)
                }
            }
        }
        threads.forEach { $0.join() }

        let (figures, failures) = progress.withLock { ($0.figures, $0.failures) }
        print(
            """
            model test: \(figures.rounds) rounds, \(figures.operations) operations, \(figures.kills) kills, \
            \(figures.stops) stops, \(figures.files) files checked, \(figures.resultsRead) results read, \
            longest wait \(figures.longestWait) for \(figures.lastToCome)
            """
        )
        #expect(failures.isEmpty, "seed \(seed):\n\(failures.joined(separator: "\n\n"))")
        #expect(!failures.isEmpty || figures.rounds >= rounds)
    }

    private static func play(
        _ number: Int,
        rounds: Int,
        _ seed: UInt64,
        _ program: String,
        _ progress: Monitor<Progress>
    ) {
        do {
            let episode = try Episode(number: number, seed: seed &* 1_000_003 &+ UInt64(number), program: program)
            defer { progress.withLock { $0.figures += episode.figures } }
            try episode.run(rounds: rounds)
        } catch {
            progress.withLock { $0.failures.append("\(error)") }
        }
    }

    /// A copy that another user may run, wherever this tree lies.
    private static func programForEverybody(in folder: TemporaryFolder) throws -> String {
        let program = folder("nianbao").string
        let copied = try Command.run(["cp", TestPaths.nianbao, program])
        try #require(copied.status == 0, "\(copied.errors)")
        try systemCall("chmod", folder.path) { chmod(folder.path.string, 0o755) }
        return program
    }

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }
}
