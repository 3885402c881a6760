/// A document as its file shows it, before anyone asks what it means: paragraphs and tables in reading order.
public struct Document: Sendable {
    /// How the file was recognised.
    public var format: DocumentFormat
    /// The character encoding that was found, for formats that leave it open; nil elsewhere.
    public var encoding: String?
    /// Paragraphs and tables in reading order.
    public var blocks: [Block]

    /// A document.
    public init(format: DocumentFormat, encoding: String?, blocks: [Block]) {
        self.format = format
        self.encoding = encoding
        self.blocks = blocks
    }
}

/// The formats that a file can be recognised as; the raw value stands in `source.format` of an audit.
public enum DocumentFormat: String, Sendable, CaseIterable {
    /// Plain text in any encoding.
    case text
}

/// A paragraph or a table.
public enum Block: Sendable {
    /// A line of text outside tables.
    case paragraph(Paragraph)
    /// A table, or what is left of one in flattened text.
    case table(Table)
}

/// A line of running text, a heading, a signature …
public struct Paragraph: Sendable {
    /// The text as the file has it, without the line end.
    public var text: String
    /// Where it stands.
    public var source: SourceSpan

    /// A paragraph.
    public init(text: String, source: SourceSpan) {
        self.text = text
        self.source = source
    }
}

/// Rows of cells. In flattened text a row holds what the text shows of it: cells covered by a merged one may stand as
/// empty cells, be missing, or be repeated, so positions alone never say what a cell means.
public struct Table: Sendable {
    /// The rows, top to bottom.
    public var rows: [Row]

    /// A table.
    public init(rows: [Row]) { self.rows = rows }
}

/// One row of a table.
public struct Row: Sendable {
    /// The cells, left to right.
    public var cells: [Cell]
    /// Whether the row is known to end where it ends. In some flattened pages a row's end is not marked; then cells of one
    /// row may follow in the next, or cells of two rows stand in one.
    public var isBounded: Bool

    /// A row.
    public init(cells: [Cell], isBounded: Bool) {
        self.cells = cells
        self.isBounded = isBounded
    }
}

/// One cell of a table.
public struct Cell: Sendable {
    /// The text as the file has it; lines within a cell are separated by `\n`.
    public var text: String
    /// Where it stands.
    public var source: SourceSpan

    /// A cell.
    public init(text: String, source: SourceSpan) {
        self.text = text
        self.source = source
    }
}

/// Where a piece of a document stands, in the terms of its format: a reviewer must be able to find it.
public struct SourceSpan: Sendable, Hashable {
    /// Line number from 1, for text.
    public var line: Int?
    /// Page number from 1, for paged formats.
    public var page: Int?

    /// A place in a document.
    public init(line: Int? = nil, page: Int? = nil) {
        self.line = line
        self.page = page
    }
}
