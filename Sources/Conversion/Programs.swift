// Where the external programs are.

import Glibc
import LinuxIO
import SystemPackage

/// An external program, and the Debian package that it comes with.
public struct ExternalProgram: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// The Debian package.
    public var package: String
    /// Where it may be, in order of preference: fixed places, because a `PATH` is whatever the caller made of it.
    public var places: [FilePath]

    /// `pdftotext` of Poppler, 22 or later.
    public static let pdftotext = ExternalProgram(
        name: "pdftotext",
        package: "poppler-utils",
        places: ["/usr/bin/pdftotext", "/usr/local/bin/pdftotext"]
    )

    /// LibreOffice Writer.
    public static let soffice = ExternalProgram(
        name: "soffice",
        package: "libreoffice-writer-nogui",
        places: ["/usr/lib/libreoffice/program/soffice", "/usr/bin/soffice", "/usr/bin/libreoffice"]
    )

    /// The first place where it is, or nil. A configured place stands for all others, also where nothing is: running it
    /// names the place.
    public func find(configured: FilePath? = nil) -> FilePath? {
        if let configured { return configured }
        return (places + (self == .soffice ? Self.unpackedOffices : [])).first(where: Self.isExecutable)
    }

    /// Packages of The Document Foundation unpack to /opt/libreoffice7.4 and so on; the last is the newest.
    private static var unpackedOffices: [FilePath] {
        let names = DirectoryScan.names(in: "/opt").map { String(decoding: $0, as: UTF8.self) }
        return names.filter { $0.hasPrefix("libreoffice") }.reversed().map { FilePath("/opt/\($0)/program/soffice") }
    }

    private static func isExecutable(_ path: FilePath) -> Bool { path.withPlatformString { access($0, X_OK) } == 0 }
}
