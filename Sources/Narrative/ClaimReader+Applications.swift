import ChineseText

/// Numbers of table 3: 收到, 答复, 结转, the results, the applicants.
extension ClaimReader {
    mutating func readNumber(_ number: Int, from left: Int, clauseStart: Int, inSelection: Bool) {
        var kinds = kinds(left..<number)
        let right = clauseEnd(number)
        let clause = self.kinds(clauseStart..<right)
        if kinds.hasAny(Self.cancels) { return }
        if clause.hasAny(KindSet(.feeNoun, .collect)) {
            if clause.has(.feeNoun), clause.has(.collect),
                self.kinds(number..<right).hasAny(KindSet(.appStrong, .appWeak))
            {
                add(.feeApplications, number, clauseStart: clauseStart)
            }
            return
        }
        if tokens[number].isChineseOne, !kinds.hasAny(KindSet(.totalWord, .appStrong, .year, .thisYear)) { return }
        // 答复申请,共计12件: the clause before holds the words.
        var left = left
        if left == clauseStart, clauseStart > sentence.lowerBound, tokens[clauseStart - 1].kind == .comma,
            (left..<number).allSatisfy({ [.totalWord, .filler, .cumulative].contains(tokens[$0].kind) }),
            kinds.has(.totalWord)
        {
            var before = clauseStart - 1
            while before > sentence.lowerBound, !Self.endsClause.has(tokens[before - 1].kind),
                tokens[before - 1].kind != .count
            {
                before -= 1
            }
            left = before
            kinds = self.kinds(left..<number)
            if kinds.hasAny(Self.cancels) { return }
        }

        let inContext = topic == .application || self.kinds(sentence.lowerBound..<number).has(.appStrong)
        // 上年结转 N, 转下年度办理 N, N 件顺延到下年度答复.
        if kinds.has(.carry) || kinds.has(.lastYear) || kinds.has(.nextYear) {
            if readCarry(number, from: left, clauseStart: clauseStart, inContext: inContext) { return }
            if kinds.hasAny(KindSet(.carry, .nextYear)) { return }
        }
        var head = number - 1
        while head >= left {
            if tokens[head].kind == .close {
                while head > left, tokens[head].kind != .open { head -= 1 }
            } else if !Self.gapBeforeNumber.has(tokens[head].kind) {
                break
            }
            head -= 1
        }
        let headKind = head >= left ? tokens[head].kind : .filler
        switch headKind {
        case .granted, .partiallyGranted, .denied, .unavailable, .rejected, .otherResults:
            guard
                topic == .application
                    || inContext && self.kinds(sentence.lowerBound..<number).hasAny(KindSet(.receive, .answer))
            else { return }
            readOutcome(number, head: head, from: left, clauseStart: clauseStart)
        case .appStrong, .appWeak:
            readAfterNoun(
                number,
                noun: head,
                from: left,
                clauseStart: clauseStart,
                inSelection: inSelection,
                inContext: inContext
            )
        case .receive, .answer:
            readAfterVerb(number, verb: head, from: left, clauseStart: clauseStart, inSelection: inSelection)
        case .byPerson, .byOrganisation, .channel:
            guard topic == .application else { return }
            add(subject(ofApplicant: headKind), number, clauseStart: clauseStart)
        case .reconsideration, .litigation, .litigationDirect, .litigationAfter:
            readDispute(number, noun: head, from: left, clauseStart: clauseStart)
        case .upheld, .corrected, .otherOutcome, .pending:
            readDisputeOutcome(number, headKind, clauseStart: clauseStart)
        default:
            readForward(
                number,
                from: left,
                head: head,
                headKind: headKind,
                clauseStart: clauseStart,
                inSelection: inSelection
            )
        }
    }

