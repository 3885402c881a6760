import DocumentModel
import Extraction
import Testing

/// Runs, paragraphs and what stands beside them.
@Suite struct DocxTextTests {
    private func lines(_ body: String) throws -> [String] { try DocxFixture(body).lines() }

    private func run(_ content: String) throws -> [String] { try lines("<w:p><w:r>\(content)</w:r></w:p>") }

    // MARK: - Runs

    @Test func joinsRuns() throws {
        #expect(try lines("<w:p>\(DocxFixture.r("一、"))\(DocxFixture.r("总体情况"))</w:p>") == ["一、总体情况"])
    }

    @Test(arguments: [
        ("<w:t>收到</w:t><w:tab/><w:t>5</w:t>", ["收到\t5"]),
        ("<w:t>甲</w:t><w:br/><w:t>乙</w:t>", ["甲", "乙"]),
        ("<w:t>甲</w:t><w:br w:type=\"textWrapping\" w:clear=\"all\"/><w:t>乙</w:t>", ["甲", "乙"]),
        ("<w:t>甲</w:t><w:br w:type=\"page\"/><w:t>乙</w:t>", ["甲乙"]),
        ("<w:t>甲</w:t><w:br w:type=\"column\"/><w:t>乙</w:t>", ["甲乙"]),
        ("<w:t>甲</w:t><w:cr/><w:t>乙</w:t>", ["甲", "乙"]),
        ("<w:t>2</w:t><w:noBreakHyphen/><w:t>3</w:t>", ["2-3"]),
        ("<w:t>公</w:t><w:softHyphen/><w:t>开</w:t>", ["公开"]),
        ("<w:t>\u{A0}0\u{A0}</w:t>", ["\u{A0}0\u{A0}"]),
        ("<w:t>  甲 </w:t><w:t xml:space=\"preserve\"> 乙 </w:t>", ["甲 乙 "]),
        ("<w:t>甲\n乙</w:t>", ["甲 乙"]),
        ("<w:t>&lt;&amp;&#x4E00;&gt;</w:t>", ["<&一>"]),
        ("<w:t><![CDATA[<甲>]]></w:t>", ["<甲>"]),
        ("<w:lastRenderedPageBreak/><w:t>甲</w:t>", ["甲"]),
        ("<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>是</w:t>", ["☑是"]),
        ("<w:sym w:font=\"Wingdings\" w:char=\"F04A\"/><w:t>是</w:t>", ["是"]),
        ("<w:sym w:font=\"Symbol\" w:char=\"F035\"/>", ["5"]),
        ("<w:sym w:font=\"宋体\" w:char=\"2014\"/>", ["—"]),
        (
            "<w:ruby><w:rubyPr/><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby>",
            ["汉"]
        ),
    ])
    func readsContentOfRuns(content: String, expected: [String]) throws {
        #expect(try run(content) == expected)
    }

    @Test func takesTabStopsForNoTabs() throws {
        let tabs = "<w:tabs><w:tab w:val=\"left\" w:pos=\"420\"/></w:tabs>"
        #expect(try lines(DocxFixture.p("甲", tabs)) == ["甲"])
    }

    @Test func readsFormulas() throws {
        #expect(try lines("<w:p><m:oMath><m:r><m:t>1+1=2</m:t></m:r></m:oMath></w:p>") == ["1+1=2"])
    }

    // MARK: - Wrappers

    @Test(arguments: [
        "<w:hyperlink r:id=\"rId9\">◇</w:hyperlink>", "<w:smartTag w:element=\"date\">◇</w:smartTag>",
        "<w:customXml w:element=\"a\"><w:customXmlPr/>◇</w:customXml>", "<w:ins w:id=\"1\" w:author=\"甲\">◇</w:ins>",
        "<w:moveTo w:id=\"1\">◇</w:moveTo>", "<w:fldSimple w:instr=\" PAGE \">◇</w:fldSimple>",
        "<w:sdt><w:sdtPr><w:alias w:val=\"年\"/></w:sdtPr><w:sdtContent>◇</w:sdtContent></w:sdt>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>◇</w:sdtContent></w:sdt>",
        "<w:dir w:val=\"ltr\">◇</w:dir>",
    ])
    func readsThroughWrappersOfRuns(wrapper: String) throws {
        let content = wrapper.replacing("◇", with: DocxFixture.r("二〇二一"))
        #expect(try lines("<w:p>\(content)\(DocxFixture.r("年"))</w:p>") == ["二〇二一年"])
    }

    @Test func readsThroughContentControlsRoundBlocks() throws {
        let control =
            "<w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent>\(DocxFixture.p("甲"))</w:sdtContent></w:sdt>"
        #expect(try lines(control + DocxFixture.p("乙")) == ["甲", "乙"])
    }

