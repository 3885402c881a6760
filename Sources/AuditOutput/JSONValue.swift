/// A JSON value to be written: explicit nulls, sorted keys. The form of the audit is built as one of these and not by `Codable`
/// conformances of the domain types, so that renaming a property can never change the contract.
public enum JSONValue: Sendable, Equatable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// Any other number. JSON has no NaN and no infinity; they are written as `null`.
    case double(Double)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object(JSONObject)

    /// A string or null.
    public static func string(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
    /// A whole number or null.
    public static func int(_ value: Int?) -> JSONValue { value.map(JSONValue.int) ?? .null }

    /// UTF-8 text (RFC 8259) with sorted keys; `pretty` spreads it over lines, `depth` containers deep in another text.
    public func serialized(pretty: Bool, depth: Int = 0) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty, depth: depth)
        writer.write(self)
        return writer.bytes
    }

    /// The same spread over lines, and where in it the value of `key` stands; nil where the value is no object that has it.
    public func serialized(noting key: String) -> (bytes: [UInt8], place: Range<Int>?) {
        var writer = JSONWriter(pretty: true, noting: key)
        writer.write(self)
        return (writer.bytes, writer.notedPlace)
    }
}

/// The members of a JSON object in the order of their keys, which are ASCII: there strings stand in the order of their bytes.
/// An audit has some hundred objects of few members each; for those an array takes a fraction of the time of a dictionary.
public struct JSONObject: Sendable {
    /// A key and its value. Not of a type of its own: an array of these is what a literal gives, and is kept as it comes.
    public typealias Member = (String, JSONValue)

    private(set) var members: [Member]

    /// An object with these members; each key may stand once.
    public init(_ members: [Member]) {
        self.members = members
        self.members.sort { $0.0 < $1.0 }
        assert(
            zip(self.members, self.members.dropFirst()).allSatisfy { $0.0 != $1.0 },
            "a key stands twice in \(keys)"
        )
    }

    /// The keys in their order.
    public var keys: [String] { members.map(\.0) }

    /// The value of `key`; nil where there is no such member.
    public subscript(key: String) -> JSONValue? {
        get { members.first { $0.0 == key }?.1 }
        set {
            let index = members.firstIndex { $0.0 >= key } ?? members.endIndex
            if index < members.endIndex, members[index].0 == key { members.remove(at: index) }
            if let newValue { members.insert((key, newValue), at: index) }
        }
    }
}

extension JSONObject: Equatable {
    /// The same values under the same keys.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.elementsEqual(right.members) { $0 == $1 }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object with these members; each key may stand once.
    public init(dictionaryLiteral elements: Member...) { self.init(elements) }
}
