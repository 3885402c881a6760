import ReportGenerator
import Testing

/// The lines that two texts do not share, by the longest common beginning and end.
func difference(_ before: String, _ after: String) -> (removed: [Substring], added: [Substring]) {
    var old = before.split(separator: "\n", omittingEmptySubsequences: false)[...]
    var new = after.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let first = old.first, first == new.first {
        old.removeFirst()
        new.removeFirst()
    }
    while let last = old.last, last == new.last {
        old.removeLast()
        new.removeLast()
    }
    return (Array(old), Array(new))
}

@Suite struct Mutations {
    /// Calls `body` with up to 96 mutated reports of one kind, of every shape and edition.
    func each(_ kind: Mutation.Kind, _ body: (GeneratedReport, MutatedReport, String) throws -> Void) rethrows {
        var count = 0
        for entry in variety.prefix(96) {
            var generator = ReportGenerator(seed: entry.seed &+ 17)
            let busy = entry.seed % 2 == 0
            let report = generator.report(edition: entry.edition, shape: entry.shape, options: .init(busy: busy))
            guard let mutated = generator.mutation(kind, of: report) else { continue }
            count += 1
            try body(report, mutated, "seed \(entry.seed &+ 17) \(entry.edition) \(entry.shape): \(mutated.mutation)")
        }
        #expect(count >= 6, "only \(count) reports have something for \(kind)")
    }

    @Test(arguments: Mutation.Kind.allCases)
    func everyKindChangesTheText(_ kind: Mutation.Kind) {
        each(kind) { report, mutated, name in
            #expect(mutated.report.text != report.text, "\(name)")
            #expect(!(mutated.expectedRules.isEmpty && mutated.anyOfRules.isEmpty) || kind == .cellChanged, "\(name)")
            #expect(mutated.expectedRules.isDisjoint(with: mutated.allowedRules), "\(name)")
            #expect(mutated.report.year == report.year && mutated.report.agency == report.agency, "\(name)")
        }
    }

    @Test func aChangedCellIsTheOnlyChange() {
        for kind in [
            Mutation.Kind.cellChanged, .applicationsCellChanged, .applicationsTotalChanged, .disputesCellChanged,
        ] {
            each(kind) { report, mutated, name in
                guard case .cellChanged(let path, let by) = mutated.mutation else { return }
                let changed = report.cells.filter { mutated.report.cells[$0.key] != $0.value }
                #expect(changed.keys.map { $0 } == [path], "\(name)")
                let after = mutated.report.cells[path]?.tenThousandths ?? 0
                #expect(after - (report.cells[path]?.tenThousandths ?? 0) == by * 10_000, "\(name)")
                let (removed, added) = difference(report.text, mutated.report.text)
                #expect(removed.count == 1 && added.count == 1, "\(name)")
            }
        }
    }

    @Test func aPartOfTableThreeBreaksItsRowAndItsColumn() {
        each(.applicationsCellChanged) { _, mutated, name in
            guard case .cellChanged(let path, _) = mutated.mutation else { return }
            #expect(mutated.expectedRules.contains("applications.row-total"), "\(name)")
            let isResult = path.row.hasPrefix("3.")
            #expect(mutated.expectedRules.contains("applications.result-total") == isResult, "\(name)")
            let balances = ["1", "2", "3.7", "4"].contains(path.row)
            #expect(mutated.expectedRules.contains("applications.balance") == balances, "\(name)")
            #expect(mutated.places.contains("applications.row-total \(path.row) total"), "\(name)")
        }
    }

    @Test func aTotalBreaksItsRowTooAndTheTextThatStatesIt() {
        var stated = 0
        each(.applicationsTotalChanged) { _, mutated, name in
            guard case .cellChanged(let path, _) = mutated.mutation else { return }
            #expect(mutated.expectedRules.contains("applications.row-total"), "\(name)")
            #expect(mutated.expectedRules.contains("applications.result-total") == path.row.hasPrefix("3."), "\(name)")
            if mutated.expectedRules.contains(where: { $0.hasPrefix("narrative.") }) { stated += 1 }
        }
        #expect(stated > 10, "the text states too few of the totals: \(stated)")
    }

    @Test func disputes() {
        each(.disputesCellChanged) { _, mutated, name in
            #expect(mutated.expectedRules.contains("disputes.total"), "\(name)")
            #expect(!mutated.expectedRules.contains { $0.hasPrefix("applications.") }, "\(name)")
        }
        each(.disputesTotalLeftAtZero) { _, mutated, name in
            guard case .disputesTotalLeftAtZero(let group) = mutated.mutation else { return }
            #expect(mutated.report.cells[CellPath("disputes", group, "total")] == ExactDecimal(0), "\(name)")
            #expect(mutated.places == ["disputes.total \(group) total"], "\(name)")
        }
    }