    /// Numbers carried from or into another year; false when the words do not say so.
    mutating func readCarry(_ number: Int, from left: Int, clauseStart: Int, inContext: Bool) -> Bool {
        guard inContext else { return false }
        var sawCarry = false
        var direction: ApplicationCount?
        var index = number - 1
        while index >= left {
            let token = tokens[index]
            switch token.kind {
            case .carry: sawCarry = true
            // 下年度继续办理81件
            case .answer: sawCarry = sawCarry || kinds(left..<index).has(.nextYear)
            case .lastYear: direction = direction ?? .carriedOver
            case .nextYear: direction = direction ?? .carriedForward
            case .year:
                if let reportYear {
                    direction =
                        direction
                        ?? (token.value == reportYear - 1
                            ? .carriedOver : token.value == reportYear + 1 ? .carriedForward : nil)
                }
            case .unknown, .foreign, .disclose, .otherVerb, .amount: return sawCarry
            case .close:
                while index > left, tokens[index].kind != .open { index -= 1 }
            default: break
            }
            if sawCarry, direction != nil { break }
            index -= 1
        }
        guard sawCarry, let direction else { return sawCarry }
        add(.application(direction), number, clauseStart: clauseStart)
        return true
    }

    mutating func readOutcome(_ number: Int, head: Int, from left: Int, clauseStart: Int) {
        let before = kinds(left..<head)
        // 因属于国家秘密不予公开1件 is one reason of several, unless 等 closes a list of them.
        if before.has(.cause), !before.has(.etcetera) { return }
        if before.hasAny(KindSet(.byPerson, .byOrganisation, .channel, .foreign)) || dividesOutcome(head) { return }
        let aside = kinds(head + 1..<number)
        let result: ApplicationCount
        switch tokens[head].kind {
        case .granted:
            result = aside.has(.partiallyGranted) || before.has(.partiallyGranted) ? .grantedOrPartially : .granted
        case .partiallyGranted: result = before.has(.granted) ? .grantedOrPartially : .partiallyGranted
        case .denied: result = .denied
        case .unavailable: result = .unavailable
        case .rejected: result = .rejected
        default: result = .otherResults
        }
        if result != .grantedOrPartially, before.hasAny(Self.outcomes) || aside.hasAny(Self.outcomes) { return }
        // 已主动公开30件、同意公开40件: the form counts both as 予以公开, or the first elsewhere.
        if result == .granted, speaksOfKnownInformation() { return }
        // 予以公开信息12条 counts pages, not applications.
        if result != .unavailable, (head + 1..<number).contains(where: { isInformation($0) }) { return }
        add(.application(result), number, clauseStart: clauseStart)
    }

    /// 属于主动公开范围30件: a result of its own beside 予以公开.
    private func speaksOfKnownInformation() -> Bool {
        guard sentenceKinds.has(.disclose) || sentenceKinds.has(.unknown) else { return false }
        let first = tokens[sentence.lowerBound]
        var last = sentence.upperBound - 1
        while last > sentence.lowerBound, tokens[last].paragraph != first.paragraph { last -= 1 }
        return paragraphs[Int(first.paragraph)]
            .containsAny(Self.knownInformation, in: Int(first.start)..<Int(tokens[last].end))
    }

    private static let knownInformation: [Phrase] = [
        "已主动公开", "已经主动公开", "主动公开范围", "属于主动公开", "属主动公开", "告知主动公开", "属于已公开", "已公开的", "已经公开", "已对外公开",
    ]

    /// 予以公开3件（其中全文公开2件）: a part of the result before the bracket.
    private func dividesOutcome(_ head: Int) -> Bool {
        guard
            let open = (sentence.lowerBound..<head).last(where: {
                tokens[$0].kind == .open || tokens[$0].kind == .close
            }),
            tokens[open].kind == .open, open > sentence.lowerBound, let last = claims.last,
            case .application(let count) = last.subject, count.isOutcome
        else { return false }
        return tokens[open - 1].numberRange == last.numberRange && Int(tokens[open - 1].paragraph) == last.paragraph
    }

    func isInformation(_ index: Int) -> Bool {
        let text = paragraphs[Int(tokens[index].paragraph)]
        return tokens[index].kind == .filler && text[Int(tokens[index].start)] == "信"
            && tokens[index].end - tokens[index].start == 2
    }

