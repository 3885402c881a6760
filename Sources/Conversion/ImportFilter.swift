import DocumentModel
import Extraction

/// How LibreOffice is told what a document is: by the extension of a neutral name and by the name of a filter. Left to
/// itself it takes a damaged document for text, and its bytes for a report.
enum ImportFilter: CaseIterable {
    case doc, word6, works, rtf, odt, flatODT, wordXML

    /// The filter for a document; nil for what LibreOffice is not asked for.
    init?(_ bytes: [UInt8], _ format: DocumentFormat) {
        switch format {
        case .doc: self = WordBinary(bytes)?.isBeforeWord97 == true ? .word6 : .doc
        case .wps: self = .works
        case .rtf: self = .rtf
        case .odt: self = bytes.starts(with: Array("PK".utf8)) ? .odt : .flatODT
        case .wordxml: self = .wordXML
        case .text, .docx, .html, .mht, .pdf: return nil
        }
    }

    var fileExtension: String {
        switch self {
        case .doc, .word6: "doc"
        case .works: "wps"
        case .rtf: "rtf"
        case .odt: "odt"
        case .flatODT: "fodt"
        case .wordXML: "xml"
        }
    }

    /// The name in LibreOffice's configuration (org.openoffice.TypeDetection.Filter).
    var name: String {
        switch self {
        case .doc: "MS Word 97"
        case .word6: "MS WinWord 6.0"
        case .works: "MS_Works"
        case .rtf: "Rich Text Format"
        case .odt: "writer8"
        case .flatODT: "OpenDocument Text Flat XML"
        case .wordXML: "MS Word 2003 XML"
        }
    }
}
