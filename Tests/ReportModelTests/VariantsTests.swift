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
        try share("heading", atLeast: 97) { variant in
            // An extra line of the variant stands between heading and table.
            let line = String(variant.text.split(separator: "\n")[0])
            let found = SectionFinder.match(FoldedText(line)).filter { match in
                if case .bracketed = match.number { return false }
                return true
            }
            let best = found.max { $0.score < $1.score }
            if variant.expect?.sub == true {
                // 1.主动公开… may be a heading by itself; what it is not is a sure one.
                return (best?.score ?? 0) < 8 ? nil : "a sub-heading, taken for section \(best?.section ?? 0)"
            }
            guard let section = variant.expect?.section, best?.section != section else { return nil }
            return "heads section \(section), taken for \(best?.section ?? 0)"
        }
    }

    @Test(.enabled(if: file != nil, "shared reports are not here"))
    func titlesTellBodyAndYear() throws {
        try share("title", atLeast: 95) { variant in
            let document = try TextExtractor().extract(Array((variant.text + "\n\n一、总体情况\n").utf8))
            let title = TitleReader(stream: PieceStream(document), end: .max).find()
            guard title?.agency != variant.expect?.agency || title?.year != variant.expect?.year else { return nil }
            return "read \(title?.agency ?? "nobody") \(title?.year ?? 0)"
        }
    }

    /// Prints the share of a category for which `miss` has nothing to say, and fails below the least.
    private func share(_ category: String, atLeast least: Int, _ miss: (Variant) throws -> String?) throws {
        let variants = try Self.variants(category)
        #expect(variants.count > 20, "few lines of \(category)")
        var right = 0
        for variant in variants {
            if let reason = try miss(variant) {
                print("variants.jsonl, \(category), not as expected: \(reason): \(variant.text)")
            } else {
                right += 1
            }
        }
        print(
            "variants.jsonl, \(category): \(right) of \(variants.count) as expected (\(right * 100 / variants.count) %)"
        )
        #expect(right * 100 >= least * variants.count, "\(category): \(right) of \(variants.count)")
    }
}
