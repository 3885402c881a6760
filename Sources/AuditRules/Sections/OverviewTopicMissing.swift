import ChineseText
import ReportModel

/// overview.topic-missing
enum OverviewTopicMissing: Rule {
    static let description = RuleDescription(
        "overview.topic-missing",
        Message("总体情况五方面不全", "Overview lacks one of its five topics"),
        .warning,
        checks: Message(
            """
            第一部分要说到五个方面：主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障。小标题可以自拟；\
            正文中出现某个方面的任何一个常用词（例如监督保障的“培训”“考核”），就算说到。2020年度及以前只作提示。
            """,
            """
            Section 1 speaks of five topics: proactive disclosure, disclosure on application, information \
            management, platforms, and supervision and support. Sub-headings are free: one usual word of a topic \
            anywhere in the text is enough. Information only up to report year 2020.
            """
        ),
        rationale: Message(
            "国办公开办函〔2021〕30号要求“总体情况”反映这五个方面，不能遗漏，也不宜泛化。某个方面一字未提，往往是漏写，或者这项工作没有开展。",
            """
            The notice of 2021 asks for these five topics in the overview. A topic without a single word was \
            mostly forgotten, or nothing was done about it.
            """
        ),
        basis: Clause.form2021(Message("“总体情况”部分", "section 1")),
        hint: Message(
            "请在第一部分补写缺少的方面；确实没有开展的，请如实说明。",
            "Please add the missing topic to section 1; where nothing was done, say so."
        ),
        blindSpots: Message(
            "只看是否说到，不评价是否充实。常用词用在别的意思上也算说到，因此会有漏报。",
            """
            Only whether a topic is mentioned, not how well it is treated. A usual word in another sense counts, \
            too, so some gaps are not seen.
            """
        ),
        failing: [
            Example(2023, ("（二）依申请公开。全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件。\n", "")),
            Example(2021, ("（四）平台建设。做好县政府网站栏目维护，及时更新内容。\n", "")),
        ],
        passing: [
            Example(2023, ("（四）平台建设。做好县政府网站栏目维护，及时更新内容。", "（四）拓展渠道。用好微信公众号和公示栏。")),
            Example(2023, ("（五）监督保障。开展业务培训，将公开工作纳入年度考核。", "同时，不断强化考核评议和责任追究。")),
        ]
    )

    /// The five topics, each with words of which one shows that the text speaks of it. Wide on purpose: a body that treats a
    /// topic in its own words must not be told that it did not.
    private static let topics: [(name: Message, words: [Phrase])] = [
        (
            Message("主动公开", "proactive disclosure"),
            ["主动公开", "主动发布", "公开信息", "发布信息", "信息发布", "公布", "发布", "公开内容", "公开政府信息", "公开各类", "公示"]
        ),
        (
            Message("依申请公开", "disclosure on application"),
            ["依申请", "申请公开", "公开申请", "信息申请", "申请信息公开", "申请政府信息", "申请人", "受理申请", "申请办理", "申请件"]
        ),
        (
            Message("政府信息管理", "information management"),
            [
                "信息管理", "信息资源", "制度", "审查", "审核", "规范性文件", "保密", "信息目录", "公开目录", "公开指南", "清单", "动态调整", "归集", "台账", "档案",
                "三审",
                "规范化", "标准化", "规范管理",
            ]
        ),
        (
            Message("政府信息公开平台建设", "platforms"),
            [
                "平台", "网站", "新媒体", "微信", "微博", "公众号", "专栏", "栏目", "公报", "公开栏", "查阅点", "查阅场所", "专区", "渠道", "门户", "客户端",
                "公示栏",
            ]
        ),
        (
            Message("监督保障", "supervision and support"),
            [
                "监督", "保障", "考核", "培训", "检查", "评议", "责任追究", "追责", "问责", "督查", "督导", "巡查", "领导小组", "组织领导", "专人", "监测",
                "通报", "学习",
            ]
        ),
    ]

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let section = report.section(1) else {
            return .notApplicable(Message("第一部分缺失，见 section.missing。", "Section 1 is missing, see section.missing."))
        }
        let missing = topics.filter { topic in
            !section.paragraphs.contains { $0.folded.containsAny(topic.words) }
        }
        guard !missing.isEmpty else { return .passed }
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
