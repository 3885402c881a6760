import DocumentModel
import Extraction

/// Builds zips of stored entries (APPNOTE.TXT 4.3), byte by byte: tests need such that no library writes.
struct ZipFixture {
    /// An entry, with what its headers claim where that is not the truth.
    struct Entry {
        var name: String
        var bytes: [UInt8]
        var isEncrypted = false
        var checksum: UInt32?
    }

    var entries: [Entry] = []

    /// The zip.
    func bytes() -> [UInt8] {
        var result: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = result.count
            let common =
                Self.little(20, 2) + Self.little(entry.isEncrypted ? 1 : 0, 2) + Self.little(0, 2) + Self.little(0, 4)
                + Self.little(Int(entry.checksum ?? Self.checksum(entry.bytes)), 4)
                + Self.little(entry.bytes.count, 4) + Self.little(entry.bytes.count, 4)
                + Self.little(entry.name.utf8.count, 2) + Self.little(0, 2)
            result += [0x50, 0x4B, 3, 4] + common + Array(entry.name.utf8) + entry.bytes
            directory += [0x50, 0x4B, 1, 2] + Self.little(20, 2) + common
            directory += Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 4)
            directory += Self.little(offset, 4) + Array(entry.name.utf8)
        }
        let start = result.count
        result += directory + [0x50, 0x4B, 5, 6] + Self.little(0, 4)
        result += Self.little(entries.count, 2) + Self.little(entries.count, 2)
        return result + Self.little(directory.count, 4) + Self.little(start, 4) + Self.little(0, 2)
    }

    static func little(_ number: Int, _ length: Int) -> [UInt8] {
        (0..<length).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    /// CRC-32 (APPNOTE.TXT 4.4.7).
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var value = UInt32.max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        return ~value
    }
}

/// Builds docx packages of XML strings.
struct DocxFixture {
    static let transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    static let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"

    /// What stands in `w:body`.
    var body: String
    var namespace = transitional
    /// What stands in `w:styles`, `w:numbering`, `w:footnotes`, `w:endnotes`.
    var styles: String?
    var numbering: String?
    var footnotes: String?
    var endnotes: String?
    /// What stands in `w:hdr`; its relationship is `rIdHeader`.
    var header: String?
    /// The name of the main part.
    var mainPart = "word/document.xml"
    var mainType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    /// The XML of the main part, where it is not to be made of `body`.
    var document: [UInt8]?
    /// Further entries.
    var others: [ZipFixture.Entry] = []

    init(_ body: String) { self.body = body }

    private var declarations: String {
        """
        xmlns:w="\(namespace)" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" \
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
        xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" \
        xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" \
        xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
        """
    }

    func xml(_ root: String, _ content: String) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:\(root) \(declarations)>\(content)</w:\(root)>"
    }

    /// The parts in the order of a usual docx.
    var entries: [ZipFixture.Entry] {
        let isStrict = namespace == Self.strict
        let types =
            isStrict
            ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
            : "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        var parts: [(String, String)] = []
        var relationships = ""
        for (type, root, content) in [
            ("styles", "styles", styles), ("numbering", "numbering", numbering), ("footnotes", "footnotes", footnotes),
            ("endnotes", "endnotes", endnotes), ("header", "hdr", header),
        ] {
            guard let content else { continue }
            parts.append(("word/\(type).xml", xml(root, content)))
            let id = type == "header" ? "rIdHeader" : "rId\(parts.count)"
            relationships += "<Relationship Id=\"\(id)\" Type=\"\(types)/\(type)\" Target=\"\(type).xml\"/>"
        }
        let package = "http://schemas.openxmlformats.org/package/2006"
        let main = mainPart.split(separator: "/")
        let folder = main.dropLast().map { $0 + "/" }.joined()
        let all: [(String, [UInt8])] =
            [
                (
                    "[Content_Types].xml",
                    Array(
                        """
                        <?xml version="1.0"?><Types xmlns="\(package)/content-types"><Default Extension="xml" \
                        ContentType="application/xml"/><Override PartName="/\(mainPart)" ContentType="\(mainType)"/></Types>
                        """.utf8
                    )
                ),
                (
                    "_rels/.rels",
                    Array(
                        """
                        <Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" \
                        Type="\(types)/officeDocument" Target="\(mainPart)"/></Relationships>
                        """.utf8
                    )
                ),
                (mainPart, document ?? Array(xml("document", "<w:body>\(body)</w:body>").utf8)),
                (
                    "\(folder)_rels/\(main.last ?? "").rels",
                    Array("<Relationships xmlns=\"\(package)/relationships\">\(relationships)</Relationships>".utf8)
                ),
            ] + parts.map { ($0.0, Array($0.1.utf8)) }
        return all.map { ZipFixture.Entry(name: $0.0, bytes: $0.1) } + others
    }

    func bytes() -> [UInt8] { ZipFixture(entries: entries).bytes() }

    /// What the extractor makes of it.
    func extracted() throws -> Document { try DocxExtractor().extract(bytes()) }

    /// The blocks in one line each: paragraphs as they are, rows as `[column:columns×rows text | …]`.
    func lines() throws -> [String] { try extracted().blocks.flatMap(Self.lines) }

    static func lines(_ block: Block) -> [String] {
        switch block {
        case .paragraph(let paragraph): return [paragraph.text]
        case .table(let table):
            return table.rows.map { row in
                let cells = row.cells.map { cell in
                    guard let span = cell.span else { return cell.text }
                    let size = span.columns == 1 && span.rows == 1 ? "" : "\(span.columns)×\(span.rows) "
                    return "\(span.column):\(size)\(cell.text.replacing("\n", with: "⏎"))"
                }
                return "[\(cells.joined(separator: " | "))]"
            }
        }
    }

    // MARK: - Shorthands

    /// A paragraph with one text.
    static func p(_ text: String, _ properties: String = "") -> String {
        "<w:p>\(properties.isEmpty ? "" : "<w:pPr>\(properties)</w:pPr>")\(r(text))</w:p>"
    }

    /// A run with one text.
    static func r(_ text: String, _ properties: String = "") -> String {
        "<w:r>\(properties.isEmpty ? "" : "<w:rPr>\(properties)</w:rPr>")<w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
    }

    /// A cell with one paragraph.
    static func tc(_ text: String, _ properties: String = "") -> String {
        "<w:tc>\(properties.isEmpty ? "" : "<w:tcPr>\(properties)</w:tcPr>")\(p(text))</w:tc>"
    }

    static func tr(_ cells: String...) -> String { "<w:tr>\(cells.joined())</w:tr>" }

    static func tbl(_ rows: String...) -> String { "<w:tbl><w:tblPr/><w:tblGrid/>\(rows.joined())</w:tbl>" }
}
