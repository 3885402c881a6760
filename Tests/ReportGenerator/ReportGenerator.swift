/// Random annual reports for tests: each agrees with every rule of the catalogue, is laid out as real conversions are,
/// and comes with the value of every cell. Same seed, same reports, on every machine.
public struct ReportGenerator: Sendable {
    /// What to fix instead of leaving it to chance.
    public struct Options: Sendable {
        /// The report year; must lie in the edition's years to give a consistent report.
        public var year: Int?
        /// The kind of body.
        public var agencyKind: AgencyKind?
        /// True for a body with applications, so that every mutation of table 3 has something to change.
        public var busy: Bool

        /// Everything left to chance unless given.
        public init(year: Int? = nil, agencyKind: AgencyKind? = nil, busy: Bool = false) {
            self.year = year
            self.agencyKind = agencyKind
            self.busy = busy
        }
    }

    private var rng: SplitMix64

    /// A generator whose whole output follows from `seed`.
    public init(seed: UInt64) {
        rng = SplitMix64(seed: seed)
    }

    /// The next report: consistent, on the right form for its year, and flattened as `shape` says.
    public mutating func report(
        edition: FormEdition,
        shape: TextShape,
        options: Options = Options()
    ) -> GeneratedReport {
        let seed = rng.next()
        var rng = SplitMix64(seed: seed)
        let year = options.year ?? rng.int(edition.years)
        let agency = Agency.random(options.agencyKind, using: &rng)
        let scale = options.busy ? rng.pick([.small, .medium, .large]) : rng.pick(Figures.Scale.allCases)
        let cells = Figures.random(edition, scale: scale, agency: agency, using: &rng)
        let style = Style(shape: shape, using: &rng)
        var writer = Writer(
            agency: agency,
            year: year,
            form: edition,
            cells: cells,
            style: style,
            rng: SplitMix64(seed: rng.next())
        )
        let (title, isPrescribed) = writer.title()
        var (sections, regular) = writer.headings()
        let (preface, listed) = writer.preface(titles: sections.map(\.title))
        let period = writer.period()
        for index in sections.indices {
            sections[index].lead = writer.lead(index + 1)
        }
        sections[0].lead = []
        sections[0].body = writer.overview()
        sections[4].body = writer.problems()
        let other = writer.otherMatters()
        sections[5].body = other.paragraphs
        let accountability = writer.accountability(in: &sections)
        let closing = writer.closing()
        let draft = Draft(
            seed: seed,
            shape: shape,
            agency: agency,
            year: year,
            form: edition,
            style: style,
            cells: cells,
            titleLines: title,
            preface: preface,
            period: period,
            sections: sections,
            closing: closing,
            fee: other.fee,
            listedSections: listed,
            accountability: accountability,
            numbers: writer.numbers,
            deniesFeeNotices: other.deniesFeeNotices
        )
        // Only infos: forms of a title or a numbering that the rules mention but no report is sent back for.
        var tolerated: Set<String> = []
        if !isPrescribed { tolerated.insert("title.format") }
        if !regular { tolerated.insert("section.numbering") }
        // 条例 Art 49 does not name townships: after 31 January an audit may remind of the local date.
        if agency.kind == .township, let date = closing.signedOn, !date.dropFirst(5).hasPrefix("01") {
            tolerated.insert("deadline.missed")
        }
        return GeneratedReport(draft: draft, toleratedRules: tolerated)
    }

    /// `report` with one thing of this kind changed, at a random place; nil where the report has no such thing.
    public mutating func mutation(_ kind: Mutation.Kind, of report: GeneratedReport) -> MutatedReport? {
        guard let mutation = report.mutations(of: kind, using: &rng) else { return nil }
        return report.applying(mutation)
    }
}

/// A report, and all that a right reading of it says.
public struct GeneratedReport: Sendable {
    /// What a report says of fees for handling information (109号).
    public struct Fee: Hashable, Sendable {
        /// Applications charged; nil where the text does not count them.
        public let applications: Int?
        /// The sum in 元, 0 for "none collected".
        public let amountYuan: Int
    }

    /// The document, LF line ends; encodings and other line ends are the caller's to make.
    public let text: String
    /// The report year.
    public var year: Int { draft.year }
    /// The form that the tables follow.
    public var edition: FormEdition { draft.form }
    /// How the document was flattened.
    public var shape: TextShape { draft.shape }
    /// The body's full name.
    public var agency: String { draft.agency.name }
    /// The body's kind.
    public var agencyKind: AgencyKind { draft.agency.kind }
    /// The date of the signature as yyyy-mm-dd; nil where there is none.
    public var signedOn: String? { draft.signedOn }
    /// The fee statement; nil where there is none.
    public var fee: Fee? { draft.fee }
    /// The title in one line; nil where there is none.
    public var title: String? { draft.titled ? draft.titleLines.joined() : nil }
    /// What each section says beside its table, a paragraph an entry, by the section's number.
    public var narrative: [Int: [String]] {
        let said = draft.sections.map { section in
            (section.index, (section.lead + section.body).map { draft.printed($0) })
        }
        return Dictionary(said) { first, _ in first }
    }
    /// The value of every cell that has one.
    public let cells: [CellPath: ExactDecimal]
    /// The cells without one, with the state that the JSON gives them: `blank` or `notANumber`.
    public let unreadableCells: [CellPath: String]
    /// Infos that may stand in the audit without anything being wrong with it; nothing else may.
    public let toleratedRules: Set<String>

    /// Rules that nobody can judge on this report, with the reason; of all others an audit must say passed or not applicable.
    public var unassessableRules: [String: String] {
        var rules: [String: String] = [:]
        if signedOn == nil { rules["deadline.missed"] = "the report bears no date" }
        switch draft.agency.kind {
        case .other:
            rules["deadline.missed"] = "no law names the date of a 管委会"
            rules["regulations.unauthorized"] = "what a 管委会 may do its own papers say"
            rules["charges.unit-suspect"] = "a 管委会 may stand at any level"
            rules["overview.accountability-missing"] = "a 管委会 may report in a government's stead"
        case .government where draft.agency.tier == .unlistedCity:
            rules["regulations.unauthorized"] = "no list has this 市"
            rules["charges.unit-suspect"] = "no list has this 市"
        case .department where draft.agency.isGovernmentOffice:
            rules["overview.accountability-missing"] = "the office may report for its government"
            rules["regulations.unauthorized"] = "the office may report for its government"
        case .department where draft.agency.isOfMinistry:
            rules["deadline.missed"] = "条例 Art 49 speaks of local governments' departments"
            rules["regulations.unauthorized"] = "what a ministry's own body may do no list says"
        case .township: rules["deadline.missed"] = "条例 Art 49 does not name townships"
        default: break
        }
        return rules
    }

    let draft: Draft

    init(draft: Draft, toleratedRules: Set<String>, unreadable: [CellPath: String] = [:]) {
        self.draft = draft
        self.toleratedRules = toleratedRules
        text = draft.render()
        unreadableCells = unreadable
        cells = draft.cells.filter { unreadable[$0.key] == nil && !draft.isRemoved($0.key) }
    }
}

extension Draft {
    /// Whether the cell's row, table or section was taken out.
    func isRemoved(_ path: CellPath) -> Bool {
        let row = path.table == "disputes" ? "disputes" : "\(path.table).\(path.row)"
        let index = ["disclosure": 2, "applications": 3, "disputes": 4][path.table]
        let section = sections.first { $0.index == index }
        return removedRows.contains(row) || section?.tableRemoved ?? true
    }
}
