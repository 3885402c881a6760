import ChineseText

/// Numbers of table 2: 规范性文件 made, repealed and in force, decisions on 行政许可 and 行政处罚.
///
/// Offices count a great many things of these names — published items (许可信息112条), powers on a list (行政处罚765项), cases, files
/// that were examined or interpreted — and only one of them is the table's. So here every character from the subject to the
/// number must be one of a few wordings; anything else, and the number is left alone.
extension ClaimReader {
    /// The clause around one number: what stands before it and after it, up to the next sign.
    private struct Clause {
        var text: FoldedText
        var words: Range<Int>
        var tail: Range<Int>
    }

    /// What the sentence has said so far, for clauses that go on with it: 废止0件，现行有效32件.
    private struct Carried {
        var speaksOfDocuments = false
        /// 作出, before the last number of decisions.
        var decides = false
        /// Whose numbers they are, where the clause does not say it again.
        var scope: Set<Looseness> = []
    }

    /// Whether the sentence may hold a number of table 2; asked before anything is looked at.
    static let speaksOfDisclosure = KindSet(.disclose, .foreign)

    mutating func readDisclosure() {
        guard sentenceKinds.hasAny(Self.speaksOfDisclosure) else { return }
        guard sentence.contains(where: { isDisclosureNoun($0) }), !sentenceKinds.hasAny(Self.otherScopes),
            !sentenceKinds.has(.lastYear) || sentenceKinds.has(.growth), let isLastYear = yearOfDisclosure()
        else { return }
        var carried = Carried()
        var start = sentence.lowerBound
        var depth = 0
        var position = sentence.lowerBound
        while position < sentence.upperBound {
            switch tokens[position].kind {
            case .open: depth += 1
            case .close: depth = max(0, depth - 1)
            case .count where depth == 0:
                if !tokens[position].isQuoted, !tokens[position].isRate, !tokens[position].isChineseOne {
                    readDisclosureNumber(position, from: start, &carried, isLastYear)
                }
                start = position + 1
            case let kind where Self.endsSegment.has(kind):
                if start < position, depth == 0 { readDisclosureDenial(start..<position, isLastYear) }
                // 规范性文件：制发4件，废止0件
                if tokens[position].kind == .colon, position > start {
                    carried.speaksOfDocuments = endsWithDocument(position - 1)
                }
                start = position + 1
            default: break
            }
            position += 1
        }
    }

    private func endsWithDocument(_ index: Int) -> Bool {
        let token = tokens[index]
        return paragraphs[Int(token.paragraph)].has(Self.document, at: Int(token.end) - Self.document.count)
    }

    /// 规范性文件, 许可 or 处罚.
    private func isDisclosureNoun(_ index: Int) -> Bool {
        let token = tokens[index]
        guard Self.speaksOfDisclosure.has(token.kind) else { return false }
        let text = paragraphs[Int(token.paragraph)]
        return Self.disclosureNouns.contains { text.has($0, at: Int(token.end) - $0.count) }
    }

    /// Whether the numbers are of the year before the report's; nil when they are of any other time, or of both.
    ///
    /// 2022年制定规范性文件0件 in the report of 2023 is most often this year's figure under a year that nobody changed.
    private func yearOfDisclosure() -> Bool? {
        var isLastYear = false
        let firstYear = sentence.first { tokens[$0].kind == .year }
        for index in sentence {
            switch tokens[index].kind {
            case .year:
                guard let reportYear else { continue }
                guard tokens[index].value == reportYear || tokens[index].value == reportYear - 1 else { return nil }
                let isOther = tokens[index].value != reportYear
                guard index == firstYear || isOther == isLastYear else { return nil }
                isLastYear = isOther
            case .month: if isPartialYear(month: index) { return nil }
            case .partialYear: if isPartialYear(index) { return nil }
            default: break
            }
        }
        return isLastYear
    }

