import DocumentModel
import Testing

@testable import Extraction

/// What of a page is text, and how it is put together.
struct HTMLTextTests {
    @Test(
        "Blanks collapse, blocks break, hidden and deleted text is no text",
        arguments: [
            ("<p>第一&nbsp;段  文字\n  换行</p>", ["第一\u{A0}段 文字换行"]),
            ("<p>at the\nend 2021\n年</p>", ["at the end 2021 年"]),
            ("<p>甲<br>乙<br/> 丙</p>", ["甲", "乙", "丙"]),
            ("<p>一<p>二<div>三</div>四", ["一", "二", "三", "四"]),
            ("<div><span>政府</span><b>信息</b>\n<font color=red>公开</font></div>", ["政府信息公开"]),
            ("<pre>甲  乙\n丙</pre>", ["甲  乙", "丙"]),
            ("甲&#12288;乙&ldquo;丙&rdquo;&hellip;&#x4E00;", ["甲\u{3000}乙“丙”…一"]),
            ("<p>5 < 6 &amp; 7 > 6</p>", ["5 < 6 & 7 > 6"]),
            ("<script>var a='<p>x</p>'</script><style>p{}</style><noscript>n</noscript><p>甲</p>", ["甲"]),
            ("<head><title>题</title></head><body>甲</body>", ["甲"]),
            ("<p hidden>藏</p><p style='DISPLAY : none'>藏</p><p style=\"color:red;visibility:hidden\">藏</p>甲", ["甲"]),
            ("<p aria-hidden=true>甲</p>", ["甲"]),
            ("<p>甲<del>乙</del><ins>丙</ins><s>丁</s><sup>2</sup></p>", ["甲丙丁2"]),
            ("<p><ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字</p>", ["汉字"]),
            ("<p>甲<!-- 注 -->乙<!--[if gte mso 9]><xml>丙</xml><![endif]--></p>", ["甲乙"]),
            ("<!--[if !mso]><!--><p>甲</p><!--<![endif]-->", ["甲"]),
            ("<p>收到<input type=text value='12'>件<input type=hidden value=9></p>", ["收到12件"]),
            ("<p>甲<textarea>乙\n丙</textarea></p>", ["甲乙", "丙"]),
            // The source of an editor.
            ("<p>甲</p><textarea>&lt;p&gt;乙&lt;/p&gt;</textarea>", ["甲"]),
            ("<p>甲<img alt='图'>乙</p>", ["甲乙"]),
            ("<p><o:p>&nbsp;</o:p></p><p>甲<o:p></o:p></p><?xml:namespace prefix = o />", ["甲"]),
        ]
    )
    func text(html: String, expected: [String]) throws {
        #expect(try paragraphs(html) == expected)
    }

    @Test("Word's list numbers between conditional marks are text")
    func wordLists() throws {
        let html = """
            <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>一、<span
            style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>总体情况<o:p></o:p></p>
            """
        let text = try #require(try paragraphs(html).first)
        #expect(text.hasPrefix("一、"))
        #expect(text.hasSuffix("总体情况"))
        #expect(!text.contains("!"))
    }

