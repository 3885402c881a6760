import Extraction

// A mutated zip is nearly always refused for its checksum, which shows nothing of what reads the XML. So the input is a
// zip as it is, or, behind a byte that tells which, one part of a docx that is made round it.

/// libFuzzer's entry: a docx, or what calls itself one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    _ = try? DocxExtractor().extract(document(bytes))
    return 0
}

private func document(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.first, let part = parts.firstIndex(where: { $0.mark == first }) else { return bytes }
    var zip = Zip()
    for (index, entry) in parts.enumerated() {
        zip.add(entry.name, index == part ? Array(bytes.dropFirst()) : Array(entry.content.utf8))
    }
    zip.add("[Content_Types].xml", Array(contentTypes.utf8))
    zip.add("_rels/.rels", Array(packageRelations.utf8))
    zip.add("word/_rels/document.xml.rels", Array(relations.utf8))
    return zip.finish()
}

private let word = #"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#
private let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
private let package = "http://schemas.openxmlformats.org/package/2006"

/// The parts that can be mutated, each with the byte that says so (not `P`, with which every zip begins).
private let parts: [(mark: UInt8, name: String, content: String)] = [
    (
        0x44, "word/document.xml",
        """
        <w:document \(word)><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>\
        <w:t>总体情况</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>主动公开</w:t></w:r></w:p></w:body></w:document>
        """
    ),
    (
        0x4E, "word/numbering.xml",
        """
        <w:numbering \(word)><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt \
        w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId \
        w:val="0"/></w:num></w:numbering>
        """
    ),
    (0x53, "word/styles.xml", #"<w:styles \#(word)><w:style w:type="paragraph" w:styleId="a"/></w:styles>"#),
]

private let contentTypes = """
    <Types xmlns="\(package)/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package\
    .relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument\
    .wordprocessingml.document.main+xml"/></Types>
    """

private let packageRelations = """
    <Relationships xmlns="\(package)/relationships"><Relationship Id="r1" Type="\(office)/officeDocument" \
    Target="word/document.xml"/></Relationships>
    """

private let relations = """
    <Relationships xmlns="\(package)/relationships"><Relationship Id="n" Type="\(office)/numbering" Target="numbering.xml"/>\
    <Relationship Id="s" Type="\(office)/styles" Target="styles.xml"/></Relationships>
    """

/// A zip whose entries are stored as they are (APPNOTE.TXT 4.3).
private struct Zip {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    mutating func add(_ name: String, _ content: [UInt8]) {
        let common =
            little(UInt16(20)) + little(UInt16(0)) + little(UInt16(0)) + little(UInt32(0)) + little(crc(content))
            + little(UInt32(content.count)) + little(UInt32(content.count)) + little(UInt16(name.utf8.count))
            + little(UInt16(0))
        directory += [0x50, 0x4B, 1, 2] + little(UInt16(20)) + common + little(UInt16(0)) + little(UInt16(0))
        directory += little(UInt16(0)) + little(UInt32(0)) + little(UInt32(bytes.count)) + Array(name.utf8)
        bytes += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + content
        count += 1
    }

    func finish() -> [UInt8] {
        bytes + directory + [0x50, 0x4B, 5, 6] + little(UInt32(0)) + little(count) + little(count)
            + little(UInt32(directory.count)) + little(UInt32(bytes.count)) + little(UInt16(0))
    }

    private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian, Array.init)
    }

    private func crc(_ content: [UInt8]) -> UInt32 {
        ~content.reduce(~UInt32(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }
}
