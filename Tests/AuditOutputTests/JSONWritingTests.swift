import AuditOutput
import FoundationEssentials
import Testing

/// The JSON that is written is the JSON that Foundation writes: results of earlier versions are compared byte by byte.
@Suite("Writing JSON") struct JSONWritingTests {
    @Test("as Foundation's encoder", arguments: [true, false])
    func asFoundation(pretty: Bool) throws {
        let controls = (0..<0x20).map { String(Character(Unicode.Scalar(UInt8($0)))) }.joined()
        let values: [JSONValue] = [
            .null, .bool(true), .bool(false), .int(0), .int(.min), .int(.max), .string(""), .string(controls),
            .string("“表三”\"\\/ \u{7F}\u{2028}\u{1F600}e\u{301}"), .array([]), .object([:]),
            .array([.array([]), .object([:]), .array([.int(1), .null])]),
            .object([
                "3.1": .int(1), "3.10": .object(["b": .array([.string("甲")]), "a": .null]), "3.3.1": .int(2),
                "B": .int(3),
                "a": .int(4), "表": .int(5), "a\n": .int(6), "": .int(7),
            ]),
        ]
        let numbers = [0, -0.0, 1, -1, 0.1, 3.217, 1e15, 1e16, 1e17, 1.5e-7, 123_456_789.125, .greatestFiniteMagnitude]
        for value in values + numbers.map(JSONValue.double) {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
            let expected = String(decoding: try encoder.encode(Encoded(value: value)), as: UTF8.self)
            #expect(String(decoding: value.serialized(pretty: pretty), as: UTF8.self) == expected)
        }
    }
}

/// A value for Foundation's encoder.
private struct Encoded: Encodable {
    let value: JSONValue

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values.map(Encoded.init))
        case .object(let members): try container.encode(members.mapValues(Encoded.init))
        }
    }
}
