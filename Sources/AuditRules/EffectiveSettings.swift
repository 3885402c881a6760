/// What holds for one report, and why.
public struct EffectiveSettings: Sendable {
    /// Where a level or a parameter was set.
    public enum Origin: Sendable, Hashable {
        /// Nowhere: it is the rule's own.
        case builtIn
        /// For all reports.
        case general
        /// In ``RuleSettings/overrides``, at this index.
        case override(Int)
    }

    /// The level of rules that do not keep their own, by identifier, and where it was set.
    public private(set) var levels: [String: (level: RuleLevel, origin: Origin)]
    /// The parameters.
    public private(set) var parameters: RuleParameters
    /// Where parameters were set last; those that are missing, for all reports or nowhere.
    public private(set) var parameterOrigins: [Parameter: Origin] = [:]
    /// The indices in ``RuleSettings/waivers`` of those for this body, file and year, of whatever rule and also when their
    /// time is over.
    public private(set) var waivers: [Int]

    /// What `settings` say for `subject`.
    init(_ settings: RuleSettings, for subject: Subject) {
        levels = settings.levels.mapValues { ($0, .general) }
        parameters = settings.parameters
        waivers = settings.waivers.indices.filter { settings.waivers[$0].concerns(subject) }
        for (index, override) in settings.overrides.enumerated() where override.concerns(subject) {
            for (rule, level) in override.levels { levels[rule] = (level, .override(index)) }
            for parameter in override.parameters.apply(to: &parameters) {
                parameterOrigins[parameter] = .override(index)
            }
        }
    }
}

extension RuleSettings {
    /// What holds for a report.
    public func effective(for subject: Subject) -> EffectiveSettings { EffectiveSettings(self, for: subject) }
}
