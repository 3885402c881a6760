import AuditEngine
@testable import AuditRules
import Testing

/// The years that reports name rightly, and those left over from another report. The sentences are in the shapes in which
/// offices write; the report year is 2023 unless the case says otherwise.
@Suite struct YearStaleTests {
    @Test(arguments: stale) func firesOn(_ text: TextCase) throws { try text.mustFire("year.stale") }
    @Test(arguments: legitimate) func staysSilentOn(_ text: TextCase) throws { try text.mustNotFire("year.stale") }

    static let stale: [TextCase] = [
        // Published
        TextCase("2022年，我局共主动公开政府信息126条。"),
        TextCase("2022年全年通过微信公众号发布信息212条。"),
        TextCase("我局2022年共发布各类信息45篇。"),
        TextCase("一是2022年主动公开各类信息70条。"),
        TextCase("加强栏目管理，2022年发布工作动态信息38条。"),
        TextCase("2021年，我局共主动公开政府信息99条。"),
        TextCase("二〇二二年，我局共主动公开政府信息126条。"),
        TextCase("2022 年 ， 我局共主动公开政府信息 1,260 条 。"),
        TextCase("2022年，通过政府门户网站主动公开信息479条，其中工作动态类91条、统计信息12条。"),
        TextCase("2022年度县水利局主动公开政府信息30条，其中预决算2条、规划计划1条。"),
        TextCase("2022年全局共编发政务信息65条。"),
        TextCase("2022年我局累计主动公开政府信息1200余条。"),
        TextCase("2022年，共发布公告公示18则。"),
        TextCase("2022年，我局网站公开政府信息55条，微信公众号推送信息66条。"),
        TextCase("2022年局网站发布信息55条。"),
        TextCase("2022年我局坚持公开为常态、不公开为例外，主动公开信息60条。"),
        TextCase("（一）主动公开情况。2022年度，共公开政府信息47条。"),
        TextCase("2022年，县水利局通过局网站“公示公告”栏目发布政策文件43件。"),
        TextCase("在2022年，我局共主动公开政府信息126条。"),
        TextCase("截止2022年12月底，通过县政府网站主动公开信息88条。"),
        TextCase("2022年1月1日至12月31日，县水利局发布信息88条。"),
        // Applications
        TextCase("2022年度共收到政府信息公开申请5件，均按期答复。"),
        TextCase("截至2022年12月31日，我局共受理政府信息公开申请3件。"),
        TextCase("截至2022年底，共收到申请4件，均已答复。"),
        TextCase("2022年我局未收到政府信息公开申请。"),
        TextCase("（二）依申请公开情况。2022年，县水利局未收到依申请公开件。"),
        TextCase("2022年1月1日至12月31日，我局共收到申请4件。"),
        TextCase("依申请公开方面：2022年受理申请2件，全部办结。"),
        TextCase("2022年县水利局共办理依申请公开3件，其中予以公开2件、不予公开1件。"),
        TextCase("2022年，共接收政府信息公开申请0件，全年没有发生因政府信息公开申请行政复议和提起行政诉讼的情况。"),
        TextCase("2022年，本机关共收到政府信息公开申请12件，其中自然人10件、法人2件。"),
        TextCase("2024年，我局共收到政府信息公开申请6件。"),
        TextCase("截至2024年12月31日，共收到申请6件。"),
        TextCase("2020年，我局共收到政府信息公开申请6件。", year: 2021),
        // Disputes, documents, fees
        TextCase("2022年没有因政府信息公开工作被申请行政复议、提起行政诉讼。"),
        TextCase("2022年未发生因政府信息公开引起的行政诉讼。"),
        TextCase("2022年，我局制发行政规范性文件2件，废止1件。"),
        TextCase("(三)政府信息管理情况 2022年，县水利局共制定规范性文件0件，废止规范性文件0件，现行有效的规范性文件0件。"),
        TextCase("2022年度，我局未收取信息处理费。", .matters),
        TextCase("2022年未发生政府信息公开收费情况。", .matters),
        // Headings
        TextCase("（一）2022年度主动公开情况"),
        TextCase("2022年依申请公开工作情况"),
        TextCase("（四）2022年平台建设情况。建好政府网站。"),
        // Preface, opening, problems
        TextCase("现将我局2022年政府信息公开工作情况报告如下。", .preface),
        TextCase("特向社会公布青禾县水利局2022年度政府信息公开工作年度报告。", .preface),
        TextCase("根据条例规定，编制了青禾县水利局2022年政府信息公开工作年度报告。", .preface),
        TextCase("2022年，我局认真贯彻落实《中华人民共和国政府信息公开条例》，现将有关情况报告如下。", .preface),
        TextCase("2022年，县水利局深入贯彻落实政府信息公开条例，工作扎实有序。", .opening),
        TextCase("2022年度，我局坚持以公开为常态、不公开为例外，工作扎实有序。", .opening),
        TextCase("2022年，我局坚持以公开为常态、不公开为例外，工作扎实有序。公开2022年度部门决算和2023年度部门预算。", .opening),
        TextCase("2022年，我局主动公开信息60条。公开2021年度部门决算、2023年度部门预算2条。"),
        TextCase("2022年，我局共举办政务公开培训3期。"),
        TextCase("2022年共组织业务培训2场次，参训80人次。"),
        TextCase("2022年，我局政府信息公开工作虽然取得了一定成绩，但与群众期待相比，还存在差距。", .problems),
        TextCase("2022年，我局信息公开工作取得新进展，但仍然存在主动公开内容不够丰富的问题。", .problems),
    ]

