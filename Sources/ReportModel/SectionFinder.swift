import ChineseText
import DocumentModel

/// How the heading of a section is numbered.
public enum HeadingNumber: Sendable, Hashable {
    /// `一、` as the form prints it.
    case chinese(Int)
    /// `1、` or `1.`
    case arabic(Int)
    /// `（一）`: a sub-heading, unless the whole report numbers its sections so.
    case bracketed(Int)
    /// No number.
    case none

    /// The number, when there is one.
    public var value: Int? {
        switch self {
        case .chinese(let number), .arabic(let number), .bracketed(let number): number
        case .none: nil
        }
    }
}

/// A section heading found in the stream.
struct Heading: Sendable {
    var section: Int
    var number: HeadingNumber
    /// The first and last piece of the heading (a heading may be broken over two lines).
    var pieces: ClosedRange<Int>
    /// The heading as the document has it.
    var text: String
    /// The title without number.
    var title: String
    /// Where body text begins in the folded heading piece, when it goes on in the same line.
    var bodyStart: Int?
}

/// Tells which section a title names, in all the wordings that offices use for it.
public enum SectionTitle {
    /// The sections (1…6) that words of running text, say an item of a list, can name; mostly one or none.
    public static func sections(namedBy words: FoldedText) -> [Int] {
        guard words.count <= 42 else { return [] }
        let title = SectionFinder.Title(words)
        guard title.han.count >= 2 else { return [] }
        return (1...6).filter { SectionFinder.names(title, $0) }
    }
}

/// Finds the six sections by the words of their titles. Numbers do not decide: offices misnumber, and the same words stand
/// in the preface's list, in sub-headings and in tables of contents.
struct SectionFinder {
    let stream: PieceStream

    private struct Candidate {
        var heading: Heading
        var score: Int
    }

    /// A section's title in a piece.
    private struct Place: Hashable {
        var section, piece: Int

        init(_ heading: Heading) {
            section = heading.section
            piece = heading.pieces.lowerBound
        }

        /// Where the text below a numbered heading begins, which may say the title once more.
        init?(repeating heading: Heading) {
            guard heading.bodyStart == nil else { return nil }
            switch heading.number {
            case .chinese(heading.section), .arabic(heading.section): break
            default: return nil
            }
            section = heading.section
            piece = heading.pieces.upperBound + 1
        }
    }

    /// The headings, at most one a section, in document order.
    func find() -> [Heading] {
        var candidates = self.candidates()
        var starts = [UInt8](repeating: 0, count: stream.pieces.count)
        for candidate in candidates {
            starts[candidate.heading.pieces.lowerBound] |= Self.bit(candidate.heading.section)
        }
        var contexts: [Int] = []
        for index in candidates.indices {
            contexts.append(contextScore(candidates[index].heading, starts))
            candidates[index].score += contexts[index]
        }
        let repetitions = Set(candidates.compactMap { Place(repeating: $0.heading) })
        let bracketed = usableBracketed(candidates)
        candidates = zip(candidates, contexts).filter { candidate, context in
            switch candidate.heading.number {
            case .bracketed: return bracketed
            case .arabic(let number) where number != candidate.heading.section:
                // 1.主动公开情况。… is a sub-heading of section 一, unless the table of section 二 follows.
                guard candidate.heading.bodyStart == nil, candidate.heading.section > 1 else { return false }
                return candidate.heading.section > 4 || context >= 6
            // 五、存在的主要问题及改进情况⏎存在的主要问题及改进情况：1.… repeats the heading, and is none.
            case .none: return !repetitions.contains(Place(candidate.heading))
            case .arabic, .chinese: return true
            }
        }.map(\.0)
        var found = choose(candidates)
        if found.count >= 3 {
            for section in 1...6 where !found.contains(where: { $0.section == section }) {
                if let heading = oddHeading(section, among: found) { found.append(heading) }
            }
        }
        return found.sorted { $0.pieces.lowerBound < $1.pieces.lowerBound }
    }

    // MARK: - Candidates

