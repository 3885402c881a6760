import ChineseText
import ReportModel

/// A sum over cells: blanks count as 0 and are counted, a cell that was not read makes it unknown.
struct Summation {
    /// The sum; nil when a cell is missing, unread or no number.
    var total: Quantity?
    /// How many cells were blank.
    var blanks = 0
    /// The summands that are not 0.
    private var parts: [Quantity] = []

    init(_ cells: some Sequence<CellReading?>) {
        var sum = Quantity.zero
        for cell in cells {
            guard let value = cell?.summand else { return }
            if cell?.state == .blank { blanks += 1 }
            if value != .zero {
                if parts.isEmpty { parts.reserveCapacity(Form.applicants.count) }
                parts.append(value)
            }
            sum += value
        }
        total = sum
    }

    /// The sum as a reviewer checks it: `6 + 2 = 8`; empty when it is not known.
    var formula: Message {
        guard let total else { return Message(symbols: "") }
        return Message(
            symbols: (parts.isEmpty ? "0" : parts.map(\.description).joined(separator: " + ")) + " = \(total)"
        )
    }

    init(_ row: RowReading, _ columns: [ColumnID]) {
        self.init(columns.enumerated().lazy.map { row.cells.value(of: $1, near: $0) })
    }

    /// What a message says about blanks that were counted as 0.
    static func note(_ blanks: Int) -> Message {
        blanks == 0
            ? Message("", "")
            : Message("（\(blanks) 个空白单元格按0计）", " (\(blanks) blank \(blanks == 1 ? "cell" : "cells") counted as 0)")
    }
}

extension TableReading {
    /// A row as a reviewer sees it, label and cells; nil when it was not found.
    func quote(of row: RowID, in table: TableID, _ edition: Edition?) -> String? {
        guard let reading = rows[row] else { return nil }
        let forms = Form.rows(of: table, edition: self.edition ?? edition ?? .form2021, otherResults: otherResults)
        return forms.first { $0.id == row }.map { reading.quote($0.columns) }
    }
}

extension RowReading {
    /// The row as a reviewer sees it: label and cells.
    func quote(_ columns: [ColumnID]) -> String {
        ([label] + columns.map { cells[$0]?.text ?? "" }).joined(separator: " | ")
    }
}

extension String {
    /// Without blanks and line ends on either side.
    var trimmed: String {
        var view = Substring(self).unicodeScalars
        while let first = view.first, first.properties.isWhitespace { view.removeFirst() }
        while let last = view.last, last.properties.isWhitespace { view.removeLast() }
        return String(view)
    }
}
