import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import LinuxIO

@Suite("inotify, counters, signals, threads")
struct KernelTests {
    @Test func inotifyTellsNamesAsBytes() throws {
        let folder = try TemporaryFolder()
        let inotify = try Inotify()
        #expect(try inotify.read().isEmpty, "reading must not block")
        let watch = try inotify.add(path: folder.path, for: [.closedAfterWriting, .deleted, .movedTo])
        let name: [UInt8] = [0xC4, 0xEA, 0xB1, 0xA8]
        try Files.write("x", to: folder.path.appending(FilePath(bytes: name).components))
        try Files.rename(folder.path.appending(FilePath(bytes: name).components), folder("new"))
        try Files.remove(folder("new"))

        let events = try inotify.read()
        #expect(events.map(\.mask) == [.closedAfterWriting, .movedTo, .deleted])
        #expect(events.map(\.name) == [name, Array("new".utf8), Array("new".utf8)])
        #expect(events.allSatisfy { $0.watch == watch })

        inotify.remove(watch)
        #expect(try inotify.read().map(\.mask) == [.ignored])
    }

    @Test func aFolderIsWatchedThroughItsDescriptor() throws {
        let folder = try TemporaryFolder()
        try Files.makeFolder(folder("a"))
        let descriptor = try Files.open(folder("a"), O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        try Files.rename(folder("a"), folder("b"))
        let inotify = try Inotify()
        _ = try inotify.add(directory: descriptor, path: "a", for: [.closedAfterWriting, .onlyDirectory])
        try Files.write("x", to: folder("b/file"))
        #expect(try inotify.read().map(\.name) == [Array("file".utf8)])
    }

    @Test func errorsNameTheSettingThatMendsThem() {
        let watches = SystemCallError(call: "inotify_add_watch", path: "/srv", errno: ENOSPC)
        #expect(watches.description.contains("fs.inotify.max_user_watches"))
        let instances = SystemCallError(call: "inotify_init1", errno: EMFILE)
        #expect(instances.description.contains("fs.inotify.max_user_instances"))
        #expect(watches.chineseDescription.contains("fs.inotify.max_user_watches"))
        #expect(instances.chineseDescription.contains("fs.inotify.max_user_instances"))
        // The same number elsewhere means what it says.
        #expect(SystemCallError(call: "write", errno: ENOSPC).remedy == nil)
        #expect(SystemCallError(call: "openat", errno: EMFILE).remedy?.contains("LimitNOFILE") == true)
        let plain = SystemCallError(call: "openat2", path: "/srv/x", errno: EACCES)
        #expect(plain.description == "openat2 /srv/x: Permission denied (errno 13)")
    }

    /// Two threads wait at two places; each hears only of what is for it.
    @Test func thoseWhoWaitElsewhereAreNotWoken() throws {
        let box = Monitor((letters: [0, 0], looks: [0, 0]), places: 2)
        let threads = try (0..<2).map { place in
            try WorkerThread(name: "reader") {
                box.wait(at: place) { box -> Monitor<(letters: [Int], looks: [Int])>.Step<Void> in
                    box.looks[place] += 1
                    return box.letters[place] == 3 ? .done(()) : .wait(until: nil)
                }
            }
        }
        #expect(eventually { box.withLock { $0.looks == [1, 1] } })
        for number in 1...3 {
            box.withLock { $0.letters[0] += 1 }
            box.wake(at: 0)
            #expect(eventually { box.withLock { $0.looks[0] > number } }, "letter \(number)")
        }
        threads[0].join()
        // The kernel may wake anybody for nothing, but hardly ever does.
        #expect(box.withLock { $0.looks[1] } < 4)
        box.change { $0.letters[1] = 3 }
        threads[1].join()
    }

    @Test func aCounterWakesAPoll() throws {
        let counter = try EventCounter()
        #expect(try Poll.readable([counter.descriptor], timeout: .zero) == [false])
        let thread = try WorkerThread(name: "raise") { counter.raise() }
        #expect(try Poll.readable([counter.descriptor], timeout: .seconds(30)) == [true])
        thread.join()
        counter.lower()
        #expect(try Poll.readable([counter.descriptor], timeout: .zero) == [false])
    }

    @Test func aSignalHasOneOwner() throws {
        let counter = try EventCounter()
        do {
            let owner = try SignalForwarder([SIGUSR1], to: counter)
            #expect(throws: SystemCallError(call: "sigaction", errno: EBUSY)) {
                _ = try SignalForwarder([SIGUSR2, SIGUSR1], to: counter)
            }
            #expect(owner.arrived == nil)
            kill(getpid(), SIGUSR1)
            #expect(try Poll.readable([counter.descriptor], timeout: .seconds(30)) == [true])
            #expect(owner.arrived == SIGUSR1)
        }
        // Given back, also SIGUSR2 of the one that failed.
        _ = try SignalForwarder([SIGUSR1, SIGUSR2], to: counter)
    }

    @Test func aMonitorWaitsUntilTheDeadlineAndNoLonger() {
        let monitor = Monitor(0)
        let start = ContinuousClock.now
        let deadline = start + .milliseconds(30)
        monitor.wait { _ in ContinuousClock.now < deadline ? .wait(until: deadline) : .done(()) }
        #expect(ContinuousClock.now >= deadline)
    }

    @Test func aMonitorWakesWhoWaits() throws {
        let monitor = Monitor(0)
        let thread = try WorkerThread(name: "count") {
            for _ in 0..<1000 {
                monitor.change { $0 += 1 }
            }
        }
        let seen = monitor.wait { count in count == 1000 ? .done(count) : .wait(until: nil) }
        #expect(seen == 1000)
        thread.join()
    }

    @Test func durationsAsNanosecondsDoNotTrap() {
        #expect(Duration.milliseconds(1500).nanoseconds == 1_500_000_000)
        #expect(Duration.seconds(-1).nanoseconds == -1_000_000_000)
        #expect(Duration.seconds(Int64.max).nanoseconds == .max)
    }
}
