import LinuxIO
import SystemPackage

/// The paths by which a place is known: as somebody wrote it, and without links, where that is another.
struct NamedPaths: Sendable {
    private let workingFolder = try? FilePath(".").resolved()

    /// Those of a file. It need not be there, and may itself be a link: only its folder is looked for.
    func file(_ path: FilePath) -> [FilePath] {
        let whole = path.isRelative ? (workingFolder?.appending(path.components) ?? path) : path
        let folder = try? whole.removingLastComponent().resolved()
        let real = whole.lastComponent.flatMap { name in folder?.appending(name) }
        return Self.both(whole.lexicallyNormalized(), real)
    }

    /// Those of an inbox, which is absolute.
    static func inbox(_ path: FilePath) -> [FilePath] { both(path, try? path.resolved()) }

    private static func both(_ named: FilePath, _ real: FilePath?) -> [FilePath] {
        [named] + [real].compactMap(\.self).filter { $0 != named }
    }
}
