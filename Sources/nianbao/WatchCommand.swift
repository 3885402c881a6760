import ArgumentParser
import AuditEngine
import AuditOutput
import AuditRules
import AuditService
import AuditWorkers
import CLinuxShims
import Configuration
import Glibc
import LinuxIO
import SystemPackage
import Systemd

/// `nianbao watch`
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: Spoken.say(
            "服务：监视收件夹，审核新到的报告，写出结果并通知 journald。",
            "The service: watches inboxes, audits what arrives, writes results and tells the journal."
        ),
        discussion: Spoken.say(
            """
            在前台运行，直到收到 SIGTERM 或 SIGINT。不带参数时读取 /etc/nianbao/nianbao.yaml。
            不在终端上运行时，SIGHUP 使它重新读取配置文件：有误的不采用，仍按原配置运行。
            结果写入状态目录下的 results/，与收件夹同样的目录结构，文件名加 .audit.json；
            每个文件在系统日志中有一条记录：journalctl -t nianbao NIANBAO_VERDICT=fail

            示例：
              nianbao watch
              nianbao watch --config /etc/nianbao/nianbao.yaml
              nianbao watch --inbox ./收件夹 --state ./状态
              nianbao watch --inbox 区直=/srv/a --inbox 乡镇=/srv/b --state /var/lib/nianbao
            """,
            """
            Runs in the foreground until SIGTERM or SIGINT. Without arguments it reads
            /etc/nianbao/nianbao.yaml. Where there is no terminal, SIGHUP makes it read that
            file again: a bad one is refused, and the one before stays in force. Results go
            to results/ in the state folder, in the same tree as the inbox, with .audit.json
            added to the name; every file has an entry in the journal:
            journalctl -t nianbao NIANBAO_VERDICT=fail

            Examples:
              nianbao watch
              nianbao watch --config /etc/nianbao/nianbao.yaml
              nianbao watch --inbox ./inbox --state ./state
              nianbao watch --inbox bureaus=/srv/a --inbox towns=/srv/b --state /var/lib/nianbao
            """
        )
    )

    /// Where the service is configured unless told otherwise (contract.md).
    static let defaultConfiguration = "/etc/nianbao/nianbao.yaml"

    @Option(help: .file("配置文件。", "Configuration file."))
    var config: PathArgument?

    @Option(
        help: .said(
            "收件夹；可重复，可命名（名称=目录）。",
            "A folder to watch; may be repeated and named (NAME=FOLDER).",
            value: ("[名称=]目录", "[name=]folder")
        )
    )
    var inbox: [PathArgument] = []

    @Option(
        help: .said(
            "状态目录，结果写在其 results/ 下。",
            "State folder; results go to results/ in it.",
            value: ("目录", "folder")
        )
    )
    var state: PathArgument?

    @Option(help: .runtime)
    var runtime: PathArgument?

    @Option(help: .language)
    var lang: Language?

    func validate() throws {
        if config != nil && (!inbox.isEmpty || state != nil) {
            throw ValidationError(
                Spoken.say("--config 不能与 --inbox、--state 同时使用。", "--config does not go with --inbox and --state.")
            )
        }
        if inbox.isEmpty != (state == nil) {
            throw ValidationError(
                Spoken.say("--inbox 和 --state 必须一起给出。例如：", "--inbox and --state go together. For example: ")
                    + "nianbao watch --inbox ./inbox --state ./state"
            )
        }
    }

    func run() throws {
        if let inboxState = state {
            var configuration = Configuration()
            configuration.state = inboxState.path
            let settings = Settings(configuration: configuration, language: Output.language(lang))
            try start(settings, inboxes: inbox.map(Self.inbox), file: nil)
        } else {
            let file = config ?? PathArgument(bytes: Array(Self.defaultConfiguration.utf8))
            let settings = try Settings.load(file, language: lang)
            try start(settings, inboxes: ServiceConfiguration.inboxes(settings), file: file)
        }
    }

    /// `NAME=DIR` or `DIR`; a name has no slash, so `./a=b` is a folder.
    private static func inbox(_ argument: PathArgument) -> AuditService.Inbox {
        if let equals = argument.bytes.firstIndex(of: 0x3D), !argument.bytes[..<equals].contains(0x2F), equals > 0 {
            let name = String(decoding: argument.bytes[..<equals], as: UTF8.self)
            return AuditService.Inbox(name: name, path: FilePath(bytes: argument.bytes[(equals + 1)...]))
        }
        return AuditService.Inbox(path: argument.path)
    }

    /// Some thirty threads work in turn: with a heap of its own each would keep what it once had, and a heap that shrinks and
    /// grows with every file costs more than the file (mallopt(3)).
    private static func tuneMemory() {
        shim_tune_heap(2, 1 << 20, 4 << 20)
    }

    /// - Parameter file: what a reload reads again; nil: there is nothing to read.
    private func start(_ settings: Settings, inboxes: [AuditService.Inbox], file: PathArgument?) throws {
        Self.tuneMemory()
        do {
            let service = try ServiceConfiguration(settings, file: file, runtime: runtime?.path, language: lang)
            defer { service.pool.endWorkersAndTidy() }
            let watch = try WatchService(
                plan: service.plan(settings, inboxes),
                configuration: file == nil ? nil : service,
                journal: service.journal
            )
            _ = try watch.run()
        } catch let error as SettingsError {
            Output.error("nianbao: " + error.message(in: settings.serviceLanguage))
            throw ExitCode(78)
        } catch let error as SystemCallError {
            Output.error("nianbao: \(settings.language == .zh ? error.chineseDescription : error.description)")
            throw ExitCode(71)  // EX_OSERR, sysexits.h
        }
    }
}
