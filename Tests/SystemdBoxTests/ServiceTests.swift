// The installed service as an administrator and a reviewer meet it. Its tests change nothing for each other, so that they share
// a box; what installs and removes has boxes of its own, see PackageTests.

import AuditService
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the service under systemd", .serialized, .enabled(if: SystemdBox.isWanted, "SYSTEMD_BOX=0"))
struct ServiceTests {
    private let here: Installation
    private var box: SystemdBox { here.box }

    init() throws { here = try Installation.shared.get() }

    @Test func isUpAfterInstallation() throws {
        #expect(try here.property("ActiveState") == "active")
        #expect(try here.property("UnitFileState") == "enabled")
        #expect(try here.property("StatusText") != "", "systemctl status has nothing to show")
        #expect(try box.shell("systemctl --failed --no-legend") == "")
        #expect(try box.shell("ps -o user= -p $(systemctl show --value -p MainPID nianbao)") == "nianbao\n")
    }

    @Test func unitHasNoMistake() throws {
        let result = try box.run(["systemd-analyze", "verify", "--man=no", "nianbao.service"])
        #expect(result.errors == "")
        #expect(result.status == 0)
    }

    @Test func reportOfAMemberGetsResultAndEntry() throws {
        try here.drop("wrong.txt", as: "县直 报告.txt")
        let audit = try #require(try here.audit(of: "县直 报告.txt"), "no result within a minute")
        #expect(audit.verdict == "fail")
        let entries = try here.entries(JournalEvent.audited.messageID, of: "县直 报告.txt")
        let entry = try #require(entries.first)
        #expect(entries.count == 1)
        #expect(entry["SYSLOG_IDENTIFIER"] == "nianbao")
        #expect(entry["_SYSTEMD_UNIT"] == "nianbao.service")
        #expect(entry["PRIORITY"] == "4")
        #expect(entry["NIANBAO_VERDICT"] == "fail")
        #expect(entry["NIANBAO_SHA256"] == audit.source.sha256)
        #expect(entry["NIANBAO_AGENCY"] == audit.report?.agency)
        #expect(entry["NIANBAO_YEAR"] == audit.report?.year.map { "\($0)" })
        #expect(entry["NIANBAO_ERRORS"] == "\(audit.counts.error)")
        #expect(entry["NIANBAO_WARNINGS"] == "\(audit.counts.warning)")
        #expect(entry["NIANBAO_RESULT"] == "/var/lib/nianbao/results/县直 报告.txt.audit.json")
        #expect(entry.fields["NIANBAO_RULE"]?.contains("fee.missing") == true)
        #expect(entry["NIANBAO_EXPLAIN"]?.isEmpty == false)
        #expect(entry["MESSAGE"]?.isEmpty == false)
    }

    @Test func journalExplainsAndTellsTheRemedy() throws {
        try here.drop("wrong.txt", as: "explained.txt")
        _ = try here.entries(JournalEvent.audited.messageID, of: "explained.txt")
        let text = try box.shell("journalctl -x --no-pager NIANBAO_FILE=/srv/nianbao/inbox/explained.txt")
        let audit = try #require(try here.audit(of: "explained.txt"))
        let fee = try #require(audit.findings.first { $0.rule == "fee.missing" })
        #expect(text.contains("Subject: Audited (fail): /srv/nianbao/inbox/explained.txt"), "no catalog entry: \(text)")
        #expect(text.contains(fee.message), "the catalog entry does not print NIANBAO_EXPLAIN: \(text)")
        #expect(text.contains("/var/lib/nianbao/results/explained.txt.audit.json"))
    }

    @Test(arguments: ["docx", "doc", "pdf"]) func formatIsReadInsideTheSandbox(_ format: String) throws {
        try here.drop("report.\(format)", as: "formats.\(format)")
        let audit = try #require(try here.audit(of: "formats.\(format)", within: .seconds(120)), "no result")
        #expect(audit.outcome == "pass", "\(audit.unreadable.map(\.message) ?? audit.findings.map(\.message).joined())")
        #expect(audit.source.format == format)
    }

    @Test func resultsAreReadByMembersOnly() throws {
        try here.drop("report.txt", as: "private.txt")
        _ = try #require(try here.audit(of: "private.txt"))
        let result = "/var/lib/nianbao/results/private.txt.audit.json"
        #expect(try box.shell(#"head -c 1 "$1""#, result, as: Installation.member) == "{")
        let commands = [
            ["cat", result], ["ls", "/srv/nianbao/inbox"], ["touch", "/srv/nianbao/inbox/by-a-stranger.txt"],
        ]
        for command in commands {
            #expect(try box.run(["runuser", "-u", Installation.stranger, "--"] + command).status != 0, "\(command)")
        }
    }