    /// 收到政府信息公开申请 N 件, 自然人申请 N 件, 政府信息公开申请共计 N 件.
    mutating func readAfterNoun(
        _ number: Int,
        noun: Int,
        from left: Int,
        clauseStart: Int,
        inSelection: Bool,
        inContext: Bool
    ) {
        var strong = false
        var people = KindSet()
        var channels = 0
        var sawEtcetera = false
        var receives = 0
        var answers = 0
        var verb: Int?
        var index = noun
        scan: while index >= left {
            switch tokens[index].kind {
            case .appStrong: strong = true
            case .byPerson, .byOrganisation, .legalPerson: people.formUnion(tokens[index].kind.bit)
            case .channel: channels += 1
            case .etcetera: sawEtcetera = true
            case .receive:
                receives += 1
                verb = index
            case .answer:
                answers += 1
                verb = index
            case .close:
                while index > left, tokens[index].kind != .open { index -= 1 }
            case .appWeak, .pause, .context, .colon: break
            case let kind where Self.gapBeforeNumber.has(kind): break
            default: break scan
            }
            index -= 1
        }
        // Words left of the verb: time, body, channel.
        let before = kinds(left..<max(left, index + 1))
        // 有效申请120件，无效申请8件: one of two halves.
        if (max(left, index + 1)..<noun).contains(where: { isTail($0, of: Self.valid) }) {
            add(.other, number, clauseStart: clauseStart)
            return
        }
        if before.hasAny(KindSet(.foreign, .disclose, .otherVerb, .feeNoun)) && !strong { return }
        if kinds(clauseStart..<clauseEnd(number)).has(.foreign) { return }
        var looseness = Set<Looseness>()
        if before.has(.channel) || channels > 0 {
            for position in left..<max(left, index + 1) where tokens[position].kind == .channel { channels += 1 }
            if before.has(.etcetera) { sawEtcetera = true }
        }
        guard let verb else {
            // 不予公开的政府信息公开申请 N 件
            if index >= left, Self.outcomes.has(tokens[index].kind), people.rawValue == 0, channels == 0 {
                readOutcome(number, head: index, from: left, clauseStart: clauseStart)
                return
            }
            // No verb: 自然人申请 N 件, 当面申请 N 件 continue a claim; the noun alone is one with 数量, 共计.
            guard index < left || !Self.isMeaningful(tokens[index].kind) || tokens[index].kind == .among else { return }
            if people.has(.byPerson) != (people.has(.byOrganisation) || people.has(.legalPerson)), channels == 0 {
                guard topic == .application else { return }
                if people.has(.legalPerson), !people.has(.byOrganisation) { return }
                add(
                    subject(ofApplicant: people.has(.byPerson) ? .byPerson : .byOrganisation),
                    number,
                    clauseStart: clauseStart
                )
            } else if channels > 0 {
                if topic == .application { add(.channel, number, clauseStart: clauseStart) }
            } else if strong, people.rawValue == 0, !inSelection,
                (noun + 1..<number).contains(where: { tokens[$0].kind == .totalWord || isQuantityWord($0) })
            {
                add(.application(.received), number, clauseStart: clauseStart)
            }
            return
        }
        guard strong || mayTrustWeakNoun(number), mayPrecede(verb, from: left) else { return }
        if receives > 0, answers > 0 { looseness.insert(.combinedVerbs) }
        let isReceived = receives > 0
        if channels > 0 {
            if channels == 1 || !sawEtcetera {
                add(.channel, number, clauseStart: clauseStart)
                topic = .application
                return
            }
            looseness.insert(.severalChannels)
        }
        if people.has(.byPerson), !people.has(.byOrganisation), !people.has(.legalPerson) {
            topic = .application
            // 受理公民申请 N 件 usually means all applicants.
            let isExact =
                isReceived
                && (left..<number).contains { tokens[$0].kind == .byPerson && isTail($0, of: Self.naturalPerson) }
            add(isExact ? .application(.naturalPersons) : .other, number, clauseStart: clauseStart)
            return
        }
        if people.hasAny(KindSet(.byOrganisation, .legalPerson)), !people.has(.byPerson) {
            topic = .application
            add(
                isReceived && people.has(.byOrganisation) ? .application(.organisations) : .other,
                number,
                clauseStart: clauseStart
            )
            return
        }
        if inSelection, isReceived {
            add(.other, number, clauseStart: clauseStart)
            return
        }
        if !isReceived, isPartialAnswer(verb, from: left, inSelection: inSelection) || isUnfinished(number, from: left)
        {
            return
        }
        if !strong, !sawStrongNoun, !headingSaysApplications { looseness.insert(.bareNoun) }
        add(.application(isReceived ? .received : .answered), number, clauseStart: clauseStart, verb: verb, looseness)
    }

