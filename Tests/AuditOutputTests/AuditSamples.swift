// Audits of every kind that the JSON can show: what the schema must accept.

import AuditEngine
import AuditOutput
import AuditRules
import Extraction
import LinuxIO
import ReportGenerator
import ReportModel
import SystemPackage
import TestSupport
import Testing

/// A named audit.
struct AuditSample {
    let name: String
    let audit: Audit

    init(_ name: String, _ audit: Audit) {
        self.name = name
        self.audit = audit
    }

    /// Audits a document.
    init(
        _ name: String,
        bytes: [UInt8],
        path: [UInt8] = Array("收件夹/报告.txt".utf8),
        settings: RuleSettings = RuleSettings()
    ) {
        var source = AuditSource(path: path)
        let circumstances = Circumstances(today: Day(year: 2026, month: 1, day: 20), paths: [Array("/收件夹/报告.txt".utf8)])
        let result = Auditor(rules: RuleSet(settings: settings)).audit(bytes, source: &source, under: circumstances)
        let audit = Audit(source: source, auditedAt: 1_768_875_069_123, durationMs: 3.217, result: result)
        self.init(name, audit)
    }

    /// Audits a text.
    init(_ name: String, _ text: String) {
        self.init(name, bytes: Array(text.utf8))
    }

    /// The JSON as the program writes it.
    func json(_ language: Language = .zh, pretty: Bool = true) -> [UInt8] {
        JSONReporter(language: language).value(audit).serialized(pretty: pretty)
    }

    // MARK: - Collections

    /// A report of each edition in each shape of text.
    static func generated() -> [AuditSample] {
        FormEdition.allCases.flatMap { edition in
            TextShape.allCases.map { shape in
                var generator = ReportGenerator(seed: 11)
                let report = generator.report(edition: edition, shape: shape)
                return AuditSample("\(edition) \(shape)", report.text)
            }
        }
    }

    /// Reports with one thing wrong, of each kind that the generator knows: blank cells, words in cells, tables and rows
    /// that are missing, old forms and so on.
    static func faulty() -> [AuditSample] {
        Mutation.Kind.allCases.flatMap { kind in
            FormEdition.allCases.compactMap { edition in
                var generator = ReportGenerator(seed: 5)
                let report = generator.report(edition: edition, shape: .markdown, options: .init(busy: true))
                return generator.mutation(kind, of: report).map { AuditSample("\(edition) \(kind)", $0.report.text) }
            }
        }
    }

    /// The sample report with these changes.
    static func edited(_ name: String, year: Int = 2023, _ edits: [(String, String)]) -> AuditSample {
        AuditSample(name, edits.reduce(SampleReport.text(year: year)) { $0.replacing($1.0, with: $1.1) })
    }

    /// Cells in all their states, parts that are not there, and texts that JSON must escape.
    static func peculiar() throws -> [AuditSample] {
        let sample = SampleReport.text(year: 2023)
        let withoutTables = try #require(sample.split(separator: "二、主动公开政府信息情况\n").first)
        return [
            edited("cells of each state", [("规章\t0\t0\t0", "规章\t\t/\t若干"), ("行政处罚\t4", "行政处罚\t3（含上年1）")]),
            edited("amounts with decimals", year: 2019, [("36.5000", "1234.5678"), ("规范性文件\t2\t2", "规范性文件\t2.5\t-2")]),
            edited("a row missing", [("\t\t2.其他法律行政法规禁止公开\t0\t0\t0\t0\t0\t0\t0\n", "")]),
            edited("no title", [("青禾县水利局2023年政府信息公开工作年度报告", "")]),
            edited("before the form", year: 2019, [("2019", "2017")]),
            edited("escapes", [("县政府网站", "\u{8}\"\\/\u{7f}<b>\u{2028}😀网站 XX 栏目")]),
            AuditSample("no tables", String(withoutTables) + "五、存在的主要问题及改进情况\n无\n六、其他需要报告的事项\n收取信息处理费2件，共120.5元。"),
            AuditSample("a rule switched off", bytes: Array(sample.utf8), settings: withoutFees()), try waived(),
            AuditSample("a path that is not UTF-8", bytes: Array(sample.utf8), path: [0xC4, 0xEA, 0x2F, 0xB1, 0xA8]),
            AuditSample("a path with U+FFFD", bytes: Array(sample.utf8), path: Array("a\u{FFFD}".utf8)),
            AuditSample("standard input", bytes: Array(sample.utf8), path: [0x2D]),
        ]
    }

