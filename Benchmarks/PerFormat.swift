// Each format: what a report costs, beside the usual program for it, on the same files in the same run.

import AuditEngine
import Conversion
import Extraction
import LinuxIO
import SystemPackage
import TestSupport

struct PerFormat {
    private static let rounds = 3
    /// How often one `nianbao audit` is given the same files: the start of its workers then weighs as little as it does in
    /// a service.
    private static let repetitions = 10
    /// The same for PDF, which takes ten times as long.
    private static let pdfRepetitions = 3

    /// What some reports cost.
    private struct Sample {
        let cost: Cost
        let reports: Int
        /// In bytes, where it can be told: of another process.
        var peakMemory: Int?
    }

    /// A line of the table.
    private final class Work {
        let name: String
        let once: () throws -> Sample
        private(set) var samples: [Sample] = []
        private(set) var missing: MissingProgram?

        init(_ name: String, _ once: @escaping () throws -> Sample) {
            self.name = name
            self.once = once
        }

        func run() throws {
            guard missing == nil else { return }
            do { samples.append(try once()) } catch let error as MissingProgram { missing = error }
        }

        /// Milliseconds a report, by round.
        var cpu: [Double] { samples.map { Double($0.cost.cpu) / 1e6 / Double($0.reports) } }
        /// See ``cpu``.
        var wall: [Double] { samples.map { Double($0.cost.wall) / 1e6 / Double($0.reports) } }
        var peakMemory: Int? { samples.compactMap(\.peakMemory).max() }
    }

    private let specimens: Specimens
    private let folder: FilePath
    private let auditor: Auditor
    private let nianbao: String

    init(folder: FilePath) throws {
        print("\n五、每种格式：\(Specimens.written) 份 docx 和 html，\(Specimens.converted) 份 pdf 和 doc，\(Self.rounds) 轮取中位数")
        self.folder = folder
        specimens = try Specimens(folder: folder)
        auditor = Auditor(tools: SystemTools(temporaryFolder: folder))
        nianbao = try FilePath("/proc/self/exe").resolved().removingLastComponent().appending("nianbao").string
    }

    func run() throws {
        let docx = [
            Work("docx  读懂并审核，本进程内") { try inProcess(specimens.docx) },
            Work("      nianbao audit") { try audit(specimens.docx, times: Self.repetitions) },
            Work("      python-docx 只取文字") { try python(Self.pythonDocx, "python-docx", specimens.docx) },
        ]
        let html = [
            Work("html  读懂并审核，本进程内") { try inProcess(specimens.html) },
            Work("      nianbao audit") { try audit(specimens.html, times: Self.repetitions) },
            Work("      lxml 只取文字") { try python(Self.pythonHTML, "lxml", specimens.html) },
        ]
        let pdf = [
            Work("pdf   读懂并审核，本进程内") { try inProcess(specimens.pdf.get()) },
            Work("      nianbao audit") { try audit(specimens.pdf.get(), times: Self.pdfRepetitions) },
            Work("      pdftotext，参数相同") { try pdftotext(specimens.pdf.get()) },
        ]
        let doc = [
            Work("doc   nianbao audit，\(Specimens.converted) 份同时") { try audit(specimens.doc.get(), times: 1) },
            Work("      soffice，一次转换 \(Specimens.converted) 份") { try soffice(specimens.doc.get()) },
        ]
        let all = docx + html + pdf + doc
        // All kinds of work in each round, so that a busy machine disturbs them alike.
        for _ in 1...Self.rounds {
            for work in all { try work.run() }
        }
        Self.table(all).print()
        print("  nianbao audit：用全部核心；CPU 含工作进程和它们启动的程序，峰值内存是其中最大的一个进程；其余各行逐份处理")
        for (format, work, limit) in [("docx", docx, 5.0), ("html", html, 2.0)] {
            print(aim("\(format) CPU，本进程内", work[0].cpu.median, atMost: limit))
            print(aim("\(format) CPU，nianbao audit", work[1].cpu.median, atMost: limit))
        }
        print(Self.ratio("pdf CPU，nianbao audit", pdf[1], beside: pdf[2], "pdftotext", atMost: 1.5))
        print(Self.ratio("doc CPU，nianbao audit", doc[0], beside: doc[1], "soffice", atMost: 1.1))
    }

    private static func table(_ all: [Work]) -> Table {
        var table = Table("每份", "CPU ms", "最少", "实际 ms", "份/秒", "峰值内存 MB")
        for work in all {
            if let missing = work.missing {
                table.add("\(work.name)：\(missing.reason)")
                continue
            }
            table.add(
                work.name,
                work.cpu.median.shown(2),
                work.cpu.percentile(0).shown(2),
                work.wall.median.shown(2),
                (1000 / work.wall.median).shown(0),
                work.peakMemory.map { (Double($0) / 1e6).shown(0) } ?? "–"
            )
        }
        return table
    }

