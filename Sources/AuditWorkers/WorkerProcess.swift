import CLinuxShims
import Glibc
import LinuxIO
import SystemPackage

/// How a worker ended in the middle of its work.
public struct WorkerDeath: Sendable {
    /// Why.
    public enum Cause: Sendable, Hashable {
        /// The wall-clock limit passed, and it was killed.
        case timedOut
        /// It used up its processor time (SIGXCPU).
        case usedUpProcessorTime
        /// It got no more memory.
        case ranOutOfMemory
        /// A signal.
        case signal(CInt)
        /// It ended by itself, with this code.
        case exited(CInt)
        /// It said what is no answer, and was killed.
        case brokeProtocol
    }

    /// Why.
    public var cause: Cause
    /// The lane that it worked in.
    public var lane: Lane
    /// The end of what it wrote to standard error: where in the source it was.
    public var lastWords: String
    /// The documents that it had in work, by their paths.
    public var paths: [[UInt8]] = []
    /// It had next to no processor time: somebody stopped it (SIGSTOP), or the machine had none to give. A document that takes
    /// long keeps its worker busy, and for a converter that does a worker does not wait so long.
    var wasIdle = false

    /// Whether the same might not happen again: an administrator may have killed or stopped it, or another document of the
    /// batch.
    var mayPass: Bool {
        switch cause {
        case .signal, .exited, .brokeProtocol: true
        case .timedOut: wasIdle
        case .usedUpProcessorTime, .ranOutOfMemory: false
        }
    }
}

extension WorkerDeath: CustomStringConvertible {
    /// The cause in a few English words, such as `SIGILL`.
    public var description: String {
        switch cause {
        case .timedOut: "wall-clock limit"
        case .usedUpProcessorTime: "limit of processor time"
        case .ranOutOfMemory: "limit of memory"
        case .signal(let number): Self.name(ofSignal: number)
        case .exited(let code): "exit code \(code)"
        case .brokeProtocol: "invalid answer"
        }
    }

    /// The cause in a few Chinese words.
    public var chineseDescription: String {
        switch cause {
        case .timedOut: "超过时限"
        case .usedUpProcessorTime: "超过处理器时间上限"
        case .ranOutOfMemory: "超过内存上限"
        case .signal(let number): "信号 \(Self.name(ofSignal: number))"
        case .exited(let code): "退出码 \(code)"
        case .brokeProtocol: "答复无效"
        }
    }

    static func name(ofSignal number: CInt) -> String {
        shim_signal_name(number).map { "SIG" + String(cString: $0) } ?? "signal \(number)"
    }
}

/// A running worker. Used by one thread at a time; ended and waited for at the latest with this value.
final class WorkerProcess: Sendable {
    /// What a worker says when memory has run out (`shim_note_memory_deaths`).
    static let memoryNote: StaticString = "\n[nianbao worker: no memory left]\n"
    /// The rest of standard error is not kept.
    static let lastWordsBytes = 2048
    /// A process that closed its socket is gone within milliseconds, unless it only pretends.
    private static let endingTime: Duration = .seconds(1)

    let process: pid_t
    let lane: Lane
    let channel: Channel
    private let errors: Descriptor
    /// /proc/…/statm; reading it fails where there is no /proc.
    private let memory: Descriptor
    private let limits: WorkerLimits
    private let onEnd: @Sendable (pid_t) -> Void
    private let isReaped = Monitor(false)
    /// When its present work began, and the processor time that it had used until then.
    private let begin = Monitor<(time: SuspendingClock.Instant, used: Duration?)>((.now, nil))

    /// Starts `program` for `lane`. On a thread that lives as long as the worker should.
    ///
    /// - Parameter onEnd: called when it has been waited for.
    init(
        program: FilePath,
        arguments: [String],
        lane: Lane,
        limits: WorkerLimits,
        onEnd: @escaping @Sendable (pid_t) -> Void
    ) throws(SystemCallError) {
        var sockets: [CInt] = [-1, -1]
        try systemCall("socketpair") {
            socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &sockets)
        }
        let ours = Descriptor(owning: sockets[0])
        let theirs = Descriptor(owning: sockets[1])
        // Not blocking: what it writes beyond the room of a pipe is lost, and nothing waits.
        var pipe: [CInt] = [-1, -1]
        try systemCall("pipe2") { pipe2(&pipe, O_CLOEXEC | O_NONBLOCK) }
        errors = Descriptor(owning: pipe[0])
        let theirErrors = Descriptor(owning: pipe[1])
        let channelNumber = theirs.number
        let errorNumber = theirErrors.number

