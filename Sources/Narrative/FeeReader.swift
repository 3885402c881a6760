import ChineseText

/// Finds the fee statement of a section.
///
/// Lenient on purpose: fee.missing is an error, so whatever says anything on whether fees were charged is a statement.
/// The title of the 管理办法 alone, and 行政事业性收费, say nothing on it.
struct FeeReader {
    private let paragraphs: [FoldedText]
    private let tokens: [Token]

    init(paragraphs: [FoldedText], tokens: [Token]) {
        self.paragraphs = paragraphs
        self.tokens = tokens
    }

    func read() -> FeeStatement? {
        var best: FeeStatement?
        var start = 0
        var previousIsHeading = false
        // Lines of a small table below a heading or below its row of column names.
        var rowsBelow = 0
        while start < tokens.count {
            var end = start
            while end < tokens.count, end - start < Self.longestSentence {
                let kind = tokens[end].kind
                end += 1
                if kind == .stop || kind == .paragraphEnd { break }
            }
            defer { start = end }
            let sentence = start..<end
            if let statement = statement(in: sentence, afterHeading: previousIsHeading) {
                // An amount or a number says more than a sentence without.
                if best == nil || best?.amountYuan == nil && statement.amountYuan != nil
                    || best?.isDenial == true && !statement.isDenial && statement.amountYuan.map({ $0 > .zero }) == true
                {
                    best = statement
                }
            }
            if end - start > 1 {
                if best == nil, rowsBelow > 0, let row = row(in: sentence) { best = row }
                let isHeading = isHeading(sentence)
                rowsBelow = isHeading || isColumnNames(sentence, below: previousIsHeading) ? 3 : rowsBelow - 1
                previousIsHeading = isHeading
            }
        }
        return best
    }

    /// （二）收取信息处理费情况: says nothing itself, but the next sentence answers it.
    private func isHeading(_ sentence: Range<Int>) -> Bool {
        var hasNoun = false
        for index in sentence {
            let kind = tokens[index].kind
            if kind == .feeNoun { hasNoun = true }
            if kind == .comma || kind == .amount || kind == .count { return false }
        }
        guard let last = sentence.last else { return false }
        return hasNoun && tokens[last].start - tokens[sentence.lowerBound].start <= 30
    }

    /// 发出收费通知的件数 总金额 实际收取的总金额: the head of a small table.
    private func isColumnNames(_ sentence: Range<Int>, below heading: Bool) -> Bool {
        guard let last = sentence.last, tokens[last].start - tokens[sentence.lowerBound].start <= 40 else {
            return false
        }
        guard !sentence.contains(where: { Self.signs.has(tokens[$0].kind) }) else { return false }
        return contains(Self.demand, in: sentence) || heading && Self.columns.contains { contains($0, in: sentence) }
    }

    /// 0 0 0, or 按件计收 0: a line of such a table. Folding has run its cells together, so that only 0 is sure.
    private func row(in sentence: Range<Int>) -> FeeStatement? {
        let numbers = sentence.filter { Self.numbers.has(tokens[$0].kind) }
        guard let last = sentence.last, !numbers.isEmpty,
            tokens[last].start - tokens[sentence.lowerBound].start <= 40,
            !sentence.contains(where: { Self.signs.has(tokens[$0].kind) && tokens[$0].kind != .colon }),
            sentence.allSatisfy({ Self.numbers.union(KindSet(.paragraphEnd, .colon)).has(tokens[$0].kind) })
                || Self.columns.contains(where: { contains($0, in: sentence) })
        else { return nil }
        var end = last
        while end > sentence.lowerBound, tokens[end].kind == .paragraphEnd { end -= 1 }
        return FeeStatement(
            applications: nil,
            amountYuan: numbers.allSatisfy { tokens[$0].value == 0 && isZero($0) } ? .zero : nil,
            isDenial: false,
            deniesNotices: false,
            parts: [],
            paragraph: Int(tokens[sentence.lowerBound].paragraph),
            range: Int(tokens[sentence.lowerBound].start)..<Int(tokens[end].end)
        )
    }

    /// No digit but 0: 0.5 has a value of 0 for the lexer.
    private func isZero(_ number: Int) -> Bool {
        let text = paragraphs[Int(tokens[number].paragraph)]
        return !text.scalars[tokens[number].numberRange].contains { ("1"..."9").contains($0) }
    }

