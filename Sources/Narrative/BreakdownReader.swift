import ChineseText

/// Finds numbers that a list breaks down (domain.md §4) and reads the list.
struct BreakdownReader {
    private let paragraphs: [FoldedText]
    private let tokens: [Token]
    /// Openers already read as the list of an item.
    private var nested: Set<Int> = []
    /// What the reading of one opener may look at: a hostile line without an end would else cost its square.
    private var view = 0..<0
    /// Lists within lists, of which a text has two at most.
    private var depth = 0

    private static let reach = 400
    private static let deepest = 3

    init(paragraphs: [FoldedText], tokens: [Token]) {
        self.paragraphs = paragraphs
        self.tokens = tokens
    }

    mutating func read() -> [Breakdown] {
        var result: [Breakdown] = []
        for position in tokens.indices {
            view = max(0, position - Self.reach)..<min(tokens.count, position + Self.reach)
            switch tokens[position].kind {
            case .among, .include, .respectively, .dateline:
                guard !nested.contains(position) else { continue }
                if let breakdown = readList(opener: position) { result.append(breakdown) }
            case .open:
                // 3607件（市政府349件、…）
                guard position > 0, tokens[position - 1].kind == .count, isTotal(position - 1),
                    position + 1 < view.upperBound,
                    ![.among, .include, .respectively].contains(tokens[position + 1].kind)
                else { continue }
                let list = items(
                    from: position + 1,
                    measure: tokens[position - 1].measure,
                    inBracket: true,
                    outermost: false
                )
                guard list.parts.count >= 3, !list.isBroken else { continue }
                result.append(breakdown(of: position - 1, list, opener: position))
            default: break
            }
        }
        return result
    }

    // MARK: The total

    private mutating func readList(opener: Int) -> Breakdown? {
        let inBracket = isInBracket(opener)
        var first = opener + 1
        while first < view.upperBound,
            [.comma, .colon, .include, .respectively].contains(tokens[first].kind) || goesOn(first) || isCopula(first)
        {
            if tokens[first].kind == .include || tokens[first].kind == .respectively { nested.insert(first) }
            first += 1
        }
        guard let firstNumber = firstNumber(from: first) else { return nil }
        let measure = tokens[firstNumber].measure
        let candidates = totals(before: opener, measure: measure, inBracket: inBracket)
        guard let nearest = candidates.last else { return nil }
        // 动态、通知分别发布20条、30条 names its own things: only right after a number does 分别 or 包括 divide it.
        if tokens[opener].kind == .respectively || tokens[opener].kind == .include, !inBracket {
            guard tokens[opener].start - tokens[nearest].end <= 4, tokens[opener].paragraph == tokens[nearest].paragraph
            else {
                return nil
            }
        }
        let list = items(
            from: first,
            measure: tokens[nearest].measure,
            inBracket: inBracket,
            outermost: true,
            opener: opener,
            total: nearest
        )
        guard !list.parts.isEmpty, !list.isBroken else { return nil }
        if isRemote(nearest, from: opener) {
            // 公开100条，转发文件若干，其中 …: perhaps a list of the files.
            var loose = breakdown(of: nearest, list, opener: opener)
            loose.certainCount = 0
            loose.isExhaustive = loose.sum == loose.total
            return loose
        }
        if candidates.count > 1 {
            // 新收317件，上年结转3件。其中 …: which number the list divides is not said. Only a fit tells.
            let sum = list.parts.reduce(0) { $0 + $1.value }
            if let fit = candidates.last(where: { tokens[$0].value == sum }) {
                return breakdown(of: fit, list, opener: opener)
            }
            guard sum < tokens[nearest].value else { return nil }
            var loose = breakdown(of: nearest, list, opener: opener)
            loose.isExhaustive = false
            loose.certainCount = 0
            return loose
        }
        return breakdown(of: nearest, list, opener: opener)
    }

