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

    /// Of two titles the one that bears the year of the stated period is this report's; nearly every report has one title,
    /// and then nobody asks for that year.
    func find(statedYear: () -> Int? = { nil }) -> TitleReading? {
        let found = readings()
        guard let first = found.first else { return nil }
        let year = found.contains { $0.year != first.year } ? statedYear() : nil
        return found.dropFirst().reduce(first) { isBetter($1, than: $0, year) ? $1 : $0 }
    }

    /// Every line, or lines together, that can be read as a title.
    private func readings() -> [TitleReading] {
        let pieces = stream.pieces
        // A page may carry navigation in front, so what counts is how near a line is to section 一; without sections, to
        // the beginning.
        let limit = end < pieces.count ? end : min(pieces.count, 60)
        var result: [TitleReading] = []
        for index in max(0, limit - 60)..<max(0, limit) where pieces[index].folded.count <= 70 {
            for length in [1, 2, 3] where index + length <= limit {
                let range = index...(index + length - 1)
                // Lines of a broken title are short and say nothing else.
                let last = pieces[range.upperBound].folded
                guard last.count <= 60, !last.has("。"),
                    length == 1 || canPrecede(pieces[range.upperBound - 1].folded, last)
                else { break }
                // A title in one line has the word in it; in others it may be cut.
                guard length > 1 || last.contains(Self.subjectWord) else { continue }
                let text = range.map { pieces[$0].raw.trimmingBlanks() }.joined()
                if let reading = Self.parse(text, pieces: range, source: pieces[index].source) {
                    result.append(reading)
                }
            }
        }
        return result
    }

    /// Whether a line can be a part of a broken title in front of `next`.
    private func canPrecede(_ line: FoldedText, _ next: FoldedText) -> Bool {
        guard line.count >= 2, !line.scalars.contains(where: Self.clauseEnds.contains) else { return false }
        if Self.isTitle(line) || hasDate(line) { return false }
        if Self.isPlace(line) {
            // 云溪县⏎水利局⏎2024年…, 云溪县⏎水利局2024年…; a name with a place of its own needs none in front.
            if let year = (0..<next.count).first(where: { DateReader.year(at: $0, in: next) != nil }) {
                return AgencyName.looksLikeAgency(next[0..<year]) && !Self.namesPlace(next[0..<year])
            }
            return AgencyName.looksLikeAgency(next) && !next.scalars.starts(with: line.scalars)
        }
        return AgencyName.looksLikeAgency(line) || hasYear(line) || line.contains(Self.disclosure)
    }

    private static func namesPlace(_ name: FoldedText) -> Bool {
        name.scalars.contains(where: placeEnds.contains) || name.has("市") && !name.containsAny(cityWords)
    }

    private static let placeEnds = Array("县区州旗盟省镇乡".unicodeScalars)
    private static let cityWords: [Phrase] = ["市场", "城市", "市政", "市容"]
    private static let clauseEnds = Array(",;:。".unicodeScalars)

    private static func isPlace(_ line: FoldedText) -> Bool {
        guard let last = line.scalars.last, line.count <= 12 else { return false }
        return "县市区州旗盟省".unicodeScalars.contains(last) && line.scalars.allSatisfy(\.isHan)
    }

    private func hasDate(_ line: FoldedText) -> Bool {
        (0..<line.count).contains { DateReader.day(at: $0, in: line) != nil }
    }

    private func hasYear(_ line: FoldedText) -> Bool {
        (0..<line.count).contains { DateReader.year(at: $0, in: line) != nil }
    }

    /// A title with a name and a year beats one without; then the stated year decides, then nearness to section 一. Of two
    /// readings that end in the same line the shorter one stands, unless a place begins the longer one.
    private func isBetter(_ reading: TitleReading, than best: TitleReading, _ statedYear: Int?) -> Bool {
        if rank(reading) != rank(best) { return rank(reading) > rank(best) }
        if let statedYear, (reading.year == statedYear) != (best.year == statedYear) {
            return reading.year == statedYear
        }
        if reading.pieces.upperBound != best.pieces.upperBound {
            return reading.pieces.upperBound > best.pieces.upperBound && end < stream.pieces.count
        }
        return reading.pieces.count < best.pieces.count && !Self.isPlace(stream.pieces[best.pieces.lowerBound].folded)
    }

    private func rank(_ reading: TitleReading) -> Int {
        (reading.agency == nil ? 0 : 2) + (reading.year == nil ? 0 : 2)
    }

    /// Whether the folded line reads as the title of such a report.
    static func isTitle(_ line: FoldedText) -> Bool { parse(line) != nil }

    static func parse(_ text: String, pieces: ClosedRange<Int>, source: SourceSpan) -> TitleReading? {
        let folded = FoldedText(text)
        // 现将2023年政府信息公开工作年度报告公布如下
        guard !folded.hasSuffix(asFollows), !folded.hasPrefix(herewith), let (agency, year, end) = parse(folded) else {
            return nil
        }
        var shown = (end < folded.count ? folded.quote(0..<end, in: text) : text).trimmingBlanks()
        while shown.hasPrefix("#") { shown = String(shown.dropFirst()).trimmingBlanks() }
        return TitleReading(text: shown, agency: agency, year: year, pieces: pieces, source: source)
    }

    private static let asFollows: Phrase = "如下"
    private static let herewith: Phrase = "现将"
    private static let report: Phrase = "报告"
    private static let shortReport: Phrase = "年报"
    private static let disclosure: Phrase = "信息公开"
    private static let affairs: Phrase = "政务公开"
    private static let annual: PhraseSet = ["年度报", "年报", "年度"]
    private static let subjectWord: Phrase = "公开"
    private static let stops = Array(",。;!?".unicodeScalars)
    private static let dashes = Array("-_|".unicodeScalars)
    private static let trail = Array("》\"*#_".unicodeScalars)
    private static let subjects: [Phrase] = ["政府信息公开", "政务信息公开", "信息公开", "政务公开"]
    /// A page about reports, or a paper about the work, is no report.
    private static let otherPapers: [Phrase] = [
        "通知", "格式", "调研", "自查", "考察", "总结", "考核", "评估", "落实情况", "检查", "解读", "图解", "整改",
    ]
    /// A page that explains a report.
    private static let explanations: [Phrase] = ["一图读懂", "图解", "解读", "读懂"]

    /// Whether a line heads a page that explains a report (《…年度报告》解读).
    static func isExplanation(_ line: FoldedText) -> Bool {
        line.count <= 60 && line.has("报") && line.containsAny(explanations) && line.contains(disclosure)
            && !line.has("。")
    }

    /// Whether a line is the title of another paper: …法治政府建设年度报告, …工作总结.
    static func isOtherPaper(_ line: FoldedText) -> Bool {
        guard line.count >= 6, line.count <= 50, !line.scalars.contains(where: { ",。;:!?".unicodeScalars.contains($0) })
        else { return false }
        if parse(line) != nil { return false }
        return ["年度报告", "工作总结", "总结报告", "工作报告", "评估报告", "考核报告"].contains { line.hasSuffix($0) }
    }

    /// The name and the year of a title, and where it ends in the line (a site's name may follow).
    private static func parse(_ line: FoldedText) -> (agency: String?, year: Int?, end: Int)? {
        // Nearly every line lacks the word that all subjects end with.
        guard line.count >= 8, line.count <= 80, line.contains(subjectWord),
            !line.scalars.contains(where: stops.contains)
        else { return nil }
        var text = line
        for index in 0..<text.count where dashes.contains(text[index]) {
            // …年度报告-云溪县人民政府门户网站
            if text[0..<index].hasSuffix(report) || text[0..<index].hasSuffix(shortReport) {
                text = text[0..<index]
                break
            }
        }
        let cut = text.count < line.count ? text.count : nil
        while let last = text.scalars.last, trail.contains(last) { text = text[0..<(text.count - 1)] }
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
        let isShort = tail.hasSuffix(shortReport)
        let isReport =
            isShort || tail.hasSuffix(report) || (tail.count <= 10 && tail.has("报") && tail.has("告"))
        guard isReport, tail.count <= 16 else { return nil }
        // A work report is not the annual report, unless the title says year and disclosure: 2021年政府信息公开工作报告.
        guard !tail.containsAny(otherPapers), !text.containsAny(explanations) else { return nil }
        let isDisclosure = phrase != affairs
        let found = year(in: text, before: subject)
        // 政府信息公开年报 alone is an entry of a menu.
        guard !isShort || found != nil else { return nil }
        let isAnnual = tail.contains(annual)
        guard isAnnual || (isDisclosure && found != nil) else { return nil }
        var agency: String?
        if let found, found.range.lowerBound < subject {
            agency = AgencyName.clean(text[0..<found.range.lowerBound])
            if agency == nil { agency = AgencyName.clean(text[found.range.upperBound..<subject]) }
        } else {
            agency = AgencyName.clean(text[0..<subject])
        }
        return (agency, found?.year, cut ?? line.count)
    }

    private static func year(in text: FoldedText, before subject: Int) -> (year: Int, range: Range<Int>)? {
        for index in 0..<text.count {
            guard let (value, end) = DateReader.year(at: index, in: text) else { continue }
            return (value, index..<(end < text.count && text[end] == "度" ? end + 1 : end))
        }
        // 云溪县水利局2024政府信息公开…: 年 forgotten.
        guard subject >= 4, text.scalars[(subject - 4)..<subject].allSatisfy(\.isASCIIDigit),
            subject == 4 || text[subject - 5].isHan, let value = Int(text.string((subject - 4)..<subject)),
            (2008...2099).contains(value)
        else { return nil }
        return (value, (subject - 4)..<subject)
    }

    // MARK: - In a sentence

    private static let sentenceReports: [Phrase] = ["年度报告", "年报"]
    private static let openings: [Phrase] = ["编制了", "编制", "公布", "发布", "撰写", "形成", "公开了"]

    /// The name and year of a title inside a sentence — 现公布X2024年政府信息公开工作年度报告 — but not of one in 《》, which names
    /// another paper.
    static func inSentence(_ text: FoldedText) -> (agency: String?, year: Int?)? {
        var from = 0
        while let subject = text.firstIndex(of: disclosure, from: from) {
            from = subject + 1
            let limit = min(text.count, subject + 16)
            guard
                let end = sentenceReports.compactMap({ phrase in
                    text.firstIndex(of: phrase, from: subject, before: limit).map { $0 + phrase.count }
                }).min()
            else { continue }
            var start = subject
            while start > 0, subject - start < 50, !",。;:!?《》".unicodeScalars.contains(text[start - 1]) { start -= 1 }
            if start > 0, text[start - 1] == "《" { continue }
            // X编制了2024年度…: the name stands before the verb, or behind it.
            let clause = text[start..<end]
            let verb = openings.compactMap { phrase in
                clause.firstIndex(of: phrase, before: subject - start).map { ($0, $0 + phrase.count) }
            }.max { $0.1 < $1.1 }
            guard let title = parse(verb.map { clause[$0.1..<clause.count] } ?? clause) else { continue }
            var agency = title.agency
            if agency == nil, let verb {
                let name = clause[0..<verb.0]
                if AgencyName.looksLikeAgency(name) { agency = AgencyName.clean(name) }
            }
            if let name = agency, !AgencyName.looksLikeAgency(FoldedText(name)) { agency = nil }
            if agency != nil || title.year != nil { return (agency, title.year) }
        }
        return nil
    }
}
