import ChineseText
import ReportModel

/// cell.unit
enum CellUnit: CellRule {
    static let description = RuleDescription(
        "cell.unit",
        Message("单元格含单位或符号", "Unit or sign in a cell"),
        .warning,
        checks: Message(
            "三张表的单元格只填数字，不带单位和符号：如“251000元”“976.81万元”“增1”“3件”。",
            """
            The cells of the three tables hold bare numbers, without unit or sign: not “251000元”, “976.81万元”, \
            “增1” or “3件”.
            """
        ),
        rationale: Message(
            "单位由表头统一规定。另写单位，轻则不合格式，重则数值差一万倍：万元列中写“元”的，汇总后就成了一万倍。",
            """
            The header gives the unit. A unit of one's own is untidy at best; 元 (yuan) in a column of 万元 (ten \
            thousand yuan) makes the sum ten thousand times too large.
            """
        ),
        basis: Clause.forms(),
        hint: Message(
            "请删去单位和符号，按表头规定的单位填写数字。",
            "Please delete unit and sign and give the number in the unit of the header."
        ),
        blindSpots: Message(
            "数值按所写数字读取，不作换算；没写单位而数值单位有误的，看不出来。",
            """
            The number is taken as written and never converted. A number in the wrong unit without a word about \
            it is not seen.
            """
        ),
        failing: [
            Example(2020, ("政府集中采购\t2\t36.5000", "政府集中采购\t2\t365000元")),
            Example(2020, ("行政处罚\t40\t2", "行政处罚\t40\t增2")),
        ],
        passing: [
            Example(2020, ("行政处罚\t40\t2", "行政处罚\t40\t-2")),
            Example(2023, ("行政事业性收费\t36.5", "行政事业性收费\t1,036.50")),
        ]
    )

    static func check(_ survey: CellSurvey) -> RuleResult {
        survey.findings(.warning, where: { $0.cell.unit != nil }, hint: hint) { entry in
            let unit = entry.cell.unit ?? ""
            let table = entry.address.table
            if entry.kind == .amount, unit == "元" || unit == "¥" {
                return Message(
                    "\(table.name)“\(entry.name)”填的是“\(entry.cell.text)”：单位为元，表头要求万元。",
                    "Table \(table.section) “\(entry.name)” holds “\(entry.cell.text)”: in 元, the header asks for 万元."
                )
            }
            return Message(
                "\(table.name)“\(entry.name)”填的是“\(entry.cell.text)”，含单位或符号“\(unit)”。",
                "Table \(table.section) “\(entry.name)” holds “\(entry.cell.text)”, with unit or sign “\(unit)”."
            )
        }
    }

    /// The bare number to write, in the unit of the header.
    private static func hint(_ entry: CellSurvey.Entry) -> Message? {
        guard let number = entry.cell.number else { return nil }
        let text = entry.cell.text
        guard entry.kind == .amount, let converted = inTenThousands(number, unit: entry.cell.unit ?? "") else {
            return Message(
                "请删去单位和符号，只填数字：“\(text)”填作 \(number)。",
                "Write the number alone: \(number) for “\(text)”."
            )
        }
        return Message(
            "表头单位为万元，\(text) = \(converted)万元：请核对后填 \(converted)。",
            "The header asks for 万元; \(text) is \(converted)万元: check it and write \(converted)."
        )
    }

    /// An amount in 万元 when its unit is another one.
    private static func inTenThousands(_ number: Quantity, unit: String) -> Quantity? {
        switch unit {
        case "元", "¥": Quantity(raw: number.raw / 10_000)
        case "亿元": Quantity(raw: number.raw * 10_000)
        default: nil
        }
    }
}
