// The form's words as offices really type them. Deliberately a table of its own: the reader under test has another.

enum Labels {
    /// A row of table 3: the label, and the group that its first row opens.
    static let applicationRows: [String: String] = [
        "1": "一、本年新收政府信息公开申请数量",
        "2": "二、上年结转政府信息公开申请数量",
        "3.1": "（一）予以公开",
        "3.2": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "3.3.1": "1.属于国家秘密",
        "3.3.2": "2.其他法律行政法规禁止公开",
        "3.3.3": "3.危及“三安全一稳定”",
        "3.3.4": "4.保护第三方合法权益",
        "3.3.5": "5.属于三类内部事务信息",
        "3.3.6": "6.属于四类过程性信息",
        "3.3.7": "7.属于行政执法案卷",
        "3.3.8": "8.属于行政查询事项",
        "3.4.1": "1.本机关不掌握相关政府信息",
        "3.4.2": "2.没有现成信息需要另行制作",
        "3.4.3": "3.补正后申请内容仍不明确",
        "3.5.1": "1.信访举报投诉类申请",
        "3.5.2": "2.重复申请",
        "3.5.3": "3.要求提供公开出版物",
        "3.5.4": "4.无正当理由大量反复申请",
        "3.5.5": "5.要求行政机关确认或重新出具已获取信息",
        "3.6": "（六）其他处理",
        "3.6.1": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "3.6.2": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.6.3": "3.其他",
        "3.7": "（七）总计",
        "4": "四、结转下年度继续办理",
    ]

    static let groups = ["3.3": "（三）不予公开", "3.4": "（四）无法提供", "3.5": "（五）不予处理", "3.6": "（六）其他处理"]

    static let disclosureTitles = [
        "regulations": "第二十条第（一）项", "licensing": "第二十条第（五）项", "penalties": "第二十条第（六）项", "fees": "第二十条第（八）项",
        "procurement": "第二十条第（九）项",
    ]

    static func disclosureRow(_ row: String, _ form: FormEdition, _ rng: inout SplitMix64) -> String {
        switch row {
        case "regulations": "规章"
        // Each edition has its own word, and bodies use the other's too.
        case "normativeDocuments":
            rng.chance(80) == (form == .edition2021) ? "行政规范性文件" : "规范性文件"
        case "licensing": "行政许可"
        case "otherServices": rng.pick(["其他对外管理服务事项", "其他对外管理服务事项", "其它对外管理服务事项"])
        case "penalties": "行政处罚"
        case "coercion": "行政强制"
        case "fees": "行政事业性收费"
        default: "政府集中采购"
        }
    }

    /// `⏎` marks where a narrow column breaks the word.
    static func disclosureColumn(_ column: String, row: String, _ form: FormEdition, asksForDecimals: Bool) -> String {
        switch (form, column) {
        case (.edition2019, "made"): "本年新⏎制作数量"
        case (.edition2019, "published"): "本年新⏎公开数量"
        case (.edition2019, "total"): "对外公开⏎总数量"
        case (.edition2021, "made"): "本年⏎制发件数"
        case (.edition2021, "repealed"): "本年⏎废止件数"
        case (.edition2021, "inForce"): "现行⏎有效件数"
        case (.edition2019, "decisions"): "处理决定数量"
        case (.edition2021, "decisions"): "本年处理决定数量"
        case (_, "previousItems"): "上一年项目数量"
        case (_, "change"): "本年增/减"
        case (.edition2021, "amount"): "本年收费金额（单位：万元）"
        case (_, "items"): "采购项目数量"
        default: asksForDecimals ? "采购总金额（单位：万元，保留4位小数）" : "采购总金额"
        }
    }

    static let applicants = [
        "自⏎然⏎人", "商业⏎企业", "科研⏎机构", "社会公益⏎组织", "法律服务⏎机构", "其他", "总⏎计",
    ]

    static let outcomes = ["结果⏎维持", "结果⏎纠正", "其他⏎结果", "尚未⏎审结", "总计"]

    static func identity(_ rng: inout SplitMix64) -> String {
        rng.pick([
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
            "（本列数据的钩稽关系为：第一项加第二项之和等于第三项加第四项之和）",
            "（本列数据的勾稽关系为:第一项+第二项=第三项+第四项）",
            "（本列数据的勾稽关系：第一项加第二项之和，等于第三项加第四项之和。）",
        ])
    }

    /// The label of a table 3 row as one report prints it.
    static func application(_ row: String, _ style: Style, _ rng: inout SplitMix64) -> String {
        var label = applicationRows[row] ?? ""
        if row == "3.2" {
            label = rng.pick([
                label, label, "（二）部分公开（区分处理的，只记这一情形，不计其他情形）", "（二）部分公开（区分处理的,只计这一情形,不计其他情形）",
                "（二）部分公开", "（二） 部分公开（区分处理的， 只计这一情形， 不计其他情形）",
            ])
        }
        if row == "3.3.3" {
            label = rng.pick([label, label, "3.危及三安全一稳定", "3.危及\"三安全一稳定\"", "3.危及“三安全一稳定", "3.危及「三安全一稳定」"])
        }
        if row == "3.6.1" || row == "3.6.2", rng.chance(25) {
            label = label.replacing("、行政机关", with: rng.pick(["，行政机关", ",行政机关", "行政机关"]))
        }
        if ["1", "2", "4"].contains(row), !style.numberedRows {
            label = String(label.dropFirst(2))
        }
        if ["1", "2", "4"].contains(row), rng.chance(8) { label = label.replacing("、", with: "、 ") }
        label = misspelt(label, &rng)
        if style.rowDot != ".", row.split(separator: ".").count == 3 {
            label = label.replacing(".", with: style.rowDot, maxReplacements: 1)
        }
        if rng.chance(4), label.count > 8 {
            label.insert(" ", at: label.index(label.startIndex, offsetBy: rng.int(5...label.count - 2)))
        }
        return bracketed(label, style)
    }

    /// One character lost or two swapped, seldom, and only far into a long label, where the rest still tells which it is.
    private static func misspelt(_ label: String, _ rng: inout SplitMix64) -> String {
        guard label.count >= 10, rng.chance(2) else { return label }
        var characters = Array(label)
        let index = rng.int(6...characters.count - 2)
        if rng.chance(60) {
            characters.remove(at: index)
        } else {
            characters.swapAt(index, index + 1)
        }
        return String(characters)
    }

    static func bracketed(_ text: String, _ style: Style) -> String {
        switch style.brackets {
        case .full: return text
        case .ascii: return text.replacing("（", with: "(").replacing("）", with: ")")
        case .asciiSpaced:
            var result = text.replacing("（", with: "(").replacing("）", with: ")")
            if result.hasPrefix("("), let close = result.firstIndex(of: ")") {
                result.insert(" ", at: result.index(after: close))
            }
            return result
        }
    }
}
