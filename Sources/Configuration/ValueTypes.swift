// How each kind of value is written in the file, and what is said when it is not.

import SystemPackage

/// A value in the file and the key that holds it.
struct Located {
    let node: Node
    let keyPath: String
    /// The key as one writes it; empty for the whole file and for the elements of a list.
    let key: String

    /// - Parameter key: where it is not the last part of the path.
    init(node: Node, keyPath: String, key: String? = nil) {
        self.node = node
        self.keyPath = keyPath
        let last = keyPath.split(separator: ".").last.map(String.init) ?? ""
        self.key = key ?? (last.hasSuffix("]") ? "" : last)
    }
}

/// A kind of value: reads a node, or reports to the reader why it cannot.
struct ValueType<Value> {
    /// A value as one writes it.
    let example: String
    /// The key paths below a value of this kind, relative to it.
    var nested: [String] = []
    /// Holds the place of a list element that cannot be read, so that the ones after it keep their index.
    var placeholder: Value?
    let read: (Located, inout Reader) -> Value?
}

extension ValueType {
    /// A kind whose text alone counts: the name 2024 needs no quotes.
    static func text(
        _ expected: LocalizedText,
        example: String,
        parse: @escaping (String, Reader) -> Parsed<Value>
    ) -> ValueType {
        scalar(expected, example: example) { text, _, reader in parse(text, reader) }
    }

    /// A kind that is written as one scalar. `parse` takes its text and what YAML makes of it; it gives the value, or
    /// what is wrong and how to mend it.
    static func scalar(
        _ expected: LocalizedText,
        example: String,
        parse: @escaping (String, Node.Value, Reader) -> Parsed<Value>
    ) -> ValueType {
        ValueType(example: example) { value, reader in
            guard let scalar = value.node.scalar, let meaning = value.node.value else {
                reader.reportType(of: value, expected: expected, example: example)
                return nil
            }
            switch parse(scalar.text, meaning, reader) {
            case .value(let parsed):
                return parsed
            case .wrongType:
                reader.reportType(of: value, expected: expected, example: example)
            case .wrong(let message, let remedy):
                reader.report(value, message, remedy: remedy)
            }
            return nil
        }
    }

    /// A mapping with these keys. Its example has those that must be there, or else all.
    static func group(_ fields: [Field<Value>], initial: Value, example: String? = nil) -> ValueType {
        let shown = fields.contains(where: \.isRequired) ? fields.filter(\.isRequired) : fields
        return ValueType(
            example: example
                ?? "{\(shown.map { "\($0.name): \($0.defaultText ?? $0.example)" }.joined(separator: ", "))}",
            nested: fields.flatMap(\.allKeyPaths).map { "." + $0 },
            placeholder: initial
        ) { value, reader in
            var target = initial
            reader.read(fields, of: value.node, at: value.keyPath, into: &target)
            return target
        }
    }

    /// The same kind, whose values are looked at once more after they were read.
    func checked(_ check: @escaping (Located, inout Reader) -> Void) -> ValueType {
        ValueType(example: example, nested: nested, placeholder: placeholder) { value, reader in
            let result = read(value, &reader)
            if value.node.mapping != nil { check(value, &reader) }
            return result
        }
    }

    /// The same kind for a key that may be left out.
    static func optional<Wrapped>(_ type: ValueType<Wrapped>) -> ValueType where Value == Wrapped? {
        ValueType(example: type.example, nested: type.nested) { value, reader in
            type.read(value, &reader).map { .some($0) }
        }
    }

    /// A list, or the one element that it would have.
    static func oneOrMany<Element>(of type: ValueType<Element>) -> ValueType where Value == [Element] {
        let many = ValueType.list(of: type, count: 1...1000)
        return ValueType(example: type.example) { value, reader in
            guard value.node.sequence == nil else { return many.read(value, &reader) }
            return type.read(value, &reader).map { [$0] }
        }
    }