    private func candidates() -> [Candidate] {
        var result: [Candidate] = []
        var index = 0
        while index < stream.pieces.count {
            let piece = stream.pieces[index]
            var last = index
            var text = piece.raw
            var folded = piece.folded
            if let row = piece.row {
                // Headings set in a cell, or split at a tab after the number: a row with next to nothing else in it.
                let range = stream.rows[row]
                guard index == range.lowerBound else {
                    index += 1
                    continue
                }
                last = range.upperBound - 1
                // Nearly all rows have more.
                guard let filled = oneOrTwoFilled(range) else {
                    index = last + 1
                    continue
                }
                text = stream.pieces[filled.first].raw
                folded = stream.pieces[filled.first].folded
                if let second = filled.second {
                    text += stream.pieces[second].raw
                    folded = FoldedText(text)
                }
            }
            var matches = Self.match(folded)
            if matches.isEmpty, piece.row == nil, folded.count <= 24, index + 1 < stream.pieces.count,
                stream.pieces[index + 1].row == nil,
                // No title goes on with a number.
                !stream.pieces[index + 1].folded.scalars.allSatisfy(\.isASCIIDigit),
                stream.pieces[index + 1].folded.count <= (folded.count <= 4 ? 30 : 16),
                Self.enumerator(folded).number != .none
            {
                // 四、政府信息公开行政复议、⏎行政诉讼情况
                let joined = text + stream.pieces[index + 1].raw
                matches = Self.match(FoldedText(joined)).filter { $0.bodyStart == nil }
                if !matches.isEmpty {
                    text = joined
                    last = index + 1
                }
            }
            for match in matches {
                let heading = Heading(
                    section: match.section,
                    number: match.number,
                    pieces: index...last,
                    text: match.bodyStart.map { piece.folded.quote(0..<min($0, piece.folded.count), in: piece.raw) }
                        ?? text.trimmingBlanks(),
                    title: match.title,
                    bodyStart: match.bodyStart
                )
                result.append(Candidate(heading: heading, score: match.score))
            }
            index = piece.row == nil ? index + 1 : last + 1
        }
        return result
    }

    /// The cells of a row that are not empty, when it has one or two of them.
    private func oneOrTwoFilled(_ row: Range<Int>) -> (first: Int, second: Int?)? {
        var filled: (first: Int, second: Int?)?
        for index in row where !stream.pieces[index].folded.isEmpty {
            if filled?.second != nil { return nil }
            filled = filled.map { ($0.first, index) } ?? (index, nil)
        }
        return filled
    }

    struct Match {
        var section: Int
        var number: HeadingNumber
        var title: String
        var score: Int
        var bodyStart: Int?
    }

    private static let headingMarks = Array("#*=_●·◆■▪▶►➤★◎".unicodeScalars)
    /// Signs that end a title and begin its text.
    private static let titleEnds = Array("。:;!".unicodeScalars)
    /// Signs behind a title that are no part of it.
    private static let titleTrail = Array("、,.·-".unicodeScalars)

