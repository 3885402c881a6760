import ChineseText
import ReportModel

/// documents.exceeds-total
enum DocumentsExceedsTotal: Rule {
    static let description = RuleDescription(
        "documents.exceeds-total",
        Message("新公开多于总数", "More published this year than in all"),
        .warning,
        years: RuleDescription.trialForm,
        checks: Message(
            "2019年格式表二“规章”“规范性文件”两行：本年新公开数量不大于对外公开总数量。",
            "Rows 规章 and 规范性文件 of table 2 in the form of 2019: the number published this year is not above the number "
                + "published in all."
        ),
        rationale: Message(
            "对外公开总数量是历年公开、目前仍在公开的文件总数，本年新公开的也在其中。",
            "The total counts all documents that are open to the public, this year's included."
        ),
        basis: Clause.form2019(Message("表二，第二十条第（一）项", "table 2, Art. 20 (1)")),
        hint: Message(
            "核对两列数字；对外公开总数量应包括本年新公开的文件。",
            "Check both numbers; the total includes what was published this year."
        ),
        blindSpots: Message(
            "当年公开后又撤下的文件可能不计入总数，所以只作提醒；需要的单元格空白或不能确定时不作判断。新制作数量与新公开数量互不比较，新制作的不一定公开。",
            "Documents that were published and withdrawn within the year may be left out of the total: hence a warning. Not judged "
                + "where a cell is blank or not certain. Made and published are not compared: not all that is made is published."
        ),
        failing: [
            Example(2020, ("规范性文件\t2\t2\t6", "规范性文件\t2\t8\t6")),
            Example(2019, ("规范性文件\t2\t2\t6", "规范性文件\t2\t2\t0")),
            Example(2020, ("规章\t0\t0\t0", "规章\t1\t1\t0")),
        ],
        passing: [
            Example(2020, ("规范性文件\t2\t2\t6", "规范性文件\t6\t6\t6")),
            Example(2020, ("规范性文件\t2\t2\t6", "规范性文件\t9\t2\t6")),
            Example(2020, ("规范性文件\t2\t2\t6", "规范性文件\t0\t0\t")),
            Example(2023, ("行政规范性文件\t2\t0\t6", "行政规范性文件\t2\t8\t6")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.disclosure) else {
            return .notAssessed(TableAccess.unavailable(.disclosure, report))
        }
        guard reading.edition == .form2019 else {
            return .notApplicable(Message("表二不是2019年格式，没有这两列。", "Table 2 is not of the form of 2019."))
        }
        return DisclosureCells.judge(["regulations", "normativeDocuments"], in: reading) { cells in
            let total = cells.number("total")
            guard let published = cells.number("published") else { return .unjudged }
            if published <= total ?? .zero { return .passed }
            guard let total else { return .unjudged }
            return .found(
                Finding(
                    .warning,
                    Message(
                        "“\(cells.form.name)”本年新公开 \(published) 件，多于对外公开总数量 \(total) 件。",
                        "“\(cells.form.name)”: \(published) published this year, more than the \(total) in all."
                    ),
                    at: cells.location("total"),
                    actual: total,
                    formula: Message(symbols: "\(published) > \(total)"),
                    hint: total == .zero
                        ? Message(
                            "本年新公开 \(published) 件而总数填 0：请核对是否漏填对外公开总数量。",
                            "\(published) published this year and 0 in all: check whether the total was left out."
                        ) : nil
                )
            )
        }
    }
}
