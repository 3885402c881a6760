import AuditRules

/// The catalogue for people and programs. What a rule says of itself stands in its ``RuleDescription`` alone: the terminal,
/// `docs/rules.md` and the JSON are three forms of it.
public struct RuleReporter: Sendable {
    /// The language of texts.
    public var language: Language

    /// A reporter in a language.
    public init(language: Language) { self.language = language }

    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    // MARK: - What there is to say of a rule

    func severity(_ severity: Severity) -> String {
        switch severity {
        case .error: say("错误", "error")
        case .warning: say("警告", "warning")
        case .info: say("提示", "info")
        }
    }

    private func meaning(_ severity: Severity) -> String {
        switch severity {
        case .error: say("由报告本身即可证明，应退回补正", "provable from the report itself; it goes back")
        case .warning: say("请人工核对", "a person should look")
        case .info: say("供参考，不影响结论", "worth knowing; the verdict does not change")
        }
    }

    func years(_ years: ClosedRange<Int>) -> String {
        years.upperBound >= 9999
            ? say("\(years.lowerBound)年度起", "from \(years.lowerBound)")
            : say("\(years.lowerBound)–\(years.upperBound)年度", "\(years.lowerBound)–\(years.upperBound)")
    }

    /// The facts of a rule, each with its name.
    func facts(_ rule: RuleDescription) -> [(name: String, text: String)] {
        let (level, meaning) = (severity(rule.severity), meaning(rule.severity))
        return [
            (say("级别", "Severity"), say("\(level)（\(meaning)）", "\(level) (\(meaning))")),
            (say("年度", "Report years"), years(rule.years)),
            (say("适用机关", "Bodies"), rule.bodies?.text(language) ?? say("所有机关", "all")),
            (say("依据", "Basis"), rule.basis.text(language)),
        ]
    }

    /// What a rule says of itself, each under its heading.
    func chapters(_ rule: RuleDescription) -> [(heading: String, text: String)] {
        [
            (say("检查内容", "What is checked"), rule.checks.text(language)),
            (say("检查理由", "Why"), rule.rationale.text(language)),
            (say("修改建议", "How to mend it"), rule.hint.text(language)),
            (say("已知局限", "Known blind spots"), rule.blindSpots.text(language)),
        ]
    }

    /// The examples of a rule: one report on which it fires and one on which it does not, or all of them.
    func examples(_ rule: RuleDescription, all: Bool) -> [(heading: String, lines: [String])] {
        let kinds = [(say("反例", "Failing example"), rule.failing), (say("正例", "Passing example"), rule.passing)]
        return kinds.flatMap { kind, examples in
            examples.prefix(all ? examples.count : 1).map { example in
                (
                    say("\(kind)（\(example.year)年度报告样例）", "\(kind) (sample report of \(example.year))"),
                    change(example)
                )
            }
        }
    }

    /// The change that makes the example, as a diff.
    private func change(_ example: Example) -> [String] {
        if example.edits.isEmpty { return ["  " + say("样例报告原文", "the sample report as it is")] }
        return example.edits.flatMap { edit in
            diff("-", edit.original) + diff("+", edit.replacement)
        }
    }

    private func diff(_ sign: String, _ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: true).map { line in
            "\(sign) " + line.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: " | ")
        }
    }

    // MARK: - For a terminal

    /// One line a rule.
    public func list(_ rules: [RuleDescription]) -> String {
        let width = rules.map(\.id.count).max() ?? 0
        return rules.map { rule in
            let padding = String(repeating: " ", count: width - rule.id.count)
            return "\(rule.id)\(padding)  \(severity(rule.severity))  \(rule.name.text(language))\n"
        }.joined()
    }

    /// What a reader of the list may ask next.
    public var advice: String {
        say(
            "共 \(Catalogue.rules.count) 条。“nianbao rules 规则”说明一条规则：检查内容、理由、依据、修改建议、正反例。\n",
            "\(Catalogue.rules.count) rules. 'nianbao rules ID' tells all about one: what, why, on what basis, how to mend it, examples.\n"
        )
    }

    /// All about one rule.
    public func text(_ rule: RuleDescription) -> String {
        var lines = ["\(rule.id)  \(rule.name.text(language))", ""]
        lines += facts(rule).map { $0.name + say("：", ": ") + $0.text }
        for chapter in chapters(rule) { lines += ["", chapter.heading, "  " + chapter.text] }
        for example in examples(rule, all: true) {
            lines += ["", example.heading] + example.lines.map { "  " + $0 }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - For programs

    /// An array of rules.
    public func json(_ rules: [RuleDescription]) -> String {
        let values = rules.map { rule in
            JSONValue.object([
                "id": .string(rule.id),
                "name": .string(rule.name.text(language)),
                "severity": .string(rule.severity.rawValue),
                "years": .object([
                    "from": .int(rule.years.lowerBound),
                    "through": rule.years.upperBound >= 9999 ? .null : .int(rule.years.upperBound),
                ]),
                "bodies": .string(rule.bodies?.text(language)),
                "basis": .string(rule.basis.text(language)),
                "checks": .string(rule.checks.text(language)),
                "rationale": .string(rule.rationale.text(language)),
                "hint": .string(rule.hint.text(language)),
                "blindSpots": .string(rule.blindSpots.text(language)),
                "failing": .array(rule.failing.map(example)),
                "passing": .array(rule.passing.map(example)),
            ])
        }
        return String(decoding: JSONValue.array(values).serialized(pretty: true), as: UTF8.self) + "\n"
    }

    private func example(_ example: Example) -> JSONValue {
        .object([
            "year": .int(example.year),
            "edits": .array(
                example.edits.map {
                    .object(["original": .string($0.original), "replacement": .string($0.replacement)])
                }
            ),
            "text": .string(example.text),
        ])
    }
}
