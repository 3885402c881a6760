import CZip
import DocumentModel
import Testing

@testable import Extraction

/// The package round the text: zip, relationships, XML.
@Suite struct DocxPackageTests {
    private typealias D = DocxFixture

    private func failure(_ bytes: [UInt8]) -> Unreadable? {
        do {
            _ = try DocxExtractor().extract(bytes)
            return nil
        } catch {
            return error
        }
    }

    private func paragraphs(_ bytes: [UInt8]) throws -> [String] {
        try DocxExtractor().extract(bytes).blocks.flatMap(DocxFixture.lines)
    }

    // MARK: - What producers write

    @Test func readsStrictFiles() throws {
        var fixture = DocxFixture(DocxNumberingTests.item("总体情况") + D.tbl(D.tr(D.tc("1"), D.tc("2"))))
        fixture.namespace = DocxFixture.strict
        fixture.numbering = DocxNumberingTests.list("chineseCounting", "%1、")
        #expect(try fixture.lines() == ["一、总体情况", "[0:1 | 1:2]"])
    }

    @Test func findsTheMainPartByItsRelationship() throws {
        var fixture = DocxFixture(D.p("甲"))
        fixture.mainPart = "Docs/正文.xml"
        #expect(try fixture.lines() == ["甲"])
    }

    @Test func readsUTF16Parts() throws {
        var fixture = DocxFixture("")
        let xml = fixture.xml("document", "<w:body>\(D.p("甲〼㴀"))</w:body>").replacing("UTF-8", with: "UTF-16")
        fixture.document = [0xFF, 0xFE] + xml.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        #expect(try fixture.lines() == ["甲〼㴀"])
        fixture.document = [0xFE, 0xFF] + xml.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        #expect(try fixture.lines() == ["甲〼㴀"])
    }

    @Test func readsLargeParts() throws {
        // As of a converter that formats every character alone. libxml2 by itself gives up where such a part ends with a
        // long tag.
        let format = "<w:rFonts w:ascii=\"仿宋_GB2312\" w:eastAsia=\"仿宋_GB2312\"/><w:color w:val=\"000000\"/>"
        let blanks = String(repeating: "<w:p>\(D.r("", format))</w:p>", count: 70_000)
        let longTag = "<w:p w:rsidR=\"\(String(repeating: "0", count: 3000))\"/>"
        let body = D.p("甲") + blanks + D.p("乙") + longTag
        #expect(body.utf8.count > 10 << 20)
        #expect(try DocxFixture(body).lines() == ["甲", "乙"])
    }

    @Test func ignoresBytesRoundTheZip() throws {
        let bytes = DocxFixture(D.p("甲")).bytes()
        #expect(try paragraphs(Array("Content-Type: application/octet-stream\r\n\r\n".utf8) + bytes) == ["甲"])
        #expect(try paragraphs(bytes + Array(repeating: 0, count: 600)) == ["甲"])
    }

    @Test func acceptsBackslashesAndOtherCaseInNames() throws {
        var zip = ZipFixture(entries: DocxFixture(D.p("甲")).entries)
        for index in zip.entries.indices {
            zip.entries[index].name = zip.entries[index].name.replacing("/", with: "\\").replacing("word", with: "Word")
        }
        #expect(try paragraphs(zip.bytes()) == ["甲"])
    }

    // MARK: - Kinds

