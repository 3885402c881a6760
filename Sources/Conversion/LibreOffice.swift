import DocumentModel
import Extraction
import Glibc
import LinuxIO
import SystemPackage

/// LibreOffice Writer without a window: what this program does not read itself, as docx.
///
/// Its profile is made once and kept as long as this value: starting with a new one takes a second more. One call at a
/// time uses it; callers in other threads wait.
public final class LibreOffice: Sendable {
    /// What converting may take.
    public struct Settings: Sendable {
        /// Time for a call, whatever it converts: a cold start on a busy machine takes several seconds.
        public var baseTime: Duration
        /// Time for each document more. A report takes 0.1 s.
        public var timePerDocument: Duration
        /// The largest batch of one call: what is lost when one document ends the call.
        public var largestBatch = 32
        /// Resident memory in bytes. LibreOffice takes 200 MB, and 100 MB more for a report of a thousand pages.
        public var residentMemory = 1 << 30
        /// Address space in bytes: LibreOffice maps 1 GB before it reads anything.
        public var addressSpace = 4 << 30
        /// Bytes of a converted document: as much as is read of a docx.
        public var fileBytes = 64 << 20

        /// The usual limits, with `time` for a start and a quarter of it for each document.
        public init(time: Duration = .seconds(60)) {
            baseTime = time
            timePerDocument = time / 4
        }
    }

    private let program: FilePath?
    private let temporaryFolder: FilePath
    private let settings: Settings
    private let profile = Monitor<PrivateFolder?>(nil)

    /// LibreOffice as `program`; nil where there is none.
    public init(program: FilePath?, temporaryFolder: FilePath, settings: Settings = Settings()) {
        self.program = program.map(Self.binary)
        self.temporaryFolder = temporaryFolder
        self.settings = settings
    }

    /// `documents` as docx, one result each in their order.
    ///
    /// One call for all documents of a format. Where it ends early (hangs, crashes, takes too much), each document without
    /// a result is converted once more alone, so that one bad file costs the others nothing but time.
    public func docx(from documents: [(bytes: [UInt8], format: DocumentFormat)]) -> [Result<[UInt8], Unreadable>] {
        guard program != nil else {
            return documents.map { _ in .failure(.missingOffice) }
        }
        var results = [Result<[UInt8], Unreadable>?](repeating: nil, count: documents.count)
        let filters = documents.map { ImportFilter($0.bytes, $0.format) }
        for filter in ImportFilter.allCases {
            let all = documents.indices.filter { filters[$0] == filter }
            for start in stride(from: 0, to: all.count, by: settings.largestBatch) {
                let batch = all[start..<min(start + settings.largestBatch, all.count)]
                for (index, result) in zip(batch, convert(batch.map { documents[$0].bytes }, filter)) {
                    results[index] = result
                }
            }
        }
        return results.map { $0 ?? .failure(.unopened) }
    }

    // MARK: - Batches

    private func convert(_ documents: [[UInt8]], _ filter: ImportFilter) -> [Result<[UInt8], Unreadable>] {
        let (outputs, problem) = call(documents, filter)
        return documents.indices.map { index in
            if let output = outputs[index] { return .success(output) }
            guard let problem else { return .failure(.unopened) }
            // A machine at fault would only waste more time. Nothing else is said of a document for what others did.
            guard documents.count > 1, !problem.isOfTheMachine else { return .failure(problem) }
            return convert([documents[index]], filter)[0]
        }
    }

    /// One call: what came out of each document, and why the call ended early if it did.
    private func call(_ documents: [[UInt8]], _ filter: ImportFilter) -> (outputs: [[UInt8]?], problem: Unreadable?) {
        profile.withLock { profile in
            do throws(Unreadable) {
                let result = try call(documents, filter, &profile)
                // It may have left its profile in any state.
                if result.problem != nil { profile = nil }
                return result
            } catch {
                profile = nil
                return (documents.map { _ in nil }, error)
            }
        }
    }

    private func call(
        _ documents: [[UInt8]],
        _ filter: ImportFilter,
        _ profile: inout PrivateFolder?
    ) throws(Unreadable) -> (outputs: [[UInt8]?], problem: Unreadable?) {
        guard let program else { throw .missingOffice }
        let folder: PrivateFolder
        let output: FilePath
        let home: PrivateFolder
        var inputs: [FilePath] = []
        do throws(SystemCallError) {
            if let profile { home = profile } else { home = try newProfile() }
            profile = home
            folder = try PrivateFolder(in: temporaryFolder, prefix: SystemTools.folderPrefix)
            output = try folder.makeFolder("out")
            let input = try folder.makeFolder("in")
            for (index, document) in documents.enumerated() {
                inputs.append(input.appending(Self.name(index, filter.fileExtension)))
                try folder.write(document, to: inputs[index])
            }
        } catch {
            throw .system(error)
        }
        let arguments =
            [
                "-env:UserInstallation=file://\(home.path)", "--headless", "--norestore", "--nologo", "--nodefault",
                "--nolockcheck", "--infilter=\(filter.name)", "--convert-to", "docx:MS Word 2007 XML", "--outdir",
                output.string,
            ] + inputs.map(\.string)
        let limits = limits(documents: documents.count)
        let tool = Tool(
            program,
            arguments,
            limits: limits,
            // No window system, no graphics card.
            environment: ["SAL_USE_VCLPLUGIN": "svp", "SAL_DISABLE_OPENCL": "1"],
            writableFolders: [home.path],
            socketFolders: OfficeSocket.folders,
            readablePaths: Self.installation(of: program)
        )
        var result = try run(tool, in: folder)
        // A new profile is set up by a first start, which asks for another.
        for _ in 0..<2 where result.ending == .exited(Self.restart) { result = try run(tool, in: folder) }
        let outputs = documents.indices.map { Self.read(output.appending(Self.name($0, "docx")), limits) }
        // What it could not open it passes over; another status than 0 means that it did not do its work.
        if result.ending != .exited(0), case .exited = result.ending { result.ending = .signalled(SIGABRT) }
        return (outputs, Unreadable.ended(.soffice, result.ending, limits))
    }

