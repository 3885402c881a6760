import ChineseText
import DocumentModel
import ReportModel

/// title.format
enum TitleFormat: Rule {
    private static let title = "青禾县水利局2023年政府信息公开工作年度报告"

    static let description = RuleDescription(
        "title.format",
        Message("标题不规范", "Unusual title"),
        .info,
        checks: Message(
            "标题应为“{机关}{年度}年政府信息公开工作年度报告”。报告以下情形：没有机关名称；没有年度，或有两个不同年度；不是“政府信息公开”（写作政务公开、政务信息公开、信息公开）；"
                + "不是“年度报告”（写作年报、报告、年报告），或字序颠倒、缺字。写“年度”、省“工作”、分行、年度在前、“年度工作报告”、“关于……的报告”以及加“（图片版）”等说明的，不报告。",
            "The title reads {body}{year}年政府信息公开工作年度报告. Reported: no body; no year, or two different ones; something other "
                + "than 政府信息公开 (政务公开, 政务信息公开, 信息公开); something other than 年度报告 (年报, 报告, 年报告), or letters swapped or "
                + "lost. Not reported: 年度 for 年, 工作 left out, two lines, the year first, 年度工作报告, 关于…的报告, a remark in "
                + "brackets."
        ),
        rationale: Message(
            "统一的标题便于公众检索和各级汇总；标题写错字、缺机关或年度，会与其他机关、其他年度或政务公开工作总结混淆。",
            "One form of title lets the public find a report and offices collect them; without body or year, or garbled, it is "
                + "taken for another body's, another year's, or another paper."
        ),
        basis: Clause.all(Clause.form2021(), Clause.practice),
        hint: Message(
            "标题写作“{机关}{年度}年政府信息公开工作年度报告”。",
            "Write the title as {body}{year}年政府信息公开工作年度报告."
        ),
        blindSpots: Message(
            "没有读到标题的不检查（见 title.missing）。网站名称、栏目名、“【年度报告】”和“- 某某网”等页面文字不算标题。格式规定的标题全文未见到原文，故只作提示。"
                + "机关名称在上一行而中间隔着发布时间等页面文字的，会被当作没有机关名称。",
            "Without a title that was read nothing is checked (see title.missing). A site's or column's name is no part of the "
                + "title. The text of the form on titles is not available to us, hence information only. A body's name in a line "
                + "above, with a page's date in between, is taken as absent."
        ),
        failing: [
            Example(2023, (title, "青禾县水利局2023年政府信息公开 工作告年度报")),
            Example(2023, (title, "2023年政府信息公开工作年度报告")),
            Example(2023, (title, "青禾县水利局政府信息公开工作年度报告")),
            Example(2023, (title, "青禾县水利局2023年政务公开工作年度报告")),
            Example(2023, (title, "青禾县水利局2023年政府信息公开年报")),
            Example(2023, (title, "青禾县水利局2023年政府信息公开工作报告")),
            Example(2023, (title, "青禾县水利局2023年信息公开年度报告")),
        ],
        passing: [
            Example(2023, (title, "青禾县水利局2023年度政府信息公开年度报告")),
            Example(2023, (title, "青禾县水利局\n2023 年政府信息公开工作年度报告")),
            Example(2023, (title, "2023年青禾县水利局政府信息公开工作年度报告（公开版）")),
            Example(2023, (title, "青禾县水利局关于2023年政府信息公开工作年度报告")),
            Example(2023, (title, "青禾县水利局2023年度政府信息公开工作报告")),
            Example(2023, (title, "青禾县水利局2023年政府信息公开年度工作报告")),
            Example(2023, (title, "【年度报告】青禾县水利局2023年政府信息公开工作年度报告 - 青禾县人民政府网")),
            Example(2023, (title, "青禾县水利局政府信息公开工作年度报告\n（2023年度）")),
        ]
    )

    static func check(_ report: AnnualReport, _ parameters: RuleParameters) -> RuleResult {
        guard let title = report.title else {
            return .notApplicable(
                Message("没有读到标题，见 title.missing。", "No title was read, see title.missing.")
            )
        }
        let parts = Parts(FoldedText(title.value), subtitle: report.preface.first?.folded)
        let faults = faults(parts)
        guard !faults.isEmpty else { return .passed }
        let hint = report.agency.flatMap { agency in
            report.year.map { year in
                Message(
                    "核对标题，统一写作“\(agency)\(year)年政府信息公开工作年度报告”。",
                    "Check the title; its form is \(agency)\(year)年政府信息公开工作年度报告."
                )
            }
        }
        return .result([
            Finding(
                .info,
                Message(
                    "标题与统一写法不同：\(faults.map(\.zh).joined(separator: "；"))。",
                    "The title differs from its form: \(faults.map(\.en).joined(separator: "; "))."
                ),
                at: Location(source: title.source, quote: title.value),
                hint: hint
            )
        ])
    }

