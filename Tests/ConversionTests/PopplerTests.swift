import Conversion
import Extraction
import LinuxIO
import SystemPackage
import Testing

/// The real pdftotext, and programs that stand for it.
@Suite struct PopplerTests {
    private let bench: Bench

    init() throws { bench = try Bench() }

    private func poppler() throws -> Poppler {
        let program = try #require(
            ExternalProgram.pdftotext.find(),
            "pdftotext is not installed: apt install poppler-utils"
        )
        return Poppler(program: program, arguments: ["-layout"], temporaryFolder: bench.folder.path)
    }

    private func fake(_ name: String, _ lines: String) throws -> Poppler {
        Poppler(program: try bench.script(name, lines), arguments: [], temporaryFolder: bench.folder.path)
    }

    private func code(_ poppler: Poppler, _ pdf: [UInt8]) -> Unreadable.Code? {
        do throws(Unreadable) {
            _ = try poppler.text(of: pdf)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func itPrintsTheWords() throws {
        let text = try poppler().text(of: Array(Self.pdf("(2023 Annual Report)").utf8))
        #expect(String(decoding: text, as: UTF8.self).contains("2023 Annual Report"))
        #expect(DirectoryScan(root: bench.folder.path).listing().directories.isEmpty)
    }

    @Test(arguments: ["", "%PDF-1.4\n", "%PDF-1.4\ntrailer", "no pdf at all"])
    func aBrokenOneIsCorrupt(pdf: String) throws {
        #expect(code(try poppler(), Array(pdf.utf8)) == .corrupt)
    }

    @Test func oneWithAPasswordIsEncrypted() throws {
        #expect(code(try poppler(), Array(Self.encryptedPDF.utf8)) == .encrypted)
        #expect(code(try fake("pw", "echo 'Command Line Error: Incorrect password' >&2; exit 1"), [1]) == .encrypted)
        #expect(code(try fake("copying", "exit 3"), [1]) == .encrypted)
    }

    @Test func programsThatBehaveBadly() throws {
        var hanging = try fake("hang", "while :; do :; done")
        hanging.limits.wallTime = .milliseconds(200)
        #expect(code(hanging, [1]) == .timeout)
        #expect(code(try fake("segv", "kill -SEGV $$"), [1]) == .crashed)
        var printing = try fake("print", "while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyy; done")
        printing.limits.outputBytes = 100_000
        #expect(code(printing, [1]) == .tooLarge)
    }

    @Test func aMissingOneNamesItsPackage() throws {
        do throws(Unreadable) {
            _ = try Poppler(program: nil, arguments: [], temporaryFolder: "/tmp").text(of: [1])
            Issue.record("no program, but an answer")
        } catch {
            #expect(error.code == .converterMissing)
            #expect(error.chinese.contains("apt install poppler-utils") && error.english.contains("poppler-utils"))
        }
    }

    /// A page with one line; pdftotext repairs the missing table of objects.
    private static func pdf(_ string: String, trailer: String = "") -> String {
        let stream = "BT /F1 12 Tf 72 720 Td \(string) Tj ET"
        return """
            %PDF-1.4
            1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
            2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
            3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj
            4 0 obj <</Length \(stream.utf8.count)>> stream
            \(stream)
            endstream endobj
            5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
            trailer <</Root 1 0 R\(trailer)>>
            %%EOF

            """
    }

    /// Encrypted with a user password (standard handler, revision 2) that the empty one does not open.
    private static let encryptedPDF: String = {
        let hash = String(repeating: "0123456789abcdef", count: 4)
        return pdf(
            "(x)",
            trailer: "/ID[<\(hash)><\(hash)>]/Encrypt<</Filter/Standard/V 1/R 2/O<\(hash)>/U<\(hash)>/P -4>>"
        )
    }()
}
