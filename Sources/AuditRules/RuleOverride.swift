/// Settings that hold for some bodies or folders only.
public struct RuleOverride: Sendable, Hashable, Codable {
    /// Names of bodies; empty: every body.
    public var agencies: [NamedAgency] = []
    /// Folders in bytes, absolute or relative to the inbox: it holds for what lies below one of them; empty: everywhere.
    public var folders: [[UInt8]] = []
    /// See ``RuleSettings/levels``.
    public var levels: [String: RuleLevel] = [:]
    /// See ``RuleSettings/parameters``; what is nil stays as it was.
    public var parameters = ParameterChanges()

    /// One that changes nothing.
    public init() {}

    /// Whether it holds for a report: where it names bodies and folders, both must fit.
    func concerns(_ subject: Subject) -> Bool {
        (agencies.isEmpty || subject.agency.map(agencies.contains) ?? false)
            && concernsFolder(of: subject.circumstances)
    }

    /// Whether it may hold for a document that lies there, whatever its body.
    func concernsFolder(of circumstances: Circumstances) -> Bool {
        folders.isEmpty || folders.contains(where: circumstances.isBelow)
    }
}

/// New values for some of ``RuleParameters``.
public struct ParameterChanges: Sendable, Hashable, Codable {
    /// See ``RuleParameters/overviewMinimum``.
    public var overviewMinimum: Int?
    /// See ``RuleParameters/townshipDeadline``.
    public var townshipDeadline: MonthDay?
    /// See ``RuleParameters/departmentDeadline``.
    public var departmentDeadline: MonthDay?
    /// See ``RuleParameters/governmentDeadline``.
    public var governmentDeadline: MonthDay?

    /// None.
    public init() {}

    /// Changes `parameters`; says which.
    @discardableResult
    public func apply(to parameters: inout RuleParameters) -> Set<Parameter> {
        var changed: Set<Parameter> = []
        if let overviewMinimum {
            parameters.overviewMinimum = overviewMinimum
            changed.insert(.overviewMinimum)
        }
        if let townshipDeadline {
            parameters.townshipDeadline = townshipDeadline
            changed.insert(.townshipDeadline)
        }
        if let departmentDeadline {
            parameters.departmentDeadline = departmentDeadline
            changed.insert(.departmentDeadline)
        }
        if let governmentDeadline {
            parameters.governmentDeadline = governmentDeadline
            changed.insert(.governmentDeadline)
        }
        return changed
    }
}

/// The parameters by name; the raw values are the keys of the configuration.
public enum Parameter: String, Sendable, CaseIterable {
    /// See ``RuleParameters/overviewMinimum``.
    case overviewMinimum = "overview_minimum"
    /// See ``RuleParameters/townshipDeadline``.
    case townshipDeadline = "township_deadline"
    /// See ``RuleParameters/departmentDeadline``.
    case departmentDeadline = "department_deadline"
    /// See ``RuleParameters/governmentDeadline``.
    case governmentDeadline = "government_deadline"
}
