import Ledger
import LinuxIO
import SystemPackage

/// A file or folder below one of the inboxes.
struct InboxPath: Hashable, Sendable {
    /// Index of the inbox in the settings.
    let inbox: Int
    /// Relative to the inbox; empty for the inbox itself.
    let path: FilePath

    /// The folder that it lies in.
    var folder: InboxPath { InboxPath(inbox: inbox, path: path.removingLastComponent()) }

    /// An entry of this folder.
    func appending(_ name: [UInt8]) -> InboxPath {
        InboxPath(
            inbox: inbox,
            path: path.isEmpty ? FilePath(bytes: name) : FilePath(bytes: path.bytes + [0x2F] + name)
        )
    }

    /// Whether it is `folder` or lies below it.
    func isWithin(_ folder: InboxPath) -> Bool { inbox == folder.inbox && path.starts(with: folder.path) }
}

extension ServiceSettings {
    /// How the ledger names a file: by the name of its inbox, which survives a change of the inbox's place.
    func key(_ file: InboxPath) -> LedgerKey {
        LedgerKey(inbox: inboxes[file.inbox].name ?? "", path: file.path.bytes)
    }

    /// The file of a row; nil when its inbox is not configured any more.
    func file(_ key: LedgerKey) -> InboxPath? {
        inboxes.firstIndex { ($0.name ?? "") == key.inbox }.map {
            InboxPath(inbox: $0, path: FilePath(bytes: key.path))
        }
    }

    /// The whole path.
    func place(_ file: InboxPath) -> FilePath {
        file.path.isEmpty ? inboxes[file.inbox].path : inboxes[file.inbox].path.pushing(file.path)
    }

    /// Whether there is no such file any more. A link or a folder in its place is none.
    func hasLeft(_ file: InboxPath) -> Bool {
        do throws(ReadFailure) {
            return try SafeFile.status(of: file.path, beneath: inboxes[file.inbox].path).kind != .regular
        } catch {
            return error.meansGone
        }
    }

    /// Whether a file that was shown as it was with `identity` needs another look for which nobody may ask: it is gone, or it
    /// has several names and is another by now.
    func isOutdated(_ file: InboxPath, _ identity: FileIdentity?) -> Bool {
        do throws(ReadFailure) {
            let status = try SafeFile.status(of: file.path, beneath: inboxes[file.inbox].path)
            return status.kind != .regular || (status.names > 1 && identity != nil && status.identity != identity)
        } catch {
            return error.meansGone
        }
    }

    /// The folder of results.
    var resultsFolder: FilePath { stateFolder.appending("results") }

    /// The ledger.
    var ledgerFile: FilePath { stateFolder.appending("nianbao.sqlite") }

    /// Where the result of a file belongs.
    func result(of file: InboxPath) -> FilePath {
        resultsFolder.pushing(ResultFile.path(of: file.path, in: inboxes[file.inbox], sha256: sha256))
    }

    /// What a short look at a result tells.
    enum ResultStanding {
        case missing
        case untouched
        /// Somebody wrote it after the service did.
        case changed
    }

    /// Looks at the result of a file, without reading it.
    ///
    /// - Parameter time: when the service wrote it, in milliseconds since 1970; nil when that is not known.
    func standing(ofResultOf file: InboxPath, writtenAt time: Int64?) -> ResultStanding {
        guard let status = try? FileStatus(of: result(of: file), followingLinks: false), status.kind == .regular else {
            return .missing
        }
        // The time of its content, which a backup that is played back keeps. It is never later than the clock was when the
        // service had written it, but for what a tick of that clock may hide.
        guard let time, status.identity.modified / 1_000_000 > time + 10 else { return .untouched }
        return .changed
    }
}

extension ReadFailure {
    /// Whether there is no such file any more, but at most something else in its place.
    fileprivate var meansGone: Bool {
        if case .notAFile = self { return true }
        return self == .notFound
    }
}
