// `nianbao doctor`: what this machine can read, and what it says where a program is missing.

import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

@Suite("nianbao doctor") struct DoctorTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private struct Findings: Decodable {
        struct Format: Decodable {
            let format: String
            let readable: Bool
            let program, package, path, version, problem: String?
        }
        struct Check: Decodable {
            let id, status, message: String
            let remedy: String?
        }
        let well: Bool
        let install: String?
        let formats: [Format]
        let checks: [Check]
    }

    private func findings(_ json: String) throws -> Findings {
        try JSONDecoder().decode(Findings.self, from: Data(json.utf8))
    }

    @Test func everyFormatCanBeRead() throws {
        let result = try place.nianbao("doctor", "--format", "json")
        let findings = try findings(result.output)
        for format in findings.formats {
            #expect(format.readable, "\(format.format): \(format.problem ?? "")")
            #expect((format.program == nil) == (format.version == nil), "\(format)")
        }
        #expect(
            findings.formats.map(\.format).sorted()
                == ["doc", "docx", "html", "mht", "odt", "pdf", "rtf", "text", "wordxml", "wps"]
        )
        #expect(findings.install == nil)
        #expect(result.status == (findings.well ? 0 : 1))
    }

    @Test func aMissingProgramIsNamedWithItsPackage() throws {
        // In a mount namespace of its own, where what is no program lies over the programs.
        let script = """
            for program in pdftotext soffice libreoffice; do mount --bind /dev/null /usr/bin/$program; done
            [ ! -e /usr/lib/libreoffice ] || mount -t tmpfs none /usr/lib/libreoffice
            status=0
            LANG=zh_CN.UTF-8 "$1" doctor || status=$?
            "$1" doctor --format json > "$2" || true
            exit $status
            """
        let json = place.folder("doctor.json")
        let result = try Command.script(script, [TestPaths.nianbao, json.string], inNamespace: true)
        #expect(result.status == 1, "\(result)")
        #expect(result.output.contains("apt install poppler-utils libreoffice-writer-nogui"), "\(result.output)")
        let findings = try findings(#require(Files.read(json)))
        #expect(findings.formats.filter(\.readable).map(\.format) == ["text", "docx", "html", "mht"])
        #expect(findings.install == "apt install poppler-utils libreoffice-writer-nogui")
    }

    @Test func foldersOfTheConfigurationAreChecked() throws {
        try place.write("", "in/sub/empty.txt")
        let inbox = place.folder("in").string
        let state = place.folder("state").string
        try place.write("inboxes:\n  - path: \(inbox)\nstate: \(state)\n", "good.yaml")
        let good = try findings(place.nianbao("doctor", "--format", "json", "--config", "good.yaml").output)
        #expect(good.checks.filter { $0.id.hasPrefix("folder.") }.map(\.status) == ["ok", "ok"])
        let watches = try #require(good.checks.first { $0.id == "inotify.watches" })
        #expect(watches.message.contains(" 2 "), "the inbox and its subfolder: \(watches.message)")

        try place.write("inboxes:\n  - path: \(inbox)/none\nstate: \(state)\n", "missing.yaml")
        let missing = try place.nianbao("doctor", "--config", "missing.yaml", "--lang", "en")
        #expect(missing.status == 1)
        #expect(missing.output.contains("mkdir -p \(inbox)/none"), "\(missing.output)")

        try place.write("inboxes: [\n", "broken.yaml")
        #expect(try place.nianbao("doctor", "--config", "broken.yaml").status == 78)
    }

    @Test func wrongUsageAndHelp() throws {
        #expect(try place.nianbao("doctor", "--format", "xml").status == 64)
        let help = try place.nianbao("doctor", "--help")
        #expect(help.status == 0 && help.output.contains("--config"))
        let text = try place.nianbao("doctor").output
        #expect(!text.contains("\u{1B}["), "colour only on a terminal")
    }
}
