// Writes the text of a report: wordings of our own, in the many forms that offices give to the same few statements.

struct Writer {
    let agency: Agency
    let year: Int
    let form: FormEdition
    let cells: Cells
    let style: Style
    var rng: SplitMix64
    var numbers: [StatedNumber] = []
    var lists = 0
    var notation = StatedNumber.Notation.digits

    init(agency: Agency, year: Int, form: FormEdition, cells: Cells, style: Style, rng: SplitMix64) {
        self.agency = agency
        self.year = year
        self.form = form
        self.cells = cells
        self.style = style
        self.rng = rng
    }

    // MARK: Numbers

    /// Puts a number into the text, as a mark, and returns the mark.
    mutating func number(
        _ value: Int,
        _ claim: Claim? = nil,
        certain: Bool = true,
        role: StatedNumber.Role = .alone,
        plain: Bool = false
    ) -> String {
        let own = plain ? .digits : notation
        let stated = StatedNumber(value: value, notation: own, claim: claim, certain: certain, role: role)
        numbers.append(stated)
        return Draft.numberMark(numbers.count - 1)
    }

    /// A statement of 0 without a digit (未收到…): an invisible mark remembers what it claims.
    mutating func zeroInWords(_ claim: Claim) -> String {
        numbers.append(
            StatedNumber(
                value: 0,
                notation: .digits,
                claim: claim,
                certain: true,
                role: .alone,
                inWords: true
            )
        )
        return Draft.numberMark(numbers.count - 1)
    }

    /// A writer keeps to one notation within a passage.
    mutating func chooseNotation() {
        switch rng.int(1...20) {
        case 1, 2: notation = .chinese
        case 3, 4: notation = .spaced
        case 5: notation = .fullWidth
        case 6: notation = .grouped
        default: notation = .digits
        }
    }

    mutating func newList() -> Int {
        lists += 1
        return lists
    }

    func value(_ claim: Claim) -> Int { claim.accepted(in: cells)?.first ?? 0 }

    mutating func fill(_ template: String) -> String {
        template
            .replacing("{Y}", with: "\(year)")
            .replacing("{N}", with: "\(year + 1)")
            .replacing("{P}", with: "\(year - 1)")
            .replacing("{L}", with: agency.level)
            .replacing("{R}", with: agency.region)
            .replacing("{we}", with: agency.we)
            .replacing("{A}", with: agency.name)
    }

    mutating func pick(_ templates: [String]) -> String {
        fill(rng.pick(templates))
    }

    // MARK: Title, preface, closing

    /// The title's lines; `isPrescribed` is false for words that rule title.format mentions.
    mutating func title() -> (lines: [String], isPrescribed: Bool) {
        let name = agency.name
        let accepted = [
            ["\(name)\(year)年政府信息公开工作年度报告"],
            ["\(name)\(year)年政府信息公开工作年度报告"],
            ["\(name)\(year)年政府信息公开工作年度报告"],
            ["\(name)", "\(year)年政府信息公开工作年度报告"],
            ["\(name)\(year)年", "政府信息公开工作年度报告"],
            ["\(name)\(year)年度政府信息公开工作年度报告"],
            ["\(name)", "\(year)年度政府信息公开工作年度报告"],
            ["\(year)年\(name)政府信息公开工作年度报告"],
            ["\(year)年度\(name)政府信息公开工作年度报告"],
            ["\(name)\(year)年政府信息公开年度报告"],
            ["\(name)\(year)年度政府信息公开年度报告"],
            ["\(name) \(year) 年政府信息公开工作年度报告"],
        ]
        if rng.chance(8) { return (["\(name)\(year)年政府信息公开工作报告"], false) }
        return (rng.pick(accepted), true)
    }

    mutating func period() -> String {
        rng.pick([
            "\(year)年1月1日至\(year)年12月31日",
            "\(year)年1月1日至\(year)年12月31日",
            "\(year)年1月1日至12月31日",
            "\(year) 年 1 月 1 日至 \(year) 年 12 月 31 日",
            "\(year)年1月1日起，截止\(year)年12月31日",
            "\(year)年1月1日起至\(year)年12月31日止",
            StatedNumber.fullWidth("\(year)") + "年１月１日至" + StatedNumber.fullWidth("\(year)") + "年１２月３１日",
            "\(year)年01月01日—\(year)年12月31日",
        ])
    }

