// The way of one file: look, compare with what is known, read, audit, and hand the result over to be written.

import Glibc
import Ledger
import LinuxIO
import SystemPackage

struct FileWorker: Sendable {
    let settings: ServiceSettings
    let auditor: any FileAuditor
    let queue: WorkQueue
    let records: FileRecords
    let committer: ResultCommitter
    let gate: ResultGate
    let settling: SettlingOutcomes
    let journal: ServiceJournal
    /// Whether an inbox is there, so that what is missing in it has really left.
    let isPresent: @Sendable (Int) -> Bool
    /// Folders with files that found no room in the queue, for the watcher to walk again.
    let turnedAway: Monitor<Set<InboxPath>>
    /// For the files whose threads outnumber those that this machine could feed.
    let budget: ByteBudget
    /// When those are to be done that open and read a file.
    let reading: Deadlines

    /// What becomes of a job.
    private enum Next {
        case done
        case again(WorkQueue.Job, after: Duration)
        /// The committer ends it.
        case handedOver
    }

    /// A file that changes that often while it is read is reported as such.
    private static let maximumTries = 10

    /// Works on the files of `lane` until the queue is stopped.
    func run(_ lane: AuditLane) {
        while let job = queue.next(lane) {
            switch process(job) {
            case .done:
                committer.finish(job)
            case .again(let next, let pause):
                committer.finish(job, retry: (next, pause))
            case .handedOver:
                break
            }
        }
    }

    // MARK: - Looking

    private func process(_ job: WorkQueue.Job) -> Next {
        var work = reading.begin(within: settings.stallBounds.reading)
        defer { reading.end(work) }
        // Before the file is looked at: what changes from here on gets a later stamp than this, see FileClock.
        let clock = FileClock.coarseNow()
        let inbox = settings.inboxes[job.file.inbox]
        // Held until it is read, so that it need not be looked up twice.
        let node: SafeFile.Node
        do {
            node = try SafeFile.Node(at: job.file.path, beneath: inbox.path)
        } catch {
            return failed(job, error, nil)
        }
        let status = node.status
        // A link or a device in the place of a file is none of ours.
        guard status.kind == .regular else { return vanished(job) }
        let basis = auditor.basis(of: settings.place(job.file))
        let knowledge = records.knowledge(of: job.file)
        if !job.isForced, let record = knowledge.record, needsNothing(job, record, status.identity, basis) {
            if job.isTold {
                records.stands(job.file, record, identity: status.identity)
                sayAgainIfLeft(job.file)
            }
            return .done
        }
        if status.names > 1, knowledge.record?.identity != status.identity { lookAtOtherNames(of: job.file, status) }
        if let closed = gate.wait() { return wait(job, knowledge.record, closed.part, closed.pause) }

        let contents: FileContents
        let isBeingWritten: Bool
        let isRacy: Bool
        var reserved: Int64 = 0
        defer { budget.giveBack(reserved) }
        do {
            let file = try SafeFile(opening: node)
            isBeingWritten = file.writers() == .present
            if isBeingWritten, job.notice != .announced {
                return settle(job, .openForWriting, file.identity, Self.pause(.openForWriting, job))
            }
            if job.lane == .batched {
                // Those who hold the room may be waiting for their converters.
                reading.end(work)
                defer { work = reading.begin(within: settings.stallBounds.reading) }
                reserved = budget.take(min(file.identity.size, Int64(settings.maximumFileBytes)))
            }
            contents = try file.contents(maximumBytes: settings.maximumFileBytes)
            isRacy = mayHideLaterChange(file, readAt: clock)
        } catch {
            return failed(job, error, status)
        }
        guard let identity = contents.identity else { return .done }
        let sha256 = settings.sha256(contents.bytes)
        let look = Look(
            basis: basis,
            record: knowledge.record,
            identity: identity,
            isRacy: isRacy,
            sha256: sha256,
            isBeingWritten: isBeingWritten
        )
        if !job.isForced, isShown(job, look, knowledge) { return .done }
        let lane = auditor.lane(of: contents.bytes)
        guard lane == job.lane else {
            // The threads of that lane read it anew: here it would only take room while it waits.
            var next = job
            next.lane = lane
            return .again(next, after: .zero)
        }
        // From here on others promise when they are done: the auditor and the committer.
        reading.end(work)
        return audit(job, contents, look)
    }

