// Other programs: what they take, from their start to their end.

import Glibc
import LinuxIO
import SystemPackage
import TestSupport

/// A program that was run to its end, with everything that it started.
struct ProgramRun {
    let cost: Cost
    /// Memory of the largest single process, in bytes.
    let peakMemory: Int
    /// Its exit code; 127 when there is no such program.
    let status: CInt
    let output: String

    /// Runs a program, found by `PATH`.
    ///
    /// This program starts itself once more to do so: Linux counts the memory of the process that calls exec as its
    /// successor's (`ru_maxrss` survives exec), and this process is larger than most of what it measures.
    static func measure(_ arguments: [String]) throws -> ProgramRun {
        let run = try Command.run(["/proc/self/exe", command] + arguments)
        let parts = run.output.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let figures = (parts.first ?? "").split(separator: " ").compactMap { Int64($0) }
        guard run.status == 0, figures.count == 4, parts.count == 2 else {
            throw BenchmarkError("无法运行 \(arguments.first ?? "")：\((run.errors + run.output).suffix(500))")
        }
        return ProgramRun(
            cost: Cost(wall: figures[0], cpu: figures[1]),
            peakMemory: Int(figures[2]),
            status: CInt(truncatingIfNeeded: figures[3]),
            output: String(parts[1])
        )
    }

    private static let command = "measure"

    /// The other half of ``measure(_:)``, in the process that was started: prints wall time, processor time, memory and
    /// status, and then what the program printed. Returns false where `arguments` of this process ask for something else.
    static func measureIfAsked(_ arguments: [String]) throws -> Bool {
        guard arguments.count > 2, arguments[1] == command else { return false }
        let started = Cost.now()
        let (status, output) = try runOnce(Array(arguments[2...]))
        let wall = Cost.now() - started
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        print(wall, Cost.ofChildren(), usage.ru_maxrss * 1024, status)
        print(output, terminator: "")
        return true
    }

    private static func runOnce(_ arguments: [String]) throws -> (CInt, String) {
        do {
            let result = try Command.run(arguments)
            return (result.status, result.output)
        } catch let error as SystemCallError where error.errno == ENOENT {
            return (127, "")
        }
    }
}
