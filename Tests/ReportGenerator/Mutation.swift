// One fault put into a consistent report, with the rules that must find it. Each expectation is reasoned from domain.md
// §3–§5; rules that a version does not ship yet are named too, so a caller intersects with its own catalogue.

/// A single change of a consistent report.
public enum Mutation: Hashable, Sendable {
    /// The number in a cell moves by an amount.
    case cellChanged(CellPath, by: Int)
    /// The parts of a group of table 4 stay, its 总计 is 0: the commonest real defect.
    case disputesTotalLeftAtZero(group: String)
    /// A number that the text states about a table moves (by its index in the text).
    case narrativeCountChanged(number: Int, by: Int)
    /// A part of a breakdown grows until the parts exceed the whole.
    case breakdownPartChanged(number: Int, by: Int)
    /// The text says that nobody applied, the table has applications.
    case noApplicationsClaimed
    /// The stated period is replaced.
    case periodChanged(to: String)
    /// A cell prints nothing, or one of `/ - — 无`.
    case cellBlanked(CellPath, as: String)
    /// A cell prints its number with a unit: the value still counts.
    case cellWithUnit(CellPath)
    /// A count is negative.
    case cellNegative(CellPath)
    /// A count has decimals.
    case cellFraction(CellPath)
    /// A cell prints a word.
    case cellWord(CellPath, String)
    /// Section 六 says nothing of fees.
    case feeSentenceRemoved
    /// A section is gone, with its table.
    case sectionRemoved(Int)
    /// Section 一 or 五 says 无 only.
    case sectionEmptied(Int)
    /// Section 一 speaks of applications only.
    case topicsRemoved
    /// A table is gone; its heading stays.
    case tableRemoved(Int)
    /// A row is gone: a row of table 3 by number, or `disclosure.coercion`.
    case rowRemoved(String)
    /// No title.
    case titleRemoved
    /// A template's blank is left in.
    case placeholderInserted(String)
    /// The form of 2019 in a year that has another.
    case oldFormUsed
    /// The form of 2021 in a year that did not have it yet.
    case newFormUsedEarly
    /// （六）其他处理 as one row on the form of 2021.
    case otherResultsMerged
    /// An amount without the four decimals that its header asks for.
    case procurementDecimalsDropped
    /// A section carries another's number.
    case sectionRenumbered(Int)

    /// The kinds of mutation, for a test that goes through all of them.
    public enum Kind: String, CaseIterable, Sendable {
        case cellChanged, applicationsCellChanged, applicationsTotalChanged, disputesCellChanged
        case disputesTotalLeftAtZero, narrativeCountChanged, breakdownPartChanged, noApplicationsClaimed
        case periodChanged, cellBlanked, cellWithUnit, cellNegative, cellFraction, cellWord, feeSentenceRemoved
        case sectionRemoved, sectionEmptied, topicsRemoved, tableRemoved, rowRemoved, titleRemoved, placeholderInserted
        case oldFormUsed, newFormUsedEarly, otherResultsMerged, procurementDecimalsDropped, sectionRenumbered
    }
}

/// A faulty report and what an audit must say of it.
public struct MutatedReport: Sendable {
    /// The report after the change.
    public let report: GeneratedReport
    /// The change.
    public let mutation: Mutation
    /// Rules of which each must have a finding.
    public internal(set) var expectedRules: Set<String>
    /// Rules of which at least one must have a finding; empty when there is nothing to choose.
    public internal(set) var anyOfRules: Set<String> = []
    /// Further rules that may have a finding: consequences on which readers may rightly differ.
    public internal(set) var allowedRules: Set<String> = []
    /// Where the broken sums stand, as `rule row column`, `-` for none.
    public internal(set) var places: Set<String> = []
}

