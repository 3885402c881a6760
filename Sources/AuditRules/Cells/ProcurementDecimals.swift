import ChineseText
import ReportModel

/// procurement.decimals
enum ProcurementDecimals: Rule {
    static let description = RuleDescription(
        "procurement.decimals",
        Message("采购金额小数位", "Decimals of the procurement amount"),
        .info,
        years: RuleDescription.trialForm,
        checks: Message(
            "2019年试行格式中，“采购总金额”表头注明“保留4位小数”的，非零金额要写四位小数。",
            """
            Trial form of 2019: where the header of “采购总金额” (procurement amount) asks for four decimals, an \
            amount other than 0 shows four.
            """
        ),
        rationale: Message(
            "该列以万元为单位，四位小数正好精确到元。位数不足，可能经过四舍五入，也可能单位填错。",
            """
            The column is in units of ten thousand yuan; four decimals are exact to the yuan. Fewer may mean \
            rounding, or the wrong unit.
            """
        ),
        basis: Clause.form2019(Message("表二第二十条第（九）项表头", "table 2, header of Art. 20(9)")),
        hint: Message("请以万元为单位，写足四位小数。", "Please give the amount in ten thousand yuan with four decimals."),
        blindSpots: Message(
            "表头没有这项要求的不查；金额为0的不查。",
            "Not checked where the header does not ask for it, nor for an amount of 0."
        ),
        failing: [Example(2020, ("政府集中采购\t2\t36.5000", "政府集中采购\t2\t36.5"))],
        passing: [
            Example(2020), Example(2020, ("政府集中采购\t2\t36.5000", "政府集中采购\t0\t0")),
            Example(2020, ("采购总金额（单位：万元，保留4位小数）", "采购总金额"), ("政府集中采购\t2\t36.5000", "政府集中采购\t2\t36.5")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.disclosure) else {
            return .notAssessed(TableAccess.unavailable(.disclosure, report))
        }
        guard reading.edition == .form2019 else {
            return .notApplicable(Message("表二不是2019年格式，没有采购一栏。", "Table 2 is not of the form of 2019."))
        }
        guard reading.asksFourDecimals else {
            return .notApplicable(Message("表头没有要求4位小数。", "The header does not ask for four decimals."))
        }
        guard let cell = reading.cell("procurement", "amount") else {
            return .notApplicable(
                Message("表二没有政府集中采购一行，见 table.row-missing。", "The row is missing, see table.row-missing.")
            )
        }
        guard let amount = cell.number else {
            return cell.state == .notRead
                ? .notAssessed(
                    TableAccess.unread(.disclosure, row: "procurement", column: "amount", reading, report.edition)
                )
                : .notApplicable(Message("采购总金额为空白或不是数字，见 cell.*。", "The amount is blank or no number, see cell.*."))
        }
        guard amount != .zero, cell.decimals != 4 else { return .passed }
        return .result([
            Finding(
                .info,
                Message(
                    "采购总金额“\(cell.text)”有 \(cell.decimals) 位小数，表头要求保留4位小数。",
                    "采购总金额 “\(cell.text)” has \(cell.decimals) decimals; the header asks for four."
                ),
                at: Location(
                    table: .disclosure,
                    row: "procurement",
                    column: "amount",
                    source: cell.source,
                    quote: cell.text
                ),
                actual: amount
            )
        ])
    }
}
