import AuditRules

/// The findings of an audit, what they mean and how to mend them, in limited room: by rule, the gravest first. What was found
/// and how to mend it comes before why it matters, so a report with many findings loses explanations and not findings.
struct FindingExplanation {
    /// One rule with all it found.
    private struct Chapter {
        var title: String
        /// What was found, and where.
        var findings: [String]
        /// How to mend it.
        var remedy: String
        /// Why it matters, and the clause.
        var background: String

        /// The lines, with at most so many findings.
        func lines(_ mostFindings: Int, _ language: Language) -> [String] {
            let rest = findings.count - mostFindings
            let note = language == .zh ? "· ……另有 \(rest) 处" : "· … and \(rest) more"
            return [title] + findings.prefix(mostFindings) + (rest > 0 ? [note] : []) + [remedy]
        }
    }

    private let chapters: [Chapter]
    /// What is let pass, and waivers that did nothing: behind the chapters, as far as there is room.
    private let notes: [String]
    private let language: Language

    init(_ found: AuditFacts.Findings, _ language: Language) {
        self.language = language
        let reporter = RuleReporter(language: language)
        let say = reporter.say
        var order: [String] = []
        var byRule: [String: [AuditFacts.Finding]] = [:]
        for finding in found.findings where finding.waived == nil {
            if byRule[finding.rule.id] == nil { order.append(finding.rule.id) }
            byRule[finding.rule.id, default: []].append(finding)
        }
        notes =
            found.findings.compactMap { finding in
                finding.waived.map { waived in
                    say("已豁免：", "Waived: ") + finding.rule.id + say("，", ", ") + finding.message
                        + say("豁免理由：", " Reason: ") + waived.text(language) + say("。", ".")
                }
            }
            + found.waivers.compactMap { use in
                WaiverText.complaint(use.waiver, use.state, language).map { $0 + say("。", ".") }
            }
        let groups = order.compactMap { byRule[$0] }
        let sorted = Severity.allCases.flatMap { severity in
            groups.filter { $0.map(\.severity).min() == severity }
        }
        chapters = sorted.compactMap { findings in
            guard let first = findings.first, let severity = findings.map(\.severity).min() else { return nil }
            let rule = first.rule
            let hints = findings.map(\.hint)
            let remedies = hints.enumerated().filter { !hints[..<$0.offset].contains($0.element) }.map(\.element)
            return Chapter(
                title: say(
                    "【\(reporter.severity(severity))】\(rule.name.zh)（\(rule.id)）",
                    "[\(reporter.severity(severity))] \(rule.name.en) (\(rule.id))"
                ),
                findings: findings.map { "· " + ($0.place.map { $0 + say("：", ": ") } ?? "") + $0.message },
                remedy: say("修改建议：", "Remedy: ") + remedies.joined(separator: say("", " ")),
                background: say("检查理由：", "Why: ") + rule.rationale.text(language)
                    + say("依据：\(rule.basis.zh)。", " Basis: \(rule.basis.en).")
            )
        }
    }

    /// As much as fits into `limit` bytes of UTF-8.
    func text(within limit: Int) -> String {
        var text = chapters.isEmpty ? (language == .zh ? "没有发现问题。" : "No findings.") : findings(within: limit)
        if chapters.isEmpty, notes.count > 0 { text = language == .zh ? "没有需要处理的问题。" : "Nothing to mend." }
        var room = limit - text.utf8.count
        for note in notes {
            room -= note.utf8.count + 1
            guard room >= 0 else { break }
            text += "\n" + note
        }
        return text
    }

    private func findings(within limit: Int) -> String {
        for mostFindings in [Int.max, 5, 3, 1] {
            let short = chapters.map { $0.lines(mostFindings, language).joined(separator: "\n") }
            let needed = Self.size(short)
            guard needed <= limit else { continue }
            var room = limit - needed
            let texts = zip(chapters, short).map { chapter, short in
                let cost = chapter.background.utf8.count + 1
                guard cost <= room else { return short }
                room -= cost
                return short + "\n" + chapter.background
            }
            return texts.joined(separator: "\n")
        }
        return cut(limit)
    }

    private static func size(_ lines: [String]) -> Int { lines.reduce(0) { $0 + $1.utf8.count + 1 } }

    /// Whole chapters as long as they fit, and how many rules did not.
    private func cut(_ limit: Int) -> String {
        var kept: [String] = []
        for (index, chapter) in chapters.enumerated() {
            let rest = chapters.count - index
            let note =
                language == .zh
                ? "……另有 \(rest) 条规则的问题，见结果文件。" : "… \(rest) more rules have findings, see the result file."
            let lines = chapter.lines(1, language)
            guard Self.size(kept + lines + [note]) <= limit else {
                kept.append(note)
                break
            }
            kept += lines
        }
        return kept.joined(separator: "\n")
    }
}
