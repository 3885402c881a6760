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
        /// The official form, not filled in.
        case blankForm
        /// Several whole reports, one after the other.
        case severalReports
    }

    /// The report in `document`; throws ``NotAReport`` when it holds none.
    public static func build(_ document: Document) throws(NotAReport) -> AnnualReport {
        do {
            return try read(document)
        } catch {
            guard error == .severalReports, let single = document.withoutCopy else { throw error }
            return try read(single)
        }
    }

    private static func read(_ document: Document) throws(NotAReport) -> AnnualReport {
        var builder = Builder(stream: PieceStream(document), margins: document.margins, pictures: document.pictures)
        return try builder.build()
    }
}

extension Document {
    /// The document without a second copy of the report in it, alike in every letter: pages hold one for printing, or one for
    /// small screens. Nil where there is none.
    fileprivate var withoutCopy: Document? {
        let texts = blocks.map(\.text)
        guard let first = blocks.firstIndex(where: \.isTitle) else { return nil }
        for second in texts.indices.dropFirst(first + Self.shortestReport)
        where texts[second] == texts[first] && 2 * second - first <= texts.count {
            guard texts[first..<second] == texts[second..<(2 * second - first)] else { continue }
            var single = self
            single.blocks.removeSubrange(second..<(2 * second - first))
            return single
        }
        return nil
    }

    /// Six headings, three tables and what little text a report has.
    private static let shortestReport = 12
}

extension Block {
    fileprivate var text: [String] {
        switch self {
        case .paragraph(let paragraph): [paragraph.text]
        case .table(let table): table.rows.flatMap { $0.cells.map(\.text) }
        }
    }

    fileprivate var isTitle: Bool {
        guard case .paragraph(let paragraph) = self, paragraph.text.utf8.count <= 300 else { return false }
        return TitleReader.isTitle(FoldedText(paragraph.text))
    }
}

private struct Builder {
    let stream: PieceStream
    let margins: [Paragraph]
    let pictures: [SourceSpan]
    var headings: [Heading] = []

    init(stream: PieceStream, margins: [Paragraph], pictures: [SourceSpan]) {
        self.stream = stream
        self.margins = margins
        self.pictures = pictures
    }

    mutating func build() throws(ReportBuilder.NotAReport) -> AnnualReport {
        guard stream.pieces.contains(where: { !$0.folded.isEmpty }) else { throw .empty }
        headings = SectionFinder(stream: stream).find()
        let firstHeading = headings.first?.pieces.lowerBound ?? stream.pieces.count
        let title = TitleReader(stream: stream, end: firstHeading).find {
            periodYear(findPeriod(preface: readPreface(nil, firstHeading)))
        }
        let tables = readTables()
        try check(title, tables)

        let signature = SignatureReader(
            stream: stream,
            start: signatureStart(title),
            isAfterLastSection: headings.last.map { $0.section >= 5 } ?? false
        ).find()
        let sections = readSections(signature)
        let preface = readPreface(title, firstHeading)
        let period = findPeriod(preface: preface, sections)
        let sentence = title?.year == nil || title?.agency == nil ? titleInPreface(preface) : nil
        let year = title?.year ?? sentence?.year ?? periodYear(period) ?? governingYear(preface, sections)
        let agency = title?.agency ?? signature?.agency ?? sentence?.agency ?? prefaceAgency(preface)
        let edition =
            tables[.disclosure]?.reading?.edition
            ?? tables[.applications]?.reading?.otherResults.map { $0 == .merged ? .form2019 : .form2021 }
        let closing = closing(signature)
        var lines = preface
        lines.reserveCapacity(
            sections.reduce(preface.count + closing.count) { $0 + $1.paragraphs.count + $1.fragments.count }
        )
        for section in sections {
            lines += section.paragraphs
            lines += section.fragments
        }
        lines += closing
        var report = AnnualReport(
            title: title.map { AnnualReport.Located(value: $0.text, quote: $0.text, source: $0.source) },
            agency: agency,
            agencyKind: agency.map(AgencyKind.init(name:)) ?? .unknown,
            titleAgency: title?.agency,
            signedBy: signature?.name,
            year: year,
            edition: edition,
            period: period,
            signedOn: signature?.day,
            publishedOn: PublicationReader(stream: stream, end: firstHeading, margins: margins).find(),
            sections: sections,
            preface: preface,
            closing: closing,
            lines: lines,
            tables: tables,
            fee: nil,
            feeStatements: [],
            feeMentions: [],
            claims: [],
            breakdowns: []
        )
        readNarrative(&report)
        return report
    }

