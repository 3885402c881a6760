// Programs that behave badly, and where they run.

import Conversion
import Glibc
import LinuxIO
import SystemPackage
import Testing

/// A folder for the programs of a test and a folder to run them in.
struct Bench {
    let folder: PrivateFolder

    init() throws { folder = try PrivateFolder(in: "/tmp", prefix: "nianbao-conversion-test-") }

    /// A shell script as a program.
    func script(_ name: String = "tool", _ lines: String) throws -> FilePath {
        let path = folder(name)
        try folder.write(Array("#!/bin/sh\n\(lines)\n".utf8), to: path)
        try #require(path.withPlatformString { chmod($0, 0o755) } == 0)
        return path
    }

    /// Runs a shell script to its end.
    func run(
        _ lines: String,
        _ arguments: [String] = [],
        _ change: (inout ToolLimits) -> Void = { _ in }
    ) throws -> ToolResult {
        let program = try script("tool-\(UInt32.random(in: .min ... .max))", lines)
        return try ToolRunner.run(Tool(program, arguments, limits: .roomy(change)), in: runFolder())
    }

    func runFolder() throws -> PrivateFolder { try PrivateFolder(in: folder.path, prefix: "run-") }
}

extension ToolLimits {
    /// Limits that no test meets by accident, also on a busy machine.
    static func roomy(_ change: (inout ToolLimits) -> Void = { _ in }) -> ToolLimits {
        var limits = ToolLimits(
            wallTime: .seconds(60),
            processorSeconds: 60,
            addressSpace: 4 << 30,
            residentMemory: 2 << 30,
            processes: 64,
            outputBytes: 1 << 20,
            fileBytes: 64 << 20
        )
        change(&limits)
        return limits
    }
}

extension ToolResult {
    var text: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// The processes whose command line holds `mark`.
func processes(with mark: String) -> [Int] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var found: [Int] = []
    while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { UnsafeRawPointer($0) }
        let process = Int(atoi(name.assumingMemoryBound(to: CChar.self)))
        guard process > 0, process != Int(getpid()), let line = contents(of: FilePath("/proc/\(process)/cmdline"))
        else { continue }
        if line.contains(mark) { found.append(process) }
    }
    return found
}

/// A small file as text.
func contents(of path: FilePath) -> String? {
    guard let file = try? FileDescriptor.open(path, .readOnly) else { return nil }
    return try? file.closeAfter {
        try String(unsafeUninitializedCapacity: 1 << 16) { try file.read(into: UnsafeMutableRawBufferPointer($0)) }
    }
}

/// Looks every few milliseconds until `condition` holds; false when it does not within `limit`.
func eventually(within limit: Duration = .seconds(30), _ condition: () throws -> Bool) rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while try !condition() {
        if deadline < .now { return false }
        usleep(2000)
    }
    return true
}
