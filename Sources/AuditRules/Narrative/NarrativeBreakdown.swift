import ChineseText
import Narrative
import ReportModel

/// narrative.breakdown
enum NarrativeBreakdown: Rule {
    static let description = RuleDescription(
        "narrative.breakdown",
        Message("分项与合计不符", "Parts do not add up to the stated sum"),
        .error,
        checks: Message(
            "正文写“共N条，其中甲a条、乙b条”的：分项之和大于合计，为错误；列举完整而不等于合计，为警告。分项之下再分的，逐层核对。",
            """
            Where the text says “N in all, of which a … and b …”: parts above the sum are an error; a complete \
            list that does not equal the sum is a warning. Lists within lists are checked level by level.
            """
        ),
        rationale: Message(
            "分项之和应等于合计。不等，说明至少有一个数字有误，或者分项有遗漏、重复。",
            """
            Parts add up to their sum. Where they do not, a number is wrong, or a part was left out or counted \
            twice.
            """
        ),
        basis: Clause.all(Clause.accuracy, Clause.arithmetic),
        hint: Message(
            "请核对合计和各分项；分项有重复计算的，请在文中说明。",
            "Please check the sum and its parts; where parts overlap, say so in the text."
        ),
        blindSpots: Message(
            "只举一两项的不作判断。各项都是发布渠道的，同一信息可能多处发布，至多警告。约数不作判断。",
            """
            A selection of one or two parts is not judged. Where all parts are channels, one piece may have gone \
            out by several: a warning at most. Rounded numbers are not judged.
            """
        ),
        failing: [
            Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "其中，政策文件类20条，工作动态类50条，其他类10条")),
            Example(2020, ("其中，政策文件类20条，工作动态类30条，其他类10条", "其中，政策文件类20条，工作动态类30条，其他类9条")),
        ],
        passing: [
            Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "其中政策文件类20条")),
            Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "召开新闻发布会2次，回复咨询318条")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        .result(report.breakdowns.flatMap { findings($0.value, $0) })
    }

    private static func findings(_ list: Breakdown, _ located: AnnualReport.Located<Breakdown>) -> [Finding] {
        var result: [Finding] = []
        if !list.isApproximate {
            if list.certainSum > list.total {
                result.append(
                    finding(list, list.partsCertain.map(\.value), list.allPartsAreChannels ? .warning : .error, located)
                )
            } else if list.isExhaustive, list.sum != list.total {
                result.append(finding(list, list.parts.map(\.value), .warning, located))
            }
        }
        for part in list.parts {
            for sub in part.sub { result += findings(sub, located) }
        }
        return result
    }

    private static func finding(
        _ list: Breakdown,
        _ parts: [Int],
        _ severity: Severity,
        _ located: AnnualReport.Located<Breakdown>
    ) -> Finding {
        let sum = parts.reduce(0, +)
        let formula = parts.map(String.init).joined(separator: " + ") + " = \(sum)"
        return Finding(
            severity,
            Message(
                "合计为 \(list.total)\(list.measure)，分项之和为 \(sum)（\(formula)）。",
                "The stated sum is \(list.total)\(list.measure), its parts add up to \(sum) (\(formula))."
            ),
            at: Location(section: located.section, source: located.source, quote: located.quote.trimmed),
            expected: Quantity(sum),
            actual: Quantity(list.total),
            formula: Message(symbols: formula)
        )
    }
}
