// What a pool costs and leaves behind.

import AuditEngine
import AuditOutput
import AuditWorkers
import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("a pool of workers", .serialized) struct PoolTests {
    /// In a process of its own, whose descriptors and children are nobody else's.
    @Test func thousandDocumentsLeaveNothingBehind() throws {
        let folder = try TemporaryFolder()
        try Files.write(String(decoding: recipe, as: UTF8.self), to: folder("recipe"))
        let probe = try TestPaths.program("WorkerProbe").string
        let nianbao = try TestPaths.program("nianbao").string
        let run = { (times: String) in
            let result = try Command.run([probe, nianbao, "4", times, folder("recipe").string])
            #expect(result.status == 0, "\(result)")
            return result.output.split(separator: "\n")
        }
        let few = try run("2")
        let many = try run("250")
        #expect(many.prefix(1000) == Array(repeating: "unreadable", count: 1000)[...])
        #expect(try Self.held(few).own == Self.held(many).own, "a descriptor more: \(few.suffix(3)), \(many.suffix(3))")
        #expect(try Self.held(many).children <= 2, "a zombie: \(many.suffix(3))")
        #expect(many.last == "workers seen: many", "workers are replaced")
    }

    /// Descriptors that are none of a worker's four, and children.
    private static func held(_ lines: [Substring]) throws -> (own: Int, children: Int) {
        let numbers = lines.suffix(3).compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        try #require(numbers.count == 2, "\(lines.suffix(3))")
        return (numbers[0] - 4 * numbers[1], numbers[1])
    }

    @Test func aDigestThatTheCallerHasIsNotMadeAgain() throws {
        let pool = try FaultyPool()
        let known = String(repeating: "0f", count: 32)
        for (given, wanted) in [(known, known), (nil, Auditor.sha256(recipe))] {
            let job = AuditJob(path: [0x61], document: recipe, sha256: given, form: AnswerForm(.result, .en))
            #expect(try pool.pool.perform(job).sha256 == wanted)
        }
    }

    @Test func aPoolThatGoesTakesItsWorkersAlong() throws {
        var workers: Set<pid_t> = []
        do {
            let pool = try FaultyPool()
            #expect(pool.outcome(recipe) == "not-a-report")
            workers = pool.workers
        }
        #expect(workers.count == 1)
        for worker in workers { #expect(!Processes.isAlive(worker)) }
    }

    @Test func workersThatWaitTooLongAreEnded() throws {
        let pool = try FaultyPool { settings in
            settings.limits = { lane in
                var limits = WorkerLimits(lane)
                limits.idleTime = .milliseconds(100)
                return limits
            }
        }
        #expect(pool.outcome(recipe) == "not-a-report")
        #expect(eventually { pool.workers.isEmpty })
        #expect(pool.outcome(recipe) == "not-a-report")
    }

    @Test func aProgramThatIsNoWorker() throws {
        let folder = try TemporaryFolder()
        try Files.write("#!/bin/sh\nhead -c 1000 /dev/urandom >&3\nsleep 100\n", to: folder("noise"), mode: 0o755)
        for program in ["/nonexistent", "/etc/passwd", "/bin/true", folder("noise").string] {
            let pool = try FaultyPool { $0.program = FilePath(program) }
            #expect(pool.outcome(recipe) == "unavailable", "\(program)")
            #expect(pool.workers.isEmpty)
        }
    }

    @Test func aLargeDocumentAndOneThatIsTooLarge() throws {
        let pool = try FaultyPool()
        #expect(pool.outcome([UInt8](repeating: 0x20, count: 64 << 20)) != "crashed")
        #expect(
            pool.outcome([UInt8](repeating: 0x41, count: 600 << 20)) == "too-large",
            "it does not fit into its worker"
        )
        #expect(pool.outcome(recipe) == "not-a-report")
    }

    @Test func lanes() {
        let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + Array(repeating: 0, count: 26)
        for (document, lane) in [
            (recipe, .quick), ([], .quick), (Array("%PDF".utf8), .quick), (Array("\n\n%PDF-1.4".utf8), .pdf),
            (Array("{\\rtf1".utf8), .office), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0], .office),
            (zip + Array("word/document.xml".utf8), .quick),
            (zip + Array("mimetypeapplication/vnd.oasis.opendocument.text".utf8), .office),
            (Array("<?xml version='1.0'?><?mso-application progid='Word.Document'?>".utf8), .office),
            (Array("<?xml version='1.0'?><office:document>".utf8), .office),
            (Array(repeating: 0x25, count: 1 << 20), .quick),
        ] as [([UInt8], Lane)] {
            #expect(Lane(of: document) == lane, "\(document.prefix(40))")
        }
    }
}