    /// The sections whose heading this line can be.
    static func match(_ folded: FoldedText) -> [Match] {
        guard mayBegin(folded) else { return [] }
        var line = folded
        // Marks of Markdown and bullets round a heading.
        while let first = line.scalars.first, headingMarks.contains(first) { line = line[1..<line.count] }
        let lead = folded.count - line.count
        while let last = line.scalars.last, headingMarks.contains(last) { line = line[0..<(line.count - 1)] }
        let (number, start) = enumerator(line)
        guard start < line.count else { return [] }
        // Without a number, a line that ends or goes on like a sentence is one.
        if number == .none, line.has("。") { return [] }
        if let match = runInHeading(line, number, start, lead: lead) { return [match] }
        // The title ends where a sentence begins.
        let end = line.scalars[start...].firstIndex(where: titleEnds.contains) ?? line.count
        var titleEnd = end
        while titleEnd > start, titleTrail.contains(line[titleEnd - 1]) { titleEnd -= 1 }
        guard titleEnd > start, titleEnd - start <= 42 else { return [] }
        let hasBody = end < line.count - 1
        if number == .none, hasBody { return [] }
        var numbered: Int?
        if case .chinese(let value) = number { numbered = value }
        guard numbered != nil || line.contains(titleWords, in: start..<titleEnd) else { return [] }
        let title = Title(line[start..<titleEnd])
        guard title.han.count >= 2, title.han.count <= 8 || title.text.contains(titleWords) else { return [] }
        // Without a number only the exact title is a heading: 无其他需要报告的事项 is a sentence, 行政复议 a table's header.
        // 一总体情况: where the 、 got lost, 一是主动公开… looks the same; only the exact title is a heading then.
        let mustBeExact = number == .none || start > 0 && line[start - 1].isChineseNumeral
        var result: [Match] = []
        for section in 1...6 where !mustBeExact || isExactTitle(title, section) {
            // A bracketed number of another section outweighs all words.
            if case .bracketed(let value) = number, value != section { continue }
            let known = titleScore(title, section)
            // Words too few or misspelt for a heading of their own are one behind the right number.
            let weak = numbered == section && !hasBody && isShortTitle(title, section) ? 2 : nil
            guard var score = known ?? weak else { continue }
            switch number {
            case .chinese(let value): score += value == section ? 8 : 4
            case .arabic(let value): score += value == section ? 6 : -6
            case .bracketed, .none: break
            }
            if hasBody { score -= 2 }
            // 一、总体情况1: an entry of a table of contents with its page.
            if line[titleEnd - 1].isASCIIDigit { score -= 6 }
            guard score > 0 else { continue }
            result.append(
                Match(
                    section: section,
                    number: number,
                    title: title.text.string,
                    score: score,
                    bodyStart: hasBody ? end + 1 + lead : nil
                )
            )
        }
        return result
    }

    /// 一、总体情况 2023年，…: heading and text in one line with nothing but a blank or another type between them. Only an exact
    /// title behind its own number is one, with a sentence behind it that does not go on with the title.
    private static func runInHeading(_ line: FoldedText, _ number: HeadingNumber, _ start: Int, lead: Int) -> Match? {
        guard case .chinese(let section) = number, (1...6).contains(section) else { return nil }
        let known = titles[section - 1].filter { line.has($0, at: start) }.map(\.count)
        guard let length = known.max(), start + length < line.count else { return nil }
        let end = start + length
        let body = line[end..<line.count]
        let first = body[0]
        let beginsItem = first == "(" && enumerator(body).number != .none
        guard first.isHan || first.isASCIIDigit || beginsItem || first == "\"" || first == "《" else { return nil }
        guard !titleContinuations.contains(where: { body.hasPrefix($0) }) else { return nil }
        // 一、总体情况二、主动公开政府信息情况…等六个部分: a list.
        if case .chinese = enumerator(body).number { return nil }
        guard body.has("。") || emptyBodies.contains(where: { body.hasPrefix($0) }) else { return nil }
        return Match(
            section: section,
            number: number,
            title: line[start..<end].string,
            score: 16,
            bodyStart: end + lead
        )
    }

    /// How a longer title than the known one goes on, or a sentence that only begins with its words.
    private static let titleContinuations: [Phrase] = [
        "及", "和", "与", "以及", "的", "表", "统计", "说明", "汇总", "一览", "如下", "为", "是", "有", "方面", "部分", "中", "下", "上", "良好",
        "较",
    ]
    /// All that a section of nothing has.
    private static let emptyBodies: [Phrase] = ["无", "暂无", "没有"]

