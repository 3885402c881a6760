import AuditEngine
import AuditRules
import ChineseText
import DocumentModel
import Extraction
import ReportModel

/// What one audit adds to a SARIF log: made where the document was audited, put together by ``SARIFLog``.
///
/// On the way it is text, one JSON value a line (a line of JSON holds no line end): the artifact, the notification or null,
/// then each result.
public struct SARIFReporter: Sendable {
    /// The language of messages.
    public var language: Language

    /// A reporter in a language.
    public init(language: Language) { self.language = language }

    /// The audit's share of the log.
    public func share(_ audit: Audit) -> [UInt8] {
        var values = [artifact(audit), .null]
        switch audit.result {
        case .failure(let unreadable):
            values[1] = .object([
                "descriptor": .object(["id": .string(unreadable.code.rawValue)]),
                "level": .string("error"),
                "locations": .array([.object(["physicalLocation": physical(audit.source)])]),
                "message": Self.text(unreadable.text(language)),
            ])
        case .success(let audited):
            values += results(audited, audit.source)
        }
        return Array(values.map { $0.serialized(pretty: false) }.joined(separator: [0x0A]))
    }

    /// `{"text": …}`, which SARIF asks for in many places.
    static func text(_ text: String) -> JSONValue { .object(["text": .string(text)]) }

    // MARK: - The file

    private func artifact(_ audit: Audit) -> JSONValue {
        let source = audit.source
        var properties: JSONObject = ["verdict": .string(audit.verdict.rawValue)]
        if let format = source.format { properties["format"] = .string(format) }
        if case .success(let audited) = audit.result {
            properties["agency"] = .string(audited.report.agency)
            properties["year"] = .int(audited.report.year)
            // What was not checked is told, so that a log without results is not taken for a clean report.
            properties["notAssessed"] = .array(
                audited.checks.filter { $0.outcome == .notAssessed }.map { check in
                    .object(["rule": .string(check.rule.id), "reason": .string(check.reason?.text(language))])
                }
            )
        }
        var members: JSONObject = [
            "location": Self.location(source),
            "roles": .array([.string("analysisTarget")] + (source.path == [0x2D] ? [.string("standardStream")] : [])),
            "properties": .object(properties),
        ]
        if let bytes = source.bytes { members["length"] = .int(bytes) }
        if let encoding = source.encoding { members["encoding"] = .string(encoding) }
        if let sha256 = source.sha256 { members["hashes"] = .object(["sha-256": .string(sha256)]) }
        return .object(members)
    }

    private static func location(_ source: AuditSource) -> JSONValue {
        .object(["uri": .string(FileURI.reference(source.path))])
    }

    private func physical(_ source: AuditSource, line: Int? = nil) -> JSONValue {
        var members: JSONObject = ["artifactLocation": Self.location(source)]
        if let line { members["region"] = .object(["startLine": .int(line)]) }
        return .object(members)
    }

    // MARK: - Findings

    private func results(_ audited: Audited, _ source: AuditSource) -> [JSONValue] {
        var seen: [String: Int] = [:]
        return audited.findings.map { entry in
            let identity = identity(entry)
            let occurrence = seen[identity, default: 0]
            seen[identity] = occurrence + 1
            var members: JSONObject = [
                "ruleId": .string(entry.rule.id),
                "level": .string(SARIFLog.level(entry.finding.severity)),
                "message": Self.text(entry.finding.message.text(language)),
                "locations": .array([location(entry.finding.location, audited, source)]),
                "partialFingerprints": .object([
                    "nianbao/v1": .string(fingerprint(identity, occurrence))
                ]),
                "properties": properties(entry),
            ]
            if let index = SARIFLog.ruleIndex[entry.rule.id] { members["ruleIndex"] = .int(index) }
            if let suppressions = suppressions(entry.finding) { members["suppressions"] = suppressions }
            return .object(members)
        }
    }

    private func location(_ location: Location, _ audited: Audited, _ source: AuditSource) -> JSONValue {
        var members: JSONObject = ["physicalLocation": physical(source, line: location.source.line)]
        if let logical = logical(location, audited.report.edition) { members["logicalLocations"] = .array([logical]) }
        return .object(members)
    }

    /// The place in the terms of the form: `applications/3.7/total`, `section/6`.
    private func logical(_ location: Location, _ edition: Edition?) -> JSONValue? {
        guard let table = location.table else {
            return location.section.map { section in
                .object([
                    "fullyQualifiedName": .string("section/\(section)"), "kind": .string("section"),
                    "name": .string(
                        language == .zh ? "第\(ChineseNumeral.text(section))部分" : "section \(section)"
                    ),
                ])
            }
        }
        let row = location.row?.key ?? (location.column == nil ? nil : "*")
        let keys = [table.rawValue, row, location.column?.key].compactMap(\.self)
        let names = [
            language == .zh ? table.name : "table \(table.section)", location.row.map { Form.rowName(table, $0) },
            location.column.map { Form.columnName(table, $0, edition: edition) },
        ]
        let kind =
            switch (location.row, location.column) {
            case (nil, nil): "table"
            case (_?, nil): "row"
            case (nil, _?): "column"
            case (_?, _?): "cell"
            }
        return .object([
            "fullyQualifiedName": .string(keys.joined(separator: "/")), "kind": .string(kind),
            "name": .string(names.compactMap(\.self).joined(separator: "·")),
        ])
    }

    /// What SARIF has no place for.
    private func properties(_ entry: Audited.RuledFinding) -> JSONValue {
        let finding = entry.finding
        var members: JSONObject = [
            "hint": .string(entry.hint.text(language)), "basis": .string(entry.rule.basis.text(language)),
        ]
        if let quote = finding.location.quote { members["quote"] = .string(Quote.shortened(quote)) }
        if let expected = finding.expected { members["expected"] = JSONReporter.number(expected) }
        if let actual = finding.actual { members["actual"] = JSONReporter.number(actual) }
        if let formula = finding.formula { members["formula"] = .string(formula.text(language)) }
        if finding.location.source.json != .null { members["place"] = finding.location.source.json }
        return .object(members)
    }

    /// What is the same finding in the next version of the report: the rule, the place in the form, and outside of tables the
    /// words. Not the line, which every edit above it moves.
    private func identity(_ entry: Audited.RuledFinding) -> String {
        let location = entry.finding.location
        let words = location.row == nil && location.column == nil ? location.quote.map(Quote.shortened) : nil
        let parts = [
            entry.rule.id, location.section.map(String.init), location.table?.rawValue, location.row?.key,
            location.column?.key, words,
        ]
        return parts.map { $0 ?? "" }.joined(separator: "\u{0}")
    }

    private func fingerprint(_ identity: String, _ occurrence: Int) -> String {
        String(Auditor.sha256(Array("\(identity)\u{0}\(occurrence)".utf8)).prefix(32))
    }
}

/// File names as URIs.
enum FileURI {
    /// An absolute path as a `file:` URI, another as a relative reference. Every byte that is not plain in a path is escaped, so
    /// that the reference gives back the very name, whatever its encoding.
    static func reference(_ path: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        if path.first == 0x2F { result += Array("file://".utf8) }
        for byte in path {
            if isPlain(byte) {
                result.append(byte)
            } else {
                result += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The unreserved characters of RFC 3986, and the slash.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E: true
        default: false
        }
    }
}
