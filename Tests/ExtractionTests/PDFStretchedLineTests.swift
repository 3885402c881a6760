import DocumentModel
import Extraction
import Testing

/// Lines that end with a line break in justified cells, cells that go on over a page, names at different heights.
@Suite struct PDFStretchedLineTests {
    /// Numbers of a row, in the middle of cells from x = 305 on.
    private func numbers(_ numbers: [String], at y: Double, in sketch: inout PDFSketch) {
        for (column, number) in numbers.enumerated() { sketch.cell([number], 305 + Double(column) * 50, y) }
    }

    /// The characters of `text` from `left` to `right`, as far apart as they can be.
    private func stretched(_ pieces: [String], _ left: Double, _ right: Double, _ y: Double, in sketch: inout PDFSketch)
    {
        let width = pieces.reduce(0) { $0 + PDFSketch.width($1, 10) }
        let gap = (right - left - width) / Double(pieces.count - 1)
        var x = left
        for piece in pieces {
            sketch.word(piece, x, y)
            x += PDFSketch.width(piece, 10) + gap
        }
    }

    private func table(_ rows: (inout PDFSketch) -> Void) throws -> Table {
        var sketch = PDFSketch()
        sketch.page()
        for (column, name) in ["自然人", "商业企业", "其他", "总计"].enumerated() {
            sketch.cell([name], 305 + Double(column) * 50, 150)
        }
        rows(&sketch)
        return try #require(try PDFExtractor().extract(words: sketch.bytes).tables.first)
    }

    @Test(arguments: [["3.", "补", "正", "后"], ["3", "、", "补", "正", "后"]])
    func readsAStretchedLineAsOne(pieces: [String]) throws {
        let label = pieces.joined() + "申请内容仍不明确"
        let table = try table { sketch in
            for (row, text) in ["1.属于国家秘密", "2.重复申请"].enumerated() {
                sketch.label([text], 145, 180 + Double(row) * 30)
                numbers(["\(row)", "5", "6", "7"], at: 180 + Double(row) * 30, in: &sketch)
            }
            stretched(pieces, 145, 270, 235, in: &sketch)
            sketch.word("申请内容仍不明确", 145, 249)
            numbers(["34", "0", "37", "71"], at: 240, in: &sketch)
            sketch.label(["4.其他处理"], 145, 280)
            numbers(["8", "0", "1", "9"], at: 280, in: &sketch)
        }
        #expect(table.numbers(inRowOf: label) == ["34", "0", "37", "71"])
        #expect(table.numbers(inRowOf: "4.其他处理") == ["8", "0", "1", "9"])
        #expect(table.names(ofColumns: 1..<5) == ["自然人", "商业企业", "其他", "总计"])
    }

    @Test func readsAStretchedLineWhoseNumberTouchesIt() throws {
        let table = try table { sketch in
            sketch.word("3", 145, 175)
            sketch.word("．危", 150, 175)
            sketch.word("及", 200, 175)
            sketch.word("三", 240, 175)
            sketch.word("安全一稳定", 145, 189)
            numbers(["9", "0", "2", "11"], at: 180, in: &sketch)
            sketch.label(["4．保护第三方合法权益"], 145, 220)
            numbers(["3", "0", "2", "5"], at: 220, in: &sketch)
        }
        #expect(table.numbers(inRowOf: "3．危及三安全一稳定") == ["9", "0", "2", "11"])
    }

    @Test func takesNamesAtEqualDistancesForColumns() throws {
        var sketch = PDFSketch()
        sketch.page()
        for (column, name) in ["项目", "个人", "企业", "总计"].enumerated() {
            sketch.cell([name], 120 + Double(column) * 50, 150)
        }
        for (row, label) in ["新收", "结转"].enumerated() {
            sketch.cell([label], 120, 165 + Double(row) * 15)
            for column in 1...3 { sketch.cell(["\(row + column)"], 120 + Double(column) * 50, 165 + Double(row) * 15) }
        }
        let table = try #require(try PDFExtractor().extract(words: sketch.bytes).tables.first)
        #expect(table.names(ofColumns: 1..<4) == ["个人", "企业", "总计"])
    }

