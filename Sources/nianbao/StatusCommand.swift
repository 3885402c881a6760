import ArgumentParser
import AuditOutput
import Glibc
import Ledger
import LinuxIO

/// `nianbao status`
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: Spoken.say(
            "服务在做什么：收件目录、排队、暂缓、隔离、最近的错误。",
            "What the service is doing: inboxes, queue, deferred, quarantined, last errors."
        ),
        discussion: Spoken.say(
            """
            退出码（同 systemctl status）：
              0   服务正在运行
              3   没有运行
              64  用法错误
              65  台账已损坏，或由更新的版本写成（74、75：读写错误、被锁住；77：没有权限）
              78  配置错误

            示例：
              nianbao status
              nianbao status --format json | jq .files.deferred
            """,
            """
            Exit codes, as systemctl status has them:
              0   the service runs
              3   it does not run
              64  wrong usage
              65  the ledger is damaged or of a newer version (74, 75: input/output
                  error, locked; 77: no permission)
              78  bad configuration

            Examples:
              nianbao status
              nianbao status --format json | jq .files.deferred
            """
        )
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(help: .format("text 或 json", "text or json"))
    var format: Format = .text

    @OptionGroup var options: LedgerOptions

    func run() throws {
        let place = try options.place()
        let report = try ServiceReport(place)
        let bytes =
            switch format {
            case .text: Array(report.text(colour: Output.wantsColour).utf8)
            case .json: report.json.serialized(pretty: true) + [0x0A]
            }
        try Output.write(bytes, place.language)
        if let trouble = report.trouble { throw trouble.end(place.language) }
        // 3: "program is not running", Linux Standard Base 5.0, Init Script Actions.
        if !report.isRunning { throw ExitCode(3) }
    }
}
