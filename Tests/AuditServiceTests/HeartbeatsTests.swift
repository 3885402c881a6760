import LinuxIO
import SystemPackage
import Testing

@testable import AuditService

@Suite("heartbeats") struct HeartbeatsTests {
    private let start = SuspendingClock.now

    private func heartbeats(_ sign: Monitor<Heartbeats.Sign>) -> Heartbeats {
        Heartbeats([
            Heartbeats.Probe(part: .watcher, bound: .seconds(30)) { .idle },
            Heartbeats.Probe(part: .ledger, bound: .seconds(10)) { sign.withLock { $0 } },
        ])
    }

    @Test func aPartThatHasNothingToDoIsNeverLate() {
        let beats = heartbeats(Monitor(.idle))
        for second in [0, 100, 10_000] { #expect(beats.stalled(now: start + .seconds(second)).isEmpty) }
    }

    @Test func aPartThatIsBusyMustGetOn() {
        let sign = Monitor(Heartbeats.Sign.busy(1))
        let beats = heartbeats(sign)
        for second in [0, 5, 10] { #expect(beats.stalled(now: start + .seconds(second)).isEmpty, "\(second)") }
        #expect(beats.stalled(now: start + .seconds(11)) == [.ledger])
        sign.withLock { $0 = .busy(2) }
        #expect(beats.stalled(now: start + .seconds(12)).isEmpty, "it goes on")
        #expect(beats.stalled(now: start + .seconds(22)).isEmpty)
        sign.withLock { $0 = .idle }
        #expect(beats.stalled(now: start + .seconds(23)).isEmpty)
        // The same number after a rest is a new beginning.
        sign.withLock { $0 = .busy(2) }
        #expect(beats.stalled(now: start + .seconds(1000)).isEmpty)
        #expect(beats.stalled(now: start + .seconds(1011)) == [.ledger])
    }

    @Test func whatIsDueMayTakeItsTime() {
        let beats = heartbeats(Monitor(.due(start + .seconds(600))))
        for second in [0, 300, 610] { #expect(beats.stalled(now: start + .seconds(second)).isEmpty, "\(second)") }
        #expect(beats.stalled(now: start + .seconds(611)) == [.ledger])
    }

    @Test func deadlines() {
        let deadlines = Deadlines()
        #expect(deadlines.earliest == nil)
        let (long, short) = (deadlines.begin(within: .seconds(100)), deadlines.begin(within: .seconds(10)))
        #expect(deadlines.earliest.map { $0 < start + .seconds(50) } == true)
        deadlines.renew(short, within: .seconds(1000))
        #expect(deadlines.earliest.map { $0 > start + .seconds(50) && $0 < start + .seconds(500) } == true)
        deadlines.end(long)
        #expect(deadlines.earliest.map { $0 > start + .seconds(500) } == true)
        deadlines.end(short)
        deadlines.end(short)
        deadlines.renew(long, within: .seconds(1))
        #expect(deadlines.earliest == nil, "what is done is not due again")
    }

    @Test func aQueueThatNobodyTakesFrom() {
        let queue = WorkQueue()
        func isIdle() -> Bool { if case .idle = queue.sign(.quick) { true } else { false } }
        #expect(queue.add(WorkQueue.Job(file: InboxPath(inbox: 0, path: "a"), notice: .announced)))
        #expect(isIdle(), "no thread waits: all of them have work")
        #expect(queue.next() != nil)
        #expect(isIdle())
    }
}
