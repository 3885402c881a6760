import ChineseText

/// Finds the fee statements of a section.
///
/// Lenient on purpose: fee.missing is an error, so whatever says anything on whether fees were charged is a statement.
/// The title of the 管理办法 alone, and 行政事业性收费, say nothing on it.
struct FeeReader {
    let paragraphs: [FoldedText]
    let tokens: [Token]

    init(paragraphs: [FoldedText], tokens: [Token]) {
        self.paragraphs = paragraphs
        self.tokens = tokens
    }

    func read() -> FeeReading {
        var reading = FeeReading()
        var start = 0
        var previousIsHeading = false
        // Lines of a small table below a heading or below its row of column names.
        var rowsBelow = 0
        // Whether anything in the paragraph is said to be free of charge: asked once, not of each sentence.
        var namesFree = false
        while start < tokens.count {
            let (sentence, kinds) = sentence(from: start)
            if start == 0 || tokens[start - 1].kind == .paragraphEnd {
                namesFree = paragraphs[paragraph(of: sentence)].contains(Self.freely)
            }
            start = sentence.upperBound
            if previousIsHeading || namesFree || kinds.hasAny(Self.naming),
                let statement = statement(in: sentence, afterHeading: previousIsHeading)
            {
                add(statement, to: &reading)
            } else if kinds.hasAny(Self.mentioning), reading.mention?.isFaint != false,
                let mention = mention(in: sentence)
            {
                if reading.mention == nil || !mention.isFaint { reading.mention = mention }
            }
            if sentence.count > 1 {
                if reading.statements.isEmpty, rowsBelow > 0, let row = row(in: sentence) { add(row, to: &reading) }
                let isHeading = isHeading(sentence, kinds)
                rowsBelow = isHeading || isColumnNames(sentence, below: previousIsHeading) ? 3 : rowsBelow - 1
                previousIsHeading = isHeading
            }
        }
        return reading
    }

    /// The tokens up to the end of a sentence, or as many as are looked at together, and what kinds of tokens they are: few
    /// sentences of a report have one that bears on fees, and none of the others is looked at any closer.
    private func sentence(from start: Int) -> (range: Range<Int>, kinds: KindSet) {
        var end = start
        var kinds = KindSet()
        while end < tokens.count, end - start < Self.longestSentence {
            let kind = tokens[end].kind
            kinds.formUnion(kind.bit)
            end += 1
            if kind == .stop || kind == .paragraphEnd { break }
        }
        return (start..<end, kinds)
    }

    private func add(_ statement: FeeStatement, to reading: inout FeeReading) {
        guard reading.statements.count < Self.mostStatements else { return }
        reading.statements.append(statement)
        // An amount or a number says more than a sentence without.
        if let best = reading.best {
            let saysMore = best.amountYuan == nil && statement.amountYuan != nil
            let charges = statement.amountYuan.map { $0 > .zero } == true
            guard saysMore || best.isDenial && !statement.isDenial && charges else { return }
        }
        reading.bestIndex = reading.statements.count - 1
    }

    /// A sentence that names the fee without saying whether any was charged.
    private func mention(in sentence: Range<Int>) -> FeeMention? {
        var isFaint: Bool?
        var hasContext = false
        for index in sentence {
            switch tokens[index].kind {
            case .feeNoun: isFaint = false
            case .title where isFeeTitle(tokens[index]): isFaint = isFaint ?? true
            case .context, .appStrong: hasContext = true
            case .feeWeak, .notice: if hasContext { isFaint = isFaint ?? true }
            default: break
            }
        }
        guard let isFaint, !isFaint || !contains(Self.administrative, in: sentence) else { return nil }
        return FeeMention(isFaint: isFaint, paragraph: paragraph(of: sentence), range: range(of: sentence))
    }

    // MARK: A heading with its answer below

    /// （二）收取信息处理费情况: says nothing itself, but the next sentence answers it.
    private func isHeading(_ sentence: Range<Int>, _ kinds: KindSet) -> Bool {
        guard kinds.has(.feeNoun), !kinds.hasAny(Self.saying), let last = sentence.last else { return false }
        return tokens[last].start - tokens[sentence.lowerBound].start <= 30
    }