    @Test(
        "Lists are numbered as browsers number them",
        arguments: [
            ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
            ("<ol start=3><li><p>甲</p></li><li value=7>乙</li><li>丙</li></ol>", ["3. 甲", "7. 乙", "8. 丙"]),
            ("<ol type=a><li>甲<li>乙</ol><ol type=I><li>丙<li>丁</ol>", ["a. 甲", "b. 乙", "I. 丙", "II. 丁"]),
            ("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
            ("<ol style='list-style:none'><li>甲</ol><ul><li>乙</ul>", ["甲", "乙"]),
            ("<ol><li>甲<ol><li>子</ol><li>乙</ol>", ["1. 甲", "1. 子", "2. 乙"]),
            ("<ol><li>一、总体情况<li>（二）乙<li>3. 丙</ol>", ["一、总体情况", "（二）乙", "3. 丙"]),
        ]
    )
    func lists(html: String, expected: [String]) throws {
        #expect(try paragraphs(html) == expected)
    }
}

/// Tables as grids.
struct HTMLTableTests {
    @Test(
        "Cells know their places, whatever tags are missing",
        arguments: [
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a b / c d"),
            ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a b / c d"),
            ("<TABLE><TR><TD><DIV>a<TD><B>b<TR><TD><P>c<TD>d</TABLE>", "a b / c d"),
            ("<table><td>a<td>b<tr><td>c<td>d</table>", "a b / c d"),
            ("<table><tr><td rowspan=2>a<td>b<td>c<tr><td>d<td>e</table>", "a^2 b c / d e"),
            ("<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>", "a>2 b / c d e"),
            ("<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>", "a^3 b / c / d"),
            (
                "<table><tfoot><tr><td>e<td>f</tfoot><tbody><tr><td rowspan=9>c<td>d</tbody><thead><tr><th>a<th>b</thead></table>",
                "a b / c d / e f"
            ),
            (
                "<table><tr><td>a<td style='display:none'>x<td>b<tr style='display:none'><td>x<td>y<td>z<tr><td>c<td>d</table>",
                "a b / c d"
            ),
            ("<table><tr><td>a<td style='visibility:hidden'>x<td>b</table>", "a _ b"),
            ("<table><tr><td>a<td>&nbsp;<td></table>", "a _ _"),
            ("<table><form><tr><td>a<td>b</tr></form></table>", "a b"),
            ("<table><tr><td>a<td><input value=12><td><select><option>x<option selected>y</select></table>", "a 12 y"),
            ("<table><tr><td colspan=100>a<tr><td>b<td>c</table>", "a>2 / b c"),
            (
                "<div style='display:table'><div style='display:table-row'><div style='display:table-cell'>a</div>"
                    + "<div style='display:table-cell'>b</div></div></div>",
                "a b"
            ),
            ("<table><tr><td>a<td><table><tr><td>1</table><td>b</table>", "a 1 b"),
            ("<p>x<table><tr><td>a<td>b</table>", "a b"),
            ("<table><tr><td>a<td>b<table><tr><td>x<td>y</table></table>", "a b⏎x⏎y"),
        ]
    )
    func grid(html: String, expected: String) throws {
        let tables = try document(html).blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
        let table = try #require(tables.first, "no table in \(html)")
        #expect(shape(table) == expected)
        #expect(table.isGrid)
    }

    @Test("A caption and text between rows stand before the table")
    func caption() throws {
        let blocks = try document("<table><caption>表一</caption><tr><td>a<td>b</tr>杂<tr><td>c<td>d</table>").blocks
        #expect(blocks.map(\.summary) == ["表一", "杂", "a b / c d"])
    }

    @Test("Tables for layout are taken apart")
    func layout() throws {
        let html = """
            <table width=1000><tr><td><p>本年度工作扎实推进。成效明显。</p><table border=1><tr><td>项目<td>数<td>量</tr>
            <tr><td>规章<td>0<td>1</tr></table><p>尾</p></td></tr></table>
            """
        #expect(try document(html).blocks.map(\.summary) == ["本年度工作扎实推进。成效明显。", "项目 数 量 / 规章 0 1", "尾"])
    }
}

/// Helpers shared by the tests of pages.
extension Block {
    /// Text of a paragraph, shape of a table.
    var summary: String {
        switch self {
        case .paragraph(let paragraph): paragraph.text
        case .table(let table): shape(table)
        }
    }
}

/// `a>2` spans two columns, `a^2` two rows, `_` is blank.
func shape(_ table: Table) -> String {
    table.rows.map { row in
        row.cells.map { cell in
            let isBlank = cell.text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
            let text = isBlank ? "_" : cell.text.split(separator: "\n").joined(separator: "⏎")
            guard let span = cell.span else { return text + "?" }
            return text + (span.columns > 1 ? ">\(span.columns)" : "") + (span.rows > 1 ? "^\(span.rows)" : "")
        }.joined(separator: " ")
    }.joined(separator: " / ")
}

func document(_ html: String) throws -> Document { try HTMLExtractor().extract(Array(html.utf8)) }

func paragraphs(_ html: String) throws -> [String] {
    try document(html).blocks.compactMap { if case .paragraph(let paragraph) = $0 { paragraph.text } else { nil } }
}
