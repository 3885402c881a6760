import AuditEngine
import AuditOutput
import AuditRules
import AuditWorkers
import Configuration
import LinuxIO
import ReportModel
import SystemPackage

/// What holds for one file, and where that is written: `nianbao rules --effective`.
struct EffectiveReport {
    private let settings: Settings
    private let file: PathArgument
    private let rules: [RuleDescription]
    private let ruleSettings: RuleSettings
    private let effective: EffectiveSettings
    private let inboxPath: [UInt8]?
    private let agency: String?
    private let year: Int?
    /// Why the body is not known; nil when the file was audited.
    private let unread: String?
    private let today: Day?

    private var language: Language { settings.language }

    /// - Parameter rule: the only rule to speak of; nil: all.
    init(_ settings: Settings, file: PathArgument, rule: String?) throws {
        self.settings = settings
        self.file = file
        rules = Catalogue.rules.map { $0.description }.filter { rule == nil || $0.id == rule }
        ruleSettings = RuleSettings(settings.configuration)
        let whereabouts = Whereabouts(settings.configuration)
        let place = whereabouts(file.path)
        inboxPath = place.inboxPath
        today = .today
        let answer = try Self.audit(settings, file, whereabouts)
        agency = answer.summary?.agency
        year = answer.summary?.year
        unread = answer.verdict == .unreadable ? answer.summary?.explanation ?? "" : nil
        effective = ruleSettings.effective(for: Subject(agency: agency, year: year, place))
    }

    private static func audit(
        _ settings: Settings,
        _ file: PathArgument,
        _ whereabouts: Whereabouts
    ) throws -> AuditAnswer {
        let content: Result<FileContents, ReadFailure>
        do throws(ReadFailure) {
            let limit = settings.maximumFileBytes
            content = .success(try SafeFile.read(path: file.path, followingLinks: true, maximumBytes: limit))
        } catch {
            content = .failure(error)
        }
        let pool = try WorkerPool(WorkerPool.Settings(settings.configuration))
        defer { pool.endWorkersAndTidy() }
        let form = AnswerForm(.result, settings.language)
        do throws(WorkersUnavailable) {
            return try FileAuditing(pool: pool, whereabouts: whereabouts)
                .answer(path: file.bytes, content: content, form)
        } catch {
            return FileAuditing.unreadable(file.bytes, error.unreadable, form)
        }
    }

    // MARK: - What holds

    /// A setting with the key and the line of the configuration that it comes from.
    private struct Source {
        var kind: String
        var key: String?
        var line: Int?
    }

    private func source(_ origin: EffectiveSettings.Origin, general keys: [String], below key: String) -> Source {
        let lines = settings.configuration.lines
        switch origin {
        case .override(let index):
            let whole = "rules.overrides[\(index)]"
            return Source(kind: "override", key: whole, line: lines["\(whole).\(key)"] ?? lines[whole])
        case .general, .builtIn:
            guard let key = keys.first(where: { lines[$0] != nil }) else { return Source(kind: "default") }
            return Source(kind: "general", key: key, line: lines[key])
        }
    }

    private func level(_ rule: RuleDescription) -> (level: RuleLevel, source: Source) {
        guard let set = effective.levels[rule.id] else {
            return (RuleLevel(rule.severity), Source(kind: "default"))
        }
        let isDisabled = settings.configuration.rules.disable.contains(rule.id)
        let general = isDisabled ? "rules.disable" : "rules.levels.\(rule.id)"
        return (set.level, source(set.origin, general: [general], below: "levels.\(rule.id)"))
    }

    private func value(_ parameter: Parameter) -> JSONValue {
        let parameters = effective.parameters
        return switch parameter {
        case .overviewMinimum: .int(parameters.overviewMinimum)
        case .townshipDeadline: .string(parameters.townshipDeadline?.description)
        case .departmentDeadline: .string(parameters.departmentDeadline?.description)
        case .governmentDeadline: .string(parameters.governmentDeadline?.description)
        }
    }

    private func source(_ parameter: Parameter) -> Source {
        let key = "parameters.\(parameter.rawValue)"
        return source(effective.parameterOrigins[parameter] ?? .builtIn, general: ["rules.\(key)"], below: key)
    }

    private var waivers: [(index: Int, waiver: Waiver, isExpired: Bool)] {
        effective.waivers.map { ($0, ruleSettings.waivers[$0]) }.filter { entry in
            rules.contains { $0.id == entry.1.rule }
        }.map { ($0.0, $0.1, $0.1.isExpired(on: today)) }
    }

    // MARK: - JSON

