// One thread writes, and takes with it all that waits: a hundred files a transaction cost hardly more than one.

import LinuxIO

/// Writes changes, those of one file in the order in which they come, many in one transaction. A change is not durable when
/// ``submit(_:whenDurable:)`` returns: what must not come before that waits in `whenDurable`.
public final class LedgerWriter: Sendable {
    /// How the writing goes, for those who tell about it.
    public enum Event: Sendable {
        /// Changes could not be written; they are kept and tried again.
        case failed(LedgerError)
        /// They can be written again. `lost`: there was no room for all of them, so the ledger must be compared with all
        /// files anew.
        case recovered(lost: Bool)
    }

    /// Writes a batch, or says why not.
    typealias Sink = @Sendable (LedgerBatch) throws(LedgerError) -> Void

    fileprivate struct State {
        var pending: [LedgerKey: PendingChanges] = [:]
        /// Those that are written as soon as possible, the longest waiting first. May name files that wait no more.
        var urgent = FirstInFirstOut<LedgerKey>()
        /// The others, with the time at which they are written. May name files that wait no more, or are urgent now.
        var lazy = FirstInFirstOut<(key: LedgerKey, ripe: ContinuousClock.Instant)>()
        /// The last word of the service about itself.
        var service: ServiceRecord?
        var serviceIsDue = ContinuousClock.now
        /// Before this the next transaction is not begun.
        var notBefore = ContinuousClock.now
        /// The thread waits for that.
        var isPacing = false
        var keptBytes = 0
        var calls: UInt64 = 0
        /// Files of the batch that is being written.
        var writing = 0
        var isFailing = false
        var hasLost = false
        /// Somebody waits for everything.
        var flushes = 0
        /// Counted up to end a rest.
        var nudges = 0
        var isStopped = false
        var hasEnded = false
        /// A transaction is under way.
        var isWriting = false
        /// Counted up whenever the thread gets on.
        var moves: UInt64 = 0
    }

    private struct Batch {
        var changes: [LedgerKey: PendingChanges] = [:]
        var service: ServiceRecord?
    }

    /// Files of which changes wait, at most. Nobody should hold more than the memory of the service may have, while the disk
    /// is full.
    private static let capacity = 20_000
    /// Audits that wait to be kept, at most, in bytes.
    fileprivate static let mostKeptBytes = 16 << 20
    /// Files of one transaction, at most: those that come next must not wait for long.
    private static let largestBatch = 256
    /// Transactions come no faster than this, unless many changes wait: each takes a flush of the disk, and nobody waits for one.
    private static let pace = Duration.milliseconds(100)
    /// So many.
    private static let manyFiles = largestBatch / 2
    /// How long "it waits" waits: most files have a result sooner.
    fileprivate static let laziness = Duration.milliseconds(100)
    /// How often the service's word about itself is written.
    private static let servicePause = Duration.seconds(1)
    /// How long somebody who has more to say is held up while the disk is merely slow.
    private static let longestHold = Duration.seconds(1)
    /// After a failure: first, and at most.
    private static let pauses = (first: Duration.seconds(1), last: Duration.seconds(60))

    private let sink: Sink
    private let tell: @Sendable (Event) -> Void
    private let state = Monitor(State())

    /// Starts the thread.
    ///
    /// - Parameter tell: called on that thread when writing begins to fail, and when it goes on.
    public convenience init(
        _ ledger: Ledger,
        tell: @escaping @Sendable (Event) -> Void
    ) throws(SystemCallError) {
        try self.init(tell: tell) { batch throws(LedgerError) in try ledger.record(batch) }
    }

    init(tell: @escaping @Sendable (Event) -> Void, sink: @escaping Sink) throws(SystemCallError) {
        self.sink = sink
        self.tell = tell
        let thread = try WorkerThread(name: "ledger") { [self] in run() }
        thread.detach()
    }

    // MARK: - For everybody

    /// Hands a change over. May wait for a second when more than 20,000 files have changes that are not written; after that,
    /// and at once while the disk fails, changes are dropped, those that only say "it waits" before others, and
    /// `recovered(lost: true)` tells of it.
    ///
    /// - Parameter whenDurable: called, on the thread of the writer, when the change, or a later one of the file, is on the
    ///   disk; never if it was dropped.
    public func submit(_ change: LedgerChange, whenDurable: (@Sendable () -> Void)? = nil) {
        let step = LedgerBatch.Step(key: change.key, what: change.what, at: WallClock.milliseconds)
        guard makeRoom(for: change) else { return }
        let wakes = state.withLock { state -> Bool in
            guard !state.isStopped else { return false }
            let isIdle = state.urgent.isEmpty && state.lazy.isEmpty
            var call: PendingChanges.Call?
            if let whenDurable {
                state.calls += 1
                call = PendingChanges.Call(number: state.calls, body: whenDurable)
            }
            let becomesUrgent = state.append(step, call)
            return state.isPacing ? state.pending.count == Self.manyFiles : becomesUrgent || isIdle
        }
        if wakes { state.wake() }
    }

