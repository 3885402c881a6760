import ChineseText
import ReportModel

/// overview.topic-missing
enum OverviewTopicMissing: Rule {
    static let description = RuleDescription(
        "overview.topic-missing",
        Message("总体情况五方面不全", "Overview lacks one of its five topics"),
        .warning,
        checks: Message(
            "第一部分要反映主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面。小标题可以自拟，按正文用语判断，一个方面有一个相关用语即视为写了"
                + "（如“网站”“公众号”“公示栏”属于平台建设，“申请”属于依申请公开）。2020年及以前没有此项明文要求，只作提示。第一部分为空的，见 section.empty。",
            "Section 1 covers proactive disclosure, disclosure on application, information management, platforms, and "
                + "supervision. Headings are free: the words of the text decide, and one word of a topic is enough (网站, 公众号, "
                + "公示栏 for platforms, 申请 for applications). Up to 2020 information only. For an empty section 1 see "
                + "section.empty."
        ),
        rationale: Message(
            "2021年的格式要求总体情况“不能遗漏，也不宜泛化”，五个方面合起来才能反映一个机关一年的公开工作：主动公开了什么、怎样办理申请、信息怎样管理、在哪里公开、靠什么保障。",
            "The form of 2021 wants the overview neither incomplete nor vague. The five topics together show a year's work: what "
                + "was published, how applications were handled, how information is managed, where it is published, and what "
                + "sees to it all."
        ),
        basis: Clause.form2021(Message("（“总体情况”部分）", "on section 1")),
        hint: Message(
            "在第一部分补写缺少的方面；没有发生的也写明（如未收到申请）。",
            "Add the missing topic to section 1; where nothing happened, say so."
        ),
        blindSpots: Message(
            "用语表很宽，一笔带过也视为写了；写在前言或第二至第六部分的不算。第一部分含有图片的不检查：文字可能在图片里。",
            "The lists of words are wide: a topic named in passing counts as covered. What the preface or sections 2 to 6 say does "
                + "not count. A section with a picture is not assessed, since the picture may hold the words."
        ),
        failing: [
            Example(2023, ("（二）依申请公开。全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件。\n", "")),
            Example(2021, ("（四）平台建设。做好县政府网站栏目维护，及时更新内容。\n", "")),
        ],
        passing: [
            Example(2023, ("（四）平台建设。做好县政府网站栏目维护，及时更新内容。", "（四）拓展渠道。用好微信公众号和公示栏。")),
            Example(2023, ("（五）监督保障。开展业务培训，将公开工作纳入年度考核。", "同时，不断强化考核评议和责任追究。")),
            Example(2023, ("（二）依申请公开。全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件。", "全年没有收到群众要求公开信息的申请。")),
            Example(2023, ("（三）政府信息管理。完善发布审查制度，落实先审查、后公开。", "（三）信息由股室报送，分管领导审签后上传。")),
            Example(2023, ("（五）监督保障。开展业务培训，将公开工作纳入年度考核。", "分管领导主抓，责任到人。")),
        ]
    )

    /// The five topics, each with words of which one shows that the text speaks of it. Wide on purpose: a body that treats a
    /// topic in its own words must not be told that it did not.
    private static let topics: [(name: Message, words: PhraseSet)] = [
        (
            Message("主动公开", "proactive disclosure"),
            [
                "主动公开", "主动发布", "主动向社会", "公开信息", "公开政务", "公开政府信息", "公开各类", "公开内容", "公开事项", "公开了", "公布", "发布",
                "公示", "公告", "应公开尽公开", "公开率", "公开范围", "公开力度", "条信息", "信息条", "更新信息", "上传", "刊登", "刊发", "推送", "张贴", "推文",
                "公开的信息", "公开涉及", "公开动态", "公开工作动态", "公开文件", "上网",
            ]
        ),
        (
            Message("依申请公开", "disclosure on application"),
            ["申请", "依申"]
        ),
        (
            Message("政府信息管理", "information management"),
            [
                "信息管理", "信息资源", "制度", "审查", "审核", "规范性文件", "保密", "信息目录", "公开目录", "公开指南", "清单", "动态调整", "归集", "台账", "档案",
                "三审",
                "规范化", "标准化", "规范管理", "目录", "指南", "更新维护", "维护更新", "及时更新", "把关", "校对", "校核", "公开属性", "源头", "清理", "审批",
                "审签", "台帐", "流程", "程序", "分级", "存档", "归档", "涉密", "脱敏", "隐私", "信息安全", "核查", "信息报送", "报送信息", "信息收集",
            ]
        ),
        (
            Message("政府信息公开平台建设", "platforms"),
            [
                "平台", "网站", "新媒体", "微信", "微博", "公众号", "专栏", "栏目", "公报", "公开栏", "查阅点", "查阅场所", "专区", "渠道", "门户", "客户端",
                "公示栏", "公告栏", "宣传栏", "载体", "阵地", "媒体", "互联网", "网络", "网页", "网上", "信息网", "政务网", "公开网", "短视频", "视频号", "抖音",
                "头条", "电子屏", "显示屏", "LED", "广播", "电视", "报纸", "报刊", "大厅", "窗口", "档案馆", "图书馆", "APP", "线上",
            ]
        ),
        (
            Message("监督保障", "supervision and support"),
            [
                "监督", "保障", "考核", "培训", "检查", "评议", "责任追究", "追责", "问责", "督查", "督导", "巡查", "领导小组", "组织领导", "专人", "监测",
                "通报", "学习", "自查", "抽查", "迎检", "整改", "督促", "评估", "评价", "指导", "责任到人", "明确责任", "压实责任", "责任分工", "工作机制",
                "组织机构", "工作机构", "分管", "主要领导", "机构", "人员", "经费", "研讨", "例会", "会议",
            ]
        ),
    ]

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let section = report.section(1) else {
            return .notApplicable(Message("第一部分缺失，见 section.missing。", "Section 1 is missing, see section.missing."))
        }
        guard section.characters >= parameters.overviewMinimum else {
            return .notApplicable(
                Message("第一部分没有足够文字，见 section.empty。", "Section 1 has no text to speak of, see section.empty.")
            )
        }
        let missing = topics.filter { topic in
            !section.paragraphs.contains { $0.folded.contains(topic.words) }
        }
        guard !missing.isEmpty else { return .passed }
        if section.holdsPicture {
            return .notAssessed(
                Message("第一部分有图片，其中的文字无法读取。", "Section 1 holds a picture whose words cannot be read.")
            )
        }
        let zh = missing.map(\.name.zh).joined(separator: "、")
        let en = missing.map(\.name.en).joined(separator: ", ")
        let severity: Severity = report.year.map { $0 < 2021 } ?? false ? .info : .warning
        return .result([
            Finding(
                severity,
                Message("第一部分未提及：\(zh)。", "Section 1 says nothing about: \(en)."),
                at: Location(section: 1, source: section.source, quote: section.heading.trimmed)
            )
        ])
    }
}
