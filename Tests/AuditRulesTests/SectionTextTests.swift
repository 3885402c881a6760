@testable import AuditRules
import DocumentModel
import ReportModel
import Testing

/// The rules that judge sections 一 and 五 by their words: what offices write, and what is missing in it.
@Suite struct SectionTextTests {
    private static let problems = "存在的问题：一是公开内容不够丰富，二是业务人员更换频繁。改进措施：充实公开内容，加强培训，安排专人负责。"
    private static let supervision = "（五）监督保障。开展业务培训，将公开工作纳入年度考核。"

    private func check(_ id: String, _ edits: (String, String)...) throws -> Check {
        var text = SampleReport.text(year: 2023)
        for (original, replacement) in edits {
            let parts = text.split(separator: original, maxSplits: 1, omittingEmptySubsequences: false)
            try #require(parts.count == 2, "\(original) is not in the sample")
            text = parts.joined(separator: replacement)
        }
        return try RuleProbe.check(id, text)
    }

    // MARK: - overview.accountability-missing

    @Test("Names that end in 区 without being a district's", arguments: ["临江海关关区", "青禾师范学院东校区", "滨海新城"])
    func noDistrict(body: String) throws {
        let outcome = try check(
            "overview.accountability-missing",
            ("青禾县水利局2023年", "\(body)2023年"),
            (Self.supervision, "（五）监督保障。明确专人负责信息报送。")
        ).outcome
        #expect(outcome == .notAssessed)
    }

    // MARK: - problems.improvement-missing

    static let complete: [String] = [
        "问题：栏目更新有时滞后，政策解读形式单一。下一步：专人每周核对，及时补充。",
        "公开工作还有较大提升空间。2024年将聚焦办事群众的需要，把政策讲得更明白，让信息更易查找。",
        "答复书格式各处不统一，送达也不够规范。2023年下半年统一了文书格式，启用了挂号邮寄的送达方式。",
        "主要短板是答复的说理不充分。主要做法是聘请两名律师逐件把关，修订了答复流程图，效果较好。",
        "存在问题：公开内容不全面，部分信息发布不及时。改进措施：逐条对照目录补齐。",
        "一是公开的主动性有待进一步加强；二是政策解读的质量需进一步提高；三是队伍建设还需完善。",
        "（一）存在问题\n公开内容更新滞后，解读形式单一，人员不固定。\n（二）改进措施\n明确专人，每周核对栏目，按时补充内容。",
        "1.主要问题。信息公开意识不强，部门配合不够。2.改进情况。召开调度会两次，印发责任清单。",
        "信息公开的时效性不强，部分栏目更新慢。针对上述情况，2024年我局将每月调度一次栏目更新。",
        "工作中还存在思想认识不到位、更新不及时等情况，这也是我局今后工作的努力方向。",
        "我镇公开工作与群众期待还有差距，下步将丰富公开形式，让群众看得懂、找得到。",
        "对照上级要求，公开深度不够、解读少。上述不足正在整改，年内全部完成。",
        "政府信息公开工作中，专业人员缺乏，已从各站所抽调两名同志充实力量，进一步规范流程。",
        "部分工作人员对条例学习不深不透，业务不熟。我单位组织专题学习四次，业务能力明显提升。",
        "目前公开渠道较少，以网站为主，群众知晓率偏低。计划明年开设公众号专栏。",
        "由于机构改革后人员调整，信息报送出现断档。现已明确新的联络员，恢复正常报送。",
        "一、问题：公开内容单一。二、措施：增加民生类信息，按月公布救助名单和资金发放情况。",
        "在基层，公开栏更新不及时的情况时有发生。我们实行村居互查，按季通报，限期更新。",
        "2023年度依申请公开答复的规范性仍需提升，解读材料的可读性尚需提高，平台检索功能有待优化。",
        "问题主要在于：重发布轻解读，图解、短视频等形式用得少。对此，拟与融媒体中心合作推出系列解读。",
        "虽然取得一定成效，但仍存在薄弱环节，如目录更新不够及时、个别信息错字等，今后要加以改正。",
        "存在的困难是编制少、人员身兼数职。解决办法：争取增配一名专职人员。",
        "公开平台建设滞后于群众需求，检索不便。我局已对栏目重新归类，增加搜索入口。",
    ]