    // MARK: - Fields

    private func field(_ type: String) -> String { "<w:r><w:fldChar w:fldCharType=\"\(type)\"/></w:r>" }

    @Test func keepsResultsOfFieldsAndDropsInstructions() throws {
        let instruction = "<w:r><w:instrText xml:space=\"preserve\"> REF 数 \\h </w:instrText></w:r>"
        let body =
            "<w:p>\(DocxFixture.r("共"))\(field("begin"))\(instruction)\(field("separate"))\(DocxFixture.r("8"))"
            + "\(field("end"))\(DocxFixture.r("件"))</w:p>"
        #expect(try lines(body) == ["共8件"])
    }

    @Test func dropsFieldsInsideInstructions() throws {
        let inner = field("begin") + field("separate") + DocxFixture.r("3") + field("end")
        let body =
            "<w:p>\(field("begin"))<w:r><w:instrText>= </w:instrText></w:r>\(inner)\(field("separate"))"
            + "\(DocxFixture.r("6"))\(field("end"))</w:p>"
        #expect(try lines(body) == ["6"])
    }

    @Test func losesNothingBehindAFieldThatDoesNotEnd() throws {
        #expect(try lines("<w:p>\(field("begin"))</w:p>" + DocxFixture.p("一、总体情况")) == ["一、总体情况"])
    }

    @Test func readsFieldsThatSpanParagraphs() throws {
        let body =
            "<w:p>\(field("begin"))<w:r><w:instrText>TOC</w:instrText></w:r>\(field("separate"))\(DocxFixture.r("目录一"))</w:p>"
            + "<w:p>\(DocxFixture.r("目录二"))\(field("end"))</w:p>\(DocxFixture.p("正文"))"
        #expect(try lines(body) == ["目录一", "目录二", "正文"])
    }

    // MARK: - Tracked changes

    @Test func dropsDeletedText() throws {
        let body =
            "<w:p>\(DocxFixture.r("收到"))<w:del w:id=\"1\"><w:r><w:delText>5</w:delText></w:r></w:del>"
            + "<w:ins w:id=\"2\">\(DocxFixture.r("8"))</w:ins>"
            + "<w:moveFrom w:id=\"3\">\(DocxFixture.r("旧"))</w:moveFrom>\(DocxFixture.r("件"))</w:p>"
        #expect(try lines(body) == ["收到8件"])
    }

    @Test func joinsParagraphsWhoseEndWasDeleted() throws {
        let removed = "<w:rPr><w:del w:id=\"1\"/></w:rPr>"
        #expect(try lines(DocxFixture.p("一、总体", removed) + DocxFixture.p("情况")) == ["一、总体情况"])
        #expect(try lines(DocxFixture.p("甲") + DocxFixture.p("乙", removed)) == ["甲", "乙"])
        let table = DocxFixture.tbl(DocxFixture.tr(DocxFixture.tc("1"), DocxFixture.tc("2")))
        #expect(try lines(DocxFixture.p("甲", removed) + table) == ["甲", "[0:1 | 1:2]"])
    }

