// NIANBAO_EXPLAIN: what the journal says of an audit, in the room that a catalog text has.

import AuditEngine
import AuditOutput
import AuditRules
import Testing

@Suite("the explanation in the journal") struct ExplanationTests {
    /// What is found comes first; whoever has many findings gets fewer explanations, and is told how many are left out.
    @Test(arguments: Language.allCases)
    func everyAuditIsExplainedInItsRoom(language: Language) throws {
        let many = AuditSample("many", SampleReport.text(year: 2023).replacing("\t0", with: "\t若干"))
        for sample in try AuditSample.faulty() + AuditSample.peculiar() + AuditSample.unreadable() + [many] {
            let explanation = AuditSummary(sample.audit, language: language).explanation
            #expect(!explanation.isEmpty)
            #expect(explanation.utf8.count <= AuditSummary.longestExplanation, "\(sample.name)")
            guard case .success(let audited) = sample.audit.result else { continue }
            // What is let pass needs no mending.
            let counted = audited.findings.filter { $0.finding.waived == nil }
            let gravest = counted.min { $0.finding.severity < $1.finding.severity }
            guard let gravest else { continue }
            #expect(explanation.contains(gravest.finding.message.text(language)), "\(sample.name): \(explanation)")
            #expect(explanation.contains(gravest.hint.text(language)), "\(sample.name): \(explanation)")
        }
    }

    @Test func aFewFindingsAreExplainedInFull() throws {
        let text = SampleReport.text(year: 2023).replacing("本年度未收取信息处理费。", with: "无。")
            .replacing("1\t0\t0\t1\t2\t0", with: "1\t0\t0\t1\t0\t0")
        let explanation = AuditSummary(AuditSample("two", text).audit, language: .zh).explanation
        for id in ["fee.missing", "disputes.total"] {
            let rule = try #require(Catalogue.rule(id)?.description)
            for said in [rule.name, rule.rationale, rule.basis] {
                #expect(explanation.contains(said.zh), "\(id): “\(said.zh)” is not in\n\(explanation)")
            }
        }
        #expect(explanation.contains("第"), "the place is told: \(explanation)")
    }

    @Test func manyFindingsOfARuleAreCounted() throws {
        let lines = String(repeating: "召开XX会议。\n", count: 150)
        let text = SampleReport.text(year: 2023).replacing("二、主动公开政府信息情况\n", with: lines + "二、主动公开政府信息情况\n")
        let explanation = AuditSummary(AuditSample("many", text).audit, language: .zh).explanation
        #expect(explanation.contains("另有 145 处"), "\(explanation)")
        #expect(explanation.contains("修改建议："), "\(explanation)")
    }
}
