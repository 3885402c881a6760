import ReportModel

/// Looks for the one simple slip that explains why sums of table 3 do not hold.
///
/// Every slip that offices are known to make is tried: undone, and all sums counted again. One is told only where the sums
/// that it touches then hold, no other one breaks, and nothing else does as well — and then as a question, for the numbers
/// of a table never prove what somebody meant to write.
struct ApplicationsDiagnosis {
    typealias Place = ApplicationsGrid.Place
    typealias Identity = ApplicationsGrid.Identity

    /// A slip that explains something.
    struct Cause {
        /// What holds when it is undone.
        var explains: Set<Identity>
        /// The numbers that undo it; empty where they cannot be known.
        var changes: [Place: Int]
        /// The question to whoever looks at the report.
        var hint: Message

        fileprivate func isSame(as other: Cause) -> Bool {
            changes.isEmpty || other.changes.isEmpty ? hint == other.hint : changes == other.changes
        }
    }

    let grid: ApplicationsGrid
    let broken: Set<Identity>
    private var causes: [Cause] = []

    /// Nil when the table was not read as a whole.
    init?(_ report: AnnualReport) {
        guard let grid = ApplicationsGrid(report) else { return nil }
        self.grid = grid
        broken = grid.broken
        guard !broken.isEmpty else { return }
        causes = wrongCells() + slipsCarriedIntoTotals()
        causes += wrongColumns() + slidRows() + exchangedRows()
        causes += forgottenTotals() + forgottenCarryOver()
        // Half the table moved explains much: only what nothing simpler does.
        if causes.isEmpty { causes = tableOutOfStep() }
        causes += missingResults() + rowLeftOut() + countedTwice()
    }

    /// What to check where `identity` does not hold: what explains it, nil when several things do, and `otherwise`, what its
    /// numbers tell by themselves, when nothing does.
    func hint(for identity: Identity, otherwise: Message? = nil) -> Message? {
        let fitting = causes.filter { $0.explains.contains(identity) }
        guard let first = fitting.first else { return otherwise }
        return fitting.allSatisfy { $0.isSame(as: first) } ? first.hint : nil
    }

    // MARK: - Trying

    /// A change as a cause, when every sum that it touches holds afterwards and no other breaks. `hint` is given what then
    /// holds, in words.
    func cause(_ changes: [Place: Int], _ hint: (_ holds: Message) -> Message) -> Cause? {
        var mended = grid
        var touched: Set<Identity> = []
        let real = changes.filter { value($0.key) != $0.value }
        for (place, value) in real {
            guard value >= 0 else { return nil }
            mended.values[place.row][place.column] = value
            touched.formUnion(grid.identities(of: place))
        }
        let left = mended.broken
        let explained = broken.subtracting(left)
        guard !explained.isEmpty, left.isSubset(of: broken), left.isDisjoint(with: touched) else { return nil }
        return Cause(explains: explained, changes: real, hint: hint(Self.holds(explained)))
    }

    /// A change of a whole row as a cause.
    func cause(row: Int, _ values: [Int], _ hint: (_ holds: Message) -> Message) -> Cause? {
        var changes: [Place: Int] = [:]
        for (column, value) in values.enumerated() { changes[Place(row: row, column: column)] = value }
        return cause(changes, hint)
    }

    func value(_ place: Place) -> Int { grid.values[place.row][place.column] }

    /// The columns of which the results or the balance do not hold.
    var brokenColumns: [Int] { grid.columns.filter { grid.resultExcess($0) != 0 || grid.balanceExcess($0) != 0 } }

