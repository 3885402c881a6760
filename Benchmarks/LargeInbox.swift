// Many files: what the service holds in memory, and how long a start takes when nothing has changed.

import Glibc
import LinuxIO
import SystemPackage
import TestSupport

/// 100,000 files in 100 folders.
struct LargeInbox {
    private static let folders = 100
    private static let filesOfFolder = 1000
    private static let patience = Duration.seconds(1200)
    private static let aims = (mebibytes: 80.0, startSeconds: 5.0)

    let folder: FilePath

    func run() throws {
        let service = try RunningService(in: folder)
        let corpus = Corpus(count: 1000, seed: 20_260_104)
        print("\n六、nianbao watch：\(Self.folders * Self.filesOfFolder) 份报告，各不相同，分在 \(Self.folders) 个文件夹")
        var table = Table("已审", "秒", "服务内存 MiB", "峰值 MiB")
        let started = Cost.now()
        var last = ""
        for number in 0..<Self.folders {
            // Made elsewhere and moved in, as an administrator would; every blank line at the end makes another content.
            let staged = folder.appending("staged").appending("\(number)")
            try Files.makeFolder(staged)
            for (index, report) in corpus.reports.enumerated() {
                let text = String(decoding: report.text, as: UTF8.self) + String(repeating: "\n", count: number)
                try Files.write(text, to: staged.appending("\(index).txt"))
            }
            try Files.rename(staged, service.inbox.appending("\(number)"))
            last = "\(number)"
            let results = service.results.appending(last)
            guard eventually(within: Self.patience, { DirectoryScan.names(in: results).count >= Self.filesOfFolder })
            else {
                throw BenchmarkError("文件夹 \(last) 在 \(Self.patience) 内没有审完")
            }
            if (number + 1) % 20 == 0 {
                let seconds = Double(Cost.now() - started) / 1e9
                let memory = try Memory(of: service.process)
                table.add(
                    "\((number + 1) * Self.filesOfFolder)",
                    seconds.shown(0),
                    memory.resident.shown(1),
                    memory.peak.shown(1)
                )
            }
        }
        table.print()
        let memory = try Memory(of: service.process).resident
        print("  目标：常驻内存 ≤ \(Self.aims.mebibytes.shown(0)) MiB；\(memory <= Self.aims.mebibytes ? "达到" : "未达到")")
        let entries = try service.stop().entries
        let (files, repeated) = (Self.folders * Self.filesOfFolder, entries.values.filter { $0 > 1 }.count)
        print(
            "  \(files) 份中 \(entries.count) 份在日志中有审核记录，\(repeated) 份多于一条："
                + (entries.count == files && repeated == 0 ? "正确" : "不正确")
        )

        let again = try RunningService(in: folder, isWarmedUp: false)
        let (seconds, processorSeconds) = try again.secondsUntilIdle()
        _ = try again.stop()
        print(
            "  再次启动，文件都没有变：\(seconds.shown(2)) 秒后空闲（CPU \(processorSeconds.shown(2)) 秒）；目标 ≤ "
                + "\(Self.aims.startSeconds.shown(0)) 秒，\(seconds <= Self.aims.startSeconds ? "达到" : "未达到")"
        )
    }
}

/// Memory of a process, see proc_pid_status(5), in MiB.
private struct Memory {
    let resident: Double
    let peak: Double

    init(of process: pid_t) throws {
        let words = try KernelFile.words(FilePath("/proc/\(process)/status"))
        func value(_ key: String) throws -> Double {
            guard let index = words.firstIndex(of: key), let kibibytes = Double(words[index + 1]) else {
                throw BenchmarkError("/proc/\(process)/status 没有 \(key)")
            }
            return kibibytes / 1024
        }
        resident = try value("VmRSS:")
        peak = try value("VmHWM:")
    }
}

extension RunningService {
    /// How long from its start until the service has nothing to do any more, and what that took of a processor.
    fileprivate func secondsUntilIdle() throws -> (wall: Double, processor: Double) {
        var (used, since) = (try ticks(), Cost.now())
        let deadline = ContinuousClock.now + .seconds(300)
        while ContinuousClock.now < deadline {
            // Not a wait for anything: what does not use the processor for a while is idle.
            usleep(20_000)
            let now = try ticks()
            if now > used + 1 {
                (used, since) = (now, Cost.now())
            } else if Cost.now() - since > 500_000_000 {
                return (Double(since - startedAt) / 1e9, Double(now) / Double(sysconf(CInt(_SC_CLK_TCK))))
            }
        }
        throw BenchmarkError("服务在 300 秒内没有空闲下来")
    }

    /// Ticks of a processor that the service has used, see proc_pid_stat(5).
    private func ticks() throws -> Int {
        // The second word is the name of the program, which has no spaces here.
        let fields = try KernelFile.words(FilePath("/proc/\(process)/stat"))
        guard fields.count > 14, let user = Int(fields[13]), let system = Int(fields[14]) else {
            throw BenchmarkError("/proc/\(process)/stat 无法理解")
        }
        return user + system
    }
}
