// LedgerProbe churn LEDGER N    writes contents from N on without end, and says what is durable, until it is killed
// LedgerProbe full FOLDER       a ledger on a file system that is full for a while; mounts one
// LedgerProbe readonly FOLDER   a ledger on a file system that is read-only for a while; mounts one
// LedgerProbe read LEDGER       how many files are in which state, as the commands ask
// LedgerProbe time LEDGER ROWS  what reading and writing cost

import Glibc
import Ledger
import LinuxIO
import SystemPackage
import TestSupport

func say(_ words: Any..., to descriptor: CInt = STDOUT_FILENO) {
    let line = words.map { "\($0)" }.joined(separator: " ") + "\n"
    write(descriptor, line, line.utf8.count)
}

func fail(_ reason: String) -> Never {
    say("failed:", reason)
    exit(1)
}

func expect(_ condition: Bool, _ what: String) {
    if !condition { fail(what) }
}

func key(_ number: Int) -> LedgerKey {
    LedgerKey(inbox: "", path: Array("收件箱/街道办事处/2023年度/报告-\(number).docx".utf8))
}

func identity(_ number: Int) -> FileIdentity {
    FileIdentity(
        device: 65024,
        inode: UInt64(number),
        size: 20_000 + Int64(number),
        modified: 1_700_000_000_123_456_789 + Int64(number),
        changed: 1_700_000_000_123_456_789 + Int64(number)
    )
}

func sha256(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "5", count: 64 - digits.count) + digits
}

/// As many bytes as an audit has, and as repetitive: zlib makes a fifth of it.
func audit(_ number: Int) -> StoredAudit {
    var text = "{\"number\":\(number),\"findings\":["
    var seed = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15 | 1
    while text.utf8.count < 9000 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text +=
            "{\"rule\":\"table\(seed >> 61)-total\",\"severity\":\"error\",\"row\":\(seed >> 58),\"value\":\(seed >> 40),"
        text += "\"message\":\"第\(seed >> 60)行合计数\(seed >> 45 & 0xFFFF)与各列之和\(seed >> 30 & 0xFFFF)不符\"},"
    }
    return StoredAudit(
        sha256: sha256(number),
        catalogue: "2026.11",
        settings: "0f3a",
        kept: Array(text.utf8),
        auditedAt: WallClock.milliseconds
    )
}

func shown(_ number: Int, content: Int) -> ShownResult {
    ShownResult(
        identity: identity(content),
        sha256: sha256(content),
        verdict: "review",
        basis: AuditBasis(catalogue: "2026.11", settings: "0f3a", waivers: "77aa"),
        audit: .new(audit(content)),
        agency: "青禾县第\(number % 500)街道办事处",
        year: 2023,
        errors: 1,
        warnings: 2,
        noticedAt: 1,
        finishedAt: 2,
        durationMicroseconds: 3
    )
}

/// Tells on standard error, which a test can read meanwhile.
func churn(_ path: FilePath, from first: Int) throws {
    let keeper = try LedgerKeeper(at: path) { fail("\($0)") }
    var content = first
    while true {
        content += 1
        let (number, now) = (content % 200, content)
        keeper.submit(LedgerChange(key(number), .waiting(.working, identity: identity(now), reason: nil)))
        keeper.submit(LedgerChange(key(number), .shown(shown(number, content: now)))) {
            say(number, now, to: STDERR_FILENO)
        }
        if content % 7 == 0 {
            keeper.submit(LedgerChange(key(number), .waiting(.settling, identity: nil, reason: nil)))
        }
        // So that batches are of many sizes.
        while keeper.backlog > content % 60 { usleep(100) }
    }
}

func mount(_ arguments: String...) throws {
    let result = try Command.run(["mount"] + arguments)
    expect(result.status == 0, "mount: \(result.errors)")
}