    /// The number in front of a heading and where the title begins.
    static func enumerator(_ line: FoldedText) -> (number: HeadingNumber, start: Int) {
        // Nearly every line begins with a word.
        guard let first = line.scalars.first, first.isASCIIDigit || first.isChineseNumeral || openings.contains(first)
        else { return (.none, 0) }
        var index = 0
        var opened = false
        if index < line.count, line[index] == "(" || line[index] == "[" {
            opened = true
            index += 1
        }
        let isOrdinal = index < line.count && line[index] == "第"
        if isOrdinal { index += 1 }
        let digitsStart = index
        while index < line.count, index - digitsStart < 3, line[index].isChineseNumeral || line[index].isASCIIDigit {
            index += 1
        }
        guard index > digitsStart, index < line.count else { return (.none, 0) }
        let digits = line.scalars[digitsStart..<index]
        let isArabic = digits.allSatisfy(\.isASCIIDigit)
        let number =
            isArabic ? digits.reduce(0) { $0 * 10 + Int($1.value - 0x30) } : ChineseNumeral.value(digits)
        guard let value = number else { return (.none, 0) }
        func skip(while isMark: (Unicode.Scalar) -> Bool) {
            while index < line.count, isMark(line[index]) { index += 1 }
        }
        var isBracketed = opened
        if line[index] == ")" || line[index] == "]" {
            isBracketed = true
            index += 1
            if index < line.count, line[index] == "、" || line[index] == "." { index += 1 }
        } else if line.has(Self.part, at: index) {
            index += 2
            skip { isPoint($0) || $0 == ":" }
        } else if isOrdinal, line[index] == "章" || line[index] == "节" {
            index += 1
            skip { isPoint($0) || $0 == ":" }
        } else if isPoint(line[index]) || otherPoints.contains(line[index]) {
            index += 1
            skip(while: isPoint)
        } else if opened || digitsStart > 0 {
            return (.none, 0)
        } else if !isArabic, line[index] == "?", index + 1 < line.count {
            // LibreOffice writes the 、 of an automatic number into RTF as a question mark.
            index += 1
        } else if isArabic, index < line.count, line[index].isASCIIDigit || line[index] == "年" {
            return (.none, 0)
        } else if !line[index].isHan {
            return (.none, 0)
        } else if isArabic || value > 6 || digits.count > 1 {
            return (.none, 0)
        }
        if isBracketed { return (.bracketed(value), index) }
        return (isArabic ? .arabic(value) : .chinese(value), index)
    }

    private static let openings = Array("([第".unicodeScalars)
    private static let part: Phrase = "部分"
    private static let otherPoints = Array(":·?\u{FFFD}".unicodeScalars)

    private static func isPoint(_ scalar: Unicode.Scalar) -> Bool { scalar == "、" || scalar == "." || scalar == "," }

    // MARK: - Titles

    private static let titles: [[Phrase]] = [
        ["总体情况", "基本情况", "总体概况", "基本概况", "整体情况", "工作概述", "概述"],
        ["主动公开政府信息情况", "主动公开政府信息的情况", "政府信息主动公开情况", "主动公开情况", "主动公开信息情况", "政府主动公开信息情况"],
        [
            "收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请的情况", "收到及处理政府信息公开申请情况", "政府信息公开申请情况",
            "依申请公开政府信息情况", "依申请公开情况", "收到和处理政府信息申请情况", "依申请公开政府信息办理情况", "政府信息依申请公开情况",
        ],
        [
            "政府信息公开行政复议、行政诉讼情况", "政府信息公开行政复议和行政诉讼情况", "政府信息公开行政复议行政诉讼情况",
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况", "政府信息公开工作被申请行政复议、提起行政诉讼情况", "行政复议、行政诉讼情况", "复议、诉讼情况",
            "政府信息公开被申请行政复议提起行政诉讼情况",
        ],
        [
            "存在的主要问题及改进情况", "存在主要问题及改进情况", "存在的主要问题和改进情况", "存在的问题及改进情况", "存在的主要问题及整改措施", "存在的主要问题和改进措施",
            "存在的主要问题及改进措施", "工作中存在的主要问题及改进措施", "政府信息公开工作存在的主要问题和改进措施", "存在问题及改进措施", "存在的不足及改进情况",
        ],
        ["其他需要报告的事项", "其他报告事项", "其他需要说明的事项", "其它需要报告的事项", "其他事项", "需要报告的其他事项", "需要说明的其他事项"],
    ]

    /// Words that may be the title of a section.
    struct Title {
        let text: FoldedText
        /// Its Han characters.
        let han: [Unicode.Scalar]
        let sketch: CharacterSketch

        init(_ text: FoldedText) {
            self.text = text
            han = text.han()
            sketch = CharacterSketch(han)
        }
    }