    /// A list; an element that is wrong has been reported.
    static func list<Element>(
        of type: ValueType<Element>,
        count: ClosedRange<Int>? = nil
    ) -> ValueType where Value == [Element] {
        ValueType(example: "[\(type.example)]", nested: type.nested.map { "[]" + $0 }) { value, reader in
            guard let sequence = value.node.sequence else {
                reader.reportType(
                    of: value,
                    expected: LocalizedText("列表", "a list"),
                    example: "[\(type.example)]"
                )
                return nil
            }
            if let count, !count.contains(sequence.count) {
                reader.report(
                    value,
                    LocalizedText(
                        "\(value.keyPath) 有 \(sequence.count) 项，应有 \(count.lowerBound) 到 \(count.upperBound) 项",
                        "\(value.keyPath) has \(sequence.count) items, not \(count.lowerBound) to \(count.upperBound)"
                    ),
                    remedy: sequence.isEmpty
                        ? LocalizedText(
                            "例如写成 \(value.keyPath): [\(type.example)]",
                            "write \(value.keyPath): [\(type.example)], for example"
                        )
                        : LocalizedText("删去多余的", "remove some")
                )
                return nil
            }
            return sequence.enumerated().compactMap { index, node in
                guard !reader.isFull else { return nil }
                let element = Located(node: node, keyPath: "\(value.keyPath)[\(index)]")
                guard !reader.reportNoValue(element, example: type.example, defaultText: nil) else {
                    return type.placeholder
                }
                return type.read(element, &reader) ?? type.placeholder
            }
        }
    }
}

enum Parsed<Value> {
    case value(Value)
    case wrongType
    case wrong(LocalizedText, remedy: LocalizedText)
}

extension ValueType<FilePath> {
    /// An absolute path, normalised lexically: what is compared for overlaps is what is opened later.
    static var folder: Self {
        text(LocalizedText("绝对路径", "an absolute path"), example: "/srv/nianbao/inbox") { text, _ in
            switch absolutePath(text, example: "/srv/nianbao/inbox") {
            case .value(let path): .value(path.lexicallyNormalized())
            case let wrong: wrong
            }
        }
    }
}

extension ValueType<FilePath?> {
    /// The absolute path of a program, as written: a `..` behind a link leads elsewhere than it looks. Whether it is there
    /// is seen when it is needed, and by `nianbao doctor`.
    static func program(_ example: String) -> Self {
        text(LocalizedText("程序的绝对路径", "the absolute path of a program"), example: example) { text, _ in
            switch absolutePath(text, example: example) {
            case .value(let path): .value(path)
            case .wrongType: .wrongType
            case .wrong(let message, let remedy): .wrong(message, remedy: remedy)
            }
        }
    }
}

extension ValueType<FilePath?> {
    /// The absolute path of a file that is written, lexically normalised; its name ends as that of `example`.
    static func file(_ example: String) -> Self {
        text(LocalizedText("文件的绝对路径", "the absolute path of a file"), example: example) { text, _ in
            switch absolutePath(text, example: example) {
            case .value(let path) where path.extension != FilePath(example).extension:
                let ending = FilePath(example).extension ?? ""
                return .wrong(
                    LocalizedText("文件名不以 .\(ending) 结尾", "the name does not end in .\(ending)"),
                    remedy: LocalizedText("例如写成 \(example)", "write \(example), for example")
                )
            case .value(let path): return .value(path.lexicallyNormalized())
            case .wrongType: return .wrongType
            case .wrong(let message, let remedy): return .wrong(message, remedy: remedy)
            }
        }
    }
}

private func absolutePath(_ text: String, example: String) -> Parsed<FilePath> {
    // `FilePath(String)` ends a name at a NUL without a word.
    if text.unicodeScalars.contains("\0") {
        return .wrong(
            LocalizedText("路径中有 NUL 字符", "the path contains a NUL character"),
            remedy: LocalizedText("删去它", "remove it")
        )
    }
    let path = FilePath(text)
    guard path.isAbsolute else {
        return .wrong(
            LocalizedText("“\(shown(text))”不是绝对路径", "'\(shown(text))' is not an absolute path"),
            remedy: LocalizedText(
                "写出从 / 起的完整路径，例如 \(example)；~ 和变量不会展开",
                "write the whole path from / on, such as \(example); ~ and variables are not expanded"
            )
        )
    }
    return .value(path)
}

