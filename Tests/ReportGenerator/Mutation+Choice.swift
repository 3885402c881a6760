// Which fault to put into a report, and where: a random one of those that the report offers.

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
        case .unitInCell: return some(paths.filter { $0.column == "amount" }, &rng).map { .cellWithUnit($0) }
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
        case .disputesCountChanged:
            return some(numbers { $0.claim?.rule == "narrative.disputes" && $0.certain && !$0.inWords }, &rng)
                .map { .narrativeCountChanged(number: $0, by: by) }
        case .documentsCountChanged:
            return some(numbers { $0.claim?.rule == "narrative.documents" && $0.certain }, &rng)
                .map { .narrativeCountChanged(number: $0, by: by) }
        case .applicationsClaimed: return .applicationsClaimed(by)
        case .regulationsClaimed: return .regulationsClaimed(rng.int(1...40))
        case .inForceTooSmall: return .inForceTooSmall(by: by)
        case .publishedExceedsTotal: return .publishedExceedsTotal(by: by)
        case .decisionsCopiedFromItems:
            return .decisionsCopiedFromItems(row: rng.pick(["licensing", "otherServices", "penalties", "coercion"]))
        case .chargesInYuan: return .chargesInYuan(rng.int(1...90) * 10_000)
        case .feeMovedElsewhere, .feePartChanged, .feeAmountImplausible, .feeContradicted:
            return feeMutation(of: kind, using: &rng)
        default: return textMutation(of: kind, using: &rng)
        }
    }

    private func feeMutation(of kind: Mutation.Kind, using rng: inout SplitMix64) -> Mutation? {
        let printed = draft.printedNumbers
        func numbers(_ roles: [StatedNumber.Role]) -> [Int] {
            printed.filter { roles.contains(draft.numbers[$0].role) }
        }
        switch kind {
        case .feeMovedElsewhere: return .feeMovedElsewhere
        case .feePartChanged:
            let parts = numbers([.feePartAmount, .feePartCount])
            guard !parts.isEmpty else { return nil }
            let part = rng.pick(parts)
            let isAmount = draft.numbers[part].role == .feePartAmount
            return .feePartChanged(number: part, by: rng.int(1...9) * (isAmount ? 10 : 1))
        case .feeAmountImplausible:
            let hasParts = !numbers([.feePartAmount]).isEmpty
            if !hasParts, let sum = numbers([.feeAmount]).first, rng.chance(70) {
                return .feeAmountChanged(number: sum, by: rng.int(1...9))
            }
            return .feeWithoutAmount(applications: rng.int(1...9))
        default: return .feeContradicted
        }
    }

    /// Faults of words, names and dates.
    private func textMutation(of kind: Mutation.Kind, using rng: inout SplitMix64) -> Mutation? {
        let name = draft.agency.name
        let we = draft.agency.we
        switch kind {
        case .titleGarbled:
            var titles = [
                "\(name)\(year)年政务公开工作年度报告", "\(name)\(year)年政府信息公开工作年报", "关于\(name)\(year)年政府信息公开工作情况的报告",
                "\(name)\(year)年信息公开年度报告",
            ]
            // Without the year in the title it must stand elsewhere, and an office may have signed for its government.
            if draft.preface.contains(where: { $0.tag == .period }) { titles.append("\(name)政府信息公开工作年度报告") }
            if agencyKind != .government { titles.append("\(year)年政府信息公开工作年度报告") }
            return .titleReplaced(rng.pick(titles))
        case .yearStale:
            return .yearStale(rng.pick(Mutation.StaleYear.allCases), year - rng.pick([1, 1, 1, 2, 3]))
        case .basisOld:
            guard year >= 2021 else { return nil }
            return .basisReplaced(
                rng.pick([
                    "依据《中华人民共和国政府信息公开条例》和国办公开办函〔2019〕60号文件要求，编制本报告。",
                    "本报告按照《中华人民共和国政府信息公开工作年度报告格式（试行）》编制。",
                    "根据《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）编制本报告。",
                    "根据《中华人民共和国政府信息公开工作年度报告格式（试行）》（国办公开办函〔2021〕30号）编制本报告。",
                    "根据《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2019〕60号）编制本报告。",
                ])
            )
        case .dateLate:
            switch agencyKind {
            case .department where draft.agency.isOfMinistry: return nil
            case .department:
                let month = rng.int((draft.agency.isGovernmentOffice ? 4 : 2)...6)
                return .dateChanged(to: "\(year + 1)-0\(month)-" + rng.pick(["01", "06", "28"]))
            case .government: return .dateChanged(to: "\(year + 1)-0\(rng.int(4...7))-" + rng.pick(["01", "09", "30"]))
            case .township, .other: return nil
            }
        case .dateImpossible:
            guard agencyKind != .other else { return nil }
            return .dateChanged(to: rng.pick(["\(year)-12-30", "\(year)-01-18", "\(year - 1)-01-25"]))
        case .otherBodySigned: return draft.agency.stranger(using: &rng).map { .otherBody($0, signs: true) }
        case .otherBodyInPreface:
            // Any department may write for a government.
            guard agencyKind != .government else { return nil }
            return draft.agency.stranger(using: &rng).map { .otherBody($0, signs: false) }
        case .wordDoubled:
            return .wordDoubled(
                section: rng.pick([1, 5]),
                rng.pick([
                    "公开的的内容更加贴近群众，栏目更新也更及时。", "专栏建设规范了了流程，方便群众查找。", "全年修订了了办事指南，方便群众查找。",
                    "各项任务由云溪县水利局局按计划推进，相关单位配合落实。", "进一步压实信息公开的的责任。",
                ])
            )
        // A list that ends with 等六个部分 may leave out the last.
        case .prefaceListShort: return .sectionLeftOutOfList(rng.int(0...4))
        case .accountabilityRemoved: return .accountabilityRemoved
        case .improvementRemoved:
            return .problemsReplaced(
                rng.pick([
                    "\(year)年，\(we)政府信息公开工作还存在一些问题：一是解读材料形式偏少；二是个别栏目更新不够及时；三是人员业务不熟。",
                    "存在的主要问题：一是公开内容与群众期待有差距；二是专职人员变动频繁，业务熟练程度不一；三是查阅点设备老旧。",
                    "一年来的不足主要表现在：部分股室主动公开意识不强，政策解读深度不够，答复文书格式不统一。",
                ])
            )
        case .problemsRemoved:
            return .problemsReplaced(
                rng.pick([
                    "下一步，\(we)将做好以下工作：一是增加图解和视频解读；二是组织业务培训和案例研讨；三是更新查阅设备，延长开放时间。",
                    "改进措施：一是完善栏目更新提醒和通报制度；二是统一答复文书样式，重要事项集体会商；三是定期开展业务培训。",
                ])
            )
        default: return nil
        }
    }
}
