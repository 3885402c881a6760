import ChineseText
import Narrative
import ReportModel

/// What the rules that hold the text against the tables share: which statements count, how grave a difference is, and the words
/// that tell how a number was read.
enum NarrativeAccess {
    typealias Claim = AnnualReport.Located<CountClaim>

    /// A value of a table that the text may give, with the words for it.
    struct Candidate {
        var value: Quantity
        var formula: Message
        /// A cell for it is blank and was taken as 0.
        var hasBlank = false
    }

    /// The statements that are about the year's own figures: those of the preface, of section 一 and of the table's section.
    static func claims(_ report: AnnualReport, _ table: TableID) -> some Sequence<Claim> {
        report.claims.lazy.filter { $0.section == nil || $0.section == 1 || $0.section == table.section }
    }

    /// How grave a difference is: nil when the statement may rightly differ (another body's work, another court's), an info when it
    /// may be of another scope, a warning when its wording leaves room, else the rule's own severity.
    static func severity(_ claim: CountClaim, _ own: Severity) -> Severity? {
        if claim.looseness.isEmpty { return own }
        if !claim.looseness.isDisjoint(with: otherScope) { return nil }
        return claim.looseness.isDisjoint(with: doubtfulScope) ? max(own, .warning) : .info
    }

    private static let otherScope: Set<Looseness> = [
        .onBehalf, .filed, .assisted, .guided, .responding, .office, .otherBody,
    ]
    private static let doubtfulScope: Set<Looseness> = [
        .cumulative, .casesHandled, .otherYear, .bareDispute, .governmentItself,
    ]

    /// A difference between the text and a table, told with the number, what it was taken for and what the table has.
    static func finding(
        _ claim: Claim,
        _ candidates: [Candidate],
        read what: Message,
        _ severity: Severity,
        in table: TableReading,
        because remark: Message? = nil
    ) -> Finding? {
        let stated = Quantity(claim.value.value)
        guard let nearest = candidates.min(by: { distance($0.value, stated) < distance($1.value, stated) }) else {
            return nil
        }
        var seen = Set<Quantity>()
        let distinct = candidates.filter { seen.insert($0.value).inserted }
        let values = Message(
            distinct.map { "\($0.formula.zh) \($0.value)" }.joined(separator: "，或"),
            distinct.map { "\($0.value) (\($0.formula.en))" }.joined(separator: " or ")
        )
        let number = claim.value.isDenial ? Message("没有", "none") : Message(symbols: "\(stated)")
        let quote = shown(claim)
        let isBlank = candidates.contains(where: \.hasBlank)
        let reason = remark ?? reason(claim.value) ?? (isBlank ? blankTaken : nil)
        return Finding(
            isBlank ? max(severity, .warning) : severity,
            Message(
                "正文“\(quote)”：\(number.zh)，读作\(what.zh)；\(table.table.name)为\(values.zh)。\(reason?.zh ?? "")",
                "“\(quote)”: \(number.en), read as \(what.en); table \(table.table.section) has \(values.en)."
                    + (reason.map { " " + $0.en } ?? "")
            ),
            at: Location(section: claim.section, source: claim.source, quote: claim.quote.trimmed),
            expected: nearest.value,
            actual: stated,
            formula: nearest.formula,
            hint: NarrativeHint.cause(of: claim.value, nearest, among: candidates, in: table)
        )
    }

    private static let blankTaken = Message("空白单元格按0计，故为警告。", "A blank cell was taken as 0: a warning.")

    /// The clause as a message shows it: a clause without an end is cut.
    static func shown(_ claim: Claim) -> String {
        let quote = claim.quote.trimmed
        let cut = quote.unicodeScalars.prefix(longestQuote)
        return cut.endIndex == quote.unicodeScalars.endIndex ? quote : String(cut) + "……"
    }

    private static let longestQuote = 80

