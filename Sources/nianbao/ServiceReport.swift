import AuditOutput
import AuditRules
import AuditService
import Configuration
import Ledger
import LinuxIO
import SystemPackage

/// How a service and its files are doing.
struct ServiceReport {
    /// Deferred files with the same reason.
    struct Deferred {
        var reason: String
        var count = 0
        /// The one that was tried first of all.
        var example: LedgerEntry
        /// The earliest time at which one of them is tried again.
        var nextAttempt: Int64?
    }

    /// More are not named: a list has them all.
    private static let mostNamed = 10

    /// Whether the service runs.
    let isRunning: Bool
    /// Why nothing can be said of files; nil where the ledger can be read, and where there is none yet.
    let trouble: LedgerTrouble?

    /// The process of the running service; nil also where a full disk has no room for its number.
    private let process: Int32?
    private let place: LedgerPlace
    private var record: ServiceRecord?
    private var counts: [FileState: Int] = [:]
    private var deferred: [Deferred] = []
    private var quarantined: [LedgerEntry] = []
    private var lastResult: HistoryEntry?

    /// Looks at the lock and into the ledger.
    ///
    /// - Parameter answer: what the service says itself. Without it the lock tells whether one runs, and the ledger what that
    ///   said last.
    init(_ place: LedgerPlace, _ answer: ControlAnswer? = nil) throws {
        self.place = place
        isRunning = answer != nil || FileLock.isHeld(place.lockFile)
        process = answer?.service?.pid ?? FileLock.holder(of: place.lockFile)
        record = answer?.service
        // Where the lock cannot be looked at, nothing is known of the service. One that never ran has neither lock nor ledger:
        // nothing is wrong with that.
        let troubles = [place.lockFile, place.ledgerFile].compactMap { LedgerTrouble.visible($0) }
        if let forbidden = troubles.first(where: { !$0.isMissing }) {
            trouble = forbidden
            return
        }
        guard troubles.allSatisfy({ $0.file != place.ledgerFile }) else {
            trouble = nil
            return
        }
        do throws(LedgerError) {
            let ledger = try Ledger(reading: place.ledgerFile)
            if record == nil { record = try ledger.serviceRecord() }
            counts = try ledger.counts()
            lastResult = try ledger.lastResult()
            deferred = try Self.deferred(ledger)
            quarantined = try ledger.list(state: .quarantined, limit: Self.mostNamed)
            trouble = nil
        } catch {
            trouble = LedgerTrouble(error)
        }
    }

    /// The deferred files by reason, the commonest first.
    private static func deferred(_ ledger: Ledger) throws(LedgerError) -> [Deferred] {
        let pageSize = 500
        var found: [String: Deferred] = [:]
        var last: Int64 = 0
        while true {
            let page = try ledger.list(state: .deferred, after: last, limit: pageSize)
            for entry in page {
                let reason = entry.reason ?? ""
                var group = found[reason] ?? Deferred(reason: reason, example: entry)
                group.count += 1
                group.nextAttempt = [group.nextAttempt, entry.nextAttempt].compactMap(\.self).min()
                found[reason] = group
            }
            guard page.count == pageSize, let end = page.last else { break }
            last = end.id
        }
        return found.values.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
    }

    /// What the service said of itself while it ran under this number; nil before its first word.
    private var current: ServiceRecord? {
        record.flatMap { isRunning && (process == nil || process == $0.pid) ? $0 : nil }
    }

    private struct Inbox {
        var name: String?
        var path: String
        var state: String?
        var detail: String?
    }

    /// As the service tells of them; else as configured.
    private var inboxes: [Inbox] {
        if let current {
            return current.inboxes.map { inbox in
                Inbox(
                    name: inbox.name.isEmpty ? nil : inbox.name,
                    path: inbox.path,
                    state: inbox.state,
                    detail: inbox.detail
                )
            }
        }
        if let configured = place.inboxes {
            return configured.map { Inbox(name: $0.name, path: Terminal.printable($0.path.bytes)) }
        }
        return (record?.inboxes ?? []).map { Inbox(name: $0.name.isEmpty ? nil : $0.name, path: $0.path) }
    }

