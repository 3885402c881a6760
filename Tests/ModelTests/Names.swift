// Names as they come from old Windows machines, careless scripts and malicious uploads.

import ReportGenerator

/// Names to choose from: few, so that files meet files that were there before.
enum Names {
    private static let gbk: [UInt8] = [0xC4, 0xEA, 0xB1, 0xA8]

    /// Files.
    static let files: [Name] = [
        "a.txt", "b.txt", "c.html", "年度报告.docx", "年度报告（定稿）.txt", "n1", "n2", "-rf", "x..", "..x", "a b .txt",
        "100%s%n.txt", "quote\"'`$(id).txt", "back\\slash", "line\nbreak.txt", "\u{202E}txt.exe", "e\u{301}.txt",
        "\u{1}\u{1B}[31m.txt", "a.txt.audit.json", "{\"sha256\":\"x\"}", "~", Name(gbk + Array(".txt".utf8)),
        Name(gbk + [0x0A, 0xFF]),
        // 255 bytes, the most that a name can have; and the shortest whose result's name is too long.
        Name(String(repeating: "l", count: 255)), Name(String(repeating: "l", count: 245)),
        Name(String(repeating: "长", count: 85)), Name((0..<85).flatMap { _ in gbk.prefix(3) }),
    ]

    /// Folders. `n1` and `n2` are files at other times. None ends as a result does: the folder of the results of what
    /// lies in it would need the name of a result.
    static let folders: [Name] = [
        "n1", "n2", "县直", "d", "-d", "new\nline", "..d", "100%", ".cache", Name(gbk),
        Name(String(repeating: "夹", count: 60)),
    ]

    /// A name under which `name` is written by programs that give it its own name at the end.
    static func temporary(for name: Name, _ random: inout SplitMix64) -> Name {
        let letters = Name((0..<6).map { _ in UInt8(random.int(97...122)) })
        let short = Name(name.bytes.prefix(200))
        return switch random.int(1...5) {
        // rsync, browsers, WinSCP, FileZilla.
        case 1, 2: "." + short + "." + letters
        case 3: short + ".part"
        case 4: short + ".filepart"
        default: short + letters + ".tmp"
        }
    }
}
