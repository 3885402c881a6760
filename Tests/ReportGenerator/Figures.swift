// The numbers of a report: random ones that agree with every rule, and the arithmetic that says which rule a changed one
// breaks. The arithmetic is written from domain.md §3, not from any reader.

/// A value per cell.
typealias Cells = [CellPath: ExactDecimal]

enum Figures {
    /// How busy a body is.
    enum Scale: CaseIterable { case zero, small, medium, large }

    static func random(_ edition: FormEdition, scale: Scale, agency: Agency, using rng: inout SplitMix64) -> Cells {
        var cells: Cells = [:]
        fillApplications(&cells, edition, scale, &rng)
        fillDisputes(&cells, scale, &rng)
        fillDisclosure(&cells, edition, scale, agency, &rng)
        return cells
    }

    private static func fillApplications(
        _ cells: inout Cells,
        _ edition: FormEdition,
        _ scale: Scale,
        _ rng: inout SplitMix64
    ) {
        let limit: Int
        switch scale {
        case .zero: limit = 0
        case .small: limit = 12
        case .medium: limit = 180
        case .large: limit = 4200
        }
        var totals: [String: Int] = [:]
        for (index, column) in Form.applicantColumns.dropLast().enumerated() {
            var new = 0
            var carried = 0
            if index == 0, limit > 0 {
                // At least one new application wherever there is any: a report that carries some over but receives none
                // says "0 件" of one and "1 件" of the other, a case for tests of its own.
                new = rng.int(1...limit)
                carried = rng.chance(50) ? rng.int(0...max(1, limit / 10)) : 0
            } else if limit > 0, rng.chance(index == 1 ? 60 : 25) {
                new = rng.int(0...max(1, limit / 8))
                carried = rng.chance(20) ? rng.int(0...max(1, limit / 20)) : 0
            }
            let forward = rng.chance(45) ? rng.int(0...(new + carried) / 3) : 0
            let results = rng.split(new + carried - forward, into: edition.resultRows.count)
            var column1: [(String, Int)] = [("1", new), ("2", carried), ("4", forward)]
            column1 += zip(edition.resultRows, results)
            column1.append(("3.7", new + carried - forward))
            for (row, value) in column1 {
                cells[CellPath("applications", row, column)] = ExactDecimal(value)
                totals[row, default: 0] += value
            }
        }
        for (row, value) in totals {
            cells[CellPath("applications", row, "total")] = ExactDecimal(value)
        }
    }

    private static func fillDisputes(_ cells: inout Cells, _ scale: Scale, _ rng: inout SplitMix64) {
        for group in Form.disputeGroups {
            let limit: Int
            switch scale {
            case .zero: limit = 0
            case .small: limit = rng.chance(35) ? 3 : 0
            case .medium: limit = rng.chance(60) ? 9 : 0
            case .large: limit = 400
            }
            let total = rng.int(0...limit)
            for (column, value) in zip(Form.outcomeColumns, rng.split(total, into: 4) + [total]) {
                cells[CellPath("disputes", group, column)] = ExactDecimal(value)
            }
        }
    }

    private static func fillDisclosure(
        _ cells: inout Cells,
        _ edition: FormEdition,
        _ scale: Scale,
        _ agency: Agency,
        _ rng: inout SplitMix64
    ) {
        let limit: Int
        switch scale {
        case .zero: limit = rng.chance(70) ? 0 : 40
        case .small: limit = 60
        case .medium: limit = 3000
        case .large: limit = 2_900_000
        }
        func set(_ row: String, _ column: String, _ value: ExactDecimal) {
            cells[CellPath("disclosure", row, column)] = value
        }
        for entry in edition.disclosureRows {
            let (row, columns) = entry
            switch columns {
            case ["made", "published", "total"], ["made", "repealed", "inForce"]:
                // 立法法: only a province or a city divided into districts makes 规章 (rule regulations.unauthorized).
                let most = row == "regulations" ? (agency.mayMakeRegulations ? 6 : 0) : min(limit / 3, 240)
                let made = rng.int(0...most)
                let second = columns[1] == "published" ? rng.int(0...made) : rng.int(0...most)
                let floor = columns[1] == "published" ? second : max(made - second, 0)
                set(row, columns[0], ExactDecimal(made))
                set(row, columns[1], ExactDecimal(second))
                set(row, columns[2], ExactDecimal(floor + rng.int(0...most)))
            case ["previousItems", "change", "decisions"]:
                let previous = rng.int(0...min(limit, 2000))
                let change = rng.int(-min(previous, 15)...min(limit, 15))
                var decisions = rng.int(0...limit)
                // Equality is a fault of its own (rule documents.items-as-decisions).
                if decisions == previous + change, decisions != 0 { decisions += 1 }
                set(row, columns[0], ExactDecimal(previous))
                set(row, columns[1], ExactDecimal(change))
                set(row, columns[2], ExactDecimal(decisions))
            case ["previousItems", "change"]:
                let previous = rng.int(0...min(limit, 30))
                set(row, columns[0], ExactDecimal(previous))
                set(row, columns[1], ExactDecimal(rng.int(-min(previous, 4)...min(limit, 4))))
            case ["items", "amount"]:
                let items = rng.chance(50) ? rng.int(0...min(limit, 80)) : 0
                set(row, "items", ExactDecimal(items))
                set(row, "amount", items == 0 ? ExactDecimal(0) : amount(below: items * 900, &rng))
            case ["amount"]:
                let most = agency.hasCityRevenue ? 310_000 : 9_000
                set(row, "amount", rng.chance(45) ? ExactDecimal(0) : amount(below: min(limit + 1, most), &rng))
            default:
                set(row, columns[0], ExactDecimal(rng.int(0...limit)))
            }
        }
    }

