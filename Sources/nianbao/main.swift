import ArgumentParser
import AuditOutput
import AuditWorkers
import Glibc

/// The program: `nianbao COMMAND`.
struct Nianbao: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nianbao",
        abstract: Spoken.say(
            "年报：审核政府信息公开工作年度报告。",
            "Audits annual reports on open government information (政府信息公开工作年度报告)."
        ),
        discussion: Spoken.say(
            """
            各级行政机关每年必须公布政府信息公开工作年度报告，格式全国统一。年报检查报告的完整性和一致性，
            指出缺少的部分、不平的表格、缺失的收费陈述和正文与表格的矛盾。

            常用：
              nianbao audit 报告.txt          审核文件
              nianbao watch                   作为服务监视收件夹
              nianbao rules fee.missing       说明一条规则
              nianbao status                  服务在做什么
              nianbao reload                  让服务重新读取配置
              nianbao ledger list             收到的文件和审核的记录
              nianbao config check            检查配置文件
              nianbao doctor                  检查本机能读哪些格式
            """,
            """
            Chinese authorities publish such a report every year, on a uniform form.
            Nianbao checks that it is complete and consistent: sections, tables that
            balance, the fee statement, text against tables.

            In daily use:
              nianbao audit report.txt        audits files
              nianbao watch                   watches inboxes, as a service
              nianbao rules fee.missing       explains a rule
              nianbao status                  what the service is doing
              nianbao reload                  has the service read its configuration again
              nianbao ledger list             the record of files and audits
              nianbao config check            checks the configuration file
              nianbao doctor                  says which formats this machine can read
            """
        ),
        version: "nianbao \(ProductVersion.current)",
        subcommands: [
            WatchCommand.self, AuditCommand.self, RulesCommand.self, StatusCommand.self, ReloadCommand.self,
            LedgerCommand.self, ConfigCommand.self, DoctorCommand.self,
        ]
    )
}

// A worker starts many times a minute, and is nobody's command: it does without the argument parser.
if CommandLine.argc > 1, ArgumentBytes.process.first == WorkerProgram.command {
    let arguments = Array(ArgumentBytes.process.dropFirst())
    WorkerProgram.run(arguments: arguments, tools: Converters(arguments: arguments).tools)
}

do {
    var command = try Nianbao.parseAsRoot(ArgumentBytes.process)
    try command.run()
} catch {
    Nianbao.end(error)
}

extension Nianbao {
    /// Ends the program with what the argument parser has to say: help on standard output, complaints on standard error.
    /// Not `exit(withError:)`, which repeats an argument as it is, and takes a full disk for success.
    fileprivate static func end(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        let spoken = fullMessage(for: error)
        let message = Spoken.language == .zh ? ParserWords.chinese(spoken) : spoken
        if message.isEmpty { Glibc.exit(code.rawValue) }
        guard code.isSuccess else {
            Output.error(bytes: ArgumentBytes.decode(message))
            Glibc.exit(code.rawValue)
        }
        do {
            try Output.write(Array((message + "\n").utf8), Output.language(nil))
            Glibc.exit(code.rawValue)
        } catch {
            Glibc.exit(exitCode(for: error).rawValue)
        }
    }
}
