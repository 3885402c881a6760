// The same reports in every format that offices send, as files.

import Glibc
import LinuxIO
import ReportGenerator
import SystemPackage
import TestSupport

/// Files to measure with, by format. Making them is not measured.
struct Specimens {
    /// Files of the formats that the generator writes itself.
    static let written = 40
    /// Files of those that LibreOffice makes: as many as the aim of the project names.
    static let converted = 20

    /// What Word and WPS write into nearly every document: runs that end anywhere, bookmarks, numbers of their own.
    private static let features: Set<DocxFeature> = [
        .wps, .splitRuns, .bookmarks, .headersFooters, .numberedHeadings, .repeatedHeaderRows,
    ]

    var docx: [FilePath] = []
    var html: [FilePath] = []
    /// There are none without LibreOffice.
    var pdf: Result<[FilePath], MissingProgram>
    /// See ``pdf``.
    var doc: Result<[FilePath], MissingProgram>

    init(folder: FilePath) throws {
        for name in ["docx", "html", "pdf", "doc"] { try Files.makeFolder(folder.appending(name)) }
        var generator = ReportGenerator(seed: 20_260_104)
        for index in 0..<Self.written {
            let edition = FormEdition.allCases[index % FormEdition.allCases.count]
            let report = generator.report(edition: edition, shape: .pipeRows, options: .init(busy: index % 4 < 2))
            docx.append(folder.appending("docx").appending("\(index).docx"))
            html.append(folder.appending("html").appending("\(index).html"))
            try AtomicFile.write(report.docx(Self.features), to: docx[index])
            try AtomicFile.write(report.html([.boilerplate]), to: html[index])
        }
        try Self.deflate(docx)
        let some = docx.prefix(Self.converted)
        pdf = try Self.convert(some, "pdf:writer_pdf_Export", folder: folder.appending("pdf"))
        doc = try Self.convert(some, "doc:MS Word 97", folder: folder.appending("doc"))
    }

    /// The generator stores the parts of a docx as they are; Word, WPS and LibreOffice compress them.
    private static func deflate(_ files: [FilePath]) throws {
        let script = """
            import sys, zipfile
            for path in sys.argv[1:]:
                with zipfile.ZipFile(path) as stored:
                    parts = [(name, stored.read(name)) for name in stored.namelist()]
                with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as deflated:
                    for name, content in parts: deflated.writestr(name, content)
            """
        let run = try ProgramRun.measure(["python3", "-c", script] + files.map(\.string))
        if run.status != 0 { print("  没有 python3：docx 未压缩，比真实文件读得快") }
    }

    private static func convert(
        _ files: ArraySlice<FilePath>,
        _ filter: String,
        folder: FilePath
    ) throws -> Result<[FilePath], MissingProgram> {
        let call = LibreOfficeCall(filter: filter, output: folder, profile: folder.appending("profile"))
        let run = try ProgramRun.measure(call.arguments + files.map(\.string))
        guard run.status != 127 else {
            return .failure(MissingProgram("没有 soffice（apt install libreoffice-writer-nogui）"))
        }
        let made = files.map { folder.appending("\($0.stem ?? "").\(filter.prefix { $0 != ":" })") }
        guard run.status == 0, made.allSatisfy(Files.exists) else {
            throw BenchmarkError("soffice 没有转换成 \(filter)（退出码 \(run.status)）")
        }
        return .success(made)
    }
}

/// What a line of the table lacks on this machine; the others are measured all the same.
struct MissingProgram: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// `soffice --convert-to`, as anybody would call it.
struct LibreOfficeCall {
    let filter: String
    let output: FilePath
    /// Its user profile, which it makes where there is none.
    let profile: FilePath

    /// The names of the files follow.
    var arguments: [String] {
        [
            "soffice", "-env:UserInstallation=file://\(profile)", "--headless", "--norestore", "--convert-to", filter,
            "--outdir", output.string,
        ]
    }
}
