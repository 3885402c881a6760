/// Text made comparable: compatibility forms, full-width characters, brackets, dashes and traditional characters folded,
/// blanks and invisible characters left out, `[bookmark: …]` artefacts of a conversion removed.
///
/// Chinese needs no blanks between words, and offices scatter them (`2023 年`, `总 计`), so nothing is lost by dropping
/// them — but two numbers that only a blank keeps apart would run together. Cells are therefore separated before folding.
public struct FoldedText: Sendable {
    /// The folded scalars.
    public private(set) var scalars: [Unicode.Scalar]
    /// Where the scalars come from; nil for a short text that lost nothing, as nearly every cell is: one buffer is all that
    /// such a text has, to make and to pass about.
    private var places: Places?
    /// The number of the first scalar among those of the text that this is a part of.
    private var start: Int32 = 0

    /// The way back from the folded scalars of a whole text to the raw one.
    private final class Places: Sendable {
        /// For each folded scalar the position of its source in the raw text, in Unicode scalars; empty where each scalar
        /// stands in its own place.
        let origins: [Int32]
        /// UTF-8 offset in the raw text of every 256th scalar: a quote need not walk there from the start of a long line.
        let waypoints: [Int32]

        init(origins: [Int32], waypoints: [Int32]) {
            self.origins = origins
            self.waypoints = waypoints
        }
    }

    /// Folds `raw`.
    public init(_ raw: String) { self.init(utf8: raw.utf8Span.span) }

    /// Folds `raw`.
    public init(_ raw: Substring) { self.init(utf8: raw.utf8Span.span) }

    /// Folds valid UTF-8. Every text of a document passes here, most of them twice: bytes are decoded in place, which takes a
    /// fifth of the time of `String.UnicodeScalarView`.
    private init(utf8: Span<UInt8>) {
        let table = FoldTables.basicPlane
        var scalars: [Unicode.Scalar] = []
        var origins = OriginList()
        // Nearly every cell is shorter than the distance of two waypoints: it has the one at the beginning.
        var waypoints: [Int32] = []
        // Chinese takes three bytes a character, digits one: few cells, and no paragraphs, need more room than this.
        scalars.reserveCapacity(utf8.count / 3 + 4)
        var offset = 0
        var position: Int32 = 0
        while offset < utf8.count {
            if position & (Self.waypointDistance - 1) == 0, position > 0 {
                if waypoints.isEmpty { waypoints.append(0) }
                waypoints.append(Int32(truncatingIfNeeded: offset))
            }
            let (scalar, width) = Self.scalar(at: offset, in: utf8)
            Self.append(scalar, table, at: position, to: &scalars, &origins)
            offset += width
            position += 1
        }
        self.scalars = scalars
        if !origins.list.isEmpty || !waypoints.isEmpty {
            places = Places(origins: origins.list, waypoints: waypoints)
        }
        removeBookmarks()
    }

    /// The origins of a text that is being folded: a list only from where the first scalar was left out or became several.
    private struct OriginList {
        private(set) var list: [Int32] = []

        @inline(__always)
        mutating func append(_ position: Int32, behind count: Int) {
            if list.isEmpty {
                if position == count { return }
                list = Array(0..<Int32(truncatingIfNeeded: count))
            }
            list.append(position)
        }
    }

