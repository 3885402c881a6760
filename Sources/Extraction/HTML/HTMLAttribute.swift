/// The attributes that say something about the displayed text.
enum HTMLAttribute: Sendable {
    case columnSpan, rowSpan, style, role, identifier, className, href, type, start, value, hidden, selected

    static let named: [PackedName: HTMLAttribute] = {
        let names: [(String, HTMLAttribute)] = [
            ("colspan", .columnSpan), ("rowspan", .rowSpan), ("style", .style), ("role", .role), ("id", .identifier),
            ("class", .className), ("href", .href), ("type", .type), ("start", .start), ("value", .value),
            ("hidden", .hidden), ("selected", .selected),
        ]
        var attributes: [PackedName: HTMLAttribute] = [:]
        for (name, attribute) in names {
            if let key = PackedName(name.utf8) { attributes[key] = attribute }
        }
        return attributes
    }()

    /// The number that a value begins with, as browsers read it: blanks before it and anything after it are no matter.
    static func number(_ value: UnsafeBufferPointer<UInt8>) -> Int? {
        var rest = value.drop { $0 <= 0x20 }
        let isNegative = rest.first == 0x2D
        if isNegative || rest.first == 0x2B { rest = rest.dropFirst() }
        let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.prefix(9)
        guard !digits.isEmpty else { return nil }
        let magnitude = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return isNegative ? -magnitude : magnitude
    }

    static func lowercased(_ value: some Collection<UInt8>) -> String {
        String(decoding: value.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Whether a link leads to a file that is opened beside the page.
    static func namesADocument(_ address: UnsafeBufferPointer<UInt8>) -> Bool {
        let path = address.prefix { $0 != 0x3F && $0 != 0x23 }
        let name = lowercased(path.suffix(6))
        return documentSuffixes.contains { name.hasSuffix($0) }
    }

    private static let documentSuffixes = [
        ".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ofd", ".rar", ".zip", ".rtf", ".odt",
    ]
}

/// What a `style` attribute says about whether and how its element is displayed.
struct HTMLStyle {
    var isHidden = false
    var isInvisible = false
    /// The part of a table that it is displayed as.
    var displayedAs: HTMLTag?
    var listStyle: HTMLListStyle?

    init(_ value: UnsafeBufferPointer<UInt8>) {
        // Nearly every style speaks of fonts and margins only: display, visibility and list-style share two letters.
        guard Self.hints.contains(where: { value.contains(sequence: $0) }) else { return }
        for declaration in HTMLAttribute.lowercased(value).utf8.split(separator: 0x3B) {
            let parts = declaration.split(separator: 0x3A, maxSplits: 1)
            guard parts.count == 2 else { continue }
            let name = Self.trimmed(parts[0])
            var word = Self.trimmed(parts[1])
            if word.hasSuffix("!important") { word = Self.trimmed(word.utf8.dropLast(10)) }
            switch name {
            case "display":
                isHidden = word == "none"
                displayedAs = Self.tableParts[word]
            case "visibility":
                isInvisible = word == "hidden"
                if word == "collapse" { isHidden = true }
            case "list-style", "list-style-type": listStyle = HTMLListStyle(css: word) ?? listStyle
            default: continue
            }
        }
    }

    /// Old browsers save names in capitals.
    private static let hints = ["is", "IS"].map { Array($0.utf8) }

    private static let tableParts: [String: HTMLTag] = [
        "table": .table, "inline-table": .table, "table-row": .row, "table-cell": .cell, "table-caption": .caption,
        "table-row-group": .tableBody, "table-header-group": .tableHead, "table-footer-group": .tableFoot,
    ]

    private static func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> String {
        let start = bytes.drop { $0 <= 0x20 }
        return String(
            decoding: start.prefix(
                upTo: start.lastIndex { $0 > 0x20 }.map { start.index(after: $0) } ?? start.startIndex
            ),
            as: UTF8.self
        )
    }
}
