// Nothing that a document does may reach this process: it is read, checked and rendered in processes that may die.

import AuditEngine
import AuditOutput
import AuditRules
import Extraction
import Glibc
import LinuxIO
import ReportModel
import SystemPackage

/// No worker can be started: the system lacks processes, memory or descriptors, or this program has gone from its disk.
public struct WorkersUnavailable: Error, Sendable, CustomStringConvertible {
    /// What the system said.
    public var reason: SystemCallError

    /// What the system said.
    public var description: String { "no worker process can be started: \(reason)" }
}

/// Audits documents in worker processes: warm ones, replaced when they die, grow or have done enough.
public final class WorkerPool: Sendable {
    /// Everything that can be set.
    public struct Settings: Sendable {
        /// The program whose `worker` command is run. What this process was started from, also when an upgrade has put
        /// another file in its place meanwhile.
        public var program: FilePath = "/proc/self/exe"
        /// Workers of each lane but the office lane, which has one.
        public var processes = max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN)))
        /// What is set for the rules.
        public var rules = RuleSettings()
        /// What a worker is told of its converters: arguments of its program, that ``WorkerProgram`` leaves to it.
        public var converterArguments: [String] = []
        /// What documents may take.
        public var limits: @Sendable (Lane) -> WorkerLimits = { WorkerLimits($0) }
        /// Whether this process becomes the parent of whatever a dead worker leaves behind, and ends that. Only where
        /// every other child is a worker of this pool.
        public var adoptsOrphans = false
        /// Whether workers do what a document of ``Fault`` says. For tests of debug builds.
        public var honoursFaults = false
        /// How long starting a worker may take, and ending one, before something is wrong with this process itself.
        public var startTime = Duration.seconds(30)
        /// Called with each death.
        public var onDeath: @Sendable (WorkerDeath) -> Void = { _ in }

        /// The settings of the product.
        public init() {}
    }

    /// A document that waits or is in work.
    private final class Ticket: Sendable {
        enum Turn: Sendable {
            /// It is the first of those that wait, and a worker is free.
            case lead
            /// Another thread had it audited with its own document.
            case over(Outcome)
        }

        let job: AuditJob
        /// Those that held when it came.
        let settings: NumberedSettings
        /// After a death: on a fresh worker, with no other document.
        let isAlone: Bool
        let turn = Monitor<Turn?>(nil)

        init(_ job: AuditJob, _ settings: NumberedSettings, isAlone: Bool) {
            self.job = job
            self.settings = settings
            self.isAlone = isAlone
        }
    }

    private enum Outcome: Sendable {
        case answered(AuditAnswer)
        case rerouted(Lane)
        case died(WorkerDeath, inBatch: Bool)
        case unavailable(WorkersUnavailable)
    }

    /// Settings may be changed: what was begun under the old ones ends under them, on workers that know no others.
    private struct NumberedSettings: Sendable {
        var number = 0
        var settings: Settings
    }

    private struct Worker: Sendable {
        let process: WorkerProcess
        /// The number of the settings under which it works.
        let settings: Int
        var isReady = false
        var documents = 0
        var idleSince = ContinuousClock.now
        /// When it was last given processor time.
        var allowed: ContinuousClock.Instant?
        /// When its memory was last looked at.
        var weighed: ContinuousClock.Instant?
    }

    private struct LaneState {
        var idle: [Worker] = []
        /// Workers in work, and threads that are about to take one.
        var busy = 0
        var waiting: [Ticket] = []
    }

    /// A worker that dies before it says that it is ready did not die of a document. So often in a row it is no accident.
    private static let startTries = 3
    /// How often a worker is given processor time: in a stream of small documents not for each.
    private static let allowance = Duration.seconds(1)
    /// How often its memory is looked at: what takes much takes longer than this.
    private static let weighing = Duration.milliseconds(50)

    private let current: Monitor<NumberedSettings>
    private let lanes: Monitor<[Lane: LaneState]>
    private let nursery: Nursery
    private let deadlines = Deadlines()

    /// Prepares a pool. Workers are started when they are needed.
    public init(_ settings: Settings = Settings()) throws(SystemCallError) {
        let current = Monitor(NumberedSettings(settings: settings))
        self.current = current
        let lanes = Monitor(Dictionary(uniqueKeysWithValues: Lane.allCases.map { ($0, LaneState()) }))
        self.lanes = lanes
        nursery = try Nursery(adoptsOrphans: settings.adoptsOrphans) {
            Self.endIdle(lanes, current.withLock(\.settings))
        }
    }

    /// Takes other settings for all documents that come from now on, but for ``Settings/adoptsOrphans``, which stays.
    public func change(to settings: Settings) {
        current.withLock { current in
            current.number += 1
            current.settings = settings
        }
        // They know the old settings only.
        endIdleWorkers()
    }

    /// Until when the first of the documents in work is to have its answer; nil while there is none. If it has none by then,
    /// this process itself stands still, since a worker that takes longer is killed.
    public var answerDue: SuspendingClock.Instant? { deadlines.earliest }

    deinit {
        lanes.withLock { $0 = [:] }
        nursery.close()
    }

    /// How many workers of a lane have work, and how many documents wait for one.
    public func counts(_ lane: Lane) -> (busy: Int, waiting: Int) {
        lanes.withLock { ($0[lane]?.busy ?? 0, $0[lane]?.waiting.count ?? 0) }
    }

    /// Ends the workers that have nothing to do, so that their converters leave no files behind. Before the program ends.
    public func endIdleWorkers() {
        // They end with their last reference, outside the lock.
        _ = lanes.withLock { lanes in
            Lane.allCases.map { lane in
                defer { lanes[lane]?.idle = [] }
                return lanes[lane]?.idle
            }
        }
    }

    /// The processes of its workers.
    var workers: Set<pid_t> { nursery.workers }

    // MARK: - Documents

    /// Audits a document; waits for a worker, and for its answer at most as long as ``WorkerLimits`` say. From any thread.
    ///
    /// When the worker dies, the answer is an audit with the verdict `unreadable`.
    public func perform(_ job: AuditJob) throws(WorkersUnavailable) -> AuditAnswer {
        let time = WallClock.milliseconds
        let started = SuspendingClock.now
        let settings = current.withLock { $0 }
        var lane = Lane(of: job.document)
        var reroutes = 0
        var deaths = 0
        while true {
            switch queue(Ticket(job, settings, isAlone: deaths > 0), lane) {
            case .answered(let answer):
                return answer
            case .rerouted(let other) where reroutes < Lane.allCases.count && other != lane:
                lane = other
                reroutes += 1
            case .rerouted:
                let death = WorkerDeath(cause: .brokeProtocol, lane: lane, lastWords: "")
                return answer(job, death, settings.settings, time, SuspendingClock.now - started)
            case .died(let death, let inBatch):
                deaths += 1
                // In a batch any of the documents may be the guilty one; alone a death that may pass gets a second try.
                if inBatch || (deaths == 1 && death.mayPass) { continue }
                return answer(job, death, settings.settings, time, SuspendingClock.now - started)
            case .unavailable(let error):
                throw error
            }
        }
    }

    /// What is said of a document whose worker died.
    private func answer(
        _ job: AuditJob,
        _ death: WorkerDeath,
        _ settings: Settings,
        _ time: Int64,
        _ duration: Duration
    ) -> AuditAnswer {
        let audit = Audit(
            source: AuditSource(
                path: job.path,
                sha256: job.sha256 ?? Auditor.sha256(job.document),
                bytes: job.document.count
            ),
            auditedAt: time,
            durationMs: Double(duration.nanoseconds) / 1_000_000,
            result: .failure(Unreadable(death, limits: settings.limits(death.lane)))
        )
        return AuditAnswer(audit, job.form)
    }

    // MARK: - Turns

    private func processes(_ lane: Lane) -> Int { lane == .office ? 1 : current.withLock(\.settings.processes) }

    private func queue(_ ticket: Ticket, _ lane: Lane) -> Outcome {
        let mayLead = lanes.change { lanes in
            guard lanes[lane, default: LaneState()].busy < processes(lane) else {
                lanes[lane]?.waiting.append(ticket)
                return false
            }
            lanes[lane]?.busy += 1
            return true
        }
        if mayLead { return lead(ticket, lane) }
        let turn = ticket.turn.wait { $0.map { .done($0) } ?? .wait(until: nil) }
        switch turn {
        case .lead: return lead(ticket, lane)
        case .over(let outcome): return outcome
        }
    }

    /// Has `ticket` audited, and those that wait with it where the lane takes several at once.
    private func lead(_ ticket: Ticket, _ lane: Lane) -> Outcome {
        let (number, settings) = (ticket.settings.number, ticket.settings.settings)
        let limits = settings.limits(lane)
        let work = deadlines.begin(within: limits.gatheringTime + settings.startTime)
        defer { deadlines.end(work) }
        Failpoint.pass("pool")
        if !ticket.isAlone { gather(lane, limits) }
        var (batch, worker) = lanes.withLock { lanes -> ([Ticket], Worker?) in
            let index = lanes[lane]?.idle.lastIndex { $0.settings == number }
            let worker = index.flatMap { lanes[lane]?.idle.remove(at: $0) }
            guard !ticket.isAlone, limits.documentsOfBatch > 1 else { return ([ticket], worker) }
            let waiting = lanes[lane]?.waiting ?? []
            let others = waiting.filter { !$0.isAlone && $0.settings.number == number }
                .prefix(limits.documentsOfBatch - 1)
            let taken = Set(others.map(ObjectIdentifier.init))
            lanes[lane]?.waiting = waiting.filter { !taken.contains(ObjectIdentifier($0)) }
            return ([ticket] + others, worker)
        }
        var outcome: Outcome?
        audit(batch, lane, limits, work, &worker) { index, result in
            if index == 0 {
                outcome = result
            } else {
                batch[index].turn.change { $0 = .over(result) }
            }
        }
        giveBack(worker, lane)
        return outcome ?? .unavailable(WorkersUnavailable(reason: SystemCallError(call: "exec", errno: ECANCELED)))
    }

    /// Waits until a batch is full, or nobody came for a while.
    private func gather(_ lane: Lane, _ limits: WorkerLimits) {
        guard limits.documentsOfBatch > 1, limits.gatheringTime > .zero else { return }
        let deadline = ContinuousClock.now + limits.gatheringTime
        lanes.wait { lanes in
            let isFull = (lanes[lane]?.waiting.count ?? 0) + 1 >= limits.documentsOfBatch
            return isFull || deadline <= .now ? .done(()) : .wait(until: deadline)
        }
    }

    private func giveBack(_ worker: Worker?, _ lane: Lane) {
        let (number, settings) = current.withLock { ($0.number, $0.settings) }
        let next = lanes.withLock { lanes -> Ticket? in
            if var worker, worker.settings == number {
                worker.idleSince = .now
                lanes[lane]?.idle.append(worker)
            }
            if lanes[lane]?.waiting.isEmpty == false {
                return lanes[lane]?.waiting.removeFirst()
            }
            lanes[lane]?.busy -= 1
            return nil
        }
        next?.turn.change { $0 = .lead }
        if next == nil, settings.limits(lane).idleTime != nil { nursery.wake() }
    }

    // MARK: - Work

    /// Has `batch` audited by `worker`, or a new one, and says the outcome of each, by its index, as soon as it is known.
    private func audit(
        _ batch: [Ticket],
        _ lane: Lane,
        _ limits: WorkerLimits,
        _ work: Deadlines.Work,
        _ worker: inout Worker?,
        _ tell: (Int, Outcome) -> Void
    ) {
        let settings = batch[0].settings
        if let warm = worker, batch[0].isAlone || !warm.process.channel.isQuiet { worker = nil }
        var open = Set(batch.indices)
        for attempt in 1... {
            var current: Worker
            do throws(SystemCallError) {
                current = if let worker { worker } else { try newWorker(lane, settings) }
            } catch {
                let outcome = Outcome.unavailable(WorkersUnavailable(reason: error))
                for index in open { tell(index, outcome) }
                return
            }
            do throws(ExchangeFailure) {
                deadlines.renew(work, within: limits.wallTime(of: batch.count) + settings.settings.startTime)
                try exchange(batch, limits, &current) { index, outcome in
                    open.remove(index)
                    tell(index, outcome)
                }
                current.documents += batch.count
                worker = isWornOut(&current, limits) ? nil : current
                return
            } catch {
                worker = nil
                deadlines.renew(work, within: settings.settings.startTime)
                var death = current.process.death(error)
                nursery.lookForOrphans()
                if !current.isReady, attempt < Self.startTries { continue }
                death.paths = open.sorted().map { batch[$0].job.path }
                settings.settings.onDeath(death)
                for index in open.sorted() {
                    tell(
                        index,
                        current.isReady ? .died(death, inBatch: batch.count > 1) : .unavailable(Self.died(death))
                    )
                }
                return
            }
        }
    }

    private static func died(_ death: WorkerDeath) -> WorkersUnavailable {
        WorkersUnavailable(reason: SystemCallError(call: "exec \(death.lastWords)", errno: ECHILD))
    }

    private func newWorker(_ lane: Lane, _ settings: NumberedSettings) throws(SystemCallError) -> Worker {
        Worker(process: try nursery.start(lane, settings.settings), settings: settings.number)
    }

    private func isWornOut(_ worker: inout Worker, _ limits: WorkerLimits) -> Bool {
        if worker.documents >= limits.documentsOfWorker { return true }
        let now = ContinuousClock.now
        if let weighed = worker.weighed, now < weighed + Self.weighing { return false }
        worker.weighed = now
        return worker.process.residentMemory.map { $0 > limits.residentMemoryAtRest } ?? false
    }

    /// Hands the documents over and takes the answers.
    private func exchange(
        _ batch: [Ticket],
        _ limits: WorkerLimits,
        _ worker: inout Worker,
        _ tell: (Int, Outcome) -> Void
    ) throws(ExchangeFailure) {
        let deadline = SuspendingClock.now + limits.wallTime(of: batch.count)
        let channel = worker.process
        let now = ContinuousClock.now
        if worker.allowed.map({ now >= $0 + Self.allowance }) ?? true {
            worker.allowed = now
            // What it may have used when the next one is due, on top.
            worker.process.allowProcessorTime(besides: Self.allowance)
        }
        worker.process.beginBatch()
        if !worker.isReady {
            let begin = Request.begin(lane: channel.lane, settings: batch[0].settings.settings.rules)
            try channel.channel.send(begin.encoded(), until: deadline)
            let first = try channel.channel.receive(atMost: Frame.maximumAnswerBytes, until: deadline)
            guard case .ready? = try? Reply(first) else { throw .violation }
            worker.isReady = true
        }
        let time = WallClock.milliseconds
        // A worker cannot know: it reads no file, not even that of the time zone.
        let today = Day(local: time)
        for (index, ticket) in batch.enumerated() {
            let request = Request.document(id: UInt32(index), time: time, today: today, ticket.job)
            try channel.channel.send(request.encoded(), until: deadline)
        }
        try channel.channel.send(Request.work.encoded(), until: deadline)
        var open = Set(batch.indices)
        while !open.isEmpty {
            let frame = try channel.channel.receive(atMost: Frame.maximumAnswerBytes, until: deadline)
            let reply: Reply
            do throws(WireError) {
                reply = try Reply(frame)
            } catch {
                throw .violation
            }
            switch reply {
            case .ready:
                throw .violation
            case .answer(let id, let answer):
                guard open.remove(Int(id)) != nil,
                    (answer.summary != nil) == (batch[Int(id)].job.form.rendering == .result)
                else { throw .violation }
                tell(Int(id), .answered(answer))
            case .reroute(let id, let lane):
                guard open.remove(Int(id)) != nil else { throw .violation }
                tell(Int(id), .rerouted(lane))
            }
        }
    }

    /// Ends workers that have waited too long; says when to look again.
    private static func endIdle(_ lanes: Monitor<[Lane: LaneState]>, _ settings: Settings) -> ContinuousClock.Instant? {
        var next: ContinuousClock.Instant?
        var retired: [Worker] = []
        lanes.withLock { lanes in
            for lane in Lane.allCases {
                guard let idleTime = settings.limits(lane).idleTime, let idle = lanes[lane]?.idle else { continue }
                let now = ContinuousClock.now
                lanes[lane]?.idle = idle.filter { $0.idleSince + idleTime > now }
                retired += idle.filter { $0.idleSince + idleTime <= now }
                let first = lanes[lane]?.idle.map { $0.idleSince + idleTime }.min()
                next = [next, first].compactMap(\.self).min()
            }
        }
        // They end here, with their last reference, outside the lock.
        retired.removeAll()
        return next
    }
}
