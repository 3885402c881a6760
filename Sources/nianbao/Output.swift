import ArgumentParser
import AuditOutput
import Glibc
import LinuxIO

/// Standard output and standard error, by file descriptor: bytes go out as they are, and a closed pipe or a full disk is an
/// error to report instead of a trap.
enum Output {
    /// Writes to standard output; where that fails, says why and ends with exit code 2: output that is lost is no success.
    static func write(_ bytes: [UInt8], _ language: Language) throws {
        guard !write(bytes, to: STDOUT_FILENO) else { return }
        let code = errno
        error(
            language == .zh
                ? "nianbao: 无法写标准输出：\(ErrorText.chinese(code))。"
                : "nianbao: cannot write standard output: \(ErrorText.english(code))."
        )
        throw ExitCode(2)
    }

    /// Writes lines to standard error.
    static func error(_ text: String) { error(bytes: Array(text.utf8)) }

    /// Writes lines to standard error, safe to print: names in a message come from anywhere.
    static func error(bytes: [UInt8]) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let text = lines.map { Terminal.printable(Array($0)) }.joined(separator: "\n")
        _ = write(Array((text + "\n").utf8), to: STDERR_FILENO)
    }

    /// Whether standard output is a terminal that wants colour (<https://no-color.org>).
    static var wantsColour: Bool {
        isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil && environment("TERM") != "dumb"
    }

    /// Whether progress may be shown: on a terminal, where results do not go to the same one.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) != 1 }

    /// Whether a person reads: both standard output and standard error are terminals.
    static var isForAPerson: Bool { isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// Overwrites the progress line.
    static func progress(_ text: String) { _ = write(Array("\r\u{1B}[K\(text)".utf8), to: STDERR_FILENO) }

    /// A variable of the environment.
    static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// The language: an explicit choice, else what the environment asks for (`LC_ALL`, `LC_MESSAGES`, `LANG`).
    static func language(_ explicit: Language?) -> Language {
        if let explicit { return explicit }
        let setting = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty }
        return Language(environment: setting)
    }

    private static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), bytes.count - offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            offset += count
        }
        return true
    }
}
