import ChineseText
import DocumentModel

/// The title line(s) of a report and what they say.
struct TitleReading: Sendable {
    /// The title as the document has it, its lines joined.
    var text: String
    /// The body's name; nil when the title has none.
    var agency: String?
    /// The report year; nil when the title has none.
    var year: Int?
    /// First and last piece.
    var pieces: ClosedRange<Int>
    var source: SourceSpan
}

/// Finds the title: `{机关}{Y}年政府信息公开工作年度报告` and what offices make of it — two lines, the year first, 年度 twice,
/// 工作 missing, a suffix （图片版）, marks of Markdown, advertising in front, letters swapped.
struct TitleReader {
    let stream: PieceStream
    /// The first section heading: a title stands before it.
    let end: Int

    func find() -> TitleReading? {
        let pieces = stream.pieces
        // A page may carry navigation in front; a title further down is none.
        let limit = min(end, pieces.count, 60)
        var best: TitleReading?
        for index in 0..<limit where pieces[index].folded.count <= 70 {
            for length in [1, 2, 3] where index + length <= limit {
                let range = index...(index + length - 1)
                let parts = range.map { pieces[$0].folded }
                // Lines of a broken title are short and say nothing else.
                guard parts.allSatisfy({ $0.count <= 60 && !$0.contains("。") }) else { break }
                if length > 1, let earlier = parts.dropLast().first(where: { !canPrecede($0) }) {
                    _ = earlier
                    break
                }
                let text = range.map { pieces[$0].raw.trimmingBlanks() }.joined()
                guard let reading = Self.parse(text, pieces: range, source: pieces[index].source) else { continue }
                if best == nil || rank(reading) > rank(best) { best = reading }
            }
        }
        return best
    }

    /// Whether a line can be the first part of a broken title.
    private func canPrecede(_ line: FoldedText) -> Bool {
        guard line.count >= 2, !line.scalars.contains(where: { ",;:。".unicodeScalars.contains($0) }) else {
            return false
        }
        if Self.isTitle(line) { return false }
        return AgencyName.looksLikeAgency(line) || hasYear(line) || line.contains("信息公开")
    }

    private func hasYear(_ line: FoldedText) -> Bool {
        (0..<line.count).contains { DateReader.year(at: $0, in: line) != nil }
    }

    /// A title with a name and a year beats one without; of equals the first stands.
    private func rank(_ reading: TitleReading?) -> Int {
        guard let reading else { return -1 }
        return (reading.agency == nil ? 0 : 2) + (reading.year == nil ? 0 : 2)
    }

    /// Whether the folded line reads as the title of such a report.
    static func isTitle(_ line: FoldedText) -> Bool { parse(line) != nil }

    static func parse(_ text: String, pieces: ClosedRange<Int>, source: SourceSpan) -> TitleReading? {
        let folded = FoldedText(text)
        guard let (agency, year) = parse(folded) else { return nil }
        var shown = text.trimmingBlanks()
        while shown.hasPrefix("#") { shown = String(shown.dropFirst()).trimmingBlanks() }
        return TitleReading(text: shown, agency: agency, year: year, pieces: pieces, source: source)
    }

    private static let subjects: [Phrase] = ["政府信息公开", "政务信息公开", "信息公开", "政务公开"]

    private static func parse(_ line: FoldedText) -> (agency: String?, year: Int?)? {
        guard line.count >= 8, line.count <= 80, !line.scalars.contains(where: { ",。;!?".unicodeScalars.contains($0) })
        else {
            return nil
        }
        var text = line
        while let last = text.scalars.last, "》\"*#".unicodeScalars.contains(last) { text = text[0..<(text.count - 1)] }
        // （图片版）, (公开版)
        if text.hasSuffix(")"), let open = text.scalars.lastIndex(of: "("), text.count - open <= 10 {
            text = text[0..<open]
        }
        guard
            let (subject, phrase) = subjects.lazy.compactMap({ phrase in
                text.firstIndex(of: phrase).map { ($0, phrase) }
            }).first
        else { return nil }
        let tail = text[(subject + phrase.count)..<text.count]
        let isReport = tail.hasSuffix("报告") || (tail.count <= 10 && tail.contains("报") && tail.contains("告"))
        guard isReport, tail.count <= 16 else { return nil }
        // A work report is not the annual report, unless the title says year and disclosure: 2021年政府信息公开工作报告.
        guard !tail.containsAny(["通知", "格式", "调研", "自查", "考察"]) else { return nil }
        let isDisclosure = phrase != "政务公开"
        var year: Int?
        var yearRange: Range<Int>?
        for index in 0..<text.count {
            if let (value, end) = DateReader.year(at: index, in: text) {
                year = value
                var stop = end
                if stop < text.count, text[stop] == "度" { stop += 1 }
                yearRange = index..<stop
                break
            }
        }
        let isAnnual = tail.containsAny(["年度报", "年报", "年度"])
        guard isAnnual || (isDisclosure && year != nil) else { return nil }
        var agency: String?
        if let yearRange, yearRange.lowerBound < subject {
            agency = AgencyName.clean(text[0..<yearRange.lowerBound])
            if agency == nil { agency = AgencyName.clean(text[yearRange.upperBound..<subject]) }
        } else {
            agency = AgencyName.clean(text[0..<subject])
        }
        return (agency, year)
    }
}
