// The same report as a web page: alone, in the middle of a government site, or as Word saves it.

extension GeneratedReport {
    /// The report as a web page with these features.
    public func html(_ features: Set<HTMLFeature> = []) -> [UInt8] {
        var writer = HTMLWriter(draft: draft, features: features)
        return writer.file()
    }

    /// The same page as a browser or Word saves it in one file.
    public func mht(_ features: Set<HTMLFeature> = [], encoding: TransferEncoding) -> [UInt8] {
        let isGBK = !features.isDisjoint(with: [.gbk, .gbkClaimingUTF8])
        let page = html(features)
        return WebArchive(page: page, charset: isGBK ? "gb2312" : "utf-8", encoding: encoding).bytes
    }
}

struct HTMLWriter {
    private let features: Set<HTMLFeature>
    private let draft: Draft
    private var rng: SplitMix64

    init(draft: Draft, features: Set<HTMLFeature>) {
        self.draft = draft
        self.features = features
        rng = draft.layout("html")
    }

    private func has(_ feature: HTMLFeature) -> Bool { features.contains(feature) }

    mutating func file() -> [UInt8] {
        var page = self.page()
        if has(.capitals) { page = Self.capitalised(page) }
        return features.isDisjoint(with: [.gbk, .gbkClaimingUTF8]) ? Array(page.utf8) : GBK.bytes(of: page)
    }

    // MARK: The page

    private mutating func page() -> String {
        let site = SitePage(draft: draft)
        let title = draft.titleLines.joined()
        let head = has(.boilerplate) ? site.head : "<title>\(escaped(title.isEmpty ? "年度报告" : title))</title>"
        let charset = has(.gbk) ? "gb2312" : "utf-8"
        var body = has(.boilerplate) ? site.before : ""
        if has(.hiddenText) {
            body += "<!-- \(draft.agency.region)2017年政府信息公开工作年度报告 一、总体情况 收到误登申请97件 -->\n"
            body += "<script>var t = \"<p>二、主动公开政府信息情况</p>\"; if (1 < 2) document.title = t;</script>\n"
            body += "<div style=\"display:none\">2017年政府信息公开工作年度报告，共收到误登申请97件。</div>\n"
        }
        body += content(site)
        if has(.boilerplate) { body += site.after }
        if has(.layoutTable) {
            body =
                "<table width=\"1000\" align=\"center\" cellpadding=\"0\"><tr><td>\(body)</td></tr></table>"
        }
        if has(.word) {
            return """
                <html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
                xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
                <head>
                <meta http-equiv=Content-Type content="text/html; charset=\(charset)">
                <meta name=Generator content="Microsoft Word 15">
                <!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml><![endif]-->
                <style><!-- @font-face {font-family:宋体;} p.MsoNormal {margin:0cm; mso-pagination:none;} --></style>
                \(head)
                </head>
                <body lang=ZH-CN style='tab-interval:21.0pt'>
                <div class=WordSection1>
                \(body)
                </div></body></html>
                """
        }
        return """
            <!DOCTYPE html>
            <html lang="zh-CN"><head>
            <meta http-equiv="Content-Type" content="text/html; charset=\(charset)">
            \(head)
            <style>td { text-align: center } .t > p { margin: 0 }</style>
            </head><body>
            \(body)
            </body></html>
            """
    }

    private mutating func content(_ site: SitePage) -> String {
        var out = ""
        var titled = false
        for block in draft.page() {
            switch block {
            case .title:
                if titled { continue }
                titled = true
                let lines = draft.titleLines.map { text($0) }
                if has(.word) {
                    out += lines.map { "<p class=MsoNormal align=center style='text-align:center'><b>\($0)</b></p>\n" }
                        .joined()
                } else {
                    out += "<h1>" + lines.joined(separator: "<br>") + "</h1>\n"
                }
                if has(.boilerplate) { out += site.info }
            case .heading(_, let number, let title):
                if has(.word) {
                    out += """
                        <p class=MsoListParagraph style='text-indent:-36.0pt;mso-list:l0 level1 lfo1'>\
                        <![if !supportLists]><span style='mso-list:Ignore'>\(text(number))<span \
                        style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>\(text(title))</p>\n
                        """
                } else {
                    let content = text(number + title)
                    out += rng.chance(50) ? "<p><strong>\(content)</strong></p>\n" : "<h2>\(content)</h2>\n"
                }
            case .paragraph(let text, _): out += paragraph(text)
            case .table(let grid, let key): out += table(grid, key)
            case .closing(let line):
                out += "<p style=\"text-align:right\">\(text(String(line.drop { $0 == " " || $0 == "　" })))</p>\n"
            }
        }
        return out
    }

