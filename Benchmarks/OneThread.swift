// One thread, in this process: what an audit costs, beside the floor that reading a file and writing a result set.

import AuditEngine
import AuditOutput
import AuditRules
import DocumentModel
import Extraction
import LinuxIO
import ReportGenerator
import ReportModel
import SystemPackage

struct OneThread {
    private static let reportCount = 240
    private static let rounds = 7
    /// Aim of the project: reading and ruling ~10 KB of text in 1 ms of processor time.
    private static let aimMilliseconds = 1.0

    /// One kind of work, in microseconds a report, by round.
    private struct Series {
        var wall: [Double] = []
        var cpu: [Double] = []

        mutating func add(_ cost: Cost) {
            wall.append(Double(cost.wall) / 1000 / Double(OneThread.reportCount))
            cpu.append(Double(cost.cpu) / 1000 / Double(OneThread.reportCount))
        }
    }

    private let folder: FilePath
    private let auditor = Auditor()
    private let reporter = JSONReporter(language: .zh)
    private let corpus = Corpus(count: reportCount, seed: 20_260_101)
    private let files: [FilePath]
    /// As large as a result is on average.
    private let result: [UInt8]

    init(folder: FilePath) throws {
        self.folder = folder
        files = corpus.reports.indices.map { folder.appending("reports").appending("\($0).txt") }
        for (report, file) in zip(corpus.reports, files) { try AtomicFile.write(report.text, to: file) }
        // Also fills caches and tables that are made at first use, before the clock runs.
        var bytes = 0
        for report in corpus.reports {
            let audit = Self.audit(report.text, auditor)
            guard audit.verdict != .unreadable else { throw BenchmarkError("生成的报告读不懂") }
            bytes += Self.json(audit, reporter).count
        }
        result = [UInt8](repeating: 0x20, count: bytes / Self.reportCount)
    }

    func run() throws {
        var (reading, serializing, whole, floor) = (Series(), Series(), Series(), Series())
        // All kinds of work in each round, so that a busy machine disturbs them alike.
        for round in 1...Self.rounds {
            reading.add(cost { report, _ in _ = audit(report) })
            serializing.add(cost { report, _ in _ = json(audit(report)) })
            whole.add(
                try cost { _, index in
                    let contents = try SafeFile.read(path: files[index])
                    try AtomicFile.write(json(audit(contents.bytes)), to: output("whole", round, index))
                }
            )
            floor.add(
                try cost { _, index in
                    _ = try SafeFile.read(path: files[index])
                    try AtomicFile.write(result, to: output("floor", round, index))
                }
            )
        }

        print("\n一、单线程：\(files.count) 份报告（\(FormEdition.allCases.count) 种格式 × \(TextShape.allCases.count) 种形状）")
        print("    平均 \(corpus.meanBytes) 字节，结果平均 \(result.count) 字节，\(Self.rounds) 轮取中位数")
        var table = Table("每份", "CPU µs", "最少", "实际 µs", "份/秒")
        for (name, series) in [
            ("读懂并审核", reading), ("  + 生成 JSON", serializing), ("  + 读文件、写结果（全程）", whole),
            ("下限：只读文件、写同样大小的结果", floor),
        ] {
            let wall = series.wall.median
            let (cpu, least) = (series.cpu.median, series.cpu.percentile(0))
            table.add(name, cpu.shown(0), least.shown(0), wall.shown(0), (1_000_000 / wall).shown(0))
        }
        table.print()
        let (wallRatio, cpuRatio) = (whole.wall.median / floor.wall.median, whole.cpu.median / floor.cpu.median)
        print("  全程与下限之比：实际时间 \(wallRatio.shown(1))，CPU \(cpuRatio.shown(1))")
        print("  读懂并审核，按形状的 CPU µs：" + shapes())
        print("  读懂并审核，按步骤的 CPU µs：" + (try steps()))
        print(aim("读懂并审核 CPU", reading.cpu.median / 1000, atMost: Self.aimMilliseconds))
    }

    /// What `body` costs for all reports.
    private func cost(_ body: ([UInt8], Int) throws -> Void) rethrows -> Cost {
        var cost = Cost()
        try cost.add { for (index, report) in corpus.reports.enumerated() { try body(report.text, index) } }
        return cost
    }

    /// Which shapes take long.
    private func shapes() -> String {
        TextShape.allCases.map { shape in
            let reports = corpus.reports.filter { $0.shape == shape }
            var cost = Cost()
            cost.add { for report in reports { _ = audit(report.text) } }
            return "\(shape.rawValue) \((Double(cost.cpu) / 1000 / Double(reports.count)).shown(0))"
        }.joined(separator: "，")
    }

    /// Where the time of an audit goes.
    private func steps() throws -> String {
        var (extraction, model, rules, digest) = (Cost(), Cost(), Cost(), Cost())
        for report in corpus.reports {
            var document: Document?
            try extraction.add { document = try TextExtractor().extract(report.text) }
            var read: AnnualReport?
            try model.add { read = try document.map(ReportBuilder.build) }
            rules.add { _ = read.map(auditor.rules.check) }
            digest.add { _ = Auditor.sha256(report.text) }
        }
        let named = [("文字与表格", extraction), ("报告模型", model), ("规则", rules), ("SHA-256", digest)]
        return named.map { name, cost in
            "\(name) \((Double(cost.cpu) / 1000 / Double(Self.reportCount)).shown(0))"
        }.joined(separator: "，")
    }

    private func audit(_ bytes: [UInt8]) -> Audit { Self.audit(bytes, auditor) }

    private func json(_ audit: Audit) -> [UInt8] { Self.json(audit, reporter) }

    private static func audit(_ bytes: [UInt8], _ auditor: Auditor) -> Audit {
        var source = AuditSource(path: Array("report.txt".utf8))
        let result = auditor.audit(bytes, source: &source)
        return Audit(source: source, auditedAt: 0, durationMs: 0, result: result)
    }

    private static func json(_ audit: Audit, _ reporter: JSONReporter) -> [UInt8] {
        reporter.value(audit).serialized(pretty: true) + [0x0A]
    }

    private func output(_ kind: String, _ round: Int, _ index: Int) -> FilePath {
        folder.appending(kind).appending("\(round)-\(index).json")
    }
}
