// Numbers that were left out, or counted twice.

import ReportModel

extension ApplicationsDiagnosis {
    private var results: Set<Identity> {
        broken.filter { if case .results = $0 { true } else { false } }
    }

    private var balances: Set<Identity> {
        broken.filter { if case .balance = $0 { true } else { false } }
    }

    /// Several totals at 0 beside parts that are given: of rows, or the whole row （七）总计.
    func forgottenTotals() -> [Cause] {
        let total = ApplicationsGrid.total
        var causes: [Cause?] = []
        let forgotten = grid.rows.indices.filter { grid.values[$0][total] == 0 && grid.applicants($0) > 0 }
        if forgotten.count > 1 {
            var changes: [Place: Int] = [:]
            for row in forgotten { changes[Place(row: row, column: total)] = grid.applicants(row) }
            causes.append(
                cause(changes) { holds in
                    Message(
                        "有 \(forgotten.count) 行各列有数而总计为 0，按各列之和补上后，\(holds.zh)：请核对是否漏填“总计”一列。",
                        "\(forgotten.count) rows have numbers and a total of 0; with their sums there, \(holds.en): "
                            + "check whether the column 总计 was left out."
                    )
                }
            )
        }
        if grid.isZero(grid.resultTotal) {
            let sums = grid.columns.map { grid.resultSum($0) }
            causes.append(forgottenRow(grid.resultTotal, sums, Message("各项办理结果之和", "the sums of the results")))
        }
        return causes.compactMap(\.self)
    }

    /// Row 四 or row 二 at 0, and what the other three leave open would stand there.
    func forgottenCarryOver() -> [Cause] {
        guard results.isEmpty else { return [] }
        let excess = grid.columns.map { grid.balanceExcess($0) }
        let rest = Message("勾稽关系", "what the balance leaves")
        var causes: [Cause?] = []
        // An excess equal to row 二 has another explanation as well: see countedTwice().
        if grid.isZero(grid.carriedForward), excess != grid.values[ApplicationsGrid.carriedOver] {
            causes.append(forgottenRow(grid.carriedForward, excess, rest))
        }
        if grid.isZero(ApplicationsGrid.carriedOver) {
            causes.append(forgottenRow(ApplicationsGrid.carriedOver, excess.map { -$0 }, rest))
        }
        return causes.compactMap(\.self)
    }

    private func forgottenRow(_ row: Int, _ values: [Int], _ origin: Message) -> Cause? {
        let name = grid.name(row: row)
        let sum = values[ApplicationsGrid.total]
        return cause(row: row, values) { holds in
            Message(
                "“\(name)”一行全为 0；按\(origin.zh)补上（总计 \(sum)）后，\(holds.zh)：请核对是否漏填这一行。",
                "Row “\(name)” is all 0; with \(origin.en) there (\(sum) in all), \(holds.en): check whether the row "
                    + "was left out."
            )
        }
    }

    /// （七）总计 is given, its parts are not.
    func missingResults() -> [Cause] {
        let total = grid.values[grid.resultTotal][ApplicationsGrid.total]
        guard total > 0, grid.results.allSatisfy(grid.isZero) else { return [] }
        let hint = Message(
            "（七）总计为 \(total)，而（一）至（六）各项均为 0：请核对是否漏填各项办理结果。",
            "（七）总计 is \(total), the results （一） to （六） are all 0: check whether they were left out."
        )
        return [Cause(explains: results, changes: [:], hint: hint)]
    }

