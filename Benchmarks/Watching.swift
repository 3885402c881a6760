// The whole service, from a file dropped into its inbox to the result.

import AuditService
import Glibc
import LinuxIO
import SystemPackage
import TestSupport

/// `nianbao watch` with folders of its own.
struct RunningService {
    let inbox: FilePath
    let results: FilePath
    /// The process of the service itself, without those of its workers.
    var process: pid_t { command.process }
    private let command: Command
    private let processorTimeBefore: Int64

    /// When it was started, by the clock of ``Cost``.
    let startedAt: Int64

    /// Starts the program that was built beside this one, and waits until it watches.
    ///
    /// - Parameter isWarmedUp: whether it audits some files first.
    init(in folder: FilePath, isWarmedUp: Bool = true) throws {
        inbox = folder.appending("inbox")
        results = folder.appending("state").appending("results")
        try Files.makeFolder(inbox)
        let program = try FilePath("/proc/self/exe").resolved().removingLastComponent().appending("nianbao").string
        guard Files.exists(FilePath(program)) else {
            throw BenchmarkError("\(program) 不存在；请先运行 make build")
        }
        processorTimeBefore = Cost.ofChildren()
        let state = folder.appending("state").string
        startedAt = Cost.now()
        command = try Command([program, "watch", "--inbox", inbox.string, "--state", state, "--lang", "zh"])
        // Its folder of results comes before its watch; the first file shows that it audits.
        guard eventually({ Files.exists(results) || command.hasEnded }), !command.hasEnded else {
            throw BenchmarkError("服务没有启动：\(command.errorsSoFar)")
        }
        guard isWarmedUp else { return }
        let warmUp = Corpus(count: 12, seed: 1)
        for (index, report) in warmUp.reports.enumerated() {
            try Files.write(String(decoding: report.text, as: UTF8.self), to: inbox.appending("warm-up-\(index).txt"))
        }
        guard eventually({ warmUp.reports.indices.allSatisfy { hasResult("warm-up-\($0).txt") } }) else {
            throw BenchmarkError("服务没有审核最初的文件：\(command.errorsSoFar)")
        }
    }

    /// Whether the file directly in the inbox has its result.
    func hasResult(_ name: String) -> Bool { Files.exists(results.appending("\(name).audit.json")) }

    /// What a service leaves behind.
    struct Ended {
        /// Processor time of its whole life in nanoseconds.
        let processorTime: Int64
        /// How often each file is in the journal as audited, without those at the start.
        let entries: [String: Int]
    }

    /// Stops it, and counts its entries.
    func stop() throws -> Ended {
        command.signal(SIGTERM)
        let ended = command.wait()
        guard ended.status == 0 else {
            throw BenchmarkError("服务以 \(ended.status) 结束：\(ended.errors.suffix(1000))")
        }
        // With a journal nothing is on standard error; without one everything is.
        var lines = ended.errors
        if !lines.contains(JournalEvent.started.messageID) {
            _ = try Command.run(["journalctl", "--sync"])
            let process = "_PID=\(command.process)"
            let event = "MESSAGE_ID=\(JournalEvent.audited.messageID)"
            lines = try Command.run([
                "journalctl", "-q", "-o", "export", "--output-fields=NIANBAO_FILE", process, event,
            ]).output
        }
        let marker = "NIANBAO_FILE=\(inbox)/"
        var entries: [String: Int] = [:]
        for line in lines.split(separator: "\n") {
            guard let start = line.firstRange(of: marker)?.upperBound else { continue }
            let name = String(line[start...].prefix { $0 != " " })
            if !name.hasPrefix("warm-up-") { entries[name, default: 0] += 1 }
        }
        return Ended(processorTime: Cost.ofChildren() - processorTimeBefore, entries: entries)
    }
}

extension Command {
    /// Whether it is over, without waiting for it.
    fileprivate var hasEnded: Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) == 0 && information.si_signo != 0
    }
}

/// From close(2) of one file to its result, on an idle service.
struct Latency {
    private static let files = 400
    private static let aims = (median: 10.0, p99: 50.0)
    private static let patience = Duration.seconds(10)

    let folder: FilePath

    func run() throws {
        let service = try RunningService(in: folder)
        let inotify = try Inotify()
        _ = try inotify.add(path: service.results, for: .movedTo)
        let corpus = Corpus(count: Self.files, seed: 20_260_102)
        var milliseconds: [Double] = []
        for (index, report) in corpus.reports.enumerated() {
            let name = "\(index).txt"
            let descriptor = try Files.open(service.inbox.appending(name), O_WRONLY | O_CREAT | O_EXCL)
            try Files.append(String(decoding: report.text, as: UTF8.self), to: descriptor)
            let started = Cost.now()
            close(descriptor)
            try wait(for: "\(name).audit.json", inotify)
            milliseconds.append(Double(Cost.now() - started) / 1_000_000)
            // Not a wait for anything: reports come one at a time, to a service that sleeps.
            usleep(useconds_t(2000 + index % 7 * 1000))
        }
        _ = try service.stop()

        print("\n三、nianbao watch：文件关闭（close）到结果出现，逐个放入 \(Self.files) 份")
        var table = Table("毫秒", "中位数", "p95", "p99", "最大")
        table.add(
            "close → 结果",
            milliseconds.median.shown(2),
            milliseconds.percentile(0.95).shown(2),
            milliseconds.percentile(0.99).shown(2),
            milliseconds.percentile(1).shown(2)
        )
        table.print()
        print(aim("中位数", milliseconds.median, atMost: Self.aims.median))
        print(aim("p99", milliseconds.percentile(0.99), atMost: Self.aims.p99))
    }

