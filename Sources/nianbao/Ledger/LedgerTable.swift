import AuditOutput
import Ledger

/// Files and results in lines for a person, in columns that stay the same however many lines follow.
struct LedgerTable {
    let words: LedgerWords

    private func say(_ zh: String, _ en: String) -> String { words.say(zh, en) }

    // MARK: - Files

    /// The names of the columns of ``line(_:now:)``.
    var header: String {
        let columns = [
            Columns.fitted(say("状态", "state"), stateWidth), Columns.fitted(say("结论", "verdict"), 10),
            Columns.fitted(say("错误/警告", "err/warn"), 9), Columns.fitted(say("年度", "year"), 4),
            Columns.fitted(say("机关", "body"), agencyWidth), say("文件", "file"),
        ]
        return words.paint(columns.joined(separator: "  "), .faint) + "\n"
    }

    private let agencyWidth = 24
    private let catalogueWidth = 20
    private var stateWidth: Int { words.language == .zh ? 6 : 11 }

    /// A file, and below it why it waits.
    func line(_ entry: LedgerEntry, now: Int64) -> String {
        let state = Columns.fitted(words.state(entry.state), stateWidth)
        let verdict = entry.verdict.map(words.verdict) ?? "–"
        let code = entry.code.map { " [\(Self.printable($0))]" } ?? ""
        let columns = [
            words.paint(state, words.style(entry.state)),
            words.paint(Columns.fitted(verdict, 10), entry.verdict.flatMap(words.style(verdict:))),
            Self.counts(entry.verdict, entry.errors, entry.warnings),
            Columns.fitted(entry.year.map(String.init) ?? "", 4),
            Columns.fitted(Self.printable(entry.agency ?? ""), agencyWidth),
            Self.path(entry.key) + code,
        ]
        var text = columns.joined(separator: "  ") + "\n"
        let remarks = [
            entry.leftAt.map { say("\(words.time($0)) 起不在收件目录中", "left the inbox at \(words.time($0)) or before") },
            nextAttempt(entry, now: now), why(entry), entry.state == .queued ? words.remedy(entry) : nil,
        ].compactMap(\.self)
        if !remarks.isEmpty {
            text += "    " + words.paint("→ " + remarks.joined(separator: say("；", "; ")), .faint) + "\n"
        }
        return text
    }

    /// Where it is, as the folder of results has it: the name of the inbox, if it has one, and the path in it.
    static func path(_ key: LedgerKey) -> String {
        Terminal.printable(key.inbox.isEmpty ? key.path : Array(key.inbox.utf8) + [0x2F] + key.path)
    }

    /// When it is tried again; nil where it does not wait for a time.
    func nextAttempt(_ entry: LedgerEntry, now: Int64) -> String? {
        guard entry.state == .deferred, let next = entry.nextAttempt else { return nil }
        let attempts = say("已试 \(entry.attempts) 次", "\(entry.attempts) in vain so far")
        guard next > now else { return say("即将再试（\(attempts)）", "to be tried again now (\(attempts))") }
        let wait = words.span(next - now)
        return say("\(wait)后再试（\(attempts)）", "tried again in \(wait) (\(attempts))")
    }

    /// Why it is in its state, if there is something to tell.
    func why(_ entry: LedgerEntry) -> String? {
        // Where the service gave a sentence, that says more of the case.
        if let detail = entry.detail { return Self.printable(detail) }
        return entry.reason.map { code in LedgerReason(rawValue: code).map(words.reason) ?? Self.printable(code) }
    }

    private static func printable(_ text: String) -> String { Terminal.printable(Array(text.utf8)) }

    // MARK: - History

    /// The names of the columns of ``line(_:showingFile:)``.
    func historyHeader(showingFile: Bool) -> String {
        let columns = [
            Columns.fitted(say("时间", "when"), 19), Columns.fitted(say("年度", "year"), 4),
            Columns.fitted(say("结论", "verdict"), 10), Columns.fitted(say("错误/警告", "err/warn"), 9),
            Columns.fitted(say("内容", "content"), 12), Columns.fitted(say("规则目录", "catalogue"), catalogueWidth),
            showingFile ? say("文件", "file") : "",
        ]
        return words.paint(columns.joined(separator: "  ").trimmingEnd(), .faint) + "\n"
    }

    /// One result of a file.
    func line(_ entry: HistoryEntry, showingFile: Bool) -> String {
        var last = showingFile ? [Self.path(entry.key)] : []
        if let code = entry.code { last.append("[\(Self.printable(code))]") }
        if entry.isReused { last.append(say("（沿用已有的审核）", "(an earlier audit, reused)")) }
        let columns = [
            words.time(entry.at), Columns.fitted(entry.year.map(String.init) ?? "", 4),
            words.paint(Columns.fitted(words.verdict(entry.verdict), 10), words.style(verdict: entry.verdict)),
            Self.counts(entry.verdict, entry.errors, entry.warnings),
            Columns.fitted(Self.printable(String((entry.sha256 ?? "").prefix(12))), 12),
            Columns.fitted(Self.printable(entry.basis?.catalogue ?? ""), catalogueWidth), last.joined(separator: " "),
        ]
        return columns.joined(separator: "  ").trimmingEnd() + "\n"
    }

    /// Errors and warnings, where anything was audited.
    private static func counts(_ verdict: String?, _ errors: Int, _ warnings: Int) -> String {
        Columns.fitted(verdict == nil || verdict == "unreadable" ? "" : "\(errors)/\(warnings)", 9)
    }
}

extension String {
    fileprivate func trimmingEnd() -> String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
