import DocumentModel
import Extraction
import Testing

/// No output of `pdftotext`, whatever a PDF made it print, ends or stalls the reader.
@Suite struct PDFHostileTests {
    private struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let texts = [
        "0", "12", "1,234.", "5678", "/", "一、总体情况", "三", "（三）不予公开", "1.属于国家秘密", "第二十条第（一）项", "信息内容", "商业企业", "总计",
        "本报告由某某局编制，统计期限自2023年1月1日起。", "- 3 -", "a", "&amp;", "\u{E000}", "",
    ]

    private func sketch(_ random: inout Random, words: Int, grid: Double) -> [UInt8] {
        var sketch = PDFSketch()
        sketch.page()
        for _ in 0..<words {
            if Int.random(in: 0..<200, using: &random) == 0 { sketch.page() }
            let x = (Double.random(in: 0..<595, using: &random) / grid).rounded() * grid
            let y = (Double.random(in: 0..<842, using: &random) / grid).rounded() * grid
            let text = Self.texts[Int.random(in: 0..<Self.texts.count, using: &random)]
            sketch.word(text, x, y, size: Double(Int.random(in: 1..<20, using: &random)))
        }
        return sketch.bytes
    }

    @Test(arguments: 0..<60) func randomWordsGiveSoundGrids(seed: Int) throws {
        var random = Random(state: UInt64(seed))
        let bytes = sketch(&random, words: 1 + seed * 12, grid: [1, 5, 20, 40][seed % 4])
        guard let document = try? PDFExtractor().extract(words: bytes) else { return }
        for table in document.tables {
            #expect(table.isGrid)
            for cell in table.rows.flatMap(\.cells) {
                let span = try #require(cell.span)
                #expect(span.column >= 0 && span.columns >= 1 && span.rows >= 1)
            }
        }
    }

    @Test(arguments: 0..<60) func mutatedOutputIsReadOrRefused(seed: Int) {
        var random = Random(state: UInt64(1000 + seed))
        var bytes = sketch(&random, words: 150, grid: 10)
        for _ in 0..<(1 + seed) {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(index..<min(bytes.count, index + 7))
            default: bytes.insert(contentsOf: Array("<word xMin=\"9e99\" \"-1\">".utf8), at: index)
            }
            if bytes.isEmpty { break }
        }
        _ = try? PDFExtractor().extract(words: bytes)
    }

    /// Twice the words must not take four times as long.
    @Test(arguments: [1.0, 7.0, 60.0]) func workGrowsWithTheNumberOfWords(grid: Double) {
        var random = Random(state: 7)
        let small = sketch(&random, words: 1_500, grid: grid)
        let large = sketch(&random, words: 12_000, grid: grid)
        let clock = ContinuousClock()
        let first = clock.measure { _ = try? PDFExtractor().extract(words: small) }
        let second = clock.measure { _ = try? PDFExtractor().extract(words: large) }
        #expect(second < first * 24 + .seconds(1), "1,500 words took \(first), 12,000 took \(second)")
    }

    /// All words on one page, in one table, in one column, on one line.
    @Test(arguments: 0..<5) func onePlaceForAllWordsIsNoTrap(shape: Int) {
        var sketch = PDFSketch()
        sketch.page()
        for index in 0..<6_000 {
            let step = Double(index)
            switch shape {
            case 0: sketch.word("0", 300, step * 15)
            case 1: sketch.word("0", step * 15, 300)
            case 2: sketch.word("0", step * 15, step * 15)
            case 3: sketch.word(index % 3 == 0 ? "标签" : "\(index)", Double(index % 3) * 100, Double(index / 3) * 15)
            default: sketch.word(index % 2 == 0 ? "三" : "本", 60 + Double(index % 7) * 60, step * 11)
            }
        }
        let clock = ContinuousClock()
        let time = clock.measure { _ = try? PDFExtractor().extract(words: sketch.bytes) }
        #expect(time < .seconds(20), "6,000 words took \(time)")
    }
}