    /// A positive amount in 万元 with one to four decimals.
    private static func amount(below limit: Int, _ rng: inout SplitMix64) -> ExactDecimal {
        let step = rng.pick([1, 1, 10, 100, 1000])
        return ExactDecimal(tenThousandths: rng.int(1...max(1, limit) * 10_000 / step) * step)
    }

    /// The same figures on the other form, as a body does that still (or already) uses it.
    static func converted(_ cells: Cells, to edition: FormEdition) -> Cells {
        var result = cells.filter { $0.key.table != "disclosure" && !$0.key.row.hasPrefix("3.6") }
        let zero = ExactDecimal(0)
        func old(_ row: String, _ column: String) -> ExactDecimal {
            cells[CellPath("disclosure", row, column)] ?? zero
        }
        for column in Form.applicantColumns {
            let other = cells.filter { $0.key.column == column && $0.key.row.hasPrefix("3.6") }.values
            let sum = ExactDecimal(tenThousandths: other.reduce(0) { $0 + $1.tenThousandths })
            for row in edition.resultRows where row.hasPrefix("3.6") {
                result[CellPath("applications", row, column)] = row == "3.6" || row == "3.6.3" ? sum : zero
            }
        }
        for entry in edition.disclosureRows {
            for column in entry.columns {
                let value: ExactDecimal
                switch column {
                // Not more published than made, and in force what is open to the public, so that the text still agrees.
                case "published": value = zero
                case "total": value = old(entry.row, "inForce")
                case "inForce": value = max(old(entry.row, "total"), old(entry.row, "made"))
                default: value = old(entry.row, column)
                }
                result[CellPath("disclosure", entry.row, column)] = value
            }
        }
        return result
    }

    /// A sum that does not hold, and where.
    struct Breach: Hashable {
        let rule: String
        let row: String?
        let column: String?
    }

    /// Every identity of domain.md §3 that `cells` breaks. A cell without a value (unreadable, or its row is gone) takes
    /// the identities that need it out of the check; a blank cell must be given as 0.
    static func breaches(_ cells: Cells, _ edition: FormEdition) -> Set<Breach> {
        var found: Set<Breach> = []
        func sum(_ paths: [CellPath]) -> Int? {
            var total = 0
            for path in paths {
                guard let value = cells[path] else { return nil }
                total += value.tenThousandths
            }
            return total
        }
        func check(_ rule: String, _ row: String?, _ column: String?, _ left: [CellPath], _ right: [CellPath]) {
            guard let left = sum(left), let right = sum(right), left != right else { return }
            found.insert(Breach(rule: rule, row: row, column: column))
        }
        func application(_ row: String, _ column: String) -> CellPath { CellPath("applications", row, column) }
        // A table of the new edition may still carry （六） as one row.
        let edition = cells[application("3.6", "total")] == nil ? edition : .edition2019
        for row in edition.applicationRows {
            let parts = Form.applicantColumns.dropLast().map { application(row, $0) }
            check("applications.row-total", row, "total", parts, [application(row, "total")])
        }
        for column in Form.applicantColumns {
            let results = edition.resultRows.map { application($0, column) }
            check("applications.result-total", "3.7", column, results, [application("3.7", column)])
            let incoming = [application("1", column), application("2", column)]
            let outgoing = [application("3.7", column), application("4", column)]
            check("applications.balance", nil, column, incoming, outgoing)
        }
        for group in Form.disputeGroups {
            let parts = Form.outcomeColumns.dropLast().map { CellPath("disputes", group, $0) }
            check("disputes.total", group, "total", parts, [CellPath("disputes", group, "total")])
        }
        func disclosure(_ row: String, _ column: String) -> Int? {
            cells[CellPath("disclosure", row, column)]?.tenThousandths
        }
        for row in ["regulations", "normativeDocuments"] {
            if let inForce = disclosure(row, "inForce"), let made = disclosure(row, "made"),
                let repealed = disclosure(row, "repealed"), inForce < made - repealed
            {
                found.insert(Breach(rule: "documents.in-force", row: row, column: "inForce"))
            }
            if let published = disclosure(row, "published"), let total = disclosure(row, "total"), published > total {
                found.insert(Breach(rule: "documents.exceeds-total", row: row, column: "published"))
            }
        }
        for row in ["licensing", "otherServices", "penalties", "coercion"] {
            if let previous = disclosure(row, "previousItems"), let change = disclosure(row, "change"),
                let decisions = disclosure(row, "decisions"), previous != 0, change != 0, decisions != 0,
                decisions == previous + change
            {
                found.insert(Breach(rule: "documents.items-as-decisions", row: row, column: "decisions"))
            }
        }
        return found
    }
}
