import ChineseText
import DocumentModel

/// Words that stand beside each other without a gap that would make them two cells.
struct PDFFragment {
    /// Left to right.
    var words: [PDFWord]
    var box: PDFBox

    init(_ word: PDFWord) {
        words = [word]
        box = word.box
    }

    mutating func append(_ word: PDFWord) {
        words.append(word)
        box = box.union(word.box)
    }

    var text: String { PDFText.join(words) }
    var length: Int { words.reduce(0) { $0 + $1.length } }
    /// A number or a mark for nothing, alone.
    var isValue: Bool { words.count == 1 && words[0].isValue }
    var isNumber: Bool { words.count == 1 && words[0].kind == .number }
}

/// What stands on one line of a page.
struct PDFLine {
    /// Number of the page, from 1.
    var page: Int
    /// Left to right.
    var fragments: [PDFFragment]
    var box: PDFBox

    var words: [PDFWord] { fragments.flatMap(\.words) }
    var text: String { PDFText.join(words) }
    var length: Int { fragments.reduce(0) { $0 + $1.length } }
    /// 第二十条第（一）项: what stands over each part of table 2.
    var isTitle: Bool { fragments.count == 1 && fragments[0].words[0].text.hasPrefix("第") && text.hasPrefix("第二十条") }
    /// 一、总体情况 and its like, as in plain text (``TextExtractor``).
    var isSectionHeading: Bool {
        guard length >= 4, length <= 40 else { return false }
        let folded = FoldedText(text)
        guard folded.count > 4, folded.count < 40, folded[1] == "、" || folded[1] == "." || folded[1] == ",",
            Self.headingEnds.contains(where: { folded.hasSuffix($0) })
        else { return false }
        if "一二三四五六七".unicodeScalars.contains(folded[0]) { return true }
        // Rows are numbered so too: 8.属于行政查询事项.
        return ("1"..."7").contains(folded[0]) && folded.containsAny(Self.headingTopics)
    }

    private static let headingTopics: [Phrase] = [
        "总体情况", "基本情况", "概述", "主动公开", "申请情况", "申请的情况", "行政复议", "行政诉讼", "存在", "改进", "报告的事项", "报告事项",
    ]

    /// 填报单位：某某局 or 单位：件, which stands over a table and is no part of it.
    var isCaption: Bool {
        guard fragments.count <= 2 else { return false }
        let head = FoldedText(text).scalars.prefix(12)
        guard let colon = head.firstIndex(of: ":"), let start = head.firstIndex(of: "单"), start < 5,
            head[start...].starts(with: "单位".unicodeScalars)
        else { return false }
        let stamp = head[(start + 2)..<colon]
        return head[..<start].allSatisfy(\.isHan) && (stamp.isEmpty || stamp.first == "(" && stamp.last == ")")
    }

    private static let headingEnds: [Phrase] = ["情况", "事项", "措施", "概述"]

    /// Height of the writing, in points.
    var em: Double { fragments.lazy.flatMap(\.words).map(\.em).min() ?? box.height }
}

/// Joins words to text.
enum PDFText {
    /// Words of one line: a blank only where Latin letters or digits would run together, or where there is a wide gap.
    static func join(_ words: [PDFWord]) -> String {
        var text = ""
        var previous: PDFWord?
        for word in words {
            if let before = previous, needsBlank(before, word) { text += " " }
            text += word.text
            previous = word
        }
        return text
    }

    private static func needsBlank(_ before: PDFWord, _ after: PDFWord) -> Bool {
        let gap = after.box.left - before.box.right
        let em = min(before.em, after.em)
        if gap > 1.5 * em { return true }
        guard gap > 0.1 * em, let last = before.text.unicodeScalars.last, let first = after.text.unicodeScalars.first
        else { return false }
        return isLatin(last) && isLatin(first)
    }

    /// Whether both the end of `before` and the beginning of `after` are Latin letters or digits.
    static func isLatin(_ before: PDFWord, _ after: PDFWord) -> Bool {
        guard let last = before.text.unicodeScalars.last, let first = after.text.unicodeScalars.first
        else { return false }
        return isLatin(last) && isLatin(first)
    }

    /// Adds the next line of a paragraph.
    static func append(_ line: String, to text: inout String) {
        if let last = text.unicodeScalars.last, let first = line.unicodeScalars.first, isLatin(last), isLatin(first),
            !last.isASCIIDigit
        {
            text += " "
        }
        text += line
    }

