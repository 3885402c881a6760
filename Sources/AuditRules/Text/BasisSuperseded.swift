import ChineseText
import DocumentModel
import ReportModel

/// basis.superseded
enum BasisSuperseded: Rule {
    static let description = RuleDescription(
        "basis.superseded",
        Message("引用失效或错误依据", "Superseded or wrong basis cited"),
        .warning,
        years: RuleDescription.since2021,
        checks: Message(
            "自2021年度起，年度报告格式的依据是国办公开办函〔2021〕30号（标题为“关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知”）。"
                + "查看标题和表格以外的正文，下列写法各提示一处：（1）以国办公开办函〔2019〕60号或者“年度报告格式（试行）”为编制依据；"
                + "（2）文号与标题、机关代字、年份混用，如“国办发〔2021〕30号”“国办公开办函〔2019〕30号”“国办公开办函〔2021〕60号”，30号文写成“格式（试行）”或者60号文的标题“年度报告有关事项的通知”；"
                + "（3）以国务院令第492号（修订前的《条例》，2019年5月15日起为国务院令第711号）为依据。"
                + "同时正确引用30号（第711号令）的、说明原文件已废止或被代替的，不提示。国办函〔2020〕109号是信息处理费文件，与此无关。",
            "From report year 2021 on the form rests on 国办公开办函〔2021〕30号 (title: 关于印发《…年度报告格式》的通知). Outside of title and "
                + "tables, reported are (1) 国办公开办函〔2019〕60号 or 年度报告格式（试行） as the basis; (2) number, year, letterhead or title of two "
                + "notices mixed, as 国办发〔2021〕30号, 国办公开办函〔2019〕30号, 国办公开办函〔2021〕60号, or 30号 with the title of the trial form or "
                + "of notice 60号; (3) 国务院令第492号, the Regulations before 15 May 2019 (now no. 711), as the basis. Nothing is reported where the "
                + "present document is cited too, or the old one is named as repealed. 国办函〔2020〕109号 is the fee measure, another thing."
        ),
        rationale: Message(
            "引用失效文件的报告往往沿用了旧底稿，表格和内容也可能是旧格式；文号写错，读者查不到依据。",
            "A report that cites a superseded document is often written over an old one, tables included; a wrong number leads readers nowhere."
        ),
        basis: Clause.all(Clause.form2021(), Clause.form2019(), Clause.regulations(50)),
        hint: Message(
            "编制依据请写“国办公开办函〔2021〕30号《中华人民共和国政府信息公开工作年度报告格式》”，《条例》为国务院令第711号；并核对表格是否为新格式。",
            "Cite 国办公开办函〔2021〕30号 and, for the Regulations, 国务院令第711号; and check that the tables are those of the present form."
        ),
        blindSpots: Message(
            "只写标题、没有文号的通知不判断（地方通知常有同样的标题），“格式（试行）”除外；地方文件的文号、其他国办文件的引用不判断；"
                + "2019、2020年度报告不适用，其中引用国务院令第492号的也不提示。",
            "Notices named by title only are not judged (local notices share the title), but for 格式（试行）; nor are local numbers or other "
                + "documents of the General Office. Reports of 2019 and 2020 are not concerned, not even where they cite 国务院令第492号."
        ),
        failing: [
            Example(2022, ("编制本报告。", "和国办公开办函〔2019〕60号要求编制本报告。")),
            Example(2024, ("编制本报告。", "和《中华人民共和国政府信息公开工作年度报告格式（试行）》编制本报告。")),
            Example(2023, ("编制本报告。", "编制，主动公开内容按照国办发〔2021〕30号文件要求编制。")),
            Example(2023, ("编制本报告。", "和年度报告格式（国办公开办函〔2019〕30号）编制本报告。")),
            Example(2023, ("编制本报告。", "和年度报告格式（国办公开办函﹝2021﹞60号）编制本报告。")),
            Example(
                2022,
                ("编制本报告。", "和《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2021〕30号）编制本报告。")
            ),
            Example(2022, ("编制本报告。", "和《政府信息公开工作年度报告格式（试行）》（国办公开办函〔2021〕30号）编制本报告。")),
            Example(2023, ("《中华人民共和国政府信息公开条例》编制", "《中华人民共和国政府信息公开条例》（国务院令第492号）编制")),
        ],
        passing: [
            Example(
                2023,
                ("编制本报告。", "和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）编制本报告。")
            ),
            Example(2023, ("编制本报告。", "（国务院令第711号）和国办公开办函（2021）30号编制本报告。")),
            Example(2022, ("编制本报告。", "和国办公开办函〔2021〕30号编制本报告，国办公开办函〔2019〕60号不再适用。")),
            Example(2022, ("编制本报告。", "和国办公开办函〔2021〕30号编制本报告，继续落实国办公开办函〔2019〕60号关于发布时限的要求。")),
            Example(2023, ("编制本报告。", "编制本报告。《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）已予执行。")),
            Example(2023, ("编制本报告。", "编制本报告，按照国办公开办函〔2019〕61号规范政府信息公开平台。")),
            Example(2023, ("做好县政府网站栏目维护", "落实《关于支持小微企业的若干意见》（国办发〔2021〕30号），编制办事指南，做好县政府网站栏目维护")),
            Example(2023, ("编制本报告。", "和《青禾县政府信息公开工作年度报告格式（试行）》编制本报告。")),
            Example(2023, ("编制本报告。", "和县政府办公室《关于政府信息公开工作年度报告有关事项的通知》（禾政办函〔2023〕60号）编制本报告。")),
            Example(2023, ("编制本报告。", "（2019年国务院令第711号修订，原国务院令第492号）编制本报告。")),
            Example(2020, ("编制本报告。", "和国办公开办函〔2019〕60号编制本报告。")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        var citations: [(citation: Citation, paragraph: Prose)] = []
        var citesPresentForm = false
        var citesPresentRegulations = false
        for paragraph in report.lines {
            let text = paragraph.folded
            guard text.contains(signs) else { continue }
            let found = Citation.all(in: text)
            citesPresentForm = citesPresentForm || found.contains { $0.fault == nil && $0.isForm }
            citesPresentRegulations = citesPresentRegulations || text.contains("711号")
            citations += found.map { ($0, paragraph) }
        }
        let findings = citations.compactMap { citation, paragraph -> Finding? in
            switch citation.fault {
            case nil: return nil
            case .superseded where citesPresentForm: return nil
            case .oldRegulations where citesPresentRegulations: return nil
            case .some(let fault): return finding(fault, paragraph, citation.range)
            }
        }
        return .result(findings)
    }

    /// Without one of these a paragraph cites nothing that matters here.
    private static let signs: PhraseSet = ["30号", "60号", "(试行)", "492号", "711号"]

    private static func finding(_ fault: Citation.Fault, _ paragraph: Prose, _ range: Range<Int>) -> Finding {
        let quote = paragraph.folded.quote(range, in: paragraph.raw)
        let message =
            switch fault {
            case .superseded:
                Message(
                    "“\(quote)”是2019、2020年度报告的试行格式，自2021年度起已由国办公开办函〔2021〕30号代替。",
                    "“\(quote)” is the trial form of 2019 and 2020; since report year 2021 国办公开办函〔2021〕30号 stands in its place."
                )
            case .mixed:
                Message(
                    "“\(quote)”：年度报告格式的文号或标题不对，应为国办公开办函〔2021〕30号《中华人民共和国政府信息公开工作年度报告格式》。",
                    "“\(quote)”: number or title are not those of the form, which is 国办公开办函〔2021〕30号."
                )
            case .oldRegulations:
                Message(
                    "“\(quote)”是修订前的《条例》，现行《条例》为国务院令第711号，2019年5月15日起施行。",
                    "“\(quote)” are the Regulations before their revision; in force since 15 May 2019 is 国务院令第711号."
                )
            }
        return Finding(.warning, message, at: paragraph.location(range))
    }
}

/// A citation of the form or of the Regulations.
private struct Citation {
    /// What is wrong with it.
    enum Fault {
        /// The trial form as the basis.
        case superseded
        /// Number, year, letterhead or title of two notices.
        case mixed
        /// The Regulations of 2007.
        case oldRegulations
    }

    var range: Range<Int>
    var fault: Fault?
    /// Whether it cites the form of the annual report.
    var isForm: Bool

    /// The citations of a text that could be right or wrong; one a sentence and kind of fault.
    static func all(in text: FoldedText) -> [Citation] {
        var result: [Citation] = []
        func add(_ citation: Citation?) {
            guard let citation else { return }
            let sentence = text.sentence(around: citation.range.lowerBound)
            if citation.fault != nil,
                result.contains(where: { $0.fault != nil && sentence.contains($0.range.lowerBound) })
            {
                return
            }
            result.append(citation)
        }
        for number in ["30号", "60号"] as [Phrase] {
            var from = 0
            while let index = text.firstIndex(of: number, from: from) {
                from = index + 1
                add(form(numberAt: index, in: text))
            }
        }
        var from = 0
        while let index = text.firstIndex(of: trial, from: from) {
            from = index + 1
            add(trialForm(at: index, in: text))
        }
        from = 0
        while let index = text.firstIndex(of: "492号", from: from) {
            from = index + 1
            add(regulations(at: index, in: text))
        }
        return result
    }

    private static let trial: Phrase = "年度报告格式(试行)"
    /// Words that make a document the basis of something.
    private static let grounds: [Phrase] = [
        "根据", "按照", "依据", "依照", "要求", "规定", "遵照", "参照", "执行", "贯彻", "落实", "编制", "对照", "遵循",
    ]
    /// Words with which a sentence names a document of the past.
    private static let past: [Phrase] = [
        "废止", "取代", "代替", "替代", "不再", "原《", "(原", "原国", "此前", "以往", "停止", "失效", "旧", "替换", "取消", "以前",
    ]

    private static func isBasis(_ sentence: Range<Int>, _ text: FoldedText) -> Bool {
        text.containsAny(grounds, in: sentence) && !text.containsAny(past, in: sentence)
            // 2020年度报告按60号编制: the past, too.
            && !text.yearMentions(in: sentence).contains { $0.year <= 2020 }
    }

    /// The letterhead of the form; the others are what offices write instead.
    private static let letterhead: Phrase = "国办公开办函"
    private static let otherLetterheads: [Phrase] = [
        "国办发", "国办函", "国办公开函", "国办公开发", "国办公开办", "国办公开", "国公开办函", "国办公办函", "国发",
    ]
    /// Years that are written in place of the right one.
    private static let years = 2018...2025

    /// 国办公开办函〔2021〕30号 and its neighbours; `index` is where 30号 or 60号 begins.
    private static func form(numberAt index: Int, in text: FoldedText) -> Citation? {
        guard index >= 9, "])".unicodeScalars.contains(text[index - 1]), "[(".unicodeScalars.contains(text[index - 6]),
            let year = Int(text.string((index - 5)..<(index - 1))), years.contains(year)
        else { return nil }
        let isThirty = text[index] == "3"
        let sentence = text.sentence(around: index)
        let head = index - 6
        let title = title(before: head, in: sentence, text)
        if text.phrase(of: [letterhead], before: head, from: 0) != nil {
            let range = (head - letterhead.count)..<(index + 3)
            if isThirty, year == 2021 {
                let isMixed = text.containsAny([trial, "年度报告有关事项"], in: title) && !text.containsAny(past, in: sentence)
                return Citation(
                    range: isMixed ? title.lowerBound..<range.upperBound : range,
                    fault: isMixed ? .mixed : nil,
                    isForm: true
                )
            }
            if !isThirty, year == 2019 {
                return Citation(range: range, fault: isBasis(sentence, text) ? .superseded : nil, isForm: false)
            }
            guard isBasis(sentence, text), isAboutReports(sentence, text) else { return nil }
            return Citation(range: range, fault: .mixed, isForm: false)
        }
        guard isThirty && year == 2021 || !isThirty && year == 2019,
            let other = text.phrase(of: otherLetterheads, before: head, from: 0),
            isBasis(sentence, text), isAboutReports(sentence, text),
            // 《关于…的意见》（国办发〔2021〕30号）: another document, rightly numbered.
            title.isEmpty || text.containsAny(["年度报告", "信息公开"], in: title)
        else { return nil }
        return Citation(range: (head - other.count)..<(index + 3), fault: .mixed, isForm: false)
    }

    /// The words of the 《title》 that a number in brackets belongs to; empty when none stands right before it.
    private static func title(before head: Int, in sentence: Range<Int>, _ text: FoldedText) -> Range<Int> {
        let limit = max(sentence.lowerBound, head - 20)
        guard let close = (limit..<head).last(where: { text[$0] == "》" }) else { return head..<head }
        var depth = 0
        var start = close
        while start >= sentence.lowerBound {
            if text[start] == "》" { depth += 1 }
            if text[start] == "《" {
                depth -= 1
                if depth == 0 { return start..<(close + 1) }
            }
            start -= 1
        }
        return sentence.lowerBound..<(close + 1)
    }

    private static func isAboutReports(_ sentence: Range<Int>, _ text: FoldedText) -> Bool {
        text.containsAny(["年度报告", "年报", "编制"], in: sentence)
    }

    /// 年度报告格式（试行）, of the state and not of a province.
    private static func trialForm(at index: Int, in text: FoldedText) -> Citation? {
        let sentence = text.sentence(around: index)
        var start = index
        for word in ["工作", "政府信息公开", "中华人民共和国"] as [Phrase] where text.phrase(of: [word], before: start, from: 0) != nil
        {
            start -= word.count
        }
        // A province or a city may have a trial form of its own.
        let isNational =
            text.has("中华人民共和国", at: start) || start == 0 || "《<,、和及按照据".unicodeScalars.contains(text[start - 1])
        guard isNational, isBasis(sentence, text) else { return nil }
        return Citation(range: start..<(index + trial.count), fault: .superseded, isForm: false)
    }

    /// 国务院令第492号
    private static func regulations(at index: Int, in text: FoldedText) -> Citation? {
        let sentence = text.sentence(around: index)
        let near = max(sentence.lowerBound, index - 8)..<index
        guard index > 0, !text[index - 1].isASCIIDigit,
            let start = text.firstIndex(ofAny: ["国务院", "国令"], in: near), isBasis(sentence, text),
            !text.containsAny(["711", "修订", "修改"], in: sentence)
        else { return nil }
        return Citation(range: start..<(index + 4), fault: .oldRegulations, isForm: false)
    }
}
