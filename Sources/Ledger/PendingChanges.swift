import LinuxIO

/// What is still to be written about one file. Changes that nobody would see any more are dropped on the way; whether they
/// are or not, the row is the same in the end.
struct PendingChanges {
    /// Results of one file that wait at most, while the disk fails: of more, the oldest are dropped from its history.
    private static let mostResults = 16
    /// The same for what is to be called.
    private static let mostCalls = 64

    /// What is to be called when all is on the disk; `number` tells the order among all files.
    struct Call {
        var number: UInt64
        var body: @Sendable () -> Void
    }

    /// In the order in which they are to be written.
    private(set) var steps: [LedgerBatch.Step] = []
    private(set) var calls: [Call] = []

    /// Whether somebody waits for it, or will: anything but "it waits" and audits that may be of use.
    private(set) var isUrgent = false

    /// Bytes of audits that are to be kept.
    private(set) var keptBytes = 0

    mutating func append(_ step: LedgerBatch.Step, _ call: Call?) {
        if let call {
            calls.append(call)
            if calls.count > Self.mostCalls { calls.removeFirst() }
        }
        switch step.what {
        case .kept(let audit):
            // Refers to nothing and nothing refers to it: its place does not matter.
            steps.insert(step, at: 0)
            keptBytes += audit.kept.count
        case .waiting(let state, let identity, let reason):
            // What came before stays, unless it is only another "it waits": a result, or how often it was tried.
            guard let last = steps.last, case .waiting(_, let known, _) = last.what else { return steps.append(step) }
            steps[steps.count - 1].what = .waiting(state, identity: identity ?? known, reason: reason)
            steps[steps.count - 1].at = step.at
        case .shown(let result):
            dropReplaced()
            steps.append(step)
            keptBytes += result.keptBytes
            isUrgent = true
            limitResults()
        case .deferred(var deferral):
            deferral.identity = deferral.identity ?? lastIdentity
            dropReplaced()
            steps.append(LedgerBatch.Step(key: step.key, what: .deferred(deferral), at: step.at))
            isUrgent = true
        case .unchanged, .left:
            dropReplaced()
            steps.append(step)
            isUrgent = true
        }
    }

    /// All that came later, behind what could not be written.
    mutating func append(_ later: PendingChanges) {
        for step in later.steps { append(step, nil) }
        calls.append(contentsOf: later.calls)
        if calls.count > Self.mostCalls { calls.removeFirst(calls.count - Self.mostCalls) }
    }

    /// Gives up the audits that are to be kept: the next audit of the same content takes longer, nothing else.
    mutating func dropAudits() {
        steps.removeAll { if case .kept = $0.what { true } else { false } }
        for index in steps.indices {
            guard case .shown(var result) = steps[index].what, result.keptBytes > 0 else { continue }
            result.audit = nil
            steps[index].what = .shown(result)
        }
        keptBytes = 0
    }

    /// Every change but "it waits" says all that is to be said; only results (for the history) and audits stay beside it.
    private mutating func dropReplaced() {
        steps.removeAll { step in
            switch step.what {
            case .shown, .kept: false
            case .waiting, .deferred, .unchanged, .left: true
            }
        }
    }

    private mutating func limitResults() {
        guard steps.count > Self.mostResults else { return }
        keptBytes -= steps.removeFirst().keptBytes
    }

    private var lastIdentity: FileIdentity? {
        for step in steps.reversed() {
            switch step.what {
            case .waiting(_, let identity?, _), .unchanged(let identity, _): return identity
            case .deferred(let deferral) where deferral.identity != nil: return deferral.identity
            case .shown: return nil
            default: continue
            }
        }
        return nil
    }
}

extension LedgerBatch.Step {
    fileprivate var keptBytes: Int {
        switch what {
        case .kept(let audit): audit.kept.count
        case .shown(let result): result.keptBytes
        default: 0
        }
    }
}

extension ShownResult {
    fileprivate var keptBytes: Int {
        if case .new(let audit) = audit { audit.kept.count } else { 0 }
    }
}
