import ChineseText
import DocumentModel
import Narrative

/// Understands a ``Document`` as an ``AnnualReport``.
public enum ReportBuilder {
    /// Why a document is no such report.
    public enum NotAReport: Error, Sendable, Hashable {
        /// Nothing but blanks.
        case empty
        /// Neither the title nor the sections nor the tables of one.
        case unlike
        /// A title and nothing else.
        case titleOnly
        /// A list of several reports.
        case listOfReports
    }

    /// The report in `document`; throws ``NotAReport`` when it holds none.
    public static func build(_ document: Document) throws(NotAReport) -> AnnualReport {
        var builder = Builder(stream: PieceStream(document))
        return try builder.build()
    }
}

private struct Builder {
    let stream: PieceStream
    var headings: [Heading] = []

    init(stream: PieceStream) { self.stream = stream }

    mutating func build() throws(ReportBuilder.NotAReport) -> AnnualReport {
        guard stream.pieces.contains(where: { !$0.folded.isEmpty }) else { throw .empty }
        headings = SectionFinder(stream: stream).find()
        let firstHeading = headings.first?.pieces.lowerBound ?? stream.pieces.count
        let title = TitleReader(stream: stream, end: firstHeading).find()
        let tables = readTables()
        try check(title, tables)

        let signature = SignatureReader(stream: stream, start: signatureStart(title)).find()
        let sections = readSections(signature)
        let preface = readPreface(title, firstHeading, sections.isEmpty)
        let everything = preface + sections.flatMap(\.paragraphs)
        let period = findPeriod(everything)
        let year = title?.year ?? periodYear(period) ?? governingYear(everything)
        let agency = title?.agency ?? signature?.agency ?? prefaceAgency(preface)
        let edition =
            tables[.disclosure]?.reading?.edition
            ?? tables[.applications]?.reading?.otherResults.map { $0 == .merged ? .form2019 : .form2021 }
        var report = AnnualReport(
            title: title.map { AnnualReport.Located(value: $0.text, quote: $0.text, source: $0.source) },
            agency: agency,
            agencyKind: agency.map(AgencyKind.init(name:)) ?? .unknown,
            year: year,
            edition: edition,
            period: period,
            signedOn: signature?.day,
            sections: sections,
            preface: preface,
            closing: closing(signature),
            tables: tables,
            fee: nil,
            claims: [],
            breakdowns: []
        )
        readNarrative(&report)
        return report
    }

    // MARK: - Is it one?

    /// A title alone is a link to a report, and sections alone may be any form: both, or enough of one.
    private func check(_ title: TitleReading?, _ tables: [TableID: TableStatus]) throws(ReportBuilder.NotAReport) {
        let found = tables.values.count { if case .missing = $0 { false } else { true } }
        let isNumbered = headings.count { $0.number != .none }
        if title == nil {
            guard found >= 2 || (headings.count >= 3 && (found >= 1 || mentionsDisclosure)) else { throw .unlike }
            guard isNumbered > 0 || found >= 2 else { throw .unlike }
            return
        }
        if headings.count + found >= 2 { return }
        if let year = title?.year, year < 2019 {
            // Before 2019 there was no form: a title and a text of some length about disclosure.
            guard stream.pieces.reduce(0, { $0 + $1.folded.count }) >= 200 else { throw .titleOnly }
            return
        }
        let titles = stream.pieces.count { $0.folded.count <= 70 && TitleReader.isTitle($0.folded) }
        if titles >= 3, headings.isEmpty { throw .listOfReports }
        guard headings.count + found >= 1 || bodyLength >= 400 else { throw .titleOnly }
    }

    private var mentionsDisclosure: Bool {
        stream.pieces.contains { $0.folded.containsAny(["政府信息公开", "政务公开", "信息公开"]) }
    }

    private var bodyLength: Int {
        stream.pieces.reduce(0) { $0 + ($1.folded.contains("公开") ? $1.folded.count : 0) }
    }

    // MARK: - Tables

