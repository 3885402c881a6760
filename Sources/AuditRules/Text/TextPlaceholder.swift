import ChineseText
import ReportModel

/// text.placeholder
enum TextPlaceholder: Rule {
    static let description = RuleDescription(
        "text.placeholder",
        Message("占位符或模板提示残留", "Placeholder left in the text"),
        .error,
        checks: Message(
            "模板中的XX、××、＿＿、○○局、（文字描述）、（单位名称）、该部分以表格形式报告、×年×月、空括号加量词“（ ）条”等应替换为实际内容。"
                + "7×24小时、5G XX系列、数字之间的×、网址和邮箱中的字母、“”和《》里的XX、张××等隐去的姓名不是占位符。涉案当事人、企业等写作某某、XX的，可能是有意隐去，为警告。",
            "XX, ××, ＿＿, ○○局, （文字描述）, （单位名称）, 该部分以表格形式报告, ×年×月, empty brackets before a measure word of a "
                + "template must have been replaced. 7×24小时, model names, × between numbers, letters in addresses, XX inside “” or "
                + "《》 and hidden names (张××) are no placeholders. Parties and firms written as 某某 or XX may be hidden on purpose: "
                + "a warning."
        ),
        rationale: Message(
            "占位符说明照搬了模板而没有填写，或发布前没有校对，应填的数字、名称、日期就缺失了。",
            "A placeholder shows a template that was not filled in: the number, name or date that belongs there is missing."
        ),
        basis: Clause.accuracy,
        hint: Message("替换为实际内容或删去。", "Replace it by what belongs there, or delete it."),
        blindSpots: Message(
            "表格单元格里的占位符见 cell.not-a-number。转换工具留下的书签标记不是占位符，不报告。以“若干”“相关”等空话代替数字的看不出来。",
            "For placeholders in cells see cell.not-a-number. A converter's bookmark marks are no placeholders. Vague words in place "
                + "of numbers are not seen."
        ),
        failing: [
            Example(2023, ("做好县政府网站栏目维护", "做好XX县政府网站栏目维护")),
            Example(2023, ("工作平稳有序。", "工作平稳有序。（文字描述）")),
            Example(2020, ("2021年1月20日", "×年×月×日")),
            Example(2023, ("工作平稳有序。", "工作平稳有序，发布信息X条。")),
            Example(2023, ("工作平稳有序。", "工作平稳有序。联系电话：XXXXXXXX。")),
            Example(2023, ("工作平稳有序。", "工作平稳有序。（请在此处输入文字）")),
            Example(2023, ("工作平稳有序。", "（单位名称）工作平稳有序。")),
            Example(2023, ("工作平稳有序。", "○○局工作平稳有序。")),
            Example(2023, ("工作平稳有序。", "工作平稳有序，答复（ ）条。")),
        ],
        passing: [
            Example(2023, ("做好县政府网站栏目维护", "做好县政府网站7×24小时监测")),
            Example(2023, ("做好县政府网站栏目维护", "采购5G XX系列设备，网址www.xxgk.gov.cn，做好栏目维护")),
            Example(2023, ("工作平稳有序。", "工作平稳有序。来信署名“某某局职工”的，已转办。")),
            Example(2023, ("工作平稳有序。", "工作平稳有序。全文（请在此处下载），依据《条例》第二十条第（）项公开。")),
            Example(2023, ("工作平稳有序。", "工作平稳有序。“XX说法”专栏更新9期，《××读本》上架。")),
            Example(2023, ("工作平稳有序。", "工作平稳有序。申请人姓名以李××代替，王某某局长到场，邮箱xx_zw@163.com，__重点__突出。")),
            Example(2023, ("工作平稳有序。", "工作平稳有序，公示鲁A·XXXXX号等车辆的处理结果。")),
        ]
    )

    private static let prompts: [Phrase] = [
        "(文字描述)", "(文字说明)", "(此处填写", "(此处输入", "(请填写", "(请输入", "(请在此", "(在此处", "该部分以表格形式", "(填写说明", "(单位名称)",
        "(机关名称)", "(行政机关名称)", "(单位全称)",
    ]

    private static let links: [Phrase] = ["下载", "查看", "查阅", "点击", "浏览", "阅读"]

    /// Stand-ins for a name, and what is named behind them; an open bracket in front of a measure word.
    private static let nameless: [Phrase] = ["某某", "〇〇"]
    private static let named: [Phrase] = ["局", "县", "市", "区", "镇", "乡", "街道", "单位", "机关", "委员会", "委", "厅", "办公室"]
    /// Without any of these nothing needs a closer look.
    private static let signs = PhraseSet(prompts + nameless + ["()", "X", "x", "×", "_", "╳", "✕"])
    private static let measures = "条件次个篇份期场家宗项名元".unicodeScalars

