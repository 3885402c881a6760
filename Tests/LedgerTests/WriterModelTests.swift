import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@testable import Ledger

/// Random changes of a few files, with a disk that fails now and then, against a model that applies each at once.
@Suite struct WriterModelTests {
    /// What a file must look like. Nil stands for what the order of writing may leave open.
    private struct Model {
        var state: FileState
        var identity: FileIdentity?
        var isRacy: Bool?
        var attempts: Int?
        var nextAttempt: Int64??
        var reason: String?
        var detail: String?
        var shown: ShownResult?
        var hasLeft = false
        var history: [String?] = []
    }

    private struct Failure: Error {}

    @Test(arguments: 0..<12) func whatIsWrittenIsAsIfEachChangeWereWrittenAtOnce(_ round: Int) throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(state: seed)
        let folder = try TemporaryFolder()
        let ledger = try Ledger(at: folder("nianbao.sqlite"))
        let failures = Monitor(SplitMix(state: seed ^ 1))
        let writer = try LedgerWriter(tell: { _ in }) { batch throws(LedgerError) in
            let fails = round % 2 == 1 && failures.withLock { UInt64.random(in: 0..<4, using: &$0) == 0 }
            if fails { throw LedgerError(.unavailable, FilePath("x"), "the disk is full") }
            try ledger.record(batch)
        }
        let keys = (0..<6).map { Sample.key("\($0)") }
        var models: [LedgerKey: Model] = [:]
        let called = Monitor<[Int]>([])
        var calls: [Int] = []
        for step in 1...400 {
            let key = keys.randomElement(using: &random) ?? keys[0]
            let what = Self.change(step, models[key], &random)
            Self.apply(what, to: &models[key])
            if Bool.random(using: &random) {
                calls.append(step)
                writer.submit(LedgerChange(key, what)) { called.withLock { $0.append(step) } }
            } else {
                writer.submit(LedgerChange(key, what))
            }
            // So that batches end anywhere between two changes.
            if step % 13 == 0 { usleep(UInt32.random(in: 0...12_000, using: &random)) }
            if step % 90 == 0 { writer.nudge() }
            if step % 100 == 0 {
                try #require(Self.finish(writer), "seed \(seed): not written")
                for key in keys { try Self.compare(models[key], key, ledger, "seed \(seed), step \(step)") }
                let names = Set(called.withLock { $0 })
                #expect(names == Set(calls), "seed \(seed): \(Set(calls).subtracting(names)) were not called")
                #expect(called.withLock { $0.count } == calls.count, "seed \(seed): called twice")
            }
        }
        #expect(writer.stop(until: .now + .seconds(30)))
    }

    private static func finish(_ writer: LedgerWriter) -> Bool {
        for _ in 0..<300 {
            if writer.flush(until: .now + .milliseconds(100)) { return true }
            writer.nudge()
        }
        return false
    }

    private static func change(_ step: Int, _ model: Model?, _ random: inout SplitMix) -> LedgerChange.What {
        let identity = Sample.identity(Int64.random(in: 0..<4, using: &random))
        let some = Bool.random(using: &random) ? identity : nil
        switch Int.random(in: 0..<12, using: &random) {
        case 0...4:
            let states: [FileState] = [.settling, .queued, .working]
            return .waiting(states.randomElement(using: &random) ?? .queued, identity: some, reason: "w\(step)")
        case 5, 6:
            let state: FileState = [.done, .done, .deferred, .quarantined].randomElement(using: &random) ?? .done
            var result = Sample.shown(step, state: state, verdict: state == .done ? "pass" : "unreadable")
            result.identity = some
            result.isRacy = Bool.random(using: &random)
            result.attempts = step % 3
            result.nextAttempt = state == .deferred ? Int64(step) : nil
            return .shown(result)
        case 7, 8:
            let attempts = Int.random(in: 0..<5, using: &random)
            return .deferred(
                Deferral(
                    identity: some,
                    attempts: attempts,
                    nextAttempt: Int64(step),
                    reason: "d\(step)",
                    detail: "why"
                )
            )
        case 9:
            // Of a file without a result there is nothing that could be unchanged.
            guard model?.shown != nil else { return .kept(Sample.audit(step)) }
            return .unchanged(identity: identity, isRacy: Bool.random(using: &random))
        case 10: return .left
        default: return .kept(Sample.audit(step % 5))
        }
    }

    private static func apply(_ what: LedgerChange.What, to row: inout Model?) {
        var model = row ?? Model(state: .queued)
        switch what {
        case .kept: return
        case .left:
            guard let shown = model.shown else { return row = nil }
            guard !model.hasLeft else { return }
            model.state = shown.state
            (model.reason, model.detail) = (shown.reason, shown.detail)
            (model.identity, model.isRacy, model.attempts) = (nil, nil, nil)
            model.nextAttempt = .some(nil)
            model.hasLeft = true
        case .waiting(let state, let identity, let reason):
            (model.state, model.reason, model.detail, model.hasLeft) = (state, reason, nil, false)
            model.identity = identity
            (model.isRacy, model.attempts) = (nil, nil)
            model.nextAttempt = .some(nil)
        case .deferred(let deferral):
            (model.state, model.reason, model.detail, model.hasLeft) = (
                .deferred, deferral.reason, deferral.detail, false
            )
            model.identity = deferral.identity
            (model.isRacy, model.attempts) = (nil, deferral.attempts)
            model.nextAttempt = .some(deferral.nextAttempt)
        case .unchanged(let identity, let isRacy):
            guard let shown = model.shown else { return }
            (model.state, model.reason, model.detail) = (shown.state, shown.reason, shown.detail)
            (model.identity, model.isRacy, model.attempts, model.hasLeft) = (identity, isRacy, 0, false)
            model.nextAttempt = shown.state == .deferred ? nil : .some(nil)
        case .shown(let result):
            (model.state, model.reason, model.detail) = (result.state, result.reason, result.detail)
            (model.identity, model.isRacy, model.attempts) = (result.identity, result.isRacy, result.attempts)
            model.nextAttempt = .some(result.nextAttempt)
            model.hasLeft = false
            model.shown = result
            model.history.append(result.sha256)
        }
        row = model
    }

    private static func compare(_ model: Model?, _ key: LedgerKey, _ ledger: Ledger, _ place: String) throws {
        let entry = try ledger.entry(key)
        guard let model else { return #expect(entry == nil, "\(place): \(String(describing: entry))") }
        let row = try #require(entry, "\(place): no row for \(model)")
        let text = Comment(rawValue: "\(place): \(row)\n\(model)")
        #expect(row.state == model.state && row.reason == model.reason && row.detail == model.detail, text)
        #expect((row.leftAt != nil) == model.hasLeft, text)
        #expect(row.sha256 == model.shown?.sha256 && row.verdict == model.shown?.verdict, text)
        #expect((row.audit != nil) == (model.shown != nil) && (row.basis != nil) == (model.shown != nil), text)
        if let identity = model.identity { #expect(row.identity == identity, text) }
        if let isRacy = model.isRacy { #expect(row.isRacy == isRacy, text) }
        if let attempts = model.attempts { #expect(row.attempts == attempts, text) }
        if let next = model.nextAttempt { #expect(row.nextAttempt == next, text) }
        if model.state == .deferred && !model.hasLeft { #expect(row.nextAttempt != nil, text) }
        #expect(try ledger.history(file: row.id).map(\.sha256) == model.history, text)
    }
}

/// Random numbers that can be had again (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The writer while nothing can be written.
@Suite struct WriterBoundsTests {
    @Test func withoutADiskTheMemoryIsBoundedAndNobodyWaits() throws {
        let works = Monitor(false)
        let written = Monitor<(results: Int, waiting: Int, bytes: Int)>((0, 0, 0))
        let events = Monitor<[String]>([])
        let writer = try LedgerWriter(
            tell: { event in
                events.change { events in
                    switch event {
                    case .failed: events.append("failed")
                    case .recovered(let lost): events.append("recovered, lost: \(lost)")
                    }
                }
            },
            sink: { batch throws(LedgerError) in
                guard works.withLock({ $0 }) else { throw LedgerError(.unavailable, FilePath("x"), "the disk is full") }
                written.withLock { written in
                    for step in batch.steps {
                        switch step.what {
                        case .shown(let result):
                            written.results += 1
                            if case .new(let audit) = result.audit { written.bytes += audit.kept.count }
                        case .waiting: written.waiting += 1
                        default: break
                        }
                    }
                }
            }
        )
        writer.submit(LedgerChange(Sample.key("first"), .shown(Sample.shown(1))))
        #expect(eventually { events.withLock { $0 } == ["failed"] })
        let start = ContinuousClock.now
        for number in 0..<15_000 {
            writer.submit(LedgerChange(Sample.key("w\(number)"), .waiting(.queued, identity: nil, reason: nil)))
        }
        let audit = Sample.audit(1, bytes: 9000)
        for number in 0..<15_000 {
            let result = Sample.shown(number, audit: .new(audit))
            writer.submit(LedgerChange(Sample.key("s\(number)"), .shown(result)))
        }
        // No room, and nothing to be dropped for it but results.
        for number in 0..<30_000 {
            writer.submit(LedgerChange(Sample.key("x\(number)"), .waiting(.queued, identity: nil, reason: nil)))
        }
        #expect(start.duration(to: .now) < .seconds(30))
        // While a batch is tried others may take its place: it comes back, and is more than there is room for.
        let batch = 256
        #expect(writer.backlog <= 20_000 + batch)
        works.withLock { $0 = true }
        writer.nudge()
        #expect(writer.flush(until: .now + .seconds(30)))
        #expect(events.withLock { $0 } == ["failed", "recovered, lost: true"])
        let (results, waiting, bytes) = written.withLock { $0 }
        #expect(results == 15_001, "results go last: \(results)")
        #expect((20_000 - 15_001...20_000 - 15_001 + batch).contains(waiting), "\(waiting)")
        #expect(bytes <= 17 << 20, "\(bytes)")
        #expect(writer.stop(until: .now + .seconds(30)))
    }

    @Test func aWriterThatCannotWriteEndsInTime() throws {
        let writer = try LedgerWriter(tell: { _ in }) { _ throws(LedgerError) in
            throw LedgerError(.unavailable, FilePath("x"), "the disk is full")
        }
        writer.submit(LedgerChange(Sample.key("a"), .shown(Sample.shown(1))))
        #expect(!writer.flush(until: .now + .milliseconds(50)))
        #expect(!writer.stop(until: .now + .seconds(30)))
        writer.submit(LedgerChange(Sample.key("b"), .shown(Sample.shown(1))))
        #expect(writer.backlog == 1)
    }
}