    @Test(arguments: complete)
    func bothHalvesAreThere(_ text: String) throws {
        let check = try check("problems.improvement-missing", (Self.problems, text))
        #expect(check.outcome == .passed, "\(check.findings.map(\.message.zh)) \(check.reason?.zh ?? "")")
    }

    static let withoutImprovement: [String] = [
        "2023年我局公开工作存在以下不足：一是公开内容不够丰富，二是业务人员更换频繁，三是部分栏目更新不及时。",
        "主要问题：政策解读形式单一，群众看不懂；个别股室对公开工作的重要性认识不足，报送信息滞后。",
        "一是主动公开的信息偏少；二是解读不够通俗；三是公开栏更新慢；四是人员兼职，业务不熟。",
        "公开工作中存在的主要困难是专业人员缺乏，经费不足，部分群众不会使用网络查询信息。",
        "与先进单位相比还有差距，公开的内容不全面，公开的时间不及时，公开的形式单一。",
        "（一）公开内容不全面。\n（二）公开时间不及时。\n（三）公开形式较为单一，群众参与度低。",
        "部分股室主动公开意识不强，存在重业务、轻公开的现象，个别信息公开不及时、不准确。",
        "信息公开内容不够全面，依申请公开答复的格式不统一，平台检索不便，群众知晓率不高。",
    ]

    @Test(arguments: withoutImprovement)
    func improvementIsMissing(_ text: String) throws {
        let check = try check("problems.improvement-missing", (Self.problems, text))
        #expect(check.findings.map(\.message.zh) == ["第五部分写了问题，没有写改进情况。"])
        #expect(check.findings.allSatisfy { $0.severity == .warning })
    }

    static let withoutProblems: [String] = [
        "下一步，我局将继续做好信息公开，拓展公开渠道，加大培训力度，把公开工作做细做实。",
        "2024年，我局继续加强政府信息公开，完善公开制度，丰富公开内容，提升服务水平。",
        "今后，我镇将按照上级部署，健全工作机制，推动政府信息公开工作再上新台阶。",
        "一是加强组织领导，二是完善工作制度，三是强化业务培训，四是拓宽公开渠道。",
        "我街道将以群众需求为导向，持续优化公开内容，用好网站和公众号，提高公开质量。",
        "改进措施：明确专人负责，严格审核程序，定期更新栏目内容，确保信息及时准确。",
    ]

    @Test(arguments: withoutProblems)
    func problemsAreMissing(_ text: String) throws {
        let check = try check("problems.improvement-missing", (Self.problems, text))
        #expect(check.findings.map(\.message.zh) == ["第五部分写了改进措施，没有写存在的主要问题。"])
    }

    static let denials: [String] = [
        "2023年我单位政府信息公开工作平稳有序，未发现明显问题，栏目更新正常，答复按时完成。",
        "本年度我局政府信息公开工作不存在问题，各项要求均已按期完成，群众没有提出异议。",
        "本年度政府信息公开工作中没有突出问题，全年工作顺利，无投诉举报，无行政复议诉讼。",
    ]

    @Test(arguments: denials)
    func noProblemsAtAllIsNotJudged(_ text: String) throws {
        #expect(try check("problems.improvement-missing", (Self.problems, text)).outcome == .notAssessed)
    }

    static let noDenials: [String] = [
        "存在无法及时更新的问题，股室之间没有形成合力的问题也较突出，缺少统一的口径和流程。",
        "公开工作没有专职人员，问题较多：一是更新慢，二是解读少，三是无统一的目录，群众难找。",
    ]

    @Test(arguments: noDenials)
    func lackingSomethingIsAProblem(_ text: String) throws {
        #expect(try check("problems.improvement-missing", (Self.problems, text)).outcome == .failed)
    }

