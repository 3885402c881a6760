/// The relationships of a part or of the package (ECMA-376-2 clause 6.5): where its other parts are.
final class Relationships: XMLHandler {
    /// A part that another refers to.
    struct Target {
        /// The last segment of the type, the same in transitional and strict files: `officeDocument`, `styles` …
        var type: String
        /// The name of the part, without the leading slash.
        var part: String
    }

    private(set) var targets: [(id: String, target: Target)] = []
    private let folder: [Substring]

    /// Relationships of the part with that name; of the package for an empty name.
    init(of part: String) { folder = part.split(separator: "/").dropLast() }

    /// The name of the part that holds the relationships of `part`.
    static func part(for part: String) -> String {
        let segments = part.split(separator: "/")
        return (segments.dropLast() + ["_rels", "\(segments.last ?? "").rels"]).joined(separator: "/")
    }

    /// The first target of that type.
    func first(_ type: String) -> String? { targets.first { $0.target.type == type }?.target.part }

    /// The target with that identifier.
    func target(_ id: String) -> Target? { targets.first { $0.id == id }?.target }

    var wantsUnknownElements: Bool { true }

    func start(_ element: XMLElement) {
        guard element.isNamed("Relationship"), !element.has("TargetMode", "External"), let id = element["Id"],
            let type = element["Type"]?.split(separator: "/").last, let target = element["Target"]
        else { return }
        targets.append((id, Target(type: String(type), part: resolve(target))))
    }

    /// `target` relative to the part, without dot segments and percent escapes.
    private func resolve(_ target: String) -> String {
        var segments = target.utf8.first == 0x2F ? [] : folder
        for segment in target.split(whereSeparator: { $0 == "/" || $0 == "\\" }) where segment != "." {
            if segment == ".." {
                if !segments.isEmpty { segments.removeLast() }
            } else {
                segments.append(segment)
            }
        }
        return Self.unescaped(segments.joined(separator: "/"))
    }

    private static func unescaped(_ name: String) -> String {
        guard name.utf8.contains(0x25) else { return name }
        let bytes = Array(name.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x25, index + 2 < bytes.count,
                let byte = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                result.append(byte)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
