import LinuxIO

/// Which inboxes are there, and which folder each of them was when it was opened: an empty mount point is not the inbox.
final class InboxPresence: Sendable {
    private let settings: ServiceSettings
    private let roots = Monitor<[Int: FileIdentity]>([:])

    init(_ settings: ServiceSettings) { self.settings = settings }

    /// The folder of an inbox that is not lost.
    func root(_ inbox: Int) -> FileIdentity? { roots.withLock { $0[inbox] } }

    /// It is there.
    func found(_ inbox: Int, _ root: FileIdentity) { roots.withLock { $0[inbox] = root } }

    /// It is gone.
    ///
    /// - Returns: whether it was there before.
    @discardableResult
    func lost(_ inbox: Int) -> Bool { roots.withLock { $0.removeValue(forKey: inbox) != nil } }

    /// Looks whether it is the same folder still: what is missing in another one has not left.
    func isPresent(_ inbox: Int) -> Bool {
        guard let root = root(inbox), let status = try? FileStatus(of: settings.inboxes[inbox].path) else {
            return false
        }
        return status.kind == .directory && status.identity.isSameFile(as: root)
    }
}
