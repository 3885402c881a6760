import AuditRules
import Configuration
import Glibc
import LinuxIO
import SystemPackage

/// Says of files where they lie, in the terms of overrides and waivers.
struct Whereabouts: Sendable {
    /// The paths of each.
    private let inboxes: [[FilePath]]
    private let names = NamedPaths()

    /// - Parameter configuration: says which inboxes there are.
    init(_ configuration: Configuration) {
        inboxes = configuration.inboxes.map { NamedPaths.inbox($0.path) }
    }

    /// Where a file lies. It need not be there: then its path alone counts.
    func callAsFunction(_ path: FilePath) -> Circumstances { Self.place(names.file(path), in: inboxes) }

    /// Where a file of an inbox lies, by its absolute path alone: below an inbox the service follows no link, so that there is
    /// none to resolve.
    func ofInboxFile(_ path: FilePath) -> Circumstances { Self.place([path.lexicallyNormalized()], in: inboxes) }

    /// - Parameter paths: of one file.
    private static func place(_ paths: [FilePath], in inboxes: [[FilePath]]) -> Circumstances {
        var paths = paths
        for roots in inboxes {
            for root in roots {
                guard let found = paths.first(where: { $0.starts(with: root) && $0 != root }) else { continue }
                let rest = FilePath(root: nil, found.components.dropFirst(root.components.count))
                for other in roots {
                    let same = other.appending(rest.components)
                    if !paths.contains(same) { paths.append(same) }
                }
                return Circumstances(paths: paths.map(\.bytes), inboxPath: rest.bytes)
            }
        }
        return Circumstances(paths: paths.map(\.bytes))
    }
}
