// Writes the text of a report: wordings of our own, in the many forms that offices give to the same few statements.

struct Writer {
    let agency: Agency
    let year: Int
    let form: FormEdition
    let cells: Cells
    let style: Style
    var rng: SplitMix64
    var numbers: [StatedNumber] = []
    private var lists = 0
    private var notation = StatedNumber.Notation.digits

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
    private mutating func zeroInWords(_ claim: Claim) -> String {
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
    private mutating func chooseNotation() {
        switch rng.int(1...20) {
        case 1, 2: notation = .chinese
        case 3, 4: notation = .spaced
        case 5: notation = .fullWidth
        case 6: notation = .grouped
        default: notation = .digits
        }
    }

    private mutating func newList() -> Int {
        lists += 1
        return lists
    }

    func value(_ claim: Claim) -> Int { claim.accepted(in: cells)?.first ?? 0 }

    mutating func fill(_ template: String) -> String {
        template
            .replacing("{Y}", with: "\(year)")
            .replacing("{N}", with: "\(year + 1)")
            .replacing("{we}", with: agency.we)
            .replacing("{A}", with: agency.name)
    }

    mutating func pick(_ templates: [String]) -> String {
        fill(rng.pick(templates))
    }

    // MARK: Title, preface, closing

    mutating func title() -> [String] {
        let name = agency.name
        return rng.pick([
            ["\(name)\(year)年政府信息公开工作年度报告"],
            ["\(name)\(year)年政府信息公开工作年度报告"],
            ["\(name)", "\(year)年政府信息公开工作年度报告"],
            ["\(name)\(year)年", "政府信息公开工作年度报告"],
            ["\(name)\(year)年度政府信息公开工作年度报告"],
            ["\(year)年\(name)政府信息公开工作年度报告"],
            ["\(year)年度\(name)政府信息公开工作年度报告"],
            ["\(name)\(year)年政府信息公开年度报告"],
            ["\(name) \(year) 年政府信息公开工作年度报告"],
            ["\(name)\(year)年政府信息公开工作报告"],
        ])
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

    mutating func preface() -> [Paragraph] {
        guard rng.chance(75) else { return [] }
        var paragraphs: [Paragraph] = []
        let basis = pick([
            "按照《中华人民共和国政府信息公开条例》关于年度报告的规定，{we}编写了{Y}年度报告，现予公布。",
            "依照《中华人民共和国政府信息公开条例》第五十条，现将{A}{Y}年度政府信息公开情况报告如下。",
            "本报告由{A}依据《中华人民共和国政府信息公开条例》(国务院令第711号)编制。",
            "为便于社会各界了解和监督，{we}对{Y}年公开工作作了梳理，形成本报告。",
        ])
        var text = basis
        if rng.chance(35) {
            text += pick([
                "全文分为总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项，共六个部分。",
                "报告内容依次为：总体情况，主动公开政府信息情况，收到和处理政府信息公开申请情况，政府信息公开行政复议、行政诉讼情况，存在的主要问题及改进情况，其他需要报告的事项。",
            ])
        }
        paragraphs.append(Paragraph(text: text))
        if rng.chance(80) {
            let mark = String(Draft.periodMark)
            paragraphs.append(
                Paragraph(
                    text: rng.pick([
                        "报告中各项数据的统计期限为\(mark)。", "本报告所列数据统计时段：\(mark)。", "所涉数据的统计时限自\(mark)。",
                        "文中数据统计期间为\(mark)，电子版可在门户网站下载。",
                    ]),
                    tag: .period
                )
            )
        }
        if rng.chance(45) {
            paragraphs.append(
                Paragraph(
                    text: pick([
                        "如需咨询，请与{A}联系（地址：滨河路18号；邮编：239900；电话：0550-7021466）。",
                        "公众对报告内容有疑问的，可致电0912—3361207，邮政编码719300，电子邮箱：gk@example.gov.cn。",
                        "联系人单位：{A}，电话（传真）：0736-5128800，地址：政通大道6号院3号楼212室，邮编415300。",
                    ])
                )
            )
        }
        return paragraphs
    }

    mutating func closing() -> (lines: [String], signedOn: String?) {
        var lines: [String] = []
        var signedOn: String?
        if rng.chance(75) {
            // Art 49: a department by 31 January; a government has until 31 March; both dates themselves are in time.
            let month = agency.kind == .government ? rng.int(1...3) : 1
            let day = month == 2 ? rng.int(1...28) : rng.int(4...31)
            let chineseYear = String(year + 1).map { digit in
                ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"][digit.wholeNumberValue ?? 0]
            }.joined()
            let chineseDay = day == 2 ? "二" : StatedNumber.chinese(day) ?? ""
            let chineseMonth = ["一", "二", "三"][month - 1]
            signedOn = "\(year + 1)-0\(month)-" + (day < 10 ? "0\(day)" : "\(day)")
            let date = rng.pick([
                "\(year + 1)年\(month)月\(day)日", "\(year + 1)年\(month)月\(day)日",
                "\(year + 1) 年 \(month) 月 \(day) 日", "\(chineseYear)年\(chineseMonth)月\(chineseDay)日",
            ])
            let indent = rng.pick(["", "                              ", "　　　　　　　　"])
            lines += [""]
            if rng.chance(80) { lines.append(indent + agency.name) }
            if style.blankBetweenParagraphs { lines.append("") }
            lines.append(indent + date)
        }
        if rng.chance(20) { lines += ["", rng.pick(["1", "- 3 -", "—2—"])] }
        return (lines, signedOn)
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

    mutating func overview() -> [Paragraph] {
        var paragraphs = [
            Paragraph(
                text: pick([
                    "{Y}年，{we}把公开透明作为法治建设的基础环节，对照年度要点逐项分解任务，公开质量稳步提高。",
                    "一年来，{we}坚持以群众需要为出发点，健全工作机制，细化责任到岗，{Y}年各项公开任务按期完成。",
                    "{Y}年以来，{we}认真执行《中华人民共和国政府信息公开条例》，结合本地实际推进公开工作，有关情况如下：",
                    "围绕{Y}年重点任务，{we}以制度促规范、以公开促服务，工作呈现新的面貌。",
                ])
            )
        ]
        let topics: [(heading: [String], body: String)] = [
            (
                ["主动公开情况", "主动公开政府信息情况", "主动公开", "抓实主动公开，扩大公开覆盖面", "政府信息主动公开持续深化"],
                proactive()
            ),
            (
                ["依申请公开情况", "依申请公开", "依申请公开办理情况", "规范办理依申请公开", "依申请公开服务不断改进"],
                applications()
            ),
            (["政府信息管理情况", "政府信息管理", "加强政府信息管理", "政府信息管理更加规范"], management()),
            (
                [
                    "政府信息公开平台建设情况", "平台建设", "政府信息公开平台建设", "加强平台建设，拓宽公开渠道", "公开平台建设取得成效",
                ], platform()
            ),
            (["监督保障情况", "监督保障", "强化监督保障", "监督保障方面"], supervision()),
        ]
        for (index, topic) in topics.enumerated() {
            paragraphs += subsection(index + 1, rng.pick(topic.heading), topic.body, .topic(index + 1))
        }
        if agency.isPeoplesGovernment {
            paragraphs += subsection(
                6,
                rng.pick(["工作考核、社会评议和责任追究情况", "工作考核、社会评议、责任追究结果"]),
                pick([
                    "政府信息公开继续列入年度工作考核；组织社会评议一轮，群众总体满意；全年没有需要责任追究的情形。",
                    "工作考核按季度开展，结果及时通报；社会评议由第三方独立实施；{Y}年未发生责任追究事项。",
                ]),
                .topic(6)
            )
        }
        let traps = rng.shuffled(traps()).prefix(rng.pick([0, 1, 1, 2]))
        paragraphs += traps.map { Paragraph(text: $0) }
        return paragraphs
    }

    private mutating func subsection(
        _ index: Int,
        _ heading: String,
        _ body: String,
        _ tag: Paragraph.Tag
    ) -> [Paragraph] {
        let chinese = ["一", "二", "三", "四", "五", "六"][index - 1]
        let enclosed = String(Character(Unicode.Scalar(UInt32(0x3220 + index - 1)) ?? "㈠"))
        switch style.subHeading {
        case 0: return [Paragraph(text: "（\(chinese)）\(heading)", tag: .heading), Paragraph(text: body, tag: tag)]
        case 1: return [Paragraph(text: "（\(chinese)）\(heading)。\(body)", tag: tag)]
        case 2: return [Paragraph(text: "(\(chinese)) \(heading)。\(body)", tag: tag)]
        case 3: return [Paragraph(text: "(\(chinese))\(heading)", tag: .heading), Paragraph(text: body, tag: tag)]
        case 4: return [Paragraph(text: "\(index).\(heading)。\(body)", tag: tag)]
        case 5: return [Paragraph(text: "\(chinese)是\(heading)。\(body)", tag: tag)]
        case 6: return [Paragraph(text: "\(enclosed)\(heading)：\(body)", tag: tag)]
        default:
            return [Paragraph(text: "\(chinese)) \(heading)", tag: .heading), Paragraph(text: body, tag: tag)]
        }
    }

    private mutating func proactive() -> String {
        var text = pick([
            "坚持应公开尽公开，通过门户网站、公示栏等渠道及时发布群众关心的内容。",
            "{we}对主动公开目录作了更新，凡涉及办事流程的材料一律上网。", "围绕民生实事落实主动公开要求，做到内容准确、更新及时。",
        ])
        let subjects = rng.shuffled(["全年共主动公开政府信息", "{Y}年通过各渠道合计发布信息", "重点领域专栏累计更新内容"])
        text += breakdown(of: fill(subjects[0]))
        if rng.chance(40) { text += breakdown(of: fill(subjects[1])) }
        return text
    }

    /// A total with its parts, which add up wherever the list claims to be whole.
    private mutating func breakdown(of subject: String) -> String {
        chooseNotation()
        let list = newList()
        let unit = rng.pick(["条", "条", "篇", "件"])
        let names = rng.shuffled([
            "工作动态类", "政策文件类", "通知公告类", "财政预决算", "人事信息", "规划计划类", "统计数据", "重点领域信息", "机构职能类",
        ])
        let count = rng.int(3...6)
        var values: [Int] = []
        for _ in 0..<count {
            values.append(rng.chance(70) ? rng.int(1...60) : rng.int(1...900))
        }
        let total = values.reduce(0, +)
        func mark(_ writer: inout Writer, _ value: Int) -> String {
            writer.number(value, role: .listPart(list: list))
        }
        switch rng.int(0...8) {
        case 0, 1, 2:
            let opening = rng.pick(["，其中：", "，其中", "。其中，", "，包括", "，包含"])
            let comma = rng.pick(["，", "、", "；"])
            let parts = zip(names, values).map { "\($0)\(mark(&self, $1))\(unit)" }
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)\(opening)"
                + parts.joined(separator: comma) + "。"
        case 3:
            let parts = zip(names, values).map { "\($0)\(mark(&self, $1))\(unit)" }
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)（含"
                + parts.joined(separator: "、") + "）。"
        case 4:
            let parts = values.map { "\(mark(&self, $0))\(unit)" }
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)，其中"
                + names.prefix(count).joined(separator: "、") + "分别为" + parts.joined(separator: "、") + "。"
        case 5:
            let parts = zip(names, values).map { "发布\(mark(&self, $1))\(unit)\($0.hasSuffix("信息") ? $0 : $0 + "信息")" }
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)，其中"
                + parts.joined(separator: "，") + "。"
        case 6:
            // Two levels: 另外 goes on with the outer list. Where it does not add up, 另外 may as well mean something beside
            // the total, so no finding is owed for these two numbers.
            let rest = rng.int(1...300)
            let parts = zip(names, values).map { "\($0)\(mark(&self, $1))\(unit)" }
            let whole = number(total + rest, role: .alone)
            let site = number(total, role: .listTotal(list: list))
            let other = number(rest, role: .alone)
            return "\(subject)\(whole)\(unit)，其中门户网站公开\(site)\(unit)，包括"
                + parts.joined(separator: "，") + "。另外微信公众号公开\(other)\(unit)。"
        case 7:
            let channels = ["门户网站", "微信公众号", "政务微博", "公示栏", "政府公报", "新闻媒体"]
            let parts = zip(channels, values).map { "通过\($0)公开\(mark(&self, $1))\(unit)" }
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)，其中"
                + parts.joined(separator: "，") + "。"
        default:
            let part = number(min(values[0], total), role: .selection(list: list))
            return "\(subject)\(number(total, role: .listTotal(list: list)))\(unit)，其中政策解读\(part)\(unit)。"
        }
    }

    private mutating func applications() -> String {
        chooseNotation()
        let opening = pick([
            "畅通申请渠道，完善登记、审核、答复流程。", "{we}修订依申请公开办理规程，明确承办时限，做到依法答复。", "",
            "严格依照《条例》办理依申请公开事项，注重与申请人沟通。",
        ])
        var text = opening + (value(.received) == 0 ? noApplications() : someApplications())
        let reconsiderations = value(.reconsiderations)
        let litigation = value(.litigation)
        if rng.chance(50) {
            if reconsiderations + litigation == 0 {
                let mark = zeroInWords(.noDisputes)
                text += pick([
                    "全年未发生因政府信息公开引起的行政复议、行政诉讼\(mark)。", "没有因政府信息公开被申请行政复议或提起行政诉讼\(mark)。",
                ])
            } else {
                let first = number(reconsiderations, .reconsiderations)
                let second = number(litigation, .litigation)
                text += pick([
                    "因政府信息公开引发行政复议\(first)件、行政诉讼\(second)件。", "政府信息公开类行政复议\(first)件，行政诉讼\(second)件。",
                ])
            }
        }
        return text
    }

    private mutating func noApplications() -> String {
        if rng.chance(40) {
            let zero = number(0, .received, plain: rng.chance(90))
            switch rng.int(0...3) {
            case 0: return fill("{Y}年，{we}共收到政府信息公开申请\(zero)件。")
            case 1: return fill("{Y}年度受理依申请公开\(zero)件。")
            case 2: return fill("本年度接收依申请公开政府信息\(zero)份。")
            default:
                let carried = number(0, .carriedOver, plain: true)
                return "全年新收政府信息公开申请\(zero)件，上年结转政府信息公开申请\(carried)件。"
            }
        }
        let mark = zeroInWords(.noApplications)
        return pick([
            "{Y}年，{we}未收到政府信息公开申请\(mark)。", "本年度未接到公民、法人和其他组织提出的政府信息公开申请\(mark)。",
            "{Y}年度{we}无依申请公开事项\(mark)。", "全年没有收到依申请公开政府信息的申请\(mark)。",
            "截至{Y}年12月31日，{we}未收到以书面、网络等方式提出的信息公开申请\(mark)。",
        ])
    }

    private mutating func someApplications() -> String {
        let unit = rng.pick(["件", "件", "件", "件", "份", "条", "宗"])
        let new = value(.received)
        let carried = value(.carriedOver)
        let answered = cells[CellPath("applications", "3.7", "total")]?.integerPart ?? 0
        let forward = value(.carriedForward)
        let list = newList()
        var role = StatedNumber.Role.alone
        // With the carried-over ones counted in, or without: both usages are common.
        let counted = carried > 0 && rng.chance(30) ? new + carried : new
        let verb = pick([
            "全年共收到政府信息公开申请", "{Y}年，{we}收到政府信息公开申请", "{Y}年度共受理依申请公开", "本年度新收政府信息公开申请", "全年接收依申请公开政府信息",
            "{Y}年全年收办政府信息公开申请案件",
        ])
        // 新收 says that nothing carried over is counted.
        let count = verb.contains("新收") ? new : counted
        var tail = ""
        switch rng.int(0...4) {
        case 0:
            let persons = value(.naturalPersons)
            let own = count == new ? persons : (Claim.naturalPersons.accepted(in: cells)?.last ?? persons)
            role = .listTotal(list: list)
            let first = number(own, .naturalPersons, role: .listPart(list: list))
            let second = number(count - own, .organisations, role: .listPart(list: list))
            tail = rng.pick([
                "，其中自然人申请\(first)\(unit)，法人或其他组织申请\(second)\(unit)。",
                "。其中，自然人\(first)\(unit)、法人或其他组织\(second)\(unit)。",
            ])
        case 1:
            role = .listTotal(list: list)
            let channels = rng.shuffled(["当面申请", "网络申请", "信函申请"])
            let parts = zip(channels, rng.split(count, into: 3))
                .map { "\($0)\(number($1, role: .listPart(list: list)))\(unit)" }
            tail = "，其中" + parts.joined(separator: "，") + "。"
        case 2 where answered > 0 || forward > 0:
            tail = "。" + results(unit, answered: answered, forward: forward)
        case 3:
            let done = number(answered, .answered)
            tail = "，办结\(done)\(unit)"
            if forward > 0 || rng.chance(30) { tail += "，结转下年度继续办理\(number(forward, .carriedForward))\(unit)" }
            tail += "。"
        default:
            // 同比 makes the clause loose for a reader (domain.md §4), and the rate is nobody's total.
            tail = rng.pick(["，均依法答复。", "，均在法定期限内办理。", "。", "，同比增长12.3%。"])
        }
        let certain = !tail.contains("同比")
        var text = "\(verb)\(number(count, .received, certain: certain, role: role))\(unit)"
        if count != new {
            text += "（含上年结转\(number(carried, .carriedOver, certain: certain))\(unit)）"
        } else if carried > 0, role == .alone, rng.chance(50) {
            text += "，上年结转\(number(carried, .carriedOver, certain: certain))\(unit)"
        }
        return text + tail
    }

    private mutating func results(_ unit: String, answered: Int, forward: Int) -> String {
        let list = newList()
        var kinds: [(String, Claim)] = [
            ("予以公开", .granted), ("部分公开", .partlyGranted), ("不予公开", .denied), ("无法提供", .unavailable),
            ("不予处理", .refused), ("其他处理", .otherwise),
        ]
        if rng.chance(15) { kinds.replaceSubrange(0...1, with: [("予以公开和部分公开", .grantedOrPartly)]) }
        // Offices leave out what is 0, or say so.
        if rng.chance(50) { kinds.removeAll { value($0.1) == 0 } }
        let verb = rng.pick(["共办结", "已办结", "全年答复"])
        let total = number(answered, .answered, role: .listTotal(list: list))
        guard !kinds.isEmpty else { return "\(verb)\(total)\(unit)。" }
        let parts = kinds.map { "\($0)\(number(value($1), $1, role: .listPart(list: list)))\(unit)" }
        var text = "\(verb)\(total)\(unit)" + rng.pick(["，其中", "，其中：", "。其中，"])
        text += parts.joined(separator: rng.pick(["，", "、"])) + "。"
        if forward > 0 { text += "另有\(number(forward, .carriedForward))\(unit)结转下年度继续办理。" }
        return text
    }

    private mutating func management() -> String {
        chooseNotation()
        var text = pick([
            "落实先审后发，政府信息发布前逐条做保密审查，文件公开属性随文确定。", "对历史文件开展清理，逐件标注时效，政府信息管理台账每季核对。",
            "建立信息源头认定制度，承办人拟定公开属性，分管负责人把关，档案同步归集。",
        ])
        guard rng.chance(45) else { return text }
        if form == .edition2021 {
            let made = number(value(.documentsMade), .documentsMade)
            let repealed = number(value(.documentsRepealed), .documentsRepealed)
            let inForce = number(value(.documentsInForce), .documentsInForce)
            text += pick([
                "{Y}年制发行政规范性文件\(made)件，废止\(repealed)件，现行有效\(inForce)件。",
                "全年共制发行政规范性文件\(made)件、废止行政规范性文件\(repealed)件，现行有效行政规范性文件\(inForce)件。",
            ])
        } else {
            let made = number(value(.documentsMade), .documentsMade)
            text += pick(["{Y}年新制作规范性文件\(made)件。", "全年制定规范性文件\(made)件。"])
        }
        if rng.chance(40) {
            let licences = number(value(.licences), .licences)
            let penalties = number(value(.penalties), .penalties)
            text += "全年作出行政许可决定\(licences)件，作出行政处罚决定\(penalties)件。"
        }
        return text
    }

    private mutating func platform() -> String {
        chooseNotation()
        var text = pick([
            "以门户网站为主平台，政务新媒体协同发布，按月巡查栏目更新。", "升级政府信息公开专栏，增设检索入口，网站与微信公众号内容同源。",
            "优化网站栏目，做好政务新媒体备案和日常维护，线下查阅点保持开放。",
        ])
        if rng.chance(35) {
            let list = newList()
            let values = [rng.int(1...3), rng.int(1...9), 1]
            let total = number(values.reduce(0, +), role: .listTotal(list: list))
            let parts = zip(["微博", "微信公众号", "客户端"], values)
                .map { "\($0)\(number($1, role: .listPart(list: list)))个" }
            text += "现有政务新媒体账号共\(total)个，其中" + parts.joined(separator: "，") + "。"
        }
        return text
    }

    private mutating func supervision() -> String {
        pick([
            "明确分管负责人和专职人员，组织业务培训3次，把公开工作列入内部考核，接受社会监督。",
            "建立每月自查、每季通报机制，举办培训班2期，受训126人次；公布监督电话，主动接受监督。",
            "健全考核办法，开展专题培训，邀请群众代表评议；{Y}年未接到有关公开工作的投诉举报。",
        ])
    }

    /// Sentences with numbers that no table has, each a trap that readers have fallen into.
    private mutating func traps() -> [String] {
        let n = rng.int(3...880)
        let m = rng.int(3...880)
        let sentences = [
            "{Y}年受理行政许可申请\(n)件，按期办结率100%。",
            "12345政务服务便民热线转来工单\(n)件，均在时限内回复。",
            "办理人大代表建议\(n)件、政协提案\(m)件，答复内容按规定上网。",
            "接待群众来信来访\(n)件次，化解信访事项\(m)件。",
            "自助查询终端提供7×24小时服务，累计访问量\(n)万次，同比增长12.3%。",
            "历年累计受理政府信息公开申请\(n)件，档案均已归集。",
            "网站更新信息共\(n)次，改版页面\(m)次，回复网民留言\(m)条。",
            "微信公众账号（1个）发布信息\(n)条，微博账号（1个）发布信息\(m)条。",
            "咨询电话0736-5128800全年接听来电\(n)次，满意率98.6%。",
        ]
        return sentences.map { fill($0) }
    }

    mutating func lead(_ index: Int) -> [Paragraph] {
        guard index < 5, rng.chance(8) else { return [] }
        return [Paragraph(text: pick(["填报单位：{A}  {Y}年度", "单位：{A}"]))]
    }

    mutating func problems() -> [Paragraph] {
        let found = rng.shuffled([
            "公开内容与群众期待还有差距，解读材料形式偏少", "个别股室更新栏目不够及时，主动意识有待加强", "专职人员变动较多，业务熟练程度不一",
            "依申请公开答复文书的规范性仍需提高",
        ])
        let steps = rng.shuffled([
            "加强业务培训，定期开展案例研讨", "增加图解和视频解读，让政策更易懂", "完善栏目更新提醒和通报制度，压实责任", "统一答复文书样式，重要事项集体会商",
        ])
        switch rng.int(0...2) {
        case 0:
            return [
                Paragraph(text: "（一）存在的主要问题", tag: .heading),
                Paragraph(text: fill("{Y}年工作中还存在一些不足：一是\(found[0])；二是\(found[1])。")),
                Paragraph(text: "（二）改进情况", tag: .heading),
                Paragraph(text: fill("{N}年，{we}将从以下方面改进：一是\(steps[0])；二是\(steps[1])；三是\(steps[2])。")),
            ]
        case 1:
            return [
                Paragraph(
                    text: fill(
                        "对照上级要求，{we}公开工作仍有问题需要解决，主要是\(found[0])，\(found[1])。下一步，{we}将着力改进，\(steps[0])，\(steps[1])。"
                    )
                )
            ]
        default:
            return [
                Paragraph(text: "1.主要问题。\(found[0])；\(found[1])；\(found[2])。"),
                Paragraph(text: "2.改进措施。\(steps[0])；\(steps[1])。下一步将在\(year + 1)年逐项落实。"),
            ]
        }
    }

    /// Section 六; from report year 2021 on with a fee statement (109号). Also tells whether it denies notices to pay.
    mutating func otherMatters() -> (paragraphs: [Paragraph], fee: GeneratedReport.Fee?, deniesFeeNotices: Bool) {
        var paragraphs: [Paragraph] = []
        var fee: GeneratedReport.Fee?
        var denies = false
        if year >= 2021 {
            fee = GeneratedReport.Fee(applications: nil, amountYuan: 0)
            let unpaid = cells[CellPath("applications", "3.6.2", "total")]?.integerPart ?? 0
            // No more of them than applications: a government's list below counts up to twelve, others up to three.
            if value(.received) >= (agency.kind == .government ? 12 : 3), rng.chance(40) {
                let positive = positiveFee()
                fee = positive.fee
                paragraphs.append(Paragraph(text: positive.text, tag: .fee))
            } else if unpaid == 0, rng.chance(15) {
                denies = true
                paragraphs.append(Paragraph(text: pick(["{Y}年，{we}未发出收费通知，也未收取信息处理费。"]), tag: .fee))
            } else {
                paragraphs.append(
                    Paragraph(
                        text: pick([
                            "{Y}年，{we}没有向申请人收取政府信息公开信息处理费。", "本年度未产生信息处理费。", "{Y}年度信息处理费收取金额为0元。",
                            "按照《政府信息公开信息处理费管理办法》，{we}{Y}年收取信息处理费0元。", "全年未收取信息处理费，无减免情形。",
                            "（一）信息处理费收取情况：本年度未发生信息处理费收费。", "依据国办函〔2020〕109号文件，{we}本年度未收取政府信息公开处理费。",
                            "{Y}年，{we}不存在收取信息处理费的情形。", "{Y} 年度，{A}未向申请人收取政府信息处理相关费用。", "{Y}年未收取政府信息公开费用。",
                        ]),
                        tag: .fee
                    )
                )
            }
            if rng.chance(50) {
                paragraphs.append(Paragraph(text: pick(["除此之外，无其他需要报告的事项。", "无其他需要说明的事项。"])))
            }
        } else {
            paragraphs.append(
                Paragraph(text: pick(["无。", "无其他需要报告的事项。", "暂无其他需要报告的事项。", "{Y}年，{we}没有其他需要报告的事项。"]))
            )
        }
        if rng.chance(15) {
            paragraphs.append(
                Paragraph(text: "承办人大代表建议\(number(rng.int(1...30), plain: true))件，均已按时答复并公开。")
            )
        }
        return (paragraphs, fee, denies)
    }

    private mutating func positiveFee() -> (text: String, fee: GeneratedReport.Fee) {
        // By item 100 元 each from the eleventh on, by volume 10, 20 or 40 元 a page: always a multiple of 10.
        if agency.kind == .government, rng.chance(50) {
            let bodies = rng.shuffled(["市场监督管理局", "住房和城乡建设局", "自然资源和规划局", "公安局"]).prefix(rng.int(2...3))
            let counts = bodies.map { _ in rng.int(1...4) }
            let amounts = counts.map { $0 * 10 * rng.int(4...40) }
            let parts = zip(bodies, zip(counts, amounts)).map { "\(agency.region)\($0)\($1.0)件，收取\($1.1)元" }
            let fee = GeneratedReport.Fee(applications: counts.reduce(0, +), amountYuan: amounts.reduce(0, +))
            let total = "\(counts.reduce(0, +))件政府信息公开申请收取信息处理费\(fee.amountYuan)元"
            return (fill("{Y}年，全域共对\(total)。其中，" + parts.joined(separator: "；") + "。"), fee)
        }
        let count = rng.int(1...3)
        let amount = count * 10 * rng.int(3...30)
        let text = rng.pick([
            "{Y}年，{we}对\(count)件政府信息公开申请收取信息处理费共\(amount)元。", "全年收取信息处理费\(amount)元，涉及政府信息公开申请\(count)件。",
            "依照《政府信息公开信息处理费管理办法》按量计收，本年度实际收取信息处理费\(amount)元。",
        ])
        let counts = text.contains("政府信息公开申请")
        return (fill(text), GeneratedReport.Fee(applications: counts ? count : nil, amountYuan: amount))
    }
}