    /// 收费金额, which says what was charged without any of the nouns.
    private func isChargedAmount(_ token: Token) -> Bool {
        paragraphs[Int(token.paragraph)].has(Self.chargedAmount, at: Int(token.start))
    }

    private func isZeroWord(_ token: Token) -> Bool {
        token.end - token.start == 1 && paragraphs[Int(token.paragraph)][Int(token.start)] == "零"
    }

    /// 实际收取2件，共900元, after what was demanded.
    private func actual(in sentence: Range<Int>) -> Range<Int>? {
        let found = sentence.first { index in
            guard tokens[index].kind == .collect else { return false }
            let token = tokens[index]
            let text = paragraphs[Int(token.paragraph)]
            return text.has(Self.received, at: Int(token.start)) || text.has(Self.actually, at: Int(token.start) - 2)
        }
        guard let found, (sentence.lowerBound..<found).contains(where: { tokens[$0].kind == .amount }) else {
            return nil
        }
        let rest = found + 1..<sentence.upperBound
        return rest.contains { tokens[$0].kind == .amount } ? rest : nil
    }

    /// 按件计收1件，100元；按量计收2件，460元: both ways of charging add up.
    private func bothWays(_ amounts: [Int], _ counts: [Int], in sentence: Range<Int>) -> (Int?, Quantity)? {
        let text = paragraphs[Int(tokens[sentence.lowerBound].paragraph)]
        let from = Int(tokens[sentence.lowerBound].start)
        guard amounts.count == 2, tokens[amounts[1]].paragraph == tokens[sentence.lowerBound].paragraph,
            let first = text.firstIndex(of: Self.byPiece, from: from, before: Int(tokens[amounts[0]].start)),
            let second = text.firstIndex(
                of: Self.byVolume,
                from: Int(tokens[amounts[0]].end),
                before: Int(tokens[amounts[1]].start)
            ),
            let one = amountYuan(amounts[0]), let other = amountYuan(amounts[1])
        else { return nil }
        let (sum, overflow) = one.raw.addingReportingOverflow(other.raw)
        if overflow { return nil }
        let pieces = counts.filter {
            tokens[$0].measure & 0xFFFF == Self.pieces && !tokens[$0].isRate && tokens[$0].start >= first
        }
        let isPaired = pieces.count == 2 && tokens[pieces[0]].start < second && tokens[pieces[1]].start > second
        return (isPaired ? tokens[pieces[0]].value + tokens[pieces[1]].value : nil, Quantity(raw: sum))
    }

