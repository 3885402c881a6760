import ChineseText

/// The list behind a fee statement: 其中，县民政局1件，收取880元；县公安局2件，收取600元.
extension FeeReader {
    /// Reads the list that the sentence or the next one opens.
    func readList(below sentence: Range<Int>, opener: Int?, isTotalSure: Bool, _ statement: inout FeeStatement) {
        var list: Range<Int>?
        var opening: Int?
        if let opener {
            opening = opener
            list = opener + 1..<sentence.upperBound
        } else if sentence.upperBound < tokens.count, tokens[sentence.upperBound].kind == .among {
            opening = sentence.upperBound
            var end = sentence.upperBound
            let limit = min(tokens.count, end + Self.longestSentence)
            while end < limit, tokens[end].kind != .stop, tokens[end].kind != .paragraphEnd { end += 1 }
            list = sentence.upperBound + 1..<end
        }
        guard let list, let opening else { return }
        let (parts, isRegular) = parts(in: list)
        guard !parts.isEmpty else { return }
        statement.parts = parts
        let isDoubtful = !isRegular || !isTotalSure || statement.isDenial || speaksOfMore(list)
        if isDoubtful {
            statement.listing = .doubtful
        } else {
            statement.listing = isComplete(list, opening, parts) ? .complete : .selection
        }
    }

    /// The numbers of a list in pairs, by whatever sets them apart: semicolons, or commas where each part repeats one shape.
    private func parts(in list: Range<Int>) -> (parts: [FeePart], isRegular: Bool) {
        let segments = list.split { tokens[$0].kind == .semicolon || tokens[$0].kind == .stop }
        var groups: [[Int]] = []
        var isRegular = true
        for segment in segments {
            guard let first = segment.first, let last = segment.last else { continue }
            let numbers = (first...last).filter(isFeeNumber)
            if isPair(numbers[...]) {
                if !numbers.isEmpty { groups.append(numbers) }
            } else if let pairs = pairs(numbers) {
                groups += pairs
            } else {
                isRegular = false
                groups.append(numbers)
            }
        }
        var parts: [FeePart] = []
        var from = list.lowerBound
        for group in groups {
            guard let last = group.last else { continue }
            parts.append(part(group, from: from))
            if precision(last).isHedged
                || group.contains(where: { tokens[$0].kind == .count && tokens[$0].isApproximate })
            {
                isRegular = false
            }
            from = last + 1
        }
        // One unit for all: 2件 beside 3页 divides nothing.
        let measures = Set(groups.joined().filter { tokens[$0].kind == .count }.map { tokens[$0].measure })
        return (parts, isRegular && measures.count <= 1)
    }

    private func isFeeNumber(_ index: Int) -> Bool {
        switch tokens[index].kind {
        case .amount: !tokens[index].isRate
        case .count: isPiece(index)
        default: false
        }
    }

    /// At most one number of each kind.
    private func isPair(_ numbers: ArraySlice<Int>) -> Bool {
        numbers.count <= 1 || numbers.count == 2 && Set(numbers.map { tokens[$0].kind == .amount }).count == 2
    }

    /// 2件 200元 1件 100元, or 200元 100元: parts of one shape, else nil.
    private func pairs(_ numbers: [Int]) -> [[Int]]? {
        let kinds = numbers.map { tokens[$0].kind == .amount }
        if Set(kinds).count == 1 { return numbers.map { [$0] } }
        guard numbers.count % 2 == 0 else { return nil }
        let groups = stride(from: 0, to: numbers.count, by: 2).map { Array(numbers[$0...$0 + 1]) }
        let isEven = groups.allSatisfy { group in
            isPair(group[...]) && (tokens[group[0]].kind == .amount) == kinds[0]
        }
        return isEven ? groups : nil
    }

    private func part(_ numbers: [Int], from: Int) -> FeePart {
        let last = numbers.last ?? from
        var first = from
        while first < last,
            [.comma, .pause, .colon, .semicolon, .stop, .paragraphEnd].contains(tokens[first].kind)
                || tokens[first].paragraph != tokens[last].paragraph
        { first += 1 }
        return FeePart(
            applications: numbers.first { tokens[$0].kind == .count }.map { tokens[$0].value },
            amountYuan: numbers.first { tokens[$0].kind == .amount }.flatMap(amountYuan),
            paragraph: Int(tokens[last].paragraph),
            range: Int(tokens[first].start)..<Int(tokens[last].end)
        )
    }

    /// 各100元, 减免200元, 逾期未缴1件: numbers that are no shares of what was charged.
    private func speaksOfMore(_ list: Range<Int>) -> Bool {
        if list.contains(where: { KindSet(.growth, .lastYear, .cumulative, .among).has(tokens[$0].kind) }) {
            return true
        }
        return contains(anyOf: Self.otherShares, in: list)
    }

    private func isComplete(_ list: Range<Int>, _ opener: Int, _ parts: [FeePart]) -> Bool {
        guard parts.count >= 2, !list.contains(where: { tokens[$0].kind == .etcetera }) else { return false }
        if tokens[opener].kind == .respectively { return true }
        if let first = list.first, tokens[first].kind == .respectively { return true }
        // 其他单位2件: the rest of them.
        guard let last = parts.last else { return false }
        return paragraphs[last.paragraph].containsAny(Self.rest, in: last.range)
    }

    private static let otherShares: [Phrase] = [
        "各1", "各2", "各收", "各为", "每", "减免", "退", "免收", "应收", "应缴", "未缴", "逾期", "撤回", "通知", "标准为", "上一年",
    ]
    private static let rest: [Phrase] = ["其他", "其它", "其余"]
}
