// systemd hears that the service lives exactly as long as every part of it moves that has something to do.

import Glibc
import Systemd
import TestSupport
import Testing

@Suite("the watchdog") struct WatchdogTests {
    @Test(arguments: ["watcher", "queue", "pool", "committer", "ledger"])
    func aPartThatStandsStillIsToldAndEndsTheSignsOfLife(_ part: String) throws {
        let service = try SupervisedService(failpoint: part)
        try service.drop("inbox/before.txt")
        #expect(eventually { service.result("inbox/before.txt") != nil }, "\(service.command.errorsSoFar)")
        #expect(eventually { service.notify.lastSignOfLife != nil })
        try service.stall()
        for number in 1...3 { try service.drop("inbox/\(number).txt", number) }
        #expect(service.isGivenUp(), "\(service.notify.messages.map(\.text).suffix(10))")
        if !JournalWriter().isReachable {
            let told = service.command.errorsSoFar.split(separator: "\n").filter { $0.contains("NIANBAO_PART=\(part)") }
            #expect(told.count == 1 && told[0].hasPrefix("<2>"), "once: \(service.command.errorsSoFar)")
        }
        if part == "ledger" {
            #expect(eventually { service.result("inbox/3.txt") != nil }, "the others go on")
        }
        #expect(kill(service.command.process, 0) == 0, "it does not end by itself")
        service.command.signal(SIGKILL)
        _ = service.command.wait()
    }

    @Test func anIdleServiceLives() throws {
        let service = try SupervisedService()
        #expect(service.livesOn(for: .seconds(8)))
        service.stop()
    }

    @Test func aBusyServiceLives() throws {
        let service = try SupervisedService()
        for number in 1...300 { try service.drop("inbox/\(number).txt", number) }
        #expect(service.livesOn(for: .seconds(6)))
        #expect(eventually { service.result("inbox/300.txt") != nil })
        service.stop()
    }

    @Test func aSlowConversionIsNoStall() throws {
        let service = try SupervisedService(conversion: 9)
        for number in 1...4 { try Files.write("%PDF-1.4 \(number)", to: service.folder("inbox/\(number).pdf")) }
        #expect(service.livesOn(for: .seconds(15)), "\(service.command.errorsSoFar)")
        #expect(!service.command.errorsSoFar.contains("NIANBAO_PART"), "\(service.command.errorsSoFar)")
        service.stop()
    }

    @Test func aFullDiskIsNoStall() throws {
        let service = try SupervisedService(resultBytes: 64 << 10)
        for number in 1...20 { try service.drop("inbox/\(number).txt", number) }
        #expect(service.livesOn(for: .seconds(12)), "\(service.command.errorsSoFar)")
        #expect(!service.command.errorsSoFar.contains("NIANBAO_PART"), "\(service.command.errorsSoFar)")
        if !JournalWriter().isReachable {
            #expect(service.command.errorsSoFar.contains("result-not-written"), "the disk was full")
        }
        service.stop()
    }
}
