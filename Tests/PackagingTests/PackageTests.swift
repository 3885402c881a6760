// The Debian package as a file; what it does when it is installed is tested in SystemdBoxTests.

import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the package as a file") struct PackageTests {
    @Test func sameCommitAndProgramGiveTheSameBytes() throws {
        let folder = try TemporaryFolder()
        let first = try DebianPackage.make(version: "0.1.0~test", in: folder("first"))
        let second = try DebianPackage.make(version: "0.1.0~test", in: folder("second"))
        let result = try Command.run(["cmp", first.string, second.string])
        #expect(result.status == 0, "two packages of the same tree differ: \(result.output)")

        // What the test makes of it is not what is shipped: the program unstripped, see DebianPackage.
        let lintian = try Command.run([
            "lintian", "--allow-root", "--fail-on", "error", "--tag-display-limit", "0", "--suppress-tags",
            "unstripped-binary-or-object,custom-library-search-path,uses-no-compression-for-control-tarball,uses-no-compression-for-data-tarball",
            first.string,
        ])
        #expect(lintian.status == 0, "\(lintian.output)\(lintian.errors)")

        let content = try Command.run(["dpkg-deb", "--contents", first.string]).output
        for path in [
            "/usr/bin/nianbao", "/lib/systemd/system/nianbao.service", "/usr/lib/sysusers.d/nianbao.conf",
            "/usr/lib/tmpfiles.d/nianbao.conf", "/usr/lib/systemd/catalog/nianbao.zh_CN.catalog",
            "/etc/nianbao/nianbao.yaml", "/usr/share/man/man1/nianbao.1.gz",
            "/usr/share/man/zh_CN/man8/nianbao.service.8.gz",
            "/usr/share/man/man5/nianbao.yaml.5.gz", "/usr/share/bash-completion/completions/nianbao",
            "/usr/share/zsh/vendor-completions/_nianbao", "/usr/share/fish/vendor_completions.d/nianbao.fish",
            "/usr/share/doc/nianbao/rules.md.gz", "/usr/share/doc/nianbao/operations.md.gz",
        ] {
            #expect(content.contains(".\(path)\n"), "\(path) is not in the package")
        }
    }

    @Test func installNamesThePrefix() throws {
        let folder = try TemporaryFolder()
        let result = try Command.run([
            DebianPackage.tree.appending("scripts/install").string, "/bin/true", "DESTDIR=\(folder.path)",
            "PREFIX=/opt/nianbao",
        ])
        #expect(result.status == 0, "\(result.errors)")
        let unit = try #require(Files.read(folder("opt/nianbao/lib/systemd/system/nianbao.service")))
        #expect(unit.contains("ExecStart=/opt/nianbao/bin/nianbao watch\n"))
        #expect(!unit.contains("/usr/"))
        #expect(Files.exists(folder("opt/nianbao/bin/nianbao")))
        #expect(Files.exists(folder("etc/nianbao/nianbao.yaml")))
    }
}
