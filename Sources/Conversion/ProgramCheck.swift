import DocumentModel
import Extraction
import LinuxIO
import SystemPackage

/// Whether an external program is there and works: what `nianbao doctor` says.
public struct ProgramCheck: Sendable {
    /// The program.
    public var program: ExternalProgram
    /// Where it is; nil where it is not.
    public var path: FilePath?
    /// What it says about itself, such as `22.12.0`.
    public var version: String?
    /// Why it does not do its work; nil where it does.
    public var problem: Unreadable?

    /// Looks for a program, asks for its version, and lets it read a small document.
    public init(_ program: ExternalProgram, configured: FilePath? = nil, temporaryFolder: FilePath = "/tmp") {
        self.program = program
        path = program.find(configured: configured)
        if program == .soffice {
            let office = LibreOffice(program: path, temporaryFolder: temporaryFolder)
            if case .failure(let failure) = office.docx(from: [(Array(Self.rtf.utf8), .rtf)])[0] { problem = failure }
        } else {
            let poppler = Poppler(program: path, arguments: [], temporaryFolder: temporaryFolder)
            do throws(Unreadable) { _ = try poppler.text(of: Array(Self.pdf.utf8)) } catch { problem = error }
        }
        version = path.flatMap { Self.version(of: program, at: $0, temporaryFolder) }
    }

    private static let rtf = #"{\rtf1\ansi 2023\par}"#

    /// An empty page; readers make up for the table of objects that it lacks.
    private static let pdf = """
        %PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj
        trailer <</Root 1 0 R>>
        %%EOF

        """

    /// The first word with a digit of what it prints about itself.
    private static func version(of program: ExternalProgram, at path: FilePath, _ parent: FilePath) -> String? {
        guard let folder = try? PrivateFolder(in: parent, prefix: SystemTools.folderPrefix) else { return nil }
        let arguments =
            program == .soffice ? ["-env:UserInstallation=file://\(folder.path)", "--version"] : ["-v"]
        let tool = Tool(
            path,
            arguments,
            limits: ToolLimits(
                wallTime: .seconds(20),
                processorSeconds: 20,
                addressSpace: 4 << 30,
                residentMemory: 1 << 30,
                processes: 16,
                outputBytes: 64 * 1024,
                fileBytes: 1 << 20
            ),
            socketFolders: OfficeSocket.folders,
            readablePaths: (try? path.resolved()).map(LibreOffice.installation) ?? []
        )
        guard let result = try? ToolRunner.run(tool, in: folder) else { return nil }
        OfficeSocket.removeDead()
        let words = String(decoding: result.output + result.errors, as: UTF8.self).split { $0 == " " || $0 == "\n" }
        return words.first { $0.utf8.first.map { (0x30...0x39).contains($0) } == true }.map(String.init)
    }
}
