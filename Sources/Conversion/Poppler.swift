import Extraction
import Glibc
import LinuxIO
import SystemPackage

/// `pdftotext` of Poppler: the words of a PDF.
public struct Poppler: Sendable {
    /// Limits for one PDF. A report of ten pages takes 30 ms and 20 MB; a hundred times that is no report.
    public static let limits = ToolLimits(
        wallTime: .seconds(30),
        processorSeconds: 30,
        addressSpace: 1 << 30,
        residentMemory: 512 << 20,
        processes: 1,
        // 3 MB for a report of ten pages with coordinates for every word.
        outputBytes: 64 << 20,
        fileBytes: 64 << 20,
        openFiles: 64
    )

    /// The program; nil where there is none.
    public var program: FilePath?
    /// Its options, without `-q`.
    public var arguments: [String]
    /// Where private folders are made.
    public var temporaryFolder: FilePath
    /// What a run may take.
    public var limits = Self.limits

    /// Poppler's `pdftotext` with these options.
    public init(program: FilePath?, arguments: [String], temporaryFolder: FilePath) {
        self.program = program
        // Quiet, it would not say that a password is missing.
        self.arguments = arguments.filter { $0 != "-q" }
        self.temporaryFolder = temporaryFolder
    }

    private static let kind = (chinese: " PDF 文件", english: "PDF files")

    /// What `pdftotext` prints for a PDF, with ``arguments``.
    ///
    /// Throws `encrypted`, `corrupt`, `converter-missing`, `timeout`, `crashed`, `too-large` or `io-error`.
    public func text(of pdf: [UInt8]) throws(Unreadable) -> [UInt8] {
        guard let program else { throw .missing(.pdftotext, reads: Self.kind) }
        let folder: PrivateFolder
        // By a file: read from a pipe, pdftotext would keep the whole PDF in memory once more.
        let file: FilePath
        do throws(SystemCallError) {
            folder = try PrivateFolder(in: temporaryFolder, prefix: SystemTools.folderPrefix)
            file = folder("0001.pdf")
            try folder.write(pdf, to: file)
        } catch {
            throw .system(error)
        }
        let result: ToolResult
        do throws(ToolFailure) {
            result = try ToolRunner.run(Tool(program, arguments + [file.string, "-"], limits: limits), in: folder)
        } catch {
            throw .failed(.pdftotext, error)
        }
        if let problem = Unreadable.ended(.pdftotext, result.ending, limits) { throw problem }
        guard result.ending == .exited(0) else { throw Self.problem(result) }
        // Even of a page without words it says something: silence is no scan.
        guard !result.output.isEmpty else { throw Self.silent }
        return result.output
    }

    private static let silent = Unreadable(
        .corrupt,
        "pdftotext 没有从此 PDF 文件中读出任何内容。请重新导出后上传；其他 PDF 文件也是如此时，请管理员运行 nianbao doctor。",
        "pdftotext gave nothing for this PDF file. Export it again and upload it; if it is so with every PDF, "
            + "run nianbao doctor."
    )

    /// pdftotext(1): 1 opening the PDF, 2 opening the output, 3 permissions, 99 other.
    private static func problem(_ result: ToolResult) -> Unreadable {
        let errors = String(decoding: result.errors, as: UTF8.self).lowercased()
        if result.ending == .exited(3) || ["password", "encrypt", "security handler"].contains(where: errors.contains) {
            return .encrypted((" PDF 文件", "PDF file"))
        }
        return Unreadable(
            .corrupt,
            "PDF 文件已损坏或不完整，无法打开。请重新导出后上传。",
            "The PDF file is damaged or incomplete and cannot be opened. Export it again and upload it."
        )
    }
}
