import ChineseText
import DocumentModel
import ReportModel
import Testing

/// Tables whose cells say which columns they cover: the header over a number tells what it is.
struct GridTests {
    /// A grid from rows of `(text, columns, rows)`; covered places have no cell, as in docx and html.
    private func grid(_ rows: [[(String, Int, Int)]]) -> Block {
        var covered: [Int] = []
        var result: [Row] = []
        for row in rows {
            var cells: [Cell] = []
            var column = 0
            var added: [(Range<Int>, Int)] = []
            for (text, columns, height) in row {
                while column < covered.count, covered[column] > 0 { column += 1 }
                cells.append(
                    Cell(
                        text: text,
                        source: SourceSpan(),
                        span: GridSpan(column: column, columns: columns, rows: height)
                    )
                )
                added.append((column..<(column + columns), height))
                column += columns
            }
            for index in covered.indices where covered[index] > 0 { covered[index] -= 1 }
            for (range, height) in added {
                while covered.count < range.upperBound { covered.append(0) }
                for index in range { covered[index] = height - 1 }
            }
            result.append(Row(cells: cells, isBounded: true))
        }
        return .table(Table(rows: result))
    }

    private func row(_ cells: String...) -> [(String, Int, Int)] { cells.map { ($0, 1, 1) } }

    private func report(_ section: Int, _ tables: [Block]) throws -> AnnualReport {
        let titles = [
            "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
        ]
        var blocks: [Block] = [paragraph("云溪县水利局2023年政府信息公开工作年度报告")]
        for (index, title) in titles.enumerated() {
            blocks.append(paragraph(title))
            if index + 1 == section { blocks += tables } else { blocks.append(paragraph("本年度按规定开展工作。")) }
        }
        return try ReportBuilder.build(Document(format: .docx, encoding: nil, blocks: blocks))
    }

    private func paragraph(_ text: String) -> Block { .paragraph(Paragraph(text: text, source: SourceSpan())) }

    private static let labels = [
        "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "1.属于国家秘密",
        "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益", "（七）总计", "四、结转下年度继续办理",
    ]

    /// The official header of table 3 over one label column: seven values, and one more column at `extra`.
    private func applicationsHeader(remark: Bool) -> [[(String, Int, Int)]] {
        [
            [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 1, 3), ("申请人情况", 7, 1)] + (remark ? [("备注", 1, 3)] : []),
            [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
            row("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"),
        ]
    }

    @Test func aColumnOfTheOfficesOwnIsNoValue() throws {
        let rows = Self.labels.enumerated().map { index, label in
            row(label, "\(index)", "1", "2", "3", "4", "5", "\(index + 15)", "见附表\(index)")
        }
        let report = try report(3, [grid(applicationsHeader(remark: true) + rows)])
        let table = try #require(report.table(.applications))
        #expect(table.cell("1", "naturalPerson")?.number == Quantity(0))
        #expect(table.cell("3.1", "naturalPerson")?.number == Quantity(2))
        #expect(table.cell("3.1", "otherOrg")?.number == Quantity(5))
        #expect(table.cell("3.1", "total")?.number == Quantity(17))
    }

    /// A column of numbers in front, a column of notes behind, and rows that are blank throughout.
    @Test func rowNumbersAndNotesLeaveBlankRowsBlank() throws {
        let header = applicationsHeader(remark: true)
        let rows = Self.labels.enumerated().map { index, label in
            let values = index == 5 ? ["", "", "", "", "", "", ""] : ["", "1", "", "", "", "2", "3"]
            return row(
                "\(index + 1)",
                label,
                values[0],
                values[1],
                values[2],
                values[3],
                values[4],
                values[5],
                values[6],
                "见附表"
            )
        }
        let numbered = [[("序号", 1, 3)] + header[0]] + header.dropFirst() + rows
        let table = try #require(try report(3, [grid(numbered)]).table(.applications))
        #expect(table.cell("3.3.1", "naturalPerson")?.state == .blank)
        #expect(table.cell("3.3.1", "business")?.number == Quantity(1))
        #expect(table.cell("3.3.1", "total")?.number == Quantity(3))
        #expect(table.cell("3.3.2", "total")?.state == .blank)
    }

    /// （六）其他处理 of edition 2019 without a number, and a note: a row, not the label of a group.
    @Test func aBlankRowWithANoteIsARow() throws {
        let header = applicationsHeader(remark: true)
        var rows = Self.labels.map { row($0, "1", "0", "0", "0", "0", "0", "1", "见附表") }
        rows.insert(row("（六）其他处理", "", "", "", "", "", "", "", "见附表"), at: 8)
        let table = try #require(try report(3, [grid(header + rows)]).table(.applications))
        #expect(table.cell("3.6", "naturalPerson")?.state == .blank)
        #expect(table.cell("3.6", "total")?.state == .blank)
        #expect(table.cell("3.7", "total")?.number == Quantity(1))
    }