    /// 发出收费通知的件数 总金额 实际收取的总金额: the head of a small table.
    private func isColumnNames(_ sentence: Range<Int>, below heading: Bool) -> Bool {
        guard let last = sentence.last, tokens[last].start - tokens[sentence.lowerBound].start <= 40 else {
            return false
        }
        guard !sentence.contains(where: { Self.signs.has(tokens[$0].kind) }) else { return false }
        return contains(Self.demand, in: sentence) || heading && contains(anyOf: Self.columns, in: sentence)
    }

    /// 0 0 0, or 按件计收 0: a line of such a table. Folding has run its cells together, so that only 0 is sure.
    private func row(in sentence: Range<Int>) -> FeeStatement? {
        let numbers = sentence.filter { Self.numbers.has(tokens[$0].kind) }
        guard let last = sentence.last, !numbers.isEmpty,
            tokens[last].start - tokens[sentence.lowerBound].start <= 40,
            !sentence.contains(where: { Self.signs.has(tokens[$0].kind) && tokens[$0].kind != .colon }),
            sentence.allSatisfy({ Self.numbers.union(KindSet(.paragraphEnd, .colon)).has(tokens[$0].kind) })
                || contains(anyOf: Self.columns, in: sentence)
        else { return nil }
        let isNothing = numbers.allSatisfy { tokens[$0].value == 0 && isZero($0) }
        return FeeStatement(
            amountYuan: isNothing ? .zero : nil,
            paragraph: paragraph(of: sentence),
            range: range(of: sentence)
        )
    }

    // MARK: A sentence

    /// What a sentence holds that bears on the fee.
    private struct Signs {
        var noun: Int?
        var weak: Int?
        var hasContext: Bool
        var deny: Int?
        var collects = false
        var notice: Int?
        var amounts: [Int] = []
        var counts: [Int] = []
        var bare: Int?
        /// 其中, 分别为 or 包括 in front of a list.
        var opener: Int?
        var isForeign = false
        var isZeroInWords = false
        /// 免费提供, 零收费: says that nothing was charged without naming what.
        var isFree = false

        var name: Int? { noun ?? weak }
    }

    private func signs(in sentence: Range<Int>, afterHeading: Bool) -> Signs {
        var signs = Signs(hasContext: afterHeading)
        for index in sentence {
            let token = tokens[index]
            switch token.kind {
            case .feeNoun: signs.noun = signs.noun ?? index
            case .feeWeak: signs.weak = signs.weak ?? index
            case .context, .appStrong: signs.hasContext = true
            case .title: if isFeeTitle(token) { signs.hasContext = true }
            case .deny, .denyReceive: signs.deny = signs.deny ?? index
            case .unknown:
                if hasDenial(token) { signs.deny = signs.deny ?? index }
                if isZeroWord(token), signs.name != nil { signs.isZeroInWords = true }
            case .collect:
                signs.collects = true
                if isChargedAmount(token) { signs.weak = signs.weak ?? index }
            case .notice:
                signs.notice = signs.notice ?? index
                signs.hasContext = true
                signs.weak = signs.weak ?? index
            case .amount where !isTariff(index, in: sentence) && !isCompared(index, in: sentence):
                signs.amounts.append(index)
            case .count: signs.counts.append(index)
            case .bareNumber where signs.name != nil && !isCompared(index, in: sentence):
                signs.bare = signs.bare ?? index
            case .otherNumber where signs.noun != nil && token.value == 0 && isZero(index):
                // 收取信息处理费“0”元
                signs.isZeroInWords = true
            case .among: signs.opener = signs.opener ?? index
            case .respectively where !signs.amounts.isEmpty, .include where !signs.amounts.isEmpty:
                signs.opener = signs.opener ?? index
            case .foreign: signs.isForeign = true
            default: break
            }
        }
        signs.isFree = paragraphs[paragraph(of: sentence)].contains(Self.freely, in: range(of: sentence))
        return signs
    }

