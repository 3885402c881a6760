import DocumentModel

/// Reads Office Open XML text documents (ECMA-376, ISO/IEC 29500, transitional and strict), as Word, WPS, LibreOffice and
/// converters write them.
///
/// What the author sees becomes text: automatic numbers in front of their paragraphs, changes accepted, results of fields,
/// text boxes after the paragraph that they are anchored in, notes after the block that refers to them. Hidden text,
/// comments and the readings above words are left out; headers and footers stand in ``Document/margins``.
public struct DocxExtractor: DocumentExtractor {
    /// An extractor of docx files.
    public init() {}

    /// Reads the package in `bytes`. Throws `encrypted`, `corrupt`, `too-large`, `no-text` for a document of pictures, and
    /// `unsupported` where the text is not in the package itself.
    public func extract(_ bytes: [UInt8]) throws(Unreadable) -> Document {
        try ZipArchive.read(bytes) { archive throws(Unreadable) in
            guard !archive.isEncrypted else { throw OfficePackage.encrypted }
            return try DocxPackage(archive).document()
        }
    }
}

/// The parts of a docx and how they belong together.
private struct DocxPackage {
    private let archive: ZipArchive
    private let mainPart: String
    private let relationships: Relationships
    private let styles = StyleSheet()
    private let numbering = Numbering()

    init(_ archive: ZipArchive) throws(Unreadable) {
        self.archive = archive
        mainPart = try Self.mainPart(of: archive)
        relationships = try Self.relationships(of: mainPart, in: archive)
        try parse(relationships.first("styles"), into: styles)
        try parse(relationships.first("numbering"), into: numbering)
    }

    func document() throws(Unreadable) -> Document {
        let story = StoryReader(styles: styles, numbering: numbering)
        guard try parse(mainPart, into: story), story.hasBody else {
            throw Unreadable(
                .corrupt,
                "文件已损坏：缺少正文部件 \(mainPart)。请用 Word 或 WPS 打开后另存为 docx 重新上传。",
                "The file is damaged: the main part \(mainPart) is missing. Open it in Word or WPS, save it as docx and "
                    + "upload it again."
            )
        }
        if let foreign = story.foreign { throw Self.unsupported(foreign) }
        let (blocks, pictures) = try MarkupFlattener.flatten(withNotes(story))
        guard !blocks.isEmpty || story.pictures == 0 else {
            throw Unreadable(
                .noText,
                "文件只有图片，没有文字（可能是扫描件）。请上传文字版的报告。",
                "The file holds pictures and no text (probably a scan). Upload the report as text."
            )
        }
        return Document(
            format: .docx,
            encoding: nil,
            blocks: blocks,
            margins: try margins(story.margins),
            pictures: pictures
        )
    }

    // MARK: - Parts

    /// The main part by the relationships of the package, not by its customary name.
    private static func mainPart(of archive: ZipArchive) throws(Unreadable) -> String {
        if let part = try relationships(of: "", in: archive).first("officeDocument") { return part }
        return "word/document.xml"
    }

    private static func relationships(of part: String, in archive: ZipArchive) throws(Unreadable) -> Relationships {
        let relationships = Relationships(of: part)
        let name = Relationships.part(for: part)
        if let bytes = try archive.part(name) { try XMLStream.parse(bytes, named: name, into: relationships) }
        return relationships
    }

    /// Reads a part, if it is there.
    @discardableResult
    private func parse(_ part: String?, into handler: any XMLHandler) throws(Unreadable) -> Bool {
        guard let part, let bytes = try archive.part(part) else { return false }
        try XMLStream.parse(bytes, named: part, into: handler)
        return true
    }

    // MARK: - Notes and margins

    /// The blocks of the body, each with the notes that it refers to right after it.
    private func withNotes(_ story: StoryReader) throws(Unreadable) -> [MarkupBlock] {
        let blocks = try story.blocks()
        guard !story.references.isEmpty else { return blocks }
        let footnotes = StoryReader(styles: styles, numbering: numbering)
        let endnotes = StoryReader(styles: styles, numbering: numbering)
        try parse(relationships.first("footnotes"), into: footnotes)
        try parse(relationships.first("endnotes"), into: endnotes)
        var result: [MarkupBlock] = []
        var done: Set<StoryReader.NoteReference> = []
        var position = 0
        for reference in story.references {
            result += blocks[position..<reference.position]
            position = reference.position
            for note in reference.notes where done.insert(note).inserted {
                result += (note.isEndnote ? endnotes : footnotes).notes[note.id] ?? []
            }
        }
        return result + blocks[position...]
    }

    private func margins(_ ids: [String]) throws(Unreadable) -> [Paragraph] {
        var result: [Paragraph] = []
        var done: Set<String> = []
        for id in ids {
            guard let part = relationships.target(id)?.part, done.insert(part).inserted else { continue }
            let story = StoryReader(styles: styles, numbering: numbering)
            try parse(part, into: story)
            for block in try MarkupFlattener.flatten(story.blocks()).blocks {
                switch block {
                case .paragraph(let paragraph): result.append(paragraph)
                case .table(let table):
                    for cell in table.rows.flatMap(\.cells) where !cell.text.isEmpty {
                        result.append(Paragraph(text: cell.text, source: cell.source))
                    }
                }
            }
        }
        return result
    }

    // MARK: - Errors

    /// A report without the text that it takes from elsewhere would look whole and be half.
    private static func unsupported(_ foreign: StoryReader.Foreign) -> Unreadable {
        switch foreign {
        case .altChunk:
            Unreadable(
                .unsupported,
                "正文以嵌入网页等形式（altChunk）存放，无法直接读取。请用 Word 打开后另存为 docx 重新上传。",
                "The text is embedded in another format (altChunk) and cannot be read. Open the file in Word, save it as "
                    + "docx and upload it again."
            )
        case .subDocument:
            Unreadable(
                .unsupported,
                "这是主控文档，正文在其他文件中。请在 Word 中展开并取消子文档链接后另存为 docx 重新上传。",
                "This is a master document; its text is in other files. Expand and unlink the subdocuments in Word, save it "
                    + "as docx and upload it again."
            )
        }
    }
}