    /// What soffice.bin exits with when it wants to be started again (desktop/inc/app.hxx, EXITHELPER_NORMAL_RESTART).
    private static let restart: CInt = 81

    private func run(_ tool: Tool, in folder: PrivateFolder) throws(Unreadable) -> ToolResult {
        // Before a second start with the same profile too: in its way, it would end the program.
        defer { OfficeSocket.removeDead() }
        do throws(ToolFailure) {
            return try ToolRunner.run(tool, in: folder)
        } catch {
            throw .failed(.soffice, error)
        }
    }

    private func limits(documents: Int) -> ToolLimits {
        let time = settings.baseTime + settings.timePerDocument * documents
        return ToolLimits(
            wallTime: time,
            processorSeconds: Int(time.components.seconds),
            addressSpace: settings.addressSpace,
            residentMemory: settings.residentMemory,
            // soffice.bin starts none; a script that stands for it does.
            processes: program?.extension == "bin" ? 1 : 16,
            // It prints a line a document.
            outputBytes: 1 << 20,
            fileBytes: settings.fileBytes
        )
    }

    /// `0001.doc`: no name that came with a document reaches the program.
    private static func name(_ index: Int, _ fileExtension: String) -> String {
        let number = String(index + 1)
        return String(repeating: "0", count: max(0, 4 - number.count)) + number + "." + fileExtension
    }

    /// A converted document that is there and whole: a zip ends with its directory's end record (APPNOTE 4.3.16), 22 bytes
    /// where there is no comment, and LibreOffice writes none.
    private static func read(_ path: FilePath, _ limits: ToolLimits) -> [UInt8]? {
        guard let bytes = try? SafeFile.read(path: path, maximumBytes: limits.fileBytes).bytes,
            bytes.suffix(22).starts(with: [0x50, 0x4B, 0x05, 0x06])
        else { return nil }
        return bytes
    }

    /// Where its libraries and filters are: wherever an administrator has unpacked it (`…/program/soffice.bin`).
    static func installation(of program: FilePath) -> [FilePath] {
        let folder = program.removingLastComponent()
        return folder.lastComponent == "program" ? [folder.removingLastComponent()] : []
    }

    /// The program behind the scripts `soffice` and `libreoffice`: they start three more processes.
    private static func binary(_ program: FilePath) -> FilePath {
        guard let resolved = try? program.resolved() else { return program }
        let binary = resolved.removingLastComponent().appending("soffice.bin")
        return binary.withPlatformString { access($0, X_OK) } == 0 ? binary : program
    }

    // MARK: - The profile

    private func newProfile() throws(SystemCallError) -> PrivateFolder {
        let folder = try PrivateFolder(in: temporaryFolder, prefix: SystemTools.folderPrefix)
        let user = try folder.makeFolder("user")
        try folder.write(Array(Self.registry.utf8), to: user.appending("registrymodifications.xcu"))
        return folder
    }

    /// Nothing of a document may act: no macros (level 3, and not even asked), no links to other files or servers, no
    /// embedded objects; and nothing of the program may come in between: no recovery, no update, no first-start page.
    private static let registry: String = {
        let settings: [(path: String, name: String, value: String)] = [
            ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
            ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
            ("Common/Security/Scripting", "DisableActiveContent", "true"),
            ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
            ("Common/Save/Document", "AutoSave", "false"),
            ("Common/Save/Document", "CreateBackup", "false"),
            ("Common/Misc", "FirstRun", "false"),
            ("Common/Misc", "UseLocking", "false"),
            ("Common/Misc", "UseOpenCL", "false"),
            ("Common/VCL", "UseSkia", "false"),
            ("Common/Load", "UserDefinedSettings", "false"),
            ("Writer/Content/Update", "Link", "0"),
            ("Recovery/RecoveryInfo", "Enabled", "false"),
            ("Recovery/AutoSave", "Enabled", "false"),
            ("Java/VirtualMachine", "Enable", "false"),
        ]
        let items = settings.map { path, name, value in
            """
            <item oor:path="/org.openoffice.Office.\(path)"><prop oor:name="\(name)" oor:op="fuse">\
            <value>\(value)</value></prop></item>
            """
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry">
            \(items.joined(separator: "\n"))
            </oor:items>

            """
    }()
}

extension Unreadable {
    /// LibreOffice says neither why nor that it did not.
    fileprivate static let unopened = Unreadable(
        .corrupt,
        "LibreOffice 无法打开此文件：可能已损坏，或设有密码。请用办公软件打开检查，另存为 docx 后重新上传。",
        "LibreOffice could not open this file: it may be damaged or protected by a password. "
            + "Open it in an office program, save it as docx and upload it again."
    )

    fileprivate static let missingOffice = missing(
        .soffice,
        reads: (" doc、wps、rtf、odt 文件", "doc, wps, rtf and odt files")
    )

    /// Whether the same would happen with any document.
    fileprivate var isOfTheMachine: Bool { code == .converterMissing || code == .ioError }
}
