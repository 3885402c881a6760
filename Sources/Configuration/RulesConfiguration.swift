// The key `rules`: which rules apply, how much they weigh, and what an office lets pass.

import SystemPackage

/// What the key `rules` may name. The configuration knows no rule and no form of a report itself.
public struct Vocabulary: Sendable {
    /// A table of the form.
    public struct Table: Sendable {
        /// Its rows, such as `3.4.1`.
        public var rows: Set<String>
        /// Its columns, such as `total`.
        public var columns: Set<String>

        /// A table with these rows and columns.
        public init(rows: Set<String>, columns: Set<String>) {
            self.rows = rows
            self.columns = columns
        }
    }

    /// The identifiers of all rules.
    public var rules: Set<String>
    /// The tables of the form, by name.
    public var tables: [String: Table]

    /// Rules and tables.
    public init(rules: Set<String>, tables: [String: Table]) {
        self.rules = rules
        self.tables = tables
    }
}

/// The lines of keys, from 1. Where a key stands makes no difference to what the configuration says: any two are equal.
public struct KeyLines: Sendable, Equatable {
    private let lines: [String: Int]

    init(_ lines: [String: Int] = [:]) { self.lines = lines }

    /// The line of a key such as `rules.waivers[0]`; nil where the file does not give it.
    public subscript(keyPath: String) -> Int? { lines[keyPath] }

    /// See the type.
    public static func == (_: KeyLines, _: KeyLines) -> Bool { true }
}

extension Configuration {
    /// Which rules apply, and how much they weigh.
    public struct Rules: Sendable, Equatable {
        /// Identifiers of the rules that are switched off.
        public var disable: Set<String> = []
        /// Rules that do not keep their own severity. None of them is in ``disable``.
        public var levels: [String: Level] = [:]
        /// Values that rules compare with.
        public var parameters = Parameters()
        /// What holds for some bodies or folders only; a later one outweighs an earlier one.
        public var overrides: [Override] = []
        /// Findings that are let pass.
        public var waivers: [Waiver] = []

        /// Every rule applies as it comes.
        public init() {}
    }

    /// How much a rule weighs; the raw value is what the file says.
    public enum Level: String, Sendable, CaseIterable {
        case off, info, warning, error
    }

    /// A day of any year.
    public struct MonthDay: Sendable, Hashable, Comparable, CustomStringConvertible {
        /// 1…12.
        public var month: Int
        /// 1…31.
        public var day: Int

        /// As in the file: `02-15`.
        public var description: String { twoDigits(month) + "-" + twoDigits(day) }

        /// Earlier in the year before later.
        public static func < (left: MonthDay, right: MonthDay) -> Bool {
            (left.month, left.day) < (right.month, right.day)
        }
    }

    /// A day of the calendar.
    public struct Day: Sendable, Hashable, CustomStringConvertible {
        /// The year.
        public var year: Int
        /// Its day.
        public var monthDay: MonthDay

        /// As in the file: `2026-12-31`.
        public var description: String { "\(year)-\(monthDay)" }
    }

    /// Values that rules compare with; nil: the built-in one, or that of a more general setting.
    public struct Parameters: Sendable, Equatable {
        /// Fewest characters of section 一 or 五.
        public var overviewMinimum: Int?
        /// The last day on which a township publishes.
        public var townshipDeadline: MonthDay?
        /// The same for a department, earlier than the law asks.
        public var departmentDeadline: MonthDay?
        /// The same for a government, earlier than the law asks.
        public var governmentDeadline: MonthDay?

        /// None of its own.
        public init() {}
    }

    /// What holds for some bodies or folders only: at least one of both is named.
    public struct Override: Sendable, Equatable {
        /// Names of bodies; empty: every body.
        public var agencies: [String] = []
        /// Folders, absolute or relative to the inbox, normalised; empty: everywhere.
        public var folders: [FilePath] = []
        /// See ``Rules/levels``.
        public var levels: [String: Level] = [:]
        /// See ``Rules/parameters``.
        public var parameters = Parameters()

