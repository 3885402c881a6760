// What real docx files hold beside text and tables, one by one.

/// A way in which an office's docx differs from a plain one; none changes what a person reads in it.
public enum DocxFeature: String, CaseIterable, Sendable {
    /// 一、…六、 of the headings come from numbering.xml.
    case numberedHeadings
    /// As `numberedHeadings`, and the number hangs on the paragraph style.
    case numberedHeadingStyle
    /// `1.` of the rows of table 3 comes from numbering.xml.
    case numberedRows
    /// Table 3 stands inside a table of one cell.
    case nestedTable
    /// Sections with their tables stand inside the cells of a layout table.
    case layoutTable
    /// A value stands in a table of one cell inside its cell.
    case nestedValue
    /// Table 3 continues in a second table without a header.
    case splitTable
    /// Table 3 continues in a second table, whose header is repeated.
    case splitTableWithHeader
    /// Insertions, deletions with misleading words and numbers, a deleted row.
    case trackedChanges
    /// The title stands in a text box, with the fallback that Word writes for old readers.
    case textBoxTitle
    /// Header and footer with misleading text and page numbers.
    case headersFooters
    /// A footnote with a number.
    case footnote
    /// Content controls round paragraphs, cells and words.
    case contentControls
    /// Hyperlink fields round paragraphs.
    case fields
    /// Formula fields in the totals of table 3: Word adds up, and the result stands in the file.
    case formulas
    /// Words in header cells and labels are broken by w:br; without it by a new paragraph.
    case softBreaks
    /// Runs end in the middle of words and numbers.
    case splitRuns
    /// Non-breaking blanks round numbers.
    case nonBreakingBlanks
    /// The namespaces of ISO/IEC 29500 Strict.
    case strictNamespaces
    /// What WPS Office writes: more namespaces, mc:Ignorable, w:hint.
    case wps
    /// Some zeros are left blank: this alone changes the values, see ``GeneratedReport/with(_:)``.
    case blankCells
    /// `_GoBack` and other bookmarks.
    case bookmarks
    /// Hidden words and numbers.
    case hiddenText
    /// Columns so narrow that a page breaks long numbers in two lines.
    case narrowColumns
    /// Table 3 on a page of its own in landscape.
    case landscape
    /// Header rows that repeat on each page.
    case repeatedHeaderRows
    /// Page breaks before headings and between rows.
    case pageBreaks

    /// The features that one seed gets: any run of as many seeds as there are features covers them all.
    public static func chosen(by seed: UInt64) -> Set<DocxFeature> {
        var rng = SplitMix64(seed: seed, key: "docx.features")
        var chosen = Set(allCases.filter { _ in rng.chance(25) })
        let due = allCases[Int(seed % UInt64(allCases.count))]
        chosen.insert(due)
        // Two ways to do the same thing; and a section break cannot stand inside a cell.
        for (first, second) in [
            (DocxFeature.numberedHeadings, DocxFeature.numberedHeadingStyle), (.splitTable, .splitTableWithHeader),
            (.nestedTable, .layoutTable), (.landscape, .layoutTable), (.landscape, .nestedTable),
        ] where chosen.isSuperset(of: [first, second]) {
            chosen.remove(first == due ? second : first)
        }
        return chosen
    }
}
