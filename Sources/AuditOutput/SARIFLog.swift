import AuditRules
import Extraction

/// A SARIF 2.1.0 log of one call (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>), written as the audits come: results go out at
/// once, and only what is known of the files is kept to the end.
public struct SARIFLog: Sendable {
    private let language: Language
    private var artifacts: [[UInt8]] = []
    /// An artifact stands in the log once, also where its file was named twice.
    private var listed: Set<[UInt8]> = []
    private var notifications: [[UInt8]] = []
    private var hasResults = false

    /// An empty log.
    public init(language: Language) { self.language = language }

    /// What stands before the results: the tool with its rules.
    public var opening: [UInt8] {
        let language = language == .zh ? "zh-CN" : "en-US"
        return Self.bytes(#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"#)
            + Self.bytes(#""columnKind":"unicodeCodePoints","language":"\#(language)","tool":"#)
            + tool.serialized(pretty: false) + Self.bytes(#","results":["#)
    }

    /// Takes the share of one audit (``SARIFReporter/share(_:)``).
    ///
    /// - Returns: what is to be written now.
    public mutating func add(_ share: [UInt8]) -> [UInt8] {
        let lines = share.split(separator: 0x0A)
        if let artifact = lines.first.map(Array.init), listed.insert(artifact).inserted { artifacts.append(artifact) }
        if let notification = lines.dropFirst().first.map(Array.init), notification != Self.bytes("null") {
            notifications.append(notification)
        }
        var output: [UInt8] = []
        for result in lines.dropFirst(2) {
            output += Self.bytes(hasResults ? ",\n" : "\n") + result
            hasResults = true
        }
        return output
    }

    /// What stands behind the results: the files, and what could not be audited.
    public func closing(exitCode: Int) -> [UInt8] {
        let meaning =
            switch (exitCode, language) {
            case (0, .zh): "每个文件都已审核，没有错误"
            case (0, .en): "every file was audited, no error was found"
            case (1, .zh): "至少一个错误"
            case (1, .en): "at least one error was found"
            case (_, .zh): "至少一个文件无法审核"
            case (_, .en): "at least one file could not be audited"
            }
        return Self.bytes("\n],\"artifacts\":[\n") + Array(artifacts.joined(separator: Self.bytes(",\n")))
            + Self.bytes("\n],\"invocations\":[{\"executionSuccessful\":\(notifications.isEmpty),")
            + Self.bytes("\"exitCode\":\(exitCode),\"exitCodeDescription\":\"\(meaning)\",")
            + Self.bytes("\"toolExecutionNotifications\":[\n")
            + Array(notifications.joined(separator: Self.bytes(",\n"))) + Self.bytes("\n]}]}]}\n")
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    // MARK: - The tool

    /// The place of each rule in `tool.driver.rules`.
    static let ruleIndex: [String: Int] = Dictionary(
        uniqueKeysWithValues: Catalogue.rules.enumerated().map { ($0.element.description.id, $0.offset) }
    )

    /// The level of a severity.
    static func level(_ severity: Severity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .info: "note"
        }
    }

    private var tool: JSONValue {
        .object([
            "driver": .object([
                "name": .string("nianbao"),
                "fullName": .string("nianbao \(ProductVersion.current)"),
                "version": .string(ProductVersion.current),
                "semanticVersion": .string(ProductVersion.current),
                "informationUri": .string(Self.documentation),
                "language": .string(language == .zh ? "zh-CN" : "en-US"),
                "properties": .object(["catalogue": .string(Catalogue.version)]),
                "notifications": .array(Unreadable.Code.allCases.map { .object(["id": .string($0.rawValue)]) }),
                "rules": .array(Catalogue.rules.map { rule($0.description) }),
            ])
        ])
    }

    /// Where the package puts the documentation.
    private static let documentation = "file:///usr/share/doc/nianbao/"

    private func rule(_ rule: RuleDescription) -> JSONValue {
        let reporter = RuleReporter(language: language)
        let separator = reporter.say("：", ": ")
        let parts = reporter.chapters(rule).map { (name: $0.heading, text: $0.text) } + reporter.facts(rule)
        let markdown = parts.map { "**\($0.name)**\(separator)\(RuleReference.escaped($0.text))" }
        return .object([
            "id": .string(rule.id),
            "name": .string(rule.name.text(language)),
            "shortDescription": SARIFReporter.text(rule.name.text(language)),
            "fullDescription": SARIFReporter.text(rule.checks.text(language)),
            "help": .object([
                "text": .string(parts.map { $0.name + separator + $0.text }.joined(separator: "\n")),
                "markdown": .string(markdown.joined(separator: "\n\n")),
            ]),
            "defaultConfiguration": .object(["level": .string(Self.level(rule.severity))]),
            "properties": .object([
                "basis": .string(rule.basis.text(language)),
                "bodies": .string(rule.bodies?.text(language)),
                "tags": .array([.string(String(rule.id.prefix { $0 != "." }))]),
                "years": .object([
                    "from": .int(rule.years.lowerBound),
                    "through": rule.years.upperBound >= 9999 ? .null : .int(rule.years.upperBound),
                ]),
            ]),
        ])
    }
}

extension SARIFReporter {
    /// How a finding that is waived is told; nil for one that counts.
    func suppressions(_ finding: Finding) -> JSONValue? {
        finding.waived.map { waived in
            .array([
                .object([
                    "kind": .string("external"), "status": .string("accepted"),
                    "justification": .string(waived.text(language)),
                ])
            ])
        }
    }
}
