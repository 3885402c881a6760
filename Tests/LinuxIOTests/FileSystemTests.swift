import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import LinuxIO

@Suite("what kind of file system it is")
struct FileSystemTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let canMountFuse =
        geteuid() == 0 && Files.exists("/dev/fuse")
        && (try? Command.run(["bash", "-c", "command -v bindfs"]))?.status == 0

    @Test(.enabled(if: canMountFuse, "needs root, /dev/fuse and bindfs (apt-get install bindfs)"))
    func fuseIsBlindForWhatIsChangedBehindIt() throws {
        let result = try Command.script(
            """
            cd "$2"; mkdir behind mount
            bindfs behind mount
            trap 'umount mount' EXIT
            "$1" filesystem mount behind
            """,
            [TestPaths.probe, folder.path.string],
            inNamespace: true
        )
        #expect(result.output == "fuse blind\ntold: through\n", "\(result)")
    }

    @Test(arguments: [
        ("tmpfs", "mount -t tmpfs test mount"),
        (
            "overlay",
            "mount -t tmpfs test upper; mkdir upper/{u,w}; mount -t overlay test mount -o lowerdir=lower,upperdir=upper/u,workdir=upper/w"
        ),
    ])
    func localOnesSeeEverything(name: String, mount: String) throws {
        let result = try Command.script(
            """
            cd "$2"; mkdir mount upper lower
            \(mount)
            "$1" filesystem mount mount
            """,
            [TestPaths.probe, folder.path.string],
            inNamespace: true
        )
        #expect(result.output == "\(name) seeing\ntold: behind through\n", "\(result)")
    }

    @Test func namesAreThoseOfTheKernel() throws {
        // statfs(2) as stat(1) reads it.
        for path in ["/proc", "/sys", "/dev/shm"] as [FilePath] {
            let name = try Command.run(["stat", "-f", "-c", "%T", path.string]).output
            #expect(FileSystem.name(path: path) + "\n" == name, "\(path)")
            #expect(!FileSystem.isBlind(path: path))
        }
    }

    @Test func numbersAboveTwoToThe31AreFound() {
        // f_type has the width of a machine word and may be negative where that is 32 bits.
        #expect(FileSystem.name(ofKind: UInt32(truncatingIfNeeded: -11_317_950)) == "cifs")
        #expect(FileSystem.name(ofKind: UInt32(truncatingIfNeeded: 0xFE53_4D42)) == "smb2")
        #expect(FileSystem.name(ofKind: 0x1234_5678) == "0x12345678")
    }

    @Test func whatCannotBeAskedIsNotBlind() {
        #expect(!FileSystem.isBlind(path: folder("none")))
        #expect(FileSystem.name(path: folder("none")) == "unknown")
        #expect(!FileSystem.isBlind(-1))
    }
}
