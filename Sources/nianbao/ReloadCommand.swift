import ArgumentParser
import AuditOutput
import AuditService
import Configuration
import Glibc
import LinuxIO
import SystemPackage

/// `nianbao reload`
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: Spoken.say(
            "让运行中的服务重新读取配置，等到有结果为止。",
            "Has the running service read its configuration again, and waits for the outcome."
        ),
        discussion: Spoken.say(
            """
            只有 root 和服务自己的用户可以这样做。有误的配置不采用，仍按原配置运行，列出每个问题；
            没有问题的立即生效。systemctl reload nianbao 就是运行它。

            退出码：
              0   新配置已生效
              64  用法错误
              69  服务没有运行
              75  服务没有及时答复
              77  没有权限
              78  新配置有误，未采用

            示例：
              nianbao config check && sudo nianbao reload
              nianbao reload --state ./状态
            """,
            """
            Only root and the service's own user may do that. A bad configuration is
            refused, the one before stays in force, and every problem is told; a good
            one takes effect at once. systemctl reload nianbao runs this.

            Exit codes:
              0   the new configuration is in force
              64  wrong usage
              69  the service does not run
              75  the service did not answer in time
              77  no permission
              78  the new configuration is bad and was refused

            Examples:
              nianbao config check && sudo nianbao reload
              nianbao reload --state ./state
            """
        )
    )

    @OptionGroup var options: ServiceOptions

    func run() throws {
        let language = Output.language(options.lang)
        func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
        func end(_ code: Int32, _ zh: String, _ en: String) -> ExitCode {
            Output.error("nianbao: " + say(zh, en))
            return ExitCode(code)
        }
        switch options.control.ask(.reload, within: .seconds(75)) {
        case .notRunning:
            throw end(
                EX_UNAVAILABLE,
                "服务没有运行；启动：systemctl start nianbao",
                "the service does not run; systemctl start nianbao"
            )
        case .forbidden(let socket):
            throw end(
                EX_NOPERM,
                "没有权限使用 \(socket)；请以 root 或服务的用户运行",
                "no permission to use \(socket); run it as root or as the user of the service"
            )
        case .failed(let error):
            throw end(EX_TEMPFAIL, "服务没有答复：\(error.chineseDescription)", "the service does not answer: \(error)")
        case .answer(let answer):
            switch answer.outcome {
            case .done:
                let inboxes = answer.inboxes ?? 0
                let text = say(
                    "已采用新配置，监看 \(inboxes) 个收件夹。\n",
                    "The new configuration is in force, \(inboxes) inboxes.\n"
                )
                try Output.write(Array(text.utf8), language)
            case .refused:
                answer.problems.forEach { Output.error($0) }
                throw end(
                    EX_CONFIG,
                    "新配置有误，未采用，仍按原配置运行",
                    "the new configuration is refused, the old one stays in force"
                )
            case .forbidden:
                throw end(
                    EX_NOPERM,
                    "只有 root 和服务自己的用户可以让它重新读取配置",
                    "only root and the service's own user may have it read its configuration again"
                )
            case .late, .unknown:
                throw end(
                    EX_TEMPFAIL,
                    "服务没有及时答复；结果见 journalctl -t nianbao",
                    "the service did not answer in time; journalctl -t nianbao tells what came of it"
                )
            }
        }
    }
}

/// Which running service is meant.
struct ServiceOptions: ParsableArguments {
    @OptionGroup var place: LedgerOptions

    @Option(help: .runtime)
    var runtime: PathArgument?

    var lang: Language? { place.lang }

    /// How to reach it. A configuration that cannot be read now names no service: the one that systemd started is meant.
    var control: ServiceControl {
        let file = place.config ?? PathArgument(bytes: Array(WatchCommand.defaultConfiguration.utf8))
        let isUsual = place.config == nil && place.state == nil && ServiceControl.runtimeFolder != nil
        let state = place.state?.path ?? (isUsual ? nil : try? Settings.read(file, language: lang).configuration.state)
        return ServiceControl(runtime: runtime?.path, stateFolder: state)
    }

    /// Where its files are: as it says itself, where it runs.
    func place(of answer: ControlAnswer?) throws -> LedgerPlace {
        // What the service runs with may be older than what lies in the file now, and that may be broken.
        guard let answer, place.config == nil, place.state == nil else { return try place.place() }
        return LedgerPlace(
            stateFolder: StateFolder(FilePath(answer.state)),
            inboxes: nil,
            language: lang ?? answer.language.flatMap { Language(rawValue: $0) } ?? Output.language(nil),
            startCommand: "systemctl start nianbao"
        )
    }
}

extension ArgumentHelp {
    /// `--runtime`
    static var runtime: ArgumentHelp {
        said(
            "控制套接字所在的目录；缺省为 $RUNTIME_DIRECTORY，没有则为状态目录。",
            "Folder of the control socket; by default $RUNTIME_DIRECTORY, else the state folder.",
            value: ("目录", "folder")
        )
    }
}
