// Files that harm a careless reader (hostile_files.py), each through the built program and through the service.

import FoundationEssentials
import LinuxIO
import ReportGenerator
import SystemPackage
import TestSupport
import Testing

@Suite("hostile files") struct HostileFileTests {
    /// What is right to say of a file.
    private struct Expectation: Decodable {
        let name: String
        let codes: [String]
        let seconds: Double
        /// Through one program only, as it takes long in a debug build.
        let heavy: Bool
    }

    private struct Audited {
        let record: AuditRecord
        let json: Substring

        /// What was read and found, without the name of the file and the time.
        var content: Substring? {
            guard let start = json.firstRange(of: "\"findings\":["),
                let end = json.firstRange(of: ",\"schemaVersion\":")
            else { return nil }
            return json[start.lowerBound..<end.lowerBound]
        }
    }

    private let cell: Cell
    private let listener: Listener

    init() throws {
        cell = try Cell()
        listener = try Listener()
    }

    @Test func eachGetsItsCodeWithinItsLimit() throws {
        let expectations = try makeFiles()
        try cell.configure("limits: {conversion_time: 30s}")
        let audits = try auditAll()
        try check(audits, expectations)
        try serviceSaysTheSame(audits, expectations)
        #expect(!listener.hasVisitor, "somebody came to 127.0.0.1:\(listener.port)")
    }

    private func makeFiles() throws -> [Expectation] {
        let folder = cell.folder
        try cell.writeGoodReports()
        let result = try Command.run([
            "python3", FilePath(#filePath).removingLastComponent().appending("hostile_files.py").string,
            folder.path.string, folder("good/good.docx").string, folder("good/good.txt").string, "\(listener.port)",
        ])
        try #require(result.status == 0, "\(result.errors)")
        try Files.rename(folder("good.pdf"), folder("good/good.pdf"))
        let json = try #require(Files.read(folder("expected.json")))
        return try JSONDecoder().decode([Expectation].self, from: Data(json.utf8))
    }

    // MARK: - nianbao audit

    /// The audits by path.
    private func auditAll() throws -> [String: Audited] {
        let run = try cell.run(
            """
            memory
            status=0
            "$program" audit --format ndjson --config config.yaml good in > audits 2> errors || status=$?
            cat errors
            echo "status: $status"
            leave
            """
        )
        #expect(run.output == "status: 2\n" + Cell.nothingLeft, "status \(run.status): \(run.errors)")
        print("nianbao audit: \(cell.peaks)")
        let output = try #require(Files.read(cell.folder("audits")))
        let audits = try output.split(separator: "\n").map { Audited(record: try AuditRecord(json: $0), json: $0) }
        return Dictionary(audits.map { ($0.record.source.path, $0) }) { first, _ in first }
    }

    private func check(_ audits: [String: Audited], _ expectations: [Expectation]) throws {
        let good = try #require(audits["good/good.docx"])
        let goodPDF = try #require(audits["good/good.pdf"])
        for audit in [good, goodPDF] { #expect(audit.record.verdict == "pass", "\(audit.json.prefix(3000))") }
        #expect(audits.count == expectations.count + 3, "links are passed over, everything else is audited")
        for expectation in expectations {
            guard let audit = audits["in/" + expectation.name] else {
                Issue.record("\(expectation.name): no audit")
                continue
            }
            let isRight = expectation.codes.contains { code in
                switch code {
                case "audited": audit.content == good.content
                case "audited-pdf": audit.content == goodPDF.content
                case "any-audit": audit.record.unreadable == nil
                default: audit.record.unreadable?.code == code
                }
            }
            let (outcome, message) = (audit.record.outcome, audit.record.unreadable?.message ?? "")
            #expect(isRight, "\(expectation.name): \(outcome) \(message), not \(expectation.codes)")
            #expect(audit.record.durationMs < expectation.seconds * 1000, "\(expectation.name)")
            #expect(!audit.json.contains("root:"), "\(expectation.name): /etc/passwd was read")
            if outcome == "unsupported" { #expect(message.contains("请"), "\(expectation.name): \(message)") }
        }
    }

    // MARK: - nianbao watch

    private func serviceSaysTheSame(_ audits: [String: Audited], _ expectations: [Expectation]) throws {
        for expectation in expectations where expectation.heavy {
            try Files.remove(cell.folder("in").appending(expectation.name))
        }
        let names = expectations.filter { !$0.heavy }.map(\.name)
        let run = try cell.run(
            """
            rm memory
            memory
            watch
            results \(names.count)
            stop
            leave
            """
        )
        #expect(run.output == "ended with 0\n" + Cell.nothingLeft, "status \(run.status): \(run.errors)")
        print("nianbao watch: \(cell.peaks)")
        // It holds the files that it audits, of at most 50 MB here, and no document that was made of them.
        #expect(cell.peaks["nianbao", default: 0] < 512, "MiB of the service itself")
        for name in names {
            let result = try cell.result(name)
            let audit = audits["in/" + name]?.record
            #expect(result?.outcome == audit?.outcome, "\(name): \(result?.unreadable?.message ?? "")")
        }
    }
}