    /// One object.
    var json: String {
        let value = JSONValue.object([
            "config": .string(settings.file?.shown),
            "file": .string(file.shown),
            "inboxPath": .string(inboxPath.map(Terminal.printable)),
            "agency": .string(agency),
            "year": .int(year),
            "unreadable": .string(unread),
            "rules": .array(
                rules.map { rule in
                    let (level, source) = level(rule)
                    return .object([
                        "id": .string(rule.id), "severity": .string(rule.severity.rawValue),
                        "level": .string(level.rawValue), "source": json(source),
                    ])
                }
            ),
            "parameters": .array(
                Parameter.allCases.map { parameter in
                    .object([
                        "name": .string(parameter.rawValue), "value": self.value(parameter),
                        "source": json(source(parameter)),
                    ])
                }
            ),
            "waivers": .array(
                waivers.map { entry in
                    let key = "rules.waivers[\(entry.index)]"
                    let source = Source(kind: "waiver", key: key, line: settings.configuration.lines[key])
                    return .object([
                        "rule": .string(entry.waiver.rule), "place": .string(entry.waiver.place?.description),
                        "reason": .string(entry.waiver.reason), "by": .string(entry.waiver.by),
                        "until": .string(entry.waiver.until.description), "expired": .bool(entry.isExpired),
                        "source": json(source),
                    ])
                }
            ),
        ])
        return String(decoding: value.serialized(pretty: true), as: UTF8.self) + "\n"
    }

    private func json(_ source: Source) -> JSONValue {
        .object(["kind": .string(source.kind), "key": .string(source.key), "line": .int(source.line)])
    }

    // MARK: - Text

    private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// For people.
    var text: String {
        var lines = [
            say("文件：", "File: ") + file.shown
                + (inboxPath.map { path in
                    let shown = Terminal.printable(path)
                    return say("（收件目录内：\(shown)）", " (in its inbox: \(shown))")
                } ?? ""),
            say("配置：", "Configuration: ") + (settings.file?.shown ?? say("内置默认值", "built-in defaults")),
        ]
        let unknown = say("未知", "unknown")
        lines.append(say("机关：", "Body: ") + Terminal.printable(Array((agency ?? unknown).utf8)))
        lines.append(say("年度：", "Report year: ") + (year.map(String.init) ?? unknown))
        if let unread {
            lines.append(
                say(
                    "注意：这个文件没有审核，机关和年度不详，针对机关或年度的规定没有计入。原因：",
                    "Note: the file was not audited. What is set for a body or year is not taken into account. Reason: "
                ) + unread
            )
        }
        lines += ["", say("规则：", "Rules:")]
        let width = rules.map(\.id.count).max() ?? 0
        lines += rules.map { rule in
            let (level, source) = level(rule)
            let own =
                level == RuleLevel(rule.severity)
                ? "" : say("，原为\(name(RuleLevel(rule.severity)))", ", by itself \(name(RuleLevel(rule.severity)))")
            return "  \(padded(rule.id, width))  \(name(level))\(shown(source, own))"
        }
        lines += ["", say("参数：", "Parameters:")]
        let parameterWidth = Parameter.allCases.map(\.rawValue.count).max() ?? 0
        lines += Parameter.allCases.map { parameter in
            let written =
                switch value(parameter) {
                case .int(let number): String(number)
                case .string(let text): text
                default: say("未规定", "not set")
                }
            return "  \(padded(parameter.rawValue, parameterWidth))  \(written)\(shown(source(parameter), ""))"
        }
        lines += ["", say("豁免：", "Waivers:") + (waivers.isEmpty ? say("无", " none") : "")]
        for entry in waivers {
            let key = "rules.waivers[\(entry.index)]"
            let state =
                entry.isExpired
                ? say("已于 \(entry.waiver.until) 到期", "expired on \(entry.waiver.until)")
                : say("至 \(entry.waiver.until)", "until \(entry.waiver.until)")
            let place = entry.waiver.place.map { " \($0)" } ?? ""
            lines.append("  \(entry.waiver.rule)\(place)  \(state)  \(settings.place(of: key)) \(key)")
            let reason = say(
                "\(entry.waiver.reason)（\(entry.waiver.by)）",
                "\(entry.waiver.reason) (\(entry.waiver.by))"
            )
            lines.append("      " + Terminal.printable(Array(reason.utf8)))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func shown(_ source: Source, _ remark: String) -> String {
        guard let key = source.key else { return "" }
        let file = settings.file?.shown ?? ""
        return "  \(file)\(source.line.map { ":\($0)" } ?? "") \(key)\(remark)"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func name(_ level: RuleLevel) -> String {
        switch level {
        case .off: say("停用", "off")
        case .info: say("提示", "info")
        case .warning: say("警告", "warning")
        case .error: say("错误", "error")
        }
    }
}

extension RuleLevel {
    /// The level of a severity.
    init(_ severity: Severity) {
        self =
            switch severity {
            case .error: .error
            case .warning: .warning
            case .info: .info
            }
    }
}
