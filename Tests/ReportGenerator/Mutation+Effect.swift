// What each fault does to a report, and which rules must then speak.

extension GeneratedReport {
    private var seedIsEven: Bool { draft.seed % 2 == 0 }

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
            case .listPart(let list):
                draft.numbers[number].value += by
                // 48条，包括25条、23条、4条: the first two make up the whole by chance, and the rest may belong elsewhere.
                guard !draft.addsUpEarly(list) else { return nil }
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
            // 元 under a header of 万元 is the wrong unit besides.
            let unit = path.column == "amount" ? (seedIsEven ? "万元" : "元") : path.row == "fees" ? "项" : "件"
            var text = draft.cellText(path) + unit
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
            guard var lead = body.first, var topic = body.first(where: { $0.tag == .topic(2) }) else { return nil }
            if !topic.text.contains("依申请公开") { topic.text = "依申请公开工作有序开展。" + topic.text }
            lead.text = "\(year)年，\(draft.agency.we)各项任务按期完成，有关情况如下："
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
            // Without its title a government's report is that of the office that signed it, whose day is 31 January.
            allowed = ["deadline.missed"]

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

        case .regulationsClaimed(let count):
            let path = CellPath("disclosure", "regulations", "made")
            let total = CellPath("disclosure", "regulations", edition == .edition2021 ? "inForce" : "total")
            guard let old = draft.cells[total] else { return nil }
            draft.cells[path] = ExactDecimal(count)
            draft.cells[total] = ExactDecimal(old.integerPart + count)
            consequences = Consequences(of: draft, changed: path)
            guard consequences.certain.contains("regulations.unauthorized") else { return nil }
            (expected, anyOf, allowed) = (consequences.certain, consequences.anyOf, consequences.possible)

        case .inForceTooSmall(let by):
            let row = "normativeDocuments"
            guard let made = draft.cells[CellPath("disclosure", row, "made")],
                let repealed = draft.cells[CellPath("disclosure", row, "repealed")],
                let inForce = draft.cells[CellPath("disclosure", row, "inForce")]
            else { return nil }
            let least = made.integerPart - repealed.integerPart
            let isLow = least > 0
            let path = CellPath("disclosure", row, isLow ? "inForce" : "made")
            draft.cells[path] = ExactDecimal(
                isLow ? max(0, least - by) : inForce.integerPart + repealed.integerPart + by
            )
            consequences = Consequences(of: draft, changed: path)
            (expected, anyOf, allowed) = (consequences.certain, consequences.anyOf, consequences.possible)

        case .publishedExceedsTotal(let by):
            guard let total = draft.cells[CellPath("disclosure", "normativeDocuments", "total")] else { return nil }
            let path = CellPath("disclosure", "normativeDocuments", "published")
            draft.cells[path] = ExactDecimal(total.integerPart + by)
            consequences = Consequences(of: draft, changed: path)
            (expected, anyOf, allowed) = (consequences.certain, consequences.anyOf, consequences.possible)

        case .decisionsCopiedFromItems(let row):
            func path(_ column: String) -> CellPath { CellPath("disclosure", row, column) }
            guard let previous = draft.cells[path("previousItems")], let change = draft.cells[path("change")],
                draft.cells[path("decisions")] != nil
            else { return nil }
            let items = max(previous.integerPart, 20)
            let moved = change.integerPart == 0 || change.integerPart + items == 0 ? 3 : change.integerPart
            draft.cells[path("previousItems")] = ExactDecimal(items)
            draft.cells[path("change")] = ExactDecimal(moved)
            draft.cells[path("decisions")] = ExactDecimal(items + moved)
            consequences = Consequences(of: draft, changed: path("decisions"))
            (expected, anyOf, allowed) = (consequences.certain, consequences.anyOf, consequences.possible)

        case .chargesInYuan(let amount):
            let path = CellPath("disclosure", "fees", "amount")
            guard edition == .edition2021, draft.cells[path] != nil, !draft.agency.hasCityRevenue,
                [.government, .department].contains(agencyKind)
            else { return nil }
            draft.cells[path] = ExactDecimal(amount)
            expected = ["charges.unit-suspect"]

