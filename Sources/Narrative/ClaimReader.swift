import ChineseText

/// Reads counts of applications and disputes clause by clause.
///
/// The words between a noun and its number must all be known and harmless: one unknown word, and the number is left
/// alone. A claim accuses a public body of misstating, so a missed claim is cheap and a wrong one is not.
struct ClaimReader {
    enum Topic { case none, application, reconsideration, litigation }

    let paragraphs: [FoldedText]
    let tokens: [Token]
    let reportYear: Int?
    let agency: FoldedText?
    var claims: [CountClaim] = []

    // State of the paragraph.
    var topic = Topic.none
    var sawStrongNoun = false
    var sawForeign = false
    var litigationGroup: LitigationGroup?
    /// Disputes counted in this segment: after 复议10件，诉讼2件 an outcome belongs to neither alone.
    var disputesCounted = KindSet()
    var headingSaysApplications = false
    /// 市政府办公室 in an earlier sentence of the paragraph: a number without a subject may be its own.
    var sawOffice = false

    // State of the sentence.
    var sentence = 0..<0
    var sentenceKinds = KindSet()
    /// 自条例施行以来, at the end of a line that a comma leaves open, still holds on the next line.
    var isOtherTimeBefore = false
    var isPartialBefore = false

    /// A sentence with more words is no sentence of a report, and reading it would cost their square.
    static let longestSentence = 400

    init(paragraphs: [FoldedText], tokens: [Token], reportYear: Int?, agency: FoldedText?) {
        self.paragraphs = paragraphs
        self.tokens = tokens
        self.reportYear = reportYear
        self.agency = agency
    }

    mutating func read() -> [CountClaim] {
        var start = 0
        while start < tokens.count {
            var end = start
            var kinds = KindSet()
            while end < tokens.count {
                let kind = tokens[end].kind
                kinds.formUnion(kind.bit)
                end += 1
                if kind == .stop || kind == .paragraphEnd { break }
            }
            sentence = start..<end
            sentenceKinds = kinds
            let isReadable = end - start <= Self.longestSentence
            if isReadable, kinds.hasAny(Self.speaksOfApplications) || topic != .none || kinds.hasAny(Self.tellsTime) {
                readSentence()
            } else if kinds.has(.foreign) {
                sawForeign = true
            }
            if isReadable, kinds.hasAny(Self.speaksOfDisclosure) { readDisclosure() }
            if kinds.has(.office) { sawOffice = true }
            if end > 0, tokens[end - 1].kind == .paragraphEnd {
                // 其中 may open the next line when this one ends with a colon or semicolon.
                let continues = end - start > 1 && [.colon, .semicolon, .comma].contains(tokens[end - 2].kind)
                if !continues {
                    isOtherTimeBefore = false
                    isPartialBefore = false
                    topic = .none
                    sawStrongNoun = false
                    sawForeign = false
                    sawOffice = false
                }
            }
            // A sub-heading on its own line or at the start of one speaks for the sentence after it.
            let length = tokens[end - 1].start - tokens[start].start
            if length > 0 {
                headingSaysApplications =
                    length <= 24 && kinds.has(.appStrong) && !kinds.hasAny(KindSet(.foreign, .count))
            }
            start = end
        }
        return claims
    }

    // MARK: One sentence

