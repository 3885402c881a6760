import ArgumentParser
import AuditOutput
import AuditRules
import LinuxIO
import SystemPackage

/// `nianbao rules`
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "列出规则，或说明一条规则：查什么、为什么、依据、年度、正反例；或说明对一个文件怎样适用。",
        discussion: """
            --effective 说明对一个报告文件各条规则的级别、参数、适用的豁免，以及各在配置的哪一行规定。
            为知道机关，会审核这个文件；文件不存在或无法审核时，只按路径说明，并写明这一点。

            示例：
              nianbao rules
              nianbao rules fee.missing
              nianbao rules --format json
              nianbao rules --effective 收件夹/县直/甲局.docx
              nianbao rules --effective 甲局.docx --config nianbao.yaml --format json cell.blank
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: ArgumentHelp("规则标识，如 fee.missing；不给出则列出全部。", valueName: "规则"))
    var id: String?

    @Option(help: ArgumentHelp("输出格式：text 或 json。", valueName: "格式"))
    var format: Format = .text

    @Option(help: ArgumentHelp("说明对这个文件怎样适用。", valueName: "文件"))
    var effective: PathArgument?

    @Option(
        help: ArgumentHelp(
            "与 --effective 同用：配置文件；不给出时用 /etc/nianbao/nianbao.yaml，没有则为内置默认值。",
            valueName: "文件"
        )
    )
    var config: PathArgument?

    @Option(help: ArgumentHelp("语言：zh 或 en。", valueName: "语言"))
    var lang: Language?

    func validate() throws {
        if config != nil && effective == nil {
            throw ValidationError("--config 只能与 --effective 一起使用。")
        }
        if effective?.isStandardInput == true {
            throw ValidationError("--effective 需要文件的路径，不能是标准输入。")
        }
    }

    func run() throws {
        if let effective {
            try runEffective(effective)
            return
        }
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

    private func runEffective(_ file: PathArgument) throws {
        let packaged = PathArgument(bytes: Array(WatchCommand.defaultConfiguration.utf8))
        let isPackaged = config == nil && (try? FileStatus(of: packaged.path)) != nil
        let settings = try Settings.load(config ?? (isPackaged ? packaged : nil), language: lang)
        if let id, Catalogue.rule(id) == nil { throw ValidationError(Self.unknown(id, settings.language)) }
        let report = try EffectiveReport(settings, file: file, rule: id)
        let text = format == .json ? report.json : report.text
        try Output.write(Array(text.utf8), settings.language)
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
