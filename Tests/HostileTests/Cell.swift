// Where the program runs in these tests: alone, so that whatever is left afterwards is its own.

import Glibc
import LinuxIO
import ReportGenerator
import SystemPackage
import TestSupport

/// A folder, and scripts run in it with processes and a /tmp of their own.
struct Cell {
    let folder: TemporaryFolder

    /// Not below /tmp, which the scripts do not see.
    init() throws { folder = try TemporaryFolder(in: "/var/tmp") }

    /// What `leave` should print.
    static let nothingLeft = "processes left: \nfiles left: \n"

    /// Runs a script in the folder. In it: `memory` looks at the peak memory of all processes from now on; `watch` starts
    /// the service with config.yaml, `results N` waits until there are N, `stop` ends it; `leave` prints what there is
    /// besides the script.
    func run(_ script: String) throws -> CommandResult {
        let prelude = """
            folder=$1; program=$2
            mount -t tmpfs none /tmp
            cd "$folder"
            unset NOTIFY_SOCKET LC_ALL LC_MESSAGES
            export LANG=zh_CN.UTF-8 SWIFT_BACKTRACE=enable=no
            wait_for() { for ((try = 0; try < 3000; try++)); do "$@" && return; sleep 0.1; done; echo "waited in vain: $*"; }
            memory() {
                while :; do
                    grep -hsE '^(Name|VmHWM)' /proc/[0-9]*/status >> memory || true
                    sleep 0.2
                done & sampler=$!
            }
            watch() { "$program" watch --config config.yaml 2> errors & service=$!; }
            there_are() {
                [ "$(find state/results -name '*.audit.json' 2> /dev/null | tr -dc '\\n' | wc -c)" -ge "$1" ] \\
                    || ! kill -0 $service
            }
            results() { wait_for there_are "$1"; }
            stop() {
                local status=0
                kill -TERM $service
                wait $service || status=$?
                echo "ended with $status"
            }
            others() { cat /proc/[0-9]*/comm 2> /dev/null | grep -vxE 'bash|cat|grep|sort|paste' || true; }
            only_this() { [ -z "$(others)" ]; }
            leave() {
                kill $sampler
                wait $sampler || true
                wait_for only_this
                echo "processes left: $(others | sort | paste -sd' ')"
                echo "files left: $(ls -A /tmp | paste -sd' ')"
            }

            """
        return try Command.run([
            "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private", "--",
            "bash", "-euo", "pipefail", "-c", prelude + script, "test", folder.path.string, try TestPaths.nianbao,
        ])
    }

    // MARK: - Files

    /// Writes a file in the folder.
    func write(_ bytes: [UInt8], _ name: String, mode: mode_t = 0o644) throws {
        try AtomicFile.write(bytes, to: folder(name), mode: mode)
    }

    /// config.yaml: the inbox `in`, the state folder `state`, and `more`.
    func configure(_ more: String = "") throws {
        let text = "inboxes:\n  - path: \(folder("in"))\nstate: \(folder("state"))\n\(more)\n"
        try write(Array(text.utf8), "config.yaml")
    }

    /// good/good.docx and good/good.txt: a report that passes.
    func writeGoodReports() throws {
        var generator = ReportGenerator(seed: 7)
        let report = generator.report(edition: .edition2021, shape: .cellPerLine, options: .init(year: 2023))
        try Files.makeFolder(folder("good"))
        try write(report.docx([]), "good/good.docx")
        try write(Array(report.text.utf8), "good/good.txt")
    }

    // MARK: - What came of it

    private func resultPath(_ name: String) -> FilePath { folder("state/results").appending(name + ".audit.json") }

    /// What the service says of a file; nil where it says nothing.
    func result(_ name: String) throws -> AuditRecord? {
        try Files.read(resultPath(name)).map { try AuditRecord(json: $0) }
    }

    /// When it said so, in nanoseconds since 1970; nil where it did not.
    func resultTime(_ name: String) -> Int64? { try? FileStatus(of: resultPath(name)).identity.changed }

    /// The most memory that a process of each name held, in MiB, as `memory` saw it.
    var peaks: [String: Int] {
        var peaks: [String: Int] = [:]
        var name = "?"
        for line in (Files.read(folder("memory")) ?? "").split(separator: "\n") {
            let words = line.split { $0 == "\t" || $0 == " " }
            guard words.count > 1 else { continue }
            if words[0] == "Name:" { name = String(words[1]) }
            guard words[0] == "VmHWM:", let kibibytes = Int(words[1]) else { continue }
            peaks[name] = max(peaks[name] ?? 0, kibibytes / 1024)
        }
        return peaks
    }
}
