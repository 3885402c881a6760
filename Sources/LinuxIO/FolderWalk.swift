// Walks folders a step at a time, beside other work, whatever they hold.

import Glibc
import SystemPackage

/// A walk that can be paused after some names, in the order in which the file system lists them. It never follows a link
/// and passes over what vanishes meanwhile.
///
/// Between two steps it keeps only the folders open in which it stands, one below the other: neither a list of names nor
/// anything else that grows with their number. While it lives, those folders cannot be unmounted.
///
/// A file that comes into a folder while that is being read may be missed or not: set a watch when the folder is entered.
/// A folder that is renamed keeps its old path in the walk: ``abandon(_:)`` it. Used on one thread.
public final class FolderWalk {
    /// A regular file.
    public struct File: Sendable {
        /// Relative to the root.
        public let path: FilePath
        /// Its name in its folder.
        public let name: [UInt8]
        /// As seen through the folder's descriptor: the file in this folder, wherever its path leads by now.
        public let identity: FileIdentity
    }

    /// What a step found. All paths are relative to the root.
    public enum Step: Sendable {
        /// Regular files of one folder. None where the names that were read were of other kinds or ignored.
        case files(folder: FilePath, [File])
        /// A folder that could not be opened, or not be read to its end, or of which some names could not be looked at
        /// (then after its files, in place of ``left(_:)``). The empty path is the root itself.
        case unreadable(FilePath, SystemCallError)
        /// A folder has been read to its end, and so has every folder below it that was not reported as unreadable.
        case left(FilePath)
        /// There is nothing more.
        case finished
    }

    private let root: FilePath
    private let isRecursive: Bool
    private let maximumDepth: Int
    /// Nil once the walk has begun.
    private var start: FilePath?
    /// The folders in which the walk stands, each in the one before it.
    private var folders: [Folder] = []

    /// Prepares a walk of `start` and what lies below it.
    ///
    /// - Parameters:
    ///   - root: may be reached through links.
    ///   - start: relative to the root, reached without links; empty for the root itself. A start that is not there
    ///     (any more) is ``Step/finished`` at once, a root that is not there is ``Step/unreadable(_:_:)``.
    ///   - recursive: false for the files of `start` alone.
    ///   - maximumDepth: folders nested deeper below the root are reported as unreadable (`ELOOP`), because each level
    ///     takes a file descriptor and a buffer of 32 KiB.
    public init(root: FilePath, from start: FilePath = FilePath(), recursive: Bool = true, maximumDepth: Int = 100) {
        self.root = root
        self.start = start
        isRecursive = recursive
        self.maximumDepth = maximumDepth
    }

    /// Goes on until there is something to tell.
    ///
    /// - Parameters:
    ///   - limit: how many names are read at most, of whatever kind; so that a step takes a bounded time also where
    ///     everything is ignored.
    ///   - ignoring: whether a name (of a regular file or a folder) is left out, before it is looked at.
    ///   - enter: called with each folder and its open descriptor before its first name is read, so that a watch set
    ///     there misses nothing; false leaves it out, with no further word of it.
    public func next(
        atMost limit: Int,
        ignoring: ([UInt8], FileKind) -> Bool,
        enter: (FilePath, CInt) -> Bool
    ) -> Step {
        var names = max(1, limit)
        if let start {
            self.start = nil
            if let step = begin(start, enter) { return step }
        }
        while let folder = folders.last {
            switch folder.read(&names, withFolders: isRecursive, ignoring) {
            case .files(let files):
                return .files(folder: folder.path, files)
            case .folder(let name):
                if let step = descend(into: name, of: folder, enter) { return step }
            case .end(let failure):
                folders.removeLast()
                return failure.map { .unreadable(folder.path, $0) } ?? .left(folder.path)
            }
        }
        return .finished
    }

    /// Gives up on `folder` and everything below it, with no further word of them: it was moved or removed.
    ///
    /// Nothing happens unless the walk stands there: what it has not reached yet is not there when it does.
    public func abandon(_ folder: FilePath) {
        if start?.starts(with: folder) == true {
            start = nil
        }
        if let index = folders.firstIndex(where: { $0.path.starts(with: folder) }) {
            folders.removeSubrange(index...)
        }
    }

    private func begin(_ start: FilePath, _ enter: (FilePath, CInt) -> Bool) -> Step? {
        let top: CInt
        do {
            top = try systemCall("open", root) { root.withPlatformString { open($0, Folder.flags) } }
        } catch {
            return .unreadable(FilePath(), error)
        }
        defer { close(top) }
        return push(start, depth: start.components.count, enter) { () throws(SystemCallError) in
            // Opened anew also where it is the root, which a stream of its own then closes.
            let start = start.isEmpty ? FilePath(".") : start
            let folder = try openBeneath(top, start, flags: Folder.flags | O_NOFOLLOW)
            return folder.release()
        }
    }

