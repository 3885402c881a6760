import ChineseText

/// Numbers of table 4, and sentences that deny: 未收到…, 未发生….
extension ClaimReader {
    func dispute(_ kind: Kind) -> ClaimSubject? {
        switch kind {
        case .reconsideration: .reconsideration(outcome: nil)
        case .litigation: .litigation(outcome: nil, group: nil)
        case .litigationDirect: .litigation(outcome: nil, group: .direct)
        case .litigationAfter: .litigation(outcome: nil, group: .afterReconsideration)
        default: nil
        }
    }

    mutating func readDispute(_ number: Int, noun: Int, from left: Int, clauseStart: Int) {
        guard let subject = dispute(tokens[noun].kind), topic != .none || speaksOfDisclosure(upTo: number) else {
            return
        }
        let before = kinds(left..<noun)
        // 行政复议、行政诉讼共3件: one number for both.
        let both = KindSet(.reconsideration, .litigation)
        if before.hasAny(both), before.union(tokens[noun].kind.bit).isSuperset(of: both) || ownCourtWork(number) {
            if tokens[number].value == 0, !ownCourtWork(number) {
                add(.reconsideration(outcome: nil), number, clauseStart: clauseStart, bareDispute)
                add(.litigation(outcome: nil, group: nil), number, clauseStart: clauseStart, bareDispute)
            } else {
                add(.other, number, clauseStart: clauseStart)
            }
            return
        }
        // 受理行政复议12件 is the work of a reviewing authority.
        var verb = noun - 1
        while verb >= clauseStart,
            KindSet(.filler, .context, .appStrong, .appWeak, .cause, .totalWord, .topic).has(tokens[verb].kind)
        { verb -= 1 }
        let isOwnWork = verb >= clauseStart && KindSet(.receive, .answer).has(tokens[verb].kind)
        if isOwnWork || ownCourtWork(number) || kinds(clauseStart..<noun).has(.foreign)
            || isDivided(clauseStart..<number)
        {
            add(.other, number, clauseStart: clauseStart)
            return
        }
        var looseness = bareDispute
        // 承办行政复议5件; but 产生, 导致 say that they were brought against the body.
        if verb >= clauseStart, tokens[verb].kind == .unknown, !isTail(verb, of: Self.brought) {
            looseness.insert(.bareDispute)
        }
        disputesCounted.formUnion(KindSet(tokens[noun].kind == .reconsideration ? .reconsideration : .litigation))
        add(subject, number, clauseStart: clauseStart, looseness)
    }

    /// 以县政府为被告: another body's case. 上年结转行政复议2件: a count that table 4 does not make.
    private func isDivided(_ range: Range<Int>) -> Bool {
        let text = paragraphs[Int(tokens[range.lowerBound].paragraph)]
        let scalars =
            Int(
                tokens[range.lowerBound].start
            )..<max(Int(tokens[range.lowerBound].start), Int(tokens[range.upperBound].start))
        if text.containsAny(Self.defendant, in: scalars), !text.containsAny(Self.ownParty, in: scalars) { return true }
        return (sentence.lowerBound..<range.upperBound).contains { index in
            tokens[index].kind == .carry && Self.disputes.has(tokens[index + 1].kind)
        }
    }

    static let disputes = KindSet(.reconsideration, .litigation, .litigationDirect, .litigationAfter)
    private static let brought: [Phrase] = ["产生", "导致", "造成", "发起", "涉诉", "新增", "收案"]
    private static let defendant: [Phrase] = ["为被告", "为被申请人", "为共同被告"]
    private static let ownParty: [Phrase] = ["我局", "本局", "本机关", "我单位", "本单位", "我镇", "我委", "我办", "我厅"]

    /// 行政复议3件, where neither the sentence nor 其中 says that disclosure was the ground.
    var bareDispute: Set<Looseness> {
        sentenceKinds.hasAny(KindSet(.context, .appStrong, .among)) ? [] : [.bareDispute]
    }

    /// The remedy that was counted right before a bracket.
    func disputeCounted(at number: Int) -> KindSet? {
        guard number >= sentence.lowerBound, tokens[number].kind == .count, let last = claims.last,
            last.paragraph == Int(tokens[number].paragraph),
            last.numberRange == tokens[number].numberRange
        else { return nil }
        switch last.subject {
        case .reconsideration: return KindSet(.reconsideration)
        case .litigation: return KindSet(.litigation)
        default: return nil
        }
    }