    private func region(_ section: Int) -> Range<Int>? {
        guard let heading = headings.first(where: { $0.section == section }) else { return nil }
        let start = heading.pieces.upperBound + 1
        let end = headings.map(\.pieces.lowerBound).filter { $0 >= start }.min() ?? stream.pieces.count
        return start..<end
    }

    private func readTables() -> [TableID: TableStatus] {
        var result: [TableID: TableStatus] = [:]
        for table in TableID.allCases {
            let own = region(table.section)
            if let own, let reading = read(table, own) {
                result[table] = status(reading)
                continue
            }
            // Without its heading, or under another one: the labels tell where the table is.
            if let elsewhere = locate(table), let reading = read(table, elsewhere) {
                result[table] = status(reading)
                continue
            }
            if let own, let trace = trace(of: table, in: own) {
                let reason = "\(table.name)所在位置有内容，但不是可识别的表格"
                result[table] = .unreadable(reason: reason, source: stream.pieces[trace].source)
            } else {
                result[table] = .missing
            }
        }
        return result
    }

    private func status(_ reading: TableReading) -> TableStatus {
        if reading.table == .disclosure, reading.edition == nil {
            return .unreadable(reason: "表二的表头和行数不足以判断是2019年还是2021年格式", source: reading.source)
        }
        return .read(reading)
    }

    private func read(_ table: TableID, _ range: Range<Int>) -> TableReading? {
        let reading =
            switch table {
            case .disclosure: DisclosureReader(stream: stream, range: range).read()
            case .applications: ApplicationsReader(stream: stream, range: range).read()
            case .disputes: DisputesReader(stream: stream, range: range).read()
            }
        guard let reading else { return nil }
        // One or two labels are words of a text; a table has more.
        switch table {
        case .disclosure: return reading.rows.count >= 3 || reading.edition == nil ? reading : nil
        case .applications: return reading.rows.count >= 5 ? reading : nil
        case .disputes: return reading
        }
    }

    /// The stretch of the document where most labels of a table stand close together.
    private func locate(_ table: TableID) -> Range<Int>? {
        let isLabel: (FoldedText) -> Bool =
            switch table {
            case .disclosure: DisclosureReader.isRowLabel
            case .applications: ApplicationsReader.isRowLabel
            case .disputes: DisputesReader.isHeader
            }
        let needed = table == .disclosure ? 4 : 5
        let labels = stream.pieces.indices.filter { index in
            let folded = stream.pieces[index].folded
            return folded.count >= 2 && folded.count <= 60 && !stream.isProse(index) && isLabel(folded)
        }
        // No two rows of a table lie further apart than this many cells.
        var best: ArraySlice<Int> = []
        var start = 0
        for index in labels.indices {
            if index > start, labels[index] - labels[index - 1] > 40 { start = index }
            if index - start + 1 > best.count { best = labels[start...index] }
        }
        guard best.count >= needed, let first = best.first, let last = best.last else { return nil }
        let next = headings.map(\.pieces.lowerBound).filter { $0 > last }.min() ?? stream.pieces.count
        let before = headings.map(\.pieces.upperBound).filter { $0 < first }.max().map { $0 + 1 } ?? 0
        return max(before, first - 24)..<min(next, last + 40)
    }

    /// Something of a table that could not be read: words of the form, or rows of cells with numbers.
    private func trace(of table: TableID, in range: Range<Int>) -> Int? {
        let words: [Phrase] =
            switch table {
            case .disclosure: ["第二十条", "信息内容", "行政许可", "行政处罚", "行政强制", "行政事业性收费"]
            case .applications: ["勾稽关系", "申请人情况", "本年新收", "上年结转", "法律服务机构", "结转下年度"]
            case .disputes: ["结果维持", "结果纠正", "尚未审结", "复议后起诉"]
            }
        // Words of the form may be broken over lines; the lines together still hold them.
        var joined = ""
        var place: Int?
        var numbers = 0
        for index in range {
            let piece = stream.pieces[index]
            // A sentence names these things too; a table shows several of them and numbers by themselves.
            if piece.folded.isEmpty || (stream.isProse(index) && piece.row == nil) { continue }
            joined += piece.folded.string
            if piece.folded.scalars.contains(where: \.isASCIIDigit) || CellText.isValueLike(piece.folded) {
                numbers += 1
                place = place ?? index
            }
        }
        let text = FoldedText(joined)
        let seen = words.count { text.contains($0) }
        // What pandoc leaves of a table that it cannot print.
        if text.contains("[TABLE]") { return range.lowerBound }
        return seen >= 2 || numbers >= 4 ? place ?? range.lowerBound : nil
    }

