import DocumentModel
import Testing

@testable import Extraction

/// Web archives (RFC 2557).
struct HTMLArchiveTests {
    /// 政府信息公开 in base64 of UTF-8, as a page.
    private let base64 = "PGh0bWw+PHA+5pS/5bqc5L+h5oGv5YWs5byAPC9wPjwvaHRtbD4="

    private func archive(_ body: String, type: String = "multipart/related") -> String {
        """
        From: <Saved by Blink>
        Subject: =?utf-8?Q?x?=
        MIME-Version: 1.0
        Content-Type: \(type);
        \ttype="text/html";
        \tboundary="----=_Part_1"

        This is a multi-part message in MIME format.

        \(body)
        """
    }

    private func texts(_ archive: String) throws -> [String] {
        #expect(try FormatDetection.detect(Array(archive.utf8)) == .mht)
        let document = try MHTExtractor().extract(Array(archive.utf8))
        #expect(document.format == .mht)
        return document.blocks.map(\.summary)
    }

    @Test("Base64 and quoted-printable, LF and CRLF, with and without the last boundary", arguments: ["\n", "\r\n"])
    func encodings(lineEnd: String) throws {
        let bodies = [
            "------=_Part_1\nContent-Type: text/html; charset=\"utf-8\"\nContent-Transfer-Encoding: base64\n\n\(base64)\n------=_Part_1--\n",
            "------=_Part_1\nContent-Type: text/html;\n charset=utf-8\nContent-Transfer-Encoding: Quoted-Printable\n\n"
                + "<html><p class=3D\"x\">=E6=94=BF=E5=BA=9C=E4=BF=\n=A1=E6=81=AF=E5=85=AC=E5=BC=80</p></html>\n",
            "------=_Part_1\nContent-Type: text/html\n\n<p>政府信息公开</p>\n------=_Part_1\nContent-Type: image/png\n"
                + "Content-Transfer-Encoding: base64\n\niVBORw0KGgo\n------=_Part_1--\n",
        ]
        for body in bodies {
            let text = archive(body).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineEnd)
            #expect(try texts(text) == ["政府信息公开"])
        }
    }

    @Test("The root is the part that start names, else the first page; alternatives are looked into")
    func root() throws {
        let parts =
            "------=_Part_1\nContent-Type: text/html\nContent-ID: <a>\n\n<p>甲</p>\n"
            + "------=_Part_1\nContent-Type: text/html\nContent-ID: <b>\n\n<p>乙</p>\n------=_Part_1--"
        #expect(try texts(archive(parts)) == ["甲"])
        #expect(try texts(archive(parts, type: "multipart/related; start=\"<b>\"")) == ["乙"])
        let nested =
            "------=_Part_1\nContent-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/plain\n\n丙\n"
            + "--in\nContent-Type: text/html\n\n<p>丁</p>\n--in--\n------=_Part_1--"
        #expect(try texts(archive(nested)) == ["丁"])
    }

    @Test("Of frames the one with the report is read")
    func frames() throws {
        let parts =
            "------=_Part_1\nContent-Type: text/html\n\n<html><frameset><frame src=x></frameset></html>\n"
            + "------=_Part_1\nContent-Type: text/html\n\n<p>标签</p>\n"
            + "------=_Part_1\nContent-Type: text/html\n\n<p>一</p><p>二</p><table><tr><td>1<td>2</table>\n------=_Part_1--"
        #expect(try texts(archive(parts)) == ["一", "二", "1 2"])
    }

    @Test("Cut archives are corrupt")
    func cut() throws {
        let whole = archive(
            "------=_Part_1\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n\(base64.dropLast(7))"
        )
        let error = #expect(throws: Unreadable.self) { try MHTExtractor().extract(Array(whole.utf8)) }
        #expect(error?.code == .corrupt)
        let empty = #expect(throws: Unreadable.self) { try MHTExtractor().extract(Array(archive("").utf8)) }
        #expect(empty?.code == .corrupt)
    }
}

/// Pages meant to harm.
struct HTMLHostileTests {
    private func code(_ html: String) -> Unreadable.Code? {
        do throws(Unreadable) {
            _ = try HTMLExtractor().extract(Array(html.utf8))
            return nil
        } catch {
            return error.code
        }
    }

    @Test("Depth, cells, rows, columns and attributes have limits")
    func limits() {
        #expect(code(String(repeating: "<div>", count: 100_000)) == .tooLarge)
        #expect(code(String(repeating: "<b>", count: 100_000)) == .tooLarge)
        #expect(code(String(repeating: "<table><tr><td>", count: 100)) == .tooLarge)
        #expect(
            code("<table>" + String(repeating: "<tr>" + String(repeating: "<td>1", count: 1000), count: 200))
                == .tooLarge
        )
        #expect(code("<table><tr>" + String(repeating: "<td>1", count: 300)) == .tooLarge)
        #expect(code("<p " + (0..<200_000).map { "a\($0)=1" }.joined(separator: " ") + ">") == .tooLarge)
        #expect(code(String(repeating: "<p>一", count: 500_000)) == .tooLarge)
        // Work that libxml2 would take a minute over.
        #expect(code("<p " + (0..<100_000).map { "a\($0)=''" }.joined() + ">") == .tooLarge)
        #expect(code(String(repeating: "<b>", count: 1_900) + String(repeating: "</i>", count: 3_000_000)) == .tooLarge)
        // Spans are numbers of a browser, not of a memory.
        #expect(code("<table><tr><td rowspan=99999999999 colspan=-5>a<td rowspan=x>b<tr><td>c</table>") == nil)
    }

    @Test("Cut, mutated and random pages neither trap nor loop")
    func mutations() {
        let page = Array(HTMLPageTests.page(HTMLPageTests.articles[0]).utf8)
        var random = SystemRandomNumberGenerator()
        for length in stride(from: 0, to: page.count, by: 61) {
            _ = try? HTMLExtractor().extract(Array(page[..<length]))
        }
        let tags = [
            "<table>", "</table>", "<tr>", "<td rowspan=0>", "</div>", "<a href=x>", "<!--", "<![", "<select>", "&#",
            "\"", "'", "<ol>",
        ]
        for _ in 0..<300 {
            var mutated = page
            for _ in 0..<12 {
                let place = Int.random(in: 0..<mutated.count, using: &random)
                mutated.insert(contentsOf: Array((tags.randomElement() ?? "").utf8), at: place)
                mutated.remove(at: Int.random(in: 0..<mutated.count, using: &random))
            }
            _ = try? HTMLExtractor().extract(mutated)
            _ = try? FormatDetection.detect(mutated)
            let bytes = (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) }
            _ = try? HTMLExtractor().extract(bytes)
            _ = try? MHTExtractor().extract(bytes)
            _ = try? FormatDetection.detect(bytes)
        }
    }
}
