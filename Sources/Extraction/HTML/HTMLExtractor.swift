import DocumentModel

/// Reads web pages, as a browser saves them and as office programs write them.
///
/// The bytes are decoded first — what they are decides, not what the page claims: pages that say UTF-8 and are GBK exist, and
/// the reverse —, then read by libxml2's HTML parser. What is not the report (navigation, breadcrumbs, print buttons, footers)
/// is in ``DocumentModel/Document/margins``.
public struct HTMLExtractor: DocumentExtractor {
    /// An html extractor.
    public init() {}

    /// Reads a page. Throws `corrupt` for bytes that are no text, `too-large` beyond ``HTMLLimits`` and ``MarkupLimits``.
    public func extract(_ bytes: [UInt8]) throws(Unreadable) -> Document {
        let page = try TextDecoder.decode(bytes)
        return try Self.document(page: page.text, format: .html, encoding: page.encoding)
    }

    static func document(page: String, format: DocumentFormat, encoding: String) throws(Unreadable) -> Document {
        let tree = try HTMLTreeBuilder.tree(of: page)
        let layout = try HTMLLayout(tree, HTMLContent(tree))
        return Document(
            format: format,
            encoding: encoding,
            blocks: try MarkupFlattener.flatten(layout.blocks),
            margins: layout.margins.map { Paragraph(text: $0, source: SourceSpan()) }
        )
    }
}
