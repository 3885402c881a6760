// The text format of Prometheus, version 0.0.4: <https://prometheus.io/docs/instrumenting/exposition_formats/>.

/// Writes metrics.
struct MetricsText {
    /// What kind a metric is.
    enum Kind: String {
        case counter, gauge, histogram
    }

    typealias Labels = KeyValuePairs<String, String>

    private(set) var text = ""

    /// A metric and its samples.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [(labels: Labels, value: Double)]) {
        guard !samples.isEmpty else { return }
        begin(name, kind, help)
        for sample in samples { line(name, sample.labels, sample.value) }
    }

    /// A metric of one value.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        let none: Labels = [:]
        add(name, kind, help, [(none, value)])
    }

    /// A histogram. `counts` are those of each bucket alone, the last one of what is beyond all `bounds`.
    mutating func add(_ name: String, _ help: String, bounds: [Double], counts: [Int], sum: Double) {
        begin(name, .histogram, help)
        var total = 0
        for (bound, count) in zip(bounds, counts) {
            total += count
            line("\(name)_bucket", ["le": Self.number(bound)], Double(total))
        }
        total += counts.dropFirst(bounds.count).reduce(0, +)
        line("\(name)_bucket", ["le": "+Inf"], Double(total))
        line("\(name)_sum", [:], sum)
        line("\(name)_count", [:], Double(total))
    }

    private mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: Labels, _ value: Double) {
        let list = labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        text += "\(name)\(list.isEmpty ? "" : "{\(list)}") \(Self.number(value))\n"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    /// Backslash, quotation mark and line feed; anything else stands for itself.
    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": escaped += #"\\"#
            case "\"": escaped += #"\""#
            case "\n": escaped += #"\n"#
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