    @Test func columnsInAnotherOrderAreReadByTheirHeader() throws {
        // 总计 in front, as some offices have it.
        let header: [[(String, Int, Int)]] = [
            [("办理情况", 1, 2), ("总计", 1, 2), ("自然人", 1, 2), ("法人或其他组织", 5, 1)],
            row("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"),
        ]
        let rows = Self.labels.map { row($0, "21", "1", "2", "3", "4", "5", "6") }
        let table = try #require(try report(3, [grid(header + rows)]).table(.applications))
        #expect(table.cell("3.1", "total")?.number == Quantity(21))
        #expect(table.cell("3.1", "naturalPerson")?.number == Quantity(1))
        #expect(table.cell("3.1", "otherOrg")?.number == Quantity(6))
    }

    @Test func aSecondPartWithoutHeaderGoesOnUnderTheFirst() throws {
        let rows = Self.labels.map { row($0, "1", "", "", "", "", "", "1", "无") }
        let first = grid(applicationsHeader(remark: true) + rows.prefix(4))
        let second = grid(Array(rows.dropFirst(4)))
        let table = try #require(try report(3, [first, second]).table(.applications))
        for row: RowID in ["1", "3.3.1", "3.3.4", "3.7", "4"] {
            #expect(table.cell(row, "naturalPerson")?.number == Quantity(1), "row \(row)")
            #expect(table.cell(row, "business")?.state == .blank, "row \(row)")
            #expect(table.cell(row, "total")?.number == Quantity(1), "row \(row)")
        }
    }

    /// One leading cell less and an empty one at the end: the values belong to the label, not to the header over them.
    @Test func aShiftedRowIsReadBehindItsLabel() throws {
        var header = applicationsHeader(remark: false)
        header[0][0].1 = 2
        var rows = Self.labels.map { row("", $0, "1", "2", "3", "4", "5", "6", "21") }
        rows[2] = row(Self.labels[2], "9", "2", "3", "4", "5", "6", "29", "")
        let table = try #require(try report(3, [grid(header + rows)]).table(.applications))
        #expect(table.cell("3.1", "naturalPerson")?.number == Quantity(9))
        #expect(table.cell("3.1", "business")?.number == Quantity(2))
        #expect(table.cell("3.1", "total")?.number == Quantity(29))
        #expect(table.cell("3.2", "total")?.number == Quantity(21))

        let disclosure: [[(String, Int, Int)]] = [
            [("第二十条第（一）项", 5, 1)], row("", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), row("", "规章", "1", "2", "3"),
            row("行政规范性文件", "4", "5", "6", ""), [("第二十条第（五）项", 5, 1)], [("信息内容", 2, 1), ("本年处理决定数量", 3, 1)],
            [("行政许可", 2, 1), ("7", 3, 1)],
        ]
        let second = try #require(try report(2, [grid(disclosure)]).table(.disclosure))
        #expect(second.cell("normativeDocuments", "made")?.number == Quantity(4))
        #expect(second.cell("normativeDocuments", "inForce")?.number == Quantity(6))
        #expect(second.cell("regulations", "inForce")?.number == Quantity(3))
    }

    @Test func mergedValuesAreNotRead() throws {
        var rows = Self.labels.map { row($0, "1", "2", "3", "4", "5", "6", "21") }
        rows[2] = [(Self.labels[2], 1, 1), ("0", 7, 1)]
        let table = try #require(try report(3, [grid(applicationsHeader(remark: false) + rows)]).table(.applications))
        #expect(table.cell("3.1", "naturalPerson")?.state == .notRead)
        #expect(table.cell("3.2", "total")?.number == Quantity(21))
    }

