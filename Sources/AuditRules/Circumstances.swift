import ChineseText
import ReportModel

/// What is known of a document besides its content. The engine itself knows neither clock nor file.
public struct Circumstances: Sendable, Hashable {
    /// The day of the audit where the office is; nil where it is not known: then no waiver holds.
    public var today: Day?
    /// Absolute paths of the document, in bytes: as it was named and, where a link leads to it, without links.
    public var paths: [[UInt8]]
    /// Its path below the inbox that it lies in; nil where it lies in none.
    public var inboxPath: [UInt8]?

    /// Nothing is known, unless given.
    public init(today: Day? = nil, paths: [[UInt8]] = [], inboxPath: [UInt8]? = nil) {
        self.today = today
        self.paths = paths
        self.inboxPath = inboxPath
    }

    /// Whether the document lies below `folder`, at whatever depth.
    ///
    /// - Parameter folder: absolute, or relative to the inbox; without a slash at its end.
    func isBelow(folder: [UInt8]) -> Bool {
        candidates(for: folder).contains { path in
            path.count > folder.count && path[folder.count] == Self.slash && path.starts(with: folder)
        }
    }

    /// Whether the document is `file`.
    ///
    /// - Parameter file: an absolute path, a path relative to the inbox, or without a slash the name of a file in any folder.
    func isFile(_ file: [UInt8]) -> Bool {
        guard !file.contains(Self.slash) else { return candidates(for: file).contains(file) }
        return (paths + [inboxPath].compactMap(\.self)).contains { path in
            path.suffix(from: path.lastIndex(of: Self.slash).map { $0 + 1 } ?? 0).elementsEqual(file)
        }
    }

    private static let slash = UInt8(ascii: "/")

    private func candidates(for path: [UInt8]) -> [[UInt8]] {
        path.first == Self.slash ? paths : [inboxPath].compactMap(\.self)
    }
}

/// The name of a body as an office writes it, compared without blanks and regardless of the width of brackets.
public struct NamedAgency: Sendable, Hashable, Codable, CustomStringConvertible {
    /// As written.
    public let description: String
    /// Kept, because it is compared with each report.
    private let folded: String

    /// A name as written.
    public init(_ name: String) {
        description = name
        folded = FoldedText(name).string
    }

    /// The whole names are compared.
    public static func == (left: NamedAgency, right: NamedAgency) -> Bool { left.folded == right.folded }

    /// By what is compared.
    public func hash(into hasher: inout Hasher) { hasher.combine(folded) }
}

/// What settings for single bodies and files ask of a report.
public struct Subject: Sendable {
    /// The body; nil where it is not known.
    let agency: NamedAgency?
    /// The report year; nil where it is not known.
    let year: Int?
    /// See ``Circumstances``.
    let circumstances: Circumstances

    /// A report of a body for a year.
    public init(agency: String?, year: Int?, _ circumstances: Circumstances) {
        self.agency = agency.map(NamedAgency.init)
        self.year = year
        self.circumstances = circumstances
    }
}
