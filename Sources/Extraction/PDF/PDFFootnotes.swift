import DocumentModel

/// Footnotes of a page: what stands at its foot under a number that also stands, small and raised, in its text.
struct PDFFootnotes {
    private struct Key: Hashable {
        var page: Int
        var mark: String
    }

    private var notes: [Key: [PDFLine]] = [:]

    /// Most lines of a page that can be footnotes; more are running text that begins with a number.
    private static let mostLines = 12

    // MARK: - Marks

    /// `words` without the raised numbers behind others, which are kept as marks of those.
    static func takeMarks(_ words: [PDFWord]) -> [PDFWord] {
        var result: [PDFWord] = []
        result.reserveCapacity(words.count)
        for (index, word) in words.enumerated() {
            var word = word
            if word.kind == .number, word.length <= 2 {
                if let last = result.last, isRaised(word, beside: last),
                    abs(word.box.left - last.box.right) < 0.35 * last.em
                {
                    result[result.count - 1].noteMark = word.text
                    continue
                }
                if index + 1 < words.count, isRaised(word, beside: words[index + 1]),
                    abs(words[index + 1].box.left - word.box.right) < words[index + 1].em
                {
                    // Before the footnote itself.
                    word.level = words[index + 1].level
                }
            }
            result.append(word)
        }
        return result
    }

    private static func isRaised(_ mark: PDFWord, beside word: PDFWord) -> Bool {
        let rise = word.level - mark.level
        return word.kind == .text && mark.box.height < 0.85 * word.box.height && rise > 0.15 * word.em
            && rise < 0.8 * word.em
    }

    // MARK: - Footnotes

    /// None.
    init() {}

    /// Takes the footnotes out of `lines`. A mark without a footnote becomes text again.
    init(takenFrom lines: inout [PDFLine]) {
        var start = lines.startIndex
        var taken: Set<Int> = []
        while start < lines.endIndex {
            let page = lines[start].page
            let end = lines[start...].firstIndex { $0.page != page } ?? lines.endIndex
            let marks = Set(lines[start..<end].flatMap(\.noteMarks))
            if !marks.isEmpty {
                var known: String?
                for index in Self.foot(lines[start..<end], marks) {
                    known = marks.first { Self.begins(lines[index], with: $0) } ?? known
                    guard let known else { continue }
                    notes[Key(page: page, mark: known), default: []].append(lines[index])
                    taken.insert(index)
                }
                for index in start..<end {
                    lines[index].restoreMarks { notes[Key(page: page, mark: $0)] == nil }
                }
            }
            start = end
        }
        guard !taken.isEmpty else { return }
        lines = lines.indices.filter { !taken.contains($0) }.map { lines[$0] }
    }

    /// The last lines of a page, from the first that begins with a mark which stands above it.
    private static func foot(_ lines: ArraySlice<PDFLine>, _ marks: Set<String>) -> Range<Int> {
        guard let marked = lines.firstIndex(where: { !$0.noteMarks.isEmpty }) else {
            return lines.endIndex..<lines.endIndex
        }
        let last = lines[(marked + 1)...].suffix(mostLines)
        // No row of numbers is part of a footnote.
        let first = (last.lastIndex { $0.fragments.contains(where: \.isValue) }).map { $0 + 1 } ?? last.startIndex
        let start = lines[first...].firstIndex { line in marks.contains { begins(line, with: $0) } }
        return (start ?? lines.endIndex)..<lines.endIndex
    }

    /// Whether `line` begins with the number `mark`, but not as a list does: 1. or 1、.
    private static func begins(_ line: PDFLine, with mark: String) -> Bool {
        let text = line.text.unicodeScalars
        guard text.starts(with: mark.unicodeScalars), let next = text.dropFirst(mark.unicodeScalars.count).first
        else { return false }
        return !(0x30...0x39).contains(next.value) && ![".", "、", "．", ",", "，", "年", "月"].contains(next)
    }

    /// The footnotes whose marks stand in `lines`, without the marks; `position` counts on.
    func paragraphs(of lines: some Sequence<PDFLine>, position: inout Int) -> [Paragraph] {
        guard !notes.isEmpty else { return [] }
        var result: [Paragraph] = []
        for line in lines {
            for mark in line.noteMarks {
                guard let note = notes[Key(page: line.page, mark: mark)], let first = note.first else { continue }
                var text = String(first.text.unicodeScalars.dropFirst(mark.unicodeScalars.count).drop { $0 == " " })
                for line in note.dropFirst() { PDFText.append(line.text, to: &text) }
                let box = note.dropFirst().reduce(first.box) { $0.union($1.box) }
                position += 1
                let source = SourceSpan(.box(page: Int32(clamping: line.page), box.pageBox), position: position)
                result.append(Paragraph(text: text, source: source))
            }
        }
        return result
    }
}

extension PDFLine {
    /// Marks of footnotes, from left to right.
    var noteMarks: [String] { fragments.flatMap { $0.words.compactMap(\.noteMark) } }

    /// Makes text of the marks for which `isText` holds.
    fileprivate mutating func restoreMarks(where isText: (String) -> Bool) {
        for fragment in fragments.indices {
            for word in fragments[fragment].words.indices {
                guard let mark = fragments[fragment].words[word].noteMark, isText(mark) else { continue }
                fragments[fragment].words[word].text += mark
                fragments[fragment].words[word].length += mark.unicodeScalars.count
                fragments[fragment].words[word].noteMark = nil
            }
        }
    }
}
