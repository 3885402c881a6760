import Glibc
import LinuxIO
import SystemPackage

/// The language of what the service says about itself.
public enum ServiceLanguage: String, Sendable {
    case chinese = "zh"
    case english = "en"
}

/// Everything that can be set.
public struct ServiceSettings: Sendable {
    /// The folders to watch.
    public var inboxes: [Inbox]
    /// The folder of the service's own files; results lie in `results` below it.
    public var stateFolder: FilePath
    /// Number of files audited at once, in each lane but ``AuditLane/batched``.
    public var workers: Int
    /// Number of files of ``AuditLane/batched`` that are handed to the auditor at once: they only wait together.
    public var batchedFiles: Int
    /// Bytes of those files that are held at once.
    public var batchedBytes: Int64
    /// Files with more bytes are not read.
    public var maximumFileBytes: Int
    /// How long a file must stand still before anything but a complete report is said of it.
    public var settleTime: Duration
    /// How often the inboxes themselves are looked for: a renamed parent, a mount on top give no event.
    public var inboxCheckInterval: Duration
    /// How often everything is walked through again: events are hints only.
    public var scanInterval: Duration
    /// How often inboxes are walked in which changes go unnoticed: file systems where inotify is blind, folders that could
    /// not be watched. A walk that takes long is made less often.
    public var pollInterval: Duration
    /// How long results and rows of files that left are kept; nil: for ever.
    public var leftRetention: Duration?
    /// How long files in work may go on after a stop. systemd and users wait 5 s for the whole.
    public var stopTime: Duration
    /// Whether `run` stops at SIGTERM and SIGINT. Off for a service within another program.
    public var handlesSignals: Bool
    /// Whether SIGHUP makes it read its configuration again. Off where the signal says that the terminal is gone.
    public var reloadsAtHangup: Bool
    /// Where it listens for those who ask how it is doing; nil: nowhere. As at the start, whatever is configured later.
    public var controlSocket: FilePath?
    /// Where the metrics are written; nil: nowhere.
    public var metricsFile: FilePath?
    /// How long its parts may stand still.
    public var stallBounds: StallBounds
    /// The language of the service's own messages.
    public var language: ServiceLanguage
    /// The version of the product, for those who ask how the service is doing.
    public var version: String
    /// SHA-256 in 64 lower-case hex digits.
    public var sha256: @Sendable ([UInt8]) -> String

    /// Settings with the defaults of the product.
    public init(
        inboxes: [Inbox],
        stateFolder: FilePath,
        sha256: @escaping @Sendable ([UInt8]) -> String
    ) {
        self.inboxes = inboxes
        self.stateFolder = stateFolder
        self.sha256 = sha256
        workers = min(4, max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))))
        batchedFiles = 20
        batchedBytes = 256 << 20
        maximumFileBytes = SafeFile.defaultMaximumBytes
        settleTime = .seconds(2)
        inboxCheckInterval = .seconds(2)
        scanInterval = .seconds(3600)
        pollInterval = .seconds(10)
        stopTime = .milliseconds(4500)
        handlesSignals = true
        reloadsAtHangup = false
        stallBounds = StallBounds()
        language = .chinese
        version = ""
    }
}