    /// Hands over what the service says of itself. The last word is written, with other changes or alone, once a second at
    /// most.
    public func submit(_ record: ServiceRecord) {
        let wakes = state.withLock { state -> Bool in
            defer { state.service = record }
            return state.service == nil && !state.isPacing
        }
        if wakes { state.wake() }
    }

    /// Of how many files changes are not written yet.
    public var backlog: Int { state.withLock { $0.pending.count + $0.writing } }

    /// A number that changes whenever the writing gets on; nil while there is nothing to write, and between attempts while it
    /// fails, which is told.
    public var progress: UInt64? {
        state.withLock { $0.isWriting || (!$0.pending.isEmpty && !$0.isFailing) ? $0.moves : nil }
    }

    /// Waits until everything that was handed over is on the disk, at the latest until `deadline`.
    ///
    /// - Returns: whether it is.
    public func flush(until deadline: ContinuousClock.Instant) -> Bool {
        state.change { $0.flushes += 1 }
        defer { state.change { $0.flushes -= 1 } }
        return state.wait { state in
            if state.pending.isEmpty && state.writing == 0 { return .done(true) }
            return deadline <= .now || state.hasEnded ? .done(false) : .wait(until: deadline)
        }
    }

    /// Writes what waits, if need be once more, and ends the thread.
    ///
    /// - Returns: whether everything is on the disk; what is not, the walk of the next start finds.
    public func stop(until deadline: ContinuousClock.Instant) -> Bool {
        state.change { $0.isStopped = true }
        return state.wait { state in
            if state.hasEnded { return .done(state.pending.isEmpty) }
            return deadline <= .now ? .done(false) : .wait(until: deadline)
        }
    }

    /// Tries at once what could not be written: something has changed.
    func nudge() {
        state.change { $0.nudges += 1 }
    }

    /// False when the change is dropped.
    private func makeRoom(for change: LedgerChange) -> Bool {
        let isMinor = if case .waiting = change.what { true } else { false }
        let end = ContinuousClock.now + Self.longestHold
        return state.wait { state in
            guard state.pending.count >= Self.capacity, state.pending[change.key] == nil, !state.isStopped else {
                return .done(true)
            }
            if !isMinor && !state.isFailing && .now < end { return .wait(until: end) }
            state.hasLost = true
            return .done(!isMinor && state.dropOne())
        }
    }

    // MARK: - The thread

    private func run() {
        var pause = Self.pauses.first
        while let batch = next() {
            Failpoint.pass("ledger")
            do {
                try sink(Self.ordered(batch))
                pause = Self.pauses.first
                succeeded(batch)
            } catch {
                let isLast = failed(batch, error)
                if isLast { break }
                rest(pause)
                pause = min(pause * 2, Self.pauses.last)
            }
        }
        state.change { $0.hasEnded = true }
    }

    private func succeeded(_ batch: Batch) {
        let lost = state.withLock { state -> Bool? in
            (state.isWriting, state.moves) = (false, state.moves + 1)
            defer { (state.isFailing, state.hasLost) = (false, false) }
            return state.isFailing || state.hasLost ? state.hasLost : nil
        }
        if let lost { tell(.recovered(lost: lost)) }
        let calls = batch.changes.values.flatMap(\.calls).sorted { $0.number < $1.number }
        for call in calls { call.body() }
        state.change { $0.writing = 0 }
    }

    /// True when it was the last attempt.
    private func failed(_ batch: Batch, _ error: LedgerError) -> Bool {
        let (isNew, isLast) = state.change { state in
            defer { state.isFailing = true }
            (state.isWriting, state.moves) = (false, state.moves + 1)
            state.putBack(batch.changes)
            state.service = state.service ?? batch.service
            state.writing = 0
            return (!state.isFailing, state.isStopped)
        }
        if isNew { tell(.failed(error)) }
        return isLast
    }

