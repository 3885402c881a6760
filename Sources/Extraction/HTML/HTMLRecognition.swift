/// What a file of markup is, told by its content.
enum MarkupKind: Sendable, Hashable {
    /// A web page, or a part of one.
    case html
    /// Word 2003 XML (`w:wordDocument`).
    case wordXML
    /// A docx as one XML file (`pkg:package`).
    case flatOPC
    /// OpenDocument text as one XML file (`office:document`).
    case flatODT
    /// XML of another kind.
    case otherXML
}

/// Tells web pages, web archives and XML documents from text that only quotes a tag.
enum HTMLRecognition {
    /// Whether `bytes` are a web page: in any encoding, after a mark, blanks, comments and declarations.
    static func isHTML(_ bytes: [UInt8]) -> Bool { markupKind(of: bytes) == .html }

    /// Whether `bytes` are a web archive: a MIME message of a page and its parts (RFC 2557).
    static func isMHT(_ bytes: [UInt8]) -> Bool {
        let start = ascii(bytes).drop { $0 <= 0x20 }
        guard let first = start.first, (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first) else {
            return false
        }
        var isMessage = false
        var isRelated = false
        var field: [UInt8] = []
        func read() {
            let text = HTMLAttribute.lowercased(field.filter { $0 > 0x20 })
            if text.hasPrefix("mime-version:") { isMessage = true }
            if text.hasPrefix("content-type:multipart/related") { isRelated = true }
            // What Blink writes for a page without parts.
            if text.hasPrefix("content-type:text/html") { isRelated = true }
        }
        for line in start.split(separator: 0x0A, omittingEmptySubsequences: false).prefix(200) {
            let text = line.last == 0x0D ? line.dropLast() : line
            if text.isEmpty { break }
            if text.first == 0x20 || text.first == 0x09 {
                field += text
                continue
            }
            // A header has a name before its colon; anything else is prose.
            guard let colon = text.firstIndex(of: 0x3A), text[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                return false
            }
            read()
            field = Array(text)
        }
        read()
        return isMessage && isRelated
    }

    /// What markup `bytes` hold; nil for what is no markup.
    static func markupKind(of bytes: [UInt8]) -> MarkupKind? {
        let text = ascii(bytes)
        var prolog = Prolog(text)
        prolog.skip()
        if prolog.isHTMLDoctype { return .html }
        guard let name = prolog.elementName else {
            // Text in front of a page, left by the program that made it: all of a page's frame must follow.
            return prolog.isXML ? .otherXML : isFramed(text) ? .html : nil
        }
        switch name {
        case "html", "head", "body": return .html
        case "w:worddocument": return .wordXML
        case "pkg:package": return .flatOPC
        case "office:document":
            return prolog.rest.prefix(8_192).contains(sequence: Self.openDocumentText) ? .flatODT : .otherXML
        default: break
        }
        if prolog.isXML { return isPart(name) && hasTags(prolog.rest) ? .html : .otherXML }
        return isPart(name) && hasTags(prolog.rest) || isFramed(text) ? .html : nil
    }

    private static let openDocumentText = Array("application/vnd.oasis.opendocument.text".utf8)

    /// Bytes that are looked at: comments in front of a page may be long.
    private static let prefix = 262_144

    /// The beginning of a file as ASCII, other characters as 0x80.
    private static func ascii(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        var start = bytes.prefix(prefix)
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
        if start.starts(with: [0xFF, 0xFE]) { return narrowed(start.dropFirst(2), low: 0) }
        if start.starts(with: [0xFE, 0xFF]) { return narrowed(start.dropFirst(2), low: 1) }
        // `<` or a blank in UTF-16 without a mark.
        let pair = Array(start.prefix(2))
        if pair.count == 2, pair[1] == 0, pair[0] != 0 { return narrowed(start, low: 0) }
        if pair.count == 2, pair[0] == 0, pair[1] != 0 { return narrowed(start, low: 1) }
        return start
    }

