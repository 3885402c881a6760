import AuditEngine
import ChineseText
import Testing

@testable import AuditRules

/// Sentences of our own, in the shapes that offices write, put into the sample report: what the rules that hold the text against
/// the tables make of each. The sample has 8 applications received (6 of natural persons), 1 carried over, 3 granted, 5 that
/// cannot be provided, 8 answered, 1 carried forward; 2 reconsiderations (1 upheld, 1 pending) and no litigation; 2 normative
/// documents made, 0 repealed, 6 in force; 112 decisions on licences, 4 on penalties.
@Suite("narrative rules")
struct NarrativeRuleTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var text: String
        var expected: [String]
        var agency: String
        var testDescription: String { String(text.prefix(40)) }

        init(_ text: String, _ expected: String..., agency: String = "青禾县水利局") {
            self.text = text
            self.expected = expected
            self.agency = agency
        }
    }

    static let applications: [Case] = [
        // Read, and right.
        Case("2023年，我局共收到政府信息公开申请8件，均按时答复。"),
        Case("全年受理依申请公开事项9件。"),
        Case("全年新收政府信息公开申请８件，上年结转１件。"),
        Case("共收到政府信息公开申请八件，其中自然人申请六件，法人或其他组织申请两件。"),
        Case("收到公民、法人和其他组织提出的政府信息公开申请8件，办结8件，结转下年度继续办理1件。"),
        Case("收到申请9件（含上年结转1件），答复8件，1件顺延到下年度。"),
        Case("共受理政府信息公开申请8宗，其中予以公开3宗，无法提供5宗，不予公开0宗。"),
        Case("共收到信息公开申请8起，比2022年（31起）下降74%，答复8起。"),
        Case("2023年度收到政府信息公开申请 8 件，同比增长14.3%。"),
        Case("予以公开及部分公开3件，不予处理0件。"),
        // Read, and wrong.
        Case("2023年，我局共收到政府信息公开申请11件，均按时答复。", "applications error"),
        Case("全年受理依申请公开事项10件。", "applications error"),
        Case("全年新收政府信息公开申请８件，上年结转２件。", "applications error"),
        Case("共收到政府信息公开申请十八件。", "applications error"),
        Case("共收到政府信息公开申请1，008件。", "applications error"),
        Case("共收到政府信息公开申请 1 8 件。", "applications error"),
        Case("收到公民、法人和其他组织提出的政府信息公开申请8件，办结7件。", "applications error"),
        Case("收到政府信息公开申请8件，结转下年度继续办理3件。", "applications error"),
        Case("共收到政府信息公开申请8件，其中自然人申请4件，法人或其他组织申请4件。", "applications error", "applications error"),
        Case("收到政府信息公开申请8件，其中予以公开2件，部分公开1件，无法提供5件。", "applications error", "applications error"),
        Case("收到政府信息公开申请8件，其中予以公开3件，不予公开5件，无法提供0件。", "applications error", "applications error"),
        Case("本机关共办理政府信息公开申请15份。", "applications error"),
        Case("政府信息公开申请共计18件。", "applications error"),
        Case("全年收到依申请公开件18件，均为网上申请。", "applications error"),
        Case("2023年共收到１２件政府信息公开申请。", "applications error"),
        // Loose wordings.
        Case("受理并答复政府信息公开申请12件。", "applications warning"),
        Case("通过网站、信函等方式收到政府信息公开申请12件。", "applications warning"),
        Case("收到政府信息公开申请8件，其中不予公开2件。", "applications warning"),
        Case("全年累计收到政府信息公开申请12件。", "applications info"),
        Case("收到政府信息公开申请10件，收到政府信息公开申请8件。", "applications warning"),
        // Left alone: other years, months, comparisons.
        Case("2022年收到政府信息公开申请20件。"),
        Case("2021年、2022年、2023年分别收到政府信息公开申请12件、15件、8件。"),
        Case("与2022年的20件相比，申请量明显下降。"),
        Case("收到政府信息公开申请8件，较上年减少12件。"),
        Case("去年收到政府信息公开申请20件，今年收到8件。"),
        Case("自2019年以来，累计收到政府信息公开申请200件。"),
        Case("近三年共收到政府信息公开申请60件。"),
        Case("上半年收到政府信息公开申请5件，下半年收到3件。"),
        Case("2023年第四季度收到政府信息公开申请5件。"),
        Case("政府信息公开申请数量较上年增加5件，增长62.5%。"),
        Case("月均收到政府信息公开申请0.7件。"),
        // Left alone: other bodies and work for others.
        Case("代县政府办理政府信息公开申请12件。"),
        Case("市水利局收到政府信息公开申请20件。"),
        Case("县教育局、县公安局分别收到政府信息公开申请20件、18件。"),
        Case("各乡镇共收到政府信息公开申请30件。"),
        Case("全县水利系统收到政府信息公开申请15件。"),
        Case("协助上级机关答复政府信息公开申请6件，转办3件。"),
        Case("指导基层单位办理政府信息公开申请15件。"),
        Case("转交县自然资源局办理政府信息公开申请5件。"),
        Case("个别乡镇收到政府信息公开申请50余件。"),
        // Left alone: other applications and requests.
        Case("全年受理行政许可申请120件，办结118件。"),
        Case("受理政务服务事项3000件，办件满意率100%。"),
        Case("受理12345热线工单560件，答复560件。"),
        Case("收到网民留言45条，办结45条；市长信箱来信30封，答复30封。"),
        Case("全年受理信访事项12件，办结12件。"),
        Case("承办人大代表建议15件、政协提案20件，答复35件，满意率100%。"),
        Case("收到取水许可申请23份，办结23份。"),
        Case("收到行政复议申请12件，受理10件。"),
        Case("办理民生诉求95件，全部按期答复。"),
        Case("受理群众咨询和政府信息公开申请共50件。"),
        Case("收到征地补偿申请30件、职称申报材料12份。"),
        Case("受理入党申请12份。"),
        // Left alone: parts, channels, rates, fees, pages, trainings.
        Case("其中网络申请5件，信函申请3件，当面申请0件。"),
        Case("收到政府信息公开申请8件，其中通过平台提交5件，邮寄3件。"),
        Case("收到政府信息公开申请8件，其中涉及移民安置6件，撤回1件，补正2件。"),
        Case("收到政府信息公开申请8件，其中当场答复2件，延期答复1件。"),
        Case("在受理的政府信息公开申请中，有2件申请人撤回。"),
        Case("对3件政府信息公开申请收取了信息处理费120元。"),
        Case("政府信息公开申请答复书共打印320页，平均每件40页。"),
        Case("依申请公开栏目访问量12000次，更新信息15条。"),
        Case("举办依申请公开培训2次，参训80人次，编制答复模板12份。"),
        Case("设立依申请公开受理点3个，公开咨询电话2个。"),
        Case("做到“收到一件、办结一件”，按时答复率100%。"),
        Case("自收到政府信息公开申请之日起20个工作日内答复。"),
        Case("每件政府信息公开申请答复前均经3次审核。"),
        Case("对收到的申请逐件登记，5个工作日内提出办理意见。"),
        Case("共收到10余件政府信息公开申请。"),
        Case("收到政府信息公开申请3—5件。"),
        Case("有效申请8件，无效申请2件。"),
        Case("收到2个自然人提出的政府信息公开申请。"),
        Case("收到政府信息公开申请8件，已办结6件，正在办理2件。"),
        Case("力争全年办理政府信息公开申请不超过20件。"),
        Case("依申请公开2条，免于公开信息0条。"),
        Case("我局依申请公开请求9件，协助5件。"),
        Case("收到政府信息公开申请8件，予以公开3件（其中全文公开2件），无法提供5件。"),
        Case("对照《条例》第二十条，梳理依申请公开事项15项。"),
        // 除 takes from what follows it, 除外 from what stands before.
        Case("全县共收到政府信息公开申请12件，除1件结转下年外，均依法答复。", "applications error"),
        Case("共收到政府信息公开申请12件（县直单位除外）。"),
        Case("除上级机关转来的12件外，共收到政府信息公开申请20件。"),
        // The year in months.
        Case("1-12月，共收到政府信息公开申请12件。", "applications error"),
        Case("1月至12月收到政府信息公开申请12件。", "applications error"),
        Case("1-6月，共收到政府信息公开申请12件。"),
        Case("3月至12月，共收到政府信息公开申请12件。"),
        // The next item ends a number's words.
        Case("新收政府信息公开申请8件；已办理9件、结转下年度1件。"),
        Case("新收政府信息公开申请8件；已办理12件、结转下年度1件。", "applications error"),
        // 已主动公开 as a result beside 同意公开: the form may count both as 予以公开.
        Case("收到政府信息公开申请8件，其中属于主动公开范围2件、同意公开1件、信息不存在5件。"),
        Case("收到政府信息公开申请8件，其中告知已主动公开2件，予以公开1件，无法提供5件。"),
        // Accepted of those that came in.
        Case("收到政府信息公开申请8件，经审查受理7件，不予受理1件。"),
        Case("收到政府信息公开申请8件，受理12件。", "applications warning"),
        // 答复 that counts neither the rejected nor the withdrawn.
        Case("收到政府信息公开申请8件，予以公开3件。"),
    ]

    static let noApplications: [Case] = [
        Case("2023年，我局未收到政府信息公开申请。", "no-applications error"),
        Case("2023年度，本机关没有收到公民、法人或者其他组织提出的政府信息公开申请。", "no-applications error"),
        Case("全年受理政府信息公开申请0件。", "no-applications error"),
        Case("2023年无依申请公开事项。", "no-applications error"),
        Case("依申请公开数量为零。", "no-applications error"),
        Case("（二）依申请公开情况：0件。", "no-applications error"),
        Case("未收到和处理政府信息公开申请。", "no-applications error"),
        Case("我局未收到公民、法人或其他组织的依申请公开诉求。", "no-applications error"),
        Case("未收到社会公众以当面、信函、网络等方式提出的政府信息公开申请。", "no-applications warning"),
        Case("未收到信函申请。"),
        Case("未收到商业企业提出的政府信息公开申请。"),
        Case("未收到涉及国家秘密的政府信息公开申请。"),
        Case("未收到对政府信息公开申请答复不满的投诉。"),
        Case("如未收到政府信息公开申请，则填写0件。"),
        Case("有3个股室未收到政府信息公开申请。"),
        Case("个别乡镇未收到政府信息公开申请。"),
        Case("除网络申请外，未收到其他形式的申请。"),
        Case("2022年未收到政府信息公开申请。"),
        Case("上半年未收到政府信息公开申请。"),
        Case("未出现政府信息公开申请逾期答复情况。"),
        Case("无依申请公开收费情况。"),
        Case("没有依申请公开事项超期办理，无申请人提出异议。"),
        Case("依申请公开0件超期。"),
        Case("县教育局未收到政府信息公开申请。"),
        Case("未收到行政复议申请。"),
        Case("避免出现未收到政府信息公开申请而不登记的情况。"),
        Case("未收到网民留言和信访事项。"),
        Case("不存在未按期答复政府信息公开申请的情况。"),
    ]

    static let disputes: [Case] = [
        Case("因政府信息公开引发行政复议2件，结果维持1件，尚未审结1件；行政诉讼0件。"),
        Case("政府信息公开行政复议案件两起，无政府信息公开行政诉讼案件。"),
        Case("未发生因政府信息公开引起的行政诉讼。"),
        Case("因政府信息公开引发行政复议3件。", "disputes warning"),
        // Outcomes in a bracket, or behind the name of the remedy, are of that one.
        Case("政府信息公开行政复议2件（维持1件，尚未审结1件），行政诉讼0件（维持0件）。"),
        Case("政府信息公开行政复议2件（维持1件，尚未审结1件），行政诉讼0件（维持5件）。", "disputes warning"),
        Case("因政府信息公开产生行政复议2件和行政诉讼0件，其中行政复议结果维持1件，尚未审结1件，行政诉讼结果维持0件。"),
        Case("因政府信息公开产生行政复议2件和行政诉讼0件，其中行政复议结果维持2件。", "disputes warning"),
        Case("因政府信息公开引发的行政复议、行政诉讼结果维持5件。"),
        Case("因政府信息公开引发行政复议2件、行政诉讼0件，其中维持1件。"),
        Case("因政府信息公开被申请行政复议2件，其中结果纠正1件，尚未审结1件。", "disputes warning"),
        Case("因政府信息公开被提起行政诉讼2件。", "disputes warning"),
        Case("未发生因政府信息公开引起的行政复议和行政诉讼。", "disputes warning"),
        Case("政府信息公开行政复议、行政诉讼0件。", "disputes warning"),
        Case("政府信息公开类行政复议12件，行政诉讼1件，其中未经复议直接起诉1件。", "disputes warning", "disputes warning", "disputes warning"),
        Case("依申请公开均按时答复，行政复议5件。", "disputes warning"),
        Case("承办政府信息公开行政复议案件18件。", "disputes info"),
        Case("全年备案政府信息公开行政复议案件134件，行政诉讼案件57件。"),
        Case("办理政府信息公开行政复议案件12件，应诉行政诉讼案件8件。"),
        Case("出庭应诉政府信息公开行政诉讼案件3件。"),
        Case("协助县政府办理政府信息公开行政复议5件。"),
        Case("代理政府信息公开行政诉讼案件3件。"),
        Case("指导乡镇应对政府信息公开行政复议5件。"),
        Case("以县政府为被申请人的政府信息公开行政复议5件。"),
        Case("上年结转行政复议2件，本年新增政府信息公开行政复议5件。"),
        Case("政府信息公开行政复议、诉讼案件共8件。"),
        Case("政府信息公开行政复议从2022年的12件下降到2件。"),
        Case("2022年发生政府信息公开行政复议12件。"),
        Case("受理涉及政府信息公开的行政复议申请12件，审结9件。"),
        Case("全县审理行政复议案件134件，纠正12件。"),
        Case("未发生政府信息公开行政复议被纠错、行政诉讼败诉情况。"),
        Case("未发生政府信息公开行政复议超期答复。"),
        Case("行政复议案件3件，行政诉讼案件2件，均胜诉。"),
        Case("开展行政复议、行政诉讼典型案例研讨5次，汇编案例12件。"),
        Case("水事纠纷行政诉讼3件，行政处罚类行政复议4件。"),
        Case("办理信访复查复核8件、行政调解6件。"),
        Case("如因政府信息公开发生行政复议，5个工作日内报备。"),
    ]

    static let documents: [Case] = [
        Case("2023年制发行政规范性文件2件，废止0件，现行有效6件。"),
        Case("全年共制定规范性文件2件，未废止规范性文件。"),
        Case("现行有效的规范性文件共6件。"),
        Case("2023年，共制发行政规范性文件16个，废止行政规范性文件0个。", "documents warning"),
        Case("制发规范性文件2份、废止1份，现行有效8份。", "documents warning", "documents warning"),
        Case("规范性文件：制发2件，废止1件，现行有效6件。", "documents warning"),
        Case("本年度未制发规范性文件。", "documents warning"),
        Case("2023年没有制定行政规范性文件。", "documents warning"),
        Case("制定出台3件规范性文件，均同步解读。", "documents warning"),
        Case("县水利局制定规范性文件3件。", "documents warning"),
        Case("全年新制定行政规范性文件1件、修改1件，宣布失效0件。"),
        Case("双随机抽查取水户40户，发现问题6户，作出行政处罚决定2件。"),
        Case("2022年，我局共制定规范性文件0件，现行有效规范性文件0件。", "documents info", "documents info"),
        Case("全年作出行政许可决定112件，行政处罚决定4件。"),
        Case("全年作出行政许可决定121件，作出行政处罚决定40件。", "documents warning", "documents warning"),
        Case("全年作出行政许可122件、行政处罚4件。", "documents warning"),
        Case("办理行政许可130件，查处行政处罚案件9起。", "documents info", "documents info"),
        Case("办结行政许可事项112件。"),
        Case("公开规范性文件15件，解读规范性文件12件。"),
        Case("审查规范性文件草案8件，报送备案3件。"),
        Case("清理规范性文件40件，修改规范性文件3件。"),
        Case("清理并公开现行有效的行政规范性文件102件。"),
        Case("县政府制定规范性文件12件。"),
        Case("以县政府名义制发规范性文件3件。"),
        Case("起草规范性文件5件，拟制定规范性文件3件。"),
        Case("历年累计制定规范性文件56件。"),
        Case("2021年制定规范性文件9件。"),
        Case("上半年制发规范性文件1件。"),
        Case("开展规范性文件合法性审核16件次。"),
        Case("主动公开政府信息22条，其中规范性文件0条。"),
        Case("无规范性文件公开，无行政处罚等事项公开。"),
        Case("没有制作和公开新的规章和规范性文件。"),
        Case("公开行政处罚信息30条、行政许可信息560条。"),
        Case("公开行政处罚决定书30份。"),
        Case("保留行政许可事项24项、行政处罚事项765项。"),
        Case("主动公开行政许可33项，行政处罚36项。"),
        Case("全市水利系统作出行政处罚决定90件。"),
        Case("县城管局作出行政处罚决定300件。"),
        Case("行政处罚企业12家，罚款36万元。"),
        Case("制定《青禾县水利局规范性文件管理办法》等制度3件。"),
        Case("印发行政处罚案卷评查通报2件，抽查行政处罚案卷40宗。"),
        Case("受理行政许可申请115件。"),
        Case("做到规范性文件公开率100%，制定3项措施。"),
        Case("制发规范性文件2件，较上年增加1件。"),
        Case("规范性文件立项5件，论证3件，废止0件。"),
    ]

    static let breakdowns: [Case] = [
        Case("公开信息40条，其中通知公告10条、工作动态30条。"),
        Case("公开信息40条，其中通知公告10条、工作动态50条。", "breakdown error"),
        Case("公开信息四十条，其中通知公告十条、工作动态五十条。", "breakdown error"),
        Case("公开信息40条，分别为通知公告10条、工作动态20条。", "breakdown warning"),
        Case("公开信息40条，其中通知公告10条、工作动态20条、其他9条。", "breakdown warning"),
        Case("公开信息1,240条，其中通知公告240条、工作动态900条、其他200条。", "breakdown error"),
        Case("公开信息40条（通知公告10条、工作动态20条、其他20条）。", "breakdown error"),
        Case("公开信息40条。其中通知公告10条；工作动态20条；其他20条。", "breakdown error"),
        Case("制作解读稿12篇，包括文字解读6篇、图片解读7篇。"),
        Case("召开会议12次，其中党组会8次、局务会6次。", "breakdown error"),
        Case("办理建议提案20件，其中人大建议12件、政协提案9件。", "breakdown error"),
        Case("公开信息40条，其中网站30条、微信20条。", "breakdown warning"),
        Case("公开信息55条，其中水利公开12条，包括工程8条、移民8条；其他43条。", "breakdown error"),
        Case("公开信息50条，其中机构类20条，内有领导10条、职能4条、概况1条、直属单位5条；工作类11条；政策类19条。"),
        Case("公开信息25条，其中机构类20条，内有领导10条、职能10条；工作类5条。"),
        Case("公开信息50条，其中政策类20条：规章5条、文件15条；动态类30条。"),
        Case("公开信息40条，其中通知公告10条、工作动态30条，网站25条、微信15条。"),
        Case("公开信息40条，其中通知公告10条、工作动态30条，县级35条，乡镇5条。"),
        Case("公开信息40条，其中通知公告10条等。"),
        Case("公开信息40余条，其中通知公告20条、工作动态30条。"),
        Case("公开信息40条，其中通知公告10条，回复留言60条。"),
        Case("公开信息40条，其中图片30条、视频20条。"),
        Case("公开信息40条，较上年增加10条，其中网站增加20条。"),
        Case("公开信息40条，阅读量10万次，其中单篇最高5000次。"),
        Case("网站公开信息40条，微信发布60条，其中动态类50条，公告类30条。"),
        Case("召开新闻发布会3场，其中局长出席2次，答记者问15个。"),
        Case("培训3期，其中参训人员120人。"),
        Case("公开信息40条，占全县的5%，其中转载上级文件60条。"),
        Case("保留行政权力50项，其中行政许可24项、行政处罚20项、行政强制6项。"),
        Case("公开信息40条，其中上半年15条、下半年25条。"),
        Case("收到申请8件，其中自然人6件、法人2件，予以公开3件、无法提供5件。"),
        Case("公开信息40条，其中20条涉及灌溉、30条涉及防汛。"),
        Case("涌现优秀作品52条，其中1条播放量破亿、2条破千万、49条破百万。"),
        Case("累计公开112条。其中，2023年公开40条，往年公开72条。"),
        Case("公开信息40条，其中：\n1.通知公告10条；\n2.工作动态30条。"),
        Case("公开信息40条，包括但不限于通知公告10条。"),
        Case("全年发布40期，每期5条，其中头条40条。"),
        Case("公开信息共计40条次。其中门户网站20条、微信30条。"),
        Case("组织问卷调查2次，收回问卷300份，其中有效290份，满意285份。"),
        Case("更新栏目12个，其中新增3个，调整5个，撤并6个。"),
        Case("公开信息总数40条：通知公告10条，工作动态30条。"),
        Case("公开信息40条，通知公告10条，工作动态50条。"),
    ]

    static let government: [Case] = [
        Case("2023年，县政府共收到政府信息公开申请5件。", "applications info", agency: "青禾县人民政府"),
        Case("2023年，全县共收到政府信息公开申请5件。", "applications error", agency: "青禾县人民政府"),
        Case("县政府办公室收到政府信息公开申请5件。", agency: "青禾县人民政府"),
        Case("县政府办公室认真办理依申请公开。共收到政府信息公开申请5件。", "applications info", agency: "青禾县人民政府"),
        Case("县政府办公室牵头抓总。全县共收到政府信息公开申请5件。", "applications error", agency: "青禾县人民政府"),
        Case("县政府办公室代表县政府受理政府信息公开申请5件。", agency: "青禾县人民政府"),
        Case("县本级收到政府信息公开申请5件，乡镇收到3件。", agency: "青禾县人民政府"),
        Case("各部门、各乡镇收到政府信息公开申请50件。", agency: "青禾县人民政府"),
        Case("制定发布规范性文件4件。", "documents info", agency: "青禾县人民政府"),
        Case("全县制定发布规范性文件4件。", "documents warning", agency: "青禾县人民政府"),
        Case("县政府办公室制发规范性文件4件。", agency: "青禾县人民政府"),
        Case("县城管局作出行政处罚决定300件。", agency: "青禾县人民政府"),
        Case("镇人民政府办公室收到政府信息公开申请5件。", "applications error", agency: "青禾县柳河镇人民政府"),
        Case("我镇制定规范性文件4件。", "documents warning", agency: "青禾县柳河镇人民政府"),
        Case("县政府制定规范性文件4件。", agency: "青禾县柳河镇人民政府"),
    ]

    /// Where else a sentence may stand: after which words of the sample.
    enum Place: String, CaseIterable, Sendable {
        case preface = "编制本报告。"
        case two = "二、主动公开政府信息情况\n"
        case three = "三、收到和处理政府信息公开申请情况\n"
        case four = "四、政府信息公开行政复议、行政诉讼情况\n"
        case five = "存在的问题："
        case six = "六、其他需要报告的事项\n"
    }

    static let elsewhere: [(place: Place, text: String, expected: [String])] = [
        (.preface, "2023年，我局共收到政府信息公开申请11件。", ["applications error"]),
        (.preface, "本报告统计2023年1月1日至12月31日收到的政府信息公开申请。", []),
        (.two, "本年制发规范性文件12件。", ["documents warning"]),
        (.two, "因政府信息公开引发行政复议3件。", []),
        (.three, "全年共收到政府信息公开申请11件。", ["applications error"]),
        (.three, "本年度未收到政府信息公开申请。", ["no-applications error"]),
        (.three, "因政府信息公开引发行政复议3件。", ["disputes warning"]),
        (.three, "制发规范性文件12件。", []),
        (.four, "全年发生政府信息公开行政复议3件。", ["disputes warning"]),
        (.four, "未发生政府信息公开行政诉讼。", []),
        (.five, "全年共收到政府信息公开申请11件，人手不足。", []),
        (.five, "因政府信息公开引发行政复议3件。", []),
        (.five, "公开信息40条，其中通知公告10条、工作动态50条。", ["breakdown error"]),
        (.six, "承办人大代表建议5件、政协提案3件，答复8件。", []),
        (.six, "制发规范性文件12件，收到政府信息公开申请20件。", []),
    ]

    @Test(arguments: elsewhere)
    func otherPlaces(_ place: Place, _ text: String, _ expected: [String]) throws {
        let line = place.rawValue.hasSuffix("\n") ? text + "\n" : text
        let found = try findings(Example(2023, (place.rawValue, place.rawValue + line)), text)
        #expect(found.map(name).sorted() == expected.sorted(), "\(text) in \(place)")
    }

    @Test("a message tells what the number was taken for and every value that would do")
    func message() throws {
        let found = try findings(Example(2023, (Self.original, "全年共收到政府信息公开申请11件。")), "message")
        let finding = try #require(found.first?.finding)
        #expect(finding.message.zh == "正文“全年共收到政府信息公开申请11件”：11，读作收到的申请数；表三为本年新收总计 8，或本年新收加上年结转总计 9。")
        #expect(
            finding.message.en.contains(
                "11, read as applications received; table 3 has 8 (row 1, total) or 9 (rows 1 + 2, total)"
            )
        )
        #expect(finding.expected == Quantity(9) && finding.actual == Quantity(11))
    }

    @Test(
        "frequent causes are recognised and asked about",
        arguments: [
            ("全年共收到政府信息公开申请80件。", "漏写或多写"), ("全年共收到政府信息公开申请6件。", "自然人"),
            ("全年作出行政许可决定211件。", "颠倒"), ("全年未收到政府信息公开申请。", "上年文字"),
            ("因政府信息公开引发行政诉讼3件。", "漏填"), ("2022年，我局制定规范性文件9件。", "沿用了上年"),
            ("公开信息55条，其中水利公开12条，包括工程8条、移民8条；其他39条。", "细目之和为 16"),
            ("公开信息40条，其中通知公告10条、工作动态30条、网站10条。", ""),
            ("公开信息40条，其中通知公告10条、工作动态20条、政策解读20条。", "恰为其中一项"),
        ]
    )
    func causes(_ text: String, _ hint: String) throws {
        let found = try findings(Example(2023, (Self.original, text)), text)
        if hint.isEmpty {
            #expect(found.isEmpty, "\(text)")
        } else {
            let hints = found.compactMap(\.finding.hint)
            #expect(hints.contains { $0.zh.contains(hint) && !$0.en.isEmpty }, "\(text): \(hints.map(\.zh))")
        }
    }

    @Test("a total that was left out is what its columns say, and a blank never makes an error of the text")
    func blanks() throws {
        let row = "本年新收政府信息公开申请数量\t\t\t6\t2\t0\t0\t0\t0\t8"
        let total = Example(2023, (row, "本年新收政府信息公开申请数量\t\t\t6\t2\t0\t0\t0\t0\t/"))
        let filled = try #require(total.text)
        #expect(try RuleProbe.check("narrative.applications", filled).findings.isEmpty)
        let granted = Example(2023, ("3\t0\t0\t0\t0\t0\t3", "/\t/\t/\t/\t/\t/\t/"))
        let blank = try #require(granted.text)
        let finding = try #require(try RuleProbe.check("narrative.applications", blank).findings.first)
        #expect(finding.severity == .warning && finding.message.zh.contains("空白单元格按0计"))
        #expect(finding.hint?.zh.contains("空白") == true)
    }

    @Test("one part that exceeds its whole is no sum")
    func singlePart() throws {
        let text = Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "其中政策文件类80条"))
        let report = try #require(text.text)
        let finding = try #require(try RuleProbe.check("narrative.breakdown", report).findings.first)
        #expect(finding.formula?.zh == "80 > 60")
        #expect(finding.message.zh == "合计为 60条，其后所列读作其分项的一项为 80：分项大于合计。")
    }

    @Test("a letter is a way of applying, like the net")
    func letters() throws {
        let applications = "全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件。"
        let text = Example(2023, (applications, "全年共收到政府信息公开申请8件（其中信件申请0件，网络申请13件）。"))
        let report = try #require(text.text)
        #expect(try RuleProbe.check("narrative.breakdown", report).findings.map(\.severity) == [.warning])
    }

    @Test("答复 that lacks just what was withdrawn is an info")
    func repliesWithoutWithdrawn() throws {
        let found = try findings(
            Example(
                2023,
                (Self.original, "收到政府信息公开申请8件，答复6件。"),
                ("（四）无法提供\t1.本机关不掌握相关政府信息\t4\t1\t0\t0\t0\t0\t5", "（四）无法提供\t1.本机关不掌握相关政府信息\t2\t1\t0\t0\t0\t0\t3"),
                ("3.其他\t0\t0\t0\t0\t0\t0\t0", "3.其他\t2\t0\t0\t0\t0\t0\t2")
            ),
            "replies"
        )
        #expect(found.map(name) == ["applications info"])
    }

    @Test(arguments: applications + noApplications + disputes + documents + breakdowns + government)
    func sentence(_ example: Case) throws {
        let found = try findings(Example(2023, (Self.original, example.text)), example.text, agency: example.agency)
        let messages = found.map(\.finding.message.zh).joined(separator: "\n")
        #expect(found.map(name).sorted() == example.expected.sorted(), "\(example.text)\n\(messages)")
        for finding in found.map(\.finding) {
            #expect(finding.location.quote?.isEmpty == false, "\(example.text): no quote")
            #expect(finding.formula != nil && finding.actual != nil && finding.expected != nil, "\(example.text)")
        }
    }

    private static let original = "全年共收到政府信息公开申请8件，其中予以公开3件，无法提供5件。"

    private typealias Found = (rule: RuleDescription, finding: Finding)

    private func name(_ found: Found) -> String {
        "\(found.rule.id.dropFirst("narrative.".count)) \(found.finding.severity)"
    }

    /// What the narrative rules find in an example, under the name of another body where one is given.
    private func findings(_ example: Example, _ name: String, agency: String = "青禾县水利局") throws -> [Found] {
        let sample = try #require(example.text, "\(name): the words to replace are not in the sample")
        let text = sample.split(separator: "青禾县水利局", omittingEmptySubsequences: false).joined(separator: agency)
        var source = AuditSource(path: Array(name.utf8))
        let audited = try Auditor().audit(Array(text.utf8), source: &source).get()
        return audited.findings.filter { $0.rule.id.hasPrefix("narrative.") }.map { ($0.rule, $0.finding) }
    }
}
