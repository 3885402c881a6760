import SystemPackage
import Testing

@testable import Configuration

let vocabulary = Vocabulary(
    rules: ["title.missing", "title.format", "fee.missing", "applications.balance"],
    tables: [
        "disclosure": .init(rows: ["fees"], columns: ["amount"]),
        "applications": .init(rows: ["1", "3.4.1", "3.4.2", "3.7"], columns: ["naturalPerson", "total"]),
    ]
)

/// The problems of a text; records a failure when it has none.
func problems(of yaml: String, sourceLocation: SourceLocation = #_sourceLocation) -> [ConfigurationProblem] {
    problems(of: Array(yaml.utf8), sourceLocation: sourceLocation)
}

func problems(of yaml: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) -> [ConfigurationProblem] {
    do throws(ConfigurationErrors) {
        let configuration = try Configuration.parse(yaml, file: "t.yaml", vocabulary: vocabulary)
        Issue.record("accepted: \(configuration)", sourceLocation: sourceLocation)
        return []
    } catch {
        return error.problems
    }
}

func parse(_ yaml: String) throws -> Configuration {
    try Configuration.parse(Array(yaml.utf8), file: "t.yaml", vocabulary: vocabulary)
}

@Suite struct ValueTests {
    @Test func everyKeyIsRead() throws {
        let configuration = try parse(
            """
            inboxes:
              - {path: /srv/one//x/../in/, name: 市级}
              - path: "/srv/two"
            state: /data
            language: en
            workers: 64
            settle_time: 1500ms
            scan_interval: 30min
            poll_interval: 250ms
            retention: {left: 400d}
            limits: {file_size: 2 MiB}
            rules: {disable: [title.format, fee.missing]}
            """
        )
        var expected = Configuration()
        expected.inboxes = [.init(path: "/srv/one/in", name: "市级"), .init(path: "/srv/two")]
        expected.state = "/data"
        expected.language = .english
        expected.workers = 64
        expected.settleTime = .milliseconds(1500)
        expected.scanInterval = .seconds(1800)
        expected.pollInterval = .milliseconds(250)
        expected.retention.left = .seconds(400 * 86_400)
        expected.limits.fileSize = 2 << 20
        expected.rules.disable = ["title.format", "fee.missing"]
        #expect(configuration == expected)
    }

    @Test func whatIsLeftOutHasItsDefault() throws {
        var expected = Configuration()
        expected.inboxes = [.init(path: "/in")]
        #expect(try parse("inboxes: [{path: /in}]") == expected)
        #expect(expected.limits.fileSize == 67_108_864)
        #expect((1...4).contains(expected.workers), "the default is the number of cores, at most 4")
    }

    @Test("sizes", arguments: [("65536", 65536), ("1KiB", 1024), ("64MiB", 64 << 20), ("\"1 GiB\"", 1 << 30)])
    func size(written: String, bytes: Int) throws {
        #expect(try parse("inboxes: [{path: /in}]\nlimits: {file_size: \(written)}").limits.fileSize == bytes)
    }

    @Test("times", arguments: [("0", 0), ("2", 2000), ("250ms", 250), ("3 s", 3000), ("60min", 3_600_000)])
    func duration(written: String, milliseconds: Int) throws {
        let read = try parse("inboxes: [{path: /in}]\nsettle_time: \(written)").settleTime
        #expect(read == .milliseconds(milliseconds))
    }

    @Test(
        "intervals",
        arguments: [("90", 90), ("90s", 90), ("2m", 120), ("2min", 120), ("3h", 10_800), ("1d", 86_400)]
    )
    func interval(written: String, seconds: Int) throws {
        #expect(try parse("inboxes: [{path: /in}]\nscan_interval: \(written)").scanInterval == .seconds(seconds))
    }

    @Test(
        "how long is kept",
        arguments: [("forever", nil), ("30d", 30 * 86_400), ("12 h", 43_200), ("36500d", 3_153_600_000)]
    )
    func retention(written: String, seconds: Int?) throws {
        let read = try parse("inboxes: [{path: /in}]\nretention: {left: \(written)}").leftRetention
        #expect(read == seconds.map { .seconds($0) })
    }

