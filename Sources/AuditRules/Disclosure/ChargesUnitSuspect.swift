import ChineseText
import ReportModel

/// charges.unit-suspect
enum ChargesUnitSuspect: Rule {
    static let description = RuleDescription(
        "charges.unit-suspect",
        Message("收费金额单位可疑", "Charges perhaps in another unit"),
        .info,
        years: RuleDescription.since2021,
        bodies: Message(
            "县级及以下政府，设区的市及以下的政府部门",
            "governments at county level and below; departments below the province"
        ),
        assumesCurrentForm: true,
        checks: Message(
            "表二“行政事业性收费”以万元为单位。县级及以下政府、设区的市及以下政府部门填报的金额达到10000万元（1亿元）的，提示核对单位。",
            "行政事业性收费 of table 2 is given in 万元. Where a government at county level or below, or a department below the "
                + "province, reports 10,000 万元 (100 million 元) or more, the unit should be checked."
        ),
        rationale: Message(
            "把以元为单位的数字直接填入万元一栏，金额就大了一万倍，汇总后全市、全省的数字都会失真。",
            "A number in 元 written into a column of 万元 is ten thousand times too large and spoils every total above."
        ),
        basis: Clause.all(
            Clause.form2021(Message("表二，第二十条第（八）项：单位万元", "table 2, Art. 20 (8): in 万元")),
            Clause.practice
        ),
        hint: Message(
            "核对金额单位：以元计的数字除以10000后填写；确为该金额的，不必修改。",
            "Check the unit: divide a number in 元 by 10,000. Where the amount is right, nothing is to be done."
        ),
        blindSpots: Message(
            "只看数额大小：不足10000的错单位看不出来，确有大额收费的单位也会被提示。省级和设区的市人民政府的汇总数可以很大，不适用；省级部门同样不适用。"
                + "单元格内写有单位的由 cell.unit 提示。",
            "Only the size is looked at: a smaller number in the wrong unit is not seen, and a body that really charges that much is "
                + "noted, too. Totals of provinces and cities may be that large and are left alone, as are provincial departments. "
                + "cell.unit speaks of units written into the cell."
        ),
        failing: [
            Example(2023, ("行政事业性收费\t36.5", "行政事业性收费\t365000")),
            Example(2021, ("行政事业性收费\t36.5", "行政事业性收费\t10000")),
            Example(
                2023,
                ("青禾县水利局2023年", "江阴市人民政府2023年"),
                ("行政事业性收费\t36.5", "行政事业性收费\t1286400.5")
            ),
            Example(2023, ("青禾县水利局2023年", "宿迁市自然资源和规划局2023年"), ("行政事业性收费\t36.5", "行政事业性收费\t251000")),
        ],
        passing: [
            Example(2023, ("行政事业性收费\t36.5", "行政事业性收费\t9999.9")),
            Example(2023, ("青禾县水利局2023年", "宿迁市人民政府2023年"), ("行政事业性收费\t36.5", "行政事业性收费\t316441")),
            Example(2023, ("青禾县水利局2023年", "宿迁市2023年"), ("行政事业性收费\t36.5", "行政事业性收费\t59237.4")),
            Example(2023, ("青禾县水利局2023年", "江苏省交通运输厅2023年"), ("行政事业性收费\t36.5", "行政事业性收费\t80000")),
            Example(2023, ("青禾县水利局2023年", "国家知识产权局2023年"), ("行政事业性收费\t36.5", "行政事业性收费\t980000")),
            Example(2023, ("行政事业性收费\t36.5", "行政事业性收费\t365000元")),
            Example(2023, ("行政事业性收费\t36.5", "行政事业性收费\t")),
        ]
    )

    private static let threshold = Quantity(10_000)

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.disclosure) else {
            return .notAssessed(TableAccess.unavailable(.disclosure, report))
        }
        guard let cells = DisclosureCells("fees", in: reading), let cell = cells.row.cells["amount"] else {
            return .notAssessed(DisclosureCells.absent("fees"))
        }
        guard let amount = cell.number else {
            return cell.state == .blank
                ? .notApplicable(Message("收费金额为空白，见 cell.blank。", "The amount is blank, see cell.blank."))
                : .notAssessed(cells.unjudged)
        }
        if amount < threshold { return .passed }
        if cell.unit != nil {
            return .notApplicable(Message("单元格内写有单位，见 cell.unit。", "A unit stands in the cell, see cell.unit."))
        }
        switch Standing(agency: report.agency) {
        case .national, .government(.province), .government(.prefecture), .department(.province):
            return .notApplicable(
                Message("本机关收费汇总数可以达到这一数额。", "The charges of this body may add up to that much.")
            )
        case .unknown:
            return .notAssessed(
                Message("不能从机关名称判断其层级，未核对金额单位。", "The name of the body does not show its level.")
            )
        case .government(.county), .government(.township), .department: break
        }
        return .result([
            Finding(
                .info,
                Message(
                    "“行政事业性收费”填 \(amount) 万元，对本级机关来说数额偏大，请核对是否把元当成了万元。",
                    "行政事业性收费 is \(amount) 万元, much for a body of this level: perhaps 元 were taken for 万元."
                ),
                at: cells.location("amount"),
                actual: amount,
                hint: hint(amount)
            )
        ])
    }

    /// What the number would be if it were in 元.
    private static func hint(_ amount: Quantity) -> Message {
        let converted = Quantity(raw: amount.raw / 10_000)
        return Message(
            "若 \(amount) 的单位是元，应填 \(converted) 万元；确为 \(amount) 万元的，不必修改。",
            "If \(amount) is in 元, write \(converted) (万元); if it is \(amount) 万元 indeed, nothing is to be done."
        )
    }
}
