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
        let language = Output.language(lang)
        let reporter = RuleReporter(language: language)
        let text: String
        if let id {
            guard let rule = Catalogue.rule(id) else { throw ValidationError(Self.unknown(id, language)) }
            text = format == .json ? reporter.json([rule.description]) : reporter.text(rule.description)
        } else {
            let rules = Catalogue.rules.map { $0.description }
            text = format == .json ? reporter.json(rules) : reporter.list(rules)
        }
        try Output.write(Array(text.utf8), language)
    }

    private static func unknown(_ id: String, _ language: Language) -> String {
        let nearest = Catalogue.identifiers.sorted().filter { $0.hasPrefix(id.prefix(4)) }
        return switch (language, nearest.isEmpty) {
        case (.zh, true): "没有规则“\(id)”。“nianbao rules”列出全部规则。"
        case (.zh, false): "没有规则“\(id)”。是否指：\(nearest.joined(separator: "、"))？"
        case (.en, true): "There is no rule '\(id)'. 'nianbao rules' lists all of them."
        case (.en, false): "There is no rule '\(id)'. Did you mean \(nearest.joined(separator: ", "))?"
        }
    }
}
