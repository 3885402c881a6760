import ChineseText
import Narrative
import Testing

/// One long line may not cost its square: a file that anybody sends would hold the service up.
@Suite("Bounds", .serialized)
struct BoundsTests {
    /// Openings and what is repeated behind them.
    static let hostile: [(opening: String, unit: String)] = [
        ("共公开信息100条，", "其中公开10条，"),
        ("共公开信息100条。", "其中公开10条。"),
        ("", "收到政府信息公开申请15件。"),
        ("", "收到政府信息公开申请15件，"),
        ("共公开信息100条", "（其中动态10条"),
        ("共公开信息100条，其中", "动态10条（含"),
        ("共公开信息100条", "包括动态10条"),
        ("共公开信息100条，其中", "增加1条，包括动态10条，"),
        ("共公开信息100条，其中", "动态10条、"),
        ("共公开信息100条；", "在公开信息中公告2条；"),
        ("", "未收取信息处理费"),
        ("信息处理费", "不存在"),
        ("", "其中未收取信息处理费，"),
        ("依申请公开", "无"),
        ("依申请公开", "（"),
        ("", "县（局）收到申请"),
    ]

    /// Four times the text may take four times as long, with room for noise; work that grows with the square takes sixteen.
    @Test(arguments: hostile.indices)
    func linear(_ index: Int) {
        let (opening, unit) = Self.hostile[index]
        let short = read(opening, unit, scalars: 1_500)
        let long = read(opening, unit, scalars: 6_000)
        let ratio = long / max(short, .milliseconds(20))
        #expect(ratio < 10, "\(opening)\(unit): \(short) for 1,500 characters, \(long) for 6,000")
    }

    private func read(_ opening: String, _ unit: String, scalars: Int) -> Duration {
        let raw = opening + String(repeating: unit, count: scalars / unit.unicodeScalars.count)
        let clock = ContinuousClock()
        let start = clock.now
        let text = FoldedText(raw)
        let reading = NarrativeReader.read([text], reportYear: 2023, agency: FoldedText("云溪县人民政府"))
        var quoted = 0
        for claim in reading.claims { quoted += text.quote(claim.range, in: raw).utf8.count }
        for breakdown in reading.breakdowns { quoted += text.quote(breakdown.range, in: raw).utf8.count }
        #expect(quoted <= 400 * raw.utf8.count, "\(opening)\(unit): quotes of \(quoted) bytes")
        return clock.now - start
    }

    @Test("a list that goes on beyond what is read says nothing")
    func cut() {
        let text = FoldedText("共公开信息100条，其中" + String(repeating: "动态10条、", count: 1000) + "公告1条。")
        #expect(NarrativeReader.breakdowns(in: [text]).isEmpty)
    }

    @Test("a quote far into a long line is the text that was folded")
    func quote() throws {
        let raw = String(repeating: "　🀄２0２3 年，①公开了 ㈱１件。\r", count: 300)
        let text = FoldedText(raw)
        let scalars = Array(raw.unicodeScalars)
        for start in stride(from: 0, to: text.count - 7, by: 3) {
            let range = start..<start + 7
            let from = text.origin(start)
            let to = text.origin(start + 6)
            #expect(text.quote(range, in: raw).unicodeScalars.elementsEqual(scalars[from...to]))
            let part = text[start..<start + 7]
            #expect(part.quote(0..<7, in: raw) == text.quote(range, in: raw))
        }
        #expect(text.quote(text.count - 3..<text.count, in: "短") == "")
    }
}