    // MARK: - Is it one?

    /// A title alone is a link to a report, and sections alone may be any form: both, or enough of one.
    private func check(_ title: TitleReading?, _ tables: SmallDictionary<TableID, TableStatus>) throws(ReportBuilder
        .NotAReport)
    {
        let found = tables.values.count { if case .missing = $0 { false } else { true } }
        let isNumbered = headings.count { $0.number != .none }
        if title == nil {
            // Other papers have an overview, problems and other matters too; what only this report has are sections 二 and 三
            // with their tables.
            let isOwn = [TableID.disclosure, .applications].contains { table in
                if case .missing = tables[table] ?? .missing { false } else { true }
            }
            let hasAll = [2, 3, 4].allSatisfy { section in headings.contains { $0.section == section } }
            guard found >= 2 || (headings.count >= 3 && (isOwn || hasAll && mentionsDisclosure)) else { throw .unlike }
            guard isNumbered > 0 || found >= 2 else { throw .unlike }
            let opening = stream.pieces.prefix(headings.first?.pieces.lowerBound ?? 20)
            if found < 2,
                opening.contains(where: { TitleReader.isOtherPaper($0.folded) || TitleReader.isExplanation($0.folded) })
            {
                throw .unlike
            }
        }
        if title?.year == nil, title?.agency == nil, isBlankForm(tables) { throw .blankForm }
        if holdsSeveralReports { throw .severalReports }
        if title == nil { return }
        // Schools and public enterprises report on 信息公开 too, on forms of their own.
        if found == 0, !speaksOfGovernment { throw .unlike }
        if headings.count + found >= 2 { return }
        if let year = title?.year, year < 2019 {
            // Before 2019 there was no form: a title and a text of some length about disclosure.
            guard stream.pieces.reduce(0, { $0 + $1.folded.count }) >= 200 else { throw .titleOnly }
            return
        }
        let titles = stream.pieces.count { $0.folded.count <= 70 && TitleReader.isTitle($0.folded) }
        if titles >= 3, headings.isEmpty { throw .listOfReports }
        guard found >= 1 else { throw .titleOnly }
    }

    /// Nothing was filled in: every cell of the tables that were read is blank.
    private func isBlankForm(_ tables: SmallDictionary<TableID, TableStatus>) -> Bool {
        let cells = tables.values.compactMap(\.reading).flatMap { $0.rows.values.flatMap(\.cells.values) }
        guard cells.count >= 20 else { return false }
        return cells.allSatisfy { $0.state == .blank || $0.state == .notRead } && cells.contains { $0.state == .blank }
    }

    /// A title with a section 一 of its own behind a report that has run to its end. A table of contents between two copies
    /// of a title is no report: it has no text.
    private var holdsSeveralReports: Bool {
        // Nearly no report has a line like a title behind its first heading, and then there is nothing to look for.
        guard let first = headings.first?.pieces.lowerBound,
            stream.pieces[first...].contains(where: {
                $0.row == nil && $0.folded.count <= 70 && TitleReader.isTitle($0.folded)
            })
        else { return false }
        var sections: Set<Int> = []
        var text = 0
        var start: Int?
        var seen = 0
        for index in stream.pieces.indices {
            let folded = stream.pieces[index].folded
            if folded.count <= 70, stream.pieces[index].row == nil {
                for match in SectionFinder.match(folded) where match.number == .chinese(match.section) {
                    if match.section == 1, let begin = start, index - begin <= 60 { return true }
                    sections.insert(match.section)
                }
                let isWhole = sections.contains(1) && sections.contains(6) && sections.count >= 4 && text >= 300
                if isWhole, start == nil || seen < index, TitleReader.isTitle(folded),
                    (0..<folded.count).contains(where: { DateReader.year(at: $0, in: folded) != nil })
                {
                    start = index
                    seen = index
                }
            }
            if !sections.isEmpty { text += folded.count }
        }
        return false
    }

    private var speaksOfGovernment: Bool {
        stream.pieces.contains { $0.folded.containsAny(Self.governmentWords) }
    }

    private static let governmentWords: [Phrase] = ["政府信息", "政务公开", "政务信息"]

    private var mentionsDisclosure: Bool {
        stream.pieces.contains { $0.folded.contains(Self.disclosureWords) }
    }

    private static let disclosureWords: PhraseSet = ["政府信息公开", "政务公开", "信息公开"]

    // MARK: - Tables

