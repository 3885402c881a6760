import AuditEngine
import AuditRules
import ChineseText
import Extraction
import FoundationEssentials
import ReportModel
import Testing

/// Reports of our own writing in the text that real converters made of them (`converter-…`), and in the shapes that the
/// reader once got wrong (`lesson-…`, named for what they taught). Every cell must be right or be said not to be read.
///
/// `NIANBAO_RECORD_GOLDEN=1` writes down what the reader says now — and fails, so that nobody records by accident.
@Suite struct GoldenTests {
    struct Golden: Codable, Equatable {
        var errors: [String]
        var truth: String?
        var unread: Int
        var unreadable: String?
        var verdict: String
    }

    static let folder: URL = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden")

    static let names: [String] = {
        let found = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "reports").path)
        return (found ?? []).filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }()

    @Test func thereAreSome() {
        #expect(Self.names.count > 50)
    }

    @Test(arguments: names)
    func isReadAsRecorded(name: String) throws {
        let report = Self.folder.appending(path: "reports/\(name)")
        let file = URL(filePath: report.path + ".json")
        let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
        let bytes = try Array(Data(contentsOf: URL(filePath: report.path + ".txt")))
        var source = AuditSource(path: Array(name.utf8))
        var found = Golden(errors: [], truth: golden.truth, unread: 0, unreadable: nil, verdict: "")
        switch Auditor().audit(bytes, source: &source) {
        case .failure(let unreadable):
            found.unreadable = unreadable.code.rawValue
            found.verdict = Verdict.unreadable.rawValue
        case .success(let audited):
            found.verdict = audited.verdict.rawValue
            let errors = audited.findings.filter { $0.finding.severity == .error }
            found.errors = Set(errors.map(\.rule.id)).sorted()
            if let truth = golden.truth { found.unread = try unread(audited.report, truth, name) }
        }
        if ProcessInfo.processInfo.environment["NIANBAO_RECORD_GOLDEN"] == "1" {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(found).write(to: file)
            Issue.record("\(name): recorded")
            return
        }
        #expect(found.verdict == golden.verdict, "\(name)")
        #expect(found.unreadable == golden.unreadable, "\(name)")
        #expect(found.errors == golden.errors, "\(name)")
        // Reading more than was recorded is progress; reading less is not.
        #expect(found.unread <= golden.unread, "\(name): cells not read")
    }

    /// Compares all cells with the truth and counts those that were not read; a wrong one is recorded.
    private func unread(_ report: AnnualReport, _ truth: String, _ name: String) throws -> Int {
        let file = Self.folder.appending(path: "truths/\(truth).json")
        let cells = try JSONDecoder().decode([String: Double?].self, from: Data(contentsOf: file))
        var unread = 0
        for (path, value) in cells {
            let parts = path.split(separator: ".").map(String.init)
            let table = try #require(TableID(rawValue: parts[0]))
            let row = RowID(parts[1..<(parts.count - 1)].joined(separator: "."))
            let cell = report.cell(CellAddress(table, row, ColumnID(parts[parts.count - 1])))
            switch (cell?.state, value) {
            case (nil, _), (.notRead, _): unread += 1
            case (.number(let number), let value?) where number.double == value: continue
            case (.blank, nil): continue
            default:
                let read = cell.map { "\($0.state) “\($0.text)”" } ?? "nothing"
                Issue.record("\(name): \(path) is \(value.map { "\($0)" } ?? "blank"), read \(read)")
            }
        }
        return unread
    }
}
