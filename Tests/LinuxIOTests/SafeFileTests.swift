import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import LinuxIO

@Suite("reading files that anybody may have put there")
struct SafeFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func failure(_ path: FilePath, beneath root: FilePath? = nil, maximumBytes: Int = 1000) -> ReadFailure? {
        do {
            _ = try SafeFile.read(path: path, beneath: root, maximumBytes: maximumBytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func readsAllBytesAndTellsTheState() throws {
        try Files.write("年报", to: folder("a"))
        let contents = try SafeFile.read(path: "a", beneath: folder.path)
        #expect(contents.bytes == Array("年报".utf8))
        #expect(contents.identity == (try FileStatus(of: folder("a")).identity))
        try Files.write("年鉴", to: folder("a"))
        #expect(contents.identity != (try FileStatus(of: folder("a")).identity))
    }

    @Test func readsAnEmptyFile() throws {
        try Files.write("", to: folder("empty"))
        #expect(try SafeFile.read(path: folder("empty")).bytes.isEmpty)
    }

    @Test func nothingThere() {
        #expect(failure(folder("none")) == .notFound)
        #expect(failure("none/deeper", beneath: folder.path) == .notFound)
    }

    @Test func specialFilesAreNeitherOpenedNorWaitedFor() throws {
        #expect(mkfifo(folder("fifo").string, 0o600) == 0)
        let socket = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        defer { close(socket) }
        try Files.makeFolder(folder("folder"))
        #expect(failure("fifo", beneath: folder.path) == .notAFile(.fifo))
        #expect(failure(folder("fifo")) == .notAFile(.fifo))
        #expect(failure("/dev/zero") == .notAFile(.characterDevice))
        #expect(failure("folder", beneath: folder.path) == .notAFile(.directory))
    }

    @Test func linksAreFollowedOnlyOnRequest() throws {
        try Files.makeFolder(folder("real"))
        try Files.write("x", to: folder("real/file"))
        try Files.link(folder("link"), to: "real/file")
        try Files.link(folder("alias"), to: "real")
        #expect(failure("link", beneath: folder.path) == .notAFile(.symbolicLink))
        #expect(failure("alias/file", beneath: folder.path) == .notAFile(.symbolicLink))
        #expect(failure(folder("link")) == .notAFile(.symbolicLink))
        #expect(failure(folder("alias/file")) == nil)
        #expect(try SafeFile.read(path: folder("link"), followingLinks: true).bytes == [UInt8(ascii: "x")])
    }

    @Test func nothingAboveTheRootIsReached() throws {
        try Files.makeFolder(folder("root"))
        try Files.write("x", to: folder("secret"))
        #expect(failure("../secret", beneath: folder("root")) == .ioError(errno: EXDEV))
        #expect(failure(folder("secret"), beneath: folder("root")) == .ioError(errno: EXDEV))
    }

    @Test func withoutOpenat2TheSameHolds() throws {
        try Files.makeFolder(folder("a/b"))
        try Files.write("x", to: folder("a/b/file"))
        try Files.link(folder("a/alias"), to: "b")
        let root = Descriptor(owning: try Files.open(folder.path, O_RDONLY | O_DIRECTORY))
        func code(_ path: FilePath, _ flags: CInt = O_RDONLY) -> CInt {
            do throws(SystemCallError) {
                _ = try openComponentwise(root.number, path, flags: flags)
                return 0
            } catch {
                return error.errno
            }
        }
        #expect(code("a/b/file") == 0)
        #expect(code("a/alias/file") == ENOTDIR)
        #expect(code("a/alias") == ELOOP)
        #expect(code("../x") == EXDEV)
        #expect(code("/etc/passwd") == EXDEV)
        #expect(code("a/b/none") == ENOENT)
    }

    @Test func theLimitHolds() throws {
        try Files.write(String(repeating: "x", count: 1000), to: folder("thousand"))
        #expect(failure(folder("thousand"), maximumBytes: 1000) == nil)
        #expect(failure(folder("thousand"), maximumBytes: 999) == .tooLarge(bytes: 1000, limit: 999))
    }

    @Test func aFileThatGrowsBetweenOpenAndReadIsChanged() throws {
        try Files.write("half", to: folder("growing"))
        let file = try SafeFile(opening: folder("growing"))
        let writer = try Files.open(folder("growing"), O_WRONLY | O_APPEND)
        defer { close(writer) }
        try Files.append(" and more", to: writer)
        var failure: ReadFailure?
        do {
            _ = try file.contents()
        } catch {
            failure = error
        }
        #expect(failure == .changed)
    }

    @Test func aFileReplacedByOneOfTheSameSizeIsChanged() throws {
        try Files.write("aaaa", to: folder("file"))
        let file = try SafeFile(opening: folder("file"))
        try Files.write("bbbb", to: folder("file"))
        #expect(throws: ReadFailure.changed) { try file.contents() }
    }

    @Test func whatTakesThePlaceOfALookedUpFileIsNotRead() throws {
        try Files.write("ours", to: folder("file"))
        try Files.write("theirs", to: folder("secret"))
        let node = try SafeFile.Node(at: FilePath("file"), beneath: folder.path)
        try Files.remove(folder("file"))
        try Files.link(folder("file"), to: folder("secret"))
        let file = try SafeFile(opening: node)
        #expect(try file.contents().bytes == Array("ours".utf8), "the file itself, though it has left its folder")
        let link = try SafeFile.Node(at: FilePath("file"), beneath: folder.path)
        #expect(link.status.kind == .symbolicLink)
        #expect(throws: ReadFailure.notAFile(.symbolicLink)) { _ = try SafeFile(opening: link) }
    }

    @Test func seesWhoWrites() throws {
        try Files.write("x", to: folder("file"))
        #expect(try SafeFile(opening: folder("file")).writers() == .none)
        let writer = try Files.open(folder("file"), O_WRONLY)
        #expect(try SafeFile(opening: folder("file")).writers() == .present)
        close(writer)
        #expect(try SafeFile(opening: folder("file")).writers() == .none)
    }

    @Test func sizesOfAStreamAreLimited() throws {
        var ends: [CInt] = [0, 0]
        #expect(pipe(&ends) == 0)
        try Files.append("twelve bytes", to: ends[1])
        close(ends[1])
        defer { close(ends[0]) }
        #expect(throws: ReadFailure.tooLarge(bytes: 12, limit: 11)) {
            try SafeFile.readStream(ends[0], maximumBytes: 11)
        }
        #expect(try SafeFile.readStream(ends[0]).bytes.isEmpty)
    }

    @Test func anotherUserMayNeitherReadNorAsk() throws {
        try #require(getuid() == 0, "run the tests as root: they become another user to see what that one may do")
        try Files.write("x", to: folder("private"), mode: 0o600)
        try Files.write("x", to: folder("public"))
        chmod(folder.path.string, 0o755)
        // A copy, because other users may not look into the folder of the build.
        let copied = try Command.script(
            "cp \"$1\" /tmp/$$.probe; chmod 755 /tmp/$$.probe; echo -n /tmp/$$.probe",
            [TestPaths.probe]
        )
        defer { unlink(copied.output) }
        let asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", copied.output, "writers"]
        let refused = try Command.run(asNobody + [folder("private").string])
        #expect(refused.errors == "permission denied\n")
        let unknown = try Command.run(asNobody + [folder("public").string])
        #expect(unknown.output == "unknown\n", "\(unknown)")
    }

    @Test func bytesOfNamesSurvive() {
        let name: [UInt8] = [0x2F, 0xC4, 0xEA, 0xB1, 0xA8, 0xFF]
        #expect(FilePath(bytes: name).bytes == name)
        #expect(FilePath(bytes: name).lastComponent?.bytes == Array(name.dropFirst()))
    }
}
