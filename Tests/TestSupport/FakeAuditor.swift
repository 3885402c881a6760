// What stands in for the audit, the journal and systemd where these are not what is tested.

import AuditService
import Glibc
import LinuxIO
import Systemd
import SystemPackage

/// An audit that looks at the first word: `fail`, `review`, anything else passes.
public struct WordAuditor: FileAuditor {
    private let before: @Sendable (AuditRequest) -> Void

    /// - Parameter before: called first, for instance to wait.
    public init(before: @escaping @Sendable (AuditRequest) -> Void = { _ in }) {
        self.before = before
    }

    /// Audits by the first word.
    public func audit(_ request: AuditRequest) -> AuditOutcome {
        before(request)
        switch request.content {
        case .success(let contents):
            let text = String(decoding: contents.bytes, as: UTF8.self)
            let verdict = text.split(separator: " ").first.flatMap { AuditOutcome.Verdict(rawValue: String($0)) }
            let sha256 = testDigest(contents.bytes)
            // Long enough that a reader could catch it half written.
            let padding = String(repeating: "x", count: 20_000)
            return AuditOutcome(
                json: Array(#"{"padding": "\#(padding)", "source": {"sha256": "\#(sha256)"}, "end": true}"#.utf8),
                sha256: sha256,
                verdict: verdict ?? .pass,
                isComplete: true,
                agency: "某县民政局",
                year: 2021,
                errors: verdict == .fail ? 2 : 0,
                failedRules: verdict == .fail ? ["applications.balance", "fee.missing"] : [],
                message: "\(request.relativePath): \(verdict ?? .pass)",
                explain: "勾稽关系不平\n第一项加第二项之和为 14"
            )
        case .failure(let failure):
            return AuditOutcome(
                json: Array(#"{"source": {"sha256": null}, "failure": "\#(failure)", "end": true}"#.utf8),
                sha256: nil,
                verdict: .unreadable,
                unreadableCode: code(failure),
                message: "\(request.relativePath): \(failure)",
                explain: "\(failure)"
            )
        }
    }
}

extension WordAuditor {
    /// The code of the contract.
    private func code(_ failure: ReadFailure) -> String {
        switch failure {
        case .notFound: "not-found"
        case .permissionDenied: "permission-denied"
        case .notAFile: "not-a-file"
        case .changed: "changed"
        case .tooLarge: "too-large"
        case .ioError: "io-error"
        }
    }
}

/// 64 hex digits that depend on every byte. No SHA-256, which is not this package's business.
@Sendable
public func testDigest(_ bytes: [UInt8]) -> String {
    (0..<4).map { round in
        let hash = bytes.reduce(14_695_981_039_346_656_037 &+ UInt64(round)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
}

/// A journal that keeps its entries.
public final class RecordedJournal: JournalSink {
    private let all = Monitor<[JournalEntry]>([])

    /// Makes an empty one.
    public init() {}

    /// Keeps the entry.
    public func write(_ entry: JournalEntry) {
        all.withLock { $0.append(entry) }
    }

    /// The entries of a class.
    public func entries(_ event: JournalEvent) -> [JournalEntry] {
        all.withLock { $0.filter { $0.messageID == event.messageID } }
    }

    /// The files of all audits, in their order.
    public var auditedFiles: [String] {
        entries(.audited).compactMap { $0.text("NIANBAO_FILE") }
    }
}

extension JournalEntry {
    /// The first value of a field.
    public func text(_ name: String) -> String? {
        fields.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
    }
}

/// A service manager that keeps what it is told.
public final class RecordedNotifier: StateNotifier {
    private let all = Monitor<[String]>([])
    private let signs = Monitor(0)
    /// How long it waits for a sign of life.
    public let watchdogTime: Duration?

    /// Makes one.
    public init(watchdogTime: Duration? = nil) {
        self.watchdogTime = watchdogTime
    }

    /// Keeps `READY` and the status.
    public func ready(status: String) {
        all.withLock { $0 += ["READY", status] }
    }

    /// Keeps the status.
    public func status(_ status: String) {
        all.withLock { $0.append(status) }
    }

    /// Keeps `STOPPING`.
    public func stopping() {
        all.withLock { $0.append("STOPPING") }
    }

    /// Keeps `RELOADING`.
    public func reloading() {
        all.withLock { $0.append("RELOADING") }
    }

    /// Counts signs of life.
    public func alive() {
        signs.withLock { $0 += 1 }
    }

    /// How many signs of life came.
    public var signsOfLife: Int { signs.withLock { $0 } }

    /// Everything told so far.
    public var told: [String] { all.withLock { $0 } }
}

/// A service that runs on a thread of its own, with an inbox and a state folder.
public final class RunningService: Sendable {
    /// Its journal.
    public let journal = RecordedJournal()
    /// Its service manager.
    public let notifier = RecordedNotifier()
    /// The service.
    public let service: WatchService
    private let thread: WorkerThread
    private let ended = Monitor<Result<WatchService.ExitReason, any Error>?>(nil)

    /// Starts it, and waits until it is ready.
    public init(
        inboxes: [Inbox],
        state: FilePath,
        auditor: any FileAuditor = WordAuditor(),
        change: (inout ServiceSettings) -> Void = { _ in }
    ) throws {
        var settings = ServiceSettings(inboxes: inboxes, stateFolder: state, sha256: testDigest)
        settings.handlesSignals = false
        settings.inboxCheckInterval = .milliseconds(50)
        settings.workers = 2
        change(&settings)
        let service = try WatchService(settings: settings, auditor: auditor, journal: journal, notifier: notifier)
        self.service = service
        thread = try WorkerThread(name: "service") { [ended] in
            let result = Result { try service.run() }
            ended.change { $0 = result }
        }
        guard eventually({ notifier.told.contains("READY") || ended.withLock { $0 != nil } }),
            notifier.told.contains("READY")
        else {
            _ = try ended.withLock { try $0?.get() }
            throw SystemCallError(call: "READY", errno: ETIMEDOUT)
        }
    }

    /// Stops it and waits for its end.
    @discardableResult
    public func stop() throws -> WatchService.ExitReason? {
        service.stop()
        thread.join()
        return try ended.withLock { try $0?.get() }
    }
}
