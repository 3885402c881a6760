// The files of a ledger, as files: whether what lies there can be one, and where a damaged one goes.
//
// Never opened and closed again while SQLite has the database open: the close would free its locks (fcntl(2), "any file
// descriptor"; SQLite, "How To Corrupt", 2.2).

import Glibc
import LinuxIO
import SystemPackage

/// The database file with what lies beside it.
struct LedgerFile {
    /// Which file it is, whatever its name.
    struct Presence: Equatable {
        var device: UInt64
        var inode: UInt64
    }

    /// What is to be seen without opening it.
    enum Status {
        case missing
        case empty(Presence)
        case present(Presence)
        /// A folder, a socket, …
        case other(Presence)

        var presence: Presence? {
            switch self {
            case .missing: nil
            case .empty(let presence), .present(let presence), .other(let presence): presence
            }
        }
    }

    /// What SQLite keeps beside a database.
    private static let companions = ["", "-wal", "-shm", "-journal"]
    /// How many damaged ledgers are kept. They are for those who want to know what happened.
    private static let mostSetAside = 2
    /// As SQLite makes it, but not for everybody: the ledger names who reported what.
    private static let mode: mode_t = 0o640

    let path: FilePath

    /// A ledger on another disk may be linked to.
    private var target: FilePath { (try? path.resolved()) ?? path }

    /// What lies there.
    func status() throws(LedgerError) -> Status {
        do {
            let status = try FileStatus(of: path)
            let presence = Presence(device: status.identity.device, inode: status.identity.inode)
            guard status.kind == .regular else { return .other(presence) }
            return status.identity.size == 0 ? .empty(presence) : .present(presence)
        } catch  where error.errno == ENOENT {
            return .missing
        } catch {
            throw LedgerError(error, path)
        }
    }

    /// Which log of changes lies beside it.
    func logPresence() -> Presence? { (try? LedgerFile(path: Self.beside(target, "-wal")).status())?.presence }

    /// Makes an empty file if there is none: SQLite takes it for a new database, and gives its permissions to the others.
    func create() throws(LedgerError) {
        guard case .missing = try status() else { return }
        do {
            let folder = path.removingLastComponent()
            if !folder.isEmpty { try AtomicFile.createDirectories(folder) }
            Glibc.close(
                try systemCall("open", path) {
                    path.withPlatformString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, Self.mode) }
                }
            )
        } catch {
            throw LedgerError(error, path)
        }
    }

    /// Moves aside the log of a database that is no more: SQLite would replay it into the next one of that name.
    func setAsideLog() throws(LedgerError) { _ = try move(Self.companions.filter { !$0.isEmpty }) }

    /// Moves all aside; of those that were moved before, the last one stays, too.
    ///
    /// - Returns: where the database is now; nil when there was none.
    func setAside() throws(LedgerError) -> FilePath? { try move(Self.companions) }

    private func move(_ companions: [String]) throws(LedgerError) -> FilePath? {
        let source = target
        let name = freeName(for: source)
        var moved: FilePath?
        for companion in companions {
            let (old, new) = (Self.beside(source, companion), Self.beside(name, companion))
            do {
                try systemCall("rename", old) {
                    old.withPlatformString { old in new.withPlatformString { rename(old, $0) } }
                }
                if companion.isEmpty { moved = new }
            } catch  where error.errno == ENOENT {
                continue
            } catch {
                throw LedgerError(error, path)
            }
        }
        removeOldest(of: source)
        return moved
    }

    private func freeName(for source: FilePath) -> FilePath {
        var seconds = time(nil)
        while true {
            var parts = tm()
            gmtime_r(&seconds, &parts)
            var text = [CChar](repeating: 0, count: 32)
            strftime(&text, text.count, "%Y%m%dT%H%M%SZ", &parts)
            let stamp = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let name = Self.beside(source, ".corrupt-" + stamp)
            let isTaken = Self.companions.contains {
                (try? FileStatus(of: Self.beside(name, $0), followingLinks: false)) != nil
            }
            if !isTaken { return name }
            seconds += 1
        }
    }

    private func removeOldest(of source: FilePath) {
        guard let name = source.lastComponent else { return }
        let folder = source.removingLastComponent().isEmpty ? FilePath(".") : source.removingLastComponent()
        let entries = DirectoryScan.names(in: folder)
        let prefix = name.bytes + Array(".corrupt-".utf8)
        let stampLength = "20261121T213045Z".utf8.count
        // With and without the endings: a log may have been moved alone.
        let stamps = Set(
            entries.filter { $0.starts(with: prefix) }.map { Array($0.prefix(prefix.count + stampLength)) }
        )
        let old = stamps.sorted { $0.lexicographicallyPrecedes($1) }.dropLast(Self.mostSetAside)
        for entry in entries where old.contains(where: { entry.starts(with: $0) }) {
            let path = folder.pushing(FilePath(bytes: entry))
            _ = path.withPlatformString { unlink($0) }
        }
    }

    private static func beside(_ path: FilePath, _ ending: String) -> FilePath {
        FilePath(bytes: path.bytes + Array(ending.utf8))
    }
}

/// An open look at the beginning of a database, held as long as the database is used: see above for why it is not opened for
/// each look.
final class LedgerPin: Sendable {
    /// What every database begins with (SQLite, "Database File Format", 1.3).
    private static let magic = Array("SQLite format 3\0".utf8)

    /// Which file it is.
    let presence: LedgerFile.Presence
    private let descriptor: Descriptor

    /// Nil when the file cannot be looked at.
    init?(_ path: FilePath) {
        guard
            let number = try? systemCall("open", path, { path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) } })
        else { return nil }
        descriptor = Descriptor(owning: number)
        var status = stat()
        guard fstat(number, &status) == 0 else { return nil }
        presence = LedgerFile.Presence(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    /// Whether it still begins as a database does. Nothing is said about what follows.
    var beginsAsDatabase: Bool {
        var bytes = [UInt8](repeating: 0, count: Self.magic.count)
        let count = pread(descriptor.number, &bytes, bytes.count, 0)
        // A look that fails says nothing against the file.
        return count < 0 || bytes == Self.magic
    }
}
