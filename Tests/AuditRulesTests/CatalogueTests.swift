import AuditRules
import LinuxIO
import SystemPackage
import TestSupport
import Testing

/// A rule file that nobody listed is a check that nobody runs.
@Suite struct CatalogueTests {
    private struct RuleFile {
        let path: FilePath
        let type: String
        let identifier: String
    }

    /// The files in the folders of families that describe a rule.
    private static func ruleFiles() throws -> [RuleFile] {
        let sources = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
            .appending("Sources").appending("AuditRules")
        let files = DirectoryScan(root: sources).listing().files
        try #require(!files.isEmpty, "no sources in \(sources)")
        return try files.filter { $0.components.count > 1 && $0.extension == "swift" }.compactMap { file in
            let text = try #require(Files.read(sources.appending(file.components)), "\(file)")
            guard let found = text.firstMatch(of: /RuleDescription\(\s*"([^"]*)"/) else { return nil }
            return RuleFile(path: file, type: file.stem ?? "", identifier: String(found.1))
        }
    }

    /// Results of two versions of the program can only be told apart by this.
    @Test func theVersionIsThatOfTheSources() throws {
        let package = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
        let script = package.appending("scripts").appending("catalogue-version")
        let computed = try Command.run([script.string])
        #expect(computed.status == 0, "\(computed.errors)")
        #expect(
            computed.output == Catalogue.version + "\n",
            "the sources have changed since Sources/AuditRules/CatalogueVersion.swift was written. To refresh it: make generated"
        )
    }

    @Test func everyRuleFileIsListed() throws {
        let files = try Self.ruleFiles()
        let listed = Catalogue.rules.map { "\($0)" }
        for file in files where !listed.contains(file.type) {
            Issue.record("Sources/AuditRules/\(file.path): add \(file.type).self to Catalogue.rules")
        }
        for type in listed where !files.contains(where: { $0.type == type }) {
            Issue.record(
                "Catalogue.rules lists \(type), but no file Sources/AuditRules/*/\(type).swift describes a rule"
            )
        }
        #expect(Set(listed).count == listed.count, "a rule is listed twice")
    }

    @Test func filesAreNamedAfterTheirRules() throws {
        for file in try Self.ruleFiles() {
            // fee.missing stands in FeeMissing.swift.
            let words = file.identifier.split { $0 == "." || $0 == "-" }
            let name = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
            #expect(name == file.type, "\(file.path) describes \(file.identifier)")
            #expect(Catalogue.rule(file.identifier).map { "\($0)" } == file.type, "\(file.path)")
        }
    }
}