extension ValueType<String?> {
    static var inboxName: Self {
        text(LocalizedText("名称", "a name"), example: "shiji") { text, _ in
            guard Configuration.Inbox.isValidName(text) else {
                return .wrong(
                    LocalizedText("“\(shown(text))”不能作收件目录的名称", "'\(shown(text))' cannot be the name of an inbox"),
                    remedy: LocalizedText(
                        "只用文字、数字、- _ .，以文字或数字开头，不超过 200 字节，例如 shiji 或 市级",
                        "use letters, digits, - _ . only, begin with a letter or digit, at most 200 bytes, such as city"
                    )
                )
            }
            return .value(text)
        }
    }
}

extension Configuration.Inbox {
    /// Whether this can be the name of an inbox: letters and digits of any script and `-`, `_`, `.`, led by a letter
    /// or digit, at most 200 bytes. It becomes a folder, and stands before the `=` of `--inbox NAME=DIR`.
    public static func isValidName(_ name: String) -> Bool {
        func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber, .nonspacingMark, .spacingMark:
                true
            default: false
            }
        }
        guard let first = name.unicodeScalars.first, isWordScalar(first), name.utf8.count <= 200 else { return false }
        return name.unicodeScalars.allSatisfy { isWordScalar($0) || "-_.".unicodeScalars.contains($0) }
    }
}

extension ValueType<Configuration.Language?> {
    static var language: Self {
        text(LocalizedText("zh 或 en", "zh or en"), example: "zh") { text, _ in
            Configuration.Language(rawValue: text).map { .value($0) } ?? .wrongType
        }
    }
}

extension ValueType<Int> {
    static func integer(_ range: ClosedRange<Int>, example: String? = nil) -> Self {
        let expected = LocalizedText(
            "\(range.lowerBound) 到 \(range.upperBound) 的整数",
            "an integer from \(range.lowerBound) to \(range.upperBound)"
        )
        return scalar(expected, example: example ?? String(min(4, range.upperBound))) { text, value, _ in
            guard case .integer(let number) = value else { return .wrongType }
            guard let number, range.contains(number) else {
                return .outOfRange(text, "\(range.lowerBound)", "\(range.upperBound)")
            }
            return .value(number)
        }
    }

    /// Bytes, as `65536` or with the binary units of IEC 80000-13. `MB` is refused: half its readers take it for 10⁶.
    static func size(_ range: ClosedRange<Int>) -> Self {
        let units = [("", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)]
        func written(_ bytes: Int) -> String {
            let unit = units.last { bytes % $0.1 == 0 } ?? units[0]
            return "\(bytes / unit.1)\(unit.0)"
        }
        let expected = LocalizedText(
            "大小（整数，单位 KiB、MiB、GiB，不带单位为字节）",
            "a size (an integer in KiB, MiB or GiB, or in bytes without a unit)"
        )
        return text(expected, example: "64MiB") { text, _ in
            guard let (number, unit) = splitNumber(text, units: units) else { return .wrongType }
            let (bytes, overflow) = (number ?? .max).multipliedReportingOverflow(by: unit)
            guard !overflow, range.contains(bytes) else {
                return .outOfRange(text, written(range.lowerBound), written(range.upperBound))
            }
            return .value(bytes)
        }
    }
}

extension ValueType<Duration> {
    /// A time as systemd.time(7) writes it, of one number and one unit; as there, a number alone is seconds.
    static func duration(_ range: ClosedRange<Duration>) -> Self {
        let expected = LocalizedText(
            "时长（整数，单位 ms、s、min、h、d，不带单位为秒）",
            "a time (an integer in ms, s, min, h or d, or in seconds without a unit)"
        )
        return text(expected, example: "2s") { text, _ in
            parseDuration(text, units: durationUnits + [("", 1000)], range)
        }
    }
}

