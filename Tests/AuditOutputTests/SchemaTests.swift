// The schema says exactly what the program writes: it takes every real audit, and no audit with a key more, less or of
// another type. Python's validator is the judge, because it shares no code with the writer.

import AuditEngine
import AuditOutput
import AuditRules
import Extraction
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("audits as JSON") struct SchemaTests {
    private static let package = FilePath(#filePath)
        .removingLastComponent().removingLastComponent().removingLastComponent()

    /// Runs check_audits.py over audits; every fault is an issue.
    ///
    /// - Returns: its last line.
    private func check(_ mode: String, _ samples: [AuditSample], _ language: Language = .zh) throws -> String {
        // The system's own Python: Debian's packages are not seen by another that may stand before it in PATH.
        let python = "/usr/bin/python3"
        let probe = try Command.run([python, "-c", "import jsonschema; jsonschema.Draft202012Validator"])
        try #require(
            probe.status == 0,
            "the Debian package python3-jsonschema is missing; apt-get install python3-jsonschema\n\(probe.errors)"
        )
        let folder = try TemporaryFolder()
        var files: [String] = []
        for (index, sample) in samples.enumerated() {
            let file = folder("\(index)-\(sample.name.replacing("/", with: "-").replacing(" ", with: "-")).json")
            try Files.write(String(decoding: sample.json(language), as: UTF8.self), to: file)
            files.append(file.string)
        }
        let script = FilePath(#filePath).removingLastComponent().appending("check_audits.py").string
        let schema = Self.package.appending("etc/nianbao").appending("audit.schema.json").string
        let result = try Command.run([python, script, mode, schema] + files)
        try #require(result.status == 0, "check_audits.py failed: \(result.errors)")
        var lines = result.output.split(separator: "\n").map(String.init)
        let last = lines.popLast() ?? ""
        for line in lines.prefix(20) { Issue.record("\(line)") }
        #expect(lines.count <= 20, "and \(lines.count - 20) more")
        return last
    }

    @Test func everyRealAuditIsValid() throws {
        let samples =
            try AuditSample.generated() + AuditSample.faulty() + AuditSample.peculiar() + AuditSample.encodings()
            + AuditSample.unreadable()
        #expect(samples.count > 80)
        #expect(try check("valid", samples) == "\(samples.count) audits, 0 changes")
        let english = try AuditSample.peculiar() + AuditSample.unreadable()
        #expect(try check("valid", english, .en) == "\(english.count) audits, 0 changes")
    }

    /// What the schema is tried on must hold what the contract speaks of.
    @Test func theSamplesCoverTheContract() throws {
        let all =
            try AuditSample.generated() + AuditSample.faulty() + AuditSample.peculiar() + AuditSample.encodings()
            + AuditSample.unreadable()
        let text = all.map { String(decoding: $0.json(pretty: false), as: UTF8.self) }.joined(separator: "\n")
        let wanted =
            ["blank", "notANumber", "notRead"].map { #""state":"\#($0)""# }
            + Unreadable.Code.allCases.map { #""code":"\#($0.rawValue)""# }
            + Verdict.allCases.map { #""verdict":"\#($0.rawValue)""# }
            + Severity.allCases.map { #""severity":"\#($0.rawValue)""# }
            + Outcome.allCases.map { #""outcome":"\#($0.rawValue)""# }
            + WaiverUse.State.allCases.map { #""state":"\#($0.rawValue)""# }
            + ["utf-8", "gb18030", "utf-16le", "utf-16be"].map { #""encoding":"\#($0)""# }
            + ["disclosure", "applications", "disputes"].map { #""\#($0)":null"# }
            + ["title", "agency", "period", "signedOn", "encoding", "format", "sha256", "unreadable", "report"]
            .map { #""\#($0)":null"# }
            + [
                #""3.6":{"#, #""3.6.3":{"#, #""3.3.2":null"#, #""pathBytes":"xOovsag=""#, #""edition":"2019""#,
                #""edition":"2021""#,
            ]
        for piece in wanted where !text.contains(piece) {
            Issue.record("no sample has \(piece)")
        }
    }

    /// Two whole audits with findings, one in each edition, and two files that could not be audited; every key of them.
    @Test(arguments: [2019, 2023]) func noOtherKeyOrTypeIsValid(year: Int) throws {
        let faulty = AuditSample.edited(
            "\(year)",
            year: year,
            [
                ("8\t2\t0", "8\t2\t若干"), ("行政处罚\t4", "行政处罚\t"), ("1\t0\t0\t1\t2\t0", "1\t0\t0\t1\t3\t0"),
                ("本年度未收取信息处理费。", "无。"), ("做好县政府", "做好XX县政府"),
            ]
        )
        let changes = try check("mutate", [faulty, AuditSample.waived()])
        let count = changes.split(separator: " ").compactMap { Int($0) }.last ?? 0
        #expect(count > 1500, "\(changes)")
    }

    @Test func noOtherKeyOrTypeIsValidWithoutAReport() throws {
        let path: [UInt8] = [0x2F, 0xC4, 0xEA]
        let samples = [
            AuditSample("not UTF-8", bytes: Array("番茄炒蛋".utf8), path: path), AuditSample.unreadable().last,
        ].compactMap(\.self)
        #expect(try check("mutate", samples).hasPrefix("2 audits, 3"))
    }

    @Test func whatIsLetPassIsTold() throws {
        let sample = try AuditSample.waived()
        #expect(sample.audit.verdict == .pass)
        let json = String(decoding: sample.json(pretty: false), as: UTF8.self)
        #expect(json.contains(#""waived":{"by":"王某","reason":"已核实","until":"2026-01-20"}"#), "\(json)")
        #expect(json.contains(#""counts":{"error":0,"info":0,"warning":0}"#))
        let text = TextReporter(language: .zh, colour: false).text(sample.audit)
        for part in ["合格", "已豁免  fee.missing", "豁免理由：已核实（王某，至 2026-01-20）", "0 个错误，0 个警告，0 个提示，另有 2 个已豁免"] {
            #expect(text.contains(part), "\(text)")
        }
        let faint = TextReporter(language: .en, colour: true).text(sample.audit)
        #expect(faint.contains("\u{1B}[2mwaived  fee.missing"), "\(faint)")
        let summary = AuditSummary(sample.audit, language: .zh)
        #expect(summary.errors == 0 && summary.warnings == 0 && summary.failedRules.isEmpty)
        #expect(summary.waived == 2 && summary.staleWaivers == 2)
        #expect(summary.message.hasSuffix("合格，2 个已豁免"), "\(summary.message)")
        let parts = ["已豁免：", "理由：已核实（王某，至 2026-01-20）", "cell.unit", "没有用到", "title.missing", "已于 2026-01-19 到期"]
        for part in parts where !summary.explanation.contains(part) {
            Issue.record("no “\(part)” in \(summary.explanation)")
        }
    }

    @Test func theSameInputGivesTheSameBytes() throws {
        for sample in try AuditSample.generated() + AuditSample.peculiar() {
            var again = sample.audit
            again.auditedAt += 1000
            again.durationMs += 1
            let other = AuditSample(sample.name, again)
            for pretty in [true, false] {
                #expect(sample.json(pretty: pretty) == sample.json(pretty: pretty), "\(sample.name)")
                let differing = zip(lines(sample), lines(other)).filter { $0 != $1 }.map { $0.0 }
                #expect(
                    differing.allSatisfy { $0.contains("\"auditedAt\"") || $0.contains("\"durationMs\"") },
                    "\(sample.name): \(differing)"
                )
                #expect(differing.count == 2)
            }
        }
    }

    private func lines(_ sample: AuditSample) -> [Substring] {
        String(decoding: sample.json(), as: UTF8.self).split(separator: "\n")
    }
}
