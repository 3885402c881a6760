import CLinuxShims
import Conversion
import Glibc
import LinuxIO
import SystemPackage
import Testing

/// Programs are started with nothing of ours, and end with everything that came of them.
@Suite struct ToolRunnerTests {
    private let bench: Bench

    init() throws { bench = try Bench() }

    // MARK: - What a program gets

    @Test func itGivesBackStatusAndOutput() throws {
        let result = try bench.run("echo out \"$1\"; echo err >&2; exit 3", ["年报"])
        #expect(result.ending == .exited(3))
        #expect(result.text == "out 年报\n")
        #expect(result.errorText == "err\n")
    }

    @Test func theEnvironmentIsCleared() throws {
        setenv("NIANBAO_SECRET", "1", 1)
        defer { unsetenv("NIANBAO_SECRET") }
        let result = try bench.run("env; echo \"home=$HOME\"; pwd; umask; ulimit -c")
        #expect(!result.text.contains("NIANBAO_SECRET"), "\(result.text)")
        let lines = result.text.split(separator: "\n")
        let home = try #require(lines.first { $0.hasPrefix("home=") }).dropFirst(5)
        #expect(home.hasPrefix(bench.folder.path.string + "/run-"), "HOME is \(home)")
        #expect(lines.contains("TMPDIR=\(home)"))
        #expect(lines.suffix(3) == [home, "0077", "0"])
    }

    @Test func noDescriptorIsInherited() throws {
        // Not closed on exec: as a library might leave one open.
        let open = try FileDescriptor.open("/etc/hostname", .readOnly)
        try open.closeAfter {
            _ = fcntl(open.rawValue, F_SETFD, 0)
            let result = try bench.run("ls /proc/self/fd")
            #expect(result.text.split(separator: "\n").sorted() == ["0", "1", "2", "3"], "3 is the list itself")
        }
    }

    @Test func signalsAreAsInAFreshProcess() throws {
        // SIGTERM is blocked in the calling thread, as in threads of a Swift task.
        var term = sigset_t()
        var before = sigset_t()
        sigemptyset(&term)
        sigaddset(&term, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &term, &before)
        signal(SIGUSR1, SIG_IGN)
        defer {
            pthread_sigmask(SIG_SETMASK, &before, nil)
            signal(SIGUSR1, SIG_DFL)
        }
        let result = try bench.run("grep -E 'Sig(Blk|Ign)' /proc/self/status; kill -TERM $$; echo alive")
        #expect(result.ending == .signalled(SIGTERM))
        #expect(result.text.split(separator: "\n").map { $0.suffix(16) }.first == "0000000000000000", "\(result.text)")
        #expect(!result.text.contains("alive"))
    }

    @Test func itsFolderIsPrivateAndGoesWithAllInIt() throws {
        var path: FilePath?
        do {
            let folder = try bench.runFolder()
            path = folder.path
            let nested =
                "mkdir -p a/b/c; echo x > a/b/c/d; mkfifo e; ln -s / f; chmod 000 a/b; chmod 000 a; stat -c %a ."
            let tool = try Tool(bench.script("nested", nested), [], limits: .roomy())
            #expect(try ToolRunner.run(tool, in: folder).text == "700\n")
        }
        let left = try #require(path)
        #expect(access(left.string, F_OK) != 0, "\(left) is still there")
        #expect(contents(of: "/etc/passwd") != nil)
    }

    // MARK: - What a program may not do

    @Test func aHangingProgramIsEnded() throws {
        let start = ContinuousClock.now
        let result = try bench.run("trap '' TERM; while :; do sleep 1000; done") { $0.wallTime = .milliseconds(300) }
        #expect(result.ending == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func everyDescendantIsEnded() throws {
        let mark = "87654.\(UInt32.random(in: 100_000...999_999))"
        let forks = """
            setsid sh -c 'setsid sleep \(mark) >/dev/null 2>&1 & exec sleep \(mark)' >/dev/null 2>&1 &
            (sleep \(mark) >/dev/null 2>&1 &)
            echo started
            """
        let result = try bench.run(forks)
        #expect(result.ending == .exited(0))
        #expect(result.text == "started\n")
        #expect(processes(with: mark).isEmpty)
        let hung = try bench.run(forks + "\nsleep \(mark)") { $0.wallTime = .milliseconds(500) }
        #expect(hung.ending == .timedOut)
        #expect(processes(with: mark).isEmpty)
    }

    @Test func anotherRunIsNotDisturbed() async throws {
        // Two at a time in one process: the end of the short one must not end the long one.
        let bench = bench
        async let long = Task.detached { try bench.run("sleep 1; echo whole") }.value
        for _ in 0..<5 { _ = try bench.run("true") }
        #expect(try await long.text == "whole\n")
    }