    @Test func theThreeGroupsOfTableFourAreToldByTheirColumns() throws {
        let outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
        let header: [[(String, Int, Int)]] = [
            [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
            outcomes.map { ($0, 1, 2) } + [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
            (outcomes + outcomes).map { ($0, 1, 1) },
        ]
        let values = (1...15).map { ($0 == 4 ? "" : "\($0)", 1, 1) }
        let table = try #require(try report(4, [grid(header + [values])]).table(.disputes))
        #expect(table.cell("reconsideration", "upheld")?.number == Quantity(1))
        #expect(table.cell("reconsideration", "pending")?.state == .blank)
        #expect(table.cell("litigation", "upheld")?.number == Quantity(6))
        #expect(table.cell("litigationAfterReconsideration", "total")?.number == Quantity(15))
    }

    private static let outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    private static let rows: [RowID] = ["reconsideration", "litigation", "litigationAfterReconsideration"]
    private static let columns: [ColumnID] = ["upheld", "corrected", "other", "pending", "total"]
    private static let groups = ["行政复议", "未经复议直接起诉", "复议后起诉"]

    /// Table 4 with the numbers 1 to 15 in shapes that are not the form's.
    private func tableFour(_ shape: String) -> [Block] {
        let values: [[(String, Int, Int)]] = [1, 6, 11].map { first in (first..<(first + 5)).map { ("\($0)", 1, 1) } }
        let heads: [(String, Int, Int)] = Self.outcomes.map { ($0, 1, 1) }
        switch shape {
        case "a group a row":
            return [
                grid(
                    [
                        [("类别", 2, 1)] + heads, [("行政复议", 2, 1)] + values[0],
                        [("行政诉讼", 1, 2), ("未经复议直接起诉", 1, 1)] + values[1], [("复议后起诉", 1, 1)] + values[2],
                    ]
                )
            ]
        case "an outcome a row":
            var rows: [[(String, Int, Int)]] = [[("", 1, 1)] + Self.groups.map { ($0, 1, 1) }]
            for place in 0..<5 { rows.append([heads[place]] + values.map { $0[place] }) }
            return [grid(rows)]
        case "a number a row":
            var rows: [[(String, Int, Int)]] = []
            for place in 0..<15 {
                let group = place.isMultiple(of: 5) ? [(Self.groups[place / 5], 1, 5)] : []
                rows.append(group + [heads[place % 5], values[place / 5][place % 5]])
            }
            return [grid(rows)]
        case "one below the other":
            let rows: [[[(String, Int, Int)]]] = (0..<3).map { [[(Self.groups[$0], 5, 1)], heads, values[$0]] }
            return [grid(rows.flatMap { $0 })]
        case "three tables":
            return (0..<3).flatMap { [paragraph("（一）\(Self.groups[$0])情况"), grid([heads, values[$0]])] }
        case "two tables":
            return [
                grid([[("行政复议", 5, 1)], heads, values[0]]),
                grid(
                    [
                        [("行政诉讼", 10, 1)], [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)], heads + heads, values[1] + values[2],
                    ]
                ),
            ]
        default:
            // Every place of a merged header filled with its text.
            func repeated(_ header: String) -> [(String, Int, Int)] { Array(repeating: (header, 1, 1), count: 5) }
            let upper = repeated("行政复议") + repeated("行政诉讼") + repeated("行政诉讼")
            let lower = heads + repeated("未经复议直接起诉") + repeated("复议后起诉")
            return [grid([upper, lower, heads + heads + heads, values.flatMap { $0 }])]
        }
    }

    @Test(
        "Headers over and beside the numbers of table 4 tell what they are",
        arguments: [
            "a group a row", "an outcome a row", "a number a row", "one below the other", "three tables", "two tables",
            "repeated headers",
        ]
    )
    func shapesOfTableFour(shape: String) throws {
        let table = try #require(try report(4, tableFour(shape)).table(.disputes))
        for (place, name) in Self.rows.enumerated() {
            for (offset, column) in Self.columns.enumerated() {
                #expect(
                    table.cell(name, column)?.number == Quantity(place * 5 + offset + 1),
                    "\(shape): \(name) \(column)"
                )
            }
        }
    }

    @Test func twoTablesOfTheSameGroupAreNotRead() throws {
        let tables =
            tableFour("a group a row")
            + tableFour("an outcome a row").map { block -> Block in
                guard case .table(var table) = block else { return block }
                for row in table.rows.indices {
                    for cell in table.rows[row].cells.indices where table.rows[row].cells[cell].text == "7" {
                        table.rows[row].cells[cell].text = "70"
                    }
                }
                return .table(table)
            }
        let table = try #require(try report(4, tables).table(.disputes))
        #expect(table.cell("litigation", "corrected")?.state == .notRead)
    }

    @Test func tableTwoIsReadUnderTheHeadersOfItsBlocks() throws {
        let rows: [[(String, Int, Int)]] = [
            [("第二十条第（一）项", 4, 1)], row("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), row("规章", "1", "", "3"),
            row("行政规范性文件", "4", "5", "6"), [("第二十条第（五）项", 4, 1)], [("信息内容", 1, 1), ("本年处理决定数量", 3, 1)],
            [("行政许可", 1, 1), ("112", 3, 1)], [("第二十条第（六）项", 4, 1)], [("信息内容", 1, 1), ("本年处理决定数量", 3, 1)],
            [("行政处罚", 1, 1), ("", 3, 1)], [("行政强制", 1, 1), ("8", 3, 1)], [("第二十条第（八）项", 4, 1)],
            [("信息内容", 1, 1), ("本年收费金额（单位：万元）", 3, 1)], [("行政事业性收费", 1, 1), ("1.5", 3, 1)],
        ]
        let table = try #require(try report(2, [grid(rows)]).table(.disclosure))
        #expect(table.cell("regulations", "made")?.number == Quantity(1))
        #expect(table.cell("regulations", "repealed")?.state == .blank)
        #expect(table.cell("regulations", "inForce")?.number == Quantity(3))
        #expect(table.cell("licensing", "decisions")?.number == Quantity(112))
        #expect(table.cell("penalties", "decisions")?.state == .blank)
        #expect(table.cell("fees", "amount")?.number == Quantity(decimal: Array("1.5".unicodeScalars)))
    }
}