    /// Whether the file may have changed once more since it was read without another stamp. The clock of a server may lag ours:
    /// the settle time is as much as anybody waits for here.
    private func mayHideLaterChange(_ file: borrowing SafeFile, readAt clock: Int64) -> Bool {
        let lag = settings.settleTime.nanoseconds
        // Asked last: a server is asked over the network, and of a file that has long stood still it need not be.
        return file.identity.mayHideLaterChange(readAt: clock)
            || (file.identity.mayHideLaterChange(readAt: clock, lag: lag) && file.isStampedElsewhere)
    }

    /// What was found out about a file before its audit.
    private struct Look {
        var basis: AuditBasis
        var record: FileRecord?
        var identity: FileIdentity?
        var isRacy = false
        var sha256: String?
        var isBeingWritten = false
        /// When its audit began.
        let began = ContinuousClock.now
    }

    /// Whether everything about this state of the file has been said.
    private func needsNothing(
        _ job: WorkQueue.Job,
        _ record: FileRecord,
        _ identity: FileIdentity,
        _ basis: AuditBasis
    ) -> Bool {
        guard record.identity == identity, !record.hasLeft else { return false }
        switch record.state {
        case .done:
            return !record.isRacy && record.basis == basis && hasSoundResult(job.file, record)
        case .quarantined:
            return record.basis == basis && hasSoundResult(job.file, record)
        case .deferred:
            // It comes by itself when it is due; an event may be what it waits for, such as a change of its mode.
            return job.notice != .announced && !Retry.isDue(record.nextAttempt, now: WallClock.milliseconds)
        case .settling, .queued, .working:
            return false
        }
    }

    /// Whether the result shows this content already: then the new state of the file is noted, and that is all.
    private func isShown(_ job: WorkQueue.Job, _ look: Look, _ knowledge: FileRecords.Knowledge) -> Bool {
        guard let identity = look.identity, let sha256 = look.sha256 else { return false }
        switch knowledge {
        case .record(let record):
            // Whatever it waited for: also a file that was changed and changed back.
            guard record.sha256 == sha256, record.basis == look.basis, hasSoundResult(job.file, record)
            else { return false }
            unchanged(job.file, record, identity, isRacy: look.isRacy)
            return true
        case .none:
            return false
        case .unavailable:
            // Without the ledger the result itself must do, or each walk would audit everything again.
            guard let result = existingResult(job.file), ResultFile.sha256(in: result) == sha256,
                ResultFile.catalogue(in: result) == look.basis.catalogue
            else { return false }
            records.adopt(job.file, sha256: sha256, identity: identity, isRacy: look.isRacy, basis: look.basis)
            return true
        }
    }

    private func unchanged(_ file: InboxPath, _ record: FileRecord, _ identity: FileIdentity, isRacy: Bool) {
        records.unchanged(file, record, identity: identity, isRacy: isRacy)
        sayAgainIfLeft(file)
    }

    /// When it left meanwhile, the watcher may have said so before what was said now.
    private func sayAgainIfLeft(_ file: InboxPath) {
        if settings.hasLeft(file), isPresent(file.inbox) { records.left(file) }
    }

    /// The file changed, and the kernel may have told of one of its names only.
    private func lookAtOtherNames(of file: InboxPath, _ status: FileStatus) {
        for (name, record) in records.otherNames(of: file, status.identity)
        where record.identity != status.identity && !queue.add(WorkQueue.Job(file: name, notice: .found)) {
            turnedAway.withLock { _ = $0.insert(name.folder) }
        }
    }

