// From bytes to a tree of YAML nodes with their places, by the events of libyaml.
//
// Events and not libyaml's documents, because those expand aliases: a kilobyte of aliases to aliases fills the memory.

import CYAML

/// A place in a text, from 1; the column counts Unicode scalars.
struct Mark: Hashable, Comparable {
    let line: Int
    let column: Int

    static func < (left: Mark, right: Mark) -> Bool { (left.line, left.column) < (right.line, right.column) }
}

/// A value in a YAML document.
struct Node {
    enum Content {
        case scalar(Scalar)
        case sequence([Node])
        /// In the order of the file; that no key stands there twice is for the reader to check.
        case mapping([(key: Node, value: Node)])
        /// The name of an anchor. It is not looked up: aliases are refused.
        case alias(String)
    }

    let mark: Mark
    /// The tag that the file gives, in full.
    let tag: String?
    let content: Content

    /// The scalar; nil for anything else.
    var scalar: Scalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The elements of a list; nil for anything else, and for a list with a tag of its own.
    var sequence: [Node]? {
        guard case .sequence(let elements) = content, tag == nil || tag == "tag:yaml.org,2002:seq" else { return nil }
        return elements
    }

    /// The keys and values of a mapping; nil for anything else, and for a mapping with a tag of its own.
    var mapping: [(key: Node, value: Node)]? {
        guard case .mapping(let pairs) = content, tag == nil || tag == "tag:yaml.org,2002:map" else { return nil }
        return pairs
    }
}

// MARK: - Scalars

extension Node {
    struct Scalar {
        enum Style { case plain, quoted, block }

        /// The text as it is meant, without quotes and escapes.
        let text: String
        let style: Style
    }

    /// What the core schema makes of a scalar. A floating-point number counts as a string: no key takes one.
    enum Value: Equatable {
        case null
        case boolean(Bool)
        /// Nil when the number is beyond `Int`.
        case integer(Int?)
        case string
    }

    /// The value of a scalar by the core schema (YAML 1.2.2, 10.3.2); nil when its tag is none of the schema or belies
    /// the text, and for what is no scalar.
    var value: Value? {
        guard let scalar else { return nil }
        let plain = Value(plain: scalar.text)
        return switch (tag, plain) {
        case (nil, _): scalar.style == .plain ? plain : .string
        case ("tag:yaml.org,2002:str", _): .string
        case ("tag:yaml.org,2002:null", .null), ("tag:yaml.org,2002:bool", .boolean),
            ("tag:yaml.org,2002:int", .integer):
            plain
        default: nil
        }
    }
}

extension Node.Value {
    fileprivate init(plain text: String) {
        self =
            switch text {
            case "", "~", "null", "Null", "NULL": .null
            case "true", "True", "TRUE": .boolean(true)
            case "false", "False", "FALSE": .boolean(false)
            default: Self.integer(text) ?? .string
            }
    }

    /// `[-+]?[0-9]+`, `0o[0-7]+` or `0x[0-9a-fA-F]+`.
    private static func integer(_ text: String) -> Self? {
        let sign = text.hasPrefix("-") || text.hasPrefix("+") ? 1 : 0
        let (digits, radix) =
            switch text.prefix(2) {
            case "0o": (text.dropFirst(2), 8)
            case "0x": (text.dropFirst(2), 16)
            default: (text.dropFirst(sign), 10)
            }
        let isNumber = digits.utf8.allSatisfy { Int(String(Unicode.Scalar($0)), radix: radix) != nil }
        guard !digits.isEmpty, isNumber else { return nil }
        return .integer(radix == 10 ? Int(text) : Int(digits, radix: radix))
    }
}

// MARK: - Parser

extension Node {
    /// Parses the one document of a file.
    ///
    /// - Parameter yaml: UTF-8, with or without a byte order mark.
    /// - Throws: the first thing that keeps the file from being read.
    init(parsing yaml: [UInt8]) throws(YAMLError) {
        guard yaml.count <= Configuration.maximumFileBytes else { throw .tooLarge }
        // Editors on Windows begin UTF-8 with a mark. It is no part of the first line.
        let text = yaml.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(yaml.dropFirst(3)) : yaml
        self = try text.withUnsafeBufferPointer { bytes throws(YAMLError) in
            try YAMLParser(bytes).document()
        }
    }
}

/// libyaml's parser over bytes that must outlive it.
private struct YAMLParser: ~Copyable {
    /// Collections within one another. A real file has four; each level costs stack.
    private static let maximumDepth = 32

