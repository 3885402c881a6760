// Random operations on an inbox, against a plain rule: in the end every file has the result of its content.

import AuditService
import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("random operations")
struct RandomOperationTests {
    private static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6]

    @Test(arguments: seeds) func everyFileHasTheResultOfItsContent(_ seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let inbox = folder("inbox")
        try Files.makeFolder(inbox)
        try Files.makeFolder(folder("outside"))
        let service = try RunningService(inboxes: [Inbox(path: inbox)], state: folder("state"))
        var random = SmallRandom(state: seed)
        var log: [String] = []
        for step in 0..<300 {
            log.append(try operate(step, in: folder, &random))
        }

        let results = folder("state/results")
        var wrong: [String] = []
        let isRight = eventually {
            wrong = DirectoryScan(root: inbox).listing().files.filter { file in
                let text = Files.read(inbox.appending(file.components)) ?? ""
                let result = results.appending(FilePath(bytes: file.bytes + Array(".audit.json".utf8)).components)
                return Files.read(result)?.contains(testDigest(Array(text.utf8))) != true
            }.map(\.string)
            return wrong.isEmpty
        }
        try service.stop()
        #expect(isRight, "seed \(seed), wrong: \(wrong), after:\n\(log.joined(separator: "\n"))")

        // One state, one audit: nothing is left for a second start.
        let second = try RunningService(inboxes: [Inbox(path: inbox)], state: folder("state"))
        #expect(eventually { second.notifier.told.last?.contains("排队 0") == true })
        try second.stop()
        #expect(second.journal.auditedFiles == [])
    }

    /// Does one thing that a user or a program could do.
    private func operate(_ step: Int, in folder: TemporaryFolder, _ random: inout SmallRandom) throws -> String {
        let inbox = folder("inbox")
        let listing = DirectoryScan(root: inbox).listing()
        let folders = ([FilePath()] + listing.directories).map { inbox.appending($0.components) }
        let target = (random.pick(folders) ?? inbox).appending("n\(random.below(8))")
        let file = random.pick(listing.files).map { inbox.appending($0.components) }
        let directory = random.pick(listing.directories).map { inbox.appending($0.components) }
        let away = folder("outside").appending("\(step)")

        switch random.below(10) {
        case 0, 1, 2:
            guard (try? FileStatus(of: target).kind) != .directory else { return "-" }
            try Files.write("content \(step)", to: target)
            return "write \(target)"
        case 3:
            guard let file else { return "-" }
            let writer = try Files.open(file, O_WRONLY | O_APPEND)
            try Files.append(" more", to: writer)
            close(writer)
            return "append \(file)"
        case 4:
            guard !Files.exists(target) else { return "-" }
            try Files.makeFolder(target)
            return "mkdir \(target)"
        case 5:
            guard let file, (try? FileStatus(of: target).kind) != .directory else { return "-" }
            try Files.rename(file, target)
            return "mv \(file) \(target)"
        case 6:
            guard let directory, !Files.exists(target), !target.starts(with: directory) else { return "-" }
            try Files.rename(directory, target)
            return "mv \(directory) \(target)"
        case 7:
            guard let file, random.below(2) == 0 else { return "-" }
            unlink(file.string)
            return "rm \(file)"
        case 8:
            guard let directory, random.below(2) == 0 else { return "-" }
            try Files.rename(directory, away)
            return "mv \(directory) away"
        default:
            let outside = DirectoryScan(root: folder("outside")).listing().directories.first
            guard let outside, !Files.exists(target) else { return "-" }
            let back = folder("outside").appending(outside.components)
            try Files.write("written outside \(step)", to: back.appending("fresh"))
            try Files.rename(back, target)
            return "mv back \(target)"
        }
    }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
private struct SmallRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    mutating func pick<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &self) }
}
