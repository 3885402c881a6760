// What installing, upgrading and removing does. Each test has a box of its own: it boots in a second or two.

import AuditService
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the Debian package", .serialized, .enabled(if: SystemdBox.isWanted, "SYSTEMD_BOX=0"))
struct PackageTests {
    private static let configuration = "/etc/nianbao/nianbao.yaml"

    @Test func wrongConfigurationIsRefusedWithItsReason() throws {
        let here = try Installation()
        try here.box.shell("cp $1 /root/good.yaml; echo 'foo: 1' >> $1", Self.configuration)
        #expect(
            try here.box.run(["systemctl", "restart", "nianbao"]).status != 0,
            "it started with a wrong configuration"
        )
        let messages = try here.box.journal("_SYSTEMD_UNIT=nianbao.service").compactMap { $0["MESSAGE"] }
        let line = try here.box.shell("grep -n '^foo' $1 | cut -d: -f1", Self.configuration).filter(\.isNumber)
        #expect(
            messages.contains { $0.contains("\(Self.configuration):\(line):1: ") && $0.contains("foo") },
            "the journal does not say where and what: \(messages)"
        )
        // Once: nothing would change.
        #expect(try here.property("ActiveState") == "failed")
        #expect(try here.property("ExecMainStatus") == "78")
        #expect(try here.property("NRestarts") == "0", "it was tried again")

        try here.box.shell(
            "cp /root/good.yaml $1; systemctl reset-failed nianbao; systemctl start nianbao",
            Self.configuration
        )
        try here.drop("report.txt", as: "after.txt")
        #expect(try here.audit(of: "after.txt") != nil)
    }

    @Test func upgradeKeepsRunning() throws {
        let here = try Installation()
        try here.drop("report.txt", as: "before.txt")
        _ = try #require(try here.audit(of: "before.txt"))
        let written = try FileStatus(of: here.box.path("/var/lib/nianbao/results/before.txt.audit.json")).identity
        let process = try here.property("MainPID")
        try here.box.shell("sed -i 's/^settle_time: .*/settle_time: 1s/' $1", Self.configuration)

        try here.install(here.newer)
        #expect(try here.property("ActiveState") == "active")
        #expect(try here.property("MainPID") != process, "the old program still runs")
        #expect(try here.box.shell("dpkg-query -W -f '${Version}' nianbao") == "0.1.0~test2")
        #expect(try here.box.shell("grep ^settle_time $1", Self.configuration) == "settle_time: 1s\n")
        try here.drop("wrong.txt", as: "later.txt")
        #expect(try here.audit(of: "later.txt")?.verdict == "fail")
        // The same rules and settings: what was done is not done again.
        #expect(try FileStatus(of: here.box.path("/var/lib/nianbao/results/before.txt.audit.json")).identity == written)
    }

    @Test func removeKeepsTheRecordAndPurgeAsks() throws {
        let here = try Installation()
        let box = here.box
        try here.drop("report.txt", as: "kept.txt")
        _ = try #require(try here.audit(of: "kept.txt"))

        try box.shell("dpkg --remove nianbao 2>&1")
        #expect(try box.run(["pgrep", "-u", "nianbao"]).output == "", "something still runs")
        #expect(try here.property("LoadState") == "not-found")
        for path in ["/usr/bin/nianbao", "/lib/systemd/system/nianbao.service", "/run/nianbao"] {
            #expect(!Files.exists(box.path(path)), "\(path) is left behind")
        }
        let record = ["results/kept.txt.audit.json", "nianbao.sqlite"].map { "/var/lib/nianbao/\($0)" }
        for path in record + [Self.configuration, "/srv/nianbao/inbox/kept.txt"] {
            #expect(Files.exists(box.path(path)), "\(path) was removed")
        }

        // Installed again, it goes on where it was.
        try here.install(here.older)
        #expect(try here.property("ActiveState") == "active")
        #expect(try box.shell("nianbao ledger list --format csv").contains("kept.txt"))

        // Nobody answers: what has no other copy stays.
        try box.shell("DEBIAN_FRONTEND=noninteractive dpkg --purge nianbao 2>&1")
        #expect(!Files.exists(box.path(Self.configuration)))
        for path in record + ["/srv/nianbao/inbox/kept.txt"] {
            #expect(Files.exists(box.path(path)), "\(path) was removed")
        }
        #expect(try box.shell("find /etc -name '*nianbao*' ! -path '*-'") == "", "configuration is left behind")

        try here.install(here.older)
        try box.shell("echo 'nianbao nianbao/purge-data boolean true' | debconf-set-selections")
        try box.shell("DEBIAN_FRONTEND=noninteractive dpkg --purge nianbao 2>&1")
        #expect(!Files.exists(box.path("/var/lib/nianbao")), "asked to remove the record, it did not")
        #expect(Files.exists(box.path("/srv/nianbao/inbox/kept.txt")), "a report was removed")
    }
}
