import ArgumentParser
import AuditOutput
import Glibc
import Ledger
import LinuxIO

extension LedgerCommand {
    /// `nianbao ledger retry`
    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry",
            abstract: Spoken.say("请服务立即重新审核。", "Asks the service to try files again now."),
            discussion: Spoken.say(
                """
                指名的文件不论什么状态都重新审核；--deferred 为全部暂缓的，--quarantined 为全部隔离的，
                --all 两者都要。服务在运行时一秒之内开始，没有运行时下次启动开始。

                示例：
                  nianbao ledger retry 县直/甲局.docx
                  nianbao ledger retry --deferred
                """,
                """
                A file that is named is audited again whatever its state; --deferred means all
                deferred ones, --quarantined all in quarantine, --all both. A running service
                begins within a second, one that does not run when it is started next.

                Examples:
                  nianbao ledger retry county/report.docx
                  nianbao ledger retry --deferred
                """
            )
        )

        @Argument(help: .file("收件目录中的文件。", "Files of an inbox."))
        var files: [PathArgument] = []

        @Flag(help: .said("全部暂缓的文件。", "All deferred files."))
        var deferred = false

        @Flag(help: .said("全部隔离的文件。", "All files in quarantine."))
        var quarantined = false

        @Flag(help: .said("全部暂缓和隔离的文件。", "All deferred files and all in quarantine."))
        var all = false

        @OptionGroup var options: LedgerOptions

        func validate() throws {
            let takesStates = deferred || quarantined || all
            guard files.isEmpty == takesStates else {
                throw ValidationError(
                    Spoken.say(
                        "指定文件，或者 --deferred、--quarantined、--all 之一，不能都写。例如：",
                        "Name files, or one of --deferred, --quarantined and --all, not both. For example: "
                    ) + "nianbao ledger retry --deferred"
                )
            }
        }

        func run() throws {
            let place = try options.place()
            let view = try LedgerView(place, forWriting: true)
            var unknown = 0
            let count: Int
            if files.isEmpty {
                var states: [FileState] = []
                if deferred || all { states.append(.deferred) }
                if quarantined || all { states.append(.quarantined) }
                count = try states.reduce(0) { sum, state in
                    try sum + view.reading { () throws(LedgerError) in try view.ledger.requestRetryAll(state: state) }
                }
            } else {
                var keys: [LedgerKey] = []
                for file in files {
                    let present = try view.entries(named: file).filter { $0.leftAt == nil }
                    if present.isEmpty {
                        view.sayUnknown(file)
                        unknown += 1
                    }
                    // Named twice, it is tried again once.
                    keys += present.map(\.key).filter { !keys.contains($0) }
                }
                count = try view.reading { () throws(LedgerError) in try view.ledger.requestRetry(keys) }
            }
            try Output.write(Array(sentence(count, place).utf8), place.language)
            if unknown > 0 { throw ExitCode(EX_NOINPUT) }
        }

        /// What will happen.
        private func sentence(_ count: Int, _ place: LedgerPlace) -> String {
            guard count > 0 else { return place.say("没有要重新审核的文件。\n", "There is no file to try again.\n") }
            return FileLock.isHeld(place.lockFile)
                ? place.say("\(count) 个文件将在一秒之内重新审核。\n", "To be tried again within a second: \(count).\n")
                : place.say(
                    "\(count) 个文件将在服务下次启动时重新审核（现在没有运行：\(place.startCommand)）。\n",
                    "To be tried again when the service starts: \(count). It does not run now: \(place.startCommand)\n"
                )
        }
    }
}
