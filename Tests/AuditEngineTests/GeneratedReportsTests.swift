import AuditEngine
import AuditRules
import ChineseText
import Extraction
import Glibc
import ReportGenerator
import ReportModel
import Testing

/// Random reports of the generator, which shares no label table with the reader and derives its faults from domain.md alone:
/// every cell must be read right, a consistent report must not be complained of, and one fault must make exactly the rules
/// fire that it breaks.
///
/// `NIANBAO_SEEDS=2000` tries more of them than the default, `NIANBAO_FIRST_SEED=5000` others.
@Suite struct GeneratedReportsTests {
    /// So many seeds for every shape and edition.
    static func seeds(_ usual: UInt64) -> Range<UInt64> {
        let count = getenv("NIANBAO_SEEDS").flatMap { UInt64(String(cString: $0)) } ?? usual
        let first = getenv("NIANBAO_FIRST_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1
        return first..<(first + count)
    }

    static let forms: [FormEdition] = [.edition2019, .edition2021]

    /// Every rule on a single report of domain.md §3.
    static let singleReportRules: Set<String> = [
        "section.missing", "section.empty", "section.numbering", "overview.topic-missing",
        "overview.accountability-missing", "problems.improvement-missing", "table.missing", "table.row-missing",
        "template.outdated", "template.other-results-merged", "template.premature", "fee.missing", "fee.misplaced",
        "fee.breakdown", "fee.implausible", "fee.contradicted", "applications.row-total", "applications.result-total",
        "applications.balance", "disputes.total", "cell.blank", "cell.not-a-number", "cell.unit",
        "cell.not-an-integer", "cell.negative", "regulations.unauthorized", "documents.in-force",
        "documents.exceeds-total", "documents.items-as-decisions", "charges.unit-suspect", "procurement.decimals",
        "narrative.applications", "narrative.no-applications", "narrative.disputes", "narrative.documents",
        "narrative.breakdown", "title.missing", "title.format", "period.mismatch", "year.stale", "basis.superseded",
        "deadline.missed", "text.placeholder", "agency.mismatch", "text.duplicated-words", "preface.section-list",
    ]

    /// Rules without a kind of fault, with the reason.
    static let withoutFault: [String: String] = [:]

    @Test func everyRuleHasItsFault() {
        let covered = Mutation.Kind.allCases.reduce(into: Set<String>()) { $0.formUnion($1.targets) }
        let missing = Self.singleReportRules.subtracting(covered).subtracting(Self.withoutFault.keys)
        #expect(missing.isEmpty, "no kind of fault is made for \(missing.sorted())")
        let unlisted = Catalogue.identifiers.subtracting(Self.singleReportRules)
        #expect(unlisted.isEmpty, "list these rules here and give each a kind of fault: \(unlisted.sorted())")
        #expect(covered.isSubset(of: Self.singleReportRules), "\(covered.subtracting(Self.singleReportRules).sorted())")
    }

    /// 6 shapes of 167: 1,002 reports of each edition.
    @Test(arguments: TextShape.allCases, forms)
    func consistentReportsAreReadRight(shape: TextShape, edition: FormEdition) throws {
        for seed in Self.seeds(167) {
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
            let excused = report.unassessableRules
            for check in audited.checks where check.outcome == .notAssessed && excused[check.rule.id] == nil {
                Issue.record("\(name): \(check.rule.id) was not assessed: \(check.reason?.zh ?? "")")
            }
        }
    }

    /// A report that is still being written is not complete before the heading of section 六 is there.
    @Test(arguments: TextShape.allCases, forms)
    func aReportIsCompleteWhenItsLastSectionIsThere(shape: TextShape, edition: FormEdition) throws {
        for seed in Self.seeds(10) {
            var generator = ReportGenerator(seed: seed)
            let text = generator.report(edition: edition, shape: shape).text
            let name = "seed \(seed), \(shape), \(edition)"
            let report = try #require(Self.audit(text, name)).report
            #expect(report.isComplete, "\(name)")
            let heading = try #require(report.section(6)?.heading, "\(name)")
            let end = try #require(text.ranges(of: heading).last, "\(name): no \(heading)").lowerBound
            for part in 1...8 {
                let cut = text.index(
                    text.startIndex,
                    offsetBy: text.distance(from: text.startIndex, to: end) * part / 8
                )
                var source = AuditSource(path: [])
                let audited = Auditor().audit(Array(text[..<cut].utf8), source: &source)
                #expect((try? audited.get().report.isComplete) != true, "\(name), \(part) eighths")
            }
        }
    }

    @Test(arguments: Mutation.Kind.allCases)
    func oneFaultFiresItsRule(kind: Mutation.Kind) throws {
        var tried = 0
        var asked: Set<String> = []
        for seed in Self.seeds(8) {
            for shape in TextShape.allCases {
                for edition in Self.forms {
                    guard let (mutated, origin) = Self.mutated(kind, seed, edition, shape) else { continue }
                    tried += 1
                    asked.formUnion(mutated.expectedRules.union(mutated.anyOfRules))
                    check(mutated, "\(origin), \(shape), \(edition), \(mutated.mutation)")
                }
            }
        }
        // A handful of seeds need not offer every fault a place.
        guard Self.seeds(8).count >= 8 else { return }
        #expect(tried > 0, "no report offers a place for \(kind)")
        #expect(
            asked.isSuperset(of: kind.targets),
            "\(kind) never asked for \(kind.targets.subtracting(asked).sorted())"
        )
    }

    /// A faulty report: of a busy body, which offers most faults a place, else of others. With the options that make
    /// `generate-report` write it again.
    static func mutated(
        _ kind: Mutation.Kind,
        _ seed: UInt64,
        _ edition: FormEdition,
        _ shape: TextShape
    ) -> (MutatedReport, origin: String)? {
        for attempt in UInt64(0)..<4 {
            let seed = seed + attempt * 1_000_003
            let isBusy = attempt % 2 == 0
            var generator = ReportGenerator(seed: seed)
            let base = generator.report(edition: edition, shape: shape, options: .init(busy: isBusy))
            if let mutated = generator.mutation(kind, of: base) {
                return (mutated, "seed \(seed)\(isBusy ? " busy" : "")")
            }
        }
        return nil
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
        // The one that speaks may be the one that is not shipped yet.
        let choices = mutated.anyOfRules.isSubset(of: shipped) ? mutated.anyOfRules : []
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
