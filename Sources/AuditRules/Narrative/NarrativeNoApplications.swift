import ChineseText
import Narrative
import ReportModel

/// narrative.no-applications
enum NarrativeNoApplications: Rule {
    static let description = RuleDescription(
        "narrative.no-applications",
        Message("正文称无申请而表有数", "Text denies applications that the table shows"),
        .error,
        checks: Message(
            "正文写未收到（或收到0件）政府信息公开申请，而表三“本年新收”总计不为0；或者正文写收到若干件，而表三“本年新收”和“上年结转”总计都为0。",
            """
            The text says that no application was received while the total of row 1 of table 3 is not 0, or that \
            some were received while the totals of rows 1 and 2 are both 0.
            """
        ),
        rationale: Message(
            "有没有收到申请，文字和表格不可能都对。多半是沿用了往年的文字，或者表格漏填。",
            """
            Text and table cannot both be right. Mostly the text is an earlier year's, or the table was not \
            filled in.
            """
        ),
        basis: Clause.all(Clause.accuracy, Clause.arithmetic),
        hint: Message(
            "请核对正文与表三，改正有误的一处。",
            "Please check the text against table 3 and correct whichever is wrong."
        ),
        blindSpots: Message(
            "只否认某一渠道（如“未收到信函申请”）或其他事项（如“未收到行政复议申请”）的，不作判断。",
            """
            A denial of one channel only (“none by letter”) or of something else (“no reconsideration case”) is \
            not judged.
            """
        ),
        failing: [
            Example(2023, ("全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件", "全年未收到政府信息公开申请")),
            Example(2020, ("全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件", "全年共受理政府信息公开申请0件")),
        ],
        passing: [Example(2023, ("全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件", "全年未收到行政复议申请，依申请公开均按时答复"))]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        let claims = NarrativeAccess.claims(report).filter {
            $0.value.subject == .application(.received) && !$0.value.isApproximate
        }
        guard !claims.isEmpty else { return .passed }
        guard let reading = report.table(.applications) else {
            return .notAssessed(TableAccess.unavailable(.applications, report))
        }
        guard let new = reading.cell("1", "total")?.summand, let old = reading.cell("2", "total")?.summand else {
            return .notAssessed(TableAccess.unread(.applications, row: "1", column: "total", reading, report.edition))
        }
        var findings: [Finding] = []
        for claim in claims {
            guard let severity = NarrativeAccess.severity(claim.value) else { continue }
            let denies = claim.value.value == 0
            if denies && new == .zero || !denies && (new != .zero || old != .zero) { continue }
            let quote = claim.quote.trimmed
            let message =
                denies
                ? Message("正文“\(quote)”，表三本年新收总计为 \(new)。", "The text says “\(quote)”; table 3 shows \(new) received.")
                : Message(
                    "正文“\(quote)”，表三本年新收和上年结转总计均为 0。",
                    "The text says “\(quote)”; table 3 shows none received and none carried over."
                )
            findings.append(
                Finding(
                    severity,
                    message,
                    at: Location(section: claim.section, source: claim.source, quote: quote),
                    expected: new,
                    actual: Quantity(claim.value.value),
                    formula: Message("本年新收总计", "row 1, total")
                )
            )
        }
        return .result(findings)
    }
}
