import ChineseText
import Narrative
import ReportModel

/// fee.implausible
enum FeeImplausible: Rule {
    static let description = RuleDescription(
        "fee.implausible",
        Message("收费金额不合标准", "Amount that no tariff gives"),
        .warning,
        years: RuleDescription.since2021,
        checks: Message(
            "信息处理费陈述中的合计和分项金额应是10元的整数倍。写明对若干件申请收费而金额为0元，又没有提到收费通知、未缴纳、减免、撤回等原因的，提示核对。",
            "The amounts of fee statements, total and parts, are multiples of 10 元. Where applications were charged for and the "
                + "amount is 0, a reason is given: a demand for payment, not paid, waived, withdrawn."
        ),
        rationale: Message(
            "按件计收为每件100元及其整数倍，按量计收为每页10元、20元、40元，任何应收金额都是10元的整数倍。不是整数倍的，多半是单位（元、万元）或者数字写错，或者把邮寄、复印等费用算了进去。",
            "By item the fee is 100 元 or a multiple, by volume 10, 20 or 40 元 a page: every amount due is a multiple of 10 元. Others "
                + "come from a wrong unit or number, or from postage and copies that were counted in."
        ),
        basis: Clause.feeMeasure(4, 5),
        hint: Message(
            "核对金额和单位；信息处理费不包括检索、复制、邮寄等费用。收费件数不为0而金额为0的，说明原因（如申请人逾期未缴纳）。",
            "Check amount and unit; search, copying and postage are no processing fee. Where applications were charged for and nothing "
                + "came in, say why."
        ),
        blindSpots: Message(
            "地方另行规定收费标准、多缴后退还零头等情形看不出来，所以只作提醒。带“约”“余”的金额、没有写单位的数字，以及以万元表示而小数位不足以看到10元以下的，不作判断。",
            "Local tariffs and partial refunds are not known: hence a warning. Amounts with 约 or 余, numbers without a unit, and amounts "
                + "in 万元 without the decimals to show single 元 are not judged."
        ),
        failing: [
            Example(2023, ("本年度未收取信息处理费。", "2023年对2件申请收取信息处理费205元。")),
            Example(2023, ("本年度未收取信息处理费。", "全年收取信息处理费88.6元。")),
            Example(2023, ("本年度未收取信息处理费。", "全年收取信息处理费0.0295万元，其中县公安局200元，县民政局95元。")),
            Example(2023, ("本年度未收取信息处理费。", "2023年对3件申请收取信息处理费0元。")),
            Example(2023, ("本年度未收取信息处理费。", "2023年对3件申请收取信息处理费600元。其中，县民政局1件，收取195元；县公安局2件，收取405元。")),
        ],
        passing: [
            Example(2023), Example(2023, ("本年度未收取信息处理费。", "2023年对25件申请收取信息处理费2950元。")),
            Example(2023, ("本年度未收取信息处理费。", "全年收取信息处理费0.03万元。")),
            Example(2023, ("本年度未收取信息处理费。", "全年收取信息处理费约250余元。")),
            Example(2023, ("本年度未收取信息处理费。", "对3件申请发出收费通知，申请人均逾期未缴纳，实际收取信息处理费0元。")),
            Example(2023, ("本年度未收取信息处理费。", "2023年对3件申请收取信息处理费0元，申请人均已撤回申请。")),
            Example(2023, ("本年度未收取信息处理费。", "全年收到申请8件，收取信息处理费0元。")),
            Example(2023, ("本年度未收取信息处理费。", "全年收取信息处理费0件，共0元。")),
            Example(2023, ("本年度未收取信息处理费。", "按每页10元、20元计收，2023年收取信息处理费340元。")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard !report.feeStatements.isEmpty else {
            return .notApplicable(
                Message("报告没有信息处理费收取情况的陈述，见 fee.missing。", "There is no fee statement, see fee.missing.")
            )
        }
        var findings: [Finding] = []
        for fee in report.feeStatements where !fee.isDenial {
            if let amount = fee.amountYuan, !fee.isApproximate, isOdd(amount) {
                findings.append(odd(amount, fee, quote: fee.text))
            }
            for part in fee.parts where fee.listing != .doubtful {
                if let amount = part.amountYuan, isOdd(amount) { findings.append(odd(amount, fee, quote: part.quote)) }
            }
            if let finding = unpaid(fee) { findings.append(finding) }
        }
        return .result(findings)
    }

    private static let step = Quantity(10)

    private static func isOdd(_ amount: Quantity) -> Bool { amount.raw % step.raw != 0 }

    private static func odd(_ amount: Quantity, _ fee: Fee, quote: String) -> Finding {
        Finding(
            .warning,
            Message(
                "信息处理费 \(amount) 元不是10元的整数倍，收费标准得不出这个数。",
                "A processing fee of \(amount) 元 is no multiple of 10 元; no tariff gives it."
            ),
            at: Location(section: fee.section, source: fee.source, quote: quote),
            actual: amount,
            hint: hint(amount)
        )
    }

    /// 2.95 元 were 29500 元 if the number is in 万元.
    private static func hint(_ amount: Quantity) -> Message? {
        let converted = Quantity(raw: amount.raw * 10_000)
        guard amount < Quantity(100), !amount.isInteger, !isOdd(converted) else { return nil }
        return Message(
            "若 \(amount) 的单位是万元，应写 \(converted) 元：请核对单位。",
            "If \(amount) is in 万元, that is \(converted) 元: check the unit."
        )
    }

    /// Applications were charged for, and no money came in.
    private static func unpaid(_ fee: Fee) -> Finding? {
        guard let applications = fee.applications, applications > 0, fee.amountYuan == .zero, !fee.explainsZero else {
            return nil
        }
        return Finding(
            .warning,
            Message(
                "写明对 \(applications) 件申请收费，金额却为 0 元，没有说明原因。",
                "\(applications) applications were charged for and the amount is 0; no reason is given."
            ),
            at: Location(section: fee.section, source: fee.source, quote: fee.text),
            actual: .zero,
            hint: Message(
                "收费 \(applications) 件而金额为 0：请核对是否漏填金额，或者把收到的申请件数写成了收费件数。",
                "\(applications) charged for and 0 元: check whether the amount was left out, or applications received were written."
            )
        )
    }
}
