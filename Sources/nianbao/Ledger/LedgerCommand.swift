import ArgumentParser
import AuditEngine
import AuditOutput
import AuditRules
import Glibc
import Ledger
import LinuxIO

/// `nianbao ledger`
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: Spoken.say(
            "台账：收到的每个文件和每次审核的记录。",
            "The ledger: the record of every file that came and of every audit."
        ),
        discussion: Spoken.say(
            """
            服务把每个文件的状态和每次审核记在状态目录的 nianbao.sqlite 中；服务运行时也可以查看。

            状态：
              settling     静置：可能还在写入，静置时间内没有变化即审核
              queued       排队：等待审核
              working      审核中
              done         完成：结果已写出
              deferred     暂缓：这次没有成功，到时自动再试（1 秒到 1 小时）
              quarantined  隔离：两次使审核崩溃或超时，改动或 retry 之前不再审核

            退出码：
              0   正常
              64  用法错误
              65  台账已损坏，或由更新的版本写成
              66  还没有台账，或台账中没有指定的文件
              74  读写错误（75：台账被锁住，稍后再试）
              77  没有权限
              78  配置错误
            """,
            """
            The service keeps the state of every file and every audit in nianbao.sqlite in
            the state folder. It may be looked into while the service runs.

            States:
              settling     may still be written; audited when quiet for the settle time
              queued       waits for its audit
              working      is being audited
              done         its result is in place
              deferred     did not work, is tried again by itself (after 1 s to 1 h)
              quarantined  reading it crashed or took too long, twice; left alone until it
                           changes or retry is called

            Exit codes:
              0   all went well
              64  wrong usage
              65  the ledger is damaged, or of a newer version
              66  there is no ledger yet, or a named file is not in it
              74  input/output error (75: the ledger is locked, try again)
              77  no permission
              78  bad configuration
            """
        ),
        subcommands: [List.self, Show.self, History.self, Export.self, Retry.self]
    )
}

/// `--deferred` and the like, as with `ledger retry`: `--state` is the state folder, here as everywhere.
struct StateFlag: EnumerableFlag {
    let state: FileState

    static let allCases = FileState.allCases.map(StateFlag.init)

    static func name(for value: StateFlag) -> NameSpecification { .customLong(value.state.rawValue) }

    static func help(for value: StateFlag) -> ArgumentHelp? {
        let name = LedgerWords(language: .zh, colour: false).state(value.state)
        return .said("只列\(name)的。", "Only \(value.state.rawValue) files.")
    }
}

extension LedgerCommand {
    /// `nianbao ledger list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: Spoken.say("列出文件：状态、结论、机关、年度。", "Lists files: state, verdict, body, year."),
            // The options alone would fill three lines.
            usage: Spoken.say("nianbao ledger list [选项]", "nianbao ledger list [OPTION]..."),
            discussion: Spoken.say(
                """
                不带条件时列出收件目录中现有的全部文件；几个条件都须符合。

                示例：
                  nianbao ledger list --deferred
                  nianbao ledger list --verdict fail --year 2025
                  nianbao ledger list --agency 青禾县水利局 --format json
                  nianbao ledger list --left
                """,
                """
                Without conditions all files that are in the inboxes; several conditions must
                all be met.

                Examples:
                  nianbao ledger list --deferred
                  nianbao ledger list --verdict fail --year 2025
                  nianbao ledger list --inbox towns --format json
                  nianbao ledger list --left
                """
            )
        )

        @Flag var inState: StateFlag?

        @Option(
            help: .said(
                "只列这个结论的。",
                "Only files with this verdict.",
                value: ("结论", "verdict")
            )
        )
        var verdict: VerdictArgument?

        @Option(help: .said("只列这个机关的，写全称。", "Only reports of this body, by its full name.", value: ("机关", "name")))
        var agency: String?

        @Option(help: .said("只列这个报告年度的。", "Only reports for this year.", value: ("年度", "year")))
        var year: Int?

        @Option(help: .said("只列这个收件目录的，写名称。", "Only files of this inbox, by its name.", value: ("名称", "name")))
        var inbox: String?

        @Flag(help: .said("列出已经离开收件目录的文件。", "Lists files that left their inbox."))
        var left = false

        @Option(help: .format("text、json 或 csv", "text, json or csv"))
        var format: ListFormat = .text

        @OptionGroup var options: LedgerOptions

        func run() throws {
            let view = try LedgerView(options.place())
            let filter = LedgerView.Filter(
                state: inState?.state,
                inbox: inbox,
                verdict: verdict?.verdict.rawValue,
                agency: agency.map(NamedAgency.init),
                year: year,
                left: left
            )
            let table = LedgerTable(words: view.words)
            var output = LedgerOutput(format, .files, view.place.language)
            let now = WallClock.milliseconds
            try view.each(filter) { entry in
                try output.add(view.file(entry), header: table.header, text: table.line(entry, now: now))
            }
            try output.end()
            if output.count == 0 { Output.error(view.place.say("nianbao: 没有这样的文件。", "nianbao: no such file.")) }
        }
    }
}

/// A verdict on the command line.
struct VerdictArgument: ExpressibleByArgument, CaseIterable {
    var verdict: Verdict

    init?(argument: String) {
        guard let verdict = Verdict(rawValue: argument) else { return nil }
        self.verdict = verdict
    }

    private init(_ verdict: Verdict) { self.verdict = verdict }

    static var allCases: [VerdictArgument] { Verdict.allCases.map(VerdictArgument.init) }
    static var allValueStrings: [String] { Verdict.allCases.map(\.rawValue) }
}
