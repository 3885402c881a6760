import ChineseText
import ReportModel

/// text.placeholder
enum TextPlaceholder: Rule {
    static let description = RuleDescription(
        "text.placeholder",
        Message("占位符或模板提示残留", "Placeholder left in the text"),
        .error,
        rationale: Message(
            "模板中的XX、××、＿＿、（文字描述）、×年×月等应替换为实际内容。7×24小时、5G XX系列、数字之间的×以及网址中的字母不是占位符。",
            "XX, ××, ＿＿, （文字描述）, ×年×月 of a template must have been replaced. 7×24小时, model names, × between numbers and "
                + "letters in addresses are no placeholders."
        ),
        basis: "国办公开办函〔2021〕30号（内容不准确、不完整的依条例第四十七条处理）",
        hint: Message("替换为实际内容或删去。", "Replace it by what belongs there, or delete it."),
        failing: [
            Example(2023, ("做好县政府网站栏目维护", "做好XX县政府网站栏目维护")),
            Example(2023, ("工作平稳有序。", "工作平稳有序。（文字描述）")),
            Example(2020, ("2021年1月20日", "×年×月×日")),
        ],
        passing: [
            Example(2023, ("做好县政府网站栏目维护", "做好县政府网站7×24小时监测")),
            Example(2023, ("做好县政府网站栏目维护", "采购5G XX系列设备，网址www.xxgk.gov.cn，做好栏目维护")),
        ]
    )

    private static let prompts: [Phrase] = ["(文字描述)", "(文字说明)", "(此处填写", "(请填写", "该部分以表格形式", "(填写说明"]

    static func check(_ report: AnnualReport) -> RuleResult {
        var findings: [Finding] = []
        if let title = report.title {
            findings += places(FoldedText(title.value)).map { _ in
                finding(title.value, Location(source: title.source, quote: title.value))
            }
        }
        for paragraph in report.lines {
            for range in places(paragraph.folded) {
                let text = paragraph.folded
                let context = max(0, range.lowerBound - 12)..<min(text.count, range.upperBound + 12)
                findings.append(
                    finding(
                        text.quote(range, in: paragraph.raw),
                        Location(
                            section: paragraph.section,
                            source: paragraph.source,
                            quote: text.quote(context, in: paragraph.raw)
                        )
                    )
                )
            }
        }
        return .result(findings)
    }

    private static func finding(_ found: String, _ location: Location) -> Finding {
        Finding(
            .error,
            Message("残留占位符或模板提示“\(found)”。", "Placeholder or template text “\(found)” is left."),
            at: location
        )
    }

    /// Where placeholders stand in a folded text.
    static func places(_ text: FoldedText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for prompt in prompts {
            if let start = text.firstIndex(of: prompt) { result.append(start..<(start + prompt.count)) }
        }
        var index = 0
        while index < text.count {
            guard isMark(text[index]) else {
                index += 1
                continue
            }
            var end = index
            while end < text.count, isMark(text[end]), sameKind(text[end], text[index]) { end += 1 }
            if isPlaceholder(text, index..<end) {
                // XX年XX月XX日 is one placeholder, not three.
                while end + 1 < text.count, "年月日".unicodeScalars.contains(text[end]), isMark(text[end + 1]) {
                    end += 1
                    while end < text.count, isMark(text[end]) { end += 1 }
                }
                result.append(index..<end)
            }
            index = max(end, index + 1)
        }
        return result.sorted { $0.lowerBound < $1.lowerBound }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "X" || scalar == "x" || scalar == "×" || scalar == "_" || scalar == "╳" || scalar == "✕"
    }

    private static func sameKind(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        left == right || (left == "X" && right == "x") || (left == "x" && right == "X")
    }

    private static func isPlaceholder(_ text: FoldedText, _ range: Range<Int>) -> Bool {
        let before = range.lowerBound > 0 ? text[range.lowerBound - 1] : nil
        let after = range.upperBound < text.count ? text[range.upperBound] : nil
        func isLatin(_ scalar: Unicode.Scalar?) -> Bool {
            guard let scalar else { return false }
            return
                (scalar.value < 0x80
                && (scalar.properties.isAlphabetic || "@/.:-&=?%#~".unicodeScalars.contains(scalar)))
        }
        func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar?.isASCIIDigit ?? false }
        let isDateMark = after.map { "年月日".unicodeScalars.contains($0) } ?? false
        let first = text[range.lowerBound]
        if first == "_" {
            // A blank to fill in: at least two, beside Chinese text; a rule made of underscores is a line of its own.
            guard range.count >= 2, !isLatin(before), !isLatin(after), !isDigit(before) || isDateMark else {
                return false
            }
            return before?.isHan ?? false || after?.isHan ?? false
        }
        if range.count == 1 {
            // ×年×月, 20×年: a single mark only in front of a date word, and not 7×24.
            guard isDateMark, !isLatin(before) else { return false }
            return first == "×" || first == "X" || first == "╳" || first == "✕"
        }
        // 20XX年 is one; XX behind other digits or Latin letters is a model name, part of an address or a word.
        if isDigit(before) { return isDateMark }
        if isLatin(before) || isLatin(after) || isDigit(after) { return false }
        if text.has("系列", at: range.upperBound) || text.has("型", at: range.upperBound) { return false }
        return true
    }
}
