// Asking a running service how it is doing, and having it reload, over its socket.

import AuditService
import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the control socket") struct ControlTests {
    private func nianbao(_ words: String...) throws -> CommandResult {
        try Command.run([try TestPaths.nianbao] + words, environment: ["LANG": "zh_CN.UTF-8", "LC_ALL": ""])
    }

    /// What the socket answers to raw bytes; nil when it closes without a word.
    private func raw(_ service: SupervisedService, _ bytes: [UInt8]) throws -> String? {
        let socket = try LocalSocket.connect(to: service.folder("state/control"))
        _ = LocalSocket.send(bytes[...], to: socket.number)
        var answer: [UInt8] = []
        while try Poll.readable([socket.number], timeout: .seconds(30))[0] {
            guard let more = LocalSocket.receive(socket.number, atMost: 65_536) else { break }
            answer += more
        }
        return answer.isEmpty ? nil : String(decoding: answer, as: UTF8.self)
    }

    @Test func statusComesFromTheService() throws {
        let service = try SupervisedService()
        let state = service.folder("state").string
        try service.drop("inbox/甲局.txt")
        #expect(eventually { service.result("inbox/甲局.txt") != nil })
        let isCounted = try eventually {
            try nianbao("status", "--state", state).output.contains("此后审核 1 个文件")
        }
        #expect(isCounted)
        let socket = try FileStatus(of: service.folder("state/control"))
        #expect(socket.kind == .socket && socket.permissions == "0660", "\(socket)")
        // A configuration that is broken by now tells nothing of the service that runs.
        try SupervisedService.configure(service.folder, "nonsense: 1")
        let runtime = try Command.run(
            [try TestPaths.nianbao, "status", "--format", "json"],
            environment: ["RUNTIME_DIRECTORY": state, "LANG": "zh_CN.UTF-8"]
        )
        #expect(runtime.status == 0 && runtime.output.contains(#""running" : true"#), "\(runtime)")
        #expect(runtime.output.contains(#""auditedSinceStart" : 1"#), "\(runtime)")
        service.stop()
        #expect(!Files.exists(service.folder("state/control")), "taken away")
        let after = try nianbao("status", "--state", state)
        #expect(after.status == 3, "\(after)")
        let late = try nianbao("reload", "--state", state)
        #expect(late.status == 69, "\(late)")
    }

    @Test func reloadTellsWhatIsWrong() throws {
        let service = try SupervisedService()
        let config = service.folder("nianbao.yaml").string
        let good = try nianbao("reload", "--config", config)
        #expect(good.status == 0 && good.output == "已采用新配置，监看 1 个收件夹。\n", "\(good)")
        try SupervisedService.configure(service.folder, "nonsense: 1")
        let bad = try nianbao("reload", "--state", service.folder("state").string)
        #expect(bad.status == 78 && bad.errors.contains("nianbao.yaml:7:1: "), "\(bad)")
        let byRuntime = try nianbao("reload", "--runtime", service.folder("state").string)
        #expect(byRuntime.status == 78 && byRuntime.output.isEmpty, "\(byRuntime)")
        service.stop()
    }

    /// A request by another user than root and that of the service. Needs root.
    @Test func onlyRootAndTheServiceMayReload() throws {
        guard geteuid() == 0 else { return }
        let service = try SupervisedService()
        let state = service.folder("state").string
        let other = { (words: [String]) in
            try Command.run(["setpriv", "--reuid=65534", "--regid=65534", "--groups=4242"] + words)
        }
        let program = service.folder("nianbao").string
        let copied = try Command.run(["cp", try TestPaths.nianbao, program])
        #expect(copied.status == 0, "\(copied)")
        for folder in [service.folder.path.string, state] { #expect(chmod(folder, 0o755) == 0) }
        let stranger = try other([program, "reload", "--runtime", state])
        #expect(stranger.status == 77, "\(stranger)")
        // A member of the group of the socket.
        #expect(chown("\(state)/control", 0, 4242) == 0)
        let member = try other([program, "reload", "--runtime", state])
        #expect(
            member.status == 77 && member.errors.contains("只有 root") || member.errors.contains("only root"),
            "\(member)"
        )
        let asked = try other([program, "status", "--runtime", state, "--state", state, "--format", "json"])
        #expect(asked.output.contains(#""running" : true"#), "\(asked)")
        service.stop()
    }

    @Test func whoeverAsksHoldsUpNobody() throws {
        let service = try SupervisedService()
        let path = service.folder("state/control")
        for noise in [Array("nonsense\n".utf8), Array(#"{"request":"dance"}"#.utf8) + [10], [0xFF, 0, 10]] {
            let answer = try raw(service, noise)
            #expect(answer?.contains(#""outcome":"unknown""#) == true, "\(noise): \(answer ?? "nothing")")
        }
        let long = try raw(service, [UInt8](repeating: 0x41, count: 5000))
        #expect(long?.contains("unknown") != false, "\(long ?? "")")
        // Many who connect and say nothing: they are sent away, and the others are answered.
        var silent: [CInt] = []
        defer { silent.forEach { close($0) } }
        for _ in 0..<20 {
            guard let socket = try? LocalSocket.connect(to: path) else { break }
            silent.append(dup(socket.number))
        }
        try service.drop("inbox/a.txt")
        #expect(eventually { service.result("inbox/a.txt") != nil })
        let answered = eventually(within: .seconds(60)) {
            (try? ControlClient.ask(.status, at: path, within: .seconds(30)))?.outcome == .done
        }
        #expect(answered)
        service.stop()
    }

    @Test func aSocketThatADeadServiceLeft() throws {
        let service = try SupervisedService()
        service.command.signal(SIGKILL)
        _ = service.command.wait()
        #expect(Files.exists(service.folder("state/control")))
        let again = try Command([
            try TestPaths.nianbao, "watch", "--config", service.folder("nianbao.yaml").string,
        ])
        let path = service.folder("state/control")
        #expect(eventually { (try? ControlClient.ask(.status, at: path, within: .seconds(5)))?.outcome == .done })
        again.signal(SIGTERM)
        #expect(again.wait().status == 0)
    }
}
