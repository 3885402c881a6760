// What a changed number breaks beside itself: sums of the tables, and what the text says of them.

/// What changed numbers break: the sums of the tables, and the text that speaks of them.
struct Consequences {
    /// Rules that must fire.
    var certain: Set<String> = []
    /// Rules of which one must fire.
    var anyOf: Set<String> = []
    /// Rules that may fire.
    var possible: Set<String> = []
    var breaches: Set<Figures.Breach> = []

    var all: Set<String> { certain.union(anyOf).union(possible) }

    init() {}

    init(of draft: Draft, changed path: CellPath?) {
        breaches = Figures.breaches(draft.cells, draft.form)
        certain = Set(breaches.map(\.rule))
        for index in draft.printedNumbers {
            let number = draft.numbers[index]
            guard let claim = number.claim, let accepted = claim.accepted(in: draft.cells) else { continue }
            let saysNone = claim == .noApplications || (claim == .received && number.value == 0)
            let carried = draft.cells[CellPath("applications", "2", "total")] ?? ExactDecimal(0)
            if saysNone, carried > ExactDecimal(0) {
                // 未收到 means new ones, yet "total > 0" of the rule may be read as including those carried over.
                possible.formUnion(["narrative.no-applications", "narrative.applications"])
            }
            guard !accepted.contains(number.value) else { continue }
            if saysNone {
                certain.insert("narrative.no-applications")
                possible.insert("narrative.applications")
            } else if claim == .received, accepted.allSatisfy({ $0 == 0 }) {
                anyOf = ["narrative.no-applications", "narrative.applications"]
            } else if claim == .noDisputes || !number.certain {
                // §4 speaks of numbers; 未发生 contradicts as plainly, but is not promised.
                possible.insert(claim.rule)
            } else {
                certain.insert(claim.rule)
            }
        }
        if draft.deniesFeeNotices,
            draft.cells[CellPath("applications", "3.6.2", "total")] ?? ExactDecimal(0) > ExactDecimal(0)
        {
            certain.insert("fee.contradicted")
        }
        if let path {
            if path.row == "regulations" {
                switch draft.agency.regulations {
                case .never: certain.insert("regulations.unauthorized")
                case .unknown: possible.insert("regulations.unauthorized")
                case .allowed: break
                }
            }
            if path.table == "applications", path.row == "3.6.2", draft.deniesFeeNotices {
                possible.insert("fee.contradicted")
            }
            if path.column == "amount", draft.cells[path] ?? ExactDecimal(0) >= ExactDecimal(10_000) {
                possible.insert("charges.unit-suspect")
            }
            // A fraction or a blank may be compared with the text in more ways than the integer part shows.
            if draft.overrides[path] != nil { possible.formUnion(Self.rules(dependingOn: path, in: draft)) }
        }
        possible.subtract(certain)
    }

    /// The narrative rules whose statements look at this cell.
    static func rules(dependingOn path: CellPath, in draft: Draft) -> Set<String> {
        var other = draft.cells
        other[path] = ExactDecimal((draft.cells[path]?.integerPart ?? 0) + 1_000_003)
        var rules: Set<String> = []
        for index in draft.printedNumbers {
            guard let claim = draft.numbers[index].claim else { continue }
            guard claim.accepted(in: draft.cells) != claim.accepted(in: other) else { continue }
            rules.insert(claim.rule)
            if claim == .received || claim == .noApplications {
                rules.formUnion(["narrative.applications", "narrative.no-applications"])
            }
        }
        return rules
    }
}
