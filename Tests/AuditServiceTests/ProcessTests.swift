// The service as a process of its own: under signals, as another user, on a full disk, beside a real journal.

import AuditService
import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the service as a process")
struct ProcessTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try Files.makeFolder(folder("inbox"))
        chmod(folder.path.string, 0o755)
    }

    private func exists(_ name: String) -> Bool {
        eventually { Files.exists(folder("state/results/\(name).audit.json")) }
    }

    @Test(arguments: [SIGTERM, SIGINT]) func signalsEndIt(_ signal: CInt) throws {
        let service = try Command([TestPaths.probe, "watch", folder("state").string, folder("inbox").string])
        try Files.write("1", to: folder("inbox/a.txt"))
        #expect(exists("a.txt"))
        let start = ContinuousClock.now
        service.signal(signal)
        let result = service.wait()
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(result.status == 0)
        #expect(result.output == "ended by \(signal == SIGTERM ? "SIGTERM" : "SIGINT")\n")
    }

    @Test func foldersThatLeaveAreNoLongerWatched() throws {
        try Files.makeFolder(folder("inbox/a/b"))
        let service = try Command([TestPaths.probe, "watch", folder("state").string, folder("inbox").string])
        let watches = {
            try Command.script("cat /proc/$1/fdinfo/* | grep -c '^inotify wd' || true", ["\(service.process)"]).output
        }
        #expect(try eventually { try watches() == "3\n" })
        try Files.rename(folder("inbox/a"), folder("outside"))
        #expect(try eventually { try watches() == "1\n" })
        try Files.rename(folder("outside"), folder("inbox/c"))
        #expect(try eventually { try watches() == "3\n" })
        try Files.remove(folder("inbox/c"))
        #expect(try eventually { try watches() == "1\n" })
        service.signal(SIGTERM)
        #expect(service.wait().status == 0)
    }

    @Test func lostEventsAreMadeUpForByAScan() throws {
        let folder = try TemporaryFolder(in: "/dev/shm")
        try Files.makeFolder(folder("inbox"))
        let exists = { (name: String) in eventually { Files.exists(folder("state/results/\(name).audit.json")) } }
        let service = try Command([TestPaths.probe, "watch", folder("state").string, folder("inbox").string])
        try Files.write("1", to: folder("inbox/first"))
        #expect(exists("first"))
        // Asleep, it leaves the kernel's queue of 16,384 events to overflow.
        service.signal(SIGSTOP)
        let limit = try KernelFile.words("/proc/sys/fs/inotify/max_queued_events").first.flatMap { Int($0) }
        let count = (limit ?? 16_384) / 2 + 500
        for number in 0..<count {
            try Files.write("\(number)", to: folder("inbox/n\(number)"))
        }
        try Files.makeFolder(folder("inbox/late"))
        try Files.write("late", to: folder("inbox/late/a"))
        service.signal(SIGCONT)
        let results = folder("state/results")
        #expect(
            eventually(within: .seconds(120)) {
                Files.exists(results.appending("late").appending("a.audit.json"))
                    && Files.exists(results.appending("n\(count - 1).audit.json"))
            }
        )
        try Files.write("x", to: folder("inbox/late/b"))
        #expect(exists("late/b"), "a folder that was only found by the scan is watched")
        #expect(eventually(within: .seconds(120)) { DirectoryScan(root: results).listing().files.count == count + 3 })
        service.signal(SIGTERM)
        let errors = service.wait().errors
        #expect(errors.contains("MESSAGE_ID=\(JournalEvent.rescanned.messageID)"))
        let audits = errors.split(separator: "\n").filter {
            $0.contains("MESSAGE_ID=\(JournalEvent.audited.messageID)")
        }
        #expect(audits.count == count + 3, "each exactly once")
    }

    @Test func aFileThatMayNotBeReadIsReportedAndReadOnceItMay() throws {
        try #require(getuid() == 0, "run the tests as root: they become another user, who may not read everything")
        let probe = try Command.script(
            "cp \"$1\" \"$2\"; chmod 755 \"$2\"; mkdir \"$3\"; chown nobody \"$3\"; echo -n \"$2\"",
            [TestPaths.probe, folder("probe").string, folder("state").string]
        ).output
        try Files.write("1", to: folder("inbox/private.txt"), mode: 0o600)
        try Files.write("2", to: folder("inbox/public.txt"))
        try Files.makeFolder(folder("inbox/locked"))
        try Files.write("3", to: folder("inbox/locked/a.txt"))
        chmod(folder("inbox/locked").string, 0o700)
        let service = try Command([
            "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", probe, "watch", folder("state").string,
            folder("inbox").string,
        ])
        #expect(exists("private.txt"))
        #expect(exists("public.txt"), "found at the start, and no lease on a file of another user")
        let result = folder("state/results/private.txt.audit.json")
        #expect(Files.read(result)?.contains("permission denied") == true)

        chmod(folder("inbox/private.txt").string, 0o644)
        #expect(eventually { Files.read(result)?.contains(testDigest(Array("1".utf8))) == true })
        chmod(folder("inbox/locked").string, 0o755)
        #expect(exists("locked/a.txt"))
        service.signal(SIGTERM)
        let errors = service.wait().errors
        #expect(errors.contains(JournalEvent.folderNotWatched.messageID))
    }

    @Test func aFullDiskIsToldOnceAndMendsItself() throws {
        let result = try Command.script(
            """
            mkdir "$2/state"
            mount -t tmpfs -o size=400k test "$2/state"
            "$1" watch "$2/state" "$2/inbox" 2> "$2/errors" &
            service=$!
            for ((try = 0; try < 3000; try++)); do grep -q "$3" "$2/errors" && break; sleep 0.01; done
            head -c 1000000 /dev/zero > "$2/state/filler" 2> /dev/null || true
            echo text > "$2/inbox/a.txt"
            for ((try = 0; try < 3000; try++)); do grep -q "$4" "$2/errors" && break; sleep 0.01; done
            echo "while full: $(find "$2/state/results" -type f | wc -l) files"
            rm "$2/state/filler"
            for ((try = 0; try < 3000; try++)); do [ -e "$2/state/results/a.txt.audit.json" ] && break; sleep 0.01; done
            kill -TERM $service
            wait $service
            echo "then: $(cd "$2/state/results"; find . -type f)"
            echo "told $(grep -c "$4" "$2/errors") times"
            """,
            [
                TestPaths.probe, folder.path.string, JournalEvent.started.messageID,
                JournalEvent.deferred.messageID,
            ],
            inNamespace: true
        )
        #expect(
            result.output == """
                while full: 0 files
                ended by SIGTERM
                then: ./a.txt.audit.json
                told 1 times

                """,
            "\(result)"
        )
    }

    @Test func tooFewWatchesAreToldAndMadeUpForByScans() throws {
        for number in 0..<10 {
            try Files.makeFolder(folder("inbox/d\(number)"))
            try Files.write("x", to: folder("inbox/d\(number)/a.txt"))
        }
        let result = try Command.script(
            """
            echo 5 > /proc/sys/user/max_inotify_watches
            "$1" watch "$2/state" "$2/inbox" &
            service=$!
            for ((try = 0; try < 3000; try++)); do
                [ "$(find "$2/state/results" -name '*.json' | wc -l)" = 10 ] && break
                sleep 0.01
            done
            kill -TERM $service
            wait $service
            find "$2/state/results" -name '*.json' | wc -l
            """,
            [TestPaths.probe, folder.path.string],
            asUser: true
        )
        #expect(result.output == "ended by SIGTERM\n10\n", "\(result)")
        #expect(result.errors.contains("fs.inotify.max_user_watches"))
    }

    @Test func entriesCanBeFoundInARealJournal() throws {
        let result = try Command.script(
            """
            mkdir "$2/other"
            "$1" watch "$2/state" "$2/inbox" "$2/other" 2> "$2/errors" &
            service=$!
            echo "fail x" > "$2/inbox/bad.txt"
            echo "review x" > "$2/inbox/doubtful.txt"
            echo "fine" > "$2/other/good.txt"
            for ((try = 0; try < 3000; try++)); do
                [ "$(find "$2/state/results" -name '*.json' | wc -l)" = 3 ] && break
                sleep 0.01
            done
            kill -TERM $service
            wait $service
            journalctl --sync
            q() { journalctl -q -o cat "$@" | sort | paste -sd' '; }
            echo "all: $(q MESSAGE_ID=$3)"
            echo "failed: $(q -t nianbao NIANBAO_VERDICT=fail)"
            echo "rule: $(q NIANBAO_RULE=applications.balance)"
            echo "other rule: $(q NIANBAO_RULE=fee.missing)"
            echo "warnings and worse: $(q -p warning -t nianbao)"
            echo "began: $(q MESSAGE_ID=$4)"
            echo "result: $(journalctl -q -o json --all MESSAGE_ID=$3 | grep -c "NIANBAO_RESULT.*$2/state/results/")"
            [ -s "$2/errors" ] && cat "$2/errors" || echo "errors: none"
            """,
            [TestPaths.probe, folder.path.string, JournalEvent.audited.messageID, JournalEvent.started.messageID],
            withJournal: true
        )
        #expect(
            result.output == """
                ended by SIGTERM
                all: bad.txt: fail doubtful.txt: review good.txt: pass
                failed: bad.txt: fail
                rule: bad.txt: fail
                other rule: bad.txt: fail
                warnings and worse: bad.txt: fail
                began: 年报审核服务已启动，监看 2 个收件夹
                result: 3
                errors: none

                """,
            "\(result)"
        )
    }
}
