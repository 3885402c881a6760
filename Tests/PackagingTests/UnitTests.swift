// What systemd's own programs say of the files that are written for it.

import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("files for systemd") struct UnitTests {
    private let folder = DebianPackage.tree.appending("packaging/systemd")

    @Test func sandboxIsTight() throws {
        let unit = folder.appending("nianbao.service").string
        let result = try Command.run([
            "systemd-analyze", "security", "--offline=true", "--threshold=5", "--no-pager", unit,
        ])
        #expect(result.status == 0, "exposure is above 0.5: \(result.output.suffix(2000))")
    }

    @Test func unitHasNoMistake() throws {
        // With this program in place of the one that is not installed here.
        let unit = try #require(Files.read(folder.appending("nianbao.service")))
        let place = try TemporaryFolder()
        try Files.write(unit.replacing("/usr/bin/nianbao", with: "/bin/true"), to: place("nianbao.service"))
        let result = try Command.run(["systemd-analyze", "verify", "--man=no", place("nianbao.service").string])
        #expect(result.errors == "")
        #expect(result.status == 0)
    }

    @Test func examplesKeysAreKnown() throws {
        let unit = try #require(Files.read(folder.appending("nianbao.service")))
        let example = try #require(Files.read(folder.appending("inboxes.conf.example")))
        // As if everything in it were switched on.
        let lines = example.split(separator: "\n").map { line in
            line.hasPrefix("#") && line.contains("=") && !line.contains(" ") ? String(line.dropFirst()) : String(line)
        }
        let place = try TemporaryFolder()
        try Files.makeFolder(place("nianbao.service.d"))
        try Files.write(unit.replacing("/usr/bin/nianbao", with: "/bin/true"), to: place("nianbao.service"))
        try Files.write(lines.joined(separator: "\n") + "\n", to: place("nianbao.service.d/inboxes.conf"))
        let result = try Command.run(["systemd-analyze", "verify", "--man=no", place("nianbao.service").string])
        #expect(result.errors == "")
    }

    @Test func userAndFoldersAreMade() throws {
        let root = try TemporaryFolder()
        try Files.makeFolder(root("etc"))
        let users = folder.appending("nianbao.sysusers").string
        let user = try Command.run(["systemd-sysusers", "--root=\(root.path)", users])
        #expect(user.status == 0, "\(user.errors)")
        #expect(Files.read(root("etc/passwd"))?.hasPrefix("nianbao:x:") == true)

        let folders = folder.appending("nianbao.tmpfiles").string
        let made = try Command.run(["systemd-tmpfiles", "--root=\(root.path)", "--create", folders])
        #expect(made.status == 0, "\(made.errors)")
        let mode = try Command.run(["stat", "--format=%a", root("srv/nianbao/inbox").string]).output
        #expect(mode == "2770\n", "members of the group could not drop files, or others could read them")
    }

    @Test func administratorsChangesOfTheInboxStay() throws {
        let root = try TemporaryFolder()
        try Files.makeFolder(root("etc"))
        try Files.write("root:x:0:0::/:/bin/sh\nnianbao:x:990:990::/:/bin/sh\n", to: root("etc/passwd"))
        try Files.write("root:x:0:\nnianbao:x:990:\n", to: root("etc/group"))
        try Files.makeFolder(root("srv/nianbao/inbox"))
        #expect(try Command.run(["chmod", "2775", root("srv/nianbao/inbox").string]).status == 0)
        let folders = folder.appending("nianbao.tmpfiles").string
        _ = try Command.run(["systemd-tmpfiles", "--root=\(root.path)", "--create", folders])
        #expect(try Command.run(["stat", "--format=%a", root("srv/nianbao/inbox").string]).output == "2775\n")
    }
}