    private func statement(in sentence: Range<Int>, afterHeading: Bool) -> FeeStatement? {
        var noun: Int?
        var weak: Int?
        var hasContext = afterHeading
        var deny: Int?
        var collects = false
        var amounts: [Int] = []
        var counts: [Int] = []
        var bare: Int?
        var among: Int?
        var isForeign = false
        var deniesNotices = false
        var isZeroInWords = false
        for index in sentence {
            let token = tokens[index]
            switch token.kind {
            case .feeNoun: noun = noun ?? index
            case .feeWeak: weak = weak ?? index
            case .context, .appStrong: hasContext = true
            case .title:
                let text = paragraphs[Int(token.paragraph)]
                if text.contains(Self.feeWord, in: Int(token.start)..<Int(token.end)) { hasContext = true }
            case .deny, .denyReceive: deny = deny ?? index
            case .unknown:
                if hasDenial(token) { deny = deny ?? index }
                if isZeroWord(token), noun ?? weak != nil { isZeroInWords = true }
            case .collect:
                collects = true
                if isChargedAmount(token) { weak = weak ?? index }
            case .notice:
                if deny != nil { deniesNotices = true }
                hasContext = true
                weak = weak ?? index
            case .amount where !token.isRate: amounts.append(index)
            case .count: counts.append(index)
            case .bareNumber where noun ?? weak != nil: bare = bare ?? index
            case .among: among = among ?? index
            case .foreign: isForeign = true
            default: break
            }
        }
        // A row of table 3, not a statement: 申请人逾期未按收费通知要求缴纳费用.
        if contains(Self.overdue, in: sentence) { return nil }
        if contains(Self.administrative, in: sentence), noun == nil { return nil }
        guard noun != nil || weak != nil && (hasContext || (deny != nil || isZeroInWords) && !isForeign) || afterHeading
        else {
            return nil
        }
        // The noun may stand in the heading: 本年度未收取。
        if noun == nil, weak == nil, !isZeroInWords, !(deny != nil || !amounts.isEmpty) { return nil }

        let listStart = among ?? sentence.upperBound
        let total = amounts.first { $0 < listStart } ?? (among == nil ? amounts.first : nil)
        var amount = total.flatMap(amountYuan)
        if amount == nil, amounts.isEmpty, isZeroInWords { amount = .zero }
        // 信息处理费：0。收取信息处理费0件。
        if amount == nil, let bare { amount = Quantity(tokens[bare].value) }
        if amount == nil, noun != nil, among == nil, counts.contains(where: { tokens[$0].value == 0 }) {
            amount = .zero
        }
        var isDenial = false
        if amount == nil, let deny, denies(deny, noun: noun ?? weak, in: sentence, afterHeading: afterHeading) {
            amount = .zero
            isDenial = true
        }
        let saysCollected = collects && (noun != nil) && isCollecting(sentence)
        // An amount too large for a quantity is a statement all the same.
        guard amount != nil || saysCollected || deniesNotices || !amounts.isEmpty else { return nil }
        if deniesNotices, amount == nil {
            amount = .zero
            isDenial = true
        }
        var applications: Int?
        if !isDenial {
            applications = counts.first {
                $0 < listStart && tokens[$0].measure & 0xFFFF == Self.pieces && !tokens[$0].isRate
            }
            .map { tokens[$0].value }
        }
        if !isDenial, let (pieces, sum) = bothWays(amounts, counts, in: sentence) {
            applications = pieces
            amount = sum
        } else if let rest = actual(in: sentence), let paid = rest.first(where: { tokens[$0].kind == .amount }) {
            amount = amountYuan(paid)
            applications = rest.first { counts.contains($0) && tokens[$0].measure & 0xFFFF == Self.pieces }
                .map { tokens[$0].value }
        }
        var parts: [FeePart] = []
        if let among {
            parts = readParts(among + 1, sentence.upperBound)
        } else if sentence.upperBound < tokens.count, tokens[sentence.upperBound].kind == .among {
            var end = sentence.upperBound
            let limit = min(tokens.count, end + Self.longestSentence)
            while end < limit, tokens[end].kind != .stop, tokens[end].kind != .paragraphEnd { end += 1 }
            parts = readParts(sentence.upperBound + 1, end)
        }
        let first = tokens[sentence.lowerBound]
        var last = sentence.upperBound - 1
        while last > sentence.lowerBound,
            tokens[last].paragraph != first.paragraph || tokens[last].kind == .paragraphEnd
        { last -= 1 }
        return FeeStatement(
            applications: applications,
            amountYuan: amount,
            isDenial: isDenial,
            deniesNotices: deniesNotices,
            parts: parts,
            paragraph: Int(first.paragraph),
            range: Int(first.start)..<Int(tokens[last].end)
        )
    }

    /// 未 and 不 that stand in words the lexicon does not list: 未向公众收取, 不收取, 暂未开展.
    private func hasDenial(_ token: Token) -> Bool {
        let text = paragraphs[Int(token.paragraph)]
        for index in Int(token.start)..<Int(token.end) {
            if text[index] == "未" || text[index] == "没" { return true }
            if text[index] == "不" || text[index] == "免" || text[index] == "零",
                text.has(Self.notCollect, at: index) || text.has(Self.free, at: index)
                    || text.has(Self.notInvolved, at: index)
                    || text.has(Self.notCharge, at: index)
            {
                return true
            }
        }
        return false
    }

    /// The denial stands in the clause of the noun, or in a later clause that speaks of charging.
    private func denies(_ deny: Int, noun: Int?, in sentence: Range<Int>, afterHeading: Bool) -> Bool {
        guard let noun, !afterHeading else { return true }
        for index in sentence where index >= deny {
            let kind = tokens[index].kind
            guard [.deny, .denyReceive, .unknown].contains(kind), kind != .unknown || hasDenial(tokens[index]) else {
                continue
            }
            let from = clause(of: index, in: sentence)
            if from.contains(noun) { return true }
            let kinds = from.reduce(into: KindSet()) { $0.formUnion(tokens[$1].kind.bit) }
            if kinds.hasAny(KindSet(.collect, .feeNoun, .feeWeak)) { return true }
            if index > noun {
                let text = paragraphs[Int(tokens[index].paragraph)]
                let range = Int(tokens[from.lowerBound].start)..<Int(tokens[from.upperBound - 1].end)
                if range.count <= 12 || Self.charging.contains(where: { text.contains($0, in: range) }) { return true }
            }
        }
        return false
    }

