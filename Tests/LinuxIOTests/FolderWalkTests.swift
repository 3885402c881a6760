import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("walking folders a step at a time")
struct FolderWalkTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// What a walk tells from now on to its end.
    private struct Story: Equatable {
        var files: [FilePath] = []
        var entered: [FilePath] = []
        var left: [FilePath] = []
        var unreadable: [FilePath] = []
        var errors: [CInt] = []
    }

    private func tell(
        _ walk: FolderWalk,
        atMost limit: Int = 100,
        ignoring: ([UInt8], FileKind) -> Bool = { _, _ in false },
        enter: (FilePath) -> Bool = { _ in true },
        meanwhile: (FolderWalk.Step) -> Void = { _ in }
    ) -> Story {
        var story = Story()
        while true {
            let step = walk.next(atMost: limit, ignoring: ignoring) { path, _ in
                story.entered.append(path)
                return enter(path)
            }
            switch step {
            case .files(let place, let files):
                #expect(files.count <= limit)
                #expect(files.allSatisfy { $0.path.removingLastComponent() == place }, "\(place): \(files)")
                #expect(files.allSatisfy { $0.path.lastComponent?.bytes == $0.name }, "\(files)")
                story.files += files.map(\.path)
            case .left(let path):
                story.left.append(path)
            case .unreadable(let path, let error):
                story.unreadable.append(path)
                story.errors.append(error.errno)
            case .finished:
                story.files.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
                story.entered.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
                return story
            }
            meanwhile(step)
        }
    }

    private func make(_ paths: String...) throws {
        for path in paths {
            try Files.makeFolder(folder(path).removingLastComponent())
            try Files.write("", to: folder(path))
        }
    }

    @Test(arguments: [1, 2, 3, 100])
    func tellsEveryFileOnceHoweverSmallTheSteps(limit: Int) throws {
        try make("a", "b/c", "b/d/e", "b/d/f", "b/年", "g/h/i/j", "z")
        try Files.makeFolder(folder("empty"))
        let story = tell(FolderWalk(root: folder.path), atMost: limit)
        #expect(story.files == ["a", "b/c", "b/d/e", "b/d/f", "b/年", "g/h/i/j", "z"])
        #expect(story.entered == ["", "b", "b/d", "empty", "g", "g/h", "g/h/i"])
        #expect(Set(story.left) == Set(story.entered) && story.left.count == story.entered.count, "\(story.left)")
        #expect(story.left.last == "", "a folder is left after those in it: \(story.left)")
        #expect(story.unreadable == [])
    }

    @Test func theIdentityIsThatOfTheFile() throws {
        let name: [UInt8] = [0xC4, 0xEA, 0xB1, 0xA8]
        try Files.makeFolder(folder("sub"))
        let path = folder("sub").appending(FilePath(bytes: name).components)
        try Files.write("年报", to: path)
        let walk = FolderWalk(root: folder.path)
        var found: [FolderWalk.File] = []
        _ = tell(walk, meanwhile: { if case .files(_, let files) = $0 { found += files } })
        #expect(found.map(\.path.bytes) == [Array("sub/".utf8) + name])
        #expect(found.map(\.name) == [name])
        #expect(found.map(\.identity) == [try FileStatus(of: path).identity])
    }

    @Test func followsNoLinkAndTellsNoSpecialFile() throws {
        try make("real/file")
        try Files.link(folder("alias"), to: "real")
        try Files.link(folder("loop"), to: ".")
        try Files.link(folder("link"), to: "real/file")
        #expect(mkfifo(folder("fifo").string, 0o600) == 0)
        #expect(tell(FolderWalk(root: folder.path)).files == ["real/file"])
        #expect(tell(FolderWalk(root: folder("alias"))).files == ["file"], "the root itself may be a link")
        #expect(tell(FolderWalk(root: folder.path, from: "alias")) == Story(), "what lies below it may not")
    }

    @Test func ignoredNamesAreNotLookedAt() throws {
        try make("keep", ".hidden", ".folder/file", "sub/.hidden", "sub/keep")
        let story = tell(FolderWalk(root: folder.path), ignoring: { name, _ in name.first == UInt8(ascii: ".") })
        #expect(story.files == ["keep", "sub/keep"])
        #expect(story.entered == ["", "sub"])
    }

    @Test func aFolderThatIsNotEnteredIsLeftOut() throws {
        try make("a/b/c", "d")
        let story = tell(FolderWalk(root: folder.path), enter: { $0 != "a" })
        #expect(story.files == ["d"])
        #expect(story.left == [""])
    }

    @Test func aFolderIsEnteredBeforeItIsRead() throws {
        try make("a/b")
        let walk = FolderWalk(root: folder.path)
        let story = tell(walk, enter: { path in (try? Files.write("", to: folder("\(path)/late"))) != nil })
        #expect(story.files == ["a/b", "a/late", "late"])
    }

    @Test func theFilesOfOneFolderAlone() throws {
        try make("a/file", "a/b/file", "file")
        let story = tell(FolderWalk(root: folder.path, from: "a", recursive: false))
        #expect(story.files == ["a/file"])
        #expect(story.left == ["a"])
    }

    @Test func beginsBelowTheRoot() throws {
        try make("a/b/file", "other")
        let story = tell(FolderWalk(root: folder.path, from: "a"))
        #expect(story.files == ["a/b/file"])
        #expect(story.left == ["a/b", "a"])
    }

    @Test func depthHasALimitThatIsReported() throws {
        try make("1/2/3/deep", "1/2/file")
        let all = tell(FolderWalk(root: folder.path, maximumDepth: 2))
        #expect(all.files == ["1/2/file"])
        #expect(all.unreadable == ["1/2/3"])
        #expect(all.errors == [ELOOP])
        let below = tell(FolderWalk(root: folder.path, from: "1/2/3", maximumDepth: 2))
        #expect(below.unreadable == ["1/2/3"], "the depth counts from the root")
    }

    @Test func aThousandLevelsTakeAHundredDescriptors() throws {
        var deepest = try Files.open(folder.path, O_RDONLY | O_DIRECTORY)
        for _ in 0..<1000 {
            #expect(mkdirat(deepest, "d", 0o755) == 0)
            let below = openat(deepest, "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            close(deepest)
            deepest = below
        }
        close(deepest)
        let story = tell(FolderWalk(root: folder.path))
        #expect(story.entered.count == 101)
        #expect(story.errors == [ELOOP])
    }

    @Test func aRootThatIsMissingIsReportedAndAStartIsNot() throws {
        let lost = tell(FolderWalk(root: folder("none"), from: "a"))
        #expect(lost.unreadable == [""])
        #expect(lost.errors == [ENOENT])
        #expect(tell(FolderWalk(root: folder.path, from: "none/deeper")) == Story())
        try make("file")
        #expect(tell(FolderWalk(root: folder.path, from: "file")) == Story())
        #expect(tell(FolderWalk(root: folder("file"))).errors == [ENOTDIR])
    }

    @Test func aStartCannotLeadOutOfTheRoot() throws {
        try make("root/file", "secret/file")
        let story = tell(FolderWalk(root: folder("root"), from: "../secret"))
        #expect(story.files == [])
        #expect(story.errors == [EXDEV])
    }

    @Test(.enabled(if: geteuid() == 0, "needs root to become somebody else"))
    func foldersThatMayNotBeReadAreReportedInPlaceOfLeft() throws {
        try make("closed/file", "list only/file", "open/file")
        // Where somebody else can reach it.
        let place = try TemporaryFolder()
        let probe = place("probe").string
        #expect(chmod(place.path.string, 0o755) == 0)
        #expect(try Command.run(["install", "-m", "755", TestPaths.probe, probe]).status == 0)
        #expect(chmod(folder.path.string, 0o755) == 0)
        #expect(chmod(folder("closed").string, 0o700) == 0)
        #expect(chmod(folder("list only").string, 0o744) == 0)
        let walked = try Command.run(["setpriv", "--reuid=65534", "--clear-groups", probe, "walk", folder.path.string])
        let lines = Set(walked.output.split(separator: "\n").map(String.init))
        let refused = ["closed", "list only"].map { "unreadable \($0) \(EACCES)" }
        #expect(lines == Set(["file open/file", "left open", "left "] + refused), "\(walked)")
    }

    @Test func anAbandonedFolderIsNotHeardOfAgain() throws {
        try make("a/b/1", "a/b/2", "a/b/3", "a/b/c/4", "z")
        let walk = FolderWalk(root: folder.path)
        var seen: Set<FilePath> = []
        let story = tell(
            walk,
            atMost: 1,
            meanwhile: { step in
                guard case .files("a/b", let files) = step, !files.isEmpty else { return }
                seen.formUnion(files.map(\.path))
                walk.abandon("a")
            }
        )
        #expect(seen.count == 1, "no second file of an abandoned folder: \(seen)")
        #expect(Set(story.files) == seen.union(["z"]))
        #expect(story.left == [""])
    }

    @Test func abandoningWhatIsElsewhereChangesNothing() throws {
        try make("a/b/file", "ab/file")
        let walk = FolderWalk(root: folder.path)
        let story = tell(
            walk,
            atMost: 1,
            meanwhile: { _ in
                walk.abandon("none")
                walk.abandon("a/b/file/below")
            }
        )
        #expect(story.files == ["a/b/file", "ab/file"])
    }

    @Test func abandoningTheStartEndsTheWalk() throws {
        try make("a/file")
        let before = FolderWalk(root: folder.path, from: "a")
        before.abandon("a")
        #expect(tell(before) == Story())
        let amid = FolderWalk(root: folder.path, from: "a")
        #expect(tell(amid, atMost: 1, meanwhile: { _ in amid.abandon("") }).left == [])
    }

    @Test func toleratesWhatVanishesMeanwhile() throws {
        for number in 0..<200 {
            try make("d\(number)/e/file")
        }
        try make("stays")
        let path = folder.path.string
        let remover = try Command(["bash", "-c", "rm -rf \(path)/d*"])
        for _ in 0..<50 {
            let story = tell(FolderWalk(root: folder.path), atMost: 7)
            #expect(story.unreadable == [])
            #expect(story.left.last == "")
            #expect(story.files.last == "stays")
        }
        #expect(remover.wait().status == 0)
    }

    @Test func aFileThatVanishesBetweenTwoStepsIsPassedOver() throws {
        for number in 0..<100 {
            try make("\(number)")
        }
        var found: Set<FilePath> = []
        let story = tell(
            FolderWalk(root: folder.path),
            atMost: 1,
            meanwhile: { step in
                guard case .files(_, let files) = step, let file = files.first else { return }
                found.insert(file.path)
                if found.count == 1 {
                    for number in 0..<100 where FilePath("\(number)") != file.path {
                        #expect(unlink(folder("\(number)").string) == 0)
                    }
                }
            }
        )
        #expect(found.count == 1 && story.left == [""] && story.unreadable == [], "\(story)")
    }

    @Test func memoryAndTheTimeOfAStepDoNotGrowWithTheFolder() throws {
        let large = try TemporaryFolder(in: "/dev/shm")
        let made = try Command.run([
            "bash", "-euc", "cd '\(large.path)'; seq -f 'report %.0f.docx' 50000 | xargs -d '\\n' touch", "test",
        ])
        #expect(made.status == 0, "\(made)")
        // In a process of its own: the memory of this one is that of all tests.
        let walked = try Command.run([try TestPaths.probe, "measure", large.path.string])
        let figures = walked.output.split { $0.isWhitespace }.compactMap { Int($0) }
        guard figures.count == 3 else {
            Issue.record("\(walked)")
            return
        }
        #expect(figures[0] == 50_000)
        // The names alone take more.
        #expect(figures[1] < 512, "\(figures[1]) KiB more for 50,000 names")
        #expect(figures[2] < 1000, "200 names took \(figures[2]) ms")
    }
}