func told(_ events: Monitor<[LedgerKeeper.Event]>) -> [String] {
    events.withLock { events in
        events.map { event in
            switch event {
            case .rebuilt(let reason, _): "rebuilt \(reason)"
            case .unavailable(let error): "unavailable \(error.reason)"
            case .available(let lost): "available \(lost)"
            }
        }
    }
}

func full(_ folder: FilePath) throws {
    try mount("-t", "tmpfs", "-o", "size=2m", "private", folder.string)
    let events = Monitor<[LedgerKeeper.Event]>([])
    let keeper = try LedgerKeeper(at: folder.appending("nianbao.sqlite")) { event in events.change { $0.append(event) }
    }
    keeper.submit(LedgerChange(key(1), .shown(shown(1, content: 1))))
    expect(keeper.flush(until: .now + .seconds(20)), "the first is not written")

    let filler = try Files.open(folder.appending("filler"), O_WRONLY | O_CREAT)
    let block = [UInt8](repeating: 1, count: 4096)
    while write(filler, block, block.count) > 0 {}
    close(filler)
    for number in 2..<300 { keeper.submit(LedgerChange(key(number), .shown(shown(number, content: number)))) }
    expect(eventually { told(events).count == 1 }, "nothing told")
    keeper.maintain()
    expect(keeper.read { ledger throws(LedgerError) in try ledger.entry(key(1)) } != nil, "cannot be read")
    expect(keeper.backlog >= 298, "written to a full disk: \(keeper.backlog)")
    say(told(events).joined(separator: "; "))

    try Files.remove(folder.appending("filler"))
    try mount("-o", "remount,size=64m", folder.string)
    expect(
        eventually {
            keeper.maintain()
            return told(events).count == 2
        },
        "nothing told of the end: \(told(events))"
    )
    expect(keeper.flush(until: .now + .seconds(20)), "not written in the end")
    let count = keeper.read { ledger throws(LedgerError) in try ledger.counts()[.done] ?? 0 }
    expect(count == 299, "\(String(describing: count)) rows")
    expect(keeper.stop(until: .now + .seconds(20)), "not ended")
    say(told(events).joined(separator: "; "))
}

func readonly(_ folder: FilePath) throws {
    try mount("-t", "tmpfs", "-o", "size=64m", "private", folder.string)
    let path = folder.appending("nianbao.sqlite")
    do {
        let keeper = try LedgerKeeper(at: path) { fail("\($0)") }
        keeper.submit(LedgerChange(key(1), .shown(shown(1, content: 1))))
        expect(keeper.stop(until: .now + .seconds(20)), "not ended")
    }
    try mount("-o", "remount,ro", folder.string)
    let events = Monitor<[LedgerKeeper.Event]>([])
    let keeper = try LedgerKeeper(at: path, expected: true) { event in events.change { $0.append(event) } }
    expect(told(events).count == 1, "told at first: \(told(events))")
    keeper.submit(LedgerChange(key(2), .shown(shown(2, content: 2))))
    keeper.maintain()
    try mount("-o", "remount,rw", folder.string)
    expect(
        eventually {
            keeper.maintain()
            return told(events).count == 2
        },
        "nothing told of the end: \(told(events))"
    )
    expect(keeper.flush(until: .now + .seconds(20)), "not written in the end")
    let count = keeper.read { ledger throws(LedgerError) in try ledger.counts()[.done] ?? 0 }
    expect(count == 2, "\(String(describing: count)) rows")
    expect(keeper.stop(until: .now + .seconds(20)), "not ended")
    say(told(events).joined(separator: "; "))
}

let arguments = CommandLine.arguments
expect(arguments.count >= 3, "LedgerProbe churn|full|readonly|time PATH [NUMBER]")
let path = FilePath(arguments[2])
let number = arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0
switch arguments[1] {
case "churn": try churn(path, from: number)
case "read":
    for (state, count) in try Ledger(reading: path).counts() { say(state, count) }
case "full": try full(path)
case "readonly": try readonly(path)
case "time": try measure(path, rows: number)
case "batches": try measureBatches(path, rows: number)
default: fail("no such task")
}
