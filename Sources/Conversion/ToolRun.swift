// One run of a program, from its start until nothing of it is alive.

import CLinuxShims
import Glibc
import LinuxIO
import SystemPackage

/// A program that runs, its keeper, and what it says.
struct ToolRun: ~Copyable {
    private let limits: ToolLimits
    private let deadline: ContinuousClock.Instant
    private var output: Stream
    private var errors: Stream
    private var reports: Stream
    private let keeper: pid_t
    /// Set when it was ended from here.
    private var reason: ToolResult.Ending?

    /// Starts `tool`.
    init(_ tool: Tool, in folder: PrivateFolder) throws(SystemCallError) {
        let limits = tool.limits
        self.limits = limits
        deadline = .now + tool.limits.wallTime
        // The write ends are closed at the end of this scope, when the keeper has its own: else no stream would end.
        let outputPipe = try Pipe()
        let errorPipe = try Pipe()
        let reportPipe = try Pipe()
        let input = try Pipe.highCopy(
            of: Descriptor(owning: try systemCall("open") { open("/dev/null", O_RDONLY | O_CLOEXEC) })
        )
        let arguments = CStrings([tool.program.bytes] + tool.arguments.map { Array($0.utf8) })
        let environment = CStrings(
            tool.environment.map { Array("\($0.key)=\($0.value)".utf8) } + [
                Array("PATH=/usr/bin:/bin".utf8), Array("LANG=C.UTF-8".utf8), Array("HOME=".utf8) + folder.path.bytes,
                Array("TMPDIR=".utf8) + folder.path.bytes,
            ]
        )
        let writable = CStrings(([folder.path] + tool.writableFolders).map(\.bytes))
        let readable = CStrings((ToolRunner.systemPaths + tool.readablePaths).map(\.bytes))
        let sockets = CStrings(tool.socketFolders.map(\.bytes))
        let resources = [
            shim_limit(resource: CInt(RLIMIT_AS.rawValue), value: UInt64(limits.addressSpace)),
            shim_limit(resource: CInt(RLIMIT_CPU.rawValue), value: UInt64(limits.processorSeconds)),
            shim_limit(resource: CInt(RLIMIT_FSIZE.rawValue), value: UInt64(limits.fileBytes)),
            shim_limit(resource: CInt(RLIMIT_NOFILE.rawValue), value: UInt64(limits.openFiles)),
            shim_limit(resource: CInt(RLIMIT_CORE.rawValue), value: 0),
        ]
        keeper = try systemCall("fork") {
            resources.withUnsafeBufferPointer { resources in
                var program = shim_program(
                    path: arguments.first,
                    arguments: arguments.pointer,
                    environment: environment.pointer,
                    folder: writable.first,
                    writable: writable.pointer,
                    readable: readable.pointer,
                    sockets: sockets.pointer,
                    limits: resources.baseAddress,
                    limit_count: CInt(resources.count),
                    may_fork: limits.processes > 1 ? 1 : 0,
                    input: input.number,
                    output: outputPipe.writeEnd.number,
                    error: errorPipe.writeEnd.number,
                    report: reportPipe.writeEnd.number
                )
                return shim_start(&program)
            }
        }
        output = Stream(outputPipe.readEnd, limit: limits.outputBytes)
        errors = Stream(errorPipe.readEnd, limit: ToolRunner.errorBytes)
        reports = Stream(reportPipe.readEnd, limit: 8 * MemoryLayout<shim_report>.size)
    }

    /// Reads what it says until it is over, ends it where it exceeds a limit, and waits for the keeper.
    consuming func result() throws(SystemCallError) -> ToolResult {
        var failure: SystemCallError?
        do throws(SystemCallError) {
            try follow()
        } catch {
            failure = error
            kill(keeper, SIGTERM)
        }
        var usage = rusage()
        let process = keeper
        try systemCall("wait4") { wait4(process, nil, 0, &usage) }
        if let failure { throw failure }

        var ending = ToolResult.Ending.signalled(SIGKILL)
        for report in reports.records(of: shim_report.self) {
            switch UInt32(report.stage) {
            case SHIM_FAILED.rawValue: throw SystemCallError(call: "execve", errno: report.value)
            case SHIM_ENDED.rawValue where report.value & 0x7F == 0: ending = .exited((report.value >> 8) & 0xFF)
            case SHIM_ENDED.rawValue: ending = .signalled(report.value & 0x7F)
            default: break
            }
        }
        return ToolResult(
            ending: reason ?? ending,
            output: output.bytes,
            errors: errors.bytes,
            processorTime: Duration(usage.ru_utime) + Duration(usage.ru_stime)
        )
    }

