// What an office sets for the rules: `config check`, `rules --effective`, and audits with levels and waivers.

import AuditRules
import FoundationEssentials
import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("settings for rules") struct SettingsTests {
    private let place: Workplace

    /// Reports in an inbox and beside it.
    init() throws {
        place = try Workplace()
        for name in ["in/县直/fail.txt", "in/乡镇/fail.txt", "fail.txt"] { try place.write(Workplace.Sample.fail, name) }
        try place.write(Workplace.Sample.pass, "in/县直/pass.txt")
    }

    /// The day so many days from now.
    private static func day(after days: Int) -> String {
        var seconds = time(nil) + days * 86_400
        var parts = tm()
        localtime_r(&seconds, &parts)
        return text(parts)
    }

    private static func text(_ parts: tm) -> String {
        func two(_ number: CInt) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    }

    /// Writes a configuration of these rules; gives its lines.
    private func configure(_ rules: String) throws {
        try place.write("inboxes: [{path: \(place.folder("in"))}]\nrules:\n\(rules)\n", "nianbao.yaml")
    }

    private func waiver(_ text: String, until: String = "2199-12-31") -> String {
        "    - {rule: fee.missing, \(text), reason: 已核实, by: 王某, until: \(until)}\n"
    }

    private func audit(_ files: String...) throws -> CommandResult {
        let arguments = ["audit", "--format", "ndjson", "--config", "nianbao.yaml"] + files
        return try place.script("nianbao \(arguments.map { "'\($0)'" }.joined(separator: " "))")
    }

    // MARK: - audit

    @Test func aWaivedErrorStaysAndEndsWithSuccess() throws {
        #expect(try place.nianbao("audit", "fail.txt").status == 1)
        try configure("  waivers:\n" + waiver("agency: 青禾县水利局"))
        let result = try audit("fail.txt", "in/县直/pass.txt")
        #expect(result.status == 0, "\(result)")
        #expect(result.errors.isEmpty, "used in one of two files, it is used: \(result.errors)")
        let audits = try result.audits
        #expect(audits.map(\.verdict) == ["pass", "pass"])
        #expect(audits[0].counts.error == 0)
        #expect(audits[0].findings.map(\.rule) == ["fee.missing"])
        #expect(audits[0].findings[0].waived?.reason == "已核实" && audits[0].findings[0].waived?.by == "王某")
        #expect(audits.map { $0.waivers.map(\.state) } == [["used"], ["unused"]])
        let text = try place.nianbao("audit", "--config", "nianbao.yaml", "fail.txt")
        #expect(text.output.contains("已豁免  fee.missing") && text.output.contains("另有 1 个已豁免"), "\(text.output)")
        #expect(try place.nianbao("audit", "fail.txt").status == 1, "without --config no file is read")
    }

    @Test func itHoldsThroughItsLastDay() throws {
        try configure("  waivers:\n" + waiver("file: fail.txt", until: Self.day(after: 0)))
        #expect(try audit("fail.txt").status == 0)
        try configure("  waivers:\n" + waiver("file: fail.txt", until: Self.day(after: -1)))
        let result = try audit("fail.txt")
        #expect(result.status == 1)
        #expect(try result.audits[0].waivers.map(\.state) == ["expired"])
        #expect(
            result.errors.hasPrefix("nianbao.yaml:4: 豁免（fee.missing，fail.txt）已于 \(Self.day(after: -1)) 到期"),
            "\(result.errors)"
        )
    }

    /// Where it is today already tomorrow, a waiver that ends today is over.
    @Test func theDayIsThatOfTheOffice() throws {
        var seconds = time(nil) - 12 * 3600
        var parts = tm()
        gmtime_r(&seconds, &parts)
        try configure("  waivers:\n" + waiver("file: fail.txt", until: Self.text(parts)))
        for (zone, status) in [("FAR12", 0), ("FAR-14", 1)] as [(String, CInt)] {
            let result = try place.nianbao(
                "audit",
                "--config",
                "nianbao.yaml",
                "fail.txt",
                environment: ["LANG=zh_CN.UTF-8", "TZ=\(zone)"]
            )
            #expect(result.status == status, "\(zone): \(result)")
        }
    }

    @Test func waiversWithoutEffectAreToldWithTheirLines() throws {
        try configure(
            "  waivers:\n" + waiver("file: 县直/fail.txt") + waiver("file: pass.txt") + waiver("file: other.txt")
                + "\n" + waiver("agency: 青禾县水利局, place: section 5")
        )
        let result = try audit("in")
        #expect(result.status == 1, "that of 乡镇 is not waived: \(result)")
        let errors = result.errors.split(separator: "\n")
        #expect(errors.count == 2, "\(errors)")
        #expect(errors.first?.hasPrefix("nianbao.yaml:5: 豁免（fee.missing，pass.txt）没有用到") == true, "\(errors)")
        #expect(errors.last?.hasPrefix("nianbao.yaml:8: 豁免（fee.missing，青禾县水利局，section 5）没有用到") == true, "\(errors)")
        let english = try place.nianbao("audit", "--lang", "en", "--config", "nianbao.yaml", "in")
        #expect(english.errors.contains("nianbao.yaml:5: the waiver (fee.missing, pass.txt) was not used"))
    }

    @Test func whereAFileLies() throws {
        try configure("  overrides:\n    - folder: 县直\n      levels: {fee.missing: off}")
        #expect(try audit("in/县直/fail.txt").status == 0)
        #expect(try audit("./in/乡镇/../县直/fail.txt").status == 0)
        #expect(try audit("in/乡镇/fail.txt").status == 1)
        #expect(try audit("fail.txt").status == 1)
        #expect(try place.script("cd in/县直; nianbao audit --config ../../nianbao.yaml fail.txt").status == 0)
        #expect(try place.script("ln -s in/县直 link; nianbao audit --config nianbao.yaml link/fail.txt").status == 0)
        #expect(try place.script("nianbao audit --config nianbao.yaml - < in/县直/fail.txt").status == 1)
        #expect(
            try place.script("mkdir in/县直/深; cp fail.txt in/县直/深; nianbao audit --config nianbao.yaml in/县直").status
                == 0
        )
        try configure("  overrides:\n    - folder: \(place.folder("in").string)/县直/\n      levels: {fee.missing: off}")
        #expect(try audit("in/县直/fail.txt").status == 0)
        #expect(try audit("in/乡镇/fail.txt").status == 1)
    }

    // MARK: - config check

    @Test func aGoodConfiguration() throws {
        try configure(
            """
              disable: [title.missing]
              levels: {text.placeholder: warning}
              overrides: [{folder: a, levels: {fee.missing: off}}]
              waivers:

            """ + waiver("file: a.txt") + waiver("file: b.txt", until: Self.day(after: 30))
                + waiver("file: c.txt", until: Self.day(after: 31)) + waiver("file: d.txt", until: Self.day(after: -1))
                + waiver("file: e.txt", until: Self.day(after: 0))
        )
        let result = try place.nianbao("config", "check", "nianbao.yaml")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 8, "\(result.output)")
        for part in [
            "nianbao.yaml：没有问题", "收件目录 1 个：\(place.folder("in"))",
            "静置 2s，全查每 1h，轮询每 10s；离开的文件，结果和台账一直保留", "停用 1 条（title.missing）",
            "改级别 1 条（text.placeholder: warning）",
            "另作规定 1 处", "豁免：5 项，有效 4 项，已到期 1 项", "nianbao.yaml:8: 提醒：豁免（fee.missing，b.txt）还有 30 天到期",
            "nianbao.yaml:10: 提醒：豁免（fee.missing，d.txt）已于 \(Self.day(after: -1)) 到期",
            "nianbao.yaml:11: 提醒：豁免（fee.missing，e.txt）今天到期",
        ] {
            #expect(result.output.contains(part), "no “\(part)” in \(result.output)")
        }
        let english = try place.nianbao("config", "check", "--lang", "en", "nianbao.yaml").output
        #expect(english.hasPrefix("nianbao.yaml: no problems\n") && english.contains("ends in 30 days"), "\(english)")
    }

    @Test func theTimesThatHold() throws {
        let folders = "inboxes: [{path: /srv/in}]\n"
        try place.write(folders + "scan_interval: 90min\npoll_interval: 500ms\nretention: {left: 400d}\n", "times.yaml")
        let chinese = try place.nianbao("config", "check", "times.yaml").output
        #expect(chinese.contains("静置 2s，全查每 90min，轮询每 500ms；离开的文件，结果和台账保留 400d"), "\(chinese)")
        let english = try place.nianbao("config", "check", "--lang", "en", "times.yaml").output
        #expect(english.contains("results and ledger of files that left are kept for 400d"), "\(english)")
    }

    @Test func theConfigurationThatIsPackaged() throws {
        let file = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
            .appending("etc/nianbao/nianbao.yaml")
        let result = try place.nianbao("config", "check", file.string)
        #expect(result.status == 0, "\(result)")
        // What it writes out as defaults are the defaults.
        let own = try effective("fail.txt", "--config", file.string)
        try configure("  disable: []")
        let none = try effective("fail.txt", "--config", "nianbao.yaml")
        #expect(own.rules.map(\.level) == none.rules.map(\.level))
        #expect(own.parameters.map(\.value) == none.parameters.map(\.value))
    }

    @Test func aConfigurationWithProblems() throws {
        try configure("  levels: {fee.mising: off}\n  waivers:\n    - {rule: fee.missing, file: a, reason: b, by: c}")
        let result = try place.nianbao("config", "check", "nianbao.yaml")
        #expect(result.status == 78)
        #expect(result.errors.isEmpty, "the problems are what was asked for: \(result.errors)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 2, "\(lines)")
        #expect(lines.first?.hasPrefix("nianbao.yaml:3:12: 没有规则“fee.mising”。修正：是否想写 fee.missing？") == true, "\(lines)")
        #expect(lines.last?.hasPrefix("nianbao.yaml:5:7: 缺少必填的键 until。修正：加上 until: ") == true, "\(lines)")
        let missing = try place.nianbao("config", "check", "--lang", "en", "none.yaml")
        #expect(missing.status == 78 && missing.output.contains("none.yaml: there is no such configuration file"))
        #expect(try place.nianbao("config", "check").status == 78, "/etc/nianbao/nianbao.yaml is not there")
        #expect(try place.script("nianbao config check in > /dev/full").status == 2)
    }

    // MARK: - rules --effective

    private struct Effective: Decodable {
        struct Source: Decodable, Equatable {
            let kind: String
            let key: String?
            let line: Int?
        }
        struct Rule: Decodable {
            let id, severity, level: String
            let source: Source
        }
        struct Parameter: Decodable {
            enum Value: Decodable, Equatable {
                case none, number(Int), text(String)

                init(from decoder: any Decoder) throws {
                    let container = try decoder.singleValueContainer()
                    if container.decodeNil() {
                        self = .none
                    } else if let number = try? container.decode(Int.self) {
                        self = .number(number)
                    } else {
                        self = .text(try container.decode(String.self))
                    }
                }
            }
            let name: String
            let value: Value
            let source: Source
        }
        struct Waiver: Decodable {
            let rule, reason: String
            let expired: Bool
            let source: Source
        }
        let config, inboxPath, agency, unreadable: String?
        let year: Int?
        let rules: [Rule]
        let parameters: [Parameter]
        let waivers: [Waiver]
    }

    private func effective(_ arguments: String...) throws -> Effective {
        let words = (["rules", "--format", "json", "--effective"] + arguments).map { "'\($0)'" }
        let result = try place.script("nianbao \(words.joined(separator: " "))")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
        return try JSONDecoder().decode(Effective.self, from: Data(result.output.utf8))
    }

    @Test func whatHoldsForAFile() throws {
        try configure(
            """
              disable: [title.missing]
              levels:
                text.placeholder: warning
                fee.missing: info
              parameters: {township_deadline: 02-15}
              overrides:
                - agency: 青禾县水利局
                  levels:
                    cell.blank: error
                - folder: 县直
                  levels: {fee.missing: warning}
                  parameters:
                    overview_minimum: 50
                - folder: 乡镇
                  levels: {fee.missing: off}
              waivers:

            """ + waiver("file: 县直/fail.txt") + waiver("agency: 青禾县水利局", until: "2020-01-01") + waiver("file: x")
        )
        let held = try effective("in/县直/fail.txt", "--config", "nianbao.yaml")
        #expect(held.agency == "青禾县水利局" && held.year == 2023 && held.inboxPath == "县直/fail.txt")
        #expect(held.unreadable == nil && held.config == "nianbao.yaml")
        #expect(held.rules.count == Catalogue.rules.count)
        func rule(_ id: String) -> String {
            let rule = held.rules.first { $0.id == id }
            return
                "\(rule?.level ?? "") \(rule?.source.kind ?? "") \(rule?.source.key ?? "-") \(rule?.source.line ?? 0)"
        }
        #expect(rule("title.missing") == "off general rules.disable 3")
        #expect(rule("text.placeholder") == "warning general rules.levels.text.placeholder 5")
        #expect(rule("fee.missing") == "warning override rules.overrides[1] 13")
        #expect(rule("cell.blank") == "error override rules.overrides[0] 11")
        #expect(rule("cell.unit") == "warning default - 0")
        let parameters = Dictionary(uniqueKeysWithValues: held.parameters.map { ($0.name, $0) })
        #expect(parameters["overview_minimum"]?.value == .number(50))
        #expect(parameters["overview_minimum"]?.source.line == 15)
        #expect(parameters["township_deadline"]?.value == .text("02-15"))
        #expect(parameters["township_deadline"]?.source.line == 7)
        #expect(parameters["government_deadline"]?.value == Effective.Parameter.Value.none)
        #expect(held.waivers.map(\.source.line) == [19, 20] && held.waivers.map(\.expired) == [false, true])

        let one = try effective("in/乡镇/fail.txt", "--config", "nianbao.yaml", "fee.missing")
        #expect(one.rules.map(\.level) == ["off"] && one.waivers.count == 1)
        let text = try place.nianbao("rules", "--effective", "in/县直/fail.txt", "--config", "nianbao.yaml").output
        for part in [
            "机关：青禾县水利局", "fee.missing", "警告  nianbao.yaml:13 rules.overrides[1]，原为错误", "overview_minimum     50",
            "nianbao.yaml:19 rules.waivers[0]", "已于 2020-01-01 到期",
        ] {
            #expect(text.contains(part), "no “\(part)” in \(text)")
        }
    }

    @Test func ofAFileThatCannotBeReadThePathCounts() throws {
        try configure(
            "  overrides:\n    - {folder: 县直, levels: {fee.missing: off}}\n    - {agency: 青禾县水利局, levels: {cell.blank: off}}"
        )
        let held = try effective("in/县直/none.txt", "--config", "nianbao.yaml")
        #expect(held.agency == nil && held.unreadable?.contains("没有这个文件") == true)
        #expect(held.rules.filter { $0.level == "off" }.map(\.id) == ["fee.missing"])
        let text = try place.nianbao("rules", "--effective", "in/县直/none.txt", "--config", "nianbao.yaml").output
        #expect(text.contains("机关：未知") && text.contains("没有审核") && text.contains("没有这个文件"), "\(text)")
        let builtIn = try place.nianbao("rules", "--effective", "fail.txt", "fee.missing").output
        #expect(builtIn.contains("配置：内置默认值") && builtIn.contains("fee.missing  错误\n"), "\(builtIn)")
        #expect(try place.nianbao("rules", "--effective", "fail.txt", "--config", "none.yaml").status == 78)
        #expect(try place.nianbao("rules", "--effective", "fail.txt", "nonsense").status == 64)
    }
}