    private func next() -> Batch? {
        state.wait { state in
            let now = ContinuousClock.now
            let takesAll = state.isStopped || state.flushes > 0
            state.isPacing = now < state.notBefore && !takesAll && state.pending.count < Self.manyFiles
            if state.isPacing { return .wait(until: state.notBefore) }
            var batch = Batch()
            while batch.changes.count < Self.largestBatch, let key = state.urgent.popFirst() {
                state.take(key, into: &batch.changes)
            }
            while batch.changes.count < Self.largestBatch, let first = state.lazy.first,
                takesAll || first.ripe <= now
            {
                _ = state.lazy.popFirst()
                state.take(first.key, into: &batch.changes)
            }
            let serviceIsDue = state.service != nil && (state.serviceIsDue <= now || state.isStopped)
            if serviceIsDue {
                (batch.service, state.service) = (state.service, nil)
                state.serviceIsDue = now + Self.servicePause
            }
            state.writing = batch.changes.count
            if !batch.changes.isEmpty || serviceIsDue {
                state.notBefore = now + Self.pace
                (state.isWriting, state.moves) = (true, state.moves + 1)
                return .done(batch)
            }
            if state.isStopped { return .done(nil) }
            let service = state.service == nil ? nil : state.serviceIsDue
            return .wait(until: [state.lazy.first?.ripe, service].compactMap(\.self).min())
        }
    }

    /// Waits for a while, or until somebody stops or nudges the writer.
    private func rest(_ pause: Duration) {
        let end = ContinuousClock.now + pause
        let nudges = state.withLock { $0.nudges }
        state.wait { state in
            state.isStopped || state.nudges != nudges || end <= .now ? .done(()) : .wait(until: end)
        }
    }

    /// Durable if anything in it is to be: "it waits" is worth no wait for the disk, since the next start finds the file anyway.
    private static func ordered(_ batch: Batch) -> LedgerBatch {
        var ordered = LedgerBatch(service: batch.service, isDurable: false)
        for changes in batch.changes.values {
            ordered.steps.append(contentsOf: changes.steps)
            if changes.isUrgent || !changes.calls.isEmpty { ordered.isDurable = true }
        }
        return ordered
    }
}

// MARK: - The books

extension LedgerWriter.State {
    /// True when the writer has to look at it before its time.
    fileprivate mutating func append(_ step: LedgerBatch.Step, _ call: PendingChanges.Call?) -> Bool {
        let isNew = pending[step.key] == nil
        var changes = pending[step.key] ?? PendingChanges()
        let wasUrgent = changes.isUrgent
        keptBytes -= changes.keptBytes
        changes.append(step, call)
        keptBytes += changes.keptBytes
        pending[step.key] = changes
        if keptBytes > LedgerWriter.mostKeptBytes { dropAudits() }
        if changes.isUrgent {
            if !wasUrgent { urgent.append(step.key) }
            return !wasUrgent
        }
        if isNew { lazy.append((step.key, .now + LedgerWriter.laziness)) }
        return false
    }

    fileprivate mutating func take(_ key: LedgerKey, into batch: inout [LedgerKey: PendingChanges]) {
        guard let changes = pending.removeValue(forKey: key) else { return }
        keptBytes -= changes.keptBytes
        batch[key] = changes
    }

    /// What could not be written comes before what came meanwhile.
    fileprivate mutating func putBack(_ batch: [LedgerKey: PendingChanges]) {
        for (key, changes) in batch {
            var changes = changes
            if let later = pending[key] {
                keptBytes -= later.keptBytes
                changes.append(later)
            }
            keptBytes += changes.keptBytes
            pending[key] = changes
            // It may stand there already: then the second place finds nothing.
            if changes.isUrgent { urgent.append(key) } else { lazy.append((key, .now)) }
        }
        if keptBytes > LedgerWriter.mostKeptBytes { dropAudits() }
    }

    /// Forgets the changes of one file, of those that only say "it waits" if there is one. False when there is none.
    fileprivate mutating func dropOne() -> Bool {
        while let first = lazy.popFirst() {
            guard let changes = pending[first.key], !changes.isUrgent else { continue }
            pending[first.key] = nil
            keptBytes -= changes.keptBytes
            return true
        }
        while let key = urgent.popFirst() {
            guard let changes = pending.removeValue(forKey: key) else { continue }
            keptBytes -= changes.keptBytes
            return true
        }
        return false
    }

    private mutating func dropAudits() {
        for key in pending.keys { pending[key]?.dropAudits() }
        keptBytes = 0
    }
}