    private static func narrowed(_ bytes: ArraySlice<UInt8>, low: Int) -> ArraySlice<UInt8> {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 2)
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            let (first, second) = (bytes[index + low], bytes[index + 1 - low])
            result.append(second == 0 && first < 0x80 ? first : 0x80)
            index += 2
        }
        return result[...]
    }

    /// Elements that a part of a page begins with.
    private static func isPart(_ name: String) -> Bool { parts.contains(name) }

    private static let parts: Set<String> = [
        "meta", "title", "link", "style", "script", "base", "table", "tbody", "tr", "div", "p", "span", "center",
        "font", "article",
        "section", "main", "header", "ul", "ol", "h1", "h2", "h3", "h4", "b", "strong", "a", "frameset", "form",
        "blockquote", "pre",
        "br", "img", "input", "o:p",
    ]

    /// Whether text holds several end tags of a page: a plain report may begin with one quoted tag, not with many.
    private static func hasTags(_ text: ArraySlice<UInt8>) -> Bool {
        var found = 0
        var index = text.startIndex
        while index + 2 < text.endIndex {
            if text[index] == 0x3C, text[index + 1] == 0x2F {
                let name = HTMLAttribute.lowercased(
                    text[(index + 2)...].prefix(12).prefix { $0 > 0x2F && $0 < 0x7B && $0 != 0x3E }
                )
                if endTags.contains(name) { found += 1 }
                if found >= 3 { return true }
            }
            index += 1
        }
        return false
    }

    private static let endTags: Set<String> = [
        "p", "div", "span", "td", "tr", "table", "th", "li", "ul", "ol", "a", "h1", "h2", "h3", "body", "html",
        "center", "font", "b",
        "strong", "title", "script", "style", "section", "article",
    ]

    private static func isFramed(_ text: ArraySlice<UInt8>) -> Bool {
        var lowered = Array(text)
        for index in lowered.indices where lowered[index] >= 0x41 && lowered[index] <= 0x5A { lowered[index] |= 0x20 }
        return [frameStart, frameHead, frameBody].filter { lowered.contains(sequence: $0) }.count == 3 && hasTags(text)
    }

    private static let frameStart = Array("<html".utf8)
    private static let frameHead = Array("<head".utf8)
    private static let frameBody = Array("<body".utf8)
}

/// What stands before the first element.
private struct Prolog {
    private(set) var rest: ArraySlice<UInt8>
    private(set) var isXML = false
    private(set) var isHTMLDoctype = false

    init(_ text: ArraySlice<UInt8>) { rest = text }

    /// Skips blanks, comments, declarations and processing instructions.
    mutating func skip() {
        while true {
            rest = rest.drop { $0 <= 0x20 }
            if rest.starts(with: Self.comment) {
                guard let end = end(of: Self.commentEnd) else { return }
                rest = rest[end...]
            } else if rest.starts(with: Self.instruction) {
                if HTMLAttribute.lowercased(rest.prefix(6)).hasPrefix("<?xml ") { isXML = true }
                guard let end = end(of: [0x3E]) else { return }
                rest = rest[end...]
            } else if rest.starts(with: [0x3C, 0x21]) {
                let declaration = HTMLAttribute.lowercased(rest.prefix(64)).utf8.split(whereSeparator: {
                    $0 <= 0x20 || $0 == 0x3E
                })
                if declaration.count >= 2, declaration[0].elementsEqual("<!doctype".utf8),
                    declaration[1].elementsEqual("html".utf8)
                {
                    isHTMLDoctype = true
                    return
                }
                guard let end = end(of: [0x3E]) else { return }
                rest = rest[end...]
            } else {
                return
            }
        }
    }

    /// The lower-case name of the element that begins here.
    var elementName: String? {
        guard rest.first == 0x3C else { return nil }
        let name = rest.dropFirst().prefix(32).prefix { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x3A).contains(byte) || byte == 0x2D || byte == 0x5F
        }
        guard let first = name.first, (0x61...0x7A).contains(first | 0x20) else { return nil }
        guard let next = rest.dropFirst(1 + name.count).first, next <= 0x20 || next == 0x3E || next == 0x2F else {
            return nil
        }
        return HTMLAttribute.lowercased(name)
    }

    private func end(of mark: [UInt8]) -> Int? {
        guard let first = mark.first else { return nil }
        var index = rest.startIndex
        while index + mark.count <= rest.endIndex {
            if rest[index] == first, rest[index..<(index + mark.count)].elementsEqual(mark) {
                return index + mark.count
            }
            index += 1
        }
        return nil
    }

    private static let comment = Array("<!--".utf8)
    private static let commentEnd = Array("-->".utf8)
    private static let instruction = Array("<?".utf8)
}
