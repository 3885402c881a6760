/// File systems.
public enum FileSystem {
    /// Whether changes made elsewhere give no events.
    public static func isBlind(_ descriptor: CInt) -> Bool { false }
    /// Its name.
    public static func name(_ descriptor: CInt) -> String { "" }
}
