import ArgumentParser
import AuditOutput
import AuditRules
import AuditWorkers
import Configuration
import LinuxIO
import ReportModel
import SystemPackage

/// `nianbao config`
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: Spoken.say("检查配置文件。", "Checks the configuration file."),
        subcommands: [Check.self]
    )

    /// `nianbao config check`
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: Spoken.say(
                "检查配置文件：列出每个问题的文件、行号和改法。",
                "Checks the configuration: every problem with file, line and remedy."
            ),
            discussion: Spoken.say(
                """
                没有问题时给出概要；已到期和 30 天内到期的豁免作为提醒列出，不影响退出码。
                收件目录是否存在、权限是否足够，由 nianbao doctor 检查。

                退出码：
                  0   没有问题
                  64  用法错误
                  78  有问题

                示例：
                  nianbao config check
                  nianbao config check ./nianbao.yaml
                """,
                """
                Without problems it gives a summary. Waivers that expired or end within 30
                days are told as warnings; they do not change the exit code. Whether inboxes
                are there and may be read is checked by nianbao doctor.

                Exit codes:
                  0   no problems
                  64  wrong usage
                  78  problems

                Examples:
                  nianbao config check
                  nianbao config check ./nianbao.yaml
                """
            )
        )

        @Argument(
            help: .file(
                "配置文件；不给出时为 /etc/nianbao/nianbao.yaml。",
                "Configuration file; /etc/nianbao/nianbao.yaml where none is named."
            )
        )
        var file: PathArgument?

        @Option(help: .language)
        var lang: Language?

        func run() throws {
            let file = file ?? PathArgument(bytes: Array(WatchCommand.defaultConfiguration.utf8))
            let spoken = Output.language(lang)
            let settings: Settings
            do throws(ConfigurationErrors) {
                settings = try Settings.read(file, language: lang)
            } catch {
                // What is wrong is what was asked for, not what kept it from being told.
                let said = error.problems.map { $0.description(in: spoken == .zh ? .chinese : .english) }
                let lines = said.map { Terminal.printable(Array($0.utf8)) + "\n" }
                try Output.write(Array(lines.joined().utf8), spoken)
                throw ExitCode(78)
            }
            let summary = ConfigurationSummary(settings, today: .today)
            try Output.write(Array(summary.text.utf8), settings.language)
        }
    }
}

/// What a configuration without problems comes to, in a few lines.
struct ConfigurationSummary {
    private let settings: Settings
    private let rules: RuleSettings
    private let today: Day?

    /// Waivers that end sooner are told of: time enough to decide anew.
    private static let noticeDays = 30

    /// - Parameter today: what waivers are compared with.
    init(_ settings: Settings, today: Day?) {
        self.settings = settings
        rules = RuleSettings(settings.configuration)
        self.today = today
    }

    private func say(_ zh: String, _ en: String) -> String { settings.language == .zh ? zh : en }

    /// All of it.
    var text: String {
        let file = settings.file?.shown ?? ""
        let lines = [say("\(file)：没有问题", "\(file): no problems"), inboxes, times, levels, waivers] + warnings
        return lines.joined(separator: "\n") + "\n"
    }

    private var inboxes: String {
        let inboxes = settings.configuration.inboxes
        let names = inboxes.map { inbox in
            let path = Terminal.printable(inbox.path.bytes)
            return inbox.name.map { say("\(path)（\($0)）", "\(path) (\($0))") } ?? path
        }
        return say("  收件目录 \(inboxes.count) 个：", "  \(inboxes.count) inboxes: ")
            + names.joined(separator: say("、", ", "))
    }

    private var times: String {
        let configuration = settings.configuration
        let (settle, scan) = (configuration.settleTime.written, configuration.scanInterval.written)
        let poll = configuration.pollInterval.written
        let kept = configuration.retention.left.map(\.written)
        return say(
            "  时间：静置 \(settle)，全查每 \(scan)，轮询每 \(poll)；离开的文件，结果和台账\(kept.map { "保留 \($0)" } ?? "一直保留")",
            "  times: settle \(settle), walk every \(scan), poll every \(poll); "
                + "results and ledger of files that left are kept \(kept.map { "for \($0)" } ?? "for ever")"
        )
    }

    private var levels: String {
        func list(_ ids: [String]) -> String {
            ids.isEmpty ? "" : say("（\(ids.joined(separator: "、"))）", " (\(ids.joined(separator: ", ")))")
        }
        let off = rules.levels.filter { $0.value == .off }.keys.sorted()
        let changed = rules.levels.filter { $0.value != .off }.sorted { $0.key < $1.key }
            .map { "\($0.key): \($0.value.rawValue)" }
        return say(
            "  规则：停用 \(off.count) 条\(list(off))，改级别 \(changed.count) 条\(list(changed))，另作规定 \(rules.overrides.count) 处",
            "  rules: \(off.count) off\(list(off)), \(changed.count) with another level\(list(changed)), "
                + "\(rules.overrides.count) overrides"
        )
    }

    private var waivers: String {
        let expired = rules.waivers.count { $0.isExpired(on: today) }
        let valid = rules.waivers.count - expired
        return say(
            "  豁免：\(rules.waivers.count) 项，有效 \(valid) 项，已到期 \(expired) 项",
            "  waivers: \(rules.waivers.count), \(valid) in force, \(expired) expired"
        )
    }

    /// One line a waiver that ended, or ends soon.
    private var warnings: [String] {
        rules.waivers.indices.compactMap { index in
            let waiver = rules.waivers[index]
            let place = settings.place(of: "rules.waivers[\(index)]")
            if waiver.isExpired(on: today) {
                return WaiverText.complaint(waiver, .expired, settings.language).map {
                    "\(place): \(say("提醒：", "warning: "))\($0)\(say("。", "."))"
                }
            }
            guard let today, let days = today.days(until: waiver.until), days <= Self.noticeDays else { return nil }
            let subject = WaiverText.subject(waiver, settings.language)
            return say(
                "\(place): 提醒：豁免（\(subject)）\(days == 0 ? "今天到期" : "还有 \(days) 天到期")（\(waiver.until)）。",
                "\(place): warning: the waiver (\(subject)) ends \(days == 0 ? "today" : "in \(days) days") (\(waiver.until))."
            )
        }
    }
}

extension Day {
    /// Days from this day to another one; nil when it is further away than a year and so nobody counts.
    func days(until other: Day) -> Int? {
        guard self <= other, other.year - year <= 1 else { return nil }
        var day = self
        for count in 0...366 {
            if day == other { return count }
            day = day.next
        }
        return nil
    }

    private var next: Day {
        Day(year: year, month: month, day: day + 1) ?? Day(year: year, month: month + 1, day: 1)
            ?? Day(year: year + 1, month: 1, day: 1) ?? self
    }
}
