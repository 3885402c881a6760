import DocumentModel
import Testing

@testable import Extraction

/// The report found inside a site's page.
struct HTMLPageTests {
    /// A report short enough to read, with what tells it: numbered headings, sentences, figures.
    static let report = """
        <p>根据《中华人民共和国政府信息公开条例》编制本报告。</p>
        <p>一、总体情况</p><p>本年度主动公开信息120条。依申请公开有序办理。平台建设稳步推进。监督保障到位。</p>
        <p>二、主动公开政府信息情况</p>
        <table border="1"><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
        <tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr><tr><td>行政规范性文件</td><td>1</td><td>0</td><td>4</td></tr></table>
        <p>三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p>
        <p>五、存在的主要问题及改进情况</p><p>存在的问题：公开不够及时。改进：加强培训。本年度工作虽有进步，但仍有不足之处需要改进。</p>
        <p>六、其他需要报告的事项</p><p>本年度未收取信息处理费。</p><p>某县水利局</p><p>2024年1月20日</p>
        """

    @Test func tablesTypedWithTabsAreTables() throws {
        let rows = (1...9).map { "<p>\($0).属于国家秘密\t\($0)\t0\t0\t\($0)</p>" }.joined()
        let page = try document("<p>三、收到和处理政府信息公开申请情况</p><pre>" + rows + "</pre><p>\t\t某县水利局</p>")
        guard page.blocks.count >= 2, case .table(let table) = page.blocks[1] else {
            Issue.record("no table: \(page.blocks.map(\.summary))")
            return
        }
        #expect(table.rows[8].cells.map(\.text) == ["9.属于国家秘密", "9", "0", "0", "9"])
        #expect(table.rows[8].cells[1].source.place == .paragraph(10))
        // Entries of a table of contents have a page each.
        let contents = (1...9).map { "<p>第\($0)章\t\($0)</p>" }.joined()
        #expect(try document("<pre>\(contents)</pre>").blocks.count == 9)
    }