    @Test func goesOnWithALabelOnTheNextPage() throws {
        let table = try table { sketch in
            sketch.label(["4.无正当理由大量反复申请"], 145, 720)
            numbers(["1", "2", "3", "6"], at: 720, in: &sketch)
            sketch.word("5.要求行政机关确认或重新", 145, 745)
            numbers(["4", "0", "5", "9"], at: 750, in: &sketch)
            sketch.page()
            sketch.word("出具已获取信息", 145, 75)
            sketch.label(["（六）其他处理"], 145, 100)
            numbers(["7", "0", "1", "8"], at: 100, in: &sketch)
            sketch.label(["（七）总计"], 145, 130)
            numbers(["12", "2", "9", "23"], at: 130, in: &sketch)
        }
        #expect(table.numbers(inRowOf: "5.要求行政机关确认或重新出具已获取信息") == ["4", "0", "5", "9"])
        #expect(table.numbers(inRowOf: "（六）其他处理") == ["7", "0", "1", "8"])
    }

    @Test func readsAStretchedLineAtTheFootOfAPage() throws {
        let table = try table { sketch in
            sketch.label(["1.本机关不掌握相关政府信息"], 145, 720)
            numbers(["1", "2", "3", "6"], at: 720, in: &sketch)
            stretched(["2", "、", "没", "有", "现"], 145, 270, 745, in: &sketch)
            numbers(["4", "0", "5", "9"], at: 750, in: &sketch)
            sketch.page()
            sketch.word("成信息需要另行制作", 145, 75)
            sketch.label(["3.补正后申请内容仍不明确"], 145, 100)
            numbers(["7", "0", "1", "8"], at: 100, in: &sketch)
        }
        #expect(table.numbers(inRowOf: "2、没有现成信息需要另行制作") == ["4", "0", "5", "9"])
        #expect(table.numbers(inRowOf: "3.补正后申请内容仍不明确") == ["7", "0", "1", "8"])
    }

    /// The 6 of 256, alone at the bottom of the page, is not the number of the page.
    @Test func keepsTheRestOfANumberAtTheFootOfAPage() throws {
        let table = try table { sketch in
            sketch.label(["1.本机关不掌握相关政府信息"], 145, 720)
            numbers(["1", "2", "3", "6"], at: 720, in: &sketch)
            sketch.label(["2.重复申请"], 145, 750)
            numbers(["113", "57", "86"], at: 750, in: &sketch)
            sketch.cell(["25"], 455, 750)
            sketch.cell(["6"], 453, 761)
        }
        let row = try #require(table.numbers(inRowOf: "2.重复申请"))
        #expect(row.dropLast() == ["113", "57", "86"])
        #expect(row.last != "25", "256 or in doubt: \(row)")
    }

    @Test func doubtsANumberThatTheEndOfAPageParts() throws {
        let table = try table { sketch in
            sketch.label(["1.本机关不掌握相关政府信息"], 145, 720)
            numbers(["1", "2", "3", "6"], at: 720, in: &sketch)
            sketch.label(["2.重复申请"], 145, 750)
            numbers(["229", "0", "5", "234"], at: 750, in: &sketch)
            sketch.page()
            numbers(["9"], at: 80, in: &sketch)
            sketch.label(["3.其他"], 145, 110)
            numbers(["7", "0", "1", "8"], at: 110, in: &sketch)
        }
        let row = try #require(table.numbers(inRowOf: "2.重复申请"))
        #expect(row.first?.contains("/") == true, "2299 or 229: \(row)")
        #expect(row.dropFirst() == ["0", "5", "234"])
    }

