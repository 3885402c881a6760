import AuditEngine
import AuditRules
import Extraction
import Glibc
import ReportGenerator
import ReportModel
import SystemPackage
import Testing

/// One report in every format that an office may send must be the same report: every cell, every section, title, year,
/// body and fee. LibreOffice makes the other formats of the docx, as an office does that saves it as something else.
///
/// `NIANBAO_SEEDS=200` tries more reports than the default; `NIANBAO_KEEP=/folder` keeps the files that were misread.
@Suite(.serialized) struct ConformanceTests {
    @Test(arguments: FileFormat.allCases)
    func everyFormatSaysTheSame(format: FileFormat) throws {
        let specimens = Specimen.all
        let files = try format.files(of: specimens)
        let auditor = Auditor(tools: PreparedTools(files, format))
        for (specimen, file) in zip(specimens, files) {
            Examination(auditor, file, specimen.report, format: format, name: specimen.name(format)).record()
        }
    }
}

/// One file, read and held against the report that it was written from.
struct Examination {
    let name: String
    let file: [UInt8]
    let format: FileFormat
    private(set) var complaints: [String] = []

    init(_ auditor: Auditor, _ file: [UInt8], _ report: GeneratedReport, format: FileFormat, name: String) {
        self.name = name
        self.file = file
        self.format = format
        var source = AuditSource(path: Array("report.\(format.rawValue)".utf8))
        switch auditor.audit(file, source: &source) {
        case .failure(let unreadable): complaints = ["unreadable: \(unreadable.code) \(unreadable.chinese)"]
        case .success(let audited):
            complaints = Comparison(audited, report, blankMayBeLost: format == .pdf).differences
            for entry in audited.findings where entry.finding.severity != .info {
                guard !report.toleratedRules.contains(entry.rule.id) else { continue }
                let quote = entry.finding.location.quote ?? ""
                complaints.append("\(entry.rule.id) fired: \(entry.finding.message.zh) [\(quote.prefix(80))]")
            }
        }
    }

    /// One issue a file, however much is wrong in it; the first lines tell what.
    func record() {
        guard !complaints.isEmpty else { return }
        let more = complaints.count > 12 ? "\n  … and \(complaints.count - 12) more" : ""
        let text = complaints.prefix(12).joined(separator: "\n  ")
        Issue.record("\(name):\n  \(text)\(more)")
        guard let folder = getenv("NIANBAO_KEEP") else { return }
        let safe = name.replacing("/", with: "_").replacing(" ", with: "-").prefix(60)
        try? LibreOffice.write(file, to: FilePath(String(cString: folder)).appending("\(safe).\(format.rawValue)"))
    }
}
