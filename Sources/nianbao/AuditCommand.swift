import ArgumentParser
import AuditEngine
import AuditOutput
import AuditRules
import AuditService
import AuditWorkers
import Configuration
import Glibc
import LinuxIO
import SystemPackage

extension Language: ExpressibleByArgument {}

/// `nianbao audit`
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: Spoken.say(
            "审核年度报告，立即给出结果（不需要服务运行）。",
            "Audits annual reports now; no service is needed."
        ),
        discussion: Spoken.say(
            """
            审核政府信息公开工作年度报告：法定部分是否齐全、表格是否平衡、收费陈述是否存在、正文与表格是否一致。
            结果写到标准输出，其余信息写到标准错误。

            格式按内容识别，不看扩展名：文本、docx、html、mht；pdf 经 pdftotext；doc、wps、rtf、odt 经 LibreOffice
            （nianbao doctor 说明本机能读哪些）。几个文件同时审核，结果按给出的次序。

            文件名可以是文件或文件夹（逐级查找，不跟随链接，忽略点文件和临时文件）；“-”表示从标准输入读取一份报告。

            --config 采用服务的配置，包括规则的级别、参数和豁免。已豁免的问题照样列出，不计数，不影响结论和退出码；
            到期和没有用到的豁免最后写到标准错误。

            退出码：
              0   每个文件都已审核，没有错误（已豁免的不算）
              1   至少一个错误（报告应退回）
              2   至少一个文件无法审核（优先于 1）
              64  用法错误
              78  配置错误

            示例：
              nianbao audit 报告.docx
              nianbao audit --format json 收件夹/ > 结果.json
              nianbao audit --format sarif 收件夹/ > 结果.sarif
              find . -type f -print0 | nianbao audit -0 --files-from - --format ndjson
            """,
            """
            Checks that a report has the sections required by law, that its tables
            balance, that it states the fees, and that text and tables agree. Results go
            to standard output, everything else to standard error.

            Formats are told by content, not by name: text, docx, html, mht; pdf by
            pdftotext; doc, wps, rtf, odt by LibreOffice (nianbao doctor says what this
            machine can read). Several files are audited at once; the results keep the
            order of the names.

            A name is a file or a folder (walked, without links, dot files and temporary
            files); '-' is one report from standard input.

            --config takes the settings of the service, with levels, parameters and
            waivers of rules. What is waived is listed and does not count; waivers that
            expired or were not used are told on standard error, at the end.

            Exit codes:
              0   every file was audited, no error was found (but waived ones)
              1   at least one error: the report goes back
              2   at least one file could not be audited (outranks 1)
              64  wrong usage
              78  bad configuration

            Examples:
              nianbao audit report.docx
              nianbao audit --format json inbox/ > results.json
              nianbao audit --format sarif inbox/ > results.sarif
              find . -type f -print0 | nianbao audit -0 --files-from - --format ndjson
            """
        )
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, ndjson, sarif }

    @Argument(help: .file("要审核的文件或文件夹；“-”为标准输入。", "Files or folders to audit; '-' is standard input."))
    var files: [PathArgument] = []

    @Option(
        help: .format(
            "text（给人看）、json（一个数组）、ndjson（每行一个对象）、sarif（SARIF 2.1.0）",
            "text (for people), json (one array), ndjson (one object a line), sarif (SARIF 2.1.0)"
        )
    )
    var format: Format = .text

    @Option(help: .file("从文件读取文件名，每行一个；“-”为标准输入。", "Reads names from a file, one a line; '-' is standard input."))
    var filesFrom: PathArgument?

    @Flag(
        name: .customShort("0"),
        help: .said("--files-from 中的文件名以 NUL 分隔，而不是换行。", "Names in --files-from end with NUL, not with a newline.")
    )
    var nulSeparated = false

    @Option(
        help: .file(
            "采用服务的配置；不给出时用内置默认值，不读取任何配置文件。",
            "Takes the settings of the service; without it the built-in defaults hold and no file is read."
        )
    )
    var config: PathArgument?

    @Option(help: .language)
    var lang: Language?

    func validate() throws {
        if files.isEmpty && filesFrom == nil {
            throw ValidationError(
                Spoken.say(
                    "没有指定要审核的文件。例如：nianbao audit 报告.docx；标准输入用“-”。",
                    "No file to audit. For example: nianbao audit report.docx; '-' is standard input."
                )
            )
        }
        if nulSeparated && filesFrom == nil {
            throw ValidationError(Spoken.say("-0 只能与 --files-from 一起使用。", "-0 goes with --files-from only."))
        }
        let standardInputs = files.count(where: \.isStandardInput) + (filesFrom?.isStandardInput == true ? 1 : 0)
        if standardInputs > 1 && filesFrom?.isStandardInput == true {
            throw ValidationError(
                Spoken.say("标准输入不能既作报告又作文件名列表。", "Standard input cannot be both a report and the list of names.")
            )
        }
    }

    func run() throws {
        let settings = try Settings.load(config, language: lang)
        let names = try files.map(\.bytes) + listedFiles(settings.language)
        let pool = try WorkerPool(WorkerPool.Settings(settings.configuration))
        defer { pool.endWorkersAndTidy() }
        let audits = try OrderedAudits(
            names,
            auditing: FileAuditing(pool: pool, whereabouts: Whereabouts(settings.configuration)),
            maximumBytes: settings.maximumFileBytes,
            form: AnswerForm(rendering, settings.language)
        )
        var output = AuditWriter(format: format, language: settings.language)
        var waivers = WaiverReview(settings)
        while let entry = audits.next() {
            switch entry {
            case .audit(let path, let answer):
                try output.add(path, answer)
                waivers.add(answer)
            case .emptyFolder(let folder): output.sayEmpty(folder)
            }
        }
        try output.finish()
        waivers.tell()
        try output.end()
    }

    private var rendering: AnswerForm.Rendering {
        switch format {
        case .text: Output.wantsColour ? .colouredText : .text
        case .json: .json
        case .ndjson: .ndjson
        case .sarif: .sarif
        }
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

/// The audits of one call, each written as it comes.
private struct AuditWriter {
    let format: AuditCommand.Format
    let language: Language
    private var verdicts: [(path: [UInt8], verdict: Verdict)] = []
    private var log: SARIFLog

    init(format: AuditCommand.Format, language: Language) {
        self.format = format
        self.language = language
        log = SARIFLog(language: language)
    }

    mutating func add(_ path: [UInt8], _ answer: AuditAnswer) throws {
        verdicts.append((path, answer.verdict))
        let isFirst = verdicts.count == 1
        switch format {
        case .text where isFirst, .ndjson: try write(answer.output)
        case .text: try write([0x0A] + answer.output)
        case .json: try write(Array((isFirst ? "[\n" : ",\n").utf8) + answer.output)
        case .sarif: try write((isFirst ? log.opening : []) + log.add(answer.output))
        }
        if Output.showsProgress {
            Output.progress(language == .zh ? "已审 \(verdicts.count) 份" : "\(verdicts.count) audited")
        }
    }

    func sayEmpty(_ folder: [UInt8]) {
        let name = Terminal.printable(folder)
        Output.error(
            language == .zh
                ? "nianbao: 文件夹 \(name) 中没有可审核的文件（点文件、临时文件和链接不计）。"
                : "nianbao: no file to audit in folder \(name) (dot files, temporary files and links do not count)."
        )
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
        case .sarif: try write((verdicts.isEmpty ? log.opening : []) + log.closing(exitCode: exitCode))
        }
    }

    /// Ends with the exit code that the verdicts ask for.
    func end() throws {
        if exitCode != 0 { throw ExitCode(CInt(exitCode)) }
    }

    /// contract.md: a file that could not be audited outranks an error.
    private var exitCode: Int {
        if verdicts.contains(where: { $0.verdict == .unreadable }) { return 2 }
        return verdicts.contains { $0.verdict == .fail } ? 1 : 0
    }
}
