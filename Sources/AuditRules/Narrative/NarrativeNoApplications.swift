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
            "前言、第一部分和第三部分正文写未收到（或0件）政府信息公开申请的，表三本年新收总计为0；写收到若干件的，表三本年新收和上年结转总计不同时为0。只说“申请”或列举渠道的为警告。",
            "Where the preface or section 一 or 三 says that no application came in (or 0), row 1 of table 3 totals 0; where it says that "
                + "some did, rows 1 and 2 are not both 0. 申请 alone and lists of ways of applying warn."
        ),
        rationale: Message(
            "有没有人申请，是依申请公开最基本的事实。正文和表格一处说有、一处说没有，常见原因是沿用了上年的文字，或表格漏填。",
            "Whether anybody applied is the plainest fact of all. Text and table differ on it mostly because last year's words were "
                + "left standing or the table was not filled in."
        ),
        basis: Clause.all(Clause.regulations(50, item: 2), Clause.accuracy),
        hint: Message("请核对正文与表三，改正有误的一处。", "Check text and table 3 and correct the wrong one."),
        blindSpots: Message(
            "只否认某一渠道（未收到信函申请）、某类申请人、某类内容的句子不算；条件句（如未收到……）、其他机关、其他年度和部分月份的陈述不作判断。",
            "Sentences that deny one way of applying, one kind of applicant or of content are no such statement; conditions, other bodies, "
                + "other years and some months are left alone."
        ),
        failing: [
            Example(2023, ("全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件", "全年未收到政府信息公开申请")),
            Example(2020, ("全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件", "全年共受理政府信息公开申请0件")),
            Example(2023, ("全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件", "2023年度无依申请公开事项")),
            Example(
                2021,
                ("本年新收政府信息公开申请数量\t\t\t6\t2\t0\t0\t0\t0\t8", "本年新收政府信息公开申请数量\t\t\t0\t0\t0\t0\t0\t0\t0"),
                ("上年结转政府信息公开申请数量\t\t\t1\t0\t0\t0\t0\t0\t1", "上年结转政府信息公开申请数量\t\t\t0\t0\t0\t0\t0\t0\t0")
            ),
        ],
        passing: [
            Example(2023, ("全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件", "全年未收到行政复议申请，依申请公开均按时答复")),
            Example(2023, ("无法提供5件", "无法提供5件，未收到信函申请")),
            Example(2023, ("全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件", "如未收到政府信息公开申请，填写0件")),
            Example(2023, ("全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件", "有3个乡镇未收到政府信息公开申请")),
            Example(2023, ("无法提供5件", "无法提供5件，未收到涉及国家秘密的申请，无依申请公开收费情况")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        let claims = NarrativeAccess.claims(report, .applications).filter {
            $0.value.subject == .application(.received) && !$0.value.isApproximate
        }
        guard !claims.isEmpty else { return .passed }
        guard let reading = report.table(.applications) else {
            return .notAssessed(TableAccess.unavailable(.applications, report))
        }
        guard let new = reading.cell("1", "total")?.summand, let old = reading.cell("2", "total")?.summand else {
            return .notAssessed(TableAccess.unread(.applications, row: "1", column: "total", reading, report.edition))
        }
        let none = claims.compactMap { claim -> Finding? in
            guard let severity = NarrativeAccess.severity(claim.value, .error) else { return nil }
            let denies = claim.value.value == 0
            guard denies ? new != .zero : new == .zero && old == .zero else { return nil }
            return NarrativeAccess.finding(
                claim,
                [.init(value: new, formula: Message("本年新收总计", "row 1, total"))],
                read: denies
                    ? Message("全年没有收到申请", "no application in the whole year") : ApplicationCount.received.meaning,
                severity,
                in: reading
            )
        }
        return .result(none)
    }
}