    @Test func joinsTheNumbersOfARowThatTheEndOfAPageParts() throws {
        let table = try table { sketch in
            sketch.label(["1.本机关不掌握相关政府信息"], 145, 720)
            numbers(["1", "2", "3", "6"], at: 720, in: &sketch)
            sketch.label(["2.重复申请"], 145, 750)
            numbers(["229", "0", "5", "234"], at: 750, in: &sketch)
            sketch.page()
            numbers(["9", "", "", "4"], at: 80, in: &sketch)
            sketch.label(["3.其他"], 145, 110)
            numbers(["7", "0", "1", "8"], at: 110, in: &sketch)
        }
        #expect(table.numbers(inRowOf: "2.重复申请") == ["2299", "0", "5", "2344"])
        #expect(table.numbers(inRowOf: "3.其他") == ["7", "0", "1", "8"])
    }

    @Test func takesNumbersAtEitherSideOfACellForOneColumn() throws {
        let table = try table { sketch in
            for row in 0..<6 {
                let y = 180 + Double(row) * 20
                sketch.label(["（\("一二三四五六".map(String.init)[row])）其他"], 145, y)
                numbers(["1", "2", "3"], at: y, in: &sketch)
                // At the left or at the right of the last cell.
                sketch.word("\(row)", row % 2 == 0 ? 445 : 458, y - 5)
            }
        }
        #expect(table.names(ofColumns: 1..<5) == ["自然人", "商业企业", "其他", "总计"])
        #expect(table.numbers(inRowOf: "（五）其他") == ["1", "2", "3", "4"])
        #expect(table.numbers(inRowOf: "（六）其他") == ["1", "2", "3", "5"])
    }

    @Test func joinsASignFromAnotherFont() throws {
        let table = try table { sketch in
            sketch.label(["1.本机关不掌握相关政府信息"], 145, 200)
            numbers(["1", "2", "3", "6"], at: 200, in: &sketch)
            sketch.label(["2.重复申请"], 145, 230)
            sketch.word("－", 295, 225)
            sketch.word("12", 305, 225)
            numbers(["", "0", "5", "7"], at: 230, in: &sketch)
        }
        #expect(table.numbers(inRowOf: "2.重复申请")?.first == "－12")
    }

    @Test func readsNamesThatTheEndOfAPageParts() throws {
        var sketch = PDFSketch()
        sketch.page()
        sketch.cell(["法人或其他组织"], 390, 730)
        for (column, name) in ["商业企", "科研机", "社会公"].enumerated() {
            sketch.cell([name], 340 + Double(column) * 50, 760)
        }
        sketch.cell(["其他"], 490, 760)
        sketch.page()
        for (column, name) in [["业"], ["构"], ["益", "组织"]].enumerated() {
            sketch.cell(name, 340 + Double(column) * 50, name.count == 1 ? 80 : 86.5)
        }
        for (row, label) in ["（一）予以公开", "（二）部分公开"].enumerated() {
            sketch.label([label], 75, 120 + Double(row) * 20)
            for column in 0..<4 { sketch.cell(["\(row)"], 340 + Double(column) * 50, 120 + Double(row) * 20) }
        }
        let table = try #require(try PDFExtractor().extract(words: sketch.bytes).tables.first)
        #expect(table.names(ofColumns: 1..<5) == ["商业企业", "科研机构", "社会公益组织", "其他"])
    }

    @Test func keepsATitleThatIsSignedAtTheTopOfAPage() throws {
        var sketch = PDFSketch()
        sketch.page()
        sketch.cell(["某某县农业农村局"], 297, 75)
        sketch.cell(["2023年政府信息公开工作年度报告"], 297, 95)
        sketch.word("我局主动公开政府信息三十五条。", 75, 120)
        sketch.page()
        sketch.word("某某县农业农村局", 440, 70)
        sketch.word("2024年1月9日", 450, 90)
        let document = try PDFExtractor().extract(words: sketch.bytes)
        #expect(document.paragraphs.first == "某某县农业农村局")
        #expect(document.paragraphs.suffix(2) == ["某某县农业农村局", "2024年1月9日"])
    }

