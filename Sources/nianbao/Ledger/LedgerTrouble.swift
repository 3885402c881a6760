import ArgumentParser
import AuditOutput
import AuditRules
import Glibc
import Ledger
import LinuxIO
import SystemPackage

/// Why a ledger cannot be looked into, and what to do, without the words of the database.
struct LedgerTrouble: Error {
    enum Kind {
        /// There is none yet.
        case missing
        /// This user may not.
        case forbidden
        /// It is damaged, or something else lies in its place.
        case corrupt
        /// A later version of the program wrote it.
        case newer
        /// It is empty, or of an earlier version: the service brings it up to date.
        case outdated
        /// Another program keeps it locked.
        case busy
        /// Something else, which may pass.
        case unavailable(Message)
    }

    var kind: Kind
    var file: FilePath

    /// Whether there just is none.
    var isMissing: Bool { if case .missing = kind { true } else { false } }

    private var shown: String { Terminal.printable(file.bytes) }

    /// What is wrong.
    var message: Message {
        switch kind {
        case .missing:
            Message(
                "还没有台账 \(shown)：服务没有在这个状态目录上运行过",
                "there is no ledger \(shown) yet: no service ran with this state folder"
            )
        case .forbidden: Message("当前用户不能使用台账 \(shown)", "this user may not use the ledger \(shown)")
        case .corrupt:
            Message("台账 \(shown) 已损坏，或不是 nianbao 的台账", "the ledger \(shown) is damaged, or no ledger of nianbao")
        case .newer:
            Message(
                "台账 \(shown) 由更新的 nianbao 写成，本版本读不了",
                "the ledger \(shown) was written by a newer nianbao than this one"
            )
        case .outdated:
            Message("台账 \(shown) 还是空的，或由更早的版本写成", "the ledger \(shown) is still empty, or of an earlier version")
        case .busy: Message("台账 \(shown) 正被别的程序锁住", "another program keeps the ledger \(shown) locked")
        case .unavailable(let reason):
            Message("读不了台账 \(shown)：\(reason.text(.zh))", "the ledger \(shown) cannot be read: \(reason.text(.en))")
        }
    }

    /// What to do about it.
    var remedy: Message {
        switch kind {
        case .missing:
            Message(
                "检查 --config 或 --state，或启动服务：systemctl start nianbao",
                "check --config or --state, or start the service: systemctl start nianbao"
            )
        case .forbidden:
            Message(
                "以运行服务的用户或 root 执行，例如 sudo -u nianbao nianbao …",
                "run it as the user of the service or as root, say sudo -u nianbao nianbao …"
            )
        case .corrupt:
            Message(
                "重新启动服务，它会由收件目录和结果重建台账，原件改名保留",
                "restart the service: it keeps the file under another name and builds the ledger anew from inboxes and results"
            )
        case .newer: Message("使用写成它的版本或更新的 nianbao", "use the nianbao that wrote it, or a later one")
        case .outdated:
            Message(
                "启动服务，由它更新：systemctl start nianbao",
                "start the service, which brings it up to date: systemctl start nianbao"
            )
        case .busy: Message("稍后再试", "try again later")
        case .unavailable:
            Message("检查磁盘和权限后再试：nianbao doctor", "check the disk and permissions, then try again: nianbao doctor")
        }
    }

    /// The exit code after sysexits.h.
    var exitCode: ExitCode {
        switch kind {
        case .missing: ExitCode(EX_NOINPUT)
        case .forbidden: ExitCode(EX_NOPERM)
        case .corrupt, .newer: ExitCode(EX_DATAERR)
        case .outdated, .busy: ExitCode(EX_TEMPFAIL)
        case .unavailable: ExitCode(EX_IOERR)
        }
    }

    /// Says it and ends the command.
    func end(_ language: Language) -> ExitCode {
        let (message, remedy) = (message.text(language), remedy.text(language))
        Output.error(
            language == .zh ? "nianbao: \(message)。\(remedy)。" : "nianbao: \(message). To mend it: \(remedy)."
        )
        return exitCode
    }
}

extension LedgerTrouble {
    init(_ error: LedgerError) {
        file = error.path
        kind =
            switch error.cause {
            case .corrupt: .corrupt
            case .newer: .newer
            case .unavailable: Self.kind(error)
            }
    }

    private static func kind(_ error: LedgerError) -> Kind {
        switch error.obstacle {
        case .locked: .busy
        case .forbidden: .forbidden
        case .outdated: .outdated
        case .full: .unavailable(Message("磁盘已满", "the disk is full"))
        case .inputOutput: .unavailable(Message("读写错误", "input/output error"))
        case nil: .unavailable(Message(error.reason, error.reason))
        }
    }

    /// What can be seen without opening the file as a database; nil where nothing is wrong.
    static func visible(_ file: FilePath, forWriting: Bool = false) -> LedgerTrouble? {
        do throws(SystemCallError) {
            let status = try FileStatus(of: file)
            guard status.kind == .regular else { return LedgerTrouble(kind: .corrupt, file: file) }
        } catch {
            switch error.errno {
            case ENOENT, ENOTDIR: return LedgerTrouble(kind: .missing, file: file)
            case EACCES: return LedgerTrouble(kind: .forbidden, file: file)
            default: return LedgerTrouble(kind: .unavailable(Message(error.chineseReason, error.reason)), file: file)
            }
        }
        let mode = forWriting ? R_OK | W_OK : R_OK
        let isAllowed = file.withPlatformString { faccessat(AT_FDCWD, $0, mode, AT_EACCESS) } == 0
        return isAllowed ? nil : LedgerTrouble(kind: .forbidden, file: file)
    }
}