    private func descend(into name: [UInt8], of folder: Folder, _ enter: (FilePath, CInt) -> Bool) -> Step? {
        let path = folder.path(of: name)
        return push(path, depth: folder.depth + 1, enter) { () throws(SystemCallError) in
            try systemCall("openat", path) {
                FilePath(bytes: name).withPlatformString { openat(folder.descriptor, $0, Folder.flags | O_NOFOLLOW) }
            }
        }
    }

    private func push(
        _ path: FilePath,
        depth: Int,
        _ enter: (FilePath, CInt) -> Bool,
        _ open: () throws(SystemCallError) -> CInt
    ) -> Step? {
        do {
            guard depth <= maximumDepth else {
                return .unreadable(path, SystemCallError(call: "openat", path: path, errno: ELOOP))
            }
            let folder = Folder(path, depth: depth, try DirectoryStream(owning: try open(), path: path))
            if enter(path, folder.descriptor) {
                folders.append(folder)
            }
        } catch let error where !path.isEmpty && [ENOENT, ENOTDIR, ELOOP].contains(error.errno) {
            // Gone, or no folder any more: whoever took it away knows.
        } catch {
            return .unreadable(path, error)
        }
        return nil
    }
}

extension FolderWalk {
    /// A folder that is being read.
    private final class Folder {
        enum Reading {
            /// Read until the limit, before a folder, or to the end.
            case files([File])
            /// One to be entered.
            case folder([UInt8])
            /// No name is left; and what failed meanwhile, if anything did.
            case end(SystemCallError?)
        }

        static let flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC

        let path: FilePath
        let depth: Int
        private let stream: DirectoryStream
        /// The path and a slash: the bytes before each name. Paths are made of them because `FilePath.appending` takes
        /// several times as long.
        private let prefix: [CChar]
        /// Found after the files that were told last.
        private var next: [UInt8]?
        private var isAtEnd = false
        private var failure: SystemCallError?

        init(_ path: FilePath, depth: Int, _ stream: DirectoryStream) {
            self.path = path
            self.depth = depth
            self.stream = stream
            let bytes = path.bytes
            prefix = (bytes.isEmpty ? bytes : bytes + [UInt8(ascii: "/")]).map { CChar(bitPattern: $0) }
        }

        var descriptor: CInt { stream.descriptor }

        func path(of name: [UInt8]) -> FilePath {
            let count = prefix.count + name.count
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { buffer in
                var end = buffer.initialize(fromContentsOf: prefix)
                for byte in name {
                    buffer.initializeElement(at: end, to: CChar(bitPattern: byte))
                    end += 1
                }
                buffer.initializeElement(at: end, to: 0)
                return buffer.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
            }
        }

        /// - Parameter names: how many may still be read.
        func read(_ names: inout Int, withFolders: Bool, _ ignoring: ([UInt8], FileKind) -> Bool) -> Reading {
            if let name = next {
                next = nil
                return .folder(name)
            }
            var files: [File] = []
            while !isAtEnd {
                guard names > 0 else { return .files(files) }
                names -= 1
                switch nextEntry(withFolders, ignoring) {
                case .file(let file):
                    files.append(file)
                case .folder(let name):
                    if files.isEmpty { return .folder(name) }
                    next = name
                    return .files(files)
                case .nothing:
                    break
                }
            }
            return files.isEmpty ? .end(failure) : .files(files)
        }

        private enum Entry {
            case file(File)
            case folder([UInt8])
            case nothing
        }

        private func nextEntry(_ withFolders: Bool, _ ignoring: ([UInt8], FileKind) -> Bool) -> Entry {
            do {
                guard let found = try stream.next() else {
                    isAtEnd = true
                    return .nothing
                }
                let status = found.kind == nil ? try stream.status(of: found.text) : nil
                let kind = found.kind ?? status?.kind ?? .unknown
                guard kind == .regular || (kind == .directory && withFolders) else { return .nothing }
                let name = found.bytes
                guard !ignoring(name, kind) else { return .nothing }
                if kind == .directory { return .folder(name) }
                let file = if let status { status } else { try stream.status(of: found.text) }
                // Something else may have taken its name; that is announced.
                guard file.kind == .regular else { return .nothing }
                return .file(File(path: path(of: name), name: name, identity: file.identity))
            } catch {
                note(error)
                return .nothing
            }
        }

        private func note(_ error: SystemCallError) {
            if error.call == "readdir" {
                isAtEnd = true
            } else if error.errno == ENOENT {
                // Gone since it was listed.
                return
            }
            failure = failure ?? error
        }
    }
}
