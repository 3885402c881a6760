/// Under what a result was made: when any of the three is different today, the result is made anew.
public struct AuditBasis: Hashable, Sendable {
    /// The version of the catalogue of rules.
    public var catalogue: String
    /// A digest of the settings in force for the file, without waivers.
    public var settings: String
    /// A digest of the waivers in force that day that may concern the file.
    public var waivers: String

    /// Names a basis.
    public init(catalogue: String, settings: String, waivers: String) {
        self.catalogue = catalogue
        self.settings = settings
        self.waivers = waivers
    }
}
