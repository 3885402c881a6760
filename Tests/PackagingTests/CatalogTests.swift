// The message catalog: a text for every class of entries, in both languages.

import AuditService
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the message catalog") struct CatalogTests {
    private static let files = ["nianbao.catalog", "nianbao.zh_CN.catalog"]

    private static func path(_ name: String) -> FilePath {
        DebianPackage.tree.appending("packaging/systemd/\(name)")
    }

    @Test(arguments: files) func hasEveryClass(_ name: String) throws {
        let text = try #require(Files.read(Self.path(name)))
        let identifiers = text.split(separator: "\n").filter { $0.hasPrefix("-- ") }.map { String($0.dropFirst(3)) }
        for event in JournalEvent.allCases where !identifiers.contains(event.messageID) {
            Issue.record("\(name) has no text for \(event), -- \(event.messageID)")
        }
        #expect(identifiers.count == Set(identifiers).count, "a text stands twice in \(name)")
    }

    @Test(arguments: files) func journalctlPrintsEachText(_ name: String) throws {
        let script = #"""
            for id in $(sed -n 's/^-- //p' "$1"); do
                printf 'MESSAGE=an entry\nMESSAGE_ID=%s\nNIANBAO_EXPLAIN=第一行\nNIANBAO_FILE=/srv/a\n' "$id" | logger --journald
            done
            journalctl --sync
            journalctl -x --no-pager -t logger
            """#
        let result = try Command.run([
            TestPaths.withJournald, "-g", Self.path(name).string, "bash", "-c", script, "test", Self.path(name).string,
        ])
        #expect(result.status == 0 && result.errors == "", "journalctl does not accept \(name): \(result.errors)")
        let texts = Files.read(Self.path(name))?.split(separator: "\n").count { $0.hasPrefix("-- ") }
        let printed = result.output.split(separator: "\n").count { $0.hasPrefix("░░ Subject: ") }
        #expect(printed == texts, "\(result.output)")
        #expect(result.output.contains("░░ 第一行"), "the text of audited does not print NIANBAO_EXPLAIN")
        #expect(!result.output.contains("@"), "a field is not closed by another @")
    }
}
