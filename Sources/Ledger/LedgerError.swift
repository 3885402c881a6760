import GRDB
import LinuxIO
import SystemPackage

/// The ledger could not be read or written.
public struct LedgerError: Error, Sendable, CustomStringConvertible {
    /// What kind of trouble it is, for those who decide what to do.
    public enum Cause: Sendable, Hashable {
        /// The file is no database of this product, or a damaged one: it can only be built anew.
        case corrupt
        /// A newer version of the product wrote it.
        case newer
        /// Disk full, no permission, I/O error, locked: it may be better later.
        case unavailable
    }

    /// What stands in the way of a ledger that is `unavailable`, for those who tell people.
    public enum Obstacle: Sendable, Hashable {
        /// Another process has locked it, for longer than anybody waits.
        case locked
        /// The permissions of the file, of its folder or of the file system.
        case forbidden
        /// There is no room on the disk.
        case full
        /// The disk cannot be read or written.
        case inputOutput
        /// It has no tables, or those of an older version: only the service brings it up to date.
        case outdated
    }

    /// The kind of trouble.
    public var cause: Cause
    /// What stands in the way; nil where it is something else.
    public var obstacle: Obstacle?
    /// The file.
    public var path: FilePath
    /// What SQLite said.
    public var reason: String
    /// Only time helps (disk full, locked): what is open can stay open.
    var isPassing = false

    /// What happened, with the file.
    public var description: String { "\(path): \(reason)" }

    init(_ error: any Error, _ path: FilePath) {
        if let error = error as? LedgerError {
            self = error
            return
        }
        self.path = path
        guard let error = error as? DatabaseError else {
            cause = .unavailable
            reason = "\(error)"
            return
        }
        reason = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: cause = .corrupt
        // Every statement and every value is ours: a table that is not as it was made can only have been damaged.
        case .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_SCHEMA, .SQLITE_FORMAT: cause = .corrupt
        case .SQLITE_FULL, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_NOMEM:
            cause = .unavailable
            isPassing = true
        default: cause = .unavailable
        }
        obstacle =
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: .locked
            case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY: .forbidden
            case .SQLITE_FULL: .full
            case .SQLITE_IOERR: .inputOutput
            default: nil
            }
    }

    init(_ error: SystemCallError, _ path: FilePath) {
        cause = .unavailable
        obstacle = nil
        self.path = path
        // Its own path is told once.
        reason = "\(error.call): \(error.reason) (errno \(error.errno))"
    }

    init(_ cause: Cause, _ path: FilePath, _ reason: String, _ obstacle: Obstacle? = nil) {
        self.cause = cause
        self.obstacle = obstacle
        self.path = path
        self.reason = reason
    }
}
