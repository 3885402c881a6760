import AuditEngine
import AuditRules
import DocumentModel
import Extraction
import ReportModel

/// The audit for a person at a terminal.
public struct TextReporter: Sendable {
    /// The language of messages.
    public var language: Language
    /// Whether to use colour.
    public var colour: Bool

    /// A reporter in a language, with or without colour.
    public init(language: Language, colour: Bool) {
        self.language = language
        self.colour = colour
    }

    private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    /// One audit: verdict, findings in the order of the report with the quoted place, what could not be assessed.
    public func text(_ audit: Audit) -> String {
        let name = Terminal.printable(audit.source.path)
        var lines = [paint(verdict(audit.verdict), colour(audit.verdict)) + "  " + paint(name, .bold)]
        switch audit.result {
        case .failure(let unreadable):
            lines.append("    [\(unreadable.code.rawValue)] \(unreadable.text(language))")
        case .success(let audited):
            lines.append("    " + paint(summary(audited.report), .faint))
            for entry in audited.findings { lines += finding(entry) }
            let unsure = audited.checks.filter { $0.outcome == .notAssessed }
            if !unsure.isEmpty {
                lines.append("    " + say("未能判断：", "Not assessed:"))
                lines += unsure.map { check in
                    "      \(check.rule.id)\(say("：", ": "))\(check.reason?.text(language) ?? "")"
                }
            }
            lines.append("    " + counts(audited))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// After several files: how many of each verdict, and the names of those that need attention.
    public func summary(_ verdicts: [(path: [UInt8], verdict: Verdict)]) -> String {
        var lines = [
            say("共 \(verdicts.count) 份：", "\(counted(verdicts.count, "file")): ")
                + Verdict.allCases.compactMap { verdict in
                    let count = verdicts.count { $0.verdict == verdict }
                    return count == 0 ? nil : paint("\(self.verdict(verdict)) \(count)", colour(verdict))
                }.joined(separator: say("，", ", "))
        ]
        for verdict in [Verdict.fail, .unreadable] {
            lines += verdicts.filter { $0.verdict == verdict }.map { entry in
                "  \(paint(self.verdict(verdict), colour(verdict)))  \(Terminal.printable(entry.path))"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The name of a verdict.
    public func verdict(_ verdict: Verdict) -> String {
        switch verdict {
        case .pass: say("合格", "pass")
        case .review: say("待核", "review")
        case .fail: say("不合格", "fail")
        case .unreadable: say("无法审核", "unreadable")
        }
    }

    private func summary(_ report: AnnualReport) -> String {
        let unknown = say("未知", "unknown")
        let year = report.year.map(String.init) ?? unknown
        let edition = report.edition?.rawValue ?? unknown
        return [
            report.agency ?? say("机关未知", "body unknown"), say("\(year)年度", "report year \(year)"),
            say("\(edition)年格式", "form of \(edition)"),
        ].joined(separator: " · ")
    }

    private func finding(_ entry: Audited.RuledFinding) -> [String] {
        let finding = entry.finding
        let location = finding.location
        let place = location.source.text(language)
        if let waived = finding.waived {
            let head = [say("已豁免", "waived"), entry.rule.id, place, entry.rule.name.text(language)].compactMap(\.self)
            let reason = Terminal.printable(Array(waived.text(language).utf8))
            return [
                head.joined(separator: "  "),
                "    " + Terminal.printable(Array(finding.message.text(language).utf8)),
                "    " + say("豁免理由：", "Waived: ") + reason,
            ].map { "    " + paint($0, .faint) }
        }
        let head = [paint(severity(finding.severity), colour(finding.severity)), entry.rule.id, place].compactMap(
            \.self
        )
        var lines = ["    " + head.joined(separator: "  ") + "  " + paint(entry.rule.name.text(language), .faint)]
        lines.append("        " + Terminal.printable(Array(finding.message.text(language).utf8)))
        if let quote = location.quote.map(Quote.shortened), !quote.isEmpty {
            lines.append("        " + paint("│ " + Terminal.printable(Array(quote.utf8)), .faint))
        }
        lines.append("        " + paint("→ " + entry.hint.text(language), .faint))
        return lines
    }

    private func counts(_ audited: Audited) -> String {
        let error = audited.count(.error)
        let warning = audited.count(.warning)
        let info = audited.count(.info)
        let waived = audited.waivedCount
        if error + warning + info + waived == 0 { return say("没有发现问题。", "No findings.") }
        return say(
            "\(error) 个错误，\(warning) 个警告，\(info) 个提示",
            [counted(error, "error"), counted(warning, "warning"), counted(info, "info")].joined(separator: ", ")
        ) + (waived == 0 ? "" : say("，另有 \(waived) 个已豁免", ", \(waived) waived"))
    }

    private func severity(_ severity: Severity) -> String {
        switch severity {
        case .error: say("错误", "error")
        case .warning: say("警告", "warning")
        case .info: say("提示", "info")
        }
    }

    // MARK: - Colour

    private func colour(_ verdict: Verdict) -> TerminalStyle { TerminalStyle(verdict) }

    private func colour(_ severity: Severity) -> TerminalStyle {
        switch severity {
        case .error: .red
        case .warning: .yellow
        case .info: .cyan
        }
    }

    private func paint(_ text: String, _ style: TerminalStyle) -> String { colour ? style.paint(text) : text }
}

/// How text looks at a terminal: the parameter of Select Graphic Rendition (ECMA-48).
public enum TerminalStyle: String, Sendable {
    case bold = "1"
    case faint = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case magenta = "35"
    case cyan = "36"

    /// That of a verdict.
    public init(_ verdict: Verdict) {
        self =
            switch verdict {
            case .pass: .green
            case .review: .yellow
            case .fail: .red
            case .unreadable: .magenta
            }
    }

    /// The text in this style.
    public func paint(_ text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
}

/// Text from files and file names, made safe to print: a name must not move the cursor.
public enum Terminal {
    /// UTF-8 with bytes that are no UTF-8 and characters that would steer the terminal shown as `\xNN`.
    public static func printable(_ bytes: [UInt8]) -> String {
        var result = ""
        var decoder = UTF8()
        var rest = bytes[...]
        while !rest.isEmpty {
            var iterator = rest.makeIterator()
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar):
                let width = UTF8.width(scalar)
                if steers(scalar) {
                    result += rest.prefix(width).map(escaped).joined()
                } else {
                    result.unicodeScalars.append(scalar)
                }
                rest = rest.dropFirst(width)
            case .emptyInput: return result
            case .error:
                result += escaped(rest[rest.startIndex])
                rest = rest.dropFirst()
            }
            decoder = UTF8()
        }
        return result
    }

    /// Control characters; line and paragraph separators; marks that turn the direction of writing, behind which `txt.exe`
    /// reads `exe.txt` (UAX #9, explicit formatting characters).
    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func escaped(_ byte: UInt8) -> String {
        let hex = String(byte, radix: 16)
        return "\\x" + (hex.count < 2 ? "0" : "") + hex
    }
}
