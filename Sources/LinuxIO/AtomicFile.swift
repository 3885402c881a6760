// Files that appear whole or not at all, also after a power cut.

import CLinuxShims
import Glibc
import SystemPackage

/// Writes files whole.
public enum AtomicFile {
    /// How the names of unfinished files begin.
    public static let temporaryPrefix = ".writing-"

    /// Replaces the file at `path` by `bytes`; readers see the old file or the new one.
    ///
    /// The bytes, the name and missing parent folders have reached the disk when this returns.
    ///
    /// - Parameter mode: permissions of the file, whatever the umask.
    public static func write(
        _ bytes: [UInt8],
        to path: FilePath,
        mode: mode_t = 0o640
    ) throws(SystemCallError) {
        let draft = try Draft(bytes, for: path, in: try Folder(of: path), mode: mode)
        try draft.synchronize()
        try draft.publish()
        try draft.folder.synchronize()
    }

    fileprivate static func attempt<Value>(
        _ body: () throws(SystemCallError) -> Value
    ) -> Result<Value, SystemCallError> {
        do {
            return .success(try body())
        } catch {
            return .failure(error)
        }
    }

    fileprivate static func failure(_ body: () throws(SystemCallError) -> Void) -> SystemCallError? {
        do {
            try body()
            return nil
        } catch {
            return error
        }
    }

    /// Makes `path` and its missing parents, each on disk when this returns.
    public static func createDirectories(_ path: FilePath, mode: mode_t = 0o750) throws(SystemCallError) {
        let parent = path.removingLastComponent().isEmpty ? FilePath(".") : path.removingLastComponent()
        do {
            try systemCall("mkdir", path) { path.withPlatformString { mkdir($0, mode) } }
        } catch let error where error.errno == ENOENT && path.components.count > 1 {
            try createDirectories(parent, mode: mode)
            return try createDirectories(path, mode: mode)
        } catch let error where error.errno == EEXIST {
            guard try FileStatus(of: path).kind == .directory else {
                throw SystemCallError(call: "mkdir", path: path, errno: ENOTDIR)
            }
            return
        }
        try Folder(at: parent).synchronize()
    }

    /// Removes what an interrupted ``write(_:to:mode:)`` left below `root`. Only while nobody writes there.
    public static func removeTemporaries(beneath root: FilePath) {
        let prefix = Array(temporaryPrefix.utf8)
        DirectoryScan(root: root).walk(
            enter: { _, _ in true },
            file: { path in
                if path.lastComponent?.bytes.starts(with: prefix) == true {
                    _ = root.pushing(path).withPlatformString { unlink($0) }
                }
            },
            unreadable: { _, _ in }
        )
    }
}

extension AtomicFile {
    /// The folder in which a file is to appear.
    fileprivate final class Folder: Sendable {
        let path: FilePath
        private let descriptor: Descriptor

        init(at path: FilePath) throws(SystemCallError) {
            self.path = path
            descriptor = Descriptor(
                owning: try systemCall("open", path) {
                    path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
                }
            )
        }

        /// The parent of `path`, made if it is missing.
        convenience init(of path: FilePath) throws(SystemCallError) {
            let parent = path.removingLastComponent().isEmpty ? FilePath(".") : path.removingLastComponent()
            do {
                try self.init(at: parent)
            } catch let error where error.errno == ENOENT {
                try createDirectories(parent)
                try self.init(at: parent)
            }
        }

        var number: CInt { descriptor.number }

        func synchronize() throws(SystemCallError) {
            do {
                try systemCall("fsync", path) { fsync(number) }
            } catch let error where error.errno == EINVAL {
                // Some file systems cannot synchronize a folder; they have nothing to lose then.
            }
        }
    }

    /// A file that has all its bytes but not its name, removed unless it gets that. Not used by two threads at a time.
    fileprivate final class Draft: @unchecked Sendable {
        let folder: Folder
        private let path: FilePath
        private let name: FilePath.Component
        private let temporary = temporaryPrefix + String(UInt64.random(in: .min ... .max), radix: 16)
        private let file: Descriptor
        private var isPublished = false

        init(_ bytes: [UInt8], for path: FilePath, in folder: Folder, mode: mode_t) throws(SystemCallError) {
            guard let name = path.lastComponent else {
                throw SystemCallError(call: "open", path: path, errno: EISDIR)
            }
            self.folder = folder
            self.path = path
            self.name = name
            let temporary = temporary
            file = Descriptor(
                owning: try systemCall("open", path) {
                    openat(folder.number, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
                }
            )
            // As a rule the umask has taken nothing away; to look costs less than to set what is set.
            if try FileStatus(descriptor: file.number, path: path).mode != mode {
                try systemCall("fchmod", path) { fchmod(file.number, mode) }
            }
            try writeBytes(bytes, to: file.number, path)
        }

        deinit {
            if !isPublished {
                unlinkat(folder.number, temporary, 0)
            }
        }

        /// Lets the kernel write while the next files are made.
        func startWriting() {
            shim_start_writing(file.number)
        }

        func synchronize() throws(SystemCallError) {
            try systemCall("fsync", path) { fsync(file.number) }
        }

        func publish() throws(SystemCallError) {
            try systemCall("rename", path) {
                name.withPlatformString { renameat(folder.number, temporary, folder.number, $0) }
            }
            isPublished = true
        }
    }
}

extension AtomicFile {
    /// Replaces several files at a time, each of them as ``write(_:to:mode:)`` does, in a fraction of the time.
    ///
    /// What takes the time is the disk, which is told to write its cache at each fsync(2). Those of a group are called at the
    /// same time, and the kernel lets them share the commits of the file system and the flushes of the disk. syncfs(2)
    /// would need still fewer of both, but waits for whatever anybody else has written there: for minutes while
    /// somebody copies large files.
    ///
    /// Used by one thread at a time. Its own threads, of which a group of one needs none, end with it.
    public final class GroupWriter: Sendable {
        /// Larger groups are no faster and take two descriptors a file.
        private static let largestGroup = 64
        /// More calls of fsync(2) at a time hardly share more (measured on ext4 with 4, 8, 16 and 32).
        private static let callsAtOnce = 8