    /// A line that sets processor time against that of another program, round by round.
    private static func ratio(
        _ name: String,
        _ ours: Work,
        beside theirs: Work,
        _ program: String,
        atMost limit: Double
    ) -> String {
        let ratio = zip(ours.cpu, theirs.cpu).map { $0 / $1 }.median
        let wall = zip(ours.wall, theirs.wall).map { $0 / $1 }.median
        let aim = "  目标：\(name) ≤ \(limit.shown(1)) × \(program)；"
        guard ratio.isFinite else { return aim + "未测" }
        let verdict = ratio <= limit ? "达到" : "未达到"
        return aim + "测得 \(ratio.shown(2)) ×（实际时间 \(wall.shown(2)) ×），\(verdict)"
    }

    // MARK: - Ours

    /// In this process, one after the other: format, document, report and rules.
    private func inProcess(_ files: [FilePath]) throws -> Sample {
        let documents = try files.map { try SafeFile.read(path: $0).bytes }
        var cost = Cost()
        let children = Cost.ofChildren()
        var unreadable = 0
        cost.add {
            for bytes in documents {
                var source = AuditSource(path: [])
                if case .failure = auditor.audit(bytes, source: &source) { unreadable += 1 }
            }
        }
        cost.cpu += Cost.ofChildren() - children
        guard unreadable == 0 else { throw BenchmarkError("\(unreadable) 份 \(files[0]) 之类的文件读不懂") }
        return Sample(cost: cost, reports: files.count)
    }

    /// As a user does it, with worker processes.
    private func audit(_ files: [FilePath], times: Int) throws -> Sample {
        let names = Array(repeating: files.map(\.string), count: times).flatMap { $0 }
        let run = try ProgramRun.measure([nianbao, "audit", "--format", "ndjson"] + names)
        // 1: findings. 2: something could not be read.
        guard run.status <= 1, run.output.utf8.count(where: { $0 == 0x0A }) == names.count else {
            throw BenchmarkError("nianbao audit 以 \(run.status) 结束：\(files[0]) 之类的文件")
        }
        return Sample(cost: run.cost, reports: names.count, peakMemory: run.peakMemory)
    }

    // MARK: - Others

    private func pdftotext(_ files: [FilePath]) throws -> Sample {
        var sum = Cost()
        var peak = 0
        for file in files {
            let run = try ProgramRun.measure(["pdftotext"] + PDFExtractor.toolArguments + [file.string, "-"])
            guard run.status == 0 else { throw MissingProgram("没有 pdftotext（apt install poppler-utils）") }
            sum.cpu += run.cost.cpu
            sum.wall += run.cost.wall
            peak = max(peak, run.peakMemory)
        }
        return Sample(cost: sum, reports: files.count, peakMemory: peak)
    }

    /// With a user profile that it makes first, as each of our processes has one of its own.
    private func soffice(_ files: [FilePath]) throws -> Sample {
        let output = folder.appending("converted")
        defer { _ = try? Files.remove(output) }
        let profile = output.appending("profile")
        let call = LibreOfficeCall(filter: "docx:MS Word 2007 XML", output: output, profile: profile)
        let run = try ProgramRun.measure(call.arguments + files.map(\.string))
        guard run.status == 0 else { throw BenchmarkError("soffice 以 \(run.status) 结束") }
        return Sample(cost: run.cost, reports: files.count, peakMemory: run.peakMemory)
    }

    /// A script says itself what it took, without the start of Python and the loading of its modules.
    private func python(_ script: String, _ module: String, _ files: [FilePath]) throws -> Sample {
        let run = try ProgramRun.measure(["python3", "-c", script + Self.timing] + files.map(\.string))
        let nanoseconds = run.output.split(separator: " ").compactMap { Int64($0.prefix { $0 != "\n" }) }
        guard run.status == 0, nanoseconds.count == 2 else {
            throw MissingProgram("没有 \(module)（apt install \(module == "lxml" ? "python3-lxml" : "python3-docx")）")
        }
        let cost = Cost(wall: nanoseconds[0], cpu: nanoseconds[1])
        return Sample(cost: cost, reports: files.count, peakMemory: run.peakMemory)
    }

    private static let pythonDocx = """
        import docx
        def read(path):
            document = docx.Document(path)
            return ([paragraph.text for paragraph in document.paragraphs],
                    [[cell.text for cell in row.cells] for table in document.tables for row in table.rows])

        """

    private static let pythonHTML = """
        import lxml.html
        def read(path):
            page = lxml.html.parse(path).getroot()
            return (page.text_content(), [[cell.text_content() for cell in row] for row in page.iter("tr")])

        """

    private static let timing = """
        import sys, time
        read(sys.argv[1])
        wall, cpu = time.monotonic_ns(), time.process_time_ns()
        for path in sys.argv[1:]: read(path)
        print(time.monotonic_ns() - wall, time.process_time_ns() - cpu)
        """
}
