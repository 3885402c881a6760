// Names as they come from old Windows machines, careless scripts and malicious uploads.

import ReportGenerator

/// Names to choose from: few, so that files meet files that were there before.
enum Names {
    private static let gbk: Name = [0xC4, 0xEA, 0xB1, 0xA8]

    /// Files. None ends in the suffix of results followed by nothing else than a folder could have: see `folders`.
    static let files: [Name] =
        ["a.txt", "b.txt", "c.html", "年度报告.docx", "年度报告（定稿）.txt", "n1", "n2"].map { Name($0.utf8) }
        + ["-rf", "x..", "..x", "a b .txt", "100%s%n.txt", "quote\"'`$(id).txt", "back\\slash", "line\nbreak.txt"]
        .map { Name($0.utf8) }
        + ["\u{202E}txt.exe", "e\u{301}.txt", "\u{1}\u{1B}[31m.txt", "a.txt.audit.json", "{\"sha256\":\"x\"}", "~"]
        .map { Name($0.utf8) }
        + [
            gbk + Name(".txt".utf8), gbk + [0x0A, 0xFF],
            // 255 bytes, the most that a name can have; and the shortest whose result's name is too long.
            Name(repeating: UInt8(ascii: "l"), count: 255), Name(repeating: UInt8(ascii: "l"), count: 245),
            Name(String(repeating: "长", count: 85).utf8), (0..<85).flatMap { _ in gbk.prefix(3) },
        ]

    /// Folders. `n1` and `n2` are files at other times.
    static let folders: [Name] =
        ["n1", "n2", "县直", "d", "-d", "new\nline", "..d", "100%", ".cache"].map { Name($0.utf8) }
        + [gbk, Name(String(repeating: "夹", count: 60).utf8)]

    /// A name under which `name` is written by programs that give it its own name at the end.
    static func temporary(for name: Name, _ random: inout SplitMix64) -> Name {
        let letters = (0..<6).map { _ in UInt8(random.int(97...122)) }
        let short = Name(name.prefix(200))
        return switch random.int(1...5) {
        // rsync, browsers, WinSCP, FileZilla.
        case 1, 2: Name(".".utf8) + short + Name(".".utf8) + letters
        case 3: short + Name(".part".utf8)
        case 4: short + Name(".filepart".utf8)
        default: short + letters + Name(".tmp".utf8)
        }
    }
}
