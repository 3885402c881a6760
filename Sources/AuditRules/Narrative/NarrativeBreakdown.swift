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
            "正文写“共N条，其中（包括、含、分别为）……a条，……b条”的，同一计量单位的分项之和不超过N；列举完整（分别为、以“其他”收尾，或四项以上且达到97%）的，分项之和等于N。超过为差错，完整而不等为警告；有两项以上是渠道的，同一信息可能多处发布，至多警告。",
            "Where the text says “N in all, of which (其中, 包括, 含, 分别为) a …, b …”, the parts of the same measure word do not exceed N; where the "
                + "list is complete (分别为, ends with 其他, or has four parts and 97 %), they equal N. More is an error, a complete list that "
                + "differs a warning; where two parts are channels, one piece may have gone out by several: a warning at most."
        ),
        rationale: Message(
            "分项大于合计不可能成立，读者一加就能发现。",
            "Parts cannot exceed their whole, and any reader who adds them up sees it."
        ),
        basis: Clause.all(Clause.accuracy, Clause.arithmetic),
        hint: Message(
            "请核对合计和各分项；分项有重复计算的，请在文中说明。",
            "Please check the sum and its parts; where parts overlap, say so in the text."
        ),
        blindSpots: Message(
            "只挑一两项列举而不超过合计、带“等”或约数、没有“其中”一类引导词、图片视频等可重叠的分类不作判断；不同计量单位或另一类事项（解读、回复、转载）之后的分项不计入差错；说明全部事项去向（办结N件、反馈N条）或由谁出席的，与其他分项可以重叠，也不计入。",
            "A selection that stays below the sum, lists with 等 or rounded numbers, lists that no word like 其中 opens, and kinds that overlap "
                + "are not judged; parts after one of another measure word or nature do not count towards an error, nor do those that tell what became of all "
                + "of them (办结, 反馈 of the whole number) or who was present, which overlap with others."
        ),
        failing: [
            Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "其中，政策文件类20条，工作动态类50条，其他类10条")),
            Example(2020, ("其中，政策文件类20条，工作动态类30条，其他类10条", "其中，政策文件类20条，工作动态类30条，其他类9条")),
            Example(2023, ("60条，其中，政策文件类20条，工作动态类30条，其他类10条", "60条，分别为政策文件类20条、工作动态类30条")),
            Example(2023, ("60条，其中，政策文件类20条", "60条（政策文件类20条、工作动态类30条、公告类20条），其中，政策文件类20条")),
        ],
        passing: [
            Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "其中政策文件类20条")),
            Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "召开新闻发布会2次，回复咨询318条")),
            Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "其中政策文件类20条、工作动态类30条等")),
            Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "其中政策文件类20条，维护专栏5个，回复咨询318条")),
            Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "较上年增加30条，其中网站增加50条")),
            Example(2023, ("60条，其中，政策文件类20条", "60余条，其中，政策文件类25条")),
            Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "全年召开新闻发布会6场，其中局长出席4场、分管副局长出席5场")),
            Example(2023, ("其中，政策文件类20条，工作动态类30条，其他类10条", "收到网民建议9条，其中采纳5条、作出解释4条、公开反馈9条")),
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
                    finding(list, Array(list.partsCertain), mayOverlap(list) ? .warning : .error, located)
                )
            } else if list.isExhaustive, list.sum != list.total {
                result.append(finding(list, list.parts, .warning, located))
            }
        }
        for part in list.parts {
            for sub in part.sub { result += findings(sub, located) }
        }
        return result
    }

    private static func finding(
        _ list: Breakdown,
        _ parts: [BreakdownPart],
        _ severity: Severity,
        _ located: AnnualReport.Located<Breakdown>
    ) -> Finding {
        let sum = parts.reduce(0) { $0 + $1.value }
        let formula =
            parts.count > 1
            ? parts.map { "\($0.value)" }.joined(separator: " + ") + " = \(sum)" : "\(sum) > \(list.total)"
        let why: Message
        if sum > list.total {
            why =
                mayOverlap(list)
                ? Message("所列为渠道，同一件可能计入多处，故为警告", "the parts are channels and may overlap: a warning")
                : Message("分项之和超过合计", "the parts exceed it")
        } else {
            why = Message("列举看来完整", "the list looks complete")
        }
        let single = Message(
            "合计为 \(list.total)\(list.measure)，其后所列读作其分项的一项为 \(sum)：分项大于合计。",
            "The stated sum is \(list.total)\(list.measure); the number listed after it and read as its part is \(sum), which exceeds it."
        )
        return Finding(
            severity,
            parts.count == 1 && sum > list.total
                ? single
                : Message(
                    "合计为 \(list.total)\(list.measure)，其后所列 \(parts.count) 项读作其分项，之和为 \(sum)（\(formula)）：\(why.zh)。",
                    "The stated sum is \(list.total)\(list.measure); the \(parts.count) numbers listed after it are read as its parts and add up "
                        + "to \(sum) (\(formula)): \(why.en)."
                ),
            at: Location(section: located.section, source: located.source, quote: located.quote.trimmed),
            expected: Quantity(sum),
            actual: Quantity(list.total),
            formula: Message(symbols: formula),
            hint: cause(list, parts, sum)
        )
    }

    /// One piece may have gone out by two channels.
    private static func mayOverlap(_ list: Breakdown) -> Bool {
        list.allPartsAreChannels || list.partsCertain.count(where: \.isChannel) > 1
    }

    /// What most likely led to the difference.
    private static func cause(_ list: Breakdown, _ parts: [BreakdownPart], _ sum: Int) -> Message? {
        let difference = sum - list.total
        // An item whose own list says another number: 其中审计公开12条，包括结果8条、整改8条.
        for part in parts {
            for sub in part.sub where sub.sum - part.value == -difference {
                return Message(
                    "其中 \(part.value) 一项的细目之和为 \(sub.sum)；按 \(sub.sum) 计则合计相符：请核对该项。",
                    "The details of the part \(part.value) add up to \(sub.sum); with \(sub.sum) the sum is right: check that part."
                )
            }
        }
        guard difference > 0, parts.contains(where: { $0.value == difference }) else { return nil }
        return Message(
            "分项之和比合计多 \(difference)，恰为其中一项：请核对该项是否已含在其他项内。",
            "The parts exceed the sum by \(difference), which is one of them: check whether that one is part of another."
        )
    }
}