    @Test func fileThatMayNotBeReadIsDeferredAndAuditedWhenMended() throws {
        try here.drop("report.txt", as: "secret.txt", mode: "0600")
        let entries = try here.entries(JournalEvent.deferred.messageID, of: "secret.txt")
        let entry = try #require(entries.first, "the service does not tell that it may not read a file of mode 0600")
        #expect(entry["NIANBAO_REASON"] == "permission-denied")
        #expect(entry["MESSAGE"]?.contains(Installation.member) == true, "it does not say whose file it is")
        try box.shell("chmod g+r /srv/nianbao/inbox/secret.txt", as: Installation.member)
        let isAudited = try eventually(within: .seconds(60)) {
            try !box.journal(
                "MESSAGE_ID=\(JournalEvent.audited.messageID)",
                "NIANBAO_FILE=/srv/nianbao/inbox/secret.txt",
                "NIANBAO_VERDICT=pass"
            ).isEmpty
        }
        #expect(isAudited, "it is not audited after chmod g+r")
    }

    @Test func killedServiceIsRestartedAndLosesNothing() throws {
        let count = 60
        let before = try here.property("NRestarts")
        // Half of them before it dies, half while nobody watches.
        try box.shell(
            """
            for number in $(seq 1 $1); do
                sed "s/^$/$number/;1s/^/\\n/" /mnt/report.txt > /srv/nianbao/inbox/killed-$number.txt
                [ $number != $(($1 / 2)) ] || systemctl kill --signal KILL nianbao
            done
            """,
            "\(count)"
        )
        let missing = {
            (1...count).filter { !Files.exists(box.path("/var/lib/nianbao/results/killed-\($0).txt.audit.json")) }
        }
        #expect(eventually(within: .seconds(120)) { missing().isEmpty }, "without a result: \(missing())")
        #expect(try here.property("NRestarts") != before, "it was not restarted")
        #expect(try here.property("ActiveState") == "active")
        for number in 1...count {
            let text = try #require(Files.read(box.path("/var/lib/nianbao/results/killed-\(number).txt.audit.json")))
            #expect(throws: Never.self, "result \(number) is not whole") { _ = try AuditRecord(json: text) }
        }
    }

    /// The journal drops what a unit says too fast, and tells nobody who asks only whether sending succeeded: its limit is for
    /// the unit to lift. Here the limit of the machine is so low that a small burst exceeds it.
    @Test func everyEntryOfABurstIsKept() throws {
        let count = 500
        try box.shell(
            """
            mkdir -p /run/systemd/journald.conf.d
            printf '%s\\n' '[Journal]' RateLimitIntervalSec=1min RateLimitBurst=10 > /run/systemd/journald.conf.d/burst.conf
            systemctl restart systemd-journald
            """
        )
        try box.shell("systemd-run --quiet --wait --unit burst-probe seq 1000")
        let kept = try box.shell("journalctl --sync; journalctl --no-pager -o cat -u burst-probe | grep -c '^[0-9]*$'")
        #expect(
            (Int(kept.filter(\.isNumber)) ?? 0) < 1000,
            "the limit of this journal is none: nothing would be shown here"
        )
        try box.shell(
            "for number in $(seq 1 $1); do cp /mnt/report.txt /srv/nianbao/inbox/burst-$number.txt; done",
            "\(count)"
        )
        let isDone = eventually(within: .seconds(120)) {
            (1...count).allSatisfy {
                Files.exists(box.path("/var/lib/nianbao/results/burst-\($0).txt.audit.json"))
            }
        }
        #expect(isDone, "not all of the burst is audited within two minutes")
        func told() throws -> Set<String> {
            let entries = try box.journal("MESSAGE_ID=\(JournalEvent.audited.messageID)")
            return Set(entries.compactMap { $0["NIANBAO_FILE"] }.filter { $0.contains("/burst-") })
        }
        // An entry comes after its result.
        let isAllTold = try eventually { try told().count == count }
        let entries = try told().count
        #expect(isAllTold, "\(entries) of \(count) are in the journal")
        try box.shell("rm /run/systemd/journald.conf.d/burst.conf; systemctl restart systemd-journald")
    }

    @Test func restartIsQuickAndClean() throws {
        let start = ContinuousClock.now
        try box.shell("systemctl restart nianbao")
        let time = ContinuousClock.now - start
        #expect(time < .seconds(20), "a restart took \(time)")
        #expect(try here.property("Result") == "success")
        #expect(try here.property("ActiveState") == "active")
        #expect(
            try box.shell("journalctl --no-pager -u nianbao -o cat").contains("killed by systemd") == false
        )
    }
}
