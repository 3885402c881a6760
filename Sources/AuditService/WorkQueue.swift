// Files that wait for their audit: each at most once, first come first served, some only after a while.

import LinuxIO
import SystemPackage

/// A file or folder below one of the inboxes.
struct InboxPath: Hashable, Sendable {
    /// Index of the inbox in the settings.
    let inbox: Int
    /// Relative to the inbox; empty for the inbox itself.
    let path: FilePath
}

final class WorkQueue: Sendable {
    /// How a file came to notice.
    enum Notice: Int, Sendable {
        /// A scan saw it: it may still be open for writing.
        case found
        /// The kernel said that it was closed after writing, or moved here: it is to be audited now.
        case announced
    }

    /// Why a file must be tried again.
    enum Obstacle: Sendable {
        case openForWriting, unsettled, changing, noResources, resultNotWritten, auditUnavailable
    }

    struct Job: Sendable {
        let file: InboxPath
        var notice: Notice
        var obstacle: Obstacle?
        /// How often `obstacle` was met in a row.
        var tries = 0
        /// The state of the file at the last try.
        var identity: FileIdentity?
        /// Whose threads are to take it.
        var lane = AuditLane.quick

        /// The same job after it met `obstacle` (once more).
        func meeting(_ obstacle: Obstacle, identity: FileIdentity? = nil) -> Job {
            var job = self
            job.tries = obstacle == self.obstacle ? tries + 1 : 1
            job.obstacle = obstacle
            job.identity = identity
            return job
        }
    }

    private enum Place {
        case ready
        case delayed(until: ContinuousClock.Instant)
        case inWork(noticedAgain: Notice?)
    }

    private struct Delayed {
        let deadline: ContinuousClock.Instant
        let file: InboxPath
    }

    /// First in, first out.
    private struct ReadyList {
        private var files: [InboxPath] = []
        private var first = 0

        var isEmpty: Bool { first == files.count }

        mutating func append(_ file: InboxPath) { files.append(file) }

        mutating func popFirst() -> InboxPath? {
            guard first < files.count else { return nil }
            defer {
                first += 1
                if first > 1024, first * 2 > files.count {
                    files.removeFirst(first)
                    first = 0
                }
            }
            return files[first]
        }
    }

    private struct State {
        var jobs: [InboxPath: (job: Job, place: Place)] = [:]
        var ready: [AuditLane: ReadyList] = [:]
        /// The soonest last. Entries whose job has another place or deadline by now are void.
        var delayed: [Delayed] = []
        var inWork = 0
        var isStopped = false

        mutating func makeReady(_ job: Job) {
            jobs[job.file] = (job, .ready)
            ready[job.lane, default: ReadyList()].append(job.file)
        }

        mutating func delay(_ job: Job, until deadline: ContinuousClock.Instant) {
            jobs[job.file] = (job, .delayed(until: deadline))
            var low = 0
            var high = delayed.count
            while low < high {
                let middle = (low + high) / 2
                if delayed[middle].deadline >= deadline {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            delayed.insert(Delayed(deadline: deadline, file: job.file), at: low)
        }

        mutating func takeReady(_ lane: AuditLane) -> Job? {
            ready[lane]?.popFirst().flatMap { jobs[$0]?.job }
        }
    }

    private let state = Monitor(State())

    /// Asks for a look at `file`, `after` a while. A file that waits already is not added again.
    func add(_ file: InboxPath, _ notice: Notice, after delay: Duration = .zero) {
        state.change { state in
            guard let (job, place) = state.jobs[file] else {
                let job = Job(file: file, notice: notice)
                if delay > .zero {
                    state.delay(job, until: .now + delay)
                } else {
                    state.makeReady(job)
                }
                return
            }
            switch place {
            case .ready:
                state.jobs[file]?.job.notice = max(job.notice, notice)
            case .delayed where notice == .announced:
                state.makeReady(Job(file: file, notice: notice))
            case .delayed:
                break
            case .inWork(let noticed):
                state.jobs[file]?.place = .inWork(noticedAgain: noticed.map { max($0, notice) } ?? notice)
            }
        }
    }

    /// Waits for the next file of `lane`; nil when the queue was stopped.
    func next(_ lane: AuditLane = .quick) -> Job? {
        state.wait { state in
            if state.isStopped {
                return .done(nil)
            }
            let now = ContinuousClock.now
            while let soonest = state.delayed.last, soonest.deadline <= now {
                state.delayed.removeLast()
                if let (job, place) = state.jobs[soonest.file], case .delayed(soonest.deadline) = place {
                    state.makeReady(job)
                }
            }
            guard let job = state.takeReady(lane) else {
                return .wait(until: state.delayed.last?.deadline)
            }
            state.jobs[job.file]?.place = .inWork(noticedAgain: nil)
            state.inWork += 1
            return .done(job)
        }
    }

    /// Ends the work on a file that ``next()`` gave.
    ///
    /// - Parameter retry: the job to be done again and when; nil when all is done.
    /// - Returns: whether nothing is ready or in work now.
    func finish(_ job: Job, retry: (job: Job, after: Duration)?) -> Bool {
        state.change { state in
            state.inWork -= 1
            if case .inWork(let notice?) = state.jobs[job.file]?.place {
                // Whatever was found out is out of date.
                state.makeReady(Job(file: job.file, notice: notice))
            } else if let retry {
                state.delay(retry.job, until: .now + retry.after)
            } else {
                state.jobs[job.file] = nil
            }
            return state.inWork == 0 && state.ready.values.allSatisfy(\.isEmpty)
        }
    }

    /// Makes ``next()`` give nothing more. Files in work can be finished.
    func stop() {
        state.change { $0.isStopped = true }
    }

    /// Number of files that wait, delayed ones included, and that are in work.
    var counts: (waiting: Int, inWork: Int) {
        state.withLock { ($0.jobs.count - $0.inWork, $0.inWork) }
    }
}

extension WorkQueue.Notice: Comparable {
    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
