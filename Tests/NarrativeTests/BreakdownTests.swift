import ChineseText
import Narrative
import Testing

@Suite("Breakdowns")
struct BreakdownTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var text: String
        var total: Int
        var parts: [Int]
        var isFlagged: Bool
        var testDescription: String { String(text.prefix(40)) }
        init(_ text: String, _ total: Int, _ parts: [Int], flagged: Bool = false) {
            self.text = text
            self.total = total
            self.parts = parts
            isFlagged = flagged
        }
    }

    static let cases: [Case] = [
        Case("全年主动公开信息100条，其中机构职能类20条、政策法规类30条、工作动态类50条。", 100, [20, 30, 50]),
        Case("全年主动公开信息100条，其中机构职能类20条、政策法规类30条、工作动态类51条。", 100, [20, 30, 51], flagged: true),
        Case("共公开信息100条，分别为政策法规20条、工作动态30条、财政信息40条。", 100, [20, 30, 40], flagged: true),
        Case("共公开信息100条，其中政策法规20条，工作动态30条，其他信息40条。", 100, [20, 30, 40], flagged: true),
        Case("共公开信息100条，其中政策法规20条，工作动态30条。", 100, [20, 30]),
        Case("共公开信息100条，其中政策法规20条、工作动态30条、财政信息40条等。", 100, [20, 30, 40]),
        Case("共公开信息1000条，其中政策200条、动态300条、财政260条、人事220条。", 1000, [200, 300, 260, 220], flagged: true),
        Case("共公开信息1,205条，其中政策205、动态500、财政300、人事200。", 1205, [205, 500, 300, 200]),
        Case("共发布信息306条。其中：\n政策法规类100条；\n工作动态类200条；\n其他类6条。", 306, [100, 200, 6]),
        Case("共发布信息306条，包括：政策法规类100条；工作动态类200条；其他类16条。", 306, [100, 200, 16], flagged: true),
        Case("公开信息50条，其中网站40条、微信30条、公示栏20条。", 50, [40, 30, 20]),
        Case("制作政策解读12期（市级5期、区级4期、镇级3期）。", 12, [5, 4, 3]),
        Case("制作政策解读12期（市级5期、区级4期、镇级4期）。", 12, [5, 4, 4], flagged: true),
        Case("收到申请20件，其中自然人申请18件，法人申请2件，网络申请15件，信函申请5件。", 20, [18, 2, 15, 5]),
        Case("收到申请20件，其中自然人20件；予以公开15件；结转5件。", 20, [20, 15, 5]),
        Case("发布信息1万余条，其中政策类5000条，动态类6000条。", 10000, [5000, 6000]),
        // What became of all of them, or who was there, is no share of them.
        Case("召开新闻发布会12场，其中县领导出席7场、部门负责人出席10场。", 12, [7, 10]),
        Case("收到群众留言63条，其中按期办结63条、选登答复40条。", 63, [63, 40]),
        Case("征集意见43条，其中采纳31条、解释说明12条、集中反馈43条。", 43, [31, 12, 43]),
        Case("共有执法人员80人，其中持证80人、兼任法制审核3人。", 80, [80, 3]),
        Case("征集意见43条，其中采纳31条、解释说明13条、集中反馈43条。", 43, [31, 13, 43], flagged: true),
        Case("召开新闻发布会12场，其中线上7场、线下6场。", 12, [7, 6], flagged: true),
        Case("开设专栏二十个，其中重点领域专栏十二个，基层专栏九个。", 20, [12, 9], flagged: true),
        Case("公开信息100条，其中转载上级文件60条，工作动态70条。", 100, [60, 70]),
        Case("公开信息100条，其中工作动态70条，均为原创，同时转发上级文件60条。", 100, [70, 60]),
        Case("公开信息55条，其中审计公开12条，包括审计结果8条、整改情况8条；其他43条。", 55, [12, 43], flagged: true),
        Case("公开信息229条。在主动公开的信息中，公告193条；动态11条；其他信息25条（其中避险13条、土地6条）。", 229, [193, 11, 25]),
        Case("受理申请59件，新收47件，较上年增加42件。其中，通过信函申请39件，占83%；电子邮件7件，占15%；在线申请1件，占2%。", 47, [39, 7, 1]),
        Case("收到申请99件。其中，通过网络申请75件；通过信函申请20件；通过当面申请4件。", 99, [75, 20, 4]),
        Case("公开信息479条，其中网站306条。另外微信173条。", 479, [306, 173]),
        Case("公开信息479条，其中网站306条。另外微信200条。", 479, [306]),
        Case("办理建议提案50件，其中人大建议30件，政协提案21件。", 50, [30, 21], flagged: true),
        Case("办理建议提案50件，其中人大建议30件，政协提案20件。", 50, [30, 20]),
        Case("办理建议提案50件，其中人大建议30件，政协提案20件，重点督办5件。", 50, [30, 20, 5]),
        Case("共公开信息1.2万条，其中动态8000条，公告5000条，其他1000条。", 12000, [8000, 5000, 1000], flagged: true),
        Case("共公开信息1.2万条，其中动态8000条，公告3000条，其他1400条。", 12000, [8000, 3000, 1400]),
        Case("共公开信息1.2万条，其中动态6000条，公告3000条，其他100条。", 12000, [6000, 3000, 100], flagged: true),
        Case("共公开信息1.2万余条，其中动态8000条，公告5000条，其他1000条。", 12000, [8000, 5000, 1000]),
        Case("公开政策10条，其中1条涉及教育、2条涉及卫生、8条涉及养老。", 10, [1, 2, 8]),
    ]

    @Test(arguments: cases)
    func list(_ example: Case) throws {
        let found = NarrativeReader.breakdowns(in: folded(example.text))
        let match = try #require(found.first, "\(example.text)")
        #expect(match.total == example.total)
        #expect(match.parts.map(\.value) == example.parts, "\(example.text)")
        let flagged = found.contains { !$0.allPartsAreChannels && isFlagged($0) }
        #expect(flagged == example.isFlagged, "\(example.text)\n\(match)")
    }

    @Test(
        "no list at all",
        arguments: [
            "全站内容更新共629次，信息发布479篇，完善网站设计142次。",
            "新收申请317件，上年结转3件。其中，予以公开184件，部分公开18件，结转下年度13件。",
            "公开信息较上年增加30条，其中网站增加50条，微信减少20条。",
            "同比增加10件，其中许可类20件。",
            "主动公开政府信息89条，其中涉及重大决策部署、工作动态等信息。",
            "微信公众账号（1个）发布信息149条；微博账号（1个）发布信息149条。",
            "全年召开会议5次，其中专题研究政务公开。",
            "公开信息500条，发布微博100条，其中原创300条。",
            "公开信息100条，其中网站60条、公示栏40条，并在微信公开20条。",
            "公开信息100条，其中网站60条、公示栏40条，发布微博20条。",
            "公开信息100条，其中网站60条、公示栏40条，工作动态20条。",
            "全县共有行政机关20个，其中公开指南的18个、公开目录的19个。",
            "公开信息100条，其中网站90条，网民留言答复30条，接听热线20条。",
            "公开信息100条，其中政策类50条，涉及民生的60条。",
            "收到申请20件，其中网上申请15件、当面申请5件，予以公开12件，不予公开8件。",
            "共收到申请30件，其中自然人28件，法人2件。其中予以公开20件，部分公开10件，不予公开5件。",
            "2022年结转的申请共7件，2023年新收申请581件，其中318件予以公开，184件部分公开，67件其他，19件结转下年。",
            "公开政务信息275条，互动交流信息52条。其中公开预算信息53条，资质审批22条，建议答复19条。",
            "完成答复1453件，包括上年结转30件。其中，予以公开966件；部分公开487件。",
            "公开政策10条，动态、通知分别发布20条、30条。",
            "公开信息100条，转发上级文件若干，其中国务院文件150条。",
            "公开信息100条，印发汇编，内含政策150条。",
            "公开信息500条，其中部门400条、乡镇200条，有重复。",
            "公开信息500条（其中部门400、乡镇200条有重复）。",
            "公开信息50条，其中图片45、视频20。",
            "办理建议提案50件，其中主办建议30件，重点建议10件，涉农建议15件。",
            "办理建议提案50件，其中人大建议30件，政协提案20件，满意50件。",
            "依据《条例》第二十条，其中第3项、第5项为重点。",
        ]
    )
    func silent(_ text: String) {
        let found = NarrativeReader.breakdowns(in: folded(text))
        #expect(!found.contains(where: isFlagged), "\(text)\n\(found)")
    }

    @Test("the certain parts end at the first item of another kind")
    func certain() throws {
        let text = folded("全年共主动公开政府信息100条。其中，网站公开60条，部门公开30条，维护专栏5个，回复咨询70条。")
        let breakdown = try #require(NarrativeReader.breakdowns(in: text).first)
        #expect(breakdown.partsCertain.map(\.value) == [60, 30])
        #expect(breakdown.certainSum == 90 && breakdown.sum == 160)
        #expect(!breakdown.isExhaustive)
    }

    @Test("names, measure and quote")
    func names() throws {
        let text = folded("2023年，共公开信息10条，其中政策类4条，动态类6条。")
        let breakdown = try #require(NarrativeReader.breakdowns(in: text).first)
        #expect(breakdown.measure == "条")
        #expect(text[0].string(breakdown.totalRange) == "10")
        #expect(breakdown.parts.map { text[0].string($0.name) } == ["政策类", "动态类"])
        #expect(text[0].string(breakdown.range) == "共公开信息10条,其中政策类4条,动态类6条")
    }
}