    private mutating func readDisclosureNumber(
        _ number: Int,
        from start: Int,
        _ carried: inout Carried,
        _ isLastYear: Bool
    ) {
        let token = tokens[number]
        let text = paragraphs[Int(token.paragraph)]
        guard start < number, tokens[start].paragraph == token.paragraph else { return }
        var end = number + 1
        while end < sentence.upperBound, !Self.endsSegment.has(tokens[end].kind) { end += 1 }
        let tail = Int(token.end)..<Int(tokens[end - 1].end)
        let words = Int(tokens[start].start)..<Int(token.start)
        guard words.count <= Self.longestClause, tail.count <= Self.longestClause else { return }
        let clause = Clause(text: text, words: words, tail: tail)
        let reading = documents(clause, token, carried) ?? decisions(clause, token, carried)
        guard let reading else {
            carried = Carried()
            return
        }
        guard let scope = scope(clause, before: reading.begin) else {
            carried = Carried()
            return
        }
        carried.speaksOfDocuments = reading.isDocuments
        carried.decides = reading.decides
        carried.scope.formUnion(scope)
        var all = carried.scope.union(reading.looseness)
        if isLastYear { all.insert(.otherYear) }
        // 新制定2件、修改1件: the table counts both as made.
        if reading.count == .documentsMade,
            text.containsAny(Self.amending, in: tail.lowerBound..<min(text.count, tail.lowerBound + Self.nearby))
        {
            return
        }
        // 双随机抽查126户，作出处罚9件: of one campaign, not of the year.
        if !reading.isDocuments,
            text.containsAny(Self.campaigns, in: max(0, words.upperBound - Self.longestClause)..<words.upperBound)
        {
            return
        }
        add(.disclosure(reading.count), number, clauseStart: start, all)
    }

    private struct DisclosureReading {
        var count: DisclosureCount
        /// Where the words that were understood begin.
        var begin: Int
        var looseness: Set<Looseness> = []
        var isDocuments = false
        var decides = false
    }

    /// 制发规范性文件4件, 规范性文件废止2件, 现行有效32件, 制定3件规范性文件.
    private func documents(_ clause: Clause, _ token: Token, _ carried: Carried) -> DisclosureReading? {
        guard Self.documentMeasures.contains(where: { token.measure == $0 }) else { return nil }
        var noun = false
        // N件(行政)规范性文件
        if !clause.tail.isEmpty {
            var from = clause.tail.lowerBound
            for phrase in Self.beforeNoun where clause.text.has(phrase, at: from) { from += phrase.count }
            guard clause.text.has(Self.document, at: from), from + Self.document.count == clause.tail.upperBound else {
                return nil
            }
            noun = true
        }
        var end = clause.words.upperBound
        let lower = clause.words.lowerBound
        func strip(_ phrases: [Phrase]) -> Int? { Self.strip(phrases, clause.text, lower, &end) }
        while strip(Self.beforeCount) != nil {}
        func takeNoun() {
            guard !noun else { return }
            if strip([Self.document]) != nil {
                noun = true
                while strip(Self.beforeNoun) != nil {}
            }
        }
        takeNoun()
        // 现行有效行政规范性文件: the adjective stands where the verb stands.
        guard let verb = strip(Self.documentVerbs) else { return nil }
        if !noun {
            while strip(Self.beforeCount) != nil {}
            takeNoun()
        }
        guard noun || carried.speaksOfDocuments else { return nil }
        let count: DisclosureCount =
            verb < Self.repealing ? .documentsMade : verb < Self.inForce ? .documentsRepealed : .documentsInForce
        return DisclosureReading(count: count, begin: end, isDocuments: true)
    }

