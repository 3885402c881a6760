// The catalogue on reports that have been read: what all rules cost together, and each by itself.

import AuditRules
import Extraction
import ReportGenerator
import ReportModel

struct RulePass {
    private static let reportCount = 240
    private static let rounds = 7
    /// A rule runs this often on a report, for one run is hardly longer than a look at the clock.
    private static let repetitions = 8
    /// Aim of the project for the whole catalogue, in microseconds of processor time a report.
    private static let aimMicroseconds = 300.0

    private let reports: [AnnualReport]
    private let rules = RuleSet()

    init() throws {
        let corpus = Corpus(count: Self.reportCount, seed: 20_260_102)
        reports = try corpus.reports.map { try ReportBuilder.build(TextExtractor().extract($0.text)) }
        // Also makes the tables of words that rules make at first use.
        for report in reports { _ = rules.check(report) }
    }

    func run() {
        var pass: [Double] = []
        var single = [[Double]](repeating: [], count: Catalogue.rules.count)
        for _ in 1...Self.rounds {
            pass.append(microseconds(repetitions: 1) { _ = rules.check($0) })
            for (index, rule) in Catalogue.rules.enumerated() {
                let parameters = rules.settings.parameters
                single[index].append(microseconds { _ = rule.check($0, parameters) })
            }
        }

        print("\n二、规则：\(Catalogue.rules.count) 条，\(reports.count) 份已读懂的报告，\(Self.rounds) 轮取中位数")
        var table = Table("每份", "CPU µs")
        table.add("全部规则，依次运行", pass.median.shown(0))
        let costs = zip(Catalogue.rules, single).map { (rule: $0.description.id, cost: $1.median) }
        for entry in costs.sorted(by: { $0.cost > $1.cost }) { table.add("  " + entry.rule, entry.cost.shown(1)) }
        table.print()
        print("  各条单独运行 \(Self.repetitions) 次取平均：数据已在缓存中，合计可能小于依次运行")
        print(aim("全部规则 CPU", pass.median / 1000, atMost: Self.aimMicroseconds / 1000, digits: 1))
    }

    /// What `body` costs for a report, when it is done `repetitions` times on each before the next.
    private func microseconds(repetitions: Int = repetitions, _ body: (AnnualReport) -> Void) -> Double {
        var cost = Cost()
        cost.add {
            for report in reports {
                for _ in 1...repetitions { body(report) }
            }
        }
        return Double(cost.cpu) / 1000 / Double(reports.count * repetitions)
    }
}
