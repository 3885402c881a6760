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
            "前言、第一部分和第三部分正文写明的申请件数与表三一致。可接受的数值：收到、受理、新收——第一项总计，或第一、二项之和；上年结转——第二项；结转下年度——第四项；答复、办结、办理——（七）总计，第一、二项之和，或第一项；予以公开、部分公开、不予公开、无法提供、不予处理、其他处理——相应各项之和；自然人、法人或其他组织——第一项或第一、二项之和的相应列。等于其中任一即可。用语含混（只说“申请”、一数对应两个动词、列举渠道、同句另有他数、只提一种办理结果）的为警告；“累计”、政府报告中只说政府本身的、答复数恰少不予处理和其他处理件数的，为提示。",
            "Counts of applications in the preface and in sections 一 and 三 agree with table 3. Accepted: 收到, 受理, 新收 — row 1, "
                + "or rows 1 + 2; 上年结转 — row 2; 结转下年度 — row 4; 答复, 办结, 办理 — row 3.7, rows 1 + 2, or row 1; the results — "
                + "the sum of their rows; 自然人, 法人或其他组织 — their columns of row 1, or of rows 1 + 2. Any of them will do. Loose "
                + "wordings (申请 alone, one number for two verbs, ways of applying, two numbers in a sentence, one result alone) warn; 累计, "
                + "a government that speaks of itself alone, and 答复 that lacks just the rows 3.5 and 3.6, give an info."
        ),
        rationale: Message(
            "正文和表格说的是同一件事，公众先读到的是正文。两处数字不同，总有一处不准确。",
            "Text and table tell of the same thing, and the public reads the text first. Where they differ, one of them is wrong."
        ),
        basis: Clause.all(Clause.regulations(50), Clause.accuracy),
        hint: Message("请核对正文与表三的数字，改正有误的一处。", "Check text and table 3 and correct the wrong one."),
        blindSpots: Message(
            "代表政府办理、代收、协助、指导、其他机关、办公室本级、往年、部分月份的数字不作判断；带“余”“约”的约数、单一渠道的件数（表三没有渠道一栏）、夹有不认识词语的句子也不作判断。",
            "Numbers handled on behalf of a government, for or by other bodies, by the office alone, of other years or some months are "
                + "left alone; so are rounded ones, those of one way of applying (the form has no cell for it), and sentences with "
                + "words between noun and number that are not known."
        ),
        failing: [
            Example(2023, ("全年共收到政府信息公开申请8件", "全年共收到政府信息公开申请11件")),
            Example(2020, ("其中予以公开3件，无法提供5件", "其中予以公开2件，无法提供5件")),
            Example(2023, ("其中予以公开3件，无法提供5件", "上年结转2件，均已答复")),
            Example(2023, ("其中予以公开3件，无法提供5件", "其中自然人申请5件，法人或其他组织申请3件")),
            Example(2021, ("全年共收到政府信息公开申请8件", "全年共收到政府信息公开申请十八宗")),
        ],
        passing: [
            Example(2023, ("全年共收到政府信息公开申请8件", "全年共收到政府信息公开申请9件（含上年结转1件）")),
            Example(2023, ("其中予以公开3件，无法提供5件", "均按时答复，受理行政许可申请112件")),
            Example(2023, ("全年共收到政府信息公开申请8件", "全年共收到政府信息公开申请八件")),
            Example(2023, ("全年共收到政府信息公开申请8件", "全年共收到政府信息公开申请10余件")),
            Example(2023, ("其中予以公开3件，无法提供5件", "较上年增加6件，其中当面申请2件、网络申请6件")),
            Example(2023, ("其中予以公开3件，无法提供5件", "代县政府办理申请12件，协助镇村答复申请3件")),
            Example(2023, ("其中予以公开3件，无法提供5件", "办理12345热线工单560件，答复网民留言30条")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        var findings: [Finding] = []
        var unsure: Message?
        for claim in NarrativeAccess.claims(report, .applications) {
            guard case .application(let count) = claim.value.subject, !claim.value.isApproximate,
                let severity = NarrativeAccess.severity(claim.value, .error)
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
            if count == .granted, isGrantedInAnyWay(claim, stated, reading, report) { continue }
            // None against some is the other rule's.
            if count == .received, stated == .zero || candidates.allSatisfy({ $0.value == .zero }) { continue }
            let isReply = count == .answered && isWithoutUnanswered(stated, reading)
            let finding = NarrativeAccess.finding(
                claim,
                candidates,
                read: count.meaning,
                isReply ? .info : severity,
                in: reading,
                because: isReply ? withoutUnanswered : nil
            )
            findings += [finding].compactMap(\.self)
        }
        return .result(findings, notAssessed: unsure)
    }

    /// 予以公开 for whole and part together, where the section does not speak of 部分公开.
    private static func isGrantedInAnyWay(
        _ claim: NarrativeAccess.Claim,
        _ stated: Quantity,
        _ reading: TableReading,
        _ report: AnnualReport
    ) -> Bool {
        let saysPartly = report.claims.contains {
            $0.value.subject == .application(.partiallyGranted) && $0.section == claim.section
        }
        return !saysPartly && NarrativeAccess.candidates(.grantedOrPartially, reading)?.first?.value == stated
    }

    private static let withoutUnanswered = Message(
        "差额恰为其他处理（或加不予处理）的件数，可能未计入答复，仅作提示。",
        "The difference is just the other results (or those and 不予处理), perhaps not counted as answers: for information."
    )

    /// 答复 need not count what was withdrawn or not processed, which row 3.7 does.
    private static func isWithoutUnanswered(_ stated: Quantity, _ reading: TableReading) -> Bool {
        guard let all = reading.cell("3.7", "total")?.summand,
            let other = NarrativeAccess.candidates(.otherResults, reading)?.first?.value,
            let rejected = NarrativeAccess.candidates(.rejected, reading)?.first?.value
        else { return false }
        return stated + other == all || stated + other + rejected == all
    }
}

extension ApplicationCount {
    /// What the number was taken for.
    var meaning: Message {
        switch self {
        case .received: Message("收到的申请数", "applications received")
        case .carriedOver: Message("上年结转数", "applications carried over")
        case .carriedForward: Message("结转下年度数", "applications carried forward")
        case .answered: Message("办结答复数", "applications answered")
        case .granted: Message("予以公开数", "applications granted")
        case .partiallyGranted: Message("部分公开数", "applications granted in part")
        case .grantedOrPartially: Message("予以公开和部分公开合计数", "applications granted wholly or in part")
        case .denied: Message("不予公开数", "applications denied")
        case .unavailable: Message("无法提供数", "applications for what cannot be provided")
        case .rejected: Message("不予处理数", "applications not processed")
        case .otherResults: Message("其他处理数", "applications with other results")
        case .naturalPersons: Message("自然人申请数", "applications of natural persons")
        case .organisations: Message("法人或其他组织申请数", "applications of organisations")
        }
    }
}
