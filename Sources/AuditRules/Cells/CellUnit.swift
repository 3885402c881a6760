import ChineseText
import ReportModel

/// cell.unit
enum CellUnit: Rule {
    static let description = RuleDescription(
        "cell.unit",
        Message("单元格含单位或符号", "Unit or sign in a cell"),
        .warning,
        checks: Message(
            "单元格只填数字，单位由表头规定。数值仍按所写数字读取，不作换算；万元列中写“元”的，数值很可能大了一万倍。",
            "A cell holds a bare number; the header gives the unit. The number is read as written and never converted; 元 in a "
                + "column of 万元 is probably ten thousand times too large."
        ),
        basis: .untranslated("国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式"),
        hint: Message("删去单位和符号，按表头单位填写数字。", "Delete unit and sign; write the number in the header's unit."),
        failing: [
            Example(2020, ("政府集中采购\t2\t36.5000", "政府集中采购\t2\t365000元")),
            Example(2020, ("行政处罚\t40\t2", "行政处罚\t40\t增2")),
        ],
        passing: [Example(2020, ("行政处罚\t40\t2", "行政处罚\t40\t-2"))]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        CellSurvey(report) { cell, _ in cell.unit != nil }.findings(.warning, hint: hint) { entry in
            let unit = entry.cell.unit ?? ""
            let table = entry.address.table.name
            if entry.kind == .amount, unit == "元" || unit == "¥" {
                return Message(
                    "\(table)“\(entry.name)”填的是“\(entry.cell.text)”：单位为元，表头要求万元。",
                    "\(table) “\(entry.name)” holds “\(entry.cell.text)”: in 元, the header asks for 万元."
                )
            }
            return Message(
                "\(table)“\(entry.name)”填的是“\(entry.cell.text)”，含单位或符号“\(unit)”。",
                "\(table) “\(entry.name)” holds “\(entry.cell.text)”, with unit or sign “\(unit)”."
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