    @Test(
        "a time is written by its largest unit",
        arguments: [
            (0, "0s"), (250, "250ms"), (90_000, "90s"), (120_000, "2min"), (86_400_000, "1d"), (90_000_000, "25h"),
        ]
    )
    func writtenDuration(milliseconds: Int, text: String) {
        #expect(Duration.milliseconds(milliseconds).written == text)
    }

    @Test("integers by the core schema", arguments: ["4", "+4", "0x4", "0o4", "!!int 4", "!!int \"4\""])
    func integer(written: String) throws {
        #expect(try parse("inboxes: [{path: /in}]\nworkers: \(written)").workers == 4)
    }

    @Test("text is text, whatever YAML makes of it", arguments: ["2024", "0x1F", "true", "\"null\"", "!!str 12", "no"])
    func text(written: String) throws {
        let name = try parse("inboxes: [{path: /in, name: \(written)}]").inboxes[0].name
        #expect(name == written.split(separator: " ").last?.filter { $0 != "\"" })
    }

    @Test func theTagsOfTheSchemaAreNoTagsOfTheirOwn() throws {
        #expect(try parse("!!map\ninboxes: !!seq [!!map {path: !!str /in}]").inboxes == [.init(path: "/in")])
    }

    @Test func windowsTextIsRead() throws {
        #expect(try parse("\u{FEFF}inboxes:\r\n  - path: /收件\r\nworkers: 3\r\n").workers == 3)
    }

    @Test func aLoneAnchorSignIsText() throws {
        #expect(try parse("# &a and *a\ninboxes: [{path: /srv/R&D *x}]").inboxes[0].path == "/srv/R&D *x")
    }

