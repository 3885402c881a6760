import AuditEngine
import Conversion
import Extraction
import ReportGenerator
import Testing

/// Each peculiarity of an office's file by itself, so that a failure names what is not read.
@Suite struct FeatureTests {
    static let seeds: ClosedRange<UInt64> = 1...6

    private func reports(_ check: (GeneratedReport, String) -> Void) {
        for seed in Self.seeds {
            for edition in [FormEdition.edition2019, .edition2021] {
                var generator = ReportGenerator(seed: seed)
                let report = generator.report(edition: edition, shape: .cellPerLine, options: .init(busy: seed % 2 == 0))
                check(report, "seed \(seed), \(edition.rawValue)")
            }
        }
    }

    @Test func plainDocx() {
        let auditor = Auditor(tools: SystemTools())
        reports { Examination(auditor, $0.docx(), $0, format: .docx, name: "\($1), plain").record() }
    }

    @Test(arguments: DocxFeature.allCases)
    func docx(feature: DocxFeature) {
        let auditor = Auditor(tools: SystemTools())
        reports { report, name in
            let report = feature == .blankCells ? report.withBlankCells() : report
            Examination(auditor, report.docx([feature]), report, format: .docx, name: "\(name), \(feature)").record()
        }
    }

    @Test func plainPage() {
        let auditor = Auditor(tools: SystemTools())
        reports { Examination(auditor, $0.html(), $0, format: .page, name: "\($1), plain").record() }
    }

    @Test(arguments: HTMLFeature.allCases)
    func page(feature: HTMLFeature) {
        let auditor = Auditor(tools: SystemTools())
        reports { report, name in
            Examination(auditor, report.html([feature]), report, format: .page, name: "\(name), \(feature)").record()
        }
    }

    @Test(arguments: TransferEncoding.allCases, [Set<HTMLFeature>(), [.gbk], [.word], [.boilerplate]])
    func savedPage(encoding: TransferEncoding, features: Set<HTMLFeature>) {
        let auditor = Auditor(tools: SystemTools())
        reports { report, name in
            let file = report.mht(features, encoding: encoding)
            Examination(auditor, file, report, format: .mht, name: "\(name), \(encoding), \(features)").record()
        }
    }

    /// What a file is called is its sender's business.
    @Test(arguments: ["report.doc", "report.txt", "report.pdf", "report", "report.HTML"])
    func contentDecidesNotTheExtension(path: String) throws {
        let auditor = Auditor(tools: SystemTools())
        reports { report, name in
            for (file, format) in [(report.docx(), "docx"), (report.html(), "html"), (Array(report.text.utf8), "text")] {
                var source = AuditSource(path: Array(path.utf8))
                switch auditor.audit(file, source: &source) {
                case .failure(let unreadable): Issue.record("\(name), \(format) as \(path): \(unreadable.chinese)")
                case .success(let audited):
                    #expect(source.format == format, "\(name), \(format) as \(path)")
                    let differences = Comparison(audited, report).differences
                    #expect(differences == [], "\(name), \(format) as \(path)")
                }
            }
        }
    }
}
