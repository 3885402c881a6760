/// Names that are never reports: what editors, browsers, transfer programs and Windows leave in a folder.
public enum IgnoredNames {
    /// Whether a file of this name is passed over.
    public static func isIgnored(file name: [UInt8]) -> Bool {
        name.first == UInt8(ascii: ".")
            || name.starts(with: Array("~$".utf8))
            || suffixes.contains { name.count >= $0.count && name[(name.count - $0.count)...].elementsEqual($0) }
            || wholeNames.contains(name)
    }

    /// Whether a folder of this name is passed over with everything in it.
    public static func isIgnored(folder name: [UInt8]) -> Bool {
        name.first == UInt8(ascii: ".")
    }

    private static let suffixes = [".part", ".filepart", ".crdownload", ".tmp"].map { Array($0.utf8) }
    private static let wholeNames = ["Thumbs.db", "desktop.ini"].map { Array($0.utf8) }
}
