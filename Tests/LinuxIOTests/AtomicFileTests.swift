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

    @Test func leftoversAreRemovedAndNothingElse() throws {
        try Files.makeFolder(folder("a"))
        for name in ["a/\(AtomicFile.temporaryPrefix)1f", "a/result.audit.json", "a/.other"] {
            try Files.write("x", to: folder(name))
        }
        AtomicFile.removeTemporaries(beneath: folder.path)
        #expect(DirectoryScan(root: folder.path).listing().files == ["a/.other", "a/result.audit.json"])
    }
}
