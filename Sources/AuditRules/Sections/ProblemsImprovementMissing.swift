import ChineseText
import ReportModel

/// problems.improvement-missing
enum ProblemsImprovementMissing: Rule {
    private static let sample = "存在的问题：一是公开内容不够丰富，二是业务人员更换频繁。改进措施：充实公开内容，加强培训，安排专人负责。"

    static let description = RuleDescription(
        "problems.improvement-missing",
        Message("缺改进情况", "Problems without improvement"),
        .warning,
        checks: Message(
            "第五部分既要有问题，也要有改进。按标题下正文（含小标题）的用语判断：问题一方如不足、不够、薄弱、差距、滞后、有待、需进一步；改进一方如改进、整改、下一步、今后、将、"
                + "加强、完善、提高。只有一方用语、另一方一个也没有的，以及两方都没有的，报告。“有待进一步加强”一类以愿望写问题的，两方都算。",
            "Section 5 tells problems and what is done about them. Its words decide, sub-headings included: 不足 不够 薄弱 差距 滞后 "
                + "有待 需进一步 and their like for problems, 改进 整改 下一步 今后 将 加强 完善 提高 and their like for improvement. A "
                + "text that has words of one side and none of the other is reported, and so is one that has none of either. A "
                + "problem told as a wish (有待进一步加强) counts "
                + "for both."
        ),
        rationale: Message(
            "年度报告不只报成绩：要说明一年来的主要问题，以及已经或准备怎样改进，公众和上级才能在下一年对照检查。",
            "The report is not about achievements only: next year the public and the offices above can hold a body to what it named "
                + "as its problems and to what it promised."
        ),
        basis: Clause.regulations(50, item: 4),
        hint: Message("补写缺少的一方：存在的主要问题，或改进情况。", "Add the missing half: the main problems, or the improvement."),
        blindSpots: Message(
            "只看用语，不看改进是否针对所列问题；用语表较宽，宁可不报。写明没有问题的不检查；该部分含有图片的也不检查。内容为空的见 section.empty。"
                + "只认出一方、另有句子看不出属于哪一方的，不作判断。问题或改进写在第四、第六部分的，视为写了。",
            "Words only: whether the improvement answers the problems is not seen, and the lists are wide on purpose. A text that "
                + "says there are no problems is not assessed, nor is a section with a picture. For an empty section see "
                + "section.empty. Where only one side was recognised and a sentence is left that tells neither, nothing is "
                + "judged. What sections 4 and 6 say counts as well."
        ),
        failing: [
            Example(2023, (sample, "2023年我局公开工作存在以下不足：一是公开内容不够丰富，二是业务人员更换频繁，三是部分栏目更新不及时。")),
            Example(2023, (sample, "主要问题：政策解读形式单一，群众看不懂；个别股室对公开工作的重要性认识不足，报送信息滞后。")),
            Example(2023, (sample, "下一步，我局将继续做好信息公开，拓展公开渠道，加大培训力度，把公开工作做细做实。")),
            Example(2020, (sample, "2021年，我局继续加强政府信息公开，完善公开制度，丰富公开内容，提升服务水平。")),
        ],
        passing: [
            Example(2023, (sample, "问题：栏目更新有时滞后，政策解读形式单一，基层人员流动大。下一步：专人每周核对，及时补充。")),
            Example(2023, (sample, "一是公开的主动性有待进一步加强；二是政策解读的质量需进一步提高；三是队伍建设还需完善。")),
            Example(2023, (sample, "（一）存在问题\n公开内容更新滞后，解读形式单一，人员不固定。\n（二）改进措施\n明确专人，每周核对栏目，按时补充内容。")),
            Example(2023, (sample, "对照要求，公开的及时性尚待加强，解读以文字为主。已增设图解栏目，下一步每月核查更新情况。")),
            Example(2023, (sample, "信息公开的时效性不强，部分栏目更新慢。针对上述情况，2024年我局将每月调度一次栏目更新。")),
            Example(2023, (sample, "工作中还存在思想认识不到位、更新不及时等情况，这也是我局今后工作的努力方向。")),
        ]
    )

