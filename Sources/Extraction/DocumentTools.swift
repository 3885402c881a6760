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
    public func pdfWords(_ pdf: [UInt8]) throws(Unreadable) -> [UInt8] {
        throw .missing("pdftotext", package: "poppler-utils", reads: (" PDF 文件", "PDF files"))
    }

    /// Always fails with `converter-missing`.
    public func docx(from documents: [(bytes: [UInt8], format: DocumentFormat)]) -> [Result<[UInt8], Unreadable>] {
        let missing = Unreadable.missing(
            "soffice",
            package: "libreoffice-writer-nogui",
            reads: (" doc、wps、rtf、odt 文件", "doc, wps, rtf and odt files")
        )
        return documents.map { _ in .failure(missing) }
    }
}

extension Unreadable {
    /// The program that reads `formats` is not installed; `package` is its Debian package.
    public static func missing(
        _ program: String,
        package: String,
        reads formats: (chinese: String, english: String)
    ) -> Unreadable {
        Unreadable(
            .converterMissing,
            "读取\(formats.chinese)需要 \(program)，本机没有安装。请管理员运行：apt install \(package)",
            "Reading \(formats.english) takes \(program), which is not installed. Run: apt install \(package)"
        )
    }
}
