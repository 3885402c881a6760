// docs/rules.md is what the catalogue says, and nothing else.

import AuditOutput
import AuditRules
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the catalogue for readers") struct RuleReferenceTests {
    private static let rules = Catalogue.rules.map { $0.description }

    @Test(arguments: [(Language.zh, "rules.md"), (.en, "rules.en.md")])
    func theCommittedReferenceIsUpToDate(language: Language, file: String) throws {
        let package = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
        let committed = Files.read(package.appending("docs").appending(file)) ?? ""
        let generated = RuleReference(language: language).markdown(Self.rules)
        let lines = zip(committed.split(separator: "\n"), generated.split(separator: "\n"))
        let difference = lines.first { $0.0 != $0.1 }
        #expect(
            committed == generated,
            """
            docs/\(file) is not what the catalogue says. To refresh it: make generated
            First difference: \(difference.map { "\($0.0.prefix(80)) / \($0.1.prefix(80))" } ?? "one is longer")
            """
        )
    }

    /// Every rule teaches: the same in every form, nothing left out.
    @Test(arguments: Language.allCases)
    func everyFormSaysEverything(language: Language) throws {
        let reporter = RuleReporter(language: language)
        let reference = RuleReference(language: language).markdown(Self.rules)
        for rule in Self.rules {
            let text = reporter.text(rule)
            for said in [rule.name, rule.checks, rule.rationale, rule.basis, rule.hint, rule.blindSpots] {
                #expect(text.contains(said.text(language)), "rules \(rule.id) lacks “\(said.text(language))”")
                #expect(
                    reference.contains(escaped(said.text(language))),
                    "docs/rules lacks “\(said.text(language))” of \(rule.id)"
                )
            }
            #expect(text.split(separator: "\n").contains { $0.hasPrefix("  +") || $0.hasPrefix("  -") }, "\(rule.id)")
        }
        #expect(Set(reporter.list(Self.rules).split(separator: "\n")).count == Self.rules.count)
    }

    private func escaped(_ text: String) -> String {
        text.map { "\\`*_<>|".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
