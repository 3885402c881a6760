/// Writes JSON text byte by byte into one array: an encoder for any `Encodable` takes longer for an audit than reading and judging
/// the report.
struct JSONWriter {
    /// What is written so far, in UTF-8.
    private(set) var bytes: [UInt8] = []
    private let pretty: Bool
    private var depth: Int

    init(pretty: Bool, depth: Int = 0) {
        self.pretty = pretty
        self.depth = depth
        // As large as a result is on average.
        bytes.reserveCapacity(16 << 10)
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .int(let value): append(String(value))
        case .double(let value): write(value)
        case .string(let text): write(text)
        case .array(let values): write(values)
        case .object(let object): write(object)
        }
    }

    // MARK: - Numbers and strings

    /// The shortest digits that are this number and no other, a whole number without a point.
    private mutating func write(_ number: Double) {
        guard number.isFinite else { return append("null") }
        let text = number.description
        append(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    /// Escapes what RFC 8259 (section 7) says must be escaped, and nothing else.
    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.contains(where: Self.mustBeEscaped) {
            for byte in text.utf8 {
                if Self.mustBeEscaped(byte) { escape(byte) } else { bytes.append(byte) }
            }
        } else {
            append(text)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x08: append("\\b")
        case 0x09: append("\\t")
        case 0x0A: append("\\n")
        case 0x0C: append("\\f")
        case 0x0D: append("\\r")
        default: append((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
        }
    }

    // MARK: - Containers

    private mutating func write(_ values: [JSONValue]) {
        contain("[", "]", isEmpty: values.isEmpty) { writer in
            for (index, value) in values.enumerated() {
                writer.startElement(index)
                writer.write(value)
            }
        }
    }

    private mutating func write(_ object: JSONObject) {
        contain("{", "}", isEmpty: object.members.isEmpty) { writer in
            for (index, member) in object.members.enumerated() {
                writer.startElement(index)
                writer.write(member.key)
                writer.append(writer.pretty ? " : " : ":")
                writer.write(member.value)
            }
        }
    }

    private mutating func contain(_ opening: String, _ closing: String, isEmpty: Bool, _ write: (inout Self) -> Void) {
        append(opening)
        depth += 1
        write(&self)
        depth -= 1
        if pretty {
            // Between empty brackets stands an empty line: results of earlier versions, byte for byte.
            if isEmpty { append("\n") }
            startLine()
        }
        append(closing)
    }

    private mutating func startElement(_ index: Int) {
        if index > 0 { append(",") }
        if pretty { startLine() }
    }

    private mutating func startLine() {
        append("\n")
        for _ in 0..<depth { append("  ") }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
