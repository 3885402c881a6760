import ChineseText
import Narrative
import ReportModel

/// What most likely led to a difference between the text and a table, as a question to the person who mends it.
enum NarrativeHint {
    /// The first cause that fits; nil when none does, and the rule's own hint is all there is to say.
    static func cause(
        of claim: CountClaim,
        _ nearest: NarrativeAccess.Candidate,
        among candidates: [NarrativeAccess.Candidate],
        in table: TableReading
    ) -> Message? {
        let stated = claim.value
        let name = table.table.name
        let number = table.table.section
        guard let value = nearest.value.integer else { return nil }
        if stated != 0, candidates.contains(where: \.hasBlank) {
            return Message(
                "正文为 \(stated)，\(name)相应单元格空白：请核对是否漏填。",
                "The text says \(stated), and a cell for it in table \(number) is blank: check whether it was left out."
            )
        }
        if claim.looseness.contains(.otherYear) {
            return Message(
                "句中的年度是上一年：请核对是否沿用了上年的文字和数字。",
                "The sentence names the year before: check whether last year's words and numbers were left standing."
            )
        }
        if claim.isDenial {
            return Message(
                "正文说没有，\(name)填了 \(value)：请核对正文是否为模板或上年文字。",
                "The text says there were none, table \(number) has \(value): check whether the text is a template's or last year's."
            )
        }
        if stated == 0 || value == 0 {
            return Message(
                "正文为 \(stated)，\(name)\(nearest.formula.zh)为 \(value)：请核对是否有一处漏填。",
                "The text says \(stated), table \(number) has \(value): check whether one of them was left out."
            )
        }
        for case let value? in candidates.map(\.value.integer) where value >= 0 {
            if let slip = slip(stated, value, name) { return slip }
        }
        guard let cell = otherCell(with: Quantity(stated), in: table) else { return nil }
        return Message(
            "正文 \(stated) 与\(name)“\(cell)”相同：请核对是否取错了单元格。",
            "\(stated) is what table \(number) has under “\(cell)”: check whether the wrong cell was taken."
        )
    }

    /// A slip of the fingers between two numbers.
    private static func slip(_ stated: Int, _ value: Int, _ table: String) -> Message? {
        let left = digits(stated)
        let right = digits(value)
        if isTransposed(left, right) {
            return Message(
                "正文 \(stated) 与\(table) \(value) 的数字相同而次序不同：请核对是否颠倒。",
                "\(stated) and \(value) have the same digits in another order: check whether they were transposed."
            )
        }
        guard lacksOne(left, right) || lacksOne(right, left) else { return nil }
        return Message(
            "正文 \(stated) 与\(table) \(value) 只差一位数字：请核对是否漏写或多写。",
            "\(stated) and \(value) differ by one digit that is missing: check whether it was left out or typed twice."
        )
    }

    private static func digits(_ value: Int) -> [UInt8] { Array(String(value).utf8) }

    /// 12 and 21; also 4312 and 4132.
    private static func isTransposed(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && left.count > 1 && left != right && left.sorted() == right.sorted()
    }

    /// 112 and 12, 50 and 5: one without one digit of the other. From one digit to two, only a 0 at the end says anything.
    private static func lacksOne(_ short: [UInt8], _ long: [UInt8]) -> Bool {
        guard short.count + 1 == long.count else { return false }
        if short.count == 1 { return long == short + [UInt8(ascii: "0")] }
        var index = 0
        while index < short.count, short[index] == long[index] { index += 1 }
        return short[index...].elementsEqual(long[(index + 1)...])
    }

    /// The cell that holds the number, where exactly one does: small numbers stand in many.
    private static func otherCell(with value: Quantity, in table: TableReading) -> String? {
        var found: String?
        for (id, row) in table.rows {
            for (column, cell) in row.cells where cell.number == value {
                guard found == nil else { return nil }
                found =
                    "\(Form.rowName(table.table, id))·\(Form.columnName(table.table, column, edition: table.edition))"
            }
        }
        return found
    }
}