    private func clause(of index: Int, in sentence: Range<Int>) -> Range<Int> {
        let ends = KindSet(.comma, .semicolon, .stop, .paragraphEnd, .colon)
        var from = index
        while from > sentence.lowerBound, !ends.has(tokens[from - 1].kind) { from -= 1 }
        var to = index + 1
        while to < sentence.upperBound, !ends.has(tokens[to].kind) { to += 1 }
        return from..<to
    }

    /// 收取了信息处理费 states a charge; 规范信息处理费收取工作 and 收取标准 do not.
    private func isCollecting(_ sentence: Range<Int>) -> Bool {
        for index in sentence where tokens[index].kind == .collect {
            var next = index + 1
            while next < sentence.upperBound, tokens[next].kind == .filler { next += 1 }
            if next < sentence.upperBound, tokens[next].kind == .feeNoun {
                let after = next + 1
                guard after < sentence.upperBound else { return true }
                return KindSet(.comma, .stop, .paragraphEnd, .semicolon, .amount, .count).has(tokens[after].kind)
            }
        }
        return false
    }

    private func contains(_ phrase: Phrase, in sentence: Range<Int>) -> Bool {
        let text = paragraphs[Int(tokens[sentence.lowerBound].paragraph)]
        let from = Int(tokens[sentence.lowerBound].start)
        var last = sentence.upperBound - 1
        while last > sentence.lowerBound, tokens[last].paragraph != tokens[sentence.lowerBound].paragraph { last -= 1 }
        return text.contains(phrase, in: from..<Int(tokens[last].end))
    }

    private func readParts(_ start: Int, _ end: Int) -> [FeePart] {
        var parts: [FeePart] = []
        var from = start
        while from < end {
            var to = from
            while to < end, tokens[to].kind != .semicolon, tokens[to].kind != .stop { to += 1 }
            var applications: Int?
            var amount: Quantity?
            var last = from
            for index in from..<to {
                if tokens[index].kind == .count, applications == nil, tokens[index].measure & 0xFFFF == Self.pieces {
                    applications = tokens[index].value
                    last = index
                }
                if tokens[index].kind == .amount, amount == nil {
                    amount = amountYuan(index)
                    last = index
                }
            }
            if applications != nil || amount != nil {
                var first = from
                while first < last, [.comma, .colon].contains(tokens[first].kind) { first += 1 }
                parts.append(
                    FeePart(
                        applications: applications,
                        amountYuan: amount,
                        range: Int(tokens[first].start)..<Int(tokens[last].end)
                    )
                )
            }
            from = to + 1
        }
        return parts
    }

    private func amountYuan(_ index: Int) -> Quantity? {
        let token = tokens[index]
        let text = paragraphs[Int(token.paragraph)]
        let digits = text.scalars[token.numberRange].filter { $0 != "," }
        guard var amount = Quantity(decimal: digits) ?? ChineseNumeral.value(digits).map({ Quantity($0) }) else {
            return nil
        }
        for position in Int(token.numberEnd)..<Int(token.end) {
            guard let factor = ChineseNumeral.unit(text[position]) else { continue }
            let (raw, overflow) = amount.raw.multipliedReportingOverflow(by: Int128(factor))
            if overflow { return nil }
            amount = Quantity(raw: raw)
        }
        return amount
    }

    /// A longer one is read in pieces: to find no statement in it would be an error of ours.
    private static let longestSentence = 400
    private static let signs = KindSet(.comma, .semicolon, .stop, .colon)
    private static let numbers = KindSet(.count, .bareNumber, .amount, .otherNumber)
    private static let columns: [Phrase] = ["金额", "件数", "按件", "按量", "计收", "收取"]
    private static let demand: Phrase = "发出收费通知的件数"
    private static let chargedAmount: Phrase = "收费金额"
    private static let received: Phrase = "实收"
    private static let actually: Phrase = "实际"
    private static let byPiece: Phrase = "按件"
    private static let byVolume: Phrase = "按量"
    private static let pieces = ("件" as Unicode.Scalar).value
    private static let feeWord: Phrase = "处理费"
    private static let administrative: Phrase = "行政事业性收费"
    private static let overdue: Phrase = "逾期未按"
    private static let notCollect: Phrase = "不收"
    private static let notCharge: Phrase = "不存在"
    private static let notInvolved: Phrase = "不涉及"
    private static let free: Phrase = "免费"
    private static let charging: [Phrase] = ["收", "费", "产生", "发生"]
}
