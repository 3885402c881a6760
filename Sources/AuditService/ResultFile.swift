// Where results lie, and the one thing that the service reads in them.

import LinuxIO
import Systemd
import SystemPackage

/// Where results lie.
public enum ResultFile {
    private static let suffix = Array(".audit.json".utf8)
    /// NAME_MAX, see limits.h(0p).
    private static let longestName = 255

    /// Where the result of `file` belongs, below the folder of results.
    static func path(of file: FilePath, in inbox: Inbox, sha256: ([UInt8]) -> String) -> FilePath {
        FilePath(bytes: path(of: file.bytes, inbox: inbox.name, sha256: sha256))
    }

    /// Where the result of a file belongs, below the folder of results.
    ///
    /// - Parameters:
    ///   - file: its path below the inbox.
    ///   - inbox: the name of the inbox; nil where it has none.
    ///   - sha256: the digest of bytes in hex digits, by which names that are too long are told apart.
    public static func path(of file: [UInt8], inbox: String?, sha256: ([UInt8]) -> String) -> [UInt8] {
        let slash = UInt8(ascii: "/")
        let start = file.lastIndex(of: slash).map { $0 + 1 } ?? 0
        return (inbox.map { Array($0.utf8) + [slash] } ?? []) + file[..<start]
            + name(of: Array(file[start...]), sha256: sha256)
    }

    /// `name.audit.json`; where that is too long, as much of the name as fits, `~` and 16 hex digits of its SHA-256.
    private static func name(of name: [UInt8], sha256: ([UInt8]) -> String) -> [UInt8] {
        if name.count + suffix.count <= longestName {
            return name + suffix
        }
        let tail = Array("~".utf8) + Array(sha256(name).utf8.prefix(16)) + suffix
        return name.prefixOfWholeCharacters(longestName - tail.count) + tail
    }

    /// The value of the key `sha256` of a result; nil if it is null or the file is none of ours.
    ///
    /// Not a whole JSON reader: `"sha256"` before a colon cannot stand within a JSON string, where quotation marks are
    /// escaped, and the schema has that key once.
    static func sha256(in json: [UInt8]) -> String? {
        let key = Array("\"sha256\"".utf8)
        let blanks = Set(" \t\r\n".utf8)
        var start = 0
        while let quote = json[start...].firstIndex(of: UInt8(ascii: "\"")) {
            start = quote + 1
            guard json[quote...].starts(with: key) else { continue }
            let afterKey = json[(quote + key.count)...].drop { blanks.contains($0) }
            guard afterKey.first == UInt8(ascii: ":") else { continue }
            let value = afterKey.dropFirst().drop { blanks.contains($0) }
            let digits = value.dropFirst().prefix(64)
            guard value.first == UInt8(ascii: "\""), digits.count == 64, !digits.contains(UInt8(ascii: "\"")) else {
                return nil
            }
            return String(validating: digits, as: UTF8.self)
        }
        return nil
    }
}
