import AuditEngine
import AuditRules
import ChineseText
import Extraction
import Glibc
import ReportGenerator
import ReportModel
import Testing

/// Random reports of the generator, which shares no label table with the reader: every cell must be read right, a consistent
/// report must not be complained of, and one changed number must make exactly the rules fire that it breaks.
///
/// `NIANBAO_SEEDS=2000` tries more of them than the default.
@Suite struct GeneratedReportsTests {
    static let seeds: Range<UInt64> = {
        let count = getenv("NIANBAO_SEEDS").flatMap { UInt64(String(cString: $0)) } ?? 20
        let first = getenv("NIANBAO_FIRST_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1
        return first..<(first + count)
    }()

    static let forms: [FormEdition] = [.edition2019, .edition2021]

    @Test(arguments: TextShape.allCases, forms)
    func consistentReportsAreReadRight(shape: TextShape, edition: FormEdition) throws {
        for seed in Self.seeds {
            var generator = ReportGenerator(seed: seed)
            let report = generator.report(edition: edition, shape: shape)
            let name = "seed \(seed), \(shape), \(edition)"
            let audited = try #require(Self.audit(report.text, name), "\(name): unreadable\n\(report.text)")
            Self.compareCells(audited.report, report, name)
            #expect(audited.report.year == report.year, "\(name): year")
            #expect(audited.report.agency == report.agency, "\(name): body")
            #expect(audited.report.signedOn?.value.description == report.signedOn, "\(name): date of the signature")
            #expect((audited.report.fee != nil) == (report.fee != nil), "\(name): fee statement")
            if let fee = report.fee {
                #expect(audited.report.fee?.amountYuan == Quantity(fee.amountYuan), "\(name): fee amount")
                #expect(audited.report.fee?.applications ?? 0 == fee.applications ?? 0, "\(name): fee applications")
            }
            for entry in audited.findings where !report.toleratedRules.contains(entry.rule.id) {
                Issue.record(
                    "\(name): \(entry.rule.id) fired on a consistent report: \(entry.finding.message.zh) [\(entry.finding.location.quote ?? "")]"
                )
            }
            for check in audited.checks where check.outcome == .notAssessed {
                // Without a date under the signature nothing is known of the day.
                if check.rule.id == "deadline.missed", report.signedOn == nil { continue }
                Issue.record("\(name): \(check.rule.id) was not assessed: \(check.reason?.zh ?? "")")
            }
        }
    }

    @Test(arguments: Mutation.Kind.allCases)
    func oneFaultFiresItsRule(kind: Mutation.Kind) throws {
        var tried = 0
        for seed in Self.seeds {
            for shape in TextShape.allCases {
                for edition in Self.forms {
                    var generator = ReportGenerator(seed: seed)
                    let base = generator.report(edition: edition, shape: shape, options: .init(busy: true))
                    guard let mutated = generator.mutation(kind, of: base) else { continue }
                    tried += 1
                    check(mutated, "seed \(seed), \(shape), \(edition), \(mutated.mutation)")
                }
            }
        }
        #expect(tried > 0, "no report offers a place for \(kind)")
    }

    private func check(_ mutated: MutatedReport, _ name: String) {
        guard let audited = Self.audit(mutated.report.text, name) else {
            Issue.record("\(name): unreadable")
            return
        }
        let fired = Set(audited.findings.map(\.rule.id))
        let shipped = Catalogue.identifiers
        for rule in mutated.expectedRules.intersection(shipped) where !fired.contains(rule) {
            Issue.record("\(name): \(rule) did not fire; fired: \(fired.sorted())")
        }
        let choices = mutated.anyOfRules.intersection(shipped)
        if !choices.isEmpty, choices.isDisjoint(with: fired) {
            Issue.record("\(name): none of \(choices.sorted()) fired; fired: \(fired.sorted())")
        }
        let allowed = mutated.expectedRules.union(mutated.anyOfRules).union(mutated.allowedRules)
            .union(mutated.report.toleratedRules)
        for entry in audited.findings where !allowed.contains(entry.rule.id) {
            Issue.record(
                "\(name): unrelated \(entry.rule.id): \(entry.finding.message.zh) [\(entry.finding.location.quote ?? "")]"
            )
        }
        Self.compareCells(audited.report, mutated.report, name)
    }

    // MARK: - Helpers

    static func audit(_ text: String, _ name: String) -> Audited? {
        var source = AuditSource(path: Array(name.utf8))
        switch Auditor().audit(Array(text.utf8), source: &source) {
        case .success(let audited): return audited
        case .failure(let unreadable):
            Issue.record("\(name): \(unreadable.chinese)")
            return nil
        }
    }

    static func compareCells(_ read: AnnualReport, _ written: GeneratedReport, _ name: String) {
        for (path, value) in written.cells {
            let cell = Self.cell(path, read)
            if cell?.number?.description != value.description {
                Issue.record(
                    "\(name): cell \(path) is \(value), read \(cell.map { "\($0.state) “\($0.text)”" } ?? "nothing")"
                )
            }
        }
        for (path, state) in written.unreadableCells {
            let found = Self.cell(path, read)?.state
            let right = state == "blank" ? found == .blank : found == .notANumber
            if !right { Issue.record("\(name): cell \(path) is \(state), read \(found.map { "\($0)" } ?? "nothing")") }
        }
    }

    static func cell(_ path: CellPath, _ report: AnnualReport) -> CellReading? {
        TableID(rawValue: path.table).flatMap { report.cell(CellAddress($0, RowID(path.row), ColumnID(path.column))) }
    }
}