    mutating func readSentence() {
        let firstClaim = claims.count
        var clauseStart = sentence.lowerBound
        // Where the words of the next number begin; numbers in brackets do not cut the words outside them.
        var previousNumber = sentence.lowerBound - 1
        var bracketStart = sentence.lowerBound
        var isOtherTime = isOtherTimeBefore
        var isPartial = isPartialBefore
        var inSelection = false
        // 甲局、乙局分别收到20件、18件: no number of the report's own.
        var isDivided = false
        var depth = 0
        // What was counted before a bracket: in 诉讼4件（维持3件，未审结1件） the outcomes are those of the one count before it.
        var countedOutside: KindSet?
        if sentenceKinds.hasAny(KindSet(.reconsideration, .litigation, .litigationDirect, .litigationAfter)) {
            disputesCounted = KindSet()
        }
        var position = sentence.lowerBound
        var partOnly = sentenceKinds.has(.some) || sentenceKinds.has(.exclusion) && hasTrailingExclusion()
        while position < sentence.upperBound {
            let token = tokens[position]
            switch token.kind {
            case .comma, .colon:
                if depth == 0 { clauseStart = position + 1 }
            case .semicolon:
                clauseStart = position + 1
                inSelection = false
                isDivided = false
                disputesCounted = KindSet()
            case .exclusion:
                partOnly = true
            case .respectively:
                isDivided = true
            case .open:
                depth += 1
                bracketStart = position + 1
                if depth == 1, let counted = disputeCounted(at: position - 1) {
                    countedOutside = disputesCounted
                    disputesCounted = counted
                }
            case .close:
                depth = max(0, depth - 1)
                if depth == 0, let outside = countedOutside {
                    disputesCounted.formUnion(outside)
                    countedOutside = nil
                }
            case .year:
                if !belongsToComparison(position, from: clauseStart) {
                    isOtherTime = isOther(year: token.value, at: position)
                }
            case .thisYear:
                isPartial = false
                // 2022年全年 is still 2022.
                if [.year, .lastYear].contains(position > sentence.lowerBound ? tokens[position - 1].kind : .stop)
                    == false
                {
                    isOtherTime = false
                }
            case .month:
                if isPartialYear(month: position) { isPartial = true }
            case .historical:
                isOtherTime = true
            case .since:
                // 2022年以来 is this year when 2022 is the year of the report.
                if position == sentence.lowerBound || tokens[position - 1].kind != .year { isOtherTime = true }
            case .lastYear:
                let clause = kinds(clauseStart..<clauseEnd(position))
                if !clause.has(.carry), !clause.has(.growth) { isOtherTime = true }
            case .partialYear:
                if isPartialYear(position) { isPartial = true }
            case .among:
                inSelection = true
            case .foreign, .disclose:
                if topic == .application { topic = .none }
                if token.kind == .foreign { sawForeign = true }
            case .appStrong:
                sawStrongNoun = true
                if !isOtherTime, !isPartial, !partOnly, !inSelection, !token.isQuoted, depth == 0 {
                    readNone(position, clauseStart: clauseStart)
                }
            case .reconsideration:
                if topic == .application || speaksOfDisclosure(upTo: position) { topic = .reconsideration }
                if topic != .none, let named = disputesNamed(at: position) { disputesCounted = named }
            case .litigation, .litigationDirect, .litigationAfter:
                if topic != .none || speaksOfDisclosure(upTo: position) {
                    topic = .litigation
                    litigationGroup =
                        token.kind == .litigationDirect
                        ? .direct : token.kind == .litigationAfter ? .afterReconsideration : nil
                    if let named = disputesNamed(at: position) { disputesCounted = named }
                }
            case .count:
                let left = depth > 0 ? bracketStart : max(clauseStart, previousNumber + 1)
                if !isOtherTime, !isPartial, !isDivided, !partOnly, !token.isQuoted, Self.countsCases(token) {
                    readNumber(position, from: left, clauseStart: clauseStart, inSelection: inSelection)
                }
                if depth > 0 { bracketStart = position + 1 } else { previousNumber = position }
            case .denyReceive, .deny:
                if !token.isQuoted, !isOtherTime, !isPartial, !partOnly {
                    readDenial(position, clauseStart: clauseStart)
                }
            default:
                break
            }
            position += 1
        }
        markSeveralStatements(from: firstClaim)
        markLoneOutcome(from: firstClaim)
        let isOpen = sentence.count > 1 && tokens[sentence.upperBound - 2].kind == .comma
        isOtherTimeBefore = isOtherTime && isOpen && tokens[sentence.upperBound - 1].kind == .paragraphEnd
        isPartialBefore = isPartial && isOpen && tokens[sentence.upperBound - 1].kind == .paragraphEnd
    }

    /// 共收到85件（公安局除外） takes from the number before it; 共收到85件，除2件结转外 only from what follows.
    private func hasTrailingExclusion() -> Bool {
        sentence.contains { index in
            guard tokens[index].kind == .exclusion, tokens[index].end - tokens[index].start > 1 else { return false }
            return !(sentence.lowerBound..<index).contains { tokens[$0].kind == .exclusion && isSingle($0) }
        }
    }