    static let legitimate: [TextCase] = [
        // The report year itself
        TextCase("2023年，我局共主动公开政府信息60条。"),
        TextCase("截至2023年12月31日，共收到政府信息公开申请8件。"),
        // Comparisons and series
        TextCase("与2022年相比，主动公开信息多12条。"),
        TextCase("较2022年多公开信息12条。"),
        TextCase("2023年公开信息60条，2022年公开信息48条。"),
        TextCase("2022年公开信息48条，2023年公开信息60条。"),
        TextCase("2022年公开信息48条。2023年公开信息60条。"),
        TextCase("2021年公开信息30条；2022年公开信息48条；2023年公开信息60条。"),
        TextCase("2021年公开信息30条。\n2022年公开信息48条。\n2023年公开信息60条。"),
        TextCase("主动公开信息60条（2022年48条）。"),
        TextCase("2022年，我局共收到申请5件，同比增长25%。"),
        TextCase("2022年同期收到申请5件。"),
        TextCase("连续三年零申请：2021年、2022年、2023年均未收到申请。"),
        TextCase("2022年和2023年共公开信息100条。"),
        TextCase("2022-2023年度公开信息90条。"),
        TextCase("2022、2023两年共收到申请10件。"),
        TextCase("历年情况：2022年收到申请5件。"),
        // History
        TextCase("自2019年以来，共主动公开政府信息300条。"),
        TextCase("2020年起，每年公开信息50条以上。"),
        TextCase("2020年以来公开信息150条。"),
        TextCase("2022年以前形成的政府信息已全部公开，共120条。"),
        TextCase("2022年12月，我局建成政务公开专区，发布信息30条。"),
        TextCase("2022年，我局开通微信公众号，发布信息60条。"),
        TextCase("2020年，县政府印发信息发布办法，我局据此公开信息60条。"),
        TextCase("2022年，我局被评为全县政务公开先进单位，公开信息经验做法2条。"),
        TextCase("2021年1月1日《信息处理费管理办法》施行以来，我局未收取信息处理费。", .matters),
        TextCase("2021年起我局未收取信息处理费。", .matters),
        TextCase("2022年，我县建成政务公开专区12个。"),
        TextCase("2022年10月，我局由县水务局更名成立，认真履行公开职责。", .opening),
        TextCase("2022年，我局坚持以公开为常态。2023年，我局进一步完善公开制度。", .opening),
        TextCase("2022年，我局坚持以公开为常态。进入2023年后，又完善了公开制度。", .opening),
        TextCase("2022年举办的培训3期，其课件已公开。"),
        TextCase("2022年，省政府办公厅共举办政务公开培训3期，我局派员参加。"),
        TextCase("2022年共举办培训3期。2023年共举办培训4期。"),
        TextCase("2022年共举办水利建设成就展3期。"),
        // Plans
        TextCase("到2024年，主动公开信息将达到200条。"),
        TextCase("2024年，我局将主动公开信息80条以上。"),
        TextCase("2024年度工作计划公开1条。"),
        TextCase("“十四五”规划（2021—2025年）已公开，2024年目标任务8项。"),
        TextCase("2024年，我局将进一步加强培训，公开更多信息。", .problems),
        TextCase("2024年我局要重点抓好以下工作：主动公开信息100条。", .problems),
        TextCase("下一步，2024年发布信息不少于100条。", .problems),
        // Papers
        TextCase("落实《青禾县2022年政务公开工作要点》，公开信息20条。"),
        TextCase("落实2022年政务公开工作要点，公开信息20条。"),
        TextCase("2022年政务公开工作要点明确的12项任务已完成，公开信息20条。"),
        TextCase("2022年政府信息公开工作年度报告已于1月公开。"),
        TextCase("2022年度政府信息公开工作年度报告1篇已按时公布。"),
        TextCase("公开2022年政府信息公开年度报告1篇。"),
        TextCase("按照国办公开办函〔2022〕12号文件，公开信息12条。"),
        TextCase("2022年版《政府信息公开指南》公开1份。"),
        TextCase("2022年第3号公告公开1条。"),
        TextCase("2022年《政府公报》公开12期。"),
        TextCase("“2022年工作回顾”专栏发布信息30条。"),
        TextCase("2022年度“最美水利人”评选结果公开1条。"),
        TextCase("2022年度优秀政务公开案例2件被省政府办公厅采用。"),
        TextCase("2022年度政务公开考核结果公布后，我局整改问题5个。"),
        TextCase("2022年度行政处罚案件信息公开12条。"),
        TextCase("2022年存量信息清理后重新公开60条。"),
        TextCase("2022年制发的规范性文件2件现行有效。"),
        TextCase("2022年县人大建议公开5条。"),
        // Money
        TextCase("2022年度部门决算公开1条。"),
        TextCase("2022年度部门决算和2023年度部门预算公开2条。"),
        TextCase("公开了我局2022年度财政预算、2021年度决算报告、2021年“三公”经费预算和2020年度“三公”经费决算报告。", year: 2021),
        TextCase("2024年部门预算公开1条。"),
        TextCase("2022年全县水利工程投资5亿元，项目信息公开40条。"),
        TextCase("2022年度重点项目批准结果信息公开40条。"),
        // Applications and disputes that cross the year
        TextCase("办结申请9件（含2022年结转1件）。"),
        TextCase("2022年结转的申请1件，已于3月答复。"),
        TextCase("2022年收到、本年度答复的申请1件。"),
        TextCase("2022年收到的申请1件已答复。"),
        TextCase("2022年受理的申请中，有2件于3月办结。"),
        TextCase("2022年未办结的申请1件已答复。"),
        TextCase("2022年发生行政诉讼1件，一审已审结。"),
        TextCase("2022年答复不服引发的行政复议1件，结果维持。"),
        TextCase("其中，2022年收到申请1件。"),
        TextCase("全年办结申请9件，2022年收到1件申请。"),
        // Balances and dates
        TextCase("截至2022年底，全县累计建成政务公开专区12个。"),
        TextCase("截至2022年底，现有政务新媒体11个，发布信息300条。"),
        TextCase("截至2024年1月，申请均已办结。"),
        TextCase("截至2024年1月20日，2件申请尚在办理。"),
        TextCase("合同签订于2022年6月，公开采购信息1条。"),
        TextCase("2022年上半年公开信息20条，下半年公开信息28条。"),
        TextCase("本报告编制于2024年1月。", .matters),
        // Preface
        TextCase("按照《关于做好2024年政府信息公开工作年度报告编制工作的通知》要求编制。", .preface),
        TextCase("按照县政府办关于编制2022年政府信息公开工作年度报告的通知要求编制。", .preface),
        TextCase("上一年度报告（2022年）可在网站查阅。", .preface),
        TextCase("本报告于2024年1月编制，现公布2023年政府信息公开工作年度报告。", .preface),
        TextCase("发布日期：2024年1月20日 来源：青禾县水利局", .preface),
        // Problems
        TextCase("针对2022年存在的问题，我局已整改到位。", .problems),
        TextCase("（一）2022年存在问题整改情况", .problems),
        TextCase("2022年，我局政务公开工作取得一定成效，但仍存在不足。2023年，我局逐项整改，均已完成。", .problems),
    ]