    private mutating func paragraph(_ content: String) -> String {
        let inner =
            has(.word) ? "<span style='font-family:仿宋'>\(text(content))<o:p></o:p></span>" : "　　" + text(content)
        return "<p" + (has(.word) ? " class=MsoNormal" : "") + ">\(inner)" + (has(.openTags) ? "\n" : "</p>\n")
    }

    /// Words as HTML; Word wraps the source anywhere, which shows in no browser's text of Chinese.
    private mutating func text(_ content: String) -> String {
        var result = ""
        var column = 0
        for character in content {
            if character == "\n" {
                result += "<br>"
            } else if has(.entities), rng.chance(3), let scalar = character.unicodeScalars.first, scalar.value > 0x80 {
                result += "&#x" + String(scalar.value, radix: 16) + ";"
            } else if character == "\u{a0}" {
                result += "&nbsp;"
            } else {
                result += escaped(String(character))
            }
            column += 1
            if has(.word), column > 38, character.unicodeScalars.first.map({ $0.value > 0x4e00 }) ?? false {
                result += "\n"
                column = 0
            }
        }
        return result
    }

    // MARK: Tables

    private mutating func table(_ grid: Grid, _ key: String) -> String {
        let labelColumns = ["disclosure": 1, "applications": 3][key] ?? 0
        var out =
            has(.word)
            ? "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0>\n" : "<table border=\"1\">\n"
        let headerRows = key == "disclosure" ? 0 : grid.rows.prefix { $0.name == nil }.count
        if !has(.word), has(.headerCells), headerRows > 0 { out += "<thead>\n" }
        for (index, row) in grid.rows.enumerated() {
            out += "<tr>"
            for (column, cell) in row.cells.enumerated() where cell.kind == .content {
                let columns = 1 + row.cells[(column + 1)...].prefix { $0.kind == .coveredFromLeft }.count
                let rows = 1 + grid.rows[(index + 1)...].prefix { $0.cells[column].kind == .coveredFromAbove }.count
                let isValue = row.name != nil && column >= labelColumns
                out += element(cell.text, columns, rows, isHeader: index < headerRows, isValue: isValue)
            }
            out += has(.openTags) ? "\n" : "</tr>\n"
            if !has(.word), has(.headerCells), headerRows > 0, index == headerRows - 1 { out += "</thead>\n<tbody>\n" }
        }
        if !has(.word), has(.headerCells), headerRows > 0 { out += "</tbody>" }
        return out + "</table>\n"
    }

    private mutating func element(_ words: String, _ columns: Int, _ rows: Int, isHeader: Bool, isValue: Bool) -> String
    {
        let name = has(.headerCells) && isHeader && !has(.word) ? "th" : "td"
        let quote = has(.word) ? "" : "\""
        var attributes = columns > 1 ? " colspan=\(quote)\(columns)\(quote)" : ""
        if rows > 1 { attributes += " rowspan=\(quote)\(rows)\(quote)" }
        if has(.word) { attributes += " width=69 valign=top style='width:41.4pt;border:solid windowtext 1.0pt'" }
        var content: String
        if has(.word) {
            let inner = words.isEmpty ? "" : "<span lang=EN-US>\(text(words))</span>"
            content = "<p class=MsoNormal align=center>\(inner)<span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
        } else if has(.cellParagraphs) {
            let lines = words.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            content = lines.map { "\n<p><span>\(text($0))</span></p>\n" }.joined()
        } else {
            content = text(words)
        }
        if has(.entities), isValue { content = "&nbsp;" + content + "&#160;" }
        if has(.nestedValue), isValue, !words.isEmpty, rng.chance(4) {
            content = "<table><tr><td>\(content)</td></tr></table>"
        }
        return "<\(name)\(attributes)>\(content)" + (has(.openTags) ? "" : "</\(name)>")
    }

