import ArgumentParser
import AuditOutput
import Ledger

extension LedgerCommand {
    /// `nianbao ledger export`
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: Spoken.say("导出全部记录：CSV 或 JSON。", "Writes out everything: CSV or JSON."),
            discussion: Spoken.say(
                """
                每个文件一条，包括已经离开收件目录的（leftAt 不为空）；--history 改为历次审核每次一条。
                时间为 UTC。不是 UTF-8 的路径以 \\xNN 转义，原字节写在 pathBytes（base64）。

                CSV 依 RFC 4180，第一行是列名，没有值的为空。以 = + - @ 开头的文字照原样写出，不作改动；
                电子表格可能把它当公式计算，所以用 Excel、WPS 打开时加 --guard-formulas，在这样的文字前加一个 '，
                并加 --bom，否则 Excel 认不出 UTF-8。

                示例：
                  nianbao ledger export > 台账.csv
                  nianbao ledger export --bom --guard-formulas > 台账.csv
                  nianbao ledger export --format json | jq '.[] | select(.verdict == "fail") | .agency'
                """,
                """
                One record a file, also for those that left their inbox (leftAt is set);
                with --history one for every audit that was made. Times are UTC. A path that
                is not UTF-8 is escaped by \\xNN; its bytes stand in pathBytes (base64).

                CSV follows RFC 4180; the first line names the columns, what is not known is
                empty. Text that begins with = + - @ is written as it is. A spreadsheet may
                compute it: for Excel add --guard-formulas, which puts a ' in front of such
                text, and --bom, without which Excel does not see that it is UTF-8.

                Examples:
                  nianbao ledger export > ledger.csv
                  nianbao ledger export --bom --guard-formulas > ledger.csv
                  nianbao ledger export --format json | jq '.[] | select(.verdict == "fail") | .agency'
                """
            )
        )

        enum Format: String, ExpressibleByArgument, CaseIterable { case csv, json }

        @Option(help: .format("csv 或 json（一个数组）", "csv or json (one array)"))
        var format: Format = .csv

        @Flag(help: .said("历次审核，每次一条。", "One record for every audit that was made."))
        var history = false

        @Flag(help: .said("CSV 以 UTF-8 的字节顺序标记开头，供 Excel 识别。", "Begins CSV with a byte order mark, for Excel."))
        var bom = false

        @Flag(
            help: .said(
                "CSV 中电子表格会当作公式的文字，前面加一个 '。",
                "Puts a ' before text in CSV that a spreadsheet would compute."
            )
        )
        var guardFormulas = false

        @OptionGroup var options: LedgerOptions

        func validate() throws {
            guard format == .csv || !(bom || guardFormulas) else {
                throw ValidationError(
                    Spoken.say("--bom 和 --guard-formulas 只用于 CSV。", "--bom and --guard-formulas go with CSV only.")
                )
            }
        }

        func run() throws {
            let view = try LedgerView(options.place())
            if history {
                var output = output(.results, view)
                try view.each(.init(left: nil)) { file in
                    for entry in try view.history(of: file) { try output.add(entry) }
                }
                try output.end()
            } else {
                var output = output(.files, view)
                try view.each(.init(left: nil)) { try output.add(view.file($0)) }
                try output.end()
            }
        }

        private func output<Row>(_ columns: LedgerColumns<Row>, _ view: LedgerView) -> LedgerOutput<Row> {
            let format: ListFormat = format == .csv ? .csv : .json
            return LedgerOutput(format, columns, view.place.language, byteOrderMark: bom, guardsFormulas: guardFormulas)
        }
    }
}
