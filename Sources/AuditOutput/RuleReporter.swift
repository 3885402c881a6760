import AuditRules

/// The catalogue for people and programs.
public struct RuleReporter: Sendable {
    /// The language of texts.
    public var language: Language

    /// A reporter in a language.
    public init(language: Language) { self.language = language }

    private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    private func severity(_ severity: Severity) -> String {
        switch severity {
        case .error: say("错误", "error")
        case .warning: say("警告", "warning")
        case .info: say("提示", "info")
        }
    }

    private func years(_ years: ClosedRange<Int>) -> String {
        years.upperBound >= 9999
            ? say("\(years.lowerBound) 年度起", "from \(years.lowerBound)") : "\(years.lowerBound)–\(years.upperBound)"
    }

    /// One line a rule.
    public func list(_ rules: [RuleDescription]) -> String {
        let width = rules.map(\.id.count).max() ?? 0
        return rules.map { rule in
            let padding = String(repeating: " ", count: width - rule.id.count)
            return "\(rule.id)\(padding)  \(severity(rule.severity))  \(rule.name.text(language))\n"
        }.joined()
    }

    /// All about one rule.
    public func text(_ rule: RuleDescription) -> String {
        var lines = [
            "\(rule.id)  \(rule.name.text(language))",
            "",
            "\(say("级别", "Severity"))\(say("：", ": "))\(severity(rule.severity))",
            "\(say("年度", "Report years"))\(say("：", ": "))\(years(rule.years))",
            "\(say("依据", "Basis"))\(say("：", ": "))\(rule.basis.text(language))",
            "\(say("说明", "What and why"))\(say("：", ": "))\(rule.checks.text(language))",
            "\(say("处理", "Remedy"))\(say("：", ": "))\(rule.hint.text(language))",
        ]
        for (title, examples) in [(say("反例", "Failing"), rule.failing), (say("正例", "Passing"), rule.passing)] {
            for example in examples {
                lines += [
                    "",
                    say("\(title)（\(example.year) 年度报告样例）：", "\(title) example (sample report of \(example.year)):"),
                ]
                lines += shown(example)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The change that makes the example, as a diff.
    private func shown(_ example: Example) -> [String] {
        if example.edits.isEmpty { return ["    " + say("样例报告原文", "the sample report as it is")] }
        return example.edits.flatMap { edit in
            diff("-", edit.original) + diff("+", edit.replacement)
        }
    }

    private func diff(_ sign: String, _ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: true).map { line in
            "    \(sign) " + line.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: " | ")
        }
    }

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
                "basis": .string(rule.basis.text(language)),
                "checks": .string(rule.checks.text(language)),
                "rationale": .string(rule.rationale?.text(language)),
                "hint": .string(rule.hint.text(language)),
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
