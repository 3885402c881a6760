/// Writes JSON text byte by byte into one array: an encoder for any `Encodable` takes longer for an audit than reading and judging
/// the report.
struct JSONWriter: ~Copyable {
    private var text = JSONBuffer(capacity: usualSize)
    /// What is written so far, in UTF-8.
    var bytes: [UInt8] { text.bytes }
    /// Where the value of the outermost object stands whose place was asked for.
    private(set) var notedPlace: Range<Int>?
    private let notedKey: String?
    private let pretty: Bool
    private var depth: Int

    init(pretty: Bool, depth: Int = 0, noting key: String? = nil) {
        self.pretty = pretty
        self.depth = depth
        notedKey = key
    }

    /// As large as a result is on average, in bytes.
    private static let usualSize = 16 << 10

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .int(let value): write(value)
        case .double(let value): write(value)
        case .string(let string): write(string)
        case .array(let values): write(values)
        case .object(let object): write(object)
        }
    }

    // MARK: - Numbers and strings

    private mutating func write(_ number: Int) {
        // As nearly every number of a table is.
        guard (0...9).contains(number) else { return append(String(number)) }
        text.append(UInt8(ascii: "0") + UInt8(number))
    }

    /// The shortest digits that are this number and no other, a whole number without a point.
    private mutating func write(_ number: Double) {
        guard number.isFinite else { return append("null") }
        let digits = number.description
        append(digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits)
    }

    /// Escapes what RFC 8259 (section 7) says must be escaped, and nothing else.
    private mutating func write(_ string: String) {
        text.append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { utf8 in
            if Self.mustBeEscaped(UnsafeRawBufferPointer(utf8)) {
                for byte in utf8 { if Self.mustBeEscaped(byte) { escape(byte) } else { text.append(byte) } }
            } else {
                text.append(utf8)
            }
        }
        text.append(UInt8(ascii: "\""))
    }

    /// Eight bytes at a time, and to the end of the text, whatever is found: hardly a text has one.
    private static func mustBeEscaped(_ text: UnsafeRawBufferPointer) -> Bool {
        let last = text.count - 8
        guard last >= 0 else { return text.contains(where: mustBeEscaped) }
        var found: UInt64 = 0
        for offset in stride(from: 0, to: last, by: 8) { found |= escapes(text, offset) }
        // The last eight, of which some were looked at already.
        return found | escapes(text, last) != 0
    }

    /// Has the high bit of those of eight bytes that must be escaped: below 0x20, or 0 once what they are looked for is taken off (S. E.
    /// Anderson, Bit Twiddling Hacks, “hasless”: exact as long as only whether there are any is asked).
    @inline(__always)
    private static func escapes(_ text: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        let each: UInt64 = 0x0101_0101_0101_0101
        let bytes = text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let quotes = bytes ^ (each &* UInt64(UInt8(ascii: "\"")))
        let backslashes = bytes ^ (each &* UInt64(UInt8(ascii: "\\")))
        let controls = (bytes &- each &* 0x20) & ~bytes
        return (controls | (quotes &- each) & ~quotes | (backslashes &- each) & ~backslashes) & (each &* 0x80)
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
            let start = text.count
            write(object.members[index].1)
            if depth == 1, object.members[index].0 == notedKey { notedPlace = start..<text.count }
        }
        close(UInt8(ascii: "}"), isEmpty: object.members.isEmpty)
    }

    private mutating func open(_ bracket: UInt8) {
        text.append(bracket)
        depth += 1
    }

    private mutating func close(_ bracket: UInt8, isEmpty: Bool) {
        depth -= 1
        if pretty {
            // Between empty brackets stands an empty line: results of earlier versions, byte for byte.
            if isEmpty { text.append(UInt8(ascii: "\n")) }
            startLine()
        }
        text.append(bracket)
    }

    private mutating func startElement(_ index: Int) {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        if pretty { startLine() }
    }

    private mutating func startLine() {
        text.append(UInt8(ascii: "\n"))
        text.append(UInt8(ascii: " "), times: 2 * depth)
    }

    private mutating func append(_ string: String) {
        var string = string
        string.withUTF8 { text.append($0) }
    }
}
