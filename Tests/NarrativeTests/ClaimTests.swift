import ChineseText
import Narrative
import Testing

/// A sentence of our own with the claims that a reader must find in it, and no others.
struct ClaimCase: CustomTestStringConvertible, Sendable {
    var text: String
    var expected: [String]
    var year: Int
    var testDescription: String { String(text.prefix(40)) }

    init(_ text: String, _ expected: String..., year: Int = 2023) {
        self.text = text
        self.expected = expected
        self.year = year
    }
}

@Suite("Claims")
struct ClaimTests {
    static let stated: [ClaimCase] = [
        ClaimCase("2023年，我局共收到政府信息公开申请9件。", "received 9"),
        ClaimCase("全年共收到政府信息公开申请九件，均已按期答复。", "received 9"),
        ClaimCase("本年度受理政府信息公开申请二十三件。", "received 23"),
        ClaimCase("2023年，全市共收到政府信息公开申请1,234件。", "received 1234"),
        ClaimCase("2023年共收到１２件政府信息公开申请，其中自然人申请10件，法人或其他组织申请2件。", "received 12", "naturalPersons 10", "organisations 2"),
        ClaimCase("政府信息公开申请共受理14件。", "received 14"),
        ClaimCase("本年收到12份申请公开政府信息的申请，全部办结。", "received 12"),
        ClaimCase("2023年度，本机关收到政府信息公开申请数量为5件，上年结转0件。", "received 5", "carriedOver 0"),
        ClaimCase("收到社会公众通过网站、信函、当面等方式提交的政府信息公开申请12件。", "received 12"),
        ClaimCase("收到公民、法人和其他组织提出的政府信息公开申请25件，办结25件。", "received 25", "answered 25"),
        ClaimCase("共收到政府信息公开申请30件，同比增长20%，较上年增加5件。", "received 30"),
        ClaimCase("受理政府信息公开申请8件，已全部答复，答复率100%，按时办结率100%。", "received 8"),
        ClaimCase("全年收到依申请公开申请6件，答复5件，另有1件结转下年度办理。", "received 6", "answered 5", "carriedForward 1"),
        ClaimCase("收到政府信息公开申请20件（含上年结转3件）。", "received 20", "carriedOver 3"),
        ClaimCase("2023年新收政府信息公开申请40件，2022年结转2件，结转2024年3件。", "received 40", "carriedOver 2", "carriedForward 3"),
        ClaimCase(
            "全年收到依申请公开15件。其中予以公开7件，部分公开3件，不予公开1件，无法提供4件。",
            "received 15",
            "granted 7",
            "partiallyGranted 3",
            "denied 1",
            "unavailable 4"
        ),
        ClaimCase("受理政府信息公开申请10件，因属于国家秘密不予公开1件。", "received 10"),
        ClaimCase("受理政府信息公开申请50余件。", "received 50"),
        ClaimCase("本年度未收到政府信息公开申请。", "received 0"),
        ClaimCase("2023年，我镇没有收到公民、法人或者其他组织提出的政府信息公开申请。", "received 0"),
        ClaimCase("2023年度无依申请公开事项。", "received 0"),
        ClaimCase("2023年，我局未收到任何依申请公开件，也未发生因政府信息公开引发的行政复议和行政诉讼。", "received 0", "reconsideration 0", "litigation 0"),
        ClaimCase("全年收到政府信息公开申请零件，无上年结转申请。", "received 0", "carriedOver 0"),
        ClaimCase("2023年度共收到政府信息公开申请0件，上年结转0件，结转下年度0件。", "received 0", "carriedOver 0", "carriedForward 0"),
        ClaimCase("未收到信函申请。", "channel 0"),
        ClaimCase("2023年，未收到信函形式的政府信息公开申请。", "channel 0"),
        ClaimCase("通过网络渠道收到政府信息公开申请5件。", "channel 5"),
        ClaimCase("收到政府信息公开申请10件，其中网上申请6件，信函申请4件。", "received 10", "channel 6", "channel 4"),
        ClaimCase("因政府信息公开被申请行政复议2件，结果维持1件，尚未审结1件。", "reconsideration 2", "reconsideration 1", "reconsideration 1"),
        ClaimCase("政府信息公开行政诉讼案件3件，其中未经复议直接起诉1件，复议后起诉2件。", "litigation 3", "litigation 1", "litigation 2"),
        ClaimCase("2022年以来，我局认真做好依申请公开工作，全年受理政府信息公开申请4件。", "received 4", year: 2022),
        ClaimCase("截至2023年12月31日，共收到政府信息公开申请7件。", "received 7"),
        ClaimCase("2023年1月1日至2023年12月31日，收到政府信息公开申请7件。", "received 7"),
        ClaimCase("依申请公开方面，全年共受理11件。", "received 11"),
        ClaimCase("收到政府信息公开申请13件，均已办结。办结13件中，无被申请行政复议、提起行政诉讼情况。", "received 13", "reconsideration 0", "litigation 0"),
        ClaimCase("本机关全年共办理政府信息公开申请16件。", "answered 16"),
        ClaimCase("我局未收到任何单位或个人提出的政府信息公开申请。", "received 0"),
        ClaimCase("2023年全年依申请公开数量为零。", "received 0"),
        ClaimCase("依申请公开0件。", "received 0"),
        ClaimCase("（二）依申请公开情况：0件。", "received 0"),
        ClaimCase("依申请公开政府信息：无。", "received 0"),
        ClaimCase("认真做好政府信息公开工作。2023年度无申请人提出申请。", "received 0"),
        ClaimCase("没有收到过公民的信息公开申请件。", "naturalPersons 0"),
        ClaimCase("全年共有152件政府信息公开申请。", "received 152"),
        ClaimCase("收到市民政府信息公开申请150件。", "received 150"),
        ClaimCase("2023年12月底，共收到政府信息公开申请7件。", "received 7"),
    ]