    /// `<td colspan="2">` as `<TD COLSPAN="2">`: old editors wrote capitals.
    private static func capitalised(_ html: String) -> String {
        var result = ""
        for name in ["table", "tr", "td", "th", "p", "h1", "h2", "div", "span", "strong", "br"] {
            result = (result.isEmpty ? html : result)
                .replacing("<\(name)>", with: "<\(name.uppercased())>")
                .replacing("<\(name) ", with: "<\(name.uppercased()) ")
                .replacing("</\(name)>", with: "</\(name.uppercased())>")
        }
        return result.replacing(" colspan=", with: " COLSPAN=").replacing(" rowspan=", with: " ROWSPAN=")
    }
}

/// What a government site puts round a report.
private struct SitePage {
    let draft: Draft

    private var title: String { draft.titleLines.joined() }
    private var published: String { draft.signedOn ?? "\(draft.year + 1)-01-17" }

    var head: String {
        """
        <title>\(escaped(title.isEmpty ? "政府信息公开年报" : title))_澄波市人民政府门户网站</title>
        <meta name="SiteName" content="澄波市人民政府">
        <meta name="ArticleTitle" content="\(escaped(title))">
        <meta name="PubDate" content="\(published) 09:21">
        <script src="/js/jquery.min.js"></script>
        """
    }

    var before: String {
        let year = draft.year
        return """
            <div class="top"><a href="#">无障碍阅读</a> | <a href="#">长者模式</a> | <a href="#">登录</a></div>
            <ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>\
            <li><a href="/bsfw/">办事服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul>
            <form action="/search"><input type="text" value="请输入关键字"><button>搜索</button></form>
            <div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; \
            <a href="/nb/">政府信息公开年报</a> &gt; <a href="/nb/2017/">2017年</a></div>
            <div class="side"><h3>法定主动公开内容</h3><ul>
            <li><a href="/zn/">政府信息公开指南</a></li><li><a href="/zd/">政府信息公开制度</a></li>
            <li><a href="/nb/">政府信息公开年报</a></li></ul>
            <h3>相关报告</h3><ul>
            <li><a href="/nb/1.html">澄波市气象局\(year)年政府信息公开工作年度报告</a></li>
            <li><a href="/nb/2.html">澄波市林业局\(year - 1)年政府信息公开工作年度报告</a></li>
            <li><a href="/nb/3.html">澄波市民政局\(year - 2)年政府信息公开工作年度报告</a></li></ul></div>
            <div id="zoom" class="article">

            """
    }

    var info: String {
        """
        <div class="info"><span>发布日期：\(published)</span> <span>来源：澄波市信息中心</span> <span>浏览次数：1287</span> \
        <span>字体：【<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</span> \
        <a href="javascript:window.print()">打印</a> <a href="javascript:window.close()">关闭</a></div>

        """
    }

    var after: String {
        """
        </div>
        <div class="pages"><p>上一篇：<a href="/nb/1.html">澄波市气象局\(draft.year)年政府信息公开工作年度报告</a></p>
        <p>下一篇：<a href="/nb/2.html">澄波市林业局\(draft.year - 1)年政府信息公开工作年度报告</a></p></div>
        <div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
        <div class="foot"><p>主办：澄波市人民政府　承办：澄波市信息中心</p>
        <p>网站标识码：3400000000　<a href="https://beian.example.cn/">皖ICP备05000000号-1</a>　皖公网安备 34000002000017号</p>
        <p>联系电话：0550-3000000　Copyright © 2010-2026</p></div>

        """
    }
}