        private let crew = Crew()

        /// Makes a writer. Threads are started when they are needed.
        public init() {}

        deinit {
            crew.end()
        }

        /// Replaces the files of a group, missing parent folders made.
        ///
        /// - Parameter mode: permissions of the files, whatever the umask.
        /// - Returns: for each file why it was not written; nil: it has reached the disk. One that fails does no harm to the
        ///   others, and leaves nothing behind. Where a path comes more than once, the last one stays.
        public func write(_ group: [(bytes: [UInt8], path: FilePath)], mode: mode_t = 0o640) -> [SystemCallError?] {
            var failures: [SystemCallError?] = []
            while failures.count < group.count {
                failures += write(some: group[failures.count...].prefix(Self.largestGroup), mode)
            }
            return failures
        }

        private func write(
            some group: ArraySlice<(bytes: [UInt8], path: FilePath)>,
            _ mode: mode_t
        ) -> [SystemCallError?] {
            var folders: [FilePath: Folder] = [:]
            var drafts = group.map { file in
                attempt { () throws(SystemCallError) in
                    let parent = file.path.removingLastComponent()
                    let folder = if let open = folders[parent] { open } else { try Folder(of: file.path) }
                    folders[parent] = folder
                    let draft = try Draft(file.bytes, for: file.path, in: folder, mode: mode)
                    if group.count > 1 { draft.startWriting() }
                    return draft
                }
            }
            drafts = crew.synchronize(drafts, atOnce: Self.callsAtOnce).map { result in
                result.flatMap { draft in
                    attempt { () throws(SystemCallError) in
                        try draft.publish()
                        return draft
                    }
                }
            }
            var synchronized: [FilePath: SystemCallError?] = [:]
            return drafts.map { result in
                switch result {
                case .failure(let error): return error
                case .success(let draft):
                    if let known = synchronized[draft.folder.path] { return known }
                    let failure = failure { () throws(SystemCallError) in try draft.folder.synchronize() }
                    synchronized[draft.folder.path] = .some(failure)
                    return failure
                }
            }
        }
    }

    /// Threads that call fsync(2) for the one who has drafts.
    private final class Crew: Sendable {
        private struct State {
            var drafts: [Result<Draft, SystemCallError>] = []
            /// The first one that nobody has begun.
            var next = 0
            var unfinished = 0
            var hasEnded = false
        }

        /// Where threads wait.
        private enum Place { static let work = 0, end = 1 }

        private let state = Monitor(State(), places: 2)
        private let threads = Monitor<[WorkerThread]>([])

        /// All at the same time, by this thread and others. Where none is to be had, this one does it all.
        func synchronize(
            _ drafts: [Result<Draft, SystemCallError>],
            atOnce count: Int
        ) -> [Result<Draft, SystemCallError>] {
            startThreads(min(count, drafts.count) - 1)
            state.withLock { state in
                state.drafts = drafts
                state.next = 0
                state.unfinished = drafts.count
            }
            if drafts.count > 1 { state.wake(at: Place.work) }
            while let index = state.withLock({ Self.take(&$0) }) { synchronize(index) }
            return state.wait(at: Place.end) { state in
                guard state.unfinished == 0 else { return .wait(until: nil) }
                defer { state.drafts = [] }
                return .done(state.drafts)
            }
        }

        /// Ends the threads, and waits for them.
        func end() {
            state.change { $0.hasEnded = true }
            threads.withLock { threads in
                threads.forEach { $0.join() }
                threads = []
            }
        }

        private func startThreads(_ count: Int) {
            threads.withLock { threads in
                while threads.count < count, let thread = try? WorkerThread(name: "fsync", { [self] in run() }) {
                    threads.append(thread)
                }
            }
        }

        private func run() {
            while let index = nextIndex() { synchronize(index) }
        }

        /// Waits for a draft; nil when it is over.
        private func nextIndex() -> Int? {
            state.wait(at: Place.work) { state in
                if let index = Self.take(&state) { return .done(index) }
                return state.hasEnded ? .done(nil) : .wait(until: nil)
            }
        }

        private static func take(_ state: inout State) -> Int? {
            guard state.next < state.drafts.count else { return nil }
            state.next += 1
            return state.next - 1
        }

        private func synchronize(_ index: Int) {
            let draft = state.withLock { $0.drafts[index] }
            let result = draft.flatMap { draft in
                attempt { () throws(SystemCallError) in
                    try draft.synchronize()
                    return draft
                }
            }
            let isLast = state.withLock { state in
                state.drafts[index] = result
                state.unfinished -= 1
                return state.unfinished == 0
            }
            if isLast { state.wake(at: Place.end) }
        }
    }
}

/// Writes all of `bytes`, however many calls it takes.
func writeBytes(_ bytes: [UInt8], to descriptor: CInt, _ path: FilePath?) throws(SystemCallError) {
    var written = 0
    while written < bytes.count {
        written += try systemCall("write", path) {
            bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
        }
    }
}