    /// 行政诉讼结果维持3件 names what the outcomes from here on belong to; 行政复议、行政诉讼结果维持3件 names both.
    func disputesNamed(at noun: Int) -> KindSet? {
        var index = noun + 1
        while index < sentence.upperBound, tokens[index].kind == .filler { index += 1 }
        guard index < sentence.upperBound,
            KindSet(.upheld, .corrected, .otherOutcome, .pending).has(tokens[index].kind)
        else { return nil }
        if noun - 2 >= sentence.lowerBound, joins(tokens[noun - 1]), Self.disputes.has(tokens[noun - 2].kind) {
            return KindSet(.reconsideration, .litigation)
        }
        return tokens[noun].kind == .reconsideration ? KindSet(.reconsideration) : KindSet(.litigation)
    }

    mutating func readDisputeOutcome(_ number: Int, _ kind: Kind, clauseStart: Int) {
        guard !ownCourtWork(number) else { return }
        if disputesCounted == KindSet(.reconsideration, .litigation) {
            add(.other, number, clauseStart: clauseStart)
            return
        }
        let outcome: DisputeOutcome =
            switch kind {
            case .upheld: .upheld
            case .corrected: .corrected
            case .otherOutcome: .other
            default: .pending
            }
        switch topic {
        case .reconsideration: add(.reconsideration(outcome: outcome), number, clauseStart: clauseStart, bareDispute)
        case .litigation:
            add(.litigation(outcome: outcome, group: litigationGroup), number, clauseStart: clauseStart, bareDispute)
        case .none, .application: break
        }
    }

    /// 备案, 应诉, 审理, 指导: cases that the body works on and not cases against its answers.
    func ownCourtWork(_ position: Int) -> Bool {
        kinds(sentence.lowerBound..<position).hasAny(KindSet(.filed, .respond, .guide, .assist))
    }

    /// 、 and 及: what follows is one more item.
    func joins(_ token: Token) -> Bool {
        if KindSet(.pause, .meanwhile, .others).has(token.kind) { return true }
        guard token.kind == .filler, token.end - token.start == 1 else { return false }
        let scalar = paragraphs[Int(token.paragraph)][Int(token.start)]
        return scalar == "及" || scalar == "和" || scalar == "与" || scalar == "或"
    }

    // MARK: Denials

    /// 单位, alone.
    func isUnit(_ index: Int) -> Bool {
        let token = tokens[index]
        return token.end - token.start == 2 && paragraphs[Int(token.paragraph)].has(Self.unit, at: Int(token.start))
    }

    /// 依申请公开0件, 依申请公开数量为零, 依申请公开情况：0件, 依申请公开政府信息：无. Only a whole clause that begins with the noun.
    mutating func readNone(_ noun: Int, clauseStart: Int) {
        guard !sentenceKinds.hasAny(Self.otherMatters.union(Self.outcomes)) else { return }
        var from = noun
        while from > sentence.lowerBound, !Self.endsClause.has(tokens[from - 1].kind) {
            // 二、依申请公开: the sign of a heading, not a list.
            if tokens[from - 1].kind == .pause, from - 2 <= sentence.lowerBound { break }
            from -= 1
        }
        guard kinds(from..<noun).isSubset(of: KindSet(.filler, .thisYear, .year, .context, .totalWord, .title)) else {
            return
        }
        var index = noun + 1
        var sawQuantity = false
        while index < sentence.upperBound, [.filler, .colon, .totalWord, .thisYear].contains(tokens[index].kind) {
            sawQuantity = sawQuantity || isQuantityWord(index) || tokens[index].kind == .colon
            index += 1
        }
        guard index + 1 < sentence.upperBound, Self.endsQuote.has(tokens[index + 1].kind) else { return }
        let token = tokens[index]
        let isNone: Bool
        switch token.kind {
        // The readers of numbers and denials take what has a word for it of its own.
        case .count:
            let measured = token.measure & 0xFFFF == Self.piece
            // 收到 and 共 before the number: see readAfterNoun.
            isNone =
                token.value == 0 && measured
                && !(noun + 1..<index).contains { tokens[$0].kind == .totalWord || isQuantityWord($0) }
        case .bareNumber: isNone = token.value == 0 && sawQuantity
        case .unknown: isNone = sawQuantity && isTail(index, of: Self.zero) && token.end - token.start == 1
        case .deny: isNone = sawQuantity && token.end - token.start == 1
        default: isNone = false
        }
        guard isNone else { return }
        add(.application(.received), index, clauseStart: clauseStart, isDenial: true)
    }