    // MARK: - Running text

    private func signatureStart(_ title: TitleReading?) -> Int {
        let last = headings.last?.pieces.upperBound ?? title?.pieces.upperBound ?? 0
        return max(last + 1, stream.pieces.count - 14)
    }

    private func readPreface(_ title: TitleReading?, _ end: Int, _ isAll: Bool) -> [Prose] {
        var result: [Prose] = []
        let start = title.map { $0.pieces.upperBound + 1 } ?? 0
        guard start < end else { return [] }
        appendProse(start..<end, section: nil, to: &result)
        return result
    }

    private func readSections(_ signature: Signature?) -> [Section] {
        headings.map { heading in
            var paragraphs: [Prose] = []
            var fragments: [Prose] = []
            if let start = heading.bodyStart {
                let piece = stream.pieces[heading.pieces.lowerBound]
                let range = min(start, piece.folded.count)..<piece.folded.count
                paragraphs.append(
                    Prose(
                        raw: piece.folded.quote(range, in: piece.raw),
                        folded: FoldedText(piece.folded.quote(range, in: piece.raw)),
                        source: piece.source,
                        section: heading.section
                    )
                )
            }
            if let range = region(heading.section) {
                let end = min(range.upperBound, signature.map(\.start) ?? range.upperBound)
                if range.lowerBound < end {
                    appendProse(range.lowerBound..<end, section: heading.section, to: &paragraphs)
                    if (2...4).contains(heading.section) {
                        fragments = self.fragments(range.lowerBound..<end, heading.section)
                    }
                }
            }
            return Section(
                number: heading.section,
                title: heading.title,
                heading: heading.text,
                headingNumber: heading.number,
                source: stream.pieces[heading.pieces.lowerBound].source,
                paragraphs: paragraphs,
                fragments: fragments
            )
        }
    }

    /// Sections 二 to 四 hold tables: there only sentences are running text. Elsewhere everything is, rows joined.
    private func appendProse(_ range: Range<Int>, section: Int?, to result: inout [Prose]) {
        let holdsTable = section.map { (2...4).contains($0) } ?? false
        var index = range.lowerBound
        while index < range.upperBound {
            let piece = stream.pieces[index]
            guard let row = piece.row else {
                let isText = holdsTable ? stream.isProse(index) : !isPageNumber(piece.folded)
                if isText {
                    result.append(Prose(raw: piece.raw, folded: piece.folded, source: piece.source, section: section))
                }
                index += 1
                continue
            }
            let cells = stream.rows[row].clamped(to: range)
            if !holdsTable {
                let raw = cells.map { stream.pieces[$0].raw }.joined(separator: " ")
                let folded = FoldedText(raw)
                if !folded.isEmpty {
                    result.append(Prose(raw: raw, folded: folded, source: piece.source, section: section))
                }
            } else {
                for cell in cells where stream.isProse(cell) && stream.pieces[cell].folded.contains("。") {
                    let piece = stream.pieces[cell]
                    result.append(Prose(raw: piece.raw, folded: piece.folded, source: piece.source, section: section))
                }
            }
            index = cells.upperBound
        }
    }

    /// The lines of a section with a table that are neither cells nor sentences.
    private func fragments(_ range: Range<Int>, _ section: Int) -> [Prose] {
        range.filter { stream.pieces[$0].row == nil && !stream.isProse($0) }.map { index in
            let piece = stream.pieces[index]
            return Prose(raw: piece.raw, folded: piece.folded, source: piece.source, section: section)
        }
    }

