/// Text made comparable: compatibility forms, full-width characters, brackets, dashes and traditional characters folded,
/// blanks and invisible characters left out, `[bookmark: …]` artefacts of a conversion removed.
///
/// Chinese needs no blanks between words, and offices scatter them (`2023 年`, `总 计`), so nothing is lost by dropping
/// them — but two numbers that only a blank keeps apart would run together. Cells are therefore separated before folding.
public struct FoldedText: Sendable {
    /// The folded scalars.
    public private(set) var scalars: [Unicode.Scalar]
    /// Where the scalars come from; nil for a short text that lost nothing but blanks at its ends, as nearly every cell is: one
    /// buffer is all that such a text has, to make and to pass about.
    private var places: Places?
    /// The number of the first scalar among those of the text that this is a part of; without origins, how many scalars of the
    /// raw text stand before it.
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

    /// Folds valid UTF-8. Every text of a document passes here: its bytes are decoded in place, into a list that is made as long
    /// as it must be, and what leads back to them is noted only where something was lost within the text.
    private init(utf8: Span<UInt8>) {
        // Of few bytes, as many scalars at the most: counting them costs more than the room.
        let length = utf8.count <= 24 ? utf8.count : utf8.scalarCount
        var pass = FoldingPass()
        // `Array(capacity:initializingWith:)` would do both, but is not specialised (Swift 6.3) and takes twice the time.
        scalars = []
        scalars.reserveCapacity(length)
        scalars.append(addingCapacity: length) { pass.fold(utf8, into: &$0) }
        var origins: [Int32] = []
        if pass.metExpansion {
            (scalars, origins) = FoldingPass.expanded(utf8)
        } else if pass.hasGap(in: scalars.count) {
            origins = FoldingPass.origins(utf8, count: scalars.count)
        } else {
            start = pass.leading
        }
        // A cell is shorter than the distance of two waypoints: it has the one at the beginning.
        if !origins.isEmpty || length > Self.waypointDistance {
            let waypoints = length > Self.waypointDistance ? utf8.offsets(every: Self.waypointDistance) : []
            places = Places(origins: origins, waypoints: waypoints)
        }
        if pass.metBracket || pass.metExpansion { removeBookmarks() }
    }

    private init(scalars: [Unicode.Scalar], places: Places?, start: Int32) {
        self.scalars = scalars
        self.places = places
        self.start = start
    }

    /// `[bookmark: _GoBack]` is left behind by one converter inside text and cells (domain.md §6.1); it is never content.
    private mutating func removeBookmarks() {
        guard let first = firstIndex(of: Self.bookmarkOpening) else { return }
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
        start = 0
    }

    private static let bookmarkOpening = Phrase(unfolded: "[bookmark:")
    private static let waypointDistance = 256

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
        return String(unsafeUninitializedCapacity: slice.count * 4) { buffer in
            var utf8 = OutputSpan(buffer: buffer, initializedCount: 0)
            for scalar in slice { utf8.append(encoding: scalar) }
            return utf8.finalize(for: buffer)
        }
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
        let distance = Self.waypointDistance
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
    public var isBlank: Bool {
        let bytes = utf8Span.span
        return bytes.isBlank(0..<bytes.count)
    }
}

extension Substring {
    /// Whether nothing is left of the text when it is folded.
    public var isBlank: Bool {
        let bytes = utf8Span.span
        return bytes.isBlank(0..<bytes.count)
    }
}

/// Words to look for in a ``FoldedText``: folded once, when the constant is made.
public struct Phrase: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The folded scalars of the phrase.
    public let scalars: [Unicode.Scalar]

    /// Folds `text`.
    public init(_ text: String) { scalars = FoldedText(text).scalars }

    /// A phrase that folding itself searches for, and that so cannot be folded.
    fileprivate init(unfolded text: String) { scalars = Array(text.unicodeScalars) }

    /// Folds a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// Number of scalars.
    @inlinable public var count: Int { scalars.count }
}

extension Unicode.Scalar {
    /// Whether folding leaves the character out: a blank, an invisible character, a control. They carry no meaning between
    /// Chinese words, and converters add them freely.
    @inlinable public var isFoldedAway: Bool {
        // Asked of nearly every character of a document: most are ASCII or Han.
        if value < 0x7F { return value <= 0x20 }
        if value > 0x3000 { return value >= 0xFE00 && (value <= 0xFE0F || value == 0xFEFF || value == 0xFFFC) }
        switch value {
        case 0x7F...0xA0, 0xAD, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064, 0x3000: return true
        default: return false
        }
    }
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
