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

        let space = try #require(good.checks.first { $0.id == "space" })
        #expect(space.message.contains(" MiB"), "\(space.message)")
        #expect(good.checks.first { $0.id == "ledger" }?.message.contains("还没有台账") == true)

        try place.write("inboxes: [\n", "broken.yaml")
        #expect(try place.nianbao("doctor", "--config", "broken.yaml").status == 78)
    }

    @Test func theLedgerIsReadThrough() throws {
        let places = try LedgerPlaces()
        try places.fill()
        func ledger() throws -> Findings.Check {
            let json = try places.place.nianbao("doctor", "--format", "json", "--config", "nianbao.yaml").output
            return try #require(try findings(json).checks.first { $0.id == "ledger" })
        }
        #expect(try ledger().status == "ok")
        // A page in the middle, where only reading all of it finds the damage.
        let damage = "dd if=/dev/urandom of=state/nianbao.sqlite bs=4096 seek=4 count=2 conv=notrunc status=none"
        #expect(try places.place.script(damage).status == 0)
        let damaged = try ledger()
        #expect(damaged.status == "problem" && damaged.message.contains("已损坏"), "\(damaged)")
        #expect(damaged.remedy?.contains("重新启动服务") == true, "\(damaged)")
    }

    @Test func theFolderOfResultsIsChecked() throws {
        let places = try LedgerPlaces()
        // In a mount namespace of its own.
        let script = """
            cd "$2"
            mkdir -p state/results
            mount -t tmpfs -o size=1m tmpfs state
            mkdir state/results
            "$1" doctor --config nianbao.yaml --format json > small.json || true
            mount -o remount,ro state
            "$1" doctor --config nianbao.yaml --format json > readonly.json || true
            """
        let result = try Command.script(
            script,
            [TestPaths.nianbao, places.place.folder.path.string],
            inNamespace: true
        )
        #expect(result.status == 0, "\(result)")
        let small = try findings(#require(Files.read(places.place.folder("small.json")))).checks
        #expect(small.first { $0.id == "folder.results" }?.status == "ok", "\(small)")
        #expect(small.first { $0.id == "space" }?.status == "problem", "\(small)")
        let readOnly = try findings(#require(Files.read(places.place.folder("readonly.json")))).checks
        let results = try #require(readOnly.first { $0.id == "folder.results" })
        #expect(results.status == "problem" && results.remedy?.contains("remount") == true, "\(results)")
    }

    @Test func wrongUsageAndHelp() throws {
        #expect(try place.nianbao("doctor", "--format", "xml").status == 64)
        let help = try place.nianbao("doctor", "--help")
        #expect(help.status == 0 && help.output.contains("--config"))
        let text = try place.nianbao("doctor").output
        #expect(!text.contains("\u{1B}["), "colour only on a terminal")
    }
}
