// Whatever a document does to its worker: it gets the right code within its limit, and the others are audited meanwhile.

import AuditEngine
import AuditOutput
import AuditWorkers
import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

#if DEBUG
    @Suite("deaths of workers") struct DeathTests {
        /// In the quick lane no process can be killed, not even itself.
        private static func document(_ fault: Fault) -> [UInt8] { fault.document(fault == .killed ? "%PDF-" : "") }

        @Test(
            arguments: [
                (.trap, "crashed"), (.abort, "crashed"), (.segfault, "crashed"), (.recursion, "crashed"),
                (.exit, "crashed"),
                (.killed, "crashed"), (.hang, "timeout"), (.spin, "timeout"), (.eatMemory, "too-large"),
                (.askMemory, "too-large"), (.garbage, "crashed"), (.giant, "crashed"), (.stranger, "crashed"),
                (.chatter, "crashed"), (.deaf, "crashed"), (.grow, "not-a-report"), (.reach, "not-a-report"),
            ] as [(Fault, String)]
        ) func othersGoOn(_ fault: Fault, _ code: String) throws {
            let pool = try FaultyPool { settings in
                settings.limits = { lane in
                    var limits = WorkerLimits(lane)
                    // Time enough to take the memory on a busy machine.
                    limits.wallTime = fault == .eatMemory ? .seconds(60) : .seconds(3)
                    limits.addressSpace = 700 << 20
                    return limits
                }
            }
            let started = ContinuousClock.now
            let outcomes = try concurrently([Self.document(fault)] + Array(repeating: recipe, count: 8)) { document in
                document == recipe ? (0..<10).map { _ in pool.outcome(document) } : [pool.outcome(document)]
            }
            #expect(outcomes[0] == [code], "\(pool.deaths)")
            for outcome in outcomes.dropFirst() {
                #expect(outcome == Array(repeating: "not-a-report", count: 10))
            }
            // Generous, as the machine may do many other things: twice the limit for a second try, and starting.
            #expect(ContinuousClock.now - started < .seconds(fault == .eatMemory ? 60 : 20))
            #expect(pool.outcome(recipe) == "not-a-report", "and it goes on")
        }

        @Test func causes() throws {
            let pool = try FaultyPool { settings in
                settings.limits = { lane in
                    var limits = WorkerLimits(lane)
                    limits.processorSeconds = 1
                    limits.addressSpace = 700 << 20
                    return limits
                }
            }
            for (fault, cause) in [
                (.trap, .signal(SIGILL)), (.segfault, .signal(SIGSEGV)), (.abort, .signal(SIGABRT)),
                (.exit, .exited(0)),
                (.killed, .signal(SIGKILL)), (.spin, .usedUpProcessorTime), (.eatMemory, .ranOutOfMemory),
                (.askMemory, .ranOutOfMemory), (.giant, .brokeProtocol), (.deaf, .brokeProtocol),
            ] as [(Fault, WorkerDeath.Cause)] {
                let before = pool.deaths.count
                _ = pool.outcome(Self.document(fault))
                let causes = pool.deaths.dropFirst(before).map(\.cause)
                let mayPass = ![.usedUpProcessorTime, .ranOutOfMemory].contains(cause)
                #expect(causes == Array(repeating: cause, count: mayPass ? 2 : 1), "\(fault)")
            }
            #expect(pool.deaths[0].lastWords.contains("a fault of a test"), "\(pool.deaths[0])")
        }

        @Test func aWorkerThatHoldsTooMuchIsReplaced() throws {
            let pool = try FaultyPool { settings in
                settings.processes = 1
                settings.limits = { lane in
                    var limits = WorkerLimits(lane)
                    limits.residentMemoryAtRest = 150 << 20
                    return limits
                }
            }
            #expect(pool.outcome(recipe) == "not-a-report")
            let first = pool.workers
            #expect(pool.outcome(recipe) == "not-a-report")
            #expect(pool.workers == first)
            #expect(pool.outcome(Fault.grow.document()) == "not-a-report")
            #expect(pool.outcome(recipe) == "not-a-report")
            #expect(pool.workers != first && pool.workers.count == 1)
            #expect(pool.deaths.isEmpty)
        }

        @Test func whatIsSaidOfADeath() throws {
            let pool = try FaultyPool()
            let document = Fault.trap.document()
            let form = AnswerForm(.result, .zh)
            let answer = try pool.pool.perform(AuditJob(path: Array("报告.docx".utf8), document: document, form: form))
            let json = String(decoding: answer.output, as: UTF8.self)
            #expect(answer.verdict == .unreadable)
            #expect(answer.sha256?.count == 64)
            for text in [
                "\"crashed\"", "SIGILL", "\"bytes\" : \(document.count)", "\"format\" : null", "重新上传", "报告.docx",
            ] {
                #expect(json.contains(text), "no \(text) in \(json)")
            }
            #expect(answer.summary?.message.contains("报告.docx") == true)
        }

        @Test func aWorkerThatIsKilledAtWorkCostsNothingButTime() throws {
            let pool = try FaultyPool()
            #expect(pool.outcome(recipe) == "not-a-report")
            let worker = try #require(pool.workers.first)
            let killer = try WorkerThread(name: "killer") {
                // Long after the document was handed over, long before the nap is over.
                usleep(300_000)
                kill(worker, SIGKILL)
            }
            #expect(pool.outcome(Fault.nap.document("1000")) == "not-a-report")
            killer.join()
            #expect(pool.deaths.map(\.cause) == [.signal(SIGKILL)])
        }

        /// Somebody looks for what a process does, and forgets to let it go on.
        @Test func aWorkerThatIsStoppedCostsNothingButTime() throws {
            let pool = try FaultyPool { settings in
                settings.limits = { lane in
                    var limits = WorkerLimits(lane)
                    limits.wallTime = .seconds(3)
                    return limits
                }
            }
            #expect(pool.outcome(recipe) == "not-a-report")
            let worker = try #require(pool.workers.first)
            kill(worker, SIGSTOP)
            #expect(pool.outcome(recipe) == "not-a-report")
            #expect(pool.deaths.map(\.cause) == [.timedOut])
            // One that takes long by itself is not tried twice.
            #expect(pool.outcome(Fault.spin.document()) == "timeout")
            #expect(pool.deaths.map(\.cause) == [.timedOut, .timedOut])
        }

        @Test func aWorkerThatIsKilledWhileItWaitsIsReplaced() throws {
            let pool = try FaultyPool()
            #expect(pool.outcome(recipe) == "not-a-report")
            let worker = try #require(pool.workers.first)
            kill(worker, SIGKILL)
            #expect(eventually { !Processes.isAlive(worker) })
            #expect(pool.outcome(recipe) == "not-a-report")
            #expect(pool.deaths.isEmpty)
        }

        @Test func signalsForWholeGroupsAreIgnored() throws {
            let pool = try FaultyPool()
            #expect(pool.outcome(recipe) == "not-a-report")
            let worker = try #require(pool.workers.first)
            for signal in [SIGTERM, SIGINT, SIGHUP] { kill(worker, signal) }
            #expect(pool.outcome(recipe) == "not-a-report")
            #expect(pool.workers == [worker])
        }

        @Test func aBatchIsTriedOneByOne() throws {
            let pool = try FaultyPool()
            let mark = "\noffice:document"
            let leader = try WorkerThread(name: "leader") { _ = pool.outcome(Fault.nap.document("700" + mark)) }
            #expect(eventually { pool.pool.counts(.office).busy == 1 })
            let documents = (0..<6).map { $0 == 3 ? Fault.trap.document(mark) : Fault.nap.document("\($0)" + mark) }
            let outcomes = try concurrently(Array(documents.enumerated())) { index, document in
                pool.outcome(document, path: "\(index)")
            }
            leader.join()
            var expected = Array(repeating: "unsupported", count: 6)
            expected[3] = "crashed"
            #expect(outcomes.map { $0 == "not-a-report" ? "unsupported" : $0 } == expected)
            // The nap may have waited for them, and be one of the batch.
            #expect(pool.deaths.count == 2, "\(pool.deaths)")
            #expect(pool.deaths.first.map { [6, 7].contains($0.paths.count) } == true, "\(pool.deaths)")
            #expect(pool.deaths.last?.paths == [Array("3".utf8)])
        }

        @Test func aDocumentFindsItsLane() throws {
            let pool = try FaultyPool()
            // It is sent to the office lane, and there it is sent again to where it is: that is no answer.
            #expect(pool.outcome(Fault.reroute.document()) == "crashed")
            #expect(pool.deaths.isEmpty)
        }
    }
#endif
