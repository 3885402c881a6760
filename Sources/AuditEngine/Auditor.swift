import AuditRules
import Crypto
import DocumentModel
import Extraction
import ReportModel

/// Audits documents: a pure function of the bytes, the settings, the date and the path. No file, clock or log is touched here,
/// so that the service, the command line and the tests run the same path.
public struct Auditor: Sendable {
    /// The rules in force.
    public var rules: RuleSet
    /// Reads the documents.
    private let reader: DocumentReader

    /// An auditor with `rules`, whose documents are read with `tools`.
    public init(rules: RuleSet = RuleSet(), tools: any DocumentTools = NoTools()) {
        self.rules = rules
        reader = DocumentReader(tools: tools)
    }

    /// Reads and checks one document. A digest that `source` has already is taken for that of `bytes`.
    public func audit(
        _ bytes: [UInt8],
        source: inout AuditSource,
        under circumstances: Circumstances = Circumstances()
    ) -> Result<Audited, Unreadable> {
        Result { () throws(Unreadable) in
            let format = try detect(bytes, source: &source)
            return try check(reader.read(bytes, as: format), source: &source, circumstances)
        }
    }

    /// Reads and checks several documents, as one is; those that an office program must convert are converted in one call. `report` is
    /// called once for each, with its index, as soon as it is done.
    public func audit(
        _ documents: [(bytes: [UInt8], source: AuditSource, circumstances: Circumstances)],
        report: (Int, AuditSource, Result<Audited, Unreadable>) -> Void
    ) {
        var waiting: [(index: Int, source: AuditSource, format: DocumentFormat)] = []
        for (index, document) in documents.enumerated() {
            var source = document.source
            do throws(Unreadable) {
                let format = try detect(document.bytes, source: &source)
                if format.needsConversion {
                    waiting.append((index, source, format))
                    continue
                }
                let read = try reader.read(document.bytes, as: format)
                report(index, source, .success(try check(read, source: &source, document.circumstances)))
            } catch {
                report(index, source, .failure(error))
            }
        }
        guard !waiting.isEmpty else { return }
        let converted = reader.readConverted(waiting.map { (documents[$0.index].bytes, $0.format) })
        for (entry, document) in zip(waiting, converted) {
            var source = entry.source
            let result = Result { () throws(Unreadable) in
                try check(document.get(), source: &source, documents[entry.index].circumstances)
            }
            report(entry.index, source, result)
        }
    }

    private func detect(_ bytes: [UInt8], source: inout AuditSource) throws(Unreadable) -> DocumentFormat {
        if source.sha256 == nil { source.sha256 = Self.sha256(bytes) }
        source.bytes = bytes.count
        let format = try FormatDetection.detect(bytes)
        // Of text, nothing is known before it was decoded: a file of noise is no text.
        if ![.text, .html, .mht].contains(format) { source.format = format.rawValue }
        return format
    }

    private func check(
        _ document: Document,
        source: inout AuditSource,
        _ circumstances: Circumstances
    ) throws(Unreadable) -> Audited {
        source.format = document.format.rawValue
        source.encoding = document.encoding
        let report = try Self.build(document)
        let assessment = rules.check(report, under: circumstances)
        return Audited(report: report, checks: assessment.checks, waivers: assessment.waivers)
    }

    /// SHA-256 in lower-case hex.
    public static func sha256(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var hex: [UInt8] = []
        hex.reserveCapacity(64)
        for byte in SHA256.hash(data: bytes) {
            hex.append(digits[Int(byte >> 4)])
            hex.append(digits[Int(byte & 15)])
        }
        return String(decoding: hex, as: UTF8.self)
    }

    private static func build(_ document: Document) throws(Unreadable) -> AnnualReport {
        do throws(ReportBuilder.NotAReport) {
            return try ReportBuilder.build(document)
        } catch {
            switch error {
            case .empty:
                throw Unreadable(.notAReport, "文件没有文字。请重新上传完整的报告。", "The file holds no text. Upload the whole report.")
            case .unlike:
                throw Unreadable(
                    .notAReport,
                    "不是政府信息公开工作年度报告：没有找到标题、法定部分和统一格式的表格。",
                    "Not an annual report on government information disclosure: neither title nor sections nor tables were found."
                )
            case .titleOnly:
                throw Unreadable(
                    .notAReport,
                    "只有年度报告的标题，没有正文。请上传报告全文，而不是链接页或封面。",
                    "Only the title of an annual report, without its text. Upload the report, not a link or a cover."
                )
            case .listOfReports:
                throw Unreadable(
                    .notAReport,
                    "这是多份年度报告的目录，不是报告本身。请逐份上传报告全文。",
                    "A list of annual reports, not a report. Upload each report itself."
                )
            case .blankForm:
                throw Unreadable(
                    .notAReport,
                    "这是空白格式：没有机关名称和年度，表格全部未填。请上传填写完整的报告。",
                    "The blank official form: no body, no year, no cell filled in. Upload the completed report."
                )
            case .severalReports:
                throw Unreadable(
                    .notAReport,
                    "文件中有多份年度报告。请拆分为每份报告一个文件后分别上传。",
                    "The file holds several annual reports. Split it into one file a report and upload each."
                )
            }
        }
    }
}
