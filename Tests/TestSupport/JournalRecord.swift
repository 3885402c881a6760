// Entries as `journalctl -o json` prints them.

import FoundationEssentials

/// One entry: every field with all its values.
public struct JournalRecord: Decodable, Sendable {
    /// The values of each field by its name.
    public let fields: [String: [String]]

    /// A field that occurs several times is an array, one with other than printable text an array of bytes.
    private enum Value: Decodable {
        case texts([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .texts([text])
            } else if let bytes = try? container.decode([UInt8].self) {
                self = .texts([Self.text(bytes)])
            } else {
                self = .texts(
                    try container.decode([Element].self).map { element in
                        switch element {
                        case .text(let text): text
                        case .bytes(let bytes): Self.text(bytes)
                        }
                    }
                )
            }
        }

        /// Bytes that are no UTF-8 each as `\xNN`.
        private static func text(_ bytes: [UInt8]) -> String {
            String(validating: bytes, as: UTF8.self)
                ?? bytes.map { $0 < 0x80 ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }.joined()
        }
    }

    private enum Element: Decodable {
        case text(String), bytes([UInt8])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .bytes(try container.decode([UInt8].self))
            }
        }
    }

    /// Decodes one line.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.singleValueContainer().decode([String: Value].self)
        fields = values.mapValues { value in
            switch value {
            case .texts(let texts): texts
            }
        }
    }

    /// The entries of a text with one a line; other lines are passed over.
    public static func all(in text: String) throws -> [JournalRecord] {
        try text.split(separator: "\n").filter { $0.hasPrefix("{") }.map { line in
            try JSONDecoder().decode(JournalRecord.self, from: Data(line.utf8))
        }
    }

    /// The one value of a field; nil when there is none, or more than one.
    public subscript(name: String) -> String? {
        guard let values = fields[name], values.count == 1 else { return nil }
        return values[0]
    }

    /// The last part of the name of the file that was audited.
    public var file: String { self["NIANBAO_FILE"]?.split(separator: "/").last.map(String.init) ?? "?" }

    /// Bytes of what the program sent, as `NAME=value`.
    public var sentBytes: Int {
        fields.filter { !$0.key.hasPrefix("_") && $0.key != "SYSLOG_TIMESTAMP" }.reduce(0) { sum, field in
            sum + field.value.reduce(0) { $0 + field.key.utf8.count + 1 + $1.utf8.count }
        }
    }
}
