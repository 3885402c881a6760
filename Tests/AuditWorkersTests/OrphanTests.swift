// Who dies takes everything along: workers with their pool, converters with their worker.

import AuditWorkers
import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

#if DEBUG
    @Suite("what is left behind") struct OrphanTests {
        private let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
        }

        private func write(_ document: [UInt8], _ name: String) throws -> String {
            try Files.write(String(decoding: document, as: UTF8.self), to: folder(name))
            return folder(name).string
        }

        private func grandchild() throws -> pid_t {
            #expect(eventually { Files.exists(folder("pid")) })
            return try #require(pid_t(Files.read(folder("pid"))?.prefix { $0 != "\n" } ?? ""))
        }

        @Test func killedWithItsWorkersAtWork() throws {
            let nianbao = try TestPaths.program("nianbao").string
            for fault in [Fault.hang, .spin] {
                let file = try write(fault.document(), fault.rawValue)
                let probe = try Command([TestPaths.program("WorkerProbe").string, nianbao, "1", "1", file])
                #expect(eventually { !Processes.workers(of: probe.process).isEmpty })
                let workers = Processes.workers(of: probe.process)
                probe.signal(SIGKILL)
                #expect(probe.wait().status == 128 + SIGKILL)
                for worker in workers {
                    #expect(eventually { !Processes.isAlive(worker) }, "\(fault): worker \(worker) lives on")
                }
            }
        }

        /// It made a session of its own and its parent is dead: neither a group nor a parent leads to it.
        @Test func aGrandchildOfADeadWorker() throws {
            let files = try [
                write(Fault.orphan.document("\(folder("pid"))\n%PDF-"), "orphan"), write(recipe, "recipe"),
                write(Fault.nap.document("3000"), "nap"),
            ]
            let nianbao = try TestPaths.program("nianbao").string
            let probe = try Command([TestPaths.program("WorkerProbe").string, nianbao, "1", "1"] + files)
            let grandchild = try grandchild()
            #expect(eventually { !Processes.isAlive(grandchild) })
            let result = probe.wait()
            #expect(result.status == 0, "\(result)")
            #expect(result.output.split(separator: "\n").prefix(3) == ["unreadable", "unreadable", "unreadable"])
        }

        @Test func interruptedByTheTerminal() throws {
            let big = String(repeating: "中文字，没有报告。\n", count: 250_000)
            try Files.write(big, to: folder("big.txt"))
            let list = (0..<200).map { _ in "\(folder("big.txt"))\n" }.joined()
            try Files.write(list, to: folder("list"))
            let nianbao = try TestPaths.program("nianbao").string
            let audit = try Command([nianbao, "audit", "--files-from", folder("list").string])
            #expect(eventually { !Processes.workers(of: audit.process).isEmpty })
            let workers = Processes.workers(of: audit.process)
            audit.signal(SIGINT)
            #expect(audit.wait().status == 130)
            for worker in workers {
                #expect(eventually { !Processes.isAlive(worker) })
            }
        }
    }
#endif