    private let bytes: UnsafeBufferPointer<UInt8>
    /// On the heap: libyaml keeps a pointer to it.
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLError) {
        self.bytes = bytes
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else { throw .outOfMemory }
        // Otherwise two bytes at the start would make it UTF-16.
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    func document() throws(YAMLError) -> Node {
        _ = try next()
        guard case .documentStart = try next().event, let root = try node(depth: 1) else { throw .empty }
        _ = try next()
        let (event, mark) = try next()
        if case .documentStart = event { throw .secondDocument(at: mark) }
        // `---` alone is a document too.
        if root.value == .null { throw .empty }
        return root
    }

    /// The next node; nil at the end of the collection it could have stood in.
    private func node(depth: Int) throws(YAMLError) -> Node? {
        let (event, mark) = try next()
        switch event {
        case .documentStart, .end:
            return nil
        case .node(let content, let tag):
            return Node(mark: mark, tag: tag, content: content)
        case .sequenceStart(let tag):
            guard depth <= Self.maximumDepth else { throw .tooDeep(at: mark) }
            var elements: [Node] = []
            while let element = try node(depth: depth + 1) { elements.append(element) }
            return Node(mark: mark, tag: tag, content: .sequence(elements))
        case .mappingStart(let tag):
            guard depth <= Self.maximumDepth else { throw .tooDeep(at: mark) }
            var pairs: [(key: Node, value: Node)] = []
            while let key = try node(depth: depth + 1), let value = try node(depth: depth + 1) {
                pairs.append((key, value))
            }
            return Node(mark: mark, tag: tag, content: .mapping(pairs))
        }
    }

    private func next() throws(YAMLError) -> (event: Event, mark: Mark) {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        return (Event(event), Mark(event.start_mark))
    }

    private func failure() -> YAMLError {
        let state = parser.pointee
        guard state.error != YAML_MEMORY_ERROR, let text = state.problem else { return .outOfMemory }
        let problem = String(cString: text)
        if state.error == YAML_READER_ERROR {
            // The offset of the problem may lie within a character, this one does not.
            let mark = Mark(after: bytes.prefix(state.offset))
            return problem.hasPrefix("control characters") ? .syntax(problem, at: mark) : .notUTF8(at: mark)
        }
        // An open quote is noticed at the end of the file; it helps to know where it began.
        let isOpen = problem == "found unexpected end of stream" && state.context != nil
        let mark = Mark(isOpen ? state.context_mark : state.problem_mark)
        return .syntax(problem, at: mark, isIndentedByTab: isIndentedByTab(line: mark.line))
    }

    private func isIndentedByTab(line number: Int) -> Bool {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(number - 1) else { return false }
        let tab = UInt8(ascii: "\t")
        return lines[number - 1].prefix { $0 == UInt8(ascii: " ") || $0 == tab }.contains(tab)
    }
}

/// An event of libyaml, as far as it matters here.
private enum Event {
    case documentStart
    /// A scalar or an alias.
    case node(Node.Content, tag: String?)
    case sequenceStart(tag: String?)
    case mappingStart(tag: String?)
    /// The end of a collection, the document or the stream: which, follows from what was begun.
    case end

    init(_ event: yaml_event_t) {
        func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? { text.map { String(cString: $0) } }
        let data = event.data
        self =
            switch event.type {
            case YAML_DOCUMENT_START_EVENT: .documentStart
            case YAML_ALIAS_EVENT: .node(.alias(string(data.alias.anchor) ?? ""), tag: nil)
            case YAML_SCALAR_EVENT: .node(.scalar(Node.Scalar(event)), tag: string(data.scalar.tag))
            case YAML_SEQUENCE_START_EVENT: .sequenceStart(tag: string(data.sequence_start.tag))
            case YAML_MAPPING_START_EVENT: .mappingStart(tag: string(data.mapping_start.tag))
            default: .end
            }
    }
}

extension Node.Scalar {
    /// - Parameter event: one with a scalar.
    fileprivate init(_ event: yaml_event_t) {
        let scalar = event.data.scalar
        // By its length: a text in double quotes can hold NUL.
        text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        style =
            switch scalar.style {
            case YAML_PLAIN_SCALAR_STYLE: .plain
            case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
            default: .block
            }
    }
}

extension Mark {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    /// The place behind valid UTF-8.
    fileprivate init(after text: some BidirectionalCollection<UInt8>) {
        let lastLine = text.reversed().prefix { $0 != UInt8(ascii: "\n") }
        self.init(
            line: text.count { $0 == UInt8(ascii: "\n") } + 1,
            column: lastLine.count { !UTF8.isContinuation($0) } + 1
        )
    }
}
