// The service from outside, as an administrator meets it: files dropped into inboxes, results on disk, entries in a real
// journal, signals. What happens inside is tested in AuditServiceTests.

import AuditRules
import AuditService
import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("nianbao watch") struct WatchTests {
    private let folder: TemporaryFolder
    private static let audited = JournalEvent.audited.messageID

    init() throws {
        folder = try TemporaryFolder()
        try Files.makeFolder(folder("inbox"))
        try Files.makeFolder(folder("reports"))
        #expect(chmod(folder.path.string, 0o755) == 0)
        let pass = SampleReport.text(year: 2023)
        try Files.write(pass, to: folder("reports/pass.txt"))
        let fail = pass.replacing("本年度未收取信息处理费。", with: "无其他需要报告的事项。")
        try Files.write(fail.replacing("行政处罚\t4", with: "行政处罚\t若干"), to: folder("reports/fail.txt"))
        try Files.write(pass.replacing("行政强制\t0", with: "行政强制\t/"), to: folder("reports/review.txt"))
        try Files.write("番茄炒蛋：番茄两个，鸡蛋三个。\n", to: folder("reports/unreadable.txt"))
        // Each line a finding of its own, each with a long quote.
        let line = String(repeating: "举办业务培训XX期，受训人员较多；", count: 8)
        let many = (1...2000).map { "第\($0)次：\(line)\n" }.joined()
        try Files.write(pass.replacing("做好县政府", with: "\n\(many)做好县政府"), to: folder("reports/many.txt"))
    }

    /// Runs a script beside a journal of its own. In it: `start ARGUMENTS` and `stop` the service, `results N` waits
    /// until there are N results, `drop FILE NAME` copies a report into the inbox, `entries …` asks the journal.
    private func beside(_ script: String) throws -> CommandResult {
        let prelude = """
            program=$1; folder=$2; audited=$3; started=$4
            cd "$folder"
            unset NOTIFY_SOCKET LC_ALL LC_MESSAGES
            export LANG=zh_CN.UTF-8 SWIFT_BACKTRACE=enable=no
            wait_for() { for ((try = 0; try < 3000; try++)); do "$@" && return; sleep 0.01; done; echo "waited in vain: $*"; }
            started_again() { [ "$(journalctl -q -o cat MESSAGE_ID=$started | wc -l)" = "$starts" ] || ! kill -0 $service; }
            starts=0
            start() {
                ${as:-} "$program" watch "$@" 2>> errors & service=$!
                starts=$((starts + 1))
                wait_for started_again
            }
            stop() {
                local begin=$EPOCHREALTIME status=0
                kill -TERM $service
                wait $service || status=$?
                local took=$(((${EPOCHREALTIME/./} - ${begin/./}) / 1000))
                [ $took -lt 5000 ] && took=quickly
                echo "ended with $status $took"
                journalctl --sync
            }
            there_are() { [ "$(find state/results -name '*.audit.json' 2> /dev/null | wc -l)" = "$1" ]; }
            results() { wait_for there_are "$1"; }
            drop() { cp "reports/$1" "inbox/$2"; }
            entries() { journalctl -q -o json --all "$@"; }
            files() { echo "$1: $(journalctl -q -o json --all "${@:2}" | sed -E 's|.*"NIANBAO_FILE":"[^"]*/([^"/]*)".*|\\1|' \\
                | sort | paste -sd' ')"; }

            """
        let arguments = [
            try TestPaths.nianbao, folder.path.string, Self.audited, JournalEvent.started.messageID,
        ]
        return try Command.script(prelude + script, arguments, withJournal: true)
    }

    /// The result that an entry names, and that it says the same.
    private func checkResult(_ entry: JournalRecord) throws {
        let path = try #require(entry["NIANBAO_RESULT"], "\(entry.file): no NIANBAO_RESULT")
        let json = try #require(Files.read(FilePath(path)), "\(path) is not there")
        let audit = try AuditRecord(json: json)
        #expect(entry["NIANBAO_VERDICT"] == audit.verdict, "\(path)")
        #expect(entry["NIANBAO_SHA256"] == audit.source.sha256, "\(path)")
        #expect(entry["NIANBAO_AGENCY"] == audit.report?.agency, "\(path)")
        #expect(entry["NIANBAO_YEAR"] == audit.report?.year.map(String.init), "\(path)")
        #expect(entry["NIANBAO_ERRORS"] == "\(audit.counts.error)", "\(path)")
        #expect(entry["NIANBAO_WARNINGS"] == "\(audit.counts.warning)", "\(path)")
        let rules = entry.fields["NIANBAO_RULE"] ?? []
        #expect(rules.sorted() == Set(audit.findings.filter { $0.waived == nil }.map(\.rule)).sorted(), "\(path)")
        let waived = audit.findings.count { $0.waived != nil }
        #expect(entry["NIANBAO_WAIVED"] == (waived == 0 ? nil : "\(waived)"), "\(path)")
        let stale = audit.waivers.count { $0.state != "used" }
        #expect(entry["NIANBAO_STALE_WAIVERS"] == (stale == 0 ? nil : "\(stale)"), "\(path)")
        let priorities = ["pass": "6", "review": "5", "fail": "4", "unreadable": "3"]
        #expect(entry["PRIORITY"] == priorities[audit.verdict], "\(path)")
        #expect(entry["SYSLOG_IDENTIFIER"] == "nianbao")
        #expect(entry["MESSAGE_ID"] == Self.audited)
        let message = try #require(entry["MESSAGE"])
        #expect(!message.contains("\n") && message.contains(audit.source.name), "\(message)")
        let explanation = try #require(entry["NIANBAO_EXPLAIN"], "\(path)")
        #expect(explanation.utf8.count <= 3500 && !explanation.isEmpty, "\(explanation.utf8.count) bytes")
        if let finding = audit.findings.first(where: { $0.waived == nil }) {
            #expect(explanation.contains(finding.message) && explanation.contains(finding.hint), "\(explanation)")
        }
        #expect(entry.sentBytes <= 48 * 1024, "\(path): an entry of \(entry.sentBytes) bytes")
    }

    @Test func everyVerdictIsInTheJournal() throws {
        let result = try beside(
            """
            start --inbox inbox --state state
            for name in pass fail review unreadable many; do drop $name.txt $name.txt; done
            mkdir -p inbox/区直/水利
            drop fail.txt 区直/水利/deep.txt
            drop fail.txt $'\\xc4\\xea\\xb1\\xa8.txt'
            results 7
            stop
            entries MESSAGE_ID=$audited
            files rule NIANBAO_RULE=fee.missing NIANBAO_RULE=cell.not-a-number
            files fail -t nianbao NIANBAO_VERDICT=fail
            files unreadable -t nianbao NIANBAO_VERDICT=unreadable
            files warning -p warning MESSAGE_ID=$audited
            files year NIANBAO_YEAR=2023 NIANBAO_VERDICT=pass
            cat errors
            """
        )
        #expect(result.status == 0, "\(result.errors)")
        let entries = try JournalRecord.all(in: result.output)
        let other = result.output.split(separator: "\n").filter { !$0.hasPrefix("{") }
        // The name in GBK is no text: journalctl prints its bytes, which the script leaves alone.
        #expect(other.first == "ended with 0 quickly")
        let gbk = #"\xc4\xea\xb1\xa8.txt"#
        #expect(
            entries.map(\.file).sorted() == [
                gbk, "deep.txt", "fail.txt", "many.txt", "pass.txt", "review.txt", "unreadable.txt",
            ]
        )
        for entry in entries where entry.file != gbk {
            try checkResult(entry)
        }
        let verdicts = Dictionary(entries.map { ($0.file, $0["NIANBAO_VERDICT"] ?? "?") }, uniquingKeysWith: { $1 })
        #expect(
            verdicts == [
                "pass.txt": "pass", "fail.txt": "fail", "review.txt": "review", "unreadable.txt": "unreadable",
                "many.txt": "fail", "deep.txt": "fail", gbk: "fail",
            ]
        )
        let failed = try #require(entries.first { $0.file == "fail.txt" })
        #expect(failed.fields["NIANBAO_RULE"]?.sorted() == ["cell.not-a-number", "fee.missing"])
        #expect(failed["NIANBAO_RESULT"] == folder("state/results/fail.txt.audit.json").string)
        #expect(failed["NIANBAO_FILE"] == folder("inbox/fail.txt").string)
        let deep = try #require(entries.first { $0.file == "deep.txt" })
        #expect(deep["NIANBAO_RESULT"] == folder("state/results/区直/水利/deep.txt.audit.json").string)

        func line(_ name: String) -> String { other.first { $0.hasPrefix(name + ": ") }.map(String.init) ?? "" }
        #expect(line("rule").contains("deep.txt fail.txt") && !line("rule").contains("pass.txt"), "\(line("rule"))")
        #expect(line("fail").contains("deep.txt fail.txt many.txt"), "\(line("fail"))")
        #expect(line("unreadable") == "unreadable: unreadable.txt")
        #expect(line("warning").contains("many.txt unreadable.txt") && !line("warning").contains("review.txt"))
        #expect(line("year") == "year: pass.txt")
        #expect(other.last?.hasPrefix("year: ") == true, "something on standard error: \(other.last ?? "")")

        let many = try #require(
            Files.read(folder("state/results/many.txt.audit.json")).map { try AuditRecord(json: $0) }
        )
        #expect(many.findings.count >= 100, "only \(many.findings.count) findings: the entry's size was not tried")
    }

    @Test func theDemonstrationShowsOnePassAndThreeFails() throws {
        let samples = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
            .appending("demo").appending("samples").string
        let result = try beside(
            """
            start --inbox inbox --state state
            cp '\(samples)'/*.txt inbox/
            results 4
            stop
            entries MESSAGE_ID=$audited
            """
        )
        let entries = try JournalRecord.all(in: result.output)
        for entry in entries { try checkResult(entry) }
        let verdicts = entries.sorted { $0.file < $1.file }.map { $0["NIANBAO_VERDICT"] }
        #expect(verdicts == ["pass", "fail", "fail", "fail"], "\(result)")
        let rules = entries.filter { $0["NIANBAO_VERDICT"] == "fail" }.map { Set($0.fields["NIANBAO_RULE"] ?? []) }
        #expect(Set(rules).count == 3, "they fail for different reasons: \(rules)")
    }

    @Test func startedWithAConfigurationFile() throws {
        try Files.makeFolder(folder("second"))
        try Files.write(
            """
            inboxes:
              - path: \(folder("inbox"))
              - path: \(folder("second"))
                name: 乡镇
            state: \(folder("state"))
            language: en
            limits:
              file_size: 64KiB
            rules:
              disable: [fee.missing, cell.not-a-number]
            """,
            to: folder("nianbao.yaml")
        )
        let result = try beside(
            """
            start --config nianbao.yaml
            drop fail.txt a.txt; cp reports/fail.txt second/b.txt; drop many.txt large.txt
            results 3
            stop
            entries MESSAGE_ID=$audited
            journalctl -q -o cat MESSAGE_ID=$started
            """
        )
        let entries = try JournalRecord.all(in: result.output)
        #expect(entries.count == 3, "\(result)")
        let found = Dictionary(entries.map { ($0.file, $0) }, uniquingKeysWith: { $1 })
        #expect(found["a.txt"]?["NIANBAO_VERDICT"] != "fail", "its rules are switched off")
        #expect(found["b.txt"]?["NIANBAO_RESULT"] == folder("state/results/乡镇/b.txt.audit.json").string)
        #expect(found["large.txt"]?["NIANBAO_VERDICT"] == "unreadable")
        #expect(found["large.txt"]?["MESSAGE"]?.contains("more than the limit of 65536") == true)
        #expect(result.output.contains("watching 2 inboxes"), "\(result.output)")
    }

    /// The inbox is configured by way of a link: the paths of settings are those below it all the same.
    @Test func whatIsWaivedDoesNotCount() throws {
        try Files.link(folder("mailbox"), to: folder("inbox"))
        try Files.makeFolder(folder("inbox/县直"))
        try Files.write(
            """
            inboxes: [{path: \(folder("mailbox"))}]
            state: \(folder("state"))
            rules:
              overrides:
                - folder: \(folder("mailbox"))/县直
                  levels: {cell.not-a-number: info}
              waivers:
                - {rule: fee.missing, file: 县直/a.txt, place: section 6, reason: 已核实, by: 王某, until: 2199-12-31}
                - {rule: fee.missing, file: b.txt, reason: 已核实, by: 王某, until: 2020-12-31}
                - {rule: cell.blank, agency: 青禾县水利局, reason: 已核实, by: 王某, until: 2199-12-31}
            """,
            to: folder("nianbao.yaml")
        )
        let result = try beside(
            """
            start --config nianbao.yaml
            drop fail.txt 县直/a.txt; drop fail.txt b.txt; drop review.txt review.txt
            results 3
            stop
            entries MESSAGE_ID=$audited
            """
        )
        let entries = try JournalRecord.all(in: result.output)
        #expect(entries.count == 3, "\(result)")
        for entry in entries { try checkResult(entry) }
        let found = Dictionary(entries.map { ($0.file, $0) }, uniquingKeysWith: { $1 })
        let waived = try #require(found["a.txt"])
        #expect(waived["NIANBAO_VERDICT"] == "pass" && waived["PRIORITY"] == "6", "\(result)")
        #expect(waived["NIANBAO_ERRORS"] == "0" && waived["NIANBAO_WAIVED"] == "1")
        // Lowered to a hint, it is still told.
        #expect(waived.fields["NIANBAO_RULE"] == ["cell.not-a-number"])
        #expect(waived["MESSAGE"]?.contains("1 个已豁免") == true)
        #expect(waived["NIANBAO_EXPLAIN"]?.contains("理由：已核实（王某，至 2199-12-31）") == true)
        #expect(waived["NIANBAO_STALE_WAIVERS"] == "1", "that for cell.blank found nothing")
        #expect(found["b.txt"]?["NIANBAO_VERDICT"] == "fail" && found["b.txt"]?["NIANBAO_STALE_WAIVERS"] == "2")
        #expect(found["b.txt"]?["NIANBAO_EXPLAIN"]?.contains("已于 2020-12-31 到期") == true)
        #expect(
            found["review.txt"]?["NIANBAO_VERDICT"] == "pass" && found["review.txt"]?["NIANBAO_STALE_WAIVERS"] == nil
        )
    }

    @Test func aBrokenConfigurationEndsItAtOnce() throws {
        try Files.write("inboxes:\n  - path: \(folder("inbox"))\n    nmae: a\n", to: folder("nianbao.yaml"))
        let result = try beside(
            """
            status=0; timeout 20 "$program" watch --config nianbao.yaml || status=$?; echo $status
            status=0; timeout 20 "$program" watch --inbox inbox --state inbox/state || status=$?; echo $status
            status=0; timeout 20 "$program" watch --inbox none --state state || status=$?; echo $status
            journalctl --sync; journalctl -q -t nianbao
            """
        )
        #expect(result.output == "78\n78\n78\n", "\(result)")
        let errors = result.errors.split(separator: "\n")
        #expect(errors.count == 3, "\(errors)")
        #expect(
            errors.first?.hasPrefix("nianbao.yaml:3:") == true && errors.first?.contains("name") == true,
            "\(errors)"
        )
    }

    @Test func oneFileThatMayNotBeReadStopsNoOther() throws {
        let result = try beside(
            """
            cp "$program" nianbao; chmod 755 nianbao; program=$folder/nianbao
            mkdir state; chown nobody state
            for name in a b; do drop pass.txt $name.txt; done
            drop pass.txt private.txt; chmod 600 inbox/private.txt
            mkfifo inbox/fifo; ln -s a.txt inbox/link.txt; ln -s /dev/zero inbox/zero
            as='setpriv --reuid=65534 --regid=65534 --clear-groups --'
            start --inbox inbox --state state
            results 3
            drop fail.txt c.txt
            results 4
            stop
            entries MESSAGE_ID=$audited + NIANBAO_REASON=permission-denied
            find state/results -type f | sort
            """
        )
        let entries = try JournalRecord.all(in: result.output)
        let deferred = entries.filter { $0["MESSAGE_ID"] == JournalEvent.deferred.messageID }
        #expect(deferred.map(\.file) == ["private.txt"], "it is told that it is tried again, once")
        #expect(deferred.first?["MESSAGE"]?.contains("0600") == true, "with its mode: \(result)")
        let verdicts = entries.map { "\($0.file) \($0["NIANBAO_VERDICT"] ?? "?")" }.sorted()
        #expect(verdicts == ["a.txt pass", "b.txt pass", "c.txt fail", "private.txt unreadable"], "\(result)")
        for entry in entries where entry["MESSAGE_ID"] == Self.audited { try checkResult(entry) }
        let denied = try #require(Files.read(folder("state/results/private.txt.audit.json")))
        #expect(try AuditRecord(json: denied).outcome == "permission-denied")
        #expect(entries.allSatisfy { $0["_UID"] == "65534" })
    }

    @Test func aRestartAuditsNothingTwice() throws {
        let result = try beside(
            """
            start --inbox inbox --state state
            for ((i = 0; i < 20; i++)); do drop pass.txt $i.txt; done
            drop unreadable.txt recipe.txt
            results 21
            stop
            drop fail.txt new.txt
            drop fail.txt 7.txt
            touch inbox/8.txt; cp inbox/9.txt x; mv x inbox/9.txt
            start --inbox inbox --state state
            results 22
            changed() { grep -q '"verdict" *: *"fail"' state/results/7.txt.audit.json; }
            wait_for changed
            drop pass.txt last.txt
            results 23
            stop
            start --inbox inbox --state state
            drop pass.txt end.txt
            results 24
            stop
            entries MESSAGE_ID=$audited
            """
        )
        let lines = result.output.split(separator: "\n").filter { !$0.hasPrefix("{") }
        #expect(lines == Array(repeating: "ended with 0 quickly", count: 3), "\(lines)")
        let files = try JournalRecord.all(in: result.output).map(\.file)
        let twice = Set(files.filter { name in files.count { $0 == name } > 1 })
        #expect(twice == ["7.txt"], "audited more than once")
        #expect(files.count == 25, "\(files)")
    }

    @Test func itStopsInTimeWhileFilesWait() throws {
        let result = try beside(
            """
            start --inbox inbox --state state
            for ((i = 0; i < 200; i++)); do ln reports/many.txt inbox/$i.txt; done
            results_began() { [ -n "$(find state/results -name '*.audit.json' | head -1)" ]; }
            touch inbox/0.txt; cp reports/many.txt inbox/first.txt
            wait_for results_began
            stop
            find state/results -type f ! -name '*.audit.json'
            for result in state/results/*.audit.json; do tail -c 3 "$result" | tr -d '\\n'; done | sort -u
            journalctl -q -o cat MESSAGE_ID=$stopping
            """.replacing("$stopping", with: JournalEvent.stopping.messageID)
        )
        let lines = result.output.split(separator: "\n")
        #expect(lines.first == "ended with 0 quickly", "\(result)")
        #expect(lines.last?.contains("SIGTERM") == true, "\(result)")
        #expect(
            lines.count == 3 && lines[1].allSatisfy { $0 == "}" },
            "results are whole, nothing else is left: \(lines)"
        )
    }
}
