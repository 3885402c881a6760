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

    /// The kind of trouble.
    public var cause: Cause
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
    }

    init(_ error: SystemCallError, _ path: FilePath) {
        cause = .unavailable
        self.path = path
        // Its own path is told once.
        reason = "\(error.call): \(error.reason) (errno \(error.errno))"
    }

    init(_ cause: Cause, _ path: FilePath, _ reason: String) {
        self.cause = cause
        self.path = path
        self.reason = reason
    }
}
