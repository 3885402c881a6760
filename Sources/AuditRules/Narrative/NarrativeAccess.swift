import ChineseText
import Narrative
import ReportModel

/// The numbers of table 3 that a statement of the text may equal (domain.md §4).
enum NarrativeAccess {
    /// A value that the text may give, with the words for it.
    struct Candidate {
        var value: Quantity
        var formula: Message
    }

    /// Every value of table 3 that a count of this kind may state; nil when a cell for it was not read.
    static func candidates(_ count: ApplicationCount, _ reading: TableReading) -> [Candidate]? {
        func total(_ row: RowID, _ column: ColumnID = "total") -> Quantity? { reading.cell(row, column)?.summand }
        func sum(_ prefix: String) -> Quantity? {
            // Every row of the group, or no sum: part of a group would be held against the whole that the text states.
            let layout = reading.otherResults ?? .itemised
            let rows = Form.rows(of: .applications, edition: .form2021, otherResults: layout).map(\.id)
                .filter { $0.key == prefix || $0.key.hasPrefix(prefix + ".") }
            return Summation(rows.map { reading.cell($0, "total") }).total
        }
        func columns(_ row: RowID, _ columns: [ColumnID]) -> Quantity? {
            guard let row = reading.rows[row] else { return nil }
            return Summation(row, columns).total
        }
        func both(_ name: Message, _ first: Quantity?, _ second: Quantity?) -> [Candidate]? {
            guard let first, let second else { return nil }
            return [
                Candidate(value: first, formula: Message("本年新收\(name.zh)", "row 1, \(name.en)")),
                Candidate(value: first + second, formula: Message("本年新收加上年结转\(name.zh)", "rows 1 + 2, \(name.en)")),
            ]
        }
        func one(_ value: Quantity?, _ zh: String, _ en: String) -> [Candidate]? {
            value.map { [Candidate(value: $0, formula: Message(zh, en))] }
        }
        switch count {
        case .received: return both(Message("总计", "total"), total("1"), total("2"))
        case .carriedOver: return one(total("2"), "上年结转总计", "row 2, total")
        case .carriedForward: return one(total("4"), "结转下年度总计", "row 4, total")
        case .answered:
            guard let done = total("3.7"), let new = total("1"), let old = total("2") else { return nil }
            return [
                Candidate(value: done, formula: Message("办理结果总计", "row 3.7, total")),
                Candidate(value: new + old, formula: Message("本年新收加上年结转总计", "rows 1 + 2, total")),
                Candidate(value: new, formula: Message("本年新收总计", "row 1, total")),
            ]
        case .granted: return one(total("3.1"), "（一）予以公开总计", "row 3.1, total")
        case .partiallyGranted: return one(total("3.2"), "（二）部分公开总计", "row 3.2, total")
        case .grantedOrPartially:
            guard let full = total("3.1"), let part = total("3.2") else { return nil }
            return [Candidate(value: full + part, formula: Message("予以公开加部分公开总计", "rows 3.1 + 3.2, total"))]
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

    /// The statements that are about the year's own figures: those of the preface and of sections 一 and 三.
    static func claims(_ report: AnnualReport) -> [AnnualReport.Located<CountClaim>] {
        report.claims.filter { $0.section == nil || $0.section == 1 || $0.section == 3 }
    }

    /// How grave a difference is: nil when the statement may rightly differ (another body's work, all years), a warning when
    /// its wording leaves room, else an error.
    static func severity(_ claim: CountClaim) -> Severity? {
        let otherScope: Set<Looseness> = [
            .onBehalf, .filed, .assisted, .guided, .responding, .cumulative, .office, .otherBody,
        ]
        if !claim.looseness.isDisjoint(with: otherScope) { return nil }
        return claim.looseness.isEmpty ? .error : .warning
    }
}
