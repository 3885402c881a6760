// An audit in a form that outlives its file: what the ledger keeps, so that the same content need not be audited again.

import AuditEngine
import AuditOutput
import AuditRules
import DocumentModel
import Extraction
import ReportModel

/// An audit without file and waivers, from which the result of another file of the same content can be written.
///
/// It is the result file as it was written, but for the path and waivers, and before it what the result alone does not say: all
/// cells that a finding is about, and its texts for the journal without JSON around them.
public struct KeptAudit: Sendable {
    /// Changes with the form, see `KeptAuditTests.theFormHasItsNumber`. Another version of the program may write other results, another catalogue names other rules:
    /// what they kept is not understood, and the file is audited again.
    static let version: UInt8 = 1

    private let facts: AuditFacts
    /// The result file, with an empty path.
    private let result: [UInt8]

    /// An audit in its parts: `facts` without a path and waivers, `result` with an empty path.
    init(facts: AuditFacts, result: [UInt8]) {
        self.facts = facts
        self.result = result
    }

    /// What an audit of the same content would say of another file, or under other waivers; nil when the parts do not fit.
    ///
    /// - Parameters:
    ///   - path: as named, in bytes.
    ///   - settings: only their waivers are looked at.
    ///   - circumstances: where the file lies, and what day it is.
    ///   - writtenAt: the time, milliseconds since 1970-01-01 UTC.
    public func renewed(
        at path: [UInt8],
        under settings: RuleSettings,
        _ circumstances: Circumstances,
        writtenAt: Int64
    ) -> AuditAnswer? {
        var facts = facts
        facts.source.path = path
        facts.applyWaivers(of: settings, under: circumstances)
        guard let output = JSONReporter(language: facts.language).retold(result, as: facts, writtenAt: writtenAt) else {
            return nil
        }
        return AuditAnswer(facts, output: output)
    }

    // MARK: - Bytes

    /// The form in which it is kept.
    var bytes: [UInt8] { Self.head(facts) + result }

    /// What stands before the result.
    private static func head(_ facts: AuditFacts) -> [UInt8] {
        var writer = WireWriter()
        writer.integer(version)
        writer.text(ProductVersion.current)
        writer.text(Catalogue.version)
        writer.facts(facts)
        return writer.bytes
    }

    /// Reads what was kept; nil when another version of the program wrote it, or it is damaged.
    public init?(bytes: [UInt8]) {
        var reader = WireReader(bytes)
        do throws(WireError) {
            guard try reader.integer(UInt8.self) == Self.version, try reader.text() == ProductVersion.current,
                try reader.text() == Catalogue.version
            else { return nil }
            facts = try reader.facts()
            result = reader.rest()
        } catch {
            return nil
        }
    }
}

/// What a worker adds to a result so that it becomes a ``KeptAudit``. Both are the same but for a few bytes: sent whole, they
/// would double what goes from process to process.
struct KeptShare: Hashable, Sendable {
    /// What stands before the result.
    var head: [UInt8]
    /// The part of the result that reads otherwise in what is kept, and how.
    var place: Range<Int>
    var replacement: [UInt8]

    /// ``KeptAudit/bytes``, with the result to which it belongs.
    func bytes(with result: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(head.count + result.count + replacement.count)
        bytes += head
        bytes += result[..<place.lowerBound]
        bytes += replacement
        bytes += result[place.upperBound...]
        return bytes
    }
}

extension KeptAudit {
    /// Keeps an audit.
    ///
    /// - Parameters:
    ///   - facts: those of `audit`, in the language of `result`.
    ///   - result: its result file.
    ///   - place: where the value of `source` stands in it; nil to look for that.
    /// - Returns: nil when the content alone does not decide what it says.
    static func share(
        of audit: Audit,
        _ facts: AuditFacts,
        result: [UInt8],
        sourceAt place: Range<Int>?
    ) -> KeptShare? {
        guard audit.isRepeatable else { return nil }
        let reporter = JSONReporter(language: facts.language)
        if let place, facts.isWithoutWaivers {
            // As nearly all are: then the whole text need not be gone through.
            var source = facts.source
            source.path = []
            return KeptShare(head: head(facts), place: place, replacement: reporter.written(source))
        }
        let neutral = facts.withoutFile
        guard let text = reporter.retold(result, as: neutral, writtenAt: nil) else { return nil }
        return KeptShare(head: head(neutral), place: result.indices, replacement: text)
    }
}

