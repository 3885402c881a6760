// Other programs, run from tests.

import Glibc
import LinuxIO
import SystemPackage

/// What a program left behind.
public struct CommandResult: Sendable {
    /// The exit code, or 128 + the signal that ended it.
    public let status: CInt
    /// Its standard output.
    public let output: String
    /// Its standard error.
    public let errors: String
}

/// A program that runs.
public final class Command: Sendable {
    /// Its process.
    public let process: pid_t
    private let isRunning = Monitor(true)
    private let outputFile: FilePath
    private let errorFile: FilePath

    /// Starts a program, found by `PATH`, with the signals of a fresh shell: a test's thread may block some.
    public init(_ arguments: [String], environment: [String: String] = [:]) throws {
        let name = "/tmp/command-\(getpid())-\(UInt64.random(in: .min ... .max))"
        outputFile = FilePath(name + ".out")
        errorFile = FilePath(name + ".err")

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, name + ".out", O_WRONLY | O_CREAT | O_EXCL, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, name + ".err", O_WRONLY | O_CREAT | O_EXCL, 0o600)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        var none = sigset_t()
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        var variables: [UnsafeMutablePointer<CChar>?] = []
        var next = environ
        while let variable = next.pointee {
            variables.append(strdup(variable))
            next += 1
        }
        variables += environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { (variables + words).forEach { free($0) } }

        var process = pid_t()
        let code = posix_spawnp(&process, arguments[0], &actions, &attributes, &words, &variables)
        guard code == 0 else {
            throw SystemCallError(call: "posix_spawnp", path: FilePath(arguments[0]), errno: code)
        }
        self.process = process
    }

    /// What it has written to standard error so far.
    public var errorsSoFar: String { Self.text(errorFile) }

    /// Whether it has ended; its result still waits for ``wait()``.
    public var hasEnded: Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) != 0 || information.si_signo != 0
    }

    /// A test that failed must not leave a service behind.
    deinit {
        if isRunning.withLock({ $0 }) {
            kill(process, SIGKILL)
            _ = wait()
        }
    }

    /// Sends a signal.
    public func signal(_ number: CInt) {
        kill(process, number)
    }

    /// Waits for its end.
    public func wait() -> CommandResult {
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        isRunning.withLock { $0 = false }
        let result = CommandResult(
            status: status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F),
            output: Self.text(outputFile),
            errors: Self.text(errorFile)
        )
        for file in [outputFile, errorFile] {
            unlink(file.string)
        }
        return result
    }

    /// Runs a program to its end.
    public static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> CommandResult {
        try Command(arguments, environment: environment).wait()
    }

    /// Runs a shell script, `$1` and so on are `arguments`.
    ///
    /// - Parameters:
    ///   - withJournal: beside a journald of its own.
    ///   - inNamespace: where it may mount what it likes.
    ///   - asUser: in a user namespace with limits of its own in /proc/sys/user.
    public static func script(
        _ script: String,
        _ arguments: [String],
        withJournal: Bool = false,
        inNamespace: Bool = false,
        asUser: Bool = false
    ) throws -> CommandResult {
        let namespace = ["unshare", "--mount", "--propagation", "private", "--"]
        let prefix =
            withJournal ? [TestPaths.withJournald] : inNamespace ? namespace : asUser ? ["unshare", "-Ur", "--"] : []
        return try run(prefix + ["bash", "-euo", "pipefail", "-c", script, "test"] + arguments)
    }

    private static func text(_ file: FilePath) -> String {
        String(decoding: (try? SafeFile.read(path: file).bytes) ?? [], as: UTF8.self)
    }
}

/// Where things of this package lie.
public enum TestPaths {
    /// The script that runs a journald.
    public static var withJournald: String {
        FilePath(#filePath).removingLastComponent().appending("with-journald").string
    }

    /// The program that the tests run, built beside them.
    public static var probe: String {
        get throws {
            try FilePath("/proc/self/exe").resolved().removingLastComponent().appending("ServiceProbe").string
        }
    }
}