    private static func withoutFees() -> RuleSettings {
        var settings = RuleSettings()
        settings.levels = ["fee.missing": .off]
        return settings
    }

    /// A report with an error and a warning that are let pass, and a waiver of each kind and state.
    static func waived() throws -> AuditSample {
        let today = try #require(Day(year: 2026, month: 1, day: 20))
        let yesterday = try #require(Day(year: 2026, month: 1, day: 19))
        func waiver(_ rule: String, until: Day, _ change: (inout Waiver) -> Void) -> Waiver {
            var waiver = Waiver(rule: rule, reason: "已核实", by: "王某", until: until)
            change(&waiver)
            return waiver
        }
        var settings = RuleSettings()
        settings.waivers = [
            waiver("fee.missing", until: today) {
                $0.agency = NamedAgency("青禾县水利局")
                $0.place = Place(section: 6)
            },
            waiver("cell.blank", until: today) {
                $0.file = Array("报告.txt".utf8)
                $0.place = Place(.disclosure, row: "penalties", column: "decisions")
                $0.year = 2023
            },
            waiver("cell.unit", until: today) { $0.file = Array("/收件夹/报告.txt".utf8) },
            waiver("title.missing", until: yesterday) { $0.agency = NamedAgency("青禾县水利局") },
        ]
        let text = SampleReport.text(year: 2023).replacing("本年度未收取信息处理费。", with: "无。")
            .replacing("行政处罚\t4", with: "行政处罚\t")
        return AuditSample("waived", bytes: Array(text.utf8), settings: settings)
    }

    /// The sample report in every encoding.
    static func encodings() throws -> [AuditSample] {
        let text = SampleReport.text(year: 2021)
        let folder = try TemporaryFolder()
        try Files.write(text, to: folder("utf-8"))
        let converted = try ["GB18030", "UTF-16LE", "UTF-16BE", "UTF-16"].map { encoding in
            let result = try Command.script(
                "iconv -f UTF-8 -t \"$1\" \"$2\" > \"$3\"",
                [encoding, folder("utf-8").string, folder(encoding).string]
            )
            try #require(result.status == 0, "\(result)")
            return AuditSample(encoding, bytes: try SafeFile.read(path: folder(encoding)).bytes)
        }
        return converted + [AuditSample("UTF-8 with a mark", bytes: [0xEF, 0xBB, 0xBF] + Array(text.utf8))]
    }

    /// Files that cannot be audited, for each reason.
    static func unreadable() -> [AuditSample] {
        let found = [
            AuditSample("empty", bytes: []), AuditSample("a recipe", "番茄炒蛋：番茄两个，鸡蛋三个。"),
            AuditSample("zeros", bytes: Array(repeating: 0, count: 1000)),
            AuditSample("half a character", bytes: Array(SampleReport.text(year: 2021).utf8) + [0xE4, 0xB8]),
            AuditSample("a docx", bytes: [0x50, 0x4B, 0x03, 0x04, 0x14]),
        ]
        return found
            + Unreadable.Code.allCases.map { code in
                AuditSample(
                    code.rawValue,
                    Audit(
                        source: AuditSource(path: Array("没有/\u{7}.txt".utf8)),
                        auditedAt: 0,
                        durationMs: 0,
                        result: .failure(Unreadable(code, "原因。", "Reason."))
                    )
                )
            }
    }
}
