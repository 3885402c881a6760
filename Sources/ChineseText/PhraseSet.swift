/// Many phrases looked for at once: the text is walked through one time, however many there are.
///
/// Nearly every character of a text begins none of the phrases; a table of first characters tells so without looking at any of them.
/// Make one when the program starts (`static let`), not for each text.
public struct PhraseSet: Sendable, ExpressibleByArrayLiteral {
    /// An occurrence.
    public struct Match: Sendable, Hashable {
        /// The place of the phrase among those that the set was made of.
        public var phrase: Int
        /// Where it stands.
        public var range: Range<Int>
    }

    /// The phrases in the order given, each as the start and the count of its scalars in ``scalars``.
    private let pieces: [(start: Int, count: Int)]
    private let scalars: [Unicode.Scalar]
    /// At `n` 1 when a phrase begins with a scalar whose low bits are `n`, else 0.
    private let beginnings: [UInt8]
    /// Numbers of the phrases by the low bits of their first scalar: those of bits `n` stand at `groups[n]..<groups[n + 1]`.
    private let grouped: [Int]
    private let groups: [Int]

    private static let bitCount = 10

    /// Looks for `phrases`; an empty one is nowhere.
    public init(_ phrases: [Phrase]) {
        var scalars: [Unicode.Scalar] = []
        pieces = phrases.map { phrase in
            scalars += phrase.scalars
            return (scalars.count - phrase.count, phrase.count)
        }
        self.scalars = scalars
        var beginnings = [UInt8](repeating: 0, count: 1 << Self.bitCount)
        var members = [[Int]](repeating: [], count: 1 << Self.bitCount)
        for (number, phrase) in phrases.enumerated() {
            guard let first = phrase.scalars.first else { continue }
            let bits = Self.bits(first)
            beginnings[bits] = 1
            members[bits].append(number)
        }
        self.beginnings = beginnings
        grouped = members.flatMap(\.self)
        groups = members.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    }

    /// Looks for the phrases of a literal.
    public init(arrayLiteral phrases: Phrase...) { self.init(phrases) }

    private static func bits(_ scalar: Unicode.Scalar) -> Int { Int(scalar.value & (1 << UInt32(bitCount) - 1)) }

    /// The first occurrence of any phrase that lies wholly in `range` (default: anywhere); of several that begin at one place,
    /// that of the phrase named first.
    public func firstMatch(in text: FoldedText, _ range: Range<Int>? = nil) -> Match? {
        var found: Match?
        forEachMatch(in: text, range) { match in
            found = match
            return false
        }
        return found
    }

    /// Whether any phrase stands at `index`.
    public func stands(at index: Int, in text: FoldedText) -> Bool {
        guard index >= 0, index < text.count else { return false }
        let bits = Self.bits(text[index])
        return grouped[groups[bits]..<groups[bits + 1]].contains { number in
            let (start, count) = pieces[number]
            guard count <= text.count - index else { return false }
            return (0..<count).allSatisfy { text[index + $0] == scalars[start + $0] }
        }
    }

    /// Every occurrence, also where they overlap, in the order of their beginnings, then of the phrases; until `body` has
    /// enough and returns false.
    public func forEachMatch(in text: FoldedText, _ range: Range<Int>? = nil, _ body: (Match) -> Bool) {
        let range = (range ?? 0..<text.count).clamped(to: 0..<text.count)
        text.scalars.withUnsafeBufferPointer { text in
            beginnings.withUnsafeBufferPointer { beginnings in
                @inline(__always) func begins(_ index: Int) -> UInt8 { beginnings[Self.bits(text[index])] }
                var index = range.lowerBound
                while index < range.upperBound {
                    // Four at a time, as long as none begins a phrase: this is asked of every character many times over.
                    if index + 4 <= range.upperBound,
                        begins(index) | begins(index + 1) | begins(index + 2) | begins(index + 3) == 0
                    {
                        index += 4
                        continue
                    }
                    if begins(index) != 0 {
                        let bits = Self.bits(text[index])
                        for number in grouped[groups[bits]..<groups[bits + 1]] {
                            let (start, count) = pieces[number]
                            guard count <= range.upperBound - index else { continue }
                            var offset = 0
                            while offset < count, text[index + offset] == scalars[start + offset] { offset += 1 }
                            if offset == count, !body(Match(phrase: number, range: index..<(index + count))) { return }
                        }
                    }
                    index += 1
                }
            }
        }
    }
}

extension FoldedText {
    /// Whether any phrase of `set` occurs in the given part (default: anywhere).
    public func contains(_ set: PhraseSet, in range: Range<Int>? = nil) -> Bool {
        set.firstMatch(in: self, range) != nil
    }
}