    /// Whether a clause with a verb of its own stands between the total and the list.
    private func isRemote(_ total: Int, from opener: Int) -> Bool {
        var depth = 0
        var sawComma = false
        for index in total + 1..<max(opener, total + 1) {
            switch tokens[index].kind {
            case .open: depth += 1
            case .close: depth -= 1
            case .comma, .pause, .semicolon: sawComma = true
            case .otherVerb, .repeated, .receive, .answer, .disclose, .foreign:
                if sawComma, depth == 0 { return true }
            default: break
            }
        }
        return false
    }

    /// Counts before the opener that it may divide: of its own sentence, or of the one before when it opens a sentence.
    private func totals(before opener: Int, measure: UInt32, inBracket: Bool) -> [Int] {
        if inBracket {
            var open = opener - 1
            while open >= view.lowerBound, tokens[open].kind != .open { open -= 1 }
            guard open > view.lowerBound, isTotal(open - 1) else { return [] }
            return measure == 0 || tokens[open - 1].measure == measure ? [open - 1] : []
        }
        var index = opener - 1
        // 其中 at the start of a sentence, of a segment or of a line goes back to the one before.
        if index >= 0, [.semicolon, .stop, .comma, .colon].contains(tokens[index].kind) {
            index -= 1
        } else if index >= 1, tokens[index].kind == .paragraphEnd,
            [.colon, .semicolon, .comma].contains(tokens[index - 1].kind)
        {
            index -= 2
        }
        let isDateline = tokens[opener].kind == .dateline
        var found: [Int] = []
        var depth = 0
        scan: while index >= view.lowerBound {
            switch tokens[index].kind {
            case .stop, .paragraphEnd: break scan
            // 在公开信息中 may go back to an item of the list before it.
            case .semicolon where !isDateline: break scan
            case .among where !isDateline: break scan
            case .respectively where !isDateline: break scan
            case .close: depth += 1
            case .open: depth -= 1
            case .count:
                if depth == 0, measure == 0 || tokens[index].measure == measure, isTotal(index) {
                    found.append(index)
                }
            default: break
            }
            index -= 1
        }
        found.reverse()
        // An opener right after the number of an item divides that item.
        if let last = found.last, last == opener - 1 || last == opener - 2 && tokens[opener - 1].kind == .comma,
            tokens[opener].kind == .include || tokens[opener].kind == .respectively
        {
            return [last]
        }
        return found
    }

    /// Not a growth (较上年增加30条), a rate or a slogan.
    private func isTotal(_ index: Int) -> Bool {
        let token = tokens[index]
        guard token.kind == .count, !token.isQuoted, !token.isRate, !token.isChineseOne, token.value > 0 else {
            return false
        }
        var before = index - 1
        while before >= view.lowerBound, !Self.endsClause.has(tokens[before].kind) {
            if KindSet(.growth, .every, .aspiration, .conditional).has(tokens[before].kind) { return false }
            before -= 1
        }
        return true
    }

    private func isInBracket(_ position: Int) -> Bool {
        var index = position - 1
        while index >= view.lowerBound, tokens[index].kind != .paragraphEnd, tokens[index].kind != .stop {
            if tokens[index].kind == .open { return true }
            if tokens[index].kind == .close { return false }
            index -= 1
        }
        return false
    }

    /// The end of a line that a colon or semicolon leaves open: the list goes on with the next.
    private func goesOn(_ index: Int) -> Bool {
        tokens[index].kind == .paragraphEnd && index > 0 && index + 1 < tokens.count
            && [.colon, .semicolon].contains(tokens[index - 1].kind)
    }

    /// 其中有, 分别是
    private func isCopula(_ index: Int) -> Bool {
        guard tokens[index].kind == .filler, tokens[index].end - tokens[index].start == 1 else { return false }
        let scalar = paragraphs[Int(tokens[index].paragraph)][Int(tokens[index].start)]
        return scalar == "为" || scalar == "是" || scalar == "有"
    }

    private func firstNumber(from start: Int) -> Int? {
        var index = start
        var depth = 0
        while index < view.upperBound {
            switch tokens[index].kind {
            case .count where depth == 0, .bareNumber where depth == 0: return index
            case .stop: return nil
            case .paragraphEnd where !goesOn(index): return nil
            case .open: depth += 1
            case .close:
                depth -= 1
                if depth < 0 { return nil }
            default: break
            }
            index += 1
        }
        return nil
    }

