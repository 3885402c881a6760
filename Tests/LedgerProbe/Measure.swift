import Glibc
import Ledger
import LinuxIO
import SystemPackage
import TestSupport

/// Processor time of this process, in microseconds.
private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

private func figure(_ name: String, per count: Int, _ body: () throws -> Void) rethrows {
    let (start, processor) = (ContinuousClock.now, processorTime())
    try body()
    let wall = Double((ContinuousClock.now - start).nanoseconds) / 1e3
    let used = processorTime() - processor
    func number(_ value: Double) -> String { "\(Double(Int(value * 100)) / 100)" }
    say(
        name,
        "| wall",
        number(wall / Double(count)),
        "µs | cpu",
        number(used / Double(count)),
        "µs | total",
        Int(wall / 1e3),
        "ms"
    )
}

private func bytes(_ path: FilePath, _ ending: String) -> Int64 {
    (try? FileStatus(of: FilePath(path.string + ending)).identity.size) ?? 0
}

/// What a ledger of so many files costs, in processor time and otherwise.
func measure(_ path: FilePath, rows: Int) throws {
    let keeper = try LedgerKeeper(at: path) { fail("\($0)") }
    var prepared = (0..<2000).map { shown($0, content: $0) }
    let largestLog = Monitor<Int64>(0)
    func submit(_ range: Range<Int>, _ change: (Int) -> LedgerChange) {
        for number in range {
            keeper.submit(change(number))
            if number % 256 == 0 {
                while keeper.backlog > 2000 { usleep(200) }
                largestLog.withLock { $0 = max($0, bytes(path, "-wal")) }
            }
        }
        expect(keeper.flush(until: .now + .seconds(600)), "not written")
    }
    figure("queued, new rows", per: rows) {
        submit(0..<rows) { LedgerChange(key($0), .waiting(.queued, identity: identity($0), reason: nil)) }
    }
    // Somebody always reads, as the walk does: the log must not grow for that.
    let isReading = Monitor(true)
    let reader = try WorkerThread(name: "reader") {
        let keys = (0..<256).map(key)
        while isReading.withLock({ $0 }) {
            _ = keeper.read { ledger throws(LedgerError) in try ledger.entries(keys) }
            largestLog.withLock { $0 = max($0, bytes(path, "-wal")) }
            usleep(500)
        }
    }
    figure("shown, 9 KB audit, beside a reader", per: rows) {
        submit(0..<rows) { number in
            var result = prepared[number % prepared.count]
            result.identity = identity(number)
            result.sha256 = sha256(number)
            if case .new(var audit) = result.audit {
                audit.sha256 = sha256(number)
                result.audit = .new(audit)
            }
            return LedgerChange(key(number), .shown(result))
        }
    }
    isReading.withLock { $0 = false }
    reader.join()
    prepared = []
    figure("unchanged", per: rows) {
        submit(0..<rows) { LedgerChange(key($0), .unchanged(identity: identity($0), isRacy: false)) }
    }
    say("log at most", largestLog.withLock { $0 } >> 20, "MB; database", bytes(path, "") >> 20, "MB")

    var order = Array(0..<rows)
    order.shuffle()
    for (name, numbers) in [("in order", Array(0..<rows)), ("in any order", order)] {
        var found = 0
        figure("entries, 256 at once, \(name)", per: rows) {
            for start in stride(from: 0, to: rows, by: 256) {
                let keys = numbers[start..<min(start + 256, rows)].map(key)
                found +=
                    keeper.read { ledger throws(LedgerError) in try ledger.entries(keys) }?.compactMap(\.self).count
                    ?? 0
            }
        }
        expect(found == rows, "\(found) found")
    }
    figure("keys alone", per: rows) { expect(order.map(key).count == rows, "") }
    let single = min(rows, 10_000)
    figure("entry", per: single) {
        for number in order.prefix(single) {
            _ = keeper.read { ledger throws(LedgerError) in try ledger.entry(key(number)) }
        }
    }
    figure("audit", per: single) {
        for number in order.prefix(single) {
            _ = keeper.read { ledger throws(LedgerError) in
                try ledger.audit(sha256: sha256(number), catalogue: "2026.11", settings: "0f3a")
            }
        }
    }
    var missing = 0
    figure("missing", per: rows) {
        keeper.read { ledger throws(LedgerError) in
            try ledger.missing(inbox: "", below: [], seen: { $0 % 2 == 0 }, each: { _ in missing += 1 })
        }
    }
    expect(missing == rows / 2, "\(missing) missing")
    figure("counts", per: 1) { _ = keeper.read { ledger throws(LedgerError) in try ledger.counts() } }
    figure("due, none", per: 100) {
        for _ in 0..<100 {
            _ = keeper.read { ledger throws(LedgerError) in try ledger.due(now: 5, inboxes: [""], limit: 100) }
        }
    }
    figure("history of a body", per: 1) {
        _ = keeper.read { ledger throws(LedgerError) in
            try ledger.history(agency: { $0.hasSuffix("第7街道办事处") }, limit: 1000)
        }
    }
    figure("list, first 100", per: 1) {
        _ = keeper.read { ledger throws(LedgerError) in try ledger.list(limit: 100) }
    }
    figure("verify", per: 1) { keeper.verify() }
    figure("left", per: rows) { submit(0..<rows) { LedgerChange(key($0), .left) } }
    figure("forget", per: rows) {
        while let old = keeper.read({ ledger throws(LedgerError) in try ledger.expired(leftBefore: .max, limit: 1000) }
        ), !old.isEmpty {
            keeper.read { ledger throws(LedgerError) in try ledger.forget(old.map(\.id)) }
        }
    }
    expect(keeper.stop(until: .now + .seconds(60)), "not ended")
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    say("resident at most", usage.ru_maxrss >> 10, "MB; log after the end", bytes(path, "-wal"))
}

/// What one thread needs for a batch, without the writer.
func measureBatches(_ path: FilePath, rows: Int) throws {
    let ledger = try Ledger(at: path)
    let results = (0..<rows).map { LedgerChange(key($0), .shown(shown($0, content: $0))) }
    for round in 0..<3 {
        figure("shown in batches of 128, round \(round)", per: rows) {
            for start in stride(from: 0, to: rows, by: 128) {
                try? ledger.record(Array(results[start..<min(start + 128, rows)]), now: 1)
            }
        }
    }
    figure("waiting in batches of 128", per: rows) {
        for start in stride(from: 0, to: rows, by: 128) {
            let changes = (start..<min(start + 128, rows)).map {
                LedgerChange(key($0), .waiting(.queued, identity: identity($0), reason: nil))
            }
            try? ledger.record(changes, now: 1)
        }
    }
}
