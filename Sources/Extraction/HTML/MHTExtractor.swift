import DocumentModel

/// Reads web archives: a page and its parts in one MIME message (RFC 2557), as browsers and office programs save them.
public struct MHTExtractor: DocumentExtractor {
    /// An mht extractor.
    public init() {}

    /// Reads the root page. Throws `corrupt` where the message has no page or its encoding is broken, `too-large` beyond
    /// ``HTMLLimits``.
    public func extract(_ bytes: [UInt8]) throws(Unreadable) -> Document {
        let pages = try MIMEMessage.pages(of: bytes)
        guard let root = pages.first else {
            throw Unreadable(
                .corrupt,
                "网页归档（MHT）中没有网页内容，文件可能被截断。请重新保存后上传。",
                "The web archive (MHT) holds no page; it may be cut off. Save it again and upload it."
            )
        }
        let document = try document(of: root)
        // A frameset shows nothing itself: the report is in the largest of its frames.
        guard document.blocks.isEmpty, pages.count > 1 else { return document }
        var largest: Document?
        for page in pages.dropFirst().sorted(by: { $0.bytes.count > $1.bytes.count }).prefix(Self.mostFrames) {
            let frame = try self.document(of: page)
            if frame.blocks.count > largest?.blocks.count ?? 0 { largest = frame }
        }
        return largest ?? document
    }

    /// A workbook saved as a page has a frame a sheet, and one for their names.
    private static let mostFrames = 16

    private func document(of page: MIMEMessage.Page) throws(Unreadable) -> Document {
        try HTMLExtractor.document(page: page.bytes, format: .mht)
    }
}
