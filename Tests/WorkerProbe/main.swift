// WorkerProbe PROGRAM THREADS TIMES FILE…: in each of so many threads, audits the files so many times with workers of
// PROGRAM that honour faults. Prints the verdicts, and in the end what the process holds then.

import AuditOutput
import AuditWorkers
import Glibc
import LinuxIO
import SystemPackage

func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        withUnsafePointer(to: &entry.pointee.d_name) { name in
            name.withMemoryRebound(to: CChar.self, capacity: 256) { names.append(String(cString: $0)) }
        }
    }
    return names.filter { !$0.hasPrefix(".") }
}

func children() throws -> [String] {
    try names(in: "/proc/self/task").flatMap { task -> [String] in
        do {
            return try KernelFile.words(FilePath("/proc/self/task/\(task)/children"))
        } catch ReadFailure.notFound {
            // A thread that ended since its name was read; its children were handed to another.
            return []
        }
    }
}

var settings = WorkerPool.Settings()
settings.program = FilePath(CommandLine.arguments[1])
settings.processes = 2
settings.adoptsOrphans = true
settings.honoursFaults = true
settings.limits = { lane in
    var limits = WorkerLimits(lane)
    limits.documentsOfWorker = 50
    return limits
}
let pool = try WorkerPool(settings)
let files = CommandLine.arguments.dropFirst(4)
let times = Int(CommandLine.arguments[3]) ?? 1
let workers = Monitor<Set<String>>([])
let threads = try (0..<(Int(CommandLine.arguments[2]) ?? 1)).map { _ in
    try WorkerThread(name: "probe") {
        for _ in 0..<times {
            for file in files {
                guard let content = try? SafeFile.read(path: FilePath(file)) else { exit(1) }
                let job = AuditJob(path: Array(file.utf8), document: content.bytes, form: AnswerForm(.ndjson, .en))
                do {
                    let answer = try pool.perform(job)
                    let running = try children()
                    workers.withLock { $0.formUnion(running) }
                    print(answer.verdict)
                } catch {
                    // A failure says what went wrong.
                    let text = "\(error)\n"
                    write(STDERR_FILENO, text, text.utf8.count)
                    exit(1)
                }
                fflush(nil)
            }
        }
    }
}
threads.forEach { $0.join() }
print("descriptors:", names(in: "/proc/self/fd").count)
print("children:", try children().count)
print("workers seen:", workers.withLock { $0.count } > 5 ? "many" : "few")
