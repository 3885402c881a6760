// Written by make generated; do not edit. A test compares it with the sources.

extension Catalogue {
    /// Changes whenever a source does that decides what an audit says: two audits of one file differ only when this differs.
    public static let version = "2026.11-39bfc835a25d"
}
