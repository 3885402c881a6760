// The inside of a worker process.

import AuditEngine
import AuditRules
import CLinuxShims
import DocumentModel
import Extraction
import Glibc
import LinuxIO
import ReportModel

/// The hidden command `nianbao worker`: audits what the pool hands over, until the pool goes.
public enum WorkerProgram {
    /// The name of the command. Nobody but ``WorkerPool`` starts it.
    public static let command = "worker"
    static let faultsFlag = "--faults"

    /// Works until the pool closes its end.
    ///
    /// - Parameter tools: what runs the converters, in the lanes that have some.
    public static func run(arguments: [String], tools: @autoclosure () -> any DocumentTools) -> Never {
        work(arguments, tools())
        // The converters have cleaned up: nothing refers to them any more.
        exit(0)
    }

    private static func work(_ arguments: [String], _ tools: any DocumentTools) {
        var kind = stat()
        guard fstat(WorkerChannel.descriptor, &kind) == 0, kind.st_mode & S_IFMT == S_IFSOCK else {
            let text = "nianbao: “worker” 是内部命令，由 watch 和 audit 自行启动。\n"
            _ = write(STDERR_FILENO, text, text.utf8.count)
            exit(64)  // EX_USAGE, sysexits.h
        }
        WorkerProcess.memoryNote.withUTF8Buffer { note in
            note.withMemoryRebound(to: CChar.self) { shim_note_memory_deaths($0.baseAddress) }
        }
        let channel = WorkerChannel()
        guard let first = channel.receive(), case .begin(let lane, let settings)? = try? Request(first) else {
            exit(0)
        }
        // No converter gets it.
        _ = fcntl(WorkerChannel.descriptor, F_SETFD, FD_CLOEXEC)
        // As `ps` and `top` show it; it was started as /proc/self/exe.
        shim_name_this_thread("nianbao-\(lane)")
        if lane == .quick {
            keepEncodings()
            shim_give_up_the_system()
        }
        // One thread, and a document at a time: a heap that shrinks and grows with each costs more than it gives back.
        shim_tune_heap(1, 1 << 20, 4 << 20)
        let rules = RuleSet(settings: settings)
        var faults = Faults(isHonoured: arguments.contains(faultsFlag))
        channel.send(Reply.ready.encoded())
        var batch: [Engine.Document] = []
        while let frame = channel.receive(), let request = try? Request(frame) {
            switch request {
            case .begin:
                exit(EXIT_FAILURE)
            case .document(let id, let time, let today, let job):
                batch.append(Engine.Document(id: id, time: time, today: today, job: job))
            case .work:
                // What came before is no reason of what comes now (`shim_note_memory_deaths`).
                errno = 0
                batch.removeAll { document in
                    guard let lane = faults.commit(document.job.document) else { return false }
                    channel.send(Reply.reroute(id: document.id, lane).encoded())
                    return true
                }
                Engine(rules: rules, lane: lane, tools: tools).audit(batch) { channel.send($0.encoded()) }
                batch.removeAll()
            }
        }
    }

    /// iconv(3) reads its tables from files; once read they stay as long as a descriptor is open.
    private static func keepEncodings() {
        for name in ["GB18030", "BIG5", "UTF-16LE", "UTF-16BE"] {
            _ = iconv_open("UTF-8", name)
            _ = iconv_open(name, "UTF-8")
        }
    }
}

/// Audits the documents of one batch: the one place where a worker meets the engine.
struct Engine {
    struct Document {
        let id: UInt32
        let time: Int64
        let today: Day?
        let job: AuditJob

        /// Nobody but the pool, which trusts itself, names a digest: the worker need not make it again.
        var source: AuditSource { AuditSource(path: job.path, sha256: job.sha256) }

        var circumstances: Circumstances {
            var circumstances = job.whereabouts
            circumstances.today = today
            return circumstances
        }
    }

    let rules: RuleSet
    let lane: Lane
    let tools: any DocumentTools

    func audit(_ batch: [Document], _ send: (Reply) -> Void) {
        guard lane == .office else {
            for document in batch { audit(document, send) }
            return
        }
        // All in one call of the office program, which takes longer to start than to convert.
        let started = ContinuousClock.now
        let auditor = Auditor(rules: rules, tools: tools)
        let documents = batch.map { ($0.job.document, $0.source, $0.circumstances) }
        auditor.audit(documents) { index, source, result in
            send(answer(batch[index], source, result, since: started))
        }
    }

    private func audit(_ document: Document, _ send: (Reply) -> Void) {
        let started = ContinuousClock.now
        var source = document.source
        let tools = LaneTools(lane, tools)
        let result = Auditor(rules: rules, tools: tools)
            .audit(document.job.document, source: &source, under: document.circumstances)
        if let lane = tools.wantedLane {
            send(.reroute(id: document.id, lane))
        } else {
            send(answer(document, source, result, since: started))
        }
    }

    private func answer(
        _ document: Document,
        _ source: AuditSource,
        _ result: Result<Audited, Unreadable>,
        since started: ContinuousClock.Instant
    ) -> Reply {
        let audit = Audit(
            source: source,
            auditedAt: document.time,
            durationMs: Double((ContinuousClock.now - started).nanoseconds) / 1_000_000,
            result: result
        )
        return .answer(id: document.id, AuditAnswer(audit, document.job.form))
    }
}
