// SARIF 2.1.0: logs that the published schema takes, with one result a finding.

import AuditEngine
import AuditOutput
import AuditRules
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("audits as SARIF") struct SARIFTests {
    /// The log of a call that audits `samples`.
    private func log(_ samples: [AuditSample], _ language: Language = .zh) -> String {
        var log = SARIFLog(language: language)
        var bytes = log.opening
        for sample in samples { bytes += log.add(SARIFReporter(language: language).share(sample.audit)) }
        bytes += log.closing(exitCode: samples.contains { $0.audit.verdict == .unreadable } ? 2 : 1)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func findings(_ samples: [AuditSample]) -> Int {
        samples.reduce(0) { sum, sample in
            guard case .success(let audited) = sample.audit.result else { return sum }
            return sum + audited.findings.count
        }
    }

    /// A path of its own for each, as in a call.
    private func named(_ samples: [AuditSample]) -> [AuditSample] {
        samples.enumerated().map { index, sample in
            var audit = sample.audit
            audit.source.path = Array("收件夹/\(index) 100%.txt".utf8)
            return AuditSample(sample.name, audit)
        }
    }

    @Test func everyLogIsValid() throws {
        let all = try AuditSample.generated() + AuditSample.faulty() + AuditSample.peculiar() + AuditSample.encodings()
        let folder = try TemporaryFolder()
        var files: [String] = []
        var results = 0
        for (name, samples, language) in [
            ("all", named(all + AuditSample.unreadable()), Language.zh), ("english", named(all), .en),
            ("none", [], .zh),
            ("unreadable", named(AuditSample.unreadable()), .en),
            ("paths", try AuditSample.peculiar() + AuditSample.peculiar().prefix(1), .zh),
        ] {
            if name == "paths" {
                // Several audits of one path have the same fingerprints: that they are unique is checked above.
                for sample in samples { files.append(try write(log([sample], language), folder, "p\(files.count)")) }
            } else {
                files.append(try write(log(samples, language), folder, name))
            }
            results += findings(samples)
        }
        let script = FilePath(#filePath).removingLastComponent().appending("check_sarif.py").string
        let result = try Command.run(["/usr/bin/python3", script] + files)
        try #require(result.status == 0, "check_sarif.py failed: \(result.errors)")
        var lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.popLast() == "\(files.count) logs, \(results) results")
        for line in lines.prefix(20) { Issue.record("\(line)") }
        #expect(results > 150)
    }

    private func write(_ text: String, _ folder: TemporaryFolder, _ name: String) throws -> String {
        let file = folder(name + ".sarif")
        try Files.write(text, to: file)
        return file.string
    }

    @Test(arguments: [
        ("收件夹/年报 1.txt", "%E6%94%B6%E4%BB%B6%E5%A4%B9/%E5%B9%B4%E6%8A%A5%201.txt"), ("/srv/a.txt", "file:///srv/a.txt"),
        ("a:b/100%#?.txt", "a%3Ab/100%25%23%3F.txt"), ("-", "-"), ("../x~_-.TXT", "../x~_-.TXT"),
    ]) func pathsAreURIs(path: String, uri: String) throws {
        let sample = AuditSample("path", bytes: Array("番茄炒蛋".utf8), path: Array(path.utf8))
        #expect(log([sample]).contains("\"uri\":\"\(uri)\""), "\(log([sample]).suffix(900))")
    }

    @Test func aPathThatIsNoTextKeepsItsBytes() throws {
        let sample = AuditSample("GBK", bytes: [], path: [0xC4, 0xEA, 0x2F, 0xB1, 0xA8])
        #expect(log([sample]).contains(#""uri":"%C4%EA/%B1%A8""#))
    }

    /// The same finding has the same fingerprint, wherever it has moved.
    @Test func fingerprintsOutliveEdits() throws {
        let text = SampleReport.text(year: 2023).replacing("8\t2\t0", with: "8\t2\t若干")
            .replacing("1\t0\t0\t1\t2\t0", with: "1\t0\t0\t1\t3\t0").replacing("做好县政府", with: "做好XX县政府")
        let moved = text.replacing("一、总体情况\n", with: "一、总体情况\n按照上级部署，现将全年工作报告如下。\n")
        let before = fingerprints(text)
        #expect(before.count > 1)
        #expect(before == fingerprints(moved))
        #expect(before != fingerprints(text.replacing("XX县", with: "本县")))
    }

    private func fingerprints(_ text: String) -> [String] {
        log([AuditSample("one", text)]).matches(of: /"nianbao\/v1":"([0-9a-f]{32})"/).map { String($0.output.1) }
    }

    @Test func aFileNamedTwiceIsOneArtifact() throws {
        let sample = AuditSample("one", SampleReport.text(year: 2023))
        #expect(log([sample, sample]).matches(of: /"hashes"/).count == 1)
    }

    /// A log without results must not look like a clean report where something was not checked.
    @Test func whatIsWaivedIsSuppressed() throws {
        let text = log([try AuditSample.waived()]).filter { !" \n".contains($0) }
        #expect(text.split(separator: "\"suppressions\"").count == 3, "two findings are waived: \(text.suffix(3000))")
        for part in [#""kind":"external""#, #""status":"accepted""#, "已核实（王某，至2026-01-20）"] {
            #expect(text.contains(part), "no \(part)")
        }
    }

    @Test func whatWasNotCheckedIsTold() throws {
        let text = SampleReport.text(year: 2023).replacing("（七）总计\t\t7", with: "（七）总计\t\t7 8")
        let log = log([AuditSample("unsure", text)])
        #expect(log.contains("\"notAssessed\":[{\"reason\":") || log.contains("\"ruleId\""), "\(log.suffix(600))")
    }
}
