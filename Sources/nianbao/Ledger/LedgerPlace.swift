import ArgumentParser
import AuditOutput
import Configuration
import Glibc
import Ledger
import LinuxIO
import SystemPackage

/// Which service is meant: the options of every command that looks into a ledger, the same as those of `watch`.
struct LedgerOptions: ParsableArguments {
    @Option(help: .configurationOfService)
    var config: PathArgument?

    @Option(help: .said("状态目录，台账在其中。", "State folder, where the ledger lies.", value: ("目录", "folder")))
    var state: PathArgument?

    @Option(help: .language)
    var lang: Language?

    func validate() throws { try LedgerPlace.validate(config: config, state: state) }

    /// What the options mean; a broken configuration ends the program with exit code 78.
    func place() throws -> LedgerPlace { try LedgerPlace(config: config, state: state, lang: lang) }
}

extension LedgerPlace {
    static func validate(config: PathArgument?, state: PathArgument?) throws {
        guard config == nil || state == nil else {
            throw ValidationError(Spoken.say("--config 不能与 --state 同时使用。", "--config does not go with --state."))
        }
    }

    init(config: PathArgument?, state: PathArgument?, lang: Language?) throws {
        if let state {
            stateFolder = StateFolder(state.path)
            inboxes = nil
            language = Output.language(lang)
            startCommand = "nianbao watch --inbox … --state \(state.shown)"
        } else {
            let file = config ?? PathArgument(bytes: Array(WatchCommand.defaultConfiguration.utf8))
            let settings = try Settings.load(file, language: lang)
            stateFolder = StateFolder(settings.configuration.state)
            inboxes = settings.configuration.inboxes
            language = settings.language
            startCommand = config.map { "nianbao watch --config \($0.shown)" } ?? "systemctl start nianbao"
        }
    }
}

/// What lies in the folder of a service, under names that are fixed.
struct StateFolder {
    let path: FilePath

    init(_ path: FilePath) { self.path = path }

    /// The ledger.
    var ledger: FilePath { path.appending("nianbao.sqlite") }
    /// The lock that the running service holds.
    var lock: FilePath { path.appending("lock") }
    /// The results.
    var results: FilePath { path.appending("results") }
}

/// Which service is meant.
struct LedgerPlace {
    /// The folder in which the service writes.
    var stateFolder: StateFolder
    /// The configured inboxes; nil where only the state folder was named. Then the service itself has written down which.
    var inboxes: [Configuration.Inbox]?
    /// The language of messages.
    var language: Language
    /// What a person types to start the service here.
    var startCommand: String

    var ledgerFile: FilePath { stateFolder.ledger }
    var lockFile: FilePath { stateFolder.lock }
    var resultsFolder: FilePath { stateFolder.results }

    func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
}
