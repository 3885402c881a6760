import DocumentModel
import Extraction
import Testing

/// What the places of words say about paragraphs, tables and cells.
@Suite struct PDFExtractorTests {
    // MARK: - Text

    @Test func joinsWrappedLinesAndKeepsParagraphsApart() throws {
        var sketch = PDFSketch()
        sketch.page()
        sketch.word("某某局2023年政府信息公开工作年度报告", 150, 80, size: 18)
        for (index, line) in [
            "本报告由某某局编制，统计期限自2023年1月1日起至十二月三十", "一日止。如对本报告有疑问，请与某某局办公室联系，地址某某路，",
            "电话12345678。",
        ].enumerated() {
            sketch.word(line, index == 0 ? 107 : 75, 120 + Double(index) * 27, size: 16)
        }
        sketch.word("一、总体情况", 107, 201, size: 16)
        sketch.word("我局主动公开政府信息三十五条，答复依申请公开二十六件。", 107, 228, size: 16)
        sketch.word("某某局", 440, 300, size: 16)
        let document = try PDFExtractor().extract(words: sketch.bytes)
        #expect(
            document.paragraphs == [
                "某某局2023年政府信息公开工作年度报告",
                "本报告由某某局编制，统计期限自2023年1月1日起至十二月三十一日止。如对本报告有疑问，请与某某局办公室联系，地址某某路，电话12345678。",
                "一、总体情况", "我局主动公开政府信息三十五条，答复依申请公开二十六件。", "某某局",
            ]
        )
        #expect(document.format == .pdf)
    }

    @Test func takesPageNumbersAndRunningHeadersForMargins() throws {
        var sketch = PDFSketch()
        for number in 1...3 {
            sketch.page()
            sketch.word("某某局年度报告", 250, 40)
            sketch.word("第\(number)段正文，主动公开政府信息若干条，答复申请若干件，全部按期。", 95, 200)
            sketch.word("未发生行政复议。", 75, 215)
            sketch.word("- \(number) -", 290, 800)
        }
        let document = try PDFExtractor().extract(words: sketch.bytes)
        #expect(document.paragraphs.count == 3)
        #expect(document.margins.map(\.text) == ["某某局年度报告", "- 1 -", "某某局年度报告", "- 2 -", "某某局年度报告", "- 3 -"])
    }

    @Test func keepsARowOfNumbersAtTheFootOfAPage() throws {
        var sketch = PDFSketch()
        sketch.page()
        sketch.cell(["信息内容"], 100, 700)
        sketch.cell(["本年制发件数"], 250, 700)
        sketch.cell(["本年废止件数"], 400, 700)
        for (row, label) in ["规章", "行政规范性文件"].enumerated() {
            sketch.label([label], 75, 740 + 40 * Double(row))
            sketch.cell(["0"], 250, 740 + 40 * Double(row))
            sketch.cell(["\(row + 1)"], 400, 740 + 40 * Double(row))
        }
        let table = try #require(try PDFExtractor().extract(words: sketch.bytes).tables.first)
        #expect(table.numbers(inRowOf: "行政规范性文件") == ["0", "2"])
    }

    @Test func decodesEntitiesLigaturesAndRadicals() throws {
        var sketch = PDFSketch()
        sketch.page()
        sketch.word("A&amp;B &lt;oﬃce&gt; ⼀、⻔户⽹站\u{200B}\u{07}", 75, 100)
        let document = try PDFExtractor().extract(words: sketch.bytes)
        #expect(document.paragraphs == ["A&B <office> 一、门户网站"])
    }

    // MARK: - Tables

    /// Header names in several lines, one name over several columns, blank cells, a label round its numbers.
    private func applications(rows: [([String], [String])], from y: Double = 300) -> PDFSketch {
        var sketch = PDFSketch()
        sketch.page()
        sketch.label(["（本列数据的勾稽关系为：第一项加第二", "项之和，等于第三项加第四项之和）"], 75, 240)
        sketch.cell(["法人或其他组织"], 410, 215)
        sketch.cell(["自然人"], 305, 240)
        sketch.cell(["商业", "企业"], 340, 255)
        sketch.cell(["科研", "机构"], 375, 255)
        sketch.cell(["社会", "公益", "组织"], 410, 255)
        sketch.cell(["法律", "服务", "机构"], 445, 255)
        sketch.cell(["其他"], 480, 255)
        sketch.cell(["总计"], 515, 240)
        for (index, (label, numbers)) in rows.enumerated() {
            let y = y + Double(index) * 40
            sketch.label(label, 75, y)
            for (column, number) in numbers.enumerated() where !number.isEmpty {
                sketch.cell(number.split(separator: "|").map(String.init), 305 + Double(column) * 35, y)
            }
        }
        return sketch
    }

    @Test func readsNamesOverSeveralLinesAndColumns() throws {
        let sketch = applications(rows: [
            (["一、本年新收政府信息公开申请数量"], ["8", "0", "0", "0", "0", "0", "8"]),
            (["（二）部分公开（区分处理的，只计这一", "情形，不计其他情形）"], ["12", "", "0", "316441", "0", "0", "12"]),
        ])
        let document = try PDFExtractor().extract(words: sketch.bytes)
        let table = try #require(document.tables.first)
        #expect(
            table.names(ofColumns: 1..<8) == ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
        )
        #expect(table.cell("法人或其他组织")?.span?.columnRange == 2..<7)
        #expect(
            table.numbers(inRowOf: "（二）部分公开（区分处理的，只计这一情形，不计其他情形）") == ["12", "", "0", "316441", "0", "0", "12"],
            "a blank cell stays in its column"
        )
        #expect(table.isGrid)
    }

    @Test func joinsTheLinesOfOneNumber() throws {
        let sketch = applications(rows: [
            (["一、本年新收政府信息公开申请数量"], ["8", "0", "3164|41", "0", "0", "0", "8"]),
            (["二、上年结转政府信息公开申请数量"], ["0", "0", "0", "0", "0", "0", "0"]),
        ])
        let table = try #require(try PDFExtractor().extract(words: sketch.bytes).tables.first)
        #expect(table.numbers(inRowOf: "一、本年新收政府信息公开申请数量") == ["8", "0", "316441", "0", "0", "0", "8"])
    }

    @Test func showsBothNumbersWhereACellHasTwo() throws {
        var sketch = applications(rows: [
            (["一、本年新收政府信息公开申请数量"], ["8", "0", "0", "0", "0", "0", "8"]),
            (["二、上年结转政府信息公开申请数量"], ["0", "0", "0", "0", "0", "0", "0"]),
        ])
        // Two numbers glued into one word: over two columns.
        sketch.label(["四、结转下年度继续办理"], 75, 380)
        sketch.word("12", 303, 375)
        sketch.word("00000000", 338, 375)
        sketch.word("7", 513, 375)
        let table = try #require(try PDFExtractor().extract(words: sketch.bytes).tables.first)
        let numbers = try #require(table.numbers(inRowOf: "四、结转下年度继续办理"))
        #expect(numbers.count == 7)
        #expect(numbers.first == "12")
        #expect(numbers.last == "7")
        #expect(numbers[1].contains("/") && numbers[2].contains("/"), "neither cell is sure: \(numbers)")
    }

    @Test func goesOnOverPagesWithoutTheRepeatedHeader() throws {
        var sketch = applications(rows: [
            (["1.属于国家秘密"], ["1", "0", "0", "0", "0", "0", "1"]),
            (["2.其他法律行政法规禁止公开"], ["2", "0", "0", "0", "0", "0", "2"]),
        ])
        sketch.word("- 1 -", 290, 800)
        sketch.page()
        sketch.label(["（本列数据的勾稽关系为：第一项加第二", "项之和，等于第三项加第四项之和）"], 75, 140)
        sketch.cell(["法人或其他组织"], 410, 115)
        sketch.cell(["自然人"], 305, 140)
        sketch.cell(["商业", "企业"], 340, 155)
        sketch.cell(["科研", "机构"], 375, 155)
        sketch.cell(["社会", "公益", "组织"], 410, 155)
        sketch.cell(["法律", "服务", "机构"], 445, 155)
        sketch.cell(["其他"], 480, 155)
        sketch.cell(["总计"], 515, 140)
        sketch.label(["3.危及“三安全一稳定”"], 75, 200)
        for (column, number) in ["3", "0", "0", "0", "0", "0", "3"].enumerated() {
            sketch.cell([number], 305 + Double(column) * 35, 200)
        }
        let document = try PDFExtractor().extract(words: sketch.bytes)
        #expect(document.tables.count == 1)
        let table = try #require(document.tables.first)
        #expect(table.rows.count == 5, "two rows of header, three of numbers")
        #expect(table.cell("3.危及“三安全一稳定”")?.source.page == 2)
        #expect(table.numbers(inRowOf: "3.危及“三安全一稳定”") == ["3", "0", "0", "0", "0", "0", "3"])
    }

    @Test func readsTablesWithoutAnyNumber() throws {
        var sketch = PDFSketch()
        sketch.page()
        sketch.word("二、主动公开政府信息情况", 107, 80, size: 16)
        for (block, labels) in [["行政许可"], ["行政处罚", "行政强制"]].enumerated() {
            let y = 150 + Double(block) * 150
            sketch.cell(["第二十条第（\(["五", "六"][block])）项"], 297, y)
            sketch.cell(["信息内容"], 150, y + 30)
            sketch.cell(["本年处理决定数量"], 400, y + 30)
            for (row, label) in labels.enumerated() { sketch.label([label], 80, y + 60 + Double(row) * 30) }
        }
        sketch.word("三、收到和处理政府信息公开申请情况", 107, 500, size: 16)
        let tables = try PDFExtractor().extract(words: sketch.bytes).tables
        #expect(tables.count == 2)
        #expect(tables.first?.numbers(inRowOf: "行政许可") == [""])
        #expect(tables.last?.numbers(inRowOf: "行政强制") == [""])
    }

    @Test func readsALabelWrittenDownwardsAsOneCellOverItsRows() throws {
        var sketch = PDFSketch()
        sketch.page()
        for (index, character) in "三本年度办理结果".enumerated() {
            sketch.word(String(character), 60, 200 + Double(index) * 12)
        }
        for (row, label) in ["（一）予以公开", "（二）部分公开", "（七）总计"].enumerated() {
            sketch.label([label], 90, 215 + Double(row) * 35)
            for column in 0..<4 { sketch.cell(["\(row + column)"], 300 + Double(column) * 50, 215 + Double(row) * 35) }
        }
        let table = try #require(try PDFExtractor().extract(words: sketch.bytes).tables.first)
        #expect(table.cell("三本年度办理结果")?.span == GridSpan(column: 0, rows: 3))
        #expect(table.numbers(inRowOf: "（七）总计") == ["2", "3", "4", "5"])
    }

    // MARK: - Files without text

    @Test(arguments: [[], ["- 1 -"]]) func saysThatAScanHasNoText(_ words: [String]) throws {
        var sketch = PDFSketch()
        sketch.page()
        for word in words { sketch.word(word, 290, 800) }
        let error = #expect(throws: Unreadable.self) { try PDFExtractor().extract(words: sketch.bytes) }
        #expect(error?.code == .noText)
    }

    @Test func saysThatGlyphsWithoutMeaningAreNoText() throws {
        var sketch = PDFSketch()
        sketch.page()
        for line in 0..<20 {
            sketch.word("\u{E123}\u{E124}\u{1}\u{FFFD}2023\u{E125}\u{E126}", 75, 100 + Double(line) * 20)
        }
        let error = #expect(throws: Unreadable.self) { try PDFExtractor().extract(words: sketch.bytes) }
        #expect(error?.code == .noText)
        #expect(error?.english.contains("fonts") == true)
    }

    @Test func namesItsLimits() throws {
        var sketch = PDFSketch()
        for _ in 0...500 { sketch.page() }
        let error = #expect(throws: Unreadable.self) { try PDFExtractor().extract(words: sketch.bytes) }
        #expect(error?.code == .tooLarge)
    }

    @Test func recognisesPDFWithinTheFirstKilobyte() {
        #expect(PDFRecognition.isPDF(Array("%PDF-1.7\n".utf8)))
        #expect(PDFRecognition.isPDF(Array(repeating: 0x20, count: 1000) + Array("%PDF-1.7\n".utf8)))
        #expect(!PDFRecognition.isPDF(Array(repeating: 0x20, count: 2000) + Array("%PDF-1.7\n".utf8)))
        #expect(!PDFRecognition.isPDF(Array("%PD".utf8)))
    }
}
