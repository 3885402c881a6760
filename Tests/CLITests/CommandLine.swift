// Runs the program as a user would: in a folder of its own, with a known environment.

import AuditRules
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@testable import nianbao

/// A folder to work in, and the program.
struct Workplace {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        #expect(try Command.run(["chmod", "755", folder.path.string]).status == 0)
    }

    /// Reports to audit.
    enum Sample {
        static let pass = SampleReport.text(year: 2023)
        static let fail = pass.replacing("本年度未收取信息处理费。", with: "无其他需要报告的事项。")
        static let review = pass.replacing("行政强制\t0", with: "行政强制\t/")
        static let recipe = "番茄炒蛋：番茄两个，鸡蛋三个。\n"
    }

    /// Writes a file below the folder.
    func write(_ text: String, _ name: String) throws {
        let path = folder(name)
        try Files.makeFolder(path.removingLastComponent())
        try Files.write(text, to: path)
    }

    /// `nianbao ARGUMENTS` in the folder.
    func nianbao(_ arguments: String..., environment: [String] = ["LANG=zh_CN.UTF-8"]) throws -> CommandResult {
        try Command.run(Self.environment(folder, environment) + [TestPaths.nianbao] + arguments)
    }

    /// A bash script in the folder; in it, `nianbao` is the program and `$pass`, `$fail` are texts of reports.
    func script(_ script: String) throws -> CommandResult {
        let prelude = """
            nianbao() { "$program" "$@"; }

            """
        let variables = try [
            "LANG=zh_CN.UTF-8", "program=\(TestPaths.nianbao)", "pass=\(Sample.pass)", "fail=\(Sample.fail)",
        ]
        return try Command.run(Self.environment(folder, variables) + ["bash", "-uc", prelude + script])
    }

    /// A crash is to be seen by its exit code, without a trace that takes seconds.
    private static func environment(_ folder: TemporaryFolder, _ variables: [String]) -> [String] {
        ["env", "-i", "-C", folder.path.string, "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "SWIFT_BACKTRACE=enable=no"]
            + variables
    }

    /// The outcome of one audit with exit code 2.
    func unreadable(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> AuditRecord {
        let result = try nianbao("audit", "--format", "ndjson", name)
        #expect(result.status == 2, "\(result)", sourceLocation: sourceLocation)
        #expect(result.errors.isEmpty, "\(result.errors)", sourceLocation: sourceLocation)
        return try #require(try AuditRecord.lines(json: result.output).first, sourceLocation: sourceLocation)
    }
}

extension CommandResult {
    /// The audits on standard output, one a line.
    var audits: [AuditRecord] { get throws { try AuditRecord.lines(json: output) } }
}

extension TemporaryFolder {
    /// What a configuration of this text means, which is written into the folder.
    func settings(_ configuration: String) throws -> Settings {
        try Files.write(configuration, to: self("nianbao.yaml"))
        return try Settings.read(PathArgument(bytes: self("nianbao.yaml").bytes), language: nil)
    }
}
