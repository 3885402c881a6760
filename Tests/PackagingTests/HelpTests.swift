// Man pages and completions: made from what the program says of itself, and kept up to date.

import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("man pages and completions") struct HelpTests {
    private static let generated = [
        "man/nianbao.1", "man/zh_CN/nianbao.1", "man/nianbao.yaml.5", "completions/nianbao.bash",
        "completions/_nianbao",
        "completions/nianbao.fish",
    ]
    private static let pages = [
        "nianbao.1", "nianbao.yaml.5", "nianbao.service.8", "zh_CN/nianbao.1", "zh_CN/nianbao.service.8",
    ]
    private let packaging = DebianPackage.tree.appending("packaging")

    @Test func areUpToDate() throws {
        let folder = try TemporaryFolder()
        let script = DebianPackage.tree.appending("scripts/generate-help").string
        let result = try Command.run([script, try TestPaths.nianbao, folder.path.string])
        #expect(result.status == 0, "\(result.errors)")
        for name in Self.generated {
            let isSame = Files.read(folder(name)) == Files.read(packaging.appending(FilePath(name).components))
            #expect(isSame, "packaging/\(name) is not what the program says now; run: make generated")
        }
    }

    @Test(arguments: pages) func pageHasNoMistake(_ name: String) throws {
        let page = packaging.appending("man").appending(FilePath(name).components).string
        let lint = try Command.run(["mandoc", "-T", "lint", "-W", "warning", page])
        #expect(lint.status == 0, "\(lint.output)")
        let man = try Command.run(
            ["man", "--warnings", "--encoding=UTF-8", "--local-file", page],
            environment: ["LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANPAGER": "cat"]
        )
        #expect(man.errors == "")
        #expect(man.output.contains("nianbao"))
    }

    @Test func configurationPageHasEveryKey() throws {
        let page = try #require(Files.read(packaging.appending("man/nianbao.yaml.5")))
        let configuration = try #require(Files.read(DebianPackage.tree.appending("etc/nianbao/nianbao.yaml")))
        for line in configuration.split(separator: "\n") {
            let text = line.drop { $0 == " " || $0 == "#" || $0 == "-" }
            guard !line.contains("# "), let colon = text.firstIndex(of: ":"), !text.contains("text.placeholder"),
                !text.contains("section.numbering:")
            else { continue }
            let key = text[..<colon]
            #expect(page.contains("\(key)\\fR"), "nianbao.yaml(5) says nothing of \(key)")
        }
    }

    /// Each shell asked what may follow, as a user asks by Tab.
    @Test func bashCompletes() throws {
        let script = #"""
            source "$1"
            COMP_WORDS=(nianbao ledger ''); COMP_CWORD=2; COMP_LINE='nianbao ledger '; COMP_POINT=15
            $(complete -p nianbao | sed -n 's/.*-F \([^ ]*\).*/\1/p') nianbao '' ledger 2> /dev/null || true
            printf '%s\n' "${COMPREPLY[@]}"
            """#
        let path = packaging.appending("completions/nianbao.bash").string
        let result = try Command.run(["bash", "-c", script, "test", path])
        #expect(result.output.contains("retry"), "bash offers “\(result.output)” (\(result.errors))")
    }

    @Test func fishCompletes() throws {
        let path = packaging.appending("completions/nianbao.fish").string
        let home = try TemporaryFolder()
        let result = try Command.run(
            ["fish", "--no-config", "-c", "source \(path); complete --do-complete 'nianbao ledger '"],
            environment: ["HOME": home.path.string, "XDG_CONFIG_HOME": home.path.string]
        )
        #expect(result.output.contains("retry"), "fish offers “\(result.output)” (\(result.errors))")
    }

    @Test func zshReadsItsCompletion() throws {
        let path = packaging.appending("completions/_nianbao").string
        let result = try Command.run(["zsh", "-f", "-n", path])
        #expect(result.status == 0 && result.errors == "", "\(result.errors)")
        #expect(Files.read(FilePath(path))?.hasPrefix("#compdef nianbao\n") == true)
    }
}
