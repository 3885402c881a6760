import AuditEngine
import AuditRules
import ChineseText
import DocumentModel
import Extraction
import FoundationEssentials
import Narrative
import ReportModel

/// The audit as JSON: schema `etc/nianbao/audit.schema.json`, version 1 (contract.md). Keys are sorted, nulls explicit.
public struct JSONReporter: Sendable {
    /// The version of the schema.
    public static let schemaVersion = "1"

    /// The language of messages.
    public var language: Language

    /// A reporter in a language.
    public init(language: Language) { self.language = language }

    /// The audit as a value.
    public func value(_ audit: Audit) -> JSONValue {
        var members: JSONObject = [
            "schemaVersion": .string(Self.schemaVersion),
            "tool": .object([
                "name": .string("nianbao"),
                "version": .string(ProductVersion.current),
                "catalogue": .string(Catalogue.version),
            ]),
            "auditedAt": .string(Timestamp.iso8601(audit.auditedAt)),
            "durationMs": .double((audit.durationMs * 1000).rounded() / 1000),
            "reused": .null,
            "source": source(audit.source),
            "verdict": .string(audit.verdict.rawValue),
        ]
        switch audit.result {
        case .failure(let unreadable):
            members["unreadable"] = .object([
                "code": .string(unreadable.code.rawValue), "message": .string(unreadable.text(language)),
            ])
            members["report"] = .null
            members["counts"] = counts { _ in 0 }
            members["findings"] = .array([])
            members["checks"] = .array([])
            members["waivers"] = .array([])
        case .success(let audited):
            members["unreadable"] = .null
            members["report"] = report(audited.report)
            members["counts"] = counts(audited.count)
            members["findings"] = .array(audited.findings.map(finding))
            members["checks"] = .array(checks(audited.checks))
            members["waivers"] = .array(audited.waivers.map(\.json))
        }
        return .object(members)
    }

    func counts(_ count: (Severity) -> Int) -> JSONValue {
        .object(JSONObject(Severity.allCases.map { ($0.rawValue, .int(count($0))) }))
    }

    // MARK: - Source

    func source(_ source: AuditSource) -> JSONValue {
        let path = String(decoding: source.path, as: UTF8.self)
        let name = source.path.split(separator: 0x2F).last.map { String(decoding: $0, as: UTF8.self) } ?? path
        var members: JSONObject = [
            "path": .string(path),
            "name": .string(name),
            "sha256": .string(source.sha256),
            "bytes": .int(source.bytes),
            "format": .string(source.format),
            "encoding": .string(source.encoding),
        ]
        // A path that is not UTF-8 shows U+FFFD; the bytes tell which file it was.
        if path.unicodeScalars.contains("\u{FFFD}") {
            members["pathBytes"] = .string(Data(source.path).base64EncodedString())
        }
        return .object(members)
    }

    // MARK: - Report

    private func report(_ report: AnnualReport) -> JSONValue {
        .object([
            "title": .string(report.title?.value),
            "agency": .string(report.agency),
            "agencyKind": .string(report.agencyKind.rawValue),
            "year": .int(report.year),
            "edition": .string(report.edition?.rawValue),
            "period": report.period.map {
                .object(["from": .string($0.value.from.description), "to": .string($0.value.to.description)])
            } ?? .null,
            "signedOn": .string(report.signedOn?.value.description),
            "sections": .array(
                report.sections.map { section in
                    .object([
                        "number": .int(section.number), "title": .string(section.title),
                        "heading": .string(section.heading),
                        "characters": .int(section.characters),
                    ])
                }
            ),
            "tables": .object(JSONObject(TableID.allCases.map { ($0.rawValue, table($0, report)) })),
            "cells": .array(TableID.allCases.flatMap { nullCells($0, report) }),
            "fee": fee(report.fee),
        ])
    }

    /// The rows that a table has in the JSON: those of its own edition.
    private func forms(_ table: TableID, _ report: AnnualReport) -> [RowForm]? {
        guard let status = report.tables[table] else { return nil }
        if case .missing = status { return nil }
        if table == .applications, report.edition == nil {
            return Form.rows(of: table, edition: .form2021, otherResults: report.table(table)?.otherResults)
        }
        return report.expectedRows(table)
    }