    /// Which sums hold once a slip is undone, and that they may be one slip.
    private static func holds(_ identities: Set<Identity>) -> Message {
        var (rows, results, balances) = (false, false, false)
        for identity in identities {
            switch identity {
            case .row: rows = true
            case .results: results = true
            case .balance: balances = true
            }
        }
        let named = [
            rows ? Message("行合计", "row totals") : nil,
            results ? Message("办理结果合计", "sums of results") : nil,
            balances ? Message("勾稽关系", "balance") : nil,
        ].compactMap(\.self)
        let zh = named.map(\.zh).joined(separator: "、")
        let en = named.map(\.en).joined(separator: ", ")
        if identities.count == 1 { return Message("\(zh)平衡", "\(en) agree") }
        return Message(
            "\(zh)均平衡（共 \(identities.count) 处不符，可能同出于此）",
            "\(en) agree (\(identities.count) disagreements, which may all come from it)"
        )
    }
}

// MARK: - A wrong number

extension ApplicationsDiagnosis {
    /// The cell where a broken row and a broken column cross.
    private func wrongCells() -> [Cause] {
        let rows = grid.rows.indices.filter { grid.rowExcess($0) != 0 }
        let columns = brokenColumns
        return rows.flatMap { row in
            columns.compactMap { column in
                let excess = grid.rowExcess(row)
                let place = Place(row: row, column: column)
                let meant = value(place) + (column == ApplicationsGrid.total ? excess : -excess)
                return cause([place: meant]) { cellHint(place, meant, $0) }
            }
        }
    }

    private func cellHint(_ place: Place, _ meant: Int, _ holds: Message) -> Message {
        let written = value(place)
        let name = grid.name(place)
        if written == 0 { return forgottenHint(place, meant, holds) }
        let question: Message
        if let slip = DigitSlip(written: written, meant: meant) {
            question = slip.question
        } else if meant == -written {
            question = Message("请核对是否误加负号", "check whether the minus sign is a slip")
        } else if meant == 0 {
            question = Message("请核对该数是否填错了行或列", "check whether the number belongs in another row or column")
        } else {
            question = Message("请核对该单元格", "check this cell")
        }
        return Message(
            "把\(name.zh)的 \(written) 改为 \(meant) 后，\(holds.zh)：\(question.zh)。",
            "With \(meant) for \(written) in \(name.en), \(holds.en): \(question.en)."
        )
    }

    private func forgottenHint(_ place: Place, _ meant: Int, _ holds: Message) -> Message {
        let (name, written) = (grid.name(place), grid.written(place))
        guard place.column == ApplicationsGrid.total else {
            return Message(
                "\(name.zh)\(written.zh)，改为 \(meant) 后，\(holds.zh)：请核对是否漏填。",
                "The cell in \(name.en) \(written.en); with \(meant), \(holds.en): check whether it was left out."
            )
        }
        return Message(
            "\(name.zh)\(written.zh)，六列之和为 \(meant)；改为 \(meant) 后，\(holds.zh)：请核对是否漏填总计。",
            "The cell in \(name.en) \(written.en), the six columns add up to \(meant); with that, \(holds.en): check whether the "
                + "total was left out."
        )
    }

    /// A slip in one column that went into the row's total too: the row holds, its columns do not.
    private func slipsCarriedIntoTotals() -> [Cause] {
        let total = ApplicationsGrid.total
        let columns = brokenColumns
        guard columns.contains(total) else { return [] }
        return columns.filter { $0 != total }.flatMap { column in
            grid.rows.indices.compactMap { row -> Cause? in
                let (part, whole) = (Place(row: row, column: column), Place(row: row, column: total))
                let (written, change) = (value(part), grid.missing(row, column))
                let meant = written + change
                guard grid.rowExcess(row) == 0, let slip = DigitSlip(written: written, meant: meant) else { return nil }
                let name = grid.name(part)
                return cause([part: meant, whole: value(whole) + change]) { holds in
                    Message(
                        "把\(name.zh)的 \(written) 改为 \(meant)、总计相应改动后，\(holds.zh)：\(slip.question.zh)。",
                        "With \(meant) for \(written) in \(name.en), and the total accordingly, \(holds.en): "
                            + "\(slip.question.en)."
                    )
                }
            }
        }
    }
}
