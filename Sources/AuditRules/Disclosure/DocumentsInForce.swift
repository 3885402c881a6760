import ChineseText
import ReportModel

/// documents.in-force
enum DocumentsInForce: Rule {
    static let description = RuleDescription(
        "documents.in-force",
        Message("现行有效数偏小", "Fewer documents in force than made"),
        .warning,
        years: RuleDescription.since2021,
        assumesCurrentForm: true,
        checks: Message(
            "表二“规章”“行政规范性文件”两行：现行有效件数不小于本年制发件数减去本年废止件数。",
            "Rows 规章 and 行政规范性文件 of table 2: the number in force is at least the number made less the number repealed."
        ),
        rationale: Message(
            "现行有效件数是截至年末仍然有效的全部文件，既包括往年制发的，也包括当年制发的。当年制发而未被废止的文件都应计入，因此不可能更小。",
            "In force are all documents valid at the end of the year, of this year and of earlier ones. What was made this year and "
                + "not repealed is among them, so the number cannot be smaller."
        ),
        basis: Clause.all(
            Clause.form2021(Message("表二，第二十条第（一）项", "table 2, Art. 20 (1)")),
            Clause.regulations(20, item: 1)
        ),
        hint: Message(
            "现行有效件数按年末仍有效的全部文件填写，包括往年制发的；核对制发、废止两列有无填反或漏填。",
            "Count all documents still valid at the end of the year, earlier ones included; check made and repealed."
        ),
        blindSpots: Message(
            "当年制发、次年才施行的文件，有的单位不计入现行有效，所以只作提醒。需要的单元格空白或不能确定时不作判断；不与上一年度的报告比较。",
            "Some offices leave out documents that take effect only next year: hence a warning. Not judged where a cell that is "
                + "needed is blank or not certain. The report of the year before is not looked at."
        ),
        failing: [
            Example(2023, ("行政规范性文件\t2\t0\t6", "行政规范性文件\t4\t0\t0")),
            Example(2023, ("行政规范性文件\t2\t0\t6", "行政规范性文件\t6\t1\t2")),
            Example(2023, ("规章\t0\t0\t0", "规章\t3\t0\t2")),
            Example(2021, ("行政规范性文件\t2\t0\t6", "行政规范性文件\t12\t2\t9")),
            Example(2023, ("行政规范性文件\t2\t0\t6", "行政规范性文件\t7\t\t6"), ("规章\t0\t0\t0", "规章\t3\t0\t2")),
        ],
        passing: [
            Example(2023, ("行政规范性文件\t2\t0\t6", "行政规范性文件\t4\t0\t4")),
            Example(2023, ("行政规范性文件\t2\t0\t6", "行政规范性文件\t3\t5\t0")),
            Example(2023, ("行政规范性文件\t2\t0\t6", "行政规范性文件\t10\t8\t2")),
            Example(2023, ("行政规范性文件\t2\t0\t6", "行政规范性文件\t2\t\t6")),
            Example(2023, ("行政规范性文件\t2\t0\t6", "行政规范性文件\t0\t0\t")),
            Example(2020, ("规范性文件\t2\t2\t6", "规范性文件\t8\t8\t6")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let reading = report.table(.disclosure) else {
            return .notAssessed(TableAccess.unavailable(.disclosure, report))
        }
        return DisclosureCells.judge(["regulations", "normativeDocuments"], in: reading) { cells in
            let inForce = cells.number("inForce")
            guard let made = cells.number("made") else { return .unjudged }
            // What was made is the most that can be asked for, whatever the other cells say.
            if made <= inForce ?? .zero { return .passed }
            guard let repealed = cells.number("repealed") else { return .unjudged }
            let least = made - repealed
            if least <= inForce ?? .zero { return .passed }
            guard let inForce else { return .unjudged }
            return .found(finding(cells, made: made, repealed: repealed, least: least, inForce: inForce))
        }
    }

    private static func finding(
        _ cells: DisclosureCells,
        made: Quantity,
        repealed: Quantity,
        least: Quantity,
        inForce: Quantity
    ) -> Finding {
        var hint: Message?
        if inForce == .zero {
            hint = Message(
                "制发 \(made) 件、废止 \(repealed) 件，现行有效填 0：请核对是否漏填年末现行有效件数。",
                "\(made) made, \(repealed) repealed, 0 in force: check whether the number in force was left out."
            )
        } else if inForce <= repealed || repealed == .zero {
            hint = Message(
                "请核对“本年制发件数”与“现行有效件数”两列是否填反，或现行有效件数是否漏计往年文件。",
                "Check whether the columns made and in force were swapped, or documents of earlier years left out."
            )
        }
        return Finding(
            .warning,
            Message(
                "“\(cells.form.name)”现行有效 \(inForce) 件，小于本年制发 \(made) 件减去废止 \(repealed) 件（\(least) 件）。",
                "“\(cells.form.name)”: \(inForce) in force, fewer than the \(made) made less the \(repealed) repealed (\(least))."
            ),
            at: cells.location("inForce"),
            expected: least,
            actual: inForce,
            formula: Message(symbols: "\(made) − \(repealed) = \(least) > \(inForce)"),
            hint: hint
        )
    }
}
