import DocumentModel

/// Tells PDF files by their content.
public enum PDFRecognition {
    /// Whether `%PDF-` stands within the first 1024 bytes (ISO 32000-1, implementation note 13: viewers accept that).
    public static func isPDF(_ bytes: [UInt8]) -> Bool {
        let magic = Array("%PDF-".utf8)
        let head = bytes.prefix(1024)
        return head.indices.contains { head[$0] == magic[0] && head[$0...].starts(with: magic) }
    }
}

/// Reads a ``Document`` out of the words of a PDF and their places, as `pdftotext` (poppler) prints them.
///
/// Lines, paragraphs, tables and their cells are found by where words stand. Where it cannot be told which cell a number
/// stands in, the cell shows both (`1 / 2`) rather than a guess.
public struct PDFExtractor: Sendable {
    /// The options of `pdftotext` that print what is read here; the names of the PDF and of the output (`-`) follow.
    ///
    /// `-bbox` prints words with their places. `-raw` keeps them in the order in which the file draws them: that tells
    /// lines of one cell from lines of two, and spares poppler the search for columns of text, which glues neighbouring
    /// cells of a narrow table together.
    public static let toolArguments = ["-q", "-bbox", "-raw", "-enc", "UTF-8"]

    /// A reader.
    public init() {}

    /// Reads the output of `pdftotext`. Throws `no-text` when there is no text layer or none that means anything, and
    /// `too-large` where a limit is exceeded.
    public func extract(words output: [UInt8]) throws(Unreadable) -> Document {
        let list = try PDFWordList(output)
        guard list.scalars.readable > 0 || list.scalars.meaningless > 0 else { throw Self.noText }
        guard list.scalars.meaningless * 10 <= list.scalars.readable else { throw Self.noMeaning }
        let layout = PDFLayout(list.pages)
        guard !layout.lines.isEmpty else { throw Self.noText }
        var position = 0
        var blocks: [Block] = []
        var used: Set<PDFWordPlace> = []
        var paragraphs = PDFParagraphs(layout)
        let regions = PDFTableFinder.regions(layout)
        for region in regions {
            switch region {
            case .text(let lines):
                blocks += paragraphs.join(lines, position: &position).map(Block.paragraph)
            case .table(let lines):
                var builder = PDFTableBuilder(lines, layout: layout)
                if let table = builder.build(position: &position) {
                    used.formUnion(builder.used)
                    blocks.append(.table(table))
                    let notes = layout.footnotes.paragraphs(of: lines.header + lines.body, position: &position)
                    blocks += notes.map(Block.paragraph)
                } else {
                    blocks += paragraphs.join(lines.header + lines.body, position: &position).map(Block.paragraph)
                }
            }
        }
        var margins = layout.margins.map { line in
            Paragraph(text: line.text, source: SourceSpan(.box(page: Int32(clamping: line.page), line.box.pageBox)))
        }
        // Written downwards outside tables: beside the text.
        for (page, word) in layout.columns where !used.contains(PDFWordPlace(page: page, order: word.order)) {
            let source = SourceSpan(.box(page: Int32(clamping: page), word.box.pageBox))
            margins.append(Paragraph(text: word.text, source: source))
        }
        return Document(format: .pdf, encoding: nil, blocks: blocks, margins: margins)
    }

    private static let noText = Unreadable(
        .noText,
        "PDF 中没有文字（很可能是扫描件）。请上传原始的 Word 文档或带文字层的 PDF，或先做文字识别（OCR）。",
        "The PDF holds no text (a scan, most likely). Upload the original Word document or a PDF with a text layer, or run OCR on it first."
    )

    private static let noMeaning = Unreadable(
        .noText,
        "PDF 的字体没有文字编码，文字无法识别。请上传原始的 Word 文档，或用办公软件重新导出 PDF。",
        "The fonts of the PDF do not tell which characters their glyphs are. Upload the original Word document, or export the PDF anew."
    )
}
