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
        try Self.document(page: bytes, format: .html)
    }

    /// Reads a page. A description in its head that was cut in the middle of a character is no reason to refuse it: bytes
    /// that are no text are an error only where they are displayed.
    static func document(page bytes: [UInt8], format: DocumentFormat) throws(Unreadable) -> Document {
        do throws(Unreadable) {
            let page = try TextDecoder.decode(bytes)
            return try document(page: page.text, format: format, encoding: page.encoding)
        } catch {
            guard error.code == .corrupt, !bytes.contains(0) else { throw error }
            // Every byte that fits no character becomes U+FFFD.
            let page = String(decoding: bytes, as: UTF8.self)
            guard page.unicodeScalars.count(where: { $0 == "\u{FFFD}" }) <= mostStrayBytes,
                let document = try? document(page: page, format: format, encoding: "utf-8"),
                !document.holdsReplacement
            else { throw error }
            return document
        }
    }

    /// A few fields of a page's head may be cut; more is another encoding.
    private static let mostStrayBytes = 16

    private static func document(page: String, format: DocumentFormat, encoding: String) throws(Unreadable) -> Document
    {
        let tree = try HTMLTreeBuilder.tree(of: page)
        let layout = try HTMLLayout(tree, HTMLContent(tree))
        let (blocks, pictures) = try MarkupFlattener.flatten(layout.blocks)
        return Document(
            format: format,
            encoding: encoding,
            blocks: blocks,
            margins: layout.margins.map { Paragraph(text: $0, source: SourceSpan()) },
            pictures: pictures
        )
    }
}

extension Document {
    /// Whether text or margins hold a character that stands for bytes that are none.
    fileprivate var holdsReplacement: Bool {
        let mark: Unicode.Scalar = "\u{FFFD}"
        return margins.contains { $0.text.unicodeScalars.contains(mark) }
            || blocks.contains { block in
                switch block {
                case .paragraph(let paragraph): paragraph.text.unicodeScalars.contains(mark)
                case .table(let table):
                    table.rows.contains { row in row.cells.contains { $0.text.unicodeScalars.contains(mark) } }
                }
            }
    }
}