    /// 共受理 N 件(申请), 依法按期办结 N 件.
    mutating func readAfterVerb(_ number: Int, verb: Int, from left: Int, clauseStart: Int, inSelection: Bool) {
        let end = clauseEnd(number)
        let clause = kinds(clauseStart..<end)
        if clause.hasAny(KindSet(.foreign, .reconsideration, .litigation, .conditional, .amount)) { return }
        // 不予公开答复2件
        if let outcome = (left..<verb).last(where: { Self.outcomes.has(tokens[$0].kind) }) {
            if topic == .application, kinds(outcome + 1..<verb).isSubset(of: Self.gapBeforeNumber) {
                readOutcome(number, head: outcome, from: left, clauseStart: clauseStart)
            }
            return
        }
        guard mayPrecede(verb, from: left) else { return }
        // 收到申请并答复 N 件, 收到依申请公开办理事项 N 件: the first verb, and loosely.
        let isCombined =
            tokens[verb].kind == .answer && kinds(left..<verb).isSuperset(of: KindSet(.receive, .appStrong))
        let isReceived = tokens[verb].kind == .receive || isCombined
        // N 件政府信息公开申请
        var strong = false
        var noun: Int?
        var people = KindSet()
        var channels = 0
        var index = number + 1
        forward: while index < end {
            switch tokens[index].kind {
            case .appStrong, .appWeak:
                strong = strong || tokens[index].kind == .appStrong
                noun = index
            case .byPerson, .byOrganisation, .legalPerson: people.formUnion(tokens[index].kind.bit)
            case .channel: channels += 1
            case .filler where isTail(index, of: Self.valid):
                add(.other, number, clauseStart: clauseStart)
                return
            // 办结83件、结转下年度6件: the next item.
            case .pause where noun == nil: break forward
            case .filler, .pause, .context, .etcetera, .title: break
            case .answer, .open, .close: break forward
            default:
                if noun == nil { return }
                break forward
            }
            index += 1
        }
        if noun == nil {
            // 收到行政复议申请12件，受理10件
            if kinds(sentence.lowerBound..<verb).hasAny(Self.disputes) { return }
            // 政府信息公开申请共受理 N 件: the noun stands before; or the sentence already speaks of applications.
            let before = kinds(left..<verb)
            people = before
            if before.has(.appStrong) {
                strong = true
            } else if isReceived {
                guard kinds(sentence.lowerBound..<verb).has(.appStrong) || headingSaysApplications,
                    !sentenceKinds.has(.foreign),
                    claims.last.map({ $0.paragraph != Int(tokens[number].paragraph) }) ?? true
                        || headingSaysApplications
                else { return }
                strong = true
            } else {
                guard topic == .application, !sentenceKinds.has(.foreign) else { return }
                strong = true
            }
            if before.hasAny(KindSet(.disclose, .otherVerb)) { return }
            // 已答复申请人12件 is fine, 答复率 or 办结事项的 is not: the number must follow the verb directly.
            if people.has(.channel) { channels = 1 }
        }
        guard strong || mayTrustWeakNoun(number) else { return }
        if channels > 0 || people.hasAny(KindSet(.byPerson, .byOrganisation, .legalPerson)) {
            if !(people.has(.byPerson) && people.hasAny(KindSet(.byOrganisation, .legalPerson))) {
                add(channels > 0 && isReceived ? .channel : .other, number, clauseStart: clauseStart)
                return
            }
        }
        if isReceived, inSelection {
            add(.other, number, clauseStart: clauseStart)
            return
        }
        if !isReceived, isPartialAnswer(verb, from: left, inSelection: inSelection) || isUnfinished(number, from: left)
        {
            return
        }
        var looseness = Set<Looseness>()
        if kinds(left..<verb).hasAny(KindSet(.receive, .answer)) {
            looseness.insert(.combinedVerbs)
        }
        if !strong, !sawStrongNoun, !headingSaysApplications { looseness.insert(.bareNoun) }
        add(.application(isReceived ? .received : .answered), number, clauseStart: clauseStart, verb: verb, looseness)
    }

