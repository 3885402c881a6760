import ChineseText
import Narrative
import Testing

@Suite("Fee statements")
struct FeeTests {
    @Test(
        "nothing was charged, in all wordings",
        arguments: [
            "2023年，本机关未收取信息处理费。",
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
            ("全年收取信息处理费0件，共0元。", "0", 0),
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

    @Test("未发出收费通知 is told apart from 未收取")
    func notices() throws {
        let statement = try #require(NarrativeReader.feeStatement(in: folded("本年度未发出收费通知，未收取信息处理费。")))
        #expect(statement.deniesNotices)
        let other = try #require(NarrativeReader.feeStatement(in: folded("本年度未收取信息处理费。")))
        #expect(!other.deniesNotices)
    }
}
