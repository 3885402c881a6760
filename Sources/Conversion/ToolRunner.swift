// Starts external programs on files that nobody has vetted: they may hang, fork, eat memory or do worse.

import CLinuxShims
import Glibc
import LinuxIO
import SystemPackage

/// What one run of a program may take.
public struct ToolLimits: Sendable {
    /// From its start to its end.
    public var wallTime: Duration
    /// Seconds of processor time of each of its processes (RLIMIT_CPU).
    public var processorSeconds: Int
    /// Address space of each process in bytes (RLIMIT_AS): mapped, not used.
    public var addressSpace: Int
    /// Resident memory in bytes of all its processes together, looked at every ``ToolRunner/watchInterval``.
    public var residentMemory: Int
    /// Processes at a time. 1: it cannot start any (seccomp), and nothing need be caught. More are counted every
    /// ``ToolRunner/watchInterval``, which a fork bomb outruns: only for programs that cannot do without.
    public var processes: Int
    /// Bytes of standard output.
    public var outputBytes: Int
    /// Bytes of each file that it writes (RLIMIT_FSIZE).
    public var fileBytes: Int
    /// Open descriptors of each process (RLIMIT_NOFILE).
    public var openFiles: Int

    /// Limits of a run.
    public init(
        wallTime: Duration,
        processorSeconds: Int,
        addressSpace: Int,
        residentMemory: Int,
        processes: Int,
        outputBytes: Int,
        fileBytes: Int,
        openFiles: Int = 256
    ) {
        self.wallTime = wallTime
        self.processorSeconds = processorSeconds
        self.addressSpace = addressSpace
        self.residentMemory = residentMemory
        self.processes = processes
        self.outputBytes = outputBytes
        self.fileBytes = fileBytes
        self.openFiles = openFiles
    }
}

/// A program to run.
public struct Tool: Sendable {
    /// The program, absolute.
    public var program: FilePath
    /// Its arguments, without its name.
    public var arguments: [String]
    /// Variables besides `PATH`, `HOME`, `TMPDIR` and `LANG`.
    public var environment: [String: String]
    /// Folders that it may change, besides the one that it runs in.
    public var writableFolders: [FilePath]
    /// Folders in which it may make local sockets, and nothing else. It cannot remove them.
    public var socketFolders: [FilePath]
    /// Folders and files that it may read, besides those of the system.
    public var readablePaths: [FilePath]
    /// What it may take.
    public var limits: ToolLimits

    /// A program with its arguments and limits.
    public init(
        _ program: FilePath,
        _ arguments: [String],
        limits: ToolLimits,
        environment: [String: String] = [:],
        writableFolders: [FilePath] = [],
        socketFolders: [FilePath] = [],
        readablePaths: [FilePath] = []
    ) {
        self.program = program
        self.arguments = arguments
        self.limits = limits
        self.environment = environment
        self.writableFolders = writableFolders
        self.socketFolders = socketFolders
        self.readablePaths = readablePaths
    }
}

/// How a run ended, and what it said.
public struct ToolResult: Sendable {
    /// Why it ended.
    public enum Ending: Sendable, Hashable {
        /// By itself, with this status.
        case exited(CInt)
        /// By a signal that was not ours; SIGXCPU and SIGXFSZ are the kernel's way to say that a limit is reached.
        case signalled(CInt)
        /// ``ToolLimits/wallTime`` passed.
        case timedOut
        /// ``ToolLimits/outputBytes`` was exceeded.
        case tooMuchOutput
        /// ``ToolLimits/residentMemory`` was exceeded.
        case tooMuchMemory
        /// ``ToolLimits/processes`` was exceeded.
        case tooManyProcesses
    }

    /// Why it ended.
    public var ending: Ending
    /// Standard output, at most ``ToolLimits/outputBytes``.
    public var output: [UInt8]
    /// The beginning of standard error, at most ``ToolRunner/errorBytes``: to be searched, not shown.
    public var errors: [UInt8]
    /// Processor time of all its processes that were waited for.
    public var processorTime: Duration
}

/// Why a program did not run at all.
public enum ToolFailure: Error, Sendable, Hashable {
    /// It is not there, or may not be executed.
    case notFound(FilePath)
    /// The system refused something, such as a process or a folder.
    case system(SystemCallError)
}

/// Runs programs, each in a private folder, with nothing of this process but what ``Tool`` names.
///
/// A small keeper process stands between (CLinuxShims, spawn.c): it adopts whatever the program's processes leave behind,
/// so when a run is over nothing of it is alive, also if a process forked twice and made its own session. When this
/// process dies the keeper is told so by the kernel and does the same.
///
/// Where the kernel has Landlock (5.13) the program reads only what belongs to the system and writes only to its folders;
/// where it has seccomp there are no sockets but local ones, and no processes
/// unless ``ToolLimits/processes`` allows them. Both are left out in silence where they are missing.
public enum ToolRunner {
    /// How often memory and processes are looked at: often enough that no program fills a machine in between, seldom
    /// enough that looking costs nothing.
    public static let watchInterval: Duration = .milliseconds(50)

    /// Bytes of standard error that are kept; what comes after is read and dropped, so that the program does not wait.
    public static let errorBytes = 16 * 1024

    /// How long the keeper may take to end everything before it is given up. Killing takes milliseconds; only a process
    /// that the kernel cannot wake (a dead network file system) takes longer.
    static let endingTime: Duration = .seconds(10)

    /// What a program needs of the system: itself, its libraries, fonts and settings. Not `/home`, `/srv`, `/var/lib`.
    static let systemPaths: [FilePath] = [
        "/usr", "/bin", "/lib", "/lib32", "/lib64", "/opt", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d",
        "/etc/ld.so.preload", "/etc/fonts", "/etc/libreoffice", "/etc/locale.alias", "/etc/localtime",
        "/etc/nsswitch.conf",
        "/etc/passwd", "/etc/alternatives", "/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice",
        "/proc", "/sys/devices/system/cpu",
        "/dev/urandom", "/dev/random", "/dev/zero",
    ]

    /// Runs `tool` in `folder`, which is its home and its place for temporary files too, to its end.
    ///
    /// Blocks the calling thread. Several runs may go on at a time in several threads.
    public static func run(_ tool: Tool, in folder: PrivateFolder) throws(ToolFailure) -> ToolResult {
        guard tool.program.withPlatformString({ access($0, X_OK) }) == 0 else { throw .notFound(tool.program) }
        do throws(SystemCallError) {
            return try ToolRun(tool, in: folder).result()
        } catch {
            if error.call == "execve", [ENOENT, EACCES, ENOEXEC, ENOTDIR].contains(error.errno) {
                throw .notFound(tool.program)
            }
            throw .system(error)
        }
    }
}
