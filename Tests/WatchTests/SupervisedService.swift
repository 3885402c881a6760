// The built service as systemd runs it: with a socket for its state, a watchdog, and a converter that takes its time.

import AuditRules
import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

struct SupervisedService {
    let folder: TemporaryFolder
    let notify: NotifySocket
    let command: Command

    /// The time after which systemd takes it for dead.
    static let watchdogTime = Duration.seconds(8)
    /// How long a part may stand still. In the product it is much longer.
    static let patience = Duration.seconds(2)

    /// Starts it and waits until it is ready.
    ///
    /// - Parameters:
    ///   - failpoint: the part that stands still once ``stall()`` was called.
    ///   - conversion: how long pdftotext takes, in seconds.
    ///   - resultBytes: the size of the file system of the results.
    init(failpoint: String = "none", conversion: Int = 0, resultBytes: Int? = nil, more: String = "") throws {
        folder = try TemporaryFolder()
        for name in ["inbox", "inbox2", "state/results"] { try Files.makeFolder(folder(name)) }
        try Files.write("#!/bin/sh\nsleep \(conversion)\nexit 1\n", to: folder("pdftotext"), mode: 0o755)
        notify = try NotifySocket(folder("notify"))
        try Self.configure(folder, more)
        var words = [try TestPaths.nianbao, "watch", "--config", folder("nianbao.yaml").string, "--lang", "zh"]
        if let resultBytes {
            let mount = #"mount -t tmpfs -o size=$0 results "$1" && shift && exec "$@""#
            words =
                ["unshare", "--mount", "--propagation", "private", "--", "bash", "-c", mount, "\(resultBytes)"]
                + [folder("state/results").string] + words
        }
        command = try Command(
            words,
            environment: [
                "NOTIFY_SOCKET": folder("notify").string, "SWIFT_BACKTRACE": "enable=no",
                "WATCHDOG_USEC": "\(Self.watchdogTime.nanoseconds / 1000)",
                "NIANBAO_FAILPOINT": "\(failpoint):\(folder("stall"))",
                "NIANBAO_STALL_MS": "\(Self.patience.nanoseconds / 1_000_000)",
            ]
        )
        let notify = notify
        #expect(eventually { notify.hasTold("READY=1") }, "\(command.errorsSoFar)")
    }

    /// Writes a configuration.
    static func configure(
        _ folder: TemporaryFolder,
        inboxes: [String] = ["inbox"],
        state: String = "state",
        _ more: String
    )
        throws
    {
        let list = inboxes.map { "{path: \(folder($0)), name: \($0)}" }.joined(separator: ", ")
        let text = """
            inboxes: [\(list)]
            state: \(folder(state))
            workers: 2
            settle_time: 100ms
            limits: {conversion_time: 30s}
            converters: {pdftotext: \(folder("pdftotext"))}
            \(more)

            """
        try AtomicFile.write(Array(text.utf8), to: folder("nianbao.yaml"))
    }

    /// Has the part stand still.
    func stall() throws { try Files.write("", to: folder("stall")) }

    /// Drops a report; each number is one of its own.
    func drop(_ name: String, _ number: Int = 0) throws {
        let text = SampleReport.text(year: 2023).replacing("做好县政府", with: "第\(number)次做好县政府")
        try Files.write(text, to: folder(name))
    }

    /// The result of a file.
    func result(_ name: String) -> String? { Files.read(folder("state/results/\(name).audit.json")) }

    /// Whether systemd goes on believing that it lives, for a while.
    func livesOn(for time: Duration) -> Bool {
        let end = ContinuousClock.now + time
        // Under a machine that is busy with other tests a sign may be late; that it comes at all is what counts.
        let limit = Self.watchdogTime * 2
        while ContinuousClock.now < end {
            guard let last = notify.lastSignOfLife ?? notify.messages.first?.time, last + limit > .now else {
                return false
            }
            usleep(20_000)
        }
        return true
    }

    /// Whether systemd comes to believe that it is dead.
    func isGivenUp() -> Bool {
        eventually(within: .seconds(90)) {
            (notify.lastSignOfLife ?? .now) + Self.watchdogTime < .now
        }
    }

    /// Ends it; it must end well.
    func stop() {
        command.signal(SIGTERM)
        let end = command.wait()
        #expect(end.status == 0, "\(end)")
    }
}