    mutating func readDenial(_ position: Int, clauseStart: Int) {
        let before = kinds(clauseStart..<position)
        if before.hasAny(KindSet(.conditional, .negator, .every, .aspiration)) { return }
        if position > sentence.lowerBound, [.deny, .negator].contains(tokens[position - 1].kind) { return }
        let isReceive = tokens[position].kind == .denyReceive
        var index = position + 1
        var strong = false
        var sawNoun = false
        var sawReceive = isReceive
        var people = KindSet()
        var channels = 0
        var sawEtcetera = false
        var disputes: [Kind] = []
        var carry = false
        var direction: ApplicationCount?
        var outcome: ApplicationCount?
        var clean = true
        scan: while index < sentence.upperBound {
            let token = tokens[index]
            switch token.kind {
            case .comma, .semicolon, .stop, .paragraphEnd, .close, .colon: break scan
            case .appStrong:
                strong = true
                sawNoun = true
            case .appWeak: sawNoun = true
            case .byPerson, .byOrganisation, .legalPerson: people.formUnion(token.kind.bit)
            case .channel: channels += 1
            case .etcetera: sawEtcetera = true
            case .receive: sawReceive = true
            // 未收到和处理政府信息公开申请
            case .answer where isReceive && !sawNoun: break
            case .reconsideration, .litigation, .litigationDirect, .litigationAfter: disputes.append(token.kind)
            case .carry: carry = true
            case .lastYear: direction = .carriedOver
            case .nextYear: direction = .carriedForward
            case .denied: outcome = .denied
            case .unavailable: outcome = .unavailable
            case .rejected: outcome = .rejected
            case .partiallyGranted: outcome = .partiallyGranted
            case .upheld, .corrected, .otherOutcome, .pending, .lost, .count, .amount, .feeNoun, .feeWeak: return
            case .foreign: clean = false
            case .deny, .denyReceive: break scan
            // 无申请人提出申请
            case .filler where isTail(index, of: Self.applicant):
                sawReceive = true
            case .filler, .pause, .context, .title, .thisYear, .totalWord, .cause: break
            // 未收到任何单位或个人提出的…
            case .unknown where disputes.isEmpty && isUnit(index): people.formUnion(Kind.legalPerson.bit)
            // 关于政府信息公开的申请 is any; 关于征地的申请 is one kind.
            case .topic
            where index + 1 < sentence.upperBound && KindSet(.appStrong, .context).has(tokens[index + 1].kind): break
            case .unknown where !disputes.isEmpty && !joins(tokens[index - 1]):
                // 未发生行政复议超期的情况 denies something about them, not the disputes.
                return
            default: clean = false
            }
            index += 1
        }
        // 有3个乡镇未收到 …
        if before.hasAny(KindSet(.partialYear, .count)) { return }
        if !disputes.isEmpty {
            guard topic != .none || speaksOfDisclosure(upTo: position) else { return }
            guard !ownCourtWork(index), outcome == nil else { return }
            var seen = Set<ClaimSubject>()
            for kind in disputes {
                if let subject = dispute(kind), seen.insert(subject).inserted {
                    add(subject, position, clauseStart: clauseStart, bareDispute, isDenial: true)
                }
            }
            return
        }
        guard clean else { return }
        if carry {
            if let direction, topic == .application || sawStrongNoun || strong {
                add(.application(direction), position, clauseStart: clauseStart, isDenial: true)
            }
            return
        }
        if let outcome {
            if topic == .application, channels == 0, people.rawValue == 0, !sawNoun || strong {
                add(.application(outcome), position, clauseStart: clauseStart, isDenial: true)
            }
            return
        }
        guard sawNoun else { return }
        guard strong || (sawReceive || people.rawValue != 0) && mayTrustWeakNoun(position) else { return }
        if channels > 0 {
            let alreadyDenied = claims.last.map {
                $0.subject == .application(.received) && $0.isDenial && $0.paragraph == Int(tokens[position].paragraph)
                    && $0.numberRange.lowerBound >= Int(tokens[sentence.lowerBound].start)
            }
            // 未收到信函申请 denies one way of applying; 未收到信函、网络等方式提出的申请 denies them all.
            if channels < 2 || !sawEtcetera || alreadyDenied == true || sentenceKinds.has(.among) {
                topic = .application
                // In a sentence that has denied them all, what follows is only its detail.
                add(.channel, position, clauseStart: clauseStart, isDenial: true)
                return
            }
            topic = .application
            add(.application(.received), position, clauseStart: clauseStart, [.severalChannels], isDenial: true)
            return
        }
        let persons = people.has(.byPerson)
        let organisations = people.hasAny(KindSet(.byOrganisation, .legalPerson))
        topic = .application
        if persons != organisations {
            // 没有收到过公民的…申请: none of the first column at least.
            if persons, strong {
                add(.application(.naturalPersons), position, clauseStart: clauseStart, isDenial: true)
                return
            }
            add(.other, position, clauseStart: clauseStart, isDenial: true)
            return
        }
        let isBare = !strong && !sawStrongNoun && !headingSaysApplications
        add(
            .application(.received),
            position,
            clauseStart: clauseStart,
            verb: position,
            isBare ? [.bareNoun] : [],
            isDenial: true
        )
    }
}
