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

/// No programs at all: what a process has that may start none.
public struct NoTools: DocumentTools {
    /// No programs.
    public init() {}

    /// Always throws `converter-missing`.
    public func pdfWords(_ pdf: [UInt8]) throws(Unreadable) -> [UInt8] { throw .missing(package: "poppler-utils") }

    /// Always fails with `converter-missing`.
    public func docx(from documents: [(bytes: [UInt8], format: DocumentFormat)]) -> [Result<[UInt8], Unreadable>] {
        documents.map { _ in .failure(.missing(package: "libreoffice-writer-nogui")) }
    }
}

extension Unreadable {
    /// The program that reads a format is not installed; `package` is its Debian package.
    public static func missing(package: String) -> Unreadable {
        Unreadable(
            .converterMissing,
            "读取这种格式需要软件包 \(package)，本机没有安装。请管理员运行 apt install \(package)，然后重新审核。",
            "Reading this format takes the package \(package), which is not installed. Run apt install \(package) and audit again."
        )
    }
}
