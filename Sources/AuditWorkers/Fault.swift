// What a worker can do wrong, on command. Only in debug builds, and only in workers that a test has started so.

import CLinuxShims
import Glibc

/// A document that makes a worker misbehave, if the pool ``WorkerPool/Settings/honoursFaults``.
public enum Fault: String, Sendable, CaseIterable {
    /// Traps, as Swift does at an index out of range.
    case trap
    /// Calls abort(3).
    case abort
    /// Reads from where nothing is.
    case segfault
    /// Uses up its stack.
    case recursion
    /// Ends in silence with exit code 0.
    case exit
    /// Kills itself as an administrator would.
    case killed
    /// Waits for ever.
    case hang
    /// Computes for ever.
    case spin
    /// Allocates and uses memory without end.
    case eatMemory = "eat-memory"
    /// Asks for more memory at once than there can be.
    case askMemory = "ask-memory"
    /// Holds much memory from then on, and answers.
    case grow
    /// Answers with what is no frame.
    case garbage
    /// Announces a frame that is too long.
    case giant
    /// Answers a document that nobody asked for.
    case stranger
    /// Says that it is ready when nobody asks.
    case chatter
    /// Closes its socket and waits.
    case deaf
    /// Starts a process that makes a session of its own and writes its number to the file named after; goes on.
    case grandchild
    /// The same, and traps.
    case orphan
    /// Waits as many milliseconds as the text says.
    case nap
    /// Sends the document to the office lane, wherever it is.
    case reroute
    /// Tries what a worker needs no more; traps when it may.
    case reach

    static let marker = Array("\u{1}nianbao fault ".utf8)

    /// A document that commands the fault, with `text` for it to see or audit.
    public func document(_ text: String = "") -> [UInt8] { Self.marker + Array("\(rawValue)\n\(text)".utf8) }
}

/// The faults of one worker.
struct Faults {
    private let isHonoured: Bool
    private var held: [[UInt8]] = []

    init(isHonoured: Bool) { self.isHonoured = isHonoured }

    /// Does what `document` commands, if it does.
    ///
    /// - Returns: a lane to send it to.
    mutating func commit(_ document: [UInt8]) -> Lane? {
        #if DEBUG
            guard isHonoured, document.starts(with: Fault.marker) else { return nil }
            let lines = document.dropFirst(Fault.marker.count).split(separator: 0x0A).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard let fault = lines.first.flatMap(Fault.init) else { return nil }
            if fault == .reroute { return .office }
            commit(fault, lines.dropFirst().first ?? "")
        #endif
        return nil
    }

    #if DEBUG
        private mutating func commit(_ fault: Fault, _ text: String) {
            switch fault {
            case .trap: fatalError("a fault of a test")
            case .abort: Glibc.abort()
            case .segfault: UnsafeMutablePointer<UInt8>(bitPattern: 16)?.pointee = 1
            case .recursion: print(Self.depth(of: UInt64(text.utf8.count)))
            case .exit: Glibc.exit(0)
            case .killed: kill(getpid(), SIGKILL)
            case .hang: while true { sleep(1000) }
            case .spin: while true { errno &+= 1 }
            case .eatMemory: while true { held.append([UInt8](repeating: 1, count: 1 << 20)) }
            case .askMemory: held.append([UInt8](repeating: 1, count: 1 << 45))
            case .grow: held.append([UInt8](repeating: 1, count: 300 << 20))
            case .garbage: say([3, 0, 0, 0, 9, 9, 9])
            case .giant: say([0xFF, 0xFF, 0xFF, 0xFF])
            case .stranger: WorkerChannel().send(Reply.reroute(id: 77, .pdf).encoded())
            case .chatter: WorkerChannel().send(Reply.ready.encoded())
            case .deaf:
                close(WorkerChannel.descriptor)
                while true { sleep(1000) }
            case .grandchild: Self.start(writingTo: text)
            case .orphan:
                Self.start(writingTo: text)
                fatalError("a fault of a test")
            case .nap: usleep(1000 * (UInt32(text) ?? 0))
            case .reroute: break
            case .reach: reach()
            }
        }

        private func say(_ bytes: [UInt8]) { send(WorkerChannel.descriptor, bytes, bytes.count, 0) }

        private static func depth(of number: UInt64) -> UInt64 { number == .max ? 0 : depth(of: number &+ 1) &+ 1 }

        /// It gets the socket, as from a careless library.
        private static func start(writingTo file: String) {
            _ = fcntl(WorkerChannel.descriptor, F_SETFD, 0)
            let script = "echo $$ > \(file).new; mv \(file).new \(file); exec sleep 1000"
            var words = ["setsid", "sh", "-c", script].map { (word: String) in strdup(word) } + [nil]
            var environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/bin:/bin"), nil]
            defer { (words + environment).forEach { free($0) } }
            posix_spawnp(nil, "setsid", nil, nil, &words, &environment)
            while access(file, F_OK) != 0 { usleep(1000) }
        }

        private func reach() {
            let file = open("/etc/passwd", O_RDONLY)
            precondition(file < 0, "a file was opened")
            precondition(socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0) < 0, "a socket was made")
            precondition(kill(getppid(), 0) < 0, "another process was reached")
        }
    #endif
}
