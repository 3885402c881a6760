// The way of one file: look, wait until it is whole, read, audit, write the result, tell the journal.

import Glibc
import LinuxIO
import Systemd
import SystemPackage

struct FileWorker: Sendable {
    let settings: ServiceSettings
    let auditor: any FileAuditor
    let journal: ServiceJournal
    let queue: WorkQueue
    let audited: AuditedFiles
    /// For the files whose threads outnumber those that this machine could feed.
    let budget: ByteBudget
    /// Called after each audit whose result lies in place.
    let countAudit: @Sendable () -> Void
    /// Called when nothing is left to do for now.
    let becameIdle: @Sendable () -> Void

    /// A file that changes that often while it is read is reported as such.
    private static let maximumTries = 10

    /// Works on the files of `lane` until the queue is stopped.
    func run(_ lane: AuditLane) {
        while let job = queue.next(lane) {
            let next = process(job)
            let retry = next.map { ($0, $0.lane == lane ? Self.pause(before: $0) : .zero) }
            if queue.finish(job, retry: retry) {
                becameIdle()
            }
        }
    }

    /// How long to wait: twice as long each time, within limits that fit what is waited for.
    private static func pause(before job: WorkQueue.Job) -> Duration {
        let (first, longest): (Duration, Duration) =
            switch job.obstacle {
            case .openForWriting: (.milliseconds(100), .seconds(30))
            case .changing, nil: (.milliseconds(50), .seconds(10))
            case .noResources: (.milliseconds(200), .seconds(10))
            case .unsettled: (.milliseconds(250), .seconds(30))
            case .resultNotWritten, .auditUnavailable: (.milliseconds(500), .seconds(60))
            }
        return min(longest, first * (1 << min(max(0, job.tries - 1), 16)))
    }

    /// - Returns: the job to be done again, or nil when the file needs nothing more.
    private func process(_ job: WorkQueue.Job) -> WorkQueue.Job? {
        let inbox = settings.inboxes[job.file.inbox]
        let status: FileStatus
        do {
            status = try SafeFile.status(of: job.file.path, beneath: inbox.path)
        } catch {
            return failed(job, error, nil)
        }
        guard status.kind == .regular else {
            audited[job.file] = nil
            return nil
        }
        if let record = audited[job.file], record.identity == status.identity,
            !(job.notice == .announced && record.mayBeOutdated),
            (try? FileStatus(of: resultPath(job.file), followingLinks: false)) != nil
        {
            return nil
        }

        let contents: FileContents
        var reserved: Int64 = 0
        defer { budget.giveBack(reserved) }
        do {
            let file = try SafeFile(opening: job.file.path, beneath: inbox.path)
            if job.notice == .found, let obstacle = obstacle(to: file, job) {
                return job.meeting(obstacle, identity: file.identity)
            }
            if job.lane == .batched {
                reserved = budget.take(min(file.identity.size, Int64(settings.maximumFileBytes)))
            }
            contents = try file.contents(maximumBytes: settings.maximumFileBytes)
        } catch {
            return failed(job, error, status.identity)
        }
        // A scan finds every file again, and a coarse clock cannot tell two states apart: the content can.
        if job.notice == .found || audited[job.file]?.identity == contents.identity,
            existingDigest(job.file) == settings.sha256(contents.bytes)
        {
            remember(job.file, contents.identity, isUnreadable: false)
            return nil
        }
        let lane = auditor.lane(of: contents.bytes)
        guard lane == job.lane else {
            // The threads of that lane read it anew: here it would only take room while it waits.
            var next = job
            next.lane = lane
            return next
        }
        return audit(job, .success(contents), contents.identity)
    }

    /// Whether a file that nobody announced may still be half written.
    private func obstacle(to file: borrowing SafeFile, _ job: WorkQueue.Job) -> WorkQueue.Obstacle? {
        switch file.writers() {
        case .present:
            return .openForWriting
        case .none:
            return nil
        case .unknown:
            // Only the kernel sets this time; a file system with a wrong clock is settled when two looks agree.
            let age = Self.nanosecondsSince1970() - file.identity.changed
            let isOld = age >= settings.settleTime.nanoseconds
            let stoodStill = job.obstacle == .unsettled && job.identity == file.identity
            let waited = Self.pause(before: job) >= settings.settleTime
            return isOld || (stoodStill && waited) ? nil : .unsettled
        }
    }

    private func failed(_ job: WorkQueue.Job, _ failure: ReadFailure, _ identity: FileIdentity?) -> WorkQueue.Job? {
        let obstacle: WorkQueue.Obstacle
        switch failure {
        case .notFound:
            // It left again; there is nothing to say about it.
            audited[job.file] = nil
            return nil
        case .changed:
            obstacle = .changing
        case .ioError(let code) where [EMFILE, ENFILE, ENOMEM].contains(code):
            obstacle = .noResources
        default:
            return audit(job, .failure(failure), identity)
        }
        let next = job.meeting(obstacle)
        return next.tries <= Self.maximumTries ? next : audit(job, .failure(failure), identity)
    }

    private func audit(
        _ job: WorkQueue.Job,
        _ content: Result<FileContents, ReadFailure>,
        _ identity: FileIdentity?
    ) -> WorkQueue.Job? {
        let inbox = settings.inboxes[job.file.inbox]
        let request = AuditRequest(
            inbox: inbox,
            relativePath: job.file.path,
            absolutePath: inbox.path.appending(job.file.path.components),
            content: content
        )
        let result = resultPath(job.file)
        let outcome: AuditOutcome
        do throws(AuditUnavailable) {
            outcome = try auditor.audit(request)
        } catch {
            let next = job.meeting(.auditUnavailable)
            if next.tries == 1 {
                journal.auditUnavailable(request.absolutePath, error)
            }
            return next
        }
        do {
            try AtomicFile.write(outcome.json, to: result)
        } catch {
            let next = job.meeting(.resultNotWritten)
            if next.tries == 1 {
                journal.resultNotWritten(request.absolutePath, result: result, error)
            }
            return next
        }
        var isUnreadable = false
        if case .failure = content {
            isUnreadable = true
        }
        remember(job.file, identity, isUnreadable: isUnreadable)
        countAudit()
        journal.audited(request, outcome, result: result)
        return nil
    }

    private func remember(_ file: InboxPath, _ identity: FileIdentity?, isUnreadable: Bool) {
        audited[file] = identity.map { identity in
            // The clock of files ticks every 4 or 10 ms before Linux 6.13, every 2 s on FAT.
            let age = Self.nanosecondsSince1970() - identity.changed
            return AuditedFiles.Record(
                identity: identity,
                isUnreadable: isUnreadable,
                mayBeOutdated: age < 2_000_000_000
            )
        }
    }

    private func resultPath(_ file: InboxPath) -> FilePath {
        let inbox = settings.inboxes[file.inbox]
        let relative = ResultFile.path(of: file.path, in: inbox, sha256: settings.sha256)
        return settings.resultsFolder.appending(relative.components)
    }

    private func existingDigest(_ file: InboxPath) -> String? {
        guard let result = try? SafeFile.read(path: resultPath(file)) else { return nil }
        return ResultFile.sha256(in: result.bytes)
    }

    private static func nanosecondsSince1970() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension ServiceSettings {
    /// The folder of results.
    var resultsFolder: FilePath { stateFolder.appending("results") }
}