    /// `- 3 -`, `1`, `第3页`.
    private func isPageNumber(_ folded: FoldedText) -> Bool {
        folded.count <= 8 && folded.scalars.allSatisfy { $0.isASCIIDigit || "-/第页共".unicodeScalars.contains($0) }
    }

    // MARK: - Period, year, body

    private static let periodWords: [Phrase] = [
        "期限", "时限", "统计", "数据", "所列", "截止", "起止", "期间", "时间段", "年度报告", "本报告", "自",
    ]

    private func findPeriod(_ prose: [Prose]) -> AnnualReport.Located<Period>? {
        for paragraph in prose where paragraph.section ?? 0 <= 1 || paragraph.section == 6 {
            let text = paragraph.folded
            var start = 0
            while let (period, range) = DateReader.period(in: text, from: start) {
                start = range.upperBound
                let sentence = sentenceRange(range, in: text)
                // A year's period stands in a sentence about the figures; other spans are events of the year.
                let isStatement =
                    text.containsAny(
                        ["统计期限", "数据统计", "所列数据", "数据期限", "统计数据", "统计时限", "统计时间", "统计周期", "数据的", "报告期限", "数据截止", "报告期"],
                        in: sentence
                    )
                    || (text.containsAny(["数据", "年度报告", "本报告", "年报"], in: sentence)
                        && text.containsAny(["期限", "时限", "统计", "自", "为", "从", "时间"], in: sentence))
                if isStatement {
                    return .init(
                        value: period,
                        quote: text.quote(sentence, in: paragraph.raw).trimmingBlanks(),
                        source: paragraph.source
                    )
                }
            }
        }
        return nil
    }

    private func sentenceRange(_ range: Range<Int>, in text: FoldedText) -> Range<Int> {
        var start = range.lowerBound
        while start > 0, !"。;".unicodeScalars.contains(text[start - 1]) { start -= 1 }
        var end = range.upperBound
        while end < text.count, !"。;".unicodeScalars.contains(text[end]) { end += 1 }
        return start..<end
    }

    /// The year that a period covers — as long as it covers one.
    private func periodYear(_ period: AnnualReport.Located<Period>?) -> Int? {
        guard let period = period?.value, period.from.year == period.to.year else { return nil }
        return period.from.year
    }

    /// The first year that section 一 or the preface speaks of in its own right (2020年，…).
    private func governingYear(_ prose: [Prose]) -> Int? {
        var counts: [Int: Int] = [:]
        for paragraph in prose where (paragraph.section ?? 1) == 1 {
            let text = paragraph.folded
            for index in 0..<max(0, text.count - 4) where text[index] == "2" {
                guard let (year, end) = DateReader.year(at: index, in: text), (2008...2099).contains(year) else {
                    continue
                }
                // 《2019年…方案》 names a paper, 2020年1月 a date.
                if index > 0, text[index - 1] == "《" { continue }
                if end < text.count, text[end].isASCIIDigit { continue }
                counts[year, default: 0] += 1
            }
        }
        let best = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
        guard let best, counts.values.count(where: { $0 == best.value }) == 1 else { return nil }
        return best.key
    }

    /// 由X编制, 与X联系.
    private func prefaceAgency(_ preface: [Prose]) -> String? {
        for (opening, closings) in [("由", ["编制", "负责编制", "组织编制"]), ("与", ["联系", "办公室联系"])] as [(Phrase, [Phrase])] {
            for paragraph in preface {
                let text = paragraph.folded
                var start = 0
                while let open = text.firstIndex(of: opening, from: start) {
                    start = open + 1
                    let ends = closings.compactMap {
                        text.firstIndex(of: $0, from: open + 1, before: min(text.count, open + 40))
                    }
                    guard let close = ends.min() else { continue }
                    let name = text[(open + 1)..<close]
                    let bare = name.firstIndex(of: "(").map { name[0..<$0] } ?? name
                    if AgencyName.looksLikeAgency(bare), let name = AgencyName.clean(bare) { return name }
                }
            }
        }
        return nil
    }