    private func statement(in sentence: Range<Int>, afterHeading: Bool) -> FeeStatement? {
        let signs = signs(in: sentence, afterHeading: afterHeading)
        guard isAboutFee(signs, sentence, afterHeading: afterHeading) else { return nil }
        let listStart = signs.opener ?? sentence.upperBound
        let total =
            signs.amounts.first { $0 < listStart }
            ?? (signs.opener == nil ? signs.amounts.first : soleTotal(signs.amounts, in: sentence))
        var statement = FeeStatement(paragraph: paragraph(of: sentence), range: range(of: sentence))
        statement.amountYuan = total.flatMap(amountYuan)
        if let total { describe(total, &statement) }
        readZero(signs, sentence, afterHeading: afterHeading, &statement)
        statement.deniesNotices = deniesNotices(sentence)
        let saysCollected = signs.collects && signs.noun != nil && isCollecting(sentence)
        let saysDemanded = signs.notice != nil && !signs.counts.isEmpty
        // An amount too large for a quantity is a statement all the same.
        guard
            statement.amountYuan != nil || saysCollected || saysDemanded || statement.deniesNotices
                || !signs.amounts.isEmpty
        else { return nil }
        if statement.deniesNotices, statement.amountYuan == nil {
            statement.amountYuan = .zero
            statement.isDenial = true
        }
        let isDenial = statement.isDenial
        let feeCounts = isDenial ? [] : signs.counts.filter { $0 < listStart && isFeeCount($0, in: sentence) }
        statement.applications = feeCounts.first.map { tokens[$0].value }
        var isTotalSure = total.map { $0 < listStart } ?? true
        isTotalSure = isTotalSure && Set(feeCounts.map { tokens[$0].value }).count <= 1
        isTotalSure = isTotalSure && Set(signs.amounts.filter { $0 < listStart }.map(amountYuan)).count <= 1
        if !isDenial, let (pieces, sum) = bothWays(signs.amounts, signs.counts, in: sentence) {
            statement.applications = pieces
            statement.amountYuan = sum
            isTotalSure = false
        } else if let sum = summedUp(signs.amounts.filter { $0 < listStart }) {
            statement.amountYuan = amountYuan(sum)
            let pieces = feeCounts.filter { $0 < sum }
            statement.applications =
                pieces.isEmpty ? nil : pieces.reduce(0) { $0.addingReportingOverflow(tokens[$1].value).partialValue }
            describe(sum, &statement)
            isTotalSure = false
        } else if let rest = actual(in: sentence), let paid = rest.first(where: { tokens[$0].kind == .amount }) {
            statement.amountYuan = amountYuan(paid)
            let charged = rest.first { signs.counts.contains($0) && isFeeCount($0, in: sentence) }
            statement.applications = charged.map { tokens[$0].value }
            describe(paid, &statement)
            isTotalSure = false
        }
        statement.explainsZero = contains(anyOf: Self.explanations, in: explained(sentence))
        readList(below: sentence, opener: signs.opener, isTotalSure: isTotalSure, &statement)
        return statement
    }

    private func isAboutFee(_ signs: Signs, _ sentence: Range<Int>, afterHeading: Bool) -> Bool {
        // A row of table 3, not a statement: 申请人逾期未按收费通知要求缴纳费用.
        if contains(Self.overdue, in: sentence) { return false }
        if signs.noun == nil, contains(Self.administrative, in: sentence) { return false }
        if signs.noun != nil || afterHeading {
            // The noun may stand in the heading: 本年度未收取。
            return signs.name != nil || signs.isZeroInWords || signs.isFree || signs.deny != nil
                || !signs.amounts.isEmpty
        }
        if signs.isFree, signs.hasContext || !signs.isForeign && contains(anyOf: Self.ownFreely, in: sentence) {
            return true
        }
        guard signs.weak != nil else { return false }
        let saysNothing = signs.deny != nil || signs.isZeroInWords || signs.amounts.contains { isZero($0) }
        return signs.hasContext || saysNothing && !signs.isForeign
    }

