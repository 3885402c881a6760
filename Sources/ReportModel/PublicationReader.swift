import ChineseText
import DocumentModel

/// Finds the day of publication that web pages print beside the title: `发布时间：2024-01-20 来源：…`.
struct PublicationReader {
    let stream: PieceStream
    /// The first section heading: behind it stand the dates of other things.
    let end: Int
    /// What stands round the text: an extractor that knows the line for the page's own keeps it there.
    var margins: [Paragraph] = []

    /// The day of publication; nil where the page prints none.
    func find() -> AnnualReport.Located<Day>? { earliestAboveText() ?? onlyOneInMargins() }

    /// Of several days — a page may print when it was moved beside when it was published — the earliest.
    private func earliestAboveText() -> AnnualReport.Located<Day>? {
        var best: AnnualReport.Located<Day>?
        for index in max(0, end - Self.nearby)..<max(0, end) {
            let next = index + 1 < end ? stream.pieces[index + 1] : nil
            guard let found = date(stream.pieces[index], next), best.map({ found.value < $0.value }) ?? true else {
                continue
            }
            best = found
        }
        return best
    }

    /// The day that the labelled lines round the text agree on: a margin lists other papers, too, each with its own day.
    private func onlyOneInMargins() -> AnnualReport.Located<Day>? {
        var only: AnnualReport.Located<Day>?
        for line in margins where line.text.utf8.count <= Self.longestLine * 3 {
            let text = FoldedText(line.text)
            guard text.containsAny(Self.labels) || text.containsAny(Self.bareLabels) else { continue }
            let piece = Piece(raw: line.text, folded: text, source: line.source, row: nil, rowIsBounded: false)
            guard let found = date(piece, nil) else { continue }
            if let only, only.value != found.value { return nil }
            only = only ?? found
        }
        return only
    }

    /// How many pieces above section 一 a page's head may take up, and how long a line of it is.
    private static let nearby = 60
    private static let longestLine = 200

    private static let labels: [Phrase] = [
        "发布时间", "发布日期", "公开日期", "公开时间", "公布日期", "公布时间", "发表日期", "发表时间", "发文日期",
        "成文日期", "成文时间", "生成日期", "生成时间", "撰写时间",
    ]
    /// A bare 时间: or 日期: is the page's where the line names its source or counts its readers.
    private static let bareLabels: [Phrase] = ["时间:", "日期:"]
    private static let labelEnds = Array(":]|".unicodeScalars)
    private static let furniture: [Phrase] = ["来源", "作者", "点击", "浏览", "阅读", "打印", "字体", "字号", "访问"]

    /// What a line has that tells the day. Nearly none has any of it, which one look shows.
    private static let marks = PhraseSet(labels + furniture)

    private func date(_ piece: Piece, _ next: Piece?) -> AnnualReport.Located<Day>? {
        let text = piece.folded
        guard text.count >= 4, text.count <= Self.longestLine, text.contains(Self.marks) else { return nil }
        for label in Self.labels {
            guard let place = text.firstIndex(of: label) else { continue }
            var start = place + label.count
            while start < text.count, Self.labelEnds.contains(text[start]) { start += 1 }
            if start < text.count { return located(text, start, piece) }
            // 发布日期 in one cell or line, the day in the next.
            return next.flatMap { located($0.folded, 0, $0) }
        }
        guard text.containsAny(Self.furniture) else { return nil }
        let labelled = Self.bareLabels.lazy.compactMap { label in
            text.firstIndex(of: label).flatMap { located(text, $0 + label.count, piece) }
        }.first
        // 2022-01-20 作者：佚名 点击数：
        return labelled ?? located(text, 0, piece)
    }

    private func located(_ text: FoldedText, _ start: Int, _ piece: Piece) -> AnnualReport.Located<Day>? {
        // Folding dropped the blank between day and hour: 2024-01-2016:32 is the 20th, which two digits at most tell.
        guard start < text.count, let (day, end) = DateReader.day(at: start, in: text) else { return nil }
        return .init(value: day, quote: text.quote(start..<end, in: piece.raw), source: piece.source)
    }
}
