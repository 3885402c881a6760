import AuditOutput
import AuditRules
import AuditWorkers
import Configuration
import LinuxIO
import ReportModel

/// What the waivers of the configuration did in the audits of one call.
struct WaiverReview {
    private let settings: Settings
    private let waivers: [Waiver]
    /// By index: only those for a body or file that was audited.
    private var states: [Int: WaiverUse.State] = [:]

    init(_ settings: Settings) {
        self.settings = settings
        waivers = RuleSettings(settings.configuration).waivers
    }

    /// One that was used once is used.
    mutating func add(_ answer: AuditAnswer) {
        states.merge(answer.waivers) { $0 == .used ? $0 : $1 }
    }

    /// Says on standard error which had no effect, in the order of the configuration.
    func tell() {
        for (index, state) in states.sorted(by: { $0.key < $1.key }) where waivers.indices.contains(index) {
            guard let complaint = WaiverText.complaint(waivers[index], state, settings.language) else { continue }
            let place = settings.place(of: "rules.waivers[\(index)]")
            Output.error("\(place): \(complaint)\(settings.language == .zh ? "。" : ".")")
        }
    }
}

extension Settings {
    /// `FILE:LINE` of a key of the configuration.
    func place(of keyPath: String) -> String {
        let file = file?.shown ?? "nianbao.yaml"
        return configuration.lines[keyPath].map { "\(file):\($0)" } ?? file
    }
}