    private static let problems: PhraseSet = [
        "问题", "欠缺", "欠佳", "薄弱", "短板", "弱项", "差距", "滞后", "落后", "有待", "单一", "困难", "偏低", "偏少", "偏弱", "偏慢", "偏差", "较少",
        "较慢",
        "较弱", "较低", "较差", "尚未", "还需", "仍需", "尚需", "还要", "仍要", "需进一步", "需要进一步", "需加强", "需要加强", "需要改进", "需提升", "需提高",
        "需要提", "亟待", "亟需", "急需", "瓶颈", "缺乏", "缺少", "缺失", "缺位", "遗漏", "疏漏", "疏忽", "空白", "未能", "制约", "局限", "参差", "形式主义",
        "错误", "差错", "错漏", "矛盾", "缓慢", "松懈", "更新慢", "发布慢", "力度小", "提升空间", "改进空间", "完善空间", "上升空间", "人员少", "经验少", "频繁",
        "流动", "兼职", "身兼", "难度", "难以",
        "很难", "忽视", "淡薄", "模糊", "断档", "脱节", "下降", "误区", "轻视", "无法", "没有", "过于", "欠", "弱",
    ]
    /// 不够, 不强, 不到位, 不及时 …: nearly every 不 tells of something wanting, but not these.
    private static let harmless = Array("断仅但懈忘过".unicodeScalars)

    private static let improvements: PhraseSet = [
        "改进", "改善", "改正", "整改", "纠正", "下一步", "下步", "下阶段", "今后", "以后", "未来", "将", "计划", "打算", "措施", "举措", "对策", "努力",
        "方向",
        "思路", "加强", "强化", "完善", "提高", "提升", "进一步", "加大", "加快", "健全", "优化", "规范化", "拓展", "拓宽", "针对", "深化", "推进", "推动",
        "充实", "增强", "严格", "建立", "明确", "继续", "做好", "解决", "配备", "配强", "安排", "确保", "抓好", "扎实", "逐步", "力争", "着力", "注重",
        "积极",
        "落实", "补充", "补齐", "组织开展", "定期", "创新", "探索", "持续", "制定", "调整", "压实", "督促", "要求各", "学习", "培训", "克服", "争取", "专人",
        "明年", "已", "对此", "为此", "增加", "增设", "增配", "恢复", "实行", "实施", "采取", "开展", "拟", "重新", "梳理", "改版", "开设", "设立", "通过",
        "尽快",
        "应当", "聘请", "邀请", "推出", "启用", "修订", "压缩", "缩短", "统一了", "新增", "上线", "年内", "限期", "办法", "合作", "选派", "印发", "更新到位",
    ]

