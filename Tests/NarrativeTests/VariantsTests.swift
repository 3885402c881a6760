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
                let expect = object["expect"], !(expect is NSNull),
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
        case .disclosure(let count): name = "\(count)"
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

/// The share of the real sentences that is read as expected, by category; what is not read is printed with its text.
@Suite("variants.jsonl", .enabled(if: Variants.folder != nil, "shared/reports is not here"), .serialized)
struct VariantsTests {
    @Test func countSentence() throws {
        try share("count_sentence", atLeast: 90) { line in
            let expected = (try line.expected() as? [[String: Any]] ?? []).compactMap { item -> String? in
                guard let what = item["what"] as? String, what != "other", let number = item["n"] as? Int else {
                    return nil
                }
                return "\(what) \(number)"
            }
            // `expect` knows table 2 as "other".
            let claims = NarrativeReader.claims(in: folded(line.text), reportYear: line.year).filter { claim in
                if case .disclosure = claim.subject { return false }
                return true
            }
            let found = names(claims)
            return found.sorted() == expected.sorted() ? nil : "expected \(expected), read \(found)"
        }
    }

    @Test func breakdown() throws {
        try share("breakdown", atLeast: 90) { line in
            let expected = try line.expected() as? [String: Any] ?? [:]
            let found = NarrativeReader.breakdowns(in: folded(line.text))
            let adds = expected["adds"] as? Bool
            let isWrong = adds == false && expected["exhaustive"] as? Bool == true
            if found.contains(where: isFlagged) != isWrong {
                return isWrong ? "not reported" : "reported without ground"
            }
            guard let total = expected["total"] as? Int, let parts = expected["parts"] as? [Int], !parts.isEmpty else {
                return found.isEmpty ? nil : "read a list where there is none"
            }
            guard let match = found.first(where: { $0.total == total }) else { return "no list of \(total)" }
            if match.parts.map(\.value) != parts { return "parts \(match.parts.map(\.value))" }
            if adds == true, match.sum != total { return "does not add up" }
            for sub in (expected["sub"] as? [[String: Any]]) ?? [] {
                let subs = match.parts.flatMap(\.sub) + found
                let isThere = subs.contains {
                    $0.total == sub["total"] as? Int && $0.parts.map(\.value) == sub["parts"] as? [Int]
                }
                if !isThere { return "the list of \(sub["total"] ?? "") is not read" }
            }
            return nil
        }
    }

    @Test func fee() throws {
        try share("fee", atLeast: 100) { line in
            let expected = try line.expected() as? [String: Any] ?? [:]
            let found = NarrativeReader.feeStatement(in: folded(line.text))
            let isRight =
                (found != nil) == (expected["stated"] as? Bool)
                && found?.applications == expected["applications"] as? Int
                && found?.amountYuan?.integer == expected["amountYuan"] as? Int
            return isRight ? nil : "read \(found.map { "\($0)" } ?? "nothing")"
        }
    }

    /// Prints the share of a category for which `miss` has nothing to say, and fails below the least.
    private func share(_ category: String, atLeast least: Int, _ miss: (Variants.Line) throws -> String?) throws {
        let lines = Variants.lines(category)
        try #require(!lines.isEmpty, "no \(category) in variants.jsonl")
        var right = 0
        for line in lines {
            if let reason = try miss(line) {
                print("variants.jsonl, \(category), not as expected: \(reason): \(line.text.prefix(120))")
            } else {
                right += 1
            }
        }
        print("variants.jsonl, \(category): \(right) of \(lines.count) as expected (\(right * 100 / lines.count) %)")
        #expect(right * 100 >= least * lines.count, "\(category): \(right) of \(lines.count)")
    }
}
