// What the processes below one take together, from proc(5).

import Glibc
import LinuxIO
import SystemPackage

/// All processes that descend from one, at one moment.
struct ProcessTree {
    /// How many, without the one at the top.
    private(set) var count = 0
    /// Their resident memory in bytes. Memory that several share counts for each: an upper bound.
    private(set) var residentBytes = 0

    private static let pageSize = sysconf(CInt(_SC_PAGESIZE))

    /// More than this need not be counted: every limit is lower.
    private static let mostProcesses = 10_000

    /// Looks at the descendants of `top`. Those that end meanwhile are passed over.
    init(below top: pid_t) {
        var parents = [top]
        while let parent = parents.popLast(), count < Self.mostProcesses {
            for thread in Self.numbers(inFolder: "/proc/\(parent)/task") {
                for child in Self.numbers(inFile: "/proc/\(parent)/task/\(thread)/children") {
                    count += 1
                    // statm: total, resident, … in pages.
                    let pages = Self.numbers(inFile: "/proc/\(child)/statm")
                    residentBytes += pages.count > 1 ? pages[1] * Self.pageSize : 0
                    parents.append(pid_t(truncatingIfNeeded: child))
                }
            }
        }
    }

    /// The limit that they exceed.
    func excess(over limits: ToolLimits) -> ToolResult.Ending? {
        if residentBytes > limits.residentMemory { return .tooMuchMemory }
        return count > limits.processes ? .tooManyProcesses : nil
    }

    private static func numbers(inFolder path: String) -> [Int] {
        DirectoryScan.names(in: FilePath(path)).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    private static func numbers(inFile path: String) -> [Int] {
        ((try? KernelFile.words(FilePath(path))) ?? []).compactMap { Int($0) }
    }
}
