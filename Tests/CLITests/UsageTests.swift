// Usage errors, help, configuration, rules, and what goes to terminals and pipes.

import AuditRules
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the command line") struct UsageTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.write(Workplace.Sample.pass, "pass.txt")
        try place.write(Workplace.Sample.fail, "fail.txt")
    }

    // MARK: - Wrong usage

    @Test(arguments: [
        (["audit"], "没有指定要审核的文件"), (["audit", "--frobnicate", "pass.txt"], "--frobnicate"),
        (["audit", "-x", "pass.txt"], "-x"), (["audit", "--format", "docx", "pass.txt"], "docx"),
        (["audit", "--format"], "--format"), (["audit", "--lang", "fr", "pass.txt"], "fr"),
        (["audit", "-0", "pass.txt"], "--files-from"), (["audit", "--files-from", "-", "-"], "标准输入"),
        (["audit", ""], ""), (["frobnicate"], "frobnicate"), (["rules", "nonsense"], "nonsense"),
        (["rules", "fee.mising"], "fee.missing"), (["rules", "--format", "ndjson"], "ndjson"),
        (["rules", "--config", "c"], "--effective"), (["rules", "--effective", "-"], "--effective"),
        (["config", "chekc"], "chekc"), (["config", "check", "a", "b"], "b"),
        (["config", "check", "--lang", "fr"], "fr"),
        (["watch", "--inbox", "in"], "--state"), (["watch", "--state", "st"], "--inbox"),
        (["watch", "--config", "c", "--inbox", "in", "--state", "st"], "--config"), (["watch", "stray"], "stray"),
    ]) func wrongUsage(_ arguments: [String], _ named: String) throws {
        let line = arguments.map { "'\($0)'" }.joined(separator: " ")
        let result = try place.script("nianbao \(line)")
        #expect(result.status == 64, "\(line): \(result)")
        #expect(result.errors.contains(named), "\(line): \(result.errors)")
        #expect(result.output.isEmpty, "\(line): \(result.output)")
    }

    @Test func help() throws {
        for (arguments, text) in [
            ("--help", "audit"), ("audit --help", "--files-from"), ("watch --help", "--inbox"),
            ("rules --help", "fee.missing"), ("help audit", "--files-from"),
            ("rules --help", "--effective"), ("config --help", "check"), ("config check --help", "78"),
            ("config", "check"),
        ] {
            let result = try place.script("nianbao \(arguments)")
            #expect(result.status == 0, "\(arguments)")
            #expect(result.output.contains(text), "\(arguments): \(result.output)")
            #expect(result.output.unicodeScalars.contains { $0.value >= 0x4E00 }, "\(arguments) speaks no Chinese")
            #expect(result.errors.isEmpty)
        }
        let audit = try place.nianbao("audit", "--help").output
        for code in ["0", "1", "2", "64", "78"] {
            #expect(
                audit.split(separator: "\n").contains { $0.split(separator: " ").first == code[...] },
                "exit code \(code)"
            )
        }
        #expect(try place.nianbao().output.contains("audit"), "without arguments it says what it can do")
    }

    @Test func version() throws {
        for command in ["", "audit ", "watch ", "rules ", "config ", "status ", "ledger ", "ledger list "] {
            let result = try place.script("nianbao \(command)--version")
            #expect(result.status == 0)
            #expect(try /nianbao \d+\.\d+\.\d+\n/.wholeMatch(in: result.output) != nil, "\(command): \(result)")
        }
    }

    /// The argument parser speaks English only; what it says is put into Chinese. Where a new version of it has other words,
    /// this finds English.
    @Test(arguments: [
        ["audit"], ["audit", "--frobnicate", "x"], ["audit", "--formatt", "text", "x"], ["audit", "-x", "x"],
        ["audit", "--format", "docx", "x"], ["audit", "--format"], ["audit", "--format", "-", "x"], ["frobnicate"],
        ["audit", "-0=3", "x"], ["rules", "a", "b"], ["rules", "a", "b", "c"], ["watch", "stray"],
        ["audit", "--lang", "fr", "x"],
        ["audit", "-0x", "x"], ["audit", "--=", "x"],
    ]) func usageErrorsSpeakTheLanguage(_ arguments: [String]) throws {
        let line = arguments.map { "'\($0)'" }.joined(separator: " ")
        let chinese = try place.script("nianbao \(line)")
        #expect(chinese.status == 64 && chinese.errors.hasPrefix("错误："), "\(line): \(chinese.errors)")
        // Two English words in a row are a sentence; names of options, formats and commands stand alone.
        let english = chinese.errors.firstMatch(of: /[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}/)
        #expect(english == nil, "\(line): \(chinese.errors)")
        let foreign = try place.script("LANG=en_GB.UTF-8 nianbao \(line)")
        #expect(foreign.status == 64 && foreign.errors.hasPrefix("Error: "), "\(line): \(foreign.errors)")
        #expect(!foreign.errors.unicodeScalars.contains { $0.value >= 0x2E80 }, "\(line): \(foreign.errors)")
    }

    @Test(arguments: [
        "", "audit", "watch", "rules", "doctor", "status", "ledger", "ledger list", "ledger show", "ledger history",
        "ledger export", "ledger retry",
    ])
    func helpSpeaksTheLanguage(_ command: String) throws {
        let chinese = try place.script("nianbao \(command) --help").output
        for word in [
            "OVERVIEW", "USAGE", "ARGUMENTS", "OPTIONS", "SUBCOMMANDS", "Show ", "See '", "(values", "default:",
        ] {
            #expect(!chinese.contains(word), "\(command): \(word)")
        }
        #expect(chinese.contains("用法：nianbao"))
        let english = try place.script("nianbao \(command) --help --lang en").output
        #expect(english.contains("USAGE: nianbao") && english.hasPrefix("OVERVIEW: "), "\(command)")
        let han = english.replacing("政府信息公开工作年度报告", with: "").unicodeScalars.first { $0.value >= 0x2E80 }
        #expect(han == nil, "\(command): \(english)")
        for text in [chinese, english] {
            let widest =
                text.split(separator: "\n").map { line in
                    line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
                }.max() ?? 0
            #expect(widest <= 160, "\(command): a line of \(widest) columns")
        }
    }

    // MARK: - Configuration

    @Test func aBrokenConfiguration() throws {
        try place.write("inboxes:\n  - path: /srv/in\nlimits:\n  file_sise: 1MiB\n", "unknown-key.yaml")
        try place.write("inboxes: [\n", "syntax.yaml")
        try place.write("inboxes:\n  - path: /srv/in\nrules:\n  disable: [fee.mising]\n", "rule.yaml")
        try place.write("state: /var/lib/nianbao\n", "no-inbox.yaml")
        for command in ["audit pass.txt", "watch"] {
            for (file, line, remedy) in [
                ("unknown-key.yaml", ":4:", "file_size"), ("syntax.yaml", ":", ""), ("rule.yaml", ":4:", "fee.missing"),
                ("no-inbox.yaml", "", "inboxes"), ("missing.yaml", "", ""), (".", "", ""), ("/dev/zero", "", ""),
            ] {
                let result = try place.script("timeout 20 \"$program\" \(command) --config \(file)")
                #expect(result.status == 78, "\(command) \(file): \(result)")
                #expect(result.errors.contains(file + line), "\(command) \(file): \(result.errors)")
                #expect(result.errors.contains("修正：") && result.errors.contains(remedy), "\(command): \(result.errors)")
                #expect(result.output.isEmpty)
            }
        }
        let english = try place.nianbao("audit", "--lang", "en", "--config", "unknown-key.yaml", "pass.txt")
        #expect(english.errors.contains("unknown-key.yaml:4:") && english.errors.contains("Fix: "), "\(english.errors)")
    }

    @Test func theConfigurationOfTheServiceHoldsForAudits() throws {
        try place.write("inboxes:\n  - path: /srv/in\nlanguage: en\nrules:\n  disable: [fee.missing]\n", "nianbao.yaml")
        let result = try place.nianbao("audit", "--config", "nianbao.yaml", "fail.txt")
        #expect(result.status == 0, "\(result)")
        #expect(result.output.hasPrefix("pass  fail.txt"))
        let chinese = try place.nianbao("audit", "--lang", "zh", "--config", "nianbao.yaml", "fail.txt")
        #expect(chinese.output.hasPrefix("合格  fail.txt"), "the command line outranks the configuration")
    }

    // MARK: - Rules

    @Test func rules() throws {
        let list = try place.nianbao("rules")
        #expect(list.status == 0 && list.errors.isEmpty)
        let lines = list.output.split(separator: "\n")
        #expect(Set(lines.map { String($0.prefix { $0 != " " }) }) == Catalogue.identifiers)
        #expect(lines.count == Catalogue.rules.count)
        for id in Catalogue.identifiers {
            let text = try place.nianbao("rules", id).output
            for part in [id, "级别", "年度", "适用机关", "依据", "检查内容", "检查理由", "修改建议", "已知局限", "反例", "正例"]
            where !text.contains(part) {
                Issue.record("rules \(id) does not say \(part)")
            }
        }
        let english = try place.nianbao("rules", "--lang", "en", "fee.missing").output
        #expect(english.contains("Fee statement missing") && english.contains("Severity: error"), "\(english)")
    }

    @Test func rulesAsJSON() throws {
        let result = try place.script(
            #"""
            read='import json, sys; rules = json.load(sys.stdin); print(len(rules), len({r["id"] for r in rules}))
            for r in rules: assert all(r[k] for k in "id name severity years basis checks rationale hint blindSpots failing passing".split()), r'
            nianbao rules --format json | /usr/bin/python3 -c "$read"
            nianbao rules --format json fee.missing | /usr/bin/python3 -c "$read"
            """#
        )
        let count = Catalogue.rules.count
        #expect(result.output == "\(count) \(count)\n1 1\n", "\(result)")
    }

    // MARK: - Terminals, pipes and full disks

    @Test func colourOnlyOnTerminals() throws {
        let result = try place.script(
            #"""
            on_terminal() { script -qefc "$1" /dev/null < /dev/null | grep -c $'\x1b\\[[0-9]*m'; }
            export TERM=xterm
            [ "$(on_terminal '"$program" audit fail.txt')" -gt 0 ] && echo coloured
            on_terminal 'NO_COLOR=1 "$program" audit fail.txt'
            on_terminal 'TERM=dumb "$program" audit fail.txt'
            on_terminal '"$program" audit fail.txt | cat'
            """#
        )
        #expect(result.output == "coloured\n0\n0\n0\n", "\(result)")
    }

    /// A name or a report must not move the cursor, rename the window or forge lines.
    @Test func nothingFromOutsideCommandsTheTerminal() throws {
        let result = try place.script(
            #"""
            evil=$'\x1b]0;x\a\x1b[2J\r\n\x9b\xc2\x9b\x7f'
            cp fail.txt "a$evil.txt"; mkdir "d$evil"
            nianbao audit "a$evil.txt" pass.txt
            nianbao audit "missing$evil"
            nianbao audit "d$evil"
            nianbao audit --files-from "list$evil"
            nianbao audit --config "conf$evil" pass.txt
            nianbao rules "rule$evil"
            nianbao audit "--option$evil"
            nianbao audit --format "form$evil" pass.txt
            nianbao watch --inbox "no$evil" --state "d$evil/s"
            nianbao watch --inbox "n$evil=." --state "d$evil/s"
            """#
        )
        for (stream, text) in [("output", result.output), ("errors", result.errors)] {
            for line in text.split(separator: "\n") {
                let isSafe = line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
                #expect(isSafe, "standard \(stream): \(line.debugDescription)")
            }
        }
        #expect(result.output.contains(#"a\x1b]0;x\x07\x1b[2J\x0d\x0a"#), "\(result.output)")
    }

    @Test func nothingInAReportCommandsTheTerminal() throws {
        var text = ""
        // A control character in front of every tenth character, in titles, headings, cells and sentences alike.
        for (index, scalar) in Workplace.Sample.fail.unicodeScalars.enumerated() {
            if index % 10 == 3, scalar != "\n", scalar != "\t" { text += "\u{1B}[2J\u{7}\u{9B}" }
            text.unicodeScalars.append(scalar)
        }
        try place.write(text, "evil.txt")
        try place.write(Workplace.Sample.fail.replacing("水利局", with: "水\u{1B}[5m利局"), "agency.txt")
        try place.write(Workplace.Sample.fail.replacing("行政强制\t0", with: "行政强制\t\u{1B}[31m/"), "cell.txt")
        for language in ["zh", "en"] {
            let result = try place.nianbao("audit", "--lang", language, "evil.txt", "agency.txt", "cell.txt")
            for line in result.output.split(separator: "\n") {
                let isSafe = line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
                #expect(isSafe, "\(line.debugDescription)")
            }
        }
    }

    @Test func aReaderThatHasEnoughEndsItInSilence() throws {
        let result = try place.script(
            #"""
            for ((i = 0; i < 300; i++)); do echo fail.txt; done > list
            for format in text json ndjson sarif; do nianbao audit --format $format --files-from list | head -1 > /dev/null; done
            nianbao rules | head -1 > /dev/null
            nianbao rules --format json | head -c 10 > /dev/null
            """#
        )
        #expect(result.errors.isEmpty, "\(result.errors)")
    }

    @Test(arguments: [
        "audit pass.txt", "audit --format json pass.txt", "audit --format ndjson pass.txt fail.txt",
        "audit --format sarif fail.txt", "rules",
        "rules fee.missing", "rules --format json", "--help", "audit --help", "--version",
    ]) func aFullDiskIsTold(_ arguments: String) throws {
        let result = try place.script("nianbao \(arguments) > /dev/full")
        #expect(result.status == 2, "\(arguments): \(result)")
        #expect(result.errors.contains("No space left on device"), "\(arguments): \(result.errors)")
        #expect(result.errors.contains("无法写标准输出"), "\(arguments): \(result.errors)")
    }
}