    /// 未发现问题, 不存在明显问题: nothing to improve.
    private static let denials: [Phrase] = ["没有", "不存在", "未发现", "未出现", "未发生", "暂无", "无"]
    /// How problems are announced elsewhere.
    private static let elsewhereProblems: PhraseSet = ["存在问题", "存在的问题", "主要问题", "存在的主要问题", "存在不足", "问题和不足", "差距"]
    private static let elsewhereImprovements: PhraseSet = ["改进", "整改", "下一步", "下步", "今后", "努力方向"]

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let section = report.section(5) else {
            return .notApplicable(Message("第五部分缺失，见 section.missing。", "Section 5 is missing, see section.missing."))
        }
        guard section.characters >= parameters.overviewMinimum else {
            return .notApplicable(
                Message("第五部分没有足够文字，见 section.empty。", "Section 5 has no text to speak of, see section.empty.")
            )
        }
        let lines = section.paragraphs.map(\.folded)
        if lines.contains(where: deniesProblems) {
            return .notAssessed(
                Message("第五部分写明没有问题，无从对照改进。", "Section 5 says that there were no problems to improve on.")
            )
        }
        let hasProblems = lines.contains(where: tellsProblem)
        let hasImprovements = lines.contains(where: tellsImprovement)
        if hasProblems && hasImprovements { return .passed }
        if section.holdsPicture {
            return .notAssessed(
                Message("第五部分有图片，其中的文字无法读取。", "Section 5 holds a picture whose words cannot be read.")
            )
        }
        // 五、存在问题, 六、改进措施, 七、其他: what was taken for another section may hold the other half.
        let others = [4, 6].compactMap { report.section($0) }.flatMap(\.paragraphs).map(\.folded)
        if !hasImprovements, others.contains(where: { $0.contains(elsewhereImprovements) }) { return .passed }
        if !hasProblems, others.contains(where: { $0.contains(elsewhereProblems) }) { return .passed }
        // A list of words is never complete: a sentence of neither side may be the missing half in words of its own.
        let other = hasProblems ? tellsProblem : tellsImprovement
        if hasProblems || hasImprovements,
            let unclear = lines.lazy.compactMap({ sentence(in: $0, unlike: other) }).first
        {
            return .notAssessed(
                Message(
                    "第五部分只认出问题、改进中的一方，但“\(unclear)”一句属于哪一方不能确定。",
                    "Only one of problems and improvement was recognised in section 5, but which “\(unclear)” belongs to is not certain."
                )
            )
        }
        return .result([finding(section, hasProblems, hasImprovements)])
    }

    private static func finding(_ section: Section, _ hasProblems: Bool, _ hasImprovements: Bool) -> Finding {
        let missing: (message: Message, hint: Message) =
            switch (hasProblems, hasImprovements) {
            case (true, _):
                (
                    Message("第五部分写了问题，没有写改进情况。", "Section 5 tells problems, but no improvement."),
                    Message("请补写针对这些问题已经采取或下一步采取的改进措施。", "Add what was done, or will be, about these problems.")
                )
            case (_, true):
                (
                    Message("第五部分写了改进措施，没有写存在的主要问题。", "Section 5 tells improvements, but no problem."),
                    Message("请补写本年度工作中存在的主要问题。", "Add the main problems of the year's work.")
                )
            default:
                (
                    Message("第五部分既没有写问题，也没有写改进情况。", "Section 5 tells neither problems nor improvement."),
                    Message("请如实写明存在的主要问题和改进情况。", "Tell the main problems and what is done about them.")
                )
            }
        return Finding(
            .warning,
            missing.message,
            at: Location(
                section: 5,
                source: section.source,
                quote: section.paragraphs.first.map { $0.folded.quote(0..<min(40, $0.folded.count), in: $0.raw) }
            ),
            hint: missing.hint
        )
    }

    private static func tellsProblem(_ text: FoldedText) -> Bool {
        namesShortcoming(text) || text.contains(problems)
    }

    private static func tellsImprovement(_ text: FoldedText) -> Bool { text.contains(improvements) }

    /// Shorter ones are headings and remains of lists, and tell nothing.
    private static let shortestSentence = 8
    private static let longestQuote = 40

    /// The first sentence of a line that does not tell what `tells` looks for. The items of a list, between semicolons, belong
    /// to what opens it: 改进措施：一是…；二是….
    private static func sentence(in line: FoldedText, unlike tells: (FoldedText) -> Bool) -> String? {
        let sentences = line.scalars.indices.split { "。!?".unicodeScalars.contains(line[$0]) }
        let unclear = sentences.first { $0.count >= shortestSentence && !tells(line[$0.startIndex..<$0.endIndex]) }
        return unclear.map { line.string($0.startIndex..<min($0.endIndex, $0.startIndex + longestQuote)) }
    }

    private static func namesShortcoming(_ text: FoldedText) -> Bool {
        text.scalars.indices.contains { index in
            switch text[index] {
            case "不": index + 1 < text.count && !harmless.contains(text[index + 1])
            // 有待, 尚待, 仍待提高; but not 等待, 对待, 接待, 待遇.
            case "待": index > 0 && wanting.contains(text[index - 1])
            default: false
            }
        }
    }

    private static let wanting = Array("有尚仍还亟急均也都".unicodeScalars)

    /// 无, and up to a few characters behind it 问题: but not 无法解决的问题.
    private static func deniesProblems(_ text: FoldedText) -> Bool {
        var from = 0
        while let problem = text.firstIndex(of: "问题", from: from) {
            from = problem + 2
            let lead = max(0, problem - 8)..<problem
            guard
                let denial = denials.compactMap({ phrase in
                    text.firstIndex(of: phrase, from: lead.lowerBound, before: problem).map { $0 + phrase.count }
                }).max()
            else { continue }
            let between = text[denial..<problem]
            if between.scalars.contains(where: { "法力从关,。;、".unicodeScalars.contains($0) }) { continue }
            if between.containsAny(["解决", "完全", "彻底", "的"]) && !between.contains("明显的") { continue }
            return true
        }
        return false
    }
}
