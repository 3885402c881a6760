import ArgumentParser
import AuditOutput
import AuditService
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
            root 和 nianbao 组的成员经控制套接字询问运行中的服务；文件的数目和清单取自台账。

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
            Root and members of the group nianbao ask the running service over its control
            socket; numbers and lists of files come from the ledger.

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

    @OptionGroup var options: ServiceOptions

    func run() throws {
        let reply = options.control.ask(.status, within: .seconds(5))
        let answer = if case .answer(let answer) = reply { answer } else { ControlAnswer?.none }
        let place = try options.place(of: answer)
        let report = try ServiceReport(place, answer)
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