    /// A paragraph that is a link is a paragraph all the same.
    @Test func paragraphsThatAreLinksAreKept() throws {
        let sentences = ["查阅点设备老旧，使用率不高。", "专人定期更新栏目。", "逐月通报，加强培训。"]
        let links = sentences.map { "<p><a href=\"https://www.example.gov.cn/zwgk/\">\($0)</a></p>" }.joined()
        for heading in ["<p>五 、存在的主要问题及改进情况</p>", ""] {
            let page = try document(Self.report + "<table><tr><td>\(heading)\(links)</td></tr></table>")
            let text = page.blocks.map(\.summary).joined(separator: "\n")
            for sentence in sentences { #expect(text.contains(sentence), "\(heading): \(text)") }
        }
    }

    @Test func placesOfPicturesAreKnown() throws {
        let page = try document("<p>一、总体情况</p><p><img src=\"1.png\"></p><p>二、主动公开政府信息情况</p>")
        let places = page.blocks.compactMap { block -> Int32? in
            if case .paragraph(let paragraph) = block { paragraph.source.position } else { nil }
        }
        let picture = try #require(page.pictures.first)
        #expect(page.pictures.count == 1 && places.count == 2)
        #expect(places[0] < picture.position && picture.position < places[1])
    }

    static func page(_ article: String) -> String {
        """
        <!DOCTYPE html><html><head><meta charset="utf-8"><title>某县水利局2023年年报</title></head><body>
        <div class="top"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/hd">互动交流</a></li></ul></div>
        <div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; <a href="/nb">政府信息公开年报</a></div>
        <div class="left"><ul><li><a href="1">某县2023年政府信息公开工作年度报告</a></li>
        <li><a href="2">某县教育局2023年政府信息公开工作年度报告</a></li><li><a href="3">某县财政局2023年政府信息公开工作年度报告</a></li></ul></div>
        \(article)
        <p>【<a href="javascript:window.print()">打印</a>】【<a href="javascript:window.close()">关闭</a>】</p>
        <p>上一篇：<a href="4">某县2022年政府信息公开工作年度报告</a></p>
        <div class="foot"><p>主办单位：某县人民政府办公室</p><p>苏ICP备05000000号 网站标识码：3200000001</p></div>
        <script>var title = "一、总体情况";</script></body></html>
        """
    }

    static let articles = [
        "<h1>某县水利局2023年政府信息公开工作年度报告</h1><div class=\"info\">发布日期：2024-01-20 来源：水利局 浏览次数：12</div>"
            + "<div id=\"zoom\">\(report)</div>",
        "<div class=\"article-title\">某县水利局2023年政府信息公开工作年度报告</div><div>字体：<a href=\"#\">大</a> 中 小</div>"
            + "<div class=\"TRS_Editor\"><div class=\"Custom_UnionStyle\">\(report)</div></div>",
        "<article><h2>某县水利局2023年政府信息公开工作年度报告</h2>\(report)</article>",
        "<table width=\"100%\"><tr><td><b>某县水利局2023年政府信息公开工作年度报告</b></td></tr><tr><td>\(report)</td></tr></table>",
        "<div><p>某县水利局2023年政府信息公开工作年度报告</p>\(report)</div>",
    ]

    @Test("Nothing but the report is text, and nothing of it is lost", arguments: articles)
    func pages(article: String) throws {
        let bare = try document("<p>某县水利局2023年政府信息公开工作年度报告</p>" + Self.report)
        let document = try document(Self.page(article))
        #expect(document.blocks.map(\.summary) == bare.blocks.map(\.summary))
        let margins = document.margins.map(\.text)
        for part in ["首页", "某县教育局2023年政府信息公开工作年度报告", "主办单位：某县人民政府办公室"] {
            #expect(margins.contains(part), "\(part) is lost")
        }
    }

    @Test("Sections spread over several marked elements are all kept")
    func spread() throws {
        let halves = Self.report.split(separator: "<p>三、", maxSplits: 1).map(String.init)
        let page = Self.page("<div class=content>\(halves[0])</div><div class=content><p>三、\(halves[1])</div>")
        let bare = try document(Self.report)
        #expect(try document(page).blocks.map(\.summary) == bare.blocks.map(\.summary))
    }

    @Test(
        "Lines that a site adds are furniture",
        arguments: [
            "【打印】【关闭】 字体：大 中 小", "[大] [中] [小]", "打印本页 | 关闭窗口", "分享到： 微信 微博", "当前位置：首页 > 政务公开", "上一篇：没有了",
            "发布日期：2024-01-20 来源：水利局 浏览次数：12", "主办单位：某县人民政府办公室", "苏ICP备05000000号-1", "Copyright © 2024 某县",
        ]
    )
    func furniture(line: String) {
        #expect(HTMLFurniture.isFurniture(line))
    }

    @Test("Links to attachments are no text; a cell of links keeps its place")
    func attachments() throws {
        let page = try document("<p>六、其他</p><p>附件：<a href='f/a.DOCX?x=1'>某县2023年政府信息公开工作年度报告.docx</a></p>")
        #expect(page.blocks.map(\.summary) == ["六、其他"])
        #expect(page.margins.map(\.text) == ["附件：某县2023年政府信息公开工作年度报告.docx"])
        let links = "<a href=1>甲处</a><a href=2>乙处</a><a href=3>丙处</a>"
        #expect(
            try document("<table><tr><td>承办机构名称<td>\(links)<td>受理点</table>").blocks.map(\.summary) == ["承办机构名称 _ 受理点"]
        )
    }

    @Test("A report inside tags of navigation is still the report")
    func wrongTags() throws {
        let bare = try document(Self.report)
        for tag in ["nav", "header", "footer", "div role=navigation", "div style='display:none'"] {
            let name = tag.split(separator: " ")[0]
            let found = try document("<\(tag)>\(Self.report)</\(name)>")
            #expect(found.blocks.map(\.summary) == bare.blocks.map(\.summary), "lost in <\(tag)>")
        }
    }

    @Test("A link that is never closed is not navigation")
    func openLink() throws {
        let bare = try document(Self.report)
        #expect(try document("<a href=x>" + Self.report).blocks.map(\.summary) == bare.blocks.map(\.summary))
    }

    @Test(
        "Lines of a report are never furniture",
        arguments: [
            "大", "小", "规章", "时间：2023年1月1日", "一、总体情况", "政府信息公开平台建设", "打印费用情况", "联系电话：0512-12345678", "联系我们",
            "主动公开", "其他", "总计", "（一）主动公开情况", "微信公众号发布信息120条", "微信", "微博", "下载", "访问量：12345人次", "中", "打印机采购", "本级标准",
            "网站：www.x.gov.cn", "日期：2024年1月20日", "编制日期：2024年1月20日",
        ]
    )
    func noFurniture(line: String) {
        #expect(!HTMLFurniture.isFurniture(line))
    }
}