    /// 作出行政许可决定112件, 行政处罚决定4件; loosely 办理行政许可112件, 办结行政处罚案件4起.
    private func decisions(_ clause: Clause, _ token: Token, _ carried: Carried) -> DisclosureReading? {
        guard Self.decisionMeasures.contains(where: { token.measure == $0 }), clause.tail.isEmpty else { return nil }
        var end = clause.words.upperBound
        let lower = clause.words.lowerBound
        func strip(_ phrases: [Phrase]) -> Int? { Self.strip(phrases, clause.text, lower, &end) }
        while strip(Self.beforeCount) != nil {}
        let isDecision = strip(Self.decisionWords) != nil
        let isCase = !isDecision && strip(Self.caseWords) != nil
        guard let noun = strip(Self.decisionNouns) else { return nil }
        let count: DisclosureCount = noun < Self.penalising ? .licences : .penalties
        var reading = DisclosureReading(count: count, begin: end)
        if strip(Self.decidingVerbs) != nil, !isCase {
            reading.decides = true
        } else if strip(Self.handlingVerbs) != nil {
            reading.looseness = [.casesHandled]
        } else if carried.decides, !isCase {
            reading.decides = true
        } else {
            // 行政处罚决定书30份 may be what was published.
            return nil
        }
        reading.begin = end
        return reading
    }

    /// 未制发规范性文件.
    private mutating func readDisclosureDenial(_ segment: Range<Int>, _ isLastYear: Bool) {
        guard let last = segment.last, tokens[last].kind == .disclose || Self.denialTails.has(tokens[last].kind),
            tokens[segment.lowerBound].paragraph == tokens[last].paragraph
        else { return }
        let text = paragraphs[Int(tokens[last].paragraph)]
        let words = Int(tokens[segment.lowerBound].start)..<Int(tokens[last].end)
        guard words.count <= Self.longestClause else { return }
        var end = words.upperBound
        func strip(_ phrases: [Phrase]) -> Int? { Self.strip(phrases, text, words.lowerBound, &end) }
        _ = strip(Self.situation)
        guard strip([Self.document]) != nil else { return }
        while strip(Self.beforeNoun) != nil {}
        _ = strip(Self.anyNew)
        guard let verb = strip(Self.documentVerbs), verb < Self.inForce, strip(Self.denials) != nil else { return }
        let clause = Clause(text: text, words: words, tail: words.upperBound..<words.upperBound)
        guard var looseness = scope(clause, before: end) else { return }
        if isLastYear { looseness.insert(.otherYear) }
        let count: DisclosureCount = verb < Self.repealing ? .documentsMade : .documentsRepealed
        // The noun stands for the number: nothing else of the sentence is its own.
        guard let anchor = segment.last(where: { tokens[$0].kind == .disclose }) else { return }
        add(.disclosure(count), anchor, clauseStart: segment.lowerBound, looseness, isDenial: true)
    }

    /// Whose number it is, from the words before the verb; nil when they hold anything that is not understood.
    private func scope(_ clause: Clause, before begin: Int) -> Set<Looseness>? {
        var end = begin
        let lower = clause.words.lowerBound
        while stripYear(clause.text, lower, &end) || Self.strip(Self.beforeVerb, clause.text, lower, &end) != nil {}
        guard end > lower else { return [] }
        // 县水利局, 市政府办公室
        guard Self.officeEndings.contains(clause.text[end - 1]) else { return nil }
        let body = lower..<end
        if let first = clause.text.scalars[body].first, first == "全" {
            return isWholeArea(body, in: clause.text) ? [] : nil
        }
        if Self.ownWords.contains(where: { clause.text.has($0, at: lower) }), body.count <= 6 { return [] }
        guard let agency else { return [.office] }
        return isOwn(body, in: clause.text, agency) ? [] : [.otherBody]
    }

    private func stripYear(_ text: FoldedText, _ lower: Int, _ end: inout Int) -> Bool {
        var from = end
        if from > lower, text[from - 1] == "度" { from -= 1 }
        guard from - 5 >= lower, text[from - 1] == "年", (from - 5..<from - 1).allSatisfy({ text[$0].isASCIIDigit })
        else {
            return false
        }
        end = from - 5
        return true
    }

