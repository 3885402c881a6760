// Entries to the journal, or to standard error where none runs.

import CSystemd
import Glibc
import LinuxIO
import SystemPackage

/// Where entries go.
public protocol JournalSink: Sendable {
    /// Writes an entry. Never fails: a service must not end because its log has.
    func write(_ entry: JournalEntry)
}

/// The systemd journal of this machine; without one, standard error with `<N>` prefixes (sd-daemon(3)).
public final class JournalWriter: JournalSink {
    /// The most that one entry takes: the default of `LineMax=` in journald.conf(5), so that an entry that comes by way
    /// of standard error is no shorter than one that comes directly.
    public static let maximumEntryBytes = 48 * 1024
    /// Where journald listens.
    public static let defaultSocket: FilePath = "/run/systemd/journal/socket"

    private let socket: FilePath
    private let standardError: CInt

    /// Makes a writer.
    ///
    /// - Parameters:
    ///   - socket: where to look whether a journal runs; libsystemd itself always sends to ``defaultSocket``.
    ///   - standardError: the descriptor to write to where none does.
    public init(socket: FilePath = defaultSocket, standardError: CInt = STDERR_FILENO) {
        self.socket = socket
        self.standardError = standardError
    }

    /// Whether a journal listens now. sd_journal_sendv(3) says nothing when there is none.
    public var isReachable: Bool {
        let descriptor = Glibc.socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = socket.bytes
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    /// Sends the entry, or prints it.
    public func write(_ entry: JournalEntry) {
        let fields = entry.allFields(limit: Self.maximumEntryBytes)
        if isReachable, send(fields) {
            return
        }
        writeToStandardError(entry, fields)
    }

    private func send(_ fields: [JournalField]) -> Bool {
        var bytes: [UInt8] = []
        var lengths: [Int] = []
        for field in fields {
            let start = bytes.count
            bytes += field.name.utf8
            bytes.append(UInt8(ascii: "="))
            bytes += field.value
            lengths.append(bytes.count - start)
        }
        return bytes.withUnsafeMutableBytes { buffer in
            guard var next = buffer.baseAddress else { return false }
            var vectors: [iovec] = []
            for length in lengths {
                vectors.append(iovec(iov_base: next, iov_len: length))
                next += length
            }
            return sd_journal_sendv(vectors, CInt(vectors.count)) == 0
        }
    }

    /// The sentence on a line, the short fields on the next, then the lines of the long ones: what a person reads, and
    /// every line with the priority, because a reader of standard error takes each line as an entry.
    private func writeToStandardError(_ entry: JournalEntry, _ fields: [JournalField]) {
        let prefix = "<\(entry.priority.rawValue)>"
        var short: [String] = []
        var long: [String] = []
        for field in fields where !["MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER"].contains(field.name) {
            let lines = Self.printable(field.value)
            if lines.count == 1 {
                short.append("\(field.name)=\(lines[0])")
            } else {
                long.append("\(field.name)=")
                long += lines.map { "  \($0)" }
            }
        }
        let message = Self.printable(fields.first?.value ?? []).joined(separator: " ")
        var text = "\(prefix)\(message)\n"
        for line in [short.joined(separator: " ")] + long {
            text += "\(prefix)  \(line)\n"
        }
        // One call, so that entries of several threads do not mix. Nothing can be done if it fails.
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(standardError, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                return
            }
        }
    }

    /// The lines of a value, with everything escaped that could forge a line or command a terminal.
    static func printable(_ value: [UInt8]) -> [String] {
        // Most often there is nothing to escape.
        if let text = String(validating: value, as: UTF8.self), !hasControls(value) {
            return text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(Substring($0)) }
        }
        var lines = [""]
        var rest = value[...]
        while let first = rest.first {
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            let character = String(validating: rest.prefix(length), as: UTF8.self)
            if character == "\n" {
                lines.append("")
            } else if let scalar = character?.unicodeScalars.first, scalar.properties.generalCategory != .control {
                lines[lines.count - 1].unicodeScalars.append(scalar)
            } else {
                lines[lines.count - 1] += "\\x" + (first < 0x10 ? "0" : "") + String(first, radix: 16)
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(length)
        }
        return lines
    }

    /// Whether UTF-8 has a control character (Unicode, general category Cc: U+0000–001F, U+007F–009F) but for the newline.
    private static func hasControls(_ text: [UInt8]) -> Bool {
        var before: UInt8 = 0
        for byte in text {
            if byte < 0x20 && byte != 0x0A || byte == 0x7F || before == 0xC2 && byte < 0xA0 { return true }
            before = byte
        }
        return false
    }
}
