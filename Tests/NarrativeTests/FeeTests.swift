import ChineseText
import Narrative
import Testing

@Suite("Fee statements")
struct FeeTests {
    @Test(
        "nothing was charged, in all wordings",
        arguments: [
            "2023年，本机关未收取信息处理费。", "2023年未收取信息处理费，较2022年减少200元。",
            "本年度未产生政府信息公开信息处理费。",
            "2023年度依申请公开未收取任何费用。",
            "全年收取信息处理费0元。",
            "本年度收取政府信息公开信息处理费零元。",
            "2023年，我局没有收取政府信息公开信息处理费的情况。",
            "本年度未发生信息处理费收费情况。",
            "按照《政府信息公开信息处理费管理办法》，我局2023年度未收取费用。",
            "收取信息处理费情况：无。",
            "（一）收取信息处理费情况\n无。",
            "信息处理费方面，本年度不收取。",
            "2023年度，县发展和改革局政府信息公开未发生收费情况。",
            "本年度未发出收费通知，总金额0元。",
            "我镇依申请提供政府信息免费，未收取信息处理费。",
            "2023年度我单位未发生收取信息处理费的情况，无其他需要报告的事项。",
            "本年度不涉及信息处理费。", "信息处理费：0。", "本年度免收信息处理费。", "对申请人不收取任何费用，依申请公开办理规范。",
            "依申请公开信息处理费收取情况：2023年，收到申请12件，未收取信息处理费。",
            "2024年度政府信息公开处理费收费金额为零。", "本年度政府信息公开收费金额为零。", "收费金额为零。",
            "收取信息处理费情况\n发出收费通知的件数\t总金额\t实际收取的总金额\n0\t0\t0",
            "本年度无信息处理费。", "本年度信息处理费为零。", "本年度政府信息公开没有收费。", "2023年，我局未收取任何费用。", "依申请公开的政府信息均免费提供。", "向申请人免费提供政府信息，未收费。",
            "本年度均未收费。", "2023年信息处理费收入0元。", "信息处理费收取金额为0。", "不存在收取信息处理费的情况。", "本年度信息处理费收取情况：未收取。", "本年度无信息处理费收取情况。",
            "本机关未发生依申请提供信息收费事项。", "信息公开处理费收缴情况：无。", "收费情况：无。", "无收费及减免情况。", "未因政府信息公开收取信息处理费。",
            "政府信息公开工作中没有发生收费和减免费用的情况。", "2023年度未向申请人收取检索、复制、邮寄等费用。", "本年度政府信息公开零收费。", "未征收信息处理费。", "未计收信息处理费。",
            "暂无信息处理费收取。", "信息处理费收取情况：不涉及。", "信息处理费收取情况：本单位无此项。", "免予收取信息处理费。", "收取信息处理费共计0.00元。", "收取信息处理费“0”元。",
            "信息处理费收取数为0。", "信息处理费零收取。", "信息处理费未收取。", "没有需要收取信息处理费的申请。", "本年度申请均未达到信息处理费收费标准。", "本年度无需收取信息处理费。",
            "本年度无须收取信息处理费。", "不予收取信息处理费。", "未产生相关费用。", "收取费用0元。", "政府信息公开费用为0。", "处理费收取总额为0万元。", "暂未收取政府信息公开信息处理费。",
            "发出收费通知0件，总金额0元，实际收取0元。", "（三）政府信息公开的收费情况\n未收取任何政府信息公开费用。", "（一）政府信息公开收费情况\n2023年无。", "信息处理费收取情况（无）。",
            "本年度没有信息处理费方面的收入。", "本机关2023年度收到申请3件，均未收费。", "信息处理费的收取：本年度无收取。", "2023年度，未有收取信息处理费情况。", "信息处理费收取件数0，金额0元。",
            "我局2023年未开展信息处理费收取工作。", "未涉及信息处理费的收取。", "未发生信息处理费。", "我单位没有产生信息处理费收费行为。", "依申请公开工作未收取申请人任何费用。",
            "本机关提供政府信息不收取费用。", "信息处理费收取情况：全年为零。", "未收取信息公开申请处理费。", "未收信息处理费。", "没有收到信息处理费。", "未发生政府信息公开有关收费情况。",
            "收取政府信息公开信息处理费情况：本年度无。", "对依申请公开不收费。", "信息处理费收取情况说明：本年度我局无收取信息处理费。", "本年度没有因依申请公开产生任何收费。", "信息处理费已按规定免除。",
            "按规定减免信息处理费，未收取。", "信息处理费：/", "政府信息公开信息处理费收取情况为“无”。", "各镇街、各部门均未收取信息处理费。", "信息处理费收费0元，减免0元。",
            "信息处理费方面：本年度没有收费事项发生。", "本年度没有收取过信息处理费。", "2023年本机关未向任何申请人收取信息处理费用。", "我镇政府信息公开信息处理费收取金额：0元。", "信息处理费0元。",
            "信息处理费：零。", "信息处理费收取：零元。", "2023年政府信息公开工作未产生任何费用。", "本机关依申请公开政府信息，未收取检索、复制、邮寄等成本费用。", "未对申请人收取信息公开处理费用。",
            "本年度未有信息处理费发生。", "2023年，全区各级行政机关均未收取政府信息公开信息处理费。", "信息处理费收取情况：2023年度我单位信息处理费收取为零。", "本年度，信息公开收费0元。",
            "2023年度依申请公开收费情况为零。", "信息处理费本年度未收取。", "信息处理费收取情况如下：本年度未收取。", "未产生需收取信息处理费的情形。", "未发生应当收取信息处理费的情形。",
            "2023年没有符合收取信息处理费情形的申请。", "本机关没有启用信息处理费收费机制。", "本年度未达到收取信息处理费的条件。", "申请数量未超出合理范围，不收取信息处理费。",
            "本年度未实施信息处理费征收。", "2023年免费向申请人提供政府信息。", "2023年度办理的依申请公开件均免费公开。", "没有收取申请人任何费用。", "本年度无政府信息公开收费项目发生。",
            "信息处理费：本年无。", "无信息处理费产生。", "本年度信息处理费无。", "依申请公开未产生处理费用。",
            "2023年度收取政府信息公开信息处理费为人民币零元整。", "未开展信息处理费收费。", "本单位从未收取信息处理费。", "全年未收取申请人信息处理费，共计0元。", "信息处理费收取件数为零。",
            "本年度我局未依申请公开收取信息处理费。", "不存在信息处理费收取情形。", "不涉及收取信息处理费。", "无收取信息处理费的情形。", "信息处理费收缴为0。", "本年度信息处理费收入为0万元。",
            "按规定，本机关对所有申请均未计收信息处理费。", "信息处理费收费情况：无发生。", "我局提供政府信息不收取任何费用。", "2023年未出现收取信息处理费的情况。", "没有产生信息公开收费。",
            "未曾收取。信息处理费为0。",
            "收取信息处理费情况\n按件计收\t0\n按量计收\t0", "信息处理费收取情况\n按件计收0按量计收0",
        ]
    )
    func none(_ text: String) throws {
        let statement = try #require(NarrativeReader.feeStatement(in: folded(text)), "\(text)")
        #expect(statement.amountYuan == .zero, "\(text)")
        #expect(statement.applications == nil, "\(text)")
    }