    /// Why a difference weighs less than the rule's own severity.
    private static func reason(_ claim: CountClaim) -> Message? {
        Looseness.allCases.first { claim.looseness.contains($0) }.flatMap { looseness in
            switch looseness {
            case .cumulative: Message("“累计”也可能跨年度，仅作提示。", "累计 may cover more than the year: for information only.")
            case .severalChannels:
                Message("句中列举了渠道，可能只计其中几种，故为警告。", "Ways of applying are named, perhaps not all: a warning.")
            case .bareNoun: Message("句中只说“申请”，故为警告。", "The sentence says 申请 alone: a warning.")
            case .combinedVerbs: Message("一个数字对应收到和办理两个动词，故为警告。", "One number for receiving and handling: a warning.")
            case .severalStatements: Message("同一句另有不同的数字，故为警告。", "The sentence gives another number too: a warning.")
            case .casesHandled:
                Message("办理的案件未必都已作出决定，仅作提示。", "Cases handled need not be decided: for information only.")
            case .otherYear: Message("句中写的是上一年度，仅作提示。", "The sentence names the year before: for information only.")
            case .bareDispute:
                Message(
                    "句中未写明是因政府信息公开对本机关提起，仅作提示。",
                    "Not said to be over disclosure and against this body: for information."
                )
            case .governmentItself:
                Message(
                    "句中说的是政府本身，表格包括所属各单位，仅作提示。",
                    "The government itself, while the tables cover its area: for information."
                )
            case .loneOutcome:
                Message("句中没有其他办理结果，含义可能较宽，故为警告。", "No other result stands beside it, so it may mean more: a warning.")
            case .onBehalf, .filed, .assisted, .guided, .responding, .office, .otherBody: nil
            }
        }
    }

    private static func distance(_ left: Quantity, _ right: Quantity) -> Quantity {
        left < right ? right - left : left - right
    }
}

extension NarrativeAccess {
    /// Every value of table 3 that a count of this kind may state; nil when a cell for it was not read.
    static func candidates(_ count: ApplicationCount, _ reading: TableReading) -> [Candidate]? {
        func total(_ row: RowID, _ column: ColumnID = "total") -> Summation {
            let cell = Summation([reading.cell(row, column)])
            // A total that was left out is what its six columns say.
            guard column == "total", cell.blanks > 0, let row = reading.rows[row] else { return cell }
            let columns = Summation(row, Form.applicants)
            return columns.total == .zero ? cell : columns
        }
        func sum(_ prefix: String) -> Summation {
            // Every row of the group, or no sum: part of a group would be held against the whole that the text states.
            let layout = reading.otherResults ?? .itemised
            let rows = Form.rows(of: .applications, edition: .form2021, otherResults: layout).map(\.id)
                .filter { $0.key == prefix || $0.key.hasPrefix(prefix + ".") }
            return Summation(rows.map { reading.cell($0, "total") })
        }
        func columns(_ row: RowID, _ columns: [ColumnID]) -> Summation {
            guard let row = reading.rows[row] else { return Summation([nil]) }
            return Summation(row, columns)
        }
        func both(_ name: Message, _ first: Summation, _ second: Summation) -> [Candidate]? {
            guard let new = first.total, let old = second.total else { return nil }
            return [
                Candidate(
                    value: new,
                    formula: Message("本年新收\(name.zh)", "row 1, \(name.en)"),
                    hasBlank: first.blanks > 0
                ),
                Candidate(
                    value: new + old,
                    formula: Message("本年新收加上年结转\(name.zh)", "rows 1 + 2, \(name.en)"),
                    hasBlank: first.blanks + second.blanks > 0
                ),
            ]
        }
        switch count {
        case .received: return both(Message("总计", "total"), total("1"), total("2"))
        case .carriedOver: return one(total("2"), "上年结转总计", "row 2, total")
        case .carriedForward: return one(total("4"), "结转下年度总计", "row 4, total")
        case .answered:
            guard let done = one(total("3.7"), "办理结果总计", "row 3.7, total"),
                let received = both(Message("总计", "total"), total("1"), total("2"))
            else { return nil }
            return done + received.reversed()
        case .granted: return one(total("3.1"), "（一）予以公开总计", "row 3.1, total")
        case .partiallyGranted: return one(total("3.2"), "（二）部分公开总计", "row 3.2, total")
        case .grantedOrPartially:
            guard let full = total("3.1").total, let part = total("3.2").total else { return nil }
            let hasBlank = total("3.1").blanks + total("3.2").blanks > 0
            let formula = Message("予以公开加部分公开总计", "rows 3.1 + 3.2, total")
            return [Candidate(value: full + part, formula: formula, hasBlank: hasBlank)]
        case .denied: return one(sum("3.3"), "（三）不予公开各项之和", "sum of rows 3.3")
        case .unavailable: return one(sum("3.4"), "（四）无法提供各项之和", "sum of rows 3.4")
        case .rejected: return one(sum("3.5"), "（五）不予处理各项之和", "sum of rows 3.5")
        case .otherResults: return one(sum("3.6"), "（六）其他处理各项之和", "sum of rows 3.6")
        case .naturalPersons:
            return both(Message("自然人", "natural persons"), total("1", "naturalPerson"), total("2", "naturalPerson"))
        case .organisations:
            let organisations = Array(Form.applicants.dropFirst())
            return both(Message("法人或其他组织", "organisations"), columns("1", organisations), columns("2", organisations))
        }
    }

