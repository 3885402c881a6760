// A kept audit that is renewed must be what an audit would have been, down to the last byte.

import AuditEngine
import AuditOutput
import AuditRules
@testable import AuditWorkers
import Extraction
import ReportGenerator
import ReportModel
import TestSupport
import Testing

@Suite("kept audits") struct KeptAuditTests {
    /// A content, and what was set for it but waivers.
    private struct Sample {
        let name: String
        let content: [UInt8]
        var settings = RuleSettings()

        /// The audit at a place, under waivers.
        func audit(_ place: Place, _ waivers: [Waiver]) -> Audit {
            var source = AuditSource(path: place.path)
            var settings = settings
            settings.waivers = waivers
            let result = Auditor(rules: RuleSet(settings: settings))
                .audit(content, source: &source, under: place.circumstances)
            return Audit(source: source, auditedAt: 1_768_875_069_123, durationMs: 3.217, result: result)
        }
    }

    /// Where a file lies, and when.
    private struct Place {
        var path: [UInt8]
        var circumstances: Circumstances

        static func random(_ random: inout SplitMix64) -> Place {
            let names =
                ["甲.txt", "乙.docx", "a\n\"\\b", "\u{FFFD}"].map { Array($0.utf8) } + [[0xC4, 0xEA, 0xB1, 0xA8]]
            let folders = ["", "县直/", "乡镇/东/"].map { Array($0.utf8) }
            let name = names.randomElement(using: &random) ?? []
            let inboxPath = (folders.randomElement(using: &random) ?? []) + name
            let path = Array("/srv/in/".utf8) + inboxPath
            let today = Day(year: 2026, month: 1, day: 20)
            return Place(
                path: path,
                circumstances: Circumstances(
                    today: Int.random(in: 0..<20, using: &random) == 0 ? nil : today,
                    paths: [path],
                    inboxPath: inboxPath
                )
            )
        }
    }

    private static let time: Int64 = 1_770_000_000_000

    private static func samples() -> [Sample] {
        var samples: [Sample] = []
        for edition in FormEdition.allCases {
            for shape in TextShape.allCases {
                var generator = ReportGenerator(seed: 3)
                let text = generator.report(edition: edition, shape: shape).text
                samples.append(Sample(name: "\(edition) \(shape)", content: Array(text.utf8)))
            }
            // Half of the kinds in each edition: an audit takes a debug build its time.
            for (index, kind) in Mutation.Kind.allCases.enumerated() where (index % 2 == 0) == (edition == .edition2021)
            {
                var generator = ReportGenerator(seed: 5)
                let report = generator.report(edition: edition, shape: .markdown, options: .init(busy: true))
                guard let text = generator.mutation(kind, of: report)?.report.text else { continue }
                samples.append(Sample(name: "\(edition) \(kind)", content: Array(text.utf8)))
            }
        }
        let faulty = [
            ("规章\t0\t0\t0", "规章\t\t/\t若干"), ("8\t2\t0", "8\t2\t若干"), ("行政处罚\t4", "行政处罚\t"),
            ("本年度未收取信息处理费。", "无。"), ("做好县政府", "做好XX县\u{8}\"\\😀"),
        ].reduce(SampleReport.text(year: 2023)) { $0.replacing($1.0, with: $1.1) }
        samples.append(Sample(name: "many faults", content: Array(faulty.utf8)))
        var levelled = Sample(name: "other levels", content: Array(faulty.utf8))
        levelled.settings.levels = ["fee.missing": .info, "cell.blank": .error, "text.placeholder": .off]
        samples.append(levelled)
        samples.append(Sample(name: "before the form", content: Array(faulty.replacing("2023", with: "2017").utf8)))
        return samples + unreadable
    }

    private static let unreadable = [
        Sample(name: "empty", content: []), Sample(name: "a recipe", content: Array("番茄炒蛋：番茄两个，鸡蛋三个。".utf8)),
        Sample(name: "zeros", content: Array(repeating: 0, count: 1000)),
        Sample(name: "half a character", content: Array(SampleReport.text(year: 2021).utf8) + [0xE4, 0xB8]),
    ]

