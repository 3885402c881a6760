// The built program as a service that may die at any moment.

import Glibc
import LinuxIO
import SystemPackage
import TestSupport

/// `nianbao watch`, started and killed as often as one likes.
final class Service {
    /// A program that ended though it should not.
    struct Ended: Error, CustomStringConvertible {
        let status: CInt
        let errors: String

        var description: String { "it ended by itself with status \(status): \(errors.suffix(300))" }
    }

    private let arguments: [String]
    private let ledgerArguments: [String]
    private var command: Command?
    /// How often it was killed, and asked to stop.
    private(set) var kills = 0, stops = 0
    /// What the last ones wrote to standard error.
    private(set) var lastWords: [String] = []

    /// Prepares it; the state folder is made.
    ///
    /// - Parameter settleTime: as in the configuration; nil: without a configuration file, with the default.
    init(program: String, folder: FilePath, user: ServiceUser, settleTime: String?) throws {
        let (inbox, named, state) = (folder.appending("inbox"), folder.appending("named"), folder.appending("state"))
        var arguments = user == .nobody ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] : []
        arguments += [program, "watch", "--lang", "en"]
        if let settleTime {
            let file = folder.appending("nianbao.yaml")
            let text = """
                inboxes: [{path: \(inbox)}, {path: \(named), name: \(Model.inboxName)}]
                state: \(state)
                settle_time: \(settleTime)
                """
            try Files.write(text, to: file)
            arguments += ["--config", file.string]
        } else {
            arguments += ["--inbox", inbox.string, "--inbox", "\(Model.inboxName)=\(named)", "--state", state.string]
        }
        self.arguments = arguments
        ledgerArguments = [program, "ledger", "list", "--format", "json", "--state", state.string]
        try Files.makeFolder(state)
        if user == .nobody {
            try systemCall("chown", state) { chown(state.string, 65534, 65534) }
        }
    }

    /// Whether it was started and neither killed nor stopped since.
    var isStarted: Bool { command != nil }

    /// Starts it, without waiting for anything.
    func start() throws {
        command = try Command(arguments, environment: ["SWIFT_BACKTRACE": "enable=no"])
    }

    /// SIGKILL, whatever it does.
    func kill() throws {
        guard try end(by: SIGKILL) != nil else { return }
        kills += 1
    }

    /// SIGTERM, and waits for its end.
    ///
    /// - Returns: whether it was ready to be asked; a signal that comes before that ends it at once.
    func stop() throws -> Bool {
        stops += 1
        return try end(by: SIGTERM) == 0
    }

    /// What its ledger says of the files that are there. Asked by whoever runs the tests, as an administrator would.
    func ledger() throws -> [Place: LedgerRow] {
        let list = try Command.run(ledgerArguments)
        guard list.status == 0 else { throw Ended(status: list.status, errors: list.errors) }
        return try LedgerRow.all(in: list.output)
    }

    /// What it said last, for the report of a failure: the sentences, without their fields.
    var errors: String {
        (lastWords + [command?.errorsSoFar ?? "(not running)"]).map { words in
            words.split(separator: "\n").filter { !$0.dropFirst(3).hasPrefix("  ") }.suffix(30)
                .map { String($0.prefix(300)) }.joined(separator: "\n")
        }.joined(separator: "\n---\n")
    }

    private func end(by signal: CInt) throws -> CInt? {
        guard let command else { return nil }
        command.signal(signal)
        let result = command.wait()
        self.command = nil
        lastWords = lastWords.suffix(2) + [result.errors]
        guard [128 + signal, signal == SIGKILL ? -1 : 0].contains(result.status) else {
            throw Ended(status: result.status, errors: result.errors)
        }
        return result.status
    }
}
