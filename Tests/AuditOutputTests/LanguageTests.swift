// Two languages: nothing that a reader sees is missing in one of them, or stands in the wrong one.

import AuditEngine
import AuditOutput
@testable import AuditRules
import Extraction
import ReportGenerator
import ReportModel
import Testing

@Suite("two languages") struct LanguageTests {
    /// What is wrong with a text that should be Chinese and English; nil when nothing is.
    private func fault(_ message: Message) -> String? {
        if message.zh.isEmpty || message.en.isEmpty { return "empty" }
        // Pure arithmetic and numbers read the same in both.
        if ![message.zh, message.en].contains(where: hasLetters) { return nil }
        if message.zh == message.en { return "the same in both" }
        if !message.zh.unicodeScalars.contains(where: isHan) { return "no Chinese" }
        if !message.en.unicodeScalars.contains(where: { $0.isASCII && $0.properties.isAlphabetic }) {
            return "no English"
        }
        let own = withoutQuotations(message.en)
        if let sign = own.first(where: { "。，；：、".contains($0) }) { return "English with “\(sign)”" }
        // A term of the form may stand in English; a clause may not.
        let runs = own.unicodeScalars.split { !isHan($0) }
        if let run = runs.first(where: { $0.count > 10 }) { return "English with “\(String(run))”" }
        return nil
    }

    private func hasLetters(_ text: String) -> Bool { text.unicodeScalars.contains { $0.properties.isAlphabetic } }

    private func isHan(_ scalar: Unicode.Scalar) -> Bool { (0x4E00...0x9FFF).contains(scalar.value) }

    /// The words of the form and of the report are quoted as they are.
    private func withoutQuotations(_ text: String) -> String {
        var depth = 0
        var result = ""
        for character in text {
            if "“《（".contains(character) { depth += 1 }
            if depth == 0 { result.append(character) }
            if "”》）".contains(character) { depth = max(0, depth - 1) }
        }
        return result
    }

    private func expectBoth(_ message: Message, _ place: String) {
        guard let fault = fault(message) else { return }
        Issue.record("\(place): \(fault): \(message.zh) / \(message.en)")
    }

    @Test func everyTextOfTheCatalogue() {
        for rule in Catalogue.rules.map({ $0.description }) {
            let texts = [
                ("name", rule.name), ("checks", rule.checks), ("rationale", rule.rationale), ("basis", rule.basis),
                ("hint", rule.hint), ("blindSpots", rule.blindSpots),
            ]
            for (name, text) in texts { expectBoth(text, "\(rule.id), \(name)") }
            if let bodies = rule.bodies { expectBoth(bodies, "\(rule.id), bodies") }
        }
    }

    /// Every message, hint, formula and reason that the examples of the rules and the faulty and hostile samples bring forth.
    @Test func everyFindingAndReason() throws {
        let examples = Catalogue.rules.flatMap { $0.description.failing + $0.description.passing }
        let samples =
            try examples.enumerated().map { index, example in
                AuditSample("example at \(example.file):\(example.line)", try #require(example.text))
            } + AuditSample.generated() + AuditSample.faulty() + AuditSample.peculiar() + hostile()
        var seen: Set<Message> = []
        for sample in samples {
            guard case .success(let audited) = sample.audit.result else { continue }
            for check in audited.checks {
                let texts =
                    [check.reason] + check.findings.flatMap { [$0.message, $0.hint, $0.formula] }
                for text in texts.compactMap(\.self) where seen.insert(text).inserted {
                    expectBoth(text, "\(check.rule.id) on \(sample.name)")
                }
            }
        }
        #expect(seen.count > 200, "only \(seen.count) different messages")
    }

    @Test func whatCannotBeAudited() throws {
        var seen: Set<String> = []
        for sample in try AuditSample.unreadable() + AuditSample.peculiar() + brokenFiles() {
            guard case .failure(let unreadable) = sample.audit.result else { continue }
            guard seen.insert(unreadable.chinese).inserted else { continue }
            expectBoth(Message(unreadable.chinese, unreadable.english), sample.name)
        }
        #expect(seen.count > 30, "only \(seen.count) different messages")
    }

    /// Files that are cut, bent or something else.
    private func brokenFiles() -> [AuditSample] {
        var generator = ReportGenerator(seed: 7)
        let docx = generator.report(edition: .edition2021, shape: .pipeLines).docx()
        let cut = stride(from: 0, to: docx.count, by: max(1, docx.count / 60)).map { Array(docx[..<$0]) }
        let bent = stride(from: 0, to: docx.count, by: max(1, docx.count / 120)).map { index in
            var copy = docx
            copy[index] ^= 0x55
            return copy
        }
        let starts = [
            "%PDF-1.7", "PK\u{3}\u{4}", "{\\rtf1", "<html>", "MIME-Version: 1.0\n", "\u{7F}ELF", "GIF89a",
            "<?xml version='1.0'?>",
            "SQLite format 3\0", "#!/bin/sh", "锟斤拷锟斤拷锟斤拷锟斤拷", "", " ", "{}", SampleReport.text(year: 2023) + "\u{0}",
            SampleReport.text(year: 2022) + SampleReport.text(year: 2023), "青禾县水利局2023年政府信息公开工作年度报告",
        ].map { Array($0.utf8) }
        let signatures: [[UInt8]] = [
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], [0x1F, 0x8B], [0x89, 0x50, 0x4E, 0x47],
            [0xFF, 0xD8, 0xFF],
            [0x52, 0x61, 0x72, 0x21], [0x37, 0x7A, 0xBC, 0xAF],
        ]
        return (cut + bent + starts + signatures).enumerated().map {
            AuditSample("broken \($0.offset)", bytes: $0.element)
        }
    }

    /// Reports that make rules say why they cannot judge.
    private func hostile() -> [AuditSample] {
        let clean = SampleReport.text(year: 2023)
        let lines = clean.split(separator: "\n", omittingEmptySubsequences: false)
        let without = lines.indices.map { index in
            (lines[..<index] + lines[(index + 1)...]).joined(separator: "\n")
        }
        let torn = lines.indices.map { index in
            var copy = lines.map(String.init)
            copy[index] = copy[index].split(separator: "\t").dropLast().joined(separator: "\t")
            return copy.joined(separator: "\n")
        }
        let years = [2015, 2019, 2020, 2021, 2030].map { clean.replacing("2023", with: "\($0)") }
        return (without + torn + years + [clean.replacing("2023", with: "某")]).enumerated().map {
            AuditSample("hostile \($0.offset)", $0.element)
        }
    }

    /// Both write dates in their own way, and from one place.
    @Test func dates() throws {
        let day = try #require(Day(year: 2023, month: 1, day: 31))
        #expect(Message(day) == Message("2023年1月31日", "31 January 2023"))
        #expect(Message(MonthDay(month: 12, day: 1)) == Message("12月1日", "1 December"))
        let text = SampleReport.text(year: 2023).replacing("至2023年12月31日", with: "至2023年11月30日")
        let json = String(decoding: AuditSample("period", text).json(.zh), as: UTF8.self)
        #expect(json.contains("统计期限为2023年1月1日至2023年11月30日"))
        let english = String(decoding: AuditSample("period", text).json(.en), as: UTF8.self)
        #expect(english.contains("1 January 2023 to 30 November 2023"))
    }
}
