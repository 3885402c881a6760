/// Under what an audit is made. One that was made under another basis is out of date: where only ``waivers`` differ it can be
/// renewed, else the file is audited anew.
public struct AuditBasis: Hashable, Sendable {
    /// The version of the catalogue: of the rules, and of all that reads documents for them.
    public var catalogue: String
    /// A digest of everything else that decides what an audit of a content says: the settings of the rules that hold for the
    /// path, the language, the limits. Waivers are no part of it.
    public var settings: String
    /// A digest of the waivers that may concern the path and whose time is not over; empty where there is none. It changes
    /// with the day on which one expires.
    public var waivers: String

    /// Puts a basis together.
    public init(catalogue: String, settings: String, waivers: String) {
        self.catalogue = catalogue
        self.settings = settings
        self.waivers = waivers
    }
}