    private static func faults(_ parts: Parts) -> [Message] {
        var faults: [Message] = []
        if !parts.namesBody { faults.append(Message("没有机关名称", "no body")) }
        switch Set(parts.years).count {
        case 0: faults.append(Message("没有年度", "no year"))
        case 1: break
        default:
            let years = parts.years.map(String.init)
            faults.append(
                Message("有两个年度（\(years.joined(separator: "、"))）", "two years (\(years.joined(separator: ", ")))")
            )
        }
        if parts.subject != "政府信息公开" {
            faults.append(
                Message("“\(parts.subject)”应为“政府信息公开”", "\(parts.subject) in place of 政府信息公开")
            )
        }
        if let ending = parts.ending {
            faults.append(Message("“\(ending)”应为“年度报告”", "\(ending) in place of 年度报告"))
        }
        return faults
    }

    /// What a title is made of.
    private struct Parts {
        /// 政府信息公开, or what stands for it.
        var subject = "政府信息公开"
        var years: [Int] = []
        var namesBody = true
        /// The last words, where they are not 年度报告.
        var ending: String?

        private static let subjects: [Phrase] = ["政府信息公开", "政务信息公开", "政务公开", "信息公开"]
        /// Words of a title that name nobody.
        private static let fillers = Array("年度关于的工作报告政府信息公开版图片全文〇".unicodeScalars)

        init(_ line: FoldedText, subtitle: FoldedText?) {
            let text = Self.withoutRemarks(line)
            years = TitleFormat.years(text.isEmpty ? line : text)
            // （2023年度） in brackets, or in a line of its own below.
            if years.isEmpty { years = TitleFormat.years(line) }
            if years.isEmpty, let subtitle, subtitle.count <= 12 { years = TitleFormat.years(subtitle) }
            guard
                let (start, phrase) = Self.subjects.lazy.compactMap({ phrase in
                    text.firstIndex(of: phrase).map { ($0, phrase) }
                }).first
            else { return }
            subject = text.string(start..<(start + phrase.count))
            let tail = text[(start + phrase.count)..<text.count]
            ending = Self.ending(tail, isAnnual: text[0..<start].contains("年度"))
            let head = text[0..<start].scalars
            let names = (head + tail.scalars).filter { $0.isHan && !$0.isChineseNumeral }
            namesBody = names.contains { !Self.fillers.contains($0) } || Self.namesBodyInBrackets(line)
        }

        /// 2023年政府信息公开工作年度报告（青禾县水利局）
        private static func namesBodyInBrackets(_ line: FoldedText) -> Bool {
            line.scalars.indices.dropFirst().contains { index in
                ")]".unicodeScalars.contains(line[index]) && bodyEnds.contains(line[index - 1])
            }
        }

        private static let bodyEnds = Array("局委办室厅府镇乡道处心会院队县市区州旗省".unicodeScalars)

        /// Nil when the report calls itself 年度报告, or says the same in another order.
        private static func ending(_ tail: FoldedText, isAnnual: Bool) -> String? {
            for annual in ["年度报告", "年度工作报告"] as [Phrase] where tail.contains(annual) { return nil }
            // 2023年度政府信息公开工作报告
            if isAnnual, tail.contains("报告") { return nil }
            return tail.isEmpty ? nil : tail.string
        }

        /// Without what stands in brackets, without quotation marks and 《》.
        private static func withoutRemarks(_ line: FoldedText) -> FoldedText {
            guard line.scalars.contains(where: { "([".unicodeScalars.contains($0) }) else { return line }
            var kept = String.UnicodeScalarView()
            var depth = 0
            for scalar in line.scalars {
                if scalar == "(" || scalar == "[" {
                    depth += 1
                } else if scalar == ")" || scalar == "]" {
                    depth = max(0, depth - 1)
                } else if depth == 0 {
                    kept.append(scalar)
                }
            }
            return FoldedText(String(kept))
        }
    }

    /// The report years that a line names: four digits 20xx that no other digit touches, also 二〇二三.
    private static func years(_ text: FoldedText) -> [Int] {
        var result: [Int] = []
        var index = 0
        while index + 4 <= text.count {
            defer { index += 1 }
            let digits = text.scalars[index..<(index + 4)]
            guard digits.first == "2" || digits.first == "二" else { continue }
            let isPlain = digits.allSatisfy(\.isASCIIDigit)
            guard isPlain || digits.allSatisfy({ ChineseNumeral.digit($0) != nil }) else { continue }
            if isPlain, index > 0, text[index - 1].isASCIIDigit { continue }
            if isPlain, index + 4 < text.count, text[index + 4].isASCIIDigit { continue }
            guard let year = isPlain ? Int(text.string(index..<(index + 4))) : ChineseNumeral.value(digits),
                (2000...2099).contains(year)
            else { continue }
            result.append(year)
        }
        return result
    }
}
