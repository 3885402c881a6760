// The audit as the service gets it: made in a worker, kept, and renewed.

import AuditService
import AuditWorkers
import Ledger
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@testable import nianbao

@Suite("the audit of the service") struct ServiceAuditorTests {
    private let folder: TemporaryFolder
    private let inbox: FilePath

    init() throws {
        folder = try TemporaryFolder()
        inbox = try folder.path.resolved().appending("in")
    }

    /// An auditor under these rules, whose workers are those of the program.
    private func auditor(_ rules: String) throws -> ServiceAuditor {
        let settings = try folder.settings("inboxes: [{path: \(inbox)}]\nlanguage: zh\nrules:\n\(rules)\n")
        var pool = WorkerPool.Settings(settings.configuration)
        pool.program = FilePath(try TestPaths.nianbao)
        return ServiceAuditor(settings, pool: try WorkerPool(pool))
    }

    private func request(_ path: String, _ content: Result<FileContents, ReadFailure>) -> AuditRequest {
        AuditRequest(
            inbox: Inbox(path: inbox),
            relativePath: FilePath(path),
            absolutePath: inbox.appending(FilePath(path).components),
            content: content
        )
    }

    private func content(_ text: String) throws -> Result<FileContents, ReadFailure> {
        try Files.write(text, to: folder("content"))
        return .success(try SafeFile.read(path: folder("content")))
    }

    private func comparable(_ outcome: AuditOutcome) -> [Substring] {
        let lines = String(decoding: outcome.json, as: UTF8.self).split(separator: "\n")
        return lines.filter { line in
            !["auditedAt", "durationMs", "reused", "writtenAt"].contains { line.contains("\"\($0)\"") }
        }
    }

    @Test func aKeptAuditIsRenewedUnderTodaysWaivers() throws {
        let plain = try auditor("  disable: []")
        let report = try content(Workplace.Sample.fail)
        let first = try plain.audit(request("甲.txt", report))
        #expect(first.verdict == .fail && first.isComplete && !first.reused && first.unreadableCode == nil)
        let kept = try #require(first.kept)
        let waiver = "{rule: fee.missing, file: 县直/乙.txt, reason: 已核实, by: 王某, until: 2199-12-31}"
        let waiving = try auditor("  waivers:\n    - \(waiver)")
        for path in ["县直/乙.txt", "县直/丙.txt"] {
            let renewed = try #require(waiving.renew(kept, for: request(path, report)))
            let wanted = try waiving.audit(request(path, report))
            #expect(renewed.reused && renewed.kept == nil && !wanted.reused && wanted.kept != nil)
            #expect(String(decoding: renewed.json, as: UTF8.self).contains("\"writtenAt\" : \"20"))
            #expect(renewed.verdict == (path == "县直/乙.txt" ? .pass : .fail))
            let result = comparable(renewed)
            // The object of the key "reused" ends on a line of its own.
            #expect(result.count == comparable(wanted).count + 1 && result.contains("  },"))
            #expect(Set(result) == Set(comparable(wanted)), "\(path)")
            for value in [\AuditOutcome.message, \.explain] {
                #expect(renewed[keyPath: value] == wanted[keyPath: value])
            }
            #expect(renewed.failedRules == wanted.failedRules && renewed.agency == wanted.agency)
            #expect(renewed.waived == wanted.waived && renewed.staleWaivers == wanted.staleWaivers)
            #expect(renewed.sha256 == wanted.sha256 && renewed.isComplete)
        }
        #expect(plain.basis(of: inbox.appending("a")).settings == waiving.basis(of: inbox.appending("a")).settings)
        #expect(plain.renew(Array(kept.dropFirst()), for: request("a", report)) == nil)
    }

    @Test func whatCannotBeReadIsNotKept() throws {
        let auditor = try auditor("  disable: []")
        let forbidden = try auditor.audit(request("甲.txt", .failure(.permissionDenied)))
        #expect(forbidden.unreadableCode == "permission-denied" && forbidden.kept == nil && !forbidden.isComplete)
        let text = try content("番茄炒蛋：番茄两个，鸡蛋三个。")
        let recipe = try auditor.audit(request("甲.txt", text))
        #expect(recipe.unreadableCode == "not-a-report" && recipe.kept != nil && !recipe.isComplete)
        let renewed = try #require(recipe.kept.flatMap { auditor.renew($0, for: request("乙.txt", text)) })
        #expect(renewed.unreadableCode == "not-a-report" && renewed.verdict == .unreadable && renewed.reused)
        #expect(renewed.message == recipe.message.replacing("甲.txt", with: "乙.txt"))
    }
}
