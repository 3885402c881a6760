import ChineseText
import Testing

@Suite struct FoldedTextTests {
    @Test(arguments: [
        ("２０２３ 年１月", "2023年1月"), ("　　一、总体情况\u{A0}", "一、总体情况"), ("（一） 予以公开", "(一)予以公开"), ("㈠主动公开", "(一)主动公开"),
        ("①5件", "(1)5件"), ("[bookmark: _GoBack]0", "0"), ("\u{A0}0\u{A0}", "0"), ("自\n然\n人", "自然人"),
        ("⼀、总体情况", "一、总体情况"),
        ("行政複議", "行政复议"), ("政府信息公開", "政府信息公开"), ("“三安全”", "\"三安全\""), ("1，234", "1,234"), ("−5", "-5"),
        ("二○二一年", "二〇二一年"),
        ("⒈属于", "1.属于"),
    ])
    func folds(raw: String, folded: String) {
        #expect(FoldedText(raw).string == folded)
    }

    @Test func quotesTheSource() throws {
        let raw = "共收到 申请[bookmark: _GoBack] １２ 件。"
        let folded = FoldedText(raw)
        let start = try #require(folded.firstIndex(of: "申请"))
        let end = try #require(folded.firstIndex(of: "件"))
        #expect(folded.quote(start..<end, in: raw) == "申请[bookmark: _GoBack] １２")
    }

    @Test func charactersOutsideTheBasicPlaneSurvive() {
        #expect(FoldedText("𬭸县 𠮷").string == "𬭸县𠮷")
    }

    @Test func foldsScalarsOfEveryLength() {
        let raw = "a\u{7F}é\u{7FF}ࠀ中\u{FFFD}\u{FFFF}\u{10000}𠮷\u{10FFFF} ㈠z"
        let folded = FoldedText(raw)
        #expect(folded.string == "aé\u{7FF}ࠀ中\u{FFFD}\u{FFFF}\u{10000}𠮷\u{10FFFF}(一)z")
        #expect(FoldedText(("x" + raw).dropFirst()) == folded)
        for place in 0..<folded.count where folded[place] == raw.unicodeScalars[raw.startIndex] {
            #expect(folded.quote(place..<folded.count, in: raw) == raw, "from \(place)")
        }
    }

    @Test func quotesFromLongText() throws {
        let raw =
            String(repeating: "一二 three四\u{3000}𠮷", count: 200) + "目标 words" + String(repeating: "五六七", count: 300)
        let folded = FoldedText(raw)
        let start = try #require(folded.firstIndex(of: "目标"))
        #expect(folded.quote(start..<(start + 7), in: raw) == "目标 words")
    }

    /// Blanks at either end, which need no way back of their own, and a way back that is asked for all the same.
    @Test(arguments: [0, 3, 255, 256, 300])
    func quotesBehindBlanks(count: Int) throws {
        let words = String(repeating: "甲", count: count) + "目标"
        for raw in [words, " " + words + " ", String(repeating: "\u{3000}", count: count) + words] {
            let folded = FoldedText(raw)
            let start = try #require(folded.firstIndex(of: "目标"))
            #expect(
                folded.quote(start..<(start + 2), in: raw) == "目标",
                "\(count) characters before it: \(raw.prefix(3))…"
            )
            #expect(folded.origin(start) == Array(raw.unicodeScalars).firstIndex(of: "目"))
        }
    }

    @Test(arguments: ["0", " 7 ", "  5", "9\u{A0}", "12", " 1 2", "－", " ", ""])
    func foldsCellsOfDigits(raw: String) {
        let folded = FoldedText(raw)
        let kept = raw.unicodeScalars.enumerated().filter { !$1.isFoldedAway }
        #expect(folded.count == kept.count)
        for (index, (position, scalar)) in kept.enumerated() {
            #expect(folded[index] == scalar.folded, "\(raw.debugDescription)")
            #expect(folded.origin(index) == position, "\(raw.debugDescription)")
        }
    }

    @Test(arguments: ["一、总体情况", "一、 总体\u{3000}情 况", "①一、总体情况", String(repeating: "前 言", count: 300) + "一、总体情况"])
    func aPartKnowsItsPlace(raw: String) throws {
        let folded = FoldedText(raw)
        let start = try #require(folded.firstIndex(of: "总体"))
        let part = folded[start..<folded.count]
        let heading = part[2..<4]
        #expect(heading.string == "情况")
        #expect(heading.origin(0) == folded.origin(start + 2))
        #expect(heading.quote(0..<2, in: raw) == folded.quote((start + 2)..<(start + 4), in: raw))
        #expect(heading == folded[(start + 2)..<(start + 4)])
    }

    /// Alike are texts of the same characters in the same places.
    @Test func toldApartByItsPlaces() {
        #expect(FoldedText("112") == FoldedText("112"))
        #expect(FoldedText(" 112") == FoldedText(" 112"))
        #expect(FoldedText("112") != FoldedText(" 112"))
        #expect(FoldedText("112 ") == FoldedText("112"))
        #expect(FoldedText("0112")[1..<4] == FoldedText(" 112"))
    }

    /// At every place of texts around the eight scalars that are looked at together.
    @Test func findsPhrasesAtEveryPlace() {
        for count in 0..<20 {
            for place in 0...count {
                let text = FoldedText(
                    String(repeating: "甲", count: place) + "乙丙" + String(repeating: "甲", count: count - place)
                )
                #expect(text.firstIndex(of: "乙丙") == place)
                #expect(text.firstIndex(of: "丙", from: place + 2) == nil)
                #expect(text.firstIndex(of: "乙丙", before: place + 1) == nil)
                #expect(text.has("丙") && !text.has("丁"))
            }
        }
    }

    @Test func findsPhrases() {
        let text = FoldedText("公开公开办")
        #expect(text.firstIndex(of: "公开办") == 2)
        #expect(text.firstIndex(of: "公开", from: 1) == 2)
        #expect(text.firstIndex(of: "公开办", before: 4) == nil)
        #expect(text.hasSuffix("开办"))
        #expect(!text.contains("不公开"))
    }
}

