// What people put into inboxes: reports, parts of reports, and what is no report.

import ReportGenerator

/// Makes contents, nearly every one unlike all before.
struct Contents {
    private static let reports: [[UInt8]] = {
        var generator = ReportGenerator(seed: 4)
        return TextShape.allCases.map { Array(generator.report(edition: .edition2021, shape: $0).text.utf8) }
    }()
    private static let otherFormats: [[UInt8]] = {
        var generator = ReportGenerator(seed: 5)
        let reports = (0..<2).map { _ in generator.report(edition: .edition2021, shape: .tabRows) }
        return reports.flatMap { [$0.html(), $0.docx()] }
    }()
    private static let recipe = Array("番茄炒蛋：番茄两个，鸡蛋三个。\n".utf8)

    private var number = 0

    /// A whole report in plain text.
    mutating func report(_ random: inout SplitMix64) -> [UInt8] {
        random.pick(Self.reports) + line()
    }

    /// Anything at all.
    mutating func anything(_ random: inout SplitMix64) -> [UInt8] {
        switch random.int(1...20) {
        case 1...10: return report(&random)
        // The same bytes each time, because these end where their format says.
        case 11...13: return random.pick(Self.otherFormats)
        case 14...16: return Array(report(&random).prefix(random.int(100...3000))) + line()
        case 17: return []
        case 18: return (0..<random.int(1...5000)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        default: return Self.recipe + line()
        }
    }

    /// A content of the same size as `content`, and different.
    mutating func variant(of content: [UInt8]) -> [UInt8] {
        let end = line()
        return content.dropLast(end.count) + end.suffix(content.count)
    }

    /// A line of always the same size that has not been used yet.
    mutating func line() -> [UInt8] {
        number += 1
        let digits = String(number)
        return Array("\n第\(String(repeating: "0", count: 8 - digits.count))\(digits)稿".utf8)
    }
}