    @Test(.enabled(if: shim_has_call_filter() != 0, "this machine has no seccomp"))
    func processesAreRefused() throws {
        let mark = "87654.\(UInt32.random(in: 100_000...999_999))"
        let result = try bench.run("sleep \(mark) & sleep \(mark)") { $0.processes = 1 }
        #expect(result.ending == .exited(2), "\(result.errorText)")
        #expect(processes(with: mark).isEmpty)
        let threads = """
            exec python3 -c '
            import os, subprocess, threading
            t = threading.Thread(target=print, args=("thread",)); t.start(); t.join()
            for start in (os.fork, lambda: subprocess.run(["/bin/true"]), lambda: os.posix_spawn("/bin/true", ["true"], {})):
                try: start(); print("started")
                except OSError as e: print(e.errno)'
            """
        #expect(try bench.run(threads) { $0.processes = 1 }.text == "thread\n1\n1\n1\n")
    }

    @Test func processesAreCounted() throws {
        let mark = "87654.\(UInt32.random(in: 100_000...999_999))"
        let result = try bench.run("for i in 1 2 3 4 5 6 7 8 9; do sleep \(mark) & done; wait") { $0.processes = 6 }
        #expect(result.ending == .tooManyProcesses)
        #expect(processes(with: mark).isEmpty)
    }

    @Test func memoryIsLimited() throws {
        let eat = "exec python3 -c 'b = bytearray(300 << 20); import time; time.sleep(1000)'"
        let resident = try bench.run(eat) { $0.residentMemory = 100 << 20 }
        #expect(resident.ending == .tooMuchMemory)
        let mapped = try bench.run(eat) { $0.addressSpace = 200 << 20 }
        #expect(mapped.ending == .exited(1))
        #expect(mapped.errorText.contains("MemoryError"), "\(mapped.errorText)")
    }

    @Test func outputIsLimited() throws {
        let output = try bench.run("yes") { $0.outputBytes = 100_000 }
        #expect(output.ending == .tooMuchOutput)
        #expect(output.output.count == 100_000)
        // Errors are only kept in part; that is no reason to end it.
        let errors = try bench.run("yes | head -c 1000000 >&2; echo done")
        #expect(errors.ending == .exited(0))
        #expect(errors.errors.count == ToolRunner.errorBytes)
        #expect(errors.text == "done\n")
    }

    @Test func filesAndProcessorTimeAreLimited() throws {
        let file = try bench.run("exec head -c 100000 /dev/zero > big") { $0.fileBytes = 50_000 }
        #expect(file.ending == .signalled(SIGXFSZ))
        let processor = try bench.run("while :; do :; done") { $0.processorSeconds = 1 }
        #expect([.signalled(SIGXCPU), .signalled(SIGKILL)].contains(processor.ending))
        // The kernel counts by its own ticks.
        #expect(processor.processorTime >= .milliseconds(500))
    }

    @Test func aCrashIsASignal() throws {
        #expect(try bench.run("kill -SEGV $$").ending == .signalled(SIGSEGV))
    }

    @Test func aMissingProgramIsNamed() throws {
        let missing = bench.folder("none")
        #expect(throws: ToolFailure.notFound(missing)) {
            try ToolRunner.run(Tool(missing, [], limits: .roomy()), in: bench.runFolder())
        }
        let interpreter = bench.folder("bad")
        try bench.folder.write(Array("#!/nowhere/sh\n".utf8), to: interpreter)
        chmod(interpreter.string, 0o755)
        #expect(throws: ToolFailure.notFound(interpreter)) {
            try ToolRunner.run(Tool(interpreter, [], limits: .roomy()), in: bench.runFolder())
        }
    }

    @Test(.enabled(if: shim_landlock_version() > 0, "this kernel has no Landlock"))
    func itWritesAndReadsOnlyWhereItMay() throws {
        let outside = bench.folder("outside")
        let secret = bench.folder("secret")
        try bench.folder.write(Array("secret".utf8), to: secret)
        let result = try bench.run("echo x > '\(outside)'; cat '\(secret)'; echo y > inside && cat inside")
        #expect(result.text == "y\n")
        #expect(access(outside.string, F_OK) != 0)
        let program = try bench.script("granted", "cat '\(secret)'")
        let tool = Tool(program, [], limits: .roomy(), readablePaths: [secret])
        #expect(try ToolRunner.run(tool, in: bench.runFolder()).text == "secret")
    }

    @Test(.enabled(if: shim_has_call_filter() != 0, "this machine has no seccomp"))
    func thereIsNoNetwork() throws {
        let script = """
            exec python3 -c '
            import socket
            for family, kind in ((2, 1), (2, 2), (10, 1), (16, 3), (17, 3)):
                try: socket.socket(family, kind); print("open", family)
                except OSError as e: print(e.errno)
            print("local", socket.socket(1, 1).family == 1)'
            """
        #expect(try bench.run(script).text == "1\n1\n1\n1\n1\nlocal True\n")
    }
}
