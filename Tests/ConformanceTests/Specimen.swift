import Glibc
import ReportGenerator
import TestSupport

/// A generated report with the features that its seed gives to its files.
struct Specimen: Sendable {
    let seed: UInt64
    let edition: FormEdition
    let report: GeneratedReport
    let docxFeatures: Set<DocxFeature>
    let htmlFeatures: Set<HTMLFeature>

    /// The features that the seed chooses, unless given.
    init(
        seed: UInt64,
        edition: FormEdition,
        docxFeatures: Set<DocxFeature>? = nil,
        htmlFeatures: Set<HTMLFeature>? = nil
    ) {
        self.seed = seed
        self.edition = edition
        self.docxFeatures = docxFeatures ?? DocxFeature.chosen(by: seed)
        self.htmlFeatures = htmlFeatures ?? HTMLFeature.chosen(by: seed)
        var generator = ReportGenerator(seed: seed)
        let report = generator.report(edition: edition, shape: .cellPerLine)
        self.report = self.docxFeatures.contains(.blankCells) ? report.withBlankCells() : report
    }

    /// Both editions of every seed; `NIANBAO_SEEDS` widens, `NIANBAO_FIRST_SEED` moves.
    static let all: [Specimen] = {
        func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }
        let first = number("NIANBAO_FIRST_SEED") ?? 1
        let seeds = first..<(first + (number("NIANBAO_SEEDS") ?? 20))
        return seeds.flatMap { seed in
            [FormEdition.edition2019, .edition2021].map { Specimen(seed: seed, edition: $0) }
        }
    }()

    func tolerance(_ format: FileFormat) -> Tolerance {
        guard format == .pdf else { return .none }
        return docxFeatures.contains(.narrowColumns) ? .anyCellMayBeUnread : .blankCellMayBeUnread
    }

    /// What a failure names: enough to write the file again with `generate-report`.
    func name(_ format: FileFormat) -> String {
        let features =
            format.isWebPage ? htmlFeatures.map(\.rawValue) : format.kept(of: docxFeatures).map(\.rawValue)
        return "seed \(seed), \(edition.rawValue), \(format), [\(features.sorted().joined(separator: " "))]"
    }
}

/// The files that an office may send.
enum FileFormat: String, CaseIterable, Sendable {
    case docx, doc, rtf, odt, pdf
    /// What LibreOffice saves as a web page.
    case html
    /// A page of a government site, or what Word saves as one.
    case page
    case mht

    var isWebPage: Bool { self == .page || self == .mht }

    /// LibreOffice's name of its export filter; nil where the generator writes the format itself.
    var filter: String? {
        switch self {
        case .docx, .page, .mht: nil
        case .doc: "MS Word 97"
        case .rtf: "Rich Text Format"
        case .odt: "writer8"
        case .pdf: "writer_pdf_Export"
        case .html: "HTML (StarWriter)"
        }
    }

    /// `features` without those that LibreOffice itself turns into other words or numbers, so that its file says something
    /// else than the docx: what it writes is then no test of how we read.
    func kept(of features: Set<DocxFeature>) -> Set<DocxFeature> {
        // It computes formulas anew and stumbles over blanks.
        var lost: Set<DocxFeature> = [.formulas]
        // In the cell of a content control, hidden and deleted characters become plain ones.
        if !features.isDisjoint(with: [.hiddenText, .trackedChanges]) { lost.insert(.contentControls) }
        // A paragraph in a content control is left out when it has a footnote.
        if features.contains(.footnote) { lost.insert(.contentControls) }
        switch self {
        case .docx, .page, .mht: lost = []
        case .doc, .odt: break
        // The dot of a row's automatic number is written as a question mark, and rows with a table in a cell are left out.
        case .rtf:
            lost.formUnion([.numberedRows, .nestedValue])
            // A field ends with the first revision in it.
            if features.contains(.trackedChanges) { lost.insert(.fields) }
        // Deleted words are printed beside the inserted ones …
        case .html: lost.insert(.trackedChanges)
        // … and now and then a hidden one.
        case .pdf: lost.formUnion([.trackedChanges, .hiddenText])
        }
        return features.subtracting(lost)
    }

    /// The files of all `specimens`, in their order.
    func files(of specimens: [Specimen]) throws -> [[UInt8]] {
        switch self {
        case .docx: specimens.map { $0.report.docx($0.docxFeatures) }
        case .page: specimens.map { $0.report.html($0.htmlFeatures) }
        case .mht:
            specimens.map { $0.report.mht($0.htmlFeatures, encoding: $0.seed % 2 == 0 ? .base64 : .quotedPrintable) }
        case .doc, .rtf, .odt, .pdf, .html:
            try LibreOffice.convert(
                specimens.map { $0.report.docx(kept(of: $0.docxFeatures)) },
                to: rawValue,
                filter: filter ?? ""
            )
        }
    }
}