    private func vanished(_ job: WorkQueue.Job) -> Next {
        settling.forget(job.file)
        if isPresent(job.file.inbox) { records.left(job.file) }
        return .done
    }

    private func failed(_ job: WorkQueue.Job, _ failure: ReadFailure, _ status: FileStatus?) -> Next {
        switch failure {
        case .notFound:
            return vanished(job)
        case .notAFile:
            // Exchanged for a link, a folder or a device since it was looked at.
            return vanished(job)
        case .changed where job.obstacle != .changing || job.tries < Self.maximumTries:
            let next = job.meeting(.changing)
            return .again(next, after: Self.pause(.changing, next))
        case .ioError(let code) where [EMFILE, ENFILE, ENOMEM].contains(code):
            let next = job.meeting(.noResources)
            return .again(next, after: Self.pause(.noResources, next))
        default:
            break
        }
        let look = Look(
            basis: auditor.basis(of: settings.place(job.file)),
            record: records.knowledge(of: job.file).record,
            identity: status?.identity
        )
        return audit(job, failure, look, status)
    }

    // MARK: - Auditing

    private func audit(_ job: WorkQueue.Job, _ contents: FileContents, _ look: Look) -> Next {
        let request = request(job, .success(contents), sha256: look.sha256)
        if let known = look.sha256.flatMap({ job.isForced ? nil : records.audit(sha256: $0, basis: look.basis) }),
            let outcome = auditor.renew(known.audit.kept, for: request)
        {
            return judge(job, request.absolutePath, outcome, look, .known(known.id))
        }
        if let outcome = settling.outcome(of: job.file, sha256: look.sha256, basis: look.basis) {
            return judge(job, request.absolutePath, outcome, look, nil)
        }
        do throws(AuditUnavailable) {
            let outcome = try auditor.audit(request)
            gate.open(.auditing)
            // It took too long for those who wanted to end this: by now others may have the file in work.
            if queue.isAbandoned { return .done }
            return judge(job, request.absolutePath, outcome, look, nil)
        } catch {
            gate.close(.auditing)
            if queue.isAbandoned { return .done }
            return put(off: job, look, LedgerReason.auditUnavailable.rawValue, error.reason)
        }
    }

    private func audit(_ job: WorkQueue.Job, _ failure: ReadFailure, _ look: Look, _ status: FileStatus?) -> Next {
        let request = request(job, .failure(failure))
        do throws(AuditUnavailable) {
            let outcome = try auditor.audit(request)
            let remedy = failure == .permissionDenied ? status.map { journal.remedy(unreadable: $0) } : nil
            return judge(job, request.absolutePath, outcome, look, nil, remedy: remedy)
        } catch {
            return put(off: job, look, LedgerReason.auditUnavailable.rawValue, error.reason)
        }
    }

    private func request(
        _ job: WorkQueue.Job,
        _ content: Result<FileContents, ReadFailure>,
        sha256: String? = nil
    ) -> AuditRequest {
        AuditRequest(
            inbox: settings.inboxes[job.file.inbox],
            relativePath: job.file.path,
            absolutePath: settings.place(job.file),
            content: content,
            sha256: sha256
        )
    }

