// `nianbao status` and `nianbao ledger` beside a service that runs.

import FoundationEssentials
import Glibc
import Ledger
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the commands beside a service", .serialized) struct RunningServiceTests {
    private let places: LedgerPlaces

    init() throws { places = try LedgerPlaces() }

    /// Runs `body` while a service runs; ends it however that goes.
    private func withService(_ body: () throws -> Void) throws {
        let config = places.place.folder("nianbao.yaml").string
        let service = try Command(
            [TestPaths.nianbao, "watch", "--config", config, "--lang", "zh"],
            environment: ["SWIFT_BACKTRACE": "enable=no", "NOTIFY_SOCKET": ""]
        )
        defer {
            service.signal(SIGTERM)
            let end = service.wait()
            #expect(end.status == 0, "\(end)")
        }
        let runs = try eventually { try places.run("status").output.contains("监视中") }
        #expect(runs, "\(service.errorsSoFar)")
        try body()
    }

    private func list(_ arguments: String) throws -> String {
        try places.place.script("nianbao ledger list --format csv --config nianbao.yaml \(arguments)").output
    }

    /// Waits until a list with these options has a text; where it never does, records what the whole list is.
    private func wait(
        for text: String,
        in arguments: String,
        within limit: Duration = .seconds(30),
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        guard try !eventually(within: limit, { try list(arguments).contains(text) }) else { return }
        Issue.record(
            "no \(text) in: ledger list \(arguments); there is: \(try list(""))",
            sourceLocation: sourceLocation
        )
    }

    @Test func aFileFromItsArrivalToItsHistory() throws {
        try withService {
            try places.place.write(Workplace.Sample.pass, "in/2023/甲局.txt")
            try wait(for: "2023/甲局.txt", in: "--done --verdict pass")
            let shown = try places.run("ledger", "show", "in/2023/甲局.txt")
            #expect(shown.status == 0 && shown.output.contains("合格，0 个错误"), "\(shown)")
            let result = places.place.folder("state/results/2023/甲局.txt.audit.json")
            #expect(shown.output.contains(result.string) && Files.exists(result), "\(shown)")

            try places.place.write(Workplace.Sample.fail, "in/2023/甲局.txt")
            try wait(for: "2023/甲局.txt", in: "--done --verdict fail")
            let history = try places.run("ledger", "history", "in/2023/甲局.txt").output.split(separator: "\n")
            #expect(history.count == 3 && history[1].contains("合格") && history[2].contains("不合格"), "\(history)")

            let status = try places.run("status")
            #expect(status.status == 0 && status.output.contains("完成 1"), "\(status)")
            #expect(status.output.contains("不合格  2023/甲局.txt"), "\(status)")
            try Files.remove(places.place.folder("in/2023/甲局.txt"))
            try wait(for: "2023/甲局.txt", in: "--left")
        }
        let status = try places.run("status")
        #expect(status.status == 3 && status.output.contains("没有运行，最后一次记录在"), "\(status)")
    }

    @Test func aFileIsTriedAgainWhenAsked() throws {
        // What lies in the place of its result cannot be replaced.
        try Files.makeFolder(places.place.folder("state/results/乡镇/b.txt.audit.json/x"))
        try withService {
            try places.place.write(Workplace.Sample.pass, "towns/b.txt")
            try wait(for: "result-not-written", in: "--deferred")
            let status = try places.run("status").output
            #expect(
                status.contains("暂缓 1") && status.contains("  乡镇/b.txt") && status.contains("无法写入审核结果"),
                "\(status)"
            )
            let shown = try places.run("ledger", "show", "乡镇/b.txt").output
            #expect(shown.contains("无法写入审核结果") && shown.contains("下次尝试"), "\(shown)")

            // Until the pause is so long that it is not tried by itself while this test goes on.
            let isPatient = try eventually(within: .seconds(60)) {
                try places.run("ledger", "show", "--format", "json", "乡镇/b.txt").output.contains(#""attempts" : 4"#)
            }
            #expect(isPatient)
            #expect(try places.place.script("rm -r state/results/乡镇/b.txt.audit.json").status == 0)
            let retry = try places.run("ledger", "retry", "乡镇/b.txt")
            #expect(retry.status == 0 && retry.output == "1 个文件将在一秒之内重新审核。\n", "\(retry)")
            try wait(for: "b.txt", in: "--done", within: .seconds(5))
        }
    }
}