    // MARK: The list

    private struct List {
        var parts: [BreakdownPart] = []
        var certain: Int?
        var isOpenEnded = false
        var isComplete = false
        var isMixed = false
        var isApproximate = false
        /// The list is of another nature (growths, percentages): read nothing from it.
        var isBroken = false
        var end = 0
        /// An item that 另外 adds in the next sentence; it belongs to the list only when the sum then fits.
        var besides: (part: BreakdownPart, end: Int)?
        mutating func doubt() { certain = certain ?? parts.count }
    }

    private mutating func items(
        from start: Int,
        measure: UInt32,
        inBracket: Bool,
        outermost: Bool,
        opener: Int? = nil,
        total: Int? = nil,
        limit: Int? = nil
    ) -> List {
        var list = List()
        if let opener, tokens[opener].kind == .respectively { list.isComplete = true }
        var nameStart = start
        var segmentKinds = KindSet()
        var sawTopicWord = false
        var sawInformation = false
        var category = Category.none
        var itemsInGroup = 0
        var firstGroup: Int?
        var index = start
        var numberFirst = false
        var pauses = 0
        var commas = 0
        var commaAfterPauses: Int?
        var firstOpening = Opening.name
        var numberEnded = false
        var sum = 0
        depth += 1
        defer { depth -= 1 }
        scan: while index < view.upperBound {
            let token = tokens[index]
            switch token.kind {
            case .stop: break scan
            case .paragraphEnd:
                guard goesOn(index), !inBracket else { break scan }
                nameStart = index + 1
            case .close:
                if inBracket { break scan }
            case .open:
                // An aside; a list in it is read on its own.
                var depth = 1
                index += 1
                while index < view.upperBound, depth > 0, tokens[index].kind != .paragraphEnd {
                    if tokens[index].kind == .open { depth += 1 }
                    if tokens[index].kind == .close { depth -= 1 }
                    index += 1
                }
                continue
            case .comma, .pause:
                if numberEnded, !inBracket, let limit, sum == limit {
                    // The list of an item is full: what follows goes on with the list outside.
                    break scan
                }
                if numberEnded {
                    // A、B、C，D: after the comma another statement may begin.
                    if token.kind == .comma, pauses > 0, commas == 0 { commaAfterPauses = list.parts.count }
                    if token.kind == .comma { commas += 1 } else { pauses += 1 }
                    nameStart = index + 1
                    segmentKinds = KindSet()
                    sawTopicWord = false
                    sawInformation = false
                    numberEnded = false
                }
            case .semicolon:
                if !outermost { break scan }
                if let firstGroup {
                    if itemsInGroup > 1 || firstGroup > 1 { list.doubt() }
                } else {
                    firstGroup = itemsInGroup
                    // Items parted by commas: the semicolon ends their list.
                    if itemsInGroup > 1 { break scan }
                }
                itemsInGroup = 0
                nameStart = index + 1
                segmentKinds = KindSet()
                sawTopicWord = false
                sawInformation = false
                numberEnded = false
            case .besides:
                break scan
            case .meanwhile where !list.parts.isEmpty && index == nameStart:
                break scan
            case .totalWord where !list.parts.isEmpty && index + 1 < tokens.count && numberFollows(index):
                // 共 N 条 begins another statement.
                break scan
            case .among, .dateline:
                if list.parts.isEmpty { break }
                list.isOpenEnded = true
                list.doubt()
                break scan
            case .include, .respectively, .colon:
                // 政策类20条：规章5条、文件15条; but 其中：
                if token.kind == .colon, list.parts.isEmpty || !numberEnded || index != nameStart { break }
                // 其中官方网站公开306条，包括 …: the list of the item before.
                guard !list.parts.isEmpty, numberEnded || index == nameStart, depth < Self.deepest else {
                    list.isOpenEnded = true
                    break
                }
                nested.insert(index)
                var first = index + 1
                while first < view.upperBound, [.comma, .colon, .filler].contains(tokens[first].kind) { first += 1 }
                let sub = items(
                    from: first,
                    measure: measure,
                    inBracket: inBracket,
                    outermost: false,
                    opener: index,
                    limit: list.parts.last?.value
                )
                if sub.isBroken {
                    // The same words would break this list; to read them once for each level costs their cube.
                    list.isBroken = true
                    break scan
                }
                if !sub.parts.isEmpty {
                    let last = list.parts.count - 1
                    if let number = lastNumber(before: index) {
                        list.parts[last].sub = [breakdown(of: number, sub, opener: index)]
                    }
                    index = sub.end
                    nameStart = index
                    numberEnded = true
                    continue
                }
                list.isOpenEnded = true
            case .ellipsis: list.isOpenEnded = true
            case .etcetera:
                if numberEnded { list.isOpenEnded = true }
                segmentKinds.formUnion(token.kind.bit)
            case .count, .bareNumber:
                guard !token.isQuoted, !token.isRate else { break }
                if index == nameStart, list.parts.isEmpty { numberFirst = true }
                if segmentKinds.hasAny(KindSet(.growth, .every)) {
                    list.isBroken = true
                    break
                }
                let same = token.measure == measure || token.kind == .bareNumber
                if !same {
                    // 维护专题专栏39个 in a list of 条: what follows may be of another nature too.
                    list.isMixed = true
                    list.doubt()
                    nameStart = index + 1
                    segmentKinds = KindSet()
                    numberEnded = true
                    break
                }
                let name = numberFirst ? nameAfter(index) : nameStart..<index
                let kinds = numberFirst ? kindSet(name) : segmentKinds
                let isChannel = kinds.has(.channel)
                let next = Category(kinds)
                if list.parts.isEmpty {
                    category = next
                } else if category != next, category.isApplicant || next.isApplicant {
                    list.doubt()
                } else if category == .channel, next == .none, sawTopicWord || kinds.has(.topic) {
                    list.doubt()
                } else if category == .none, next == .channel {
                    // 政策类20条、动态类80条，网站60条、微信40条: divided a second time.
                    list.doubt()
                }
                if kinds.hasAny(Self.otherKinds) { list.doubt() }
                if commaAfterPauses == list.parts.count { list.doubt() }
                // 其中网站60条、公示栏40条，发布微博20条 / 并在微信公开20条: a clause of its own, perhaps.
                let opening = Opening(name, tokens, paragraphs)
                if list.parts.isEmpty {
                    firstOpening = opening
                } else if opening != .name, opening != firstOpening {
                    list.doubt()
                }
                // 公开指南的18个、公开目录的19个: qualities that one thing may have together.
                if !numberFirst, endsWithDe(name), !next.isApplicant, next != .channel { list.doubt() }
                // 网民留言30条 is no publication, 行政许可类信息30条 is.
                if kinds.has(.foreign), !sawTopicWord, !sawInformation,
                    !isOneSort(name, of: total, after: list.parts)
                {
                    list.doubt()
                }
                // After both sorts comes how they were dealt with: 重点督办5件.
                if list.parts.count >= 2, sortsOnly(list.parts) { list.doubt() }
                if token.isApproximate { list.isApproximate = true }
                list.isComplete = list.isComplete && !kinds.has(.etcetera)
                if kinds.has(.others), startsWithOthers(name) {
                    list.isComplete = true
                }
                list.parts.append(part(index, name: name, isChannel: isChannel))
                sum += token.value
                itemsInGroup += 1
                numberEnded = true
                if !numberFirst {
                    nameStart = index + 1
                    segmentKinds = KindSet()
                    sawTopicWord = false
                    sawInformation = false
                }
                list.end = index + 1
            default:
                if numberEnded, index == nameStart, token.kind == .others { list.isOpenEnded = true }
                segmentKinds.formUnion(token.kind.bit)
                if token.kind == .filler {
                    let text = paragraphs[Int(token.paragraph)]
                    switch text[Int(token.start)] {
                    case "类" where token.end - token.start == 1, "领": sawTopicWord = true
                    case "信": sawInformation = true
                    default: break
                    }
                }
            }
            index += 1
        }
        // The list may go on out of view.
        if index == view.upperBound, index < tokens.count { list.isBroken = true }
        if !list.isBroken, overlaps(start, index) {
            list.isOpenEnded = true
            list.certain = 0
        }
        // Words without a number after the last part: 以及其他信息 leaves the list open.
        if segmentKinds.hasAny(KindSet(.others, .meanwhile)), !numberFirst { list.isOpenEnded = true }
        list.end = index
        if outermost, !inBracket { addBesides(&list, measure: measure, at: index) }
        return list
    }

