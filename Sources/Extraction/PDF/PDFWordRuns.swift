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

    // MARK: - Stretched lines

    /// Most of a gap, in heights of the writing: as far apart as the characters of the widest label can be.
    private static let widestGap = 12.0
    /// Most characters of the words of a stretched line that has only two, far apart.
    private static let longestPiece = 3
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
        let gap = words[start + 1].box.left - first.box.right
        guard gap > 0.15 * em, gap < widestGap * em else { return nil }
        var end = start + 1
        // 无 fills a cell, or opens 无正当理由.
        while end < words.count, words[end].kind == .text || words[end].text == "无", PDFEnumerator(words[end].text) == nil,
            abs(words[end].level - first.level) < 0.35 * em,
            abs(words[end].box.left - words[end - 1].box.right - gap) < 0.25 * em,
            !PDFText.isLatin(words[end - 1], words[end])
        {
            end += 1
        }
        guard end > start + 1, end < words.count else { return nil }
        if end == start + 2, gap > 1.5 * em, max(first.length, words[start + 1].length) > longestPiece { return nil }
        let next = words[end]
        let pitch = next.level - first.level
        let offset = next.box.left - first.box.left
        guard next.kind == .text, pitch > 0.6 * em, pitch < 2.2 * em, offset < 0.6 * em, offset > -2.5 * em,
            PDFEnumerator(next.text) == nil
        else { return nil }
        let extent = first.box.left...words[end - 1].box.right
        let isHeader = (end..<words.count).prefix(lookahead).contains { index in
            let word = words[index]
            guard word.isValue, extent.contains(word.box.middleX), word.level > first.level,
                word.level < next.level + 6 * em
            else { return false }
            return index + 1 == words.count || !isEnumerator(word, words[index + 1])
        }
        return isHeader ? nil : end
    }

    /// `4` and `、`: the number of a label.
    private static func isEnumerator(_ number: PDFWord, _ text: PDFWord) -> Bool {
        guard number.kind == .number, number.length <= 2, text.kind == .text, let mark = text.text.unicodeScalars.first
        else { return false }
        return ["、", "．", "."].contains(mark) && abs(number.level - text.level) < 0.35 * text.em
            && text.box.left >= number.box.left
    }
}
