import ChineseText

/// Whose number it is: the report's own body, a part of it, or another.
extension ClaimReader {
    /// The noun phrase that ends right before the verb with the word for an office: 市教育局, 春城街道.
    func namedBody(before verb: Int, from clauseStart: Int) -> Range<Int>? {
        var index = verb - 1
        while index >= clauseStart {
            if tokens[index].kind == .close {
                // 乡镇(街道)收到18件
                while index > clauseStart, tokens[index].kind != .open { index -= 1 }
            } else if !Self.gapBeforeNumber.has(tokens[index].kind), tokens[index].kind != .month {
                break
            }
            index -= 1
        }
        guard index >= clauseStart, [.unknown, .office].contains(tokens[index].kind) else { return nil }
        let text = paragraphs[Int(tokens[index].paragraph)]
        let end = Int(tokens[index].end)
        guard end > 0, Self.officeEndings.contains(text[end - 1]) else { return nil }
        var from = index
        while from > clauseStart, [.unknown, .office, .foreign, .context, .filler].contains(tokens[from - 1].kind) {
            from -= 1
        }
        let start = Int(tokens[from].start)
        // 我县人民政府 is the body itself, 我局政策法规科 a part of it.
        if text[start] == "全" { return isWholeArea(start..<end, in: text) ? nil : start..<end }
        if ["我", "本", "该"].contains(text[start]) && end - start <= 6 { return nil }
        return start..<end
    }

    /// 全县, 全市各级行政机关; but 全县教育系统 is a part.
    func isWholeArea(_ range: Range<Int>, in text: FoldedText) -> Bool {
        guard range.count > 2 else { return true }
        guard Self.areas.contains(text[range.lowerBound + 1]) else { return false }
        let rest = range.lowerBound + 2
        return Self.wholes.contains { text.has($0, at: rest) }
    }

    /// 县发展和改革局 and 前进区人社局 are the report's own body when their characters follow one another in its name and both end
    /// alike: 县政府 is not 柳河镇人民政府, whatever county that lies in.
    func isOwn(_ body: Range<Int>, in text: FoldedText, _ agency: FoldedText) -> Bool {
        var body = body
        // 西柳镇人民政府办公室 is 西柳镇人民政府, as 市政府办公室 is not 市人民政府.
        if !isLeadingGovernment, !agency.contains(Self.officeWord),
            let office = Self.offices.first(where: { text.has($0, at: body.upperBound - $0.count) }),
            office.count < body.count
        {
            body = body.lowerBound..<body.upperBound - office.count
        }
        let name = text.scalars[Self.core(body, in: text)]
        var rest = agency.scalars[Self.core(0..<agency.count, in: agency)]
        guard let last = name.last else { return true }
        guard last == rest.last else { return false }
        for scalar in name.reversed() {
            guard let found = rest.lastIndex(of: scalar) else { return false }
            rest = rest[..<found]
        }
        return true
    }

    /// A name without the word for what it is where offices shorten that: 人民政府 and 政府, 委员会 and 委, 街道办事处 and 街道.
    private static func core(_ name: Range<Int>, in text: FoldedText) -> Range<Int> {
        for (ending, dropped) in endings
        where ending.count <= name.count && text.has(ending, at: name.upperBound - ending.count) {
            return name.lowerBound..<name.upperBound - dropped
        }
        return name
    }

    private static let endings: [(ending: Phrase, dropped: Int)] = [
        ("人民政府", 4), ("政府", 2), ("街道办事处", 3), ("街道办", 1), ("委员会", 2), ("办公室", 2), ("办公厅", 2),
    ]
    /// Parts of a body.
    private static let parts: [Phrase] = ["本级", "局机关", "委机关"]

    /// 办公室 in a report of a government that has bodies below it, 本级 in any; the office of a 局 or 镇 speaks for all of it.
    func isOtherOffice(before position: Int) -> Bool {
        guard let agency else { return true }
        if agency.contains(Self.officeWord) { return false }
        if isLeadingGovernment { return true }
        return (sentence.lowerBound..<position).contains { tokens[$0].kind == .office && isTail($0, of: Self.parts) }
    }

    /// 全县, 各部门: the sentence speaks of the whole area.
    func saysWholeArea(_ position: Int) -> Bool {
        let text = paragraphs[Int(tokens[position].paragraph)]
        let from = tokens[sentence.lowerBound]
        let start = from.paragraph == tokens[position].paragraph ? Int(from.start) : 0
        return text.containsAny(Self.wholeAreas, in: start..<max(start, Int(tokens[position].start)))
    }

    /// A people's government of a county or above.
    var isLeadingGovernment: Bool {
        guard let agency else { return false }
        return agency.hasSuffix(Self.government) && !Self.townships.contains { agency.hasSuffix($0) }
    }

    static let officeEndings: Set<Unicode.Scalar> = [
        "局", "委", "办", "厅", "院", "府", "镇", "乡", "道", "处", "室", "心", "区", "县", "市", "队", "所", "会", "位", "门", "校", "站",
        "科", "股", "级", "街", "统", "关",
    ]
    static let areas: Set<Unicode.Scalar> = ["市", "县", "区", "局", "镇", "乡", "省", "州", "盟", "旗", "委", "办", "厅", "院"]
    static let wholes: [Phrase] = ["各级", "政府", "行政", "机关", "各部门", "各单位", "各行政"]
    static let officeWord: Phrase = "办公"
    static let itself: [Phrase] = ["政府", "政府机关"]
    static let wholeAreas: [Phrase] = [
        "全省", "全市", "全县", "全区", "全州", "全盟", "全旗", "我市", "我县", "我区", "各级", "各部门", "各县", "各乡镇",
    ]
    static let offices: [Phrase] = ["办公室", "党政办", "综合办"]
    static let government: Phrase = "人民政府"
    static let townships: [Phrase] = ["镇人民政府", "乡人民政府", "苏木人民政府"]
}