    private func region(_ section: Int) -> Range<Int>? {
        guard let heading = headings.first(where: { $0.section == section }) else { return nil }
        let start = heading.pieces.upperBound + 1
        let end = headings.map(\.pieces.lowerBound).filter { $0 >= start }.min() ?? stream.pieces.count
        return start..<end
    }

    private func readTables() -> SmallDictionary<TableID, TableStatus> {
        var result = SmallDictionary<TableID, TableStatus>(minimumCapacity: TableID.allCases.count)
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
                result[table] = .unreadable(.noKnownShape, source: stream.pieces[trace].source)
            } else if let own, let picture = picture(in: own) {
                result[table] = .unreadable(.picture, source: picture)
            } else {
                result[table] = .missing
            }
        }
        return result
    }

    /// A picture between a heading and the next: it may show the table.
    private func picture(in range: Range<Int>) -> SourceSpan? {
        guard range.lowerBound > 0 else { return nil }
        let start = stream.pieces[range.lowerBound - 1].source.position
        let end = range.upperBound < stream.pieces.count ? stream.pieces[range.upperBound].source.position : .max
        return pictures.first { $0.position > start && $0.position < end }
    }

    private func status(_ reading: TableReading) -> TableStatus {
        if reading.table == .disclosure, reading.edition == nil {
            return .unreadable(.unknownEdition, source: reading.source)
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
            if piece.folded.scalars.contains(where: \.isASCIIDigit) || piece.isValueLike {
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
        // A page's footer may be long; behind the last section the signature is the first date.
        if let section = headings.last?.section, section >= 5 { return last + 1 }
        return max(last + 1, stream.pieces.count - 14)
    }

    private func readPreface(_ title: TitleReading?, _ end: Int) -> [Prose] {
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
                fragments: fragments,
                holdsPicture: !pictures.isEmpty && region(heading.section).flatMap(picture) != nil
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
                if !holdsTable {
                    let end = range[index...].first { stream.pieces[$0].row != nil } ?? range.upperBound
                    let lines = stream.pieces[index..<end].filter { !isPageNumber($0.folded) }
                    result += LineJoiner.join(lines).map { line in
                        Prose(raw: line.raw, folded: line.folded, source: line.source, section: section)
                    }
                    index = end
                    continue
                }
                if stream.isProse(index) {
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
        folded.count <= 8 && folded.scalars.allSatisfy { $0.isASCIIDigit || Self.pageMarks.contains($0) }
    }

    private static let pageMarks = Array("-/第页共".unicodeScalars)

    // MARK: - Period, year, body

    /// The stated period: in the preface first, then in section 六, then in section 一, where spans of events stand too.
    private func findPeriod(preface: [Prose], _ sections: [Section] = []) -> AnnualReport.Located<Period>? {
        for place in [nil, 6, 1] as [Int?] {
            let paragraphs = place == nil ? preface : sections.first { $0.number == place }?.paragraphs ?? []
            for paragraph in paragraphs {
                let text = paragraph.folded
                guard let (period, sentence) = PeriodReader.find(in: text, strictly: place == 1) else { continue }
                return .init(
                    value: period,
                    quote: text.quote(sentence, in: paragraph.raw).trimmingBlanks(),
                    source: paragraph.source
                )
            }
        }
        return nil
    }

    /// The year that a period covers — as long as it covers one.
    private func periodYear(_ period: AnnualReport.Located<Period>?) -> Int? {
        guard let period = period?.value, period.from.year == period.to.year else { return nil }
        return period.from.year
    }

    private static let comparisons: [Phrase] = ["上年", "同比", "决算", "较", "相比"]
    private static let publications: [Phrase] = ["发布", "印发", "决算"]

    /// The first year that section 一 or the preface speaks of in its own right (2020年，…).
    private func governingYear(_ preface: [Prose], _ sections: [Section]) -> Int? {
        var counts: [Int: Int] = [:]
        for paragraph in preface + sections.filter({ $0.number == 1 }).flatMap(\.paragraphs) {
            let text = paragraph.folded
            for index in 0..<max(0, text.count - 4) where text[index] == "2" {
                guard let (year, end) = DateReader.year(at: index, in: text), (2008...2099).contains(year) else {
                    continue
                }
                // 《2019年…方案》 names a paper, 2020年1月 a date.
                if index > 0, text[index - 1] == "《" { continue }
                if end < text.count, text[end].isASCIIDigit { continue }
                // 较2022年, 2022年决算, 2022年印发的…: other years, spoken of in passing.
                if text.containsAny(Self.comparisons, in: max(0, index - 4)..<index) { continue }
                if text.containsAny(Self.publications, in: end..<min(text.count, end + 4)) { continue }
                counts[year, default: 0] += 1
            }
        }
        let best = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
        guard let best, counts.values.count(where: { $0 == best.value }) == 1 else { return nil }
        return best.key
    }

    /// 现公布X2024年政府信息公开工作年度报告: the title inside a sentence of the preface.
    private func titleInPreface(_ preface: [Prose]) -> (agency: String?, year: Int?)? {
        preface.lazy.compactMap { TitleReader.inSentence($0.folded) }.first
    }

    /// X根据《条例》…编制本报告.
    private func authorInPreface(_ preface: [Prose]) -> String? {
        for paragraph in preface where paragraph.folded.contains(Self.compiled) {
            let text = paragraph.folded
            for phrase in Self.legalGrounds {
                guard let place = text.firstIndex(of: phrase), place <= 40 else { continue }
                var name = text[0..<place]
                if let last = name.scalars.last, last == "," { name = name[0..<(name.count - 1)] }
                if AgencyName.looksLikeAgency(name), let name = AgencyName.clean(name) { return name }
            }
        }
        return nil
    }

    private static let compiled: Phrase = "编制"
    private static let legalGrounds: [Phrase] = ["根据", "依据", "按照", "依照", "按"]

    private static let authors: [(Phrase, [Phrase])] = [
        ("由", ["编制", "负责编制", "组织编制"]), ("与", ["联系", "办公室联系"]),
    ]

    /// 由X编制, 与X联系.
    private func prefaceAgency(_ preface: [Prose]) -> String? {
        for (opening, closings) in Self.authors {
            for paragraph in preface {
                let text = paragraph.folded
                var start = 0
                while let open = text.firstIndex(of: opening, from: start) {
                    start = open + 1
                    let ends = closings.compactMap {
                        text.firstIndex(of: $0, from: open + 1, before: min(text.count, open + 40))
                    }
                    guard let close = ends.min() else { continue }
                    var name = text[(open + 1)..<close]
                    // 由X根据条例编制而成
                    if let ground = Self.legalGrounds.compactMap({ name.firstIndex(of: $0) }).min() {
                        name = name[0..<ground]
                    }
                    let bare = name.firstIndex(of: "(").map { name[0..<$0] } ?? name
                    if AgencyName.looksLikeAgency(bare), let name = AgencyName.clean(bare) { return name }
                }
            }
        }
        return authorInPreface(preface)
    }

    // MARK: - Numbers and fees in the text

    private func readNarrative(_ report: inout AnnualReport) {
        var groups: [(section: Int?, paragraphs: [Prose])] = [(nil, report.preface)]
        groups += report.sections.map { ($0.number, $0.paragraphs) }
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
            add(reading.fees, of: paragraphs, section, to: &report)
        }
        // 注：本年度未收取信息处理费, below the signature.
        add(
            NarrativeReader.fees(in: report.closing.map(\.folded)),
            of: report.closing,
            report.closing.first?.section,
            to: &report
        )
    }

    /// What one section says about fees. Section 六 is where the statement belongs (30号 annex); elsewhere it counts too.
    private func add(_ fees: FeeReading, of paragraphs: [Prose], _ section: Int?, to report: inout AnnualReport) {
        report.feeStatements += fees.statements.map { Fee($0, in: paragraphs, section: section) }
        if let mention = fees.mention {
            let paragraph = paragraphs[mention.paragraph]
            let quote = paragraph.folded.quote(mention.range, in: paragraph.raw).trimmingBlanks()
            report.feeMentions.append(
                .init(value: mention, quote: quote, source: paragraph.source, section: section)
            )
        }
        guard let best = fees.best, report.fee == nil || section == 6 && report.fee?.section != 6 else { return }
        report.fee = Fee(best, in: paragraphs, section: section)
    }

    private func closing(_ signature: Signature?) -> [Prose] {
        guard let start = signature?.start else { return [] }
        return stream.pieces[start...].indices.filter(stream.standsAlone).map { index in
            let piece = stream.pieces[index]
            return Prose(raw: piece.raw, folded: piece.folded, source: piece.source, section: headings.last?.section)
        }
    }
}

/// The body's name and the date at the end of a report.
struct Signature: Sendable {
    var agency: String?
    var day: AnnualReport.Located<Day>?
    /// The first piece of the signature.
    var start: Int
    /// The name with its place.
    var name: AnnualReport.Located<String>?
}

/// Finds the signature: a short line with the body's name, a line with a date, in either order or in one line.
struct SignatureReader {
    let stream: PieceStream
    let start: Int
    /// Whether the search begins right behind the last section's heading: then the first signature counts, since what
    /// follows is the page's; else the last one does.
    var isAfterLastSection = false

    func find() -> Signature? {
        let found = (start..<max(start, stream.pieces.count)).compactMap(signature)
        let signed = found.filter { $0.agency != nil }
        // A date in a table is a signature's where no line is: an attachment's table has dates, too.
        let dated = found.last { stream.pieces[$0.start].row == nil } ?? found.last
        return isAfterLastSection ? signed.first ?? dated : signed.last ?? dated
    }

    /// Words that may stand before the date of a signature; a web page's 发布日期 is none.
    private static let dateWords: [Phrase] = ["日期:", "编制日期:", "填报日期:", "报告日期:", "编制时间:", "成文日期:", "落款日期:"]

    private static let clauseEnds = Array(",:;、。".unicodeScalars)
    private static let blanks = Array("\u{3000}\t ".unicodeScalars)
    private static let otherDates: PhraseSet = ["发布", "时间", "来源", "截止", "日期", "至", "打印"]

    /// The signature whose date stands in a piece.
    private func signature(_ index: Int) -> Signature? {
        let piece = stream.pieces[index]
        let text = piece.folded
        guard !text.isEmpty, stream.standsAlone(index), text.count <= 60, !text.scalars.dropLast().contains("。"),
            let (day, range) = trailingDate(text)
        else { return nil }
        let prefix = unbracketed(text[0..<range.lowerBound])
        let isLabelled = Self.dateWords.contains { prefix.scalars == $0.scalars }
        if !isLabelled {
            if prefix.contains(Self.otherDates) { return nil }
            guard prefix.isEmpty || AgencyName.looksLikeAgency(prefix) else { return nil }
        }
        let located = AnnualReport.Located(value: day, quote: text.quote(range, in: piece.raw), source: piece.source)
        var result = Signature(agency: nil, day: located, start: index)
        if !prefix.isEmpty, !isLabelled {
            result.agency = AgencyName.clean(prefix)
            result.name = place(result.agency, piece)
            return result
        }
        for above in filled(before: index).prefix(3) {
            let name = firstName(unbracketed(stream.pieces[above].folded), stream.pieces[above].raw)
            guard stream.standsAlone(above), name.count <= 60,
                !name.scalars.contains(where: Self.clauseEnds.contains), AgencyName.looksLikeAgency(name)
            else { continue }
            result.agency = AgencyName.clean(name)
            result.name = place(result.agency, stream.pieces[above])
            result.start = above
            break
        }
        return result
    }

    /// The first of several names in a line, wide blanks between them: 青禾县卫生健康局　　青禾县中医药管理局.
    private func firstName(_ line: FoldedText, _ raw: String) -> FoldedText {
        let names = raw.unicodeScalars.split(whereSeparator: Self.blanks.contains).map { FoldedText(String($0)) }
        guard names.count >= 2, names.allSatisfy({ $0.count >= 5 && AgencyName.looksLikeAgency($0) }) else {
            return line
        }
        return names[0]
    }

    private func place(_ name: String?, _ piece: Piece) -> AnnualReport.Located<String>? {
        name.map { .init(value: $0, quote: piece.raw.trimmingBlanks(), source: piece.source) }
    }

    private func filled(before index: Int) -> some Sequence<Int> {
        stride(from: index - 1, through: max(start, index - 60), by: -1).lazy.filter {
            !stream.pieces[$0].folded.isEmpty
        }
    }

    /// （云溪县水利局） and （2025年1月20日, 云溪县水利局（盖章）.
    private func unbracketed(_ text: FoldedText) -> FoldedText {
        var line = text
        for seal in Self.seals where line.hasSuffix(seal) && line.count > seal.count {
            line = line[0..<(line.count - seal.count)]
        }
        if line.scalars.first == "(" { line = line[1..<line.count] }
        if line.scalars.last == ")", !line.has("(") { line = line[0..<(line.count - 1)] }
        return line
    }

    private static let printed: Phrase = "印发"
    private static let seals: [Phrase] = ["(盖章)", "(公章)", "(印章)", "(章)", "(加盖公章)"]

    private func trailingDate(_ text: FoldedText) -> (Day, Range<Int>)? {
        var line = text
        while let last = line.scalars.last, last == ")" || last == "。" { line = line[0..<(line.count - 1)] }
        if line.hasSuffix(Self.printed) { line = line[0..<(line.count - 2)] }
        for index in line.scalars.indices {
            if let (day, end) = DateReader.day(at: index, in: line), end == line.count {
                return (day, index..<end)
            }
        }
        return nil
    }
}

/// Puts paragraphs together again that a fixed line width (PDF to text, mail, 80 columns) cut into lines.
enum LineJoiner {
    /// Below this width (in Han characters) a line is short on purpose; beyond the other no tool breaks lines.
    private static let widths = 12.0...64.0
    /// By how much full lines differ: punctuation does not begin a line, numbers are not divided.
    private static let tolerance = 3.0

    /// The paragraphs that `lines` make, each with the place of its first line.
    static func join(_ lines: [Piece]) -> [(raw: String, folded: FoldedText, source: SourceSpan)] {
        let lineWidths = lines.map { width($0.folded) }
        let longest = lineWidths.max() ?? 0
        var paragraphs: [Range<Int>] = []
        for (index, line) in lines.enumerated() {
            if index > 0, isCut(lines[index - 1].folded, lineWidths[index - 1], longest),
                expectsMore(lines[index - 1].folded)
                    || !begins(line.folded, next: index + 1 < lines.count ? lines[index + 1].folded : nil)
            {
                paragraphs[paragraphs.count - 1] = paragraphs[paragraphs.count - 1].lowerBound..<(index + 1)
            } else {
                paragraphs.append(index..<(index + 1))
            }
        }
        return paragraphs.map { range in
            let first = lines[range.lowerBound]
            guard range.count > 1 else { return (first.raw, first.folded, first.source) }
            let raw = lines[range].map { $0.raw.trimmingBlanks() }.joined()
            return (raw, FoldedText(raw), first.source)
        }
    }

    private static func width(_ line: FoldedText) -> Double {
        let narrow = line.scalars.count { $0.isASCIIDigit || (0x61...0x7A).contains($0.value | 0x20) }
        return Double(line.count) - Double(narrow) / 2
    }

    /// Whether a line ends because the width did: it is as long as the longest, and no sentence ends there.
    private static func isCut(_ line: FoldedText, _ width: Double, _ longest: Double) -> Bool {
        var end = line.count
        while end > 0, closings.contains(line[end - 1]) { end -= 1 }
        guard end > 0, !stops.contains(line[end - 1]) else { return false }
        // Nothing ends with a comma.
        if line[line.count - 1] == "," { return true }
        let characters = Double(line.count)
        guard widths.contains(characters) else { return false }
        return (width >= longest - tolerance || characters >= longest) && !TitleReader.isTitle(line)
    }

    private static let closings = Array("\"')]》".unicodeScalars)
    private static let stops = Array("。;:!?.…".unicodeScalars)

    private static let beginnings: [Phrase] = [
        "一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "注:", "附件", "附:", "·", "●", "■", "◆", "▪", "-", "*", "#",
    ]

    /// Whether a line begins something of its own: a heading, an item, a title, a name or a date of a signature.
    private static func begins(_ line: FoldedText, next: FoldedText?) -> Bool {
        if SectionFinder.enumerator(line).number != .none, !continuesNumber(line) { return true }
        if beginnings.contains(where: { line.hasPrefix($0) }) || TitleReader.isTitle(line) { return true }
        return isDate(line) || next.map(isDate) ?? false && line.count <= 30 && AgencyName.looksLikeAgency(line)
    }

    private static func isDate(_ line: FoldedText) -> Bool {
        let start = line.scalars.first == "(" ? 1 : 0
        guard let (_, end) = DateReader.day(at: start, in: line) else { return false }
        return end == line.count || end == line.count - 1 && line[end] == ")"
    }

    /// Words that something must follow: the date behind 至 is no signature's.
    private static func expectsMore(_ line: FoldedText) -> Bool {
        line.scalars.last.map { "至到自从为于在和与及、".unicodeScalars.contains($0) } ?? false
    }

    /// `5万元…`, `12.5%`: digits with a decimal point, cut from the number before.
    private static func continuesNumber(_ line: FoldedText) -> Bool {
        guard let point = line.scalars.firstIndex(of: "."), point + 1 < line.count else { return false }
        return line.scalars[0..<point].allSatisfy(\.isASCIIDigit) && line[point + 1].isASCIIDigit
    }
}
