import ChineseText
import DocumentModel
import Narrative

/// A 政府信息公开工作年度报告 as it was understood, with the place of everything that was found.
public struct AnnualReport: Sendable {
    /// A text of the report with its place.
    public struct Located<Value: Sendable>: Sendable {
        /// What was found.
        public var value: Value
        /// The words it was read from.
        public var quote: String
        /// Where they stand.
        public var source: SourceSpan
        /// The section they stand in; nil before section 一.
        public var section: Int?
    }

    /// The title; nil when there is none.
    public var title: Located<String>?
    /// The reporting body, from the title, the signature or the preface.
    public var agency: String?
    /// Its kind.
    public var agencyKind: AgencyKind
    /// The body's name in the title; nil when the title has none.
    public var titleAgency: String?
    /// The body's name under the last section; nil when nobody signed.
    public var signedBy: Located<String>?
    /// The year that the figures cover.
    public var year: Int?
    /// The edition of the form that table 2 (else table 3) follows; nil when neither tells.
    public var edition: Edition?
    /// The stated period of the figures.
    public var period: Located<Period>?
    /// The date under the signature.
    public var signedOn: Located<Day>?
    /// The day on which a web page says it was published; nil when no line beside the title does.
    public var publishedOn: Located<Day>?
    /// The sections that were found, in document order.
    public let sections: [Section]
    /// Running text before section 一.
    public let preface: [Prose]
    /// The lines of the signature, after the last section's text.
    public let closing: [Prose]
    /// Every line outside of tables: preface, sections with the lines beside their tables, signature. Kept, because many
    /// rules go through it.
    public let lines: [Prose]
    /// The three tables.
    public internal(set) var tables: SmallDictionary<TableID, TableStatus>
    /// What the report says about fees, in the words that count: in section 六, else anywhere. Nil when it says nothing.
    public var fee: Fee?
    /// Every statement about fees, sections in order.
    public var feeStatements: [Fee]
    /// Sentences about fees that do not say whether any were charged.
    public var feeMentions: [Located<FeeMention>]
    /// Numbers stated in the text, sections in order.
    public var claims: [Located<CountClaim>]
    /// Sums stated in the text with their parts.
    public var breakdowns: [Located<Breakdown>]

    /// A section by number.
    public func section(_ number: Int) -> Section? { sections.first { $0.number == number } }

    /// The reading of a table, when it was read.
    public func table(_ id: TableID) -> TableReading? { tables[id]?.reading }

    /// A cell; nil when its table or row was not found.
    public func cell(_ address: CellAddress) -> CellReading? { table(address.table)?.cell(address.row, address.column) }

    /// The rows that the report's own edition of a table must have, in order; nil when the edition is unknown.
    public func expectedRows(_ table: TableID) -> [RowForm]? {
        if table == .disputes { return Form.rows(of: .disputes, edition: .form2021) }
        guard let edition else { return nil }
        return Form.rows(of: table, edition: edition, otherResults: self.table(table)?.otherResults)
    }

    /// Whether the six sections and the three tables were found: nothing is missing that may still be on its way.
    public var isComplete: Bool {
        (1...6).allSatisfy { section($0) != nil } && TableID.allCases.allSatisfy { table($0) != nil }
    }
}

/// A paragraph of running text.
public struct Prose: Sendable {
    /// The text as the document has it.
    public var raw: String
    /// The same, folded.
    public var folded: FoldedText
    /// Where it stands.
    public var source: SourceSpan
    /// The section it belongs to; nil in the preface.
    public var section: Int?
}

/// One of the six sections.
public struct Section: Sendable {
    /// 1…6, by the words of its title.
    public var number: Int
    /// The title without its number, folded.
    public var title: String
    /// The heading as the document has it.
    public var heading: String
    /// How the heading is numbered.
    public var headingNumber: HeadingNumber
    /// Where the heading stands.
    public var source: SourceSpan
    /// Its running text, without tables, signature, date and page numbers.
    public var paragraphs: [Prose]
    /// Short lines beside its table (a unit, a caption, template prompts), which are no running text.
    public var fragments: [Prose]
    /// Whether a picture stands in it: it may show text that nobody can count.
    public var holdsPicture = false

    /// Characters of running text, blanks not counted.
    public var characters: Int { paragraphs.reduce(0) { $0 + $1.folded.count } }
}

/// What a report says about 信息处理费 (109号; 30号 annex, section 六).
public struct Fee: Sendable {
    /// One body or way of charging that the statement lists.
    public struct Part: Sendable {
        /// Applications for which it charged; nil when the text does not say.
        public var applications: Int?
        /// Its amount in 元; nil when the text does not say.
        public var amountYuan: Quantity?
        /// Its words.
        public var quote: String
    }

    /// Applications for which a fee was charged; nil when the text does not say.
    public var applications: Int?
    /// The amount in 元; nil when the text does not say.
    public var amountYuan: Quantity?
    /// One unit of the last digit of an amount in 万元, to which it may have been rounded; 0 for one in 元.
    public var rounding = Quantity.zero
    /// A word hedges the amount, or it has no unit: no arithmetic on it.
    public var isApproximate = false
    /// It says in words that nothing was charged.
    public var isDenial = false
    /// It says that no demand for payment was sent.
    public var deniesNotices = false
    /// It says why applications that a fee was due for brought no money: 未缴, 减免, 撤回.
    public var explainsZero = false
    /// The parts it lists.
    public var parts: [Part] = []
    /// What that list claims to be.
    public var listing = FeeListing.none
    /// The statement.
    public var text: String
    /// The section it stands in; nil in the preface.
    public var section: Int?
    /// Where it stands.
    public var source: SourceSpan
}

extension Fee {
    /// A statement found in the paragraphs of a section.
    init(_ statement: FeeStatement, in paragraphs: [Prose], section: Int?) {
        func quote(_ range: Range<Int>, _ paragraph: Int) -> String {
            paragraphs[paragraph].folded.quote(range, in: paragraphs[paragraph].raw).trimmingBlanks()
        }
        self.init(
            applications: statement.applications,
            amountYuan: statement.amountYuan,
            rounding: statement.rounding,
            isApproximate: statement.isApproximate,
            isDenial: statement.isDenial,
            deniesNotices: statement.deniesNotices,
            explainsZero: statement.explainsZero,
            parts: statement.parts.map { part in
                Part(
                    applications: part.applications,
                    amountYuan: part.amountYuan,
                    quote: quote(part.range, part.paragraph)
                )
            },
            listing: statement.listing,
            text: quote(statement.range, statement.paragraph),
            section: section,
            source: paragraphs[statement.paragraph].source
        )
    }
}
