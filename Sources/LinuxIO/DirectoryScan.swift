// Walks a folder that others change meanwhile.

import CLinuxShims
import Glibc
import SystemPackage

/// A recursive walk in the order of the bytes of the paths, which never follows a link.
public struct DirectoryScan: Sendable {
    /// What a walk found, all paths relative to its root.
    public struct Listing: Sendable {
        /// Regular files.
        public var files: [FilePath] = []
        /// Folders, without the root itself.
        public var directories: [FilePath] = []
        /// Folders that could not be read.
        public var unreadable: [(path: FilePath, error: SystemCallError)] = []
    }

    private let root: FilePath
    private let maximumDepth: Int

    /// The names in one folder, without `.` and `..`, in the order of their bytes; none where it cannot be read.
    public static func names(in folder: FilePath) -> [[UInt8]] {
        guard
            let number = try? systemCall(
                "open",
                folder,
                { folder.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC) } }
            )
        else { return [] }
        let descriptor = Descriptor(owning: number)
        return ((try? entries(of: descriptor.number, folder)) ?? []).map(\.name)
    }

    /// Prepares a walk below `root`, which itself may be reached through links.
    ///
    /// - Parameter maximumDepth: folders nested deeper are reported as unreadable (`ELOOP`), because each level takes
    ///   a file descriptor.
    public init(root: FilePath, maximumDepth: Int = 100) {
        self.root = root
        self.maximumDepth = maximumDepth
    }

    /// Lists everything.
    public func listing() -> Listing {
        var listing = Listing()
        walk(
            enter: { path, _ in
                if !path.isEmpty {
                    listing.directories.append(path)
                }
                return true
            },
            file: { listing.files.append($0) },
            unreadable: { listing.unreadable.append(($0, $1)) }
        )
        return listing
    }

    /// Walks `start` and what lies below it. What vanishes meanwhile is passed over in silence.
    ///
    /// - Parameters:
    ///   - start: relative to the root; empty for the root itself.
    ///   - enter: called with each folder and its open descriptor before it is read, so that a watch set there misses
    ///     nothing; false leaves the folder out.
    ///   - file: called with each regular file.
    ///   - unreadable: called with each folder that could not be read.
    public func walk(
        from start: FilePath = FilePath(),
        enter: (FilePath, CInt) -> Bool,
        file: (FilePath) -> Void,
        unreadable: (FilePath, SystemCallError) -> Void
    ) {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        do {
            let top = Descriptor(
                owning: try systemCall("open", root) {
                    root.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC) }
                }
            )
            if start.isEmpty {
                visit(top, start, depth: 0, enter, file, unreadable)
            } else {
                let folder = try openBeneath(top.number, start, flags: flags)
                visit(folder, start, depth: start.components.count, enter, file, unreadable)
            }
        } catch {
            report(error, start, unreadable)
        }
    }

    private func visit(
        _ folder: borrowing Descriptor,
        _ path: FilePath,
        depth: Int,
        _ enter: (FilePath, CInt) -> Bool,
        _ file: (FilePath) -> Void,
        _ unreadable: (FilePath, SystemCallError) -> Void
    ) {
        let number = folder.number
        guard depth <= maximumDepth else {
            return unreadable(path, SystemCallError(call: "openat", path: path, errno: ELOOP))
        }
        guard enter(path, number) else { return }
        let entries: [Entry]
        do {
            entries = try Self.entries(of: number, path)
        } catch {
            return report(error, path, unreadable)
        }
        for entry in entries {
            let child = path.appending(FilePath(bytes: entry.name).components)
            switch entry.kind {
            case .regular:
                file(child)
            case .directory:
                do {
                    let below = Descriptor(
                        owning: try systemCall("openat", child) {
                            FilePath(bytes: entry.name).withPlatformString {
                                openat(number, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
                            }
                        }
                    )
                    visit(below, child, depth: depth + 1, enter, file, unreadable)
                } catch {
                    report(error, child, unreadable)
                }
            default:
                break
            }
        }
    }

    private func report(_ error: SystemCallError, _ path: FilePath, _ unreadable: (FilePath, SystemCallError) -> Void) {
        // Gone below the root, or no folder any more: whoever took it away knows. The root itself must be there.
        let isGone = error.errno == ENOENT || error.errno == ENOTDIR || error.errno == ELOOP
        if path.isEmpty || !isGone {
            unreadable(path, error)
        }
    }

    struct Entry {
        let name: [UInt8]
        let kind: FileKind

        /// Orders the paths of everything below a folder right, too: `a.txt`, `a/b`, `a0`.
        fileprivate var sortKey: [UInt8] { kind == .directory ? name + [UInt8(ascii: "/")] : name }
    }

    static func entries(of directory: CInt, _ path: FilePath) throws(SystemCallError) -> [Entry] {
        let copy = try systemCall("fcntl", path) { fcntl(directory, F_DUPFD_CLOEXEC, 0) }
        let stream = try DirectoryStream(owning: copy, path: path)
        var found: [(key: [UInt8], entry: Entry)] = []
        while let name = try stream.next() {
            guard let kind = name.kind ?? (try? stream.status(of: name.text))?.kind else { continue }
            let entry = Entry(name: name.bytes, kind: kind)
            found.append((entry.sortKey, entry))
        }
        found.sort { $0.key.lexicographicallyPrecedes($1.key) }
        return found.map(\.entry)
    }
}