    /// The preface, and the sections as it lists them (no list: empty).
    mutating func preface(titles: [String]) -> (paragraphs: [Paragraph], listed: [String]) {
        guard rng.chance(78) else { return ([], []) }
        var paragraphs = [Paragraph(text: basis(), tag: .basis)]
        var listed: [String] = []
        if rng.chance(45) {
            let list = sectionList(titles: titles)
            listed = list.items
            if rng.chance(60) {
                paragraphs[0].text += list.text
            } else {
                paragraphs.append(Paragraph(text: list.text))
            }
        }
        if rng.chance(80) {
            let mark = String(Draft.periodMark)
            paragraphs.append(
                Paragraph(
                    text: rng.pick([
                        "报告中各项数据的统计期限为\(mark)。", "本报告所列数据统计时段：\(mark)。", "所涉数据的统计时限自\(mark)。",
                        "文中数据统计期间为\(mark)，电子版可在门户网站下载。", "除另有说明外，所列数据的统计期限均为\(mark)。",
                    ]),
                    tag: .period
                )
            )
        }
        if rng.chance(50) {
            paragraphs.append(
                Paragraph(
                    text: pick([
                        "如需咨询，请与{A}联系（地址：滨河路18号；邮编：239900；电话：0550-7021466）。",
                        "公众对报告内容有疑问的，可致电0912—3361207，邮政编码719300，电子邮箱：gk@example.gov.cn。",
                        "联系人单位：{A}，电话（传真）：0736-5128800，地址：政通大道6号院3号楼212室，邮编415300。",
                        "如对本报告有疑问，请联系{A}（办公地址：{R}人民路120号1515室，电话：5520086，工作时间：8:30—12:00、14:30—17:30）。",
                        "本报告电子版可从{R}人民政府网站（www.example.gov.cn）政府信息公开专栏下载。",
                    ])
                )
            )
        }
        return (paragraphs, listed)
    }

    /// Who wrote the report, and after which papers.
    private mutating func basis() -> String {
        if rng.chance(45) {
            // The notice that was in force for the year, by number, by name or by both.
            let notice = rng.pick(
                year >= 2021
                    ? [
                        "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）", "《中华人民共和国政府信息公开工作年度报告格式》",
                        "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）",
                        "国办公开办函〔2021〕30号文件", "国办公开办函[2021]30号文件",
                    ]
                    : [
                        "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）",
                        "《中华人民共和国政府信息公开工作年度报告格式（试行）》", "国办公开办函〔2019〕60号文件",
                    ]
            )
            return pick([
                "本报告依照《中华人民共和国政府信息公开条例》（国务院令第711号）和\(notice)的要求编制。",
                "按照《中华人民共和国政府信息公开条例》（以下简称《条例》）、\(notice)规定，由{A}编制本报告。",
                "根据《中华人民共和国政府信息公开条例》《{R}{Y}年政务公开工作要点》和\(notice)，{we}编写了{Y}年度报告。",
                "依据\(notice)以及《关于做好{Y}年政府信息公开工作年度报告编制发布工作的通知》（公开办函〔{N}〕2号），编制本报告。",
            ])
        }
        return pick([
            "按照《中华人民共和国政府信息公开条例》关于年度报告的规定，{we}编写了{Y}年度报告，现予公布。",
            "依照《中华人民共和国政府信息公开条例》第五十条，现将{A}{Y}年度政府信息公开情况报告如下。",
            "本报告由{A}依据《中华人民共和国政府信息公开条例》(国务院令第711号)编制。",
            "为便于社会各界了解和监督，{we}对{Y}年公开工作作了梳理，形成本报告。",
            "根据《中华人民共和国政府信息公开条例》要求，现公布{A}{Y}年政府信息公开工作年度报告。",
            "依据《中华人民共和国政府信息公开条例》（2019年4月3日国务院令第711号修订）编制本报告。",
            agency.kind == .government
                ? "根据《中华人民共和国政府信息公开条例》规定，由{A}办公室汇总各乡镇（街道）和部门情况编制本报告。"
                : "根据《中华人民共和国政府信息公开条例》规定，结合日常工作台账编制本报告。",
        ])
    }

