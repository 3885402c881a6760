import AuditEngine
import AuditRules
import Conversion
import Extraction
import Glibc
import ReportGenerator
import ReportModel
import SystemPackage
import TestSupport
import Testing

/// One report in every format that an office may send must be the same report: every cell, every section, title, year,
/// body and fee. LibreOffice makes the other formats of the docx, as an office does that saves it as something else.
///
/// `NIANBAO_SEEDS=200` tries more reports than the default; `NIANBAO_KEEP=/folder` keeps the files that were misread.
@Suite(.serialized) struct ConformanceTests {
    @Test(arguments: FileFormat.allCases)
    func everyFormatSaysTheSame(format: FileFormat) throws {
        let specimens = Specimen.all
        let source = AuditSource(path: Array("a".utf8))
        let documents = try format.files(of: specimens).map {
            (bytes: $0, source: source, circumstances: Circumstances())
        }
        // In one call, so that LibreOffice starts once for all that it must convert back.
        Auditor(tools: Examination.tools).audit(documents) { index, _, result in
            let specimen = specimens[index]
            let name = specimen.name(format)
            let tolerance = specimen.tolerance(format)
            Examination(result, documents[index].bytes, specimen.report, tolerance, name: name).record()
        }
    }
}

/// One file, read and held against the report that it was written from.
struct Examination {
    /// The programs of this machine, as the product calls them.
    static let tools = SystemTools(pdfArguments: PDFExtractor.toolArguments)

    let name: String
    let file: [UInt8]
    private(set) var complaints: [String] = []

    init(
        _ result: Result<Audited, Unreadable>,
        _ file: [UInt8],
        _ report: GeneratedReport,
        _ tolerance: Tolerance = .none,
        name: String
    ) {
        self.name = name
        self.file = file
        switch result {
        case .failure(let unreadable): complaints = ["unreadable: \(unreadable.code) \(unreadable.chinese)"]
        case .success(let audited):
            complaints = Comparison(audited, report, tolerance: tolerance).differences
            for entry in audited.findings where entry.finding.severity != .info {
                guard !report.toleratedRules.contains(entry.rule.id) else { continue }
                let quote = entry.finding.location.quote ?? ""
                complaints.append("\(entry.rule.id) fired: \(entry.finding.message.zh) [\(quote.prefix(80))]")
            }
        }
    }

    /// One file by itself.
    init(_ file: [UInt8], _ report: GeneratedReport, path: String = "report", name: String) {
        var source = AuditSource(path: Array(path.utf8))
        self.init(Auditor(tools: Self.tools).audit(file, source: &source), file, report, name: name)
    }

    /// One issue a file, however much is wrong in it; the first lines tell what.
    func record() {
        guard !complaints.isEmpty else { return }
        let more = complaints.count > 12 ? "\n  … and \(complaints.count - 12) more" : ""
        let text = complaints.prefix(12).joined(separator: "\n  ")
        Issue.record("\(name):\n  \(text)\(more)")
        guard let folder = getenv("NIANBAO_KEEP") else { return }
        let safe = String(name.prefix(40).map { $0.isLetter || $0.isNumber ? $0 : "-" })
        try? LibreOffice.write(file, to: FilePath(String(cString: folder)).appending(safe))
    }
}
