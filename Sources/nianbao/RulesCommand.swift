import ArgumentParser
import AuditOutput
import AuditRules

/// `nianbao rules`
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "列出规则，或说明一条规则：查什么、为什么、依据、年度、正反例。",
        discussion: """
            示例：
              nianbao rules
              nianbao rules fee.missing
              nianbao rules --format json
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: ArgumentHelp("规则标识，如 fee.missing；不给出则列出全部。", valueName: "规则"))
    var id: String?

    @Option(help: ArgumentHelp("输出格式：text 或 json。", valueName: "格式"))
    var format: Format = .text

    @Option(help: ArgumentHelp("语言：zh 或 en。", valueName: "语言"))
    var lang: Language?

    func run() throws {
        let reporter = RuleReporter(language: Output.language(lang))
        guard let id else {
            let rules = Catalogue.rules.map { $0.description }
            Output.out(format == .json ? reporter.json(rules) : reporter.list(rules))
            return
        }
        guard let rule = Catalogue.rule(id) else {
            let nearest = Catalogue.identifiers.sorted().filter { $0.hasPrefix(id.prefix(4)) }
            let hint = nearest.isEmpty ? "“nianbao rules”列出全部规则。" : "是否指：\(nearest.joined(separator: "、"))？"
            throw ValidationError("没有规则“\(id)”。\(hint)")
        }
        Output.out(format == .json ? reporter.json([rule.description]) : reporter.text(rule.description))
    }
}