    @Test(
        "not a statement",
        arguments: [
            "无其他需要报告的事项。", "无。", "暂无其他需要说明的事项。",
            "严格执行《政府信息公开信息处理费管理办法》。",
            "认真学习贯彻《政府信息公开信息处理费管理办法》，规范办理流程，没有其他需要报告的事项。",
            "2023年行政事业性收费金额12.5万元。",
            "未收取行政事业性收费。",
            "公开行政事业性收费目录清单，无收费减免情况。",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "企业开办实现零费用。",
            "2023年行政事业性收费金额为零。",
            "发布信息的件数\n0\t0",
            "其他需要报告的事项\n0",
        ]
    )
    func silent(_ text: String) {
        #expect(NarrativeReader.feeStatement(in: folded(text)) == nil, "\(text)")
    }

    @Test(
        "amounts",
        arguments: [
            ("2023年共收取信息处理费1,280元。", "1280", nil),
            ("2023年收取信息处理费0.295万元。", "2950", nil),
            ("2023年对4件申请收取信息处理费共计400.50元。", "400.5", 4),
            ("按每件100元的标准，2023年共收取信息处理费400元。", "400", nil),
            ("2023年共发出收费通知3件，收取费用300元。", "300", 3),
            ("全年收取信息处理费0件，共0元。", "0", 0), ("信息处理费收取0笔。", "0", 0), ("收取信息处理费 0 件，金额 0 元。", "0", 0),
            ("本年度收取信息处理费共0件0元。", "0", 0),
            ("信息处理费收取情况：0件。", "0", 0),
            ("本年度收到申请30件，对3件收取信息处理费300元。", "300", 3),
            ("全年办理依申请公开12件，收取信息处理费400元。", "400", nil),
            ("2023年收取信息处理费300元，较上年减少200元。", "300", nil),
            ("收费标准为100元，2023年对4件申请收取信息处理费400元。", "400", 4),
            ("对2宗申请收取信息处理费200元。", "200", 2),
            ("2023年有1件政府信息公开申请案件收取信息处理费 380 元。", "380", 1),
            ("共发出收费通知3件，总金额1200元，实际收取信息处理费2件，共900元。", "900", 2),
            ("共发出收费通知3件，总金额1200元，实收信息处理费900元。", "900", nil),
            ("本年度按件计收信息处理费1件，金额100元；按量计收2件，金额460元。", "560", 3),
            ("信息处理费：按件1件100元；按量2件460元。", "560", 3),
            ("本年度无其他事项。2023年收取信息处理费10元。", "10", nil),
        ] as [(String, String, Int?)]
    )
    func amounts(_ text: String, _ amount: String, _ applications: Int?) throws {
        let statement = try #require(NarrativeReader.feeStatement(in: folded(text)), "\(text)")
        #expect(statement.amountYuan?.description == amount, "\(text)")
        #expect(statement.applications == applications, "\(text)")
    }