    /// The results and （七）总计 differ by exactly one row: it was not added, or it counts what another row counts too.
    func rowLeftOut() -> [Cause] {
        let excess = grid.columns.map { grid.resultExcess($0) }
        let fitting = grid.results.filter { row in
            grid.values[row] == excess && !grid.isZero(row) && grid.rowExcess(row) == 0
        }
        guard fitting.count == 1, let row = fitting.first else { return [] }
        let number = grid.values[row][ApplicationsGrid.total]
        let name = grid.name(row: row)
        if balances.isEmpty {
            // （七）总计 agrees with the balance: the results are too many.
            let twice = Message(
                "各项之和比（七）总计多 \(number)，各列都与“\(name)”一行相同，而（七）总计符合勾稽关系：请核对该行的申请是否在别的行又计了一次。",
                "The results exceed （七）总计 by \(number), in every column what row “\(name)” says, and （七）总计 agrees "
                    + "with the balance: check whether its applications are counted in another row too."
            )
            let hint = row == partial && partialMayBeDenied ? Self.partialCountedTwice(number) : twice
            return [Cause(explains: results, changes: [:], hint: hint)]
        }
        let total = zip(grid.values[grid.resultTotal], excess).map { $0 + $1 }
        return [
            cause(row: grid.resultTotal, total) { holds in
                Message(
                    "（七）总计少 \(number)，各列都与“\(name)”一行相同；加上后，\(holds.zh)：请核对总计是否漏加这一行。",
                    "（七）总计 lacks \(number), in every column what row “\(name)” says; with it, \(holds.en): check "
                        + "whether the row was left out of the sum."
                )
            }
        ].compactMap(\.self)
    }

    /// The balance is off by exactly one row.
    func countedTwice() -> [Cause] {
        guard results.isEmpty, !balances.isEmpty else { return [] }
        let excess = grid.columns.map { grid.balanceExcess($0) }
        let carriedOver = grid.values[ApplicationsGrid.carriedOver]
        let carriedForward = grid.values[grid.carriedForward]
        var hints: [Message] = []
        if excess == carriedOver {
            let number = carriedOver[ApplicationsGrid.total]
            hints.append(
                Message(
                    "第三项加第四项等于第一项，相差的 \(number) 各列都与第二项（上年结转）相同：请核对上年结转的申请是否已计入办理结果或结转下年度。",
                    "Items 3 and 4 equal item 1; the difference of \(number) is, in every column, item 2 (carried over): "
                        + "check whether those applications are among the results or carried forward."
                )
            )
        }
        if excess == carriedForward.map({ -$0 }) {
            let number = carriedForward[ApplicationsGrid.total]
            hints.append(
                Message(
                    "第一项加第二项等于（七）总计，相差的 \(number) 各列都与第四项（结转下年度）相同：请核对结转下年度的申请是否也计入了办理结果。",
                    "Items 1 and 2 equal （七）总计; the difference of \(number) is, in every column, item 4 (carried "
                        + "forward): check whether those applications are among the results as well."
                )
            )
        }
        if let partial, excess == grid.values[partial].map({ -$0 }), partialMayBeDenied {
            hints.append(Self.partialCountedTwice(grid.values[partial][ApplicationsGrid.total]))
        }
        return hints.map { Cause(explains: balances, changes: [:], hint: $0) }
    }

    /// The row of 部分公开: what is counted there is counted nowhere else, says the form.
    private var partial: Int? { grid.rows.firstIndex { $0.id == "3.2" } }

    /// Whether the denials of every column are as many as its 部分公开, so that they may hold it too.
    private var partialMayBeDenied: Bool {
        guard let partial else { return false }
        let denials = grid.rows.indices.filter { grid.rows[$0].id.key.hasPrefix("3.3.") }
        return grid.columns.allSatisfy { column in
            denials.reduce(0) { $0 + grid.values[$1][column] } >= grid.values[partial][column]
        }
    }

    private static func partialCountedTwice(_ number: Int) -> Message {
        Message(
            "多出的 \(number) 各列都与“（二）部分公开”一行相同，而区分处理的只计部分公开：请核对这些申请是否在“（三）不予公开”中又计了一次。",
            "The \(number) too many are, in every column, what row “（二）部分公开” says; what is partially granted counts "
                + "there only: check whether these applications are counted under （三）不予公开 as well."
        )
    }
}
