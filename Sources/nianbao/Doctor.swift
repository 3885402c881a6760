import AuditOutput
import AuditRules
import Configuration
import Conversion
import DocumentModel
import Glibc
import LinuxIO
import SystemPackage
import Systemd

/// What a check of the machine found.
struct Diagnosis {
    /// How it stands.
    enum Status: String {
        /// As it should be.
        case ok
        /// Worth knowing; everything works.
        case note
        /// Something does not work.
        case problem
    }

    /// Stable name, for scripts.
    var id: String
    var status: Status
    /// What was found.
    var message: Message
    /// What to do.
    var remedy: Message?

    init(_ id: String, _ status: Status, _ message: Message, _ remedy: Message? = nil) {
        self.id = id
        self.status = status
        self.message = message
        self.remedy = remedy
    }
}

/// Formats that one reader reads, and whether it can on this machine.
struct FormatSupport {
    var formats: [DocumentFormat]
    /// The external program; nil where none is needed.
    var check: ProgramCheck?

    var isReadable: Bool { check?.problem == nil }
}

/// Looks at the machine.
struct Doctor {
    /// The service's configuration; nil where there is none.
    var configuration: Configuration?

    /// Every format, by its reader.
    func formats() -> [FormatSupport] {
        let converters = configuration?.converters
        return [
            FormatSupport(formats: [.text, .docx, .html, .mht]),
            FormatSupport(formats: [.pdf], check: ProgramCheck(.pdftotext, configured: converters?.pdftotext)),
            FormatSupport(
                formats: [.doc, .wps, .rtf, .odt, .wordxml],
                check: ProgramCheck(.soffice, configured: converters?.soffice)
            ),
        ]
    }

    /// Everything else.
    func diagnoses() -> [Diagnosis] {
        var found: [Diagnosis] = []
        var folders = 0
        for inbox in configuration?.inboxes ?? [] {
            let look = Self.look(into: inbox.path)
            folders += look.folders
            found.append(self.inbox(inbox.path, unreadable: look.unreadable))
            if let blind = blindness(inbox.path) { found.append(blind) }
        }
        if let configuration {
            found.append(state(configuration.state))
            found += stateDiagnoses(StateFolder(configuration.state))
        }
        return found + [watches(folders), instances(), journal(), isolation()]
    }

    // MARK: - Folders

    /// How many folders there are to be watched, the inbox itself among them, and how many cannot be read.
    private static func look(into inbox: FilePath) -> (folders: Int, unreadable: Int) {
        var (folders, unreadable) = (0, 0)
        // Not a list: an inbox may have a million names.
        DirectoryScan(root: inbox).walk(
            enter: { _, _ in
                folders += 1
                return true
            },
            file: { _ in },
            unreadable: { _, _ in unreadable += 1 }
        )
        return (max(1, folders), unreadable)
    }

    /// Nil where the kernel tells of all that happens in an inbox.
    private func blindness(_ inbox: FilePath) -> Diagnosis? {
        guard let configuration, FileSystem.isBlind(path: inbox) else { return nil }
        let (kind, interval) = (FileSystem.name(path: inbox), configuration.pollInterval.written)
        return Diagnosis(
            "inotify.blind",
            .note,
            Message(
                "收件目录 \(inbox) 在 \(kind) 上：别处的改动内核不通知，服务每 \(interval) 查一遍（poll_interval）",
                "the inbox \(inbox) is on \(kind), where the kernel does not tell what others change: the service looks "
                    + "every \(interval) (poll_interval)"
            )
        )
    }

    private func inbox(_ path: FilePath, unreadable: Int) -> Diagnosis {
        let id = "folder.inbox"
        guard let status = try? FileStatus(of: path), status.kind == .directory else {
            return Diagnosis(
                id,
                .problem,
                Message("收件目录 \(path) 不存在", "the inbox \(path) does not exist"),
                Message("建立它：mkdir -p \(path)", "make it: mkdir -p \(path)")
            )
        }
        guard access(path, R_OK | X_OK) else {
            return Diagnosis(
                id,
                .problem,
                Message("当前用户不能读取收件目录 \(path)", "this user may not read the inbox \(path)"),
                Message("授予读取权限：chmod o+rx 或 setfacl", "grant it: chmod o+rx or setfacl")
            )
        }
        guard unreadable == 0 else {
            return Diagnosis(
                id,
                .problem,
                Message(
                    "收件目录 \(path) 中有 \(unreadable) 个子目录不能读取",
                    "\(unreadable) folders below the inbox \(path) cannot be read"
                ),
                Message("授予读取权限：chmod -R o+rX 或 setfacl", "grant it: chmod -R o+rX or setfacl")
            )
        }
        return Diagnosis(id, .ok, Message("收件目录 \(path) 可读", "the inbox \(path) can be read"))
    }