    /// 另外政务微信公开173条 after the list of an item goes on with the list outside it (domain.md §4).
    private mutating func addBesides(_ list: inout List, measure: UInt32, at end: Int) {
        var index = end
        if index < tokens.count, tokens[index].kind == .stop { index += 1 }
        guard index < tokens.count, tokens[index].kind == .besides else { return }
        var number: Int?
        var last = index + 1
        var kinds = KindSet()
        while last < view.upperBound, tokens[last].kind != .stop, tokens[last].kind != .paragraphEnd,
            tokens[last].kind != .semicolon
        {
            if tokens[last].kind == .count {
                guard number == nil, tokens[last].measure == measure else { return }
                number = last
            }
            if number == nil { kinds.formUnion(tokens[last].kind.bit) }
            last += 1
        }
        guard let number, !kinds.hasAny(KindSet(.growth, .totalWord)) else { return }
        list.besides = (part(number, name: index + 1..<number, isChannel: kinds.has(.channel)), last)
    }

    /// 图片45、视频20 of 50, 部门400条、乡镇200条有重复: one piece may stand in two parts.
    private func overlaps(_ start: Int, _ end: Int) -> Bool {
        guard start < end else { return false }
        var last = min(end, view.upperBound - 1)
        let limit = min(view.upperBound, last + 12)
        while last + 1 < limit, ![.stop, .paragraphEnd].contains(tokens[last].kind) { last += 1 }
        var lower = tokens[start].paragraph
        let upper = tokens[last].paragraph
        while lower <= upper {
            let text = paragraphs[Int(lower)]
            let from = lower == tokens[start].paragraph ? Int(tokens[start].start) : 0
            let to = lower == upper ? Int(tokens[last].end) : text.count
            if from < to, text.containsAny(Self.overlapping, in: from..<to) { return true }
            lower += 1
        }
        return false
    }