    /// A list of the six sections: by the form's titles, by this report's own headings, or with the words offices use.
    private mutating func sectionList(titles: [String]) -> (text: String, items: [String]) {
        let form = [
            "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项",
        ]
        var items = rng.chance(30) ? titles.map(\.trimmedEnd) : form
        if rng.chance(40) {
            items[3] = rng.pick(["政府信息公开行政复议和行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况", "政府信息公开行政复议及行政诉讼情况"])
            items[4] = rng.pick(["存在的主要问题和改进措施", "政府信息公开工作存在的主要问题及改进情况", "存在的问题及改进情况"])
        }
        switch rng.int(0...5) {
        case 0: return ("全文分为" + items.joined(separator: "、") + "，共六个部分。", items)
        case 1: return ("报告内容依次为：" + items.joined(separator: "，") + "。", items)
        case 2: return ("本报告包括" + items.joined(separator: "、") + "等六个部分。", items)
        case 3: return ("本报告由" + items.joined(separator: "；") + "共计6部分组成。", items)
        case 4:
            let parts = zip(["一、", "二、", "三、", "四、", "五、", "六、"], items).map { $0 + $1 }
            return ("本报告主要内容为：" + parts.joined(separator: "；") + "。", parts)
        default:
            items[5] = "以及" + items[5]
            return ("全文包括：" + items.joined(separator: "、") + "。", items)
        }
    }

    mutating func closing() -> Closing {
        var closing = Closing()
        if rng.chance(78) {
            // Both last days themselves are in time.
            let month = rng.int(1...agency.lastMonth)
            let day = month == 2 ? rng.int(1...28) : rng.chance(15) ? 31 : rng.int(1...31)
            let chineseYear = String(year + 1).map { digit in
                ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"][digit.wholeNumberValue ?? 0]
            }.joined()
            let chineseDay = day == 2 ? "二" : StatedNumber.chinese(day) ?? ""
            let chineseMonth = ["一", "二", "三"][month - 1]
            closing.signedOn = "\(year + 1)-0\(month)-" + (day < 10 ? "0\(day)" : "\(day)")
            let date = rng.pick([
                "\(year + 1)年\(month)月\(day)日", "\(year + 1)年\(month)月\(day)日",
                "\(year + 1) 年 \(month) 月 \(day) 日", "\(chineseYear)年\(chineseMonth)月\(chineseDay)日",
            ])
            let indent = rng.pick(["", "                              ", "　　　　　　　　"])
            closing.lines.append("")
            if rng.chance(80) {
                closing.nameLine = closing.lines.count
                closing.lines.append(indent + rng.pick(agency.signatories))
            }
            if style.blankBetweenParagraphs { closing.lines.append("") }
            closing.dateLine = closing.lines.count
            closing.lines.append(indent + date)
        }
        if rng.chance(20) { closing.lines += ["", rng.pick(["1", "- 3 -", "—2—"])] }
        return closing
    }

    // MARK: Sections

    /// The six headings; `regular` is false when their numbering is mixed, as it often is (rule section.numbering).
    mutating func headings() -> (sections: [Section], regular: Bool) {
        let chinese = ["一", "二", "三", "四", "五", "六"]
        let titles = [
            ["总体情况", "总体情况", "总体情况", "基本情况", "\(year)年政务公开总体情况"],
            ["主动公开政府信息情况", "主动公开政府信息情况", "主动公开政府信息的情况"],
            ["收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请的情况"],
            [
                "政府信息公开行政复议、行政诉讼情况", "政府信息公开行政复议、行政诉讼情况", "政府信息公开行政复议和行政诉讼情况",
                "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            ],
            [
                "存在的主要问题及改进情况", "存在的主要问题及改进情况", "存在的主要问题和改进措施", "存在主要问题及整改措施", "存在的问题和改进情况",
                "政府信息公开工作存在的主要问题及改进情况",
            ],
            ["其他需要报告的事项", "其他需要报告的事项", "其他需要报告事项", "其他报告事项"],
        ]
        let mark = rng.pick(["、", "、", "、", "、 ", "．", " 、"])
        let mixed = rng.chance(12)
        var sections: [Section] = []
        var anyArabic = false
        for index in 0..<6 {
            let arabic = mixed && (index == 0 || rng.chance(40))
            anyArabic = anyArabic || arabic
            let numbering = arabic ? "\(index + 1)、 " : chinese[index] + mark
            var title = rng.pick(titles[index])
            if rng.chance(4) { title += " " }
            sections.append(Section(index: index + 1, numbering: numbering, title: title))
        }
        return (sections, !anyArabic && mark.contains("、"))
    }

    mutating func lead(_ index: Int) -> [Paragraph] {
        guard index < 5, rng.chance(8) else { return [] }
        return [Paragraph(text: pick(["填报单位：{A}  {Y}年度", "单位：{A}"]))]
    }
}

extension String {
    /// Without blanks at the end.
    var trimmedEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