    /// How well a title fits a section; nil when its words are not there.
    private static func titleScore(_ title: Title, _ section: Int) -> Int? {
        if isWholeTitle(title, section) { return 10 }
        let title = title.text
        switch section {
        case 1: return title.contains(overviewWords) ? 6 : nil
        case 2:
            guard title.contains(disclosed), title.contains(disclosureWords), !title.contains(application) else {
                return nil
            }
            return 5
        case 3:
            guard title.contains(application), title.contains(handlingWords) else { return nil }
            return title.contains(otherTableWords) ? nil : 5
        case 4: return title.contains(reconsideration) && title.contains(litigation) ? 6 : nil
        case 5:
            let problem = title.contains(problemWords)
            if problem && title.contains(remedyWords) { return 7 }
            return problem && title.contains(existing) ? 5 : nil
        case 6:
            guard title.contains(otherWords), title.contains(matterWords) else { return nil }
            return title.contains(resultWords) ? nil : 5
        default: return nil
        }
    }

    /// Whether words name a section, as a heading or cut short.
    fileprivate static func names(_ title: Title, _ section: Int) -> Bool {
        titleScore(title, section) != nil || isShortTitle(title, section)
    }

    /// No section title is without one of these: a quick way to pass over nearly every line.
    private static let titleWords: PhraseSet = ["情况", "概况", "概述", "公开", "复议", "问题", "不足", "其他", "其它", "事项", "措施"]
    private static let overviewWords: PhraseSet = ["总体情况", "基本情况", "总体概况", "基本概况", "整体情况", "总体工作情况", "概述"]
    private static let disclosed: Phrase = "主动公开"
    private static let disclosureWords: PhraseSet = ["情况", "信息"]
    private static let application: Phrase = "申请"
    private static let handlingWords: PhraseSet = ["收到", "处理", "办理", "受理", "依申请", "公开申请"]
    private static let otherTableWords: PhraseSet = ["复议", "诉讼", "数量", "本年新收", "上年结转"]
    private static let reconsideration: Phrase = "复议"
    private static let litigation: Phrase = "诉讼"
    private static let existing: Phrase = "存在"
    private static let problemWords: PhraseSet = ["问题", "不足", "困难"]
    private static let remedyWords: PhraseSet = ["改进", "整改", "措施", "打算", "下一步", "下步", "努力方向", "工作思路"]
    private static let otherWords: PhraseSet = ["其他", "其它"]
    private static let matterWords: PhraseSet = ["事项", "报告", "说明", "情况"]
    private static let resultWords: PhraseSet = ["处理", "公开申请"]

    /// The Han characters of the ``titles`` of a section.
    private struct Wordings {
        let han: [[Unicode.Scalar]]
        /// What tells of nearly every title that it is another one, without looking at it.
        private let outlines: [(count: Int, sketch: CharacterSketch)]

        init(_ titles: [Phrase]) {
            han = titles.map { $0.scalars.filter(\.isHan) }
            outlines = han.map { ($0.count, CharacterSketch($0)) }
        }

        /// Whether a title is one of them but for as many characters as `limit` says for its length; nil for none at all.
        func contains(_ title: Title, limit: (Int) -> Int?) -> Bool {
            for (number, outline) in outlines.enumerated() {
                guard let limit = limit(outline.count), abs(outline.count - title.han.count) <= limit,
                    !outline.sketch.isFurther(from: title.sketch, than: limit)
                else { continue }
                if EditDistance.distance(han[number], title.han, limit: limit) <= limit { return true }
            }
            return false
        }
    }

    private static let wordings = titles.map(Wordings.init)

    /// The Han characters that the usual wordings and numbers begin with.
    private static let beginnings = PhraseSet(
        (Set(wordings.flatMap(\.han).compactMap(\.first)).sorted() + ["第"]).map { Phrase(String(Character($0))) }
    )

    /// Whether a line may be a heading by its first character: nearly every line of a text begins with another one.
    private static func mayBegin(_ line: FoldedText) -> Bool {
        guard let first = line.scalars.first else { return false }
        // Numbers stand by themselves where a table lost its rows.
        if !first.isHan { return line.scalars.contains(where: \.isHan) }
        return first.isChineseNumeral || beginnings.stands(at: 0, in: line)
    }

    /// The whole title is one of the usual wordings.
    private static func isExactTitle(_ title: Title, _ section: Int) -> Bool {
        wordings[section - 1].han.contains(title.han)
    }