    /// The scalar that begins at `offset` of valid UTF-8, and how many bytes it takes (RFC 3629, section 3).
    @inline(__always)
    private static func scalar(at offset: Int, in utf8: Span<UInt8>) -> (Unicode.Scalar, width: Int) {
        func bits(_ place: Int) -> UInt32 { UInt32(utf8[offset + place] & 0x3F) }
        let first = UInt32(utf8[offset])
        let (value, width) =
            switch first {
            case 0..<0x80: (first, 1)
            case 0x80..<0xE0: ((first & 0x1F) << 6 | bits(1), 2)
            case 0xE0..<0xF0: ((first & 0x0F) << 12 | bits(1) << 6 | bits(2), 3)
            default: ((first & 0x07) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3), 4)
            }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", width)
    }

    private init(scalars: [Unicode.Scalar], places: Places?, start: Int32) {
        self.scalars = scalars
        self.places = places
        self.start = start
    }

    @inline(__always)
    private static func append(
        _ scalar: Unicode.Scalar,
        _ table: [UInt16],
        at position: Int32,
        to scalars: inout [Unicode.Scalar],
        _ origins: inout OriginList
    ) {
        let folded = scalar.value < 0x1_0000 ? table[Int(scalar.value)] : nil
        if folded == FoldTables.drop { return }
        if folded == FoldTables.expand {
            for part in FoldTables.expansion(of: scalar).unicodeScalars {
                origins.append(position, behind: scalars.count)
                scalars.append(part)
            }
            return
        }
        origins.append(position, behind: scalars.count)
        scalars.append(folded.flatMap { Unicode.Scalar($0) } ?? scalar)
    }

    /// `[bookmark: _GoBack]` is left behind by one converter inside text and cells (domain.md §6.1); it is never content.
    private mutating func removeBookmarks() {
        guard has("["), let first = firstIndex(of: Self.bookmarkOpening) else { return }
        var kept = Array(scalars[..<first])
        var keptOrigins = kept.indices.map { Int32(truncatingIfNeeded: origin($0)) }
        var index = first
        while index < scalars.count {
            if has(Self.bookmarkOpening, at: index) {
                var end = index + Self.bookmarkOpening.count
                while end < scalars.count, scalars[end] != "]", end - index < 80 { end += 1 }
                if end < scalars.count, scalars[end] == "]" {
                    index = end + 1
                    continue
                }
            }
            kept.append(scalars[index])
            keptOrigins.append(Int32(truncatingIfNeeded: origin(index)))
            index += 1
        }
        scalars = kept
        places = Places(origins: keptOrigins, waypoints: places?.waypoints ?? [])
    }

    private static let bookmarkOpening = Phrase("[bookmark:")
    /// A power of two.
    private static let waypointDistance: Int32 = 256

    /// Number of folded scalars.
    @inlinable public var count: Int { scalars.count }
    /// Whether nothing but blanks was there.
    @inlinable public var isEmpty: Bool { scalars.isEmpty }
    /// The folded scalar at `index`.
    @inlinable public subscript(index: Int) -> Unicode.Scalar { scalars[index] }
    /// A part of the text, which still knows its places in the whole raw text.
    public subscript(range: Range<Int>) -> FoldedText {
        FoldedText(
            scalars: Array(scalars[range]),
            places: places,
            start: start + Int32(truncatingIfNeeded: range.lowerBound)
        )
    }

    /// The folded text as a string, for messages and keys.
    public var string: String { Self.string(scalars[...]) }

    /// The folded text of a range as a string.
    public func string(_ range: Range<Int>) -> String { Self.string(scalars[range]) }

    private static func string(_ slice: ArraySlice<Unicode.Scalar>) -> String {
        // By bytes: a view of scalars takes ten times as long to grow.
        var utf8: [UInt8] = []
        utf8.reserveCapacity(slice.count * 3)
        for scalar in slice { utf8.append(contentsOf: scalar.utf8) }
        return String(decoding: utf8, as: UTF8.self)
    }

    /// The position in the raw text, in Unicode scalars, of what became the folded scalar at `index`.
    public func origin(_ index: Int) -> Int {
        let place = Int(start) + index
        guard let origins = places?.origins, !origins.isEmpty else { return place }
        return Int(origins[place])
    }

    /// Whether the raw text has the scalars of `range` side by side, without a blank between them.
    public func isContiguous(_ range: Range<Int>) -> Bool {
        range.isEmpty || origin(range.upperBound - 1) - origin(range.lowerBound) == range.count - 1
    }

    /// The part of `raw` that a folded range came from: what a finding quotes.
    public func quote(_ range: Range<Int>, in raw: String) -> String {
        guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= scalars.count else { return "" }
        let from = origin(range.lowerBound)
        let to = origin(range.upperBound - 1)
        let distance = Int(Self.waypointDistance)
        var offset = 0
        if from >= distance {
            guard let waypoints = places?.waypoints, from / distance < waypoints.count else { return "" }
            offset = Int(waypoints[from / distance])
        }
        guard let waypoint = raw.utf8.index(raw.startIndex, offsetBy: offset, limitedBy: raw.endIndex) else {
            return ""
        }
        let view = raw.unicodeScalars[waypoint...].dropFirst(from % distance).prefix(to - from + 1)
        return String(Substring(view))
    }

    /// First position at or after `start` where `phrase` begins, before `end` (exclusive; the phrase lies wholly before it).
    public func firstIndex(of phrase: Phrase, from start: Int = 0, before end: Int? = nil) -> Int? {
        let limit = (end ?? scalars.count) - phrase.count
        guard start <= limit, let first = phrase.scalars.first else { return nil }
        return scalars.withUnsafeBufferPointer { text in
            phrase.scalars.withUnsafeBufferPointer { pattern in
                var index = max(0, start)
                while index <= limit {
                    if text[index] == first {
                        var offset = 1
                        while offset < pattern.count, text[index + offset] == pattern[offset] { offset += 1 }
                        if offset == pattern.count { return index }
                    }
                    index += 1
                }
                return nil
            }
        }
    }

    /// Whether `phrase` occurs in the given part (default: anywhere).
    public func contains(_ phrase: Phrase, in range: Range<Int>? = nil) -> Bool {
        firstIndex(of: phrase, from: range?.lowerBound ?? 0, before: range?.upperBound) != nil
    }

    /// Whether `scalar` occurs: cheaper than a phrase of one.
    @inlinable public func has(_ scalar: Unicode.Scalar) -> Bool { scalars.contains(scalar) }

    /// Whether any of `phrases` occurs in the given part (default: anywhere).
    public func containsAny(_ phrases: [Phrase], in range: Range<Int>? = nil) -> Bool {
        phrases.contains { contains($0, in: range) }
    }

    /// Whether `phrase` stands at `index`.
    public func has(_ phrase: Phrase, at index: Int) -> Bool {
        guard index >= 0, index + phrase.count <= scalars.count else { return false }
        for offset in 0..<phrase.count where scalars[index + offset] != phrase.scalars[offset] { return false }
        return true
    }

    /// Whether the text begins with `phrase`.
    public func hasPrefix(_ phrase: Phrase) -> Bool { has(phrase, at: 0) }
    /// Whether the text ends with `phrase`.
    public func hasSuffix(_ phrase: Phrase) -> Bool { has(phrase, at: scalars.count - phrase.count) }
}