    /// Every value of table 4 that a count of reconsiderations may state.
    static func reconsiderations(_ outcome: DisputeOutcome?, _ reading: TableReading) -> [Candidate]? {
        let column = column(outcome)
        let name = Form.columnName(.disputes, column, edition: nil)
        return one(
            reading.cell("reconsideration", column),
            "行政复议“\(name)”",
            "group “行政复议”, column “\(name)”"
        )
    }

    /// Every value of table 4 that a count of litigation may state: both groups together, or either.
    static func litigation(_ outcome: DisputeOutcome?, _ group: LitigationGroup?, _ reading: TableReading)
        -> [Candidate]?
    {
        let column = column(outcome)
        let name = Form.columnName(.disputes, column, edition: nil)
        let cells = [reading.cell("litigation", column), reading.cell("litigationAfterReconsideration", column)]
        guard let direct = one(cells[0], "未经复议直接起诉“\(name)”", "group “未经复议直接起诉”, column “\(name)”"),
            let after = one(cells[1], "复议后起诉“\(name)”", "group “复议后起诉”, column “\(name)”"),
            let both = one(Summation(cells), "行政诉讼两类“\(name)”之和", "both kinds of litigation, column “\(name)”")
        else { return nil }
        switch group {
        case .direct: return direct
        case .afterReconsideration: return after
        case nil: return both + direct + after
        }
    }

    /// The value of table 2 that a count may state; nil when it was not read, empty when the edition has no such cell.
    static func disclosed(_ count: DisclosureCount, _ reading: TableReading, _ edition: Edition) -> [Candidate]? {
        let address: (row: RowID, column: ColumnID)
        switch count {
        case .documentsMade: address = ("normativeDocuments", "made")
        case .documentsRepealed, .documentsInForce:
            // 对外公开总数量 of edition 2019 is another figure than 现行有效.
            guard edition == .form2021 else { return [] }
            address = ("normativeDocuments", count == .documentsInForce ? "inForce" : "repealed")
        case .licences: address = ("licensing", "decisions")
        case .penalties: address = ("penalties", "decisions")
        }
        let row = Form.rowName(.disclosure, address.row)
        let column = Form.columnName(.disclosure, address.column, edition: edition)
        return one(
            reading.cell(address.row, address.column),
            "“\(row)·\(column)”",
            "row “\(row)”, column “\(column)”"
        )
    }

    private static func one(_ sum: Summation, _ zh: String, _ en: String) -> [Candidate]? {
        sum.total.map { [Candidate(value: $0, formula: Message(zh, en), hasBlank: sum.blanks > 0)] }
    }

    private static func one(_ cell: CellReading?, _ zh: String, _ en: String) -> [Candidate]? {
        one(Summation([cell]), zh, en)
    }

    private static func column(_ outcome: DisputeOutcome?) -> ColumnID {
        switch outcome {
        case .upheld: "upheld"
        case .corrected: "corrected"
        case .other: "other"
        case .pending: "pending"
        case nil: "total"
        }
    }
}