    private func isSingle(_ index: Int) -> Bool { tokens[index].end - tokens[index].start == 1 }

    /// Two different numbers for one thing in one sentence are about two bodies or two periods.
    mutating func markSeveralStatements(from first: Int) {
        guard claims.count > first + 1 else { return }
        dropAccepted(from: first)
        for left in first..<claims.count {
            guard claims[left].subject == .application(.received) || claims[left].subject == .application(.answered)
            else { continue }
            for right in first..<claims.count
            where right != left && claims[right].subject == claims[left].subject
                && claims[right].value != claims[left].value
            {
                claims[left].looseness.insert(.severalStatements)
            }
        }
    }

    /// 收到20件，受理18件，不予受理2件: those that were accepted of those that came in.
    private mutating func dropAccepted(from first: Int) {
        let received = claims[first...].first {
            $0.subject == .application(.received) && !verb(of: $0, is: Self.accepted)
        }
        guard let received else { return }
        for index in first..<claims.count where claims[index].subject == .application(.received) {
            if claims[index].value < received.value,
                claims[index].numberRange.lowerBound > received.numberRange.lowerBound,
                verb(of: claims[index], is: Self.accepted)
            {
                claims[index].subject = .other
            }
        }
    }

    /// Whether one of the words stands right before the number, in its clause.
    private func verb(of claim: CountClaim, is words: [Phrase]) -> Bool {
        let start = claim.numberRange.lowerBound
        return paragraphs[claim.paragraph].containsAny(words, in: max(claim.range.lowerBound, start - 12)..<start)
    }

    private static let accepted: [Phrase] = ["受理"]

    /// 其中不予公开5件, with no other result: the word may stand for all that was not disclosed.
    mutating func markLoneOutcome(from first: Int) {
        var lone: Int?
        for index in first..<claims.count {
            guard case .application(let count) = claims[index].subject, count.isOutcome else { continue }
            guard lone == nil else { return }
            lone = index
        }
        if let lone { claims[lone].looseness.insert(.loneOutcome) }
    }

    // MARK: Helpers

    mutating func add(
        _ subject: ClaimSubject,
        _ position: Int,
        clauseStart: Int,
        verb: Int? = nil,
        _ extra: Set<Looseness> = [],
        isDenial: Bool = false
    ) {
        let token = tokens[position]
        var looseness = extra
        let before = kinds(sentence.lowerBound..<position)
        if before.has(.represent) { looseness.insert(.onBehalf) }
        if before.has(.filed) { looseness.insert(.filed) }
        if before.has(.assist) { looseness.insert(.assisted) }
        if before.has(.guide) { looseness.insert(.guided) }
        if before.has(.respond) { looseness.insert(.responding) }
        if before.has(.cumulative) { looseness.insert(.cumulative) }
        if before.has(.office), isOtherOffice(before: position) { looseness.insert(.office) }
        var body: Range<Int>?
        if let verb { body = namedBody(before: verb, from: clauseStart) }
        if let body {
            // 各乡镇 is a part whatever the report's body is.
            let text = paragraphs[Int(token.paragraph)]
            if text[body.lowerBound] == "各" || agency.map({ !isOwn(body, in: text, $0) }) == true {
                looseness.insert(.otherBody)
            } else if isLeadingGovernment, Self.itself.contains(where: { text.has($0, at: body.upperBound - $0.count) })
            {
                looseness.insert(.governmentItself)
            }
        } else if sawOffice, isLeadingGovernment, !saysWholeArea(position) {
            looseness.insert(.governmentItself)
        }
        claims.append(
            CountClaim(
                subject: subject,
                value: isDenial ? 0 : token.value,
                isDenial: isDenial,
                isApproximate: token.isApproximate,
                looseness: looseness,
                paragraph: Int(token.paragraph),
                range: quoteRange(position),
                numberRange: isDenial ? Int(token.start)..<Int(token.end) : token.numberRange,
                body: body
            )
        )
        if case .application = subject { topic = .application }
    }

