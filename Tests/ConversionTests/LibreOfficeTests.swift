import Conversion
import DocumentModel
import Extraction
import LinuxIO
import SystemPackage
import Testing

/// The real LibreOffice, and programs that stand for it.
@Suite(.serialized) struct LibreOfficeTests {
    private let bench: Bench

    init() throws { bench = try Bench() }

    private static let rtf = #"{\rtf1\ansi\uc0 \u24180 ?\u25253 ? 2023\par}"#

    private func office() throws -> LibreOffice {
        let program = try #require(
            ExternalProgram.soffice.find(),
            "LibreOffice is not installed: apt install libreoffice-writer-nogui"
        )
        return LibreOffice(program: program, temporaryFolder: bench.folder.path)
    }

    private func fake(_ lines: String, _ settings: LibreOffice.Settings = .init()) throws -> LibreOffice {
        LibreOffice(program: try bench.script("soffice", lines), temporaryFolder: bench.folder.path, settings: settings)
    }

    private func codes(_ results: [Result<[UInt8], Unreadable>]) -> [Unreadable.Code?] {
        results.map { result in
            if case .failure(let problem) = result { problem.code } else { nil }
        }
    }

    // MARK: - The real one

    @Test func aBatchGivesEachDocumentItsOwnResult() throws {
        let office = try office()
        let good = (bytes: Array(Self.rtf.utf8), format: DocumentFormat.rtf)
        let flat = """
            <?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
            xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2" \
            office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>年报</text:p>\
            </office:text></office:body></office:document>
            """
        let broken = (
            bytes: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array("年报".utf8), format: DocumentFormat.doc
        )
        let results = office.docx(from: [good, broken, (Array(flat.utf8), .odt), good, (Array("PK text".utf8), .odt)])
        #expect(codes(results) == [nil, .corrupt, nil, nil, .corrupt])
        for case .success(let docx) in results { #expect(docx.starts(with: [0x50, 0x4B, 0x03, 0x04])) }
        // The profile is kept; nothing else is.
        let left = DirectoryScan(root: bench.folder.path).listing().directories.filter { $0.components.count == 1 }
        #expect(left.count == 1, "\(left)")
    }

    @Test func theProfileGoesWithItsOwner() throws {
        _ = try office().docx(from: [(Array(Self.rtf.utf8), .rtf)])
        #expect(DirectoryScan(root: bench.folder.path).listing().directories.isEmpty)
    }

    @Test func otherFormatsAreNotTakenForText() throws {
        let office = try office()
        let text = Array("某局2023年政府信息公开工作年度报告".utf8)
        let formats: [DocumentFormat] = [.doc, .wps, .wordxml]
        #expect(codes(office.docx(from: formats.map { (text, $0) })) == [.corrupt, .corrupt, .corrupt])
    }

    // MARK: - Those that behave badly

    /// Copies a small zip to where the output is to be, for every input that does not say `bad`.
    private static let converter = """
        while [ "$1" != --outdir ]; do shift; done
        out=$2; shift 2
        for f in "$@"; do
            grep -q bad "$f" && { BAD; }
            n=${f##*/}
            printf 'PK\\005\\006\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0' > "$out/${n%.*}.docx"
        done
        """

    private static let documents = ["one", "bad", "three"].map { (bytes: Array($0.utf8), format: DocumentFormat.doc) }

    @Test func oneThatHangsCostsTheOthersNothing() throws {
        var settings = LibreOffice.Settings()
        settings.baseTime = .seconds(1)
        settings.timePerDocument = .milliseconds(100)
        let office = try fake(Self.converter.replacing("BAD", with: "sleep 1000"), settings)
        #expect(codes(office.docx(from: Self.documents)) == [nil, .timeout, nil])
    }

    @Test func oneThatCrashesCostsTheOthersNothing() throws {
        let office = try fake(Self.converter.replacing("BAD", with: "kill -SEGV $$"))
        #expect(codes(office.docx(from: Self.documents)) == [nil, .crashed, nil])
    }

    @Test func oneWithoutOutputIsCorrupt() throws {
        let office = try fake(Self.converter.replacing("BAD", with: "continue"))
        let results = office.docx(from: Self.documents)
        #expect(codes(results) == [nil, .corrupt, nil])
        guard case .failure(let problem) = results[1] else { return }
        #expect(problem.chinese.contains("密码"), "\(problem.chinese)")
    }

    @Test func oneThatEatsMemoryIsTooLarge() throws {
        var settings = LibreOffice.Settings()
        settings.residentMemory = 100 << 20
        let eat = "exec python3 -c 'b = bytearray(300 << 20); import time; time.sleep(1000)'"
        let office = try fake(Self.converter.replacing("BAD", with: eat), settings)
        #expect(codes(office.docx(from: Self.documents)) == [nil, .tooLarge, nil])
    }

    @Test func onlyFormatsThatItIsForAreAsked() throws {
        let office = try fake("exit 99")
        #expect(codes(office.docx(from: [([1], .doc), ([1], .pdf)])) == [.crashed, .corrupt])
    }

    @Test func aMissingProgramNamesItsPackage() throws {
        let results = LibreOffice(program: nil, temporaryFolder: "/tmp").docx(from: Self.documents)
        #expect(codes(results) == [.converterMissing, .converterMissing, .converterMissing])
        guard case .failure(let problem) = results[0] else { return }
        for text in [problem.chinese, problem.english] {
            #expect(text.contains("apt install libreoffice-writer-nogui"), "\(text)")
        }
    }
}
