import ReportModel

/// Why a table's numbers are not at hand, in the words of every rule that needs them.
enum TableAccess {
    static func unavailable(_ table: TableID, _ report: AnnualReport) -> Message {
        if case .unreadable(let reason, _)? = report.tables[table] {
            return Message("\(reason)。", "\(table.name) cannot be read surely.")
        }
        return Message("\(table.name)缺失，无法核对。", "\(table.name) is missing.")
    }

    /// The reason when a cell that a rule needs was not read.
    static func unread(_ table: TableID, row: RowID?, column: ColumnID?, _ reading: TableReading, _ edition: Edition?)
        -> Message
    {
        let place = [
            row.map { "“\(Form.rowName(table, $0))”" },
            column.map { "“\(Form.columnName(table, $0, edition: edition))”" },
        ]
        .compactMap(\.self).joined()
        return Message(
            "\(table.name)\(place)的单元格不能确定或不是数字，未核对。",
            "\(table.name) \(place): cells are not certain or no numbers."
        )
    }
}