@Suite struct ChineseNumeralTests {
    @Test(arguments: [
        ("九", 9), ("十", 10), ("十二", 12), ("二十三", 23), ("一百零五", 105), ("三百二十", 320), ("两千", 2000), ("一万二千", 12000),
        ("二〇二一", 2021),
        ("三十一", 31),
    ])
    func reads(text: String, value: Int) {
        #expect(ChineseNumeral.value(Array(text.unicodeScalars)) == value)
    }

    @Test(arguments: ["三五", "十百", "一二三四五六七八九十", "", "百", "万万"])
    func refuses(text: String) {
        #expect(ChineseNumeral.value(Array(text.unicodeScalars)) == nil)
    }

    @Test func writesWhatItReads() {
        for number in 1...99 {
            #expect(ChineseNumeral.value(Array(ChineseNumeral.text(number).unicodeScalars)) == number)
        }
    }
}

@Suite struct QuantityTests {
    private func quantity(_ text: String) -> Quantity? { Quantity(decimal: Array(text.unicodeScalars)) }

    @Test(arguments: ["0", "13", "-10", "111.1", "59237.2449", "0.00000001", "999999999999999"])
    func writesWhatItReads(text: String) throws {
        #expect(try #require(quantity(text)).description == text)
    }

    @Test(arguments: ["", "-", "1.", ".5", "1.2.3", "1a", "1234567890123456", "0.000000001"])
    func refuses(text: String) {
        #expect(quantity(text) == nil)
    }

    @Test func addsExactly() throws {
        let sum = try #require(quantity("0.1")) + #require(quantity("0.2"))
        #expect(sum == quantity("0.3"))
        #expect(quantity("111.1000")?.double == 111.1)
        #expect(quantity("111.1000") == quantity("111.1"))
    }
}

@Suite struct EditDistanceTests {
    @Test(arguments: [
        ("规章", "规章", 0), ("予以公开", "不予公开", 2), ("其他法律行政止公开", "其他法律行政法规禁止公开", 3), ("", "三", 1), ("abcdef", "uvwxyz", 4),
    ])
    func counts(left: String, right: String, distance: Int) {
        #expect(EditDistance.distance(Array(left.unicodeScalars), Array(right.unicodeScalars), limit: 3) == distance)
    }

    /// Against the plain form of the algorithm, which computes the whole table.
    @Test func holdsItsLimit() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let words = (0..<2).map { _ in
                (0..<Int.random(in: 0...9, using: &random)).compactMap { _ in "一二三".unicodeScalars.randomElement() }
            }
            var row = Array(0...words[1].count)
            for (line, left) in words[0].enumerated() {
                var next = [line + 1]
                for (column, right) in words[1].enumerated() {
                    next.append(min(row[column + 1] + 1, next[column] + 1, row[column] + (left == right ? 0 : 1)))
                }
                row = next
            }
            for limit in 0...4 {
                let distance = EditDistance.distance(words[0], words[1], limit: limit)
                #expect(distance == min(row[words[1].count], limit + 1), "\(words), limit \(limit)")
                let isFurther = CharacterSketch(words[0]).isFurther(from: CharacterSketch(words[1]), than: limit)
                #expect(!isFurther || distance > limit, "the sketches of \(words) say more than \(limit)")
            }
        }
    }
}
