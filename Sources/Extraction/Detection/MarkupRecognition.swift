import DocumentModel

/// Tells web pages, saved web pages, mails and XML apart by how their text begins.
enum MarkupRecognition {
    /// The format, or nil for what is no markup. Throws `unsupported` for markup that is not read.
    static func format(_ beginning: TextBeginning) throws(Unreadable) -> DocumentFormat? {
        if beginning.bytes.first == UInt8(ascii: "<") {
            let markup = Prologue(beginning.text)
            if let foreign = markup.foreign { throw foreign.unsupported }
            if let format = markup.format { return format }
        }
        if let mail = MailHeader(beginning) {
            guard mail.isSavedPage else { throw ForeignFormat.mail.unsupported }
            return .mht
        }
        return beginning.hasTags && isPage(beginning.text) ? .html : nil
    }

    /// Pages that begin with something else than a tag, and pieces of pages: one tag could be quoted in a text, these are not.
    private static func isPage(_ text: String) -> Bool {
        let utf8 = Array(text.utf8)
        func has(_ tag: String) -> Bool { utf8.contains(sequence: Array(tag.utf8)) }
        if has("<!doctype html") || has("<html>") || has("<html ") || has("<body>") || has("<body ") { return true }
        // Markdown holds tables of tags between plain lines, which a page would join into one.
        return has("</p>") && (has("</div>") || has("</td>") && has("</tr>") && has("</table>"))
    }
}

/// What stands before the content of a page or an XML document, and its first tag.
private struct Prologue {
    private(set) var format: DocumentFormat?
    private(set) var foreign: ForeignFormat?

    private static let frameTags: Set<Substring> = ["html", "head", "body", "meta"]

    /// Elements (HTML Living Standard, 4) that a piece of a page begins with.
    private static let pageTags: Set<Substring> = [
        "title", "link", "script", "style", "base", "table", "tbody", "tr", "td", "div", "p", "span", "center", "h1",
        "h2", "h3", "font", "section", "article", "main", "header", "img", "a", "b", "strong",
        "br",
        "form", "ul", "ol", "dl", "pre", "iframe", "noscript", "hr", "input",
    ]

    init(_ text: String) {
        var rest = text.utf8[...]
        var isXML = false
        while rest.first == UInt8(ascii: "<") {
            let body = Substring(rest.dropFirst())
            if body.hasPrefix("!--") {
                guard let end = Self.range(after: "-->", in: rest) else { break }
                rest = end
            } else if body.hasPrefix("?") {
                isXML = isXML || body.hasPrefix("?xml")
                let instruction = Substring(rest.prefix { $0 != UInt8(ascii: ">") })
                if instruction.contains("word.document") { format = .wordxml }
                if instruction.contains("excel.sheet") { foreign = .spreadsheet }
                guard let end = Self.range(after: ">", in: rest) else { break }
                rest = end
            } else if body.hasPrefix("!doctype") {
                let kind = body.dropFirst(8).drop { $0 == " " || $0 == "\n" || $0 == "\r" || $0 == "\t" }
                if kind.hasPrefix("html") {
                    format = .html
                    return
                }
                guard let end = Self.range(after: ">", in: rest) else { break }
                rest = end
            } else {
                break
            }
            rest = rest.drop { $0 <= 0x20 }
        }
        guard format == nil, foreign == nil, rest.first == UInt8(ascii: "<") else { return }
        let element = Substring(rest.dropFirst().prefix { !" \t\r\n>/".utf8.contains($0) })
        // Of a piece of XML only the namespaces tell what it is.
        let tag = Substring(rest.prefix { $0 != UInt8(ascii: ">") })
        switch element {
        case "w:worddocument": format = .wordxml
        case "office:document":
            let isText = tag.contains("application/vnd.oasis.opendocument.text") || !tag.contains("office:mimetype")
            if isText { format = .odt } else { foreign = .otherOpenDocument }
        case "pkg:package": foreign = .flatPackage
        case "uof:uof", "uof": foreign = .uof
        case "workbook", "ss:workbook": foreign = .spreadsheet
        case "svg": foreign = .picture
        case "html:html", "xhtml:html": format = .html
        default:
            // A text may begin with a tag that it speaks of, but does not end one.
            let isPage = Self.frameTags.contains(element) || Self.pageTags.contains(element) && text.contains("</")
            if isPage { format = .html } else if isXML { foreign = .xml }
        }
    }

    private static func range(after mark: String, in rest: Substring.UTF8View) -> Substring.UTF8View? {
        let mark = Array(mark.utf8)
        var place = rest.startIndex
        while place < rest.endIndex {
            if rest[place] == mark[0], rest[place...].starts(with: mark) { return rest[place...].dropFirst(mark.count) }
            place = rest.index(after: place)
        }
        return nil
    }
}

/// The header of a mail or of a page saved as one (RFC 5322, RFC 2557).
private struct MailHeader {
    /// Whether it is a page with its parts and no message to somebody.
    let isSavedPage: Bool

    /// Names in headers of mails and of saved pages. A text that begins with `Title: …` is neither.
    private static let telling: Set<Substring> = [
        "mime-version", "received", "return-path", "delivered-to", "message-id",
    ]
    private static let ofMails: Set<Substring> = ["received", "return-path", "delivered-to", "to", "message-id"]

    /// nil where a text does not begin with such a header.
    init?(_ beginning: TextBeginning) {
        var names: Set<Substring> = []
        // One after the other: the first line of a report shows that it has no header.
        let lines = sequence(state: beginning.bytes) { rest -> ArraySlice<UInt8>? in
            guard !rest.isEmpty else { return nil }
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest[line.endIndex...].dropFirst()
            return line
        }
        for line in lines.prefix(64) {
            if line.isEmpty || line.first == UInt8(ascii: "\r") { break }
            // Continued from the line above.
            if line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t") { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { break }
            names.insert(Substring(TextBeginning.text(line[..<colon])))
        }
        guard !names.isDisjoint(with: Self.telling), names.contains("content-type") || names.count > 3 else {
            return nil
        }
        isSavedPage = names.isDisjoint(with: Self.ofMails)
    }
}