    /// An ASCII or full-width digit.
    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCIIDigit || (0xFF10...0xFF19).contains(scalar.value)
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool { scalar.value > 0x20 && scalar.value < 0x250 }
}

/// Lines of the pages in reading order, with the margins taken off.
struct PDFLayout {
    private(set) var lines: [PDFLine] = []
    /// Headers, footers and page numbers.
    private(set) var margins: [PDFLine] = []
    /// Columns of characters that stand under each other: a label of a table written downwards, or a header in a cell one
    /// character wide. Each is one word.
    private(set) var columns: [(page: Int, word: PDFWord)] = []
    /// Left and right edge of running text, by page number.
    private(set) var body: [ClosedRange<Double>] = []

    /// What stands at the foot of pages, by what refers to it.
    private(set) var footnotes = PDFFootnotes()

    /// Whether the file draws its text cell by cell, so that words of one cell follow each other.
    private(set) var isDrawnByCell = false

    init(_ read: [PDFPage]) {
        var pages = read
        for index in pages.indices { pages[index].words = PDFWordRuns.joined(pages[index].words) }
        var rows: [(page: Int, words: [PDFWord])] = []
        for page in pages {
            var words = page.words
            let upright = Self.takeColumns(&words)
            columns += upright.map { (page.number, $0) }
            rows += Self.levels(Self.joinNumbers(words)).map { (page.number, $0) }
        }
        isDrawnByCell = Self.isDrawnByCell(rows, pages, columns)
        for row in rows { lines.append(line(row.words, page: row.page)) }
        columns.sort { ($0.page, $0.word.box.middleY) < ($1.page, $1.word.box.middleY) }
        takeMargins(pages)
        footnotes = PDFFootnotes(takenFrom: &lines)
        measureBody(pages)
    }

    // MARK: - Lines

    /// Words whose middles lie on one level, left to right.
    private static func levels(_ words: [PDFWord]) -> [[PDFWord]] {
        var result: [[PDFWord]] = []
        var current: [PDFWord] = []
        var level = 0.0
        var height = 0.0
        for word in words.sorted(by: { $0.level < $1.level }) {
            if !current.isEmpty, word.level - level > 0.35 * min(height, word.em) {
                result.append(current.sorted { $0.box.left < $1.box.left })
                current = []
            }
            if current.isEmpty {
                level = word.level
                height = word.em
            } else {
                level += (word.level - level) / Double(current.count + 1)
                height = min(height, word.em)
            }
            current.append(word)
        }
        if !current.isEmpty { result.append(current.sorted { $0.box.left < $1.box.left }) }
        return result
    }

    private func line(_ words: [PDFWord], page: Int) -> PDFLine {
        var fragments: [PDFFragment] = []
        var box = words[0].box
        for word in words {
            box = box.union(word.box)
            if let last = fragments.last, let before = last.words.last, belongTogether(before, word) {
                // Bold writing is sometimes drawn twice.
                if before.text == word.text, word.box.overlapX(before.box) > 0.7 * word.box.width { continue }
                fragments[fragments.count - 1].append(word)
            } else {
                fragments.append(PDFFragment(word))
            }
        }
        return PDFLine(page: page, fragments: fragments, box: box)
    }

    /// Whether no border of a cell is between two words of a line.
    private func belongTogether(_ before: PDFWord, _ after: PDFWord) -> Bool {
        let gap = after.box.left - before.box.right
        let em = min(before.em, after.em)
        if isDrawnByCell, after.order != before.order + 1, gap > -0.2 * em { return false }
        switch (before.isValue, after.isValue) {
        case (true, true): return gap <= 0.15 * em
        case (false, false): return gap <= 1.2 * em
        default: return gap <= 0.5 * em
        }
    }

    // MARK: - The order of drawing

    /// Whether, of words with others to their right, some are followed in drawing by what stands under them instead: that
    /// only happens where cells are drawn whole.
    private static func isDrawnByCell(
        _ rows: [(page: Int, words: [PDFWord])],
        _ pages: [PDFPage],
        _ columns: [(page: Int, word: PDFWord)]
    ) -> Bool {
        var cells = 0
        for row in rows {
            let words = pages[row.page - 1].words
            for word in row.words.dropLast() where word.kind == .text && words.indices.contains(word.order + 1) {
                if follows(word, words[word.order + 1]) { cells += 1 }
            }
        }
        // Writing that runs downwards past lines drawn before or after it says the same; a few show it.
        let passes = columns.prefix(50).contains { page, word in
            let inside = (word.box.top + word.em)...max(word.box.top + word.em, word.box.bottom - word.em)
            return pages[page - 1].words.contains { $0.box.left > word.box.right && inside.contains($0.level) }
        }
        return cells >= 3 || passes
    }