    @Test("names", arguments: ["a", "市级", "2024.x_-", "ß", String(repeating: "a", count: 200)])
    func goodName(_ name: String) { #expect(Configuration.Inbox.isValidName(name)) }

    @Test(
        "names that cannot be",
        arguments: ["", ".", "..", ".a", "-a", "a/b", "a=b", "a b", "a\n", "a\0", String(repeating: "市", count: 67)]
    )
    func badName(_ name: String) { #expect(!Configuration.Inbox.isValidName(name)) }
}

/// One wrong file: where the problem is, its key, and words that its message and remedy must have.
struct Wrong: CustomTestStringConvertible, Sendable {
    let yaml: String
    let place: String
    let key: String
    let words: [String]

    init(_ yaml: String, _ place: String, _ key: String, _ words: String...) {
        self.init(yaml, place, key, all: words)
    }

    init(_ yaml: String, _ place: String, _ key: String, all words: [String]) {
        self.yaml = yaml
        self.place = place
        self.key = key
        self.words = words
    }

    var testDescription: String { "\(yaml.prefix(60).debugDescription)" }
}

private let inbox = "inboxes: [{path: /in}]\n"

@Suite struct ProblemTests {
    @Test(
        "one problem, with its place and remedy",
        arguments: [
            // Keys
            Wrong(inbox + "worker: 2", "2:1", "worker", "不认识的键“worker”", "是否想写 workers？"),
            Wrong(inbox + "settle-tmie: 2", "2:1", "settle-tmie", "是否想写 settle_time？"),
            Wrong(inbox + "file_size: 2", "2:1", "file_size", "limits.file_size"),
            Wrong(inbox + "colour: 2", "2:1", "colour", "inboxes, state, language, workers"),
            Wrong(inbox + "[a, b]: 2", "2:1", "…", "不认识的键"),
            Wrong(inbox + "\u{E001}: 2", "2:1", "\u{E001}", "不认识的键"),
            Wrong("inboxes:\n  - path: /in\n    nmae: x", "3:5", "inboxes[0].nmae", "是否想写 name？"),
            Wrong("workers: 2", "1:1", "inboxes", "缺少必填的键 inboxes", "加上 inboxes: [{path:"),
            Wrong("inboxes: [{name: a}]", "1:11", "inboxes[0].path", "缺少必填的键 path"),
            Wrong("inboxes: []", "1:10", "inboxes", "有 0 项"),
            // Null
            Wrong(inbox + "state:\nworkers: 2", "2:1", "state", "没有值", "缺省值 /var/lib/nianbao"),
            Wrong(inbox + "workers: ~", "2:1", "workers", "没有值", "workers: 4", "删去这一行"),
            Wrong("inboxes: null", "1:1", "inboxes", "没有值", "inboxes: [{path:"),
            Wrong("inboxes:\n  -\n  - {path: /in, name: a}", "2:4", "inboxes[0]", "没有值"),
            Wrong(inbox + "rules: {disable: [~]}", "2:19", "rules.disable[0]", "没有值", "title.format"),
            // Types
            Wrong("- a", "1:1", "", "配置文件 应为一组键，现为列表"),
            Wrong("inboxes: /in", "1:10", "inboxes", "应为列表", "[{path:"),
            Wrong("inboxes: [/in]", "1:11", "inboxes[0]", "应为一组键", "path: /srv"),
            Wrong(inbox + "workers: many", "2:10", "workers", "1 到 64 的整数", "workers: 4"),
            Wrong(inbox + "workers: \"4\"", "2:10", "workers", "带引号的“4”"),
            Wrong(inbox + "workers: ４", "2:10", "workers", "整数"),
            Wrong(inbox + "workers: 4.0", "2:10", "workers", "整数"),
            Wrong(inbox + "workers: true", "2:10", "workers", "整数", "“true”"),
            Wrong(inbox + "workers: !!str 4", "2:10", "workers", "标签"),
            Wrong(inbox + "workers: !!int four", "2:10", "workers", "标签"),
            Wrong(inbox + "workers: !!float 4", "2:10", "workers", "标签"),
            Wrong(inbox + "language: fr", "2:11", "language", "zh 或 en"),
            Wrong(inbox + "state: [a]", "2:8", "state", "绝对路径", "现为列表"),
            Wrong(inbox + "limits: 64MiB", "2:9", "limits", "一组键", "limits: {file_size: 64MiB}"),
            Wrong(inbox + "limits: {file_size: 64MB}", "2:21", "limits.file_size", "KiB、MiB、GiB"),
            Wrong(inbox + "limits: {file_size: -1}", "2:21", "limits.file_size", "大小"),
            Wrong(inbox + "settle_time: 1.5s", "2:14", "settle_time", "ms、s、min"),
            Wrong(inbox + "rules: {disable: title.format}", "2:18", "rules.disable", "列表", "disable: [title.format]"),
            // Ranges
            Wrong(inbox + "workers: 0", "2:10", "workers", "0 超出范围", "1 到 64"),
            Wrong(inbox + "workers: 65", "2:10", "workers", "65 超出范围"),
            Wrong(inbox + "workers: -99999999999999999999", "2:10", "workers", "超出范围"),
            Wrong(inbox + "limits: {file_size: 1023}", "2:21", "limits.file_size", "超出范围", "1KiB 到 1GiB"),
            Wrong(inbox + "limits: {file_size: 9999999999GiB}", "2:21", "limits.file_size", "超出范围"),
            Wrong(inbox + "limits: {file_size: 99999999999999999999}", "2:21", "limits.file_size", "超出范围"),
            Wrong(inbox + "settle_time: 61min", "2:14", "settle_time", "超出范围", "0s 到 1h"),
            Wrong(inbox + "scan_interval: 2d", "2:16", "scan_interval", "2d 超出范围", "1s 到 1d"),
            Wrong(inbox + "scan_interval: 0", "2:16", "scan_interval", "超出范围"),
            Wrong(inbox + "poll_interval: 99ms", "2:16", "poll_interval", "超出范围", "100ms 到 1h"),
            Wrong(inbox + "retention: 30d", "2:12", "retention", "一组键", "retention: {left: forever}"),
            Wrong(inbox + "retention: {left: 30}", "2:19", "retention.left", "带单位的时长", "left: 400d"),
            Wrong(inbox + "retention: {left: for ever}", "2:19", "retention.left", "forever"),
            Wrong(inbox + "retention: {left: 36501d}", "2:19", "retention.left", "超出范围", "1s 到 36500d"),
            Wrong(inbox + "retention: {left: 99999999999999999999d}", "2:19", "retention.left", "超出范围"),
            Wrong(inbox + "retentoin: {left: 30d}", "2:1", "retentoin", "是否想写 retention？"),
            Wrong(inbox + "left: 30d", "2:1", "left", "retention.left"),
            // Paths, names, rules
            Wrong("inboxes: [{path: in}]", "1:18", "inboxes[0].path", "“in”不是绝对路径", "不会展开"),
            Wrong("inboxes: [{path: ''}]", "1:18", "inboxes[0].path", "不是绝对路径"),
            Wrong(inbox + "state: \"/a\\0b\"", "2:8", "state", "NUL"),
            Wrong("inboxes: [{path: /in, name: a/b}]", "1:29", "inboxes[0].name", "“a/b”不能作"),
            Wrong(inbox + "rules: {disable: [title.fromat]}", "2:19", "rules.disable[0]", "是否想写 title.format？"),
            // Folders
            Wrong("inboxes:\n  - path: /in\n  - path: /in/\n    name: b", "3:11", "inboxes[1].path", "相同", "第 2 行"),
            Wrong(
                "inboxes:\n  - path: /a/b\n  - {path: /c/../a, name: b}",
                "3:12",
                "inboxes[1].path",
                "/a/b 在收件目录 /a 之内"
            ),
            Wrong("inboxes:\n  - path: /var/lib/nianbao/in", "2:11", "inboxes[0].path", "在状态目录 /var/lib/nianbao 之内"),
            Wrong("inboxes: [{path: /in}]\nstate: /in/state", "2:8", "state", "状态目录 /in/state 在收件目录 /in 之内", "第 1 行"),
            Wrong("state: /in\ninboxes:\n  - path: /in", "3:11", "inboxes[0].path", "与状态目录相同", "第 1 行"),
            Wrong("inboxes:\n  - path: /a\n  - path: /b", "3:11", "inboxes[1].path", "没有名称", "name"),
            Wrong(
                "inboxes:\n  - {path: /a, name: x}\n  - {path: /b, name: x}",
                "3:22",
                "inboxes[1].name",
                "“x”重复",
                "第 2 行"
            ),
            // Duplicate keys
            Wrong(inbox + "workers: 2\nworkers: 3", "3:1", "workers", "重复", "第 2 行"),
            Wrong("inboxes: [{path: /in, path: /in}]", "1:23", "inboxes[0].path", "重复", "第 1 行"),
            Wrong("inboxes:\n  - path: /a\n    \"path\": /a\n", "3:5", "inboxes[0].path", "重复"),
            Wrong(inbox + "limits: {file_size: 1KiB, \"file_s\\x69ze\": 2KiB}", "2:27", "limits.file_size", "重复"),
            // Syntax
            Wrong(inbox + "limits:\n\tfile_size: 1MiB", "3:1", "", "制表符", "改用空格"),
            Wrong(inbox + "state: @a", "2:8", "", "不能以这个字符开头", "双引号"),
            Wrong(inbox + "state: a: b", "2:9", "", "冒号"),
            Wrong(inbox + "state: \"/a\nworkers: 2\n", "2:8", "", "引号没有配对"),
            Wrong("inboxes: [{path: /in}\n", "2:1", "", "方括号"),
            Wrong(inbox + "---\nworkers: 2", "2:1", "", "不止一份"),
            Wrong(inbox + "state: *x", "2:8", "state", "不支持 YAML 别名（*x）", "双引号"),
            Wrong(inbox + "state: /\u{7}", "2:9", "", "控制字符"),
            Wrong("inboxes: [{path: &a /in}]\nstate: *a", "2:8", "state", "别名（*a）", "写出完整的值"),
            Wrong(inbox + "rules: {disable: [*title]}", "2:19", "rules.disable[0]", "别名（*title）"),
            Wrong(inbox + "*a : x", "2:1", "…", "不认识的键"),
            Wrong("*a", "1:1", "", "现为别名 *a"),
            Wrong(inbox + "state: *", "2:9", "", "& 或 *", "双引号"),
            Wrong(inbox + "limits: !x {file_size: 1KiB}", "2:9", "limits", "标签 !x"),
            Wrong("  inboxes: []\nworkers: 2", "2:1", "", "从行首写起"),
            Wrong("[" + String(repeating: "[", count: 40), "1:33", "", "嵌套过深"),
        ]
    )
    func oneProblem(_ wrong: Wrong) throws {
        let found = problems(of: wrong.yaml)
        let problem = try #require(found.first)
        #expect(found.count == 1, "\(found.map(\.description))")
        let text = problem.description
        #expect(text.hasPrefix("t.yaml:\(wrong.place): "), "\(text)")
        #expect(problem.keyPath == wrong.key, "\(text)")
        for word in wrong.words { #expect(text.contains(word), "\(text)") }
        #expect(text.contains("。修正："))
        #expect(problem.description(in: .english).contains(". Fix: "))
    }

    @Test func theTwoLanguages() throws {
        let errors = #expect(throws: ConfigurationErrors.self) { try parse(inbox + "worker: 2") }
        #expect(errors?.description == "t.yaml:2:1: 不认识的键“worker”。修正：是否想写 workers？")
        #expect(errors?.description(in: .english) == "t.yaml:2:1: unknown key 'worker'. Fix: did you mean workers?")
    }

    @Test func englishHasNoChinese() {
        for yaml in [
            inbox + "state:\nworkers: x\nrules: {disable: [a]}", "inboxes: [{path: a}, {path: /b}]", "a: @", "",
        ] {
            for problem in problems(of: yaml) {
                let text = problem.description(in: .english)
                #expect(text.unicodeScalars.allSatisfy { $0.value < 0x2E80 }, "\(text)")
            }
        }
    }

    @Test func everyProblemIsReportedInOrder() {
        let found = problems(
            of: """
                inboxes:
                  - path: in
                    name: a b
                  - path: /x
                  - path: /x/y
                    nmae: z
                workers: 0
                workers: 2
                state:
                limits: {file_size: 1TB, file_size: 2}
                rules: {disable: [fee.mising, nope]}
                languages: zh
                """
        )
        let places = found.map { "\($0.line ?? 0) \($0.keyPath)" }
        #expect(
            places == [
                "2 inboxes[0].path", "3 inboxes[0].name", "5 inboxes[2].path", "5 inboxes[2].path", "6 inboxes[2].nmae",
                "7 workers", "8 workers", "9 state", "10 limits.file_size", "10 limits.file_size",
                "11 rules.disable[0]",
                "11 rules.disable[1]", "12 languages",
            ],
            "\(found.map(\.description).joined(separator: "\n"))"
        )
    }

    @Test func quotedTextStaysOnOneShortLine() {
        for text in ["\"a\\n\\e[31mb\"", String(repeating: "é", count: 5000)] {
            for yaml in ["workers: \(text)", "state: \(text)", "\(text): 1", "rules: {disable: [\(text)]}", text] {
                for problem in problems(of: yaml) {
                    let text = problem.description
                    #expect(text.unicodeScalars.count < 1000)
                    #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(text)")
                }
            }
        }
    }

    @Test("a file without content", arguments: ["", "\n\n", "# only a comment\n", "\u{FEFF}"])
    func empty(_ yaml: String) {
        #expect(problems(of: yaml).map(\.description).first?.hasPrefix("t.yaml: 配置文件没有内容。修正：") == true)
    }

    @Test func otherEncodingsAreRefusedWithTheirPlace() {
        let gbk = Array("workers: 2\nstate: ".utf8) + [0xC4, 0xEA]
        #expect(problems(of: gbk).first?.description.hasPrefix("t.yaml:2:8: 不是 UTF-8 文本。修正：") == true)
        let utf16: [UInt8] = [0xFF, 0xFE, 0x61, 0x00]
        #expect(problems(of: utf16).first?.description.hasPrefix("t.yaml:1:1: 不是 UTF-8 文本") == true)
    }

    @Test func theSizeHasALimit() {
        let line = Array("# 一行\n".utf8)
        var yaml = Array(inbox.utf8)
        while yaml.count <= Configuration.maximumFileBytes { yaml += line }
        #expect(problems(of: yaml).first?.message[.english].contains("larger than 1 MiB") == true)
    }
}

@Suite struct HostileTests {
    /// Each would take for ever, or all the stack, without a limit; the time is checked with a wide margin. A quarter of
    /// the largest file is enough to tell a quadratic time from a linear one.
    @Test(
        "text made to harm",
        .timeLimit(.minutes(1)),
        arguments: [
            "[", "{", "- ", "? ", "[a: ", "{? ", "[? [a,", "!!x ", "a: b\n", "[]: 1\n", "\"", "&a ", "*a ", "- *a\n",
            "\t", "\0",
            "workers: 1\n", "|\n ", "%YAML 1.1\n", "---\n", "- {path: /a}\n", "é", "\r\n",
        ]
    )
    func repeated(unit: String) {
        let count = Configuration.maximumFileBytes / 4 / unit.utf8.count
        let found = problems(of: String(repeating: unit, count: count))
        #expect(!found.isEmpty)
        #expect(found.count <= Reader.maximumProblems)
    }

    @Test(
        "aliases to aliases",
        .timeLimit(.minutes(1)),
        arguments: ["rules: {disable: [*a40]}", "inboxes: *a40", "*a40 : x", "? [*a40, *a40]\n: x"]
    )
    func laughs(last: String) {
        var yaml = "a: &a0 [x]\n"
        for level in 1...40 { yaml += "b\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        let found = problems(of: yaml + last)
        // 41 unknown keys, what is wrong in the last lines, and perhaps the lack of inboxes.
        #expect(found.count <= 43, "\(found.map(\.description))")
        #expect(found.last?.line == 42 || found.last?.line == 43)
    }

    @Test func inboxesWithoutEnd() {
        let yaml = "inboxes:\n" + (0..<20_000).map { "  - {path: /in, name: n\($0)}\n" }.joined()
        #expect(problems(of: yaml).count <= Reader.maximumProblems)
    }
}

@Suite struct FileTests {
    private func message(_ file: FilePath) -> String {
        do throws(ConfigurationErrors) {
            return "\(try Configuration.load(from: file, vocabulary: vocabulary))"
        } catch {
            return error.description
        }
    }

    @Test func aFileThatCannotBeRead() {
        #expect(message("/nonexistent/a.yaml").hasPrefix("/nonexistent/a.yaml: 没有这个配置文件。修正："))
        #expect(message("/etc/passwd/a").hasPrefix("/etc/passwd/a: 没有这个配置文件"))
        #expect(message("/tmp").hasPrefix("/tmp: 这是目录，不是文件。修正："))
        #expect(message("/dev/zero").hasPrefix("/dev/zero: 配置文件大于 1 MiB。修正："))
        #expect(message("/dev/null").hasPrefix("/dev/null: 配置文件没有内容。修正："))
    }

    @Test func permissionDenied() {
        // Root may read everything, so the text is checked apart from the system call.
        #expect(ConfigurationProblem.unreadable("a", .permissionDenied).description.hasPrefix("a: 没有读取权限。修正："))
        #expect(ConfigurationProblem.unreadable("a", .ioError).description.contains("无法读取"))
    }
}

@Suite struct FolderConflictTests {
    @Test func foldersFromTheCommandLine() {
        var configuration = Configuration()
        configuration.inboxes = [.init(path: "/a", name: "x"), .init(path: "/ab"), .init(path: "/a/b/", name: "y")]
        configuration.state = "/ab/state"
        let conflicts = configuration.folderConflicts
        #expect(conflicts.map(\.kind) == [.overlap, .overlap], "\(conflicts)")
        #expect(conflicts.map(\.folders) == [[.inbox(1), .state], [.inbox(0), .inbox(2)]])
        #expect(conflicts.last?.message[.english] == "the inbox /a/b lies in the inbox /a")
    }
}

@Suite struct NearestTests {
    @Test("edit distance", arguments: [("", "", 0), ("abc", "", 3), ("ab", "ba", 1), ("kitten", "sitting", 3)])
    func distance(left: String, right: String, edits: Int) {
        #expect(editDistance(left, right) == edits)
        #expect(editDistance(right, left) == edits)
    }

    @Test func aTieIsSettledByTheAlphabet() {
        #expect(nearest(to: "bb", among: ["cb", "ab"] as Set) == "ab")
        #expect(nearest(to: "a", among: [] as Set) == nil)
    }
}
