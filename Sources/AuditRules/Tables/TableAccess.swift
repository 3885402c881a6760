import ReportModel

/// Why a table's numbers are not at hand, in the words of every rule that needs them.
enum TableAccess {
    static func unavailable(_ table: TableID, _ report: AnnualReport) -> Message {
        if case .unreadable(let obstacle, _)? = report.tables[table] { return unreadable(table, obstacle) }
        return Message("\(table.name)缺失，无法核对。", "Table \(table.section) is missing.")
    }

    /// The reason when something stands where the table belongs, and cannot be read surely.
    static func unreadable(_ table: TableID, _ obstacle: TableObstacle) -> Message {
        switch obstacle {
        case .noKnownShape:
            Message(
                "\(table.name)所在位置有内容，但不是可识别的表格。",
                "Where table \(table.section) belongs stands text in no known shape of a table."
            )
        case .picture:
            Message(
                "\(table.name)所在位置是图片，其中的数字无法读取。",
                "Where table \(table.section) belongs stands a picture; the numbers in it cannot be read."
            )
        case .unknownEdition:
            Message(
                "\(table.name)的表头和行数不足以判断是2019年还是2021年格式。",
                "Header and rows of table \(table.section) do not tell whether it is the form of 2019 or of 2021."
            )
        }
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
            "Table \(table.section)\(place.isEmpty ? "" : ", \(place)"): cells that are not certain or no numbers were not checked."
        )
    }
}