extension GeneratedReport {
    /// A mutation of this kind at a random place; nil where the report has no such place.
    func mutations(of kind: Mutation.Kind, using rng: inout SplitMix64) -> Mutation? {
        let paths = draft.form.cellPaths
        let counts = paths.filter { !["amount", "change"].contains($0.column) }
        let by = rng.chance(70) ? rng.int(1...9) : rng.int(10...300)
        func some<T>(_ candidates: [T], _ rng: inout SplitMix64) -> T? {
            candidates.isEmpty ? nil : rng.pick(candidates)
        }
        func numbers(_ isWanted: (StatedNumber) -> Bool) -> [Int] {
            draft.printedNumbers.filter { isWanted(draft.numbers[$0]) }
        }
        switch kind {
        case .cellChanged: return .cellChanged(rng.pick(paths), by: by)
        case .applicationsCellChanged:
            return some(paths.filter { $0.table == "applications" && $0.column != "total" }, &rng)
                .map { .cellChanged($0, by: by) }
        case .applicationsTotalChanged:
            return some(paths.filter { $0.table == "applications" && $0.column == "total" }, &rng)
                .map { .cellChanged($0, by: by) }
        case .disputesCellChanged:
            return some(paths.filter { $0.table == "disputes" }, &rng).map { .cellChanged($0, by: by) }
        case .disputesTotalLeftAtZero:
            return some(Form.disputeGroups.filter { cells[CellPath("disputes", $0, "total")] != ExactDecimal(0) }, &rng)
                .map { .disputesTotalLeftAtZero(group: $0) }
        case .narrativeCountChanged:
            return some(numbers { $0.claim != nil && $0.certain && !$0.inWords }, &rng)
                .map { .narrativeCountChanged(number: $0, by: by) }
        case .breakdownPartChanged:
            let parts = numbers { number in
                switch number.role {
                case .listPart, .selection: number.claim == nil
                default: false
                }
            }
            return some(parts, &rng).map { .breakdownPartChanged(number: $0, by: by) }
        case .noApplicationsClaimed: return .noApplicationsClaimed
        case .periodChanged:
            let last = year - 1
            return .periodChanged(
                to: rng.pick([
                    "\(year)年1月1日至\(year)年11月30日", "\(year)年2月1日至\(year)年12月31日", "\(last)年1月1日至\(last)年12月31日",
                ])
            )
        case .cellBlanked:
            // An empty cell is told from a covered one only where all cells are printed; elsewhere a sign stands for it.
            let tellsEmpty: Bool
            switch shape {
            case .cellPerLine, .markdown, .pipeLines: tellsEmpty = true
            case .tabRows: tellsEmpty = draft.style.spans == .expanded && !draft.style.shiftsRows
            case .pipeRows: tellsEmpty = draft.style.spans == .expanded
            case .paragraphs: tellsEmpty = false
            }
            let signs = ["/", "-", "—", "无"]
            return .cellBlanked(rng.pick(paths), as: tellsEmpty && rng.chance(60) ? "" : rng.pick(signs))
        case .cellWithUnit: return .cellWithUnit(rng.pick(paths))
        case .cellNegative: return .cellNegative(rng.pick(counts))
        case .cellFraction: return .cellFraction(rng.pick(counts))
        case .cellWord: return .cellWord(rng.pick(paths), rng.pick(["abc", "详见附件", "若干", "另行统计"]))
        case .feeSentenceRemoved: return .feeSentenceRemoved
        case .sectionRemoved: return .sectionRemoved(rng.int(1...6))
        case .sectionEmptied: return .sectionEmptied(rng.pick([1, 5]))
        case .topicsRemoved: return .topicsRemoved
        case .tableRemoved: return .tableRemoved(rng.int(2...4))
        case .rowRemoved:
            // Not the first row of a group, which carries the group's label, and not 3.6.x, which asks for the other rule.
            let rows =
                ["2", "3.2", "3.7", "4"] + (2...8).map { "3.3.\($0)" } + ["3.4.2", "3.4.3"]
                + (2...5).map { "3.5.\($0)" } + (edition == .edition2019 ? ["3.6"] : [])
            return .rowRemoved(rng.pick(rows.map { "applications.\($0)" } + ["disclosure.coercion"]))
        case .titleRemoved: return .titleRemoved
        case .placeholderInserted:
            return .placeholderInserted(
                rng.pick([
                    "本年度举办业务培训XX期，受训人员较多。", "××局负责人到会作了专题辅导。", "（文字描述）", "材料于×年×月×日经会议审定。", "全年编发工作简报＿＿期。",
                    "该部分以表格形式报告",
                ])
            )
        case .oldFormUsed: return .oldFormUsed
        case .newFormUsedEarly: return .newFormUsedEarly
        case .otherResultsMerged: return .otherResultsMerged
        case .procurementDecimalsDropped: return .procurementDecimalsDropped
        case .sectionRenumbered: return .sectionRenumbered(rng.int(2...6))
        }
    }