    /// Whether `lower` stands right under `upper`, as the next line of a cell does.
    private static func follows(_ upper: PDFWord, _ lower: PDFWord) -> Bool {
        let em = min(upper.em, lower.em)
        let pitch = lower.box.middleY - upper.box.middleY
        return pitch > 0.6 * em && pitch < 2.2 * em
            && upper.box.overlapX(lower.box) > 0.5 * min(upper.box.width, lower.box.width)
    }

    // MARK: - Numbers over several lines

    /// A number too long for its cell goes on in the next line (59237 as 5923 and 7). Its pieces are drawn one after the
    /// other, each under the one before, and the cell is narrow: others stand close on a side.
    private static func joinNumbers(_ words: [PDFWord]) -> [PDFWord] {
        var result: [PDFWord] = []
        result.reserveCapacity(words.count)
        var index = 0
        while index < words.count {
            var word = words[index]
            var end = index + 1
            if word.kind == .number {
                while end < words.count, words[end].kind == .number, words[end].length <= words[end - 1].length,
                    follows(words[end - 1], words[end])
                {
                    end += 1
                }
            }
            let neighbour = end - index > 1 ? neighbour(index, end, words) : nil
            if end - index > 1, isOpen(word.text) || neighbour != nil {
                for piece in words[(index + 1)..<end] {
                    word.text += piece.text
                    word.length += piece.length
                    word.box = word.box.union(piece.box)
                    word.order = piece.order
                }
                word.kind = PDFGlyphs.kind(word.text)
                word.level = neighbour?.level ?? word.box.middleY
                result.append(word)
            } else {
                result += words[index..<end]
            }
            index = end
        }
        return result
    }

    /// `1,234.`, which cannot end a number.
    private static func isOpen(_ text: String) -> Bool { text.utf8.last.map { $0 == 0x2E || $0 == 0x2C } ?? false }

    /// A number drawn beside the pieces: then the row has several columns, so that numbers under each other with nothing
    /// drawn between them are one.
    private static func neighbour(_ start: Int, _ end: Int, _ words: [PDFWord]) -> PDFWord? {
        let box = words[start..<end].dropFirst().reduce(words[start].box) { $0.union($1.box) }
        let near = max(0, start - 6)..<min(words.count, end + 6)
        let index = near.first { index in
            guard index < start || index >= end, words[index].isValue else { return false }
            // Not a line of another number of several lines.
            if index > 0, words[index - 1].isValue, follows(words[index - 1], words[index]) { return false }
            if index + 1 < words.count, words[index + 1].isValue, follows(words[index], words[index + 1]) {
                return false
            }
            let other = words[index].box
            return other.overlapY(box) > 0.3 * words[index].em && other.overlapX(box) <= 0
        }
        return index.map { words[$0] }
    }

    // MARK: - Writing downwards

