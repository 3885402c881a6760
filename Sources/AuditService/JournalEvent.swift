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
    /// No audit can be made of a file now, or its result not be written; it is tried again.
    case deferred = "b00458123f6948a6bd1a866d97bfa628"
    /// A file ends what reads it; it is left alone until it changes or somebody asks for it.
    case quarantined = "c9f1d5b2f2a94fcf8f3d4b8a4f0e6a57"
    /// A process that audited files ended in the middle of its work. What that means for them is told with their audits.
    case workerDied = "3045d05696474678b44824a82df88e0e"
    /// A folder cannot be watched or read; it is looked through from time to time.
    case folderNotWatched = "3bf979c196ef440ba9fe4cb8f46b1022"
    /// There was no ledger, or none that can be read; a new one is made from inboxes and results.
    case ledgerRebuilt = "5a8f0c2be7064d0c9d3a51f6f1f0b7c4"
    /// The ledger cannot be written; the service goes on without.
    case ledgerUnavailable = "e1b6a4d85c3f4b7a8c2e90d7a6f3518b"
    /// The ledger can be written again.
    case ledgerAvailable = "7d2c9e04f1a84c36b5e8a3d0c96f2417"
    /// A new configuration is in force.
    case configurationReloaded = "4b1f0d6ac2de4e0f9a6d2f51c7b83e92"
    /// A new configuration was refused; the one before stays in force.
    case reloadRefused = "d80a3c5e1b7946b8a5f4e2690c1d7b3f"
    /// A part of the service stands still although it has something to do.
    case stalled = "c25e9b7f40a84d1e8f63b0a1d9e45c78"
    /// Nobody can ask the service how it is doing.
    case controlUnavailable = "96f7d41b3ce24a5c8b0e7a52f1d3c694"
    /// The metrics cannot be written; that is tried again.
    case metricsNotWritten = "2f8ce61d905b4c7fa3d418e7b069f5a1"

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
    var troubles = TroubleLog()

    func audited(_ place: FilePath, _ outcome: AuditOutcome, result: FilePath) {
        let priority: JournalPriority =
            switch outcome.verdict {
            case .pass: .info
            case .review: .notice
            case .fail: .warning
            case .unreadable: .error
            }
        write(.audited, priority, outcome.message, fields(place, outcome, result))
    }

    /// It could not be read, which its result says, and is tried again.
    func deferred(_ place: FilePath, _ outcome: AuditOutcome, result: FilePath, detail: String?) {
        var fields = fields(place, outcome, result)
        fields.append(JournalField("NIANBAO_REASON", outcome.unreadableCode ?? ""))
        let remedy = detail.map { " " + $0 } ?? ""
        write(
            .deferred,
            .error,
            say(
                "文件 \(place) 暂时无法审核，将自动重试。\(detail ?? outcome.message)",
                "\(place) cannot be audited now, it is tried again by itself.\(remedy.isEmpty ? " " + outcome.message : remedy)"
            ),
            fields
        )
    }

    /// There is neither an audit nor a result; it is tried again.
    func deferred(_ place: FilePath, reason: String, detail: String, errno: CInt? = nil, result: FilePath? = nil) {
        var fields = [JournalField("NIANBAO_FILE", place.bytes), JournalField("NIANBAO_REASON", reason)]
        if let result { fields.append(JournalField("NIANBAO_RESULT", result.bytes)) }
        if let errno { fields.append(JournalField("ERRNO", Int(errno))) }
        write(
            .deferred,
            .error,
            say(
                "文件 \(place) 暂时没有审核结果，将自动重试。\(detail)",
                "\(place) has no result yet, it is tried again by itself. \(detail)"
            ),
            fields
        )
    }

    /// It ended what read it, alone too.
    func quarantined(_ place: FilePath, _ outcome: AuditOutcome, result: FilePath) {
        write(
            .quarantined,
            .error,
            say(
                "文件 \(place) 两次使审核进程异常结束，不再自动审核；文件改动后会重新审核，也可运行 nianbao ledger retry。\(outcome.message)",
                "\(place) ended the process that read it, twice; it is left alone until it changes or until nianbao ledger retry. "
                    + outcome.message
            ),
            fields(place, outcome, result) + [JournalField("NIANBAO_REASON", outcome.unreadableCode ?? "")]
        )
    }

    private func fields(_ place: FilePath, _ outcome: AuditOutcome, _ result: FilePath) -> [JournalField] {
        var fields = [
            JournalField("NIANBAO_FILE", place.bytes),
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
        return fields
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

    func rescanned(_ inbox: Inbox, files: Int) {
        write(
            .rescanned,
            .warning,
            say(
                "内核丢失了文件事件，已重新扫描收件夹 \(inbox.path)（\(files) 个文件）；无需处理，若常出现请增大 fs.inotify.max_queued_events",
                "the kernel lost file events; inbox \(inbox.path) was walked again (\(files) files); nothing to do, but if "
                    + "this happens often raise fs.inotify.max_queued_events"
            ),
            [JournalField("NIANBAO_INBOX", inbox.path.bytes)]
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

    /// Why a result could not be written, and what to do.
    func resultNotWritten(_ result: FilePath, _ error: SystemCallError) -> String {
        say(
            "无法写入审核结果 \(result)：\(error.chineseReason)；请检查磁盘空间和权限。",
            "The result \(result) cannot be written: \(error.reason); check space and permissions."
        )
    }

    /// What to do about a file that the service may not read.
    func remedy(unreadable status: FileStatus) -> String {
        let (owner, mode) = (FileOwner.name(of: status.owner), status.permissions)
        let group = FileOwner.groupName(of: status.group)
        return say(
            "服务没有读取权限：文件属主为 \(owner)，属组为 \(group)，权限为 \(mode)。"
                + "请让服务所用的用户或组能够读取，例如 chmod g+r，并让上传程序以 0640 保存文件。",
            "The service may not read it: owner \(owner), group \(group), mode \(mode). Let the user or group of the service "
                + "read it, for example by chmod g+r, and let the program that uploads files keep them with mode 0640."
        )
    }

    /// The kernel cannot tell of all changes in these inboxes.
    func notWatched(reason: String, every interval: Duration) {
        write(
            .folderNotWatched,
            .warning,
            say(
                "有文件夹无法监看，改为每 \(interval.components.seconds) 秒查看一次：\(reason)",
                "some folders cannot be watched and are looked through every \(interval.components.seconds) s: \(reason)"
            )
        )
    }

    /// Changes made by other machines give no event on this file system.
    func polled(_ folder: FilePath, fileSystem: String, every interval: Duration) {
        let seconds = interval.components.seconds
        write(
            .folderNotWatched,
            .notice,
            say(
                "收件夹 \(folder) 位于 \(fileSystem) 文件系统，内核不通知别处的改动，改为每 \(seconds) 秒查看一次；无需处理",
                "inbox \(folder) is on \(fileSystem), where the kernel does not tell of changes made elsewhere; it is looked "
                    + "through every \(seconds) s; nothing to do"
            ),
            [JournalField("NIANBAO_FOLDER", folder.bytes)]
        )
    }

    /// A folder below an inbox is left out.
    func folderNotRead(_ folder: FilePath, reason: String) {
        write(
            .folderNotWatched,
            .warning,
            say("文件夹 \(folder) 无法查看：\(reason)", "folder \(folder) cannot be looked through: \(reason)"),
            [JournalField("NIANBAO_FOLDER", folder.bytes)]
        )
    }

    /// The record of all files had to be made anew.
    func ledgerRebuilt(reason: String, setAside: FilePath?) {
        // The first word is the ledger's, what follows is SQLite's.
        let word = reason.prefix { $0 != ":" }
        let causes = [
            "missing": "原台账不存在", "empty": "原台账是空文件", "corrupt": "原台账已损坏", "newer": "原台账由更新的版本写成",
            "removed": "台账文件被删除", "exchanged": "台账文件被替换",
        ]
        let cause = causes[String(word)].map { $0 + reason.dropFirst(word.count) } ?? reason
        let aside = setAside.map { (" 原文件已改名为 \($0)。", " The old file is now \($0).") } ?? ("", "")
        write(
            .ledgerRebuilt,
            .warning,
            say(
                "台账已根据收件夹和已有结果重建（\(cause)）。\(aside.0)审核结果不受影响，以往的历史记录不再可查。",
                "the ledger is made anew from inboxes and results (\(reason)).\(aside.1) No result is lost, but the history is."
            )
        )
    }

    /// Nothing can be written into the ledger.
    func ledgerUnavailable(_ reason: String) {
        write(
            .ledgerUnavailable,
            .error,
            say(
                "台账暂时无法读写，审核照常进行，恢复后自动补记：\(reason)；请检查状态目录的磁盘空间和权限",
                "the ledger cannot be used now; audits go on, and are noted when it can: \(reason); check space and permissions "
                    + "of the state folder"
            )
        )
    }

    /// The ledger can be used again.
    func ledgerAvailable() {
        write(.ledgerAvailable, .notice, say("台账恢复读写", "the ledger can be used again"))
    }

    /// It takes effect from here on.
    func configurationReloaded(inboxes: [Inbox]) {
        write(
            .configurationReloaded,
            .notice,
            say(
                "已采用新配置，监看 \(inboxes.count) 个收件夹",
                "the new configuration is in force, watching \(inboxes.count) inboxes"
            ),
            inboxes.map { JournalField("NIANBAO_INBOX", $0.path.bytes) }
        )
    }

    /// Nothing of it takes effect.
    func reloadRefused(_ problems: [String]) {
        let list = problems.joined(separator: "\n")
        write(
            .reloadRefused,
            .error,
            say(
                "新配置有误，未采用，仍按原配置运行：\n\(list)",
                "the new configuration is refused, the old one stays in force:\n\(list)"
            ),
            problems.map { JournalField("NIANBAO_PROBLEM", $0) }
        )
    }

    /// Somebody has to start the service again: systemd, where it waits for a sign of life.
    func stalled(_ part: ServicePart, isWatched: Bool) {
        let chinese =
            switch part {
            case .watcher: "监看收件夹的线程"
            case .queue: "取件和读取文件的线程"
            case .pool: "审核进程"
            case .committer: "写结果的线程"
            case .ledger: "写台账的线程"
            }
        let english =
            switch part {
            case .watcher: "the thread that watches the inboxes"
            case .queue: "the threads that take and read files"
            case .pool: "the processes that audit"
            case .committer: "the thread that writes results"
            case .ledger: "the thread that writes the ledger"
            }
        write(
            .stalled,
            .critical,
            isWatched
                ? say(
                    "\(chinese)停滞不动，不再向 systemd 报告正常，将由它重新启动服务；文件不会丢失",
                    "\(english) stand still; systemd is not told any more that all is well and will start the service again; "
                        + "no file is lost"
                )
                : say(
                    "\(chinese)停滞不动；请重新启动服务，文件不会丢失",
                    "\(english) stand still; start the service again, no file is lost"
                ),
            [JournalField("NIANBAO_PART", part.rawValue)]
        )
    }

    /// `nianbao status` and `nianbao reload` will not find the service.
    func controlUnavailable(_ error: SystemCallError) {
        write(
            .controlUnavailable,
            .warning,
            say(
                "无法建立控制套接字，nianbao status 和 nianbao reload 不可用，审核照常进行：\(error.chineseDescription)",
                "the control socket cannot be made, so nianbao status and nianbao reload do not find the service; audits go on: "
                    + "\(error)"
            )
        )
    }

    /// Audits go on.
    func metricsNotWritten(_ file: FilePath, _ error: SystemCallError) {
        write(
            .metricsNotWritten,
            .warning,
            say(
                "无法写指标文件 \(file)（metrics.file）：\(error.chineseReason)；审核照常进行，每 15 秒再试",
                "the metrics (metrics.file) cannot be written to \(file): \(error.reason); audits go on, it is tried again every 15 s"
            )
        )
    }

    /// What the system said, with a remedy where there is one.
    func reason(_ error: SystemCallError) -> String {
        say(error.chineseRemedy ?? error.chineseReason, error.remedy ?? error.reason)
    }

    /// Why a folder is left out whose results would lie among those of an inbox.
    func collision(_ owner: Inbox) -> String {
        say(
            "结果会与同名收件夹 \(owner.path) 的结果混在一起；请给此文件夹改名",
            "its results would mix with those of the inbox of that name, \(owner.path); rename the folder"
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
        // What a file is like is no trouble of the service.
        if event != .audited, priority.rawValue <= JournalPriority.warning.rawValue { troubles.add(message) }
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
