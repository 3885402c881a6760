import LinuxIO
import SystemPackage
import TestSupport
import Testing

@testable import AuditService

@Suite("the queue of files")
struct WorkQueueTests {
    private func job(_ name: String, _ lane: AuditLane = .quick) -> WorkQueue.Job {
        var job = WorkQueue.Job(file: InboxPath(inbox: 0, path: FilePath(name)), notice: .announced)
        job.lane = lane
        return job
    }

    /// A thread of each lane sleeps; files come to the lanes in turns, at once or after a while.
    @Test func eachLaneWakesForItsFiles() throws {
        let queue = WorkQueue()
        let taken = Monitor<[AuditLane: [String]]>([:])
        let threads = try AuditLane.allCases.map { lane in
            try WorkerThread(name: "\(lane)") {
                while let job = queue.next(lane) {
                    taken.withLock { $0[lane, default: []].append(job.file.path.string) }
                    _ = queue.finish(job)
                }
            }
        }
        var expected: [AuditLane: [String]] = [:]
        for round in 0..<30 {
            let lane = AuditLane.allCases[round % AuditLane.allCases.count]
            expected[lane, default: []].append("\(round)")
            #expect(queue.add(job("\(round)", lane), after: round % 2 == 0 ? .zero : .milliseconds(3)))
            #expect(eventually { taken.withLock { $0 } == expected }, "\(round) came to \(lane)")
        }
        queue.stop()
        threads.forEach { $0.join() }
    }

    /// The lane of a file is known only when it was read.
    @Test func aFileThatGoesToAnotherLaneWakesThatOne() throws {
        let queue = WorkQueue()
        let taken = Monitor<[String]>([])
        let other = try WorkerThread(name: "slow") {
            while let job = queue.next(.slow) {
                taken.withLock { $0.append(job.file.path.string) }
                _ = queue.finish(job)
            }
        }
        #expect(queue.add(job("a")))
        var first = try #require(queue.next(.quick))
        first.lane = .slow
        _ = queue.finish(first, retry: (first, .zero))
        #expect(eventually { taken.withLock { $0 } == ["a"] })
        queue.stop()
        other.join()
    }

    /// One that comes to notice again while it is in work begins anew.
    @Test func whatIsNoticedDuringTheWorkComesAgain() throws {
        let queue = WorkQueue()
        #expect(queue.add(job("a")))
        let first = try #require(queue.next())
        #expect(queue.add(job("a")))
        #expect(!queue.finish(first), "it is ready again")
        let again = try #require(queue.next())
        #expect(queue.finish(again), "all is done")
        #expect(queue.counts.waiting == 0 && queue.counts.inWork == 0)
    }
}
