import AuditEngine
import AuditOutput
@testable import AuditWorkers
import Glibc
import LinuxIO
import SystemPackage
import TestSupport

extension TestPaths {
    /// A program of this package, built beside the tests.
    static func program(_ name: String) throws -> FilePath {
        try FilePath("/proc/self/exe").resolved().removingLastComponent().appending(name)
    }
}

/// A pool whose workers do what a ``Fault`` says, and the deaths that it told.
struct FaultyPool: Sendable {
    let pool: WorkerPool
    private let told = Monitor<[WorkerDeath]>([])

    init(_ change: (inout WorkerPool.Settings) -> Void = { _ in }) throws {
        var settings = WorkerPool.Settings()
        settings.program = try TestPaths.program("nianbao")
        settings.processes = 2
        settings.honoursFaults = true
        settings.onDeath = { [told] death in told.change { $0.append(death) } }
        change(&settings)
        pool = try WorkerPool(settings)
    }

    /// The processes of its workers.
    var workers: Set<pid_t> { pool.workers }
    var deaths: [WorkerDeath] { told.withLock { $0 } }

    /// `pass`, or the code of an unreadable file.
    func outcome(_ document: [UInt8], path: String = "a.txt") -> String {
        let job = AuditJob(path: Array(path.utf8), document: document, form: AnswerForm(.ndjson, .en))
        do throws(WorkersUnavailable) {
            let answer = try pool.perform(job)
            let output = String(decoding: answer.output, as: UTF8.self)
            guard answer.verdict == .unreadable else { return answer.verdict.rawValue }
            let code = output.split(separator: "\"unreadable\":{\"code\":\"").last?.prefix { $0 != "\"" }
            return code.map(String.init) ?? output
        } catch {
            return "unavailable"
        }
    }
}

/// A document that is no report: a worker that reads it says so, in a moment.
let recipe = Array("番茄炒蛋：番茄两个，鸡蛋三个。\n".utf8)

/// Runs `body` with each of `values` in a thread of its own, at once; gives the results in their order.
func concurrently<Value: Sendable, Result: Sendable>(
    _ values: [Value],
    _ body: @escaping @Sendable (Value) -> Result
) throws -> [Result] {
    let results = Monitor<[Int: Result]>([:])
    let threads = try values.enumerated().map { index, value in
        try WorkerThread(name: "test") {
            let result = body(value)
            results.change { $0[index] = result }
        }
    }
    threads.forEach { $0.join() }
    return results.withLock { results in values.indices.compactMap { results[$0] } }
}

/// Processes, as /proc shows them.
enum Processes {
    /// Children of `parent` that are workers.
    static func workers(of parent: pid_t) -> [pid_t] {
        all().filter { $0.parent == parent && $0.name.hasPrefix("nianbao-") }.map(\.process)
    }

    static func isAlive(_ process: pid_t) -> Bool {
        all().contains { $0.process == process && $0.state != "Z" }
    }

    /// proc_pid_stat(5): number, name in brackets, state, parent.
    private static func all() -> [(process: pid_t, name: String, state: String, parent: pid_t)] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var found: [(process: pid_t, name: String, state: String, parent: pid_t)] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let process = pid_t(name), let text = text("/proc/\(name)/stat") else { continue }
            guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")") else { continue }
            let fields = text[close...].split(separator: " ")
            guard fields.count > 2, let parent = pid_t(fields[2]) else { continue }
            found.append((process, String(text[open..<close].dropFirst()), String(fields[1]), parent))
        }
        return found
    }

    private static func text(_ path: String) -> String? {
        (try? KernelFile.bytes(FilePath(path))).map { String(decoding: $0, as: UTF8.self) }
    }
}
