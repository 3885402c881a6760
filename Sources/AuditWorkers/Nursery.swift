import CLinuxShims
import Glibc
import LinuxIO
import SystemPackage

/// Starts the workers of a pool, on a thread that lives as long as the pool: a worker dies with the thread that started it
/// (PR_SET_PDEATHSIG). It also ends what dead workers leave behind, and wakes up for what the pool does by the clock.
final class Nursery: Sendable {
    private struct State {
        var nextOrder = 0
        var orders: [(number: Int, lane: Lane, settings: WorkerPool.Settings)] = []
        var deliveries: [Int: Result<WorkerProcess, SystemCallError>] = [:]
        /// Every child of this process that is a worker.
        var workers: Set<pid_t> = []
        /// When to look for orphans next, and until when they may end by themselves.
        var nextLook: ContinuousClock.Instant?
        var patience: ContinuousClock.Instant?
        var isWoken = false
        var isClosed = false
    }

    /// How long what a dead worker leaves behind may take to end by itself: the keeper of a converter needs milliseconds.
    private static let patience: Duration = .seconds(1)
    /// Time between two looks for orphans.
    private static let lookInterval: Duration = .milliseconds(20)

    private let adoptsOrphans: Bool
    private let state = Monitor(State())
    private let thread = Monitor<WorkerThread?>(nil)
    /// Called at the time that the last call asked for, and after every order.
    private let tick: @Sendable () -> ContinuousClock.Instant?

    init(
        adoptsOrphans: Bool,
        tick: @escaping @Sendable () -> ContinuousClock.Instant?
    ) throws(SystemCallError) {
        self.adoptsOrphans = adoptsOrphans
        self.tick = tick
        if adoptsOrphans {
            try systemCall("prctl") { shim_adopt_orphans() }
        }
    }

    /// Starts a worker for `lane`; waits until it runs.
    func start(_ lane: Lane, _ settings: WorkerPool.Settings) throws(SystemCallError) -> WorkerProcess {
        try startThread()
        let number = state.change { state in
            state.nextOrder += 1
            state.orders.append((state.nextOrder, lane, settings))
            return state.nextOrder
        }
        let delivery = state.wait { state -> Monitor<State>.Step<Result<WorkerProcess, SystemCallError>> in
            if let delivery = state.deliveries.removeValue(forKey: number) { return .done(delivery) }
            return state.isClosed ? .done(.failure(Self.closed)) : .wait(until: nil)
        }
        return try delivery.get()
    }

    private static let closed = SystemCallError(call: "exec", errno: ECANCELED)

    private func startThread() throws(SystemCallError) {
        let failure = thread.withLock { thread -> SystemCallError? in
            guard thread == nil else { return nil }
            do throws(SystemCallError) {
                thread = try WorkerThread(name: "nursery") { [self] in run() }
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// Looks for what a worker left behind that has just died.
    func lookForOrphans() {
        guard adoptsOrphans else { return }
        state.change { state in
            state.nextLook = .now
            state.patience = .now + Self.patience
        }
    }

    /// The workers that run.
    var workers: Set<pid_t> { state.withLock(\.workers) }

    /// Makes the thread ask for the time again.
    func wake() { state.change { $0.isWoken = true } }

    /// Ends the thread. Workers that run are the pool's.
    func close() {
        state.change { $0.isClosed = true }
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
    }

    private enum Task {
        case start(number: Int, Lane, WorkerPool.Settings)
        case look
        case tick
        case end
    }

    private func run() {
        while true {
            let wakeUp = tick()
            let task = state.wait { state -> Monitor<State>.Step<Task> in
                if state.isClosed { return .done(.end) }
                if !state.orders.isEmpty {
                    let order = state.orders.removeFirst()
                    return .done(.start(number: order.number, order.lane, order.settings))
                }
                let now = ContinuousClock.now
                if let look = state.nextLook, look <= now { return .done(.look) }
                if state.isWoken || wakeUp.map({ $0 <= now }) == true {
                    state.isWoken = false
                    return .done(.tick)
                }
                return .wait(until: [state.nextLook, wakeUp].compactMap(\.self).min())
            }
            switch task {
            case .start(let number, let lane, let settings): start(lane, settings, number)
            case .look: endOrphans()
            case .tick: continue
            case .end: return
            }
        }
    }

    private func start(_ lane: Lane, _ settings: WorkerPool.Settings, _ number: Int) {
        let delivery: Result<WorkerProcess, SystemCallError>
        do throws(SystemCallError) {
            let worker = try WorkerProcess(
                program: settings.program,
                arguments: ["nianbao", WorkerProgram.command] + settings.converterArguments
                    + (settings.honoursFaults ? [WorkerProgram.faultsFlag] : []),
                lane: lane,
                limits: settings.limits(lane),
                onEnd: { [state] process in state.withLock { _ = $0.workers.remove(process) } }
            )
            state.withLock { _ = $0.workers.insert(worker.process) }
            delivery = .success(worker)
        } catch {
            delivery = .failure(error)
        }
        state.change { $0.deliveries[number] = delivery }
    }

    // MARK: - Orphans

    /// Children that are no workers came from a worker that died. They get a while to end by themselves, are killed then,
    /// and are waited for; killed ones hand their own children on to this process, so it looks until there is none.
    private func endOrphans() {
        let (workers, isPatient) = state.withLock { state in
            (state.workers, state.patience.map { ContinuousClock.now < $0 } ?? false)
        }
        var left = 0
        for orphan in Self.children() where !workers.contains(orphan) {
            if !isPatient { kill(orphan, SIGKILL) }
            if waitpid(orphan, nil, WNOHANG) == 0 { left += 1 }
        }
        state.withLock { $0.nextLook = left > 0 || isPatient ? .now + Self.lookInterval : nil }
    }

    /// proc_pid_task_tid_children(5), of all threads.
    private static func children() -> [pid_t] {
        var found: [pid_t] = []
        guard let tasks = opendir("/proc/self/task") else { return [] }
        defer { closedir(tasks) }
        while let entry = readdir(tasks) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let list = try? KernelFile.words(FilePath("/proc/self/task/\(name)/children")) else { continue }
            found += list.compactMap { pid_t($0) }
        }
        return found
    }
}