    static let traps: [ClaimCase] = [
        ClaimCase("一是2023年共受理依申请公开事项59件。二是在收到的依申请公开事项中，已答复57件。", "received 59", "answered 57"),
        ClaimCase("本年度内收到政府信息公开申请3件。", "received 3"),
        ClaimCase("全年度受理政府信息公开申请3件。", "received 3"),
        ClaimCase("报告期内，全市各级行政机关受理政府信息公开申请3件。", "received 3"),
        ClaimCase("据统计，各县（市、区）收到政府信息公开申请3件。", "received 3"),
        ClaimCase("我厅未发生因信息公开引起的行政复议被改变或行政诉讼败诉情形。"),
        ClaimCase("未发生政府信息公开行政复议超期的情况。"),
        ClaimCase("未发生因政府信息公开引发的行政复议、行政诉讼及其他不良影响。", "reconsideration 0", "litigation 0"),
        ClaimCase("因政府信息公开被申请行政复议10件，行政诉讼0件，结果维持2件，尚未审结6件。", "reconsideration 10", "litigation 0"),
        ClaimCase("收到申请50件政府信息公开申请，按咨询不作为政府信息公开申请处理11件。"),
        ClaimCase("受理依申请公开事项59件，结转上年后新收到依申请公开事项47件，较上一年度增加42件。", "received 59"),
        ClaimCase("新收到自然人提交的信息公开申请4件，其中3件依法答复公开，1件不掌握相关信息无法提供。", "naturalPersons 4"),
        ClaimCase("共收到信息公开申请件40件，比上一年度增长21%，已按时办结36件，4件结转至下年度继续办理。", "received 40", "answered 36", "carriedForward 4"),
        ClaimCase("我镇未收到任何形式的依申请公开政府信息。", "received 0"),
        ClaimCase(
            "我局收到依申请公开64件，结转上年2件；办理60件，下年度继续办理6件。",
            "received 64",
            "carriedOver 2",
            "answered 60",
            "carriedForward 6"
        ),
        ClaimCase("依申请公开方面，受理公民申请4件，均已答复。"),
        ClaimCase(
            "2022年结转的政府信息公开申请共7件，2023年新收政府信息公开申请81件，其中：58件予以公开，19件结转至下年度继续办理。",
            "carriedOver 7",
            "received 81",
            "carriedForward 19"
        ),
        ClaimCase("历年情况看，2021年办理政府信息公开申请1件，2022年办理3件，2023年办理4件。"),
        ClaimCase("街道通过政府门户网站共办理并答复信息公开申请3件、纸质申请36件。", "channel 3"),
        ClaimCase("收到来电、来信、转办等投诉案件608起，全部办结。"),
        ClaimCase("共收到政府信息公开申请12件，其中10件已按时答复，剩余2件结转下年度办理。", "received 12", "carriedForward 2"),
        ClaimCase("受理政府信息公开申请5件。“同意公开”3件，“不予公开”2件。", "received 5", "granted 3", "denied 2"),
        ClaimCase("未收到公众关于政府信息公开的申请.", "received 0"),
        ClaimCase("收到公民、法人或其他组织提交的申请0件。政府信息公开行政复议、行政诉讼0件。", "received 0", "reconsideration 0", "litigation 0"),
        ClaimCase("全年受理行政许可申请120件，办结118件。"),
        ClaimCase("受理行政审批事项3000件，按时办结率100%。"),
        ClaimCase("全年受理信访事项12件，全部办结。"),
        ClaimCase("受理12345热线工单560件，答复560件。"),
        ClaimCase("收到网民留言45条，答复45条。"),
        ClaimCase("承办人大代表建议15件、政协提案20件，答复35件，满意率100%。"),
        ClaimCase("全年受理信访、投诉及政府信息公开申请共30件。"),
        ClaimCase("收到行政复议申请12件，受理10件，审结9件。"),
        ClaimCase("收到创业补贴申请230份。"),
        ClaimCase("受理廉租住房申请55件。"),
        ClaimCase("公布依申请公开的申请条件、范围和方式，收到申请后20个工作日内答复。"),
        ClaimCase("对收到的政府信息公开申请，自收到之日起20个工作日内答复，延长的不超过20个工作日。"),
        ClaimCase("若收到政府信息公开申请，应于15个工作日内答复。"),
        ClaimCase("如未收到政府信息公开申请，填写0件。"),
        ClaimCase("2022年，我局收到政府信息公开申请20件。"),
        ClaimCase("上年收到政府信息公开申请20件。"),
        ClaimCase("去年收到依申请公开20件，今年收到30件。", "received 30"),
        ClaimCase("自2008年以来，累计收到政府信息公开申请200件。"),
        ClaimCase("近五年来共收到政府信息公开申请200件。"),
        ClaimCase("政府信息公开申请数量较上年增加5件。"),
        ClaimCase("政府信息公开申请同比减少3件，下降12.3%。"),
        ClaimCase("上半年收到政府信息公开申请3件。"),
        ClaimCase("截至2023年6月底，收到政府信息公开申请3件。"),
        ClaimCase("设立依申请公开受理点3个。"),
        ClaimCase("在依申请公开平台发布信息12条。"),
        ClaimCase("依申请公开栏目更新信息8条。"),
        ClaimCase("每件政府信息公开申请答复前均经3次审核。"),
        ClaimCase("做到“办结一件申请、解决一个问题”。"),
        ClaimCase("收到政府信息公开申请3-5件。"),
        ClaimCase("全年第3件政府信息公开申请由县公安局答复。"),
        ClaimCase("未收到对依申请公开答复不满的投诉。"),
        ClaimCase("未出现政府信息公开申请逾期答复情况。"),
        ClaimCase("无依申请公开收费情况。"),
        ClaimCase("并非未收到政府信息公开申请。"),
        ClaimCase("个别乡镇未收到政府信息公开申请。"),
        ClaimCase("除网络申请外，未收到其他申请。"),
        ClaimCase("未收到商业企业提出的政府信息公开申请。"),
        ClaimCase("未收到涉及国家秘密的政府信息公开申请。"),
        ClaimCase("共收到涉及土地征收的政府信息公开申请30件。"),
        ClaimCase("根据《条例》第二十条第（一）项、国办发〔2021〕30号，做好依申请公开工作。"),
        ClaimCase("依申请公开受理电话：0564-6081930。"),
        ClaimCase("对25件政府信息公开申请案件收取了信息处理费2950元。", "fee 25"),
        ClaimCase("无法提供政府信息公开申请3件。", "unavailable 3"),
        ClaimCase("全市审理行政复议案件134件，行政应诉案件57件。"),
        ClaimCase("办理政府信息公开行政复议案件12件，应诉行政诉讼案件8件。"),
        ClaimCase("无。"),
        ClaimCase("不存在未按期答复政府信息公开申请的情况。"),
        ClaimCase("开展依申请公开培训2次，编制答复文书模板12份。"),
        ClaimCase("全年制发依申请公开告知书12份。"),
        ClaimCase("收到政府信息公开申请10件，其中当场答复2件，延期答复1件。", "received 10"),
        ClaimCase("2023年市教育局等5家单位收到政府信息公开申请较多。"),
        ClaimCase("主动公开政府信息30条，依申请公开信息6条，不予公开信息0条。"),
        ClaimCase("全年共受理12件，其中涉及征地8件。"),
        ClaimCase("收到政府信息公开申请10件，不予公开答复2件，部分公开答复1件。", "received 10", "denied 2", "partiallyGranted 1"),
        ClaimCase("收到政府信息公开申请10件，已办结8件，正在办理2件。", "received 10"),
        ClaimCase("依申请公开中不予受理2件。"),
        ClaimCase("收到政府信息公开申请10件，受理8件，不予受理2件。", "received 10"),
        ClaimCase("2023年5月，收到政府信息公开申请3件。"),
        ClaimCase("12月份收到政府信息公开申请3件。"),
        ClaimCase("2022年全年收到政府信息公开申请3件。"),
        ClaimCase("有3个乡镇未收到政府信息公开申请。"),
        ClaimCase("对未收到政府信息公开申请的机关，不作要求。"),
        ClaimCase("群众反映“未收到政府信息公开申请”的回复。"),
        ClaimCase("收到政府信息公开申请10件，办理网民留言30条。", "received 10"),
        ClaimCase("收到政府信息公开申请10件，召开新闻发布会3次，答复咨询50件。", "received 10"),
        ClaimCase("受理入党申请12份。"),
        ClaimCase("收到政府信息公开申请10件，涉及征地拆迁6件，撤回1件。", "received 10"),
        ClaimCase("没有依申请公开事项超期办理。"),
        ClaimCase("无被申请人提起的信息公开投诉举报。"),
        ClaimCase("近三年收到政府信息公开申请分别为12件、15件、20件。"),
        ClaimCase("收到3批12件政府信息公开申请。"),
        ClaimCase("计划受理政府信息公开申请20件。"),
        ClaimCase("在受理的政府信息公开申请中，有2件申请人撤回。"),
        ClaimCase("依申请公开。县公安局、县住建局分别收到申请20件、18件。"),
        ClaimCase("依申请公开。收到书面申请38件，其中当面8件，信函30件。", "channel 38", "channel 8", "channel 30"),
        ClaimCase("2023年12月收到政府信息公开申请10件。"),
        ClaimCase("2023年12月，我局收到政府信息公开申请10件。"),
        ClaimCase(
            "依申请公开。收到申请128件，当年办结123件，加上上年结转6件，共办结129件。",
            "received 128",
            "carriedOver 6",
            "answered 129"
        ),
        ClaimCase("收到政府信息公开申请128件，已答复123件，5件在法定期限内办理中。", "received 128"),
        ClaimCase("收到政府信息公开有效申请120件，无效申请8件。"),
        ClaimCase("依申请公开。收到120件有效申请，8件无效申请。"),
        ClaimCase("自条例施行以来，\n共受理政府信息公开申请2300件。"),
        ClaimCase("主动公开信息30条，依申请公开0条。"),
        ClaimCase("依申请公开0件超期。"),
        ClaimCase("依申请公开收费情况：无。"),
        ClaimCase("依申请公开行政复议情况：0件。"),
        ClaimCase("网上依申请公开0件。"),
        ClaimCase("收到政府信息公开申请10件，其中依申请公开不予公开0件。", "received 10", "denied 0"),
        ClaimCase("全年共有2件政府信息公开申请引发行政复议。", "reconsideration 2"),
        ClaimCase("无申请人对答复提出异议。"),
        ClaimCase("市民政局收到政府信息公开申请较多。"),
    ]

