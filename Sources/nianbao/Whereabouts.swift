import AuditRules
import Configuration
import Glibc
import LinuxIO
import SystemPackage

/// Says of files where they lie, in the terms of overrides and waivers.
struct Whereabouts: Sendable {
    private struct Inbox: Sendable {
        /// As configured, and where that is another path, without links.
        let roots: [FilePath]
    }

    private let inboxes: [Inbox]
    private let workingFolder: FilePath?

    /// - Parameter configuration: says which inboxes there are.
    init(_ configuration: Configuration) {
        inboxes = configuration.inboxes.map { inbox in
            let real = try? inbox.path.resolved()
            return Inbox(roots: [inbox.path] + [real].compactMap(\.self).filter { $0 != inbox.path })
        }
        workingFolder = try? FilePath(".").resolved()
    }

    /// Where a file lies. It need not be there: then its path alone counts.
    func callAsFunction(_ path: FilePath) -> Circumstances {
        // What was named, and where its folder really is: the last component may be a link to a report elsewhere.
        let whole = path.isRelative ? (workingFolder?.appending(path.components) ?? path) : path
        let named = whole.lexicallyNormalized()
        let folder = try? whole.removingLastComponent().resolved()
        let real = whole.lastComponent.flatMap { name in folder?.appending(name) }
        return Self.place([named] + [real].compactMap(\.self).filter { $0 != named }, in: inboxes)
    }

    /// Where a file of an inbox lies, by its absolute path alone: below an inbox the service follows no link, so that there is
    /// none to resolve.
    func ofInboxFile(_ path: FilePath) -> Circumstances { Self.place([path.lexicallyNormalized()], in: inboxes) }

    /// - Parameter paths: of one file.
    private static func place(_ paths: [FilePath], in inboxes: [Inbox]) -> Circumstances {
        var paths = paths
        for inbox in inboxes {
            for root in inbox.roots {
                guard let found = paths.first(where: { $0.starts(with: root) && $0 != root }) else { continue }
                let rest = FilePath(root: nil, found.components.dropFirst(root.components.count))
                for other in inbox.roots {
                    let same = other.appending(rest.components)
                    if !paths.contains(same) { paths.append(same) }
                }
                return Circumstances(paths: paths.map(\.bytes), inboxPath: rest.bytes)
            }
        }
        return Circumstances(paths: paths.map(\.bytes))
    }
}
