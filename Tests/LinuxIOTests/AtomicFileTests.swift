import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("files that appear whole or not at all")
struct AtomicFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func writesIntoFoldersThatItMakes() throws {
        try AtomicFile.write(Array("one".utf8), to: folder("a/b/file"))
        #expect(Files.read(folder("a/b/file")) == "one")
        try AtomicFile.write(Array("two".utf8), to: folder("a/b/file"))
        #expect(Files.read(folder("a/b/file")) == "two")
        #expect(DirectoryScan(root: folder.path).listing().files == ["a/b/file"])
    }

    @Test func permissionsDoNotDependOnTheUmask() throws {
        try AtomicFile.write([], to: folder("file"))
        var status = stat()
        #expect(stat(folder("file").string, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o640)
    }

    @Test func takesNamesAsLongAsTheFileSystemDoes() throws {
        let name = String(repeating: "n", count: 255)
        try AtomicFile.write([1], to: folder(name))
        #expect(Files.exists(folder(name)))
    }

    @Test func aFailureLeavesNothing() throws {
        try Files.makeFolder(folder("taken/by a folder"))
        #expect(throws: SystemCallError(call: "rename", path: folder("taken"), errno: EISDIR)) {
            try AtomicFile.write([1], to: folder("taken"))
        }
        try Files.write("x", to: folder("file"))
        #expect(throws: SystemCallError.self) { try AtomicFile.write([1], to: folder("file/below")) }
        #expect(DirectoryScan(root: folder.path).listing().files == ["file"])
    }

    @Test func aFullDiskIsAnError() throws {
        let result = try Command.script(
            """
            mount -t tmpfs -o size=64k test "$2"
            "$1" write "$2/small" 1000
            "$1" write "$2/large" 1000000 || echo "status $?"
            ls -A "$2"
            """,
            [TestPaths.probe, folder.path.string],
            inNamespace: true
        )
        #expect(result.output == "status 1\nsmall\n", "\(result)")
        #expect(result.errors.contains("No space left on device"), "\(result)")
    }

    // MARK: - Groups

    private func text(_ number: Int) -> [UInt8] { Array("text \(number)".utf8) }

    /// Everything that lies in the folder, temporary files too.
    private var names: [FilePath] { DirectoryScan(root: folder.path).listing().files }

    @Test(arguments: [0, 1, 2, 7, 64, 65, 200])
    func aGroupOfAnySizeIsWritten(size: Int) throws {
        let group = (0..<size).map { (bytes: text($0), path: folder("\($0 % 3)/deeper/\($0)")) }
        #expect(AtomicFile.GroupWriter().write(group) == Array(repeating: nil, count: size))
        for (bytes, path) in group {
            #expect(Files.read(path) == String(decoding: bytes, as: UTF8.self))
            #expect(path.permissions == "0640")
        }
        #expect(names.count == size)
        let again = group.map { (bytes: $0.bytes + [UInt8(ascii: "!")], path: $0.path) }
        #expect(AtomicFile.GroupWriter().write(again, mode: 0o600) == Array(repeating: nil, count: size))
        for (bytes, path) in again {
            #expect(Files.read(path) == String(decoding: bytes, as: UTF8.self))
            #expect(path.permissions == "0600")
        }
        #expect(names.count == size)
    }

    @Test func oneThatFailsDoesNoHarmToTheOthers() throws {
        try Files.makeFolder(folder("taken"))
        try Files.write("x", to: folder("file"))
        let tooLong = String(repeating: "n", count: 256)
        let paths = [
            folder("first"), folder("taken"), folder("between"), folder("file/below"), folder(tooLong), FilePath("/"),
            folder("last"),
        ]
        let failures = AtomicFile.GroupWriter().write(paths.map { (bytes: text(1), path: $0) })
        #expect(failures.map(\.?.errno) == [nil, EISDIR, nil, ENOTDIR, ENAMETOOLONG, EISDIR, nil])
        #expect(failures.map(\.?.call) == [nil, "rename", nil, "open", "rename", "open", nil])
        #expect(names == ["between", "file", "first", "last"])
    }

    @Test func ofThoseWithTheSamePathTheLastOneStays() throws {
        let group = (0..<100).map { (bytes: text($0), path: folder("same")) }
        #expect(AtomicFile.GroupWriter().write(group) == Array(repeating: nil, count: 100))
        #expect(Files.read(folder("same")) == "text 99")
        #expect(names == ["same"])
    }

    @Test func aFullDiskIsAnErrorOfThoseThatFindNoRoom() throws {
        let result = try Command.script(
            """
            mount -t tmpfs -o size=64k test "$2"
            "$1" write "$2/small" 1000 "$2/large" 1000000 "$2/late" 1000 || echo "status $?"
            ls -A "$2"
            """,
            [TestPaths.probe, folder.path.string],
            inNamespace: true
        )
        #expect(result.output.hasPrefix("status 1\n") && result.output.contains("small\n"), "\(result)")
        #expect(!result.output.contains("large") && !result.output.contains(AtomicFile.temporaryPrefix), "\(result)")
        #expect(result.errors.contains("/large: No space left on device"), "\(result)")
    }

    @Test func readersSeeTheOldFileOrTheNewOne() throws {
        let paths = (0..<8).map { folder("\($0)") }
        let old = [UInt8](repeating: UInt8(ascii: "o"), count: 20_000)
        let new = [UInt8](repeating: UInt8(ascii: "n"), count: 20_000)
        #expect(AtomicFile.GroupWriter().write(paths.map { (old, $0) }) == Array(repeating: nil, count: 8))
        let isOver = Monitor(false)
        let broken = Monitor(0)
        let reader = try WorkerThread(name: "read") {
            while !isOver.withLock({ $0 }) {
                for path in paths {
                    // A file that is replaced while it is open changes, as its number of names does: then it is read again.
                    var text: String?
                    for _ in 0..<100 where text == nil { text = Files.read(path) }
                    let isWhole = text?.utf8.count == 20_000 && text?.utf8.allSatisfy { $0 == text?.utf8.first } == true
                    if !isWhole { broken.withLock { $0 += 1 } }
                }
            }
        }
        for round in 0..<10 {
            let bytes = round.isMultiple(of: 2) ? new : old
            #expect(AtomicFile.GroupWriter().write(paths.map { (bytes, $0) }) == Array(repeating: nil, count: 8))
        }
        isOver.change { $0 = true }
        reader.join()
        #expect(broken.withLock { $0 } == 0)
    }

    @Test func leftoversAreRemovedAndNothingElse() throws {
        try Files.makeFolder(folder("a"))
        for name in ["a/\(AtomicFile.temporaryPrefix)1f", "a/result.audit.json", "a/.other"] {
            try Files.write("x", to: folder(name))
        }
        AtomicFile.removeTemporaries(beneath: folder.path)
        #expect(DirectoryScan(root: folder.path).listing().files == ["a/.other", "a/result.audit.json"])
    }
}