    @Test func statedNumbersChangeInOneParagraph() {
        for kind in [Mutation.Kind.narrativeCountChanged, .breakdownPartChanged, .noApplicationsClaimed] {
            each(kind) { report, mutated, name in
                #expect(mutated.report.cells == report.cells, "\(name)")
                let (removed, added) = difference(report.text, mutated.report.text)
                #expect(removed.count == 1 && added.count == 1, "\(name)")
                #expect(
                    !mutated.expectedRules.union(mutated.anyOfRules).isEmpty
                        && mutated.expectedRules.union(mutated.anyOfRules).allSatisfy { $0.hasPrefix("narrative.") },
                    "\(name)"
                )
            }
        }
    }

    @Test func blankIsNotZero() {
        each(.cellBlanked) { report, mutated, name in
            guard case .cellBlanked(let path, _) = mutated.mutation else { return }
            #expect(mutated.report.cells[path] == nil && mutated.report.unreadableCells == [path: "blank"], "\(name)")
            #expect(mutated.report.cells.count == report.cells.count - 1, "\(name)")
            #expect(mutated.expectedRules.contains("cell.blank"), "\(name)")
            if report.cells[path] == ExactDecimal(0) { #expect(mutated.expectedRules == ["cell.blank"], "\(name)") }
        }
        each(.cellWord) { _, mutated, name in
            guard case .cellWord(let path, let word) = mutated.mutation else { return }
            #expect(mutated.report.unreadableCells == [path: "notANumber"], "\(name)")
            #expect(mutated.report.text.contains(word), "\(name)")
            #expect(mutated.expectedRules == ["cell.not-a-number"] && mutated.allowedRules.isEmpty, "\(name)")
        }
        each(.cellWithUnit) { report, mutated, name in
            #expect(mutated.report.cells == report.cells && mutated.expectedRules == ["cell.unit"], "\(name)")
        }
    }

    @Test func removedPartsAreGone() {
        each(.rowRemoved) { report, mutated, name in
            let lost = Set(report.cells.keys).subtracting(mutated.report.cells.keys)
            #expect(
                lost.count == (lost.first?.table == "applications" ? 7 : report.edition == .edition2019 ? 3 : 1),
                "\(name)"
            )
        }
        each(.tableRemoved) { report, mutated, name in
            guard case .tableRemoved(let index) = mutated.mutation else { return }
            let table = ["disclosure", "applications", "disputes"][index - 2]
            #expect(!mutated.report.cells.keys.contains { $0.table == table }, "\(name)")
            let (_, added) = difference(report.text, mutated.report.text)
            #expect(added.allSatisfy { $0.isEmpty } || added.count <= 2, "\(name)")
        }
        each(.feeSentenceRemoved) { report, mutated, name in
            #expect(report.year >= 2021 && mutated.expectedRules == ["fee.missing"], "\(name)")
            // The rules for fees may still be named, which is no statement.
            let left = mutated.report.text.replacing("信息处理费管理办法", with: "")
            #expect(!left.contains("信息处理"), "\(name)")
        }
        each(.titleRemoved) { report, mutated, name in
            #expect(!mutated.report.text.contains("工作年度报告\n"), "\(name)")
            #expect(mutated.report.cells == report.cells, "\(name)")
        }
    }

    @Test func theOtherFormKeepsItsSums() {
        for kind in [Mutation.Kind.oldFormUsed, .newFormUsedEarly, .otherResultsMerged] {
            each(kind) { report, mutated, name in
                let cells = mutated.report.cells
                let expected = kind == .otherResultsMerged ? 22 - 12 + 161 + 15 : mutated.report.edition.cellPaths.count
                #expect(cells.count == expected, "\(name)")
                for column in ["naturalPerson", "business", "total"] {
                    let results = cells.filter {
                        $0.key.table == "applications" && $0.key.column == column && $0.key.row.hasPrefix("3.")
                            && $0.key.row != "3.7"
                    }
                    let sum = results.values.reduce(0) { $0 + $1.tenThousandths }
                    #expect(sum == cells[CellPath("applications", "3.7", column)]?.tenThousandths, "\(name)")
                }
                #expect(mutated.expectedRules.count == 1, "\(name)")
            }
        }
        each(.procurementDecimalsDropped) { _, mutated, name in
            #expect(mutated.expectedRules == ["procurement.decimals"], "\(name)")
        }
    }

    @Test func impossibleMutationsAreRefused() {
        let old = make(5, .edition2019, .tabRows)
        #expect(old.applying(.feeSentenceRemoved) == nil)
        #expect(old.applying(.otherResultsMerged) == nil)
        #expect(old.applying(.cellChanged(CellPath("disclosure", "fees", "amount"), by: 1)) == nil)
        let new = make(5, .edition2021, .paragraphs)
        #expect(new.applying(.newFormUsedEarly) == nil)
        #expect(new.applying(.rowRemoved("applications.3.2")) == nil)
        #expect(new.applying(.cellChanged(CellPath("applications", "1", "total"), by: -100_000)) == nil)
    }
}
