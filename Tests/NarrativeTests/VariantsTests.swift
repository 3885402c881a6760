import ChineseText
import Foundation
import Narrative
import Testing

/// Sentences that offices really wrote, with what a reader should make of them. The file is not part of the tree: it is
/// looked for beside the package (../shared/reports, going up) or in NIANBAO_REPORTS, and the tests skip without it.
enum Variants {
    struct Line: CustomTestStringConvertible, Sendable {
        var category: String
        var text: String
        var year: Int?
        var expectation: Data
        var testDescription: String { String(text.prefix(40)) }

        func expected() throws -> Any {
            try JSONSerialization.jsonObject(with: expectation, options: .fragmentsAllowed)
        }
    }

    static let folder: URL? = {
        if let path = ProcessInfo.processInfo.environment["NIANBAO_REPORTS"] { return URL(fileURLWithPath: path) }
        var place = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        for _ in 0..<4 {
            for candidate in ["../shared/reports", "shared/reports"] {
                let url = place.appendingPathComponent(candidate).standardizedFileURL
                if FileManager.default.fileExists(atPath: url.appendingPathComponent("variants.jsonl").path) {
                    return url
                }
            }
            place.deleteLastPathComponent()
        }
        return nil
    }()

    static func lines(_ category: String) -> [Line] {
        guard let file = folder?.appendingPathComponent("variants.jsonl"),
            let text = try? String(contentsOf: file, encoding: .utf8)
        else { return [] }
        return text.split(separator: "\n").compactMap { line in
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                object["category"] as? String == category, let text = object["text"] as? String,
                let expect = object["expect"],
                let data = try? JSONSerialization.data(withJSONObject: expect, options: .fragmentsAllowed)
            else { return nil }
            return Line(category: category, text: text, year: object["report_year"] as? Int, expectation: data)
        }
    }
}

func folded(_ text: String) -> [FoldedText] {
    text.split(separator: "\n").map { FoldedText($0) }
}

/// `received 14`, `reconsideration 1`: the form in which `variants.jsonl` and these tests name claims.
func names(_ claims: [CountClaim]) -> [String] {
    claims.compactMap { claim in
        let name: String
        switch claim.subject {
        case .application(let count): name = count == .grantedOrPartially ? "other" : "\(count)"
        case .channel: name = "channel"
        case .reconsideration: name = "reconsideration"
        case .litigation: name = "litigation"
        case .feeApplications: name = "fee"
        case .other: return nil
        }
        return name == "other" ? nil : "\(name) \(claim.value)"
    }
}

/// What the rule makes of a breakdown: a finding or none.
func isFlagged(_ breakdown: Breakdown) -> Bool {
    if breakdown.isApproximate { return false }
    if breakdown.certainSum > breakdown.total { return true }
    if breakdown.isExhaustive && breakdown.sum != breakdown.total { return true }
    return breakdown.parts.contains { $0.sub.contains(where: isFlagged) }
}

@Suite("variants.jsonl", .enabled(if: Variants.folder != nil, "shared/reports is not here"))
struct VariantsTests {
    @Test(arguments: Variants.lines("count_sentence"))
    func countSentence(_ line: Variants.Line) throws {
        let expected = try #require(try line.expected() as? [[String: Any]])
            .compactMap { item -> String? in
                guard let what = item["what"] as? String, what != "other", let number = item["n"] as? Int else {
                    return nil
                }
                return "\(what) \(number)"
            }
        let found = names(NarrativeReader.claims(in: folded(line.text), reportYear: line.year))
        #expect(found.sorted() == expected.sorted(), "\(line.text)")
    }

    @Test(arguments: Variants.lines("breakdown"))
    func breakdown(_ line: Variants.Line) throws {
        let expected = try #require(try line.expected() as? [String: Any])
        let found = NarrativeReader.breakdowns(in: folded(line.text))
        let adds = expected["adds"] as? Bool
        let exhaustive = expected["exhaustive"] as? Bool
        let parts = (expected["parts"] as? [Int]) ?? []
        if adds == false, exhaustive == true {
            #expect(found.contains(where: isFlagged), "must be reported: \(line.text)\n\(found)")
        } else {
            #expect(!found.contains(where: isFlagged), "must not be reported: \(line.text)\n\(found)")
        }
        // A list that no word opens is not read: without 其中 nobody says that it divides the total.
        let isOpened = ["其中", "包括", "含", "在公开信息中"].contains { line.text.contains($0) }
        guard let total = expected["total"] as? Int, !parts.isEmpty, isOpened else { return }
        let match = try #require(found.first { $0.total == total }, "no list of \(total) in \(line.text)")
        #expect(match.parts.map(\.value) == parts, "\(line.text)")
        for sub in (expected["sub"] as? [[String: Any]]) ?? [] {
            let subs = match.parts.flatMap(\.sub) + found
            #expect(
                subs.contains { $0.total == sub["total"] as? Int && $0.parts.map(\.value) == sub["parts"] as? [Int] },
                "\(line.text)\n\(subs)"
            )
        }
    }

    @Test(arguments: Variants.lines("fee"))
    func fee(_ line: Variants.Line) throws {
        let expected = try #require(try line.expected() as? [String: Any])
        let found = NarrativeReader.feeStatement(in: folded(line.text))
        #expect((found != nil) == (expected["stated"] as? Bool), "\(line.text)")
        #expect(found?.applications == expected["applications"] as? Int, "\(line.text)")
        #expect(found?.amountYuan?.integer == expected["amountYuan"] as? Int, "\(line.text)")
    }
}
