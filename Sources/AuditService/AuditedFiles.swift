// What was audited while the service runs, so that no state of a file is audited twice.

import LinuxIO
import SystemPackage

final class AuditedFiles: Sendable {
    struct Record: Sendable {
        let identity: FileIdentity
        /// The file could not be read: a change of its permissions may mend that.
        let isUnreadable: Bool
        /// Read so soon after its last change that a further change may carry the same time stamp.
        let mayBeOutdated: Bool
    }

    // By folder, so that a folder that leaves takes its files along at once.
    private let folders = Monitor<[InboxPath: [FilePath.Component: Record]]>([:])

    subscript(file: InboxPath) -> Record? {
        get {
            guard let name = file.path.lastComponent else { return nil }
            return folders.withLock { $0[file.folder]?[name] }
        }
        set {
            guard let name = file.path.lastComponent else { return }
            folders.withLock { $0[file.folder, default: [:]][name] = newValue }
        }
    }

    /// Forgets the files directly in `folder`.
    func forget(folder: InboxPath) {
        folders.withLock { $0[folder] = nil }
    }
}

extension InboxPath {
    /// The folder that it lies in.
    var folder: InboxPath { InboxPath(inbox: inbox, path: path.removingLastComponent()) }

    /// An entry of this folder.
    func appending(_ name: [UInt8]) -> InboxPath {
        InboxPath(inbox: inbox, path: path.appending(FilePath(bytes: name).components))
    }
}