extension FoldedText: Hashable {
    /// The same scalars, from the same places of their raw texts.
    public static func == (left: FoldedText, right: FoldedText) -> Bool {
        guard left.scalars == right.scalars else { return false }
        if left.places === right.places, left.start == right.start { return true }
        return left.scalars.indices.allSatisfy { left.origin($0) == right.origin($0) }
    }

    /// Hashes the scalars.
    public func hash(into hasher: inout Hasher) { hasher.combine(scalars) }
}

extension String {
    /// Whether nothing is left of the text when it is folded.
    public var isBlank: Bool { unicodeScalars.allSatisfy(\.isFoldedAway) }
}

extension Substring {
    /// Whether nothing is left of the text when it is folded.
    public var isBlank: Bool { unicodeScalars.allSatisfy(\.isFoldedAway) }
}

/// Words to look for in a ``FoldedText``: folded once, when the constant is made.
public struct Phrase: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The folded scalars of the phrase.
    public let scalars: [Unicode.Scalar]

    /// Folds `text`.
    public init(_ text: String) {
        if text == "[bookmark:" {
            // The one phrase that folding itself searches for, and so cannot be folded.
            scalars = Array(text.unicodeScalars)
        } else {
            scalars = FoldedText(text).scalars
        }
    }

    /// Folds a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// Number of scalars.
    @inlinable public var count: Int { scalars.count }
}

extension Unicode.Scalar {
    /// Whether folding leaves the character out: a blank, an invisible character, a control.
    @inline(__always)
    public var isFoldedAway: Bool { value < 0x1_0000 && FoldTables.basicPlane[Int(value)] == FoldTables.drop }
    /// What folding makes of the character; nil where it leaves it out or makes several of it.
    public var folded: Unicode.Scalar? {
        guard value < 0x1_0000 else { return self }
        let folded = FoldTables.basicPlane[Int(value)]
        return folded == FoldTables.drop || folded == FoldTables.expand ? nil : Unicode.Scalar(folded)
    }
    /// `0`–`9`.
    @inlinable public var isASCIIDigit: Bool { value >= 0x30 && value <= 0x39 }
    /// A Han character of the blocks in use (unified, extension A, supplementary planes).
    @inlinable public var isHan: Bool {
        (value >= 0x4E00 && value <= 0x9FFF) || (value >= 0x3400 && value <= 0x4DBF)
            || (value >= 0x2_0000 && value <= 0x3_FFFF)
    }
    /// A digit or unit of a Chinese numeral, 〇 to 亿.
    public var isChineseNumeral: Bool { ChineseNumeral.digit(self) != nil || ChineseNumeral.unit(self) != nil }
}
