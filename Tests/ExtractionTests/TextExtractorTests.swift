import DocumentModel
import Extraction
import Glibc
import Testing

/// Bytes to paragraphs and tables.
@Suite struct TextExtractorTests {
    private static let sample = "青禾县水利局2023年政府信息公开工作年度报告\n一、总体情况\n二〇二三年，信息公开工作平稳。\n"

    // MARK: - Encodings

    @Test(arguments: [
        ("utf-8", "UTF-8", [] as [UInt8]), ("utf-8", "UTF-8", [0xEF, 0xBB, 0xBF]), ("gb18030", "GB18030", []),
        ("gb18030", "GBK", []),
        ("utf-16le", "UTF-16LE", [0xFF, 0xFE]), ("utf-16be", "UTF-16BE", [0xFE, 0xFF]), ("utf-16le", "UTF-16LE", []),
        ("utf-16be", "UTF-16BE", []),
    ])
    func decodes(name: String, iconvName: String, mark: [UInt8]) throws {
        let bytes = mark + (try converted(Self.sample, to: iconvName))
        let document = try TextExtractor().extract(bytes)
        #expect(document.encoding == name)
        #expect(paragraphs(document) == Self.sample.split(separator: "\n").map(String.init))
    }

    @Test(arguments: ["\n", "\r\n", "\r", "\u{C}", "\u{B}", "\u{85}", "\u{2028}", "\u{2029}"])
    func splitsAtEveryLineEnd(lineEnd: String) throws {
        let text = Self.sample.split(separator: "\n").joined(separator: lineEnd)
        let document = try TextExtractor().extract(Array(text.utf8))
        #expect(paragraphs(document) == Self.sample.split(separator: "\n").map(String.init))
        let lines = document.blocks.map { block -> Int? in
            guard case .paragraph(let paragraph) = block else { return nil }
            return paragraph.source.line
        }
        #expect(lines == [1, 2, 3])
    }

    // MARK: - What is no text

    @Test func namesTheOffsetOfABadByte() throws {
        var bytes = Array(Self.sample.utf8)
        bytes.insert(0xFF, at: 12)
        let error = try #require(failure(bytes))
        #expect(error.code == .corrupt)
        #expect(error.chinese.contains("偏移 12"), "\(error.chinese)")
    }

    @Test func aTruncatedGBKFileIsCorrupt() throws {
        let whole = try converted(Self.sample, to: "GB18030")
        let error = try #require(failure(Array(whole.dropLast(2))))
        #expect(error.code == .corrupt)
        #expect(error.chinese.contains("GB18030"), "\(error.chinese)")
    }

    @Test(arguments: [[UInt8](repeating: 0, count: 4096), Array("文字\0文字".utf8)])
    func nulBytesAreUnsupported(bytes: [UInt8]) throws {
        let error = try #require(failure(bytes))
        #expect(error.code == .unsupported)
    }

    // MARK: - Tables

    @Test func readsACellALine() throws {
        let table = try #require(try firstTable("\t规章\n\t自\n然\n人\n\t\n\t0\n\n\t行政许可\n\t5\n\n三、收到"))
        #expect(texts(table) == [["规章", "自\n然\n人", "", "0"], ["行政许可", "5"]])
        let allBounded = table.rows.allSatisfy { $0.isBounded }
        #expect(allBounded)
    }

    @Test func aSectionRightUnderACellIsNoPartOfIt() throws {
        let document = try TextExtractor().extract(Array("\t0\n三、收到和处理政府信息公开申请情况\n".utf8))
        #expect(paragraphs(document) == ["三、收到和处理政府信息公开申请情况"])
    }

    @Test func readsTabbedPipedAndMarkdownRows() throws {
        let tabbed = try #require(try firstTable("规章\t0\t\t2"))
        #expect(texts(tabbed) == [["规章", "0", "", "2"]])
        let piped = try #require(try firstTable("规章 | 0 |  | 2 |"))
        #expect(texts(piped) == [["规章 ", " 0 ", "  ", " 2 "]])
        let markdown = try #require(try firstTable("| 规章 | 0 |\n|---|:-:|\n| **许可** | 5<br>6 |"))
        #expect(texts(markdown) == [[" 规章 ", " 0 "], [" 许可 ", " 5\n6 "]])
    }

    @Test func readsPipedCells() throws {
        let rows = (1...6).map { "标签\($0) |\n\($0) |\n0 | ||" }.joined(separator: "\n")
        let table = try #require(try firstTable(rows))
        #expect(table.rows.count == 6)
        #expect(texts(table)[0] == ["标签1 ", "1 ", "0 "])
    }

    @Test func anIndentedSentenceIsNoCell() throws {
        let document = try TextExtractor().extract(Array("\t2023年，我局认真落实各项要求。\n".utf8))
        #expect(paragraphs(document).count == 1)
    }

    // MARK: - Helpers

    private func failure(_ bytes: [UInt8]) -> Unreadable? {
        do throws(Unreadable) {
            _ = try TextExtractor().extract(bytes)
            return nil
        } catch {
            return error
        }
    }

    private func paragraphs(_ document: Document) -> [String] {
        document.blocks.compactMap { block in
            guard case .paragraph(let paragraph) = block else { return nil }
            return paragraph.text.split(separator: "\t").joined()
        }
    }

    private func firstTable(_ text: String) throws -> Table? {
        try TextExtractor().extract(Array(text.utf8)).blocks.lazy.compactMap { block in
            if case .table(let table) = block { table } else { nil }
        }.first
    }

    private func texts(_ table: Table) -> [[String]] { table.rows.map { $0.cells.map(\.text) } }

    /// iconv(3): the bytes of `text`, taken for `from`.
    private func converted(_ text: String, to: String, from: String = "UTF-8") throws -> [UInt8] {
        let descriptor = try #require(iconv_open(to, from))
        defer { iconv_close(descriptor) }
        var input = Array(text.utf8)
        var output = [UInt8](repeating: 0, count: input.count * 4 + 16)
        var inputLeft = input.count
        var outputLeft = output.count
        let result = input.withUnsafeMutableBytes { source in
            output.withUnsafeMutableBytes { target -> Int in
                var sourcePointer = source.baseAddress?.assumingMemoryBound(to: CChar.self)
                var targetPointer = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                return iconv(descriptor, &sourcePointer, &inputLeft, &targetPointer, &outputLeft)
            }
        }
        try #require(result != -1, "iconv \(from) → \(to) failed")
        return Array(output.prefix(output.count - outputLeft))
    }
}