    /// 建议提案50件，其中人大建议30件，政协提案21件: of the two sorts that the total names, each once.
    private func isOneSort(_ name: Range<Int>, of total: Int?, after parts: [BreakdownPart]) -> Bool {
        guard let total, parts.count < 2, let number = name.last else { return false }
        var from = total
        while from > view.lowerBound, !Self.endsClause.has(tokens[from - 1].kind) { from -= 1 }
        let whole = paragraphs[Int(tokens[total].paragraph)]
        let range = Int(tokens[from].start)..<Int(tokens[total].start)
        guard Self.sorts.allSatisfy({ whole.contains($0, in: range) }) else { return false }
        let text = paragraphs[Int(tokens[number].paragraph)]
        guard tokens[name.lowerBound].paragraph == tokens[number].paragraph else { return false }
        let own = Self.sorts.map { text.contains($0, in: Int(tokens[name.lowerBound].start)..<Int(tokens[number].end)) }
        guard own[0] != own[1] else { return false }
        return parts.allSatisfy { part in
            let before = paragraphs[part.paragraph]
            return !before.contains(Self.sorts[own[0] ? 0 : 1], in: part.name)
        }
    }

    private func sortsOnly(_ parts: [BreakdownPart]) -> Bool {
        parts.allSatisfy { paragraphs[$0.paragraph].containsAny(Self.sorts, in: $0.name) }
    }

    private func numberFollows(_ index: Int) -> Bool {
        var next = index + 1
        while next < view.upperBound, !Self.endsClause.has(tokens[next].kind) {
            if tokens[next].kind == .count { return true }
            next += 1
        }
        return false
    }

