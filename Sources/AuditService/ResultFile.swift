// Where results lie, and the little that the service reads in them.

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

    /// The SHA-256 of the content that a result is about; nil if there was none or the file is none of ours.
    static func sha256(in json: [UInt8]) -> String? {
        string("sha256", in: json).flatMap { $0.utf8.count == 64 ? $0 : nil }
    }

    /// The catalogue under which a result was made.
    static func catalogue(in json: [UInt8]) -> String? { string("catalogue", in: json) }

    /// The format of the document; nil where it was not read.
    static func format(in json: [UInt8]) -> String? { string("format", in: json) }

    /// The value of a key that the schema has once; nil if it is null or missing.
    ///
    /// Not a whole JSON reader: the key in quotation marks before a colon cannot stand within a JSON string, where quotation
    /// marks are escaped. Neither value has an escape.
    private static func string(_ name: String, in json: [UInt8]) -> String? {
        let key = Array("\"\(name)\"".utf8)
        let blanks = Set(" \t\r\n".utf8)
        let quote = UInt8(ascii: "\"")
        var start = 0
        while let found = json[start...].firstIndex(of: quote) {
            start = found + 1
            guard json[found...].starts(with: key) else { continue }
            let afterKey = json[(found + key.count)...].drop { blanks.contains($0) }
            guard afterKey.first == UInt8(ascii: ":") else { continue }
            let value = afterKey.dropFirst().drop { blanks.contains($0) }
            guard value.first == quote, let end = value.dropFirst().firstIndex(of: quote) else { return nil }
            return String(validating: value[(value.startIndex + 1)..<end], as: UTF8.self)
        }
        return nil
    }

    /// How a new result differs from the one that lies there.
    enum Difference: Hashable {
        /// Only in the times of the audit, or that it was taken from the ledger.
        case none
        /// In the catalogue, but not in what it says.
        case basis
        /// In what it says.
        case findings
    }

    /// Compares a new result with the file at `path`, line by line as both were written.
    static func difference(of json: [UInt8], from path: FilePath) -> Difference {
        guard let old = try? SafeFile.read(path: path).bytes else { return .findings }
        let (before, after) = (Said(old), Said(json))
        guard before.lines == after.lines else { return .findings }
        return before.basis == after.basis ? .none : .basis
    }

    /// The lines of a result, those that may differ put aside.
    private struct Said {
        var lines: [ArraySlice<UInt8>] = []
        var basis: [ArraySlice<UInt8>] = []

        init(_ json: [UInt8]) {
            var isWithinReused = false
            for line in json.split(separator: 0x0A) {
                let text = line.drop { $0 == 0x20 }
                if isWithinReused {
                    isWithinReused = text.first != UInt8(ascii: "}")
                } else if Self.times.contains(where: { text.starts(with: $0) }) {
                    isWithinReused = text.last == UInt8(ascii: "{")
                } else if Self.tool.contains(where: { text.starts(with: $0) }) {
                    basis.append(line)
                } else {
                    lines.append(line)
                }
            }
        }

        private static let times = ["auditedAt", "durationMs", "reused"].map { Array("\"\($0)\"".utf8) }
        private static let tool = ["catalogue", "version"].map { Array("\"\($0)\"".utf8) }
    }
}