    /// Sleeps in the kernel until the result is there: a loop that looks would take the processor from the service.
    private func wait(for name: String, _ inotify: Inotify) throws {
        let wanted = Array(name.utf8)
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            _ = try Poll.readable([inotify.descriptor], timeout: deadline - .now)
            if try inotify.read().contains(where: { $0.name == wanted }) { return }
        }
        throw BenchmarkError("\(name) 在 \(Self.patience) 内没有出现")
    }
}

/// Many files at once: all have their result, none is audited twice.
struct Burst {
    private static let files = 10_000
    /// The floor is measured on a part of them, before and after.
    private static let filesOfFloor = 1000
    private static let patience = Duration.seconds(300)
    private static let aimRatio = 0.6

    let folder: FilePath

    func run() throws {
        let service = try RunningService(in: folder)
        let staging = folder.appending("staging")
        let corpus = Corpus(count: Self.files, seed: 20_260_103)
        for (index, report) in corpus.reports.enumerated() {
            try AtomicFile.createDirectories(staging)
            try Files.write(String(decoding: report.text, as: UTF8.self), to: staging.appending("\(index).txt"))
        }
        let inotify = try Inotify()
        _ = try inotify.add(path: service.results, for: .movedTo)

        let resultBytes = Int(try FileStatus(of: service.results.appending("warm-up-0.txt.audit.json")).identity.size)
        var floor = try floorSeconds(staging, corpus.reports.indices.prefix(Self.filesOfFloor), resultBytes)
        let started = Cost.now()
        for index in corpus.reports.indices {
            try Files.rename(staging.appending("\(index).txt"), service.inbox.appending("\(index).txt"))
        }
        let dropped = Cost.now()
        var results: Set<[UInt8]> = []
        let deadline = ContinuousClock.now + Self.patience
        while results.count < Self.files, ContinuousClock.now < deadline {
            _ = try Poll.readable([inotify.descriptor], timeout: deadline - .now)
            for event in try inotify.read() {
                if let name = event.name { results.insert(name) }
            }
            // The kernel keeps what comes meanwhile: to wake for each result would take the processor from the service.
            usleep(5000)
        }
        let finished = Cost.now()
        floor += try floorSeconds(service.inbox, corpus.reports.indices.suffix(Self.filesOfFloor), resultBytes)
        let ended = try service.stop()

        let found = corpus.reports.indices.count { service.hasResult("\($0).txt") }
        let entries = ended.entries.values.reduce(0, +)
        let repeated = ended.entries.count { $0.value > 1 }
        let seconds = Double(finished - started) / 1e9
        print("\n四、nianbao watch：\(Self.files) 份同时到达（\((Double(dropped - started) / 1e6).shown(0)) ms 内移入）")
        var table = Table("", "秒", "份/秒", "服务 CPU 每份 µs", "结果", "日志中的审核", "重复")
        table.add(
            "到全部结果出现",
            seconds.shown(2),
            (Double(Self.files) / seconds).shown(0),
            (Double(ended.processorTime) / 1000 / Double(Self.files)).shown(0),
            "\(found)",
            "\(entries)",
            "\(repeated)"
        )
        table.print()
        let floorRate = Double(2 * Self.filesOfFloor) / floor
        let ratio = Double(Self.files) / seconds / floorRate
        print(
            "  下限（一个线程，只读每个文件、写 \(resultBytes) 字节的结果，文件和目录都 fsync）："
                + "\(floorRate.shown(0)) 份/秒；服务为其 \(ratio.shown(2)) 倍，"
                + "目标 ≥ \(Self.aimRatio.shown(1))，\(ratio >= Self.aimRatio ? "达到" : "未达到")"
        )
        guard found == Self.files, entries == Self.files, ended.entries.count == Self.files else {
            throw BenchmarkError("应恰有 \(Self.files) 个结果和 \(Self.files) 条审核记录，每个文件一条")
        }
        print("  \(Self.files) 个结果，\(Self.files) 条审核记录，每个文件恰好一条：正确")
    }

    /// What a program takes that only reads files and writes as much as a result has, as safely: one thread, one at a time.
    private func floorSeconds(_ source: FilePath, _ indices: some Sequence<Int>, _ resultBytes: Int) throws -> Double {
        let result = [UInt8](repeating: 0x20, count: resultBytes)
        let target = folder.appending("floor")
        let started = Cost.now()
        for index in indices {
            _ = try SafeFile.read(path: source.appending("\(index).txt"))
            try AtomicFile.write(result, to: target.appending("\(index).json"))
        }
        return Double(Cost.now() - started) / 1e9
    }
}