    /// Takes the first of the phrases that ends at `end` off, and returns its index.
    private static func strip(_ phrases: [Phrase], _ text: FoldedText, _ lower: Int, _ end: inout Int) -> Int? {
        for (index, phrase) in phrases.enumerated() {
            let from = end - phrase.count
            if from >= lower, text.has(phrase, at: from) {
                end = from
                return index
            }
        }
        return nil
    }

    // MARK: Wordings

    private static let longestClause = 60
    private static let endsSegment = KindSet(.comma, .pause, .semicolon, .stop, .paragraphEnd, .colon)
    private static let denialTails = KindSet(.filler)
    /// In the sentence at all: not what the body did in the year, or another body's.
    private static let otherScopes = KindSet(
        .represent,
        .filed,
        .assist,
        .guide,
        .respond,
        .historical,
        .conditional,
        .aspiration,
        .some,
        .exclusion
    )
    private static let disclosureNouns: [Phrase] = ["规范性文件", "许可", "处罚"]
    private static let document: Phrase = "规范性文件"
    private static let campaigns: [Phrase] = ["抽查", "双随机", "专项行动", "专项整治", "专项检查"]
    private static let amending: [Phrase] = ["修改", "修订", "修正"]
    /// How far behind a number of new documents the number of amended ones may stand.
    private static let nearby = 12
    private static let documentMeasures = "件份个部".unicodeScalars.map(\.value)
    private static let decisionMeasures = "件份宗起例个".unicodeScalars.map(\.value)
    /// First those that make, from ``repealing`` those that repeal, from ``inForce`` what is in force. Longer before shorter.
    private static let documentVerbs: [Phrase] = [
        "制定出台", "制定印发", "制定发布", "制定并印发", "制定并发布", "制定和发布", "新制定", "新制作", "新出台", "新制发", "制发", "制定", "制作", "出台", "印发",
        "清理废止", "废止", "现行有效的", "现行有效", "现有有效的", "现有有效", "现存有效", "有效的",
    ]
    private static let repealing = 15
    private static let inForce = 17
    private static let beforeNoun: [Phrase] = ["行政", "政府", "各类", "的", "等"]
    private static let anyNew: [Phrase] = ["任何", "新的", "新"]
    private static let situation: [Phrase] = ["的情况", "情况"]
    private static let denials: [Phrase] = ["没有", "未曾", "未", "无"]
    private static let beforeCount: [Phrase] = ["总计为", "共计", "合计", "总数", "数量", "件数", "共", "为", "是", "有", "了"]
    private static let decisionWords: [Phrase] = ["处理决定书", "处理决定", "决定书", "决定"]
    private static let caseWords: [Phrase] = ["事项", "案件", "案"]
    private static let decisionNouns: [Phrase] = ["行政许可", "许可", "行政处罚", "处罚"]
    private static let penalising = 2
    private static let decidingVerbs: [Phrase] = ["作出", "做出"]
    private static let handlingVerbs: [Phrase] = ["办理", "办结", "实施", "查处", "下达"]
    private static let ownWords: [Phrase] = ["我", "本"]
    /// What may stand before the verb and says nothing but when, how and by whom.
    private static let beforeVerb: [Phrase] = [
        "截至", "截止", "全年度", "全年", "本年度", "本年", "年度", "年内", "今年", "年底", "累计", "一共", "共计", "总共", "共", "已", "新", "并", "还",
        "其中", "同时", "一是", "二是", "三是", "四是", "五是", "依法", "及时", "我局", "我镇", "我乡", "我县", "我市", "我区", "我委", "我办", "我厅",
        "我街道", "我单位", "本机关", "本局", "本单位",
        "本镇", "本街道", "全县", "全市", "全区", "全镇", "全乡", "全省", "全局", "全街道",
    ]
}