    private mutating func follow() throws(SystemCallError) {
        var nextLook = ContinuousClock.now + ToolRunner.watchInterval
        var lastMoment: ContinuousClock.Instant?
        // The keeper closes its report last, when all else is dead: then every stream has ended.
        while output.isOpen || errors.isOpen || reports.isOpen {
            try wait(until: lastMoment ?? min(nextLook, deadline))
            output.read()
            errors.read()
            reports.read()
            let now = ContinuousClock.now
            if let lastMoment {
                guard now >= lastMoment else { continue }
                kill(keeper, SIGKILL)
                return
            }
            if output.isOverfull {
                reason = .tooMuchOutput
            } else if now >= deadline {
                reason = .timedOut
            } else if now >= nextLook {
                nextLook = now + ToolRunner.watchInterval
                reason = ProcessTree(below: keeper).excess(over: limits)
            }
            if reason != nil {
                kill(keeper, SIGTERM)
                lastMoment = now + ToolRunner.endingTime
            }
        }
    }

    private func wait(until instant: ContinuousClock.Instant) throws(SystemCallError) {
        let open = [output.number, errors.number, reports.number].compactMap(\.self)
        _ = try Poll.readable(open, timeout: max(.zero, ContinuousClock.now.duration(to: instant)))
    }
}

/// The reading side of a pipe: keeps the beginning of what comes, reads the rest so that the writer does not wait.
private struct Stream: ~Copyable {
    private(set) var bytes: [UInt8] = []
    private(set) var isOverfull = false
    private let limit: Int
    private var descriptor: Descriptor?

    init(_ descriptor: consuming Descriptor, limit: Int) {
        self.descriptor = consume descriptor
        self.limit = limit
    }

    var isOpen: Bool { descriptor != nil }

    /// The descriptor, nil at the end of the stream.
    var number: CInt? {
        switch descriptor {
        case .some(let open): open.number
        case nil: nil
        }
    }

    /// Reads what is there now.
    mutating func read() {
        guard let number else { return }
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(number, &chunk, chunk.count)
            if count > 0 {
                let kept = min(count, limit - bytes.count)
                bytes += chunk[..<kept]
                isOverfull = isOverfull || kept < count
                // A program that prints without end must not keep the caller from looking at the clock.
                if isOverfull { return }
            } else if count < 0 && errno == EINTR {
                continue
            } else if count < 0 && errno == EAGAIN {
                return
            } else {
                descriptor = nil
                return
            }
        }
    }

    /// What came, as C structures.
    func records<Record: BitwiseCopyable>(of type: Record.Type) -> [Record] {
        bytes.withUnsafeBytes { buffer in
            stride(from: 0, through: buffer.count - MemoryLayout<Record>.size, by: MemoryLayout<Record>.size).map {
                buffer.loadUnaligned(fromByteOffset: $0, as: type)
            }
        }
    }
}

/// A pipe whose ends are not among the descriptors 0 to 9, which the keeper rearranges.
private struct Pipe: ~Copyable {
    let readEnd: Descriptor
    let writeEnd: Descriptor

    init() throws(SystemCallError) {
        var ends: [CInt] = [-1, -1]
        try systemCall("pipe2") { pipe2(&ends, O_CLOEXEC) }
        let read = Descriptor(owning: ends[0])
        let write = Descriptor(owning: ends[1])
        try systemCall("fcntl") { fcntl(read.number, F_SETFL, O_NONBLOCK) }
        writeEnd = try Self.highCopy(of: write)
        readEnd = read
    }

    static func highCopy(of descriptor: consuming Descriptor) throws(SystemCallError) -> Descriptor {
        let number = descriptor.number
        return Descriptor(owning: try systemCall("fcntl") { fcntl(number, F_DUPFD_CLOEXEC, 10) })
    }
}

/// What execve(2) takes: an array of C strings ended by a null pointer.
private final class CStrings {
    let pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ strings: [[UInt8]]) {
        count = strings.count
        pointer = .allocate(capacity: count + 1)
        for (index, string) in strings.enumerated() {
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: string.count + 1)
            for (offset, byte) in string.enumerated() { copy[offset] = CChar(bitPattern: byte) }
            copy[string.count] = 0
            pointer[index] = copy
        }
        pointer[count] = nil
    }

    deinit {
        for index in 0..<count { pointer[index]?.deallocate() }
        pointer.deallocate()
    }

    var first: UnsafeMutablePointer<CChar>? { pointer[0] }
}

extension Duration {
    fileprivate init(_ time: timeval) {
        self = .seconds(time.tv_sec) + .microseconds(time.tv_usec)
    }
}
