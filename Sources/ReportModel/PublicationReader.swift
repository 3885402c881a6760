import ChineseText

/// Finds the day of publication that web pages print beside the title: `发布时间：2024-01-20 来源：…`.
struct PublicationReader {
    let stream: PieceStream
    /// The first section heading: behind it stand the dates of other things.
    let end: Int

    /// The day; of several — a page may print when it was moved beside when it was published — the earliest.
    func find() -> AnnualReport.Located<Day>? {
        var best: AnnualReport.Located<Day>?
        for index in max(0, end - Self.nearby)..<max(0, end) {
            guard let found = date(index), best.map({ found.value < $0.value }) ?? true else { continue }
            best = found
        }
        return best
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
    private static let furniture: [Phrase] = ["来源", "作者", "点击", "浏览", "阅读", "打印", "字体", "字号", "访问"]

    private func date(_ index: Int) -> AnnualReport.Located<Day>? {
        let piece = stream.pieces[index]
        let text = piece.folded
        guard text.count >= 4, text.count <= Self.longestLine else { return nil }
        for label in Self.labels {
            guard let place = text.firstIndex(of: label) else { continue }
            var start = place + label.count
            while start < text.count, ":]|".unicodeScalars.contains(text[start]) { start += 1 }
            if start < text.count { return located(text, start, piece) }
            // 发布日期 in one cell or line, the day in the next.
            guard index + 1 < end else { return nil }
            return located(stream.pieces[index + 1].folded, 0, stream.pieces[index + 1])
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
