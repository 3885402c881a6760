import DocumentModel

/// The programs that read what this module does not read itself. They are started by others (module `Conversion`), so
/// that reading stays a pure function of bytes.
public protocol DocumentTools: Sendable {
    /// The words of a PDF with their places, as `pdftotext` prints them (``PDFExtractor`` says with which options).
    /// Throws `encrypted`, `corrupt`, `converter-missing`, `timeout`, `crashed` or `too-large`.
    func pdfWords(_ pdf: [UInt8]) throws(Unreadable) -> [UInt8]

    /// `documents` as docx, converted in as few calls as possible; one result each, in their order. Fails with
    /// `encrypted`, `corrupt`, `converter-missing`, `timeout`, `crashed` or `too-large`.
    func docx(from documents: [(bytes: [UInt8], format: DocumentFormat)]) -> [Result<[UInt8], Unreadable>]
}
