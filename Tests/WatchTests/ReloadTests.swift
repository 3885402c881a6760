// A configuration that changes while the service runs: taken whole, or refused and told.

import Glibc
import LinuxIO
import Systemd
import TestSupport
import Testing

@Suite("a reload") struct ReloadTests {
    /// Sends SIGHUP and waits until systemd is told that it is over.
    private func reload(_ service: SupervisedService) {
        let count = service.notify.messages.count
        service.command.signal(SIGHUP)
        #expect(
            eventually { service.notify.hasTold("READY=1", after: count) },
            "\(service.notify.messages.map(\.text)) \(service.command.errorsSoFar)"
        )
        let told = service.notify.messages.dropFirst(count).map(\.text)
        let begin = told.first { $0.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") }
        #expect(begin != nil, "in one message: \(told)")
    }

    @Test func aGoodConfigurationTakesEffect() throws {
        let service = try SupervisedService(conversion: 2)
        try service.drop("inbox/a.txt")
        #expect(eventually { service.result("inbox/a.txt")?.contains(#""verdict" : "pass""#) == true })
        // In work, and on their way, while it changes.
        try Files.write("%PDF-1.4", to: service.folder("inbox/slow.pdf"))
        for number in 1...50 { try service.drop("inbox/\(number).txt", number) }
        try service.drop("inbox2/b.txt", 99)
        try SupervisedService.configure(
            service.folder,
            inboxes: ["inbox", "inbox2"],
            "rules: {parameters: {overview_minimum: 10000}}"
        )
        reload(service)
        #expect(service.notify.messages.contains { $0.text.contains("STATUS=2 个收件夹") })
        #expect(eventually { service.result("inbox2/b.txt") != nil }, "the new inbox")
        for number in [1, 25, 50] {
            #expect(
                eventually { service.result("inbox/\(number).txt")?.contains("section.empty") == true },
                "under the new rules: \(number)"
            )
        }
        #expect(
            eventually { service.result("inbox/a.txt")?.contains(#""verdict" : "fail""#) == true },
            "what was audited under the old rules is audited again"
        )
        #expect(eventually { service.result("inbox/slow.pdf") != nil }, "what was in work is not lost")

        try SupervisedService.configure(service.folder, inboxes: ["inbox2"], "")
        reload(service)
        try service.drop("inbox/ignored.txt", 7)
        try service.drop("inbox2/c.txt", 8)
        #expect(eventually { service.result("inbox2/c.txt") != nil })
        #expect(service.result("inbox/ignored.txt") == nil, "no inbox any more")
        service.stop()
    }

    @Test func aBadConfigurationIsRefused() throws {
        let service = try SupervisedService()
        try SupervisedService.configure(service.folder, "nonsense: 1\nworkers2: 3")
        reload(service)
        #expect(eventually { service.notify.hasTold("STATUS=1 个收件夹，已审 0，排队 0；新配置未采用：") })
        if !JournalWriter().isReachable {
            let told = service.command.errorsSoFar
            #expect(told.contains("nianbao.yaml:7:1: ") && told.contains("nianbao.yaml:8:1: "), "\(told)")
        }
        try service.drop("inbox/a.txt")
        #expect(eventually { service.result("inbox/a.txt") != nil }, "the old one stays in force")

        try SupervisedService.configure(service.folder, state: "elsewhere", "")
        reload(service)
        #expect(eventually { service.notify.hasTold("STATUS=1 个收件夹，已审 1，排队 0，最近：a.txt（合格）；新配置未采用：状态目录") })
        #expect(!Files.exists(service.folder("elsewhere")))

        try SupervisedService.configure(service.folder, inboxes: ["inbox", "missing"], "")
        reload(service)
        try service.drop("inbox/b.txt", 2)
        #expect(eventually { service.result("inbox/b.txt") != nil })

        try SupervisedService.configure(service.folder, "")
        let count = service.notify.messages.count
        reload(service)
        #expect(eventually { service.notify.hasTold("READY=1", after: count) })
        let last = service.notify.messages.last { $0.text.hasPrefix("READY=1") }
        #expect(last?.text.contains("未采用") == false, "\(last?.text ?? "")")
        service.stop()
    }
}