    @Test(
        "charged, but the amount is not to be had",
        arguments: [
            "2023年收取信息处理费922337203685477580.7万元。",
            "收取信息处理费情况\n发出收费通知的件数\t总金额\t实际收取的总金额\n3\t1200\t900",
        ]
    )
    func noAmount(_ text: String) throws {
        let statement = try #require(NarrativeReader.feeStatement(in: folded(text)), "\(text)")
        #expect(statement.amountYuan == nil && !statement.isDenial, "\(text)")
    }

    @Test("parts after 其中, in the same and in the next sentence")
    func parts() throws {
        for joint in ["，其中", "。其中，"] {
            let text = folded("2023年有3件申请收取信息处理费600元\(joint)县民政局1件，收取200元；县公安局2件，收取400元。")
            let statement = try #require(NarrativeReader.feeStatement(in: text))
            #expect(statement.applications == 3)
            #expect(statement.amountYuan == Quantity(600))
            #expect(statement.parts.map(\.applications) == [1, 2])
            #expect(statement.parts.map(\.amountYuan) == [Quantity(200), Quantity(400)])
        }
    }

    @Test(
        "what a list claims to be",
        arguments: [
            ("收取信息处理费600元。", .none),
            ("对3件申请收取信息处理费600元，其中县民政局1件200元，县公安局2件400元。", .selection),
            ("收取信息处理费600元，其中县民政局200元、县公安局300元。", .selection),
            ("收取信息处理费600元，分别为县民政局200元、县公安局400元。", .complete),
            ("收取信息处理费600元。其中，县民政局200元，其他单位400元。", .complete),
            ("收取信息处理费600元，其中县民政局200元、县公安局200元、县教育局100元等。", .selection),
            ("收取信息处理费600元，其中2件各100元，1件400元。", .doubtful),
            ("收取信息处理费600元，其中减免200元。", .doubtful),
            ("应收信息处理费1200元，实际收取900元，其中县民政局200元，县公安局700元。", .doubtful),
            ("收取信息处理费600元，其中县民政局约200元，县公安局400元。", .doubtful),
            ("收取信息处理费600元，其中县民政局1件200元，县公安局400元，县教育局1件。", .doubtful),
            ("收取信息处理费600元，其中县民政局200元，较上年增加100元。", .doubtful),
            ("未收取信息处理费，其中县民政局0元，县公安局0元。", .doubtful),
        ] as [(String, FeeListing)]
    )
    func listing(_ text: String, _ listing: FeeListing) throws {
        let statement = try #require(NarrativeReader.feeStatement(in: folded(text)), "\(text)")
        #expect(statement.listing == listing, "\(text) \(statement)")
    }

