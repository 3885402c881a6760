/// A document as its file shows it, before anyone asks what it means: paragraphs and tables in reading order.
public struct Document: Sendable {
    /// How the file was recognised.
    public var format: DocumentFormat
    /// The character encoding that was found, for formats that leave it open; nil elsewhere.
    public var encoding: String?
    /// Paragraphs and tables in reading order.
    public var blocks: [Block]
    /// What stands in the margins of pages (headers, footers): no part of the report's text.
    public var margins: [Paragraph]
    /// Where pictures stand among the blocks: what they show is not read, but it may be a table.
    public var pictures: [SourceSpan]

    /// A document.
    public init(
        format: DocumentFormat,
        encoding: String?,
        blocks: [Block],
        margins: [Paragraph] = [],
        pictures: [SourceSpan] = []
    ) {
        self.format = format
        self.encoding = encoding
        self.blocks = blocks
        self.margins = margins
        self.pictures = pictures
    }
}

/// The formats that a file can be recognised as; the raw value stands in `source.format` of an audit.
public enum DocumentFormat: String, Sendable, CaseIterable {
    /// Plain text in any encoding.
    case text
    /// Office Open XML, WordprocessingML (ECMA-376, ISO/IEC 29500, transitional or strict).
    case docx
    /// A web page.
    case html
    /// A web page saved with its parts (RFC 2557).
    case mht
    /// Portable Document Format (ISO 32000).
    case pdf
    /// Binary Word document ([MS-DOC]); WPS Writer saves .wps in the same form.
    case doc
    /// Microsoft Works document.
    case wps
    /// Rich Text Format.
    case rtf
    /// OpenDocument Text (ISO/IEC 26300), zipped or flat.
    case odt
    /// Word 2003 XML or another XML form of a text document that only an office program reads.
    case wordxml
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

/// Rows of cells.
///
/// In flattened text a row holds what the text shows of it: cells covered by a merged one may stand as empty cells, be
/// missing, or be repeated, so positions alone never say what a cell means. In a grid (docx, html, pdf) every cell says
/// which columns and rows it covers (``Cell/span``), and covered places have no cell of their own.
public struct Table: Sendable {
    /// The rows, top to bottom.
    public var rows: [Row]

    /// A table.
    public init(rows: [Row]) { self.rows = rows }

    /// Whether every cell says which columns it covers.
    public var isGrid: Bool { rows.allSatisfy { row in row.cells.allSatisfy { $0.span != nil } } }
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
    /// The columns and rows that it covers; nil in flattened text, which does not tell.
    public var span: GridSpan?

    /// A cell.
    public init(text: String, source: SourceSpan, span: GridSpan? = nil) {
        self.text = text
        self.source = source
        self.span = span
    }
}

/// The columns and rows of a grid that a cell covers. Its first row is the row that it stands in.
public struct GridSpan: Sendable, Hashable {
    /// The first column, from 0.
    public var column: Int
    /// How many columns, at least 1.
    public var columns: Int
    /// How many rows, at least 1.
    public var rows: Int

    /// A cell's place in a grid.
    public init(column: Int, columns: Int = 1, rows: Int = 1) {
        self.column = column
        self.columns = columns
        self.rows = rows
    }

    /// The columns as a range.
    public var columnRange: Range<Int> { column..<(column + columns) }
}

/// Where a piece of a document stands, in the terms of its format: a reviewer must be able to find it.
public struct SourceSpan: Sendable, Hashable {
    /// A place in the terms of a format.
    public enum Place: Sendable, Hashable {
        /// Not known.
        case unknown
        /// Line number from 1: text.
        case line(Int32)
        /// Number of a paragraph outside tables, from 1: docx, html.
        case paragraph(Int32)
        /// Number of the table in the document, of the row in it, and of the column in the grid, from 1: docx, html.
        case cell(table: Int32, row: Int32, column: Int32)
        /// Number of the page from 1, and the place on it: pdf.
        case box(page: Int32, PageBox)
    }

    /// The place.
    public var place: Place
    /// The order of reading: greater further down. 0 where it is not known.
    public var position: Int32

    /// A place in a document.
    public init(_ place: Place = .unknown, position: Int = 0) {
        self.place = place
        self.position = Int32(clamping: position)
    }

    /// A line of a text.
    public init(line: Int) { self.init(.line(Int32(clamping: line)), position: line) }

    /// Line number from 1, for text.
    public var line: Int? {
        if case .line(let line) = place { Int(line) } else { nil }
    }

    /// Page number from 1, for paged formats.
    public var page: Int? {
        if case .box(let page, _) = place { Int(page) } else { nil }
    }
}

/// A rectangle on a page, in points (1/72 inch) from its upper left corner.
public struct PageBox: Sendable, Hashable {
    /// Left edge.
    public var left: Float
    /// Upper edge.
    public var top: Float
    /// Right edge.
    public var right: Float
    /// Lower edge.
    public var bottom: Float

    /// A rectangle.
    public init(left: Float, top: Float, right: Float, bottom: Float) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }
}