    /// The clause around a token, from comma to comma, asides in brackets included.
    func quoteRange(_ position: Int) -> Range<Int> {
        var from = position
        while from > sentence.lowerBound, !Self.endsQuote.has(tokens[from - 1].kind) { from -= 1 }
        var to = position
        while to < sentence.upperBound - 1, !Self.endsQuote.has(tokens[to + 1].kind) { to += 1 }
        let paragraph = tokens[position].paragraph
        while tokens[from].paragraph != paragraph { from += 1 }
        while tokens[to].paragraph != paragraph { to -= 1 }
        return Int(tokens[from].start)..<Int(tokens[to].end)
    }

    /// First position at or after `position` where its clause ends.
    func clauseEnd(_ position: Int) -> Int {
        var index = position + 1
        while index < sentence.upperBound, !Self.endsClause.has(tokens[index].kind), tokens[index].kind != .count {
            index += 1
        }
        return index
    }

    func kinds(_ range: Range<Int>) -> KindSet {
        var set = KindSet()
        for index in range { set.formUnion(tokens[index].kind.bit) }
        return set
    }

    func subject(ofApplicant kind: Kind) -> ClaimSubject {
        switch kind {
        case .byPerson: .application(.naturalPersons)
        case .byOrganisation: .application(.organisations)
        default: .channel
        }
    }

    /// A bare 申请 counts only where nothing else is applied for.
    func mayTrustWeakNoun(_ position: Int) -> Bool {
        !sentenceKinds.hasAny(KindSet(.foreign, .disclose)) && (sawStrongNoun || headingSaysApplications || !sawForeign)
    }

    /// Whether the sentence (or the claim before) is about disclosure, so that a dispute in it is one of table 4.
    func speaksOfDisclosure(upTo position: Int) -> Bool {
        sentenceKinds.hasAny(KindSet(.context, .appStrong))
            && !kinds(sentence.lowerBound..<min(position, sentence.upperBound)).has(.foreign)
    }

    func isQuantityWord(_ index: Int) -> Bool {
        tokens[index].kind == .filler && isTail(index, of: Self.quantityWords)
    }

    /// 较2022年, 比2022年, 2022年结转: a year that does not say when the count was made.
    func belongsToComparison(_ position: Int, from clauseStart: Int) -> Bool {
        if position > clauseStart, tokens[position - 1].kind == .growth { return true }
        let after = position + 1 < sentence.upperBound ? tokens[position + 1].kind : .stop
        if after == .carry || after == .since {
            return reportYear.map { tokens[position].value == $0 || after == .carry } ?? true
        }
        let clause = kinds(clauseStart..<clauseEnd(position))
        return clause.has(.carry)
    }

    func isOther(year: Int, at position: Int) -> Bool {
        guard let reportYear else { return false }
        return year != reportYear
    }

    /// 截至6月, 上半年, 1-6月: not the whole year. 截至12月 is.
    func isPartialYear(_ position: Int) -> Bool {
        let text = paragraphs[Int(tokens[position].paragraph)]
        let start = Int(tokens[position].start)
        guard text[start] == "截" else { return !isAfterJanuary(start, text) }
        for index in position..<min(position + 5, sentence.upperBound) where tokens[index].kind == .month {
            return tokens[index].value != 12
        }
        return false
    }

    /// 2023年5月收到 is one month; 1月1日至12月31日 and 截至12月底 are the year.
    func isPartialYear(month position: Int) -> Bool {
        if tokens[position].value == 12 {
            let text = paragraphs[Int(tokens[position].paragraph)]
            if isAfterJanuary(Int(tokens[position].numberRange.lowerBound) - 1, text) { return false }
            // 12月份收到, 12月收到: one month. 至12月, 12月底, 12月31日止: the end of the year.
            if tokens[position].end - tokens[position].numberEnd > 1 { return true }
            for index in max(sentence.lowerBound, position - 3)..<position {
                if tokens[index].kind == .partialYear || isTail(index, of: Self.untilWords) { return false }
            }
            return !(position + 1..<min(position + 3, sentence.upperBound)).contains { isTail($0, of: Self.endWords) }
        }
        let text = paragraphs[Int(tokens[position].paragraph)]
        for index in position + 1..<min(position + 10, sentence.upperBound) {
            // 1月至12月, of which 至12月 is one word.
            if tokens[index].kind == .partialYear, tokens[position].value == 1, tokens[index].start > 0,
                tokens[index].paragraph == tokens[position].paragraph
            {
                return !isAfterJanuary(Int(tokens[index].start), text)
            }
            if tokens[index].kind == .month { return tokens[index].value != 12 }
        }
        return true
    }

