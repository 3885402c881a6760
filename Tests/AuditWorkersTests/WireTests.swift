// The protocol: what is said arrives, and noise harms nobody.

import AuditEngine
import AuditOutput
import AuditRules
@testable import AuditWorkers
import Extraction
import Glibc
import LinuxIO
import ReportModel
import TestSupport
import Testing

@Suite("the protocol of workers") struct WireTests {
    private static let job = AuditJob(
        path: [0xFF, 0x2F, 0x61],
        document: [1, 2, 3],
        form: AnswerForm(.colouredText, .en),
        whereabouts: Circumstances(paths: [[0x2F, 0xFF, 0x2F, 0x61], [0x2F]], inboxPath: [0xFF])
    )
    private static let hashedJob = {
        var job = Self.job
        job.sha256 = String(repeating: "0f", count: 32)
        return job
    }()
    private static let today = Day(year: 2026, month: 2, day: 28)
    private static let settings = {
        var settings = RuleSettings()
        settings.levels = ["title.format": .off, "text.placeholder": .warning]
        settings.parameters.townshipDeadline = MonthDay(month: 2, day: 15)
        var override = RuleOverride()
        override.folders = [[0xC4, 0xEA]]
        override.levels = ["fee.missing": .info]
        override.parameters.overviewMinimum = 5
        settings.overrides = [override]
        settings.waivers = [today].compactMap(\.self).map { today in
            var waiver = Waiver(rule: "cell.blank", reason: "已核实", by: "王某", until: today)
            waiver.agency = NamedAgency("青禾县水利局")
            waiver.file = [0xC4, 0x2F, 0xEA]
            waiver.place = Place(.applications, row: "3.7", column: "total")
            return waiver
        }
        return settings
    }()
    private static let requests: [Request] = [
        .begin(lane: .office, settings: settings), .document(id: 7, time: -1, today: today, job),
        .document(id: 8, time: 1, today: nil, job), .document(id: 9, time: 1, today: today, hashedJob), .work,
    ]
    private static let replies: [Reply] = [
        .ready, .reroute(id: .max, .pdf),
        .answer(
            id: 3,
            AuditAnswer(
                output: Array("{}".utf8),
                verdict: .fail,
                sha256: String(repeating: "0f", count: 32),
                summary: AuditSummary(
                    message: "句子",
                    explanation: "",
                    agency: nil,
                    year: 2023,
                    errors: 2,
                    warnings: 0,
                    waived: 3,
                    staleWaivers: 1,
                    failedRules: ["fee.missing"]
                ),
                waivers: [0: .used, 7: .expired],
                keptShare: KeptShare(head: [1, 0xFF], place: 1..<2, replacement: Array("1".utf8))
            )
        ),
        .answer(id: 4, AuditAnswer(output: [], verdict: .pass, isComplete: true, sha256: nil, summary: nil)),
        .answer(id: 5, AuditAnswer(output: [], verdict: .unreadable, unreadable: .noText, sha256: nil, summary: nil)),
    ]

    private static func bytes(_ parts: [[UInt8]]) -> [UInt8] { parts.flatMap(\.self) }

    @Test func whatIsSaidArrives() throws {
        for request in Self.requests {
            let bytes = Self.bytes(request.encoded())
            #expect(try Self.bytes(Request(bytes).encoded()) == bytes)
        }
        for reply in Self.replies {
            let bytes = Self.bytes(reply.encoded())
            #expect(try Self.bytes(Reply(bytes).encoded()) == bytes)
        }
        guard case .document(7, -1, Self.today, let job) = try Request(Self.bytes(Self.requests[1].encoded())),
            case .begin(.office, let settings) = try Request(Self.bytes(Self.requests[0].encoded()))
        else {
            Issue.record("another kind of message")
            return
        }
        #expect(job.whereabouts == Self.job.whereabouts)
        #expect(settings == Self.settings && settings.waivers.count == 1)
        #expect(job.path == Self.job.path && job.document == Self.job.document && job.form == Self.job.form)
    }

    @Test func whatIsKeptIsMadeOfTheResult() throws {
        guard case .answer(_, let answer) = try Reply(Self.bytes(Self.replies[2].encoded())) else {
            Issue.record("another kind of message")
            return
        }
        #expect(answer.kept == [1, 0xFF] + Array("{1".utf8), "the second byte of the result is another in it")
        var short = answer
        short.output = [0x7B]
        #expect(throws: WireError.self, "a part beyond the end of the result") {
            try Reply(Self.bytes(Reply.answer(id: 3, short).encoded()))
        }
    }

    /// What is read after all is also what is written: no two messages look alike, and nothing is left over.
    @Test func noiseIsRefusedOrRead() {
        var random = SystemRandomNumberGenerator()
        let messages = (Self.requests.map { $0.encoded() } + Self.replies.map { $0.encoded() }).map(Self.bytes)
        for round in 0..<20_000 {
            var bytes = messages[round % messages.count]
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let position = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0 where !bytes.isEmpty: bytes[position] = .random(in: 0...255, using: &random)
                case 1 where !bytes.isEmpty: bytes.remove(at: position)
                case 2: bytes.insert([0, 1, 0xFF].randomElement(using: &random) ?? 0, at: position)
                default: bytes = Array(bytes.prefix(position))
                }
            }
            if let request = try? Request(bytes) { _ = request.encoded() }
            if let reply = try? Reply(bytes) { #expect(Self.bytes(reply.encoded()) == bytes) }
        }
    }

    @Test func aWorkerThatGetsNoiseEnds() throws {
        var random = SystemRandomNumberGenerator()
        for round in 0..<30 {
            var settings = WorkerPool.Settings()
            settings.program = try TestPaths.program("nianbao")
            let nursery = try Nursery(adoptsOrphans: false) { nil }
            let worker = try nursery.start(.quick, settings)
            let deadline = SuspendingClock.now + .seconds(20)
            let begin = Request.begin(lane: .quick, settings: RuleSettings())
            do throws(ExchangeFailure) {
                if round % 3 > 0 {
                    try worker.channel.send(begin.encoded(), until: deadline)
                    _ = try worker.channel.receive(atMost: 100, until: deadline)
                }
                let noise = (0..<Int.random(in: 1...200, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                for _ in 0..<50 { try worker.channel.send([noise], until: deadline) }
                while true { _ = try worker.channel.receive(atMost: Frame.maximumAnswerBytes, until: deadline) }
            } catch {
                #expect(error == .ended, "neither a hang nor words")
            }
            let cause = worker.death(.ended).cause
            #expect(cause == .exited(0) || cause == .exited(EXIT_FAILURE), "\(cause)")
            nursery.close()
        }
    }
}