    /// Decides whether an outcome is to be shown, and hands it over.
    private func judge(
        _ job: WorkQueue.Job,
        _ place: FilePath,
        _ outcome: AuditOutcome,
        _ look: Look,
        _ known: AuditReference?,
        remedy: String? = nil
    ) -> Next {
        let standing = Standing(outcome.unreadableCode)
        if standing == .deferred, let record = look.record, record.state == .deferred, record.identity == look.identity,
            record.reason == outcome.unreadableCode, hasResult(job.file)
        {
            // Nothing new: neither a new result nor a further entry. Before it is asked how long the file was quiet: of one in a
            // closed folder nobody knows, and it would settle for ever.
            return put(off: job, look, outcome.unreadableCode ?? "", remedy ?? outcome.message, isTold: true)
        }
        // Half a file looks like a bad one: only a complete report is shown at once.
        if !outcome.isComplete {
            let quiet = quiet(job, look.identity)
            let stoodStill = quiet.since.duration(to: .now)
            if look.isBeingWritten || stoodStill < settings.settleTime {
                if known == nil { settling.keep(outcome, of: job.file, sha256: look.sha256, basis: look.basis) }
                let obstacle = look.isBeingWritten ? WorkQueue.Obstacle.openForWriting : .unsettled
                let pause = max(
                    settings.settleTime - stoodStill,
                    look.isBeingWritten ? Self.pause(obstacle, job) : .zero
                )
                var next = job
                next.quiet = quiet
                return settle(next, obstacle, look.identity, pause)
            }
        }
        settling.forget(job.file)
        var news = ResultCommitter.News.all
        if let shown = look.record?.sha256, shown == look.sha256, look.record?.state != .deferred {
            news = .whatDiffers
        } else if look.record?.verdict == nil, isOlderThanLedger(job.file) {
            news = .whatDiffers
        }
        committer.submit(
            ResultCommitter.Item(
                job: job,
                place: place,
                result: settings.result(of: job.file),
                outcome: outcome,
                shown: shown(job, outcome, look, known, standing, remedy),
                record: look.record,
                news: news
            )
        )
        return .handedOver
    }

    private func shown(
        _ job: WorkQueue.Job,
        _ outcome: AuditOutcome,
        _ look: Look,
        _ known: AuditReference?,
        _ standing: Standing,
        _ remedy: String?
    ) -> ShownResult {
        let now = WallClock.milliseconds
        var audit = known
        if audit == nil, let sha256 = look.sha256, let kept = outcome.kept {
            audit = .new(
                StoredAudit(
                    sha256: sha256,
                    catalogue: look.basis.catalogue,
                    settings: look.basis.settings,
                    kept: kept,
                    auditedAt: now
                )
            )
        }
        let attempts = standing == .deferred ? Self.attempts(look.record, outcome.unreadableCode) : 0
        return ShownResult(
            state: standing.state,
            identity: look.identity,
            isRacy: look.isRacy,
            sha256: look.sha256,
            verdict: outcome.verdict.rawValue,
            code: outcome.unreadableCode,
            basis: look.basis,
            audit: audit,
            agency: outcome.agency,
            year: outcome.year,
            errors: outcome.errors,
            warnings: outcome.warnings,
            isReused: outcome.reused,
            attempts: attempts,
            nextAttempt: standing == .deferred ? now + Retry.delay(after: attempts) : nil,
            reason: standing == .done ? nil : outcome.unreadableCode,
            detail: standing == .done ? nil : remedy ?? outcome.message,
            noticedAt: job.noticedAt,
            finishedAt: now,
            durationMicroseconds: look.began.duration(to: .now).nanoseconds / 1000
        )
    }

    /// What an outcome means for the file.
    private enum Standing {
        case done, deferred, quarantined

        init(_ unreadableCode: String?) {
            self =
                switch unreadableCode.flatMap(LedgerReason.init(rawValue:)) {
                // These lie in the system, not in the content: they pass.
                case .permissionDenied, .ioError, .changed, .converterMissing: .deferred
                // It killed what read it, alone too.
                case .crashed, .timeout: .quarantined
                default: .done
                }
        }

        var state: FileState {
            switch self {
            case .done: .done
            case .deferred: .deferred
            case .quarantined: .quarantined
            }
        }
    }

    // MARK: - Waiting

    /// Since when the file stands still. A file that a walk found may have done so for years: its time of change tells.
    private func quiet(_ job: WorkQueue.Job, _ identity: FileIdentity?) -> WorkQueue.Quiet {
        if let quiet = job.quiet, quiet.identity == identity { return quiet }
        let now = ContinuousClock.now
        guard job.notice != .announced, let identity else { return WorkQueue.Quiet(identity: identity, since: now) }
        let age = max(0, WallClock.nanoseconds - identity.changed)
        return WorkQueue.Quiet(identity: identity, since: now - min(.nanoseconds(age), settings.settleTime))
    }

