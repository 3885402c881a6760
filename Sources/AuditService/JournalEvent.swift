// What the service writes into the journal.

import LinuxIO
import Systemd
import SystemPackage

/// The classes of events. Each has its identifier for ever: users' filters and the message catalog refer to it.
public enum JournalEvent: String, CaseIterable, Sendable {
    /// A file was audited and its result lies in place.
    case audited = "dadd60ca49c2485db5eccedcd21e6142"
    /// All inboxes are watched.
    case started = "7dfd6ec85b894305a30af4de7b7bb320"
    /// The service begins to end.
    case stopping = "94825e992fb74ce8ae5c3c45d3810e3b"
    /// The kernel lost events; everything was looked through again.
    case rescanned = "d3f2b94f11db40ab80aa699f123b86b3"
    /// An inbox was removed, renamed or unmounted.
    case inboxLost = "3e625ecaad904aa49089b07ad125f98e"
    /// A lost inbox is there again.
    case inboxBack = "0b188a36075a44508e73b35c8cc0fcfb"
    /// A result could not be written; it is tried again.
    case resultNotWritten = "6c7cef3dada846989245cb3dc1ac675a"
    /// No audit can be made for now; the file is tried again.
    case deferred = "b00458123f6948a6bd1a866d97bfa628"
    /// A process that audited files ended in the middle of its work. What that means for them is told with their audits.
    case workerDied = "3045d05696474678b44824a82df88e0e"
    /// A folder cannot be watched; it is looked through from time to time.
    case folderNotWatched = "3bf979c196ef440ba9fe4cb8f46b1022"

    /// The MESSAGE_ID.
    public var messageID: String { rawValue }
}

extension JournalEntry {
    /// Tells of a process that ended while it audited `files`, for those who mend it.
    ///
    /// - Parameters:
    ///   - cause: such as `SIGILL`.
    ///   - meaning: the same in words of `language`.
    ///   - detail: the end of what it said.
    public static func workerDied(
        files: [[UInt8]],
        cause: String,
        meaning: String,
        detail: String,
        language: ServiceLanguage
    ) -> JournalEntry {
        let sentence =
            switch language {
            case .chinese: "审核进程中途结束（\(meaning)），正在审核 \(files.count) 个文件；服务不受影响，结果见各文件的审核记录"
            case .english: "a process ended (\(meaning)) while it audited \(files.count) files; the service goes on"
            }
        return JournalEntry(
            message: sentence,
            messageID: JournalEvent.workerDied.messageID,
            priority: .warning,
            identifier: "nianbao",
            fields: [JournalField("NIANBAO_CAUSE", cause), JournalField("NIANBAO_DETAIL", detail)]
                + files.map { JournalField("NIANBAO_FILE", $0) }
        )
    }
}

/// Turns events into entries.
struct ServiceJournal: Sendable {
    /// A longer field is not printed by `journalctl -x` at all.
    static let maximumExplanationBytes = 3500

    let sink: any JournalSink
    let language: ServiceLanguage

    func audited(_ request: AuditRequest, _ outcome: AuditOutcome, result: FilePath) {
        let priority: JournalPriority =
            switch outcome.verdict {
            case .pass: .info
            case .review: .notice
            case .fail: .warning
            case .unreadable: .error
            }
        var fields = [
            JournalField("NIANBAO_FILE", request.absolutePath.bytes),
            JournalField("NIANBAO_VERDICT", outcome.verdict.rawValue),
            JournalField("NIANBAO_ERRORS", outcome.errors),
            JournalField("NIANBAO_WARNINGS", outcome.warnings),
            JournalField("NIANBAO_RESULT", result.bytes),
        ]
        if let sha256 = outcome.sha256 {
            fields.append(JournalField("NIANBAO_SHA256", sha256))
        }
        if let agency = outcome.agency {
            fields.append(JournalField("NIANBAO_AGENCY", agency))
        }
        if let year = outcome.year {
            fields.append(JournalField("NIANBAO_YEAR", year))
        }
        // Only where there are some: few offices let anything pass.
        if outcome.waived > 0 {
            fields.append(JournalField("NIANBAO_WAIVED", outcome.waived))
        }
        if outcome.staleWaivers > 0 {
            fields.append(JournalField("NIANBAO_STALE_WAIVERS", outcome.staleWaivers))
        }
        if outcome.reused {
            fields.append(JournalField("NIANBAO_REUSED", 1))
        }
        let explanation = Array(outcome.explain.utf8).prefixOfWholeCharacters(Self.maximumExplanationBytes)
        fields.append(JournalField("NIANBAO_EXPLAIN", explanation))
        fields += outcome.failedRules.map { JournalField("NIANBAO_RULE", $0) }
        write(.audited, priority, outcome.message, fields)
    }

