// etc/nianbao/nianbao.yaml against the table of keys: neither has a key that the other lacks.

import SystemPackage
import Testing

@testable import Configuration

@Suite struct PackagedFileTests {
    private let file: FilePath = {
        var path = FilePath(#filePath)
        for _ in 0..<3 { path.removeLastComponent() }
        return path.appending("etc/nianbao/nianbao.yaml")
    }()

    private func lines() throws -> [String] {
        let descriptor = try FileDescriptor.open(file, .readOnly)
        let bytes = try descriptor.closeAfter {
            try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
                count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    /// `#key: value` is a key that is not in force; prose has a blank behind its `#`.
    private func uncommented(_ line: String) -> String {
        let body = line.drop { $0 == " " }
        guard body.hasPrefix("#"), let next = body.dropFirst().first, next != " " else { return line }
        return String(line.prefix(while: { $0 == " " }) + body.dropFirst())
    }

    @Test func itHoldsTheDefaultsAndThePackagedInbox() throws {
        var expected = Configuration()
        expected.inboxes = [.packaged]
        expected.rules.parameters.overviewMinimum = 30
        #expect(try Configuration.load(from: file, vocabulary: exampleVocabulary) == expected)
    }

    @Test func itHasExactlyTheKeysOfTheTable() throws {
        let text = try lines().map(uncommented).joined(separator: "\n")
        let configuration = try Configuration.parse(Array(text.utf8), file: file, vocabulary: exampleVocabulary)
        #expect(configuration.inboxes.count == 1)
        #expect(configuration.rules.overrides.count == 1 && configuration.rules.waivers.count == 1)
        // The parse above refuses a key that the table lacks; here, every key of the table must stand in the file.
        let root = try Node(parsing: Array(text.utf8))
        // What stands below these is documented elsewhere: rules by `nianbao rules`, parameters at `rules.parameters`.
        let others = ["rules.levels.", "rules.overrides[].levels.", "rules.overrides[].parameters."]
        let written = keyPaths(of: root).filter { path in !others.contains { path.hasPrefix($0) } }
        #expect(Set(written) == Set(Configuration.allKeyPaths))
    }

    @Test func everyKeyHasItsCommentAbove() throws {
        let lines = try lines()
        func check<Target>(_ fields: [Field<Target>]) {
            for field in fields {
                let numbers = lines.indices.dropFirst().filter { number in
                    uncommented(lines[number]).drop { " -".contains($0) }.hasPrefix("\(field.name):")
                }
                #expect(!numbers.isEmpty, "\(field.name) does not stand in the file")
                // A name may stand in several groups.
                let number = numbers.first { lines[$0 - 1].drop { $0 == " " } == "# \(field.documentation)" }
                guard let number else {
                    Issue.record("no \(field.name) below “# \(field.documentation)”")
                    continue
                }
                if let text = field.defaultText {
                    #expect(lines[number].hasSuffix("\(field.name): \(text)"))
                }
            }
        }
        check(Configuration.fields)
        check(Configuration.Inbox.fields)
        check(Configuration.Retention.fields)
        check(Configuration.Limits.fields)
        check(Configuration.Converters.fields)
        check(Configuration.Metrics.fields)
        check(Configuration.Rules.fields)
        check(Configuration.Parameters.fields)
        check(Configuration.Override.fields)
        check(Configuration.Waiver.fields)
    }

    @Test func aDefaultInADocumentationIsTheDefault() throws {
        func check<Target>(_ fields: [Field<Target>]) {
            for field in fields {
                guard let text = field.defaultText, text != "[]" else { continue }
                #expect(field.documentation.contains("缺省 \(text)"), "\(field.name)")
            }
        }
        check(Configuration.fields)
        check(Configuration.Retention.fields)
        check(Configuration.Limits.fields)
        check(Configuration.Rules.fields)
        check(Configuration.Parameters.fields)
    }
}

/// What the examples of the file name.
private let exampleVocabulary = Vocabulary(
    rules: ["text.placeholder", "section.numbering", "cell.blank"],
    tables: ["disclosure": .init(rows: [], columns: [])]
)

/// The key paths below a node, in the spelling of `Configuration.allKeyPaths`.
private func keyPaths(of node: Node, at path: String = "") -> [String] {
    switch node.content {
    case .scalar, .alias: []
    case .sequence(let elements): elements.flatMap { keyPaths(of: $0, at: path + "[]") }
    case .mapping(let pairs):
        pairs.flatMap { pair in
            let name = pair.key.scalar?.text ?? "?"
            let keyPath = path.isEmpty ? name : "\(path).\(name)"
            return [keyPath] + keyPaths(of: pair.value, at: keyPath)
        }
    }
}
