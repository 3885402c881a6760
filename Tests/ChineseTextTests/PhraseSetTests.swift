import ChineseText
import Testing

@Suite struct PhraseSetTests {
    private static func matches(_ set: PhraseSet, _ text: FoldedText, _ range: Range<Int>? = nil) -> [PhraseSet.Match] {
        var found: [PhraseSet.Match] = []
        set.forEachMatch(in: text, range) { match in
            found.append(match)
            return true
        }
        return found
    }

    @Test func findsEveryOccurrenceInOrder() {
        let set: PhraseSet = ["信息公开", "公开", "公开栏", "未"]
        let found = Self.matches(set, FoldedText("政府信息 公开栏，未公开"))
        #expect(found.map(\.phrase) == [0, 1, 2, 3, 1])
        #expect(found.map(\.range) == [2..<6, 4..<6, 4..<7, 8..<9, 9..<11])
    }

    @Test func aPhraseIsFoldedLikeTheText() {
        #expect(FoldedText("（文字描述）").contains(PhraseSet(["(文字描述)"])))
        #expect(FoldedText("(文字 描述)").contains(PhraseSet(["（文字描述）"])))
    }

    @Test func whatDoesNotLieWhollyInTheRangeIsNotFound() {
        let set: PhraseSet = ["主动公开"]
        let text = FoldedText("推进主动公开工作")
        #expect(text.contains(set, in: 2..<6))
        #expect(!text.contains(set, in: 3..<8))
        #expect(!text.contains(set, in: 0..<5))
        #expect(!text.contains(set, in: 6..<6))
        #expect(text.contains(set, in: 0..<900), "a range that reaches beyond the text")
    }

    @Test func anEmptySetAndAnEmptyPhraseAreNowhere() {
        #expect(!FoldedText("公开").contains(PhraseSet([])))
        #expect(!FoldedText("公开").contains(PhraseSet([""])))
        #expect(!FoldedText("").contains(PhraseSet(["公开"])))
    }

    @Test func theFirstMatchIsThatOfThePhraseNamedFirst() {
        let set: PhraseSet = ["公开栏", "公开"]
        #expect(set.firstMatch(in: FoldedText("设公开栏"))?.range == 1..<4)
    }

    @Test func isToldApartFromWhatSharesItsLowBits() {
        // 公 is U+516C; U+556C and U+1516C have the same ten low bits.
        #expect(!FoldedText("\u{556C}开\u{1516C}开").contains(PhraseSet(["公开"])))
    }

    /// Against the search for one phrase after the other, on texts of few characters, in which everything overlaps.
    @Test func agreesWithTheSearchForEachPhrase() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("公开\u{556C}信x".unicodeScalars)
        func text(_ lengths: ClosedRange<Int>) -> String {
            var view = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: lengths, using: &generator) {
                view.append(alphabet.randomElement(using: &generator) ?? "x")
            }
            return String(view)
        }
        for _ in 0..<2000 {
            let phrases = (0..<Int.random(in: 0...6, using: &generator)).map { _ in Phrase(text(0...4)) }
            let folded = FoldedText(text(0...30))
            let from = Int.random(in: 0...folded.count, using: &generator)
            let range = from..<Int.random(in: from...folded.count, using: &generator)
            var expected: Set<[Int]> = []
            for (number, phrase) in phrases.enumerated() where phrase.count > 0 {
                for index in range where index + phrase.count <= range.upperBound && folded.has(phrase, at: index) {
                    expected.insert([index, number, index + phrase.count])
                }
            }
            let found = Self.matches(PhraseSet(phrases), folded, range)
            let places = found.map { [$0.range.lowerBound, $0.phrase, $0.range.upperBound] }
            #expect(Set(places) == expected, "\(phrases.map(\.scalars)) in \(folded.string) \(range)")
            #expect(found.count == expected.count, "found twice: \(phrases.map(\.scalars)) in \(folded.string)")
            #expect(zip(places, places.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }, "out of order")
            for index in -1...folded.count {
                let stands = phrases.contains { $0.count > 0 && folded.has($0, at: index) }
                #expect(
                    PhraseSet(phrases).stands(at: index, in: folded) == stands,
                    "\(phrases.map(\.scalars)) at \(index) of \(folded.string)"
                )
            }
        }
    }
}
