// Files that wait for their audit: each at most once, those that somebody just put there first, some only after a while.
// It holds no more than fits into memory: what it does not take, the ledger or the next walk knows.

import Ledger
import LinuxIO
import SystemPackage

final class WorkQueue: Sendable {
    /// How a file came to notice; what came to notice in the last of these ways goes first.
    enum Notice: Int, Sendable, CaseIterable {
        /// Its result was made under another catalogue or other settings.
        case outdated
        /// A walk saw it: it may still be open for writing.
        case found
        /// The kernel said that it was closed after writing, or moved here: it is to be audited now.
        case announced
    }

    /// Why a file must be looked at again soon.
    enum Obstacle: Sendable {
        case openForWriting, unsettled, changing, noResources, gateClosed
    }

    /// Since when a file stands still, as far as somebody looked.
    struct Quiet: Sendable {
        let identity: FileIdentity?
        let since: ContinuousClock.Instant
    }

    struct Job: Sendable {
        let file: InboxPath
        var notice: Notice
        /// Somebody asked for it: what the ledger knows of the content does not count.
        var isForced = false
        /// The ledger was told that it waits: it has to be told what becomes of it.
        var isTold = false
        /// Milliseconds since 1970.
        var noticedAt: Int64
        var obstacle: Obstacle?
        /// How often `obstacle` was met in a row.
        var tries = 0
        var quiet: Quiet?
        /// Whose threads are to take it.
        var lane = AuditLane.quick

        init(file: InboxPath, notice: Notice, isForced: Bool = false, noticedAt: Int64 = WallClock.milliseconds) {
            self.file = file
            self.notice = notice
            self.isForced = isForced
            self.noticedAt = noticedAt
        }

        /// The same job after it met `obstacle` (once more).
        func meeting(_ obstacle: Obstacle) -> Job {
            var job = self
            job.tries = obstacle == self.obstacle ? tries + 1 : 1
            job.obstacle = obstacle
            return job
        }
    }

    /// In which order those that are ready are taken: the higher first.
    private enum Urgency: Int, CaseIterable {
        case outdated, found, announced
        /// It has waited already, for instance to be sure that nobody writes it any more: in a flood of files the first ones
        /// are to be finished before the last ones are begun.
        case due

        init(_ notice: Notice) {
            self =
                switch notice {
                case .outdated: .outdated
                case .found: .found
                case .announced: .announced
                }
        }
    }

    private enum Place {
        case ready(Urgency)
        case delayed(until: ContinuousClock.Instant)
        case inWork(noticedAgain: Job?)
    }

    private struct Delayed {
        let deadline: ContinuousClock.Instant
        let file: InboxPath
    }

    private struct State {
        var jobs: [InboxPath: (job: Job, place: Place)] = [:]
        /// Entries whose job has another place by now are void.
        var ready: [AuditLane: [Urgency: FirstInFirstOut<InboxPath>]] = [:]
        /// The soonest first. Entries whose job has another place, deadline or lane by now are void.
        var delayed: [AuditLane: FirstInFirstOut<Delayed>] = [:]
        /// The lane that has got a file since its threads were woken.
        var news: AuditLane?
        var readyCount = 0
        var inWork = 0
        var isStopped = false
        var isAbandoned = false
        /// Somebody was turned away and waits for room.
        var wasFull = false
        /// By lane: threads that wait for a file, and files that were taken.
        var free = [Int](repeating: 0, count: AuditLane.allCases.count)
        var taken = [UInt64](repeating: 0, count: AuditLane.allCases.count)

        mutating func makeReady(_ job: Job, isDue: Bool = false) {
            if case .ready = jobs[job.file]?.place {} else { readyCount += 1 }
            let urgency = isDue ? Urgency.due : Urgency(job.notice)
            jobs[job.file] = (job, .ready(urgency))
            ready[job.lane, default: [:]][urgency, default: FirstInFirstOut()].append(job.file)
            news = job.lane
        }

        mutating func delay(_ job: Job, until deadline: ContinuousClock.Instant) {
            jobs[job.file] = (job, .delayed(until: deadline))
            delayed[job.lane, default: FirstInFirstOut()]
                .insert(Delayed(deadline: deadline, file: job.file)) { $0.deadline <= deadline }
            // Those who wait, wait for the first one.
            if delayed[job.lane]?.first?.deadline == deadline { news = job.lane }
        }

        /// What has waited long enough is ready.
        mutating func endDelays(of lane: AuditLane, at now: ContinuousClock.Instant) {
            while let soonest = delayed[lane]?.first, soonest.deadline <= now {
                _ = delayed[lane]?.popFirst()
                if let (job, place) = jobs[soonest.file], job.lane == lane, case .delayed(soonest.deadline) = place {
                    makeReady(job, isDue: job.obstacle != nil)
                }
            }
        }

        mutating func takeReady(_ lane: AuditLane) -> Job? {
            for urgency in Urgency.allCases.reversed() {
                while let file = ready[lane]?[urgency]?.popFirst() {
                    if let (job, place) = jobs[file], case .ready(urgency) = place, job.lane == lane {
                        return job
                    }
                }
            }
            return nil
        }
    }

    /// Most files that wait at once; see ``limit(_:)``.
    private let capacity: Int
    private let madeRoom: @Sendable () -> Void
    /// The threads of a lane wait at its own place: those of the others need not wake for its files.
    private let state = Monitor(State(), places: AuditLane.allCases.count)

    /// - Parameter madeRoom: called when there is room again after ``add(_:after:)`` turned somebody away.
    init(capacity: Int = 16_384, madeRoom: @escaping @Sendable () -> Void = {}) {
        self.capacity = capacity
        self.madeRoom = madeRoom
    }

