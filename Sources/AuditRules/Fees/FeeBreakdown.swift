import ChineseText
import Narrative
import ReportModel

/// fee.breakdown
enum FeeBreakdown: Rule {
    static let description = RuleDescription(
        "fee.breakdown",
        Message("收费分项与合计不符", "Fee parts do not add up"),
        .error,
        years: RuleDescription.since2021,
        checks: Message(
            "信息处理费的陈述写明合计件数、金额，又用“其中”“分别为”“包括”列出各单位或各收费方式的，分项件数之和、金额之和应等于合计。"
                + "分项之和大于合计的，分项件数已等于合计件数而金额不等的，以及所列为全部（“分别为”或以“其他”结尾）而不等的，均为错误。元与万元换算后比较，以万元表示的按所写小数位允许相差一个末位。",
            "Where a fee statement gives totals of applications and money and lists bodies or ways of charging after 其中, 分别为 or "
                + "包括, both add up. It is an error where the parts exceed the total, where the parts' applications are all of them and "
                + "the money differs, and where the list is complete (分别为, or 其他 at its end) and does not add up. 元 and 万元 are "
                + "converted; an amount in 万元 may differ by one unit of its last digit."
        ),
        rationale: Message(
            "信息处理费要逐笔上缴国库，件数和金额都有据可查；分项与合计不符，至少有一个数字是错的。",
            "The fee goes to the treasury item by item. Where parts and total differ, at least one number is wrong."
        ),
        basis: Clause.arithmetic,
        hint: Message("核对合计与各分项的件数、金额。", "Check the applications and amounts of total and parts."),
        blindSpots: Message(
            "“其中”之后只举一部分的（分项之和小于合计，又没有列全的表示）不作判断；带“约”“余”的数字，分项里夹有减免、未缴、应收金额的，以及同一合计按两种方法各分一次的，不作判断。",
            "A selection after 其中 (parts below the total, no sign that they are all) is not judged; nor are numbers with 约 or 余, "
                + "lists that mix in waived, unpaid or demanded amounts, and totals that are divided twice in two ways."
        ),
        failing: [
            Example(2023, ("本年度未收取信息处理费。", "2023年对3件申请收取信息处理费600元。其中，县民政局1件，收取200元；县公安局2件，收取500元。")),
            Example(2023, ("本年度未收取信息处理费。", "2023年对3件申请收取信息处理费600元。其中，县民政局1件，收取200元；县公安局3件，收取400元。")),
            Example(2023, ("本年度未收取信息处理费。", "2023年对3件申请收取信息处理费600元，其中县民政局1件200元，县公安局2件300元。")),
            Example(2023, ("本年度未收取信息处理费。", "全年收取信息处理费0.12万元，其中县民政局200元、县公安局1400元。")),
            Example(2023, ("本年度未收取信息处理费。", "全年收取信息处理费500元，分别为县民政局200元、县公安局200元。")),
            Example(2023, ("本年度未收取信息处理费。", "全年共收取信息处理费560元，其中按件计收1件100元，按量计收2件560元。")),
        ],
        passing: [
            Example(2023, ("本年度未收取信息处理费。", "2023年对3件申请收取信息处理费600元。其中，县民政局1件，收取200元；县公安局2件，收取400元。")),
            Example(2023, ("本年度未收取信息处理费。", "2023年对3件申请收取信息处理费0.06万元，其中县民政局1件200元，县公安局2件400元。")),
            Example(2023, ("本年度未收取信息处理费。", "全年收取信息处理费0.12万元，其中县民政局204元、县公安局950元、县教育局60元。")),
            Example(2023, ("本年度未收取信息处理费。", "全年收到申请30件，收取信息处理费600元，其中县民政局1件200元，县公安局2件400元。")),
            Example(2023, ("本年度未收取信息处理费。", "2023年收取信息处理费600元。")), Example(2023),
            Example(2023, ("本年度未收取信息处理费。", "2023年收取信息处理费400.50元，其中县民政局200.30元，县公安局200.20元。")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        var findings: [Finding] = []
        var unsure: Message?
        var isListed = false
        for fee in report.feeStatements where fee.listing != .none {
            isListed = true
            let comparison = FeeComparison(fee)
            findings += comparison.findings
            unsure = unsure ?? comparison.unsure
        }
        if !isListed {
            return .notApplicable(
                Message("没有列出分项的信息处理费陈述。", "No statement on fees lists parts.")
            )
        }
        return .result(findings, notAssessed: unsure)
    }
}

/// A fee statement's totals against its parts.
private struct FeeComparison {
    private(set) var findings: [Finding] = []
    private(set) var unsure: Message?

    private let fee: Fee

    init(_ fee: Fee) {
        self.fee = fee
        guard fee.listing != .doubtful, !fee.isApproximate, !fee.parts.isEmpty else {
            unsure = Self.doubtful
            return
        }
        let counts = fee.parts.compactMap(\.applications).map { Quantity($0) }
        let amounts = fee.parts.compactMap(\.amountYuan)
        let total = fee.applications.map { Quantity($0) }
        if isDividedTwice(counts, total) || isDividedTwice(amounts, fee.amountYuan) {
            unsure = Self.doubtful
            return
        }
        let isWholeCount = counts.count == fee.parts.count
        let isWholeAmount = amounts.count == fee.parts.count
        // All applications are listed: then all the money is.
        let countsFit = isWholeCount && total == counts.sum
        let isComplete = fee.listing == .complete
        compare(counts, total, isWhole: isWholeCount && isComplete, rounding: .zero, .applications)
        compare(
            amounts,
            fee.amountYuan,
            isWhole: isWholeAmount && (isComplete || countsFit),
            rounding: fee.rounding,
            .money
        )
    }

    private enum Dimension {
        case applications, money
        var unit: Message {
            self == .applications ? Message("件", " applications") : Message("元", " 元")
        }
        var name: Message {
            self == .applications ? Message("件数", "applications") : Message("金额", "money")
        }
    }

    private mutating func compare(
        _ parts: [Quantity],
        _ total: Quantity?,
        isWhole: Bool,
        rounding: Quantity,
        _ dimension: Dimension
    ) {
        guard let total, !parts.isEmpty else { return }
        let sum = parts.sum
        let difference = sum < total ? total - sum : sum - total
        if difference == .zero || difference < rounding { return }
        guard sum > total || isWhole else {
            unsure = unsure ?? Self.selection
            return
        }
        let list = parts.map(\.description).joined(separator: " + ")
        let relation = sum > total ? Message("多于", "more than") : Message("少于", "less than")
        findings.append(
            Finding(
                .error,
                Message(
                    "信息处理费分项\(dimension.name.zh)之和为 \(sum)\(dimension.unit.zh)，\(relation.zh)合计 \(total)\(dimension.unit.zh)。",
                    "The parts of the fee statement add up to \(sum)\(dimension.unit.en), \(relation.en) the total of "
                        + "\(total)\(dimension.unit.en)."
                ),
                at: Location(section: fee.section, source: fee.source, quote: quote),
                expected: sum,
                actual: total,
                formula: Message(symbols: "\(list) = \(sum)"),
                hint: hint(parts, total, sum, dimension)
            )
        )
    }

    /// The statement and, where they stand behind it, its parts.
    private var quote: String {
        let rest = fee.parts.map(\.quote).filter { !fee.text.contains($0) }
        guard !rest.isEmpty else { return fee.text }
        // The parts stand in the next sentence.
        return fee.text + (fee.text.hasSuffix("。") ? "" : "；") + rest.joined(separator: "；")
    }

    private func hint(_ parts: [Quantity], _ total: Quantity, _ sum: Quantity, _ dimension: Dimension) -> Message? {
        guard dimension == .money else { return nil }
        if sum == Quantity(raw: total.raw * 10_000) || total == Quantity(raw: sum.raw * 10_000) {
            return Message("合计与分项之和相差一万倍：请核对元与万元。", "Total and parts differ by ten thousand: check 元 and 万元.")
        }
        if let part = parts.first(where: { sum - $0 == total }) {
            return Message(
                "去掉 \(part) 元一项正好等于合计：请核对这一项是否重复或者不属于收取的费用。",
                "Without the part of \(part) 元 the sum is right: check whether it is counted twice or was not charged."
            )
        }
        return nil
    }

    /// 其中公安局2件，民政局1件；按件计收3件: a second division begins where the first is full.
    private func isDividedTwice(_ parts: [Quantity], _ total: Quantity?) -> Bool {
        guard let total, parts.count >= 3 else { return false }
        var sum = Quantity.zero
        for part in parts.dropLast() {
            sum += part
            if sum == total { return parts.sum != total }
        }
        return false
    }

    private static let doubtful = Message(
        "信息处理费的分项不能确定，或者合计为约数，未核对。",
        "The parts of the fee statement are not certain, or its total is approximate."
    )
    private static let selection = Message(
        "信息处理费分项之和小于合计，不能断定分项是否列全，未核对。",
        "The parts of the fee statement are below its total; whether they are all of them is not certain."
    )
}

extension [Quantity] {
    fileprivate var sum: Quantity { reduce(.zero, +) }
}
