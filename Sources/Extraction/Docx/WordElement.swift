import CXML2

/// The elements of WordprocessingML and its relatives that matter to text, tables and numbering. The raw value is the
/// namespace by its customary prefix, and the local name.
enum WordElement: String {
    // Blocks.
    case document = "w:document"
    case body = "w:body"
    case paragraph = "w:p"
    case paragraphProperties = "w:pPr"
    case paragraphStyle = "w:pStyle"
    case numberingProperties = "w:numPr"
    case numberingId = "w:numId"
    case level = "w:ilvl"
    case tabStops = "w:tabs"
    case altChunk = "w:altChunk"
    case subDocument = "w:subDoc"

    // Tables.
    case table = "w:tbl"
    case row = "w:tr"
    case rowProperties = "w:trPr"
    case gridBefore = "w:gridBefore"
    case cell = "w:tc"
    case cellProperties = "w:tcPr"
    case gridSpan = "w:gridSpan"
    case verticalMerge = "w:vMerge"
    case horizontalMerge = "w:hMerge"
    case cellDeletion = "w:cellDel"
    case cellMerge = "w:cellMerge"

    // Runs.
    case run = "w:r"
    case runProperties = "w:rPr"
    case runStyle = "w:rStyle"
    case vanish = "w:vanish"
    case text = "w:t"
    case tab = "w:tab"
    case positionedTab = "w:ptab"
    case lineBreak = "w:br"
    case carriageReturn = "w:cr"
    case noBreakHyphen = "w:noBreakHyphen"
    case symbol = "w:sym"
    case fieldCharacter = "w:fldChar"
    case rubyText = "w:rt"
    case footnoteReference = "w:footnoteReference"
    case endnoteReference = "w:endnoteReference"
    case textBox = "w:txbxContent"
    case mathText = "m:t"
    case wordArt = "v:textpath"
    case picture = "a:blip"
    case oldPicture = "v:imagedata"

    // Content controls.
    case contentControlProperties = "w:sdtPr"

    // Revisions.
    case deletion = "w:del"
    case moveFrom = "w:moveFrom"
    case runPropertiesChange = "w:rPrChange"
    case paragraphPropertiesChange = "w:pPrChange"
    case sectionPropertiesChange = "w:sectPrChange"
    case tablePropertiesChange = "w:tblPrChange"
    case tableExceptionsChange = "w:tblPrExChange"
    case rowPropertiesChange = "w:trPrChange"
    case cellPropertiesChange = "w:tcPrChange"

    // Alternatives.
    case alternateContent = "mc:AlternateContent"
    case choice = "mc:Choice"
    case fallback = "mc:Fallback"

    // Stories beside the body.
    case headerReference = "w:headerReference"
    case footerReference = "w:footerReference"
    case footnote = "w:footnote"
    case endnote = "w:endnote"

    // Styles.
    case style = "w:style"
    case basedOn = "w:basedOn"
    case tableStyleProperties = "w:tblStylePr"

    // Numbering.
    case abstractNumbering = "w:abstractNum"
    case numberingStyleLink = "w:numStyleLink"
    case numberingLevel = "w:lvl"
    case numberingStart = "w:start"
    case numberFormat = "w:numFmt"
    case levelText = "w:lvlText"
    case levelRestart = "w:lvlRestart"
    case legalNumbering = "w:isLgl"
    case suffix = "w:suff"
    case numbering = "w:num"
    case abstractNumberingId = "w:abstractNumId"
    case levelOverride = "w:lvlOverride"
    case startOverride = "w:startOverride"

    /// Any other element: its content counts as if it stood in the element around.
    case other = ""

    /// The customary prefixes of the namespaces, transitional (ECMA-376-4) and strict (ISO/IEC 29500-1).
    static let prefixes: [String: String] = [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
        "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
        "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
        "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
        "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
        "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
        "http://purl.oclc.org/ooxml/drawingml/main": "a:",
        "urn:schemas-microsoft-com:vml": "v:",
    ]
}

/// Finds elements by the addresses of their names: libxml2 keeps every name once, so that a part with 20,000 elements
/// compares some fifty names.
final class WordElementCache {
    private struct Entry {
        var local: UnsafePointer<xmlChar>?
        var uri: UnsafePointer<xmlChar>?
        var element = WordElement.other
    }

    private static let size = 512
    // Asked twice an element: memory of its own spares the checks of an array in a class.
    private let entries = UnsafeMutablePointer<Entry>.allocate(capacity: size)

    init() { entries.initialize(repeating: Entry(), count: Self.size) }

    deinit { entries.deallocate() }

    /// The element of that name.
    func element(_ local: UnsafePointer<xmlChar>, _ uri: UnsafePointer<xmlChar>?) -> WordElement {
        let address = UInt(bitPattern: local)
        let slot = Int((address ^ address >> 9) & UInt(Self.size - 1))
        if entries[slot].local == local, entries[slot].uri == uri { return entries[slot].element }
        let prefix = uri.flatMap { WordElement.prefixes[String(cString: $0)] }
        let element = prefix.flatMap { WordElement(rawValue: $0 + String(cString: local)) } ?? .other
        entries[slot] = Entry(local: local, uri: uri, element: element)
        return element
    }
}
