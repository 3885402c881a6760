import ChineseText
import ReportModel

/// fee.contradicted
enum FeeContradicted: Rule {
    static let description = RuleDescription(
        "fee.contradicted",
        Message("收费陈述与表三矛盾", "Fee statement contradicts table 3"),
        .warning,
        years: RuleDescription.since2021,
        checks: Message(
            "正文写明没有发出（开具）信息处理费收费通知的，表三（六）2.“申请人逾期未按收费通知要求缴纳费用”的总计应为0。",
            "Where the text says that no demand for payment was sent, row （六）2. of table 3 (applicants who did not pay after a demand) "
                + "is 0 in total."
        ),
        rationale: Message(
            "只有收到收费通知后20个工作日内没有缴纳的申请，才计入表三（六）2.；没有发出过通知，这一项就不可能有数。",
            "Row （六）2. counts applications whose applicant did not pay within 20 working days of the demand: without a demand there is "
                + "none."
        ),
        basis: Clause.all(
            Message("《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）", "Measures on Information Processing Fees (国办函〔2020〕109号)"),
            Clause.form2021(Message("表三（六）2.", "table 3, （六）2."))
        ),
        hint: Message(
            "核对表三（六）2.与正文的收费陈述，改正其中一处。",
            "Check row （六）2. of table 3 against the statement on fees; one of them is wrong."
        ),
        blindSpots: Message(
            "“未收取信息处理费”与该行有数并不矛盾：发出通知而申请人没有缴纳，正是没有收取。上年发出通知、本年才逾期的情形看不出来，所以只作提醒。",
            "“No fee was charged” does not contradict the row: a demand that was not paid brings no money. A demand of last year that "
                + "fell due this year is not known: hence a warning."
        ),
        failing: [
            Example(2023, unpaid, ("本年度未收取信息处理费。", "本年度未发出收费通知，未收取信息处理费。")),
            Example(2023, unpaid, ("本年度未收取信息处理费。", "全年没有向申请人开具信息处理费缴费通知书。")),
            Example(2023, unpaid, ("本年度未收取信息处理费。", "信息处理费收取情况：发出收费通知0件，总金额0元，实际收取0元。")),
        ],
        passing: [
            Example(2023), Example(2023, unpaid), Example(2023, ("本年度未收取信息处理费。", "本年度未发出收费通知，未收取信息处理费。")),
            Example(2023, unpaid, ("本年度未收取信息处理费。", "本年度发出收费通知1件，申请人逾期未缴纳，未收取信息处理费。")),
            Example(2023, unpaid, ("本年度未收取信息处理费。", "未收取信息处理费，共发出收费通知1件。")),
        ]
    )

    private static let unpaid = (
        "2.申请人逾期未按收费通知要求缴纳费用\t0\t0\t0\t0\t0\t0\t0", "2.申请人逾期未按收费通知要求缴纳费用\t2\t0\t0\t0\t0\t0\t2"
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let denial = report.feeStatements.first(where: \.deniesNotices) else {
            return .notApplicable(
                Message("正文没有说未发出收费通知。", "The text does not say that no demand for payment was sent.")
            )
        }
        guard let reading = report.table(.applications) else {
            return .notAssessed(TableAccess.unavailable(.applications, report))
        }
        guard let cell = reading.cell("3.6.2", "total") else {
            return .notAssessed(
                Message("表三没有（六）2.一行，或未能识别，未核对。", "Table 3 has no row （六）2., or it was not recognised.")
            )
        }
        guard let number = cell.number else {
            return cell.state == .blank
                ? .notAssessed(
                    Message("表三（六）2.的总计为空白，见 cell.blank。", "The total of row （六）2. is blank, see cell.blank.")
                )
                : .notAssessed(
                    TableAccess.unread(.applications, row: "3.6.2", column: "total", reading, report.edition)
                )
        }
        guard number > .zero else { return .passed }
        return .result([
            Finding(
                .warning,
                Message(
                    "正文称没有发出收费通知，而表三“申请人逾期未按收费通知要求缴纳费用”总计为 \(number) 件。",
                    "The text says that no demand for payment was sent; table 3 counts \(number) applicants who did not pay after one."
                ),
                at: Location(section: denial.section, source: denial.source, quote: denial.text),
                expected: .zero,
                actual: number,
                hint: Message(
                    "表三该行为 \(number)，说明曾发出收费通知：请改正文；若确未发出，请核对该行是否错行。",
                    "The row holds \(number), so demands were sent: correct the text. If none were, check whether the row was shifted."
                )
            )
        ])
    }
}
