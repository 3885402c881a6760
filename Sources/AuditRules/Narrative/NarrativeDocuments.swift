import ChineseText
import Narrative
import ReportModel

/// narrative.documents
enum NarrativeDocuments: Rule {
    static let description = RuleDescription(
        "narrative.documents",
        Message("正文与表二不符", "Text contradicts table 2"),
        .warning,
        checks: Message(
            "前言、第一、二部分正文写明的制发（制定、出台）、废止、现行有效行政规范性文件件数，以及作出的行政许可决定、行政处罚决定件数，与表二相应单元格一致；“未制发”即0。2019年格式只比较制发数和处理决定数。办理、办结的许可和处罚案件，政府报告中未写明全市、全县等范围的数字，为提示。",
            "Counts of normative documents made, repealed and in force, and of decisions on licences and penalties, in the preface and "
                + "in sections 一 and 二 agree with the cells of table 2; 未制发 is 0. In edition 2019 only documents made and decisions "
                + "are compared. Cases handled, and numbers in a government's report that do not say they are of the whole area, "
                + "give an info."
        ),
        rationale: Message(
            "表二是法定主动公开的数量依据。正文照抄模板写“0件”而表二有数，是真实发生过的差错。",
            "Table 2 is the official count of proactive disclosure. A text copied from a template that says 0 while the table has "
                + "numbers is a fault that really happened."
        ),
        basis: Clause.all(Clause.regulations(20), Clause.accuracy),
        hint: Message("请核对正文与表二的数字，改正有误的一处。", "Check text and table 2 and correct the wrong one."),
        blindSpots: Message(
            "公开、发布、解读、审查、备案、清理、修改的文件数，公开的许可或处罚信息条数，许可或处罚事项数，其他机关或全系统的数字，都不是表二的口径，不作判断。",
            "Documents published, interpreted, examined, filed, reviewed or amended, published items on licences or penalties, powers "
                + "on a list, and numbers of other bodies or of a whole system are not what table 2 counts and are left alone."
        ),
        failing: [
            Example(2023, ("完善发布审查制度", "全年制定规范性文件0件，废止规范性文件0件，现行有效的规范性文件0件。完善发布审查制度")),
            Example(2023, ("完善发布审查制度", "本年度未制发规范性文件。完善发布审查制度")),
            Example(2021, ("完善发布审查制度", "全年作出行政许可决定211件，作出行政处罚决定4件。完善发布审查制度")),
            Example(2020, ("完善发布审查制度", "2020年新制作规范性文件3件。完善发布审查制度")),
            Example(2023, ("完善发布审查制度", "制发行政规范性文件2件、废止1件，现行有效6件。完善发布审查制度")),
        ],
        passing: [
            Example(2023, ("完善发布审查制度", "全年制发行政规范性文件2件，废止0件，现行有效6件。完善发布审查制度")),
            Example(2023, ("完善发布审查制度", "全年公开规范性文件15件，解读规范性文件12件，审查规范性文件草案8件。完善发布审查制度")),
            Example(2023, ("完善发布审查制度", "公开行政处罚信息30条、行政许可信息560条。完善发布审查制度")),
            Example(2023, ("完善发布审查制度", "报送规范性文件备案5件，清理规范性文件40件，修改1件。完善发布审查制度")),
            Example(2023, ("完善发布审查制度", "全市水利系统作出行政处罚决定90件。完善发布审查制度")),
            Example(2023, ("完善发布审查制度", "代县政府制定规范性文件3件。完善发布审查制度")),
            Example(2023, ("完善发布审查制度", "行政许可24项，行政处罚765项，全部公开。完善发布审查制度")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        var findings: [Finding] = []
        var unsure: Message?
        for claim in NarrativeAccess.claims(report, .disclosure) {
            guard case .disclosure(let count) = claim.value.subject, !claim.value.isApproximate,
                var severity = NarrativeAccess.severity(claim.value, .warning)
            else { continue }
            guard let reading = report.table(.disclosure) else {
                return .notAssessed(TableAccess.unavailable(.disclosure, report))
            }
            guard let edition = reading.edition ?? report.edition,
                let candidates = NarrativeAccess.disclosed(count, reading, edition)
            else {
                unsure = Message("表二中与正文对应的单元格不能确定。", "The cells of table 2 that the text speaks of are not certain.")
                continue
            }
            if candidates.isEmpty || candidates.contains(where: { $0.value == Quantity(claim.value.value) }) {
                continue
            }
            // A government's table covers its area; the text often speaks of the government alone.
            if report.agencyKind == .government, !saysWholeArea(claim) { severity = .info }
            findings += [NarrativeAccess.finding(claim, candidates, read: count.meaning, severity, in: reading)]
                .compactMap(\.self)
        }
        return .result(findings, notAssessed: unsure)
    }

    private static func saysWholeArea(_ claim: NarrativeAccess.Claim) -> Bool {
        FoldedText(claim.quote).containsAny(wholeAreas)
    }

    private static let wholeAreas: [Phrase] = ["全省", "全市", "全县", "全区", "全州", "全盟", "全旗"]
}

extension DisclosureCount {
    /// What the number was taken for.
    var meaning: Message {
        switch self {
        case .documentsMade: Message("本年制发规范性文件数", "normative documents made in the year")
        case .documentsRepealed: Message("本年废止规范性文件数", "normative documents repealed in the year")
        case .documentsInForce: Message("现行有效规范性文件数", "normative documents in force")
        case .licences: Message("行政许可处理决定数", "decisions on licences")
        case .penalties: Message("行政处罚处理决定数", "decisions on penalties")
        }
    }
}
