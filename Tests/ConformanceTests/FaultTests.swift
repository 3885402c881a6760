import AuditEngine
import AuditRules
import Conversion
import Extraction
import ReportGenerator
import Testing

/// The faults that are found in text are found in files too: the rule fires, and nothing unrelated.
@Suite struct FaultTests {
    /// Reports that are tried, until `enough` of them had a place for the fault: the faults themselves are tested on many more
    /// reports as text (GeneratedReportsTests); here it matters that each survives its way through a file.
    static let seeds: ClosedRange<UInt64> = 1...12
    static let enough = 6

    @Test(arguments: Mutation.Kind.allCases, [FileFormat.docx, .page])
    func oneFaultFiresItsRule(kind: Mutation.Kind, format: FileFormat) throws {
        let auditor = Auditor(tools: Examination.tools)
        var tried = 0
        for seed in Self.seeds where tried < Self.enough {
            for edition in [FormEdition.edition2019, .edition2021] {
                var generator = ReportGenerator(seed: seed)
                let base = generator.report(edition: edition, shape: .cellPerLine, options: .init(busy: true))
                guard let mutated = generator.mutation(kind, of: base) else { continue }
                tried += 1
                // Blank cells are a fault of their own.
                let features = DocxFeature.chosen(by: seed).subtracting([.blankCells])
                let pageFeatures = HTMLFeature.chosen(by: seed)
                let isDocx = format == .docx
                let file = isDocx ? mutated.report.docx(features) : mutated.report.html(pageFeatures)
                let names = isDocx ? features.map(\.rawValue) : pageFeatures.map(\.rawValue)
                let name = "seed \(seed), \(edition.rawValue), \(format), \(names.sorted()), \(mutated.mutation)"
                check(mutated, auditor, file, name)
            }
        }
        #expect(tried > 0, "no report offers a place for \(kind)")
    }

    private func check(_ mutated: MutatedReport, _ auditor: Auditor, _ file: [UInt8], _ name: String) {
        var source = AuditSource(path: Array("report".utf8))
        guard case .success(let audited) = auditor.audit(file, source: &source) else {
            Issue.record("\(name): unreadable")
            return
        }
        let shipped = Catalogue.identifiers
        let fired = Set(audited.findings.map(\.rule.id))
        var complaints = mutated.expectedRules.intersection(shipped).subtracting(fired).sorted().map {
            "\($0) did not fire"
        }
        // The one that speaks may be the one that is not shipped yet.
        let choices = mutated.anyOfRules.isSubset(of: shipped) ? mutated.anyOfRules : []
        if !choices.isEmpty, choices.isDisjoint(with: fired) { complaints.append("none of \(choices.sorted()) fired") }
        let allowed = mutated.expectedRules.union(mutated.anyOfRules).union(mutated.allowedRules)
            .union(mutated.report.toleratedRules)
        for entry in audited.findings where !allowed.contains(entry.rule.id) && entry.finding.severity != .info {
            let quote = entry.finding.location.quote ?? ""
            complaints.append("unrelated \(entry.rule.id): \(entry.finding.message.zh) [\(quote.prefix(80))]")
        }
        complaints += Comparison(audited, mutated.report).cells
        #expect(complaints.isEmpty, "\(name):\n  \(complaints.prefix(12).joined(separator: "\n  "))")
    }
}
