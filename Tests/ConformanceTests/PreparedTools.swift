import Conversion
import DocumentModel
import Extraction

/// The tools of the system, with the conversions of many documents done beforehand in few calls.
struct PreparedTools: DocumentTools {
    private let system = SystemTools()
    private let prepared: [[UInt8]: Result<[UInt8], Unreadable>]

    init(_ documents: [[UInt8]], _ format: FileFormat) {
        let needed: DocumentFormat? =
            switch format {
            case .doc: .doc
            case .rtf: .rtf
            case .odt: .odt
            default: nil
            }
        guard let needed else {
            prepared = [:]
            return
        }
        let results = system.docx(from: documents.map { (bytes: $0, format: needed) })
        prepared = Dictionary(zip(documents, results)) { first, _ in first }
    }

    func pdfWords(_ pdf: [UInt8]) throws(Unreadable) -> [UInt8] { try system.pdfWords(pdf) }

    func docx(from documents: [(bytes: [UInt8], format: DocumentFormat)]) -> [Result<[UInt8], Unreadable>] {
        documents.flatMap { document in prepared[document.bytes].map { [$0] } ?? system.docx(from: [document]) }
    }
}