    // MARK: - Numbers and fees in the text

    private func readNarrative(_ report: inout AnnualReport) {
        var groups: [(section: Int?, paragraphs: [Prose])] = [(nil, report.preface)]
        groups += report.sections.map { ($0.number, $0.paragraphs) }
        var fees: [(section: Int?, statement: FeeStatement, paragraphs: [Prose])] = []
        let agency = report.agency.map { FoldedText($0) }
        for (section, paragraphs) in groups {
            let reading = NarrativeReader.read(paragraphs.map(\.folded), reportYear: report.year, agency: agency)
            report.claims += reading.claims.map { claim in
                let paragraph = paragraphs[claim.paragraph]
                let quote = paragraph.folded.quote(claim.range, in: paragraph.raw)
                return .init(value: claim, quote: quote, source: paragraph.source, section: section)
            }
            report.breakdowns += reading.breakdowns.map { breakdown in
                let paragraph = paragraphs[breakdown.paragraph]
                let quote = paragraph.folded.quote(breakdown.range, in: paragraph.raw)
                return .init(value: breakdown, quote: quote, source: paragraph.source, section: section)
            }
            if let statement = reading.feeStatement { fees.append((section, statement, paragraphs)) }
        }
        // Section 六 is where the statement belongs (30号 annex); elsewhere it counts too.
        guard let (section, statement, paragraphs) = fees.first(where: { $0.section == 6 }) ?? fees.first else {
            return
        }
        let paragraph = paragraphs[statement.paragraph]
        report.fee = Fee(
            applications: statement.applications,
            amountYuan: statement.amountYuan,
            text: paragraph.folded.quote(statement.range, in: paragraph.raw).trimmingBlanks(),
            section: section,
            source: paragraph.source
        )
    }

    private func closing(_ signature: Signature?) -> [Prose] {
        guard let start = signature?.start else { return [] }
        return stream.pieces[start...].filter { $0.row == nil }.map {
            Prose(raw: $0.raw, folded: $0.folded, source: $0.source, section: headings.last?.section)
        }
    }
}

/// The body's name and the date at the end of a report.
struct Signature: Sendable {
    var agency: String?
    var day: AnnualReport.Located<Day>?
    /// The first piece of the signature.
    var start: Int
}

/// Finds the signature: a short line with the body's name, a line with a date, in either order or in one line.
struct SignatureReader {
    let stream: PieceStream
    let start: Int

    func find() -> Signature? {
        var result: Signature?
        for index in stride(from: stream.pieces.count - 1, through: start, by: -1) {
            let piece = stream.pieces[index]
            let text = piece.folded
            if text.isEmpty || piece.row != nil || text.count > 60 || text.contains("。") { continue }
            if result?.day == nil, let (day, range) = trailingDate(text) {
                let prefix = text[0..<range.lowerBound]
                // A web page's 发布日期 is no signature.
                if prefix.containsAny(["发布", "时间", "来源", "截止", "日期", "至", "打印"]) { continue }
                guard prefix.isEmpty || AgencyName.looksLikeAgency(prefix) else { continue }
                let located = AnnualReport.Located(
                    value: day,
                    quote: text.quote(range, in: piece.raw),
                    source: piece.source
                )
                result = Signature(agency: prefix.isEmpty ? nil : AgencyName.clean(prefix), day: located, start: index)
            } else if result?.day != nil, result?.agency == nil, let first = result?.start, index >= first - 3,
                !text.scalars.contains(where: { ",:;、".unicodeScalars.contains($0) }), AgencyName.looksLikeAgency(text)
            {
                result?.agency = AgencyName.clean(text)
                result?.start = index
            }
        }
        return result
    }

    private func trailingDate(_ text: FoldedText) -> (Day, Range<Int>)? {
        var line = text
        while let last = line.scalars.last, last == ")" || last == "。" { line = line[0..<(line.count - 1)] }
        for index in 0..<line.count {
            if let (day, end) = DateReader.day(at: index, in: line), end == line.count {
                return (day, index..<end)
            }
        }
        return nil
    }
}
