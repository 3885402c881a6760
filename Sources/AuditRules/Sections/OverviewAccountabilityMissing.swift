import ChineseText
import ReportModel

/// overview.accountability-missing
enum OverviewAccountabilityMissing: Rule {
    private static let government = ("青禾县水利局2023年", "青禾县人民政府2023年")
    private static let township = ("青禾县水利局2023年", "清河镇人民政府2023年")
    private static let supervision = "开展业务培训，将公开工作纳入年度考核。"

    static let description = RuleDescription(
        "overview.accountability-missing",
        Message("缺工作考核、社会评议、责任追究", "Assessment, review and accountability missing"),
        .warning,
        bodies: Message("各级人民政府，含乡镇人民政府", "people's governments of all levels, townships included"),
        checks: Message(
            "机关为人民政府（含乡镇人民政府，不含街道办事处和政府部门）的，全文要有工作考核、社会评议、责任追究情况的内容，写在第一部分监督保障、第五或第六部分均可。"
                + "按用语判断：考核、考评、绩效、评估、督查、检查、通报，评议、满意度、第三方、问卷、征求意见、接受监督，责任追究、追责、问责、约谈、整改等，"
                + "有一个即视为写了；三个方面一个用语都没有的，报告。",
            "The report of a people's government (townships included, sub-district offices and departments not) says something of "
                + "assessment, public review and accountability, wherever: under supervision in section 1, in 5 or in 6. By words: "
                + "考核 考评 绩效 评估 督查 检查 通报, 评议 满意度 第三方 问卷 征求意见 接受监督, 责任追究 追责 问责 约谈 整改 and their like. "
                + "One of them is enough; a report without any is reported."
        ),
        rationale: Message(
            "条例要求各级人民政府的年度报告包括工作考核、社会评议和责任追究结果情况：政府既要公开信息，也要说明怎样督促下级公开、公众怎样评价、出了问题怎样处理。",
            "The Regulations want governments to report on assessment, public review and accountability as well: how they see to "
                + "it that the bodies below them disclose, what the public thinks of it, and what follows where it is not done."
        ),
        basis: Clause.regulations(50, item: 4),
        hint: Message(
            "在第一部分“监督保障”中补写本年度工作考核、社会评议和责任追究的结果；没有发生责任追究的，写明没有。",
            "Add the results of assessment, public review and accountability under supervision in section 1; where nobody was "
                + "held to account, say so."
        ),
        blindSpots: Message(
            "三个方面常合写成一句，用语又多，只写了其中一两个方面的不报告；用语出现在别处（如安全检查）也视为写了。政府办公室的报告可能是代政府编制的，不检查；"
                + "开发区等机关类别未知的不检查。",
            "The three are usually told in one sentence and in many words: a report that has one or two is not reported, nor one "
                + "whose words stand for something else (安全检查). The office of a government may report for it: not assessed, like "
                + "bodies of unknown kind."
        ),
        failing: [
            Example(2023, government, (supervision, "明确专人负责信息报送。")),
            Example(2020, ("青禾县水利局2020年", "青禾县人民政府2020年"), (supervision, "加强组织领导，健全工作机制。")),
            Example(2023, township, (supervision, "镇主要领导重视，分管领导签发。")),
            Example(2023, ("青禾县水利局2023年", "青禾县2023年"), (supervision, "开展业务培训两期。")),
            Example(2023, government, (supervision, "压实责任，严明保密纪律，坚持日常巡查，公布监督电话和意见箱。")),
            Example(2023, township, (supervision, "落实岗位责任制，畅通投诉渠道，做好网站内容排查。")),
        ],
        passing: [
            Example(2023, government),
            Example(2023, township, (supervision, "将公开工作纳入目标责任考核，未发生责任追究情形。")),
            Example(2023, township, (supervision, "全年群众满意度明显提升。")),
            Example(2023, township, (supervision, "开展日常巡查，对更新不及时的村及时督促整改。")),
            Example(
                2023,
                township,
                (supervision, "明确专人负责。"),
                ("本年度未收取信息处理费。", "本年度未收取信息处理费。本年度无问责情况。")
            ),
            Example(2023, (supervision, "明确专人负责信息报送。")),
            Example(2023, ("青禾县水利局2023年", "清河街道办事处2023年"), (supervision, "明确专人负责信息报送。")),
        ]
    )

    private static let words: PhraseSet = [
        // 工作考核
        "考核", "考评", "绩效", "评估", "督查", "督导", "督办", "督促", "检查", "专项巡查", "巡察", "抽查", "自查", "核查", "监测结果", "网站监测", "通报",
        "目标责任",
        "目标管理", "责任书", "述职", "评分", "得分", "排名", "位次", "先进单位", "先进集体", "先进个人", "表彰", "评优", "迎检",
        // 社会评议
        "评议", "评价", "测评", "满意", "第三方", "问卷", "民意", "征求意见", "意见建议", "听取意见", "接受监督", "社会监督", "群众监督",
        "公众监督", "舆论监督", "民主监督", "监督员", "好评", "回访", "座谈", "监督机制", "监督检查", "监督考", "行风",
        // 责任追究
        "追究", "追责", "问责", "约谈", "整改", "处分",
    ]

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        switch ReportingBody(report) {
        case .government, .township: break
        case .governmentOffice:
            return .notAssessed(
                Message(
                    "人民政府办公室的报告是否代政府编制，无法判断。",
                    "Whether the office reports for its government cannot be told."
                )
            )
        case .unknown:
            return .notAssessed(Message("机关类别未知。", "The kind of body is not known."))
        case .department, .subDistrict, .outside:
            return .notApplicable(
                Message("只适用于人民政府，本机关不是。", "For people's governments only, which this body is not.")
            )
        }
        guard let overview = report.section(1), overview.characters >= parameters.overviewMinimum else {
            return .notAssessed(
                Message(
                    "第一部分缺失或没有文字，见 section.missing、section.empty。",
                    "Section 1 is missing or has no text, see section.missing and section.empty."
                )
            )
        }
        if report.sections.contains(where: { $0.paragraphs.contains { $0.folded.contains(words) } }) {
            return .passed
        }
        if report.preface.contains(where: { $0.folded.contains(words) }) { return .passed }
        if overview.holdsPicture {
            return .notAssessed(
                Message("第一部分有图片，其中的文字无法读取。", "Section 1 holds a picture whose words cannot be read.")
            )
        }
        return .result([
            Finding(
                .warning,
                Message(
                    "全文没有提到工作考核、社会评议、责任追究中的任何一个方面。",
                    "The report says nothing of assessment, public review or accountability."
                ),
                at: Location(section: 1, source: overview.source, quote: overview.heading.trimmed)
            )
        ])
    }
}
