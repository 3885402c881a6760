import DocumentModel

// What formats with real paragraphs and tables (docx, html) have in common: a tree of blocks, in which a cell may hold
// paragraphs and further tables. ``MarkupFlattener`` makes the flat ``Document`` of it.

/// A paragraph or table of a marked-up document.
enum MarkupBlock: Sendable {
    /// A paragraph; `\n` where its author broke a line.
    case paragraph(String)
    /// A table.
    case table(MarkupTable)
    /// A picture, of which nothing but its place is known.
    case picture
}

/// A table as the markup has it: only cells that are there, with what they span.
struct MarkupTable: Sendable {
    /// The rows, each with the cells that begin in it, left to right.
    var rows: [[MarkupCell]] = []
}

/// A cell as the markup has it.
struct MarkupCell: Sendable {
    /// What stands in it.
    var blocks: [MarkupBlock] = []
    /// Number of columns, at least 1.
    var columnSpan = 1
    /// Number of rows, at least 1.
    var rowSpan = 1
    /// Columns left free before it (`gridBefore`), beside those that cells from above still cover.
    var columnsBefore = 0
}

/// Limits that keep a small file from becoming a huge table.
enum MarkupLimits {
    /// Most cells of a document: a report has some 300, one with every line a cell a few thousand.
    static let cells = 100_000
    /// Most columns of a table: the widest of the form has 15 and layout tables rarely 30.
    static let columns = 256
    /// Most rows of a table.
    static let rows = 20_000
    /// Most pictures that are remembered; which of them stand for tables is seen by the first.
    static let pictures = 1000
    /// Most tables within tables within tables.
    static let nesting = 32
    /// Most bytes of text in a document; the same as for plain text.
    static let textBytes = TextExtractor.maximumBytes
}