    /// The whole title is one of the usual wordings, give or take a character.
    private static func isWholeTitle(_ title: Title, _ section: Int) -> Bool {
        wordings[section - 1].contains(title) { $0 < 6 ? 0 : $0 < 10 ? 1 : 2 }
    }

    /// Headings cut short; they count only behind the Chinese number of their section.
    private static let shortTitles: [[[Unicode.Scalar]]] =
        ([
            ["工作开展情况", "开展情况", "工作情况", "工作概况", "概况", "总体工作", "工作综述", "综述", "年度工作情况", "工作总体情况"],
            ["主动公开", "主动公开工作", "主动公开信息", "公开情况"],
            ["依申请公开", "申请公开", "申请公开情况", "依申请公开工作"],
            ["复议诉讼", "行政复议诉讼", "行政复议", "行政复议与诉讼", "复议和诉讼", "复议诉讼情况"],
            ["问题与改进", "问题和改进", "问题及改进", "存在问题", "存在的问题", "主要问题", "不足与改进", "改进措施"],
            ["其他", "其它", "其他情况", "其他说明", "其他报告"],
        ] as [[Phrase]]).map { $0.map { $0.scalars.filter(\.isHan) } }

    /// One of the short headings, or a usual one with one wrong character (总休情况).
    private static func isShortTitle(_ title: Title, _ section: Int) -> Bool {
        if shortTitles[section - 1].contains(title.han) { return true }
        return wordings[section - 1].contains(title) { $0 >= 4 && $0 == title.han.count ? 1 : nil }
    }

    // MARK: - Odd headings

    /// Words of which an odd heading has one; a heading without any is of another paper.
    private static let oddWords: [[Phrase]] = [
        ["工作", "情况", "概", "总", "公开"], ["公开", "发布", "信息"], ["申请", "公开", "办理"], ["复议", "诉讼", "争议"],
        ["问题", "不足", "改进", "措施", "困难", "短板", "打算", "计划", "下一步", "整改", "建议"], ["其", "需要", "事项", "补充", "说明"],
    ]

    /// The heading of a section that no words told: a short line with the right Chinese number where the section must stand,
    /// between its neighbours, in front of its table — when there is exactly one.
    private func oddHeading(_ section: Int, among found: [Heading]) -> Heading? {
        let before = found.first { $0.section == section - 1 }
        let after = found.first { $0.section == section + 1 }
        guard section == 1 || before != nil, section == 6 || after != nil else { return nil }
        let start = before.map { $0.pieces.upperBound + 1 } ?? 0
        let end = after?.pieces.lowerBound ?? stream.pieces.count
        guard start < end else { return nil }
        var result: Heading?
        for index in start..<end where stream.pieces[index].row == nil {
            let piece = stream.pieces[index]
            guard piece.folded.count <= 24,
                !piece.folded.scalars.contains(where: { "。;,:".unicodeScalars.contains($0) }),
                !ApplicationsReader.isRowLabel(piece.folded)
            else { continue }
            var line = piece.folded
            while let first = line.scalars.first, Self.headingMarks.contains(first) { line = line[1..<line.count] }
            let (number, titleStart) = Self.enumerator(line)
            guard number == .chinese(section), titleStart < line.count else { continue }
            let title = line[titleStart..<line.count]
            guard title.containsAny(Self.oddWords[section - 1]) else { continue }
            guard result == nil else { return nil }
            result = Heading(
                section: section,
                number: number,
                pieces: index...index,
                text: piece.raw.trimmingBlanks(),
                title: title.string,
                bodyStart: nil
            )
        }
        guard let result else { return nil }
        if (2...4).contains(section) {
            let rest = (result.pieces.upperBound + 1)..<end
            guard rest.prefix(40).contains(where: { isTableMark(stream.pieces[$0].folded, section) }) else {
                return nil
            }
        }
        return result
    }

    // MARK: - Choice

    private static func bit(_ section: Int) -> UInt8 { 1 << UInt8(section) }