    private func table(_ table: TableID, _ report: AnnualReport) -> JSONValue {
        guard let forms = forms(table, report) else { return .null }
        let reading = report.table(table)
        return .object(
            JSONObject(
                forms.enumerated().map { place, form -> JSONObject.Member in
                    let row = reading?.rows.value(of: form.id, near: place)
                    if reading != nil, row == nil { return (form.id.key, .null) }
                    let cells = row?.cells ?? SmallDictionary()
                    let numbers = form.columns.enumerated().map { place, column -> JSONObject.Member in
                        let cell = cells.index(of: column, near: place)
                        return (column.key, cell.flatMap { cells.values[$0].number.map(Self.number) } ?? .null)
                    }
                    return (form.id.key, .object(JSONObject(numbers)))
                }
            )
        )
    }

    /// Why each null of a table is null.
    private func nullCells(_ table: TableID, _ report: AnnualReport) -> [JSONValue] {
        guard let forms = forms(table, report) else { return [] }
        let reading = report.table(table)
        return forms.enumerated().flatMap { place, form -> [JSONValue] in
            let row = reading?.rows.value(of: form.id, near: place)
            if reading != nil, row == nil { return [] }
            return form.columns.enumerated().compactMap { place, column in
                let cell = row?.cells.value(of: column, near: place)
                if cell?.number != nil { return nil }
                return .object([
                    "table": .string(table.rawValue), "row": .string(form.id.key), "column": .string(column.key),
                    "state": .string(Self.state(cell)), "text": .string(cell?.text ?? ""),
                ])
            }
        }
    }

    private static func state(_ cell: CellReading?) -> String {
        switch cell?.state {
        case .blank: "blank"
        case .notANumber: "notANumber"
        case .number, .notRead, nil: "notRead"
        }
    }

    /// A number of the report; whole numbers without a point.
    static func number(_ quantity: Quantity) -> JSONValue {
        quantity.integer.map(JSONValue.int) ?? .double(quantity.double)
    }

    private func fee(_ fee: Fee?) -> JSONValue {
        .object([
            "stated": .bool(fee != nil),
            "applications": .int(fee?.applications),
            "amountYuan": fee?.amountYuan.map(Self.number) ?? .null,
            "text": .string(fee?.text),
        ])
    }

    // MARK: - Findings

    private func finding(_ entry: Audited.RuledFinding) -> JSONValue {
        let finding = entry.finding
        let location = finding.location
        return .object([
            "rule": .string(entry.rule.id),
            "severity": .string(finding.severity.rawValue),
            "message": .string(finding.message.text(language)),
            "hint": .string(entry.hint.text(language)),
            "basis": .string(entry.rule.basis.text(language)),
            "location": .object([
                "section": .int(location.section),
                "table": .string(location.table?.rawValue),
                "row": .string(location.row?.key),
                "column": .string(location.column?.key),
                "page": .int(location.source.page),
                "line": .int(location.source.line),
                "place": location.source.json,
                "quote": .string(location.quote.map(Quote.shortened)),
            ]),
            "expected": finding.expected.map(Self.number) ?? .null,
            "actual": finding.actual.map(Self.number) ?? .null,
            "formula": .string(finding.formula?.text(language)),
            "waived": finding.waived?.json ?? .null,
        ])
    }

    private func checks(_ checks: [Check]) -> [JSONValue] {
        let order: [Outcome] = [.failed, .notAssessed, .passed, .notApplicable]
        var ordered: [JSONValue] = []
        ordered.reserveCapacity(checks.count)
        for outcome in order {
            for check in checks.indices where checks[check].outcome == outcome {
                ordered.append(
                    .object([
                        "outcome": .string(outcome.rawValue),
                        "reason": .string(checks[check].reason?.text(language)),
                        "rule": .string(checks[check].rule.id),
                    ])
                )
            }
        }
        return ordered
    }
}

/// The version of the product.
public enum ProductVersion {
    /// As in CHANGELOG.md.
    public static let current = "0.1.0"
}

/// Quotes from a document: one line, of bearable length.
enum Quote {
    /// Longest quote, in characters: enough to find the place again.
    static let longest = 160

    static func shortened(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var count = 0
        var sawBlank = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace || scalar.value < 0x20 || scalar.value == 0x7F {
                sawBlank = !result.isEmpty
                continue
            }
            if count == longest {
                result.append("…")
                break
            }
            if sawBlank {
                result.append(" ")
                sawBlank = false
            }
            result.append(scalar)
            count += 1
        }
        return String(result)
    }
}