    @Test func shortTextsAndMissingSectionsAreOtherRules() throws {
        #expect(try check("problems.improvement-missing", (Self.problems, "无")).outcome == .notApplicable)
        #expect(try check("section.empty", (Self.problems, "无")).outcome == .failed)
        let heading = "五、存在的主要问题及改进情况\n"
        #expect(
            try check("problems.improvement-missing", (heading + Self.problems, "")).outcome == .notApplicable
        )
    }

    /// 五、存在问题, 六、改进措施, 七、其他.
    @Test func theOtherHalfUnderAHeadingOfItsOwn() throws {
        let check = try check(
            "problems.improvement-missing",
            ("五、存在的主要问题及改进情况\n" + Self.problems, "五、存在的主要问题\n公开内容不全面，栏目更新不及时，解读形式单一，群众知晓率不高。\n六、改进措施\n专人核对，按月补齐。"),
            ("六、其他需要报告的事项", "七、其他需要报告的事项")
        )
        #expect(check.findings.isEmpty, "\(check.findings.map(\.message.zh))")
    }

    // MARK: - overview.accountability-missing

    static let spoken: [String] = [
        "将公开工作纳入年度考核。", "把政务公开列入目标责任考评。", "开展社会评议，满意率98%。", "聘请第三方对公开工作打分评估。", "全年没有发生责任追究的情形。", "未发生问责事项。",
        "对更新不及时的单位约谈负责人。", "定期检查各站所公开栏。", "上级通报的问题全部改到位。", "公布监督电话，接受群众监督。", "发放问卷200份。", "邀请人大代表座谈。",
        "按季督查通报。", "群众满意度稳步提升。", "结果与绩效挂钩。", "建立责任追究制度。", "对失职人员追责。", "组织自查，发现的错漏已整改。", "征求意见建议12条。", "积极迎检，名列前茅。",
        "工作考核、社会评议和责任追究结果：考核良好，评议满意，无人被追究责任。", "镇纪委开展专项巡查。", "实行每月抽查。", "在年度述职中报告公开情况。",
    ]

    @Test(arguments: spoken)
    func oneWordIsEnough(_ sentence: String) throws {
        for body in ["青禾县人民政府", "清河镇人民政府"] {
            let check = try check(
                "overview.accountability-missing",
                ("青禾县水利局2023年", "\(body)2023年"),
                (Self.supervision, sentence)
            )
            #expect(check.outcome == .passed, "\(body)")
        }
    }

    static let silent: [String] = [
        "", "镇领导重视公开工作，明确专人负责，主任审核，分管领导签发。", "加强组织领导，成立领导小组，配备工作人员。", "开展业务培训两期，参训40人次。", "完善工作机制，落实经费。",
        "指定一名信息员。", "召开专题会议三次，研究公开事项。", "加强与县政府办公室的沟通，及时报送信息。", "规范公文公开属性，做好保密审查。", "做好信息的收集、整理和发布。",
        "配齐设备，保障网络畅通。", "组织干部学习条例。", "领导带头上传信息。", "加强队伍建设，稳定人员。", "明确职责分工，建立联络员队伍。", "保障公众知情权。",
    ]

    @Test(arguments: silent)
    func nothingAtAllIsReported(_ sentence: String) throws {
        let supervision = (Self.supervision, sentence)
        for body in ["青禾县人民政府", "清河镇人民政府", "青禾县"] {
            let check = try check("overview.accountability-missing", ("青禾县水利局2023年", "\(body)2023年"), supervision)
            #expect(check.findings.map(\.severity) == [.warning], "\(body)")
        }
        #expect(try check("overview.accountability-missing", supervision).outcome == .notApplicable)
    }

    @Test(arguments: [
        ("清河街道办事处", Outcome.notApplicable), ("青禾县水利局", .notApplicable), ("国家税务总局青禾县税务局", .notApplicable),
        ("青禾县人民政府办公室", .notAssessed), ("清河经济开发区管委会", .notAssessed), ("青禾省人民政府", .failed), ("清河乡人民政府", .failed),
        ("清河镇", .failed),
    ])
    func onlyPeoplesGovernmentsAreAsked(_ body: String, _ expected: Outcome) throws {
        let edit = ("青禾县水利局2023年", "\(body)2023年")
        #expect(
            try check("overview.accountability-missing", edit, (Self.supervision, "配备专人。")).outcome == expected
        )
    }

    @Test(arguments: ["五、存在的主要问题及改进情况\n", "六、其他需要报告的事项\n"])
    func anySectionMaySpeakOfIt(_ heading: String) throws {
        let check = try check(
            "overview.accountability-missing",
            ("青禾县水利局2023年", "清河镇人民政府2023年"),
            (Self.supervision, "配备专人。"),
            (heading, heading + "考核结果为良好。\n")
        )
        #expect(check.outcome == .passed)
    }

    // MARK: - overview.topic-missing, section.empty

    static let topics: [(name: String, line: String, others: [String])] = [
        (
            "主动公开", "（一）主动公开。全年共主动公开政府信息60条，其中，政策文件类20条，工作动态类30条，其他类10条。",
            ["（一）全年在网站发布信息60条。", "通过公示栏张贴各类通知。", "做到应公开尽公开。", "全年上传信息60条。"]
        ),
        (
            "依申请公开", "（二）依申请公开。全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件。",
            ["没有收到群众要求公开信息的申请。", "收到申请0件。", "未接到公民、法人提出的申请。", "本年度受理申请事项8宗。"]
        ),
        (
            "政府信息管理", "（三）政府信息管理。完善发布审查制度，落实先审查、后公开。",
            ["信息由股室报送，分管领导把关。", "落实“三审三校”。", "编制公开目录和指南。", "严格审签流程。", "保护个人隐私。"]
        ),
        (
            "政府信息公开平台建设", "（四）平台建设。做好县政府网站栏目维护，及时更新内容。",
            ["用好微信公众号。", "各村设公告栏。", "利用电子屏滚动公开。", "依托抖音账号推送短视频。", "在政务服务大厅设查询机。"]
        ),
        (
            "监督保障", "（五）监督保障。开展业务培训，将公开工作纳入年度考核。",
            ["主要领导亲自抓，责任到人。", "开展自查自纠。", "安排专人负责。", "配备工作人员两名。", "召开例会部署。"]
        ),
    ]

    @Test func everyTopicMayBeToldInOtherWords() throws {
        for (name, line, others) in Self.topics {
            for other in others {
                let check = try check("overview.topic-missing", (line, other))
                #expect(check.outcome == .passed, "\(name): \(other): \(check.findings.map(\.message.zh))")
            }
        }
    }

    @Test func aTextThatIsTooShortIsNotMissingItsTopics() throws {
        let body = Self.topics.map { $0.line + "\n" } + ["政府信息公开各项要求，"]
        let edits = body.map { ($0, "") }
        var text = SampleReport.text(year: 2023)
        for (original, replacement) in edits {
            text = text.split(separator: original, maxSplits: 1, omittingEmptySubsequences: false).joined(
                separator: replacement
            )
        }
        #expect(try RuleProbe.check("section.empty", text).outcome == .failed)
        #expect(try RuleProbe.check("overview.topic-missing", text).outcome == .notApplicable)
    }

    /// A scanned page in place of the text: nothing is known of its words.
    @Test func aSectionWithAPictureIsNotCalledEmpty() throws {
        let headings = [
            "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
        ]
        let lines = ["清河镇人民政府2023年政府信息公开工作年度报告"] + headings.flatMap { [$0, "见下图。"] }
        let blocks = lines.enumerated().map { index, line in
            Block.paragraph(Paragraph(text: line, source: SourceSpan(position: 10 * index)))
        }
        // Behind the text of section 一, and of section 五.
        let pictures = [25, 105].map { SourceSpan(position: $0) }
        let report = try ReportBuilder.build(
            Document(format: .docx, encoding: nil, blocks: blocks, pictures: pictures)
        )
        #expect(report.sections.filter(\.holdsPicture).map(\.number) == [1, 5])
        let result = SectionEmpty.check(report, RuleParameters())
        #expect(result.findings.isEmpty)
        #expect(result.notAssessed != nil)
    }
}