    /// A heading is followed by its text or its table; an entry of a list of sections is followed by the next entry. `starts`
    /// has the sections whose headings may begin at a piece, a bit each.
    private func contextScore(_ heading: Heading, _ starts: [UInt8]) -> Int {
        if heading.bodyStart != nil { return 4 }
        let next = heading.pieces.upperBound + 1
        guard next < stream.pieces.count else { return heading.section == 6 ? 0 : -6 }
        // The first row of a table may repeat the heading above it.
        func isOther(_ index: Int) -> Bool {
            guard starts[index] != 0 else { return false }
            return starts[index] != Self.bit(heading.section) || stream.pieces[index].row == nil
        }
        var score = 0
        if isOther(next) { score -= 6 }
        if (2...4).contains(heading.section) {
            var index = next
            var seen = 0
            while index < stream.pieces.count, seen < 40 {
                if index > next, isOther(index) { break }
                let folded = stream.pieces[index].folded
                if !folded.isEmpty {
                    seen += 1
                    if isTableMark(folded, heading.section) {
                        score += 12
                        break
                    }
                }
                index += 1
            }
        } else if starts[next] == 0 {
            score += 3
        }
        return score
    }

    private static let disclosureMarks: [Phrase] = ["第二十条", "信息内容", "规章"]
    private static let applicationMarks: [Phrase] = ["勾稽关系", "申请人情况"]

    private func isTableMark(_ folded: FoldedText, _ section: Int) -> Bool {
        switch section {
        case 2: folded.count <= 30 && folded.containsAny(Self.disclosureMarks)
        case 3: folded.containsAny(Self.applicationMarks) || ApplicationsReader.isRowLabel(folded)
        default: DisputesReader.isHeader(folded)
        }
    }

    /// （一）总体情况 … （六）其他…: a report that brackets its own sections, all of them, each with its own number.
    private func usableBracketed(_ candidates: [Candidate]) -> Bool {
        var bracketed: Set<Int> = []
        var plain: Set<Int> = []
        for candidate in candidates {
            if case .bracketed(let number) = candidate.heading.number {
                if number == candidate.heading.section { bracketed.insert(number) }
            } else {
                plain.insert(candidate.heading.section)
            }
        }
        return bracketed.count >= 5 && plain.isEmpty
    }

    /// The likeliest candidates of each section: a page of headings must not cost the square of its length.
    private func likeliest(_ candidates: [Candidate]) -> [Candidate] {
        guard candidates.count > Self.mostCandidates else { return candidates }
        return (1...6).flatMap { section in
            candidates.filter { $0.heading.section == section }.sorted { $0.score > $1.score }
                .prefix(Self.mostCandidates)
        }
    }

    private static let mostCandidates = 24

    /// The best candidate of each section: first the best set that stands in order, then what is left outside of it.
    private func choose(_ candidates: [Candidate]) -> [Heading] {
        let sorted = likeliest(candidates).sorted {
            ($0.heading.pieces.lowerBound, $0.heading.section) < ($1.heading.pieces.lowerBound, $1.heading.section)
        }
        var best = [Int](repeating: 0, count: sorted.count)
        var from = [Int?](repeating: nil, count: sorted.count)
        for index in sorted.indices {
            best[index] = sorted[index].score
            for earlier in 0..<index
            where sorted[earlier].heading.section < sorted[index].heading.section
                && sorted[earlier].heading.pieces.upperBound < sorted[index].heading.pieces.lowerBound
            {
                let total = best[earlier] + sorted[index].score
                if total > best[index] {
                    best[index] = total
                    from[index] = earlier
                }
            }
        }
        var chosen: [Int: Heading] = [:]
        var cursor = sorted.indices.max { best[$0] < best[$1] }
        while let index = cursor {
            chosen[sorted[index].heading.section] = sorted[index].heading
            cursor = from[index]
        }
        // A section out of order: only where nothing else claims the line and the words are beyond doubt.
        let taken = chosen.values.map(\.pieces)
        for section in 1...6 where chosen[section] == nil {
            let rest = sorted.filter { candidate in
                candidate.heading.section == section && candidate.score >= 12
                    && !taken.contains { $0.overlaps(candidate.heading.pieces) }
            }
            if let heading = rest.max(by: { $0.score < $1.score })?.heading { chosen[section] = heading }
        }
        return Array(chosen.values)
    }
}
