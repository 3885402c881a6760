import CXML2

/// Builds an ``HTMLTree`` from what libxml2's HTML parser reports (SAX), without libxml2's own tree.
///
/// libxml2 reads HTML 4 and knows few of the rules by which browsers mend tables; those are here: a cell ends the open cell
/// of its table, a row the open row, whatever was left open within.
struct HTMLTreeBuilder {
    private var tree = HTMLTree()
    /// Elements still open, as indices of nodes.
    private var open: [Int32] = []
    /// For every element that libxml2 has open, its node, or -1 if it has none.
    private var parserStack: [Int32] = []
    /// How deep tags may be nested.
    private var depth = HTMLLimits.depth
    private var failure: Unreadable?
    private var parser: htmlParserCtxtPtr?

    /// The tree of a page in UTF-8. Throws `too-large`.
    static func tree(of page: String) throws(Unreadable) -> HTMLTree {
        var builder = HTMLTreeBuilder()
        if let source = try HTMLSource.prepared(Array(page.utf8)) {
            builder.depth = HTMLSource.depth(for: source)
            source.withUnsafeBufferPointer { builder.parse($0) }
        }
        if let failure = builder.failure { throw failure }
        return builder.tree
    }

    private mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count <= Int(Int32.max), let start = bytes.baseAddress, let parser = htmlNewParserCtxt() else {
            failure = Self.tooManyTags
            return
        }
        defer { htmlFreeParserCtxt(parser) }
        self.parser = parser
        defer { self.parser = nil }
        tree.text.reserveCapacity(bytes.count / 4)
        tree.nodes.reserveCapacity(bytes.count / 32)
        var handler = xmlSAXHandler()
        // SAX1: HTML has no namespaces.
        handler.initialized = 1
        handler.startElement = { context, name, attributes in
            HTMLTreeBuilder.of(context)?.pointee.start(name, attributes)
        }
        handler.endElement = { context, _ in HTMLTreeBuilder.of(context)?.pointee.endElement() }
        handler.characters = { context, text, length in
            HTMLTreeBuilder.of(context)?.pointee.characters(text, length)
        }
        handler.ignorableWhitespace = handler.characters
        // Scripts and styles, which are dropped anyway.
        handler.cdataBlock = handler.characters
        parser.pointee.sax.pointee = handler
        // The callbacks run within this call, while nothing else has access to the builder.
        withUnsafeMutablePointer(to: &self) { builder in
            parser.pointee.userData = UnsafeMutableRawPointer(builder)
            let document = start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                htmlCtxtReadMemory(parser, $0, Int32(bytes.count), nil, "UTF-8", Self.options)
            }
            if let document { xmlFreeDoc(document) }
        }
        while let node = open.popLast() { close(node) }
    }

    private static let options = Int32(
        HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOIMPLIED.rawValue | HTML_PARSE_NODEFDTD.rawValue
            | HTML_PARSE_IGNORE_ENC.rawValue
    )

    private static func of(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<HTMLTreeBuilder>? {
        context?.assumingMemoryBound(to: HTMLTreeBuilder.self)
    }

    private mutating func fail(_ reason: Unreadable) {
        guard failure == nil else { return }
        failure = reason
        xmlStopParser(parser)
    }

    // MARK: - Elements

    private mutating func start(
        _ name: UnsafePointer<xmlChar>?,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        guard failure == nil, let name else { return }
        guard parserStack.count < depth else { return fail(Self.tooDeep) }
        var element = HTMLTree.Node(tag: HTMLTag.named(name), parent: open.last ?? -1, end: 0)
        // A link is one that leads somewhere.
        if element.tag == .link { element.tag = .inline }
        if let attributes { read(attributes, into: &element) }
        // Nothing is known of it that matters: its text belongs to the element around it.
        if element.tag == .inline, element.flags.isEmpty {
            parserStack.append(-1)
            return
        }
        if element.tag == .list || element.tag == .orderedList || element.tag == .item { closeItem(for: element.tag) }
        mendTable(for: element.tag)
        element.parent = open.last ?? -1
        guard let index = append(element) else { return }
        open.append(index)
        parserStack.append(index)
    }

    private mutating func endElement() {
        guard failure == nil, let node = parserStack.popLast(), node >= 0 else { return }
        // Ended before by a rule of this builder: then its late end tag says nothing.
        guard tree.nodes[Int(node)].end == 0 else { return }
        closeThrough(node)
    }

    private mutating func characters(_ text: UnsafePointer<xmlChar>?, _ length: Int32) {
        guard failure == nil, let text, length > 0 else { return }
        if let parent = open.last, tree.nodes[Int(parent)].tag == .dropped { return }
        guard tree.text.count <= HTMLLimits.textBytes else { return fail(Self.tooMuchText) }
        let start = Int32(tree.text.count)
        tree.text.append(contentsOf: UnsafeBufferPointer(start: text, count: Int(length)))
        let end = Int32(tree.text.count)
        // libxml2 hands a long text on in pieces.
        if let last = tree.nodes.indices.last, tree.nodes[last].tag == .text, tree.nodes[last].parent == open.last ?? -1
        {
            tree.nodes[last].text = tree.nodes[last].text.lowerBound..<end
            return
        }
        _ = append(
            HTMLTree.Node(tag: .text, parent: open.last ?? -1, end: Int32(tree.nodes.count + 1), text: start..<end)
        )
    }

    private mutating func append(_ node: HTMLTree.Node) -> Int32? {
        guard tree.nodes.count < HTMLLimits.nodes else {
            fail(Self.tooManyTags)
            return nil
        }
        tree.nodes.append(node)
        return Int32(tree.nodes.count - 1)
    }

    // MARK: - Ends of elements

    private mutating func close(_ node: Int32) { tree.nodes[Int(node)].end = Int32(tree.nodes.count) }

    private mutating func closeThrough(_ node: Int32) {
        while let last = open.popLast() {
            close(last)
            if last == node { return }
        }
    }

    /// Closes the outermost open element with one of `tags` within the innermost table.
    private mutating func closeInTable(_ tags: [HTMLTag]) {
        var outermost: Int32?
        for node in open.reversed() {
            let tag = tree.nodes[Int(node)].tag
            if tag == .table { break }
            if tags.contains(tag) { outermost = node }
        }
        if let outermost { closeThrough(outermost) }
    }

    private mutating func mendTable(for tag: HTMLTag) {
        switch tag {
        case .cell: closeInTable([.cell, .caption])
        case .row: closeInTable([.cell, .caption, .row])
        case .tableHead, .tableBody, .tableFoot, .caption:
            closeInTable([.cell, .caption, .row, .tableHead, .tableBody, .tableFoot])
        case .table:
            // A table among the rows of another ends that one, as its end tag was forgotten.
            for node in open.reversed() {
                let tag = tree.nodes[Int(node)].tag
                if tag == .cell || tag == .caption { return }
                if tag == .table { return closeThrough(node) }
            }
        default: return
        }
    }

    /// An item ends the open item of its list, whatever was left open within.
    private mutating func closeItem(for tag: HTMLTag) {
        guard tag == .item else { return }
        for node in open.reversed() {
            switch tree.nodes[Int(node)].tag {
            case .item: return closeThrough(node)
            case .inline, .link, .paragraph: continue
            default: return
            }
        }
    }

    // MARK: - Attributes

    private mutating func read(
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>,
        into element: inout HTMLTree.Node
    ) {
        var details = HTMLTree.Details()
        var hasDetails = false
        var inputType: [UInt8] = []
        var index = 0
        while let name = attributes[index] {
            let value = attributes[index + 1].map { UnsafeBufferPointer(start: $0, count: Int(xmlStrlen($0))) }
            index += 2
            guard let key = PackedName(name), let attribute = HTMLAttribute.named[key] else { continue }
            if attribute == .hidden {
                element.flags.insert(.hidden)
                continue
            }
            if attribute == .selected {
                element.flags.insert(.selected)
                continue
            }
            guard let value else { continue }
            switch attribute {
            case .columnSpan:
                details.columnSpan = max(1, HTMLAttribute.number(value) ?? 1)
                hasDetails = true
            case .rowSpan:
                // 0: to the end of the row group.
                details.rowSpan = max(0, HTMLAttribute.number(value) ?? 1)
                hasDetails = true
            case .style:
                hasDetails = applyStyle(HTMLStyle(value), to: &element, &details) || hasDetails
            case .role:
                let role = HTMLAttribute.lowercased(value)
                if ["navigation", "contentinfo", "banner", "search"].contains(role) { element.tag = .navigation }
                if role == "main" || role == "article" { element.tag = .article }
            case .identifier, .className:
                element.flags.formUnion(HTMLContentNames.flags(value))
            case .href:
                if element.tag == .inline, value.first != 0x23, !value.isEmpty {
                    element.tag = .link
                    if HTMLAttribute.namesADocument(value) { element.flags.insert(.attachment) }
                }
            case .type:
                if element.tag == .input { inputType = Array(HTMLAttribute.lowercased(value).utf8) }
                if element.tag == .orderedList || element.tag == .item {
                    details.style = HTMLListStyle(type: value)
                    hasDetails = true
                }
            case .start, .value:
                if element.tag == .input {
                    details.value = Array(value)
                } else {
                    details.number = HTMLAttribute.number(value)
                }
                hasDetails = true
            case .hidden, .selected: break
            }
        }
        if element.tag == .input,
            !["", "text", "number", "search", "tel"].contains(String(decoding: inputType, as: UTF8.self))
        {
            element.tag = .dropped
        }
        // Only structure keeps these marks; formatting around a few characters is no container.
        if element.tag == .inline || element.tag == .text { element.flags.remove(.title) }
        if hasDetails {
            tree.details.append(details)
            element.details = Int32(tree.details.count - 1)
        }
    }

    /// Whether the style says something that `details` keeps.
    private mutating func applyStyle(
        _ style: HTMLStyle,
        to element: inout HTMLTree.Node,
        _ details: inout HTMLTree.Details
    )
        -> Bool
    {
        if style.isHidden { element.flags.insert(.hidden) }
        if style.isInvisible { element.flags.insert(.invisible) }
        // A `div` that is displayed as a part of a table is one; a real table stays what its tags say.
        if let tag = style.displayedAs, element.tag == .block || element.tag == .inline || element.tag == .paragraph {
            element.tag = tag
        }
        if let listStyle = style.listStyle {
            details.style = listStyle
            return true
        }
        return false
    }

    // MARK: - Messages

    private static let tooManyTags = Unreadable(
        .tooLarge,
        "网页的标签和文字段超过上限 \(HTMLLimits.nodes) 个，不会是一份年度报告。",
        "The page has more than \(HTMLLimits.nodes) tags and runs of text; no annual report has."
    )

    private static let tooMuchText = Unreadable(
        .tooLarge,
        "网页中的文字超过上限 \(HTMLLimits.textBytes) 字节，不会是一份年度报告。",
        "The page holds more than \(HTMLLimits.textBytes) bytes of text; no annual report does."
    )

    private static let tooDeep = Unreadable(
        .tooLarge,
        "网页标签嵌套过深（上限 \(HTMLLimits.depth) 层，结束标签极多时更低），不会是一份年度报告。请重新导出后上传。",
        "Tags are nested too deep (the limit is \(HTMLLimits.depth) levels, less with very many end tags); "
            + "no annual report has such. Export it again and upload it."
    )
}
