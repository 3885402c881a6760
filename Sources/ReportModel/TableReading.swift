import ChineseText
import DocumentModel

/// What a document says in one table of the form.
public struct TableReading: Sendable {
    /// Which table.
    public let table: TableID
    /// The rows that were found, by key.
    public var rows: SmallDictionary<RowID, RowReading>
    /// Rows that hold numbers under a label that nobody recognises: any row that seems missing may be one of them.
    public var unplaced: [UnplacedRow]
    /// Rows that were not found where something that could not be read stands: they are not known to be missing.
    public var uncertain: Set<RowID> = []
    /// Where the table begins.
    public var source: SourceSpan
    /// For table 3: how （六）其他处理 is laid out, when any of its rows was found.
    public var otherResults: Form.OtherResultsLayout?
    /// Whether the header of the amount column asks for four decimals (保留4位小数, edition 2019).
    public var asksFourDecimals = false
    /// For table 2: the edition that its header and rows show; nil when they do not tell.
    public var edition: Edition?

    init(_ table: TableID, source: SourceSpan) {
        self.table = table
        self.source = source
        rows = SmallDictionary(minimumCapacity: Self.usualRows)
        unplaced = []
    }

    /// Rows of the longest table, that of the applications.
    private static let usualRows = 25

    /// The cell of a row and column; nil when the row was not found.
    public func cell(_ row: RowID, _ column: ColumnID) -> CellReading? { rows[row]?.cells[column] }
}

/// A row of the form as the document has it.
public struct RowReading: Sendable {
    private let words: String
    /// Where the label stands.
    public let source: SourceSpan
    /// The cells, by column key.
    public internal(set) var cells: SmallDictionary<ColumnID, CellReading>

    /// A row whose label is `words`, blanks round it apart.
    init(label words: String, source: SourceSpan, cells: SmallDictionary<ColumnID, CellReading>) {
        self.words = words
        self.source = source
        self.cells = cells
    }

    /// The label as the document has it.
    public var label: String { words.trimmingBlanks() }
}

/// A row of numbers whose label was not recognised.
public struct UnplacedRow: Sendable {
    /// The label as the document has it.
    public var label: String
    /// Where it stands.
    public var source: SourceSpan
}

/// Why a table that is there cannot be read surely.
public enum TableObstacle: Sendable {
    /// Text where the table belongs, in no shape of a table that is known.
    case noKnownShape
    /// A picture stands where the table belongs.
    case picture
    /// Header and rows do not tell which edition it follows.
    case unknownEdition
}

/// Whether a table of the form is in the document.
public enum TableStatus: Sendable {
    /// It is, and was read (single cells may still be unread).
    case read(TableReading)
    /// It is not there.
    case missing
    /// Something is there, but not in a shape that can be read surely.
    case unreadable(TableObstacle, source: SourceSpan?)

    /// The reading, when there is one.
    public var reading: TableReading? {
        if case .read(let reading) = self { return reading }
        return nil
    }
}

extension Piece {
    /// Whether it can be a value of a table: looks like one, or is an empty cell.
    var isValue: Bool { isValueLike && (row != nil || !folded.isEmpty) }
}

/// Reads rows out of a stretch of the stream, given what its cells can be.
struct RowScanner {
    /// What a cell is for a table.
    enum Role: Hashable {
        case row(RowID)
        /// Label of a group or block: ends a row, has no numbers.
        case group
        /// Part of the header.
        case header
        /// Empty, a number, or a mark for nothing.
        case value
        /// Anything else.
        case text
    }

    let stream: PieceStream
    let range: Range<Int>
    private let roles: [Role]

    /// The cells of `range`, whose roles are known.
    init(stream: PieceStream, range: Range<Int>, roles: [Role]) {
        self.stream = stream
        self.range = range
        self.roles = roles
    }

    init(stream: PieceStream, range: Range<Int>, role: (Int, Piece) -> Role?) {
        self.stream = stream
        self.range = range
        roles = range.map { index in
            let piece = stream.pieces[index]
            return piece.isValue ? .value : role(index, piece) ?? .text
        }
    }

    func role(_ index: Int) -> Role { roles[index - range.lowerBound] }

    /// The cells after the label at `index`, up to the next label, the end of a bounded row, or running text. A row whose
    /// values stand in the next line (split by a converter) goes on there when that line has no label of its own.
    func run(after index: Int) -> ValueRun {
        let pieces = stream.pieces
        let start = pieces[index].row
        let row = pieces[index].rowIsBounded ? start : nil
        var valueRow = row
        var first = index + 1
        var next = first
        scan: while next < range.upperBound, next - first < Self.longestRun {
            let piece = pieces[next]
            if let current = valueRow, piece.row != current {
                let hasValues = (first..<next).contains { !pieces[$0].folded.isEmpty }
                guard !hasValues, next - first <= 3, let other = piece.row, piece.rowIsBounded, startsWithValue(other)
                else { break }
                first = next
                valueRow = other
            } else if valueRow == nil, start != nil, let other = piece.row, other != start, next > first {
                // An unbounded row may lack its end, but never goes on behind another one's beginning.
                break
            }
            switch role(next) {
            case .value: break
            case .text where valueRow != nil && piece.row == valueRow: break
            case .text where row == nil && !stream.isProse(next): break
            default: break scan
            }
            next += 1
        }
        return ValueRun(cells: first..<next, isBounded: row != nil)
    }

    /// More cells than any row has with all its padding; a bound on the work that a page of numbers can cause.
    private static let longestRun = 24

    /// Whether a row has numbers and no label.
    private func startsWithValue(_ row: Int) -> Bool {
        var sawValue = false
        for index in stream.rows[row] where range.contains(index) {
            switch role(index) {
            case .value: sawValue = sawValue || !stream.pieces[index].folded.isEmpty
            case .row, .group, .header, .text: return false
            }
        }
        return sawValue
    }
}
