import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@testable import Systemd

@Suite("the journal")
struct JournalTests {
    private func entry(_ fields: [JournalField] = [], message: String = "审核完成") -> JournalEntry {
        JournalEntry(
            message: message,
            messageID: "00000000000000000000000000000001",
            priority: .warning,
            identifier: "probe",
            fields: fields
        )
    }

    @Test func namesThatTheJournalWouldDropAreRefused() {
        for name in ["MESSAGE", "NIANBAO_RULE", "A1", String(repeating: "A", count: 64)] {
            #expect(JournalField.isValid(name), "\(name)")
        }
        for name in ["", "message", "_PID", "1A", "A-B", "年", String(repeating: "A", count: 65)] {
            #expect(!JournalField.isValid(name), "\(name)")
        }
    }

    @Test func aLongFieldIsCutInFrontOfACharacter() throws {
        let long = entry([
            JournalField("A", String(repeating: "年", count: 1000)), JournalField("B", "short"),
        ])
        let fields = long.allFields(limit: 2000)
        #expect(fields.reduce(0) { $0 + $1.size } <= 2000)
        #expect(fields.map(\.name) == ["MESSAGE", "MESSAGE_ID", "PRIORITY", "SYSLOG_IDENTIFIER", "A", "B"])
        let cut = try #require(String(validating: fields[4].value, as: UTF8.self))
        #expect(cut.count > 580 && cut.allSatisfy { $0 == "年" })
        #expect(fields[5].value == Array("short".utf8))
    }

    @Test func ofTooManyFieldsTheLastOnesGo() {
        let many = entry((0..<1000).map { JournalField("RULE", "applications.balance.\($0)") })
        let fields = many.allFields(limit: 5000)
        #expect(fields.reduce(0) { $0 + $1.size } <= 5000)
        #expect(fields.prefix(5).map(\.name) == ["MESSAGE", "MESSAGE_ID", "PRIORITY", "SYSLOG_IDENTIFIER", "RULE"])
        #expect(fields.count > 100)
    }

    @Test func prefixesOfWholeCharacters() {
        let text = Array("a年b".utf8)
        #expect(
            (0...5).map { String(decoding: text.prefixOfWholeCharacters($0), as: UTF8.self) } == [
                "", "a", "a", "a", "a年", "a年b",
            ]
        )
    }

    @Test func withoutAJournalEverythingGoesToStandardError() throws {
        let folder = try TemporaryFolder()
        let file = try Files.open(folder("errors"), O_WRONLY | O_CREAT)
        defer { close(file) }
        let writer = JournalWriter(socket: folder("no socket"), standardError: file)
        #expect(!writer.isReachable)
        writer.write(
            entry(
                [
                    JournalField("NIANBAO_FILE", Array("/in/\u{1B}[2J".utf8) + [0xC4, 0x0A]),
                    JournalField("NIANBAO_RULE", "fee.missing"),
                    JournalField("NIANBAO_RULE", "title.missing"),
                    JournalField("NIANBAO_EXPLAIN", "第一行\n第二行"),
                ],
                message: "一句话\n<0>forged"
            )
        )
        #expect(
            Files.read(folder("errors")) == """
                <4>一句话 <0>forged
                <4>  MESSAGE_ID=00000000000000000000000000000001 NIANBAO_RULE=fee.missing NIANBAO_RULE=title.missing
                <4>  NIANBAO_FILE=
                <4>    /in/\\x1b[2J\\xc4
                <4>    \n\
                <4>  NIANBAO_EXPLAIN=
                <4>    第一行
                <4>    第二行

                """
        )
    }

    /// Control characters of one byte and of two, what is not UTF-8, and what only looks like either.
    @Test(arguments: [
        ("", [""]),
        ("年报\n\n已审\n", ["年报", "", "已审", ""]),
        ("a\tb", ["a\\x09b"]),
        ("\u{7F}\n\u{85}", ["\\x7f", "\\xc2\\x85"]),
        ("\u{A0}é\u{82}", ["\u{A0}é\\xc2\\x82"]),
        ("\r\n", ["\\x0d", ""]),
        ("…‍🏠", ["…‍🏠"]),
    ])
    func whatCouldCommandATerminalIsEscaped(text: String, lines: [String]) {
        #expect(JournalWriter.printable(Array(text.utf8)) == lines)
    }

    @Test func aSocketThatNobodyListensToIsNoJournal() throws {
        let folder = try TemporaryFolder()
        let path = folder("socket")
        try withExtendedLifetime(DatagramSocket(path)) {
            #expect(JournalWriter(socket: path).isReachable)
        }
        #expect(Files.exists(path))
        #expect(!JournalWriter(socket: path).isReachable)
    }

    @Test func entriesCanBeReadBackFromARealJournal() throws {
        let result = try Command.script(
            """
            "$1" entries
            journalctl --sync
            echo "by rule: $(journalctl -q -o cat NIANBAO_RULE=fee.missing)"
            echo "by the other rule: $(journalctl -q -o cat NIANBAO_RULE=applications.balance)"
            journalctl -q -o json --all MESSAGE_ID=00000000000000000000000000000001
            long=$(journalctl -q -o json --all MESSAGE_ID=00000000000000000000000000000002 | wc -c)
            [ "$long" -gt 40000 ] && [ "$long" -lt 60000 ] && echo "long entry kept" || echo "long entry: $long"
            """,
            [TestPaths.probe],
            withJournal: true
        )
        try #require(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 5, "\(result)")
        #expect(lines[0] == "journal")
        #expect(lines[1] == "by rule: 审核完成")
        #expect(lines[2] == "by the other rule: 审核完成")
        let json = lines[3]
        #expect(json.contains(#""PRIORITY":"4""#))
        #expect(json.contains(#""SYSLOG_IDENTIFIER":"probe""#))
        #expect(json.contains(#""NIANBAO_RULE":["#))
        #expect(json.contains(#""NIANBAO_EXPLAIN":"第一行\n第二行""#))
        #expect(json.contains(#""NIANBAO_FILE":[47,105,110,98,111,120,47,196,234,177,168]"#), "bytes as they were")
        #expect(lines[4] == "long entry kept")
    }

    @Test func systemdIsToldEverythingInOneLineEach() throws {
        let folder = try TemporaryFolder()
        let listener = try DatagramSocket(folder("notify"))
        let result = try Command.run(
            [TestPaths.probe, "notify"],
            environment: ["NOTIFY_SOCKET": folder("notify").string]
        )
        #expect(result.status == 0, "\(result)")
        #expect(listener.waiting == ["READY=1\nSTATUS=2 个收件夹 MAINPID=1", "STATUS=忙", "STOPPING=1"])
        #expect(try Command.run([TestPaths.probe, "notify"]).status == 0, "without systemd nothing happens")
    }
}
