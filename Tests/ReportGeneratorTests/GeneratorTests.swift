import ReportGenerator
import Testing

/// Every shape and edition, 30 seeds each: 360 reports.
let variety: [(seed: UInt64, edition: FormEdition, shape: TextShape)] = (0..<30).flatMap { seed in
    FormEdition.allCases.flatMap { edition in
        TextShape.allCases.map { (UInt64(seed) &* 7919 &+ 3, edition, $0) }
    }
}

func make(_ seed: UInt64, _ edition: FormEdition, _ shape: TextShape, busy: Bool = false) -> GeneratedReport {
    var generator = ReportGenerator(seed: seed)
    return generator.report(edition: edition, shape: shape, options: .init(busy: busy))
}

/// The digits that a person reads in a cell: no blanks, artefacts, separators, full-width forms.
func normalised(_ text: String) -> String {
    var result = ""
    let cleaned = text.replacing("[bookmark: _GoBack]", with: "")
    for scalar in cleaned.unicodeScalars {
        switch scalar.value {
        case 0xff01...0xff5e: result.unicodeScalars.append(Unicode.Scalar(scalar.value - 0xfee0) ?? scalar)
        case 0x2212: result += "-"
        case 0x20, 0xa0, 0x3000, 0x2c: continue
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// The numbers that stand alone in a cell, in document order, found without any knowledge of the labels.
func numericCells(_ report: GeneratedReport) -> [String] {
    var found: [String] = []
    for line in report.text.split(separator: "\n") {
        for cell in line.split(whereSeparator: { $0 == "\t" || $0 == "|" }) {
            let text = normalised(String(cell)).trimmed
            if !text.isEmpty, text.allSatisfy({ "0123456789.-".contains($0) }), text.contains(where: \.isNumber) {
                found.append(text)
            }
        }
    }
    return found
}

extension String {
    var trimmed: String {
        var view = self[...]
        while view.first?.isWhitespace == true { view.removeFirst() }
        while view.last?.isWhitespace == true { view.removeLast() }
        return String(view)
    }
}

/// `111.1000` and `111.1` are the same number.
func canonical(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var result = text
    while result.hasSuffix("0") { result.removeLast() }
    if result.hasSuffix(".") { result.removeLast() }
    return result
}

@Suite struct Consistency {
    @Test func everySumHolds() throws {
        for entry in variety {
            let report = make(entry.seed, entry.edition, entry.shape)
            let cells = report.cells
            func value(_ table: String, _ row: String, _ column: String) throws -> ExactDecimal {
                try #require(cells[CellPath(table, row, column)], "\(table).\(row).\(column) of \(entry)")
            }
            func number(_ table: String, _ row: String, _ column: String) throws -> Int {
                try value(table, row, column).tenThousandths
            }
            let applicants = ["naturalPerson", "business", "research", "social", "legal", "otherOrg"]
            let results = entry.edition.applicationRows.filter { $0.hasPrefix("3.") && $0 != "3.7" }
            for row in entry.edition.applicationRows {
                let sum = try applicants.reduce(0) { try $0 + number("applications", row, $1) }
                #expect(try sum == number("applications", row, "total"), "row \(row) of \(entry)")
            }
            for column in applicants + ["total"] {
                let sum = try results.reduce(0) { try $0 + number("applications", $1, column) }
                #expect(try sum == number("applications", "3.7", column), "results, \(column) of \(entry)")
                let incoming = try number("applications", "1", column) + number("applications", "2", column)
                let outgoing = try sum + number("applications", "4", column)
                #expect(incoming == outgoing, "balance, \(column) of \(entry)")
            }
            for group in ["reconsideration", "litigation", "litigationAfterReconsideration"] {
                let sum = try ["upheld", "corrected", "other", "pending"].reduce(0) {
                    try $0 + number("disputes", group, $1)
                }
                #expect(try sum == number("disputes", group, "total"), "\(group) of \(entry)")
            }
            for row in ["regulations", "normativeDocuments"] {
                if entry.edition == .edition2021 {
                    let least = try number("disclosure", row, "made") - number("disclosure", row, "repealed")
                    #expect(try number("disclosure", row, "inForce") >= least, "\(row) of \(entry)")
                } else {
                    let published = try number("disclosure", row, "published")
                    #expect(try published <= number("disclosure", row, "total"), "\(row) of \(entry)")
                }
            }
            for (path, cell) in cells {
                #expect(path.column == "change" || cell >= ExactDecimal(0), "\(path) of \(entry)")
            }
            if !["市人民政府", "省人民政府"].contains(where: report.agency.hasSuffix) {
                #expect(try value("disclosure", "regulations", "made") == ExactDecimal(0))
            }
        }
    }

    @Test func theFormHasItsCells() {
        #expect(FormEdition.edition2019.cellPaths.count == 22 + 161 + 15)
        #expect(FormEdition.edition2021.cellPaths.count == 10 + 175 + 15)
        for edition in FormEdition.allCases {
            #expect(Set(edition.cellPaths.map(\.description)).count == edition.cellPaths.count)
            for path in edition.cellPaths {
                #expect(CellPath(path.description) == path)
            }
        }
    }

    @Test func sameSeedSameReport() {
        for entry in variety {
            let first = make(entry.seed, entry.edition, entry.shape)
            let second = make(entry.seed, entry.edition, entry.shape)
            #expect(first.text == second.text && first.cells == second.cells, "\(entry)")
        }
        #expect(make(1, .edition2021, .tabRows).text != make(2, .edition2021, .tabRows).text)
    }

    /// The tables' numbers, in the order of the form, are exactly the numeric cells of the text.
    @Test func textHoldsEveryNumber() {
        for entry in variety {
            let report = make(entry.seed, entry.edition, entry.shape)
            let wanted = entry.edition.cellPaths.compactMap { report.cells[$0].map(\.description) }
            var found = numericCells(report).map(canonical)
            // The page number is the only other number on a line of its own.
            if found.count == wanted.count + 1, ["1", "-3-"].contains(found.last ?? "") { found.removeLast() }
            #expect(wanted.count == report.cells.count)
            #expect(found == wanted, "\(entry): \(found.count) numbers for \(wanted.count) cells")
        }
    }

    @Test func nothingOfTheMachineryLeaks() {
        for entry in variety {
            let report = make(entry.seed, entry.edition, entry.shape)
            let text = report.text
            for scalar in text.unicodeScalars where (0xE000...0xF8FF).contains(scalar.value) || scalar == "⏎" {
                Issue.record("a mark is left in \(entry): U+\(String(scalar.value, radix: 16))")
                break
            }
            #expect(!text.contains("{") && !text.contains("}"), "a template is left in \(entry)")
            // Two words that meet are no doubling.
            let plain = ["目的的确", "加深了了解", "行为为重点", "成为为民", "透明和和谐", "现在在门户", "局局长"].reduce(text) {
                $0.replacing($1, with: "")
            }
            for doubled in ["的的", "了了", "为为", "和和", "在在", "是是", "局局", "，，", "。。", "，。", "、、", "；。"] {
                #expect(!plain.contains(doubled), "\(doubled) in \(entry)")
            }
            let withoutModel = text.replacing("S57XX系列", with: "")
            for word in ["XX", "××", "＿＿"] + (report.year >= 2021 ? ["60号", "试行"] : ["30号"]) {
                #expect(!withoutModel.contains(word), "\(word) in \(entry)")
            }
            // A year of another report would be a fault (rule year.stale) but in words that reach beyond this one.
            for line in text.split(separator: "\n") where line.contains("\(report.year - 1)年") {
                let reaches = ["较", "比", "决算", "上一年", "公报", "历年", "规划", "修订"].contains { line.contains($0) }
                #expect(reaches || line.contains("2019年"), "\(line) in \(entry)")
            }
            for year in 2008...2027 where ![2008, 2019, 2021, 2025].contains(year) && abs(year - report.year) > 1 {
                #expect(!text.contains("\(year)年"), "\(year) in \(entry)")
            }
            #expect(text.contains(report.agency), "\(entry)")
            let words = ["信息处理费", "公开处理费", "信息处理相关费用", "未收取政府信息公开费用"]
            let saysFee = report.narrative[6]?.contains { line in words.contains { line.contains($0) } } ?? false
            #expect(saysFee == (report.year >= 2021) && saysFee == (report.fee != nil), "fee statement of \(entry)")
            if let fee = report.fee {
                #expect(fee.amountYuan % 10 == 0 && fee.amountYuan >= 0, "tariffs are multiples of 10 元, \(entry)")
                #expect(fee.amountYuan == 0 || text.contains("\(fee.amountYuan)元"), "\(entry)")
            }
            if let date = report.signedOn {
                // Art 49: 31 January for departments, 31 March for governments; the rest is local.
                let last = report.agencyKind == .department ? "01-31" : "03-31"
                #expect(
                    date >= "\(report.year + 1)-01-01" && date <= "\(report.year + 1)-\(last)",
                    "\(date) of \(entry)"
                )
            }
        }
    }

    @Test func shapesLookAsTheyShould() {
        for seed in UInt64(0)..<20 {
            #expect(make(seed, .edition2021, .markdown).text.contains("|---|"))
            #expect(make(seed, .edition2021, .markdown).text.hasPrefix("# "))
            #expect(make(seed, .edition2021, .tabRows).text.contains("0\t0\t0") || seed > 0)
            #expect(!make(seed, .edition2021, .paragraphs).text.contains("\t"))
            #expect(make(seed, .edition2019, .cellPerLine).text.contains("\n\t行政许可\n\t"))
            #expect(make(seed, .edition2019, .pipeLines).text.contains(" |\n"))
            #expect(make(seed, .edition2019, .pipeRows).text.contains("行政许可 | "))
        }
    }
}