    /// 延期答复, 当面答复, 电话答复: some of the answers. After 其中 also 按期答复.
    func isPartialAnswer(_ verb: Int, from left: Int, inSelection: Bool) -> Bool {
        for index in left..<verb {
            if tokens[index].kind == .channel
                || tokens[index].kind == .unknown && isTail(index, of: Self.partialAnswers)
            {
                return true
            }
            if inSelection, tokens[index].kind == .filler, isTail(index, of: Self.inTime) { return true }
        }
        return false
    }

    /// 不予受理, 正在办理, 补正答复, 不作为政府信息公开申请处理: a word right before the verb that the lexicon does not know may turn its sense. The
    /// name of a body may stand there.
    func mayPrecede(_ verb: Int, from left: Int) -> Bool {
        var index = verb - 1
        let skipped = Self.gapBeforeNumber.union(KindSet(.receive, .answer, .pause, .appStrong, .appWeak))
        while index >= left, skipped.has(tokens[index].kind) { index -= 1 }
        guard index >= left, tokens[index].kind == .unknown else { return true }
        let text = paragraphs[Int(tokens[index].paragraph)]
        return Self.officeEndings.contains(text[Int(tokens[index].end) - 1])
    }

    /// 当年办结123件，加上上年结转6件; 已答复123件，5件在办理中: neither row 3.7 nor all that came in.
    func isUnfinished(_ number: Int, from left: Int) -> Bool {
        if (left..<number).contains(where: { tokens[$0].kind == .thisYear && isTail($0, of: Self.thisCalendarYear) }) {
            return true
        }
        let text = paragraphs[Int(tokens[number].paragraph)]
        let last = tokens[sentence.upperBound - 1]
        return text.containsAny(
            Self.inProgress,
            in: Int(tokens[number].end)..<max(Int(tokens[number].end), Int(last.end))
        )
    }

    /// 全年共有152件政府信息公开申请。
    mutating func readExistence(_ number: Int, from left: Int, clauseStart: Int, inSelection: Bool) -> Bool {
        guard !inSelection, left < number, tokens[number].kind == .count,
            !sentenceKinds.hasAny(Self.otherMatters.union(Self.outcomes)),
            kinds(left..<number).isSubset(of: KindSet(.filler, .totalWord, .thisYear, .year)),
            isTail(number - 1, of: Self.thereAre)
        else { return false }
        var index = number + 1
        while index < sentence.upperBound, tokens[index].kind == .context { index += 1 }
        guard index + 1 < sentence.upperBound, tokens[index].kind == .appStrong,
            Self.endsClause.has(tokens[index + 1].kind)
        else { return false }
        add(.application(.received), number, clauseStart: clauseStart)
        return true
    }

    func isTail(_ index: Int, of words: [Phrase]) -> Bool {
        let text = paragraphs[Int(tokens[index].paragraph)]
        return words.contains { word in
            text.firstIndex(of: word, from: Int(tokens[index].start), before: Int(tokens[index].end)) != nil
        }
    }

    /// 收到12件…申请 with other words before, 1件引起复议, 另有103件顺延到下年度答复.
    mutating func readForward(
        _ number: Int,
        from left: Int,
        head: Int,
        headKind: Kind,
        clauseStart: Int,
        inSelection: Bool
    ) {
        let end = clauseEnd(number)
        let after = kinds(number + 1..<end)
        if after.hasAny(KindSet(.foreign, .growth)) { return }
        if left == clauseStart, readExistence(number, from: left, clauseStart: clauseStart, inSelection: inSelection) {
            return
        }
        if after.has(.carry), after.has(.nextYear), topic == .application {
            add(.application(.carriedForward), number, clauseStart: clauseStart)
            return
        }
        if after.hasAny(KindSet(.reconsideration, .litigation, .litigationDirect, .litigationAfter)) {
            guard topic != .none || speaksOfDisclosure(upTo: end) else { return }
            guard headKind == .filler || headKind == .among || headKind == .semicolon else { return }
            var index = number + 1
            while index < end,
                tokens[index].kind == .filler || tokens[index].kind == .appWeak || tokens[index].kind == .cause
                    || tokens[index].kind == .appStrong || tokens[index].kind == .context
            {
                index += 1
            }
            guard index < end else { return }
            guard let subject = dispute(tokens[index].kind), !ownCourtWork(number) else { return }
            add(subject, number, clauseStart: clauseStart, bareDispute)
        }
    }
}
