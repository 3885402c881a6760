import DocumentModel

/// Reads documents of every format: tells the format by the content and hands the bytes to its extractor.
public struct DocumentReader: Sendable {
    /// The programs that read PDF and the formats of office programs.
    public var tools: any DocumentTools

    /// A reader that uses `tools`.
    public init(tools: any DocumentTools) { self.tools = tools }

    /// The document in `bytes`, which are of `format` (``FormatDetection``). Throws ``Unreadable`` when they cannot be read
    /// surely.
    public func read(_ bytes: [UInt8], as format: DocumentFormat) throws(Unreadable) -> Document {
        switch format {
        case .text: return try TextExtractor().extract(bytes)
        case .docx: return try DocxExtractor().extract(bytes)
        case .html: return try HTMLExtractor().extract(bytes)
        case .mht: return try MHTExtractor().extract(bytes)
        case .pdf: return try PDFExtractor().extract(words: tools.pdfWords(bytes))
        case .doc, .wps, .rtf, .odt, .wordxml:
            guard let result = readConverted([(bytes, format)]).first else { throw Self.noResult }
            return try result.get()
        }
    }

    private static let noResult = Unreadable(.crashed, "转换程序没有给出结果。", "The converter gave no result.")

    /// The documents that an office program converts first, all in one call; one result each, in their order.
    public func readConverted(
        _ documents: [(bytes: [UInt8], format: DocumentFormat)]
    ) -> [Result<Document, Unreadable>] {
        let screenings = documents.map { document in
            Result { () throws(Unreadable) in try XMLScreening.check(document.bytes, document.format) }
        }
        let accepted = zip(documents, screenings).filter { (try? $1.get()) != nil }.map(\.0)
        var converted = (accepted.isEmpty ? [] : tools.docx(from: accepted)).makeIterator()
        return zip(documents, screenings).map { original, screening in
            Result { () throws(Unreadable) in
                try screening.get()
                guard let docx = converted.next() else { throw Self.noResult }
                var document = try DocxExtractor().extract(docx.get())
                document.format = original.format
                return document
            }
        }
    }
}

extension DocumentFormat {
    /// Whether an office program converts the format before it is read.
    public var needsConversion: Bool {
        switch self {
        case .text, .docx, .html, .mht, .pdf: false
        case .doc, .wps, .rtf, .odt, .wordxml: true
        }
    }
}
