// What systemd does with the service: it restarts one that stands still, and reloads one that runs.

import AuditService
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the service, supervised", .serialized, .enabled(if: SystemdBox.isWanted, "SYSTEMD_BOX=0"))
struct SupervisionTests {
    private static let shared = Result { try Installation() }
    private static let configuration = "/etc/nianbao/nianbao.yaml"
    private let here: Installation
    private var box: SystemdBox { here.box }

    init() throws { here = try Self.shared.get() }

    /// One part alone stands still, while every other thread runs.
    @Test(arguments: ["watcher", "queue", "pool", "committer", "ledger"])
    func partThatStandsStillLeadsToARestart(_ part: String) throws {
        try box.shell(
            """
            mkdir -p /run/systemd/system/nianbao.service.d
            printf '%s\\n' '[Service]' "Environment=NIANBAO_FAILPOINT=$1:/var/lib/nianbao/stall NIANBAO_STALL_MS=2000" \\
                WatchdogSec=4s > /run/systemd/system/nianbao.service.d/test.conf
            systemctl daemon-reload
            systemctl reset-failed nianbao
            systemctl restart nianbao
            """,
            part
        )
        try here.drop("report.txt", as: "\(part)-before.txt")
        _ = try #require(try here.audit(of: "\(part)-before.txt"), "it does not work before it stands still")
        let process = try here.property("MainPID")

        try box.shell("touch /var/lib/nianbao/stall")
        for number in 1...3 {
            // No content twice, not in the other parts' tests either: an audit that is known needs no pool.
            try box.shell(#"sed "1s/^/$1\n/" /mnt/report.txt > "/srv/nianbao/inbox/$1""#, "\(part)-\(number).txt")
        }
        let isRestarted = try eventually(within: .seconds(120)) {
            try here.property("MainPID") != process && here.property("ActiveState") == "active"
        }
        #expect(isRestarted, "\(part) stands still and nobody restarts the service")
        let told = try box.journal("MESSAGE_ID=\(JournalEvent.stalled.messageID)", "NIANBAO_PART=\(part)")
        // With so little patience a busy machine may look as if it stood still once more.
        #expect(!told.isEmpty, "the journal does not say what stood still")
        #expect(try box.shell("journalctl --no-pager -o cat -u nianbao").contains("Watchdog timeout"))
        for number in 1...3 {
            #expect(try here.audit(of: "\(part)-\(number).txt") != nil, "\(part)-\(number).txt is lost")
        }
        try box.shell("rm -r /run/systemd/system/nianbao.service.d; systemctl daemon-reload")
    }

    @Test func goodConfigurationIsReloaded() throws {
        try box.shell(
            "systemctl reset-failed nianbao; systemctl restart nianbao; cp $1 /root/good.yaml",
            Self.configuration
        )
        try here.drop("wrong.txt", as: "reloaded.txt")
        #expect(try here.audit(of: "reloaded.txt")?.verdict == "fail")
        let process = try here.property("MainPID")

        try box.shell(
            "sed -i 's/disable: \\[\\]/disable: [fee.missing]/' $1; systemctl reload nianbao",
            Self.configuration
        )
        #expect(try here.property("MainPID") == process, "a reload is no restart")
        let told = try box.journal("MESSAGE_ID=\(JournalEvent.configurationReloaded.messageID)")
        #expect(told.count == 1)
        let isRedone = try eventually(within: .seconds(60)) { try here.audit(of: "reloaded.txt")?.verdict == "pass" }
        #expect(isRedone, "the new rules do not hold")
        try box.shell("cp /root/good.yaml $1; systemctl reload nianbao", Self.configuration)
    }

    @Test func wrongConfigurationIsNotReloaded() throws {
        try box.shell(
            "systemctl reset-failed nianbao; systemctl restart nianbao; cp $1 /root/good.yaml",
            Self.configuration
        )
        let process = try here.property("MainPID")
        let start = try box.shell("date +%s").filter(\.isNumber)
        try box.shell("echo 'foo: 1' >> $1", Self.configuration)
        #expect(try box.run(["systemctl", "reload", "nianbao"]).status != 0, "a wrong configuration was reloaded")
        let said = try box.shell("journalctl --sync; journalctl --no-pager -o cat -u nianbao --since @$1", start)
        let line = try box.shell("grep -n '^foo' $1 | cut -d: -f1", Self.configuration).filter(\.isNumber)
        #expect(said.contains("\(Self.configuration):\(line):1: "), "it is not said where the mistake is: \(said)")
        #expect(try here.property("ActiveState") == "active")
        #expect(try here.property("MainPID") == process)
        try here.drop("wrong.txt", as: "not-reloaded.txt")
        #expect(try here.audit(of: "not-reloaded.txt")?.verdict == "fail", "the old configuration is not in force")
        try box.shell("cp /root/good.yaml $1; systemctl reload nianbao", Self.configuration)
    }

    @Test func statusIsForMembersOnly() throws {
        try box.shell("systemctl reset-failed nianbao; systemctl restart nianbao")
        for user in ["root", Installation.member] {
            let status = try box.run(["runuser", "-u", user, "--", "nianbao", "status"])
            #expect(status.status == 0, "\(user): \(status.output)\(status.errors)")
            #expect(status.output.contains("/srv/nianbao/inbox"), "\(user): \(status.output)")
        }
        #expect(try box.run(["runuser", "-u", Installation.stranger, "--", "nianbao", "status"]).status != 0)
        try box.shell("systemctl stop nianbao")
        #expect(try box.run(["nianbao", "status"]).status == 3, "it does not run")
        try box.shell("systemctl start nianbao")
    }
}
