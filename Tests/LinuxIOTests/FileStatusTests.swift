import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("owners, permissions, stamps, locks")
struct FileStatusTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func permissionsAsChmodTakesThem() throws {
        try Files.write("", to: folder("file"))
        for (mode, text) in [(0o600, "0600"), (0, "0000"), (0o4755, "4755"), (0o7, "0007")] as [(mode_t, String)] {
            #expect(chmod(folder("file").string, mode) == 0)
            let status = try FileStatus(of: folder("file"))
            #expect(status.mode == mode)
            #expect(status.permissions == text)
            #expect(folder("file").permissions == text)
        }
        #expect(folder("none").permissions == nil)
    }

    @Test(.enabled(if: geteuid() == 0, "needs root to give files away"))
    func theOwnerIsTheNumber() throws {
        try Files.write("", to: folder("file"))
        #expect(chown(folder("file").string, 12345, 4_000_000_000) == 0)
        let status = try FileStatus(of: folder("file"))
        #expect(status.owner == 12345)
        #expect(status.group == 4_000_000_000)
    }

    @Test func ownersHaveNamesOrNumbers() throws {
        #expect(FileOwner.name(of: 0) == "root")
        #expect(FileOwner.groupName(of: 0) == "root")
        // As `getent` gives them, whatever this machine calls them.
        let daemon = try Command.run(["getent", "passwd", "1"]).output.split(separator: ":").first
        #expect(FileOwner.name(of: 1) == daemon.map(String.init) ?? "1")
        let group = try Command.run(["getent", "group", "4"]).output.split(separator: ":").first
        #expect(FileOwner.groupName(of: 4) == group.map(String.init) ?? "4")
        for _ in 0..<2 {
            #expect(FileOwner.name(of: 3_999_999_999) == "3999999999")
            #expect(FileOwner.groupName(of: 3_999_999_999) == "3999999999")
        }
    }

    @Test func moreOwnersThanAreKept() {
        for number in 3_000_000_000..<3_000_002_500 as Range<uid_t> {
            #expect(FileOwner.name(of: number) == String(number))
        }
        #expect(FileOwner.name(of: 0) == "root")
    }

    // MARK: - Stamps

    private func identity(changed: Int64) -> FileIdentity {
        FileIdentity(device: 1, inode: 1, size: 1, modified: 0, changed: changed)
    }

    @Test func aStampBeforeTheTickIsPast() {
        let now: Int64 = 1_700_000_000_123_456_789
        #expect(identity(changed: now).mayHideLaterChange(readAt: now))
        #expect(identity(changed: now + 1).mayHideLaterChange(readAt: now), "in the future")
        #expect(!identity(changed: now - 1).mayHideLaterChange(readAt: now))
        #expect(!identity(changed: .min).mayHideLaterChange(readAt: now))
        #expect(identity(changed: .max).mayHideLaterChange(readAt: now))
    }

    @Test(
        arguments: [
            (1_000_000_000, 2_000_000_000), (10_000_000, 10_000_000), (1_000_000, 1_000_000), (1000, 1000), (100, 100),
        ] as [(Int64, Int64)]
    )
    func aCoarseStampReachesFarther(unit: Int64, reach: Int64) {
        // A multiple of this unit and of no coarser one.
        let changed = 1_700_000_000_000_000_000 + (unit < 1_000_000_000 ? unit : 0)
        #expect(identity(changed: changed).mayHideLaterChange(readAt: changed + reach - 1))
        #expect(!identity(changed: changed).mayHideLaterChange(readAt: changed + reach))
    }

    /// A server whose clock lags: what changes there now gets a stamp that lies behind our clock.
    @Test func aClockThatLagsIsAllowedFor() throws {
        let (now, lag): (Int64, Int64) = (1_700_000_000_123_456_789, 2_000_000_000)
        #expect(identity(changed: now - lag).mayHideLaterChange(readAt: now, lag: lag))
        #expect(!identity(changed: now - lag - 1).mayHideLaterChange(readAt: now, lag: lag))
        #expect(!identity(changed: .min).mayHideLaterChange(readAt: now, lag: .max))
        try Files.write("x", to: folder("here"))
        #expect(try !SafeFile(opening: folder("here")).isStampedElsewhere, "by our own clock")
    }

    @Test func theClockIsTheOneThatStampsFiles() throws {
        let before = FileClock.coarseNow()
        try Files.write("x", to: folder("file"))
        let changed = try FileStatus(of: folder("file")).identity.changed
        // An exact stamp (multigrain) may lie up to a tick ahead of the coarse clock.
        #expect(changed >= before)
        #expect(changed <= FileClock.coarseNow() + 10_000_000)
    }

    /// The promise itself: who reads after ``mayHideLaterChange`` became false sees every later change in the identity.
    @Test(arguments: ["/tmp", "/dev/shm"])
    func noChangeIsHidden(place: String) throws {
        let folder = try TemporaryFolder(in: place)
        let file = try Files.open(folder("file"), O_RDWR | O_CREAT)
        defer { close(file) }
        var waited = 0
        for round in 0..<300 {
            pwrite(file, [UInt8(truncatingIfNeeded: round)], 1, 0)
            var identity = try FileStatus(of: folder("file")).identity
            let isPast = try eventually {
                let now = FileClock.coarseNow()
                identity = try FileStatus(of: folder("file")).identity
                waited += 1
                return !identity.mayHideLaterChange(readAt: now)
            }
            #expect(isPast, "the clock stands still")
            pwrite(file, [UInt8(truncatingIfNeeded: round + 1)], 1, 0)
            #expect(try FileStatus(of: folder("file")).identity != identity, "change \(round) was hidden")
        }
        #expect(waited > 300, "a file that was just changed may always change once more within the tick")
    }

    // MARK: - Locks

    @Test func aLockTellsItsHolder() throws {
        let path = folder("lock")
        #expect(FileLock.holder(of: path) == nil)
        try Files.write("4194304 left behind by somebody who was killed\n", to: path)
        #expect(FileLock.holder(of: path) == nil, "a number alone holds nothing")
        var lock: FileLock? = try FileLock(at: path)
        withExtendedLifetime(lock) {
            #expect(FileLock.holder(of: path) == getpid())
            #expect(Files.read(path) == "\(getpid())\n")
            #expect(throws: SystemCallError(call: "fcntl", path: path, errno: EWOULDBLOCK)) {
                _ = try FileLock(at: path)
            }
            #expect(FileLock.holder(of: path) == getpid(), "who failed has neither taken the lock nor freed it")
        }
        lock = nil
        #expect(FileLock.holder(of: path) == nil)
        #expect(throws: Never.self) { _ = try FileLock(at: path) }
    }

    @Test func anotherProcessIsSeenAndItsEndToo() throws {
        let path = folder("lock")
        let holder = try Command([try TestPaths.probe, "hold", path.string])
        #expect(eventually { FileLock.holder(of: path) == holder.process })
        #expect(throws: SystemCallError.self) { _ = try FileLock(at: path) }
        holder.signal(SIGKILL)
        _ = holder.wait()
        #expect(FileLock.holder(of: path) == nil)
        #expect(Files.read(path) == "\(holder.process)\n")
        #expect(throws: Never.self) { _ = try FileLock(at: path) }
    }

    @Test func askingForTheHolderDoesNotKeepOthersFromTheLock() throws {
        let path = folder("lock")
        let isOver = Monitor(false)
        let asker = try WorkerThread(name: "ask") {
            while !isOver.withLock({ $0 }) { _ = FileLock.holder(of: path) }
        }
        let failures = (0..<2000).count { _ in (try? FileLock(at: path)) == nil }
        #expect(failures == 0)
        isOver.change { $0 = true }
        asker.join()
    }

    @Test func aLockNeedsNoRoomOnTheDisk() throws {
        let result = try Command.script(
            """
            mkdir "$2"
            mount -t tmpfs -o size=16k test "$2"
            head -c 1M /dev/zero > "$2/full" 2> "$3" || true
            "$1" hold "$2/lock" > "$3" &
            until grep -q held "$3"; do kill -0 $!; sleep 0.01; done
            "$1" hold "$2/lock" 2>&1 || kill $!
            """,
            [TestPaths.probe, folder("small").string, folder("output").string],
            inNamespace: true
        )
        #expect(result.output.contains("Resource temporarily unavailable"), "\(result)")
    }
}
