/// Words of a page that are pieces of one.
enum PDFWordRuns {
    /// `read` with the pieces joined and without marks of footnotes, numbered anew in the order of drawing.
    ///
    /// A line that ends with a line break in a justified paragraph is stretched over the whole cell: its characters stand
    /// as far apart as cells do. And where digits come from another font than 、 the number of a label is a word by itself.
    static func joined(_ read: [PDFWord]) -> [PDFWord] {
        let words = PDFFootnotes.takeMarks(read)
        var result: [PDFWord] = []
        result.reserveCapacity(words.count)
        var index = 0
        while index < words.count {
            var end = stretchedEnd(words, from: index) ?? index + 1
            if end == index + 1, end < words.count, isEnumerator(words[index], words[end]),
                words[end].box.left - words[index].box.right < 0.3 * words[end].em
            {
                end += 1
            }
            if index + 1 < words.count, isSign(words[index], before: words[index + 1]) {
                var number = words[index + 1]
                number.text = words[index].text + number.text
                number.length += words[index].length
                number.box = number.box.union(words[index].box)
                number.kind = PDFGlyphs.kind(number.text)
                number.order = result.count
                result.append(number)
                index += 2
                continue
            }
            var word = words[index]
            for piece in words[(index + 1)..<end] {
                word.text += piece.text
                word.length += piece.length
                word.box = word.box.union(piece.box)
                word.em = min(word.em, piece.em)
                word.kind = .text
                word.noteMark = piece.noteMark ?? word.noteMark
            }
            word.order = result.count
            result.append(word)
            index = end
        }
        return result
    }

    /// `－` and `12`, from two fonts.
    private static func isSign(_ sign: PDFWord, before number: PDFWord) -> Bool {
        guard sign.length == 1, let scalar = sign.text.unicodeScalars.first, number.kind == .number,
            ["-", "－", "−", "+", "＋"].contains(scalar), number.text.unicodeScalars.first.map(PDFText.isDigit) ?? false
        else { return false }
        let gap = number.box.left - sign.box.right
        return abs(gap) < 0.1 * number.em && abs(sign.level - number.level) < 0.35 * number.em
    }

    // MARK: - Stretched lines

    /// Most of a gap, in heights of the writing: as far apart as the characters of the widest label can be.
    private static let widestGap = 12.0
    /// Most characters of the words of a stretched line that has only two, far apart.
    private static let longestPiece = 3
    /// Most words of a stretched line: a page has no room for more.
    private static let mostPieces = 64
    /// How many words after a stretched line are looked at for the numbers of its row or of its columns.
    private static let lookahead = 24

    /// Where the stretched line that begins at `start` ends; nil when none does.
    ///
    /// Its words are drawn one after the other with the same gaps, and what is drawn next stands under the first of them:
    /// the next line of the cell. No number stands below: then they would be names of columns.
    private static func stretchedEnd(_ words: [PDFWord], from start: Int) -> Int? {
        let first = words[start]
        guard start + 2 < words.count, first.kind == .text || isEnumerator(first, words[start + 1]) else { return nil }
        let em = first.kind == .text ? first.em : words[start + 1].em
        var gaps: [Double] = []
        var end = start + 1
        while end < words.count, end - start < mostPieces, isPiece(words[end], after: words[end - 1]),
            abs(words[end].level - first.level) < 0.35 * em
        {
            let gap = words[end].box.left - words[end - 1].box.right
            // 3 and ．危: the mark leaves no room for a gap.
            let isNumbered = end == start + 1 && gap < 0.3 * em && isEnumerator(first, words[end])
            if !isNumbered {
                guard gap > 0.15 * em, gap < widestGap * em else { break }
                gaps.append(gap)
            }
            end += 1
        }
        // Where a blank is, the gap is twice as wide.
        guard let least = gaps.min(), end < words.count,
            gaps.allSatisfy({ $0 - least < 0.25 * em || abs($0 - 2 * least - 0.25 * em) < 0.35 * em })
        else { return nil }
        let longest = words[start..<end].lazy.map(\.length).max() ?? 0
        if gaps.count == 1, least > 1.5 * em, longest > longestPiece { return nil }
        let next = words[end]
        let isLabel =
            if next.kind == .text {
                isNextLine(next, of: first, em)
            } else {
                // On the next page, perhaps: then the numbers of its row follow.
                gaps.count > 1 && longest <= 2 && next.isValue && next.box.left > words[end - 1].box.right
                    && abs(next.level - first.level) < 0.6 * em
            }
        let extent = first.box.left...max(first.box.left, words[end - 1].box.right)
        guard isLabel, !isOverNumbers(extent, from: first.level, words, end, em) else { return nil }
        return end
    }

    private static func isPiece(_ word: PDFWord, after before: PDFWord) -> Bool {
        // 无 fills a cell, or opens 无正当理由.
        (word.kind == .text || word.text == "无") && PDFEnumerator(word.text) == nil && !PDFText.isLatin(before, word)
    }

    private static func isNextLine(_ next: PDFWord, of first: PDFWord, _ em: Double) -> Bool {
        let pitch = next.level - first.level
        let offset = next.box.left - first.box.left
        return pitch > 0.6 * em && pitch < 2.2 * em && offset < 0.6 * em && offset > -2.5 * em
            && PDFEnumerator(next.text) == nil
    }

    /// Whether one of the numbers drawn soon after stands within `extent`, a little below `level`.
    private static func isOverNumbers(
        _ extent: ClosedRange<Double>,
        from level: Double,
        _ words: [PDFWord],
        _ end: Int,
        _ em: Double
    ) -> Bool {
        (end..<words.count).prefix(lookahead).contains { index in
            let word = words[index]
            guard word.isValue, extent.contains(word.box.middleX), word.level > level, word.level < level + 7.5 * em
            else { return false }
            // Not within a sentence, nor the number of a label.
            return ![index - 1, index + 1].contains { words.indices.contains($0) && touches(word, words[$0]) }
        }
    }

    private static func touches(_ number: PDFWord, _ text: PDFWord) -> Bool {
        text.kind == .text && abs(text.level - number.level) < 0.35 * text.em
            && -number.box.overlapX(text.box) < 0.5 * text.em || isEnumerator(number, text)
    }

    /// `4` and `、`: the number of a label.
    private static func isEnumerator(_ number: PDFWord, _ text: PDFWord) -> Bool {
        guard number.kind == .number, number.length <= 2, text.kind == .text, let mark = text.text.unicodeScalars.first
        else { return false }
        return ["、", "．", "."].contains(mark) && abs(number.level - text.level) < 0.35 * text.em
            && text.box.left >= number.box.left
    }
}