    @Test func ignoresFormerProperties() throws {
        let change = "<w:pPrChange w:id=\"1\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange>"
        var fixture = DocxFixture(
            DocxFixture.p("甲", change)
                + "<w:p>\(DocxFixture.r("乙", "<w:rPrChange w:id=\"2\"><w:rPr><w:vanish/></w:rPr></w:rPrChange>"))</w:p>"
        )
        fixture.numbering = DocxNumberingTests.list("decimal", "%1.")
        #expect(try fixture.lines() == ["甲", "乙"])
    }

    // MARK: - Hidden text

    @Test func dropsHiddenText() throws {
        let body =
            "<w:p>\(DocxFixture.r("见", "<w:b/>"))\(DocxFixture.r("暗", "<w:vanish/>"))"
            + "\(DocxFixture.r("明", "<w:vanish w:val=\"0\"/>"))</w:p>"
        #expect(try lines(body) == ["见明"])
    }

    @Test func dropsTextHiddenByStyles() throws {
        var fixture = DocxFixture(
            DocxFixture.p("暗段", "<w:pStyle w:val=\"H\"/>")
                + "<w:p><w:pPr><w:pStyle w:val=\"H\"/></w:pPr>\(DocxFixture.r("明", "<w:vanish w:val=\"false\"/>"))</w:p>"
                + "<w:p>\(DocxFixture.r("暗", "<w:rStyle w:val=\"C\"/>"))\(DocxFixture.r("字"))</w:p>"
        )
        fixture.styles = """
            <w:style w:type="paragraph" w:default="1" w:styleId="a"/>
            <w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="H"><w:basedOn w:val="P"/></w:style>
            <w:style w:type="character" w:styleId="C"><w:rPr><w:vanish/></w:rPr></w:style>
            """
        #expect(try fixture.lines() == ["明", "字"])
    }

    // MARK: - Text boxes

    private func box(_ content: String) -> String {
        "<wps:wsp><wps:txbx><w:txbxContent>\(content)</w:txbxContent></wps:txbx></wps:wsp>"
    }

    private func oldBox(_ content: String) -> String {
        "<w:pict><v:shape><v:textbox><w:txbxContent>\(content)</w:txbxContent></v:textbox></v:shape></w:pict>"
    }

    private func alternatives(_ choice: String, _ fallback: String) -> String {
        "<mc:AlternateContent><mc:Choice Requires=\"wps\">\(choice)</mc:Choice><mc:Fallback>\(fallback)</mc:Fallback>"
            + "</mc:AlternateContent>"
    }

    @Test func readsTextBoxesOnceAfterTheirParagraph() throws {
        let title = DocxFixture.p("青禾县2021年") + DocxFixture.p("政府信息公开工作年度报告")
        let body = "<w:p><w:r>\(alternatives(box(title), oldBox(title)))</w:r>\(DocxFixture.r("前言"))</w:p>"
        #expect(try lines(body) == ["前言", "青禾县2021年", "政府信息公开工作年度报告"])
    }

    @Test func takesTheAlternativeThatHasText() throws {
        let fallback = oldBox(DocxFixture.p("标题"))
        #expect(try lines("<w:p><w:r>\(alternatives("<a:blip/>", fallback))</w:r></w:p>") == ["标题"])
        #expect(try lines("<w:p><w:r>\(oldBox(DocxFixture.p("标题")))</w:r></w:p>") == ["标题"])
    }

    @Test func readsTablesInTextBoxesInCells() throws {
        let inner = box(DocxFixture.tbl(DocxFixture.tr(DocxFixture.tc("1"), DocxFixture.tc("2"))))
        let cell = "<w:tc><w:p><w:r>\(inner)</w:r>\(DocxFixture.r("甲"))</w:p></w:tc>"
        #expect(try lines(DocxFixture.tbl(DocxFixture.tr(cell, DocxFixture.tc("乙")))) == ["[0:甲⏎1⏎2 | 1:乙]"])
    }

    @Test func readsWordArt() throws {
        let art = "<w:r><w:pict><v:shape><v:textpath string=\"青禾县水利局\"/></v:shape></w:pict></w:r>"
        #expect(try lines("<w:p>\(art)</w:p>") == ["青禾县水利局"])
    }

    // MARK: - Notes, headers, comments

    @Test func putsNotesAfterTheBlockThatRefersToThem() throws {
        var fixture = DocxFixture(
            "<w:p>\(DocxFixture.r("甲"))<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>"
                + DocxFixture.tbl(
                    DocxFixture.tr(
                        "<w:tc><w:p><w:r><w:endnoteReference w:id=\"2\"/></w:r></w:p></w:tc>",
                        DocxFixture.tc("1")
                    )
                ) + DocxFixture.p("乙")
        )
        fixture.footnotes =
            "<w:footnote w:type=\"separator\" w:id=\"0\">\(DocxFixture.p("线"))</w:footnote>"
            + "<w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r>\(DocxFixture.r("脚注"))</w:p></w:footnote>"
        fixture.endnotes = "<w:endnote w:id=\"2\">\(DocxFixture.p("尾注"))</w:endnote>"
        #expect(try fixture.lines() == ["甲", "脚注", "[0: | 1:1]", "尾注", "乙"])
    }

    @Test func keepsHeadersApart() throws {
        var fixture = DocxFixture(
            DocxFixture.p("正文")
                + "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdHeader\"/></w:sectPr>"
        )
        fixture.header = DocxFixture.p("页眉")
        let document = try fixture.extracted()
        #expect(document.blocks.flatMap(DocxFixture.lines) == ["正文"])
        #expect(document.margins.map(\.text) == ["页眉"])
        #expect(document.format == .docx)
    }

    @Test func numbersParagraphsWithTheEmptyOnes() throws {
        let document = try DocxFixture(DocxFixture.p("甲") + "<w:p/>" + DocxFixture.p("乙")).extracted()
        let places = document.blocks.map { block -> SourceSpan.Place in
            guard case .paragraph(let paragraph) = block else { return .unknown }
            return paragraph.source.place
        }
        #expect(places == [.paragraph(1), .paragraph(3)])
    }
}