    /// What a walk finds must leave room for what people bring meanwhile, and what is only out of date for both.
    private func limit(_ notice: Notice) -> Int {
        switch notice {
        case .announced: capacity
        case .found: capacity / 2
        case .outdated: capacity / 4
        }
    }

    /// Changes the books, and wakes the threads of the lane that got a file.
    private func change<Result>(_ body: (inout State) -> Result) -> Result {
        let (result, lane) = state.withLock { state in
            let result = body(&state)
            defer { state.news = nil }
            return (result, state.news)
        }
        if let lane { state.wake(at: lane.rawValue) }
        return result
    }

    /// Asks for a look at a file, `after` a while. One that waits already is not added again.
    ///
    /// - Returns: false when the queue is full: the caller has to come again.
    func add(_ new: Job, after delay: Duration = .zero) -> Bool {
        change { state in
            guard let (job, place) = state.jobs[new.file] else {
                guard state.jobs.count < limit(new.notice) else {
                    state.wasFull = true
                    return false
                }
                if delay > .zero {
                    state.delay(new, until: .now + delay)
                } else {
                    state.makeReady(new)
                }
                return true
            }
            switch place {
            case .ready where new.notice > job.notice || new.isForced,
                .delayed where new.notice == .announced || new.isForced:
                var new = new
                new.noticedAt = job.noticedAt
                new.isTold = new.isTold || job.isTold
                state.makeReady(new)
            case .ready, .delayed:
                state.jobs[new.file]?.job.isTold = new.isTold || job.isTold
            case .inWork(let again):
                var next = again.map { new.notice > $0.notice || new.isForced ? new : $0 } ?? new
                next.isTold = new.isTold || again?.isTold == true
                state.jobs[new.file]?.place = .inWork(noticedAgain: next)
            }
            return true
        }
    }

    /// Waits for the next file of `lane`; nil when the queue was stopped.
    func next(_ lane: AuditLane = .quick) -> Job? {
        var isFree = false
        return state.wait(at: lane.rawValue) { state in
            if !isFree {
                isFree = true
                state.free[lane.rawValue] += 1
            }
            if state.isStopped {
                state.free[lane.rawValue] -= 1
                return .done(nil)
            }
            if Failpoint.isBlocked("queue") { return .wait(until: .now + .seconds(1)) }
            // One that waits for the same sees it at the same time, and those that work come here next.
            state.endDelays(of: lane, at: .now)
            state.news = nil
            guard let job = state.takeReady(lane) else {
                return .wait(until: state.delayed[lane]?.first?.deadline)
            }
            state.jobs[job.file]?.place = .inWork(noticedAgain: nil)
            state.readyCount -= 1
            state.inWork += 1
            state.free[lane.rawValue] -= 1
            state.taken[lane.rawValue] += 1
            return .done(job)
        }
    }

    /// Ends the work on a file that ``next(_:)`` gave.
    ///
    /// - Parameter retry: the job to be done again and when; nil when all is done.
    /// - Returns: whether nothing is ready or in work now.
    func finish(_ job: Job, retry: (job: Job, after: Duration)? = nil) -> Bool {
        let (isIdle, hasRoom) = change { state -> (Bool, Bool) in
            state.inWork -= 1
            if case .inWork(let again?) = state.jobs[job.file]?.place {
                // Whatever was found out is out of date.
                state.makeReady(again)
            } else if let retry {
                state.delay(retry.job, until: .now + retry.after)
            } else {
                state.jobs[job.file] = nil
            }
            let hasRoom = state.wasFull && state.jobs.count <= capacity / 8
            if hasRoom { state.wasFull = false }
            return (state.inWork == 0 && state.readyCount == 0, hasRoom)
        }
        if hasRoom { madeRoom() }
        return isIdle
    }

    /// Makes ``next(_:)`` give nothing more. Files in work can be finished.
    func stop() {
        state.change { $0.isStopped = true }
    }

    /// What is still in work is not waited for any more: nothing is to come of it.
    func abandon() { state.change { $0.isAbandoned = true } }

    /// Whether nothing is to come of what is in work.
    var isAbandoned: Bool { state.withLock(\.isAbandoned) }

    /// How the threads of a lane get on that wait for files. While all of them have files nobody is late here.
    func sign(_ lane: AuditLane) -> Heartbeats.Sign {
        state.withLock { state in
            guard state.free[lane.rawValue] > 0, !state.isStopped else { return .idle }
            // Whoever waits throws away void entries when it looks: what is still there can be taken.
            if state.ready[lane]?.values.contains(where: { !$0.isEmpty }) == true {
                return .busy(state.taken[lane.rawValue])
            }
            // What is due, a thread that waits makes ready.
            if let soonest = state.delayed[lane]?.first, soonest.deadline <= .now {
                return .busy(state.taken[lane.rawValue])
            }
            return .idle
        }
    }

    /// Whether files could be taken at once.
    var hasReady: Bool { state.withLock { $0.readyCount > 0 } }

    /// Number of files that wait, delayed ones included, and that are in work.
    var counts: (waiting: Int, inWork: Int) {
        state.withLock { ($0.jobs.count - $0.inWork, $0.inWork) }
    }

    /// How many files wait: those that may still be written, and the others.
    var waiting: [FileState: Int] {
        state.withLock { state in
            let settling = state.jobs.count - state.inWork - state.readyCount
            return [.settling: settling, .queued: state.readyCount, .working: state.inWork]
        }
    }

    /// Files in work, at most `limit`.
    func inWork(atMost limit: Int) -> [InboxPath] {
        state.withLock { state in
            var files: [InboxPath] = []
            for (file, entry) in state.jobs where files.count < limit {
                if case .inWork = entry.place { files.append(file) }
            }
            return files
        }
    }
}

extension WorkQueue.Notice: Comparable {
    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
