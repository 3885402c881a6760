import ChineseText
import Testing

@testable import Narrative

/// Words of the lexicon, numbers and signs in random order: no reading may trap, and every range must lie in its text.
@Suite("Random text")
struct RandomTextTests {
    /// A fixed sequence, so that a failure comes again.
    struct Sequence: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test(arguments: 0..<8)
    func holds(_ seed: Int) throws {
        var random = Sequence(state: UInt64(seed) &* 977 &+ 5)
        let words =
            Lexicon.all.map(\.word)
            + ["，", "，", "、", "；", "。", "：", "（", "）", "《", "》", "“", "”", "……", "市", "局", "了", "-", "."]
            + [
                "0件", "3件", "12件", "1,234条", "5", "9%", "十二件", "一件", "2023年", "2022年", "12月", "3.5万元", "40元", "6余条",
                "99999999999999999999件", "999999999999999亿亿件", "9万亿亿亿亿亿元", "3.5亿条",
                "九千九百亿件",
            ]
        for _ in 0..<400 {
            let paragraphs = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                FoldedText(
                    (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in words.randomElement(using: &random) }
                        .joined()
                )
            }
            let reading = NarrativeReader.read(paragraphs, reportYear: 2023, agency: FoldedText("某某市人民政府"))
            for claim in reading.claims {
                let whole = 0..<paragraphs[claim.paragraph].count
                #expect(whole.contains(claim.range) && claim.range.contains(claim.numberRange))
            }
            for breakdown in reading.breakdowns {
                let whole = 0..<paragraphs[breakdown.paragraph].count
                #expect(whole.contains(breakdown.range) && whole.contains(breakdown.totalRange))
                #expect(breakdown.certainCount <= breakdown.parts.count)
                for part in breakdown.parts {
                    #expect((0..<paragraphs[part.paragraph].count).contains(part.range))
                }
            }
            for fee in reading.fees.statements {
                #expect((0..<paragraphs[fee.paragraph].count).contains(fee.range))
                for part in fee.parts {
                    #expect((0..<paragraphs[part.paragraph].count).contains(part.range))
                }
            }
            if let mention = reading.fees.mention {
                #expect((0..<paragraphs[mention.paragraph].count).contains(mention.range))
            }
        }
    }
}
