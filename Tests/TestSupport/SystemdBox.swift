// The real systemd as the first process of a box, made of this machine's own root.

import Glibc
import LinuxIO
import SystemPackage

/// A booted box: nothing that happens in it reaches the machine, and it ends with this value, or with the test process,
/// however that ends.
public final class SystemdBox: Sendable {
    /// Why there is no box.
    public struct Failure: Error, CustomStringConvertible {
        /// What the script said.
        public let description: String
    }

    private let folder: TemporaryFolder
    private let script: Command
    /// The write end of the script's standard input: the script ends the box when it is closed.
    private let lifeline: CInt
    /// The box's first process as seen from here.
    private let first: pid_t

    /// Whether boxes are wanted: always, but for `SYSTEMD_BOX=0`.
    public static var isWanted: Bool { getenv("SYSTEMD_BOX").map { String(cString: $0) } != "0" }

    private static var program: String {
        FilePath(#filePath).removingLastComponent().appending("systemd-box").string
    }

    /// Boots one; takes a second or two.
    ///
    /// - Parameter share: is seen in the box as `/mnt`, read-only.
    public init(sharing share: FilePath) throws {
        folder = try TemporaryFolder()
        let pipe = folder("lifeline")
        try systemCall("mkfifo", pipe) { pipe.withPlatformString { mkfifo($0, 0o600) } }
        let state = folder.path
        script = try Command([
            "bash", "-c", #"exec "$1" "$2" "$3" < "$2/lifeline""#, "box", Self.program, state.string, share.string,
        ])
        // Not before the script has it open, too: opening a pipe waits for its other end.
        lifeline = try Files.open(pipe, O_WRONLY)
        let script = script
        guard eventually(within: .seconds(60), { Files.exists(state.appending("up")) || script.hasEnded }),
            let number = Files.read(state.appending("up")).flatMap({ pid_t($0.filter { $0 != "\n" }) })
        else {
            close(lifeline)
            throw Failure(
                description: "no box with systemd: \(script.errorsSoFar) "
                    + "(\(Files.read(state.appending("console")) ?? "no console")). SYSTEMD_BOX=0 leaves these tests out."
            )
        }
        first = number
    }

    /// Waits until nothing of it is left.
    deinit {
        close(lifeline)
        _ = script.wait()
    }

    /// A file of the box, as seen from here.
    public func path(_ path: String) -> FilePath { FilePath("/proc/\(first)/root\(path)") }

    /// Runs a program in the box as root.
    public func run(_ arguments: [String]) throws -> CommandResult {
        try Command.run([Self.program, folder.path.string, "--"] + arguments)
    }

    /// Runs a shell script in the box; `$1` and so on are `arguments`. Fails where the script does.
    ///
    /// - Returns: its standard output.
    @discardableResult
    public func shell(_ script: String, _ arguments: String..., as user: String? = nil) throws -> String {
        let prefix = user.map { ["runuser", "-u", $0, "--"] } ?? []
        return try output(prefix + ["bash", "-euo", "pipefail", "-c", script, "box"] + arguments)
    }

    /// Entries of the box's journal; everything logged before is among them.
    public func journal(_ matches: String...) throws -> [JournalRecord] {
        let script = #"journalctl --sync; journalctl --all -o json "$@" || true"#
        return try JournalRecord.all(in: output(["bash", "-c", script, "box"] + matches))
    }

    private func output(_ arguments: [String]) throws -> String {
        let result = try run(arguments)
        guard result.status == 0 else {
            throw Failure(
                description: "\(arguments.joined(separator: " ")) ended with \(result.status): "
                    + "\(result.output)\(result.errors)"
            )
        }
        return result.output
    }
}
