import ArgumentParser
import AuditEngine
import AuditOutput
import AuditRules
import AuditService
import Configuration
import Glibc
import LinuxIO
import SystemPackage

extension Language: ExpressibleByArgument {}

/// `nianbao audit`
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "审核年度报告，立即给出结果（不需要服务运行）。",
        discussion: """
            审核政府信息公开工作年度报告：法定部分是否齐全、表格是否平衡、收费陈述是否存在、正文与表格是否一致。
            结果写到标准输出，其余信息写到标准错误。

            文件名可以是文件或文件夹（逐级查找，不跟随链接，忽略点文件和临时文件）；“-”表示从标准输入读取一份报告。

            退出码：
              0   每个文件都已审核，没有错误
              1   至少一个错误（报告应退回）
              2   至少一个文件无法审核（优先于 1）
              64  用法错误
              78  配置错误

            示例：
              nianbao audit 报告.txt
              nianbao audit --format json 收件夹/ > 结果.json
              find . -name '*.txt' -print0 | nianbao audit -0 --files-from - --format ndjson
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, ndjson }

    @Argument(help: ArgumentHelp("要审核的文件或文件夹；“-”为标准输入。", valueName: "文件"))
    var files: [PathArgument] = []

    @Option(help: ArgumentHelp("输出格式：text（给人看）、json（一个数组）、ndjson（每行一个对象）。", valueName: "格式"))
    var format: Format = .text

    @Option(help: ArgumentHelp("从文件读取文件名，每行一个；“-”为标准输入。", valueName: "文件"))
    var filesFrom: PathArgument?

    @Flag(name: .customShort("0"), help: "--files-from 中的文件名以 NUL 分隔，而不是换行。")
    var nulSeparated = false

    @Option(help: ArgumentHelp("采用服务的配置；不给出时用内置默认值，不读取任何配置文件。", valueName: "文件"))
    var config: PathArgument?

    @Option(help: ArgumentHelp("消息语言：zh 或 en（默认取自 LANG，否则 zh）。", valueName: "语言"))
    var lang: Language?

    func validate() throws {
        if files.isEmpty && filesFrom == nil {
            throw ValidationError("没有指定要审核的文件。例如：nianbao audit 报告.txt；标准输入用“-”。")
        }
        if nulSeparated && filesFrom == nil {
            throw ValidationError("-0 只能与 --files-from 一起使用。")
        }
        let standardInputs = files.count(where: \.isStandardInput) + (filesFrom?.isStandardInput == true ? 1 : 0)
        if standardInputs > 1 && filesFrom?.isStandardInput == true {
            throw ValidationError("标准输入不能既作报告又作文件名列表。")
        }
    }

    func run() throws {
        let settings = try Settings.load(config, language: lang)
        let auditing = FileAuditing(auditor: Auditor(rules: RuleSet(disabled: settings.disabledRules)))
        var run = AuditRun(
            auditing: auditing,
            maximumBytes: settings.maximumFileBytes,
            format: format,
            language: settings.language
        )
        for name in try files.map(\.bytes) + listedFiles(settings.language) { try run.add(name) }
        try run.finish()
    }

    /// The bytes of the list. Unlike a report it may come through a pipe: `--files-from <(find …)`.
    private static func list(_ name: PathArgument) throws(ReadFailure) -> FileContents {
        if name.isStandardInput { return try SafeFile.readStream(STDIN_FILENO) }
        do throws(ReadFailure) {
            return try SafeFile.read(path: name.path, followingLinks: true)
        } catch .notAFile(.fifo) {
            let descriptor = name.path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) }
            guard descriptor >= 0 else { throw .ioError(errno: errno) }
            defer { close(descriptor) }
            return try SafeFile.readStream(descriptor)
        }
    }

    /// The names in the file of `--files-from`; empty lines are passed over.
    private func listedFiles(_ language: Language) throws -> [[UInt8]] {
        guard let filesFrom else { return [] }
        let content: Result<FileContents, ReadFailure>
        do throws(ReadFailure) {
            content = .success(try Self.list(filesFrom))
        } catch {
            content = .failure(error)
        }
        switch content {
        case .success(let contents):
            let separator: UInt8 = nulSeparated ? 0 : 0x0A
            return contents.bytes.split(separator: separator).map { name in
                !nulSeparated && name.last == 0x0D ? Array(name.dropLast()) : Array(name)
            }.filter { !$0.isEmpty }
        case .failure(let failure):
            let reason = failure.unreadable.text(language)
            Output.error("nianbao: --files-from \(filesFrom.shown)\(language == .zh ? "：" : ": ")\(reason)")
            throw ExitCode(64)
        }
    }
}

/// The files of one call: audits them in the order named and writes each result as it comes.
private struct AuditRun {
    let auditing: FileAuditing
    let maximumBytes: Int
    let format: AuditCommand.Format
    let language: Language
    var verdicts: [(path: [UInt8], verdict: Verdict)] = []
    var standardInput: Result<FileContents, ReadFailure>?

    init(auditing: FileAuditing, maximumBytes: Int, format: AuditCommand.Format, language: Language) {
        self.auditing = auditing
        self.maximumBytes = maximumBytes
        self.format = format
        self.language = language
    }

    mutating func add(_ name: [UInt8]) throws {
        let path = FilePath(bytes: name)
        if name == [0x2D] {
            try emit(auditing.audit(path: name, content: readStandardInput()))
        } else if let status = try? FileStatus(of: path), status.kind == .directory {
            try addFolder(path)
        } else {
            try emit(auditing.audit(path: name, content: read(path, beneath: nil)))
        }
    }

    /// Standard input can be read once; named twice it is the same document twice.
    private mutating func readStandardInput() -> Result<FileContents, ReadFailure> {
        if let standardInput { return standardInput }
        let content: Result<FileContents, ReadFailure>
        do throws(ReadFailure) {
            content = .success(try SafeFile.readStream(STDIN_FILENO, maximumBytes: maximumBytes))
        } catch {
            content = .failure(error)
        }
        standardInput = content
        return content
    }

    private func read(_ path: FilePath, beneath root: FilePath?) -> Result<FileContents, ReadFailure> {
        do throws(ReadFailure) {
            return .success(
                try SafeFile.read(path: path, beneath: root, followingLinks: root == nil, maximumBytes: maximumBytes)
            )
        } catch {
            return .failure(error)
        }
    }

    private mutating func addFolder(_ folder: FilePath) throws {
        var files: [FilePath] = []
        var unreadable: [(FilePath, SystemCallError)] = []
        DirectoryScan(root: folder).walk(
            enter: { path, _ in path.lastComponent.map { !IgnoredNames.isIgnored(folder: $0.bytes) } ?? true },
            file: { path in
                if let name = path.lastComponent, !IgnoredNames.isIgnored(file: name.bytes) { files.append(path) }
            },
            unreadable: { unreadable.append(($0, $1)) }
        )
        for (path, error) in unreadable {
            // A folder that cannot be read may hold reports: it must not pass in silence.
            let shown = folder.pushing(path)
            let failure: ReadFailure = error.errno == EACCES ? .permissionDenied : .ioError(errno: error.errno)
            try emit(auditing.audit(path: shown.bytes, content: .failure(failure)))
        }
        if files.isEmpty && unreadable.isEmpty {
            let name = Terminal.printable(folder.bytes)
            Output.error(
                language == .zh
                    ? "nianbao: 文件夹 \(name) 中没有可审核的文件（点文件、临时文件和链接不计）。"
                    : "nianbao: no file to audit in folder \(name) (dot files, temporary files and links do not count)."
            )
        }
        for file in files {
            try emit(auditing.audit(path: folder.pushing(file).bytes, content: read(file, beneath: folder)))
        }
    }

    private mutating func emit(_ audit: Audit) throws {
        verdicts.append((audit.source.path, audit.verdict))
        let isFirst = verdicts.count == 1
        var bytes: [UInt8]
        switch format {
        case .text:
            bytes = Array(TextReporter(language: language, colour: Output.wantsColour).text(audit).utf8)
            if !isFirst { bytes.insert(0x0A, at: 0) }
        case .json:
            bytes =
                Array((isFirst ? "[\n" : ",\n").utf8)
                + JSONReporter(language: language).value(audit).serialized(pretty: true)
        case .ndjson:
            bytes = JSONReporter(language: language).value(audit).serialized(pretty: false) + [0x0A]
        }
        try write(bytes)
        if Output.showsProgress {
            Output.progress(language == .zh ? "已审 \(verdicts.count) 份" : "\(verdicts.count) audited")
        }
    }

    private func write(_ bytes: [UInt8]) throws { try Output.write(bytes, language) }

    func finish() throws {
        if Output.showsProgress, !verdicts.isEmpty { Output.progress("") }
        switch format {
        case .text where verdicts.count > 1:
            try write(
                Array(("\n" + TextReporter(language: language, colour: Output.wantsColour).summary(verdicts)).utf8)
            )
        case .text, .ndjson: break
        case .json: try write(Array((verdicts.isEmpty ? "[]\n" : "\n]\n").utf8))
        }
        if verdicts.contains(where: { $0.verdict == .unreadable }) { throw ExitCode(2) }
        if verdicts.contains(where: { $0.verdict == .fail }) { throw ExitCode(1) }
    }
}
