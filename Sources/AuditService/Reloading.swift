// A configuration that changes while the service runs.

import LinuxIO
import SystemPackage

/// What holds under one configuration.
public struct ServicePlan: Sendable {
    /// The settings.
    public var settings: ServiceSettings
    /// Gives the auditor, when nothing works under another plan any more. May be called again after another plan's.
    public var activate: @Sendable () -> any FileAuditor

    /// Puts a plan together.
    public init(settings: ServiceSettings, activate: @escaping @Sendable () -> any FileAuditor) {
        self.settings = settings
        self.activate = activate
    }
}

/// Why a new configuration does not take effect.
public struct ReloadRefused: Error, Sendable {
    /// All that is wrong with it, each with file and line where there is one, in the language of the service.
    public var problems: [String]

    /// Says what is wrong.
    public init(problems: [String]) {
        self.problems = problems
    }
}

/// Where a service gets its configuration anew.
public protocol ConfigurationSource: Sendable {
    /// Reads and checks all of it. Nothing happens yet.
    func plan() throws(ReloadRefused) -> ServicePlan
}

/// What became of a wish to reload.
public enum ReloadOutcome: Sendable {
    /// The new configuration is in force.
    case reloaded(inboxes: Int)
    /// The old one is.
    case refused([String])
}

/// Those who wait for the outcome of the next reload.
final class ReloadRequests: Sendable {
    private let waiting = Monitor<[@Sendable (ReloadOutcome) -> Void]>([])
    let called: EventCounter

    init() throws(SystemCallError) { called = try EventCounter() }

    /// - Parameter answer: called on the thread that reloads.
    func add(_ answer: @escaping @Sendable (ReloadOutcome) -> Void) {
        waiting.withLock { $0.append(answer) }
        called.raise()
    }

    /// Those who asked before now: who comes later wants what is written later.
    func take() -> [@Sendable (ReloadOutcome) -> Void] {
        called.lower()
        return waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}

extension ReloadRefused {
    /// It was started without one.
    static func noConfiguration(_ language: ServiceLanguage) -> String {
        switch language {
        case .chinese: "服务启动时没有给出配置文件，无从重新读取；请用 --config 启动"
        case .english:
            "the service was started without a configuration file: there is nothing to read again; start it with --config"
        }
    }

    /// Results, ledger and lock lie there.
    static func stateFolderChanged(from old: FilePath, to new: FilePath, _ language: ServiceLanguage) -> String {
        switch language {
        case .chinese: "状态目录不能在运行中由 \(old) 改为 \(new)；请停止服务，移动该目录后再启动"
        case .english:
            "the state folder cannot change from \(old) to \(new) while the service runs; stop it, move the folder, start it"
        }
    }

    /// Nothing is read any more.
    static func stopping(_ language: ServiceLanguage) -> String {
        switch language {
        case .chinese: "服务正在停止"
        case .english: "the service is stopping"
        }
    }
}
