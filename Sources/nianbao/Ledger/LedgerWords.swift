import AuditEngine
import AuditOutput
import Glibc
import Ledger

/// What the ledger keeps as codes and numbers, in words.
struct LedgerWords {
    let language: Language
    let colour: Bool

    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// The name of a state.
    func state(_ state: FileState) -> String {
        switch state {
        case .settling: say("静置", "settling")
        case .queued: say("排队", "queued")
        case .working: say("审核中", "working")
        case .done: say("完成", "done")
        case .deferred: say("暂缓", "deferred")
        case .quarantined: say("隔离", "quarantined")
        }
    }

    /// What a state means.
    func meaning(_ state: FileState) -> String {
        switch state {
        case .settling:
            say("可能还在写入；静置时间内没有变化即审核", "it may still be written; it is audited when it was quiet for the settle time")
        case .queued: say("等待审核", "it waits for its audit")
        case .working: say("正在审核", "it is being audited")
        case .done: say("结果已写出", "its result is in place")
        case .deferred: say("这次没有成功，到时自动再试", "it did not work this time and is tried again by itself")
        case .quarantined:
            say(
                "两次使审核崩溃或超时；文件改动或执行 nianbao ledger retry 之前不再审核",
                "reading it crashed or took too long, twice; it is left alone until it changes or nianbao ledger retry is called"
            )
        }
    }

    /// Why a file is in its state.
    func reason(_ reason: LedgerReason) -> String {
        switch reason {
        case .openForWriting: say("还有程序打开着它在写", "a program still has it open for writing")
        case .unsettled: say("还不完整，等它静置", "it is not complete yet, and may still be written")
        case .waitsForResults:
            say("现在写不出任何审核结果，写得出时自动审核", "no result can be written now; it is audited as soon as they can")
        case .waitsForWorkers:
            say("现在启动不了审核进程，启动得了时自动审核", "no worker can be started now; it is audited as soon as one can")
        case .retryRequested: say("有人要求重新审核", "somebody asked for it")
        case .resultNotWritten: say("无法写入审核结果", "its result could not be written")
        case .auditUnavailable: say("无法启动审核进程", "no worker could be started")
        case .permissionDenied: say("服务没有读取权限", "the service may not read it")
        case .ioError: say("读取时系统报错", "the system reported an error while it was read")
        case .changed: say("每次读取时都在变化", "it changed whenever it was read")
        case .converterMissing: say("没有安装读取它所需的转换程序", "the program that converts it is not installed")
        case .timeout: say("审核超过时限", "its audit took too long")
        case .crashed: say("审核进程异常结束", "its audit ended the worker")
        }
    }

    /// The name of a verdict as the ledger keeps it; one that is not known stays as it is.
    func verdict(_ verdict: String) -> String {
        guard let known = Verdict(rawValue: verdict) else { return Terminal.printable(Array(verdict.utf8)) }
        return TextReporter(language: language, colour: false).verdict(known)
    }

    /// A time in milliseconds since 1970, as the clock on the wall here shows it: `2026-01-20 10:11:09`.
    func time(_ milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return Timestamp.iso8601(milliseconds) }
        var text = [CChar](repeating: 0, count: 64)
        let length = strftime(&text, text.count, "%F %T", &parts)
        return String(decoding: text[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// A length of time, to two units: `3 分 20 秒`.
    func span(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds / 1000)
        let units: [(Int64, String, String)] = [
            (seconds / 86_400, "天", "d"), (seconds / 3600 % 24, "小时", "h"), (seconds / 60 % 60, "分", "min"),
            (seconds % 60, "秒", "s"),
        ]
        let shown = units.drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
        guard !shown.isEmpty else { return say("不到 1 秒", "less than 1 s") }
        return shown.map { "\($0.0) \(say($0.1, $0.2))" }.joined(separator: " ")
    }

    // MARK: - Colour

    /// The text in a colour, where colour is wanted.
    func paint(_ text: String, _ style: TerminalStyle?) -> String {
        guard colour, let style else { return text }
        return style.paint(text)
    }

    func style(_ state: FileState) -> TerminalStyle? {
        switch state {
        case .done: nil
        case .settling, .queued, .working: .cyan
        case .deferred: .yellow
        case .quarantined: .magenta
        }
    }

    func style(verdict: String) -> TerminalStyle? { Verdict(rawValue: verdict).map(TerminalStyle.init) }
}

extension LedgerWords {
    /// How an inbox is, by the code of the service; one that is not known stays as it is.
    func inboxState(_ code: String) -> String {
        switch code {
        case "watched": say("监视中", "watched")
        case "polled": say("轮询", "polled")
        case "missing", "lost": paint(say("不见了", "gone"), .red)
        case "waiting": paint(say("等待它出现", "waited for"), .yellow)
        default: Terminal.printable(Array(code.utf8))
        }
    }
}
