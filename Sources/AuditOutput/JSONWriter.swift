/// Writes JSON text byte by byte into one array: an encoder for any `Encodable` takes longer for an audit than reading and judging
/// the report.
struct JSONWriter {
    /// What is written so far, in UTF-8.
    private(set) var bytes: [UInt8] = []
    /// Where the value of the outermost object stands whose place was asked for.
    private(set) var notedPlace: Range<Int>?
    private let notedKey: String?
    private let pretty: Bool
    private var depth: Int
    /// A line end and as many blanks as the deepest line began with.
    private var lineStart = [UInt8(ascii: "\n")]

    init(pretty: Bool, depth: Int = 0, noting key: String? = nil) {
        self.pretty = pretty
        self.depth = depth
        notedKey = key
        // As large as a result is on average.
        bytes.reserveCapacity(16 << 10)
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .int(let value): write(value)
        case .double(let value): write(value)
        case .string(let text): write(text)
        case .array(let values): write(values)
        case .object(let object): write(object)
        }
    }

    // MARK: - Numbers and strings

    private mutating func write(_ number: Int) {
        // As nearly every number of a table is.
        guard (0...9).contains(number) else { return append(String(number)) }
        bytes.append(UInt8(ascii: "0") + UInt8(number))
    }

    /// The shortest digits that are this number and no other, a whole number without a point.
    private mutating func write(_ number: Double) {
        guard number.isFinite else { return append("null") }
        let text = number.description
        append(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    /// Escapes what RFC 8259 (section 7) says must be escaped, and nothing else.
    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        text.utf8Span.span.withUnsafeBufferPointer { text in
            if Self.mustBeEscaped(UnsafeRawBufferPointer(text)) {
                for byte in text { if Self.mustBeEscaped(byte) { escape(byte) } else { bytes.append(byte) } }
            } else {
                bytes.append(contentsOf: text)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Eight bytes at a time, and to the end of the text, whatever is found: hardly a text has one.
    private static func mustBeEscaped(_ text: UnsafeRawBufferPointer) -> Bool {
        let (each, high): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var found: UInt64 = 0
        var offset = 0
        while offset + 8 <= text.count {
            let word = text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            // The high bit of a byte: it was below 0x20, or became 0 (S. E. Anderson, Bit Twiddling Hacks, “hasless”).
            let quote = word ^ (each &* 0x22)
            let backslash = word ^ (each &* 0x5C)
            found |= (word &- each &* 0x20) & ~word
            found |= (quote &- each) & ~quote
            found |= (backslash &- each) & ~backslash
            offset += 8
        }
        return found & high != 0 || text[offset...].contains(where: mustBeEscaped)
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
        open(UInt8(ascii: "["))
        for index in values.indices {
            startElement(index)
            write(values[index])
        }
        close(UInt8(ascii: "]"), isEmpty: values.isEmpty)
    }

    private mutating func write(_ object: JSONObject) {
        open(UInt8(ascii: "{"))
        for index in object.members.indices {
            startElement(index)
            write(object.members[index].0)
            append(pretty ? " : " : ":")
            let start = bytes.count
            write(object.members[index].1)
            if depth == 1, object.members[index].0 == notedKey { notedPlace = start..<bytes.count }
        }
        close(UInt8(ascii: "}"), isEmpty: object.members.isEmpty)
    }

    private mutating func open(_ bracket: UInt8) {
        bytes.append(bracket)
        depth += 1
    }

    private mutating func close(_ bracket: UInt8, isEmpty: Bool) {
        depth -= 1
        if pretty {
            // Between empty brackets stands an empty line: results of earlier versions, byte for byte.
            if isEmpty { bytes.append(UInt8(ascii: "\n")) }
            startLine()
        }
        bytes.append(bracket)
    }

    private mutating func startElement(_ index: Int) {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        if pretty { startLine() }
    }

    private mutating func startLine() {
        while lineStart.count < 1 + 2 * depth { lineStart.append(UInt8(ascii: " ")) }
        bytes.append(contentsOf: lineStart[..<(1 + 2 * depth)])
    }

    private mutating func append(_ text: String) {
        text.utf8Span.span.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }
}
