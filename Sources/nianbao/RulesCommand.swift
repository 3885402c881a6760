import ArgumentParser
import AuditOutput
import AuditRules

/// `nianbao rules`
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: Spoken.say(
            "列出规则，或说明一条规则：检查内容、理由、依据、年度、修改建议、正反例。",
            "Lists the rules, or explains one: what, why, on what basis, in which years, how to mend it, examples."
        ),
        discussion: Spoken.say(
            """
            规则的标识由族和名组成，如 fee.missing；族有 section、overview、problems（各部分）、table、template（表格和格式）、
            applications、disputes（勾稽关系）、cell（单元格）、fee（信息处理费）、narrative（正文与表格）、title、text（文字）等。

            级别：
              错误  由报告本身即可证明，应退回补正
              警告  请人工核对
              提示  供参考，不影响结论

            示例：
              nianbao rules
              nianbao rules fee.missing
              nianbao rules --format json
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

            Examples:
              nianbao rules
              nianbao rules fee.missing
              nianbao rules --format json
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

    @Option(help: .language)
    var lang: Language?

    func run() throws {
        let language = Output.language(lang)
        let reporter = RuleReporter(language: language)
        let rules = try chosen(language)
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

    private func chosen(_ language: Language) throws -> [RuleDescription] {
        guard let id else { return Catalogue.rules.map { $0.description } }
        guard let rule = Catalogue.rule(id) else { throw ValidationError(Self.unknown(id, language)) }
        return [rule.description]
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
