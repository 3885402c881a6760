import ArgumentParser
import AuditOutput

/// The program: `nianbao COMMAND`.
struct Nianbao: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nianbao",
        abstract: "年报：审核政府信息公开工作年度报告。",
        discussion: """
            各级行政机关每年必须公布政府信息公开工作年度报告，格式全国统一。年报检查报告的完整性和一致性，
            指出缺少的部分、不平的表格、缺失的收费陈述和正文与表格的矛盾。

            常用：
              nianbao audit 报告.txt          审核文件
              nianbao watch                   作为服务监视收件夹
              nianbao rules fee.missing       说明一条规则
            """,
        version: "nianbao \(ProductVersion.current)",
        subcommands: [WatchCommand.self, AuditCommand.self, RulesCommand.self]
    )
}

do {
    var command = try Nianbao.parseAsRoot(ArgumentBytes.process)
    try command.run()
} catch {
    Nianbao.exit(withError: error)
}
