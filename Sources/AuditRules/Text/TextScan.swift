import ChineseText
import ReportModel

/// What the rules on running text have in common: sentences, names in quotation marks, years.
extension FoldedText {
    /// Signs that end a sentence. A semicolon does too: what stands behind it is said of something else.
    private static let sentenceEnds: [Unicode.Scalar] = ["。", ";", "!", "?"]

    /// A sentence is never longer than this: a line of a hostile file may be megabytes long.
    static let longestSentence = 400

    /// The sentence round a position, without the sign that ends it; cut at ``longestSentence`` on either side.
    func sentence(around index: Int) -> Range<Int> {
        var start = index
        while start > 0, index - start < Self.longestSentence, !Self.sentenceEnds.contains(self[start - 1]) {
            start -= 1
        }
        var end = index
        while end < count, end - index < Self.longestSentence, !Self.sentenceEnds.contains(self[end]) { end += 1 }
        return start..<end
    }

    /// The sentence behind another one; nil at the end of the text.
    func sentence(after range: Range<Int>) -> Range<Int>? {
        let next = range.upperBound + 1
        return next < count ? sentence(around: next) : nil
    }

    /// The sentence before another one; nil at the beginning of the text.
    func sentence(before range: Range<Int>) -> Range<Int>? {
        let previous = range.lowerBound - 2
        return previous >= 0 ? sentence(around: previous) : nil
    }

    /// Whether a position stands inside of 《》, “”, [] or — when `brackets` — (), looking no farther than the sentence.
    func isEnclosed(_ index: Int, in sentence: Range<Int>, brackets: Bool = true) -> Bool {
        var titles = 0
        var round = 0
        var square = 0
        var quoted = false
        for position in sentence.lowerBound..<min(index, sentence.upperBound) {
            switch self[position] {
            case "《", "<": titles += 1
            case "》", ">": titles = max(0, titles - 1)
            case "(": round += 1
            case ")": round = max(0, round - 1)
            case "[": square += 1
            case "]": square = max(0, square - 1)
            case "\"": quoted.toggle()
            default: break
            }
        }
        return titles > 0 || square > 0 || quoted || brackets && round > 0
    }

    /// Where the first of `phrases` begins in a range, whichever it is.
    func firstIndex(ofAny phrases: [Phrase], in range: Range<Int>) -> Int? {
        phrases.compactMap { firstIndex(of: $0, from: range.lowerBound, before: range.upperBound) }.min()
    }

    /// Which of `phrases` stands at a position.
    func phrase(of phrases: [Phrase], at index: Int) -> Phrase? { phrases.first { has($0, at: index) } }

    /// Which of `phrases` ends right before a position, and no earlier than `start`.
    func phrase(of phrases: [Phrase], before index: Int, from start: Int) -> Phrase? {
        phrases.first { index - $0.count >= start && has($0, at: index - $0.count) }
    }

    /// The end of a number in front of a paragraph (一、, （二）, 3., 一是), where one begins at `start`; else `start`.
    func endOfEnumerator(at start: Int) -> Int {
        var index = start
        let isBracketed = index < count && self[index] == "("
        if isBracketed { index += 1 }
        let digits = index
        while index < count, index - digits < 3, self[index].isChineseNumeral || self[index].isASCIIDigit { index += 1 }
        guard index > digits, index < count else { return start }
        if isBracketed { return self[index] == ")" ? index + 1 : start }
        guard "、.)是,".unicodeScalars.contains(self[index]) else { return start }
        // 1.5 is a number, 三是 counts an item.
        if self[index] == ".", index + 1 < count, self[index + 1].isASCIIDigit { return start }
        if self[index] == "是" || self[index] == ",", self[digits].isASCIIDigit { return start }
        return index + 1
    }
}

/// A year that a text speaks of: 2023年, 2023年度, 二〇二三年.
struct YearMention: Sendable {
    var year: Int
    /// From the first digit to 年 or 年度.
    var range: Range<Int>
}

extension FoldedText {
    private static let yearSign: Phrase = "年"

    /// The years that a part of the text names, in order. Numbers of documents ([2021]30号) name none.
    func yearMentions(in range: Range<Int>? = nil) -> [YearMention] {
        var result: [YearMention] = []
        let end = range?.upperBound ?? count
        var from = range?.lowerBound ?? 0
        while let sign = firstIndex(of: Self.yearSign, from: from, before: end) {
            from = sign + 1
            guard sign - 4 >= (range?.lowerBound ?? 0), let year = year(endingAt: sign) else { continue }
            let hasMeasure = sign + 1 < count && self[sign + 1] == "度"
            result.append(YearMention(year: year, range: (sign - 4)..<(hasMeasure ? sign + 2 : sign + 1)))
        }
        return result
    }

    /// The four digits before 年, Arabic or Chinese.
    private func year(endingAt sign: Int) -> Int? {
        var value = 0
        for index in (sign - 4)..<sign {
            let scalar = self[index]
            if scalar.isASCIIDigit {
                value = value * 10 + Int(scalar.value - 0x30)
            } else if let digit = ChineseNumeral.digit(scalar) {
                value = value * 10 + digit
            } else {
                return nil
            }
        }
        if sign > 4, self[sign - 5].isASCIIDigit { return nil }
        return (1990...2099).contains(value) ? value : nil
    }
}

extension Prose {
    /// A place in this paragraph, quoted.
    func location(_ range: Range<Int>) -> Location {
        Location(section: section, source: source, quote: folded.quote(range, in: raw))
    }
}