/// Settings with which the service cannot start.
public enum SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is nothing to watch.
    case noInbox
    /// An inbox cannot be found or read.
    case inboxUnusable(FilePath, errno: CInt)
    /// The state folder cannot be made or found.
    case stateFolderUnusable(FilePath, errno: CInt)
    /// Another service runs with the same state folder.
    ///
    /// - Parameter process: its number, if it is known.
    case stateFolderInUse(FilePath, process: Int32?)
    /// One of two folders is, or lies within, the other.
    case overlap(FilePath, FilePath)
    /// Two inboxes have no name.
    case twoUnnamed(FilePath, FilePath)
    /// A name that cannot be the name of a folder.
    case invalidName(String)
    /// Two inboxes of one name.
    case duplicateName(String)
    /// A number that makes no sense.
    case notPositive(setting: String, value: Int)

    /// What is wrong and how to mend it.
    public func message(in language: ServiceLanguage) -> String {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }

    /// The same in English.
    public var description: String { english }

    private var chinese: String {
        switch self {
        case .noInbox:
            "没有配置收件夹；请至少指定一个（--inbox 目录）"
        case .inboxUnusable(let path, let errno):
            "收件夹 \(path) 不可用：\(ErrorText.chinese(errno))；请先建立该目录并授予读取权限"
        case .stateFolderUnusable(let path, let errno):
            "状态目录 \(path) 不可用：\(ErrorText.chinese(errno))；请检查路径和写入权限"
        case .stateFolderInUse(let path, let process):
            "状态目录 \(path) 正被另一个 nianbao watch 使用\(process.map { "（进程 \($0)）" } ?? "")；请先停止它，或改用其他目录（--state）"
        case .overlap(let first, let second):
            "目录 \(first) 与 \(second) 重叠；收件夹之间、收件夹与状态目录之间不得相同或互相包含"
        case .twoUnnamed(let first, let second):
            "收件夹 \(first) 和 \(second) 都没有名称；最多一个可以不命名，请为其余的命名（--inbox 名称=目录）"
        case .invalidName(let name):
            "收件夹名称“\(name)”无效；名称不能为空、不能含“/”、不能以“.”开头、不能超过 255 字节"
        case .duplicateName(let name):
            "收件夹名称“\(name)”重复；每个收件夹的名称必须唯一"
        case .notPositive(let setting, let value):
            "\(setting) 为 \(value)；必须大于 0"
        }
    }

    private var english: String {
        switch self {
        case .noInbox:
            "no inbox is configured; name at least one (--inbox DIR)"
        case .inboxUnusable(let path, let errno):
            "inbox \(path) cannot be used: \(ErrorText.english(errno)); make the folder and let the service read it"
        case .stateFolderUnusable(let path, let errno):
            "state folder \(path) cannot be used: \(ErrorText.english(errno)); check the path and the permission to write"
        case .stateFolderInUse(let path, let process):
            "state folder \(path) is in use by another nianbao watch\(process.map { " (process \($0))" } ?? ""); stop that one "
                + "or take another folder (--state)"
        case .overlap(let first, let second):
            "folders \(first) and \(second) overlap; an inbox must not be, contain or lie in another or the state folder"
        case .twoUnnamed(let first, let second):
            "inboxes \(first) and \(second) have no name; at most one may lack it (--inbox NAME=DIR)"
        case .invalidName(let name):
            "inbox name '\(name)' is invalid; it must not be empty, contain '/', begin with '.' or exceed 255 bytes"
        case .duplicateName(let name):
            "inbox name '\(name)' occurs twice; names must be unique"
        case .notPositive(let setting, let value):
            "\(setting) is \(value); it must be greater than 0"
        }
    }
}

extension ServiceSettings {
    /// Checks everything, makes the state folder and replaces the paths by absolute ones without links.
    ///
    /// - Parameter makingState: false: the state folder is not made.
    func resolved(makingState: Bool = true) throws(SettingsError) -> ServiceSettings {
        guard !inboxes.isEmpty else { throw .noInbox }
        for (name, interval) in [("scanInterval", scanInterval), ("pollInterval", pollInterval)] where interval <= .zero
        {
            throw .notPositive(setting: name, value: Int(interval.components.seconds))
        }
        guard workers > 0 else { throw .notPositive(setting: "workers", value: workers) }
        guard batchedFiles > 0 else { throw .notPositive(setting: "batchedFiles", value: batchedFiles) }
        guard batchedBytes > 0 else { throw .notPositive(setting: "batchedBytes", value: Int(batchedBytes)) }
        guard maximumFileBytes > 0 else { throw .notPositive(setting: "maximumFileBytes", value: maximumFileBytes) }
        try checkNames()

        var result = self
        do {
            if makingState { try AtomicFile.createDirectories(stateFolder) }
            result.stateFolder = try stateFolder.resolved()
        } catch {
            throw .stateFolderUnusable(stateFolder, errno: error.errno)
        }
        var taken = [result.stateFolder]
        result.inboxes = []
        for inbox in inboxes {
            let path: FilePath
            do throws(SystemCallError) {
                path = try inbox.path.resolved()
                guard try FileStatus(of: path).kind == .directory else {
                    throw SystemCallError(call: "open", path: path, errno: ENOTDIR)
                }
            } catch {
                throw .inboxUnusable(inbox.path, errno: error.errno)
            }
            if let other = taken.first(where: { Self.overlap($0, path) }) {
                throw .overlap(path, other)
            }
            taken.append(path)
            result.inboxes.append(Inbox(name: inbox.name, path: path))
        }
        return result
    }

    private func checkNames() throws(SettingsError) {
        var names: Set<String> = []
        var unnamed: FilePath?
        for inbox in inboxes {
            guard let name = inbox.name else {
                if let unnamed {
                    throw .twoUnnamed(unnamed, inbox.path)
                }
                unnamed = inbox.path
                continue
            }
            let bytes = name.utf8
            guard !bytes.isEmpty, bytes.count <= 255, bytes.first != UInt8(ascii: "."),
                !bytes.contains(UInt8(ascii: "/")), !bytes.contains(0)
            else { throw .invalidName(name) }
            guard names.insert(name).inserted else { throw .duplicateName(name) }
        }
    }

    /// Both resolved. The same folder mounted at two places has two paths but one identity.
    private static func overlap(_ first: FilePath, _ second: FilePath) -> Bool {
        if first.starts(with: second) || second.starts(with: first) {
            return true
        }
        guard let a = try? FileStatus(of: first), let b = try? FileStatus(of: second) else { return false }
        return a.identity.isSameFile(as: b.identity)
    }
}
