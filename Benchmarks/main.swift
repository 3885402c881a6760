// nianbao-bench [PART…]: `make bench`; parts are one-thread, rules, latency, burst, formats and inbox. Exit status 1 when a result is
// missing or double; slowness alone is only told.

import Glibc
import LinuxIO
import SystemPackage
import TestSupport

struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A line that sets a value against what the project aims at.
func aim(_ name: String, _ milliseconds: Double, atMost limit: Double, digits: Int = 0) -> String {
    let verdict = milliseconds <= limit ? "达到" : "未达到"
    return "  目标：\(name) ≤ \(limit.shown(digits)) ms；测得 \(milliseconds.shown(2)) ms，\(verdict)"
}

/// Temporary files lie beside the sources, on the file system that is measured, and are deleted at the end only:
/// deleting many files slows this file system down for minutes.
func measure() -> CInt {
    do {
        if try ProgramRun.measureIfAsked(CommandLine.arguments) { return 0 }
    } catch {
        // Whoever asked says it, for what stands here is no measurement.
        print("nianbao-bench: \(error)")
        return 1
    }
    let here = FilePath(#filePath).removingLastComponent().removingLastComponent()
    let everything = here.appending(".bench-tmp")
    defer { _ = try? Files.remove(everything) }
    do {
        let folder = everything.appending("\(getpid())")
        try Files.makeFolder(folder)
        Machine.describe(measuringIn: folder)
        let parts: [(name: String, run: () throws -> Void)] = [
            ("one-thread", { try OneThread(folder: folder.appending("one-thread")).run() }),
            ("rules", { try RulePass().run() }),
            ("latency", { try Latency(folder: folder.appending("latency")).run() }),
            ("burst", { try Burst(folder: folder.appending("burst")).run() }),
            ("formats", { try PerFormat(folder: folder.appending("formats")).run() }),
            ("inbox", { try LargeInbox(folder: folder.appending("inbox")).run() }),
        ]
        let wanted = CommandLine.arguments.dropFirst()
        for part in parts where wanted.isEmpty || wanted.contains(part.name) {
            try part.run()
            fflush(nil)
        }
        return 0
    } catch {
        print("nianbao-bench: \(error)")
        return 1
    }
}

// A reader of the output that leaves, such as `head`, must not leave a service behind.
signal(SIGPIPE, SIG_IGN)
exit(measure())