    /// 0 in all its wordings: a digit, 零, 未收取, 免费, a dash.
    private func readZero(
        _ signs: Signs,
        _ sentence: Range<Int>,
        afterHeading: Bool,
        _ statement: inout FeeStatement
    ) {
        guard statement.amountYuan == nil else { return }
        if signs.amounts.isEmpty, signs.isZeroInWords {
            statement.amountYuan = .zero
        } else if let bare = signs.bare {
            // 信息处理费：0。收取信息处理费0件。
            statement.amountYuan = Quantity(tokens[bare].value)
            statement.isApproximate = tokens[bare].value > 0
        } else if signs.noun != nil, signs.opener == nil, signs.counts.contains(where: { tokens[$0].value == 0 }) {
            statement.amountYuan = .zero
        } else if let deny = signs.deny, denies(deny, noun: signs.name, in: sentence, afterHeading: afterHeading) {
            statement.amountYuan = .zero
            statement.isDenial = true
        } else if signs.amounts.isEmpty, signs.isFree || signs.noun.map({ isDash(after: $0, sentence) }) == true {
            statement.amountYuan = .zero
            statement.isDenial = true
        }
    }

    // MARK: Numbers

    private func describe(_ amount: Int, _ statement: inout FeeStatement) {
        let (isHedged, rounding) = precision(amount)
        statement.isApproximate = isHedged
        statement.rounding = rounding
    }

    /// No digit but 0: 0.5 has a value of 0 for the lexer.
    private func isZero(_ number: Int) -> Bool {
        let text = paragraphs[Int(tokens[number].paragraph)]
        return tokens[number].value == 0
            && !text.scalars[tokens[number].numberRange].contains { ("1"..."9").contains($0) }
    }

    /// 每件100元, 10元/页, 收费标准为100元: what one piece costs, not what was charged.
    private func isTariff(_ amount: Int, in sentence: Range<Int>) -> Bool {
        let token = tokens[amount]
        if token.isRate { return true }
        let text = paragraphs[Int(token.paragraph)]
        let end = Int(token.end)
        if end < text.count, text[end] == "/" || text[end] == "每" { return true }
        let start = max(Int(tokens[clause(of: amount, in: sentence).lowerBound].start), Int(token.start) - 8)
        guard start < Int(token.start) else { return false }
        return text.contains(Self.tariff, in: start..<Int(token.start))
    }

    /// 较上年减少200元, 2022年为300元: another year's number.
    private func isCompared(_ number: Int, in sentence: Range<Int>) -> Bool {
        clause(of: number, in: sentence).contains { KindSet(.growth, .lastYear).has(tokens[$0].kind) }
    }

    func isPiece(_ count: Int) -> Bool {
        Self.pieces.contains(tokens[count].measure) && !tokens[count].isRate
    }

    /// An application that was charged for, not one received: 收到申请30件，对3件收取….
    private func isFeeCount(_ count: Int, in sentence: Range<Int>) -> Bool {
        guard isPiece(count), !isCompared(count, in: sentence) else { return false }
        let clause = clause(of: count, in: sentence)
        if isUnpaid(clause) || isOrdinal(count) { return false }
        let verbs = KindSet(.receive, .answer, .collect, .notice, .feeNoun)
        let before = (clause.lowerBound..<count).last { verbs.has(tokens[$0].kind) }
        return before.map { !KindSet(.receive, .answer).has(tokens[$0].kind) } ?? true
    }

    /// 第11件, 超过10件: which piece, not how many.
    private func isOrdinal(_ count: Int) -> Bool {
        let text = paragraphs[Int(tokens[count].paragraph)]
        let start = Int(tokens[count].start)
        return text.containsAny(Self.ordinals, in: max(0, start - 2)..<start)
    }

