import ChineseText
import Narrative
import ReportModel

/// narrative.applications
enum NarrativeApplications: Rule {
    static let description = RuleDescription(
        "narrative.applications",
        Message("正文与表三不符", "Text contradicts table 3"),
        .error,
        checks: Message(
            """
            前言、第一部分和第三部分写明的申请件数（收到、上年结转、结转下年、办结、各类办理结果、自然人、法人或其他组织）要与表三一致。\
            一种说法有几种算法的（如“收到”可含或不含上年结转），等于其中任何一个即可。
            """,
            """
            Counts of applications in the preface and in sections 1 and 3 (received, carried over, carried \
            forward, answered, each kind of result, natural persons, organisations) agree with table 3. Where a \
            word is used in several ways, any of the values will do.
            """
        ),
        rationale: Message(
            "同一件事在报告中有两个数，必有一个是错的，读者不知道该信哪一个。常见原因是改了表格没有改文字，或者沿用了上一年的文字。",
            """
            Two numbers for one thing: one of them is wrong, and nobody knows which. Mostly the table was \
            changed and the text was not, or the text is last year's.
            """
        ),
        basis: Clause.all(Clause.accuracy, Clause.arithmetic),
        hint: Message(
            "请核对正文与表三，改正有误的一处。",
            "Please check the text against table 3 and correct whichever is wrong."
        ),
        blindSpots: Message(
            "约数、代为办理、备案、协助、指导、累计等口径不同的说法不作判断；用语含混的降为警告。没有写明件数的文字看不出来。",
            """
            Rounded numbers and statements of another scope (on behalf of others, filed, assisted, guided, \
            cumulative) are not judged; loose wording gives a warning only. Text without numbers is not checked.
            """
        ),
        failing: [
            Example(2023, ("全年共收到政府信息公开申请8件", "全年共收到政府信息公开申请11件")),
            Example(2020, ("其中予以公开3件，无法提供5件", "其中予以公开2件，无法提供5件")),
        ],
        passing: [
            Example(2023, ("全年共收到政府信息公开申请8件", "全年共收到政府信息公开申请9件（含上年结转1件）")),
            Example(2023, ("其中予以公开3件，无法提供5件", "均按时答复，受理行政许可申请112件")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        var findings: [Finding] = []
        var unsure: Message?
        for claim in NarrativeAccess.claims(report) {
            guard case .application(let count) = claim.value.subject, !claim.value.isApproximate,
                let severity = NarrativeAccess.severity(claim.value)
            else { continue }
            guard let reading = report.table(.applications) else {
                return .notAssessed(TableAccess.unavailable(.applications, report))
            }
            guard let candidates = NarrativeAccess.candidates(count, reading) else {
                unsure = Message("表三中与正文对应的单元格不能确定。", "The cells of table 3 that the text speaks of are not certain.")
                continue
            }
            let stated = Quantity(claim.value.value)
            if candidates.contains(where: { $0.value == stated }) { continue }
            // None against some is the other rule's.
            if count == .received, stated == .zero || candidates.allSatisfy({ $0.value == .zero }) { continue }
            guard let nearest = candidates.min(by: { distance($0.value, stated) < distance($1.value, stated) }) else {
                continue
            }
            findings.append(finding(claim, stated, nearest, severity, reading))
        }
        return .result(findings, notAssessed: unsure)
    }

    private static func distance(_ left: Quantity, _ right: Quantity) -> Quantity {
        left < right ? right - left : left - right
    }

    private static func finding(
        _ claim: AnnualReport.Located<CountClaim>,
        _ stated: Quantity,
        _ nearest: NarrativeAccess.Candidate,
        _ severity: Severity,
        _ reading: TableReading
    ) -> Finding {
        Finding(
            severity,
            Message(
                "正文“\(claim.quote.trimmed)”为 \(stated)，表三\(nearest.formula.zh)为 \(nearest.value)。",
                "The text “\(claim.quote.trimmed)” says \(stated); in table 3, \(nearest.formula.en) is \(nearest.value)."
            ),
            at: Location(section: claim.section, source: claim.source, quote: claim.quote.trimmed),
            expected: nearest.value,
            actual: stated,
            formula: nearest.formula
        )
    }
}