    private func lastNumber(before index: Int) -> Int? {
        var number = index - 1
        while number >= view.lowerBound, tokens[number].kind != .count {
            if tokens[number].kind == .stop { return nil }
            number -= 1
        }
        return number >= view.lowerBound ? number : nil
    }

    /// What a part divides by. Parts of one list must all divide by the same thing.
    private enum Category {
        case none, channel, person, result
        var isApplicant: Bool { self == .person || self == .result }
        init(_ kinds: KindSet) {
            if kinds.hasAny(KindSet(.byPerson, .byOrganisation, .legalPerson)) {
                self = .person
            } else if kinds.hasAny(
                KindSet(.granted, .partiallyGranted, .denied, .unavailable, .rejected, .otherResults, .answer, .carry)
            ) {
                self = .result
            } else if kinds.has(.channel) {
                self = .channel
            } else {
                self = .none
            }
        }
    }

    /// How the words of an item begin: the name of a thing, a verb or a preposition of a clause, or a word that adds.
    private enum Opening {
        case name, verb, through, addition
        init(_ name: Range<Int>, _ tokens: [Token], _ paragraphs: [FoldedText]) {
            var index = name.lowerBound
            while index < name.upperBound,
                KindSet(.comma, .pause, .semicolon, .colon, .paragraphEnd).has(tokens[index].kind)
            {
                index += 1
            }
            self = .name
            guard index < name.upperBound else { return }
            switch tokens[index].kind {
            case .disclose: self = .verb
            case .filler:
                switch paragraphs[Int(tokens[index].paragraph)][Int(tokens[index].start)] {
                case "通", "在", "向": self = .through
                case "并", "也", "均", "都": self = .addition
                default: break
                }
            default: break
            }
        }
    }

    private func endsWithDe(_ name: Range<Int>) -> Bool {
        guard let last = name.last else { return false }
        return paragraphs[Int(tokens[last].paragraph)][Int(tokens[last].end) - 1] == "的"
    }

    private func kindSet(_ range: Range<Int>) -> KindSet {
        var set = KindSet()
        for index in range { set.formUnion(tokens[index].kind.bit) }
        return set
    }

    private func startsWithOthers(_ name: Range<Int>) -> Bool {
        for index in name {
            let kind = tokens[index].kind
            if kind == .others { return true }
            if kind == .filler || kind == .meanwhile || kind == .disclose || kind == .comma || kind == .pause {
                continue
            }
            return false
        }
        return false
    }

    private func nameAfter(_ number: Int) -> Range<Int> {
        var end = number + 1
        while end < view.upperBound, !Self.endsClause.has(tokens[end].kind), tokens[end].kind != .pause,
            tokens[end].kind != .count
        {
            end += 1
        }
        return number + 1..<end
    }

    private func part(_ number: Int, name: Range<Int>, isChannel: Bool) -> BreakdownPart {
        let token = tokens[number]
        var from = name.lowerBound
        while from < name.upperBound,
            tokens[from].paragraph != token.paragraph || Self.endsClause.has(tokens[from].kind)
        { from += 1 }
        let nameRange: Range<Int> =
            from < name.upperBound
            ? Int(tokens[from].start)..<Int(tokens[name.upperBound - 1].end)
            : token.numberRange.lowerBound..<token.numberRange.lowerBound
        let lower = min(nameRange.lowerBound, Int(token.start))
        let upper = max(nameRange.upperBound, Int(token.end))
        return BreakdownPart(
            value: token.value,
            name: nameRange,
            range: lower..<upper,
            paragraph: Int(token.paragraph),
            isChannel: isChannel,
            sub: []
        )
    }

