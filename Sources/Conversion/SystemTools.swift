import DocumentModel
import Extraction
import LinuxIO
import SystemPackage

/// The external programs of this machine.
public struct SystemTools: DocumentTools {
    /// How the names of private folders begin; what an ended process left is found by it.
    public static let folderPrefix = "nianbao-tool-"

    private let poppler: Poppler
    private let libreOffice: LibreOffice

    /// Programs as they are found, or as configured.
    ///
    /// - Parameters:
    ///   - pdfArguments: the options of `pdftotext` whose output the reader of PDFs understands.
    ///   - pdftotext: the program, where it is not in one of the usual places.
    ///   - soffice: likewise.
    ///   - temporaryFolder: where private folders are made; on a disk or in memory, with room for a few documents.
    ///   - time: how long a program may work on a document.
    public init(
        pdfArguments: [String] = PDFExtractor.toolArguments,
        pdftotext: FilePath? = nil,
        soffice: FilePath? = nil,
        temporaryFolder: FilePath = "/tmp",
        time: Duration = .seconds(60)
    ) {
        var poppler = Poppler(
            program: ExternalProgram.pdftotext.find(configured: pdftotext),
            arguments: pdfArguments,
            temporaryFolder: temporaryFolder
        )
        poppler.limits.wallTime = time
        self.poppler = poppler
        libreOffice = LibreOffice(
            program: ExternalProgram.soffice.find(configured: soffice),
            temporaryFolder: temporaryFolder,
            settings: LibreOffice.Settings(time: time)
        )
    }

    /// Removes what converters left behind whose worker was killed: they could not do so themselves.
    public static func removeLeftovers(in temporaryFolder: FilePath = "/tmp") {
        PrivateFolder.removeLeftovers(in: temporaryFolder, prefix: folderPrefix)
        OfficeSocket.removeDead()
    }

    /// See ``Poppler/text(of:)``.
    public func pdfWords(_ pdf: [UInt8]) throws(Unreadable) -> [UInt8] { try poppler.text(of: pdf) }

    /// See ``LibreOffice/docx(from:)``.
    public func docx(from documents: [(bytes: [UInt8], format: DocumentFormat)]) -> [Result<[UInt8], Unreadable>] {
        libreOffice.docx(from: documents)
    }
}