    /// 1-12月, 1月至12月: the whole year. `at` is where the word for “to” stands.
    private func isAfterJanuary(_ at: Int, _ text: FoldedText) -> Bool {
        guard at >= 1, Self.until.contains(text[at]) else { return false }
        var at = at - 1
        if text[at] == "份", at > 0 { at -= 1 }
        if text[at] == "月", at > 0 { at -= 1 }
        return text[at] == "1" && (at == 0 || !text[at - 1].isASCIIDigit)
    }

    private static let until = Set("-~—–至到".unicodeScalars)

    static func countsCases(_ token: Token) -> Bool {
        guard let measure = Unicode.Scalar(token.measure & 0xFFFF) else { return false }
        switch measure {
        case "件", "条", "份", "宗", "起", "例", "封", "项", "个", "笔", "桩": return true
        case "次": return token.measure >> 16 == 0
        default: return false
        }
    }

    static func isMeaningful(_ kind: Kind) -> Bool {
        !KindSet(.filler, .thisYear, .year, .totalWord, .cumulative, .comma, .pause, .colon, .month, .title).has(kind)
    }

    static let untilWords: [Phrase] = ["至", "到"]
    static let endWords: [Phrase] = ["底", "末", "止", "31日"]
    static let thisCalendarYear: [Phrase] = ["当年"]
    static let unit: Phrase = "单位"
    static let zero: [Phrase] = ["零"]
    static let piece = ("件" as Unicode.Scalar).value
    static let thereAre: [Phrase] = ["共有"]
    static let valid: [Phrase] = ["有效"]
    static let applicant: [Phrase] = ["申请人"]
    static let inProgress: [Phrase] = [
        "办理中", "处理中", "办理过程中", "正在办理", "正在处理", "正在审查", "正在答复", "尚在", "在办", "待办", "待答复", "尚未办结", "尚未答复", "未到期",
    ]
    static let naturalPerson: [Phrase] = ["自然人"]
    static let partialAnswers: [Phrase] = ["延期", "逾期", "当场", "口头", "主动", "延长"]
    static let inTime: [Phrase] = ["按期", "按时", "书面", "及时"]
    static let quantityWords: [Phrase] = ["数量", "总数", "总量", "件数"]
    static let endsClause = KindSet(.comma, .semicolon, .stop, .paragraphEnd, .colon, .open, .close)
    /// Disputes, and what makes a sentence about something else than the number of applications.
    static let otherMatters = KindSet(
        .reconsideration,
        .litigation,
        .litigationDirect,
        .litigationAfter,
        .lost,
        .foreign,
        .disclose,
        .feeNoun,
        .feeWeak,
        .collect,
        .conditional,
        .aspiration,
        .respectively
    )
    static let tellsTime = KindSet(.since, .historical, .lastYear, .year, .month, .partialYear)
    static let outcomes = KindSet(.granted, .partiallyGranted, .denied, .unavailable, .rejected, .otherResults)
    static let endsQuote = KindSet(.comma, .semicolon, .stop, .paragraphEnd, .colon)
    static let speaksOfApplications = KindSet(
        .appStrong,
        .appWeak,
        .context,
        .receive,
        .denyReceive,
        .reconsideration,
        .litigation,
        .litigationDirect,
        .litigationAfter
    )
    /// In the words before a number: it is no count of the year.
    static let cancels = KindSet(
        .growth,
        .conditional,
        .aspiration,
        .every,
        .foreign,
        .historical,
        .negator,
        .amount,
        .notice
    )
    /// What may stand between a noun or verb and its number.
    static let gapBeforeNumber = KindSet(
        .filler,
        .totalWord,
        .thisYear,
        .cumulative,
        .colon,
        .title,
        .context,
        .year,
        .etcetera
    )
}
