import ArgumentParser
import AuditOutput
import AuditRules
import Configuration
import Conversion
import DocumentModel
import Glibc
import LinuxIO
import SystemPackage

/// `nianbao doctor`
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: Spoken.say(
            "检查本机：能读哪些格式、缺哪个软件包，内核上限、目录权限、磁盘空间、台账和系统日志。",
            "Checks the machine: formats it can read, missing packages, kernel limits, folders, disk, ledger, journal."
        ),
        discussion: Spoken.say(
            """
            每种格式都用一份小文件实际试读。未给出 --config 时，检查 /etc/nianbao/nianbao.yaml 中的目录（如有该文件）。
            阅读报告不需要中文字体。台账通读一遍，很大时要几秒。

            退出码：
              0   一切正常
              1   有格式不能读取，或有其他问题
              64  用法错误
              78  配置错误

            示例：
              nianbao doctor
              sudo -u nianbao nianbao doctor
              nianbao doctor --config ./nianbao.yaml --format json
            """,
            """
            A small file of every format is really read. Without --config the folders
            named in /etc/nianbao/nianbao.yaml are checked, where there is such a file.
            Reports are read without Chinese fonts. The whole ledger is read, which takes
            seconds where it is large.

            Exit codes:
              0   all is well
              1   a format cannot be read, or something else is wrong
              64  wrong usage
              78  bad configuration

            Examples:
              nianbao doctor
              sudo -u nianbao nianbao doctor
              nianbao doctor --config ./nianbao.yaml --format json
            """
        )
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(help: .file("配置文件，检查其中的目录。", "Configuration file whose folders are checked."))
    var config: PathArgument?

    @Option(help: .format("text 或 json", "text or json"))
    var format: Format = .text

    @Option(help: .language)
    var lang: Language?

    func run() throws {
        let usual = PathArgument(bytes: Array(WatchCommand.defaultConfiguration.utf8))
        let file = config ?? ((try? FileStatus(of: usual.path)) == nil ? nil : usual)
        let settings = try Settings.load(file, language: lang)
        let doctor = Doctor(configuration: file == nil ? nil : settings.configuration)
        let findings = DoctorFindings(formats: doctor.formats(), diagnoses: doctor.diagnoses())
        let bytes =
            switch format {
            case .json: findings.json(settings.language).serialized(pretty: true) + [0x0A]
            case .text: Array(findings.text(settings.language, colour: Output.wantsColour).utf8)
            }
        try Output.write(bytes, settings.language)
        if !findings.isWell { throw ExitCode(1) }
    }
}

/// What the doctor says.
struct DoctorFindings {
    var formats: [FormatSupport]
    var diagnoses: [Diagnosis]

    /// Whether every format can be read and nothing else is wrong.
    var isWell: Bool { formats.allSatisfy { $0.isReadable } && diagnoses.allSatisfy { $0.status != .problem } }

    /// The command that installs what is missing.
    var installation: String? {
        let packages = formats.compactMap { $0.check.flatMap { $0.path == nil ? $0.program.package : nil } }
        return packages.isEmpty ? nil : "apt install " + packages.joined(separator: " ")
    }

    // MARK: - JSON

    func json(_ language: Language) -> JSONValue {
        let formats = formats.flatMap { support in
            support.formats.map { format -> JSONValue in
                .object([
                    "format": .string(format.rawValue), "readable": .bool(support.isReadable),
                    "program": .string(support.check?.program.name), "package": .string(support.check?.program.package),
                    "path": .string(support.check?.path?.string), "version": .string(support.check?.version),
                    "problem": .string(support.check?.problem?.text(language)),
                ])
            }
        }
        let checks = diagnoses.map { diagnosis -> JSONValue in
            .object([
                "id": .string(diagnosis.id), "status": .string(diagnosis.status.rawValue),
                "message": .string(diagnosis.message.text(language)),
                "remedy": .string(diagnosis.remedy?.text(language)),
            ])
        }
        return .object([
            "schemaVersion": .string("1"),
            "tool": .object(["name": .string("nianbao"), "version": .string(ProductVersion.current)]),
            "well": .bool(isWell), "install": .string(installation), "formats": .array(formats),
            "checks": .array(checks),
        ])
    }

    // MARK: - Text

    func text(_ language: Language, colour: Bool) -> String {
        func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
        func sign(_ status: Diagnosis.Status) -> String {
            let (sign, style) =
                switch status {
                case .ok: ("✓", "32")
                case .note: ("!", "33")
                case .problem: ("✗", "31")
                }
            return colour ? "\u{1B}[\(style)m\(sign)\u{1B}[0m" : sign
        }
        var lines = [say("格式", "Formats")]
        for support in formats {
            let names = support.formats.map(\.rawValue).joined(separator: " ")
            lines.append(
                "  \(sign(support.isReadable ? .ok : .problem)) \(names)\(say("：", ": "))\(reader(support, say))"
            )
            if let problem = support.check?.problem { lines.append("      → " + problem.text(language)) }
        }
        lines.append(say("本机", "Machine"))
        for diagnosis in diagnoses {
            lines.append(
                "  \(sign(diagnosis.status)) \(Terminal.printable(Array(diagnosis.message.text(language).utf8)))"
            )
            if let remedy = diagnosis.remedy { lines.append("      → " + remedy.text(language)) }
        }
        if let installation { lines.append(say("安装缺少的软件包：", "Install what is missing: ") + installation) }
        let problems = formats.count { !$0.isReadable } + diagnoses.count { $0.status == .problem }
        lines.append(isWell ? say("一切正常。", "All is well.") : say("\(problems) 个问题。", "Problems: \(problems)."))
        return lines.joined(separator: "\n") + "\n"
    }

    private func reader(_ support: FormatSupport, _ say: (String, String) -> String) -> String {
        guard let check = support.check else { return say("本程序自己读取", "read by this program itself") }
        guard let path = check.path else {
            return say("需要 \(check.program.name)，没有安装", "takes \(check.program.name), not installed")
        }
        return [check.program.name, check.version, "(\(path))"].compactMap(\.self).joined(separator: " ")
    }
}
