import ArgumentParser
import AuditOutput
import AuditRules
import LinuxIO
import SystemPackage

/// `nianbao rules`
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: Spoken.say(
            "列出规则，或说明一条规则：检查内容、理由、依据、年度、修改建议、正反例；或说明对一个文件怎样适用。",
            "Lists the rules, or explains one: what, why, on what basis, in which years, how to mend it, examples; or what holds for a file."
        ),
        discussion: Spoken.say(
            """
            规则的标识由族和名组成，如 fee.missing；族有 section、overview、problems（各部分）、table、template（表格和格式）、
            applications、disputes（勾稽关系）、cell（单元格）、fee（信息处理费）、narrative（正文与表格）、title、text（文字）等。

            级别：错误，由报告本身即可证明，应退回补正；警告，请人工核对；提示，供参考，不影响结论。

            --effective 说明对一个报告文件各条规则的级别、参数、适用的豁免，以及各在配置的哪一行规定。
            为知道机关，会审核这个文件；文件不存在或无法审核时，只按路径说明，并写明这一点。

            示例：
              nianbao rules
              nianbao rules fee.missing
              nianbao rules --format json
              nianbao rules --effective 收件夹/县直/甲局.docx
              nianbao rules --format markdown > 规则.md
            """,
            """
            A rule is called by family and name, as fee.missing. Families: section,
            overview, problems; table, template (form); applications, disputes (totals);
            cell; fee; narrative (text against tables); title, text; and others.

            Severities:
              error    provable from the report itself, which goes back
              warning  a person should look
              info     worth knowing; the verdict does not change

            --effective says for a report file the level of each rule, parameters and
            waivers, each with its line in the configuration. The file is audited to
            learn its body; where that cannot be, its path alone counts.

            Examples:
              nianbao rules
              nianbao rules fee.missing
              nianbao rules --format json
              nianbao rules --effective inbox/county/report.docx
              nianbao rules --format markdown > rules.md
            """
        )
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }

    @Argument(
        help: .said(
            "规则标识，如 fee.missing；不给出则列出全部。",
            "A rule, as fee.missing; all of them where none is named.",
            value: ("规则", "id")
        )
    )
    var id: String?

    @Option(
        help: .format(
            "text、json 或 markdown（docs/rules.md 由此生成）",
            "text, json or markdown (docs/rules.md is made by it)"
        )
    )
    var format: Format = .text

    @Option(help: .file("说明对这个文件，各条规则的级别、参数和豁免。", "Says what holds for this file: levels, parameters, waivers."))
    var effective: PathArgument?

    @Option(
        help: .file(
            "与 --effective 同用：配置文件；不给出时用 /etc/nianbao/nianbao.yaml，没有则为内置默认值。",
            "With --effective: configuration file; else /etc/nianbao/nianbao.yaml where there is one, else built-in defaults."
        )
    )
    var config: PathArgument?

    @Option(help: .language)
    var lang: Language?

    func validate() throws {
        if config != nil && effective == nil {
            throw ValidationError(Spoken.say("--config 只能与 --effective 一起使用。", "--config goes with --effective only."))
        }
        if let id, Catalogue.rule(id) == nil { throw ValidationError(Self.unknown(id)) }
        if effective?.isStandardInput == true {
            throw ValidationError(
                Spoken.say("--effective 需要文件的路径，不能是标准输入。", "--effective needs the path of a file, not standard input.")
            )
        }
        if effective != nil && format == .markdown {
            throw ValidationError(
                Spoken.say("--effective 只有 text 和 json 两种格式。", "--effective has the formats text and json only.")
            )
        }
    }

    func run() throws {
        if let effective {
            try runEffective(effective)
            return
        }
        let language = Output.language(lang)
        let reporter = RuleReporter(language: language)
        let rules = Catalogue.rules.map { $0.description }.filter { id == nil || $0.id == id }
        let text =
            switch format {
            case .json: reporter.json(rules)
            case .markdown: RuleReference(language: language).markdown(rules)
            case .text where id == nil: reporter.list(rules)
            case .text: rules.map(reporter.text).joined()
            }
        try Output.write(Array(text.utf8), language)
        // Beside the list and not in it: scripts read that line by line.
        if id == nil, format == .text, Output.isForAPerson { Output.error(reporter.advice) }
    }

    private func runEffective(_ file: PathArgument) throws {
        let packaged = PathArgument(bytes: Array(WatchCommand.defaultConfiguration.utf8))
        let isPackaged = config == nil && (try? FileStatus(of: packaged.path)) != nil
        let settings = try Settings.load(config ?? (isPackaged ? packaged : nil), language: lang)
        let report = try EffectiveReport(settings, file: file, rule: id)
        let text = format == .json ? report.json : report.text
        try Output.write(Array(text.utf8), settings.language)
    }

    private static func unknown(_ id: String) -> String {
        let nearest = Catalogue.identifiers.sorted().filter { $0.hasPrefix(id.prefix(4)) }
        return nearest.isEmpty
            ? Spoken.say(
                "没有规则“\(id)”。“nianbao rules”列出全部规则。",
                "There is no rule '\(id)'. 'nianbao rules' lists all of them."
            )
            : Spoken.say(
                "没有规则“\(id)”。是否指：\(nearest.joined(separator: "、"))？",
                "There is no rule '\(id)'. Did you mean \(nearest.joined(separator: ", "))?"
            )
    }
}
