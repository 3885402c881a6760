import ChineseText
import DocumentModel
import ReportModel

/// preface.section-list
enum PrefaceSectionList: Rule {
    static let description = RuleDescription(
        "preface.section-list",
        Message("前言所列部分与正文不符", "List of sections in the preface does not match the report"),
        .info,
        checks: Message(
            "前言（或第一部分首段）列出全文各部分的，如“本报告由总体情况、主动公开政府信息情况……等六个部分组成”，与正文的六个部分对照："
                + "所列有遗漏、所称部分数与所列或正文不符、列有2019年以前旧结构的内容（收费及减免情况、咨询情况、附表等），各提示一处。"
                + "各部分名称的不同写法视为相同；以“等”字收尾、只列前几个部分的，不提示（写明六个部分、列到最后一个而中间漏了一个的除外）。",
            "Where the preface (or the first paragraph of section 1) lists the sections of the report, the list is held against the six "
                + "sections: reported are sections left out, a stated number of sections that fits neither list nor report, and items of the "
                + "structure before 2019 (fees and exemptions, enquiries, annexes). Wordings of the titles are free; a list that "
                + "breaks off with 等 is not held to be complete, unless it says six, goes on to the last section and lacks one before."
        ),
        rationale: Message(
            "前言的目录与正文对不上，说明前言沿用了旧稿或者正文有缺漏，读者也无法据此查阅。",
            "A list that does not fit shows that the preface was taken from an older report, or that something is missing."
        ),
        basis: Clause.all(Clause.regulations(50), Clause.practice),
        hint: Message(
            "按正文实际的六个部分改正前言的列举和部分数。",
            "Make the list and the number in the preface those of the six sections."
        ),
        blindSpots: Message(
            "前言没有列举各部分的不适用。只按名称判断，不比较次序；正文缺少法定部分见 section.missing。",
            "Not applicable without a list. Names alone are compared, not their order; for sections missing in the report see section.missing."
        ),
        failing: [
            Example(
                2023,
                ("编制本报告。", "编制本报告。本报告由总体情况、主动公开政府信息情况、政府信息公开行政复议和行政诉讼情况、存在问题及改进情况、其他需要报告的事项等六部分组成。")
            ),
            Example(
                2023,
                ("编制本报告。", "编制本报告。全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况共5个部分。")
            ),
            Example(
                2023,
                (
                    "编制本报告。",
                    "编制本报告。本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项七个部分组成。"
                )
            ),
            Example(
                2021,
                ("编制本报告。", "编制本报告。本报告由概述、主动公开政府信息情况、政府信息依申请公开办理情况、政府信息公开的收费及减免情况、存在的主要问题和改进情况等部分组成。")
            ),
        ],
        passing: [
            Example(
                2023,
                (
                    "编制本报告。",
                    "编制本报告。本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成。"
                )
            ),
            Example(
                2023,
                (
                    "编制本报告。",
                    "编制本报告。全文由“基本情况”“行政机关主动公开政府信息情况”“行政机关收到和处理政府信息公开申请情况”“因政府信息公开工作被申请行政复议、提起行政诉讼情况”“政府信息公开工作存在的问题及改进措施”“其他报告事项”等6部分内容组成。"
                )
            ),
            Example(2023, ("编制本报告。", "编制本报告。报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分。")),
            Example(
                2023,
                (
                    "编制本报告。",
                    "编制本报告。全文分为六个部分：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；四、行政复议、行政诉讼情况；五、问题及改进情况；六、其他事项。"
                )
            ),
            Example(2023, ("编制本报告。", "编制本报告。现将主动公开、依申请公开、存在问题等方面的情况报告如下。")),
            Example(2023, ("工作平稳有序。", "工作平稳有序，重点抓好主动公开、依申请公开、平台建设、监督保障四个方面。")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        let paragraphs = report.preface + (report.section(1)?.paragraphs.prefix(1) ?? [])
        for paragraph in paragraphs {
            guard let list = SectionList(in: paragraph.folded) else { continue }
            return .result(
                fault(of: list, report, paragraph.folded).map {
                    [Finding(.info, $0, at: paragraph.location(list.range))]
                } ?? []
            )
        }
        return .notApplicable(Message("前言没有列举报告的各个部分。", "The preface does not list the sections."))
    }

    private static func fault(of list: SectionList, _ report: AnnualReport, _ text: FoldedText) -> Message? {
        if let old = list.oldItem {
            return Message(
                "前言所列的“\(old)”属于2019年以前的报告结构，统一格式没有这一部分。",
                "“\(old)” in the preface belongs to the structure before 2019; the form has no such section."
            )
        }
        let left = Set(report.sections.map(\.number)).subtracting(list.sections).sorted()
        // With 等 a list may stop early; one that goes on to the last section has left out what is not in it.
        let isWhole = !list.breaksOff || list.number == 6 && list.sections.contains(6) && left.count == 1
        if !left.isEmpty, isWhole {
            let names = left.map(SectionName.title)
            let stated = list.number.map { "（称\($0)个部分）" } ?? ""
            let statedEnglish = list.number.map { " (which speaks of \($0) sections)" } ?? ""
            return Message(
                "前言的列举\(stated)没有正文已有的部分：\(names.joined(separator: "；"))。",
                "The list in the preface\(statedEnglish) lacks sections that the report has: “\(names.joined(separator: "”, “"))”."
            )
        }
        guard let number = list.number, number != 6, left.isEmpty || !list.breaksOff,
            list.sections.count == 6 || number > 6,
            !hasHeading(number, report)
        else { return nil }
        return Message(
            "前言称报告有\(number)个部分，统一格式为六个部分，正文也没有第\(number)部分。",
            "The preface speaks of \(number) sections; the form has six, and the report has no section \(number)."
        )
    }

    /// 七、…: a section that the form does not know, but the preface does.
    private static func hasHeading(_ number: Int, _ report: AnnualReport) -> Bool {
        guard number > 6 else { return false }
        let prefixes = [Phrase(ChineseNumeral.text(number) + "、"), Phrase("\(number)、")]
        return report.lines.contains { line in prefixes.contains { line.folded.hasPrefix($0) } }
    }
}

/// A list of the report's sections in running text.
private struct SectionList {
    /// From the first item to the end of the list.
    var range: Range<Int>
    /// The sections it names.
    var sections: Set<Int>
    /// How many it says there are.
    var number: Int?
    /// Whether it ends with 等.
    var breaksOff: Bool
    /// An item of the structure before 2019.
    var oldItem: String?

    private static let openings: [Phrase] = ["由", "包括", "包含", "分为", "分", "涵盖", "内容为", "有", ":"]
    private static let closings: [Phrase] = ["组成", "构成", "部分", "部份", "方面"]
    /// What makes a list one of the report's sections.
    private static let wholes: PhraseSet = ["组成", "构成", "部分", "部份", "全文", "本报告", "年报", "报告内容", "报告包括", "报告全文"]
    private static let middleItems: PhraseSet = ["主动公开", "处理政府", "申请"]
    private static let firstItems: [Phrase] = ["总体情况", "总体概况", "总体概述", "基本情况", "概述", "主动公开政府信息", "主动公开情况"]
    private static let oldItems: [Phrase] = [
        "收费及减免", "收费和减免", "收费、减免", "咨询处理", "咨询情况", "咨询和投诉", "费用支出", "支出和收费", "附表", "不予公开政府信息的情况", "指标统计",
    ]

    /// The first list of at least four sections — fewer may be anything.
    init?(in text: FoldedText) {
        guard text.contains(Self.wholes), text.contains(Self.middleItems) else { return nil }
        var from = 0
        while let start = text.firstIndex(ofAny: Self.firstItems, in: from..<text.count) {
            let sentence = Self.bounds(start, text)
            if let list = Self.read(start, sentence, text) {
                self = list
                return
            }
            from = max(sentence.upperBound, start + 1)
        }
        return nil
    }

    private init(range: Range<Int>, sections: Set<Int>, number: Int?, breaksOff: Bool, oldItem: String?) {
        self.range = range
        self.sections = sections
        self.number = number
        self.breaksOff = breaksOff
        self.oldItem = oldItem
    }

    /// Up to the full stops: a list may be set with semicolons.
    private static func bounds(_ index: Int, _ text: FoldedText) -> Range<Int> {
        var start = index
        while start > 0, index - start < 120, text[start - 1] != "。" { start -= 1 }
        var end = index
        while end < text.count, end - index < 400, text[end] != "。" { end += 1 }
        return start..<end
    }

    private static func read(_ start: Int, _ sentence: Range<Int>, _ text: FoldedText) -> SectionList? {
        guard text.contains(wholes, in: sentence),
            text.containsAny(openings, in: max(sentence.lowerBound, start - 12)..<start)
                || text.containsAny(closings, in: start..<sentence.upperBound)
        else { return nil }
        let end = text.firstIndex(ofAny: closings, in: start..<sentence.upperBound) ?? sentence.upperBound
        let items = split(start..<end, text)
        let sections = sections(namedBy: items, text)
        let range = start..<end
        let old = oldItems.first { text.contains($0, in: range) }
        guard
            sections.count >= 4 || sections.count >= 3 && old != nil
                || sections.count >= 2 && number(in: sentence, text) == 6
        else { return nil }
        return SectionList(
            range: range,
            sections: sections,
            number: number(in: sentence, text),
            breaksOff: text.contains("等", in: max(start, end - 8)..<end),
            oldItem: old.flatMap { text.firstIndex(of: $0, from: start, before: end) }.map {
                item(at: $0, in: range, text)
            }
        )
    }

    private static func sections(namedBy items: [Range<Int>], _ text: FoldedText) -> Set<Int> {
        var sections = items.reduce(into: Set<Int>()) { $0.formUnion(SectionTitle.sections(namedBy: text[$1])) }
        // 行政复议、行政诉讼情况 is one title: up to three items in a row are tried as one, while there is one to be found.
        for first in items.indices {
            for last in first + 1..<max(first + 1, min(first + 3, items.count)) {
                if joinable.isSubset(of: sections) { return sections }
                let named = SectionTitle.sections(namedBy: text[items[first].lowerBound..<items[last].upperBound])
                if joinable.isSuperset(of: named) { sections.formUnion(named) }
            }
        }
        return sections
    }

    /// The sections whose titles are lists themselves.
    private static let joinable: Set = [3, 4, 5]

    /// The whole item round a position.
    private static func item(at index: Int, in range: Range<Int>, _ text: FoldedText) -> String {
        let ends = "、,;\"".unicodeScalars
        var start = index
        while start > range.lowerBound, !ends.contains(text[start - 1]) { start -= 1 }
        let end = (index..<range.upperBound).first { ends.contains(text[$0]) } ?? range.upperBound
        return text.string(start..<end)
    }

    private static let separators = Array("、,;:\"和及与()".unicodeScalars)

    private static func split(_ range: Range<Int>, _ text: FoldedText) -> [Range<Int>] {
        var items: [Range<Int>] = []
        var start = range.lowerBound
        for index in range {
            guard separators.contains(text[index]) else { continue }
            if index > start { items.append(start..<index) }
            start = index + 1
        }
        if start < range.upperBound { items.append(start..<range.upperBound) }
        return items
    }

    private static let parts: [Phrase] = ["部分", "部份", "方面"]

    /// 六个部分, 6部分, 六大部分, 六个方面
    private static func number(in sentence: Range<Int>, _ text: FoldedText) -> Int? {
        for word in parts {
            var from = sentence.lowerBound
            while var end = text.firstIndex(of: word, from: from, before: sentence.upperBound) {
                from = end + 1
                if end > sentence.lowerBound, "个大项".unicodeScalars.contains(text[end - 1]) { end -= 1 }
                var start = end
                while start > sentence.lowerBound, end - start < 2,
                    text[start - 1].isASCIIDigit || text[start - 1].isChineseNumeral
                {
                    start -= 1
                }
                guard start < end else { continue }
                let digits = text.scalars[start..<end]
                let value =
                    digits.allSatisfy(\.isASCIIDigit) ? Int(text.string(start..<end)) : ChineseNumeral.value(digits)
                if let value, (3...12).contains(value) { return value }
            }
        }
        return nil
    }
}