    @Test func takesNamesOfOneAndOfTwoLinesForOneRow() throws {
        var sketch = PDFSketch()
        sketch.page()
        sketch.cell(["行政复议"], 120, 100)
        sketch.cell(["行政诉讼"], 330, 100)
        for group in 0..<3 {
            let x = 90 + Double(group) * 140
            // At the top of its cell, beside one of two lines.
            if group == 1 { sketch.cell(["未经复议", "直接起诉"], x + 35, 121.5) }
            if group == 2 { sketch.cell(["复议后起诉"], x + 35, 115) }
            for (column, name) in ["维持", "纠正", "总计"].enumerated() {
                sketch.cell([name], x + Double(column) * 35, group == 0 ? 118 : 150)
            }
        }
        for column in 0..<9 {
            sketch.cell(["\(column + 1)"], 90 + Double(column / 3) * 140 + Double(column % 3) * 35, 180)
        }
        let table = try #require(try PDFExtractor().extract(words: sketch.bytes).tables.first)
        let rows = ["未经复议直接起诉", "复议后起诉"].map { name in
            table.rows.firstIndex { $0.cells.contains { $0.joined == name } }
        }
        #expect(rows[0] != nil && rows[0] == rows[1])
        #expect(table.cell("复议后起诉")?.span?.columnRange == 6..<9)
    }

    @Test(arguments: ["一、总体情况", "1、总体情况"])
    func beginsAParagraphWithAHeadingUnderAFullLine(heading: String) throws {
        var sketch = PDFSketch()
        sketch.page()
        for row in 0..<4 {
            sketch.word("文中数据统计期限自一月一日起，电子版可在门户网站下载，欢迎查阅。", 75, 100 + Double(row) * 15, size: 13)
        }
        sketch.word(heading, 75, 160, size: 13)
        let document = try PDFExtractor().extract(words: sketch.bytes)
        #expect(document.paragraphs.last == heading)
    }

    @Test func leavesACaptionOutOfTheTable() throws {
        var sketch = PDFSketch()
        sketch.page()
        sketch.word("四、行政复议、行政诉讼情况", 75, 80)
        sketch.word("填报单位：某某市人民政府", 95, 100)
        for (column, name) in ["结果维持", "结果纠正", "尚未审结", "总计"].enumerated() {
            sketch.cell([name], 120 + Double(column) * 100, 125)
            sketch.cell(["\(column)"], 120 + Double(column) * 100, 145)
        }
        let document = try PDFExtractor().extract(words: sketch.bytes)
        #expect(document.paragraphs == ["四、行政复议、行政诉讼情况", "填报单位：某某市人民政府"])
        #expect(document.tables.first?.rows.count == 2)
    }

    // MARK: - Footnotes

    private func footnotes(mark: String, note: String) throws -> [String] {
        var sketch = PDFSketch()
        sketch.page()
        let text = "我局主动公开政府信息三十五条，答复依申请公开二十六件，推进公开"
        sketch.word(text, 75, 100, size: 13)
        sketch.word(mark, 75 + PDFSketch.width(text, 13), 98, size: 7)
        sketch.word("工作，全部按期办结。", 75, 115, size: 13)
        sketch.word("未发生行政复议。", 101, 130, size: 13)
        sketch.word(note, 75, 700, size: 13)
        return try PDFExtractor().extract(words: sketch.bytes).paragraphs
    }

    @Test func putsAFootnoteBehindItsParagraph() throws {
        #expect(
            try footnotes(mark: "1", note: "1收取信息处理费120元。") == [
                "我局主动公开政府信息三十五条，答复依申请公开二十六件，推进公开工作，全部按期办结。", "收取信息处理费120元。", "未发生行政复议。",
            ]
        )
    }

    @Test(arguments: ["收取信息处理费120元。", "1.收取信息处理费120元。", "12收取信息处理费120元。"])
    func keepsARaisedNumberWithoutAFootnote(note: String) throws {
        #expect(
            try footnotes(mark: "1", note: note) == [
                "我局主动公开政府信息三十五条，答复依申请公开二十六件，推进公开1工作，全部按期办结。", "未发生行政复议。", note,
            ]
        )
    }
}