    private func breakdown(of total: Int, _ list: List, opener: Int) -> Breakdown {
        let token = tokens[total]
        var parts = list.parts
        var certain = list.certain ?? parts.count
        var sum = parts.reduce(0) { $0 + $1.value }
        if let besides = list.besides, sum + besides.part.value == token.value {
            parts.append(besides.part)
            sum += besides.part.value
            if certain == parts.count - 1 { certain = parts.count }
        }
        if let twice = secondDivision(parts, of: token.value) { certain = min(certain, twice) }
        if let overlap = parts.firstIndex(where: { overlaps($0, of: total) }) { certain = min(certain, overlap) }
        var isApproximate = list.isApproximate || token.isApproximate
        if let width = token.roundingWidth, !list.isApproximate {
            // 1.2万 is no less than 1.1万 and no more than 1.3万, whether cut off or rounded.
            let atLeast = parts.prefix(certain).reduce(0) { $0 + $1.value }
            let isWhole = list.certain == nil && !list.isOpenEnded && !list.isMixed && list.isComplete
            isApproximate = !(atLeast > token.value + width || isWhole && sum < token.value - width)
        }
        let isSound =
            list.certain == nil && certain == parts.count && !list.isOpenEnded && !list.isMixed && !isApproximate
        let covers = parts.count >= 4 && sum <= token.value && sum * 100 >= token.value * 97
        let isComplete = parts.count >= 2 && list.isComplete
        var start = total
        while start > view.lowerBound, !Self.endsClause.has(tokens[start - 1].kind) { start -= 1 }
        let upper =
            parts.filter { $0.paragraph == Int(token.paragraph) }.map(\.range.upperBound).max() ?? Int(token.end)
        let text = paragraphs[Int(token.paragraph)]
        let measureCount = (token.measure >> 16) == 0 ? 1 : 2
        let measureStart = Int(token.numberEnd)
        var at = measureStart
        while at < Int(token.end), text[at].value != token.measure & 0xFFFF { at += 1 }
        return Breakdown(
            total: token.value,
            measure: text.string(at..<min(at + measureCount, Int(token.end))),
            totalRange: token.numberRange,
            parts: parts,
            certainCount: certain,
            isExhaustive: sum == token.value || isSound && (isComplete || covers),
            allPartsAreChannels: parts.allSatisfy(\.isChannel),
            isApproximate: isApproximate,
            paragraph: Int(token.paragraph),
            range: Int(tokens[start].start)..<max(upper, Int(token.end))
        )
    }

    /// Whether an item is no share of the total, but tells what became of all of it (43条，其中采纳31条，反馈43条), or who was there
    /// (12场，其中主要负责人出席8场、分管负责人出席9场).
    private func overlaps(_ part: BreakdownPart, of total: Int) -> Bool {
        let text = paragraphs[part.paragraph]
        if part.value == tokens[total].value { return text.containsAny(Self.outcomes, in: part.name) }
        return Self.occasions.contains(tokens[total].measure & 0xFFFF)
            && text.containsAny(Self.attendances, in: part.name)
    }

    /// Where a full list is followed by another one of the same total (通知10条、动态30条，县级35条、乡镇5条).
    private func secondDivision(_ parts: [BreakdownPart], of total: Int) -> Int? {
        guard total > 0, parts.count > 3 else { return nil }
        var sum = 0
        for (index, part) in parts.enumerated() {
            sum += part.value
            guard sum == total else { continue }
            let rest = parts[(index + 1)...]
            return rest.count > 1 && rest.reduce(0, { $0 + $1.value }) == total ? index + 1 : nil
        }
        return nil
    }

    private static let endsClause = KindSet(.comma, .semicolon, .stop, .paragraphEnd, .colon, .open, .close)
    private static let overlapping: [Phrase] = [
        "有重复", "分别计", "重复公开", "重复发布", "重复计", "重复统计", "存在重复", "交叉", "重叠", "重合", "图片", "视频", "音频", "附件", "满意", "问卷",
    ]
    private static let outcomes: [Phrase] = [
        "办结", "办复", "办理", "答复", "回复", "反馈", "公开", "公示", "持证", "建成", "完成", "解决", "整改", "采纳", "设置",
    ]
    private static let occasions = "场次期".unicodeScalars.map(\.value)
    private static let attendances: [Phrase] = ["出席", "参加", "主持", "到场"]
    private static let sorts: [Phrase] = ["建议", "提案"]
    private static let otherKinds = KindSet(.otherVerb, .repeated, .meanwhile, .receive, .topic)
}