    /// The report with this one change; nil where there is nothing to change.
    public func applying(_ mutation: Mutation) -> MutatedReport? {
        var draft = draft
        var unreadable: [CellPath: String] = [:]
        var expected: Set<String> = []
        var anyOf: Set<String> = []
        var allowed: Set<String> = []
        // What the mutated numbers break; how far that binds an audit depends on the mutation.
        var consequences = Consequences()

        switch mutation {
        case .cellChanged(let path, let by):
            guard let old = draft.cells[path] else { return nil }
            let new = ExactDecimal(tenThousandths: old.tenThousandths + by * 10_000)
            guard by != 0, new >= ExactDecimal(0) || path.column == "change" else { return nil }
            draft.cells[path] = new
            consequences = Consequences(of: draft, changed: path)
            expected = consequences.certain
            anyOf = consequences.anyOf
            allowed = consequences.possible

        case .disputesTotalLeftAtZero(let group):
            let path = CellPath("disputes", group, "total")
            guard let old = draft.cells[path], old != ExactDecimal(0) else { return nil }
            draft.cells[path] = ExactDecimal(0)
            consequences = Consequences(of: draft, changed: path)
            expected = ["disputes.total"]
            // The text agrees with the parts; a reader may or may not hold it against the forgotten total.
            allowed = ["narrative.disputes"]

        case .narrativeCountChanged(let number, let by):
            guard draft.printedNumbers.contains(number), let claim = draft.numbers[number].claim,
                draft.numbers[number].certain, !draft.numbers[number].inWords
            else { return nil }
            draft.numbers[number].value += by
            guard let accepted = claim.accepted(in: draft.cells), !accepted.contains(draft.numbers[number].value),
                draft.numbers[number].value > 0
            else { return nil }
            consequences = Consequences(of: draft, changed: nil)
            expected = consequences.certain
            anyOf = consequences.anyOf
            allowed = consequences.possible
            // The number may also be the whole or a part of a list, which then no longer adds up.
            // Also for a number by itself: 8件（含上年结转227件） has a part that exceeds its total.
            allowed.insert("narrative.breakdown")

        case .breakdownPartChanged(let number, let by):
            guard draft.printedNumbers.contains(number), by > 0, draft.numbers[number].claim == nil else { return nil }
            switch draft.numbers[number].role {
            case .listPart: draft.numbers[number].value += by
            case .selection(let list):
                guard let whole = draft.numbers.first(where: { $0.role == .listTotal(list: list) }) else { return nil }
                draft.numbers[number].value = whole.value + by
            default: return nil
            }
            expected = ["narrative.breakdown"]

        case .noApplicationsClaimed:
            guard let total = cells[CellPath("applications", "1", "total")], total > ExactDecimal(0),
                let index = draft.sections[0].body.firstIndex(where: { $0.tag == .topic(2) })
            else { return nil }
            draft.sections[0].body[index].text =
                "依申请公开情况。\(year)年，\(draft.agency.we)未收到政府信息公开申请。"
            expected = ["narrative.no-applications"]
            // 未收到 is also a stated 0 that the table contradicts.
            allowed = ["narrative.applications"]

        case .periodChanged(let period):
            guard draft.preface.contains(where: { $0.tag == .period }) else { return nil }
            draft.period = period
            expected = ["period.mismatch"]
            // Last year's dates are also a stale year.
            if !period.contains("\(year)") { allowed = ["year.stale"] }

        case .cellBlanked(let path, let sign):
            guard draft.cells[path] != nil, !(sign.isEmpty && shape == .paragraphs) else { return nil }
            draft.overrides[path] = sign
            unreadable[path] = "blank"
            var counted = draft
            counted.cells[path] = ExactDecimal(0)
            consequences = Consequences(of: counted, changed: path)
            // Blank counts as 0 in sums (domain.md, cell.blank) …
            let isSum = { (rule: String) in rule.hasPrefix("applications.") || rule == "disputes.total" }
            expected = consequences.certain.filter(isSum).union(["cell.blank"])
            // … of other comparisons nothing is said.
            allowed = consequences.all.subtracting(expected)

        case .cellWithUnit(let path):
            guard let value = draft.cells[path] else { return nil }
            var text = draft.cellText(path) + (path.column == "amount" ? "万元" : path.row == "fees" ? "项" : "件")
            if path.column == "change", value != ExactDecimal(0) {
                let magnitude = ExactDecimal(tenThousandths: Int(value.tenThousandths.magnitude))
                text = (value < ExactDecimal(0) ? "减" : "增") + "\(magnitude)"
            }
            draft.overrides[path] = text
            expected = ["cell.unit"]

        case .cellNegative(let path), .cellFraction(let path):
            guard let old = draft.cells[path], !["amount", "change"].contains(path.column) else { return nil }
            let new: ExactDecimal
            if case .cellNegative = mutation {
                new = ExactDecimal(-max(old.integerPart, 5))
                expected = ["cell.negative"]
            } else {
                new = ExactDecimal(tenThousandths: old.tenThousandths + 5_000)
                expected = ["cell.not-an-integer"]
            }
            draft.cells[path] = new
            draft.overrides[path] = "\(new)"
            consequences = Consequences(of: draft, changed: path)
            // The sums are broken too, but a reader may leave an impossible value out of them.
            allowed = consequences.all

        case .cellWord(let path, let word):
            // Where cells are paragraphs of their own, a word between them is not known to be a cell.
            guard draft.cells[path] != nil, shape != .paragraphs else { return nil }
            draft.overrides[path] = word
            unreadable[path] = "notANumber"
            // Nothing else: what needs this cell is not assessed.
            expected = ["cell.not-a-number"]

        case .feeSentenceRemoved:
            guard year >= 2021 else { return nil }
            draft.sections[5].body.removeAll { $0.tag == .fee }
            draft.fee = nil
            if draft.sections[5].body.isEmpty { draft.sections[5].body = [Paragraph(text: "无其他需要报告的事项。")] }
            expected = ["fee.missing"]

        case .sectionRemoved(let index):
            guard (1...6).contains(index) else { return nil }
            draft.sections.removeAll { $0.index == index }
            if index == 6 { draft.fee = nil }
            expected = ["section.missing"]
            if (2...4).contains(index) { expected.insert("table.missing") }
            if index == 6, year >= 2021 { expected.insert("fee.missing") }
            // The numbers now leap, a list in the preface names too much, and what the section should say is not said.
            allowed = ["section.numbering", "preface.section-list"]
            if index == 1 { allowed.formUnion(["overview.topic-missing", "overview.accountability-missing"]) }
            if index == 5 { allowed.insert("problems.improvement-missing") }

        case .sectionEmptied(let index):
            guard index == 1 || index == 5 else { return nil }
            draft.sections[index - 1].body = [Paragraph(text: "无")]
            expected = ["section.empty"]
            allowed =
                index == 1
                ? ["overview.topic-missing", "overview.accountability-missing"] : ["problems.improvement-missing"]

        case .topicsRemoved:
            let body = draft.sections[0].body
            guard let lead = body.first, var topic = body.first(where: { $0.tag == .topic(2) }) else { return nil }
            if !topic.text.contains("依申请公开") { topic.text = "依申请公开工作有序开展。" + topic.text }
            draft.sections[0].body = [lead, topic]
            expected = ["overview.topic-missing"]
            // What 人民政府 must add stood in the removed part.
            allowed = ["overview.accountability-missing"]

        case .tableRemoved(let index):
            guard (2...4).contains(index) else { return nil }
            draft.sections[index - 1].tableRemoved = true
            expected = ["table.missing"]

        case .rowRemoved(let row):
            // Where cells are paragraphs, the count no longer proves which cell is which: not assessed.
            guard shape != .paragraphs else { return nil }
            draft.removedRows = [row]
            expected = ["table.row-missing"]
            // Sums that need the row: not assessed, or taken without it.
            let lost = draft.cells.filter { draft.isRemoved($0.key) && $0.value != ExactDecimal(0) }
            guard lost.count < draft.cells.count else { return nil }
            if !lost.isEmpty, row.hasPrefix("applications.") {
                allowed = ["applications.result-total", "applications.balance"]
                for path in lost.keys {
                    allowed.formUnion(Consequences.rules(dependingOn: path, in: draft))
                }
            }

        case .titleRemoved:
            draft.titleLines = []
            expected = ["title.missing"]

        case .placeholderInserted(let text):
            let index = text.contains("表格") ? 1 : 4
            let paragraph = Paragraph(text: text, tag: .placeholder)
            if index == 1 {
                draft.sections[1].lead.insert(paragraph, at: 0)
            } else {
                draft.sections[4].body.append(paragraph)
            }
            expected = ["text.placeholder"]

        case .oldFormUsed:
            guard draft.form == .edition2021, year >= 2021 else { return nil }
            draft.form = .edition2019
            draft.cells = Figures.converted(draft.cells, to: .edition2019)
            expected = ["template.outdated"]

        case .newFormUsedEarly:
            guard draft.form == .edition2019, year <= 2020 else { return nil }
            draft.form = .edition2021
            draft.cells = Figures.converted(draft.cells, to: .edition2021)
            expected = ["template.premature"]

        case .otherResultsMerged:
            guard draft.form == .edition2021, !draft.otherResultsMerged else { return nil }
            draft.otherResultsMerged = true
            let merged = Figures.converted(draft.cells, to: .edition2019)
            draft.cells = draft.cells.filter { !$0.key.row.hasPrefix("3.6.") }
            for column in Form.applicantColumns {
                let path = CellPath("applications", "3.6", column)
                draft.cells[path] = merged[path]
            }
            expected = ["template.other-results-merged"]

        case .procurementDecimalsDropped:
            let path = CellPath("disclosure", "procurement", "amount")
            guard draft.style.asksForDecimals, let old = draft.cells[path], old > ExactDecimal(0) else { return nil }
            let short = ExactDecimal(tenThousandths: max(1, old.tenThousandths / 1000) * 1000)
            draft.cells[path] = short
            draft.overrides[path] = short.text(decimals: 1)
            expected = ["procurement.decimals"]

        case .sectionRenumbered(let index):
            guard (2...6).contains(index), !toleratedRules.contains("section.numbering") else { return nil }
            draft.sections[index - 1].numbering = draft.sections[index - 2].numbering
            expected = ["section.numbering"]
        }
        let report = GeneratedReport(draft: draft, toleratedRules: toleratedRules, unreadable: unreadable)
        let places = consequences.breaches.map { "\($0.rule) \($0.row ?? "-") \($0.column ?? "-")" }
        return MutatedReport(
            report: report,
            mutation: mutation,
            expectedRules: expected,
            anyOfRules: anyOf,
            allowedRules: allowed.subtracting(expected),
            places: Set(places)
        )
    }
}

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
            // 立法法 names who makes 规章; whether a fictional 市 may, nobody can know.
            if path.row == "regulations" {
                if draft.agency.isCity { possible.insert("regulations.unauthorized") }
                if !draft.agency.isCity { certain.insert("regulations.unauthorized") }
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
