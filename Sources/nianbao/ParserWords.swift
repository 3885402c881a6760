/// The argument parser speaks English only, in help and in complaints. What it says is put into Chinese here, sentence by
/// sentence: a sentence is only taken for the parser's where its fixed words stand at their places, and one that is not known
/// stays as it is. A test makes the parser say each of them, so that a new version with other words is noticed.
enum ParserWords {
    /// The parser's text in Chinese.
    static func chinese(_ text: String) -> String {
        notes(text).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            translated(String(line))
        }.joined(separator: "\n")
    }

    /// A sentence with gaps `…`, in both languages; the gaps are filled in order.
    private struct Sentence {
        let english: [Substring]
        let chinese: [Substring]

        init(_ english: String, _ chinese: String) {
            self.english = english.split(separator: "…", omittingEmptySubsequences: false)
            self.chinese = chinese.split(separator: "…", omittingEmptySubsequences: false)
        }

        /// The Chinese of `text`; nil where the fixed words are not those of the sentence.
        func translate(_ text: Substring) -> String? {
            guard let opening = english.first, text.hasPrefix(opening) else { return nil }
            var rest = text.dropFirst(opening.count)
            var gaps: [Substring] = []
            for (index, words) in english.enumerated().dropFirst() {
                if index == english.count - 1, words.isEmpty {
                    gaps.append(rest)
                    rest = ""
                } else if index == english.count - 1, rest.hasSuffix(words) {
                    gaps.append(rest.dropLast(words.count))
                    rest = ""
                } else if let range = rest.firstRange(of: words), !words.isEmpty {
                    gaps.append(rest[..<range.lowerBound])
                    rest = rest[range.upperBound...]
                } else {
                    return nil
                }
            }
            guard rest.isEmpty, gaps.count == chinese.count - 1 else { return nil }
            return zip(chinese, gaps.map(Optional.some) + [nil]).map { $0 + ($1 ?? "") }.joined()
        }
    }

    /// Whole lines, and what follows `Error: `.
    private static let sentences: [Sentence] = [
        Sentence("ARGUMENTS:", "参数："),
        Sentence("OPTIONS:", "选项："),
        Sentence("SUBCOMMANDS:", "子命令："),
        Sentence("  See '… <subcommand>' for detailed help.", "  详细说明：… <子命令>"),
        Sentence("  See '…' for more information.", "  详细说明：…"),
        Sentence("  --version               Show the version.", "  --version               显示版本。"),
        Sentence("  -h, --help              Show help information.", "  -h, --help              显示帮助。"),
        Sentence("Missing expected argument '…'", "缺少参数“…”"),
        Sentence("Missing value for '…'", "选项“…”缺少值"),
        Sentence("Missing required subcommand.", "缺少子命令。"),
        Sentence("Unknown option '…'. Did you mean '…'?", "没有选项“…”。是否指“…”？"),
        Sentence("Unknown option '…'", "没有选项“…”"),
        Sentence("Invalid option: …", "选项写法有误：…"),
        Sentence("Unexpected argument '…'", "多余的参数“…”"),
        Sentence("… unexpected arguments: '…'", "…个多余的参数：'…'。"),
        Sentence("The option '…' does not take any value, but '…' was specified.", "选项“…”不带值，却给出了“…”。"),
        Sentence("The value '…' is invalid for '…'. Please provide one of ….", "“…”不能用作“…”的值，可用的值：…。"),
        Sentence("The value '…' is invalid for '…'", "“…”不能用作“…”的值"),
        Sentence("   or: Missing value for '…' in '…'", "   或者：选项“…”缺少值（在“…”中）"),
        Sentence("Value to be set with flag '…' had already been set with flag '…'", "选项“…”与已给出的“…”重复"),
    ]

    /// What a line begins with.
    private static let prefixes = [
        ("OVERVIEW: ", ""), ("USAGE: ", "用法："), ("Usage: ", "用法："), ("Help:  ", "说明：  "), ("Error: ", "错误："),
    ]

    private static func translated(_ line: String) -> String {
        for (english, chinese) in prefixes where line.hasPrefix(english) {
            let rest = line.dropFirst(english.count)
            return chinese + (sentence(rest) ?? placeholders(String(rest)))
        }
        return sentence(line[...]) ?? placeholders(line)
    }

    private static func sentence(_ text: Substring) -> String? {
        sentences.lazy.compactMap { $0.translate(text) }.first.map { placeholders(listed($0)) }
    }

    private static func placeholders(_ text: String) -> String {
        text.replacing("<options>", with: "<选项>").replacing("<subcommand>", with: "<子命令>")
    }

    /// `(values: text, json; default: text)` behind the help of an option, also where it is broken over lines.
    private static func notes(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
            let note = rest[open..<close]
            result += rest[..<open]
            if note.hasPrefix("(values: ") || note.hasPrefix("(default: ") {
                result +=
                    note.replacing("(values: ", with: "（可用：").replacing("(default: ", with: "（缺省：")
                    .replacing("default: ", with: "缺省：").replacing("default:\n", with: "缺省：\n") + "）"
            } else {
                result += note + ")"
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// `'text', 'json' or 'sarif'` as a list.
    private static func listed(_ text: String) -> String {
        ["', '", "' or '", "' and '"].reduce(text) { $0.replacing($1, with: "、") }.replacing("：'", with: "：")
            .replacing("'。", with: "。")
    }
}
