import AuditOutput
import AuditService
import AuditWorkers
import Extraction
import Glibc
import LinuxIO
import SystemPackage

/// Audits the named files, several at once, and gives the results in the order of the names.
final class OrderedAudits: Sendable {
    /// What there is to say of a name.
    enum Entry: Sendable {
        /// A file, audited.
        case audit(path: [UInt8], AuditAnswer)
        /// A folder without a file to audit.
        case emptyFolder([UInt8])
    }

    private enum Item: Sendable {
        case file(FilePath, beneath: FilePath?)
        case standardInput
        case unreadable(FilePath, ReadFailure)
        case emptyFolder([UInt8])
    }

    private struct State {
        var names: ArraySlice<[UInt8]>
        /// What was found in a folder and not yet taken, the next one last.
        var found: [Item] = []
        var threads = 0
        /// Numbers of items: handed out, and given by ``next()``.
        var taken = 0
        var told = 0
        var done: [Int: Entry] = [:]
        var bytesInWork: Int64 = 0

        var isEmpty: Bool { names.isEmpty && found.isEmpty }
    }

    /// Threads that wait for workers: as many as LibreOffice is given documents at once, and some that keep the other
    /// workers busy meanwhile.
    private static let maximumThreads = 32
    /// Results that wait for an earlier file, each of up to some hundred KB.
    private static let maximumLookAhead = 256
    /// Bytes of the files that are in work. A single file may have more.
    private static let maximumBytesInWork: Int64 = 256 << 20

    private let state: Monitor<State>
    /// Standard input can be read once; named twice it is the same document twice.
    private let standardInput = Monitor<Result<FileContents, ReadFailure>?>(nil)
    private let auditing: FileAuditing
    private let maximumBytes: Int
    private let form: AnswerForm

    init(_ names: [[UInt8]], auditing: FileAuditing, maximumBytes: Int, form: AnswerForm) throws(SystemCallError) {
        state = Monitor(State(names: names[...]))
        self.auditing = auditing
        self.maximumBytes = maximumBytes
        self.form = form
        if !names.isEmpty { try startThread() }
    }

    /// The next result, as soon as it is there; nil after the last.
    func next() -> Entry? {
        let entry = state.wait { state -> Monitor<State>.Step<Entry?> in
            if let entry = state.done.removeValue(forKey: state.told) {
                state.told += 1
                return .done(entry)
            }
            return state.isEmpty && state.told == state.taken ? .done(nil) : .wait(until: nil)
        }
        // Somebody may wait for room.
        state.change { _ in }
        return entry
    }

    // MARK: - Threads

    private func startThread() throws(SystemCallError) {
        state.withLock { $0.threads += 1 }
        do throws(SystemCallError) {
            try WorkerThread(name: "audit") { [self] in work() }.detach()
        } catch {
            state.withLock { $0.threads -= 1 }
            throw error
        }
    }

    private func work() {
        while let (number, item) = take() {
            // One thread starts the next, so that there are no more than names. Where the system has no more, fewer do.
            if state.withLock({ !$0.isEmpty && $0.threads < Self.maximumThreads }) { try? startThread() }
            let entry = entry(item)
            state.change { $0.done[number] = entry }
        }
    }

    private func take() -> (number: Int, Item)? {
        state.wait { state -> Monitor<State>.Step<(number: Int, Item)?> in
            if state.isEmpty { return .done(nil) }
            if state.taken - state.told >= Self.maximumLookAhead { return .wait(until: nil) }
            if state.found.isEmpty, let name = state.names.popFirst() { state.found = Self.items(name).reversed() }
            defer { state.taken += 1 }
            return .done(state.found.popLast().map { (state.taken, $0) })
        }
    }

    // MARK: - Names

    private static func items(_ name: [UInt8]) -> [Item] {
        let path = FilePath(bytes: name)
        if name == [0x2D] { return [.standardInput] }
        if let status = try? FileStatus(of: path), status.kind == .directory { return items(inFolder: path) }
        return [.file(path, beneath: nil)]
    }

    /// At least one: a folder that cannot be read may hold reports, and one without files is told, too.
    private static func items(inFolder folder: FilePath) -> [Item] {
        var files: [Item] = []
        var unreadable: [Item] = []
        DirectoryScan(root: folder).walk(
            enter: { path, _ in path.lastComponent.map { !IgnoredNames.isIgnored(folder: $0.bytes) } ?? true },
            file: { path in
                if let name = path.lastComponent, !IgnoredNames.isIgnored(file: name.bytes) {
                    files.append(.file(path, beneath: folder))
                }
            },
            unreadable: { path, error in
                let failure: ReadFailure = error.errno == EACCES ? .permissionDenied : .ioError(errno: error.errno)
                unreadable.append(.unreadable(folder.pushing(path), failure))
            }
        )
        let items = unreadable + files
        return items.isEmpty ? [.emptyFolder(folder.bytes)] : items
    }

    // MARK: - Audits

    private func entry(_ item: Item) -> Entry {
        switch item {
        case .emptyFolder(let folder):
            return .emptyFolder(folder)
        case .standardInput:
            return audit([0x2D], readStandardInput())
        case .unreadable(let path, let failure):
            return audit(path.bytes, .failure(failure))
        case .file(let path, beneath: let root):
            let shown = root.map { $0.pushing(path) } ?? path
            let size = (try? FileStatus(of: shown).identity.size) ?? 0
            reserve(min(size, Int64(maximumBytes)))
            defer { state.change { $0.bytesInWork -= min(size, Int64(maximumBytes)) } }
            return audit(shown.bytes, read(path, beneath: root))
        }
    }

    private func audit(_ path: [UInt8], _ content: Result<FileContents, ReadFailure>) -> Entry {
        do throws(WorkersUnavailable) {
            return .audit(path: path, try auditing.answer(path: path, content: content, form))
        } catch {
            return .audit(path: path, FileAuditing.unreadable(path, error.unreadable, form))
        }
    }

    private func reserve(_ bytes: Int64) {
        state.wait { state -> Monitor<State>.Step<Void> in
            guard state.bytesInWork == 0 || state.bytesInWork + bytes <= Self.maximumBytesInWork else {
                return .wait(until: nil)
            }
            state.bytesInWork += bytes
            return .done(())
        }
    }

    private func readStandardInput() -> Result<FileContents, ReadFailure> {
        standardInput.withLock { known in
            if let known { return known }
            let content: Result<FileContents, ReadFailure>
            do throws(ReadFailure) {
                content = .success(try SafeFile.readStream(STDIN_FILENO, maximumBytes: maximumBytes))
            } catch {
                content = .failure(error)
            }
            known = content
            return content
        }
    }

    private func read(_ path: FilePath, beneath root: FilePath?) -> Result<FileContents, ReadFailure> {
        do throws(ReadFailure) {
            return .success(
                try SafeFile.read(path: path, beneath: root, followingLinks: root == nil, maximumBytes: maximumBytes)
            )
        } catch {
            return .failure(error)
        }
    }
}