        let process = try Self.withCStrings(arguments) { (arguments) throws(SystemCallError) in
            try Self.withCStrings(Self.environment) { (environment) throws(SystemCallError) in
                let resources = Self.resourceLimits(lane, limits)
                return try systemCall("exec", program) {
                    program.withPlatformString {
                        shim_start_worker(
                            $0,
                            arguments,
                            environment,
                            channelNumber,
                            errorNumber,
                            resources,
                            CInt(resources.count)
                        )
                    }
                }
            }
        }
        self.process = process
        self.lane = lane
        self.limits = limits
        self.onEnd = onEnd
        channel = Channel(ours, life: Descriptor(owning: shim_watch_process(process)))
        memory = Descriptor(owning: open("/proc/\(process)/statm", O_RDONLY | O_CLOEXEC))
    }

    deinit {
        // Converters have something to put away.
        if lane != .quick, !isReaped.withLock({ $0 }) {
            channel.close()
            channel.waitForEnd(atMost: Self.endingTime)
        }
        end()
    }

    private static func resourceLimits(_ lane: Lane, _ limits: WorkerLimits) -> [shim_worker_limit] {
        // A converter has limits of its own, which may be higher.
        let isHard: CInt = lane == .quick ? 1 : 0
        return [
            shim_worker_limit(resource: CInt(RLIMIT_CORE.rawValue), value: 0, is_hard: 1),
            shim_worker_limit(resource: CInt(RLIMIT_AS.rawValue), value: UInt64(limits.addressSpace), is_hard: isHard),
            shim_worker_limit(
                resource: CInt(RLIMIT_FSIZE.rawValue),
                value: WorkerLimits.fileBytes(lane),
                is_hard: isHard
            ),
            shim_worker_limit(
                resource: CInt(RLIMIT_NOFILE.rawValue),
                value: WorkerLimits.openFiles(lane),
                is_hard: isHard
            ),
        ]
    }

    /// Everything that a worker knows of the world. Without its backtraces Swift ends at once when it traps.
    ///
    /// A reader makes thousands of small values and lets go of them at the end: the allocator keeps more of them at hand for
    /// the next document than the seven of a size that it keeps otherwise, see GLIBC_TUNABLES in ld.so(8). An audit takes 4 % less.
    private static var environment: [String] {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        return [
            "PATH=\(path)", "LANG=C.UTF-8", "SWIFT_BACKTRACE=enable=no",
            "GLIBC_TUNABLES=glibc.malloc.tcache_count=1000",
        ]
    }

    private static func withCStrings<Result>(
        _ strings: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) throws(SystemCallError) -> Result
    ) throws(SystemCallError) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { copies.forEach { free($0) } }
        return try body(copies)
    }

    /// Gives it time for each batch that begins within a time from now.
    func allowProcessorTime(besides time: Duration) {
        shim_allow_processor_time(process, UInt32(clamping: limits.processorSeconds + Int(time.components.seconds)))
    }

    /// A batch begins: what comes of it is due from now on.
    func beginBatch() {
        begin.withLock { $0 = (.now, processorTime) }
    }

    /// Whether it had less than a twentieth of the time since ``beginBatch()``.
    private var isIdle: Bool {
        let (time, used) = begin.withLock { $0 }
        guard let used, let now = processorTime else { return false }
        return (now - used) * 20 < SuspendingClock.now - time
    }

    /// The processor time that its threads have used; nil when it has ended. See clock_getcpuclockid(3).
    private var processorTime: Duration? {
        var (clock, time) = (clockid_t(), timespec())
        guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return nil }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Resident memory in bytes; nil where /proc does not tell.
    var residentMemory: Int? {
        var text = [UInt8](repeating: 0, count: 128)
        let count = pread(memory.number, &text, text.count, 0)
        guard count > 0 else { return nil }
        // proc_pid_statm(5): size, resident, … in pages.
        let pages = text.prefix(count).split(separator: 0x20).dropFirst().first.map {
            String(decoding: $0, as: UTF8.self)
        }
        return pages.flatMap { Int($0) }.map { $0 * sysconf(CInt(_SC_PAGESIZE)) }
    }

    /// Ends it after `failure` and says how it really ended.
    func death(_ failure: ExchangeFailure) -> WorkerDeath {
        if failure == .ended { channel.waitForEnd(atMost: Self.endingTime) }
        let wasIdle = isIdle
        let ending = end()
        let words = lastWords()
        let cause: WorkerDeath.Cause
        switch failure {
        case .timedOut: cause = .timedOut
        case .violation: cause = .brokeProtocol
        case .ended:
            let note = "\(Self.memoryNote)"
            if words.contains(note) {
                cause = .ranOutOfMemory
            } else if ending.signal == SIGKILL, ending.peakMemory > limits.addressSpace / 2 {
                // Nobody but the kernel kills just that one (oom_kill).
                cause = .ranOutOfMemory
            } else if ending.signal == SIGXCPU {
                cause = .usedUpProcessorTime
            } else if ending.signal != 0 {
                // Alive without its socket, it waits for nothing and answers nobody.
                cause = ending.signal == SIGKILL && ending.wasKilledByUs ? .brokeProtocol : .signal(ending.signal)
            } else {
                cause = .exited(ending.code)
            }
        }
        return WorkerDeath(cause: cause, lane: lane, lastWords: words, wasIdle: wasIdle)
    }

    private struct Ending {
        var signal: CInt = 0
        var code: CInt = 0
        var peakMemory = 0
        var wasKilledByUs = false
    }

    /// Kills it, unless it is dead, and waits for it. Not its group: a converter has a keeper, which ends when the worker
    /// does and takes everything with it that the converter started.
    @discardableResult
    private func end() -> Ending {
        let isFirst = isReaped.withLock { isReaped in
            defer { isReaped = true }
            return !isReaped
        }
        guard isFirst else { return Ending() }
        var ending = Ending()
        var information = siginfo_t()
        let isRunning =
            waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) == 0 && information.si_signo == 0
        if isRunning {
            kill(process, SIGKILL)
            ending.wasKilledByUs = true
        }
        var status: CInt = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 {
            if errno != EINTR { break }
        }
        onEnd(process)
        ending.signal = status & 0x7F
        ending.code = (status >> 8) & 0xFF
        ending.peakMemory = usage.ru_maxrss * 1024
        return ending
    }

    private func lastWords() -> String {
        var words: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(errors.number, &chunk, chunk.count)
            guard count > 0 else { break }
            words = (words + chunk.prefix(count)).suffix(Self.lastWordsBytes)
        }
        return String(decoding: words, as: UTF8.self)
    }
}
