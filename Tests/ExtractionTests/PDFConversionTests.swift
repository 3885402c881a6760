import DocumentModel
import Extraction
import Glibc
import Testing

/// A table of the form with merged cells, made a PDF by LibreOffice; skipped where it or `pdftotext` is missing.
@Suite struct PDFConversionTests {
    private static let canConvert = access("/usr/bin/soffice", X_OK) == 0 && access("/usr/bin/pdftotext", X_OK) == 0

    @Test(.enabled(if: canConvert)) func readsEveryCellOfAConvertedTable() throws {
        let names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
        let labels = [
            "一、本年新收政府信息公开申请数量", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "1.属于国家秘密", "5.要求行政机关确认或重新出具已获取信息", "（七）总计",
        ]
        let rows = labels.indices.map { row in names.indices.map { "\(row * 37 * $0 + row)" } }
        var html = "<html><head><meta charset='utf-8'></head><body><p>二、收到和处理申请</p><table border='1' width='100%'>"
        html += "<tr><td rowspan='3' width='40%'>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>"
        html += "<td colspan='7' align='center'>申请人情况</td></tr><tr><td rowspan='2' align='center'>自然人</td>"
        html += "<td colspan='5' align='center'>法人或其他组织</td><td rowspan='2' align='center'>总计</td></tr><tr>"
        html += names[1..<6].map { "<td align='center'>\($0)</td>" }.joined() + "</tr>"
        for (label, numbers) in zip(labels, rows) {
            html += "<tr><td>\(label)</td>" + numbers.map { "<td align='center'>\($0)</td>" }.joined() + "</tr>"
        }
        html += "</table></body></html>"

        let folder = "/tmp/nianbao-pdf-\(getpid())"
        mkdir(folder, 0o700)
        defer { _ = PDFTools.output(of: "rm -r '\(folder)'") }
        let file = try #require(fopen(folder + "/table.html", "w"))
        fputs(html, file)
        fclose(file)
        _ = PDFTools.output(
            of:
                "timeout 120 soffice -env:UserInstallation=file://\(folder)/profile --headless --convert-to pdf:writer_web_pdf_Export "
                + "--outdir '\(folder)' '\(folder)/table.html' 2>&1"
        )
        try #require(access(folder + "/table.pdf", R_OK) == 0, "LibreOffice made no PDF")

        let document = try PDFExtractor().extract(words: PDFTools.words(of: folder + "/table.pdf"))
        let table = try #require(document.tables.first)
        #expect(table.names(ofColumns: 1..<8) == names)
        for (label, numbers) in zip(labels, rows) { #expect(table.numbers(inRowOf: label) == numbers, "\(label)") }
    }
}
