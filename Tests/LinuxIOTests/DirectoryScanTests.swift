import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("walking folders")
struct DirectoryScanTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func listsByTheBytesOfThePath() throws {
        for path in ["a/b", "a/c/d", "a.txt", "a0", "a-", "z", "a/年"] {
            try Files.makeFolder(folder(path).removingLastComponent())
            try Files.write("", to: folder(path))
        }
        let listing = DirectoryScan(root: folder.path).listing()
        #expect(listing.files == ["a-", "a.txt", "a/b", "a/c/d", "a/年", "a0", "z"])
        #expect(listing.files.map(\.bytes) == listing.files.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) })
        #expect(listing.directories == ["a", "a/c"])
        #expect(listing.unreadable.isEmpty)
    }

    @Test func followsNoLinkAndListsNoSpecialFile() throws {
        try Files.makeFolder(folder("real"))
        try Files.write("", to: folder("real/file"))
        try Files.link(folder("alias"), to: "real")
        try Files.link(folder("loop"), to: ".")
        try Files.link(folder("link"), to: "real/file")
        #expect(mkfifo(folder("fifo").string, 0o600) == 0)
        #expect(DirectoryScan(root: folder.path).listing().files == ["real/file"])
        #expect(DirectoryScan(root: folder("alias")).listing().files == ["file"], "the root itself may be a link")
    }

    @Test func depthHasALimitThatIsReported() throws {
        try Files.makeFolder(folder("1/2/3"))
        try Files.write("", to: folder("1/2/file"))
        let listing = DirectoryScan(root: folder.path, maximumDepth: 2).listing()
        #expect(listing.files == ["1/2/file"])
        #expect(listing.unreadable.map(\.path) == ["1/2/3"])
    }

    @Test func aMissingRootIsReported() {
        let listing = DirectoryScan(root: folder("none")).listing()
        #expect(listing.unreadable.map(\.error.errno) == [ENOENT])
    }

    @Test func canBeginBelowTheRoot() throws {
        try Files.makeFolder(folder("a/b"))
        try Files.write("", to: folder("a/b/file"))
        try Files.write("", to: folder("other"))
        var files: [FilePath] = []
        var entered: [FilePath] = []
        DirectoryScan(root: folder.path).walk(
            from: "a",
            enter: { path, _ in
                entered.append(path)
                return true
            },
            file: { files.append($0) },
            unreadable: { path, error in Issue.record("\(path): \(error)") }
        )
        #expect(files == ["a/b/file"])
        #expect(entered == ["a", "a/b"])
    }

    @Test func toleratesWhatVanishesMeanwhile() throws {
        for number in 0..<200 {
            try Files.makeFolder(folder("d\(number)/e"))
            try Files.write("", to: folder("d\(number)/e/file"))
        }
        try Files.write("", to: folder("zzz"))
        let path = folder.path.string
        let remover = try Command(["bash", "-c", "rm -rf \(path)/d*"])
        for _ in 0..<50 {
            let listing = DirectoryScan(root: folder.path).listing()
            #expect(listing.unreadable.map(\.path) == [])
            #expect(listing.files.last == "zzz")
        }
        #expect(remover.wait().status == 0)
    }
}
