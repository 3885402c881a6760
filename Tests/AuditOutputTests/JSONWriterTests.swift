// The writer of JSON against the encoder of Foundation: the same bytes.

import AuditOutput
import FoundationEssentials
import Testing

@Suite("JSON writer") struct JSONWriterTests {
    /// Every byte that is written in some way of its own, and what comes next to it.
    private static let strings: [String] =
        (0...0x7F).compactMap { Unicode.Scalar($0).map { "\($0)" } } + [
            "", "年报 \"依申请公开\"，第3/7行", "a\\b\\\\", "\r\n", "\u{85}\u{2028}\u{2029}", "\u{FEFF}", "\u{FFFD}\u{FFFF}",
            "\u{D7FF}\u{E000}", "𠮷\u{10FFFF}", "e\u{301}é", "👨‍👩‍👧", "\u{0}middle\u{1F}\u{7F}",
            String(decoding: [0xED, 0xA0, 0x80], as: UTF8.self), String(repeating: "长", count: 4000),
        ]

    private static let doubles: [Double] = [
        0, -0.0, 1, -1, 3.0, 0.1, 0.1 + 0.2, 1.5, -2.25, 1e-7, 1.0 / 3, 99_999_999.99, 1e15, 1e16, 1e17,
        9_007_199_254_740_992,
        .greatestFiniteMagnitude, .leastNormalMagnitude, .leastNonzeroMagnitude, 3.2, 1234.567,
    ]

    private static let values: [JSONValue] =
        strings.map { .string($0) } + doubles.map { .double($0) } + [0, 1, -1, 2023, .max, .min].map { .int($0) } + [
            .null, .bool(true), .bool(false), .array([]), .object([:]), .array([.array([]), .object([:])]),
            .object(["empty": .array([]), "": .object([:]), "none": .null]),
            .object([
                "3.3.1": .int(1), "3.10": .int(2), "10": .int(3), "1": .int(4), "B": .int(5), "a": .int(6),
            ]),
            .array([
                .object(["b": .array([.int(1), .object(["c": .null, "a": .array([.double(0.5)])])])]), .string("x"),
            ]),
            .object(JSONObject((1...0x7F).compactMap { code in Unicode.Scalar(code).map { ("\($0)", .int(code)) } })),
            nested(40),
        ]

    private static func nested(_ depth: Int) -> JSONValue {
        (0..<depth).reduce(.string("内")) { value, level in
            level.isMultiple(of: 2) ? .array([value, .int(level)]) : .object(["inside": value, "level": .int(level)])
        }
    }

    @Test(arguments: [true, false]) func writesWhatFoundationWrites(pretty: Bool) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        for value in Self.values + [.array(Self.values)] {
            let expected = String(decoding: try encoder.encode(Encoded(value)), as: UTF8.self)
            let written = String(decoding: value.serialized(pretty: pretty), as: UTF8.self)
            #expect(written.utf8.elementsEqual(expected.utf8), "\(written.prefix(300)) for \(expected.prefix(300))")
        }
    }

    @Test func isReadBackByFoundation() throws {
        let strings = Self.strings.filter { $0.utf8.allSatisfy { $0 != 0 } }
        let bytes = JSONValue.array(strings.map { .string($0) }).serialized(pretty: true)
        #expect(try JSONDecoder().decode([String].self, from: Data(bytes)) == strings)
    }

    @Test func knowsWhereAValueOfTheOutermostObjectStands() throws {
        let inner = JSONValue.object(["source": .string("inner"), "a": .null])
        let wanted = JSONValue.object(["path": .string("}\"年")])
        let value = JSONValue.object(["a": inner, "source": wanted, "z": .array([inner])])
        let (bytes, place) = value.serialized(noting: "source")
        #expect(bytes == value.serialized(pretty: true))
        #expect(place.map { Array(bytes[$0]) } == wanted.serialized(pretty: true, depth: 1))
        for other in [value, .array([value]), .null] { #expect(other.serialized(noting: "b").place == nil) }
        #expect(JSONValue.array([value]).serialized(noting: "source").place == nil)
    }

    @Test func writesNumbersThatJSONHasNotAsNull() {
        for number in [Double.nan, .infinity, -.infinity] {
            #expect(JSONValue.double(number).serialized(pretty: false) == Array("null".utf8), "\(number)")
        }
    }

    @Test func membersStandInOrderHoweverTheyCame() {
        var object: JSONObject = ["m": .int(1), "a": .int(2)]
        object["z"] = .int(3)
        object["b"] = .int(4)
        object["a"] = .int(5)
        object["m"] = nil
        object["missing"] = nil
        #expect(object == ["a": .int(5), "b": .int(4), "z": .int(3)])
        #expect(object["z"] == .int(3))
        #expect(object["m"] == nil)
        #expect(
            String(decoding: JSONValue.object(object).serialized(pretty: false), as: UTF8.self)
                == #"{"a":5,"b":4,"z":3}"#
        )
    }
}

/// A value in the way of Foundation.
private struct Encoded: Encodable {
    let value: JSONValue

    init(_ value: JSONValue) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values.map(Encoded.init))
        case .object(let object):
            try container.encode(
                Dictionary(uniqueKeysWithValues: object.keys.map { ($0, Encoded(object[$0] ?? .null)) })
            )
        }
    }
}