    /// A title with the wrong year is one fault, not one in every sentence.
    @Test func oneFindingWhereTheTitleIsTheOddOneOut() throws {
        let text = try #require(
            Example(
                2023,
                ("统计期限为2023年1月1日至2023年12月31日", "统计期限见各表"),
                ("2023年，我局认真", "2022年，我局认真"),
                ("全年共主动公开", "2022年共主动公开"),
                ("全年共收到", "2022年共收到"),
                ("本年度未收取", "2022年度未收取")
            ).text
        )
        var source = AuditSource(path: Array("title.txt".utf8))
        let audited = try Auditor().audit(Array(text.utf8), source: &source).get()
        let check = try #require(audited.checks.first { $0.rule.id == "year.stale" })
        #expect(check.findings.count == 1)
        #expect(check.findings.first?.location.section == nil)
        #expect(check.findings.first?.message.zh.contains("标题为 2023 年度，正文却有 4 处") == true)
    }

    /// A year that was guessed from the text proves nothing about the text.
    @Test func withoutAYearInTitleOrPeriodNothingIsJudged() throws {
        let text = try #require(
            Example(
                2023,
                ("青禾县水利局2023年政府信息公开工作年度报告\n", ""),
                ("统计期限为2023年1月1日至2023年12月31日", "统计期限见各表"),
                ("全年共收到", "2022年共收到")
            ).text
        )
        var source = AuditSource(path: Array("untitled.txt".utf8))
        let audited = try Auditor().audit(Array(text.utf8), source: &source).get()
        #expect(audited.checks.first { $0.rule.id == "year.stale" }?.outcome == .notAssessed)
    }
}