    @Test(arguments: stated + traps)
    func claims(_ example: ClaimCase) {
        let found = names(NarrativeReader.claims(in: folded(example.text), reportYear: example.year))
        #expect(found.sorted() == example.expected.sorted(), "\(example.text)")
    }

    @Test("a claim knows its clause, its digits and its paragraph")
    func ranges() throws {
        let text = folded("认真做好依申请公开工作。\n2023年，我局共收到政府信息公开申请1,205件，均已答复。")
        let claim = try #require(NarrativeReader.claims(in: text, reportYear: 2023).first)
        #expect(claim.paragraph == 1)
        #expect(text[1].string(claim.range) == "我局共收到政府信息公开申请1,205件")
        #expect(text[1].string(claim.numberRange) == "1,205")
        #expect(claim.looseness.isEmpty && !claim.isDenial && !claim.isApproximate)
    }

    @Test("a denial states 0 and quotes the denying word")
    func denial() throws {
        let text = folded("本年度未收到政府信息公开申请。")
        let claim = try #require(NarrativeReader.claims(in: text).first)
        #expect(claim.isDenial && claim.value == 0)
        #expect(text[0].string(claim.numberRange) == "未收到")
    }

    @Test(
        "looseness says why a number may differ",
        arguments: [
            ("市政府办公厅代表市政府共受理政府信息公开申请859件。", Looseness.onBehalf),
            ("全年累计收到政府信息公开申请10件。", .cumulative),
            ("县政府办公室收到政府信息公开申请10件。", .office),
            ("受理并答复政府信息公开申请12件。", .combinedVerbs),
            ("通过网站、信函等方式收到政府信息公开申请12件。", .severalChannels),
            ("市教育局收到政府信息公开申请5件。", .otherBody),
            ("全市共收到政府信息公开申请128件。乡镇（街道）收到申请18件。", .otherBody),
            ("各镇（街道）共受理政府信息公开申请12件。", .otherBody),
            ("全县教育系统收到政府信息公开申请7件。", .otherBody),
            ("市民政局收到政府信息公开申请7件。", .otherBody),
            ("市本级收到政府信息公开申请5件。", .office),
            ("本年度接收到申请书5份。", .bareNoun),
            ("县政府收到政府信息公开申请10件，县公安局收到政府信息公开申请20件。", .severalStatements),
        ]
    )
    func looseness(_ text: String, _ expected: Looseness) throws {
        let claims = NarrativeReader.claims(in: folded(text), reportYear: 2023, agency: FoldedText("宿迁市人民政府"))
        let claim = try #require(claims.last, "\(text)")
        #expect(claim.looseness.contains(expected), "\(text) \(claim.looseness)")
    }