    // MARK: - JSON

    /// One object.
    var json: JSONValue {
        func time(_ milliseconds: Int64?) -> JSONValue { .string(milliseconds.map(Timestamp.iso8601)) }
        func path(_ entry: LedgerEntry) -> JSONValue { .string(LedgerTable.path(entry.key)) }
        let words = LedgerWords(language: place.language, colour: false)
        let files = FileState.allCases.map { state -> JSONObject.Member in
            (state.rawValue, trouble == nil ? .int(counts[state] ?? 0) : .null)
        }
        return .object([
            "schemaVersion": .string("1"),
            "tool": .object(["name": .string("nianbao"), "version": .string(ProductVersion.current)]),
            "state": .string(Terminal.printable(place.stateFolder.path.bytes)),
            "running": .bool(isRunning), "pid": .int((process ?? current?.pid).map(Int.init)),
            "version": .string(current?.version), "startedAt": time(current?.startedAt),
            "updatedAt": time(current?.updatedAt), "auditedSinceStart": .int(current?.auditedSinceStart),
            "inboxes": .array(
                inboxes.map { inbox in
                    .object([
                        "name": .string(inbox.name), "path": .string(inbox.path), "state": .string(inbox.state),
                        "detail": .string(inbox.detail),
                    ])
                }
            ),
            "files": .object(JSONObject(files)),
            "inWork": .array((current?.inWork ?? []).map(JSONValue.string)),
            "deferred": .array(
                deferred.map { group in
                    .object([
                        "reason": .string(group.reason), "count": .int(group.count), "example": path(group.example),
                        "detail": .string(group.example.detail), "nextAttempt": time(group.nextAttempt),
                        "remedy": .string(words.remedy(for: group.reason)),
                    ])
                }
            ),
            "quarantined": .array(
                quarantined.map { entry in
                    .object(["path": path(entry), "since": time(entry.since), "detail": .string(entry.detail)])
                }
            ),
            "lastErrors": .array(
                (record?.lastErrors ?? []).map {
                    .object(["at": time($0.at), "message": .string($0.sentence)])
                }
            ),
            "lastAudit": lastResult.map { LedgerColumns.results.json($0) } ?? .null,
            "problem": .string(trouble?.message.text(place.language)),
        ])
    }

    // MARK: - Text

    /// For people.
    func text(colour: Bool) -> String {
        let words = LedgerWords(language: place.language, colour: colour)
        var lines = [headline(words)]
        func section(_ title: String, _ rows: [String]) {
            guard !rows.isEmpty else { return }
            lines.append(words.paint(title, .bold))
            lines += rows.map { "  " + $0 }
        }
        section(place.say("收件目录", "Inboxes"), inboxRows(words))
        section(place.say("文件", "Files"), fileRows(words))
        section(place.say("审核中", "In work"), named(current?.inWork ?? []))
        section(place.say("暂缓", "Deferred"), deferred.flatMap { rows(of: $0, words) })
        section(place.say("隔离", "Quarantined"), quarantinedRows(words))
        section(
            place.say("最近的错误", "Last errors"),
            (record?.lastErrors ?? []).map { "\(words.time($0.at))  \(printable($0.sentence))" }
        )
        return lines.joined(separator: "\n") + "\n"
    }

    private func printable(_ text: String) -> String { Terminal.printable(Array(text.utf8)) }

