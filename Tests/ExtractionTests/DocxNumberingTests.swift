import Extraction
import Testing

/// Automatic numbers.
@Suite struct DocxNumberingTests {
    /// A list (number 1) with the given levels: format, label, further properties.
    static func list(_ levels: (String, String, String)...) -> String {
        let xml = levels.enumerated().map { level, parts in
            "<w:lvl w:ilvl=\"\(level)\"><w:start w:val=\"1\"/><w:numFmt w:val=\"\(parts.0)\"/>\(parts.2)"
                + "<w:lvlText w:val=\"\(parts.1)\"/></w:lvl>"
        }
        return "<w:abstractNum w:abstractNumId=\"7\">\(xml.joined())</w:abstractNum>"
            + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>"
    }

    static func list(_ format: String, _ label: String) -> String { list((format, label, "")) }

    /// A paragraph on a level of a list.
    static func item(_ text: String, list: Int = 1, level: Int = 0) -> String {
        DocxFixture.p(text, numPr(list, level))
    }

    static func numPr(_ list: Int, _ level: Int? = nil) -> String {
        "<w:numPr>\(level.map { "<w:ilvl w:val=\"\($0)\"/>" } ?? "")<w:numId w:val=\"\(list)\"/></w:numPr>"
    }

    private func lines(_ body: String, _ numbering: String, styles: String? = nil) throws -> [String] {
        var fixture = DocxFixture(body)
        fixture.numbering = numbering
        fixture.styles = styles
        return try fixture.lines()
    }

    // MARK: - Labels

    @Test func putsTheNumberOfAHeadingBeforeIt() throws {
        let body = Self.item("总体情况") + Self.item("主动公开", level: 1) + Self.item("依申请公开", level: 1) + Self.item("问题")
        let numbering = Self.list(("chineseCountingThousand", "%1、", ""), ("chineseCounting", "（%2）", ""))
        #expect(try lines(body, numbering) == ["一、总体情况", "（一）主动公开", "（二）依申请公开", "二、问题"])
    }

    @Test(arguments: [
        ("", "1. 甲"), ("<w:suff w:val=\"tab\"/>", "1. 甲"), ("<w:suff w:val=\"space\"/>", "1. 甲"),
        ("<w:suff w:val=\"nothing\"/>", "1.甲"), ("<w:rPr><w:vanish/></w:rPr>", "甲"),
    ])
    func separatesTheNumberAsTheListSays(suffix: String, expected: String) throws {
        #expect(try lines(Self.item("甲"), Self.list(("decimal", "%1.", suffix))) == [expected])
    }

    @Test(arguments: [
        ("decimal", 12, "12"), ("decimalZero", 7, "07"), ("decimalZero", 12, "12"), ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircleChinese", 10, "⑩"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 2, "⑵"), ("decimalEnclosedFullstop", 2, "⒉"), ("numberInDash", 2, "- 2 -"),
        ("chineseCounting", 10, "十"), ("chineseCounting", 11, "十一"), ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 25, "二十五"), ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"), ("taiwaneseCountingThousand", 1005, "一千零五"),
        ("chineseLegalSimplified", 11, "壹拾壹"), ("ideographLegalTraditional", 2, "貳"), ("ideographDigital", 10, "一〇"),
        ("taiwaneseDigital", 10, "一○"), ("japaneseCounting", 111, "百十一"), ("ideographTraditional", 2, "乙"),
        ("ideographZodiac", 12, "亥"), ("lowerLetter", 27, "aa"), ("upperLetter", 3, "C"), ("lowerRoman", 4, "iv"),
        ("upperRoman", 1999, "MCMXCIX"), ("ordinal", 11, "11th"), ("ordinal", 22, "22nd"), ("none", 1, ""),
        ("aFormatOfTheFuture", 5, "5"), ("ideographEnclosedCircle", 2, "㊁"), ("koreanDigital", 2, "이"),
    ])
    func writesNumbers(format: String, number: Int, expected: String) throws {
        let numbering = Self.list((format, "%1)", "<w:suff w:val=\"nothing\"/>"))
            .replacing("<w:start w:val=\"1\"/>", with: "<w:start w:val=\"\(number)\"/>")
        #expect(try lines(Self.item("甲"), numbering) == [expected + ")甲"])
    }

    @Test func showsNothingForBullets() throws {
        #expect(try lines(Self.item("甲"), Self.list("bullet", "\u{F0B7}")) == ["甲"])
    }

    @Test func keepsWordsInLabels() throws {
        #expect(
            try lines(Self.item("总则") + Self.item("附则"), Self.list("chineseCounting", "第%1章")) == ["第一章 总则", "第二章 附则"]
        )
        #expect(try lines(Self.item("甲"), Self.list("decimal", "100%")) == ["100% 甲"])
    }

    @Test func writesArabicNumbersInLegalLabels() throws {
        let numbering = Self.list(("chineseCounting", "%1、", ""), ("decimal", "%1.%2", "<w:isLgl/>"))
        #expect(try lines(Self.item("甲") + Self.item("乙", level: 1), numbering) == ["一、甲", "1.1 乙"])
    }

    @Test func numbersParagraphsInCells() throws {
        let numbering = Self.list(("decimal", "%1.", "<w:suff w:val=\"nothing\"/>"))
        let row = "<w:tr><w:tc>\(Self.item("属于国家秘密"))</w:tc>\(DocxFixture.tc("0"))</w:tr>"
        #expect(try lines("<w:tbl>\(row)\(row)</w:tbl>", numbering) == ["[0:1.属于国家秘密 | 1:0]", "[0:2.属于国家秘密 | 1:0]"])
    }

    // MARK: - Counting

    @Test func startsDeeperLevelsAgain() throws {
        let numbering = Self.list(("decimal", "%1.", ""), ("decimal", "%1.%2", ""), ("decimal", "%1.%2.%3", ""))
        let levels = [0, 1, 2, 2, 1, 2, 0, 1]
        let body = levels.map { Self.item("x", level: $0) }.joined()
        let expected = ["1.", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2.", "2.1"].map { $0 + " x" }
        #expect(try lines(body, numbering) == expected)
    }

    @Test(arguments: [(0, ["1", "1)", "2", "2)"]), (1, ["1", "1)", "2", "1)"])])
    func restartsLevelsAsTheListSays(restart: Int, expected: [String]) throws {
        let numbering = Self.list(("decimal", "%1", ""), ("decimal", "%2)", "<w:lvlRestart w:val=\"\(restart)\"/>"))
        let body = [0, 1, 0, 1].map { Self.item("x", level: $0) }.joined()
        #expect(try lines(body, numbering) == expected.map { $0 + " x" })
    }

    @Test func countsLevelsThatWereLeftOut() throws {
        let numbering = Self.list(("decimal", "%1.", ""), ("decimal", "%1.%2", ""), ("decimal", "%1.%2.%3", ""))
        let body = [2, 1, 0].map { Self.item("x", level: $0) }.joined()
        #expect(try lines(body, numbering) == ["1.1.1 x", "1.2 x", "2. x"])
    }

    @Test func countsListsOfOneDefinitionTogether() throws {
        let numbering = Self.list("decimal", "%1.") + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/></w:num>"
        let body = Self.item("甲") + Self.item("乙", list: 2) + Self.item("丙")
        #expect(try lines(body, numbering) == ["1. 甲", "2. 乙", "3. 丙"])
    }

    @Test func startsListsWhereTheySay() throws {
        let numbering =
            Self.list("decimal", "%1.") + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/>"
            + "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>"
        let body = Self.item("甲") + Self.item("乙", list: 2) + Self.item("丙", list: 2)
        #expect(try lines(body, numbering) == ["1. 甲", "5. 乙", "6. 丙"])
    }

    @Test func replacesLevelsThatAListDefinesItself() throws {
        let numbering =
            Self.list("decimal", "%1.")
            + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\">"
            + "<w:lvl w:ilvl=\"0\"><w:start w:val=\"3\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/>"
            + "</w:lvl></w:lvlOverride></w:num>"
        #expect(try lines(Self.item("甲", list: 2), numbering) == ["三、甲"])
    }

    @Test func doesNotCountParagraphsWhoseEndIsDeleted() throws {
        let deleted = Self.numPr(1, 0) + "<w:rPr><w:del w:id=\"1\"/></w:rPr>"
        let body = "<w:p><w:pPr>\(deleted)</w:pPr></w:p>" + Self.item("甲")
        #expect(try lines(body, Self.list("decimal", "%1.")) == ["1. 甲"])
    }

    // MARK: - Styles

    private static let styles = """
        <w:style w:type="paragraph" w:default="1" w:styleId="a"/>
        <w:style w:type="paragraph" w:styleId="H1"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
        """

    @Test func takesListsFromStyles() throws {
        let body =
            DocxFixture.p("总体情况", "<w:pStyle w:val=\"H1\"/>") + DocxFixture.p("主动公开", "<w:pStyle w:val=\"H2\"/>")
            + DocxFixture.p("无号", "<w:pStyle w:val=\"H3\"/>")
            + DocxFixture.p("取消", "<w:pStyle w:val=\"H1\"/>" + Self.numPr(0)) + DocxFixture.p("正文")
        let numbering = Self.list(("chineseCounting", "%1、", ""), ("chineseCounting", "（%2）", ""))
        #expect(
            try lines(body, numbering, styles: Self.styles) == ["一、总体情况", "（一）主动公开", "无号", "取消", "正文"]
        )
    }

    @Test func takesTheLevelThatIsTiedToTheStyle() throws {
        let styles = """
            <w:style w:type="paragraph" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
            """
        let numbering = Self.list(("decimal", "%1.", ""), ("chineseCounting", "（%2）", "<w:pStyle w:val=\"S\"/>"))
        #expect(try lines(DocxFixture.p("甲", "<w:pStyle w:val=\"S\"/>"), numbering, styles: styles) == ["（一）甲"])
    }

    @Test func takesTheListOfTheDefaultStyle() throws {
        let styles = """
            <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
            """
        #expect(
            try lines(
                DocxFixture.p("甲") + DocxFixture.p("乙", Self.numPr(0)),
                Self.list("decimal", "%1."),
                styles: styles
            ) == ["1. 甲", "乙"]
        )
    }

    @Test func followsListsThatReferToAStyle() throws {
        let styles = """
            <w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
            """
        let numbering =
            Self.list("chineseCounting", "%1、") + "<w:abstractNum w:abstractNumId=\"8\"><w:numStyleLink w:val=\"L\"/>"
            + "</w:abstractNum><w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num>"
        #expect(try lines(Self.item("甲", list: 2), numbering, styles: styles) == ["一、甲"])
    }

    @Test func survivesStylesThatBuildOnEachOther() throws {
        let styles = """
            <w:style w:type="paragraph" w:styleId="X"><w:basedOn w:val="Y"/></w:style>
            <w:style w:type="paragraph" w:styleId="Y"><w:basedOn w:val="X"/></w:style>
            """
        #expect(
            try lines(DocxFixture.p("甲", "<w:pStyle w:val=\"X\"/>"), Self.list("decimal", "%1."), styles: styles) == [
                "甲"
            ]
        )
    }
}
