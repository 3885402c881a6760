// The metrics against the grammar of the text format of Prometheus, and what `promtool check metrics` asks of names.

import AuditService
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the metrics") struct MetricsTests {
    private struct Sample {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    private struct Family {
        let help: String
        let type: String
        var samples: [Sample] = []
    }

    /// Reads the text, line by line; records what is against the format.
    private func parse(_ text: String) -> [String: Family] {
        var families: [String: Family] = [:]
        var current = ""
        #expect(text.hasSuffix("\n"))
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if let match = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)/) {
                current = String(match.1)
                #expect(families[current] == nil, "\(current) stands twice")
                families[current] = Family(help: String(match.2), type: "")
            } else if let match = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)/) {
                #expect(String(match.1) == current && families[current]?.type == "", "\(line)")
                families[current] = Family(help: families[current]?.help ?? "", type: String(match.2))
            } else if let match = line.wholeMatch(
                of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (\S+)/
            ) {
                let name = String(match.1)
                let isPart = ["_bucket", "_sum", "_count"].contains { name == current + $0 }
                let isHistogram = families[current]?.type == "histogram"
                #expect(isHistogram ? isPart : name == current, "\(line) below \(current)")
                var labels: [String: String] = [:]
                for label in (match.2 ?? "").matches(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/) {
                    #expect(labels.updateValue(String(label.2), forKey: String(label.1)) == nil, "\(line)")
                }
                let value = match.3 == "+Inf" ? Double.infinity : Double(match.3)
                #expect(value != nil, "\(line)")
                families[current]?.samples.append(Sample(name: name, labels: labels, value: value ?? 0))
            } else {
                Issue.record("no line of the format: \(line)")
            }
        }
        return families
    }

    @Test func theyAreWellFormedAndTrue() throws {
        let service = try SupervisedService()
        let file = service.folder("metrics/nianbao.prom")
        try service.drop("inbox/a.txt")
        #expect(eventually { service.result("inbox/a.txt") != nil })
        #expect(!Files.exists(file), "none unless it is configured")
        try SupervisedService.configure(service.folder, "metrics: {file: \(file)}")
        let reloaded = try Command.run([
            try TestPaths.nianbao, "reload", "--state", service.folder("state").string,
        ])
        #expect(reloaded.status == 0, "\(reloaded)")
        #expect(eventually { Files.exists(file) }, "at once")
        try service.drop("inbox/b.txt", 2)
        try Files.write("番茄炒蛋。\n", to: service.folder("inbox/c.txt"))
        let isTold = eventually(within: .seconds(60)) {
            let text = Files.read(file) ?? ""
            return text.contains(#"nianbao_audits_total{verdict="pass",format="text"} 1"#)
                && text.contains("unreadable")
        }
        #expect(isTold, "\(Files.read(file) ?? "")")
        #expect(try FileStatus(of: file).permissions == "0644", "the exporter is another user")
        let text = Files.read(file) ?? ""
        let families = parse(text)
        for (name, family) in families {
            #expect(name.hasPrefix("nianbao_") && !family.type.isEmpty && family.help.hasSuffix("."), "\(name)")
            #expect((family.type == "counter") == name.hasSuffix("_total"), "\(name)")
            #expect(!["_bucket", "_sum", "_count", "_milliseconds", "_ms"].contains { name.hasSuffix($0) }, "\(name)")
            #expect(!family.samples.isEmpty, "\(name)")
            let keys = family.samples.map { "\($0.name) \($0.labels.sorted { $0.key < $1.key })" }
            #expect(Set(keys).count == keys.count, "\(name): a sample stands twice")
        }
        for name in [
            "build_info", "start_time_seconds", "files", "events_total", "ledger_available", "inbox_present",
            "walks_total",
            "last_walk_timestamp_seconds", "configuration_refused",
        ] {
            #expect(families["nianbao_\(name)"] != nil, "\(name): \(text)")
        }
        let events = families["nianbao_events_total"]?.samples ?? []
        #expect(events.count == JournalEvent.allCases.count - 1)
        #expect(events.first { $0.labels["event"] == "configurationReloaded" }?.value == 1)
        let states = Set((families["nianbao_files"]?.samples ?? []).compactMap { $0.labels["state"] })
        #expect(states == ["settling", "queued", "working", "done", "deferred", "quarantined"])
        let duration = families["nianbao_audit_duration_seconds"]?.samples ?? []
        let buckets = duration.filter { $0.name.hasSuffix("_bucket") }.map(\.value)
        #expect(buckets == buckets.sorted() && duration.last?.value == buckets.last && buckets.last == 2, "\(duration)")
        #expect(duration.filter { $0.name.hasSuffix("_bucket") }.last?.labels["le"] == "+Inf")
        service.stop()
    }
}
