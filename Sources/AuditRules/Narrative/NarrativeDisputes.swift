import ChineseText
import Narrative
import ReportModel

/// narrative.disputes
enum NarrativeDisputes: Rule {
    static let description = RuleDescription(
        "narrative.disputes",
        Message("正文与表四不符", "Text contradicts table 4"),
        .warning,
        checks: Message(
            "前言、第一、三、四部分正文写明的因政府信息公开引起的行政复议、行政诉讼件数与表四一致。行政复议——第一组总计；行政诉讼——后两组总计之和，或其中一组；写明结果维持、结果纠正、其他结果、尚未审结的，与相应单元格比较；“未发生”即0。句中未写明因政府信息公开的为提示。",
            "Counts of reconsiderations and litigation over disclosure in the preface and in sections 一, 三 and 四 agree with table 4: "
                + "行政复议 — the first group's total; 行政诉讼 — both other groups together, or either; with one of the four outcomes, the "
                + "matching cells; 未发生 is 0. Where the sentence does not say that disclosure was the ground, the finding is an info."
        ),
        rationale: Message(
            "表四反映申请人对公开行为不服的情况，常与正文由不同人员填写，容易对不上。",
            "Table 4 shows how often applicants contested the answers. It is often filled in by others than the text, and the two part."
        ),
        basis: Clause.all(Clause.regulations(50, item: 3), Clause.accuracy),
        hint: Message("请核对正文与表四的件数，改正有误的一处。", "Check text and table 4 and correct the wrong one."),
        blindSpots: Message(
            "备案、应诉、审理、代理、出庭、指导、协助的案件是另一口径，不作判断；作为复议机关收到、受理的案件，复议诉讼合并的一个数字，维持、败诉、撤回等不与表四栏目一一对应的用语，以及其他年度的数字，也不作判断。",
            "Cases filed, defended, heard, represented, guided or assisted are other figures and left alone; so are cases that the body "
                + "receives as reviewing authority, one number for both remedies, words that match no column (败诉, 撤回), and other years."
        ),
        failing: [
            Example(2023, ("无法提供5件。", "无法提供5件。因政府信息公开引发行政复议3件。")),
            Example(2023, ("无法提供5件。", "无法提供5件。未发生因政府信息公开引起的行政复议、行政诉讼。")),
            Example(2020, ("无法提供5件。", "无法提供5件。因政府信息公开被申请行政复议2件，其中结果纠正1件，尚未审结1件。")),
            Example(2021, ("无法提供5件。", "无法提供5件。因政府信息公开被提起行政诉讼1件。")),
        ],
        passing: [
            Example(2023, ("无法提供5件。", "无法提供5件。因政府信息公开引发行政复议2件，结果维持1件，尚未审结1件；无行政诉讼。")),
            Example(2023, ("无法提供5件。", "无法提供5件。全年备案政府信息公开行政复议案件134件，行政诉讼案件57件。")),
            Example(2023, ("无法提供5件。", "无法提供5件。办理政府信息公开行政应诉案件8件，指导下级行政机关应对行政复议5件。")),
            Example(2023, ("无法提供5件。", "无法提供5件。协助上级机关答复政府信息公开行政复议4件，出庭应诉行政诉讼3件。")),
            Example(2023, ("无法提供5件。", "无法提供5件。代理政府信息公开行政复议案件6件。")),
            Example(
                2023,
                ("无法提供5件。", "无法提供5件。政府信息公开行政诉讼3件，其中未经复议直接起诉1件，复议后起诉2件。"),
                ("2\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", "2\t1\t0\t0\t0\t1\t2\t0\t0\t0\t2")
            ),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        var findings: [Finding] = []
        var unsure: Message?
        var claims = NarrativeAccess.claims(report, .disputes).filter { $0.value.isAboutDisputes }
        // Section 三 too: the sentence on disputes often follows the one on applications.
        claims += report.claims.filter { $0.section == 3 && $0.value.isAboutDisputes }
        for claim in claims {
            guard !claim.value.isApproximate, let severity = NarrativeAccess.severity(claim.value, .warning) else {
                continue
            }
            guard let reading = report.table(.disputes) else {
                return .notAssessed(TableAccess.unavailable(.disputes, report))
            }
            let candidates: [NarrativeAccess.Candidate]?
            let meaning: Message
            switch claim.value.subject {
            case .reconsideration(let outcome):
                candidates = NarrativeAccess.reconsiderations(outcome, reading)
                meaning = Message("行政复议件数\(suffix(outcome))", "reconsiderations\(suffix(outcome))")
            case .litigation(let outcome, let group):
                candidates = NarrativeAccess.litigation(outcome, group, reading)
                meaning = Message("行政诉讼件数\(suffix(outcome))", "litigation\(suffix(outcome))")
            default: continue
            }
            guard let candidates else {
                unsure = Message("表四中与正文对应的单元格不能确定。", "The cells of table 4 that the text speaks of are not certain.")
                continue
            }
            if candidates.contains(where: { $0.value == Quantity(claim.value.value) }) { continue }
            findings += [NarrativeAccess.finding(claim, candidates, read: meaning, severity, in: reading)].compactMap(
                \.self
            )
        }
        return .result(findings, notAssessed: unsure)
    }

    private static func suffix(_ outcome: DisputeOutcome?) -> String {
        switch outcome {
        case .upheld: "（结果维持）"
        case .corrected: "（结果纠正）"
        case .other: "（其他结果）"
        case .pending: "（尚未审结）"
        case nil: ""
        }
    }
}

extension CountClaim {
    /// A number of table 4.
    var isAboutDisputes: Bool {
        switch subject {
        case .reconsideration, .litigation: true
        default: false
        }
    }
}
