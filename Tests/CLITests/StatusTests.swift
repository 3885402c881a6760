// `nianbao status`: what a service wrote down of itself, and the files of its ledger.

import FoundationEssentials
import Glibc
import Ledger
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("nianbao status") struct StatusTests {
    private let places: LedgerPlaces

    init() throws { places = try LedgerPlaces() }

    private struct Status: Decodable {
        struct Inbox: Decodable {
            let name, state, detail: String?
            let path: String
        }
        struct Deferred: Decodable {
            let reason, example: String
            let count: Int
            let detail, nextAttempt, remedy: String?
        }
        struct Quarantined: Decodable {
            let path: String
        }
        struct Fault: Decodable {
            let at, message: String
        }
        struct LastAudit: Decodable {
            let path, verdict: String
        }
        let running: Bool
        let pid, auditedSinceStart: Int?
        let version, startedAt, problem: String?
        let inboxes: [Inbox]
        let files: [String: Int?]
        let inWork: [String]
        let deferred: [Deferred]
        let quarantined: [Quarantined]
        let lastErrors: [Fault]
        let lastAudit: LastAudit?
    }

    private func status(_ arguments: String...) throws -> (Status, Int32) {
        let line = arguments.map { "'\($0)'" }.joined(separator: " ")
        let result = try places.place.script("nianbao status --format json \(line)")
        return (try JSONDecoder().decode(Status.self, from: Data(result.output.utf8)), result.status)
    }

    private var service: ServiceRecord {
        ServiceRecord(
            pid: getpid(),
            version: "9.8.7",
            startedAt: LedgerPlaces.moment,
            updatedAt: LedgerPlaces.moment + 1000,
            inboxes: [
                .init(name: "", path: places.place.folder("in").string, state: "watched"),
                .init(name: "乡镇", path: places.place.folder("towns").string, state: "polled", detail: "nfs4"),
            ],
            inWork: ["w.txt"],
            lastErrors: [.init(at: LedgerPlaces.moment, sentence: "磁盘已满")],
            auditedSinceStart: 41
        )
    }

    @Test func aServiceThatNeverRan() throws {
        let result = try places.run("status")
        #expect(result.status == 3 && result.errors.isEmpty, "\(result)")
        #expect(result.output.hasPrefix("○ 年报审核服务没有运行。启动：nianbao watch --config nianbao.yaml\n"), "\(result.output)")
        #expect(result.output.contains("\n  乡镇  \(places.place.folder("towns"))\n"), "\(result.output)")
        let (status, code) = try status("--config", "nianbao.yaml")
        #expect(code == 3 && !status.running && status.pid == nil && status.problem == nil)
        #expect(status.files["done"] == 0 && status.inboxes.count == 2)
        #expect(!Files.exists(places.ledgerFile))
    }

    @Test func aServiceThatRuns() throws {
        try places.fill()
        try places.record(service)
        let lock = try FileLock(at: places.place.folder("state/lock"))
        defer { withExtendedLifetime(lock) {} }
        let result = try places.run("status")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
        for part in [
            "● 年报审核服务正在运行：进程 \(getpid())，版本 9.8.7，2026-01-20 02:11:09 启动，此后审核 41 个文件\n",
            "\(places.place.folder("in"))  监视中\n", "乡镇  \(places.place.folder("towns"))  轮询：nfs4\n",
            "静置 1，排队 1，审核中 1，完成 2，暂缓 1，隔离 1\n", "最近一次审核：2026-01-20 02:11:09  待核  gone.txt\n", "审核中\n  w.txt\n",
            "  secret.pdf，3 分 ", "    文件属于 root，权限 0600，服务不能读取\n隔离\n",
            "隔离\n  bomb.docx  2026-01-20 02:11:09 起\n", "最近的错误\n  2026-01-20 02:11:09  磁盘已满\n",
        ] where !result.output.contains(part) {
            Issue.record("no “\(part)” in \(result.output)")
        }
        let english = try places.run("status", language: "en_GB.UTF-8").output
        #expect(
            english.contains("● nianbao is running: process \(getpid())") && english.contains("done 2"),
            "\(english)"
        )

        let (status, code) = try status("--state", "state")
        #expect(code == 0 && status.running && status.pid == Int(getpid()) && status.auditedSinceStart == 41)
        #expect(status.files == ["settling": 1, "queued": 1, "working": 1, "done": 2, "deferred": 1, "quarantined": 1])
        #expect(status.inboxes.map(\.state) == ["watched", "polled"] && status.inboxes[1].name == "乡镇")
        #expect(status.deferred.map(\.reason) == ["permission-denied"] && status.deferred[0].example == "secret.pdf")
        #expect(status.quarantined.map(\.path) == ["bomb.docx"] && status.inWork == ["w.txt"])
        #expect(status.lastAudit?.path == "gone.txt" && status.lastErrors.map(\.message) == ["磁盘已满"])
    }

    @Test func aServiceThatStopped() throws {
        try places.record(service)
        let result = try places.run("status")
        #expect(result.status == 3)
        #expect(result.output.hasPrefix("○ 年报审核服务没有运行，最后一次记录在 2026-01-20 02:11:10。启动："), "\(result.output)")
        #expect(!result.output.contains("监视中"), "nobody watches: \(result.output)")
    }

    @Test func aServiceThatStarts() throws {
        var earlier = service
        earlier.pid = 1
        try places.record(earlier)
        let lock = try FileLock(at: places.place.folder("state/lock"))
        defer { withExtendedLifetime(lock) {} }
        let result = try places.run("status")
        #expect(result.status == 0 && result.output.hasPrefix("● 年报审核服务正在启动（进程 \(getpid())）\n"), "\(result)")
    }

    /// A lock is held whether or not there was room on the disk for the number of its holder.
    @Test func aServiceOnAFullDisk() throws {
        try places.record(service)
        let lock = try FileLock(at: places.place.folder("state/lock"))
        defer { withExtendedLifetime(lock) {} }
        #expect(truncate(places.place.folder("state/lock").string, 0) == 0)
        let result = try places.run("status")
        #expect(result.status == 0 && result.output.hasPrefix("● 年报审核服务正在运行：进程 \(getpid())"), "\(result)")
    }

    @Test func theCommonestReasonComesFirst() throws {
        func deferral(_ name: String, _ reason: String, in seconds: Int64) -> LedgerChange {
            let next = WallClock.milliseconds + seconds * 1000
            return LedgerChange(
                LedgerPlaces.key(name),
                .deferred(Deferral(attempts: 1, nextAttempt: next, reason: reason, detail: "\(reason)!"))
            )
        }
        try places.record([
            LedgerChange(
                LedgerPlaces.key("a"),
                .deferred(Deferral(attempts: 1, nextAttempt: WallClock.milliseconds - 5000, reason: "io-error"))
            ),
            deferral("b", "permission-denied", in: 3600),
            deferral("c", "permission-denied", in: 100),
        ])
        let (status, _) = try status("--config", "nianbao.yaml")
        #expect(status.deferred.map(\.reason) == ["permission-denied", "io-error"])
        #expect(status.deferred.map(\.count) == [2, 1])
        let text = try places.run("status").output
        #expect(text.contains("  2 个，如 b，1 分 ") && text.contains("  a，即将再试\n    读取时系统报错\n    → 检查磁盘"), "\(text)")
    }

    @Test func aLockThatThisUserMayNotSee() throws {
        try places.record(service)
        let lock = try FileLock(at: places.place.folder("state/lock"))
        defer { withExtendedLifetime(lock) {} }
        let result = try places.place.script(
            #"""
            chmod 755 state; chmod 600 state/lock
            setpriv --reuid 65534 --regid 65534 --clear-groups "$program" status --config nianbao.yaml
            """#
        )
        #expect(
            result.status == 77 && result.errors.contains("sudo -u nianbao"),
            "it must not be said to be stopped: \(result)"
        )
    }
}