    /// Those of ``columns`` with their middles between two places.
    func columns(from top: (page: Int, y: Double), to bottom: (page: Int, y: Double)) -> ArraySlice<
        (page: Int, word: PDFWord)
    > {
        var low = 0
        var high = columns.count
        while low < high {
            let middle = (low + high) / 2
            if (columns[middle].page, columns[middle].word.box.middleY) < top {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return columns[low...].prefix { ($0.page, $0.word.box.middleY) <= bottom }
    }

    /// Takes out columns of at least three short words, drawn one after the other, each right under the one before.
    private static func takeColumns(_ words: inout [PDFWord]) -> [PDFWord] {
        var columns: [PDFWord] = []
        var rest: [PDFWord] = []
        rest.reserveCapacity(words.count)
        var index = 0
        while index < words.count {
            var end = index + 1
            if isShort(words[index]) {
                while end < words.count, isShort(words[end]), stands(words[end], under: words[end - 1]) { end += 1 }
            }
            if end - index >= 3 {
                // What found no room goes on left of it.
                while end < words.count, isShort(words[end]), stands(words[end], leftOf: words[index]) {
                    end += 1
                    while end < words.count, isShort(words[end]), stands(words[end], under: words[end - 1]) { end += 1 }
                }
                columns.append(joined(words[index..<end]))
            } else if words[index].length > 1, words[index].box.height > 1.8 * words[index].box.width,
                words[index].kind == .text
            {
                columns.append(words[index])
                end = index + 1
            } else {
                end = index + 1
                rest.append(words[index])
            }
            index = end
        }
        words = rest
        return columns
    }

    private static func isShort(_ word: PDFWord) -> Bool { word.length <= 2 && word.kind == .text }

    private static func stands(_ lower: PDFWord, under upper: PDFWord) -> Bool {
        let em = min(lower.box.height, upper.box.height)
        let pitch = lower.box.middleY - upper.box.middleY
        // Aligned by their middles, or where the last line is shorter, by their left edges.
        let offset = min(abs(lower.box.middleX - upper.box.middleX), 2 * abs(lower.box.left - upper.box.left))
        return pitch > 0.7 * em && pitch < 1.9 * em && offset < 0.5 * em
    }

    private static func stands(_ next: PDFWord, leftOf first: PDFWord) -> Bool {
        let em = min(next.em, first.em)
        let offset = first.box.middleX - next.box.middleX
        return abs(next.box.top - first.box.top) < em && offset > 0.5 * em && offset < 2.2 * em
    }

    private static func joined(_ words: ArraySlice<PDFWord>) -> PDFWord {
        var result = words[words.startIndex]
        for word in words.dropFirst() {
            result.text += word.text
            result.length += word.length
            result.box = result.box.union(word.box)
        }
        return result
    }

    // MARK: - Margins

    /// How much of a page's height its headers and footers keep to, at either end.
    private static let marginShare = 0.115

    private mutating func takeMargins(_ pages: [PDFPage]) {
        // A running header stands once on a page, or twice: more places need not be compared.
        var repeated: [String: [PDFBox]] = [:]
        for line in lines where isInMargin(line, pages) {
            let key = Self.withoutDigits(line.text)
            if repeated[key, default: []].count < 2 * pages.count { repeated[key, default: []].append(line.box) }
        }
        let numbers = bareNumbers(pages)
        var kept: [PDFLine] = []
        for (index, line) in lines.enumerated() {
            let isFirst =
                index == 0 || lines[index - 1].page != line.page
                || margins.last?.page == line.page && kept.last?.page != line.page
            let isLast = lines[(index + 1)...].prefix(3).allSatisfy { $0.page != line.page || isInMargin($0, pages) }
            guard isFirst || isLast, isInMargin(line, pages) else {
                kept.append(line)
                continue
            }
            let text = line.text
            let key = Self.withoutDigits(text)
            let width = pages[line.page - 1].width
            let count = repeated[key]?.count { Self.isSamePlace($0, line.box, width) } ?? 0
            let isRunning =
                pages.count > 1 && count * 5 >= pages.count * 3 && count > 1
                && line.fragments.allSatisfy { !$0.isValue }
            let isPageNumber =
                Self.isPageNumber(text) && isApart(index) && line.fragments.count(where: \.isNumber) <= 2
                && !isRestOfNumber(index, numbers, on: pages[line.page - 1])
            if isRunning || isPageNumber {
                margins.append(line)
            } else {
                kept.append(line)
            }
        }
        lines = kept
    }

    /// Numbers that stand alone in the margins of a page, two of each page at most.
    private func bareNumbers(_ pages: [PDFPage]) -> [(page: Int, value: Int, box: PDFBox)] {
        var counts: [Int: Int] = [:]
        return lines.compactMap { line in
            guard line.fragments.count == 1, line.length < 5, let value = Int(FoldedText(line.text).string),
                isInMargin(line, pages),
                counts[line.page, default: 0] < 2
            else { return nil }
            counts[line.page, default: 0] += 1
            return (line.page, value, line.box)
        }
    }

    /// Whether a number alone at the top of a page may be what is left of one in the last row of the page before: pages
    /// are not counted like that, or its place is under such a number. At the bottom of a page it is the rest of a number
    /// that a narrow cell broke when it stands close under one.
    private func isRestOfNumber(
        _ index: Int,
        _ numbers: [(page: Int, value: Int, box: PDFBox)],
        on page: PDFPage
    ) -> Bool {
        let (line, width, height) = (lines[index], page.width, page.height)
        guard line.length < 5, let value = Int(FoldedText(line.text).string) else { return false }
        if line.box.middleY >= height / 2 {
            return lines[..<index].suffix(4).contains { above in
                above.page == line.page && line.box.top - above.box.bottom < line.em
                    && above.fragments.contains { $0.isNumber && $0.box.overlapX(line.box) > 0 }
            }
        }
        let isCounted = numbers.contains { other in
            other.page != line.page && other.value - other.page == value - line.page
                && Self.isSamePlace(other.box, line.box, width)
        }
        if isCounted { return false }
        return value != line.page
            || lines[..<index].suffix(4).contains { above in
                above.fragments.contains { $0.isNumber && $0.box.overlapX(line.box) > 0 }
            }
    }

    /// Whether two lines of different pages stand in the same place, or in mirrored places as on facing pages.
    private static func isSamePlace(_ one: PDFBox, _ other: PDFBox, _ width: Double) -> Bool {
        guard abs(one.middleY - other.middleY) < 6 else { return false }
        return abs(one.middleX - other.middleX) < 24 || abs(one.middleX + other.middleX - width) < 24
    }

    /// Whether no other line stands beside the one at `index`.
    private func isApart(_ index: Int) -> Bool {
        let line = lines[index]
        return [index - 1, index + 1].allSatisfy { other in
            guard lines.indices.contains(other), lines[other].page == line.page else { return true }
            return lines[other].box.overlapY(line.box) < 0.2 * line.em
        }
    }

    private func isInMargin(_ line: PDFLine, _ pages: [PDFPage]) -> Bool {
        let height = pages[line.page - 1].height
        guard height > 0 else { return false }
        let share = line.box.middleY / height
        return share < Self.marginShare || share > 1 - Self.marginShare
    }

    private static func withoutDigits(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.isASCIIDigit && scalar != " " { result.append(scalar) }
        return String(result)
    }

    /// `3`, `- 3 -`, `— 3 —`, `第3页`, `第 3 页 共 5 页`, `3/5`, `Page 3 of 5`; no row of numbers, and not 0.
    static func isPageNumber(_ text: String) -> Bool {
        var numbers: [Int] = []
        var inNumber = false
        var marks = 0
        var rest = ""
        for scalar in text.unicodeScalars {
            if let digit = Self.digit(scalar) {
                if inNumber, let last = numbers.popLast() {
                    numbers.append(min(10 * last + digit, 1_000_000))
                } else {
                    numbers.append(digit)
                }
                inNumber = true
                continue
            }
            inNumber = false
            switch scalar {
            case " ", "-", "—", "–", "－", "─", "·", "•", "~", "～", "[", "]", "(", ")", "|", "，", ",": continue
            case "/", "第", "页", "頁", "共": marks += 1
            default: rest.unicodeScalars.append(scalar)
            }
        }
        let words = rest.lowercased()
        guard words.isEmpty || words == "page" || words == "pageof" else { return false }
        marks += words.isEmpty ? 0 : 1
        guard let first = numbers.first, first > 0, first < 10_000 else { return false }
        return numbers.count == 1 || numbers.count == 2 && marks > 0
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x30...0x39: Int(scalar.value) - 0x30
        case 0xFF10...0xFF19: Int(scalar.value) - 0xFF10
        default: nil
        }
    }

    // MARK: - Running text

    /// The edges between which most long lines of a page, or of the document, stand.
    private mutating func measureBody(_ pages: [PDFPage]) {
        var long: [[PDFBox]] = Array(repeating: [], count: pages.count)
        for line in lines where line.fragments.count == 1 && line.length >= 15 { long[line.page - 1].append(line.box) }
        let all = Self.edges(long.flatMap { $0 })
        for (index, page) in pages.enumerated() {
            let own = long[index].count >= 8 ? Self.edges(long[index]) : nil
            let range = own ?? all.flatMap { $0.upperBound <= page.width ? $0 : nil }
            body.append(range ?? (0.12 * page.width)...max(0.13 * page.width, 0.88 * page.width))
        }
    }

    private static func edges(_ boxes: [PDFBox]) -> ClosedRange<Double>? {
        guard boxes.count >= 3 else { return nil }
        let left = boxes.map(\.left).sorted()[boxes.count / 8]
        let right = boxes.map(\.right).sorted()[boxes.count - 1 - boxes.count / 8]
        return left < right ? left...right : nil
    }
}
