import ArgumentParser
import AuditOutput
import Glibc
import Ledger
import LinuxIO
import SystemPackage

extension LedgerCommand {
    /// `nianbao ledger show`
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: Spoken.say(
                "一个文件的全部记录：状态、原因、怎样处理、结论、历次审核。",
                "Everything about a file: its state, why, what to do, verdict, history."
            ),
            discussion: Spoken.say(
                """
                文件写收件目录中的路径，绝对的或相对于收件目录的；已经离开的也可以查。
                列表中以 \\xNN 转义的名称可以照抄。只写路径的末尾一段也可以，有几个相符时列出它们。

                示例：
                  nianbao ledger show /srv/nianbao/inbox/县直/甲局.docx
                  nianbao ledger show 县直/甲局.docx
                  nianbao ledger show --format json 甲局.docx
                """,
                """
                A file is named by its path, absolute or in the inbox; one that left is known,
                too. Names escaped by \\xNN can be copied from a list. The end of a path will
                do; where several files fit they are listed.

                Examples:
                  nianbao ledger show /srv/nianbao/inbox/county/report.docx
                  nianbao ledger show county/report.docx
                  nianbao ledger show --format json report.docx
                """
            )
        )

        enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

        @Argument(help: .file("收件目录中的文件。", "A file of an inbox."))
        var file: PathArgument

        @Option(help: .format("text 或 json", "text or json"))
        var format: Format = .text

        @OptionGroup var options: LedgerOptions

        func run() throws {
            let view = try LedgerView(options.place())
            var found = try view.entries(named: file)
            if found.isEmpty { found = try only(view.entries(like: file), view) }
            guard !found.isEmpty else {
                view.sayUnknown(file)
                throw ExitCode(EX_NOINPUT)
            }
            let reports = try found.map { LedgerFileReport(view, $0, history: try view.history(of: $0)) }
            switch format {
            case .text:
                try Output.write(Array(reports.map(\.text).joined(separator: "\n").utf8), view.place.language)
            case .json:
                let values = reports.map(\.json)
                let value = values.count == 1 ? values[0] : .array(values)
                try Output.write(value.serialized(pretty: true) + [0x0A], view.place.language)
            }
        }

        /// The file that is meant by the end of its path; where several fit, they are told and the command ends.
        private func only(_ found: [LedgerEntry], _ view: LedgerView) throws -> [LedgerEntry] {
            guard found.count > 1 else { return found }
            let names = found.prefix(20).map { "  " + LedgerTable.path($0.key) }
            let rest = found.count > names.count ? ["  …"] : []
            let head = view.place.say("nianbao: \(file.shown) 可能指：", "nianbao: \(file.shown) may mean:")
            Output.error(([head] + names + rest).joined(separator: "\n"))
            throw ExitCode(EX_NOINPUT)
        }
    }
}

/// Everything that the ledger knows of a file.
struct LedgerFileReport {
    private let view: LedgerView
    private let entry: LedgerEntry
    private let history: [HistoryEntry]

    init(_ view: LedgerView, _ entry: LedgerEntry, history: [HistoryEntry]) {
        self.view = view
        self.entry = entry
        self.history = history
    }

    private var words: LedgerWords { view.words }
    private func say(_ zh: String, _ en: String) -> String { words.say(zh, en) }

    /// One object.
    var json: JSONValue {
        guard case .object(var members) = LedgerColumns.files.json(view.file(entry)) else { return .null }
        members["history"] = .array(history.map(LedgerColumns.results.json))
        members["remedy"] = .string(remedy)
        return .object(members)
    }

    /// For people.
    var text: String {
        let table = LedgerTable(words: words)
        let now = WallClock.milliseconds
        let times = say("\(words.time(entry.since)) 起", "since \(words.time(entry.since))")
        let state = words.paint(words.state(entry.state), words.style(entry.state))
        var lines = [words.paint(LedgerTable.path(entry.key), .bold)]
        func add(_ name: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            lines.append(
                "  " + words.paint(Columns.fitted(name, words.language == .zh ? 10 : 12), .faint) + "  " + value
            )
        }
        add(say("状态", "state"), "\(state)\(say("，", ", "))\(times)")
        add("", words.meaning(entry.state))
        add(say("离开", "left"), entry.leftAt.map(words.time))
        add(say("原因", "why"), table.why(entry))
        add(say("下次尝试", "next attempt"), table.nextAttempt(entry, now: now))
        add(say("怎样处理", "what to do"), remedy)
        add(say("文件", "file"), identity)
        add(say("首次发现", "first seen"), words.time(entry.firstSeen))
        if let verdict = entry.verdict {
            let shown = words.paint(words.verdict(verdict), words.style(verdict: verdict))
            let counts = say(
                "\(entry.errors) 个错误，\(entry.warnings) 个警告",
                "errors: \(entry.errors), warnings: \(entry.warnings)"
            )
            let code = entry.code.map { " [\(printable($0))]" } ?? ""
            add(say("结论", "verdict"), "\(shown)\(code)\(verdict == "unreadable" ? "" : say("，", ", ") + counts)")
            add(say("机关", "body"), entry.agency.map(printable))
            add(say("年度", "report year"), entry.year.map(String.init))
            add("SHA-256", entry.sha256)
            add(say("审核", "audited"), audited)
            add(say("规则目录", "catalogue"), basis)
            add(say("结果", "result"), view.file(entry).result.map(Terminal.printable))
        }
        if !history.isEmpty {
            lines.append(say("  历次审核", "  history"))
            let rows = history.map { table.line($0, showingFile: false) }
            lines += [table.historyHeader(showingFile: false)].map { "    " + $0.dropLast() }
            lines += rows.map { "    " + $0.dropLast() }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func printable(_ text: String) -> String { Terminal.printable(Array(text.utf8)) }

    private var identity: String? {
        guard let identity = entry.identity else { return nil }
        let modified = words.time(identity.modified / 1_000_000)
        return say(
            "\(identity.size) 字节，\(modified) 修改，设备 \(identity.device)，inode \(identity.inode)",
            "\(identity.size) bytes, modified \(modified), device \(identity.device), inode \(identity.inode)"
        )
    }

    private var audited: String? {
        guard let finished = entry.finishedAt else { return nil }
        var parts = [words.time(finished)]
        if let duration = entry.durationMicroseconds { parts.append("\(Double(duration) / 1000) ms") }
        if let noticed = entry.noticedAt, noticed <= finished {
            parts.append(say("发现后 \(finished - noticed) ms", "\(finished - noticed) ms after it was noticed"))
        }
        if entry.isReused { parts.append(say("沿用同一内容已有的审核", "an earlier audit of the same content, reused")) }
        if entry.state != .done { parts.append(say("结果早于文件现在的内容", "the result is older than the file")) }
        return parts.joined(separator: say("，", ", "))
    }

    private var basis: String? {
        entry.basis.map { basis in
            let settings = say("设置 \(printable(basis.settings))", "settings \(printable(basis.settings))")
            let waivers = basis.waivers.isEmpty ? "" : say("，豁免 ", ", waivers ") + printable(basis.waivers)
            return "\(printable(basis.catalogue))\(say("，", ", "))\(settings)\(waivers)"
        }
    }

    private var remedy: String? {
        entry.leftAt == nil ? words.remedy(entry) : nil
    }
}
