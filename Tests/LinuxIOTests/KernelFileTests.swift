import Glibc
import LinuxIO
import SystemPackage
import Testing

struct KernelFileTests {
    @Test func aFileWithoutSizeIsReadWhole() throws {
        let words = try KernelFile.words("/proc/self/status")
        let index = try #require(words.firstIndex(of: "Pid:"))
        #expect(words[index + 1] == "\(getpid())")
        // Longer than a page.
        #expect(try KernelFile.bytes("/proc/self/smaps").count > 4096)
    }

    @Test func whatIsNotThereIsNotFound() {
        #expect(throws: ReadFailure.notFound) { try KernelFile.bytes("/proc/self/no-such-file") }
    }
}