        /// One that holds everywhere and changes nothing.
        public init() {}
    }

    /// Findings that are let pass, of a body or in a file: at least one of both is named.
    public struct Waiver: Sendable, Equatable {
        /// The rule.
        public var rule = ""
        /// The body.
        public var agency: String?
        /// The file: absolute, relative to the inbox, or only a name. Normalised.
        public var file: FilePath?
        /// The place in the report.
        public var place: Place?
        /// The report year.
        public var year: Int?
        /// Why.
        public var reason = ""
        /// Who decided.
        public var by = ""
        /// The last day on which it holds.
        public var until = Day(year: 2000, monthDay: MonthDay(month: 1, day: 1))

        /// One without content.
        public init() {}
    }

    /// A part of a report: a section, or a table with or without row and column.
    public struct Place: Sendable, Hashable {
        /// 1…6.
        public var section: Int?
        /// A table of the ``Vocabulary``.
        public var table: String?
        /// One of its rows, or the first parts of their number.
        public var row: String?
        /// One of its columns.
        public var column: String?
    }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

extension Configuration {
    /// 条例 Art 49: the last days by law. A local date can only be earlier.
    enum LegalDeadline {
        static let department = MonthDay(month: 1, day: 31)
        static let government = MonthDay(month: 3, day: 31)
    }
}

// MARK: - Keys

extension Configuration.Rules {
    static var fields: [Field<Self>] {
        [
            Field("disable", .ruleIDs, \.disable, default: "[]", "停用的规则编号，例如 [title.format]；编号见 nianbao rules，缺省无。"),
            Field("levels", .levels, \.levels, "规则的级别：off（停用）、info（提示）、warning（警告）或 error（错误）；没有写的用规则自己的级别，缺省无。"),
            Field(
                "parameters",
                .group(Configuration.Parameters.fields, initial: Configuration.Parameters()),
                \.parameters,
                "规则的参数。"
            ),
            Field(
                "overrides",
                .list(of: .override, count: 1...1000),
                \.overrides,
                "对个别机关或目录另作规定，缺省无。先后次序：规则自己的级别、disable 和 levels、overrides 各项；后面的优先，没有写的不变。"
            ),
            Field(
                "waivers",
                .list(of: .waiver, count: 1...10_000),
                \.waivers,
                "豁免：机关或文件的某个问题经核实可以放过，缺省无。豁免的问题仍在结果中，注明理由，不再计数；到期和没有用到的豁免会报告。"
            ),
        ]
    }
}

extension Configuration.Parameters {
    static var fields: [Field<Self>] {
        [
            Field(
                "overview_minimum",
                .characters,
                \.overviewMinimum,
                default: "30",
                "第一、第五部分正文至少多少字才不算空（section.empty），1 到 10000，缺省 30。"
            ),
            Field(
                "township_deadline",
                .monthDay(notAfter: nil),
                \.townshipDeadline,
                "乡镇、街道发布报告的最后一天（deadline.missed），月-日；条例没有规定，由当地定，缺省无。"
            ),
            Field(
                "department_deadline",
                .monthDay(notAfter: Configuration.LegalDeadline.department),
                \.departmentDeadline,
                "部门发布报告的最后一天，当地早于条例第四十九条的 01-31 时写明，缺省无。"
            ),
            Field(
                "government_deadline",
                .monthDay(notAfter: Configuration.LegalDeadline.government),
                \.governmentDeadline,
                "政府发布报告的最后一天，当地早于条例第四十九条的 03-31 时写明，缺省无。"
            ),
        ]
    }
}

extension Configuration.Override {
    static var fields: [Field<Self>] {
        // The same keys as above: they are documented there.
        var parameters = ValueType.group(Configuration.Parameters.fields, initial: Configuration.Parameters())
        parameters.nested = []
        return [
            Field("agency", .oneOrMany(of: .agency), \.agencies, "机关的全称，或几个全称的列表；与 folder 至少写一个，都写的须都符合。"),
            Field(
                "folder",
                .oneOrMany(of: .fileOrFolder("乡镇")),
                \.folders,
                "目录或其列表，对其下各级的文件有效；相对于收件目录，或绝对路径。"
            ),
            Field("levels", .levels, \.levels, "同 rules.levels；对全局停用的规则写一个级别即重新启用。"),
            Field("parameters", parameters, \.parameters, "同 rules.parameters。"),
        ]
    }
}

extension Configuration.Waiver {
    static var fields: [Field<Self>] {
        [
            Field("rule", .ruleID, \.rule, required: true, "规则编号；必填。"),
            Field("agency", .optional(.agency), \.agency, "机关的全称；与 file 至少写一个，都写的须都符合。"),
            Field(
                "file",
                .optional(.fileOrFolder("2025/青禾县水利局.docx")),
                \.file,
                "文件：相对于收件目录的路径，绝对路径，或只写文件名（不论在哪个目录）。"
            ),
            Field(
                "place",
                .place,
                \.place,
                "位置：section 6（部分），disclosure、applications、disputes（表二至表四），可再写行和列，如 applications.3.7、applications.3.4.1.total；缺省不限。"
            ),
            Field("year", .year, \.year, "报告年度；缺省不限。"),
            Field("reason", .sentence(limit: 500, example: "公式列为空，已与该局核实"), \.reason, required: true, "理由；必填。"),
            Field("by", .sentence(limit: 100, example: "县政务公开办 王某"), \.by, required: true, "谁决定的；必填。"),
            Field("until", .day, \.until, required: true, "豁免到哪一天，含当天；必填。"),
        ]
    }
}

// MARK: - Values

extension ValueType<Configuration.Override> {
    static var override: Self {
        group(
            Configuration.Override.fields,
            initial: Configuration.Override(),
            example: "{folder: 乡镇, levels: {title.format: off}}"
        ).checked { value, reader in
            reader.requireOne(of: "agency", "folder", in: value, example: "folder: 乡镇")
            reader.requireOne(of: "levels", "parameters", in: value, example: "levels: {title.format: off}")
        }
    }
}

extension ValueType<Configuration.Waiver> {
    static var waiver: Self {
        group(Configuration.Waiver.fields, initial: Configuration.Waiver()).checked { value, reader in
            reader.requireOne(of: "agency", "file", in: value, example: "agency: 青禾县水利局")
        }
    }
}

extension ValueType<[String: Configuration.Level]> {
    /// A mapping from identifiers of rules to levels.
    static var levels: Self {
        let level = ValueType<Configuration.Level>.level
        let example = "{title.format: off}"
        return ValueType(example: example) { value, reader in
            guard let pairs = value.node.mapping else {
                reader.reportType(of: value, expected: LocalizedText("规则编号: 级别", "rule: level"), example: example)
                return nil
            }
            var levels: [String: Configuration.Level] = [:]
            for (key, node) in pairs where !reader.isFull {
                let name = Located(node: key, keyPath: "\(value.keyPath).\(shown(key.scalar?.text ?? "…"))")
                guard let rule = ValueType<String>.ruleID.read(name, &reader) else { continue }
                guard levels[rule] == nil else {
                    reader.report(
                        name,
                        LocalizedText("规则 \(rule) 重复", "the rule \(rule) is there twice"),
                        remedy: LocalizedText("只留一个", "keep only one")
                    )
                    continue
                }
                let located = Located(node: node, keyPath: name.keyPath, key: rule)
                reader.note(name)
                if reader.reportNoValue(located, nullMark: key.mark, example: level.example, defaultText: "") {
                    continue
                }
                if let read = level.read(located, &reader) { levels[rule] = read }
            }
            return levels
        }
    }
}
