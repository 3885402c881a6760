// Converters that misbehave (converters.py), named in the configuration of the running service.

import FoundationEssentials
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("hostile converters") struct HostileConverterTests {
    private let cell: Cell

    init() throws { cell = try Cell() }

    private func writeConverters() throws {
        let folder = FilePath(#filePath).removingLastComponent()
        let script = try #require(Files.read(folder.appending("converters.py")))
        let docx = Data(try SafeFile.read(path: cell.folder("good/good.docx")).bytes).base64EncodedString()
        let converter = script.replacing("GOOD_DOCX = \"\"", with: "GOOD_DOCX = \"\(docx)\"")
        try Files.makeFolder(cell.folder("bin"))
        for name in ["pdftotext", "soffice"] { try cell.write(Array(converter.utf8), "bin/\(name)", mode: 0o755) }
        try cell.configure(
            """
            workers: 2
            limits:
              conversion_time: 3s
            converters:
              pdftotext: \(cell.folder("bin/pdftotext"))
              soffice: \(cell.folder("bin/soffice"))
            """
        )
    }

    /// What each order comes to, as a PDF and as RTF. pdftotext may start no process: there, forking fails.
    private static let orders = [
        ("hang", pdf: "timeout", rtf: "timeout"), ("silent", pdf: "corrupt", rtf: "corrupt"),
        ("eat", pdf: "too-large", rtf: "too-large"), ("print", pdf: "too-large", rtf: "too-large"),
        ("fork", pdf: "corrupt", rtf: "corrupt"), ("fork-hang", pdf: "corrupt", rtf: "timeout"),
        ("crash", pdf: "crashed", rtf: "crashed"),
    ]

    /// good/good.pdf, by the real LibreOffice; and the same with an order.
    private func writePDF(withOrder order: String, _ name: String) throws {
        let result = try Command.run([
            "soffice", "-env:UserInstallation=file://\(cell.folder("profile"))", "--headless", "--convert-to",
            "pdf:writer_pdf_Export", "--outdir", cell.folder("good").string, cell.folder("good/good.docx").string,
        ])
        let pdf = try #require(try? SafeFile.read(path: cell.folder("good/good.pdf")).bytes, "\(result)")
        try cell.write(pdf + Array("\n%order \(order)\n".utf8), name)
    }

    @Test func goodFilesGoOn() throws {
        try cell.writeGoodReports()
        try writeConverters()
        try writePDF(withOrder: "slow", "slow.pdf")
        try Files.makeFolder(cell.folder("in"))
        for (order, _, _) in Self.orders {
            for (start, name) in [("%PDF-1.4\n", "\(order).pdf"), (#"{\rtf1 "#, "\(order).rtf")] {
                try cell.write(Array("\(start)%order \(order)\n}".utf8), "orders/\(name)")
            }
        }
        let run = try cell.run(
            """
            memory
            watch
            has() { [ -e "state/results/$1.audit.json" ]; }
            # Its worker is killed while it is in work.
            cp slow.pdf in
            in_work() { grep -qsx pdftotext /proc/[0-9]*/comm; }
            wait_for in_work
            worker=$({ grep -lsx nianbao-pdf /proc/[0-9]*/comm || true; } | tr -dc '0-9\n')
            kill -KILL $worker
            wait_for has slow.pdf

            # Both converters hang, then come the others.
            cp orders/hang.* in
            hanging() { [ "$(grep -lszx '432[1]' /proc/[0-9]*/cmdline | wc -l)" = 2 ]; }
            wait_for hanging
            cp good/* in
            cp orders/*.pdf in
            results $((4 + $(ls orders/*.pdf | wc -l) + 1))
            # One after the other, as LibreOffice would get them in one call.
            for file in orders/*.rtf; do cp $file in; wait_for has ${file##*/}; done
            cp good/good.docx in/late.docx
            wait_for has late.docx
            grep -q 'SIGKILL' errors || echo 'the death of a worker is not told'
            stop
            leave
            """
        )
        #expect(run.output == "ended with 0\n" + Cell.nothingLeft, "status \(run.status): \(run.errors)")
        print("nianbao watch with hostile converters: \(cell.peaks)")
        #expect(cell.peaks["nianbao", default: 0] < 128, "MiB of the service itself")
        for name in ["slow.pdf", "good.txt", "good.docx", "good.pdf", "late.docx"] {
            let result = try cell.result(name)
            #expect(result?.outcome == "pass", "\(name): \(result?.unreadable?.message ?? "no result")")
        }
        for (order, pdf, rtf) in Self.orders {
            for (name, code) in [("\(order).pdf", pdf), ("\(order).rtf", rtf)] {
                let result = try cell.result(name)
                let message = "\(name): \(result?.outcome ?? "no result"), \(result?.unreadable?.message ?? "")"
                if order == "eat" {
                    // Which limit ends it first is a matter of how busy the machine is: the watched memory, the address space
                    // (it then dies by itself) or the time.
                    #expect(["too-large", "crashed", "timeout"].contains(result?.outcome), "\(message)")
                } else {
                    #expect(result?.outcome == code, "\(message)")
                }
            }
        }
        for hanging in ["hang.pdf", "hang.rtf"] {
            let end = try #require(cell.resultTime(hanging))
            for good in ["good.txt", "good.docx", "good.pdf"] {
                let time = try #require(cell.resultTime(good))
                #expect(time < end, "\(good) waited for \(hanging)")
            }
        }
    }
}
