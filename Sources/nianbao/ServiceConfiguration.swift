import AuditEngine
import AuditOutput
import AuditRules
import AuditService
import AuditWorkers
import Configuration
import Glibc
import LinuxIO
import SystemPackage
import Systemd

/// The service as its configuration wants it, at its start and after each reload.
struct ServiceConfiguration: ConfigurationSource {
    /// One for all configurations: what a new one finds in work is finished under the old one.
    let pool: WorkerPool
    /// Where the service and its workers write.
    let journal = CountingJournal(JournalWriter())

    private let file: PathArgument?
    /// Where the control socket is to be, if that was said.
    private let runtime: FilePath?
    private let language: Language?
    /// That of the configuration in force.
    private let spoken: Monitor<Language>

    /// - Parameters:
    ///   - settings: those of the start.
    ///   - file: what is read again.
    ///   - runtime: the folder of the control socket, if that was said.
    ///   - language: that of the command line, which no configuration changes.
    init(
        _ settings: Settings,
        file: PathArgument?,
        runtime: FilePath?,
        language: Language?
    ) throws(SystemCallError) {
        self.file = file
        self.runtime = runtime
        self.language = language
        spoken = Monitor(settings.language)
        pool = try WorkerPool(WorkerPool.Settings(settings.configuration))
    }

    func plan() throws(ReloadRefused) -> ServicePlan {
        guard let file else { throw ReloadRefused(problems: []) }
        let settings: Settings
        do throws(ConfigurationErrors) {
            settings = try Settings.read(file, language: language)
        } catch {
            let spoken: Configuration.Language = spoken.withLock { $0 } == .zh ? .chinese : .english
            throw ReloadRefused(problems: error.problems.map { $0.description(in: spoken) })
        }
        return plan(settings, Self.inboxes(settings))
    }

    /// Nothing works under it before it is activated.
    func plan(_ settings: Settings, _ inboxes: [AuditService.Inbox]) -> ServicePlan {
        ServicePlan(settings: serviceSettings(settings, inboxes)) { [self] in
            spoken.withLock { $0 = settings.language }
            pool.change(to: workerSettings(settings))
            return ServiceAuditor(settings, pool: pool)
        }
    }

    /// The inboxes of a configuration file.
    static func inboxes(_ settings: Settings) -> [AuditService.Inbox] {
        settings.configuration.inboxes.map { AuditService.Inbox(name: $0.name, path: $0.path) }
    }

    private func serviceSettings(_ settings: Settings, _ inboxes: [AuditService.Inbox]) -> ServiceSettings {
        let configuration = settings.configuration
        var service = ServiceSettings(inboxes: inboxes, stateFolder: configuration.state, sha256: Auditor.sha256)
        service.maximumFileBytes = settings.maximumFileBytes
        service.workers = configuration.workers
        service.settleTime = configuration.settleTime
        service.scanInterval = configuration.scanInterval
        service.pollInterval = configuration.pollInterval
        service.leftRetention = configuration.leftRetention
        service.controlSocket = ServiceControl.socket(runtime: runtime, stateFolder: configuration.state)
        service.metricsFile = configuration.metrics.file
        service.version = ProductVersion.current
        service.language = settings.serviceLanguage
        // To a program in a terminal the signal says that the terminal is gone.
        service.reloadsAtHangup = file != nil && isatty(STDIN_FILENO) != 1
        if let patience = Failpoint.patience { service.stallBounds = StallBounds(patience) }
        return service
    }

    private func workerSettings(_ settings: Settings) -> WorkerPool.Settings {
        var workers = WorkerPool.Settings(settings.configuration)
        workers.processes = settings.configuration.workers
        if let patience = Failpoint.patience { workers.startTime = patience }
        workers.onDeath = { [journal] death in
            let entry = JournalEntry.workerDied(
                files: death.paths,
                cause: death.description,
                meaning: settings.language == .zh ? death.chineseDescription : death.description,
                detail: death.lastWords,
                language: settings.serviceLanguage
            )
            journal.write(entry)
        }
        return workers
    }
}

extension Settings {
    /// The language in the terms of the service.
    var serviceLanguage: ServiceLanguage { language == .zh ? .chinese : .english }
}