    @Test("parts are told apart by whatever sets them apart")
    func partsWithoutSemicolons() throws {
        let texts = [
            "对3件申请收取信息处理费600元，其中县民政局1件200元、县公安局2件400元。",
            "对3件申请收取信息处理费600元，其中县民政局1件，收取200元，县公安局2件，收取400元，收费标准均符合规定。",
            "对3件申请收取信息处理费600元，其中县民政局（1件）200元；县公安局（2件）400元。",
        ]
        for text in texts {
            let statement = try #require(NarrativeReader.feeStatement(in: folded(text)))
            #expect(statement.parts.map(\.applications) == [1, 2], "\(text)")
            #expect(statement.parts.map(\.amountYuan) == [Quantity(200), Quantity(400)], "\(text)")
        }
        let amounts = try #require(NarrativeReader.feeStatement(in: folded("收取信息处理费600元，其中县民政局200元、县公安局400元。")))
        #expect(amounts.parts.map(\.amountYuan) == [Quantity(200), Quantity(400)])
        #expect(amounts.parts.map(\.applications) == [nil, nil])
    }

    @Test("how exact an amount is")
    func precision() throws {
        func statement(_ text: String) throws -> FeeStatement {
            try #require(NarrativeReader.feeStatement(in: folded(text)), "\(text)")
        }
        #expect(try statement("收取信息处理费300元。").rounding == .zero)
        #expect(try statement("收取信息处理费0.03万元。").rounding == Quantity(100))
        #expect(try statement("收取信息处理费0.0295万元。").rounding == Quantity(1))
        #expect(try statement("收取信息处理费3万元。").rounding == Quantity(10_000))
        for text in ["收取信息处理费约300元。", "收取信息处理费300余元。", "收取信息处理费近300元。", "收取信息处理费超过300元。", "收取信息处理费300元左右。"] {
            #expect(try statement(text).isApproximate, "\(text)")
        }
        #expect(try !statement("收取信息处理费300元。").isApproximate)
    }

    @Test(
        "speaks of the fee and leaves open whether any was charged",
        arguments: [
            ("规范信息处理费收取工作。", false), ("进一步完善信息处理费收取流程，加强票据管理。", false), ("信息处理费收取情况见附件。", false),
            ("（二）信息处理费收取情况", false), ("严格执行《政府信息公开信息处理费管理办法》。", true),
        ]
    )
    func mention(_ text: String, isFaint: Bool) throws {
        let reading = NarrativeReader.fees(in: folded(text))
        #expect(reading.statements.isEmpty, "\(text)")
        #expect(try #require(reading.mention, "\(text)").isFaint == isFaint, "\(text)")
    }

