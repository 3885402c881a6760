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
        waivers = settings.indicesOfWaivers(for: subject)
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

    /// The indices of the waivers for a body, file and year, also of those whose time is over.
    func indicesOfWaivers(for subject: Subject) -> [Int] {
        waivers.indices.filter { waivers[$0].concerns(subject) }
    }

    /// What may hold for a document that lies there, whatever its content: without waivers, and without the overrides for
    /// other folders. Where two places have the same, an audit says the same at both, but for waivers.
    ///
    /// The day decides nothing else than whether a waiver has expired: no rule is given it (see ``Rule/check(_:_:)``).
    public func withoutWaivers(under circumstances: Circumstances) -> RuleSettings {
        var settings = self
        settings.waivers = []
        settings.overrides = overrides.compactMap { override in
            guard override.concernsFolder(of: circumstances) else { return nil }
            var everywhere = override
            everywhere.folders = []
            return everywhere
        }
        return settings
    }

    /// The waivers that may let a finding pass in a document that lies there, whatever its content: those for other files and
    /// those whose time is over are none.
    public func waivers(under circumstances: Circumstances) -> [Waiver] {
        waivers.filter { waiver in
            !waiver.isExpired(on: circumstances.today) && (waiver.file.map(circumstances.isFile) ?? true)
        }
    }
}
