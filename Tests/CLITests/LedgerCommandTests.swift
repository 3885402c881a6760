// `nianbao ledger`: the built program on ledgers that the Ledger module wrote.

import AuditOutput
import FoundationEssentials
import Ledger
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@testable import nianbao

@Suite("nianbao ledger") struct LedgerCommandTests {
    private let places: LedgerPlaces

    init() throws { places = try LedgerPlaces() }

    /// A file in JSON.
    private struct File: Decodable {
        let inbox, pathBytes, reason, detail, verdict, agency, sha256, nextAttempt, leftAt, result, inode,
            remedy: String?
        let path, state, since: String
        let errors, year, bytes: Int?
        let reused: Bool?
        let history: [Result]?
    }

    private struct Result: Decodable {
        let at, path, verdict, catalogue, sha256: String
        let year: Int?
        let reused: Bool
    }

    private func decode<Value: Decodable>(_ json: String, sourceLocation: SourceLocation = #_sourceLocation) throws
        -> Value
    {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(json.utf8))
        } catch {
            Issue.record("\(error): \(json)", sourceLocation: sourceLocation)
            throw error
        }
    }

    // MARK: - list

    @Test func theListForPeople() throws {
        try places.fill()
        let result = try places.run("ledger", "list")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("状态    结论        错误/警告  年度  机关") == true, "\(result.output)")
        #expect(lines.contains("完成    不合格      2/1        2025  青禾县水利局              2025/水利局.docx"), "\(result.output)")
        #expect(lines.contains { $0.hasPrefix("完成    合格") && $0.hasSuffix("  乡镇/a.txt") }, "\(result.output)")
        #expect(!result.output.contains("gone.txt"), "it left")
        #expect(
            lines.contains { $0.hasPrefix("隔离    无法审核   ") && $0.hasSuffix("  bomb.docx [crashed]") },
            "\(result.output)"
        )
        let secret = try #require(lines.firstIndex { $0.hasSuffix("secret.pdf") })
        #expect(lines[secret].hasPrefix("暂缓    –"))
        #expect(
            try #/ {4}→ 3 分 \d+ 秒后再试（已试 3 次）；文件属于 root，权限 0600，服务不能读取/#.wholeMatch(in: lines[secret + 1]) != nil,
            "\(lines[secret + 1])"
        )
        let english = try places.run("ledger", "list", "--left", language: "en_GB.UTF-8").output
        #expect(english.contains("gone.txt") && english.contains("left the inbox at 2026-01-20 02:11:10"), "\(english)")
        #expect(english.split(separator: "\n").count == 3, "\(english)")
    }

    @Test(arguments: [
        (["--deferred"], ["secret.pdf"]), (["--verdict", "pass"], ["a.txt"]), (["--year", "2024"], ["a.txt"]),
        (["--inbox", "乡镇"], ["a.txt"]), (["--agency", "青禾县 水利局"], ["2025/水利局.docx"]),
        (["--done", "--verdict", "fail"], ["2025/水利局.docx"]), (["--left"], ["gone.txt"]),
        (["--left", "--verdict", "pass"], []),
    ]) func theListOfSome(_ options: [String], _ paths: [String]) throws {
        try places.fill()
        let line = (["ledger", "list", "--format", "json", "--config", "nianbao.yaml"] + options)
            .map { "'\($0)'" }.joined(separator: " ")
        let result = try places.place.script("nianbao \(line)")
        #expect(result.status == 0)
        let files: [File] = try decode(result.output)
        #expect(files.map(\.path) == paths)
        #expect(result.errors.contains("没有这样的文件") == paths.isEmpty, "\(result.errors)")
    }

    @Test func everythingAsData() throws {
        try places.fill()
        let files: [File] = try decode(places.run("ledger", "export", "--format", "json").output)
        #expect(files.count == 8, "those that left, too")
        let report = try #require(files.first)
        #expect(report.inbox == nil && report.state == "done" && report.verdict == "fail" && report.errors == 2)
        #expect(report.since == "2026-01-20T02:11:09.123Z" && report.bytes == 20_480 && report.reused == false)
        #expect(report.inode == String(UInt64.max))
        #expect(report.result == places.place.folder("state/results/2025/水利局.docx.audit.json").string)
        #expect(files[1].inbox == "乡镇")
        #expect(files[1].result == places.place.folder("state/results/乡镇/a.txt.audit.json").string)
        #expect(files.contains { $0.path == "gone.txt" && $0.leftAt == "2026-01-20T02:11:10.123Z" })
        let secret = try #require(files.first { $0.path == "secret.pdf" })
        #expect(secret.reason == "permission-denied" && secret.nextAttempt != nil && secret.verdict == nil)
        #expect(secret.errors == nil && secret.result == nil)

        let results: [Result] = try decode(places.run("ledger", "export", "--history", "--format", "json").output)
        #expect(results.map(\.verdict) == ["fail", "pass", "unreadable", "review"])
    }

    @Test func anEmptyLedger() throws {
        try places.record([])
        #expect(try places.run("ledger", "export", "--format", "json").output == "[]\n")
        #expect(try places.run("ledger", "list", "--format", "json").output == "[]\n")
        let table = try places.run("ledger", "export").output
        #expect(table.hasPrefix("inbox,path,pathBytes,state,") && table.hasSuffix(",result\r\n"), "\(table)")
        #expect(table.split(separator: "\r\n").count == 1)
        let list = try places.run("ledger", "list")
        #expect(list.status == 0 && list.output.isEmpty && list.errors == "nianbao: 没有这样的文件。\n")
    }

    /// Read by another program's reader of CSV.
    @Test func tablesAreReadByOthers() throws {
        let names = ["=1+1.txt", "a,\"b\"\n.txt", "-x", "@y", "+z", "正常.txt"]
        try places.record(
            names.map { LedgerChange(LedgerPlaces.key($0), LedgerPlaces.shown("pass", agency: "=HYPERLINK(\"x\")")) }
                + [LedgerChange(LedgerKey(inbox: "", path: [0xC4, 0xEA, 0x2E, 0x70]), LedgerPlaces.shown("pass"))]
        )
        let read = """
            import base64, csv, json, sys
            rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding=sys.argv[2])))
            print(json.dumps([[r["path"], r["agency"], r["pathBytes"], r["verdict"]] for r in rows]))
            """
        let result = try places.place.script(
            #"""
            read="$(cat << 'END'
            \#(read)
            END
            )"
            options="--config nianbao.yaml"
            nianbao ledger export $options > plain.csv
            nianbao ledger export $options --bom --guard-formulas > excel.csv
            head -c 3 excel.csv | od -An -tx1
            /usr/bin/python3 -c "$read" plain.csv utf-8
            /usr/bin/python3 -c "$read" excel.csv utf-8-sig
            tail -c 2 plain.csv | od -An -tx1
            """#
        )
        let lines = result.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 4, "\(result)")
        #expect(lines[0] == " ef bb bf" && lines[3] == " 0d 0a")
        let plain: [[String]] = try decode(lines[1])
        #expect(plain.map { $0[0] } == names + [#"\xc4\xea.p"#])
        #expect(plain.allSatisfy { $0[3] == "pass" } && plain[0][1] == "=HYPERLINK(\"x\")")
        #expect(plain[6][2] == "xOoucA==" && plain[0][2].isEmpty)
        let excel: [[String]] = try decode(lines[2])
        #expect(excel.map { $0[0] } == ["'=1+1.txt", "a,\"b\"\n.txt", "'-x", "'@y", "'+z", "正常.txt", #"\xc4\xea.p"#])
        #expect(excel[0][1] == "'=HYPERLINK(\"x\")")
    }

    @Test func aLongListIsWrittenInPieces() throws {
        try places.record(
            (0..<3000).map {
                LedgerChange(LedgerPlaces.key("\($0).txt"), .waiting(.queued, identity: nil, reason: nil))
            }
        )
        let files: [File] = try decode(places.run("ledger", "list", "--format", "json").output)
        #expect(files.map(\.path) == (0..<3000).map { "\($0).txt" })
        let enough = try places.place.script("nianbao ledger list --config nianbao.yaml | head -1 > /dev/null")
        #expect(enough.errors.isEmpty, "\(enough)")
        let full = try places.place.script("nianbao ledger export --config nianbao.yaml > /dev/full")
        #expect(full.status == 2 && full.errors.contains("无法写标准输出"), "\(full)")
    }

    @Test func theFolderIsNamedByTheSameOption() throws {
        try places.fill()
        try places.record(ServiceRecord(pid: 1, version: "1", startedAt: 1, updatedAt: 1))
        let result = try places.place.script("nianbao ledger list --state state --deferred --format json")
        let files: [File] = try decode(result.output)
        #expect(files.map(\.path) == ["secret.pdf"], "\(result)")
        let shown = try places.place.script("nianbao ledger show --state ./state 乡镇/a.txt")
        #expect(shown.status == 0 && shown.output.hasPrefix("乡镇/a.txt\n"), "\(shown)")
        let none = try places.place.script("nianbao ledger list --state deferred")
        #expect(none.status == 66 && none.errors.contains("还没有台账 deferred/nianbao.sqlite"), "\(none)")
    }

    // MARK: - show

    @Test func everythingAboutAFile() throws {
        try places.fill()
        for name in [
            "2025/水利局.docx", "./2025/../2025/水利局.docx", "in/2025/水利局.docx", "水利局.docx",
            places.place.folder("in/2025/水利局.docx").string,
        ] {
            let result = try places.run("ledger", "show", name)
            #expect(result.status == 0 && result.errors.isEmpty, "\(name): \(result)")
            for part in [
                "2025/水利局.docx\n", "状态        完成，2026-01-20 02:11:09 起", "20480 字节", "不合格，2 个错误，1 个警告",
                "青禾县水利局", "2025", String(repeating: "a", count: 64), "3.2 ms", "发现后 5 ms", "c0ffee，设置 5e77",
                "state/results/2025/水利局.docx.audit.json", "历次审核",
            ] where !result.output.contains(part) {
                Issue.record("\(name): no “\(part)” in \(result.output)")
            }
        }
        let named = try places.run("ledger", "show", "乡镇/a.txt")
        #expect(named.status == 0 && named.output.hasPrefix("乡镇/a.txt\n"), "\(named)")
        let json: File = try decode(places.run("ledger", "show", "--format", "json", "2025/水利局.docx").output)
        #expect(json.history?.map(\.verdict) == ["fail"] && json.remedy == nil)
    }

    @Test func whyAFileWaitsAndWhatToDo() throws {
        try places.fill()
        let secret = try places.run("ledger", "show", "secret.pdf").output
        #expect(secret.contains("文件属于 root，权限 0600") && !secret.contains("setfacl"), "\(secret)")
        #expect(secret.contains("nianbao ledger retry") && secret.contains("已试 3 次"), "\(secret)")
        let bomb = try places.run("ledger", "show", "bomb.docx", language: "en_GB.UTF-8").output
        #expect(bomb.contains("quarantined, since 2026-01-20 02:11:09") && bomb.contains("[crashed]"), "\(bomb)")
        #expect(bomb.contains("to try it as it is: nianbao ledger retry FILE"), "\(bomb)")
        let gone = try places.run("ledger", "show", "gone.txt").output
        #expect(gone.contains("离开        2026-01-20 02:11:10"), "\(gone)")
    }

    @Test func whatToDoSoThatAQueueMovesOn() throws {
        let reason = LedgerReason.waitsForResults.rawValue
        try places.record([LedgerChange(LedgerPlaces.key("a.txt"), .waiting(.queued, identity: nil, reason: reason))])
        let list = try places.run("ledger", "list").output
        #expect(list.contains("→ 现在写不出任何审核结果，写得出时自动审核；检查状态目录的磁盘空间和权限"), "\(list)")
        let shown = try places.run("ledger", "show", "a.txt").output
        #expect(shown.contains("原因        现在写不出任何审核结果") && shown.contains("怎样处理    检查状态目录"), "\(shown)")
    }

    @Test(arguments: LedgerReason.allCases) func everyReasonIsSaidInBothLanguages(_ reason: LedgerReason) throws {
        func isChinese(_ text: String) -> Bool { text.unicodeScalars.contains { $0.value >= 0x2E80 } }
        let words = [LedgerWords(language: .zh, colour: false), LedgerWords(language: .en, colour: false)]
        let (chinese, english) = (words[0].reason(reason), words[1].reason(reason))
        #expect(isChinese(chinese), "\(chinese)")
        #expect(!isChinese(english) && english.contains(" "), "\(english)")
        let remedies = words.map { $0.remedy(for: reason.rawValue) }
        #expect((remedies[0] == nil) == (remedies[1] == nil))
        #expect(remedies[0].map(isChinese) != false && remedies[1].map(isChinese) != true, "\(remedies)")

        // Where nothing more is known of a case, the lists say this.
        let deferral = Deferral(attempts: 1, nextAttempt: LedgerPlaces.moment, reason: reason.rawValue)
        try places.record([LedgerChange(LedgerPlaces.key("a.txt"), .deferred(deferral))])
        #expect(try places.run("ledger", "list").output.contains("；\(chinese)\n"))
    }

    @Test func aFileThatTheLedgerDoesNotKnow() throws {
        try places.fill()
        for command in ["show", "retry", "history"] {
            let result = try places.run("ledger", command, "none.txt")
            #expect(result.status == 66, "\(command): \(result)")
            #expect(result.errors.contains("none.txt"), "\(command): \(result)")
        }
        let several = try places.run("ledger", "show", ".txt")
        #expect(several.status == 66 && several.errors.contains("  乡镇/a.txt\n"), "\(several)")
    }

    // MARK: - history

    @Test func theHistoryOfABody() throws {
        func change(_ name: String, _ verdict: String, _ year: Int?, _ agency: String, at: Int64) -> LedgerChange {
            LedgerChange(
                LedgerPlaces.key(name),
                LedgerPlaces.shown(verdict, agency: agency, year: year, isReused: verdict == "review", at: at)
            )
        }
        // In the order of time: the later year first.
        try places.record([change("x.txt", "fail", 2025, "青禾县水利局", at: 1)], now: 1)
        try places.record([change("y.txt", "pass", 2024, "青禾县 水利局", at: 2)], now: 2)
        try places.record([change("z.txt", "pass", 2024, "青禾县林业局", at: 3)], now: 3)
        try places.record([change("x.txt", "review", 2025, "青禾县水利局", at: 4)], now: 4)
        try places.record([change("u.txt", "pass", nil, "青禾县水利局", at: 5)], now: 5)
        let results: [Result] = try decode(places.run("ledger", "history", "--format", "json", "青禾县水利局").output)
        #expect(results.map(\.path) == ["y.txt", "x.txt", "x.txt", "u.txt"])
        #expect(results.map(\.verdict) == ["pass", "fail", "review", "pass"] && results[2].reused)
        #expect(results.allSatisfy { $0.catalogue == "c0ffee" })
        let text = try places.run("ledger", "history", "青禾县水利局").output.split(separator: "\n")
        #expect(text.count == 5)
        #expect(text[3].hasPrefix("1970-01-01 00:00:00  2025  待核        0/0") && text[3].hasSuffix("x.txt （沿用已有的审核）"))
        let file = try places.run("ledger", "history", "x.txt").output.split(separator: "\n")
        #expect(file.count == 3 && file[1].contains("不合格") && file[2].contains("待核"), "\(file)")
        let table = try places.run("ledger", "history", "x.txt", "--format", "csv").output
        #expect(table.hasPrefix("at,inbox,path,pathBytes,verdict,") && table.split(separator: "\r\n").count == 3)
    }

    // MARK: - retry

    @Test func filesAreTriedAgain() throws {
        try places.fill()
        func states() throws -> [String: String] {
            let files: [File] = try decode(places.run("ledger", "export", "--format", "json").output)
            return Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.state + " " + ($0.reason ?? "")) })
        }
        let one = try places.run("ledger", "retry", "bomb.docx", "none.txt", "in/bomb.docx")
        #expect(one.status == 66 && one.output.contains("1 个文件将在服务下次启动时重新审核"), "\(one)")
        #expect(one.errors.contains("none.txt"))
        #expect(try states()["bomb.docx"] == "deferred retry-requested")
        #expect(try states()["secret.pdf"] == "deferred permission-denied")
        let lock = try FileLock(at: places.place.folder("state/lock"))
        let rest = try places.run("ledger", "retry", "--all", language: "en_GB.UTF-8")
        #expect(rest.status == 0 && rest.output == "To be tried again within a second: 2.\n", "\(rest)")
        withExtendedLifetime(lock) {}
        #expect(try states()["secret.pdf"] == "deferred retry-requested")
        #expect(try states()["2025/水利局.docx"] == "done ")
        let shown = try places.run("ledger", "show", "secret.pdf").output
        #expect(shown.contains("有人要求重新审核") && shown.contains("即将再试"), "\(shown)")
        let gone = try places.run("ledger", "retry", "gone.txt")
        #expect(gone.status == 66, "it left: \(gone)")
        let none = try places.run("ledger", "retry", "--quarantined")
        #expect(none.status == 0 && none.output == "没有要重新审核的文件。\n", "\(none)")
    }

    // MARK: - Names from outside

    @Test func namesDoNotCommandTheTerminal() throws {
        let evil: [UInt8] = Array("e\u{1B}[2J\n\u{9B}\u{202E}txt.".utf8) + [0xFF]
        try places.record([
            LedgerChange(LedgerKey(inbox: "", path: evil), LedgerPlaces.shown("fail", agency: "水\u{1B}[5m利\u{2028}局")),
            LedgerChange(
                LedgerKey(inbox: "", path: evil + Array(".b".utf8)),
                .deferred(
                    Deferral(attempts: 1, nextAttempt: 1, reason: "x\u{1B}[1m", detail: "\u{1B}]0;x\u{7}\u{2067}")
                )
            ),
        ])
        let shown = #"e\x1b[2J\x0a\xc2\x9b\xe2\x80\xaetxt.\xff"#
        for arguments in [
            ["ledger", "list"], ["ledger", "show", shown], ["ledger", "show", shown + ".b"],
            ["ledger", "history", shown], ["status"],
            ["ledger", "show", "none\u{1B}[2J"],
        ] {
            let line = (arguments + ["--config", "nianbao.yaml"]).map { "'\($0)'" }.joined(separator: " ")
            let result = try places.place.script("nianbao \(line)")
            for text in (result.output + result.errors).split(separator: "\n") {
                let isSafe = text.unicodeScalars.allSatisfy { scalar in
                    ![.control, .lineSeparator].contains(scalar.properties.generalCategory)
                        && !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
                }
                #expect(isSafe, "\(arguments): \(text.debugDescription)")
            }
            if arguments[1...].contains(shown) { #expect(result.status == 0, "\(result)") }
            if arguments.last != "status", arguments.count == 2 { #expect(result.output.contains(shown), "\(result)") }
        }
        let files: [File] = try decode(places.run("ledger", "list", "--format", "json").output)
        #expect(files.first?.path == shown)
        #expect(files.first?.pathBytes.flatMap { Data(base64Encoded: $0) } == Data(evil))
    }

    // MARK: - Ledgers that cannot be read

    private static let commands = [
        "ledger list", "ledger show x", "ledger history x", "ledger export", "ledger retry x", "ledger retry --all",
    ]

    private func expectTrouble(_ status: Int32, _ words: String, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        for command in Self.commands {
            let result = try places.place.script("nianbao \(command) --config nianbao.yaml")
            #expect(result.status == status, "\(command): \(result)", sourceLocation: sourceLocation)
            #expect(
                result.errors.contains(words) && result.output.isEmpty,
                "\(command): \(result)",
                sourceLocation: sourceLocation
            )
            #expect(
                !result.errors.contains("SQL") && !result.errors.contains("database"),
                "\(result.errors)",
                sourceLocation: sourceLocation
            )
            let english = try places.place.script("nianbao \(command) --config nianbao.yaml --lang en")
            #expect(
                !english.errors.unicodeScalars.contains { $0.value >= 0x2E80 },
                "\(english)",
                sourceLocation: sourceLocation
            )
        }
    }

    @Test func thereIsNone() throws {
        try expectTrouble(66, "还没有台账 \(places.ledgerFile)")
        #expect(!Files.exists(places.ledgerFile), "looking does not make one")
    }

    @Test func itIsDamaged() throws {
        try Files.write(String(repeating: "garbage ", count: 2000), to: places.ledgerFile)
        try expectTrouble(65, "已损坏，或不是 nianbao 的台账")
        let status = try places.run("status")
        #expect(status.status == 65 && status.errors.contains("重新启动服务"), "\(status)")
    }

    @Test func itIsAFolder() throws {
        try Files.makeFolder(places.ledgerFile)
        try expectTrouble(65, "已损坏，或不是 nianbao 的台账")
    }

    @Test func itIsOfANewerVersion() throws {
        try places.fill()
        let change = try places.place.script(
            #"/usr/bin/python3 -c 'import sqlite3; c = sqlite3.connect("state/nianbao.sqlite"); c.execute("insert into grdb_migrations values (\"9 something new\")"); c.commit()'"#
        )
        #expect(change.status == 0, "\(change)")
        try expectTrouble(65, "由更新的 nianbao 写成")
    }

    @Test func itIsEmpty() throws {
        try Files.write("", to: places.ledgerFile)
        for command in Self.commands where !command.contains("retry") {
            let result = try places.place.script("nianbao \(command) --config nianbao.yaml")
            #expect(result.status == 75 && result.errors.contains("还是空的"), "\(command): \(result)")
        }
    }

    @Test func thisUserMayNotReadIt() throws {
        try places.fill()
        let result = try places.place.script(
            #"""
            chmod 600 state/nianbao.sqlite
            setpriv --reuid 65534 --regid 65534 --clear-groups "$program" ledger list --config nianbao.yaml
            echo $?
            chmod 644 state/nianbao.sqlite
            setpriv --reuid 65534 --regid 65534 --clear-groups "$program" ledger retry --all --config nianbao.yaml
            echo $?
            """#
        )
        #expect(result.output == "77\n77\n", "\(result)")
        #expect(result.errors.contains("当前用户不能使用台账") && result.errors.contains("sudo -u nianbao"), "\(result)")
    }

    // MARK: - Usage

    @Test(arguments: [
        ("ledger list --lost", "--lost"), ("ledger list --done --deferred", "--deferred"),
        ("ledger list --verdict good", "good"),
        ("ledger list --format xml", "xml"),
        ("ledger list stray", "stray"), ("ledger show", "文件"), ("ledger retry", "--deferred"),
        ("ledger retry x --all", "--deferred"), ("ledger export --format json --bom", "--bom"),
        ("ledger list --done --config a --state b", "--config"),
        ("status --config a --state b", "--config"),
    ]) func wrongUsage(_ line: String, _ named: String) throws {
        let result = try places.place.script("nianbao \(line)")
        #expect(result.status == 64 && result.errors.contains(named) && result.output.isEmpty, "\(line): \(result)")
    }

    @Test func theConfigurationIsMissing() throws {
        let result = try places.place.script("nianbao ledger list --config none.yaml")
        #expect(result.status == 78 && result.errors.contains("none.yaml"), "\(result)")
    }
}
