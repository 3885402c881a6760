// The tree of YAML nodes by itself: places, styles, tags, the core schema, the limits.

import Testing

@testable import Configuration

private func tree(_ yaml: String) throws -> Node { try Node(parsing: Array(yaml.utf8)) }

/// A node and those below it, each with its place.
private func outline(_ node: Node) -> String {
    let place = "@\(node.mark.line):\(node.mark.column)"
    let tag = node.tag.map { "<\($0)>" } ?? ""
    return switch node.content {
    case .scalar(let scalar): "\(tag)\(scalar.text.debugDescription)/\(scalar.style)\(place)"
    case .alias(let name): "*\(name)\(place)"
    case .sequence(let elements): "\(tag)[\(elements.map(outline).joined(separator: ", "))]\(place)"
    case .mapping(let pairs):
        "\(tag){\(pairs.map { "\(outline($0.key)): \(outline($0.value))" }.joined(separator: ", "))}\(place)"
    }
}

@Suite struct YAMLTests {
    @Test(
        "trees",
        arguments: [
            ("a: 'b'", #"{"a"/plain@1:1: "b"/quoted@1:4}@1:1"#),
            ("# 注\n名: |\n  x\n", #"{"名"/plain@2:1: "x\n"/block@2:4}@2:1"#),
            (
                "- \"年\\0\": é\n- !!int 4",
                #"[{"年\0"/quoted@1:3: "é"/plain@1:10}@1:3, <tag:yaml.org,2002:int>"4"/plain@2:3]@1:1"#
            ),
            ("a: 1\na: 2", #"{"a"/plain@1:1: "1"/plain@1:4, "a"/plain@2:1: "2"/plain@2:4}@1:1"#),
            ("[&x a, *x]", #"["a"/plain@1:2, *x@1:8]@1:1"#),
            ("? [a]\n: !y {}", #"{["a"/plain@1:4]@1:3: <!y>{}@2:3}@1:1"#),
            ("%YAML 1.2\n---\na\n...\n", #""a"/plain@3:1"#),
            ("\u{FEFF}a", #""a"/plain@1:1"#),
        ]
    )
    func trees(yaml: String, expected: String) throws {
        #expect(outline(try tree(yaml)) == expected)
    }

    @Test(
        "the core schema",
        arguments: [
            ("[null, Null, NULL, ~, !!null '']", .null),
            ("[true, True, TRUE, !!bool 'true']", .boolean(true)),
            ("[false, False, FALSE]", .boolean(false)),
            ("[12, +12, 012, 0xC, 0xc, 0o14, !!int '12']", .integer(12)),
            ("[-12]", .integer(-12)),
            ("[9223372036854775808, 0xFFFFFFFFFFFFFFFFF]", .integer(nil)),
            (
                "['', \"null\", '1', yes, No, on, nUll, tRue, 1_000, 0X1, 0o8, 0x, +, -x, 1.5, .inf, １, !!str 1]",
                .string
            ),
            ("[!!int x, !!bool 1, !!null 0, !!float 1.5, !x y, []]", nil),
        ] as [(String, Node.Value?)]
    )
    func coreSchema(yaml: String, value: Node.Value?) throws {
        guard case .sequence(let elements) = try tree(yaml).content else {
            Issue.record("not a list: \(yaml)")
            return
        }
        for element in elements { #expect(element.value == value, "\(outline(element))") }
    }

    @Test("the limit of depth", arguments: [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")])
    func depth(opening: String, closing: String) throws {
        func nested(_ levels: Int) -> String {
            String(repeating: opening, count: levels) + "x" + String(repeating: closing, count: levels)
        }
        _ = try tree(nested(32))
        let error = #expect(throws: YAMLError.self) { try tree(nested(33)) }
        #expect(error?.message[.english] == "the nesting is too deep")
        #expect(error?.mark == Mark(line: 1, column: 32 * opening.count + 1))
    }

    @Test func theLargestFileIsRead() throws {
        let yaml = "a: " + String(repeating: "x", count: Configuration.maximumFileBytes - 3)
        guard case .mapping(let pairs) = try tree(yaml).content else {
            Issue.record("not a mapping")
            return
        }
        #expect(pairs.first?.value.scalar?.text.utf8.count == Configuration.maximumFileBytes - 3)
        #expect(throws: YAMLError.self) { try tree(yaml + "x") }
    }

    @Test(
        "places of bytes that are not UTF-8",
        arguments: [
            ([0xC4, 0xEA], 1), ([0xE5, 0xB9, 0x41], 1), ([0xF0, 0x9F, 0x98], 1), ([0xC0, 0x80], 1),
            ([0xED, 0xA0, 0x80], 1), ([0xE5, 0xB9, 0xB4, 0xFF], 2),
        ] as [([UInt8], Int)]
    )
    func notUTF8(bytes: [UInt8], column: Int) {
        let error = #expect(throws: YAMLError.self) { try Node(parsing: Array("年: 1\n年: ".utf8) + bytes) }
        #expect(error?.message[.english] == "this is not UTF-8 text")
        #expect(error?.mark == Mark(line: 2, column: 3 + column))
    }

    @Test(
        "common slips are explained",
        arguments: [
            "a: [b\nc: d", "a: {b: 1\nc: d", "a: \"b\nc: d", "a:\n  - b\n c: d", "a:\n\t- b", "a: b: c", "a: %b",
            "a: & b",
            "a: \"\\q\"", "a:\n  - b\n - c", "  a: b\nc: d", "a: b - c\n- d", "a: - b", "abc\nd: e", "a: 'b' c",
            "a: \"\\xg\"", "a: [,]", "a: ]",
        ]
    )
    func slips(yaml: String) {
        let error = #expect(throws: YAMLError.self) { try tree(yaml) }
        // What libyaml says stands in a message only when nothing better is known.
        #expect(error?.message[.english].hasPrefix("YAML syntax") == false, "\(error?.message[.english] ?? "")")
        #expect(error?.mark != nil)
    }
}
