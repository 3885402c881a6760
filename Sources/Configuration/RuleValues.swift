// How the values below `rules` are written.

import SystemPackage

extension ValueType<Configuration.Level> {
    static var level: Self {
        text(LocalizedText("off、info、warning 或 error", "off, info, warning or error"), example: "warning") { text, _ in
            Configuration.Level(rawValue: text).map { .value($0) } ?? .wrongType
        }
    }
}

extension ValueType<Int?> {
    /// A number of characters.
    static var characters: Self { .optional(.integer(1...10_000, example: "30")) }

    /// The year of a report.
    static var year: Self { .optional(.integer(2000...2200, example: "2024")) }
}

extension ValueType<Configuration.MonthDay?> {
    /// `02-15`.
    ///
    /// - Parameter latest: the last day by law, which a local date can only precede.
    static func monthDay(notAfter latest: Configuration.MonthDay?) -> Self {
        let example = latest.map { $0.month == 1 ? "01-20" : "03-15" } ?? "02-15"
        return text(LocalizedText("月-日", "a month and a day"), example: example) { text, _ in
            let parts = numbers(in: text)
            guard let parts, parts.count == 2 else { return .wrongType }
            // The year of publication may be no leap year.
            guard let day = Configuration.MonthDay(parts[0], parts[1], isLeapYear: false) else {
                return .wrong(
                    LocalizedText("没有 \(shown(text)) 这一天", "there is no day \(shown(text))"),
                    remedy: LocalizedText(
                        "写每年都有的月和日，例如 \(example)",
                        "write a month and day of every year, such as \(example)"
                    )
                )
            }
            if let latest, latest < day {
                return .wrong(
                    LocalizedText(
                        "\(day) 晚于条例第四十九条规定的 \(latest)：地方的日期只能提前",
                        "\(day) is later than the \(latest) of the Regulations, Art. 49: a local date can only be earlier"
                    ),
                    remedy: LocalizedText(
                        "写不晚于 \(latest) 的日期，例如 \(example)；没有更早的地方规定就删去这一行",
                        "write a day not after \(latest), such as \(example); delete the line where there is no earlier local date"
                    )
                )
            }
            return .value(day)
        }
    }
}

extension ValueType<Configuration.Day> {
    /// `2026-12-31`.
    static var day: Self {
        text(LocalizedText("日期", "a date"), example: "2026-12-31") { text, _ in
            let parts = numbers(in: text)
            guard let parts, parts.count == 3, (2000...2200).contains(parts[0]),
                let day = Configuration.MonthDay(parts[1], parts[2], isLeapYear: isLeap(parts[0]))
            else {
                return .wrong(
                    LocalizedText("“\(shown(text))”不是日期", "'\(shown(text))' is no date"),
                    remedy: LocalizedText(
                        "写成 2026-12-31 的样子；豁免必须有期限，以便到时重新核实",
                        "write it as 2026-12-31; a waiver must have an end, so that it is looked at again"
                    )
                )
            }
            return .value(Configuration.Day(year: parts[0], monthDay: day))
        }
    }
}

/// The numbers of `2026-12-31` or `02-15`; nil for anything else.
private func numbers(in text: String) -> [Int]? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isWritten = parts.enumerated().allSatisfy { index, part in
        let longest = index == 0 && parts.count == 3 ? 4 : 2
        return (1...longest).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    return isWritten ? parts.compactMap { Int($0) } : nil
}

private func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
}

extension Configuration.MonthDay {
    /// Nil when there is no such day.
    fileprivate init?(_ month: Int, _ day: Int, isLeapYear: Bool) {
        let lengths = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard lengths.indices.contains(month - 1), (1...lengths[month - 1]).contains(day) else { return nil }
        self.init(month: month, day: day)
    }
}

extension ValueType<String> {
    /// Text for people, on one line.
    static func sentence(limit: Int, example: String) -> Self {
        let expected = LocalizedText("一行文字，至多 \(limit) 字", "text in one line, of at most \(limit) characters")
        return text(expected, example: example) { text, _ in
            let isBlank = text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
            let isOneLine = text.unicodeScalars.allSatisfy { scalar in
                ![.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
            }
            return !isBlank && isOneLine && text.unicodeScalars.count <= limit ? .value(text) : .wrongType
        }
    }

    /// The name of a body.
    static var agency: Self { sentence(limit: 100, example: "青禾县水利局") }
}

extension ValueType<FilePath> {
    /// A file or folder: absolute, or relative to an inbox.
    static func fileOrFolder(_ example: String) -> Self {
        text(LocalizedText("路径", "a path"), example: example) { text, _ in
            let path = FilePath(text).lexicallyNormalized()
            let leavesInbox = path.isRelative && path.components.first?.kind == .parentDirectory
            guard !text.unicodeScalars.contains("\0"), path.components.count > 0, !leavesInbox else {
                return .wrong(
                    LocalizedText("“\(shown(text))”不能用作路径", "'\(shown(text))' is no path that can stand here"),
                    remedy: LocalizedText(
                        "写相对于收件目录的路径，例如 \(example)，或从 / 起的完整路径",
                        "write a path relative to the inbox, such as \(example), or the whole path from / on"
                    )
                )
            }
            return .value(path)
        }
    }
}

extension ValueType<Configuration.Place?> {
    /// `section 6`, `disclosure`, `applications.3.7`, `applications.3.4.1.total`.
    static var place: Self {
        text(LocalizedText("位置", "a place"), example: "applications.3.7.total") { text, reader in
            if text.hasPrefix("section") { return section(text) }
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard let table = reader.vocabulary.tables[parts[0]] else {
                let names = reader.vocabulary.tables.keys.sorted().joined(separator: ", ")
                return .wrong(
                    LocalizedText("没有位置“\(shown(text))”", "there is no place '\(shown(text))'"),
                    remedy: LocalizedText(
                        "写 section 1 到 section 6，或以表开头（\(names)），例如 applications.3.7.total",
                        "write section 1 to section 6, or begin with a table (\(names)), as in applications.3.7.total"
                    )
                )
            }
            let column = parts.dropFirst().last.flatMap { table.columns.contains($0) ? $0 : nil }
            let row = parts.dropFirst().dropLast(column == nil ? 0 : 1).joined(separator: ".")
            let isRow = table.rows.contains { $0 == row || $0.hasPrefix(row + ".") }
            guard parts.count == 1 || isRow || (row.isEmpty && column != nil) else {
                let near = nearest(to: row, among: table.rows).map { "\(parts[0]).\($0)" } ?? parts[0]
                return .wrong(
                    LocalizedText("表 \(parts[0]) 没有“\(shown(row))”", "the table \(parts[0]) has no '\(shown(row))'"),
                    remedy: LocalizedText(
                        "是否想写 \(near)？行和列的写法同审核结果 JSON 的 location",
                        "did you mean \(near)? Rows and columns are those of location in the JSON of audits"
                    )
                )
            }
            return .value(Configuration.Place(table: parts[0], row: row.isEmpty ? nil : row, column: column))
        }
    }

    private static func section(_ text: String) -> Parsed<Configuration.Place?> {
        let number = text.dropFirst("section".count)
        guard let first = number.first, first == " " || first == ".", let section = Int(number.dropFirst()),
            (1...6).contains(section)
        else {
            return .wrong(
                LocalizedText("没有“\(shown(text))”这一部分", "there is no '\(shown(text))'"),
                remedy: LocalizedText("写 section 1 到 section 6", "write section 1 to section 6")
            )
        }
        return .value(Configuration.Place(section: section))
    }
}
