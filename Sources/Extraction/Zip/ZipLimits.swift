/// Limits that keep a small zip from becoming a large document.
enum ZipLimits {
    /// Most entries: a report has some twenty parts, one with a picture on every page a few hundred.
    static let entries = 4096
    /// Most bytes of one part once expanded: the main part of a report has 0.2–2 MB, of one written by a converter that
    /// formats every character alone 10 MB.
    static let partBytes = 32 * 1024 * 1024
    /// Most bytes of all parts that are read, once expanded: the main part at its limit, and as much for the others.
    static let totalBytes = 2 * partBytes
    /// Most bytes that one byte of a part expands to: tables of blanks reach 100, what Deflate can at most is 1032.
    static let ratio = 250
    /// Expanded bytes from which the ratio counts: a short part of nothing but blanks does no harm.
    static let ratioMatters = 4 * 1024 * 1024
    /// Most places that look like the end of the directory: one that is real, and one for each zip embedded near the end.
    /// libzip tries each, so many of them with a long directory would take minutes.
    static let endRecords = 32
    /// Most bytes of foreign data behind the zip; the comment that may stand there has at most this length.
    static let trailingBytes = 65_535
}