    @Test(
        "the report's own body under its short names",
        arguments: [
            ("2023年，县发展和改革局收到政府信息公开申请5件。", "沭阳县发展和改革局"),
            ("前进区人社局收到政府信息公开申请5件。", "前进区人力资源和社会保障局"),
            ("2023年，我局收到政府信息公开申请5件。", "前进区人力资源和社会保障局"),
            ("2023年，全市收到政府信息公开申请5件。", "宿迁市人民政府"),
            ("2023年，全市各级行政机关收到政府信息公开申请5件。", "宿迁市人民政府"),
        ]
    )
    func ownBody(_ text: String, _ agency: String) throws {
        let claim = try #require(
            NarrativeReader.claims(in: folded(text), reportYear: 2023, agency: FoldedText(agency)).first,
            "\(text)"
        )
        #expect(claim.looseness.isEmpty, "\(text) \(claim.looseness)")
    }

    @Test("outcomes and groups of disputes")
    func disputes() {
        let text = folded("政府信息公开行政复议5件，其中结果维持2件，结果纠正1件，其他结果1件，尚未审结1件；未经复议直接起诉的行政诉讼2件。")
        let subjects = NarrativeReader.claims(in: text).map(\.subject)
        #expect(
            subjects.prefix(5) == [
                .reconsideration(outcome: nil), .reconsideration(outcome: .upheld),
                .reconsideration(outcome: .corrected),
                .reconsideration(outcome: .other), .reconsideration(outcome: .pending),
            ]
        )
    }

    @Test("申请 alone is trusted only where nothing else is applied for")
    func weakNoun() {
        let plain = folded("（二）依申请公开情况。本年度收到申请12件。")
        #expect(names(NarrativeReader.claims(in: plain)) == ["received 12"])
        let heading = folded("（二）依申请公开情况\n全年共受理12件，均按时办结。\n（三）平台建设\n全年共受理30件。")
        #expect(names(NarrativeReader.claims(in: heading)) == ["received 12"])
        let other = folded("优化行政审批流程，做好补贴发放。本年度收到申请12件。")
        #expect(names(NarrativeReader.claims(in: other)).isEmpty)
    }
}