extension Audit {
    /// Whether the content decides what it says, and nothing that may be otherwise the next time.
    fileprivate var isRepeatable: Bool {
        switch result {
        case .success(let audited):
            return !audited.isAbridged
        case .failure(let reason):
            switch reason.code {
            case .unsupported, .encrypted, .noText, .notAReport:
                return true
            case .corrupt:
                // A converter that says so may itself be incomplete.
                let format = source.format.flatMap(DocumentFormat.init)
                return format.map { !$0.needsConversion && $0 != .pdf } ?? true
            case .notFound, .permissionDenied, .notAFile, .changed, .ioError, .tooLarge, .converterMissing, .timeout,
                .crashed:
                return false
            }
        }
    }
}

extension AuditFacts {
    /// Whether no waiver was looked at.
    fileprivate var isWithoutWaivers: Bool {
        guard case .success(let found) = result else { return true }
        return found.waivers.isEmpty && found.findings.allSatisfy { $0.waived == nil }
    }

    /// The same without a path and before waivers.
    fileprivate var withoutFile: AuditFacts {
        var facts = self
        facts.source.path = []
        facts.applyWaivers(of: RuleSettings(), under: Circumstances())
        return facts
    }
}

// MARK: - Facts as bytes

extension WireWriter {
    fileprivate mutating func facts(_ facts: AuditFacts) {
        text(facts.language.rawValue)
        optional(facts.source.sha256) { $0.text($1) }
        optional(facts.source.bytes) { $0.integer(Int64($1)) }
        optional(facts.source.format) { $0.text($1) }
        optional(facts.source.encoding) { $0.text($1) }
        switch facts.result {
        case .failure(let reason):
            flag(false)
            text(reason.code.rawValue)
            text(reason.text)
        case .success(let found):
            flag(true)
            optional(found.agency) { $0.text($1) }
            optional(found.year) { $0.integer(Int32(clamping: $1)) }
            flag(found.isComplete)
            flag(found.isUnsure)
            integer(UInt32(clamping: found.findings.count))
            for finding in found.findings { self.finding(finding) }
        }
    }

    private mutating func finding(_ finding: AuditFacts.Finding) {
        text(finding.rule.id)
        text(finding.severity.rawValue)
        text(finding.message)
        text(finding.hint)
        optional(finding.place) { $0.text($1) }
        let scope = finding.scope
        optional(scope.section) { $0.integer(UInt8(clamping: $1)) }
        optional(scope.table) { $0.text($1.rawValue) }
        optional(scope.row) { $0.text($1.key) }
        optional(scope.column) { $0.text($1.key) }
        integer(UInt32(clamping: scope.cells.count))
        for cell in scope.cells {
            text(cell.table.rawValue)
            text(cell.row.key)
            text(cell.column.key)
        }
    }
}

extension WireReader {
    fileprivate mutating func facts() throws(WireError) -> AuditFacts {
        guard let language = Language(rawValue: try text()) else { throw WireError() }
        var source = AuditSource(path: [])
        source.sha256 = try optional { (reader) throws(WireError) in try reader.text() }
        source.bytes = try optional { (reader) throws(WireError) in Int(try reader.integer(Int64.self)) }
        source.format = try optional { (reader) throws(WireError) in try reader.text() }
        source.encoding = try optional { (reader) throws(WireError) in try reader.text() }
        guard try flag() else {
            let reason = AuditFacts.Reason(code: try code(), text: try text())
            return AuditFacts(language: language, source: source, result: .failure(reason))
        }
        let found = AuditFacts.Findings(
            agency: try optional { (reader) throws(WireError) in try reader.text() },
            year: try optional { (reader) throws(WireError) in Int(try reader.integer(Int32.self)) },
            isComplete: try flag(),
            isUnsure: try flag(),
            findings: try list { (reader) throws(WireError) in try reader.finding() }
        )
        return AuditFacts(language: language, source: source, result: .success(found))
    }

    private mutating func finding() throws(WireError) -> AuditFacts.Finding {
        guard let rule = Catalogue.rule(try text())?.description, let severity = Severity(rawValue: try text()) else {
            throw WireError()
        }
        return AuditFacts.Finding(
            rule: rule,
            severity: severity,
            message: try text(),
            hint: try text(),
            place: try optional { (reader) throws(WireError) in try reader.text() },
            scope: Finding.Scope(
                section: try optional { (reader) throws(WireError) in Int(try reader.integer(UInt8.self)) },
                table: try optional { (reader) throws(WireError) in try reader.table() },
                row: try optional { (reader) throws(WireError) in RowID(try reader.text()) },
                column: try optional { (reader) throws(WireError) in ColumnID(try reader.text()) },
                cells: try list { (reader) throws(WireError) in
                    CellAddress(try reader.table(), RowID(try reader.text()), ColumnID(try reader.text()))
                }
            )
        )
    }

    private mutating func table() throws(WireError) -> TableID {
        guard let table = TableID(rawValue: try text()) else { throw WireError() }
        return table
    }
}