    private func settle(
        _ job: WorkQueue.Job,
        _ obstacle: WorkQueue.Obstacle,
        _ identity: FileIdentity?,
        _ pause: Duration
    ) -> Next {
        records.waiting(
            job.file,
            .settling,
            identity: identity,
            reason: obstacle == .openForWriting ? .openForWriting : .unsettled
        )
        return wait(job, obstacle, pause)
    }

    /// Waits with all others. The ledger is told why, once; but what did not work before keeps its own reason, by which its
    /// attempts are counted.
    private func wait(
        _ job: WorkQueue.Job,
        _ record: FileRecord?,
        _ part: ResultGate.Part,
        _ pause: Duration
    ) -> Next {
        var job = job
        if job.obstacle != .gateClosed, record?.state != .deferred {
            let reason: LedgerReason =
                switch part {
                case .results: .waitsForResults
                case .auditing: .waitsForWorkers
                }
            records.waiting(job.file, .queued, reason: reason)
            job.isTold = true
        }
        return wait(job, .gateClosed, pause)
    }

    private func wait(_ job: WorkQueue.Job, _ obstacle: WorkQueue.Obstacle, _ pause: Duration) -> Next {
        .again(job.meeting(obstacle), after: pause)
    }

    /// Tries again after a while that grows with each attempt.
    private func put(
        off job: WorkQueue.Job,
        _ look: Look,
        _ reason: String,
        _ detail: String,
        isTold: Bool = false
    ) -> Next {
        let attempts = Self.attempts(look.record, reason)
        if !isTold, look.record?.state != .deferred || look.record?.reason != reason {
            journal.deferred(settings.place(job.file), reason: reason, detail: detail)
        }
        let deferral = Deferral(
            identity: look.identity,
            attempts: attempts,
            nextAttempt: WallClock.milliseconds + Retry.delay(after: attempts),
            reason: reason,
            detail: detail
        )
        records.deferred(job.file, deferral, after: look.record)
        return .done
    }

    private static func attempts(_ record: FileRecord?, _ reason: String?) -> Int {
        guard let record, record.state == .deferred, record.reason == reason else { return 1 }
        return record.attempts + 1
    }

    /// How long to wait: twice as long each time, within limits that fit what is waited for.
    private static func pause(_ obstacle: WorkQueue.Obstacle, _ job: WorkQueue.Job) -> Duration {
        let (first, longest): (Duration, Duration) =
            switch obstacle {
            case .openForWriting: (.milliseconds(100), .seconds(30))
            case .changing: (.milliseconds(50), .seconds(10))
            case .noResources: (.milliseconds(200), .seconds(10))
            case .unsettled, .gateClosed: (.milliseconds(250), .seconds(30))
            }
        let tries = job.obstacle == obstacle ? job.tries : 0
        return min(longest, first * (1 << min(max(0, tries), 16)))
    }

    // MARK: - Results

    private func hasResult(_ file: InboxPath) -> Bool {
        settings.standing(ofResultOf: file, writtenAt: nil) != .missing
    }

    /// Whether the result lies there that the record speaks of.
    private func hasSoundResult(_ file: InboxPath, _ record: FileRecord) -> Bool {
        switch settings.standing(ofResultOf: file, writtenAt: record.finishedAt) {
        case .missing: false
        case .untouched: true
        case .changed: existingResult(file).map { ResultFile.sha256(in: $0) == record.sha256 } ?? false
        }
    }

    private func existingResult(_ file: InboxPath) -> [UInt8]? {
        try? SafeFile.read(path: settings.result(of: file)).bytes
    }

    /// Whether a result was there before the ledger was: the ledger was lost, the result need not be.
    private func isOlderThanLedger(_ file: InboxPath) -> Bool {
        guard let created = records.ledgerCreatedAt,
            let result = try? FileStatus(of: settings.result(of: file), followingLinks: false)
        else { return false }
        return result.identity.modified / 1_000_000 < created
    }
}