    /// 另有88件申请因逾期未缴费不再处理: dealt with, and not charged for. What was demanded is a charge, paid or not.
    private func isUnpaid(_ clause: Range<Int>) -> Bool {
        guard let first = clause.first, let last = clause.last, tokens[first].paragraph == tokens[last].paragraph else {
            return false
        }
        if clause.contains(where: { tokens[$0].kind == .notice }) { return false }
        let text = paragraphs[Int(tokens[first].paragraph)]
        return text.containsAny(Self.unpaid, in: Int(tokens[first].start)..<Int(tokens[last].end))
    }

    /// 实际收取2件，共900元, after what was demanded.
    private func actual(in sentence: Range<Int>) -> Range<Int>? {
        let found = sentence.first { index in
            let token = tokens[index]
            guard token.kind == .collect || token.kind == .feeWeak else { return false }
            let text = paragraphs[Int(token.paragraph)]
            return text.has(Self.received, at: Int(token.start)) || text.has(Self.actually, at: Int(token.start) - 2)
        }
        guard let found, (sentence.lowerBound..<found).contains(where: { tokens[$0].kind == .amount }) else {
            return nil
        }
        let rest = found + 1..<sentence.upperBound
        return rest.contains { tokens[$0].kind == .amount } ? rest : nil
    }

    /// 其中第11至30件按每件100元计收，共收取2000元: behind 其中, yet the only amount, and called the total.
    private func soleTotal(_ amounts: [Int], in sentence: Range<Int>) -> Int? {
        guard amounts.count == 1, let amount = amounts.first,
            clause(of: amount, in: sentence).contains(where: { tokens[$0].kind == .totalWord && $0 < amount })
        else { return nil }
        return amount
    }

    /// 民政局300元，公安局710元，合计1010元: the last amount is the sum of those before it, and says so.
    private func summedUp(_ amounts: [Int]) -> Int? {
        guard amounts.count >= 3, let last = amounts.last, last > 0, tokens[last - 1].kind == .totalWord else {
            return nil
        }
        let parts = amounts.dropLast().compactMap(amountYuan)
        guard parts.count == amounts.count - 1, let sum = amountYuan(last), parts.allSatisfy({ $0 <= sum }) else {
            return nil
        }
        return parts.reduce(.zero, +) == sum ? last : nil
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
        let pieces = counts.filter { isPiece($0) && tokens[$0].start >= first }
        let isPaired = pieces.count == 2 && tokens[pieces[0]].start < second && tokens[pieces[1]].start > second
        return (isPaired ? tokens[pieces[0]].value + tokens[pieces[1]].value : nil, Quantity(raw: sum))
    }