    private func state(_ path: FilePath) -> Diagnosis {
        // What is not there yet is made by the service, where it may.
        var existing = path
        while (try? FileStatus(of: existing)) == nil, existing.removeLastComponent() {}
        guard access(existing, W_OK | X_OK), (try? FileStatus(of: existing))?.kind == .directory else {
            return Diagnosis(
                "folder.state",
                .problem,
                Message("当前用户不能写状态目录 \(path)", "this user may not write to the state folder \(path)"),
                Message(
                    "建立它并交给运行服务的用户：install -d -o 用户 \(path)",
                    "make it and give it to the user of the service: install -d -o USER \(path)"
                )
            )
        }
        return Diagnosis("folder.state", .ok, Message("状态目录 \(path) 可写", "the state folder \(path) is writable"))
    }

    func access(_ path: FilePath, _ mode: CInt) -> Bool {
        // As the effective user: what the service does is done by it.
        path.withPlatformString { faccessat(AT_FDCWD, $0, mode, AT_EACCESS) } == 0
    }

    // MARK: - The kernel

    private func watches(_ folders: Int) -> Diagnosis {
        let name = "fs.inotify.max_user_watches"
        guard let limit = Self.number("/proc/sys/fs/inotify/max_user_watches") else {
            return unknown("inotify.watches", name)
        }
        let raise = Message("提高上限：sysctl \(name)=1048576", "raise it: sysctl \(name)=1048576")
        let message = Message(
            "\(name) = \(limit)，收件目录有 \(folders) 个文件夹要监视" + (folders >= limit ? "，超出的只能定时查看" : ""),
            "\(name) = \(limit), the inboxes have \(folders) folders to watch"
                + (folders >= limit ? ", and those beyond are only looked at from time to time" : "")
        )
        // Other programs of the user watch, too: half of it is left to them.
        let status: Diagnosis.Status = folders >= limit ? .problem : folders > limit / 2 ? .note : .ok
        return Diagnosis("inotify.watches", status, message, status == .ok ? nil : raise)
    }

    private func instances() -> Diagnosis {
        let name = "fs.inotify.max_user_instances"
        guard let limit = Self.number("/proc/sys/fs/inotify/max_user_instances") else {
            return unknown("inotify.instances", name)
        }
        let instance = inotify_init1(CInt(IN_CLOEXEC))
        guard instance >= 0 else {
            return Diagnosis(
                "inotify.instances",
                .problem,
                Message("\(name) = \(limit)，已经用完", "\(name) = \(limit), and all are in use"),
                Message("提高上限：sysctl \(name)=1024", "raise it: sysctl \(name)=1024")
            )
        }
        close(instance)
        return Diagnosis(
            "inotify.instances",
            .ok,
            Message("\(name) = \(limit)，服务需要 1 个", "\(name) = \(limit), the service needs 1")
        )
    }

    private func unknown(_ id: String, _ name: String) -> Diagnosis {
        Diagnosis(id, .note, Message("读不到 \(name)（没有 /proc）", "\(name) cannot be read (no /proc)"))
    }

    private static func number(_ file: FilePath) -> Int? {
        (try? KernelFile.words(file))?.first.flatMap { Int($0) }
    }

    private func isolation() -> Diagnosis {
        let version = Isolation.landlockVersion
        let filters = Isolation.filtersCalls
        guard version > 0, filters else {
            let missing = [version > 0 ? nil : "Landlock", filters ? nil : "seccomp"].compactMap(\.self).joined(
                separator: ", "
            )
            return Diagnosis(
                "isolation",
                .note,
                Message(
                    "内核没有 \(missing)：转换程序只受用户权限和资源上限约束",
                    "the kernel lacks \(missing): converters are held by permissions and limits only"
                ),
                Message("使用启用了 \(missing) 的内核（5.13 以上）", "use a kernel (5.13 or later) with \(missing)")
            )
        }
        return Diagnosis(
            "isolation",
            .ok,
            Message(
                "转换程序在隔离中运行（Landlock \(version)、seccomp）",
                "converters run confined (Landlock \(version), seccomp)"
            )
        )
    }

    // MARK: - The journal

    private func journal() -> Diagnosis {
        guard JournalWriter().isReachable else {
            return Diagnosis(
                "journal",
                .note,
                Message(
                    "没有系统日志（journald）：记录写到标准错误",
                    "no journal runs: entries go to standard error"
                ),
                Message(
                    "在 systemd 下运行，或保存服务的标准错误",
                    "run under systemd, or keep the standard error of the service"
                )
            )
        }
        return Diagnosis("journal", .ok, Message("系统日志可达", "the journal is reachable"))
    }
}