        case .applicationsClaimed(let count):
            guard cells[CellPath("applications", "1", "total")] == ExactDecimal(0),
                cells[CellPath("applications", "2", "total")] == ExactDecimal(0),
                let index = draft.sections[0].body.firstIndex(where: { $0.tag == .topic(2) })
            else { return nil }
            draft.sections[0].body[index].text =
                "依申请公开情况。\(year)年，\(draft.agency.we)共收到政府信息公开申请\(count)件，均已依法答复。"
            anyOf = ["narrative.no-applications", "narrative.applications"]

        case .feeMovedElsewhere, .feePartChanged, .feeAmountChanged, .feeWithoutAmount, .feeContradicted:
            guard let rules = draft.applyFee(mutation) else { return nil }
            (expected, allowed) = rules

        default:
            guard let rules = draft.applyText(mutation) else { return nil }
            (expected, allowed) = rules
            if expected.isEmpty { (anyOf, allowed) = (allowed, []) }
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

extension Draft {
    /// Whether the first parts of a list already make up its total.
    fileprivate func addsUpEarly(_ list: Int) -> Bool {
        guard let whole = numbers.first(where: { $0.role == .listTotal(list: list) }) else { return false }
        let parts = printedNumbers.filter { numbers[$0].role == .listPart(list: list) }.map { numbers[$0].value }
        return parts.indices.dropLast().contains { parts[...$0].reduce(0, +) == whole.value }
    }

    /// Changes what is said of fees. The rules that must and those that may speak; nil where there is nothing to change.
    fileprivate mutating func applyFee(_ mutation: Mutation) -> (expected: Set<String>, allowed: Set<String>)? {
        guard year >= 2021, sections[5].body.contains(where: { $0.tag == .fee }) else { return nil }
        func replaced(_ text: String) -> [Paragraph] {
            sections[5].body.map { $0.tag == .fee ? Paragraph(text: text, tag: .fee) : $0 }
        }
        switch mutation {
        case .feeMovedElsewhere:
            sections[0].body += sections[5].body.filter { $0.tag == .fee }
            sections[5].body.removeAll { $0.tag == .fee }
            if sections[5].body.isEmpty { sections[5].body = [Paragraph(text: "无其他需要报告的事项。")] }
            return (["fee.misplaced"], [])
        case .feePartChanged(let number, let by):
            guard printedNumbers.contains(number), [.feePartAmount, .feePartCount].contains(numbers[number].role)
            else { return nil }
            numbers[number].value += by
            return (["fee.breakdown"], ["narrative.breakdown"])
        case .feeAmountChanged(let number, let by):
            guard printedNumbers.contains(number), numbers[number].role == .feeAmount, by % 10 != 0 else { return nil }
            numbers[number].value += by
            return (["fee.implausible"], [])
        case .feeWithoutAmount(let count):
            sections[5].body = replaced("\(year)年，\(agency.we)对\(count)件政府信息公开申请收取信息处理费0元。")
            return (["fee.implausible"], [])
        case .feeContradicted:
            guard cells[CellPath("applications", "3.6.2", "total")] ?? ExactDecimal(0) > ExactDecimal(0) else {
                return nil
            }
            sections[5].body = replaced("\(year)年，\(agency.we)未发出收费通知，未收取信息处理费。")
            return (["fee.contradicted"], [])
        default: return nil
        }
    }

