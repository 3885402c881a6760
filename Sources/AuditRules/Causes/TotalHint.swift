import ChineseText
import ReportModel

/// What a sum and its total, by themselves, tell of how they came to differ.
enum TotalHint {
    /// A question where one of them was plainly not filled in: parts without a total, or a total without parts.
    static func notFilledIn(sum: Quantity, total: CellReading, parts: Message, totalName: String) -> Message? {
        guard let stated = total.summand else { return nil }
        if stated == .zero, !sum.isNegative {
            let written = total.state == .blank ? Message("为空白", "is blank") : Message("填 0", "says 0")
            return Message(
                "\(parts.zh)之和为 \(sum)，\(totalName)\(written.zh)：请核对是否漏填\(totalName)。",
                "The \(parts.en) add up to \(sum), \(totalName) \(written.en): check whether it was left out."
            )
        }
        if sum == .zero {
            return Message(
                "\(totalName)为 \(stated)，\(parts.zh)均为 0：请核对是否漏填各项。",
                "\(totalName) is \(stated), the \(parts.en) are all 0: check whether they were left out."
            )
        }
        return nil
    }

    /// A question where one digit of one number, and of one only, makes the sum right.
    static func digitSlip(parts: [(name: String, value: Quantity)], total: (name: String, value: Quantity)) -> Message?
    {
        var values: [Int] = []
        for part in parts + [total] {
            guard let value = part.value.integer else { return nil }
            values.append(value)
        }
        let excess = values.dropLast().reduce(0, +) - (values.last ?? 0)
        var slips: [Message] = []
        for (index, part) in (parts + [total]).enumerated() {
            let meant = values[index] + (index == parts.count ? excess : -excess)
            guard let slip = DigitSlip(written: values[index], meant: meant) else { continue }
            slips.append(
                Message(
                    "把“\(part.name)”的 \(values[index]) 改为 \(meant) 后，合计相符：\(slip.question.zh)。",
                    "With \(meant) for \(values[index]) in “\(part.name)” the sum agrees: \(slip.question.en)."
                )
            )
        }
        return slips.count == 1 ? slips[0] : nil
    }
}