    @Test(arguments: [
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            OfficePackage.Kind.wordprocessing
        ),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", .wordprocessing),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", .wordprocessing),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", .spreadsheet),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", .spreadsheet),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", .presentation),
    ])
    func tellsOfficeFilesApart(type: String, kind: OfficePackage.Kind) throws {
        var fixture = DocxFixture(D.p("甲"))
        fixture.mainPart = "main.xml"
        fixture.mainType = type
        #expect(try OfficePackage.kind(of: fixture.bytes()) == kind)
    }

    @Test(arguments: [
        ("mimetype", "application/vnd.oasis.opendocument.text", OfficePackage.Kind.openDocumentText),
        ("mimetype", "application/vnd.oasis.opendocument.text-template", .openDocumentText),
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", .openDocumentOther),
        ("mimetype", "application/epub+zip", .epub), ("OFD.xml", "<ofd:OFD/>", .ofd), ("报告.docx", "PK", .zip),
        ("word/document.xml", "<w:document/>", .wordprocessing), ("xl/workbook.xml", "<workbook/>", .spreadsheet),
        (
            "META-INF/manifest.xml",
            "<m:file-entry m:full-path=\"/\" m:media-type=\"application/vnd.oasis.opendocument.text\"/>",
            .openDocumentText
        ),
    ])
    func tellsOtherZipsApart(name: String, content: String, kind: OfficePackage.Kind) throws {
        let zip = ZipFixture(entries: [.init(name: name, bytes: Array(content.utf8))])
        #expect(try OfficePackage.kind(of: zip.bytes()) == kind)
    }

    @Test func seesPasswords() throws {
        var zip = ZipFixture(entries: DocxFixture(D.p("甲")).entries)
        zip.entries[2].isEncrypted = true
        #expect(failure(zip.bytes())?.code == .encrypted)
        #expect(throws: OfficePackage.encrypted) { try OfficePackage.kind(of: zip.bytes()) }
        let manifest = "<manifest:encryption-data/> application/vnd.oasis.opendocument.text"
        let odt = ZipFixture(entries: [.init(name: "META-INF/manifest.xml", bytes: Array(manifest.utf8))])
        #expect(throws: OfficePackage.encrypted) { try OfficePackage.kind(of: odt.bytes()) }
    }

    // MARK: - Damage

    @Test func refusesWhatIsNoWholeZip() throws {
        let bytes = DocxFixture(D.p("甲")).bytes()
        let error = try #require(failure(Array(bytes.prefix(700))))
        #expect(error.code == .corrupt)
        #expect(error.chinese.contains("700"), "\(error.chinese)")
        #expect(failure([])?.code == .corrupt)
        #expect(failure(Array("PK\u{3}\u{4}".utf8))?.code == .corrupt)
    }

    @Test func refusesWrongChecksums() throws {
        var zip = ZipFixture(entries: DocxFixture(D.p("甲")).entries)
        zip.entries[2].checksum = 1
        let error = try #require(failure(zip.bytes()))
        #expect(error.code == .corrupt)
        #expect(error.chinese.contains("word/document.xml"), "\(error.chinese)")
    }

    @Test func refusesPartsThatAreThereTwice() throws {
        var zip = ZipFixture(entries: DocxFixture(D.p("甲")).entries)
        zip.entries.append(zip.entries[2])
        #expect(failure(zip.bytes())?.code == .corrupt)
    }

    @Test func namesTheOffsetInAPartThatEndsEarly() throws {
        var fixture = DocxFixture("")
        fixture.document = Array(fixture.xml("document", "<w:body>\(D.p("甲"))").utf8.dropLast(13))
        let error = try #require(failure(fixture.bytes()))
        #expect(error.code == .corrupt)
        #expect(error.chinese.contains("偏移 \(fixture.document?.count ?? 0)"), "\(error.chinese)")
    }

    @Test func refusesPackagesWithoutText() throws {
        var fixture = DocxFixture("")
        fixture.document = Array(fixture.xml("settings", "").utf8)
        #expect(failure(fixture.bytes())?.code == .corrupt)
        #expect(failure(ZipFixture(entries: []).bytes())?.code == .corrupt)
        let picture = "<w:p><w:r><w:drawing><a:blip r:embed=\"rId3\"/></w:drawing></w:r></w:p>"
        #expect(failure(DocxFixture(picture).bytes())?.code == .noText)
        #expect(try DocxFixture("<w:p/>").lines().isEmpty)
    }

    @Test(arguments: ["<w:altChunk r:id=\"rId5\"/>", "<w:p><w:subDoc r:id=\"rId5\"/></w:p>"])
    func refusesTextThatIsElsewhere(body: String) throws {
        #expect(failure(DocxFixture(D.p("甲") + body).bytes())?.code == .unsupported)
    }

    @Test func readsOrRefusesEveryTruncationAndEveryFlippedByte() throws {
        let bytes = DocxFixture(D.p("甲") + D.tbl(D.tr(D.tc("1", "<w:vMerge/>"), D.tc("2")))).bytes()
        for count in stride(from: 0, to: bytes.count, by: 64) {
            let error = try #require(failure(Array(bytes.prefix(count))), "\(count) of \(bytes.count) bytes")
            #expect(error.code == .corrupt, "\(count) of \(bytes.count) bytes: \(error)")
        }
        for place in bytes.indices {
            var flipped = bytes
            flipped[place] ^= UInt8(1 << (place % 8))
            // Whatever comes of it, the process lives on and whole text is never replaced by other text.
            if let lines = try? paragraphs(flipped) { #expect(lines == ["甲", "[0:1 | 1:2]"], "byte \(place)") }
        }
    }

    // MARK: - Hostile parts

    @Test func refusesDocumentTypes() throws {
        var fixture = DocxFixture("")
        let bomb = """
            <!DOCTYPE w:document [<!ENTITY a "\(String(repeating: "x", count: 100))"><!ENTITY b "&a;&a;&a;">\
            <!ENTITY c SYSTEM "file:///etc/passwd">]>
            """
        fixture.document = Array((bomb + fixture.xml("document", "<w:body>&b;&c;</w:body>").dropFirst(55)).utf8)
        #expect(failure(fixture.bytes())?.code == .unsupported)
    }

    @Test func refusesUnknownEntities() throws {
        #expect(failure(DocxFixture(D.p("&nbsp;")).bytes())?.code == .corrupt)
    }

    @Test func refusesDeepNesting() throws {
        let deep = String(repeating: "<w:sdt>", count: 100_000)
        #expect(failure(DocxFixture(deep).bytes())?.code == .tooLarge)
        let tables = String(repeating: "<w:tbl><w:tr><w:tc>", count: 40)
        let ends = String(repeating: "</w:tc></w:tr></w:tbl>", count: 40)
        #expect(failure(DocxFixture(tables + D.p("甲") + ends).bytes())?.code == .tooLarge)
    }

    @Test func refusesHugeTables() throws {
        let row = "<w:tr>\(String(repeating: "<w:tc/>", count: 200))</w:tr>"
        #expect(failure(DocxFixture("<w:tbl>\(String(repeating: row, count: 600))</w:tbl>").bytes())?.code == .tooLarge)
        let wide = D.tbl(D.tr(D.tc("甲", "<w:gridSpan w:val=\"999999999\"/>"), D.tc("乙")))
        #expect(failure(DocxFixture(wide).bytes())?.code == .tooLarge)
        let rows = String(repeating: "<w:tr/>", count: MarkupLimits.rows + 1)
        #expect(failure(DocxFixture("<w:tbl>\(rows)</w:tbl>").bytes())?.code == .tooLarge)
    }

    @Test func refusesCrowdsOfAttributesAndNamespaces() throws {
        let attributes = (0..<2000).map { " a\($0)=\"\"" }.joined()
        #expect(failure(DocxFixture("<w:p\(attributes)/>").bytes())?.code == .tooLarge)
        let namespaces = (0..<600).map { " xmlns:a\($0)=\"u\"" }.joined()
        #expect(failure(DocxFixture("<w:p\(namespaces)/>").bytes())?.code == .tooLarge)
    }

    @Test func refusesCrowdsOfParagraphs() throws {
        let body = String(repeating: "<w:p/>", count: DocxLimits.paragraphs + 1)
        #expect(failure(DocxFixture(body).bytes())?.code == .tooLarge)
    }

    @Test func refusesLabelsThatMakeMoreTextThanAReport() throws {
        var fixture = DocxFixture(
            String(repeating: "<w:p><w:pPr>\(DocxNumberingTests.numPr(1, 0))</w:pPr></w:p>", count: 20_000)
        )
        fixture.numbering = DocxNumberingTests.list("decimal", String(repeating: "章", count: 255))
        #expect(failure(fixture.bytes())?.code == .tooLarge)
    }

    @Test func refusesBombs() throws {
        // Deflated by libzip: 32 MB of blanks in 32 KB.
        var fixture = DocxFixture("")
        fixture.document = Array(fixture.xml("document", "<w:body>").utf8) + Array(repeating: 0x20, count: 32 << 20)
        let bytes = try deflated(fixture.entries)
        #expect(bytes.count < 100_000)
        #expect(failure(bytes)?.code == .tooLarge)
    }

    @Test func refusesCrowdsOfEntries() throws {
        let entries = (0...ZipLimits.entries).map { ZipFixture.Entry(name: "a\($0)", bytes: []) }
        #expect(failure(ZipFixture(entries: DocxFixture(D.p("甲")).entries + entries).bytes())?.code == .tooLarge)
    }

    @Test func doesNotBelieveTheNumberOfEntriesOfAZip64() throws {
        var bytes = ZipFixture(entries: DocxFixture(D.p("甲")).entries).bytes()
        let end = Array(bytes.suffix(22))
        bytes.removeLast(22)
        let place = bytes.count
        let number = ZipFixture.little(1 << 40, 8)
        bytes += [0x50, 0x4B, 6, 6] + ZipFixture.little(44, 8) + ZipFixture.little(45, 2) + ZipFixture.little(45, 2)
        bytes += ZipFixture.little(0, 8) + number + number + ZipFixture.little(100, 8) + ZipFixture.little(0, 8)
        bytes +=
            [0x50, 0x4B, 6, 7] + ZipFixture.little(0, 4) + ZipFixture.little(place, 8) + ZipFixture.little(1, 4) + end
        #expect(failure(bytes)?.code == .tooLarge)
    }

    @Test func refusesCrowdsOfDirectoryEnds() throws {
        let end: [UInt8] = [0x50, 0x4B, 5, 6] + Array(repeating: 0, count: 18)
        let crowd = Array(repeating: end, count: 2000).flatMap { $0 }
        #expect(failure(DocxFixture(D.p("甲")).bytes() + crowd)?.code == .corrupt)
    }

    /// The entries in a zip that libzip compresses.
    private func deflated(_ entries: [ZipFixture.Entry]) throws -> [UInt8] {
        let source = try #require(zip_source_buffer_create(nil, 0, 0, nil))
        let archive = try #require(zip_open_from_source(source, ZIP_TRUNCATE, nil))
        zip_source_keep(source)
        defer { zip_source_free(source) }
        try entries.withContiguousStorageIfAvailable { entries in
            for entry in entries {
                try entry.bytes.withUnsafeBufferPointer { bytes in
                    // libzip reads the bytes only when it is closed: it gets a copy that it frees.
                    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
                    if let base = bytes.baseAddress { copy.copyMemory(from: base, byteCount: bytes.count) }
                    let content = try #require(zip_source_buffer(archive, copy, UInt64(bytes.count), 1))
                    try #require(zip_file_add(archive, entry.name, content, zip_flags_t(ZIP_FL_ENC_UTF_8)) >= 0)
                }
            }
        }
        try #require(zip_close(archive) == 0)
        try #require(zip_source_open(source) == 0)
        defer { zip_source_close(source) }
        var stat = zip_stat_t()
        try #require(zip_source_stat(source, &stat) == 0)
        return [UInt8](unsafeUninitializedCapacity: Int(stat.size)) { buffer, count in
            count = max(0, Int(zip_source_read(source, buffer.baseAddress, stat.size)))
        }
    }
}
