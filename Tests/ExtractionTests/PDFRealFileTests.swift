import DocumentModel
import Extraction
import Glibc
import Testing

/// A real report through the real `pdftotext`; skipped where either is missing.
@Suite struct PDFRealFileTests {
    static let hongze = "/work/shared/reports/real/huaian_hongze_2023.pdf"

    @Test(.enabled(if: PDFTools.canRead(hongze))) func readsEveryCellOfARealReport() throws {
        let document = try PDFExtractor().extract(words: PDFTools.words(of: Self.hongze))
        let tables = document.tables
        #expect(tables.count == 6, "four blocks of table 2, tables 3 and 4")
        guard tables.count == 6 else { return }
        #expect(tables[0].numbers(inRowOf: "行政规范性文件") == ["0", "5", "5"])
        #expect(tables[1].numbers(inRowOf: "行政许可") == ["550"])
        #expect(tables[2].numbers(inRowOf: "行政处罚") == ["4119"])
        #expect(tables[2].numbers(inRowOf: "行政强制") == ["195"])
        #expect(tables[3].numbers(inRowOf: "行政事业性收费") == ["7730.28"])

        let applications = tables[4]
        #expect(
            applications.rows.count == 26,
            "three rows of header and 23 of the form, though a page ends between them"
        )
        for (label, first, total) in [
            ("一、本年新收政府信息公开申请数量", "21", "21"), ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "4", "4"),
            ("1.本机关不掌握相关政府信息", "10", "10"), ("2.没有现成信息需要另行制作", "3", "3"), ("3.补正后申请内容仍不明确", "0", "0"),
            ("5.要求行政机关确认或重新出具已获取信息", "0", "0"), ("（七）总计", "21", "21"), ("四、结转下年度继续办理", "0", "0"),
        ] {
            #expect(applications.numbers(inRowOf: label) == [first, "0", "0", "0", "0", "0", total], "\(label)")
        }
        #expect(
            applications.names(ofColumns: 3..<10) == ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
        )
        #expect(applications.cell("三、本年度办理结果")?.span == GridSpan(column: 0, rows: 20))
        #expect(applications.cell("（三）不予公开")?.span == GridSpan(column: 1, rows: 8))
        #expect(applications.cell("3.补正后申请内容仍不明确")?.source.page == 4)

        let disputes = tables[5]
        #expect(disputes.rows.last?.cells.map(\.text).joined(separator: " ") == "10 1 0 0 0 0 0 0 0 0 5 0 0 0 0")
        #expect(disputes.cell("行政复议")?.span?.columnRange == 0..<5)
        #expect(disputes.cell("未经复议直接起诉")?.span?.columnRange == 5..<10)
        #expect(disputes.cell("复议后起诉")?.span?.columnRange == 10..<15)
        #expect(document.margins.map(\.text) == (1...5).map { "- \($0) -" })
    }
}

/// Runs programs, for tests that need their output.
enum PDFTools {
    static func canRead(_ path: String) -> Bool {
        access(path, R_OK) == 0 && access("/usr/bin/pdftotext", X_OK) == 0
    }

    /// What `pdftotext` prints for a PDF.
    static func words(of path: String) -> [UInt8] {
        output(of: (["/usr/bin/pdftotext"] + PDFExtractor.toolArguments + [path, "-"]).joined(separator: " "))
    }

    static func output(of command: String) -> [UInt8] {
        guard let pipe = popen(command, "r") else { return [] }
        defer { pclose(pipe) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, pipe)
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}

extension Document {
    var tables: [Table] {
        blocks.compactMap { block in
            if case .table(let table) = block { table } else { nil }
        }
    }

    var paragraphs: [String] {
        blocks.compactMap { block in
            if case .paragraph(let paragraph) = block { paragraph.text } else { nil }
        }
    }
}

extension Table {
    /// The cell with this text, its lines joined.
    func cell(_ text: String) -> Cell? {
        rows.flatMap(\.cells).first { $0.joined == text }
    }

    /// What stands right of a label in its row.
    func numbers(inRowOf label: String) -> [String]? {
        for row in rows {
            guard let index = row.cells.firstIndex(where: { $0.joined == label }) else { continue }
            return row.cells[(index + 1)...].map(\.text)
        }
        return nil
    }

    /// The lowest header over each column.
    func names(ofColumns columns: Range<Int>) -> [String] {
        columns.map { column in
            let header = rows.prefix {
                !$0.cells.contains { $0.text.utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false }
            }
            return header.flatMap(\.cells).last { $0.span?.columnRange == column..<(column + 1) }?.joined ?? ""
        }
    }
}

extension Cell {
    var joined: String { text.split(separator: "\n").joined() }
}