    /// Changes words, names and dates. The rules that must speak (none: one of the others must) and those that may; nil where there is nothing to change.
    fileprivate mutating func applyText(_ mutation: Mutation) -> (expected: Set<String>, allowed: Set<String>)? {
        switch mutation {
        case .titleReplaced(let title):
            titleLines = [title]
            // 关于…情况的报告 may as well be read as no title of such a report.
            return title.hasPrefix("关于") ? ([], ["title.format", "title.missing"]) : (["title.format"], [])

        case .yearStale(let place, let wrong):
            guard let text = staleSentence(place, wrong) else { return nil }
            switch place {
            case .opening:
                guard let index = sections[0].body.firstIndex(where: { $0.tag == .opening }) else { return nil }
                sections[0].body[index].text = text
            case .fee:
                guard let index = sections[5].body.firstIndex(where: { $0.tag == .fee }), fee?.amountYuan == 0,
                    !deniesFeeNotices
                else { return nil }
                sections[5].body[index].text = text
            case .figure:
                guard let index = sections[0].body.firstIndex(where: { $0.tag == .topic(5) }) else { return nil }
                sections[0].body[index].text += text
            case .problems:
                moveAccountabilityToOverview()
                let next = Paragraph(text: "下一步，\(agency.we)将增加图解解读，定期开展业务培训，统一答复文书样式。")
                sections[4].body = [Paragraph(text: text), next]
            }
            return (["year.stale"], [])

        case .basisReplaced(let text):
            guard year >= 2021, let index = preface.firstIndex(where: { $0.tag == .basis }) else { return nil }
            preface[index].text = text
            listedSections = []
            return (["basis.superseded"], [])

        case .dateChanged(let date):
            let parts = date.split(separator: "-").compactMap { Int($0) }
            guard parts.count == 3, closing.dateLine != nil, date != closing.signedOn else { return nil }
            closing.replace(closing.dateLine, by: "\(parts[0])年\(parts[1])月\(parts[2])日")
            closing.signedOn = date
            return (["deadline.missed"], [])

        case .otherBody(let name, let signs):
            if signs {
                guard closing.nameLine != nil else { return nil }
                closing.replace(closing.nameLine, by: name)
            } else {
                guard let index = preface.firstIndex(where: { $0.tag == .basis }) else { return nil }
                preface[index].text = "根据《中华人民共和国政府信息公开条例》要求，本报告由\(name)编制。"
                listedSections = []
            }
            return (["agency.mismatch"], [])

        case .wordDoubled(let section, let text):
            sections[section - 1].body.append(Paragraph(text: text))
            return (["text.duplicated-words"], [])

        case .sectionLeftOutOfList(let index):
            guard index < listedSections.count else { return nil }
            let item = listedSections[index]
            for paragraph in preface.indices where preface[paragraph].text.contains(item) {
                let text = preface[paragraph].text
                let forms = ["、", "，", "；"].flatMap { index < 5 ? [item + $0] : [$0 + item] }
                guard let form = forms.first(where: text.contains) else { continue }
                preface[paragraph].text = text.replacing(form, with: "", maxReplacements: 1)
                return (["preface.section-list"], [])
            }
            return nil

        case .accountabilityRemoved:
            guard let accountability else { return nil }
            for index in sections.indices {
                sections[index].body.removeAll { $0.tag == .topic(6) }
                for paragraph in sections[index].body.indices {
                    let text = sections[index].body[paragraph].text
                    sections[index].body[paragraph].text = text.replacing(accountability, with: "")
                }
                sections[index].body.removeAll { $0.text.isEmpty || $0.tag == .trap }
            }
            // The same may be said in many words, so what stays speaks of something else altogether.
            let plain = [
                3: "政府信息管理方面，发布前逐条做保密审查，文件公开属性随文确定。", 4: "平台建设方面，以门户网站为主平台，政务新媒体协同发布。",
                5: "监督保障方面，明确分管负责人和专职人员，举办业务培训两期。",
            ]
            for index in sections[0].body.indices {
                guard case .topic(let topic) = sections[0].body[index].tag, let text = plain[topic] else { continue }
                sections[0].body[index].text = text
            }
            sections[4].body = [
                Paragraph(text: "存在的主要问题是解读材料形式偏少，人员变动较多。下一步将增加图解和视频解读，开展业务培训，更新查阅设备。")
            ]
            self.accountability = nil
            return (["overview.accountability-missing"], [])

        case .problemsReplaced(let text):
            moveAccountabilityToOverview()
            sections[4].body = [Paragraph(text: text)]
            return (["problems.improvement-missing"], [])

        default: return nil
        }
    }

    /// What a government adds to section 五 belongs to another rule, and must not be lost with the section's own words.
    private mutating func moveAccountabilityToOverview() {
        guard let accountability, sections[4].body.contains(where: { $0.text.contains(accountability) }) else { return }
        sections[0].body.append(Paragraph(text: accountability))
    }

    private func staleSentence(_ place: Mutation.StaleYear, _ wrong: Int) -> String? {
        let we = agency.we
        switch place {
        case .opening: return "\(wrong)年，\(we)认真执行《中华人民共和国政府信息公开条例》，扎实推进各项公开任务，工作取得新的成效。"
        case .fee: return year >= 2021 ? "\(wrong)年，\(we)未收取信息处理费。" : nil
        case .figure: return "\(wrong)年通过门户网站主动公开政府信息126条。"
        case .problems: return "\(wrong)年，\(we)政府信息公开工作虽取得一定成绩，但还存在解读形式单一、栏目更新不及时等不足。"
        }
    }
}