extension ValueType<Duration?> {
    /// How long something is kept: `forever`, which is nil, or a time with its unit. Who writes 30 alone means days, and
    /// would lose everything after half a minute.
    static func retention(_ range: ClosedRange<Duration>) -> Self {
        let expected = LocalizedText(
            "forever，或带单位的时长（整数，单位 s、min、h、d）",
            "forever, or a time with its unit (an integer in s, min, h or d)"
        )
        return text(expected, example: "400d") { text, _ in
            guard text != "forever" else { return .value(nil) }
            switch parseDuration(text, units: durationUnits, range) {
            case .value(let duration): return .value(duration)
            case .wrongType: return .wrongType
            case .wrong(let message, let remedy): return .wrong(message, remedy: remedy)
            }
        }
    }
}

/// Units of time in milliseconds, by the names of systemd.time(7).
private let durationUnits = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000),
]

private func parseDuration(
    _ text: String,
    units: [(String, Int)],
    _ range: ClosedRange<Duration>
) -> Parsed<Duration> {
    guard let (number, unit) = splitNumber(text, units: units) else { return .wrongType }
    let (milliseconds, overflow) = (number ?? .max).multipliedReportingOverflow(by: unit)
    guard !overflow, range.contains(.milliseconds(milliseconds)) else {
        return .outOfRange(text, range.lowerBound.written, range.upperBound.written)
    }
    return .value(.milliseconds(milliseconds))
}

extension Duration {
    /// The duration as one writes it in the file: by the largest unit that leaves no rest, such as `90s` or `1h`.
    public var written: String {
        let (seconds, attoseconds) = components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        guard milliseconds != 0 else { return "0s" }
        let unit = durationUnits.last { milliseconds % Int64($0.1) == 0 } ?? durationUnits[0]
        return "\(milliseconds / Int64(unit.1))\(unit.0)"
    }
}

extension Parsed {
    static func outOfRange(_ text: String, _ lower: String, _ upper: String) -> Parsed {
        .wrong(
            LocalizedText("\(shown(text)) 超出范围", "\(shown(text)) is out of range"),
            remedy: LocalizedText("写 \(lower) 到 \(upper) 之间的值", "write a value from \(lower) to \(upper)")
        )
    }
}

/// Splits `64 MiB` into its number, nil when that overflows, and the factor of its unit. Nil when it is no such thing.
private func splitNumber(_ text: String, units: [(name: String, factor: Int)]) -> (number: Int?, factor: Int)? {
    let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
    let rest = text[digits.endIndex...].drop { $0 == " " }
    guard !digits.isEmpty, let unit = units.first(where: { $0.name == rest }) else { return nil }
    return (Int(text[..<digits.endIndex]), unit.factor)
}

extension ValueType<Set<String>> {
    static var ruleIDs: Self {
        let list = ValueType<[String]>.list(of: .ruleID)
        return ValueType(example: list.example) { value, reader in list.read(value, &reader).map { Set($0) } }
    }
}

extension ValueType<String> {
    static var ruleID: Self {
        text(LocalizedText("规则编号", "a rule identifier"), example: "title.format") { text, reader in
            guard !reader.vocabulary.rules.contains(text) else { return .value(text) }
            let all = LocalizedText("全部编号见 nianbao rules", "nianbao rules lists all of them")
            let hint =
                nearest(to: text, among: reader.vocabulary.rules).map {
                    LocalizedText("是否想写 \($0)？", "did you mean \($0)? ")
                } ?? LocalizedText("", "")
            return .wrong(
                LocalizedText("没有规则“\(shown(text))”", "there is no rule '\(shown(text))'"),
                remedy: hint + all
            )
        }
    }
}
