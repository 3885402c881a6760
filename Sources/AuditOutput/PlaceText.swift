import DocumentModel

extension SourceSpan {
    /// The place in a few words, as a reviewer would look for it; nil where it is not known.
    func text(_ language: Language) -> String? {
        switch (place, language) {
        case (.unknown, _): nil
        case (.line(let line), .zh): "第\(line)行"
        case (.line(let line), .en): "line \(line)"
        case (.paragraph(let number), .zh): "第\(number)段"
        case (.paragraph(let number), .en): "paragraph \(number)"
        case (.cell(let table, let row, let column), .zh): "第\(table)个表格第\(row)行第\(column)列"
        case (.cell(let table, let row, let column), .en): "table \(table) row \(row) column \(column)"
        case (.box(let page, _), .zh): "第\(page)页"
        case (.box(let page, _), .en): "page \(page)"
        }
    }

    /// `location.place` of the JSON: what `page` and `line` do not say already, in the terms of the format.
    var json: JSONValue {
        switch place {
        case .unknown, .line: .null
        case .paragraph(let number): .object(["paragraph": .int(Int(number))])
        case .cell(let table, let row, let column):
            .object(["table": .int(Int(table)), "row": .int(Int(row)), "column": .int(Int(column))])
        case .box(let page, let box):
            .object([
                "page": .int(Int(page)),
                "box": .array([box.left, box.top, box.right, box.bottom].map { .double(Self.tenths($0)) }),
            ])
        }
    }

    /// Tenths of a point are as fine as print; a Float's own digits would differ from its Double's.
    private static func tenths(_ value: Float) -> Double { (Double(value) * 10).rounded() / 10 }
}