    private func headline(_ words: LedgerWords) -> String {
        guard isRunning else {
            let last = record.map { record in
                place.say(
                    "，最后一次记录在 \(words.time(record.updatedAt))",
                    ", last heard of at \(words.time(record.updatedAt))"
                )
            }
            return words.paint("○", .faint)
                + place.say(
                    " 年报审核服务没有运行\(last ?? "")。启动：\(place.startCommand)",
                    " nianbao does not run\(last ?? ""). To start it: \(place.startCommand)"
                )
        }
        guard let current else {
            return words.paint("●", .yellow)
                + place.say(" 年报审核服务正在启动", " nianbao is starting")
                + (process.map { place.say("（进程 \($0)）", " (process \($0))") } ?? "")
        }
        let since = words.time(current.startedAt)
        let version = printable(current.version)
        return words.paint("●", .green)
            + place.say(
                " 年报审核服务正在运行：进程 \(current.pid)，版本 \(version)，\(since) 启动，此后审核 \(current.auditedSinceStart) 个文件",
                " nianbao is running: process \(current.pid), version \(version), since \(since), audits since then: \(current.auditedSinceStart)"
            )
    }

    private func inboxRows(_ words: LedgerWords) -> [String] {
        inboxes.map { inbox in
            let name = inbox.name.map { printable($0) + "  " } ?? ""
            let state = !isRunning ? nil : inbox.state.map { words.inboxState($0) }
            let remarks = [state, inbox.detail.map(printable)].compactMap(\.self)
            return name + printable(inbox.path)
                + (remarks.isEmpty ? "" : "  " + remarks.joined(separator: place.say("：", ": ")))
        }
    }

    private func fileRows(_ words: LedgerWords) -> [String] {
        guard trouble == nil else { return [] }
        let shown = FileState.allCases.filter { counts[$0] ?? 0 > 0 || $0 == .done }
        let states = shown.map { state in words.paint("\(words.state(state)) \(counts[state] ?? 0)", words.style(state))
        }
        let last = lastResult.map { result in
            let verdict = words.paint(words.verdict(result.verdict), words.style(verdict: result.verdict))
            return place.say("最近一次审核：", "Last audit: ") + words.time(result.at) + "  \(verdict)  "
                + LedgerTable.path(result.key)
        }
        return [states.joined(separator: place.say("，", ", "))] + [last].compactMap(\.self)
    }

    /// The first of a list.
    private func named(_ names: [String]) -> [String] {
        let rest = names.count - Self.mostNamed
        return names.prefix(Self.mostNamed).map(printable)
            + (rest > 0 ? [place.say("……另有 \(rest) 个", "… and \(rest) more")] : [])
    }

    private func rows(of group: Deferred, _ words: LedgerWords) -> [String] {
        let why = LedgerTable(words: words).why(group.example) ?? place.say("原因不详", "no reason given")
        let next = group.nextAttempt.map { next in
            let wait = next - WallClock.milliseconds
            return wait <= 0
                ? place.say("，即将再试", ", tried again now")
                : place.say("，\(words.span(wait))后再试", ", tried again in \(words.span(wait))")
        }
        let name = LedgerTable.path(group.example.key)
        let head =
            group.count == 1
            ? place.say("\(name)\(next ?? "")", "\(name)\(next ?? "")")
            : place.say("\(group.count) 个，如 \(name)\(next ?? "")", "\(group.count), such as \(name)\(next ?? "")")
        // Where the service gave a sentence, that says what to do.
        let remedy = group.example.detail == nil ? words.remedy(for: group.reason) : nil
        return [head, "  \(why)"] + [remedy].compactMap { $0.map { "  → \($0)" } }
    }

    private func quarantinedRows(_ words: LedgerWords) -> [String] {
        guard !quarantined.isEmpty else { return [] }
        let rows = quarantined.map { entry in
            let since = place.say("\(words.time(entry.since)) 起", "since \(words.time(entry.since))")
            return "\(LedgerTable.path(entry.key))  \(since)"
        }
        let rest = (counts[.quarantined] ?? 0) - rows.count
        let more =
            rest > 0
            ? [
                place.say(
                    "……另有 \(rest) 个：nianbao ledger list --quarantined",
                    "… and \(rest) more: nianbao ledger list --quarantined"
                )
            ] : []
        return rows + more + [quarantined.first.flatMap(words.remedy).map { "→ \($0)" }].compactMap(\.self)
    }
}