    func started(inboxes: [Inbox]) {
        write(
            .started,
            .info,
            say("年报审核服务已启动，监看 \(inboxes.count) 个收件夹", "watching \(inboxes.count) inboxes"),
            inboxes.map { JournalField("NIANBAO_INBOX", $0.path.bytes) }
        )
    }

    func stopping(_ reason: WatchService.ExitReason) {
        write(.stopping, .info, say("年报审核服务正在停止（\(reason)）", "stopping (\(reason))"))
    }

    func rescanned(files: Int) {
        write(
            .rescanned,
            .warning,
            say(
                "内核丢失了文件事件，已重新扫描全部收件夹（\(files) 个文件）；无需处理，若常出现请增大 fs.inotify.max_queued_events",
                "the kernel lost file events; all inboxes were scanned again (\(files) files); nothing to do, but if "
                    + "this happens often raise fs.inotify.max_queued_events"
            )
        )
    }

    func inboxLost(_ inbox: Inbox) {
        write(
            .inboxLost,
            .error,
            say(
                "收件夹 \(inbox.path) 不见了（被删除、改名或卸载）；恢复后自动继续监看",
                "inbox \(inbox.path) is gone (removed, renamed or unmounted); watching goes on when it is back"
            ),
            [JournalField("NIANBAO_INBOX", inbox.path.bytes)]
        )
    }

    func inboxBack(_ inbox: Inbox) {
        write(
            .inboxBack,
            .notice,
            say("收件夹 \(inbox.path) 已恢复，继续监看", "inbox \(inbox.path) is back and watched again"),
            [JournalField("NIANBAO_INBOX", inbox.path.bytes)]
        )
    }

    func resultNotWritten(_ file: FilePath, result: FilePath, _ error: SystemCallError) {
        write(
            .resultNotWritten,
            .error,
            say(
                "无法写入审核结果 \(result)：\(error.chineseReason)；请检查磁盘空间和权限，稍后自动重试",
                "cannot write the result \(result): \(error.reason); check space and permissions, it is tried again"
            ),
            [
                JournalField("NIANBAO_FILE", file.bytes),
                JournalField("NIANBAO_RESULT", result.bytes),
                JournalField("ERRNO", Int(error.errno)),
            ]
        )
    }

    func auditUnavailable(_ file: FilePath, _ error: AuditUnavailable) {
        write(
            .deferred,
            .error,
            say(
                "文件 \(file) 暂时无法审核，稍后自动重试。\(error.reason)",
                "\(file) cannot be audited now, it is tried again. \(error.reason)"
            ),
            [JournalField("NIANBAO_FILE", file.bytes)]
        )
    }

    func folderNotWatched(_ folder: FilePath, reason: String) {
        write(
            .folderNotWatched,
            .warning,
            say("文件夹 \(folder) 无法监看：\(reason)", "folder \(folder) cannot be watched: \(reason)"),
            [JournalField("NIANBAO_FOLDER", folder.bytes)]
        )
    }

    private func say(_ chinese: @autoclosure () -> String, _ english: @autoclosure () -> String) -> String {
        language == .chinese ? chinese() : english()
    }

    private func write(
        _ event: JournalEvent,
        _ priority: JournalPriority,
        _ message: String,
        _ fields: [JournalField] = []
    ) {
        sink.write(
            JournalEntry(
                message: message,
                messageID: event.messageID,
                priority: priority,
                identifier: "nianbao",
                fields: fields
            )
        )
    }
}