    func amountYuan(_ index: Int) -> Quantity? {
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

    /// Whether a word hedges an amount, and one unit of its last digit where it is given in 万元.
    func precision(_ amount: Int) -> (isHedged: Bool, rounding: Quantity) {
        let token = tokens[amount]
        let text = paragraphs[Int(token.paragraph)]
        var isHedged = token.start > 0 && Self.hedges.contains(text[Int(token.start) - 1])
        isHedged = isHedged || text.containsAny(Self.hedgesBefore, in: max(0, Int(token.start) - 2)..<Int(token.start))
        let end = Int(token.end)
        isHedged = isHedged || text.containsAny(Self.hedgesAfter, in: end..<min(text.count, end + 2))
        var unit = Quantity.zero
        for position in Int(token.numberEnd)..<end {
            if Self.hedges.contains(text[position]) { isHedged = true }
            if let factor = ChineseNumeral.unit(text[position]) { unit = Quantity(factor) }
        }
        if let point = text.scalars[token.numberRange].firstIndex(of: ".") {
            for _ in point + 1..<Int(token.numberEnd) { unit = Quantity(raw: unit.raw / 10) }
        }
        return (isHedged, unit)
    }

    // MARK: Words

    private func isFeeTitle(_ token: Token) -> Bool {
        paragraphs[Int(token.paragraph)].contains(Self.feeWord, in: Int(token.start)..<Int(token.end))
    }

    /// 收费金额, which says what was charged without any of the nouns.
    private func isChargedAmount(_ token: Token) -> Bool {
        paragraphs[Int(token.paragraph)].has(Self.chargedAmount, at: Int(token.start))
    }

    private func isZeroWord(_ token: Token) -> Bool {
        token.end - token.start == 1 && paragraphs[Int(token.paragraph)][Int(token.start)] == "零"
    }

    /// 信息处理费：/
    private func isDash(after noun: Int, _ sentence: Range<Int>) -> Bool {
        let text = paragraphs[Int(tokens[noun].paragraph)]
        let rest = Int(tokens[noun].end)..<range(of: sentence).upperBound
        guard !rest.isEmpty, rest.count <= 8 else { return false }
        var sawDash = false
        for index in rest {
            switch text[index] {
            case "/", "-", "_": sawDash = true
            case ":", "收", "取", "情", "况", "为", "。": continue
            default: return false
            }
        }
        return sawDash
    }

    /// 未 and 不 that stand in words the lexicon does not list: 未向公众收取, 不收取, 暂未开展.
    private func hasDenial(_ token: Token) -> Bool {
        let text = paragraphs[Int(token.paragraph)]
        for index in Int(token.start)..<Int(token.end) {
            switch text[index] {
            case "未", "没": return true
            case "不", "免", "零", "无":
                if Self.denials.stands(at: index, in: text) { return true }
            default: break
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
                if range.count <= 12 || text.containsAny(Self.charging, in: range) { return true }
            }
        }
        return false
    }

    /// 未向申请人发出收费通知, 发出收费通知0件 — but not 没有申请人逾期未按收费通知缴费, nor 未收取费用，发出收费通知3件.
    private func deniesNotices(_ sentence: Range<Int>) -> Bool {
        let text = paragraphs[paragraph(of: sentence)]
        let range = range(of: sentence)
        var from = range.lowerBound
        while let found = Self.notices.compactMap({ text.firstIndex(of: $0, from: from, before: range.upperBound) })
            .min()
        {
            from = found + 4
            var end = from
            while end < range.upperBound, Self.afterNotice.contains(text[end]) { end += 1 }
            let isWhole = end == range.upperBound || Self.clauseEnds.contains(text[end])
            var start = found
            while start > range.lowerBound, found - start < 14, Self.beforeNotice.contains(text[start - 1]) {
                start -= 1
            }
            let isDenied = start > range.lowerBound && Self.denyingScalars.contains(text[start - 1])
            if isWhole, isDenied { return true }
            if end < range.upperBound, text[end] == "0", end + 1 == range.upperBound || !isNumber(text[end + 1]) {
                return true
            }
        }
        return false
    }

    private func isNumber(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCIIDigit || scalar == "." }

    /// The sentence and the one behind it in the same paragraph: there the reason may stand.
    private func explained(_ sentence: Range<Int>) -> Range<Int> {
        guard tokens[sentence.upperBound - 1].kind == .stop, sentence.upperBound < tokens.count else { return sentence }
        let next = self.sentence(from: sentence.upperBound).range
        return sentence.lowerBound..<next.upperBound
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

    // MARK: Places

    private func clause(of index: Int, in sentence: Range<Int>) -> Range<Int> {
        let ends = KindSet(.comma, .semicolon, .stop, .paragraphEnd, .colon)
        var from = index
        while from > sentence.lowerBound, !ends.has(tokens[from - 1].kind) { from -= 1 }
        var to = index + 1
        while to < sentence.upperBound, !ends.has(tokens[to].kind) { to += 1 }
        return from..<to
    }

    private func paragraph(of sentence: Range<Int>) -> Int { Int(tokens[sentence.lowerBound].paragraph) }

    /// The scalars of a sentence in its paragraph.
    func range(of sentence: Range<Int>) -> Range<Int> {
        let first = tokens[sentence.lowerBound]
        var last = sentence.upperBound - 1
        while last > sentence.lowerBound,
            tokens[last].paragraph != first.paragraph || tokens[last].kind == .paragraphEnd
        { last -= 1 }
        return Int(first.start)..<Int(tokens[last].end)
    }

    private func contains(_ phrase: Phrase, in sentence: Range<Int>) -> Bool {
        paragraphs[paragraph(of: sentence)].contains(phrase, in: range(of: sentence))
    }

    func contains(anyOf phrases: [Phrase], in sentence: Range<Int>) -> Bool {
        paragraphs[paragraph(of: sentence)].containsAny(phrases, in: range(of: sentence))
    }

    /// A longer one is read in pieces: to find no statement in it would be an error of ours.
    static let longestSentence = 400
    /// No section states the fee more often.
    private static let mostStatements = 50
    /// What names the fee, or may: a sentence without any of these states none, but under a heading or where something is free.
    private static let naming = KindSet(.feeNoun, .feeWeak, .collect, .notice)
    /// What a mention needs one of.
    private static let mentioning = KindSet(.feeNoun, .title, .feeWeak, .notice)
    /// What no heading has.
    private static let saying = KindSet(.comma, .amount, .count)
    private static let signs = KindSet(.comma, .semicolon, .stop, .colon)
    private static let numbers = KindSet(.count, .bareNumber, .amount, .otherNumber)
    private static let columns: [Phrase] = ["金额", "件数", "按件", "按量", "计收", "收取"]
    private static let demand: Phrase = "发出收费通知的件数"
    private static let chargedAmount: Phrase = "收费金额"
    private static let received: Phrase = "实收"
    private static let actually: Phrase = "实际"
    private static let byPiece: Phrase = "按件"
    private static let byVolume: Phrase = "按量"
    private static let pieces = Set("件宗份例起笔".unicodeScalars.map(\.value))
    private static let feeWord: Phrase = "处理费"
    private static let administrative: Phrase = "行政事业性收费"
    private static let overdue: Phrase = "逾期未按"
    private static let tariff: Phrase = "标准"
    private static let denials: PhraseSet = [
        "不收", "不存在", "不涉及", "不予收", "不再收", "不需", "不用", "不征", "不计收", "免收", "免费", "免予", "免于", "免除", "免征", "免缴", "零收",
        "无需收", "无须收", "无需缴", "无需支付", "无此", "无收",
    ]
    private static let charging: [Phrase] = ["收", "费", "产生", "发生"]
    /// What is given free of charge. The second list says it of the office itself.
    private static let freely: PhraseSet = [
        "免费提供", "免费公开", "免费获取", "免费予以", "免费向申请人", "未收费", "零收费", "不收费", "没有收费", "没收费",
    ]
    private static let ownFreely: [Phrase] = ["未收费", "没有收费", "免费向申请人"]
    private static let explanations: [Phrase] = [
        "通知", "未缴", "未交", "未付", "减免", "免收", "免予", "免除", "免缴", "撤回", "撤销", "逾期", "放弃", "退回", "退还", "尚未", "未收", "不再处理",
    ]
    private static let ordinals: [Phrase] = ["第", "超过", "超出"]
    private static let unpaid: [Phrase] = [
        "未缴", "未交", "未付", "未支付", "不再处理", "视为放弃", "放弃申请", "放弃缴", "撤回申请", "撤销申请", "拒不缴", "拒绝缴",
    ]
    private static let notices: [Phrase] = ["收费通知", "缴费通知", "缴款通知", "交费通知"]
    private static let afterNotice = Set("书单函的件数量情况形为共计:".unicodeScalars)
    private static let beforeNotice = Set("曾有向对任何申请人发出送达放开具下制作产生形成过寄达信息处理费政府公的".unicodeScalars)
    private static let denyingScalars = Set("未没无".unicodeScalars)
    private static let clauseEnds = Set(",;。)也、和且及".unicodeScalars)
    private static let hedges = Set("近约逾超余多".unicodeScalars)
    private static let hedgesBefore: [Phrase] = ["超过", "大约", "接近", "不足"]
    private static let hedgesAfter: [Phrase] = ["左右", "以上", "上下", "余", "多"]
}