    /// Surnames, behind which ×× hides the rest of a name, and the words that may stand before them.
    private static let surnames =
        ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
        + "邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤").unicodeScalars
    private static let beforeNames = "以由对向与和及给将把为是如被叫从让按称".unicodeScalars

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        var findings: [Finding] = []
        if let title = report.title {
            findings += places(FoldedText(title.value)).map { _ in
                finding(title.value, .error, Location(source: title.source, quote: title.value))
            }
        }
        for paragraph in report.lines {
            for range in places(paragraph.folded) {
                let text = paragraph.folded
                let context = max(0, range.lowerBound - 12)..<min(text.count, range.upperBound + 12)
                findings.append(
                    finding(
                        text.quote(range, in: paragraph.raw),
                        isAnonymous(text, range) ? .warning : .error,
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

    /// Who stands in a dispute is often hidden on purpose.
    private static let parties: [Phrase] = [
        "原告", "被告", "申请人", "第三人", "上诉", "诉某", "诉X", "诉×", "判决", "裁定", "案件", "一案", "以案",
    ]
    private static let partyNames: [Phrase] = ["公司", "企业", "先生", "女士", "同志", "小区", "案", "诉", "与"]

    /// Whether a stand-in may hide a party's name: someone behind it, or a case beside it.
    private static func isAnonymous(_ text: FoldedText, _ range: Range<Int>) -> Bool {
        if partyNames.contains(where: { text.has($0, at: range.upperBound) }) { return true }
        return text.containsAny(parties, in: max(0, range.lowerBound - 16)..<min(text.count, range.upperBound + 16))
    }

    private static func finding(_ found: String, _ severity: Severity, _ location: Location) -> Finding {
        Finding(
            severity,
            Message("残留占位符或模板提示“\(found)”。", "Placeholder or template text “\(found)” is left."),
            at: location
        )
    }

    /// Where placeholders stand in a folded text.
    static func places(_ text: FoldedText) -> [Range<Int>] {
        guard text.contains(signs) else { return [] }
        let found = prompted(text) + unnamed(text) + emptyBrackets(text) + marked(text)
        return found.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// What a template says to whoever fills it in, each prompt once.
    private static func prompted(_ text: FoldedText) -> [Range<Int>] {
        prompts.compactMap { prompt in
            guard let start = text.firstIndex(of: prompt) else { return nil }
            let range = start..<(start + prompt.count)
            // （请在此处下载）: a link.
            let behind = range.upperBound..<min(text.count, range.upperBound + 12)
            return text.containsAny(links, in: behind) ? nil : range
        }
    }

    /// 某某局, 〇〇县.
    private static func unnamed(_ text: FoldedText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        let quoted = quotations(text)
        for stand in nameless {
            var from = 0
            while let start = text.firstIndex(of: stand, from: from) {
                from = start + stand.count
                if quoted.contains(start) { continue }
                // 二〇〇局 is a number, 王某某局长 a hidden name, 某某单位 anybody.
                let before = start > 0 ? text[start - 1] : nil
                if before.map({ $0.isChineseNumeral || surnames.contains($0) }) ?? false || text.has("单位", at: from) {
                    continue
                }
                if named.contains(where: { text.has($0, at: from) }) { result.append(start..<from) }
            }
        }
        return result
    }

    /// 答复（ ）条.
    private static func emptyBrackets(_ text: FoldedText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var open = 0
        while let start = text.firstIndex(of: "()", from: open) {
            open = start + 2
            // 第（）项: a converter lost the ㈠ of a clause.
            if start > 0, text[start - 1] == "第" { continue }
            if open < text.count, measures.contains(text[open]) { result.append(start..<(open + 1)) }
        }
        return result
    }

    /// XX, ××, ＿＿.
    private static func marked(_ text: FoldedText) -> [Range<Int>] {
        var result: [Range<Int>] = []
        let quoted = quotations(text)
        let bold = boldMarks(text)
        var index = 0
        while index < text.count {
            guard isMark(text[index]) else {
                index += 1
                continue
            }
            var end = index
            while end < text.count, isMark(text[end]), sameKind(text[end], text[index]) { end += 1 }
            if !quoted.contains(index), !bold.contains(index), isPlaceholder(text, index..<end) {
                // XX年XX月XX日 is one placeholder, not three.
                while end + 1 < text.count, "年月日".unicodeScalars.contains(text[end]), isMark(text[end + 1]) {
                    end += 1
                    while end < text.count, isMark(text[end]) { end += 1 }
                }
                result.append(index..<end)
            }
            index = max(end, index + 1)
        }
        return result
    }

    /// What stands in “” or 《》 names something: the XX of a column's title is no gap.
    private static func quotations(_ text: FoldedText) -> Set<Int> {
        var inside: Set<Int> = []
        var quote: Int?
        var title: Int?
        for index in 0..<text.count {
            switch text[index] {
            case "\"":
                if let start = quote {
                    if index - start <= 60 { inside.formUnion(start..<index) }
                    quote = nil
                } else {
                    quote = index
                }
            case "《": title = index
            case "》":
                if let start = title { inside.formUnion(start..<index) }
                title = nil
            default: break
            }
        }
        return inside
    }

    /// The `__` of Markdown's bold type: a pair round words, with no word outside next to them.
    private static func boldMarks(_ text: FoldedText) -> Set<Int> {
        var result: Set<Int> = []
        var opening: Int?
        var index = 0
        func isWord(_ position: Int) -> Bool {
            guard position >= 0, position < text.count else { return false }
            return text[position].properties.isAlphabetic || text[position].isASCIIDigit
        }
        while index < text.count {
            guard text[index] == "_" else {
                index += 1
                continue
            }
            var end = index
            while end < text.count, text[end] == "_" { end += 1 }
            if end - index == 2 {
                let follows = opening.map { $0 > 0 ? text[$0 - 1] : "。" } ?? "。"
                if let start = opening, !isWord(end) || index - start >= 4 && follows != ":" && follows != "(" {
                    result.formUnion([start, index])
                    opening = nil
                } else if !isWord(index - 1), isWord(end) || opening == nil {
                    opening = index
                } else {
                    opening = nil
                }
            } else {
                opening = nil
            }
            index = end
        }
        return result
    }

    /// An address — letters, digits and the run in one word with @ or a point — is no gap.
    private static func isAddress(_ text: FoldedText, _ range: Range<Int>) -> Bool {
        func belongs(_ index: Int) -> Bool {
            let scalar = text[index]
            return scalar.value < 0x80
                && (scalar.properties.isAlphabetic || scalar.isASCIIDigit || "_@.-".unicodeScalars.contains(scalar))
        }
        var start = range.lowerBound
        while start > 0, range.lowerBound - start < 40, belongs(start - 1) { start -= 1 }
        var end = range.upperBound
        while end < text.count, end - range.upperBound < 40, belongs(end) { end += 1 }
        let around = text[start..<range.lowerBound].scalars + text[range.upperBound..<end].scalars
        return around.contains("@") || around.contains(".") && around.contains(where: \.properties.isAlphabetic)
    }

    /// 张××: a name that is hidden on purpose.
    private static func hidesName(_ text: FoldedText, _ range: Range<Int>) -> Bool {
        let surname = range.lowerBound - 1
        guard range.count <= 2, surname >= 0, surnames.contains(text[surname]) else { return false }
        if range.upperBound < text.count {
            if named.contains(where: { text.has($0, at: range.upperBound) }) { return false }
            if "年月日".unicodeScalars.contains(text[range.upperBound]) { return false }
        }
        return surname == 0 || !text[surname - 1].isHan || beforeNames.contains(text[surname - 1])
    }

    /// 鲁A·XXXXX: the number of a car, hidden on purpose.
    private static func hidesPlate(_ text: FoldedText, _ range: Range<Int>) -> Bool {
        var letter = range.lowerBound - 1
        if letter > 0, text[letter] == "·" { letter -= 1 }
        return letter > 0 && (0x41...0x5A).contains(text[letter].value) && text[letter - 1].isHan
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
        if isAddress(text, range) || hidesName(text, range) || hidesPlate(text, range) { return false }
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
            let isCounted = after.map { measures.contains($0) } ?? false && before?.isHan ?? false && before != "第"
            guard isDateMark || isCounted, !isLatin(before) else { return false }
            return first == "×" || first == "X" || first == "╳" || first == "✕"
        }
        // 20XX年 is one; XX behind other digits or Latin letters is a model name, part of an address or a word.
        if isDigit(before) { return isDateMark }
        // 电话：XXXXXXXX; a colon behind Chinese words is no part of an address.
        let isLabelled = before == ":" && range.lowerBound > 1 && text[range.lowerBound - 2].isHan
        if isLatin(before) && !isLabelled || isLatin(after) || isDigit(after) { return false }
        if text.has("系列", at: range.upperBound) || text.has("型", at: range.upperBound) { return false }
        return true
    }
}
