// The parts under test as a program: for tests beside a journald, as another user, on a full disk, under signals.
//
//   ServiceProbe watch STATE INBOX...        the service with the fake audit, until SIGTERM
//   ServiceProbe entries                     sends one entry of each kind that the tests read back
//   ServiceProbe notify                      tells systemd all it can
//   ServiceProbe write PATH BYTES...         writes a file atomically, or several as a group
//   ServiceProbe writers PATH                says whether somebody has the file open for writing
//   ServiceProbe walk FOLDER                 tells what a walk tells
//   ServiceProbe measure FOLDER              walks it: files, KiB that memory grew after the first step, longest step in ms
//   ServiceProbe filesystem FOLDER BEHIND    what holds FOLDER, and which files made in BEHIND and FOLDER inotify tells
//   ServiceProbe hold PATH                   holds the lock until it is killed

import AuditService
import Glibc
import LinuxIO
import Systemd
import SystemPackage
import TestSupport

func fail(_ message: String, _ code: CInt) -> Never {
    let line = Array((message + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(code)
}

func walk(_ root: FilePath) {
    let walk = FolderWalk(root: root)
    while true {
        switch walk.next(atMost: 100, ignoring: { _, _ in false }, enter: { _, _ in true }) {
        case .files(_, let files): files.forEach { print("file", $0.path) }
        case .left(let path): print("left", path)
        case .unreadable(let path, let error): print("unreadable", path, error.errno)
        case .finished: return
        }
    }
}

func measureWalk(_ root: FilePath) {
    func peakKibibytes() -> Int {
        // The most memory that was ever resident, see proc_pid_status(5).
        let words = (try? KernelFile.words("/proc/self/status")) ?? []
        return words.firstIndex(of: "VmHWM:").flatMap { Int(words[$0 + 1]) } ?? 0
    }
    let walk = FolderWalk(root: root)
    var files = 0
    var first: Int?
    var longest = Duration.zero
    while true {
        let start = ContinuousClock.now
        let step = walk.next(atMost: 200, ignoring: { _, _ in false }, enter: { _, _ in true })
        longest = max(longest, .now - start)
        first = first ?? peakKibibytes()
        switch step {
        case .files(_, let some): files += some.count
        case .left: break
        case .unreadable(let path, let error): fail("\(path): \(error)", 1)
        case .finished:
            return print(files, peakKibibytes() - (first ?? 0), longest.nanoseconds / 1_000_000)
        }
    }
}

func describe(_ folder: FilePath, behind: FilePath) throws {
    let descriptor = try Files.open(folder, O_RDONLY | O_DIRECTORY)
    print(FileSystem.name(descriptor), FileSystem.isBlind(descriptor) ? "blind" : "seeing")
    guard FileSystem.name(path: folder) == FileSystem.name(descriptor),
        FileSystem.isBlind(path: folder) == FileSystem.isBlind(descriptor)
    else { fail("the path says something else", 1) }
    let inotify = try Inotify()
    _ = try inotify.add(path: folder, for: [.created])
    try Files.write("", to: behind.appending("behind"))
    try Files.write("", to: folder.appending("through"))
    // Events come in the order of the changes: after the second there is none of the first to wait for.
    var names: [String] = []
    _ = try eventually {
        names += try inotify.read().compactMap { $0.name.map { String(decoding: $0, as: UTF8.self) } }
        return names.contains("through")
    }
    print("told:", names.joined(separator: " "))
}

let arguments = CommandLine.arguments
do {
    switch (arguments.dropFirst().first, arguments.count) {
    case ("watch", 4...):
        let settings = ServiceSettings(
            inboxes: arguments[3...].enumerated().map { index, path in
                Inbox(name: index == 0 ? nil : "inbox-\(index)", path: FilePath(path))
            },
            stateFolder: FilePath(arguments[2]),
            sha256: testDigest
        )
        print("ended by", try WatchService(settings: settings, auditor: WordAuditor()).run())
    case ("entries", 2):
        let writer = JournalWriter()
        print(writer.isReachable ? "journal" : "standard error")
        writer.write(
            JournalEntry(
                message: "审核完成",
                messageID: "00000000000000000000000000000001",
                priority: .warning,
                identifier: "probe",
                fields: [
                    JournalField("NIANBAO_FILE", Array("/inbox/".utf8) + [0xC4, 0xEA, 0xB1, 0xA8]),
                    JournalField("NIANBAO_RULE", "fee.missing"),
                    JournalField("NIANBAO_RULE", "applications.balance"),
                    JournalField("NIANBAO_EXPLAIN", "第一行\n第二行"),
                ]
            )
        )
        writer.write(
            JournalEntry(
                message: "太长",
                messageID: "00000000000000000000000000000002",
                priority: .info,
                identifier: "probe",
                fields: [JournalField("NIANBAO_EXPLAIN", String(repeating: "年报", count: 50_000))]
            )
        )
    case ("notify", 2):
        let notifier = Notifier()
        notifier.ready(status: "2 个收件夹\nMAINPID=1")
        notifier.status("忙")
        notifier.stopping()
    case ("write", 4):
        let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: Int(arguments[3]) ?? 0)
        try AtomicFile.write(bytes, to: FilePath(arguments[2]))
    case ("write", 5...):
        let words = Array(arguments.dropFirst(2))
        let group = stride(from: 0, to: words.count - 1, by: 2).map { index in
            (
                bytes: [UInt8](repeating: UInt8(ascii: "x"), count: Int(words[index + 1]) ?? 0),
                path: FilePath(words[index])
            )
        }
        let failures = AtomicFile.GroupWriter().write(group).compactMap { $0 }
        if !failures.isEmpty { fail(failures.map(\.description).joined(separator: "\n"), 1) }
    case ("writers", 3):
        let file = try SafeFile(opening: FilePath(arguments[2]))
        print(file.writers())
    case ("walk", 3):
        walk(FilePath(arguments[2]))
    case ("measure", 3):
        measureWalk(FilePath(arguments[2]))
    case ("filesystem", 4):
        try describe(FilePath(arguments[2]), behind: FilePath(arguments[3]))
    case ("hold", 3):
        let lock = try FileLock(at: FilePath(arguments[2]))
        print("held")
        fflush(nil)
        withExtendedLifetime(lock) { while true { pause() } }
    default:
        fail("see the head of \(#filePath)", 64)
    }
} catch {
    fail("\(error)", 1)
}