    @Test(
        "does not speak of the fee",
        arguments: ["无。", "公开行政事业性收费目录清单。", "加强收费公示。", "落实减税降费政策。", "2023年行政事业性收费金额12.5万元。"]
    )
    func noMention(_ text: String) {
        let reading = NarrativeReader.fees(in: folded(text))
        #expect(reading.statements.isEmpty && reading.mention == nil, "\(text)")
    }

    @Test("every statement of a section is kept, and the one that says most is the best")
    func several() throws {
        let reading = NarrativeReader.fees(in: folded("本年度未收取信息处理费。\n经复核，县公安局收取信息处理费200元。"))
        #expect(reading.statements.map(\.amountYuan) == [.zero, Quantity(200)])
        #expect(reading.best?.amountYuan == Quantity(200))
    }

    @Test(
        "only what was charged counts",
        arguments: [
            ("收取信息处理费600元，另有88件申请因逾期未缴费不再处理。", nil as Int?, 600),
            ("全年收取信息处理费2950元，涉及申请25件，另有2件申请因申请人逾期未缴费不再处理。", 25, 2950),
            ("发出收费通知3件，应收信息处理费1200元，实收1000元，2件申请因逾期未缴费不再处理。", nil, 1000),
            ("对1名申请人当月超过10件的22件申请收取信息处理费2800元。", 22, 2800),
            ("按件计收信息处理费3件，金额300元；按量计收1件，金额710元，合计1010元。", 4, 1010),
            ("发出信息处理费收费通知书2份，金额合计200元，申请人均未在期限内缴纳，实际收费0元。", nil, 0),
            ("对35件申请收取信息处理费，其中第11至30件按100元/件计收，第31至35件按200元/件计收，共收取3000元。", 35, 3000),
            ("信息处理费发出收费通知3件，总金额600元，实际收取2件，400元。", 2, 400),
        ]
    )
    func charged(_ text: String, _ applications: Int?, _ yuan: Int) throws {
        let statement = try #require(NarrativeReader.feeStatement(in: folded(text)), "\(text)")
        #expect(statement.applications == applications, "\(text)")
        #expect(statement.amountYuan == Quantity(yuan), "\(text)")
    }

    @Test("a reason for money that did not come in")
    func explained() throws {
        let plain = try #require(NarrativeReader.feeStatement(in: folded("对3件申请收取信息处理费0元。")))
        #expect(plain.applications == 3 && plain.amountYuan == .zero && !plain.explainsZero)
        for text in ["对3件申请收取信息处理费0元，申请人均未缴纳。", "对3件申请收取信息处理费0元。申请人逾期未缴费，视为放弃申请。"] {
            let statement = try #require(NarrativeReader.feeStatement(in: folded(text)))
            #expect(statement.explainsZero, "\(text)")
        }
    }

    @Test(
        "未发出收费通知 is told apart from 未收取",
        arguments: [
            ("本年度未发出收费通知，未收取信息处理费。", true), ("全年没有向申请人开具缴费通知书。", true), ("未产生信息处理费收费通知。", true),
            ("信息处理费收取情况：发出收费通知0件，实际收取0元。", true), ("未收取信息处理费，也未发出收费通知书。", true),
            ("本年度未收取信息处理费。", false), ("未收取信息处理费，共发出收费通知3件。", false), ("发出收费通知3件，申请人未缴纳。", false),
            ("没有出现申请人未按收费通知要求缴纳费用的情况。", false), ("发出收费通知10件，收取信息处理费1000元。", false),
            ("收到收费通知的申请人均已缴费，收取信息处理费200元。", false),
        ]
    )
    func notices(_ text: String, isDenied: Bool) throws {
        let statements = NarrativeReader.fees(in: folded(text)).statements
        #expect(statements.contains(where: \.deniesNotices) == isDenied, "\(text)")
    }
}