/// What a file is, and how its bytes are read.
struct HTMLEncodingTests {
    private func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
        let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
        return units.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return bigEndian ? [high, low] : [low, high]
        }
    }

    /// 政府信息公开, in GB18030.
    private let gbk: [UInt8] = [0xD5, 0xFE, 0xB8, 0xAE, 0xD0, 0xC5, 0xCF, 0xA2, 0xB9, 0xAB, 0xBF, 0xAA]

    @Test("What the bytes are decides, not what the page claims")
    func claims() throws {
        let lie =
            Array("<html><head><meta charset=utf-8></head><body><p>".utf8) + gbk + Array("</p></body></html>".utf8)
        let document = try HTMLExtractor().extract(lie)
        #expect(document.encoding == "gb18030")
        #expect(document.blocks.map(\.summary) == ["政府信息公开"])
        let page =
            "<?xml version='1.0' encoding='gb2312'?><html><head><meta http-equiv=Content-Type "
            + "content='text/html; charset=gb2312'></head><body><p>政府信息公开</p></body></html>"
        #expect(try paragraphs(page) == ["政府信息公开"])
        for bigEndian in [false, true] {
            for mark in [false, true] {
                let bytes = utf16(page, bigEndian: bigEndian, mark: mark)
                #expect(try FormatDetection.detect(bytes) == .html)
                #expect(try HTMLExtractor().extract(bytes).blocks.map(\.summary) == ["政府信息公开"])
            }
        }
    }

    @Test("Bytes that are no text do no harm where they are not displayed")
    func strayBytes() throws {
        let start = Array("<html><head><meta name=description content='政府信息".utf8)
        let bytes = start + [0xE5, 0x85] + Array("'></head><body><p>政府信息公开</p></body></html>".utf8)
        #expect(try HTMLExtractor().extract(bytes).blocks.map(\.summary) == ["政府信息公开"])
    }

    @Test("Bytes that are no text are corrupt")
    func corrupt() throws {
        let bytes = Array("<html><body><p>政府信息公开".utf8) + [0xFF, 0x80] + Array("</p></body></html>".utf8)
        let error = #expect(throws: Unreadable.self) { try HTMLExtractor().extract(bytes) }
        #expect(error?.code == .corrupt)
    }

    @Test(
        "Markup is told by content",
        arguments: [
            ("<html></html>", DocumentFormat?.some(.html)),
            ("\u{FEFF}\n <!DOCTYPE HTML PUBLIC \"-//W3C//DTD\">\n<HTML>", .html),
            ("<?xml version=\"1.0\"?><!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\">", .html),
            ("<!-- saved from url=(0014)about:internet -->\r\n<html>", .html),
            ("<div><p>甲</p><p>乙</p></div>", .html), ("<table><tr><td>a</td></tr></table>", .html),
            ("<html xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:w=\"x\">", .html),
            (
                "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument xmlns:w=\"x\">",
                .wordxml
            ),
            (
                "<?xml version=\"1.0\"?>\n<office:document office:mimetype=\"application/vnd.oasis.opendocument.text\">",
                .odt
            ),
            ("<?xml version=\"1.0\"?><rss></rss>", nil),
            ("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"x\">", nil),
        ]
    )
    func kinds(text: String, kind: DocumentFormat?) throws {
        guard let kind else {
            let error = #expect(throws: Unreadable.self) { try FormatDetection.detect(Array(text.utf8)) }
            #expect(error?.code == .unsupported)
            return
        }
        #expect(try FormatDetection.detect(Array(text.utf8)) == kind)
    }

    @Test(
        "Text that quotes a tag is text",
        arguments: [
            "<", "<!", "<?", "<<<", "某局2023年报告\n<p>不是网页</p>", "<p> 标签说明", "<关于> 2023年报告", "< 5 件",
            "MIME-Version 是什么",
            "<!-- 未完", "# 报告\n<table><tr><td>1</td></tr></table>", "From: 某局\n\n报告",
        ]
    )
    func noMarkup(text: String) throws {
        #expect(try FormatDetection.detect(Array(text.utf8)) == .text)
    }
}
