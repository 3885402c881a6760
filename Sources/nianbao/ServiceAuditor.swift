import AuditEngine
import AuditOutput
import AuditRules
import AuditService
import AuditWorkers
import Configuration
import Extraction
import Ledger
import LinuxIO
import ReportModel
import SystemPackage

/// The audit as the service asks for it.
struct ServiceAuditor: FileAuditor {
    private let auditing: FileAuditing
    private let rules: RuleSettings
    private let language: Language
    private let bases: AuditBases

    /// - Parameter pool: where documents are read and checked, under the same settings.
    init(_ settings: Settings, pool: WorkerPool) {
        auditing = FileAuditing(pool: pool, whereabouts: Whereabouts(settings.configuration))
        rules = RuleSettings(settings.configuration)
        language = settings.language
        bases = AuditBases(settings)
    }

    func lane(of content: [UInt8]) -> AuditLane {
        switch Lane(of: content) {
        case .quick: .quick
        case .pdf: .slow
        case .office: .batched
        }
    }

    var answerDue: SuspendingClock.Instant? { auditing.pool.answerDue }

    func basis(of path: FilePath) -> AuditBasis { bases.basis(of: path, on: .today) }

    func audit(_ request: AuditRequest) throws(AuditUnavailable) -> AuditOutcome {
        do throws(WorkersUnavailable) {
            let answer = try auditing.answer(
                path: request.absolutePath.bytes,
                content: request.content,
                sha256: request.sha256,
                place: auditing.whereabouts.ofInboxFile(request.absolutePath),
                AnswerForm(.result, language)
            )
            return AuditOutcome(answer)
        } catch {
            throw AuditUnavailable(reason: error.unreadable.text(language))
        }
    }

    func renew(_ kept: [UInt8], for request: AuditRequest) -> AuditOutcome? {
        var place = auditing.whereabouts.ofInboxFile(request.absolutePath)
        let now = WallClock.milliseconds
        place.today = Day(local: now)
        let answer = KeptAudit(bytes: kept)?
            .renewed(at: request.absolutePath.bytes, under: rules, place, writtenAt: now)
        return answer.map { answer in
            var outcome = AuditOutcome(answer)
            outcome.reused = true
            return outcome
        }
    }
}

extension AuditOutcome {
    fileprivate init(_ answer: AuditAnswer) {
        let verdict: Verdict =
            switch answer.verdict {
            case .pass: .pass
            case .review: .review
            case .fail: .fail
            case .unreadable: .unreadable
            }
        self.init(
            json: answer.output,
            sha256: answer.sha256,
            verdict: verdict,
            unreadableCode: answer.unreadable?.rawValue,
            isComplete: answer.isComplete,
            agency: answer.summary?.agency,
            year: answer.summary?.year,
            errors: answer.summary?.errors ?? 0,
            warnings: answer.summary?.warnings ?? 0,
            waived: answer.summary?.waived ?? 0,
            staleWaivers: answer.summary?.staleWaivers ?? 0,
            failedRules: answer.summary?.failedRules ?? [],
            message: answer.summary?.message ?? "",
            explain: answer.summary?.explanation ?? "",
            kept: answer.kept
        )
    }
}
