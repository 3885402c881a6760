// A report before it becomes text: everything that a mutation may change stands here as a value of its own.

struct Paragraph {
    enum Tag: Equatable {
        case plain, topic(Int), heading, fee, period, placeholder
        /// The first sentence of section 一, which speaks of the report year's work.
        case opening
        /// The preface's sentence about who wrote the report and after which papers.
        case basis
        /// Numbers, years and names that look like faults and are none.
        case trap
    }

    var text: String
    var tag: Tag = .plain
}

struct Section {
    /// 1–6: which of the six sections this is.
    let index: Int
    /// The number as printed: "一、", "1、 ".
    var numbering: String
    var title: String
    /// Lines between the heading and the table.
    var lead: [Paragraph] = []
    var body: [Paragraph] = []
    var hasTable: Bool { (2...4).contains(index) }
    var tableRemoved = false
}

struct Draft {
    let seed: UInt64
    let shape: TextShape
    let agency: Agency
    let year: Int
    /// The form that the tables follow; a mutation may make it the wrong one for the year.
    var form: FormEdition
    var style: Style
    var cells: Cells
    /// What is printed in a cell instead of its number.
    var overrides: [CellPath: String] = [:]
    var removedRows: Set<String> = []
    var otherResultsMerged = false
    var titleLines: [String]
    var preface: [Paragraph]
    /// The period as printed, from and to; stands in a paragraph as `Draft.periodMark`.
    var period: String
    var sections: [Section]
    var closing: Closing
    /// The date under the report as yyyy-mm-dd.
    var signedOn: String? { closing.signedOn }
    var fee: GeneratedReport.Fee?
    /// The sections as the preface lists them; empty where it does not.
    var listedSections: [String]
    /// The words about 工作考核、社会评议、责任追究, as they stand somewhere in the sections.
    var accountability: String?
    var numbers: [StatedNumber]
    /// The fee statement says that no notice to pay was sent, which row 3.6.2 can contradict.
    var deniesFeeNotices = false

    static let periodMark: Character = "\u{F000}"

    static func numberMark(_ index: Int) -> String {
        Unicode.Scalar(0xE000 + UInt32(index)).map { String(Character($0)) } ?? ""
    }

    /// Replaces the marks by what they stand for.
    func resolved(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xF000: result += period
            case 0xE000..<0xF000:
                let index = Int(scalar.value - 0xE000)
                if index < numbers.count { result += numbers[index].text }
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    var titled: Bool { !titleLines.isEmpty }

    /// The indices of the stated numbers that some paragraph still holds.
    var printedNumbers: [Int] {
        var found: [Int] = []
        for paragraph in preface + sections.flatMap({ $0.lead + $0.body }) {
            for scalar in paragraph.text.unicodeScalars where (0xE000..<0xF000).contains(scalar.value) {
                found.append(Int(scalar.value - 0xE000))
            }
        }
        return found
    }
}

/// The lines under the report.
struct Closing {
    var lines: [String] = []
    /// Which of them is the name, and which the date.
    var nameLine: Int?
    var dateLine: Int?
    /// yyyy-mm-dd
    var signedOn: String?

    /// Puts other words on a line, as far from the margin as it was.
    mutating func replace(_ line: Int?, by text: String) {
        guard let line else { return }
        lines[line] = lines[line].prefix { $0 == " " || $0 == "　" } + text
    }
}

/// What stays the same all through one report: the habits of whoever typed or converted it.
struct Style {
    enum Brackets { case full, ascii, asciiSpaced }
    enum Spans { case expanded, collapsed, mixed, vanished }

    var brackets: Brackets
    var rowDot: String
    var asciiPunctuation: Bool
    var indent: String
    var headingIndent: String
    var blankBetweenParagraphs: Bool
    var spans: Spans
    var repeatsGroups: Bool
    var shiftsRows: Bool
    var splitsTable: Bool
    var losesHeaderHalves: Bool
    var breaksHeaderWords: Bool
    var nonBreakingZeros: Bool
    var fullWidthCells: Bool
    var numberedRows: Bool
    var bookmark: Bool
    var asksForDecimals: Bool
    var subHeading: Int

    init(shape: TextShape, using rng: inout SplitMix64) {
        let ascii = shape == .pipeLines ? 70 : 20
        brackets = rng.chance(ascii) ? rng.pick([.ascii, .ascii, .asciiSpaced]) : .full
        rowDot = rng.pick([".", ".", ".", "、", "．", ". "])
        asciiPunctuation = rng.chance(shape == .pipeLines ? 60 : 6)
        indent = rng.pick(["", "", "　　", "    ", "\u{a0}\u{a0}"])
        headingIndent = rng.chance(80) ? "" : rng.pick(["　　", "  ", "\u{a0} \u{a0} "])
        switch shape {
        case .markdown, .paragraphs: blankBetweenParagraphs = true
        case .tabRows, .pipeRows: blankBetweenParagraphs = rng.chance(50)
        case .cellPerLine, .pipeLines: blankBetweenParagraphs = rng.chance(10)
        }
        switch shape {
        case .tabRows: spans = rng.pick([.expanded, .expanded, .collapsed, .mixed])
        case .pipeRows: spans = rng.pick([.expanded, .collapsed, .vanished])
        default: spans = .expanded
        }
        repeatsGroups = rng.chance(30)
        shiftsRows = rng.chance(35)
        splitsTable = rng.chance(35)
        losesHeaderHalves = rng.chance(45)
        breaksHeaderWords = rng.chance(60)
        nonBreakingZeros = rng.chance(15)
        fullWidthCells = rng.chance(4)
        numberedRows = rng.chance(92)
        bookmark = rng.chance(30)
        asksForDecimals = rng.chance(60)
        subHeading = rng.int(0...10)
        if shape == .markdown { headingIndent = "" }
        if shape == .markdown { indent = "" }
    }
}
