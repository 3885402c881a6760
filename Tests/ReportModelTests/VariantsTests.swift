import ChineseText
import DocumentModel
import Extraction
import Foundation
import Testing

@testable import ReportModel

/// Headings and titles that offices really wrote, read by path; skipped where the folder of shared reports is absent.
@Suite struct VariantsTests {
    struct Variant: Decodable {
        struct Expectation: Decodable {
            var section: Int?
            var sub: Bool?
            var agency: String?
            var year: Int?
        }
        var category: String
        var text: String
        var expect: Expectation?

        private enum Key: String, CodingKey { case category, text, expect }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            category = try container.decode(String.self, forKey: .category)
            text = try container.decode(String.self, forKey: .text)
            // Other categories expect other things.
            expect =
                ["heading", "title"].contains(category)
                ? try container.decodeIfPresent(Expectation.self, forKey: .expect) : nil
        }
    }

    static let file: URL? = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<6 {
            folder.deleteLastPathComponent()
            let candidate = folder.appendingPathComponent("shared/reports/variants.jsonl")
            if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
        }
        return nil
    }()

    static func variants(_ category: String) throws -> [Variant] {
        guard let file else { return [] }
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Variant.self, from: Data($0.utf8))
        }.filter { $0.category == category && $0.expect != nil }
    }

    @Test(.enabled(if: file != nil, "shared reports are not here"))
    func headingsAreToldFromSubheadings() throws {
        let variants = try Self.variants("heading")
        #expect(variants.count > 30)
        for variant in variants {
            // An extra line of the variant stands between heading and table.
            let line = String(variant.text.split(separator: "\n")[0])
            let found = SectionFinder.match(FoldedText(line)).filter { match in
                if case .bracketed = match.number { return false }
                return true
            }
            let best = found.max { $0.score < $1.score }
            if variant.expect?.sub == true {
                // 1.主动公开… may be a heading by itself; what it is not is a sure one.
                #expect(
                    best == nil || (best?.score ?? 0) < 8,
                    "“\(line)” is a sub-heading, taken for \(best?.section ?? 0)"
                )
            } else if let section = variant.expect?.section {
                #expect(best?.section == section, "“\(line)” heads section \(section), taken for \(best?.section ?? 0)")
            }
        }
    }

    @Test(.enabled(if: file != nil, "shared reports are not here"))
    func titlesTellBodyAndYear() throws {
        let variants = try Self.variants("title").filter { !$0.text.isEmpty }
        #expect(variants.count > 20)
        for variant in variants {
            let document = try TextExtractor().extract(Array((variant.text + "\n\n一、总体情况\n").utf8))
            let title = TitleReader(stream: PieceStream(document), end: .max).find()
            #expect(title?.agency == variant.expect?.agency, "“\(variant.text)”: body")
            #expect(title?.year == variant.expect?.year, "“\(variant.text)”: year")
        }
    }
}
