import ArgumentParser
import AuditOutput
import AuditRules
import Glibc
import Ledger

extension LedgerCommand {
    /// `nianbao ledger history`
    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history",
            abstract: Spoken.say("一个机关或一个文件历次的审核。", "Every audit of a body or of a file."),
            discussion: Spoken.say(
                """
                机关写全称，按年度和时间列出，也包括已经离开收件目录的文件；名称的比较与配置中相同，
                不计空格和括号的全角半角。文件写收件目录中的路径，绝对的或相对于收件目录的。

                示例：
                  nianbao ledger history 青禾县水利局
                  nianbao ledger history 县直/青禾县水利局.docx --format csv
                """,
                """
                A body is named in full and its audits are listed by year and time, also those
                of files that left; blanks and the width of brackets do not count, as in the
                configuration. A file is named by its path, absolute or in the inbox.

                Examples:
                  nianbao ledger history county/report.docx
                  nianbao ledger history county/report.docx --format csv
                """
            )
        )

        @Argument(help: .said("机关的全称，或一个文件。", "The full name of a body, or a file.", value: ("机关|文件", "name|file")))
        var subject: PathArgument

        @Option(help: .format("text、json 或 csv", "text, json or csv"))
        var format: ListFormat = .text

        @OptionGroup var options: LedgerOptions

        func run() throws {
            let view = try LedgerView(options.place())
            let files = try view.entries(named: subject)
            let table = LedgerTable(words: view.words)
            var output = LedgerOutput(format, .results, view.place.language)
            let showsFile = files.count != 1
            func add(_ entry: HistoryEntry) throws {
                try output.add(
                    entry,
                    header: table.historyHeader(showingFile: showsFile),
                    text: table.line(entry, showingFile: showsFile)
                )
            }
            if files.isEmpty {
                try view.eachResult(of: NamedAgency(String(decoding: subject.bytes, as: UTF8.self)), add)
            }
            for file in files { try view.history(of: file).forEach(add) }
            try output.end()
            guard files.isEmpty, output.count == 0 else { return }
            Output.error(
                view.place.say(
                    "nianbao: 台账中没有名为 \(subject.shown) 的机关或文件。机关写全称，文件写收件目录中的路径。",
                    "nianbao: the ledger has no body and no file \(subject.shown). Name a body in full, a file by its path."
                )
            )
            throw ExitCode(EX_NOINPUT)
        }
    }
}

extension LedgerView {
    /// The results of a file, the oldest first.
    func history(of file: LedgerEntry) throws -> [HistoryEntry] {
        try reading { () throws(LedgerError) in try ledger.history(file: file.id) }
    }

    /// Calls `body` with every result of reports of an agency, by year and time; those without a year come last. Only some
    /// hundred are in memory, however many there are.
    func eachResult(of agency: NamedAgency, _ body: (HistoryEntry) throws -> Void) throws {
        var years: Set<Int?> = []
        try eachResult(of: agency, year: nil) { years.insert($0.year) }
        for year in years.compactMap(\.self).sorted() { try eachResult(of: agency, year: year, body) }
        guard years.contains(nil) else { return }
        try eachResult(of: agency, year: nil) { if $0.year == nil { try body($0) } }
    }

    private func eachResult(of agency: NamedAgency, year: Int?, _ body: (HistoryEntry) throws -> Void) throws {
        var last: Int64 = 0
        while true {
            let page = try reading { () throws(LedgerError) in
                try ledger.history(
                    agency: { NamedAgency($0) == agency },
                    year: year,
                    after: last,
                    limit: Self.pageSize
                )
            }
            for entry in page { try body(entry) }
            guard page.count == Self.pageSize, let end = page.last else { return }
            last = end.id
        }
    }
}
