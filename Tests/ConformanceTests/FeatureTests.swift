import AuditEngine
import Conversion
import Extraction
import ReportGenerator
import Testing

/// Each peculiarity of an office's file by itself, so that a failure names what is not read.
@Suite struct FeatureTests {
    static let seeds: ClosedRange<UInt64> = 1...3

    private func reports(_ check: (GeneratedReport, String) -> Void) {
        for seed in Self.seeds {
            for edition in [FormEdition.edition2019, .edition2021] {
                var generator = ReportGenerator(seed: seed)
                let report = generator.report(
                    edition: edition,
                    shape: .cellPerLine,
                    options: .init(busy: seed % 2 == 0)
                )
                check(report, "seed \(seed), \(edition.rawValue)")
            }
        }
    }

    @Test func plainDocx() {
        reports { Examination($0.docx(), $0, name: "\($1), plain").record() }
    }

    @Test(arguments: DocxFeature.allCases)
    func docx(feature: DocxFeature) {
        reports { report, name in
            let report = feature == .blankCells ? report.withBlankCells() : report
            Examination(report.docx([feature]), report, name: "\(name), \(feature)").record()
        }
    }

    @Test func plainPage() {
        reports { Examination($0.html(), $0, name: "\($1), plain").record() }
    }

    @Test(arguments: HTMLFeature.allCases)
    func page(feature: HTMLFeature) {
        reports { report, name in
            Examination(report.html([feature]), report, name: "\(name), \(feature)").record()
        }
    }

    @Test(arguments: TransferEncoding.allCases, [Set<HTMLFeature>(), [.gbk], [.word], [.boilerplate]])
    func savedPage(encoding: TransferEncoding, features: Set<HTMLFeature>) {
        reports { report, name in
            let file = report.mht(features, encoding: encoding)
            Examination(file, report, name: "\(name), \(encoding), \(features)").record()
        }
    }

    /// What a file is called is its sender's business.
    @Test(arguments: FileFormat.allCases)
    func contentDecidesNotTheExtension(format: FileFormat) throws {
        let specimens = Self.seeds.map { Specimen(seed: $0, edition: .edition2021, docxFeatures: [], htmlFeatures: []) }
        let names = ["report.txt", "年报.doc", "a.PDF", "b.docx", "report", "c.html", "d.wps"]
        for (specimen, file) in zip(specimens, try format.files(of: specimens)) {
            for path in names {
                var source = AuditSource(path: Array(path.utf8))
                let result = Auditor(tools: Examination.tools).audit(file, source: &source)
                let name = "\(specimen.name(format)) called \(path)"
                Examination(result, file, specimen.report, name: name).record()
                #expect(source.format == (format == .page ? "html" : format.rawValue), "\(name)")
                // A conversion takes seconds, and one name is enough to lie.
                if format.filter != nil { break }
            }
        }
    }
}