    /// Waivers of which some fit.
    private static func waivers(for audit: Audit, _ random: inout SplitMix64) throws -> [Waiver] {
        let audited = try? audit.result.get()
        let findings = audited?.findings ?? []
        func pick<Value>(_ values: [Value]) throws -> Value { try #require(values.randomElement(using: &random)) }
        return try (0..<Int.random(in: 0...5, using: &random)).map { number in
            let finding = findings.randomElement(using: &random)
            let rule = try finding?.rule.id ?? pick(Catalogue.rules).description.id
            let until = try #require(Day(year: 2026, month: 1, day: pick([19, 20, 21])))
            var waiver = Waiver(rule: rule, reason: "理由“\(number)”", by: "王某", until: until)
            waiver.agency = try pick([nil, audited?.report.agency.map(NamedAgency.init), NamedAgency("别的机关")])
            waiver.file = try pick([nil, nil, "甲.txt", "县直/甲.txt", "/srv/in/乡镇/东/乙.docx"]).map { Array($0.utf8) }
            waiver.year = try pick([nil, audited?.report.year, 2000])
            if let scope = finding?.finding.scope, let table = scope.table, Bool.random(using: &random) {
                waiver.place = AuditRules.Place(
                    table,
                    row: try pick([nil, scope.row]),
                    column: try pick([nil, scope.column])
                )
            } else if Bool.random(using: &random) {
                waiver.place = AuditRules.Place(section: Int.random(in: 1...6, using: &random))
            }
            return waiver
        }
    }

    @Test(arguments: Language.allCases)
    func aRenewedAuditIsTheAuditItself(language: Language) throws {
        var random = SplitMix64(seed: 1)
        let form = AnswerForm(.result, language)
        let mark = "{\n    \"writtenAt\" : \"\(Timestamp.iso8601(Self.time))\"\n  }"
        var waived = 0
        for sample in Self.samples() {
            let bare = sample.audit(.random(&random), [])
            for round in 0..<(language == .zh ? 3 : 1) {
                let name = "\(sample.name), round \(round)"
                let first = AuditAnswer(try sample.audit(.random(&random), Self.waivers(for: bare, &random)), form)
                let kept = try #require(first.kept, "\(name): not kept")
                let (place, waivers) = (Place.random(&random), try Self.waivers(for: bare, &random))
                let wanted = AuditAnswer(sample.audit(place, waivers), form)
                var settings = RuleSettings()
                settings.waivers = waivers
                let renewed = try #require(
                    KeptAudit(bytes: kept)?
                        .renewed(at: place.path, under: settings, place.circumstances, writtenAt: Self.time),
                    "\(name): not understood"
                )
                let output = String(decoding: renewed.output, as: UTF8.self)
                #expect(output.contains(mark), "\(name)")
                #expect(
                    output.replacing("\"reused\" : \(mark)", with: "\"reused\" : null")
                        == String(decoding: wanted.output, as: UTF8.self),
                    "\(name)"
                )
                #expect(renewed.summary == wanted.summary && renewed.summary != nil, "\(name)")
                #expect(renewed.verdict == wanted.verdict && renewed.unreadable == wanted.unreadable, "\(name)")
                #expect(renewed.isComplete == wanted.isComplete && renewed.sha256 == wanted.sha256, "\(name)")
                #expect(renewed.waivers == wanted.waivers, "\(name)")
                #expect(wanted.kept == kept, "\(name): kept is the same, wherever the content lies")
                waived += wanted.summary?.waived ?? 0
            }
        }
        #expect(waived > 5, "only \(waived) findings were let pass: the waivers fit nothing")
    }

    /// Whatever stands in the ledger, the service goes on.
    @Test func damageIsNoHarm() throws {
        var random = SplitMix64(seed: 2)
        let place = Place.random(&random)
        for sample in Self.samples().suffix(7) {
            let kept = try #require(AuditAnswer(sample.audit(place, []), AnswerForm(.result, .zh)).kept)
            for length in stride(from: 0, to: kept.count, by: 1 + kept.count / 200) {
                _ = Self.renewed(Array(kept.prefix(length)), place)
            }
            for _ in 0..<300 {
                var bytes = kept
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    // The head, where all lengths are, is hit as often as the rest.
                    let end = Bool.random(using: &random) ? bytes.count : min(bytes.count, 600)
                    bytes[Int.random(in: 0..<end, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                _ = Self.renewed(bytes, place)
            }
            #expect(Self.renewed(kept, place) != nil, "\(sample.name)")
            #expect(Self.renewed(Array(kept.dropLast(3)), place) == nil, "\(sample.name)")
        }
    }

    private static func renewed(_ bytes: [UInt8], _ place: Place) -> AuditAnswer? {
        KeptAudit(bytes: bytes)?.renewed(at: place.path, under: RuleSettings(), place.circumstances, writtenAt: time)
    }

    @Test func whatOtherVersionsKeptIsNotUnderstood() throws {
        var random = SplitMix64(seed: 3)
        let sample = try #require(Self.samples().first)
        var kept = try #require(AuditAnswer(sample.audit(.random(&random), []), AnswerForm(.result, .zh)).kept)
        #expect(KeptAudit(bytes: kept) != nil)
        let version = Array(Catalogue.version.utf8)
        let place = try #require(kept.indices.first { kept[$0...].starts(with: version) })
        kept[place] += 1
        #expect(KeptAudit(bytes: kept) == nil)
    }

    /// Everything that can stand in a kept audit, and what can be missing.
    private static func fixedAudits() throws -> [KeptAudit] {
        var source = AuditSource(path: [])
        let unreadable = AuditFacts(
            language: .en,
            source: source,
            result: .failure(.init(code: .notAReport, text: "原因。"))
        )
        source.sha256 = String(repeating: "a", count: 64)
        source.bytes = 300
        source.format = "txt"
        source.encoding = "UTF-8"
        let rule = try #require(Catalogue.rule("fee.missing")).description
        let place = AuditFacts.Finding(
            rule: rule,
            severity: .warning,
            message: "问题",
            hint: "改法",
            place: "第 7 段",
            scope: .init(
                section: 3,
                table: .applications,
                row: RowID("total"),
                column: ColumnID("total"),
                cells: [CellAddress(.applications, RowID("total"), ColumnID("total"))]
            )
        )
        let noPlace = AuditFacts.Finding(
            rule: rule,
            severity: .info,
            message: "",
            hint: "",
            place: nil,
            scope: .init(section: nil, table: nil, row: nil, column: nil, cells: [])
        )
        let findings = AuditFacts.Findings(
            agency: "某局",
            year: 2023,
            isComplete: true,
            isUnsure: false,
            findings: [place, noPlace]
        )
        let audited = AuditFacts(language: .zh, source: source, result: .success(findings))
        return [unreadable, audited].map { KeptAudit(facts: $0, result: Array("{}".utf8)) }
    }

    /// The ledger of an earlier version must not be read by the rules of this one: another form has another number.
    @Test func theFormHasItsNumber() throws {
        // The SHA-256 of the audits above, by the number of the form.
        let digests: [UInt8: String] = [
            1: "fc36ad68ce8dea9b28f2b70d75427d8db58d6b12b46a754cc4bda4b1c7a51d24"
        ]
        var header = WireWriter()
        header.integer(KeptAudit.version)
        header.text(ProductVersion.current)
        header.text(Catalogue.version)
        let forms = try Self.fixedAudits().map { audit in
            try #require(audit.bytes.starts(with: header.bytes), "what tells versions apart stands in front")
            return Array(audit.bytes.dropFirst(header.bytes.count))
        }
        let digest = Auditor.sha256(Array(forms.joined()))
        #expect(
            digests[KeptAudit.version] == digest,
            "kept audits have another form: raise KeptAudit.version, and write its number and digest down here"
        )
    }

    /// What may be otherwise the next time is not kept.
    @Test(arguments: Unreadable.Code.allCases)
    func onlyWhatTheContentDecidesIsKept(code: Unreadable.Code) {
        func isKept(_ format: String?) -> Bool {
            let audit = Audit(
                source: AuditSource(path: [0x61], sha256: nil, bytes: 7, format: format),
                auditedAt: 0,
                durationMs: 0,
                result: .failure(Unreadable(code, "原因。", "Reason."))
            )
            return AuditAnswer(audit, AnswerForm(.result, .en)).kept != nil
        }
        let lasting: Set<Unreadable.Code> = [.unsupported, .encrypted, .corrupt, .noText, .notAReport]
        #expect(isKept("docx") == lasting.contains(code) && isKept(nil) == lasting.contains(code))
        #expect(isKept("pdf") == (lasting.contains(code) && code != .corrupt), "a converter may be incomplete")
        #expect(isKept("doc") == (lasting.contains(code) && code != .corrupt))
    }

    /// Of a thousand findings waivers decide which are listed: the others are not known any more.
    @Test func anAbridgedAuditIsNotKept() throws {
        var random = SplitMix64(seed: 4)
        let text = SampleReport.text(year: 2023).replacing(
            "二、主动公开政府信息情况\n",
            with: String(repeating: "召开XX会议。\n", count: 1000) + "二、主动公开政府信息情况\n"
        )
        let sample = Sample(name: "a thousand faults", content: Array(text.utf8))
        let answer = AuditAnswer(sample.audit(.random(&random), []), AnswerForm(.result, .zh))
        #expect(answer.verdict == .fail && answer.kept == nil)
    }
}
